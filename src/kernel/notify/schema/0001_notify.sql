-- Letters to account holders.  A letter is never changed but for the instant it
-- was read.
CREATE TABLE notify_message (
  id         INTEGER PRIMARY KEY,
  account    INTEGER NOT NULL,
  about      TEXT    NOT NULL,
  ref        TEXT    NOT NULL,
  title      TEXT    NOT NULL,  -- personal
  body       TEXT    NOT NULL,  -- personal
  link       TEXT,
  created    INTEGER NOT NULL,
  read_at    INTEGER
);
CREATE INDEX notify_message_account ON notify_message (account, id);
CREATE INDEX notify_message_unread ON notify_message (account)
  WHERE read_at IS NULL;
