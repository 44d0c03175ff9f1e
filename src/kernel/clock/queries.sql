-- clock_row_add :change
-- A clock with everything known of it: new, or out of the past.
-- in  id int, matter text, ref text, unit text, holder text, kind text
-- in  rule text, start day, unit_of int, allowed int, extra int, extend_max int
-- in  due day?, provisional bool, paused bool, spans int, stopped day?
-- in  over int, level int, warn_before int, red_after int, check_at inst?
-- in  calendar_version int
INSERT INTO clock_running (id, matter, ref, unit, holder, kind, rule, start,
    unit_of, allowed, extra, extend_max, due, provisional, paused, spans,
    stopped, over, level, warn_before, red_after, check_at, calendar_version,
    version)
VALUES (:id, :matter, :ref, :unit, :holder, :kind, :rule, :start,
    :unit_of, :allowed, :extra, :extend_max, :due, :provisional, :paused,
    :spans, :stopped, :over, :level, :warn_before, :red_after, :check_at,
    :calendar_version, 1);

-- clock_rows_running :many
-- The clocks of a matter that run, oldest first.
-- in  matter text, ref text
-- out id int, unit text, holder text, kind text, rule text, start day
-- out unit_of int, allowed int, extra int, extend_max int, due day?
-- out paused bool, spans int, level int, warn_before int, red_after int
-- out version int
SELECT id, unit, holder, kind, rule, start, unit_of, allowed, extra,
       extend_max, due, paused, spans, level, warn_before, red_after, version
  FROM clock_running
 WHERE matter = :matter AND ref = :ref AND stopped IS NULL
 ORDER BY id
 LIMIT 50;

-- clock_row_newest :one
-- A matter's newest clock of a kind, running or over.
-- in  matter text, ref text, kind text
-- out id int, unit text, holder text, rule text, start day, unit_of int
-- out allowed int, extra int, extend_max int, due day?, provisional bool
-- out paused bool, spans int, stopped day?, over int, level int
-- out warn_before int, red_after int
SELECT id, unit, holder, rule, start, unit_of, allowed, extra, extend_max, due,
       provisional, paused, spans, stopped, over, level, warn_before, red_after
  FROM clock_running
 WHERE matter = :matter AND ref = :ref AND kind = :kind
 ORDER BY id DESC
 LIMIT 1;

-- clock_row_set :change
-- version in the WHERE is the lock: two verbs on one matter do not both win.
-- in  id int, version int, extra int, due day?, provisional bool, paused bool
-- in  spans int, stopped day?, over int, level int, check_at inst?
-- in  calendar_version int
UPDATE clock_running
   SET extra = :extra, due = :due, provisional = :provisional,
       paused = :paused, spans = :spans, stopped = :stopped, over = :over,
       level = :level, check_at = :check_at,
       calendar_version = :calendar_version, version = version + 1
 WHERE id = :id AND version = :version AND stopped IS NULL;

-- clock_row_hold :run
-- Somebody else must act from now on.
-- in  matter text, ref text, unit text, holder text
UPDATE clock_running
   SET unit = :unit, holder = :holder, version = version + 1
 WHERE matter = :matter AND ref = :ref AND stopped IS NULL;

-- clock_span_add :change
-- A pause, over or lasting.
-- in  id int, clock int, from_day day, to_day day?, reason text, planned int
-- in  document text, actor text
INSERT INTO clock_span (id, clock, from_day, to_day, reason, planned, document,
                        actor)
VALUES (:id, :clock, :from_day, :to_day, :reason, :planned, :document, :actor);

-- clock_span_end :change
-- The pause that lasts ends.
-- in  clock int, to_day day
UPDATE clock_span SET to_day = :to_day WHERE clock = :clock AND to_day IS NULL;

-- clock_span_list :many
-- The pauses of a clock in order.
-- in  clock int
-- out from_day day, to_day day?, reason text
SELECT from_day, to_day, reason
  FROM clock_span
 WHERE clock = :clock
 ORDER BY from_day
 LIMIT 366;

-- clock_rows_to_check :many
-- Clocks whose level may have risen.
-- in  now inst
-- out id int, matter text, ref text, unit text, holder text, kind text
-- out rule text, due day?, stopped day?, level int, warn_before int
-- out red_after int, version int
SELECT id, matter, ref, unit, holder, kind, rule, due, stopped, level,
       warn_before, red_after, version
  FROM clock_running
 WHERE check_at <= :now
 ORDER BY check_at
 LIMIT 500;

-- clock_row_level :change
-- The old level in the WHERE: each rise is told exactly once.
-- in  id int, version int, was int, level int, check_at inst?
UPDATE clock_running
   SET level = :level, check_at = :check_at, version = version + 1
 WHERE id = :id AND version = :version AND level = :was;

-- clock_rows_outdated :many
-- Running clocks whose due day was computed with an older calendar.
-- in  newest int
-- out id int, matter text, ref text, kind text, start day, unit_of int
-- out allowed int, extra int, due day?, provisional bool, paused bool
-- out spans int, level int, warn_before int, red_after int, version int
SELECT id, matter, ref, kind, start, unit_of, allowed, extra, due, provisional,
       paused, spans, level, warn_before, red_after, version
  FROM clock_running
 WHERE stopped IS NULL AND calendar_version < :newest
 ORDER BY calendar_version
 LIMIT 500;

-- clock_calendar_add :change
-- A year was announced; the whole calendar as it now is.
-- in  version int, tsv text, notice text, at inst, actor text
INSERT INTO clock_calendar (version, tsv, notice, at, actor)
VALUES (:version, :tsv, :notice, :at, :actor);

-- clock_calendar_newest :one
-- The calendar in force, unless the program was built with a newer one.
-- in  than int
-- out version int, tsv text
SELECT version, tsv
  FROM clock_calendar
 WHERE version > :than
 ORDER BY version DESC
 LIMIT 1;
