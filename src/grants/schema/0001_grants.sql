-- Who may use which data of another organisation: a grant (数据授权), opened
-- by a matter of 数据申请 and never removed: what was provided to whom, for
-- what, is kept at least three years (网络数据安全管理条例 第十二条第一款).
CREATE TABLE grants_grant (
  id         INTEGER PRIMARY KEY,
  number     TEXT    NOT NULL UNIQUE,  -- SQ20261122000001, of its matter
  matter     TEXT    NOT NULL UNIQUE,  -- SX20261122000001: opened once
  resource   TEXT    NOT NULL,         -- 个体工商户登记信息
  fields     TEXT    NOT NULL,         -- 数据项
  purpose    TEXT    NOT NULL,         -- what for, which duty of office
  basis      TEXT    NOT NULL,
  giver      TEXT    NOT NULL,         -- organisation that keeps the data
  given_by   INTEGER NOT NULL,         -- account: who agreed there
  given_by_name  TEXT NOT NULL,
  receiver   TEXT    NOT NULL,         -- organisation that may use it
  asked_by   INTEGER NOT NULL,         -- account: who began the matter
  asked_by_name  TEXT NOT NULL,
  opened_by_name TEXT NOT NULL,        -- who switched it on
  opened     INTEGER NOT NULL,         -- instant
  from_day   INTEGER NOT NULL,         -- both days included
  to_day     INTEGER NOT NULL,
  warn_on    INTEGER,                  -- day both sides are told; NULL: told
  renews     TEXT,                     -- number of the one it goes on from
  state      TEXT    NOT NULL CHECK (state IN ('valid', 'expired',
                                               'withdrawn')),
  reason     TEXT,                     -- why it was withdrawn
  revision   INTEGER NOT NULL,
  CHECK (to_day >= from_day),
  CHECK ((state = 'withdrawn') = (reason IS NOT NULL))
);
CREATE INDEX grants_grant_giver ON grants_grant (giver, id);
CREATE INDEX grants_grant_receiver ON grants_grant (receiver, id);
-- What the job looks for: valid and run out, valid and to be told of.
CREATE INDEX grants_grant_ends ON grants_grant (to_day, id)
  WHERE state = 'valid';
CREATE INDEX grants_grant_warn ON grants_grant (warn_on, id)
  WHERE state = 'valid' AND warn_on IS NOT NULL;

-- Everything that happened to one, only ever added to.
CREATE TABLE grants_event (
  id       INTEGER PRIMARY KEY,
  grant_id INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  verb     TEXT    NOT NULL,   -- open, warn, expire, withdraw, renew
  text     TEXT    NOT NULL,
  actor    TEXT    NOT NULL,   -- an officer's name; 系统
  basis    TEXT    NOT NULL
);
CREATE INDEX grants_event_grant ON grants_event (grant_id, id);

-- For the page of the matter: nothing of people.
CREATE VIEW pub_grants_grant AS
  SELECT number, matter, resource, giver, receiver, from_day, to_day, state
    FROM grants_grant;
