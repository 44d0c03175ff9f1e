-- refuse this: the statement has 2 columns, '-- out' declares 1
-- x_get :one
-- in id int
-- out name text
SELECT name, price FROM shop_item WHERE id = :id;
