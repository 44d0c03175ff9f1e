-- job_outbox_add :change
-- in id int, event text, ref text, payload text?, listener text, tries int
-- in created inst, due inst
INSERT INTO job_outbox (id, event, ref, payload, listener, tries, created, due)
VALUES (:id, :event, :ref, :payload, :listener, :tries, :created, :due);

-- job_outbox_due :many
-- What may be delivered now, the oldest first.
-- in now inst
-- out id int, event text, listener text
SELECT id, event, listener
  FROM job_outbox
 WHERE due <= :now
 ORDER BY due, id
 LIMIT 200;

-- job_outbox_one :one
-- in id int
-- out id int, event text, ref text, payload text?, listener text, tries int
-- out created inst
SELECT id, event, ref, payload, listener, tries, created
  FROM job_outbox
 WHERE id = :id;

-- job_outbox_done :change
-- Exactly one: whoever finds the row gone was not the first, and all the work
-- done beside this is undone with it.
-- in id int
DELETE FROM job_outbox
 WHERE id = :id;

-- job_outbox_later :change
-- The tries in the condition: a failure is counted once.
-- in id int, tries int, due inst
UPDATE job_outbox
   SET tries = :tries + 1, due = :due
 WHERE id = :id AND tries = :tries;

-- job_outbox_waiting :one
-- scan ok: holds only what is under way
-- out waiting int, oldest inst?
SELECT count(*) AS waiting, min(created) AS oldest
  FROM job_outbox;

-- job_incident_add :change
-- in id int, code text, kind text, name text, ref text, payload text?
-- in listener text, tries int, error text, opened inst
INSERT INTO job_incident (id, code, kind, name, ref, payload, listener, tries,
                          error, opened)
VALUES (:id, :code, :kind, :name, :ref, :payload, :listener, :tries,
        :error, :opened);

-- job_incidents :many
-- What waits for the administrator, the latest first.
-- out code text, kind text, name text, ref text, listener text, tries int
-- out error text, opened inst
SELECT code, kind, name, ref, listener, tries, error, opened
  FROM job_incident
 WHERE closed IS NULL
 ORDER BY opened DESC, id DESC
 LIMIT 200;

-- job_incident_one :one
-- in code text
-- out id int, kind text, name text, ref text, payload text?, listener text
SELECT id, kind, name, ref, payload, listener
  FROM job_incident
 WHERE code = :code AND closed IS NULL;

-- job_incident_close :change
-- in id int, closed inst
UPDATE job_incident
   SET closed = :closed
 WHERE id = :id AND closed IS NULL;

-- job_incident_of_job :one
-- in name text
-- out open int
SELECT count(*) AS open
  FROM job_incident
 WHERE closed IS NULL AND kind = 'job' AND name = :name;

-- job_incident_job_well :run
-- in name text, closed inst
UPDATE job_incident
   SET closed = :closed
 WHERE closed IS NULL AND kind = 'job' AND name = :name;
