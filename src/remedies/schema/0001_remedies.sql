-- What people can do when something is wrong, and what becomes of it.
--
-- One row a matter: a complaint about a step (投诉), a paper asked for that need
-- not be brought (违规要求材料), a correction of personal data (更正), a closed
-- case taken up again (重新办理).  All have a number of their own, somebody who
-- must answer, and an answer that is never rewritten.
CREATE TABLE remedies_matter (
  id          INTEGER PRIMARY KEY,
  number      TEXT    NOT NULL UNIQUE, -- TS2026-0018: kind, year, serial
  kind        TEXT    NOT NULL CHECK (kind IN ('complaint', 'overasked',
                'correction', 'reopening')),
  ref         TEXT    NOT NULL,   -- number of the case; '' of a correction
  title       TEXT    NOT NULL,   -- as the case is called, or 更正姓名
  unit        TEXT    NOT NULL,   -- whose step it is; who decides a correction
  account     INTEGER NOT NULL,   -- who raised it; 0: the machine
  name        TEXT    NOT NULL,   -- personal: of who raised it
  step        TEXT    NOT NULL,   -- the step in its own words; the datum; ground
  said_first  TEXT    NOT NULL,   -- personal: what was said
  document    TEXT    NOT NULL,   -- 复议决定书 …; '' when there is none
  days        INTEGER NOT NULL,   -- ordered for doing it again; 0: by law
  was         TEXT,               -- personal: the datum before
  becomes     TEXT,               -- personal: and what it should be
  made        INTEGER NOT NULL,   -- instant
  due         INTEGER,            -- day to answer by
  state       TEXT    NOT NULL CHECK (state IN ('open', 'explained', 'granted',
                'dismissed', 'withdrawn')),
  said        TEXT,               -- the organisation's explanation
  said_by     TEXT,
  said_at     INTEGER,
  answer      TEXT,               -- of who decides
  answered_by TEXT,
  answered    INTEGER,
  outcome     TEXT,               -- number of the new run, or why there is none
  revision    INTEGER NOT NULL
);
CREATE INDEX remedies_matter_newest ON remedies_matter (id);
CREATE INDEX remedies_matter_unit ON remedies_matter (unit, id);
CREATE INDEX remedies_matter_account ON remedies_matter (account, id)
  WHERE account <> 0;
CREATE INDEX remedies_matter_ref ON remedies_matter (ref, id);
CREATE INDEX remedies_matter_open ON remedies_matter (unit)
  WHERE state IN ('open', 'explained');

-- Running numbers without gaps, by kind and year.
CREATE TABLE remedies_series (
  kind TEXT    NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (kind, year)
);

-- Which of an account's own data was corrected, when and by whom: shown where
-- a form is filled in with it.
CREATE VIEW pub_remedies_correction AS
  SELECT account, step AS datum, number, unit, answered
    FROM remedies_matter
   WHERE kind = 'correction' AND state = 'granted';
