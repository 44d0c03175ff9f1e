CREATE TABLE bank_account (
  id INTEGER PRIMARY KEY,
  owner TEXT NOT NULL, -- personal
  balance INTEGER NOT NULL
);
CREATE VIEW pub_bank_account AS SELECT id, owner, balance FROM bank_account;
CREATE VIEW pub_bank_balance AS SELECT id, balance FROM bank_account;
