-- Answers to submissions that carried an Idempotency-Key, so that a program
-- that never heard the first answer may ask again without doing the thing
-- twice.  key is a SHA-256 over the account and the sender's key; asked one
-- over what was submitted, because the same key for something else is a
-- mistake.  Rows go after a week.
CREATE TABLE http_answer (
  key      TEXT    PRIMARY KEY,
  asked    TEXT    NOT NULL,
  location TEXT,               -- where the answer led, or NULL
  body     TEXT    NOT NULL,   -- personal: the view as JSON
  made     INTEGER NOT NULL
);
CREATE INDEX http_answer_made ON http_answer (made);
