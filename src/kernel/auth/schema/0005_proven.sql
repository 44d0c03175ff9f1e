-- When the mobile of an account was proven to be its owner's, by a code sent to
-- it.  NULL: somebody wrote it down.  Another number is not proven.
ALTER TABLE auth_account ADD COLUMN mobile_proven INTEGER; -- instant
