-- refuse this: cannot modify pub_bank_balance because it is a view
-- x_put :change
-- in id int, balance fen
UPDATE pub_bank_balance SET balance = :balance WHERE id = :id;
