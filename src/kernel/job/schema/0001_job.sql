-- What still has to be told to somebody.  A signal is one row, written in the
-- transaction of what happened; listener is '' until the runner has found out
-- who listens, then one row for each of them.  A row goes when its work is
-- durable, so the table holds only what is under way.
CREATE TABLE job_outbox (
  id       INTEGER PRIMARY KEY,
  event    TEXT    NOT NULL,    -- case.accepted
  ref      TEXT    NOT NULL,    -- public number of the matter
  payload  TEXT,                -- JSON
  listener TEXT    NOT NULL,    -- module, or ''
  tries    INTEGER NOT NULL,
  created  INTEGER NOT NULL,
  due      INTEGER NOT NULL     -- not before this instant
);
CREATE INDEX job_outbox_due ON job_outbox (due, id);

-- What has failed ten times and waits for a person.  kind 'signal': the row of
-- the outbox moved here whole; kind 'job': a module's periodic work, still tried
-- at its pace, the incident closing by itself when it succeeds.
CREATE TABLE job_incident (
  id       INTEGER PRIMARY KEY,
  code     TEXT    NOT NULL UNIQUE, -- random, in addresses
  kind     TEXT    NOT NULL CHECK (kind IN ('signal', 'job')),
  name     TEXT    NOT NULL,    -- event, or name of the job
  ref      TEXT    NOT NULL,
  payload  TEXT,
  listener TEXT    NOT NULL,
  tries    INTEGER NOT NULL,
  error    TEXT    NOT NULL,    -- last one: conflict, store, ...
  opened   INTEGER NOT NULL,
  closed   INTEGER              -- NULL: waits
);
CREATE INDEX job_incident_open ON job_incident (closed, opened);

CREATE VIEW pub_job_incident AS
  SELECT code, kind, name, ref, listener, tries, error, opened, closed
    FROM job_incident;
