-- Slips of a day by department: what nobody has signed for yet in the order it
-- was taken in, then what was signed, signature by signature.
DROP INDEX windows_intake_day;

-- How much a department gets of a day and how much it has signed for: kept with
-- every one that is taken in and every slip, for a day has thousands.
CREATE TABLE windows_intake_sum (
  hall   TEXT    NOT NULL,
  day    INTEGER NOT NULL,
  unit   TEXT    NOT NULL,
  n      INTEGER NOT NULL CHECK (n > 0),
  done   INTEGER NOT NULL CHECK (done BETWEEN 0 AND n), -- signed for
  PRIMARY KEY (hall, day, unit)
);
INSERT INTO windows_intake_sum (hall, day, unit, n, done)
SELECT hall, day, unit, count(*), count(signed_at)
  FROM windows_intake
 GROUP BY hall, day, unit;

CREATE INDEX windows_intake_open ON windows_intake (hall, day, unit, id)
  WHERE signed_at IS NULL;
CREATE INDEX windows_intake_signed
  ON windows_intake (hall, day, unit, signed_at, id)
  WHERE signed_at IS NOT NULL;
