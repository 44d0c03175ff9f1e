-- 村级代办: whom an agent looks after, on whose word he files, whom he visits.
--
-- A resident stands on one village's roll; the agent of another village neither
-- sees nor files for him.
CREATE TABLE villages_resident (
  id         INTEGER PRIMARY KEY,
  unit       TEXT    NOT NULL,        -- the village
  name       TEXT    NOT NULL,        -- personal
  citizen_id TEXT    NOT NULL UNIQUE, -- personal
  mobile     TEXT    NOT NULL,        -- personal
  place      TEXT    NOT NULL,        -- personal: 3 组 12 号
  care       TEXT    NOT NULL CHECK (care IN ('', 'old', 'disabled', 'alone',
               'child')),
  every      INTEGER NOT NULL,        -- days between visits, 0: none planned
  visited    INTEGER,                 -- day
  due        INTEGER,                 -- day of the next visit
  revision   INTEGER NOT NULL
);
CREATE INDEX villages_resident_due ON villages_resident (unit, due);
CREATE INDEX villages_resident_unit ON villages_resident (unit, name);

-- 委托 (民法典 第一百六十五条): who, for what, until when, how it was given.
CREATE TABLE villages_consent (
  id         INTEGER PRIMARY KEY,
  resident   INTEGER NOT NULL REFERENCES villages_resident (id),
  unit       TEXT    NOT NULL,
  agent      INTEGER NOT NULL,        -- account
  agent_name TEXT    NOT NULL,        -- public by duty
  item       TEXT    NOT NULL,        -- code, '' all that the village files
  proof      TEXT    NOT NULL CHECK (proof IN ('signed', 'thumb', 'guardian')),
  from_day   INTEGER NOT NULL,
  to_day     INTEGER NOT NULL,        -- last day; earlier than from: ended
  at         INTEGER NOT NULL
);
CREATE INDEX villages_consent_resident ON villages_consent (resident, to_day);

CREATE TABLE villages_visit (
  id       INTEGER PRIMARY KEY,
  resident INTEGER NOT NULL REFERENCES villages_resident (id),
  day      INTEGER NOT NULL,
  agent_name TEXT  NOT NULL,
  text     TEXT    NOT NULL           -- personal
);
CREATE INDEX villages_visit_resident ON villages_visit (resident, day);

-- What was filed for whom, heard from services.
CREATE TABLE villages_case (
  case_no  TEXT    PRIMARY KEY,
  resident INTEGER NOT NULL REFERENCES villages_resident (id),
  unit     TEXT    NOT NULL,
  at       INTEGER NOT NULL
);
CREATE INDEX villages_case_unit ON villages_case (unit, at);
CREATE INDEX villages_case_resident ON villages_case (resident, at);

-- For deciding whether an agent may file, never for showing.
CREATE VIEW pub_villages_consent AS
  SELECT c.unit, r.citizen_id, r.name, c.item, c.from_day, c.to_day
    FROM villages_consent c
    JOIN villages_resident r ON r.id = c.resident;
