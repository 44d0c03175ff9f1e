-- Organisations, people, posts, sessions.
--
-- An organisation is anything that can hold a desk: a department, a township,
-- a village, an institution.  code is what everybody writes (D022, T01, I01);
-- who moves under whom is `parent`.  Nothing here is personal: the telephone is
-- the office's.
CREATE TABLE auth_unit (
  code        TEXT    PRIMARY KEY,
  name        TEXT    NOT NULL,
  short_name  TEXT    NOT NULL,
  kind        TEXT    NOT NULL CHECK (kind IN
                ('department', 'township', 'village', 'institution')),
  parent      TEXT    REFERENCES auth_unit (code),
  credit_code TEXT,               -- 统一社会信用代码
  phone       TEXT,               -- of the office
  address     TEXT,
  hours       TEXT,               -- as published: 工作日 9:00-12:00 …
  hall        INTEGER NOT NULL CHECK (hall IN (0, 1)), -- window in the hall
  field       TEXT,
  doc_prefix  TEXT,               -- 机关代字
  position    INTEGER NOT NULL    -- order in lists
);
CREATE INDEX auth_unit_parent ON auth_unit (parent, position);

-- People who sign in.  name is what the person is called, of staff and residents
-- alike, and personal; public_name is the same name of staff only, public by
-- duty (政府信息公开条例 第二十条), and NULL for residents, so that no statement
-- can publish a resident's name by mistake.  failed, failed_at and locked_until
-- belong to log-in: wrong passwords in a row, the last of them, and the instant
-- the pause they brought ends.
-- totp_secret is the second factor when the person switched it on; totp_step
-- the step last used, because a code works once.
CREATE TABLE auth_account (
  id           INTEGER PRIMARY KEY,
  login        TEXT    NOT NULL UNIQUE, -- personal
  name         TEXT    NOT NULL,        -- personal
  public_name  TEXT,
  kind         TEXT    NOT NULL CHECK (kind IN ('resident', 'staff')),
  mobile       TEXT,                    -- personal
  citizen_id   TEXT,                    -- personal
  password     TEXT    NOT NULL,        -- personal: an Argon2id hash
  state        TEXT    NOT NULL CHECK (state IN ('active', 'blocked')),
  created      INTEGER NOT NULL,
  failed       INTEGER NOT NULL,
  failed_at    INTEGER,
  locked_until INTEGER,
  totp_secret  TEXT,                    -- personal: base32
  totp_step    INTEGER NOT NULL,
  CHECK ((kind = 'staff') = (public_name IS NOT NULL))
);
-- An officer may be a resident too, with another account: one of each kind.
CREATE UNIQUE INDEX auth_account_mobile ON auth_account (mobile, kind);
CREATE UNIQUE INDEX auth_account_citizen ON auth_account (citizen_id, kind);

-- A role in an organisation, from a day to a day.  A person may hold several
-- and sits at one of them at a time; `main` is where a log-in starts.
CREATE TABLE auth_post (
  id       INTEGER PRIMARY KEY,
  account  INTEGER NOT NULL REFERENCES auth_account (id),
  unit     TEXT    NOT NULL REFERENCES auth_unit (code),
  role     TEXT    NOT NULL,
  title    TEXT    NOT NULL,            -- as published: 科员, 科长
  phone    TEXT,                        -- of the office
  from_day INTEGER NOT NULL,
  to_day   INTEGER,                     -- last day; NULL: still held
  main     INTEGER NOT NULL CHECK (main IN (0, 1))
);
CREATE INDEX auth_post_account ON auth_post (account);
CREATE INDEX auth_post_unit ON auth_post (unit, role);

-- Who is signed in.  Only the SHA-256 of the token is here, so a copy of the
-- database opens no door.  seen is written at most once a minute.
CREATE TABLE auth_session (
  digest  TEXT    PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES auth_account (id),
  post    INTEGER REFERENCES auth_post (id),
  created INTEGER NOT NULL,
  seen    INTEGER NOT NULL,
  expires INTEGER NOT NULL,             -- whatever happens
  via     TEXT    NOT NULL,
  client  TEXT    NOT NULL              -- personal: a network address
);
CREATE INDEX auth_session_account ON auth_session (account);
CREATE INDEX auth_session_expires ON auth_session (expires);

-- What every other room may read.
CREATE VIEW pub_auth_unit AS
  SELECT code, name, short_name, kind, parent, credit_code, phone, address,
         hours, hall, field, doc_prefix, position
    FROM auth_unit;

-- Officers in the posts they hold, public by duty; residents never.
CREATE VIEW pub_auth_staff AS
  SELECT p.account AS account, a.public_name AS name, p.unit AS unit, p.role AS role,
         p.title AS title, p.phone AS phone, p.main AS main
    FROM auth_post p
    JOIN auth_account a ON a.id = p.account
   WHERE p.to_day IS NULL AND a.kind = 'staff' AND a.state = 'active';
