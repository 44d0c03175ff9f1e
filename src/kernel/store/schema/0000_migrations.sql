-- What has been done to this database so far.  Runs before everything else,
-- each time, and does nothing the second time.
CREATE TABLE IF NOT EXISTS store_migration (
  room   TEXT    NOT NULL,  -- auth, services, …
  number INTEGER NOT NULL,
  name   TEXT    NOT NULL,  -- 0001_accounts
  digest INTEGER NOT NULL,  -- of the text that ran: released ones never change
  at     INTEGER NOT NULL,  -- instant
  PRIMARY KEY (room, number)
);
