-- A clock: one period of law or promise that runs against one matter.
--
-- A matter usually has two, the promise and the statute; supervision watches
-- all clocks alike and need not know what the matter is.  The due day is kept
-- because lists sort by it, and can always be computed again from start,
-- allowed, extra and the spans.  Days count from 1970-01-01, local date.
CREATE TABLE clock_running (
  id          INTEGER PRIMARY KEY,
  matter      TEXT    NOT NULL,   -- kind of matter: case
  ref         TEXT    NOT NULL,   -- its public number
  unit        TEXT    NOT NULL,   -- organisation that must act
  holder      TEXT    NOT NULL,   -- officer responsible, published by duty
  kind        TEXT    NOT NULL,   -- promised, statutory, accept …
  rule        TEXT    NOT NULL,   -- id in data/clock-rules.json
  start       INTEGER NOT NULL,   -- day, itself not counted
  unit_of     INTEGER NOT NULL CHECK (unit_of BETWEEN 0 AND 3),
                                  -- working days, natural days, months, years
  allowed     INTEGER NOT NULL,   -- units
  extra       INTEGER NOT NULL,   -- units added by the one extension
  extend_max  INTEGER NOT NULL,   -- units an extension may add; 0: none
  due         INTEGER,            -- last day; NULL while paused before it
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  paused      INTEGER NOT NULL CHECK (paused IN (0, 1)),
  spans       INTEGER NOT NULL,   -- how many pauses there were
  stopped     INTEGER,            -- day it was over; NULL: running
  over        INTEGER NOT NULL,   -- working days late when stopped
  level       INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
                                  -- fine, warned, yellow, red
  warn_before INTEGER NOT NULL,   -- working days left from which it is warned
  red_after   INTEGER NOT NULL,   -- working days late from which it is red
  check_at    INTEGER,            -- instant the level may rise; NULL: never;
                                  -- also of a stopped clock not yet told of
  calendar_version INTEGER NOT NULL, -- the due day was computed with
  version     INTEGER NOT NULL    -- grows with every change
);
CREATE INDEX clock_running_ref ON clock_running (matter, ref);
CREATE INDEX clock_running_check ON clock_running (check_at)
  WHERE check_at IS NOT NULL;
CREATE INDEX clock_running_calendar ON clock_running (calendar_version)
  WHERE stopped IS NULL;
CREATE INDEX clock_running_unit ON clock_running (unit, level)
  WHERE stopped IS NULL;

-- A pause: days d with from_day < d <= to_day do not count.  Why, on which
-- paper, and who did it stay on record (行政许可法 第四十五条).
CREATE TABLE clock_span (
  id       INTEGER PRIMARY KEY,
  clock    INTEGER NOT NULL REFERENCES clock_running (id),
  from_day INTEGER NOT NULL,
  to_day   INTEGER,               -- NULL while it lasts
  reason   TEXT    NOT NULL,      -- from the rule's closed list
  planned  INTEGER NOT NULL,      -- days the applicant was told; 0: not told
  document TEXT    NOT NULL,      -- number of the notice to the applicant
  actor    TEXT    NOT NULL       -- who paused it
);
CREATE INDEX clock_span_clock ON clock_span (clock, from_day);

-- Notices announced since the program was built: each row is the whole calendar
-- as it then became, so that what counted on any day can be shown.
CREATE TABLE clock_calendar (
  version INTEGER PRIMARY KEY,
  tsv     TEXT    NOT NULL,       -- in the form of data/calendar.tsv
  notice  TEXT    NOT NULL,       -- number or address of the notice
  at      INTEGER NOT NULL,       -- instant
  actor   TEXT    NOT NULL
);

-- What other rooms may read: the clocks that run, and all there ever were.
CREATE VIEW pub_clock_running AS
  SELECT id, matter, ref, unit, holder, kind, rule, start, unit_of, allowed,
         extra, due, provisional, paused, level, check_at
    FROM clock_running
   WHERE stopped IS NULL;

CREATE VIEW pub_clock_record AS
  SELECT id, matter, ref, unit, holder, kind, rule, start, unit_of, allowed,
         extra, due, provisional, paused, stopped, over, level
    FROM clock_running;

CREATE VIEW pub_clock_span AS
  SELECT s.id, c.matter, c.ref, c.kind, s.from_day, s.to_day, s.reason,
         s.planned, s.document, s.actor
    FROM clock_span s
    JOIN clock_running c ON c.id = s.clock;
