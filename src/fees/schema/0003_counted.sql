-- What the notices of thirty days came to, by organisation and fee: kept in the
-- command that makes or changes one (figures.c), so that /fees/watch adds up a
-- dozen rows a fee and not every notice of a year.  A span is made / 30 days,
-- counted from 1970: no calendar is asked.  `zhengtong check` counts again.
CREATE TABLE fees_count (
  unit     TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  span     INTEGER NOT NULL,
  notices  INTEGER NOT NULL,     -- not those another one took the place of
  total    INTEGER NOT NULL,
  paid     INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  exempt   INTEGER NOT NULL,
  expired  INTEGER NOT NULL,
  PRIMARY KEY (unit, name, span)
);
INSERT INTO fees_count (unit, name, span, notices, total, paid, refunded,
                        exempt, expired)
SELECT unit, name, made / 2592000000, count(*), sum(total), sum(paid),
       sum(refunded), sum(CASE WHEN state = 'exempt' THEN 1 ELSE 0 END),
       sum(CASE WHEN state = 'expired' THEN 1 ELSE 0 END)
  FROM fees_notice
 WHERE state <> 'replaced'
 GROUP BY unit, name, made / 2592000000;

-- The days before the first whole span are counted one by one.
DROP INDEX fees_notice_figures;
CREATE INDEX fees_notice_figures ON fees_notice (made, state, unit, name, total,
                                                 paid, refunded);
