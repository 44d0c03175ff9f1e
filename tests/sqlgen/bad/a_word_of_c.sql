-- refuse this: default cannot be a name in C
-- x_get :one
-- in id int
-- out default fen
SELECT price AS "default" FROM shop_item WHERE id = :id;
