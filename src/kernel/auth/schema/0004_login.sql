-- Officers by the name they sign in with, for who names people in a file of
-- his own: a process drawn elsewhere addresses its tasks so.  Kept when the
-- account is blocked: what was addressed to it still is.
CREATE VIEW pub_auth_login AS
  SELECT id AS account, login, public_name AS name, created
    FROM auth_account
   WHERE kind = 'staff';
