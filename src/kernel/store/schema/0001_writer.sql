-- Numbers the writer must not lose.  name 'ids': ids up to this millisecond may
-- have been given out; a new process starts above it, even if the machine's
-- clock was set back in between.
CREATE TABLE store_mark (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
);
INSERT INTO store_mark (name, value) VALUES ('ids', 0);

-- The last group each server process committed, written in the group's own
-- transaction.  When the answer to a COMMIT is lost with the connection, this
-- row tells whether it happened (PostgreSQL only; a file has no connection).
CREATE TABLE store_commit (
  server INTEGER PRIMARY KEY,  -- an id taken at start
  grp    INTEGER NOT NULL,     -- counts the groups of that process
  at     INTEGER NOT NULL      -- instant
);
