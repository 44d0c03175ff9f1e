-- A case: one request of one person, or one department's part of it.
--
-- kind 'single' is one department's matter; 'joint' is the applicant's thread of
-- a matter many departments answer, and its 'part's hang below it, each with its
-- own number, desk and clock.  Statistics of the city count singles and joints,
-- a department's figures count singles and parts: nothing is counted twice.
--
-- The columns clock_* repeat the promised clock of the kernel's clock room for
-- lists that show twenty at once; the clock room stays the truth and
-- `zhengtong check` compares the two.  sort_due orders by urgency: the due day,
-- or 99999 while no day can be named.  A column marked personal is refused by the
-- build in any query marked public (个人信息保护法).
CREATE TABLE services_case (
  id             INTEGER PRIMARY KEY,
  number         TEXT    NOT NULL UNIQUE,  -- YX20261116004172, part: …-2
  kind           TEXT    NOT NULL CHECK (kind IN ('single', 'joint', 'part')),
  parent         INTEGER,                  -- id of the joint case of a part
  theme          TEXT,                     -- services_theme.code
  theme_version  INTEGER,
  part           TEXT,                     -- code of the part within the theme
  item           TEXT,                     -- services_item.code; NULL for joint
  item_version   INTEGER,
  title          TEXT    NOT NULL,         -- as it was called when filed
  unit           TEXT    NOT NULL,         -- who must act; joint: who leads
  officer        INTEGER,                  -- account of the person responsible
  officer_name   TEXT    NOT NULL,         -- published by duty
  applicant      INTEGER NOT NULL,         -- account, 0: none
  applicant_name TEXT    NOT NULL,         -- personal
  applicant_code TEXT,                     -- personal: citizen id, credit code
  mobile         TEXT,                     -- personal
  applicant_open TEXT    NOT NULL,         -- masked, for everybody: 周*远
  proxy          INTEGER NOT NULL,         -- account that filed for somebody, 0
  proxy_name     TEXT,                     -- personal
  channel        TEXT    NOT NULL,         -- web, window, agent, kiosk
  town           TEXT,                     -- code of the township, if known
  answers        TEXT,                     -- personal: JSON as submitted
  papers         TEXT    NOT NULL,         -- codes asked for, space-separated
  state          TEXT    NOT NULL CHECK (state IN ('received', 'supplement',
                   'refused', 'accepted', 'reviewing', 'special', 'deciding',
                   'granted', 'denied', 'closed', 'withdrawn', 'ended')),
  open           INTEGER NOT NULL,         -- 1 until a final state
  supplements    INTEGER NOT NULL,         -- notices sent: at most one
  filed          INTEGER NOT NULL,         -- instant it entered the system
  received       INTEGER NOT NULL,         -- day of receipt (电子签名法 11)
  accepted       INTEGER,                  -- day of acceptance
  deemed         INTEGER NOT NULL,         -- 1: accepted by silence (32(1)(4))
  accept_by      INTEGER,                  -- last day to say so; NULL: said
  supply_by      INTEGER,                  -- day the applicant supplies by
  statutory_n    INTEGER NOT NULL,
  statutory_unit TEXT    NOT NULL,
  statutory_due  INTEGER,
  clock_n        INTEGER NOT NULL,         -- promised units
  clock_extra    INTEGER NOT NULL,         -- added by an extension
  clock_start    INTEGER,                  -- day of acceptance
  clock_due      INTEGER,                  -- promised due day; NULL while paused
  clock_held     INTEGER NOT NULL,         -- units not counted so far
  clock_held_at  INTEGER,                  -- day the running pause began
  sort_due       INTEGER NOT NULL,
  late           INTEGER NOT NULL,         -- 1: closed after its promised day
  opened         INTEGER,                  -- instant the desk first looked
  closed         INTEGER,                  -- instant
  closed_day     INTEGER,
  result_no      TEXT,                     -- number of the decision or licence
  reason         TEXT,                     -- of a refusal or denial
  ticket         TEXT    NOT NULL,         -- personal: secret of the receipt
  revision       INTEGER NOT NULL          -- grows with every verb
);
-- The public board: everybody's matters by due day.
CREATE INDEX services_case_board ON services_case (sort_due, id)
  WHERE open = 1 AND kind <> 'part';
CREATE INDEX services_case_board_unit ON services_case (unit, sort_due, id)
  WHERE open = 1 AND kind <> 'part';
CREATE INDEX services_case_board_town ON services_case (town, sort_due, id)
  WHERE open = 1 AND kind <> 'part';
CREATE INDEX services_case_board_state ON services_case (state, sort_due, id)
  WHERE open = 1 AND kind <> 'part';
-- Just closed, newest first: the board's other half.
CREATE INDEX services_case_done ON services_case (closed)
  WHERE open = 0 AND kind <> 'part';
