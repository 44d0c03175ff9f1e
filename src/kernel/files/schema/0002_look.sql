-- What was found in a paper after it came: viruses, pages, sharpness.
--
-- A paper waits (待查毒) until the scanner the operator named has seen it, and
-- nobody but who handed it in opens it before; where no scanner is named that is
-- the operator's own decision and papers pass.
ALTER TABLE files_blob ADD COLUMN scan TEXT NOT NULL DEFAULT 'waiting'
  CHECK (scan IN ('waiting', 'clean', 'infected'));
ALTER TABLE files_blob ADD COLUMN virus TEXT;     -- what the scanner calls it
ALTER TABLE files_blob ADD COLUMN measured INTEGER NOT NULL DEFAULT 0;
ALTER TABLE files_blob ADD COLUMN pages INTEGER;  -- NULL: of a kind not counted
ALTER TABLE files_blob ADD COLUMN sharp INTEGER;  -- NULL: not a picture
CREATE INDEX files_blob_unseen ON files_blob (created) WHERE scan = 'waiting';
CREATE INDEX files_blob_unmeasured ON files_blob (created) WHERE measured = 0;

CREATE VIEW pub_files_look AS
  SELECT sha256, scan, virus, pages, sharp FROM files_blob;
