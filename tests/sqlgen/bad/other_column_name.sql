-- refuse this: column 1 is called name, '-- out' calls it title
-- x_get :one
-- in id int
-- out title text
SELECT name FROM shop_item WHERE id = :id;
