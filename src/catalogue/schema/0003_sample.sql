-- Samples and blank forms (样表、空白表、结果样本) as files.
--
-- The files themselves are kernel/files' under the digest of their bytes; a
-- guide names them (field.c, kind FILE), so a version that was sent names for
-- ever what it named.  A file counts as one of the catalogue only when a clerk
-- handed it in here: a digest somebody wrote into a table might be a resident's
-- paper, and samples are public.
CREATE TABLE catalogue_paper (
  sha256   TEXT    PRIMARY KEY,       -- hex
  personal TEXT    NOT NULL,          -- what was read in it: 手机号码, or ''
  told     INTEGER NOT NULL,          -- 1: its text could be read at all
  added    INTEGER NOT NULL           -- instant
);

-- Which version names which file, repeated from its body for those who ask by
-- digest or by item.
CREATE TABLE catalogue_named (
  id       INTEGER PRIMARY KEY,
  item     TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  position INTEGER NOT NULL,          -- of the paper, from 1; 0: the result
  paper    TEXT    NOT NULL,          -- its name
  which    TEXT    NOT NULL CHECK (which IN ('sample', 'blank', 'result')),
  sha256   TEXT    NOT NULL,
  name     TEXT    NOT NULL
);
CREATE INDEX catalogue_named_item ON catalogue_named (item, version, position);
CREATE INDEX catalogue_named_file ON catalogue_named (sha256, item);

-- What is offered to everybody: named by the version in force of an item that
-- was not withdrawn, handed in here, and not found infected.
CREATE VIEW pub_catalogue_sample AS
  SELECT n.item, n.version, n.position, n.paper, n.which, n.sha256, n.name,
         f.size, f.type
    FROM catalogue_named n
    JOIN catalogue_item i ON i.code = n.item AND i.live = n.version
     AND i.state <> 'withdrawn'
    JOIN catalogue_paper p ON p.sha256 = n.sha256
    JOIN pub_files_blob f ON f.sha256 = n.sha256;

-- What each version named, and from when until when it was in force: for
-- cases of before.  It opens nothing.
CREATE VIEW pub_catalogue_sample_past AS
  SELECT n.item, n.version, n.position, n.paper, n.which, n.name,
         v.effective, v.ended
    FROM catalogue_named n
    JOIN catalogue_version v ON v.item = n.item AND v.version = n.version
   WHERE v.state IN ('live', 'past');
