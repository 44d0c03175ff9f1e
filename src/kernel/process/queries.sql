-- process_def_live :one
-- in kind text, key text
-- out id int, version int, title text, digest bytes
SELECT id, version, title, digest
  FROM process_def
 WHERE kind = :kind AND key = :key AND retired IS NULL;

-- process_def_all :many
-- The processes in force.
-- scan ok: a row a version of a process
-- out id int
SELECT id
  FROM process_def
 WHERE kind = 'process' AND retired IS NULL
 ORDER BY id
 LIMIT 1000;

-- process_def_newest :one
-- in kind text, key text
-- out version int?
SELECT max(version) AS version
  FROM process_def
 WHERE kind = :kind AND key = :key;

-- process_def_add :change
-- in id int, kind text, key text, version int, title text, xml text
-- in digest bytes, deployed inst
INSERT INTO process_def (id, kind, key, version, title, xml, digest, deployed)
VALUES (:id, :kind, :key, :version, :title, :xml, :digest, :deployed);

-- process_def_retire :run
-- in kind text, key text, at inst
UPDATE process_def
   SET retired = :at
 WHERE kind = :kind AND key = :key AND retired IS NULL;

-- process_def_text :one
-- in id int
-- out kind text, key text, xml text
SELECT kind, key, xml FROM process_def WHERE id = :id;

-- process_def_title :one
-- in id int
-- out title text
SELECT title FROM process_def WHERE id = :id;

-- process_def_since :one
-- in id int
-- out deployed inst
SELECT deployed FROM process_def WHERE id = :id;

-- process_def_at :one
-- What was in force at an instant.
-- in kind text, key text, at inst
-- out id int
SELECT id
  FROM process_def
 WHERE kind = :kind AND key = :key AND deployed <= :at
   AND (retired IS NULL OR retired > :at)
 ORDER BY id DESC
 LIMIT 1;

-- process_case_add :change
-- in id int, number text, def int, module text, title text, unit text
-- in applicant int, began inst, ended inst?, due day, state text, body bytes
-- in parent int?, parent_task int?
INSERT INTO process_case (id, number, def, module, title, unit, applicant,
                          began, ended, due, state, revision, body, parent,
                          parent_task)
VALUES (:id, :number, :def, :module, :title, :unit, :applicant,
        :began, :ended, :due, :state, 1, :body, :parent, :parent_task);

-- process_case_one :one
-- in id int
-- out id int, number text, def int, module text, title text, unit text
-- out applicant int, began inst, ended inst?, due day, state text
-- out revision int, body bytes, parent int?, parent_task int?
SELECT id, number, def, module, title, unit, applicant, began, ended, due,
       state, revision, body, parent, parent_task
  FROM process_case
 WHERE id = :id;

-- process_starter :one
-- Who began it.
-- in id int
-- out actor int
SELECT actor FROM process_event WHERE case_id = :id ORDER BY seq LIMIT 1;
-- process_child :one
-- The case a call activity began.
-- in parent int, task int
-- out id int, ended inst?
SELECT id, ended
  FROM process_case
 WHERE parent = :parent AND parent_task = :task;

-- process_caller :one
-- in id int
-- out parent int?
SELECT parent FROM process_case WHERE id = :id;

-- process_children :one
-- in parent int
-- out running int
SELECT count(*) AS running
  FROM process_case
 WHERE parent = :parent AND ended IS NULL;

-- process_case_id :one
-- in number text
-- out id int
SELECT id FROM process_case WHERE number = :number;

-- process_case_set :change
-- The revision in the condition is the lock.  No column of an index is named:
-- SQLite writes an index anew for a column that is set to what it was.
-- in id int, revision int, state text, body bytes
UPDATE process_case
   SET state = :state, body = :body, revision = revision + 1
 WHERE id = :id AND revision = :revision AND ended IS NULL;

-- process_case_end :change
-- in id int, revision int, state text, ended inst, body bytes
UPDATE process_case
   SET state = :state, ended = :ended, body = :body, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- process_case_move :change
