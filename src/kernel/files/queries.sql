-- files_blob_one :one
-- in sha256 text
-- out size int, type text
SELECT size, type
  FROM files_blob
 WHERE sha256 = :sha256;

-- files_blob_page :many
-- Every paper in turn, for reading them all again.
-- in after text
-- out sha256 text, size int
SELECT sha256, size
  FROM files_blob
 WHERE sha256 > :after
 ORDER BY sha256
 LIMIT 500;

-- files_blob_add :change
-- in sha256 text, size int, type text, created inst
INSERT INTO files_blob (sha256, size, type, created)
VALUES (:sha256, :size, :type, :created);

-- files_ref_add :run
-- Who needs it already needs it once.
-- in sha256 text, room text, ref text
INSERT INTO files_ref (sha256, room, ref)
VALUES (:sha256, :room, :ref)
ON CONFLICT (sha256, room, ref) DO NOTHING;

-- files_ref_drop :run
-- in sha256 text, room text, ref text
DELETE FROM files_ref
 WHERE sha256 = :sha256 AND room = :room AND ref = :ref;

-- files_blob_sweep :run
-- Papers nobody needs, a day after they came.
-- in before inst
DELETE FROM files_blob
 WHERE sha256 IN (SELECT b.sha256 FROM files_blob b
                   WHERE b.created < :before
                     AND NOT EXISTS (SELECT 1 FROM files_ref r
                                      WHERE r.sha256 = b.sha256)
                   ORDER BY b.created
                   LIMIT 200);

-- files_upload_add :change
-- in id text, account int, name text, size int, created inst
INSERT INTO files_upload (id, account, name, size, received, created)
VALUES (:id, :account, :name, :size, 0, :created);

-- files_upload_one :one
-- in id text, account int
-- out id text, name text, size int, received int, sha256 text?, type text?
SELECT id, name, size, received, sha256, type
  FROM files_upload
 WHERE id = :id AND account = :account;

-- files_upload_unfinished :one
-- in account int
-- out unfinished int
SELECT count(*) AS unfinished
  FROM files_upload
 WHERE account = :account AND sha256 IS NULL;

-- files_upload_progress :change
-- The offset in the condition is the lock: of two senders of the same piece one
-- goes on.
-- in id text, offset int, received int, sha256 text?, type text?
UPDATE files_upload
   SET received = :received, sha256 = :sha256, type = :type
 WHERE id = :id AND received = :offset AND sha256 IS NULL;

-- files_upload_old :many
-- in before inst
-- out id text
SELECT id
  FROM files_upload
 WHERE created < :before
 ORDER BY created
 LIMIT 100;

-- files_upload_drop :run
-- in id text
DELETE FROM files_upload
 WHERE id = :id;

-- files_blob_unseen :many
-- Papers no scanner has seen yet, oldest first.
-- out sha256 text, size int
SELECT sha256, size
  FROM files_blob
 WHERE scan = 'waiting'
 ORDER BY created
 LIMIT 1;

-- files_blob_unmeasured :many
-- out sha256 text, type text
SELECT sha256, type
  FROM files_blob
 WHERE measured = 0
 ORDER BY created
 LIMIT 1;

-- files_blob_scanned :run
-- in sha256 text, scan text, virus text?
UPDATE files_blob
   SET scan = :scan, virus = :virus
 WHERE sha256 = :sha256 AND scan = 'waiting';

-- files_blob_measured :run
-- in sha256 text, pages int?, sharp int?
UPDATE files_blob
   SET measured = 1, pages = :pages, sharp = :sharp
 WHERE sha256 = :sha256;

-- files_blob_undrawn :many
-- The newest first: somebody is waiting for it.  What no scanner has seen is
-- not opened where there is one.
-- in  unseen int
-- out sha256 text, type text
SELECT sha256, type
  FROM files_blob
 WHERE preview = 'waiting'
   AND (scan = 'clean' OR (scan = 'waiting' AND :unseen = 1))
 ORDER BY created DESC
 LIMIT 1;

-- files_blob_drawn :run
-- in sha256 text, preview text, preview_problem text?, drawn int?
-- in thumb_width int?, thumb_height int?
UPDATE files_blob
   SET preview = :preview, preview_problem = :preview_problem, drawn = :drawn,
       thumb_width = :thumb_width, thumb_height = :thumb_height
 WHERE sha256 = :sha256 AND preview = 'waiting';

-- files_picture_add :run
-- in paper text, page int, picture text, size int, width int, height int
-- in missing int
INSERT INTO files_picture (paper, page, picture, size, width, height, missing)
SELECT b.sha256, :page, :picture, :size, :width, :height, :missing
  FROM files_blob b
 WHERE b.sha256 = :paper
ON CONFLICT (paper, page) DO NOTHING;

-- files_picture_words :one
-- The words of an office paper: its page -1.
-- in  sha256 text
-- out picture text
SELECT picture
  FROM files_picture
 WHERE paper = :sha256 AND page = -1;

-- files_picture_kept :one
-- Does a picture on the shelf belong to a paper?
-- in  picture text
-- out pictures int
SELECT count(*) AS pictures
  FROM files_picture
 WHERE picture = :picture;

-- files_picture_page :many
-- Every picture in turn, for reading them all again.
-- in  after text
-- out picture text, size int
SELECT picture, size
  FROM files_picture
 WHERE picture > :after
 GROUP BY picture, size
 ORDER BY picture
 LIMIT 500;
