-- refuse this: parameter :id is not declared
-- x_get :one
-- out price fen
SELECT price FROM shop_item WHERE id = :id;
