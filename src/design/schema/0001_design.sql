-- What a process designer keeps: processes (BPMN) and decision tables (DMN).
--
-- Both kinds live alike -- a key, versions that are never rewritten, one of
-- them deployed -- so they share one table; others read pub_design_process and
-- pub_design_table.  The file is kept as it came in: any editor opens it again.
CREATE TABLE design_version (
  id       INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL CHECK (kind IN ('process', 'table')),
  key      TEXT    NOT NULL,   -- joint, canyin: what others refer to it by
  version  INTEGER NOT NULL,   -- 1, 2, 3 …
  title    TEXT    NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('draft', 'deployed', 'retired')),
  xml      TEXT    NOT NULL,
  digest   TEXT    NOT NULL,   -- SHA-256 of xml, hex
  author   TEXT    NOT NULL,   -- name of who saved it
  note     TEXT    NOT NULL,   -- what is new in this version
  created  INTEGER NOT NULL,   -- instants
  deployed INTEGER,            -- when it last came into force
  retired  INTEGER,            -- when it last went out of force
  UNIQUE (kind, key, version)
);
-- At most one version of a key is in force, whatever happens.
CREATE UNIQUE INDEX design_version_live ON design_version (kind, key)
  WHERE state = 'deployed';

CREATE VIEW pub_design_process AS
  SELECT key, version, title, state, xml, digest, deployed
    FROM design_version WHERE kind = 'process';
CREATE VIEW pub_design_table AS
  SELECT key, version, title, state, xml, digest, deployed
    FROM design_version WHERE kind = 'table';
