-- Items as their departments keep them.
--
-- One row an item: which version is in force, which is being worked on.  name,
-- unit and task_code repeat the newest version, for lists and for finding two
-- of the same.
CREATE TABLE catalogue_item (
  id        INTEGER PRIMARY KEY,
  code      TEXT    NOT NULL UNIQUE,  -- DEMO-22-001, YX-0157: never changes
  unit      TEXT    NOT NULL,         -- code of the organisation
  name      TEXT    NOT NULL,
  task_code TEXT    NOT NULL,         -- 实施编码, ''
  level     TEXT    NOT NULL,         -- 县级, 镇级, 村级 …, ''
  state     TEXT    NOT NULL CHECK (state IN ('new', 'live', 'paused',
              'withdrawn')),
  why       TEXT    NOT NULL,         -- of paused and withdrawn
  live      INTEGER NOT NULL,         -- version in force, 0: none yet
  work      INTEGER NOT NULL,         -- draft, sent or approved version, 0
  step      TEXT    NOT NULL CHECK (step IN ('', 'draft', 'sent',
              'approved')),           -- where that one is
  must      INTEGER NOT NULL,         -- findings of the newest version
  should    INTEGER NOT NULL,
  moved     INTEGER NOT NULL,         -- instant
  revision  INTEGER NOT NULL
);
CREATE INDEX catalogue_item_unit ON catalogue_item (unit, code);
CREATE INDEX catalogue_item_twin ON catalogue_item (unit, name, code);
CREATE INDEX catalogue_item_task ON catalogue_item (task_code)
  WHERE task_code <> '';
CREATE INDEX catalogue_item_step ON catalogue_item (step, moved);

-- What an item says in a version.  A guide that was sent is never rewritten;
-- a draft that comes back is written on.
CREATE TABLE catalogue_version (
  id        INTEGER PRIMARY KEY,
  item      TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  state     TEXT    NOT NULL CHECK (state IN ('draft', 'sent', 'approved',
              'live', 'past')),
  body      TEXT    NOT NULL,         -- JSON, members of field.c
  note      TEXT    NOT NULL,         -- what is new
  author    TEXT    NOT NULL,
  saved     INTEGER NOT NULL,         -- instants
  sender    INTEGER NOT NULL,         -- account, 0
  sent_by   TEXT    NOT NULL,
  sent      INTEGER,
  keeper    TEXT    NOT NULL,         -- who approved it, or sent it back
  judged    INTEGER,
  opinion   TEXT    NOT NULL,         -- of the keeper
  effective INTEGER,                  -- day it is in force from
  ended     INTEGER,                  -- day another took its place
  revision  INTEGER NOT NULL
);
CREATE UNIQUE INDEX catalogue_version_item ON catalogue_version (item, version);
-- At most one version of an item is in force, whatever happens.
CREATE UNIQUE INDEX catalogue_version_live ON catalogue_version (item)
  WHERE state = 'live';
-- What the job of the effective day looks for.
CREATE INDEX catalogue_version_due ON catalogue_version (effective, id)
  WHERE state = 'approved';

-- What the rules find in the newest version and in the one in force.
CREATE TABLE catalogue_finding (
  id      INTEGER PRIMARY KEY,
  item    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  unit    TEXT    NOT NULL,
  rule    TEXT    NOT NULL,           -- limit.longer
  grade   TEXT    NOT NULL,           -- must, should
  live    INTEGER NOT NULL,           -- 1: of the version in force
  text    TEXT    NOT NULL
);
CREATE INDEX catalogue_finding_item ON catalogue_finding (item, version, id);
-- The keeper's counts read the indexes alone.
CREATE INDEX catalogue_finding_rule ON catalogue_finding (live, rule, item,
                                                          unit);
CREATE INDEX catalogue_finding_unit ON catalogue_finding (live, unit, item,
                                                          grade);

-- What happened to an item, only ever added to.
CREATE TABLE catalogue_event (
  id      INTEGER PRIMARY KEY,
  item    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  verb    TEXT    NOT NULL,
  text    TEXT    NOT NULL,
  actor   TEXT    NOT NULL
);
CREATE INDEX catalogue_event_item ON catalogue_event (item, id);

-- A file that was read and judged row by row, waiting to be confirmed: rows
-- are kept as they will be written, so that what was shown is what is done.
CREATE TABLE catalogue_import (
  id      INTEGER PRIMARY KEY,
  number  TEXT    NOT NULL UNIQUE,
  account INTEGER NOT NULL,
  unit    TEXT    NOT NULL,
  name    TEXT    NOT NULL,           -- of the file
  made    INTEGER NOT NULL,           -- instant
  state   TEXT    NOT NULL CHECK (state IN ('checked', 'done')),
  lines   INTEGER NOT NULL,
  bad     INTEGER NOT NULL,           -- rows that cannot be taken
  fresh   INTEGER NOT NULL,           -- new items
  renewed INTEGER NOT NULL,
  same    INTEGER NOT NULL,
  report  TEXT    NOT NULL,           -- JSON: line, code, name, outcome, text
  body    TEXT    NOT NULL            -- JSON a line: code, unit, guide
);
CREATE INDEX catalogue_import_account ON catalogue_import (account, id);
CREATE INDEX catalogue_import_made ON catalogue_import (made);

-- Whom the catalogue is exchanged with, and what they call what we say.  list
-- is a field's code, or 'field' for the names of the fields themselves.
CREATE TABLE catalogue_partner (
  code TEXT    PRIMARY KEY,
  name TEXT    NOT NULL,
  made INTEGER NOT NULL               -- instant
);
CREATE TABLE catalogue_mapping (
  id       INTEGER PRIMARY KEY,
  partner  TEXT    NOT NULL,
  list     TEXT    NOT NULL,
  ours     TEXT    NOT NULL,
  theirs   TEXT    NOT NULL,
  from_day INTEGER NOT NULL           -- day since when
);
CREATE UNIQUE INDEX catalogue_mapping_of ON catalogue_mapping (partner, list,
                                                               ours, from_day);

-- How far looking everything through again has come (job catalogue.review).
CREATE TABLE catalogue_round (
  id    INTEGER PRIMARY KEY,          -- 1
  today INTEGER NOT NULL,             -- day it was begun for
  laws  INTEGER NOT NULL,             -- print of the law texts
  after TEXT    NOT NULL              -- item looked at last; '~' when done
);

-- What services take, and what they preview.
CREATE VIEW pub_catalogue_item AS
  SELECT i.code, i.unit, i.state, i.why, v.version, v.body, v.effective
    FROM catalogue_item i
    JOIN catalogue_version v ON v.item = i.code AND v.version = i.live;
CREATE VIEW pub_catalogue_version AS
  SELECT v.item AS code, i.unit, v.version, v.state, v.body
    FROM catalogue_version v
    JOIN catalogue_item i ON i.code = v.item;
