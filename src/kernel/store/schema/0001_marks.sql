-- Numbers the writer must not lose.  name 'ids': ids up to this millisecond may
-- have been given out; a new process starts above it, even if the machine's
-- clock was set back in between.
CREATE TABLE store_mark (
  name  TEXT    PRIMARY KEY,
  value INTEGER NOT NULL
);
INSERT INTO store_mark (name, value) VALUES ('ids', 0);
