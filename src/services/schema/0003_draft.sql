-- An application being written: saved, not submitted.
--
-- It belongs to an account, so it is there on every device, and is swept thirty
-- days after the last change.  answers is what was typed, valid or not; nothing
-- of it is seen by any officer before it is submitted.
CREATE TABLE services_draft (
  id       INTEGER PRIMARY KEY,
  number   TEXT    NOT NULL UNIQUE,  -- C20261120-0317
  account  INTEGER NOT NULL,
  offer    TEXT    NOT NULL,         -- code of theme or item
  version  INTEGER NOT NULL,
  title    TEXT    NOT NULL,
  answers  TEXT    NOT NULL,         -- personal: JSON
  step     TEXT    NOT NULL,         -- group last saved
  created  INTEGER NOT NULL,
  saved    INTEGER NOT NULL,
  expires  INTEGER NOT NULL,         -- day
  revision INTEGER NOT NULL
);
CREATE INDEX services_draft_account ON services_draft (account, saved);
CREATE INDEX services_draft_expires ON services_draft (expires);

CREATE TABLE services_draft_paper (
  id     INTEGER PRIMARY KEY,
  draft  INTEGER NOT NULL,
  code   TEXT    NOT NULL,
  name   TEXT    NOT NULL,           -- personal
  sha256 TEXT    NOT NULL,
  size   INTEGER NOT NULL,
  type   TEXT    NOT NULL,
  added  INTEGER NOT NULL
);
CREATE INDEX services_draft_paper_draft ON services_draft_paper (draft, id);
