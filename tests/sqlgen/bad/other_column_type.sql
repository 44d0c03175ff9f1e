-- refuse this: column price is INTEGER in its table
-- x_get :one
-- in id int
-- out price text
SELECT price FROM shop_item WHERE id = :id;
