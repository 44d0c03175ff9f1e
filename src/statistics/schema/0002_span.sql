-- The days of a month (202611) and of a year (2026) added up: a page that asks
-- for five years by item would read a million days.  What a day changes by when
-- it is counted again is added here in the same command, so that a span is
-- always the sum of its days.
CREATE TABLE statistics_span (
  dim    TEXT    NOT NULL,
  span   INTEGER NOT NULL,
  key    TEXT    NOT NULL,
  filed  INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  late   INTEGER NOT NULL,
  worked INTEGER NOT NULL,
  PRIMARY KEY (dim, span, key)
);
INSERT INTO statistics_span (dim, span, key, filed, closed, late, worked)
SELECT dim, month, key, sum(filed), sum(closed), sum(late), sum(worked)
  FROM statistics_day
 GROUP BY dim, month, key;
INSERT INTO statistics_span (dim, span, key, filed, closed, late, worked)
SELECT dim, span / 100, key, sum(filed), sum(closed), sum(late), sum(worked)
  FROM statistics_span
 GROUP BY dim, span / 100, key;