-- in id int, revision int, def int, moved int?, state text, body bytes
UPDATE process_case
   SET def = :def, moved = :moved, state = :state, body = :body,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND ended IS NULL;

-- process_count_add :run
-- More or fewer cases run on a definition.
-- in def int, running int
INSERT INTO process_count (def, running) VALUES (:def, :running)
ON CONFLICT (def) DO UPDATE
   SET running = process_count.running + excluded.running;

-- process_task_add :change
-- in id int, case_id int, task int, node text, name text, unit text, duty text
-- in assignee int?, owner int?, state text, opened bool, due day, made inst
-- in module text, def int, candidates text, limit_ref text?
INSERT INTO process_task (id, case_id, task, node, name, unit, duty, assignee,
                          owner, state, opened, due, made, module, key,
                          candidates, limit_ref)
VALUES (:id, :case_id, :task, :node, :name, :unit, :duty, :assignee,
        :owner, :state, :opened, :due, :made, :module,
        (SELECT key FROM process_def WHERE id = :def), :candidates, :limit_ref);

-- process_limits_of :many
-- The tasks of a case that have limits of their own.
-- in case_id int
-- out task int, limit_ref text
SELECT task, limit_ref
  FROM process_task
 WHERE case_id = :case_id AND limit_ref IS NOT NULL
 ORDER BY task
 LIMIT 20000;

-- process_limit_due :run
-- The clock of a step says another day.
-- in limit_ref text, due day
UPDATE process_task SET due = :due WHERE limit_ref = :limit_ref;

-- process_limit_candidates :run
-- in limit_ref text, due day
UPDATE process_candidate
   SET due = :due
 WHERE row_id = (SELECT id FROM process_task WHERE limit_ref = :limit_ref);

-- process_candidate_add :change
-- in id int, case_id int, task int, duty text, account int?
INSERT INTO process_candidate (id, row_id, unit, duty, account, module, key,
                               due)
SELECT :id, t.id, t.unit, :duty, CAST(:account AS BIGINT), t.module, t.key,
       t.due
  FROM process_task t
 WHERE t.case_id = :case_id AND t.task = :task;

-- process_candidate_drop :run
-- in case_id int, task int
DELETE FROM process_candidate
 WHERE row_id IN (SELECT id FROM process_task
                   WHERE case_id = :case_id AND task = :task);

-- process_candidate_due :run
-- in case_id int, due day
UPDATE process_candidate
   SET due = :due
 WHERE row_id IN (SELECT id FROM process_task
                   WHERE case_id = :case_id AND limit_ref IS NULL);

-- process_candidates_of :many
-- In the order they were written.
-- in case_id int
-- out task int, duty text, account int?
SELECT t.task, c.duty, c.account
  FROM process_candidate c
  JOIN process_task t ON t.id = c.row_id
 WHERE t.case_id = :case_id
 ORDER BY t.task, c.id
 LIMIT 100000;

-- process_people :many
-- Officers by login or by number, as they were known at an instant.
-- in logins text, accounts text, at inst
-- out account int, login text, name text
SELECT account, login, name
  FROM pub_auth_login
 WHERE created <= :at
   AND (login IN (SELECT value FROM each(:logins))
        OR account IN (SELECT CAST(value AS BIGINT) FROM each(:accounts)))
 ORDER BY account
 LIMIT 2000;

-- process_task_set :change
-- in case_id int, task int, assignee int?, owner int?, state text, opened bool
UPDATE process_task
   SET assignee = :assignee, owner = :owner, state = :state, opened = :opened
 WHERE case_id = :case_id AND task = :task;

-- process_task_gone :change
-- in case_id int, task int
DELETE FROM process_task
 WHERE case_id = :case_id AND task = :task;

-- process_task_one :one
-- in case_id int, task int
-- out id int, node text, name text, unit text, duty text, assignee int?
-- out owner int?, state text, made inst
SELECT id, node, name, unit, duty, assignee, owner, state, made
  FROM process_task
 WHERE case_id = :case_id AND task = :task;

