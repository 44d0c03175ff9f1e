-- card_known :one
-- Has this level of this clock had its card?
-- in  matter text, ref text, clock text, level text, due day
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card
 WHERE matter = :matter AND ref = :ref AND clock = :clock AND level = :level
   AND due = :due;

-- card_series_start :run
-- in  level text, year int
INSERT INTO supervision_series (level, year, last) VALUES (:level, :year, 0)
ON CONFLICT (level, year) DO NOTHING;

-- card_series_step :change
-- in  level text, year int
UPDATE supervision_series
   SET last = last + 1
 WHERE level = :level AND year = :year;

-- card_series_last :one
-- in  level text, year int
-- out last int
SELECT last FROM supervision_series WHERE level = :level AND year = :year;

-- card_add :change
-- The unique index makes "once" a fact; who adds has asked card_known first.
-- in  id int, number text, level text, matter text, ref text, clock text
-- in  rule text, title text, unit text, holder text, due day, issued inst
INSERT INTO supervision_card (id, number, level, matter, ref, clock, rule,
                              title, unit, holder, due, issued, state, revision)
VALUES (:id, :number, :level, :matter, :ref, :clock, :rule, :title, :unit,
        :holder, :due, :issued, 'issued', 1);

-- card_settle :run
-- Warnings of a matter whose clock has stopped, got more time or passed: over.
-- in  matter text, ref text
UPDATE supervision_card
   SET state = 'settled', revision = revision + 1
 WHERE matter = :matter AND ref = :ref AND level = 'warning'
   AND state = 'issued'
   AND NOT EXISTS (SELECT 1 FROM pub_clock_running k
                    WHERE k.matter = supervision_card.matter
                      AND k.ref = supervision_card.ref
                      AND k.kind = supervision_card.clock
                      AND k.due = supervision_card.due AND k.level = 1);

-- card_supersede :run
-- A red card takes the place of the yellow one of the same clock, unless that
-- was explained already: an organisation explains once.
-- in  matter text, ref text
UPDATE supervision_card
   SET state = 'settled', revision = revision + 1
 WHERE matter = :matter AND ref = :ref AND level = 'yellow'
   AND state = 'issued'
   AND EXISTS (SELECT 1 FROM supervision_card r
                WHERE r.matter = supervision_card.matter
                  AND r.ref = supervision_card.ref
                  AND r.clock = supervision_card.clock
                  AND r.due = supervision_card.due AND r.level = 'red');

-- card_settle_parts :run
-- The same for the parts of a joint case that was taken back.
-- in  ref text
UPDATE supervision_card
   SET state = 'settled', revision = revision + 1
 WHERE matter = 'case' AND level = 'warning' AND state = 'issued'
   AND ref IN (SELECT p.number
                 FROM pub_services_case c
                 JOIN pub_services_case p ON p.parent = c.id
                WHERE c.number = :ref)
   AND NOT EXISTS (SELECT 1 FROM pub_clock_running k
                    WHERE k.matter = 'case' AND k.ref = supervision_card.ref
                      AND k.kind = supervision_card.clock
                      AND k.due = supervision_card.due AND k.level = 1);

-- card_page :many
-- Cards as issued, newest first.  Every filter is optional (''); cards are
-- some hundreds a year, so one order serves all filters.
-- in  unit text, level text, state text, before inst, before_id int
-- out id int, number text, level text, matter text, ref text, clock text
-- out rule text, title text, unit text, unit_name text, holder text, due day
-- out issued inst, state text
SELECT c.id, c.number, c.level, c.matter, c.ref, c.clock, c.rule, c.title,
       c.unit, u.short_name AS unit_name, c.holder, c.due, c.issued, c.state
  FROM supervision_card c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE (c.issued, c.id) < (:before, :before_id)
   AND (:unit = '' OR c.unit = :unit)
   AND (c.level = :level OR (:level = '' AND c.level <> 'warning'))
   AND (:state = '' OR c.state = :state)
 ORDER BY c.issued DESC, c.id DESC
 LIMIT 51;

-- card_page_count :one
-- How many card_page would show in all.
-- scan ok: some hundreds of cards a year
-- in  unit text, level text, state text
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card c
 WHERE (:unit = '' OR c.unit = :unit)
   AND (c.level = :level OR (:level = '' AND c.level <> 'warning'))
   AND (:state = '' OR c.state = :state);

