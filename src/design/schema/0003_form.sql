-- Forms of items and themes (JSON) are kept like processes and tables, as a
-- third kind.  A CHECK cannot be widened in place on both databases, so the
-- table is made anew with every row it had; xml is the text of any kind.
DROP VIEW pub_design_process;
DROP VIEW pub_design_table;
CREATE TABLE design_version_wide (
  id       INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL CHECK (kind IN ('process', 'table', 'form')),
  key      TEXT    NOT NULL,   -- joint, canyin: what others refer to it by
  version  INTEGER NOT NULL,   -- 1, 2, 3 …
  title    TEXT    NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('draft', 'deployed', 'retired')),
  xml      TEXT    NOT NULL,   -- BPMN, DMN; of a form JSON
  digest   TEXT    NOT NULL,   -- SHA-256 of xml, hex
  author   TEXT    NOT NULL,   -- name of who saved it
  note     TEXT    NOT NULL,   -- what is new in this version
  created  INTEGER NOT NULL,   -- instants
  deployed INTEGER,            -- when it last came into force
  retired  INTEGER,            -- when it last went out of force
  UNIQUE (kind, key, version)
);
INSERT INTO design_version_wide
SELECT id, kind, key, version, title, state, xml, digest, author, note,
       created, deployed, retired
  FROM design_version;
DROP TABLE design_version;
ALTER TABLE design_version_wide RENAME TO design_version;
-- At most one version of a key is in force, whatever happens.
CREATE UNIQUE INDEX design_version_live ON design_version (kind, key)
  WHERE state = 'deployed';

CREATE VIEW pub_design_process AS
  SELECT key, version, title, state, xml, digest, deployed
    FROM design_version WHERE kind = 'process';
CREATE VIEW pub_design_table AS
  SELECT key, version, title, state, xml, digest, deployed
    FROM design_version WHERE kind = 'table';
CREATE VIEW pub_design_form AS
  SELECT key, version, title, state, xml, digest, deployed
    FROM design_version WHERE kind = 'form';

-- A form being changed step by step: one a key, whoever sits down goes on with
-- it; it becomes a version in one piece, or is thrown away.
CREATE TABLE design_work (
  key      TEXT    PRIMARY KEY,
  base     INTEGER NOT NULL,   -- the version it began from
  body     TEXT    NOT NULL,   -- JSON
  author   TEXT    NOT NULL,   -- name of who changed it last
  saved    INTEGER NOT NULL,   -- instant
  revision INTEGER NOT NULL    -- of two who save at once one is told
);
