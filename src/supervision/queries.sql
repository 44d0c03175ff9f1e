-- card_add :run
-- The unique index makes "once" a fact: a level told twice is one card.
-- in  id int, level text, matter text, ref text, clock text, title text
-- in  unit text, holder text, due day, issued inst
INSERT INTO supervision_card (id, level, matter, ref, clock, title, unit,
                              holder, due, issued, state, revision)
VALUES (:id, :level, :matter, :ref, :clock, :title, :unit, :holder, :due,
        :issued, 'issued', 1)
ON CONFLICT (matter, ref, clock, level) DO NOTHING;

-- card_list :many
-- Yellow and red cards that still want something, newest first.
-- in  before inst
-- out id int, level text, ref text, clock text, title text, unit text
-- out unit_name text, holder text, due day, issued inst, state text
-- out said text?, answer text?
SELECT c.id, c.level, c.ref, c.clock, c.title, c.unit, u.short_name AS unit_name,
       c.holder, c.due, c.issued, c.state, c.said, c.answer
  FROM supervision_card c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.state IN ('issued', 'explained') AND c.level <> 'warning'
   AND c.issued < :before
 ORDER BY c.issued DESC
 LIMIT 21;

-- card_of_unit :many
-- in  unit text, level text, before inst
-- out id int, level text, ref text, clock text, title text, unit text
-- out unit_name text, holder text, due day, issued inst, state text
-- out said text?, answer text?
SELECT c.id, c.level, c.ref, c.clock, c.title, c.unit, u.short_name AS unit_name,
       c.holder, c.due, c.issued, c.state, c.said, c.answer
  FROM supervision_card c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.unit = :unit AND c.level = :level AND c.issued < :before
 ORDER BY c.issued DESC
 LIMIT 21;

-- card_one :one
-- in  id int
-- out id int, level text, ref text, clock text, title text, unit text
-- out holder text, due day, issued inst, state text, said text?, answer text?
-- out revision int
SELECT id, level, ref, clock, title, unit, holder, due, issued, state, said,
       answer, revision
  FROM supervision_card
 WHERE id = :id;

-- card_of_case :many public
-- The cards a case has: shown wherever its clock is.
-- in  ref text
-- out level text, clock text, issued inst, state text
SELECT level, clock, issued, state
  FROM supervision_card
 WHERE matter = 'case' AND ref = :ref AND level <> 'warning'
 ORDER BY clock, level
 LIMIT 10;

-- card_explain :change
-- in  id int, revision int, said text, said_at inst
UPDATE supervision_card
   SET state = 'explained', said = :said, said_at = :said_at,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'issued';

-- card_answer :change
-- in  id int, revision int, state text, answer text, answered inst
UPDATE supervision_card
   SET state = :state, answer = :answer, answered = :answered,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state IN ('issued', 'explained');

-- card_counts :many
-- Cards of a period by organisation and level.
-- in  from inst, level text
-- out unit text, cards int
SELECT unit, count(*) AS cards
  FROM supervision_card
 WHERE level = :level AND issued >= :from
 GROUP BY unit
 LIMIT 300;

-- card_total :one
-- in  from inst, to inst, level text
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card
 WHERE level = :level AND issued >= :from AND issued < :to;

-- rated_case :one
-- What rating needs to know of a case.
-- in  number text
-- out number text, title text, unit text, unit_name text, item text?
-- out open int, state text, closed_day day?, ticket text, applicant int
SELECT c.number, c.title, c.unit, u.name AS unit_name, c.item, c.open, c.state,
       c.closed_day, c.ticket, c.applicant
  FROM pub_services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.number = :number;

-- rating_add :run
-- in  id int, ref text, unit text, item text?, channel text, level int
-- in  remark text?, at inst, day day, verify_by day?, mend_by day?
INSERT INTO supervision_rating (id, ref, unit, item, channel, level, remark, at,
                                day, verify_by, mend_by)
VALUES (:id, :ref, :unit, :item, :channel, :level, :remark, :at, :day,
        :verify_by, :mend_by)
ON CONFLICT (ref, channel) DO NOTHING;

-- rating_of_case :many
-- in  ref text
-- out channel text, level int, at inst
SELECT channel, level, at
  FROM supervision_rating
 WHERE ref = :ref
 ORDER BY channel
 LIMIT 4;

-- rating_bad :many
-- Bad ratings nobody has mended yet, the soonest due first.
-- out id int, ref text, unit text, unit_name text, channel text, level int
-- out remark text?, at inst, verify_by day?, mend_by day?, verified inst?
SELECT r.id, r.ref, r.unit, u.short_name AS unit_name, r.channel, r.level,
       r.remark, r.at, r.verify_by, r.mend_by, r.verified
  FROM supervision_rating r
  JOIN pub_auth_unit u ON u.code = r.unit
 WHERE r.mend_by IS NOT NULL AND r.mended IS NULL
 ORDER BY r.mend_by
 LIMIT 50;