-- The desk of an organisation, most urgent first; one officer's; what is done.
CREATE INDEX services_case_desk ON services_case (unit, sort_due, id)
  WHERE open = 1 AND kind <> 'joint';
CREATE INDEX services_case_mine ON services_case (officer, sort_due, id)
  WHERE open = 1 AND kind <> 'joint';
CREATE INDEX services_case_desk_done ON services_case (unit, closed)
  WHERE open = 0 AND kind <> 'joint';
CREATE INDEX services_case_parent ON services_case (parent)
  WHERE parent IS NOT NULL;
CREATE INDEX services_case_applicant ON services_case (applicant, id)
  WHERE applicant <> 0 AND kind <> 'part';
-- Silence that becomes acceptance: looked for every minute.
CREATE INDEX services_case_silent ON services_case (accept_by)
  WHERE accept_by IS NOT NULL;
CREATE INDEX services_case_item ON services_case (item, id)
  WHERE open = 1;

-- What happened, never rewritten.  open = 0: an inner note of the desk.
CREATE TABLE services_event (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  verb    TEXT    NOT NULL,       -- file, accept, supplement, grant …
  text    TEXT    NOT NULL,       -- a sentence everybody may read if open
  actor   TEXT    NOT NULL,       -- officer's name; 申请人; 系统
  unit    TEXT    NOT NULL,
  basis   TEXT,                   -- 行政许可法 第三十二条
  open    INTEGER NOT NULL
);
CREATE INDEX services_event_case ON services_event (case_id, id);

-- A paper handed in: once for the whole matter, kept under the digest of its
-- bytes; a later one of the same code replaces it in lists, both are kept.
CREATE TABLE services_paper (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,       -- single or joint
  code    TEXT    NOT NULL,
  name    TEXT    NOT NULL,       -- personal: the file's name as given
  title   TEXT    NOT NULL,       -- what it is
  source  TEXT    NOT NULL,       -- upload, exchange, form
  sha256  TEXT,                   -- NULL: supplied by the exchange
  size    INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  added   INTEGER NOT NULL
);
CREATE INDEX services_paper_case ON services_paper (case_id, id);

-- Which officer has looked at which paper.
CREATE TABLE services_look (
  id      INTEGER PRIMARY KEY,
  paper   INTEGER NOT NULL,
  account INTEGER NOT NULL,
  at      INTEGER NOT NULL
);
CREATE UNIQUE INDEX services_look_once ON services_look (paper, account);

-- An official notice as issued: its facts, from which the same PDF is drawn
-- again byte for byte.
CREATE TABLE services_notice (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,
  kind    TEXT    NOT NULL,       -- receipt, acceptance, refusal, supplement …
  number  TEXT    NOT NULL UNIQUE, -- 云市监受〔2026〕12号
  issued  INTEGER NOT NULL,       -- instant
  facts   TEXT    NOT NULL        -- personal: JSON
);
CREATE INDEX services_notice_case ON services_notice (case_id, id);

-- Running numbers without gaps, reserved inside the transaction that uses them.
CREATE TABLE services_series (
  name TEXT    NOT NULL,          -- 'case', '云市监受'
  of   INTEGER NOT NULL,          -- the day or the year
  last INTEGER NOT NULL,
  PRIMARY KEY (name, of)
);

-- Figures by day and organisation, kept with every filing and closing, so that
-- no page ever counts millions.  unit '' is the city: each matter once.
CREATE TABLE services_tally (
  day     INTEGER NOT NULL,
  unit    TEXT    NOT NULL,
  filed   INTEGER NOT NULL,
  closed  INTEGER NOT NULL,
  late    INTEGER NOT NULL,       -- of the closed
  refused INTEGER NOT NULL,
  worked  INTEGER NOT NULL,       -- sum of working days the closed ones took
  PRIMARY KEY (day, unit)
);
CREATE INDEX services_tally_unit ON services_tally (unit, day);

-- What anyone may see of a case.
CREATE VIEW pub_services_case AS
  SELECT id, number, kind, parent, theme, item, title, unit, officer_name,
         applicant_open, channel, town, state, open, filed, received, accepted,
         accept_by, clock_due, clock_start, clock_n, clock_extra, clock_held,
         clock_held_at, statutory_due, late, closed, closed_day, sort_due
    FROM services_case;
-- Whose a case is: for deciding what somebody may do, never for showing.
CREATE VIEW pub_services_holder AS
  SELECT number, applicant, proxy, ticket FROM services_case;
-- That something happened to a case which everybody may see.
CREATE VIEW pub_services_event AS
  SELECT id, case_id, at, verb FROM services_event WHERE open = 1;
CREATE VIEW pub_services_tally AS
  SELECT day, unit, filed, closed, late, refused, worked FROM services_tally;
