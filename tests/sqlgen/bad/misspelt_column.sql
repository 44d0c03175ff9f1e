-- refuse this: no such column: prize
-- x_get :one
-- in id int
-- out price fen
SELECT prize AS price FROM shop_item WHERE id = :id;
