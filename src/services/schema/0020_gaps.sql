-- 容缺受理: accepted although papers are missing which the item lets come later.
--
-- A case repeats what its lists show: gaps papers not yet handed in and found
-- right, gap_handed of them handed in and waiting to be looked at, gap_due the
-- last day of those that are still to come.  The clock room stays the truth
-- (matter 'gaps'), and `zhengtong check` compares.
ALTER TABLE services_case ADD COLUMN gaps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services_case ADD COLUMN gap_handed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services_case ADD COLUMN gap_due INTEGER;
-- Whose day has passed, for the rules by which silence has an effect.
CREATE INDEX services_case_gap ON services_case (gap_due, id)
  WHERE gap_due IS NOT NULL;

-- On what terms: of each case that was accepted with gaps, once.
CREATE TABLE services_gap_term (
  case_id INTEGER PRIMARY KEY,    -- single or part
  days    INTEGER NOT NULL,       -- working days given
  rule    TEXT    NOT NULL,       -- of data/clock-rules.json: what silence means
  lapses  INTEGER NOT NULL,       -- 1: by that rule it counts as taken back
  pledge  TEXT    NOT NULL,       -- how the applicant undertook it; '' unknown
  again   INTEGER NOT NULL,       -- 1: the days were given anew, which is once
  opened  INTEGER NOT NULL        -- instant
);

-- A paper that is still to come.  It goes to the thread's papers, once for all
-- departments; each department has a row of its own and looks for itself.
CREATE TABLE services_gap (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,       -- single or part
  thread  INTEGER NOT NULL,       -- single or joint
  code    TEXT    NOT NULL,       -- of the paper in the offer
  name    TEXT    NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('open', 'handed', 'wrong', 'good',
                                            'over')),
  handed  INTEGER,                -- instant it was handed in last
  checked INTEGER,                -- instant somebody said what it is
  checker TEXT    NOT NULL,       -- their name, ''
  reason  TEXT    NOT NULL        -- personal: what is wrong with it, ''
);
CREATE UNIQUE INDEX services_gap_once ON services_gap (case_id, code);
CREATE INDEX services_gap_thread ON services_gap (thread, id);

-- How long an item lets people take, and what silence means there: its own
-- promise, no statutory limit.  0: the default of gap.h.
ALTER TABLE services_item ADD COLUMN gap_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services_item ADD COLUMN gap_rule TEXT NOT NULL DEFAULT 'gap.decide';
ALTER TABLE services_item_past
  ADD COLUMN gap_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services_item_past
  ADD COLUMN gap_rule TEXT NOT NULL DEFAULT 'gap.decide';

DROP VIEW pub_services_guide;
CREATE VIEW pub_services_guide AS
  SELECT code, unit, name, type, object, law, law_version, article,
         statutory_n, statutory_unit, statutory_basis, promised_n, online,
         visits, fee, result, conditions, process, level, gap_days, gap_rule
    FROM services_item;
