-- refuse this: reads the personal column bank_account.owner
-- x_get :one public
-- in id int
-- out owner text
SELECT owner FROM pub_bank_account WHERE id = :id;
