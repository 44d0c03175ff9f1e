-- refuse this: a table of another room
-- x_get :one
-- in id int
-- out price fen
SELECT i.price FROM shop_item i JOIN bank_account b ON b.id = i.id WHERE i.id = :id;
