-- matter_last :one
-- in day day
-- out last int
SELECT last FROM matters_number WHERE day = :day;

-- matter_first :change
-- in day day
INSERT INTO matters_number (day, last) VALUES (:day, 1);

-- matter_next :change
-- in day day, last int
UPDATE matters_number SET last = :last + 1 WHERE day = :day AND last = :last;

-- matter_add :change
-- in id int, number text, key text, kind text, title text, content text
-- in unit text, urgent bool, starter int, starter_name text, filed inst, due day
INSERT INTO matters_matter (id, number, key, kind, title, content, unit,
                            urgent, starter, starter_name, filed, due, words)
VALUES (:id, :number, :key, :kind, :title, :content, :unit,
        :urgent, :starter, :starter_name, :filed, :due, 1);

-- matter_wordless :many
-- out id int, number text, kind text, title text, content text
SELECT id, number, kind, title, content
  FROM matters_matter
 WHERE words = 0
 ORDER BY id
 LIMIT 200;

-- matter_worded :change
-- in id int
UPDATE matters_matter SET words = 1 WHERE id = :id;

-- matter_due :change
-- in id int, due day
UPDATE matters_matter SET due = :due WHERE id = :id;

-- matter_one :one
-- in number text
-- out id int, number text, key text, kind text, title text, content text
-- out unit text, unit_name text, urgent bool, starter int, starter_name text
-- out filed inst, due day
SELECT m.id, m.number, m.key, m.kind, m.title, m.content, m.unit,
       u.short_name AS unit_name, m.urgent, m.starter, m.starter_name, m.filed,
       m.due
  FROM matters_matter m
  JOIN pub_auth_unit u ON u.code = m.unit
 WHERE m.number = :number;

-- matter_list :many
-- The matters of an organisation, the latest first.
-- in unit text, before int
-- out id int, number text, kind text, title text, urgent bool
-- out starter_name text, filed inst, due day, state text
SELECT m.id, m.number, m.kind, m.title, m.urgent, m.starter_name, m.filed,
       m.due, coalesce(c.state, 'archived') AS state
  FROM matters_matter m
  LEFT JOIN pub_process_case c ON c.id = m.id
 WHERE m.unit = :unit AND m.id < :before
 ORDER BY m.id DESC
 LIMIT 51;

-- matter_mine :many
-- What I have begun, the latest first.
-- in starter int, before int
-- out id int, number text, kind text, title text, urgent bool
-- out starter_name text, filed inst, due day, state text
SELECT m.id, m.number, m.kind, m.title, m.urgent, m.starter_name, m.filed,
       m.due, coalesce(c.state, 'archived') AS state
  FROM matters_matter m
  LEFT JOIN pub_process_case c ON c.id = m.id
 WHERE m.starter = :starter AND m.id < :before
 ORDER BY m.id DESC
 LIMIT 51;

-- matter_did :many
-- What I have done, the latest first.
-- in actor int, before inst
-- out at inst, node text, def int, number text, kind text, title text
-- out state text
SELECT e.at, e.node, c.def, m.number, m.kind, m.title, c.state
  FROM pub_process_event e
  JOIN matters_matter m ON m.id = e.case_id
  JOIN pub_process_case c ON c.id = e.case_id
 WHERE e.actor = :actor AND e.verb = 'complete' AND e.at < :before
 ORDER BY e.at DESC
 LIMIT 51;

