-- The licence library (电子证照库).
--
-- One row a version: a change makes a new row of the same number and says
-- 'changed' of the old one, so that a paper in somebody's hands can always be
-- told from the one in force.  The sheet itself is not kept: it is drawn again
-- from the row, byte for byte, and its digest stands here, signed.
CREATE TABLE licences_licence (
  id          INTEGER PRIMARY KEY,
  identifier  TEXT    NOT NULL UNIQUE, -- 电子证照标识, GB/T 36904
  type        TEXT    NOT NULL,        -- 证照类型代码
  name        TEXT    NOT NULL,        -- 食品经营许可证
  number      TEXT    NOT NULL,        -- 证照编号
  version     INTEGER NOT NULL,        -- from 1
  secret      TEXT    NOT NULL,        -- 核验码, in the QR code
  holder_name TEXT    NOT NULL,        -- personal
  holder_code TEXT,                    -- personal: citizen id, credit code
  holder_open TEXT    NOT NULL,        -- masked, for everybody
  account     INTEGER NOT NULL,        -- whose it is, 0: no account
  unit        TEXT    NOT NULL,        -- who issued it
  item        TEXT    NOT NULL,
  title       TEXT    NOT NULL,        -- what was granted
  case_no     TEXT    NOT NULL,
  facts       TEXT    NOT NULL,        -- personal: JSON, rows of the sheet
  address     TEXT    NOT NULL,        -- in the QR code, as it was drawn
  made        INTEGER NOT NULL,        -- instant, in the sheet's properties
  demo        INTEGER NOT NULL,        -- 1: the sheet says it is made up
  issued      INTEGER NOT NULL,        -- day of the decision
  valid_from  INTEGER NOT NULL,
  valid_to    INTEGER,                 -- NULL: 长期
  state       TEXT    NOT NULL CHECK (state IN ('making', 'valid', 'changed',
                'suspended', 'revoked', 'expired', 'cancelled')),
  pair        INTEGER NOT NULL,        -- which keys signed; 0: not yet
  sha256      TEXT    NOT NULL,        -- of the sheet; '' until signed
  sm3         TEXT    NOT NULL,
  sm2         TEXT    NOT NULL,        -- signature, hex
  ecdsa       TEXT    NOT NULL,
  -- How it reaches the holder (行政许可法 第四十四条).
  delivery    TEXT    NOT NULL CHECK (delivery IN ('', 'electronic', 'collect',
                'post')),
  deliver_by  INTEGER NOT NULL,        -- day
  post_to     TEXT,                    -- personal
  tracking    TEXT,
  received_by TEXT,                    -- personal: who collected it
  delivered   INTEGER,                 -- instant
  revision    INTEGER NOT NULL
);
-- A case issues once, however often it is told.
CREATE UNIQUE INDEX licences_licence_case ON licences_licence (case_no, version);
CREATE INDEX licences_licence_number ON licences_licence (number, version);
CREATE INDEX licences_licence_account ON licences_licence (account, id)
  WHERE account <> 0;
CREATE INDEX licences_licence_unit ON licences_licence (unit, id);
CREATE INDEX licences_licence_digest ON licences_licence (sha256);
-- What the jobs look for: not yet signed, and in force with a last day.
CREATE INDEX licences_licence_making ON licences_licence (id)
  WHERE state = 'making';
CREATE INDEX licences_licence_ends ON licences_licence (valid_to, id)
  WHERE state IN ('valid', 'suspended') AND valid_to IS NOT NULL;
-- Waiting to be handed over.
CREATE INDEX licences_licence_waiting ON licences_licence (unit, deliver_by)
  WHERE delivered IS NULL AND delivery IN ('collect', 'post');

-- Everything that happened to one, only ever added to.
CREATE TABLE licences_event (
  id      INTEGER PRIMARY KEY,
  licence INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  verb    TEXT    NOT NULL,
  text    TEXT    NOT NULL,     -- personal: may name who collected it
  actor   TEXT    NOT NULL,     -- officer's name; 持证人; 系统
  basis   TEXT    NOT NULL
);
CREATE INDEX licences_event_licence ON licences_event (licence, id);

-- Running numbers of identifiers, by year.
CREATE TABLE licences_series (
  of   INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);

-- What a holder has in force, so that a later case need not ask for a copy
-- (国务院令第716号 第十条): for deciding and offering, in one's own session.
CREATE VIEW pub_licences_held AS
  SELECT id, account, identifier, type, name, number, unit, issued, valid_to,
         sha256
    FROM licences_licence
   WHERE state = 'valid';
-- That a licence exists and what it is worth: nothing of the holder.
CREATE VIEW pub_licences_state AS
  SELECT id, identifier, type, name, number, version, unit, case_no, issued,
         valid_from, valid_to, state
    FROM licences_licence;
