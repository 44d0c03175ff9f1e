-- 大厅窗口: halls, what waits in them, who serves it.
--
-- A hall has lines (业务队列), each with a letter of its own on the numbers it
-- gives; a counter (窗口) serves some of them.  What an item's line is follows
-- from the line's item, else its organisation, else the comprehensive line,
-- which names neither (综合窗口).  Times of a day are minutes since midnight.
CREATE TABLE windows_hall (
  code      TEXT    PRIMARY KEY,     -- H1
  name      TEXT    NOT NULL,
  address   TEXT    NOT NULL,
  unit      TEXT    NOT NULL UNIQUE, -- the organisation that runs it
  opens     INTEGER NOT NULL,
  closes    INTEGER NOT NULL,
  noon_from INTEGER NOT NULL,        -- a pause at noon; equal: none
  noon_to   INTEGER NOT NULL,
  kiosk_key TEXT    NOT NULL,        -- what a registered terminal carries
  position  INTEGER NOT NULL
);

CREATE TABLE windows_line (
  code     TEXT    PRIMARY KEY,      -- H1-A
  hall     TEXT    NOT NULL REFERENCES windows_hall (code),
  letter   TEXT    NOT NULL,         -- A, on the numbers
  title    TEXT    NOT NULL,
  unit     TEXT    NOT NULL,         -- '' any
  item     TEXT    NOT NULL,         -- '' any
  pace     INTEGER NOT NULL,         -- minutes a matter takes by experience
  seats    INTEGER NOT NULL,         -- to book in a slot; 0: no appointments
  slot     INTEGER NOT NULL          -- minutes of a slot
);
CREATE UNIQUE INDEX windows_line_letter ON windows_line (hall, letter);

-- Who sits there is whoever opened it; streak counts the tickets it called out
-- of their turn, one after the other (rules.c).
CREATE TABLE windows_counter (
  code       TEXT    PRIMARY KEY,    -- H1-01
  hall       TEXT    NOT NULL REFERENCES windows_hall (code),
  label      TEXT    NOT NULL,       -- 1 号窗口
  low        INTEGER NOT NULL CHECK (low IN (0, 1)), -- 低位服务台
  clerk      INTEGER NOT NULL,       -- account, 0: closed
  clerk_name TEXT    NOT NULL,       -- public by duty
  opened     INTEGER NOT NULL,       -- instant, of the last opening
  streak     INTEGER NOT NULL
);
CREATE INDEX windows_counter_hall ON windows_counter (hall, code);
CREATE UNIQUE INDEX windows_counter_clerk ON windows_counter (clerk)
  WHERE clerk <> 0;

CREATE TABLE windows_serves (
  counter TEXT NOT NULL REFERENCES windows_counter (code),
  line    TEXT NOT NULL REFERENCES windows_line (code),
  PRIMARY KEY (counter, line)
);
CREATE INDEX windows_serves_line ON windows_serves (line);

-- 排班: who is to sit where, so that a counter without its clerk is seen.
CREATE TABLE windows_shift (
  id       INTEGER PRIMARY KEY,
  counter  TEXT    NOT NULL REFERENCES windows_counter (code),
  account  INTEGER NOT NULL,
  name     TEXT    NOT NULL,         -- of the clerk, public by duty
  day      INTEGER NOT NULL,
  from_min INTEGER NOT NULL,
  to_min   INTEGER NOT NULL
);
CREATE INDEX windows_shift_day ON windows_shift (day, counter, from_min);

-- The last number a line gave on a day.
CREATE TABLE windows_series (
  line TEXT    NOT NULL,
  day  INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (line, day)
);

