-- refuse this: parameter :key is not declared
-- x_get :one
-- in id int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
-- pg
SELECT price FROM shop_item WHERE id = :id AND name = :key;
