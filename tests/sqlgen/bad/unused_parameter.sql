-- refuse this: parameter max is declared but not used
-- x_get :one
-- in id int, max int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