-- One number.  place orders the waiting; first: called ahead of the others
-- within bounds.  A ticket is used once: every change names its revision.
CREATE TABLE windows_ticket (
  id         INTEGER PRIMARY KEY,
  code       TEXT    NOT NULL UNIQUE, -- secret, in its holder's address
  hall       TEXT    NOT NULL,
  line       TEXT    NOT NULL REFERENCES windows_line (code),
  label      TEXT    NOT NULL,        -- A012
  day        INTEGER NOT NULL,
  channel    TEXT    NOT NULL CHECK (channel IN ('kiosk', 'phone', 'desk',
               'booking')),
  care       TEXT    NOT NULL CHECK (care IN ('', 'elder', 'disabled',
               'soldier', 'pregnant')),
  account    INTEGER NOT NULL,        -- whose, 0: nobody's
  mobile     TEXT,                    -- personal
  name       TEXT,                    -- personal
  item       TEXT    NOT NULL,        -- what for, '' not said
  booking    TEXT,                    -- number of the appointment
  taken      INTEGER NOT NULL,        -- instant
  place      INTEGER NOT NULL,        -- instant
  first_at   INTEGER,                 -- instant from which it goes first
  state      TEXT    NOT NULL CHECK (state IN ('waiting', 'called', 'serving',
               'missed', 'done', 'left', 'expired')),
  counter    TEXT    NOT NULL,        -- where it was called to, ''
  counter_label TEXT NOT NULL,
  clerk      INTEGER NOT NULL,
  called     INTEGER,                 -- instant, of the last call
  calls      INTEGER NOT NULL,
  misses     INTEGER NOT NULL,
  started    INTEGER,                 -- instant
  ended      INTEGER,                 -- instant
  case_no    TEXT,                    -- what was filed for it
  revision   INTEGER NOT NULL
);
CREATE INDEX windows_ticket_live ON windows_ticket (line, place, id)
  WHERE state = 'waiting';
CREATE INDEX windows_ticket_open ON windows_ticket (day)
  WHERE state IN ('waiting', 'called', 'serving', 'missed');
CREATE INDEX windows_ticket_counter ON windows_ticket (counter, state, ended);
CREATE INDEX windows_ticket_hall ON windows_ticket (hall, called)
  WHERE state IN ('called', 'serving');
CREATE INDEX windows_ticket_pace ON windows_ticket (line, day, ended)
  WHERE state = 'done';
CREATE INDEX windows_ticket_clerk ON windows_ticket (clerk, started);
CREATE INDEX windows_ticket_mobile ON windows_ticket (mobile, day);
CREATE INDEX windows_ticket_case ON windows_ticket (case_no);

-- 预约: one seat of a slot.  The index, not the program, is what makes the last
-- seat one person's.
CREATE TABLE windows_booking (
  id       INTEGER PRIMARY KEY,
  number   TEXT    NOT NULL UNIQUE,   -- YY20261123000001
  hall     TEXT    NOT NULL,
  line     TEXT    NOT NULL REFERENCES windows_line (code),
  title    TEXT    NOT NULL,          -- the line's, as it was booked
  day      INTEGER NOT NULL,
  minute   INTEGER NOT NULL,
  seat     INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  name     TEXT    NOT NULL,          -- personal
  mobile   TEXT    NOT NULL,          -- personal
  item     TEXT    NOT NULL,
  made     INTEGER NOT NULL,          -- instant
  state    TEXT    NOT NULL CHECK (state IN ('booked', 'arrived', 'missed',
             'cancelled')),
  reminded INTEGER NOT NULL CHECK (reminded IN (0, 1)),
  ticket   TEXT,                      -- code of the number it became
  revision INTEGER NOT NULL
);
CREATE UNIQUE INDEX windows_booking_seat
  ON windows_booking (line, day, minute, seat) WHERE state <> 'cancelled';
CREATE INDEX windows_booking_account ON windows_booking (account, day);
CREATE INDEX windows_booking_due ON windows_booking (day, minute)
  WHERE state = 'booked';

-- 收件移交: what counters took in, part by part, until the back office signs.
CREATE TABLE windows_intake (
  id      INTEGER PRIMARY KEY,
  case_no TEXT    NOT NULL UNIQUE,
  title   TEXT    NOT NULL,
  unit    TEXT    NOT NULL,           -- who is to get it
  hall    TEXT    NOT NULL,
  day     INTEGER NOT NULL,
  at      INTEGER NOT NULL,           -- instant of filing
  clerk   INTEGER NOT NULL,
  clerk_name TEXT NOT NULL,
  ticket  TEXT    NOT NULL,           -- label of the number, ''
  signed_at INTEGER,                   -- instant
  signed_by TEXT  NOT NULL            -- name of who took it over, ''
);
CREATE INDEX windows_intake_day ON windows_intake (hall, day, unit);

-- For the case's own pages: which number it was taken in under.
CREATE VIEW pub_windows_case AS
  SELECT t.case_no, t.label, h.name AS hall_name, t.counter_label
    FROM windows_ticket t
    JOIN windows_hall h ON h.code = t.hall
   WHERE t.case_no IS NOT NULL;
