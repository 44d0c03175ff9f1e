-- Figures of a day, by what they are counted by: 'all' the city, 'unit',
-- 'item', 'town', 'channel'.  They are never kept up by adding: a day about
-- which something has happened is counted again from the record, so they cannot
-- drift from it.  The city, towns and channels count each matter once (singles
-- and joints); organisations and items count what is theirs (singles and parts).
CREATE TABLE statistics_day (
  dim    TEXT    NOT NULL CHECK (dim IN ('all', 'unit', 'item', 'town',
                   'channel')),
  day    INTEGER NOT NULL,
  key    TEXT    NOT NULL,     -- code of the unit, item, town, channel; ''
  month  INTEGER NOT NULL,     -- 202611
  filed  INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  late   INTEGER NOT NULL,     -- of the closed
  worked INTEGER NOT NULL,     -- working days the closed ones took
  PRIMARY KEY (dim, day, key)
);
CREATE INDEX statistics_day_day ON statistics_day (day);

-- Days to be counted again.
CREATE TABLE statistics_due (
  day INTEGER PRIMARY KEY
);
