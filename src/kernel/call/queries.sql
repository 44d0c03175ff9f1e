-- call_add :change
-- in id int, kind text, ref text, lane int, now inst
INSERT INTO call_out (id, kind, ref, lane, state, tries, next_at, made, error)
VALUES (:id, :kind, :ref, :lane, 'waiting', 0, :now, :now, '');

-- call_same :one
-- Is the same asked for already?
-- in kind text, ref text
-- out calls int
SELECT count(*) AS calls
  FROM call_out
 WHERE ref = :ref AND kind = :kind AND state = 'waiting';

-- call_due :many
-- in lane int, now inst
-- out id int, kind text, ref text, tries int
SELECT id, kind, ref, tries
  FROM call_out
 WHERE lane = :lane AND state = 'waiting' AND next_at <= :now
 ORDER BY next_at, id
 LIMIT 20;

-- call_gone :change
-- in id int
DELETE FROM call_out WHERE id = :id;

-- call_later :change
-- in id int, tries int, next_at inst, error text
UPDATE call_out
   SET tries = :tries, next_at = :next_at, error = :error
 WHERE id = :id AND state = 'waiting';

-- call_failed :change
-- in id int, tries int, error text
UPDATE call_out
   SET tries = :tries, state = 'failed', error = :error
 WHERE id = :id AND state = 'waiting';

-- call_revive :run
-- in kind text, ref text, now inst
UPDATE call_out
   SET state = 'waiting', tries = 0, next_at = :now
 WHERE ref = :ref AND kind = :kind;

-- call_known :one
-- The state of the newest call, for pages.
-- in kind text, ref text
-- out state text, tries int, next_at inst, error text
SELECT state, tries, next_at, error
  FROM call_out
 WHERE ref = :ref AND kind = :kind
 ORDER BY id DESC
 LIMIT 1;
