-- A paper that somebody needs: its bytes are in the folder under this digest.
CREATE TABLE files_blob (
  sha256  TEXT    PRIMARY KEY,          -- hex
  size    INTEGER NOT NULL,             -- bytes
  type    TEXT    NOT NULL,             -- media type by its bytes
  created INTEGER NOT NULL
);
CREATE INDEX files_blob_created ON files_blob (created);

-- Who needs it.  When the last row of a paper is gone so is, a day later, the
-- paper (个人信息保护法 第十九条: kept no longer than needed).
CREATE TABLE files_ref (
  sha256 TEXT NOT NULL REFERENCES files_blob (sha256),
  room   TEXT NOT NULL,                 -- services
  ref    TEXT NOT NULL,                 -- number of the matter
  PRIMARY KEY (sha256, room, ref)
);
CREATE INDEX files_ref_matter ON files_ref (room, ref);

-- An upload in pieces.  received counts bytes that are synced on disk; sha256
-- is set when it is complete and adopted.
CREATE TABLE files_upload (
  id       TEXT    PRIMARY KEY,         -- random, in the address
  account  INTEGER NOT NULL,
  name     TEXT    NOT NULL,            -- personal: as the sender called it
  size     INTEGER NOT NULL,
  received INTEGER NOT NULL,
  sha256   TEXT,
  type     TEXT,
  created  INTEGER NOT NULL
);
CREATE INDEX files_upload_account ON files_upload (account, created);
CREATE INDEX files_upload_created ON files_upload (created);

-- What other rooms may ask: is this paper kept?
CREATE VIEW pub_files_blob AS
  SELECT sha256, size, type FROM files_blob;
