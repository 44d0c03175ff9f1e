-- Copies of letters by text message and e-mail.  The letter is the notice; a
-- copy only says that there is one, under which number, and where.

-- What a person wants.  Without a row: text messages, and quiet at night.
CREATE TABLE notify_wish (
  account INTEGER PRIMARY KEY,
  mail    TEXT,                 -- personal: address, or NULL
  quiet   INTEGER NOT NULL      -- 1: nothing between 22:00 and 8:00
);
-- Kinds of letters a person wants no copy of, by way.
CREATE TABLE notify_unwanted (
  account INTEGER NOT NULL,
  about   TEXT    NOT NULL,     -- case, fee, licence …
  way     TEXT    NOT NULL,     -- sms, mail
  PRIMARY KEY (account, about, way)
);

CREATE TABLE notify_delivery (
  id      INTEGER PRIMARY KEY,
  code    TEXT    NOT NULL UNIQUE, -- the number the gateway knows it by
  message INTEGER NOT NULL,
  account INTEGER NOT NULL,
  about   TEXT    NOT NULL,
  ref     TEXT    NOT NULL,
  way     TEXT    NOT NULL CHECK (way IN ('sms', 'mail')),
  place   TEXT    NOT NULL,        -- masked: 138****2716, z***@example.cn
  state   TEXT    NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  tries   INTEGER NOT NULL,
  made    INTEGER NOT NULL,
  ended   INTEGER,
  why     TEXT    NOT NULL,        -- of the last failure
  UNIQUE (message, way)
);
CREATE INDEX notify_delivery_ref ON notify_delivery (ref, id);

-- How the copies about a matter fared, for the desk whose matter it is.
CREATE VIEW pub_notify_delivery AS
  SELECT id, code, ref, about, way, place, state, tries, made, ended, why
    FROM notify_delivery;
