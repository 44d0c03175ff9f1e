-- refuse this: id is declared twice
-- x_get :one
-- in id int, id int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
