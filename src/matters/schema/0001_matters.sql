-- A matter (事项): what an office passes from desk to desk by a process.
--
-- The running case is the kernel's (process_case); here is what people said when
-- they began it.  id is the case's.
CREATE TABLE matters_matter (
  id       INTEGER PRIMARY KEY,
  number   TEXT    NOT NULL UNIQUE,  -- SX20261122000001
  key      TEXT    NOT NULL,         -- of the process: workorder
  kind     TEXT    NOT NULL,         -- its title then: 工单转办
  title    TEXT    NOT NULL,         -- personal: may name somebody
  content  TEXT    NOT NULL,         -- personal
  unit     TEXT    NOT NULL,         -- whose matter it is
  urgent   INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  starter  INTEGER NOT NULL,         -- account
  starter_name TEXT NOT NULL,
  filed    INTEGER NOT NULL,
  due      INTEGER NOT NULL          -- day
);
CREATE INDEX matters_matter_unit ON matters_matter (unit, id);
CREATE INDEX matters_matter_starter ON matters_matter (starter, id);

-- The last number given on a day.
CREATE TABLE matters_number (
  day  INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
);
