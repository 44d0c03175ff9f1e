-- stat_due_add :run
-- Once is enough, however much happens in a day; heard is an id of its own each
-- time.
-- in  day day, heard int
INSERT INTO statistics_due (day, heard) VALUES (:day, :heard)
    ON CONFLICT (day) DO UPDATE SET heard = excluded.heard;

-- stat_due_next :one
-- The newest first: that is what people look at.
-- out day day, heard int
SELECT day, heard FROM statistics_due ORDER BY day DESC LIMIT 1;

-- stat_due_one :one
-- in  day day
-- out heard int
SELECT heard FROM statistics_due WHERE day = :day;

-- stat_due_drop :change
-- in  day day
DELETE FROM statistics_due WHERE day = :day;

-- stat_due_left :one
-- scan ok: as many rows as days wait, few but after the first start
-- out days int
SELECT count(*) AS days FROM statistics_due;

-- stat_known :one
-- Has a day been counted, or is it going to be?
-- in  day day
-- out days int
SELECT (SELECT count(*) FROM statistics_day WHERE dim = 'all' AND day = :day) +
       (SELECT count(*) FROM statistics_due WHERE day = :day) AS days;

-- stat_first :one
-- scan ok: the first by the index of days of receipt
-- out day day?
SELECT min(received) AS day FROM pub_services_case;

-- stat_case :one public
-- in  number text
-- out received day, closed_day day?
SELECT received, closed_day FROM pub_services_case WHERE number = :number;

-- stat_filed :many public
-- What came in on a day, by id; what is done again came in the first time.
-- in  day day, after int
-- out id int, kind text, unit text, item text?, town text?, channel text
SELECT id, kind, unit, item, town, channel
  FROM pub_services_case c
 WHERE received = :day AND id > :after
   AND NOT EXISTS (SELECT 1 FROM pub_services_reopened r WHERE r.id = c.id)
 ORDER BY id
 LIMIT 1000;

-- stat_closed :many public
-- What ended on a day, by id; what is done again ended the first time.
-- in  day day, after int
-- out id int, kind text, unit text, item text?, town text?, channel text
-- out late int, accepted day?, held int
SELECT id, kind, unit, item, town, channel, late, accepted, clock_held AS held
  FROM pub_services_case c
 WHERE closed_day = :day AND id > :after
   AND NOT EXISTS (SELECT 1 FROM pub_services_reopened r WHERE r.id = c.id)
 ORDER BY id
 LIMIT 1000;

-- stat_day_rows :many
-- What a day came to when it was last counted.
-- in  day day
-- out dim text, key text, filed int, closed int, late int, worked int
SELECT dim, key, filed, closed, late, worked
  FROM statistics_day
 WHERE day = :day
 ORDER BY dim, key
 LIMIT 4096;

-- stat_day_drop :change
-- in  dim text, day day, key text
DELETE FROM statistics_day WHERE dim = :dim AND day = :day AND key = :key;

-- stat_day_put :run
-- in  dim text, day day, key text, month int, filed int, closed int, late int
-- in  worked int
INSERT INTO statistics_day (dim, day, key, month, filed, closed, late, worked)
VALUES (:dim, :day, :key, :month, :filed, :closed, :late, :worked)
ON CONFLICT (dim, day, key) DO UPDATE
   SET filed = excluded.filed, closed = excluded.closed, late = excluded.late,
       worked = excluded.worked;

-- stat_span_add :run
-- By how much a day changed, for the month or the year it is in.
-- in  dim text, span int, key text, filed int, closed int, late int, worked int
INSERT INTO statistics_span (dim, span, key, filed, closed, late, worked)
VALUES (:dim, :span, :key, :filed, :closed, :late, :worked)
ON CONFLICT (dim, span, key) DO UPDATE
   SET filed = statistics_span.filed + excluded.filed,
       closed = statistics_span.closed + excluded.closed,
       late = statistics_span.late + excluded.late,
       worked = statistics_span.worked + excluded.worked;

-- stat_sum :one public
-- The city over a period.
-- in  first int, last int
-- out filed int, closed int, late int, worked int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed,
       coalesce(sum(late), 0) AS late, coalesce(sum(worked), 0) AS worked
  FROM statistics_span
 WHERE dim = 'all' AND span >= :first AND span <= :last;

-- stat_months :many public
-- The city month by month.
-- in  first int, last int
-- out month int, filed int, closed int, late int, worked int
SELECT span AS month, filed, closed, late, worked
  FROM statistics_span
 WHERE dim = 'all' AND span >= :first AND span <= :last
   AND (filed > 0 OR closed > 0)
 ORDER BY span
 LIMIT 240;

-- stat_units :many public
-- Organisations and towns by name, most closed first.
-- in  dim text, first int, last int, most int
-- out key text, name text, filed int, closed int, late int, worked int
SELECT s.key, u.name, s.filed, s.closed, s.late, s.worked
  FROM (SELECT key, sum(filed) AS filed, sum(closed) AS closed,
               sum(late) AS late, sum(worked) AS worked
          FROM statistics_span
         WHERE dim = :dim AND span >= :first AND span <= :last
         GROUP BY key
        HAVING sum(filed) > 0 OR sum(closed) > 0) AS s
  JOIN pub_auth_unit u ON u.code = s.key
 ORDER BY s.closed DESC, s.key
 LIMIT :most;