-- rating_one :one
-- in  id int
-- out id int, ref text, unit text, level int, remark text?, mended inst?
-- out verified inst?
SELECT id, ref, unit, level, remark, mended, verified
  FROM supervision_rating
 WHERE id = :id;

-- rating_mend :change
-- in  id int, verified inst, mended inst, answer text
UPDATE supervision_rating
   SET verified = coalesce(verified, :verified), mended = :mended,
       answer = :answer
 WHERE id = :id AND mended IS NULL;

-- score_add :run
-- in  day day, unit text, rated int, good int, bad int
INSERT INTO supervision_score (day, unit, rated, good, bad)
VALUES (:day, :unit, :rated, :good, :bad)
ON CONFLICT (day, unit) DO UPDATE
   SET rated = supervision_score.rated + excluded.rated,
       good = supervision_score.good + excluded.good,
       bad = supervision_score.bad + excluded.bad;

-- score_period :one
-- in  unit text, from day, to day
-- out rated int, good int, bad int
SELECT coalesce(sum(rated), 0) AS rated, coalesce(sum(good), 0) AS good,
       coalesce(sum(bad), 0) AS bad
  FROM supervision_score
 WHERE unit = :unit AND day >= :from AND day <= :to;

-- figures_by_unit :many
-- The month of every organisation with a window, for the supervisor's table.
-- scan ok: a hundred organisations and at most a year of days each
-- in  from day, to day
-- out unit text, unit_name text, position int, filed int, closed int, late int
-- out worked int
SELECT u.code AS unit, u.short_name AS unit_name, u.position,
       coalesce(sum(t.filed), 0) AS filed, coalesce(sum(t.closed), 0) AS closed,
       coalesce(sum(t.late), 0) AS late, coalesce(sum(t.worked), 0) AS worked
  FROM pub_auth_unit u
  JOIN pub_services_tally t ON t.unit = u.code AND t.day >= :from
                           AND t.day <= :to
 GROUP BY u.code, u.short_name, u.position
 ORDER BY u.position
 LIMIT 300;

-- figures_by_day :many
-- in  unit text, from day, to day
-- out day day, filed int, closed int, late int
SELECT day, filed, closed, late
  FROM pub_services_tally
 WHERE unit = :unit AND day >= :from AND day <= :to
 ORDER BY day
 LIMIT 400;

-- figures_period :one
-- in  unit text, from day, to day
-- out filed int, closed int, late int, worked int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed,
       coalesce(sum(late), 0) AS late, coalesce(sum(worked), 0) AS worked
  FROM pub_services_tally
 WHERE unit = :unit AND day >= :from AND day <= :to;

-- open_by_unit :many
-- Open work of every organisation, with how much of it is late.
-- in  today int, soon int
-- out unit text, open int, late int, soon int
SELECT unit, count(*) AS open,
       sum(CASE WHEN sort_due < :today THEN 1 ELSE 0 END) AS late,
       sum(CASE WHEN sort_due >= :today AND sort_due <= :soon
                THEN 1 ELSE 0 END) AS soon
  FROM pub_services_case
 WHERE open = 1 AND kind <> 'joint'
 GROUP BY unit
 LIMIT 300;

-- open_of_unit :many
-- The drill-down: an organisation's open cases, most urgent first.
-- in  unit text, after int, after_id int
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out applicant_open text, state text, filed inst, received day, accepted day?
-- out clock_n int, clock_extra int, clock_start day?, clock_due day?
-- out clock_held int, clock_held_at day?, sort_due int
SELECT id, number, kind, title, unit, officer_name, applicant_open, state,
       filed, received, accepted, clock_n, clock_extra, clock_start, clock_due,
       clock_held, clock_held_at, sort_due
  FROM pub_services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 51;

-- late_steps :many
-- Where the late ones stand: the heat table of organisation by state.
-- in  today int
-- out unit text, unit_name text, state text, cases int
SELECT c.unit, u.short_name AS unit_name, c.state, count(*) AS cases
  FROM pub_services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.open = 1 AND c.kind <> 'joint' AND c.sort_due < :today
 GROUP BY c.unit, u.short_name, u.position, c.state
 ORDER BY u.position
 LIMIT 300;

-- unit_name :one
-- in  code text
-- out name text, short_name text
SELECT name, short_name FROM pub_auth_unit WHERE code = :code;

-- officers_open :many
-- Open work by the person responsible.
-- in  unit text, today int
-- out officer_name text, open int, late int
SELECT officer_name, count(*) AS open,
       sum(CASE WHEN sort_due < :today THEN 1 ELSE 0 END) AS late
  FROM pub_services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
 GROUP BY officer_name
 ORDER BY count(*) DESC
 LIMIT 60;
