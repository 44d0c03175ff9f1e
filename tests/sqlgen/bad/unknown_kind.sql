-- refuse this: a query is :one, :many, :change or :run
-- x_get :some
-- in id int
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