-- card_waiting :many
-- Yellow and red cards that still want something, red ones first, with what the
-- clock came to if it has stopped.
-- in  unit text
-- out number text, level text, matter text, ref text, title text
-- out unit_name text, holder text, due day, state text, stopped day?, over int?
SELECT c.number, c.level, c.matter, c.ref, c.title, u.short_name AS unit_name,
       c.holder, c.due, c.state, r.stopped, r.over
  FROM supervision_card c
  JOIN pub_auth_unit u ON u.code = c.unit
  LEFT JOIN pub_clock_record r ON r.matter = c.matter AND r.ref = c.ref
                              AND r.kind = c.clock AND r.due = c.due
 WHERE c.state IN ('issued', 'explained') AND c.level <> 'warning'
   AND (:unit = '' OR c.unit = :unit)
 ORDER BY c.level, c.issued
 LIMIT 8;

-- card_waiting_count :one
-- scan ok: only what still wants something, by its own index
-- in  unit text, state text
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card c
 WHERE c.state IN ('issued', 'explained') AND c.level <> 'warning'
   AND (:unit = '' OR c.unit = :unit) AND (:state = '' OR c.state = :state);

-- card_one :one
-- in  number text
-- out id int, number text, level text, matter text, ref text, clock text
-- out rule text, title text, unit text, unit_name text, holder text, due day
-- out issued inst, state text, said text?, said_by text?, said_at inst?
-- out answer text?, answered inst?, revision int
SELECT c.id, c.number, c.level, c.matter, c.ref, c.clock, c.rule, c.title,
       c.unit, u.name AS unit_name, c.holder, c.due, c.issued, c.state, c.said,
       c.said_by, c.said_at, c.answer, c.answered, c.revision
  FROM supervision_card c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.number = :number;

-- card_explain :change
-- in  id int, revision int, said text, said_by text, said_at inst
UPDATE supervision_card
   SET state = 'explained', said = :said, said_by = :said_by,
       said_at = :said_at, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'issued';

-- card_answer :change
-- in  id int, revision int, state text, answer text, answered inst
UPDATE supervision_card
   SET state = :state, answer = :answer, answered = :answered,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state IN ('issued', 'explained');

-- card_counts :many
-- Cards of a period by organisation and level.
-- in  from inst, to inst, level text
-- out unit text, cards int
SELECT unit, count(*) AS cards
  FROM supervision_card
 WHERE level = :level AND issued >= :from AND issued < :to
   AND state <> 'lifted'
 GROUP BY unit
 LIMIT 400;

-- card_total :one
-- in  unit text, from inst, to inst, level text
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card
 WHERE level = :level AND issued >= :from AND issued < :to
   AND state <> 'lifted' AND (:unit = '' OR unit = :unit);

-- card_warned :one
-- Clocks warned of and still running.
-- scan ok: only warnings in force, by their own index
-- in  unit text
-- out cards int
SELECT count(*) AS cards
  FROM supervision_card
 WHERE state = 'issued' AND level = 'warning'
   AND (:unit = '' OR unit = :unit);

-- card_units :many
-- Organisations that ever had a card: the choices of the filter.
-- scan ok: some hundreds of organisations, each one step of an index
-- out code text, name text
SELECT u.code, u.short_name AS name
  FROM pub_auth_unit u
 WHERE EXISTS (SELECT 1 FROM supervision_card c WHERE c.unit = u.code)
 ORDER BY u.position
 LIMIT 400;

-- watched_case :one
-- What a card says of the case it is about.
-- in  number text
-- out title text, unit text
SELECT title, unit FROM pub_services_case WHERE number = :number;

-- watched_matter :one
-- in  number text
-- out kind text
SELECT kind FROM pub_matters_matter WHERE number = :number;

-- watched_step :one
-- in  ref text
-- out title text
SELECT kind || '：' || name AS title FROM pub_process_limit WHERE ref = :ref;