-- matter_tasks :many
-- Who has what of a matter on the desk; offered: to me among others, beside
-- the duty of the row.
-- in id int, me int, today day
-- out task int, node text, name text, unit text, duty text, candidates text
-- out assignee int?, owner int?, state text, opened bool, made inst
-- out due day, limit_ref text?, unit_name text, assignee_name text?
-- out offered bool
SELECT t.task, t.node, t.name, t.unit, t.duty, t.candidates, t.assignee,
       t.owner, t.state, t.opened, t.made, t.due, t.limit_ref,
       coalesce(u.short_name, t.unit) AS unit_name,
       (SELECT min(s.name) FROM pub_auth_staff s WHERE s.account = t.assignee)
         AS assignee_name,
       CASE WHEN EXISTS (SELECT 1 FROM pub_process_candidate k
                          WHERE k.row_id = t.id AND k.account = :me)
              OR EXISTS (SELECT 1 FROM pub_process_candidate k
                           JOIN pub_auth_desk d ON d.account = :me
                          WHERE k.row_id = t.id AND d.from_day <= :today
                            AND (d.to_day IS NULL OR d.to_day >= :today)
                            AND (d.stands_for = k.account
                                 OR (k.account IS NULL AND d.unit = k.unit
                                     AND d.duty = k.duty)))
            THEN 1 ELSE 0 END AS offered
  FROM pub_process_task t
  LEFT JOIN pub_auth_unit u ON u.code = t.unit
 WHERE t.case_id = :id
 ORDER BY t.task
 LIMIT 500;

-- matter_children :many
-- The matters a matter has called, with the newest clock of each.
-- in id int
-- out number text, kind text, unit_name text, state text, due day?
-- out paused int?, stopped day?
SELECT m.number, m.kind, coalesce(u.short_name, m.unit) AS unit_name,
       coalesce(p.state, 'archived') AS state, k.due, k.paused, k.stopped
  FROM pub_process_call c
  JOIN matters_matter m ON m.id = c.id
  LEFT JOIN pub_process_case p ON p.id = c.id
  LEFT JOIN pub_auth_unit u ON u.code = m.unit
  LEFT JOIN pub_clock_record k
    ON k.id = (SELECT max(x.id) FROM pub_clock_record x
                WHERE x.matter = 'matter' AND x.ref = m.number
                  AND x.kind = 'promised')
 WHERE c.parent = :id
 ORDER BY c.id
 LIMIT 200;

-- matter_above :one
-- The matter that has called this one.
-- in id int
-- out number text
SELECT m.number
  FROM pub_process_call c
  JOIN matters_matter m ON m.id = c.parent
 WHERE c.id = :id;

-- matter_grants :many
-- What a matter has opened: data another organisation lets this one use.
-- in number text, today day
-- out number text, resource text, giver_name text, from_day day, to_day day
-- out state text
SELECT g.number, g.resource, u.short_name AS giver_name, g.from_day, g.to_day,
       CASE WHEN g.state = 'valid' AND g.to_day < :today THEN 'expired'
            ELSE g.state END AS state
  FROM pub_grants_grant g
  JOIN pub_auth_unit u ON u.code = g.giver
 WHERE g.matter = :number
 ORDER BY g.number
 LIMIT 20;

-- matter_kind :one
-- What people call a process that is or was in force.
-- in id int
-- out title text
SELECT title FROM pub_process_def WHERE id = :id;

-- matter_processes :many
-- What a matter may be begun with.
-- scan ok: a row a version of a process
-- out key text, title text, version int
SELECT key, title, version
  FROM pub_process_def
 WHERE kind = 'process' AND retired IS NULL
 ORDER BY key
 LIMIT 200;

-- matter_units :many
-- Organisations work may be sent to.
-- scan ok: a few hundred, read for a list to choose from
-- out code text, name text, short_name text
SELECT code, name, short_name
  FROM pub_auth_unit
 WHERE kind <> 'village'
 ORDER BY position, code
 LIMIT 400;

-- matter_staff :many
-- The people of an organisation.
-- in unit text
-- out account int, name text, title text
SELECT account, name, title
  FROM pub_auth_staff
 WHERE unit = :unit
 ORDER BY name, account
 LIMIT 200;

-- matter_named :many
-- Officers of that name; a second is enough to ask which.
-- scan ok: the officers of a city, for a name somebody typed
-- in name text, unit text
-- out account int
SELECT DISTINCT p.account
  FROM pub_auth_staff p
  LEFT JOIN pub_auth_unit u ON u.code = p.unit
 WHERE p.name = :name
   AND (:unit = '' OR u.code = :unit OR u.short_name = :unit OR u.name = :unit)
 ORDER BY p.account
 LIMIT 2;

