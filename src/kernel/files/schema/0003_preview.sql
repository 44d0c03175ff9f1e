-- Pictures of papers: a small one of the first page, and one of each of the
-- first pages, so that whoever decides sees them without another program.
--
-- They are drawn once, some time after the paper came, by a process that may
-- nothing else, and kept on the shelf under the digest of their own bytes.
-- preview says how far that is; failed has a word why in preview_problem.
ALTER TABLE files_blob ADD COLUMN preview TEXT NOT NULL DEFAULT 'waiting'
  CHECK (preview IN ('waiting', 'made', 'none', 'failed'));
ALTER TABLE files_blob ADD COLUMN preview_problem TEXT;
ALTER TABLE files_blob ADD COLUMN drawn INTEGER;        -- pages with a picture
ALTER TABLE files_blob ADD COLUMN thumb_width INTEGER;  -- pixels
ALTER TABLE files_blob ADD COLUMN thumb_height INTEGER;
CREATE INDEX files_blob_undrawn ON files_blob (created)
  WHERE preview = 'waiting';

CREATE TABLE files_picture (
  paper   TEXT    NOT NULL REFERENCES files_blob (sha256) ON DELETE CASCADE,
  page    INTEGER NOT NULL,             -- 0: the small one of page 1
  picture TEXT    NOT NULL,             -- digest of a JPEG on the shelf
  size    INTEGER NOT NULL,             -- bytes
  width   INTEGER NOT NULL,             -- pixels
  height  INTEGER NOT NULL,
  PRIMARY KEY (paper, page)
);
CREATE INDEX files_picture_shelf ON files_picture (picture);

-- How far the pictures of a paper are.
CREATE VIEW pub_files_preview AS
  SELECT sha256, preview, preview_problem, drawn, thumb_width, thumb_height
    FROM files_blob;

CREATE VIEW pub_files_picture AS
  SELECT paper AS sha256, page, picture, width, height FROM files_picture;
