-- refuse this: a table of another room
-- x_put :change
-- in id int, balance fen
UPDATE bank_account SET balance = :balance WHERE id = :id;