-- matter_held :many
-- Who holds a duty of an organisation on a day.
-- in unit text, duty text, today day
-- out name text, stands_for_name text?
SELECT name, stands_for_name
  FROM pub_auth_duty
 WHERE unit = :unit AND duty = :duty AND from_day <= :today
   AND (to_day IS NULL OR to_day >= :today)
 ORDER BY stands_for_name, name
 LIMIT 20;

-- running_versions :many
-- How many cases run on which version.
-- scan ok: a row a version of a process
-- out id int, key text, version int, title text, deployed inst, retired inst?
-- out running int
SELECT d.id, d.key, d.version, d.title, d.deployed, d.retired,
       coalesce(n.running, 0) AS running
  FROM pub_process_def d
  LEFT JOIN pub_process_count n ON n.def = d.id
 WHERE d.kind = 'process'
 ORDER BY d.key, d.id DESC
 LIMIT 200;

-- running_def :one
-- in id int
-- out key text, version int, title text, running int
SELECT d.key, d.version, d.title, coalesce(n.running, 0) AS running
  FROM pub_process_def d
  LEFT JOIN pub_process_count n ON n.def = d.id
 WHERE d.id = :id AND d.kind = 'process';

-- running_others :many
-- The other versions of a process.
-- scan ok: a row a version of a process
-- in key text, id int
-- out id int, version int, retired inst?
SELECT id, version, retired
  FROM pub_process_def
 WHERE kind = 'process' AND key = :key AND id <> :id
 ORDER BY id DESC
 LIMIT 50;

-- running_moves :many
-- scan ok: a row a move, a few a year
-- out id int, undoes int?, state text, total int, moved int, refused int
-- out name text, opened inst, title text, from_version int, to_version int
SELECT m.id, m.undoes, m.state, m.total, m.moved, m.refused, m.name, m.opened,
       f.title, f.version AS from_version, t.version AS to_version
  FROM pub_process_move m
  JOIN pub_process_def f ON f.id = m.from_def
  JOIN pub_process_def t ON t.id = m.to_def
 ORDER BY m.id DESC
 LIMIT 50;

-- running_move :one
-- scan ok: whether it was undone; a row a move
-- in id int
-- out id int, from_def int, to_def int, undoes int?, state text, total int
-- out moved int, refused int, problem text, name text, opened inst
-- out closed inst?, title text, from_version int, to_version int, undone int
SELECT m.id, m.from_def, m.to_def, m.undoes, m.state, m.total, m.moved,
       m.refused, m.problem, m.name, m.opened, m.closed, f.title,
       f.version AS from_version, t.version AS to_version,
       (SELECT count(*) FROM pub_process_move u WHERE u.undoes = m.id)
         AS undone
  FROM pub_process_move m
  JOIN pub_process_def f ON f.id = m.from_def
  JOIN pub_process_def t ON t.id = m.to_def
 WHERE m.id = :id;

-- incidents_open :one
-- out open int
SELECT count(*) AS open FROM pub_process_incident WHERE closed IS NULL;

-- incidents_page :many
-- What waits for the administrator, the oldest first.
-- in after int
-- out id int, node text, text text, opened inst, number text, title text
-- out unit text, def int
SELECT i.id, i.node, i.text, i.opened, c.number, c.title, c.unit, c.def
  FROM pub_process_incident i
  JOIN pub_process_case c ON c.id = i.case_id
 WHERE i.closed IS NULL AND i.id > :after
 ORDER BY i.id
 LIMIT 51;

-- incident_one :one
-- in id int
-- out id int, case_id int, token int, node text, text text, opened inst
-- out closed inst?, number text, title text, unit text, def int
SELECT i.id, i.case_id, i.token, i.node, i.text, i.opened, i.closed, c.number,
       c.title, c.unit, c.def
  FROM pub_process_incident i
  JOIN pub_process_case c ON c.id = i.case_id
 WHERE i.id = :id;
