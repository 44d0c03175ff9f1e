-- home_threads :many public
-- What moved last, newest first: the thread each event belongs to.
-- scan ok: the newest by key, and no further than the limit
-- out thread int
SELECT coalesce(c.parent, c.id) AS thread
  FROM pub_services_event e
  JOIN pub_services_case c ON c.id = e.case_id
 ORDER BY e.id DESC
 LIMIT 80;

-- home_cases :many public
-- in  ids text
-- out id int, number text, kind text, title text, unit_name text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out closed_day day?
SELECT c.id, c.number, c.kind, c.title, u.short_name AS unit_name, c.officer_name,
       c.state, c.received, c.accept_by, c.clock_n, c.clock_extra,
       c.clock_start, c.clock_due, c.clock_held, c.clock_held_at, c.closed_day
  FROM pub_services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 LIMIT 50;

-- home_case_id :one public
-- in  number text
-- out id int
SELECT id FROM pub_services_case WHERE number = :number;

-- home_total :one public
-- The city's figures of all days, each matter once; on a cached page.
-- out filed int, closed int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed
  FROM pub_services_tally
 WHERE unit = '';

-- home_today :one public
-- in  day day
-- out filed int, closed int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed
  FROM pub_services_tally
 WHERE unit = '' AND day = :day;

-- home_items :one public
-- scan ok: a catalogue of some thousands, on a cached page
-- out items int, online int
SELECT count(*) AS items, coalesce(sum(online), 0) AS online
  FROM pub_services_item
 WHERE state <> 'withdrawn';

-- home_first_items :many public
-- The head of the catalogue, most used first.
-- out code text, name text
SELECT code, name
  FROM pub_services_item
 WHERE state <> 'withdrawn'
 ORDER BY position
 LIMIT 5;

-- home_themes :many public
-- out code text, title text, summary text, icon text
SELECT code, title, summary, icon
  FROM pub_services_theme
 ORDER BY position
 LIMIT 50;

-- search_themes :many public
-- in  ids text
-- out id int, code text, title text, summary text, icon text
SELECT id, code, title, summary, icon
  FROM pub_services_theme
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY id DESC
 LIMIT 50;

-- search_items :many public
-- in  ids text
-- out id int, code text, name text, unit_name text, promised_n int, online int
SELECT i.id, i.code, i.name, u.name AS unit_name, i.promised_n, i.online
  FROM pub_services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY i.id DESC
 LIMIT 50;