-- late_matters :many
-- Matters whose promise is over or nearly so, and steps whose own limit is, the
-- most urgent first.  Each side gives at most a page, by its index.
-- in  unit text, soon day, after day, after_id int
-- out id int, matter text, ref text, number text, kind text, unit_name text
-- out holder text, due day, level int
SELECT k.id, k.matter, k.ref, k.number, k.kind,
       coalesce(u.short_name, k.unit) AS unit_name, k.holder, k.due, k.level
  FROM (SELECT id, matter, ref, number, kind, unit, holder, due, level
          FROM (
    SELECT k.id, k.matter, k.ref, m.number, m.kind, k.unit, k.holder, k.due,
           k.level
      FROM pub_clock_running k
      JOIN pub_matters_matter m ON m.number = k.ref
     WHERE k.matter = 'matter' AND k.kind = 'promised'
       AND (k.due, k.id) > (:after, :after_id) AND k.due <= :soon
       AND (:unit = '' OR k.unit = :unit)
     ORDER BY k.due, k.id
     LIMIT 51) a
    UNION ALL
    SELECT id, matter, ref, number, kind, unit, holder, due, level
      FROM (
    SELECT k.id, k.matter, k.ref, p.number, p.kind || '：' || p.name AS kind,
           k.unit, k.holder, k.due, k.level
      FROM pub_clock_running k
      JOIN pub_process_limit p ON p.ref = k.ref
     WHERE k.matter = 'matters.step'
       AND (k.due, k.id) > (:after, :after_id) AND k.due <= :soon
       AND (:unit = '' OR k.unit = :unit)
     ORDER BY k.due, k.id
     LIMIT 51) b) k
  LEFT JOIN pub_auth_unit u ON u.code = k.unit
 ORDER BY k.due, k.id
 LIMIT 51;

-- late_matters_count :one
-- scan ok: what is late or nearly so, by its own index
-- in  unit text, today day, soon day
-- out late int?, soon_n int
SELECT sum(CASE WHEN k.due < :today THEN 1 ELSE 0 END) AS late,
       count(*) AS soon_n
  FROM pub_clock_running k
 WHERE k.matter IN ('matter', 'matters.step')
   AND k.kind IN ('promised', 'step') AND k.due <= :soon
   AND (:unit = '' OR k.unit = :unit);

-- staff_named :many
-- The account of a person responsible; two of one name: nobody is guessed.
-- in  unit text, name text
-- out account int
SELECT DISTINCT account
  FROM pub_auth_staff
 WHERE unit = :unit AND name = :name
 LIMIT 2;

-- staff_as :many
-- in  unit text, role text
-- out account int
SELECT account
  FROM pub_auth_staff
 WHERE unit = :unit AND role = :role
 ORDER BY account
 LIMIT 20;

-- supervisors :many
-- Who is told of red cards and bad ratings.
-- scan ok: some thousands of posts, and few cards are red
-- out account int
SELECT account
  FROM pub_auth_staff
 WHERE role = 'supervisor'
 ORDER BY account
 LIMIT 20;

-- rated_case :one
-- What rating needs to know of a case.
-- in  number text
-- out number text, kind text, title text, unit text, unit_name text
-- out item text?, state text, ticket text, applicant int, proxy int
SELECT c.number, c.kind, c.title, c.unit, u.name AS unit_name, c.item, c.state,
       h.ticket, h.applicant, h.proxy
  FROM pub_services_case c
  JOIN pub_services_holder h ON h.number = c.number
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.number = :number;

-- rating_add :change
-- in  id int, ref text, unit text, item text?, channel text, level int
-- in  reasons text, remark text?, at inst, day day, verify_by day?
-- in  mend_by day?
INSERT INTO supervision_rating (id, ref, unit, item, channel, level, reasons,
                                remark, at, day, verify_by, mend_by)
VALUES (:id, :ref, :unit, :item, :channel, :level, :reasons, :remark, :at,
        :day, :verify_by, :mend_by);

-- rating_given :one
-- The rating of a case in one channel.
-- in  ref text, channel text
-- out level int, at inst
SELECT level, at
  FROM supervision_rating
 WHERE ref = :ref AND channel = :channel;

-- rating_bad :many
-- Bad ratings nobody has mended yet, the soonest due first.  Without what the
-- person wrote: that is looked at one by one, and each look is noted.
-- in  unit text, after day, after_id int
-- out id int, ref text, title text, unit_name text, channel text, level int
-- out at inst, verify_by day, mend_by day, verified inst?
SELECT r.id, r.ref, c.title, u.short_name AS unit_name, r.channel, r.level,
       r.at, r.verify_by, r.mend_by, r.verified
  FROM supervision_rating r
  JOIN pub_auth_unit u ON u.code = r.unit
  JOIN pub_services_case c ON c.number = r.ref
 WHERE r.mend_by IS NOT NULL AND r.mended IS NULL
   AND (r.mend_by, r.id) > (:after, :after_id)
   AND (:unit = '' OR r.unit = :unit)
 ORDER BY r.mend_by, r.id
 LIMIT 51;