-- process_tasks_of :many
-- in case_id int
-- out task int, node text, name text, unit text, duty text, assignee int?
-- out owner int?, state text, opened bool, due day, made inst, limit_ref text?
SELECT task, node, name, unit, duty, assignee, owner, state, opened, due, made,
       limit_ref
  FROM process_task
 WHERE case_id = :case_id
 ORDER BY task
 LIMIT 20000;

-- process_task_due :run
-- Steps with limits of their own keep their days.
-- in case_id int, due day
UPDATE process_task
   SET due = :due
 WHERE case_id = :case_id AND limit_ref IS NULL;

-- process_case_due :change
-- in id int, due day
UPDATE process_case SET due = :due WHERE id = :id;

-- process_task_drop :run
-- in case_id int
DELETE FROM process_task WHERE case_id = :case_id;

-- process_desk :many
-- Whatever lies before a person: addressed to him or to whom he stands in for,
-- or offered to a duty he holds, or to him among others, and nobody has claimed
-- it; the most urgent first.  Each
-- desk gives at most one page, so that a long one costs no more than a short:
-- the index has a desk's tasks by process and day.  CROSS JOIN keeps SQLite from
-- walking the tasks first.
-- scan ok: the keys of processes, a row a version
-- in me int, today day, module text, key text, which text, until day
-- in due day, id int
-- out id int, case_id int, task int, node text, name text, unit text
-- out duty text, assignee int?, candidates text, limit_ref text?, due day, made inst, number text, title text
-- out began inst, def int, key text, opened bool
SELECT t.id, t.case_id, t.task, t.node, t.name, t.unit, t.duty, t.assignee,
       t.candidates, t.limit_ref, t.due, t.made, c.number, c.title, c.began, c.def, t.key, t.opened
  FROM (SELECT w.id
          FROM (
    SELECT t.id, t.due
      FROM (SELECT DISTINCT unit, duty
              FROM pub_auth_desk
             WHERE account = :me AND :which <> 'own' AND from_day <= :today
               AND (to_day IS NULL OR to_day >= :today)) d
     CROSS JOIN (SELECT DISTINCT key
                   FROM process_def
                  WHERE kind = 'process' AND (:key = '' OR key = :key)) k
     CROSS JOIN process_task t ON t.id IN (
             SELECT x.id
               FROM process_task x
              WHERE x.unit = d.unit AND x.duty = d.duty AND x.module = :module
                AND x.key = k.key AND x.assignee IS NULL AND x.state = 'open'
                AND (x.due, x.id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.id
              LIMIT 51)
     UNION
    SELECT t.id, t.due
      FROM (SELECT :me AS account
             WHERE :which <> 'posts'
             UNION
            SELECT stands_for
              FROM pub_auth_desk
             WHERE account = :me AND stands_for IS NOT NULL
               AND :which <> 'posts' AND from_day <= :today AND to_day >= :today) p
     CROSS JOIN process_task t ON t.id IN (
             SELECT x.id
               FROM process_task x
              WHERE x.assignee = p.account AND x.module = :module
                AND x.state = 'open' AND (:key = '' OR x.key = :key)
                AND (x.due, x.id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.id
              LIMIT 51)
     UNION
    SELECT k.row_id, k.due
      FROM (SELECT DISTINCT unit, duty
              FROM pub_auth_desk
             WHERE account = :me AND :which <> 'own' AND from_day <= :today
               AND (to_day IS NULL OR to_day >= :today)) d
     CROSS JOIN (SELECT DISTINCT key
                   FROM process_def
                  WHERE kind = 'process' AND (:key = '' OR key = :key)) q
     CROSS JOIN process_candidate k ON k.id IN (
             SELECT x.id
               FROM process_candidate x
              WHERE x.unit = d.unit AND x.duty = d.duty AND x.module = :module
                AND x.key = q.key AND x.account IS NULL
                AND (x.due, x.row_id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.row_id
              LIMIT 51)
     UNION
    SELECT k.row_id, k.due
      FROM (SELECT :me AS account
             WHERE :which <> 'own'
             UNION
            SELECT stands_for
              FROM pub_auth_desk
             WHERE account = :me AND stands_for IS NOT NULL
               AND :which <> 'own' AND from_day <= :today AND to_day >= :today) p
     CROSS JOIN process_candidate k ON k.id IN (
             SELECT x.id
               FROM process_candidate x
              WHERE x.account = p.account AND x.module = :module
                AND (:key = '' OR x.key = :key)
                AND (x.due, x.row_id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.row_id
              LIMIT 51)) w
         ORDER BY w.due, w.id
         LIMIT 51) w
  JOIN process_task t ON t.id = w.id
  JOIN process_case c ON c.id = t.case_id
 ORDER BY t.due, t.id
 LIMIT 51;
-- pg
SELECT t.id, t.case_id, t.task, t.node, t.name, t.unit, t.duty, t.assignee,
       t.candidates, t.limit_ref, t.due, t.made, c.number, c.title, c.began, c.def, t.key, t.opened
  FROM (SELECT w.id
          FROM (
    SELECT t.id, t.due
      FROM (SELECT DISTINCT unit, duty
              FROM pub_auth_desk
             WHERE account = :me AND :which <> 'own' AND from_day <= :today
               AND (to_day IS NULL OR to_day >= :today)) d
     CROSS JOIN (SELECT DISTINCT key
                   FROM process_def
                  WHERE kind = 'process' AND (:key = '' OR key = :key)) k
     CROSS JOIN LATERAL (
             SELECT x.*
               FROM process_task x
              WHERE x.unit = d.unit AND x.duty = d.duty AND x.module = :module
                AND x.key = k.key AND x.assignee IS NULL AND x.state = 'open'
                AND (x.due, x.id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.id
              LIMIT 51) t
     UNION
    SELECT t.id, t.due
      FROM (SELECT CAST(:me AS BIGINT) AS account
             WHERE :which <> 'posts'
             UNION
            SELECT stands_for
              FROM pub_auth_desk
             WHERE account = :me AND stands_for IS NOT NULL
               AND :which <> 'posts' AND from_day <= :today AND to_day >= :today) p
     CROSS JOIN LATERAL (
             SELECT x.*
               FROM process_task x
              WHERE x.assignee = p.account AND x.module = :module
                AND x.state = 'open' AND (:key = '' OR x.key = :key)
                AND (x.due, x.id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.id
              LIMIT 51) t
     UNION
    SELECT k.row_id, k.due
      FROM (SELECT DISTINCT unit, duty
              FROM pub_auth_desk
             WHERE account = :me AND :which <> 'own' AND from_day <= :today
               AND (to_day IS NULL OR to_day >= :today)) d
     CROSS JOIN (SELECT DISTINCT key
                   FROM process_def
                  WHERE kind = 'process' AND (:key = '' OR key = :key)) q
     CROSS JOIN LATERAL (
             SELECT x.row_id, x.due
               FROM process_candidate x
              WHERE x.unit = d.unit AND x.duty = d.duty AND x.module = :module
                AND x.key = q.key AND x.account IS NULL
                AND (x.due, x.row_id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.row_id
              LIMIT 51) k
     UNION
    SELECT k.row_id, k.due
      FROM (SELECT CAST(:me AS BIGINT) AS account
             WHERE :which <> 'own'
             UNION
            SELECT stands_for
              FROM pub_auth_desk
             WHERE account = :me AND stands_for IS NOT NULL
               AND :which <> 'own' AND from_day <= :today AND to_day >= :today) p
     CROSS JOIN LATERAL (
             SELECT x.row_id, x.due
               FROM process_candidate x
              WHERE x.account = p.account AND x.module = :module
                AND (:key = '' OR x.key = :key)
                AND (x.due, x.row_id) > (:due, :id) AND x.due <= :until
              ORDER BY x.due, x.row_id
              LIMIT 51) k) w
         ORDER BY w.due, w.id
         LIMIT 51) w
  JOIN process_task t ON t.id = w.id
  JOIN process_case c ON c.id = t.case_id
 ORDER BY t.due, t.id
 LIMIT 51;

-- process_desk_among :many
-- The same of some cases only: those somebody's words were found in.
-- in me int, today day, module text, key text, which text, until day
-- in due day, id int, cases text
-- out id int, case_id int, task int, node text, name text, unit text
-- out duty text, assignee int?, candidates text, limit_ref text?, due day, made inst, number text, title text
-- out began inst, def int, key text, opened bool
SELECT t.id, t.case_id, t.task, t.node, t.name, t.unit, t.duty, t.assignee,
       t.candidates, t.limit_ref, t.due, t.made, c.number, c.title, c.began, c.def, t.key, t.opened
  FROM process_task t
  JOIN process_case c ON c.id = t.case_id
 WHERE t.case_id IN (SELECT CAST(value AS BIGINT) FROM each(:cases))
   AND t.state = 'open' AND t.module = :module
   AND (:key = '' OR t.key = :key)
   AND (t.due, t.id) > (:due, :id) AND t.due <= :until
   AND ((:which <> 'posts'
         AND (t.assignee = :me
              OR EXISTS (SELECT 1 FROM pub_auth_desk s
                          WHERE s.account = :me AND s.stands_for = t.assignee
                            AND s.from_day <= :today AND s.to_day >= :today)))
        OR (:which <> 'own' AND t.assignee IS NULL
            AND (EXISTS (SELECT 1 FROM pub_auth_desk s
                          WHERE s.account = :me AND s.unit = t.unit
                            AND s.duty = t.duty AND s.from_day <= :today
                            AND (s.to_day IS NULL OR s.to_day >= :today))
                 OR EXISTS (SELECT 1 FROM process_candidate k
                             WHERE k.row_id = t.id AND k.account = :me)
                 OR EXISTS (SELECT 1 FROM process_candidate k
                              JOIN pub_auth_desk s ON s.account = :me
                             WHERE k.row_id = t.id AND s.from_day <= :today
                               AND (s.to_day IS NULL OR s.to_day >= :today)
                               AND (s.stands_for = k.account
                                    OR (k.account IS NULL
                                        AND s.unit = k.unit
                                        AND s.duty = k.duty))))))
 ORDER BY t.due, t.id
 LIMIT 51;

-- process_holds :one
-- May this person act on a task addressed so?  More than none: yes.
-- in me int, today day, held int, unit text, duty text, assignee int?
-- out holds int
SELECT (SELECT count(*)
          FROM pub_auth_desk
         WHERE account = :me AND from_day <= :today
           AND (to_day IS NULL OR to_day >= :today)
           AND CASE WHEN CAST(:assignee AS BIGINT) IS NULL
                    THEN unit = :unit AND duty = :duty
                    ELSE stands_for = :assignee END)
     + (SELECT count(*)
          FROM process_candidate
         WHERE row_id = :held AND account = :me)
     + (SELECT count(*)
          FROM process_candidate k
          JOIN pub_auth_desk s ON s.account = :me
         WHERE k.row_id = :held AND s.from_day <= :today
           AND (s.to_day IS NULL OR s.to_day >= :today)
           AND (s.stands_for = k.account
                OR (k.account IS NULL AND s.unit = k.unit
                    AND s.duty = k.duty))) AS holds;

-- process_timer_add :change
-- in case_id int, due inst, generation int
INSERT INTO process_timer (case_id, due, generation)
VALUES (:case_id, :due, :generation);

-- process_timer_set :change
-- in case_id int, due inst, generation int
UPDATE process_timer
   SET due = :due, generation = :generation
 WHERE case_id = :case_id;

-- process_timer_drop :run
-- in case_id int
DELETE FROM process_timer WHERE case_id = :case_id;

-- process_timer_due :many
-- in now inst
-- out case_id int, due inst, generation int
SELECT case_id, due, generation
  FROM process_timer
 WHERE due <= :now
 ORDER BY due, case_id
 LIMIT 200;

-- process_timer_one :one
-- in case_id int
-- out due inst, generation int
SELECT due, generation FROM process_timer WHERE case_id = :case_id;

-- process_sub_add :change
-- in kind text, name text, case_id int
INSERT INTO process_sub (kind, name, case_id) VALUES (:kind, :name, :case_id);

-- process_sub_drop :run
-- in case_id int
DELETE FROM process_sub WHERE case_id = :case_id;

-- process_sub_waiting :many
-- Who waits to hear that, the oldest case first.
-- in kind text, name text, after int
-- out case_id int
SELECT case_id
  FROM process_sub
 WHERE kind = :kind AND name = :name AND case_id > :after
 ORDER BY case_id
 LIMIT 200;

-- process_subs_of :many
-- in case_id int
-- out kind text, name text
SELECT kind, name
  FROM process_sub
 WHERE case_id = :case_id
 ORDER BY kind, name
 LIMIT 20000;

-- process_event_add :change
-- in case_id int, seq int, at inst, actor int, name text, verb text
-- in node text, task int, detail text
INSERT INTO process_event (case_id, seq, at, actor, name, verb, node, task,
                           detail)
VALUES (:case_id, :seq, :at, :actor, :name, :verb, :node, :task, :detail);

-- process_events_of :many
-- in case_id int, after int
-- out seq int, at inst, actor int, name text, verb text, node text, task int
-- out detail text
SELECT seq, at, actor, name, verb, node, task, detail
  FROM process_event
 WHERE case_id = :case_id AND seq > :after
 ORDER BY seq
 LIMIT 500;

-- process_since :one
-- What was done since somebody looked; that others looked too changes nothing.
-- in case_id int, seq int
-- out done int
SELECT count(*) AS done
  FROM process_event
 WHERE case_id = :case_id AND seq > :seq AND verb <> 'open';

-- process_events_drop :run
-- in case_id int
DELETE FROM process_event WHERE case_id = :case_id;

-- process_cmd_one :one
-- in id int
-- out case_id int, verb text, revision int
SELECT case_id, verb, revision FROM process_cmd WHERE id = :id;

-- process_cmd_add :change
-- in id int, case_id int, verb text, revision int, at inst
INSERT INTO process_cmd (id, case_id, verb, revision, at)
VALUES (:id, :case_id, :verb, :revision, :at);

-- process_cmd_sweep :run
-- in before inst
DELETE FROM process_cmd
 WHERE id IN (SELECT id FROM process_cmd WHERE at < :before ORDER BY at
               LIMIT 500);

-- process_incident_add :change
-- in id int, case_id int, token int, node text, text text, opened inst
INSERT INTO process_incident (id, case_id, token, node, text, opened)
VALUES (:id, :case_id, :token, :node, :text, :opened);

-- process_incident_of :many
-- What is open of a case.
-- in case_id int
-- out id int, token int, text text
SELECT id, token, text
  FROM process_incident
 WHERE case_id = :case_id AND closed IS NULL
 ORDER BY id
 LIMIT 1000;

-- process_incident_one :one
-- in id int
-- out id int, case_id int, token int, node text, text text, opened inst
-- out closed inst?
SELECT id, case_id, token, node, text, opened, closed
  FROM process_incident
 WHERE id = :id;

-- process_incident_close :change
-- in id int, closed inst, how text, actor int
UPDATE process_incident
   SET closed = :closed, how = :how, actor = :actor
 WHERE id = :id AND closed IS NULL;

-- process_incidents :many
-- What waits for the administrator, the oldest first.
-- in after int
-- out id int, case_id int, node text, text text, opened inst, number text
-- out title text, unit text, def int
SELECT i.id, i.case_id, i.node, i.text, i.opened, c.number, c.title, c.unit,
       c.def
  FROM process_incident i
  JOIN process_case c ON c.id = i.case_id
 WHERE i.closed IS NULL AND i.id > :after
 ORDER BY i.id
 LIMIT 51;

-- process_incidents_drop :run
-- in case_id int
DELETE FROM process_incident WHERE case_id = :case_id;

-- process_running :many
-- All that is under way, a page at a time.
-- in after int
-- out id int
SELECT id
  FROM process_case
 WHERE ended IS NULL AND id > :after
 ORDER BY id
 LIMIT 200;

-- process_orphans :many
-- Rows of work whose case is over.
-- scan ok: holds only what is under way, and is read by checks alone
-- out id int
SELECT c.id
  FROM process_case c
 WHERE c.ended IS NOT NULL
   AND c.id IN (SELECT case_id FROM process_task
                UNION SELECT case_id FROM process_timer
                UNION SELECT case_id FROM process_sub)
 ORDER BY c.id
 LIMIT 100;

-- process_counts :many
-- Definitions on which more or fewer cases run than is kept: by how many.
-- scan ok: zhengtong check counts all
-- out key text, version int, running int
SELECT d.key, d.version, sum(n.running) AS running
  FROM (SELECT def, running FROM process_count
        UNION ALL
        SELECT def, -1 FROM process_case WHERE ended IS NULL) n
  JOIN process_def d ON d.id = n.def
 GROUP BY d.id, d.key, d.version
HAVING sum(n.running) <> 0
 ORDER BY d.id
 LIMIT 100;

-- process_versions :many
-- How many cases run on which version.
-- out id int, key text, version int, title text, deployed inst, retired inst?
-- out running int
SELECT d.id, d.key, d.version, d.title, d.deployed, d.retired,
       coalesce(n.running, 0) AS running
  FROM process_def d
  LEFT JOIN process_count n ON n.def = d.id
 WHERE d.kind = 'process'
 ORDER BY d.key, d.id DESC
 LIMIT 200;

-- process_move_add :change
-- in id int, from_def int, to_def int, map text, undoes int?, total int
-- in actor int, name text, opened inst
INSERT INTO process_move (id, from_def, to_def, map, undoes, state, total,
                          moved, refused, after, problem, actor, name, opened)
VALUES (:id, :from_def, :to_def, :map, :undoes, 'running', :total,
        0, 0, 0, '', :actor, :name, :opened);

-- process_move_one :one
-- in id int
-- out id int, from_def int, to_def int, map text, undoes int?, state text
-- out total int, moved int, refused int, after int, problem text, actor int
-- out name text, opened inst, closed inst?
SELECT id, from_def, to_def, map, undoes, state, total, moved, refused, after,
       problem, actor, name, opened, closed
  FROM process_move
 WHERE id = :id;

-- process_move_next :one
-- The batch to work on: one at a time, the oldest.
-- out id int
SELECT id FROM process_move WHERE state = 'running' ORDER BY id LIMIT 1;

-- process_move_undone :one
-- scan ok: a row a move, a few a year
-- in id int
-- out undone int
SELECT count(*) AS undone FROM process_move WHERE undoes = :id;

-- process_move_step :change
-- in id int, old int, after int, moved int, refused int, problem text
-- in state text, closed inst?
UPDATE process_move
   SET after = :after, moved = moved + :moved, refused = refused + :refused,
       problem = CASE WHEN problem = '' THEN :problem ELSE problem END,
       state = :state, closed = :closed
 WHERE id = :id AND after = :old AND state = 'running';

-- process_move_cases :many
-- The next running case of a version; with moved: only what that move brought.
-- in def int, moved int?, after int
-- out id int
SELECT id
  FROM process_case
 WHERE def = :def AND ended IS NULL AND id > :after
   AND (CAST(:moved AS BIGINT) IS NULL OR moved = :moved)
 ORDER BY id
 LIMIT 1;

-- process_move_count :one
-- in def int, moved int?
-- out cases int
SELECT count(*) AS cases
  FROM process_case
 WHERE def = :def AND ended IS NULL
   AND (CAST(:moved AS BIGINT) IS NULL OR moved = :moved);

-- process_archive_due :many
-- in before inst
-- out id int
SELECT id
  FROM process_case
 WHERE ended < :before
 ORDER BY ended
 LIMIT 50;

-- process_archive_add :change
-- in case_id int, number text, ended inst, body bytes
INSERT INTO process_archive (case_id, number, ended, body)
VALUES (:case_id, :number, :ended, :body);

-- process_archive_one :one
-- in number text
-- out case_id int, ended inst, body bytes
SELECT case_id, ended, body FROM process_archive WHERE number = :number;

-- process_case_drop :change
-- in id int
DELETE FROM process_case WHERE id = :id;
