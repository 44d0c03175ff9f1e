-- refuse this: SELECT * is refused
-- x_get :one
-- in id int
-- out price fen
SELECT i.* FROM shop_item i WHERE id = :id;
