-- refuse this: unknown type money of price
-- x_get :one
-- in id int
-- out price money
SELECT price FROM shop_item WHERE id = :id;
