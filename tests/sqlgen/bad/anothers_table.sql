-- refuse this: a table of another room
-- x_get :one
-- in id int
-- out balance fen
SELECT balance FROM bank_account WHERE id = :id;
