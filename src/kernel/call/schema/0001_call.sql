-- Calls to machines outside that wait, and those that were given up.  What was
-- answered is no row any more: the room that asked keeps what came of it.
CREATE TABLE call_out (
  id      INTEGER PRIMARY KEY,
  kind    TEXT    NOT NULL,        -- fees.order, notify.sms
  ref     TEXT    NOT NULL,        -- public number of what it is about
  lane    INTEGER NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('waiting', 'failed')),
  tries   INTEGER NOT NULL,
  next_at INTEGER NOT NULL,        -- instant
  made    INTEGER NOT NULL,
  error   TEXT    NOT NULL         -- of the last try; never a secret
);
CREATE INDEX call_out_due ON call_out (lane, next_at, id)
  WHERE state = 'waiting';
CREATE INDEX call_out_ref ON call_out (ref, kind);
