-- refuse this: the name x_get is taken by
-- x_get :one
-- in id int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;

-- x_get :one
-- in id int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
