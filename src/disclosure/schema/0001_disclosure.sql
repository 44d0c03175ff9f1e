-- What the government publishes on its own (政府信息公开条例 第三章).
--
-- An entry is one piece of information; it is written, looked over and released
-- in versions.  What the public reads stands in the entry itself: the version
-- released last.  An entry is never deleted; withdrawn ones say so.
CREATE TABLE disclosure_entry (
  id            INTEGER PRIMARY KEY,
  code          TEXT    NOT NULL UNIQUE, -- GK2026-0012, in addresses
  unit          TEXT    NOT NULL,   -- who publishes
  state         TEXT    NOT NULL CHECK (state IN ('new', 'live', 'withdrawn',
                  'dropped')),
  work          TEXT    NOT NULL CHECK (work IN ('', 'draft', 'secrecy',
                  'check', 'returned', 'blocked')), -- of the open version
  open          INTEGER NOT NULL,   -- the version being written; 0: none
  live          INTEGER NOT NULL,   -- the version the public reads; 0: none
  index_no      TEXT,               -- 索引号, given with the first release
  place         INTEGER NOT NULL,   -- grows with every first release; 0: none
  published     INTEGER,            -- day of the first release
  updated       INTEGER,            -- day of the last release
  year          INTEGER NOT NULL,   -- of the first release; 0
  late          INTEGER NOT NULL,   -- working days beyond the limit
  title         TEXT    NOT NULL,
  doc_no        TEXT    NOT NULL,
  class         TEXT    NOT NULL,   -- C02
  class_name    TEXT    NOT NULL,
  category      TEXT    NOT NULL,   -- C0202
  category_name TEXT    NOT NULL,
  topic         TEXT    NOT NULL,
  topic_name    TEXT    NOT NULL,
  formed        INTEGER NOT NULL,   -- day
  item          TEXT    NOT NULL,   -- code of the item it concerns, or ''
  about         TEXT    NOT NULL,   -- code of the entry it explains, or ''
  summary       TEXT    NOT NULL,
  body          TEXT    NOT NULL,
  effect        TEXT    NOT NULL CHECK (effect IN ('valid', 'void', 'lapsed')),
  effect_day    INTEGER,
  effect_why    TEXT    NOT NULL,
  withdrawn     INTEGER,            -- day
  withdrawn_why TEXT    NOT NULL,
  revision      INTEGER NOT NULL
);
CREATE INDEX disclosure_entry_place ON disclosure_entry (place)
  WHERE place > 0;
CREATE INDEX disclosure_entry_counted
  ON disclosure_entry (class, unit, year, topic) WHERE state = 'live';
CREATE INDEX disclosure_entry_unit ON disclosure_entry (unit, id);
CREATE INDEX disclosure_entry_work ON disclosure_entry (unit, work)
  WHERE work <> '';
CREATE INDEX disclosure_entry_about ON disclosure_entry (about)
  WHERE about <> '';
CREATE INDEX disclosure_entry_item ON disclosure_entry (item)
  WHERE item <> '';

-- A version as it was written, looked over and released; once released it is
-- not changed any more.
CREATE TABLE disclosure_version (
  id           INTEGER PRIMARY KEY,
  entry        INTEGER NOT NULL REFERENCES disclosure_entry (id),
  version      INTEGER NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('draft', 'secrecy', 'check',
                 'returned', 'blocked', 'live', 'past', 'dropped')),
  title        TEXT    NOT NULL,
  doc_no       TEXT    NOT NULL,
  category     TEXT    NOT NULL,
  topic        TEXT    NOT NULL,
  formed       INTEGER NOT NULL,
  item         TEXT    NOT NULL,
  about        TEXT    NOT NULL,
  summary      TEXT    NOT NULL,
  body         TEXT    NOT NULL,
  why          TEXT    NOT NULL,    -- of a correction; '' of the first
  ground       TEXT    NOT NULL,    -- of 第十五条, for personal data in it
  ground_why   TEXT    NOT NULL,
  author       INTEGER NOT NULL,    -- account
  author_name  TEXT    NOT NULL,
  editor       INTEGER NOT NULL,    -- who changed it last
  made         INTEGER NOT NULL,    -- instant
  secrecy_by   TEXT,                -- 保密审查: who, what, when
  secrecy_said TEXT,                -- open, secret, unsure
  secrecy_note TEXT,
  secrecy_at   INTEGER,
  check_by     TEXT,                -- 审核、签发
  check_note   TEXT,
  check_at     INTEGER,
  released     INTEGER,             -- instant
  run          TEXT    NOT NULL,    -- number of its review, '' before
  UNIQUE (entry, version)
);

CREATE TABLE disclosure_file (
  id      INTEGER PRIMARY KEY,
  entry   INTEGER NOT NULL REFERENCES disclosure_entry (id),
  version INTEGER NOT NULL,
  name    TEXT    NOT NULL,
  sha256  TEXT    NOT NULL,
  type    TEXT    NOT NULL,
  size    INTEGER NOT NULL
);
CREATE INDEX disclosure_file_of ON disclosure_file (entry, version, id);

-- What happened to an entry, never rewritten; open ones are for everybody.
CREATE TABLE disclosure_act (
  id    INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES disclosure_entry (id),
  at    INTEGER NOT NULL,
  verb  TEXT    NOT NULL,
  text  TEXT    NOT NULL,
  actor TEXT    NOT NULL,           -- staff, public by duty
  law   TEXT    NOT NULL,
  open  INTEGER NOT NULL
);
CREATE INDEX disclosure_act_of ON disclosure_act (entry, id);

-- Running numbers without gaps: codes by year, index numbers by who publishes
-- and month.
CREATE TABLE disclosure_series (
  kind   TEXT    NOT NULL,          -- 'code' or the organisation
  period INTEGER NOT NULL,          -- 2026 or 202611
  last   INTEGER NOT NULL,
  PRIMARY KEY (kind, period)
);

-- What anybody may read anywhere: on the web, at a terminal.
CREATE VIEW pub_disclosure_entry AS
  SELECT code, unit, state, index_no, place, published, updated, year, title,
         doc_no, class, class_name, category, category_name, topic, topic_name,
         formed, item, about, summary,
         CASE WHEN state = 'live' THEN body ELSE '' END AS body,
         effect, effect_day, withdrawn, withdrawn_why
    FROM disclosure_entry
   WHERE place > 0;
