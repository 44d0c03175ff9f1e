-- refuse this: SELECT * is refused
-- x_get :one
-- in id int
-- out price fen
SELECT * FROM shop_item WHERE id = :id;
