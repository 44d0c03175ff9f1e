-- A code sent to a mobile to prove whose it is.
--
-- The code itself is nowhere: it is made from nonce and mobile with the token
-- of the gateway, which is not in the database (proof.c), so a copy of the
-- database tells no code.  Rows of a day stay, for the bounds per account, per
-- number and per network address; older ones are swept.
CREATE TABLE notify_proof (
  id      INTEGER PRIMARY KEY,
  ref     TEXT    NOT NULL UNIQUE, -- the number the gateway knows it by
  account INTEGER NOT NULL,
  mobile  TEXT    NOT NULL,        -- personal
  client  TEXT    NOT NULL,        -- personal: a network address
  nonce   TEXT    NOT NULL,
  tries   INTEGER NOT NULL,        -- codes typed
  made    INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  ended   INTEGER                  -- proven, or another was asked for
);
CREATE INDEX notify_proof_account ON notify_proof (account, made);
CREATE INDEX notify_proof_mobile ON notify_proof (mobile, made);
CREATE INDEX notify_proof_client ON notify_proof (client, made);
CREATE INDEX notify_proof_made ON notify_proof (made);