-- rating_bad_count :one
-- scan ok: only what is not mended yet, by its own index
-- in  unit text
-- out ratings int
SELECT count(*) AS ratings
  FROM supervision_rating
 WHERE mend_by IS NOT NULL AND mended IS NULL
   AND (:unit = '' OR unit = :unit);

-- rating_one :one
-- in  ref text, channel text
-- out id int, ref text, title text, unit text, unit_name text, channel text
-- out level int, reasons text, remark text?, at inst, verify_by day?
-- out mend_by day?, verified inst?, mended inst?, answer text?, applicant int
SELECT r.id, r.ref, c.title, r.unit, u.name AS unit_name, r.channel, r.level,
       r.reasons, r.remark, r.at, r.verify_by, r.mend_by, r.verified, r.mended,
       r.answer, h.applicant
  FROM supervision_rating r
  JOIN pub_auth_unit u ON u.code = r.unit
  JOIN pub_services_case c ON c.number = r.ref
  JOIN pub_services_holder h ON h.number = r.ref
 WHERE r.ref = :ref AND r.channel = :channel;

-- rating_verify :change
-- in  id int, verified inst
UPDATE supervision_rating
   SET verified = :verified
 WHERE id = :id AND verified IS NULL AND mended IS NULL;

-- rating_mend :change
-- in  id int, mended inst, answer text
UPDATE supervision_rating
   SET mended = :mended, answer = :answer
 WHERE id = :id AND verified IS NOT NULL AND mended IS NULL;

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

-- score_by_unit :many
-- in  from day, to day
-- out unit text, rated int, good int
SELECT unit, sum(rated) AS rated, sum(good) AS good
  FROM supervision_score
 WHERE day >= :from AND day <= :to AND unit <> ''
 GROUP BY unit
 LIMIT 400;

-- watched_units :many
-- scan ok: some hundreds of organisations
-- in  unit text
-- out code text, name text
SELECT code, short_name AS name
  FROM pub_auth_unit
 WHERE :unit = '' OR code = :unit
 ORDER BY position
 LIMIT 400;

-- figures_by_unit :many
-- in  unit text, from day, to day
-- out unit text, filed int, closed int, late int
SELECT unit, sum(filed) AS filed, sum(closed) AS closed, sum(late) AS late
  FROM pub_services_tally
 WHERE day >= :from AND day <= :to AND unit <> ''
   AND (:unit = '' OR unit = :unit)
 GROUP BY unit
 LIMIT 400;

-- figures_by_week :many
-- What every organisation closed in each of the weeks after `from`.
-- in  unit text, from day, to day
-- out unit text, week int, closed int
SELECT unit, (day - :from) / 7 AS week, sum(closed) AS closed
  FROM pub_services_tally
 WHERE day >= :from AND day <= :to AND unit <> ''
   AND (:unit = '' OR unit = :unit)
 GROUP BY unit, (day - :from) / 7
 LIMIT 4000;

-- figures_by_day_unit :many
-- What every organisation closed on each of a few days.
-- in  unit text, from day, to day
-- out unit text, day day, closed int
SELECT unit, day, closed
  FROM pub_services_tally
 WHERE day >= :from AND day <= :to AND unit <> ''
   AND (:unit = '' OR unit = :unit)
 LIMIT 1000;

-- figures_by_day :many
-- in  unit text, from day, to day
-- out day day, filed int, closed int
SELECT day, filed, closed
  FROM pub_services_tally
 WHERE unit = :unit AND day >= :from AND day <= :to
 ORDER BY day
 LIMIT 400;

-- figures_period :one
-- in  unit text, from day, to day
-- out filed int, closed int, late int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed,
       coalesce(sum(late), 0) AS late
  FROM pub_services_tally
 WHERE unit = :unit AND day >= :from AND day <= :to;

-- open_by_unit :many
-- Open work of every organisation, with how much of it is late or nearly so.
-- in  unit text, today int, soon int
-- out unit text, cases int, late int, soon int
SELECT unit, sum(cases) AS cases,
       sum(CASE WHEN sort_due < :today THEN cases ELSE 0 END) AS late,
       sum(CASE WHEN sort_due >= :today AND sort_due <= :soon
                THEN cases ELSE 0 END) AS soon
  FROM pub_services_open
 WHERE unit > '' AND (:unit = '' OR unit = :unit)
 GROUP BY unit
 LIMIT 400;

