-- refuse this: is not understood by both databases
-- x_get :one
-- in id int
-- out name text
SELECT ifnull(name, 0) AS name FROM shop_item WHERE id = :id;
