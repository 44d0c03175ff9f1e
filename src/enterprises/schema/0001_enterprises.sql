-- The base of legal persons (法人库): what the organisations that register
-- enterprises, institutions and associations say of them, as versions.
--
-- A row is one state of one registration from a day on, with the register it is
-- from; the newest is `live`.  Nothing is rewritten: a change, also a correction,
-- is the next version, and what somebody filed under stays readable.
CREATE TABLE enterprises_version (
  id             INTEGER PRIMARY KEY,
  code           TEXT    NOT NULL,   -- 统一社会信用代码, GB 32100
  version        INTEGER NOT NULL,
  live           INTEGER NOT NULL,   -- 1: the newest, else 0
  name           TEXT    NOT NULL,
  kind           TEXT    NOT NULL,   -- 机构类型: company sole cooperative …
  representative TEXT    NOT NULL,   -- 法定代表人、负责人; published by law
  rep_id         TEXT,               -- personal: their citizen id
  rep_mobile     TEXT,               -- personal: as given to the register
  division       TEXT    NOT NULL,   -- GB/T 2260, township after it; ''
  address        TEXT    NOT NULL,   -- 住所、主要经营场所
  founded        INTEGER,            -- day
  capital        INTEGER,            -- 注册资本, fen; NULL: none is registered
  scope          TEXT    NOT NULL,   -- 经营范围、业务范围
  unit           TEXT    NOT NULL,   -- 登记机关: code of the organisation
  state          TEXT    NOT NULL CHECK (state IN ('active', 'dormant',
                   'revoked', 'annulled', 'cancelled', 'moved')),
  state_day      INTEGER,            -- day it became so, where not active
  from_day       INTEGER NOT NULL,   -- day this version is of
  source         TEXT    NOT NULL,   -- 市场监管登记
  ref            TEXT    NOT NULL,   -- import or correction it came by
  made           INTEGER NOT NULL    -- instant
);
CREATE UNIQUE INDEX enterprises_version_of ON enterprises_version (code,
                                                                  version);
CREATE UNIQUE INDEX enterprises_live ON enterprises_version (code)
  WHERE live = 1;
CREATE INDEX enterprises_live_name ON enterprises_version (name, code)
  WHERE live = 1;
CREATE INDEX enterprises_live_unit ON enterprises_version (unit, id)
  WHERE live = 1;
CREATE INDEX enterprises_live_rep ON enterprises_version (rep_id)
  WHERE live = 1;

-- Whom a legal representative lets act for the enterprise (经办人), for what and
-- until when (民法典 第一百六十五条); ended is the day it was taken back on.  It is
-- whoever has this name and has proven this mobile: whether such an account
-- exists is nobody's business but its own.
CREATE TABLE enterprises_proxy (
  id       INTEGER PRIMARY KEY,
  number   TEXT    NOT NULL UNIQUE,
  code     TEXT    NOT NULL,
  name     TEXT    NOT NULL,         -- personal
  mobile   TEXT    NOT NULL,         -- personal
  matters  TEXT    NOT NULL,         -- 代理事项
  from_day INTEGER NOT NULL,
  to_day   INTEGER NOT NULL,         -- the last day, always one
  ended    INTEGER,                  -- day of taking back
  giver    INTEGER NOT NULL,         -- account of who gave it
  made     INTEGER NOT NULL          -- instant
);
CREATE INDEX enterprises_proxy_mobile ON enterprises_proxy (mobile, id);
CREATE INDEX enterprises_proxy_code ON enterprises_proxy (code, id);

-- A file that was read and judged row by row, waiting to be confirmed.
CREATE TABLE enterprises_import (
  id      INTEGER PRIMARY KEY,
  number  TEXT    NOT NULL UNIQUE,
  account INTEGER NOT NULL,
  unit    TEXT    NOT NULL,
  name    TEXT    NOT NULL,          -- of the file
  made    INTEGER NOT NULL,          -- instant
  state   TEXT    NOT NULL CHECK (state IN ('checked', 'done')),
  lines   INTEGER NOT NULL,
  bad     INTEGER NOT NULL,          -- rows that cannot be taken
  fresh   INTEGER NOT NULL,          -- enterprises not known before
  renewed INTEGER NOT NULL,
  same    INTEGER NOT NULL,
  report  TEXT    NOT NULL,          -- JSON: line, code, name, outcome, text
  body    TEXT    NOT NULL           -- personal: JSON a line, as it is written
);
CREATE INDEX enterprises_import_account ON enterprises_import (account, id);
CREATE INDEX enterprises_import_made ON enterprises_import (made);

-- What is in force of each; name and state are public, the rest is for whose
-- it is and for whose duty needs it.
CREATE VIEW pub_enterprises_live AS
  SELECT code, version, name, kind, representative, division, address, founded,
         capital, scope, unit, state, state_day, from_day, source, ref
    FROM enterprises_version
   WHERE live = 1;

-- Who speaks for an enterprise: the registered representative by three facts of
-- their account, whomever they let act by two.
CREATE VIEW pub_enterprises_holder AS
  SELECT code, representative, rep_id, rep_mobile
    FROM enterprises_version
   WHERE live = 1;
CREATE VIEW pub_enterprises_proxy AS
  SELECT code, name, mobile, from_day, to_day
    FROM enterprises_proxy
   WHERE ended IS NULL;