-- open_of_unit :many
-- The drill-down: an organisation's cases that are late or nearly so, most
-- urgent first, each with the worst card it has.
-- in  unit text, soon int, after int, after_id int
-- out id int, number text, kind text, title text, officer_name text
-- out state text, received day, accept_by day?, closed_day day?, clock_n int
-- out clock_extra int, clock_start day?, clock_due day?, clock_held int
-- out clock_held_at day?, sort_due int, red int, yellow int
SELECT c.id, c.number, c.kind, c.title, c.officer_name, c.state, c.received,
       c.accept_by, c.closed_day, c.clock_n, c.clock_extra, c.clock_start,
       c.clock_due, c.clock_held, c.clock_held_at, c.sort_due,
       (SELECT count(*) FROM supervision_card k
         WHERE k.matter = 'case' AND k.ref = c.number AND k.level = 'red'
           AND k.state <> 'lifted') AS red,
       (SELECT count(*) FROM supervision_card k
         WHERE k.matter = 'case' AND k.ref = c.number AND k.level = 'yellow'
           AND k.state <> 'lifted') AS yellow
  FROM pub_services_case c
 WHERE c.open = 1 AND c.kind <> 'joint' AND c.unit = :unit
   AND (c.sort_due, c.id) > (:after, :after_id) AND c.sort_due <= :soon
 ORDER BY c.sort_due, c.id
 LIMIT 51;

-- late_steps :many
-- Where the late ones stand: organisation by state.
-- in  unit text, today int
-- out unit text, unit_name text, state text, cases int
SELECT c.unit, u.short_name AS unit_name, c.state, sum(c.cases) AS cases
  FROM pub_services_open c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.unit > '' AND c.sort_due < :today AND (:unit = '' OR c.unit = :unit)
 GROUP BY c.unit, u.short_name, u.position, c.state
 ORDER BY u.position
 LIMIT 1000;

-- watched_unit :one
-- in  code text
-- out code text, name text, short_name text
SELECT code, name, short_name FROM pub_auth_unit WHERE code = :code;

-- officers_open :many
-- Open work by the person responsible.
-- in  unit text, today int
-- out officer_name text, cases int, late int
SELECT officer_name, count(*) AS cases,
       sum(CASE WHEN sort_due < :today THEN 1 ELSE 0 END) AS late
  FROM pub_services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
 GROUP BY officer_name
 ORDER BY officer_name
 LIMIT 400;

-- officers_closed :many
-- What each person brought to its end in a period.
-- in  unit text, from inst, to inst
-- out officer_name text, cases int, late int
SELECT officer_name, count(*) AS cases, sum(late) AS late
  FROM pub_services_case
 WHERE open = 0 AND kind <> 'joint' AND unit = :unit AND closed >= :from
   AND closed < :to
 GROUP BY officer_name
 ORDER BY officer_name
 LIMIT 400;

-- check_scores :many
-- Days and organisations whose figures of ratings are not what a recount gives.
-- scan ok: zhengtong check counts all
-- out day day, unit text, rated int, good int, bad int
SELECT day, unit, sum(rated) AS rated, sum(good) AS good, sum(bad) AS bad
  FROM (SELECT day, unit, rated, good, bad FROM supervision_score
        UNION ALL
        SELECT day, unit, -1, CASE WHEN level < 4 THEN -1 ELSE 0 END,
               CASE WHEN level < 4 THEN 0 ELSE -1 END
          FROM supervision_rating
        UNION ALL
        SELECT day, '', -1, CASE WHEN level < 4 THEN -1 ELSE 0 END,
               CASE WHEN level < 4 THEN 0 ELSE -1 END
          FROM supervision_rating) t
 GROUP BY day, unit
HAVING sum(rated) <> 0 OR sum(good) <> 0 OR sum(bad) <> 0
 ORDER BY day, unit
 LIMIT 100;

-- check_cards :many
-- Levels whose numbers of cards have gaps.
-- scan ok: zhengtong check counts all
-- out level text, last int, cases int
SELECT s.level, s.last, coalesce(n.cards, 0) AS cases
  FROM (SELECT level, sum(last) AS last
          FROM supervision_series
         GROUP BY level) s
  LEFT JOIN (SELECT level, count(*) AS cards
               FROM supervision_card
              GROUP BY level) n ON n.level = s.level
 WHERE s.last <> coalesce(n.cards, 0)
 LIMIT 10;

-- check_rated :many
-- Ratings of what is not over.
-- scan ok: zhengtong check looks at all
-- out ref text
SELECT r.ref
  FROM supervision_rating r
  LEFT JOIN pub_services_case c ON c.number = r.ref
 WHERE c.id IS NULL OR c.open = 1
 LIMIT 100;
