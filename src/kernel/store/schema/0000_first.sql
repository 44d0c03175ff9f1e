-- What a database has before anything else.  Runs at every start and does
-- nothing the second time: the migrations lean on it.

-- What has been done to this database so far.
CREATE TABLE IF NOT EXISTS store_migration (
  room   TEXT    NOT NULL,  -- auth, services, …
  number INTEGER NOT NULL,
  name   TEXT    NOT NULL,  -- 0001_accounts
  digest INTEGER NOT NULL,  -- of the text that ran: released ones never change
  at     INTEGER NOT NULL,  -- instant
  PRIMARY KEY (room, number)
);

-- The last group each server process committed, written in the group's own
-- transaction.  When the answer to a COMMIT is lost with the connection, this
-- row tells whether it happened (PostgreSQL only; a file has no connection).
CREATE TABLE IF NOT EXISTS store_commit (
  server INTEGER PRIMARY KEY,  -- an id taken at start
  grp    INTEGER NOT NULL,     -- counts the groups of that process
  at     INTEGER NOT NULL      -- instant
);
