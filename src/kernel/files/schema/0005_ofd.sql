-- The pages of an OFD are drawn as a PDF's are, and each picture says in bits
-- (enum preview_missing) what of the page is not in it.  OFDs whose words alone
-- were read are looked at again.
ALTER TABLE files_picture ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;

DROP VIEW pub_files_picture;
CREATE VIEW pub_files_picture AS
  SELECT paper AS sha256, page, picture, width, height, missing
    FROM files_picture;

UPDATE files_blob
   SET preview = 'waiting', preview_problem = NULL
 WHERE type = 'application/ofd' AND preview IN ('made', 'failed');