-- stat_items_span :many public
-- Items by name, most closed first, of one month or one year: by its index.
-- in  span int, most int
-- out key text, name text, filed int, closed int, late int, worked int
SELECT s.key, i.name, s.filed, s.closed, s.late, s.worked
  FROM statistics_span s
  JOIN pub_services_item i ON i.code = s.key
 WHERE s.dim = 'item' AND s.span = :span AND (s.filed > 0 OR s.closed > 0)
 ORDER BY s.closed DESC, s.key
 LIMIT :most;

-- stat_items :many public
-- The same of several months; names are looked up of those shown.
-- in  first int, last int, most int
-- out key text, name text, filed int, closed int, late int, worked int
SELECT s.key, i.name, s.filed, s.closed, s.late, s.worked
  FROM (SELECT key, sum(filed) AS filed, sum(closed) AS closed,
               sum(late) AS late, sum(worked) AS worked
          FROM statistics_span
         WHERE dim = 'item' AND span >= :first AND span <= :last
         GROUP BY key
        HAVING sum(filed) > 0 OR sum(closed) > 0
         ORDER BY sum(closed) DESC, key
         LIMIT :most) AS s
  JOIN pub_services_item i ON i.code = s.key
 ORDER BY s.closed DESC, s.key
 LIMIT :most;

-- stat_items_years :many public
-- The same of several years, added up in the order of an index.
-- in  first int, last int, most int
-- out key text, name text, filed int, closed int, late int, worked int
SELECT s.key, i.name, s.filed, s.closed, s.late, s.worked
  FROM (SELECT key, sum(filed) AS filed, sum(closed) AS closed,
               sum(late) AS late, sum(worked) AS worked
          FROM statistics_span
         WHERE dim = 'item' AND span >= :first AND span <= :last AND span < 10000
         GROUP BY key
        HAVING sum(filed) > 0 OR sum(closed) > 0
         ORDER BY sum(closed) DESC, key
         LIMIT :most) AS s
  JOIN pub_services_item i ON i.code = s.key
 ORDER BY s.closed DESC, s.key
 LIMIT :most;

-- stat_channels :many public
-- in  first int, last int
-- out key text, filed int, closed int, late int, worked int
SELECT key, sum(filed) AS filed, sum(closed) AS closed, sum(late) AS late,
       sum(worked) AS worked
  FROM statistics_span
 WHERE dim = 'channel' AND span >= :first AND span <= :last
 GROUP BY key
HAVING sum(filed) > 0 OR sum(closed) > 0
 ORDER BY sum(closed) DESC, key
 LIMIT 20;

-- stat_check_span :many
-- Months and years that are not the sum of their days: for `zhengtong check`.
-- scan ok: a check reads everything
-- out dim text, span int, key text
SELECT dim, span, key
  FROM (SELECT dim, span, key, filed, closed, late, worked
          FROM statistics_span
         UNION ALL
        SELECT dim, month, key, -filed, -closed, -late, -worked
          FROM statistics_day
         UNION ALL
        SELECT dim, month / 100, key, -filed, -closed, -late, -worked
          FROM statistics_day) t
 GROUP BY dim, span, key
HAVING sum(filed) <> 0 OR sum(closed) <> 0 OR sum(late) <> 0
    OR sum(worked) <> 0
 ORDER BY dim, span, key
 LIMIT 20;

-- stat_check_day :many
-- Days whose figures are not those of the record: for `zhengtong check`.  What
-- happened from `before` on may not have been heard yet.
-- scan ok: a check reads everything
-- in  before day
-- out day day
SELECT d.day
  FROM (SELECT day, filed, closed FROM statistics_day WHERE dim = 'all') AS d
 WHERE d.day < :before AND d.day NOT IN (SELECT day FROM statistics_due)
   AND (d.filed <> (SELECT count(*) FROM pub_services_case c
                     WHERE c.received = d.day AND c.kind <> 'part')
     OR d.closed <> (SELECT count(*) FROM pub_services_case c
                      WHERE c.closed_day = d.day AND c.kind <> 'part'))
 LIMIT 20;

-- stat_recount :many public
-- The same figures from the record at once, slowly: what the table must equal.
-- scan ok: a recount reads everything
-- in  dim text
-- out key text, filed int, closed int, late int
SELECT c.key, count(*) AS filed,
       sum(CASE WHEN c.closed_day IS NULL THEN 0 ELSE 1 END) AS closed,
       sum(CASE WHEN c.closed_day IS NULL THEN 0 ELSE c.late END) AS late
  FROM (SELECT CASE CAST(:dim AS TEXT) WHEN 'unit' THEN unit
                    WHEN 'item' THEN item WHEN 'town' THEN town
                    WHEN 'channel' THEN channel ELSE '' END AS key,
               closed_day, late
          FROM pub_services_case
         WHERE kind <> CASE WHEN CAST(:dim AS TEXT) IN ('unit', 'item')
                            THEN 'joint' ELSE 'part' END) AS c
 WHERE c.key IS NOT NULL
 GROUP BY c.key
 ORDER BY c.key
 LIMIT 3000;

-- stat_totals :many
-- All the table says of a dimension, in the same order.
-- scan ok: the whole table, beside a recount
-- in  dim text
-- out key text, filed int, closed int, late int
SELECT key, sum(filed) AS filed, sum(closed) AS closed, sum(late) AS late
  FROM statistics_day
 WHERE dim = :dim
 GROUP BY key
 ORDER BY key
 LIMIT 3000;
