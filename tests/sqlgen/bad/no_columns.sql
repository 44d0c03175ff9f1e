-- refuse this: '-- out' is missing
-- x_get :one
-- in id int
SELECT price FROM shop_item WHERE id = :id;
