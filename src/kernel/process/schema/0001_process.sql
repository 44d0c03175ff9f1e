-- Running cases of processes: what is under way, and what happened.
--
-- A definition is what was deployed, a process or a decision table, with the
-- span in which it was in force; a row is one act of bringing it into force and
-- is never rewritten but for its end.  A case keeps the process it began with
-- and asks the tables that were in force when it began.
CREATE TABLE process_def (
  id       INTEGER PRIMARY KEY,
  kind     TEXT    NOT NULL CHECK (kind IN ('process', 'table')),
  key      TEXT    NOT NULL,   -- workorder, canyin
  version  INTEGER NOT NULL,   -- as people call it; an older one may return
  title    TEXT    NOT NULL,
  xml      TEXT    NOT NULL,
  digest   BLOB    NOT NULL,   -- SHA-256 of xml
  deployed INTEGER NOT NULL,   -- instants
  retired  INTEGER             -- NULL: in force
);
CREATE INDEX process_def_key ON process_def (kind, key, id);
CREATE UNIQUE INDEX process_def_live ON process_def (kind, key)
  WHERE retired IS NULL;

-- A case.  body is the engine's state (kernel/flow/blob.c); state, ended repeat
-- what it says for lists.  revision grows with every command.  module and number
-- are the owner's: who started it and what people call it.
CREATE TABLE process_case (
  id        INTEGER PRIMARY KEY,
  number    TEXT    NOT NULL UNIQUE,
  def       INTEGER NOT NULL REFERENCES process_def (id),
  module    TEXT    NOT NULL,  -- matters, services
  title     TEXT    NOT NULL,
  unit      TEXT    NOT NULL,  -- whose desks its tasks land on by default
  applicant INTEGER NOT NULL,  -- account, or 0
  began     INTEGER NOT NULL,
  ended     INTEGER,
  due       INTEGER NOT NULL,  -- day; a day far away when there is none
  state     TEXT    NOT NULL CHECK (state IN ('running', 'held', 'stuck',
                      'done', 'failed', 'stopped', 'refused')),
  revision  INTEGER NOT NULL,
  moved     INTEGER,           -- the move that brought it to def, if one did
  body      BLOB    NOT NULL
);
CREATE INDEX process_case_def ON process_case (def, id) WHERE ended IS NULL;
CREATE INDEX process_case_ended ON process_case (ended);

-- Tasks somebody or something must do; one that is over is an event, no row.
-- assignee NULL: on the desk of everybody who holds duty in unit.
CREATE TABLE process_task (
  id        INTEGER PRIMARY KEY,
  case_id   INTEGER NOT NULL REFERENCES process_case (id),
  task      INTEGER NOT NULL,  -- the engine's number inside the case
  node      TEXT    NOT NULL,  -- element id in the process
  name      TEXT    NOT NULL,  -- of the element
  unit      TEXT    NOT NULL,
  duty      TEXT    NOT NULL,  -- 承办岗; '' when a person is named only
  assignee  INTEGER,           -- account
  owner     INTEGER,           -- who delegated it (委托)
  state     TEXT    NOT NULL CHECK (state IN ('open', 'held', 'work')),
  opened    INTEGER NOT NULL CHECK (opened IN (0, 1)),
  due       INTEGER NOT NULL,  -- day, as of the case
  made      INTEGER NOT NULL
);
CREATE INDEX process_task_case ON process_task (case_id, task);
CREATE INDEX process_task_desk ON process_task (unit, duty, due, id)
  WHERE assignee IS NULL AND state = 'open';
CREATE INDEX process_task_mine ON process_task (assignee, due, id)
  WHERE state = 'open';

-- The next instant at which the engine must look at a case; none, no row.
-- generation is the revision that set it: an older wish is not heard.
CREATE TABLE process_timer (
  case_id    INTEGER PRIMARY KEY REFERENCES process_case (id),
  due        INTEGER NOT NULL,
  generation INTEGER NOT NULL
);
CREATE INDEX process_timer_due ON process_timer (due, case_id);

-- What a case waits to hear.
CREATE TABLE process_sub (
  kind    TEXT    NOT NULL CHECK (kind IN ('message', 'signal')),
  name    TEXT    NOT NULL,
  case_id INTEGER NOT NULL REFERENCES process_case (id),
  PRIMARY KEY (kind, name, case_id)
);
CREATE INDEX process_sub_case ON process_sub (case_id);

-- What happened: one row a command, with everything needed to do it again, so
-- that the state of a case is never more than a replay away.  Rows are appended
-- and go only when the whole case is in the archive (0002).
CREATE TABLE process_event (
  case_id INTEGER NOT NULL REFERENCES process_case (id),
  seq     INTEGER NOT NULL,   -- revision it made: 1, 2, 3 …
  at      INTEGER NOT NULL,
  actor   INTEGER NOT NULL,   -- account; 0: the system
  name    TEXT    NOT NULL,   -- of the actor, at that time
  verb    TEXT    NOT NULL,
  node    TEXT    NOT NULL,   -- of the task it was about, or ''
  task    INTEGER NOT NULL,   -- or 0
  detail  TEXT    NOT NULL,   -- JSON: the rest of the command
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX process_event_actor ON process_event (actor, at)
  WHERE verb = 'complete';

-- Commands answered lately, by the digest of their key: the same again gets the
-- same answer and does nothing.  Rows go after a week.
CREATE TABLE process_cmd (
  id       INTEGER PRIMARY KEY, -- 63 bits of the SHA-256 of the key
  case_id  INTEGER NOT NULL,
  verb     TEXT    NOT NULL,
  revision INTEGER NOT NULL,
  at       INTEGER NOT NULL
);
CREATE INDEX process_cmd_at ON process_cmd (at);

-- A case that cannot go on by itself, until a person has seen to it.
CREATE TABLE process_incident (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES process_case (id),
  token   INTEGER NOT NULL,   -- of the engine; 0: the case cannot be read
  node    TEXT    NOT NULL,
  text    TEXT    NOT NULL,   -- a sentence for the administrator
  opened  INTEGER NOT NULL,
  closed  INTEGER,
  how     TEXT,               -- retry, hand, cancel, gone
  actor   INTEGER             -- who saw to it
);
CREATE INDEX process_incident_open ON process_incident (id)
  WHERE closed IS NULL;
CREATE INDEX process_incident_case ON process_incident (case_id);

-- Moving running cases to another version: a batch, its map, how far it is.
CREATE TABLE process_move (
  id       INTEGER PRIMARY KEY,
  from_def INTEGER NOT NULL REFERENCES process_def (id),
  to_def   INTEGER NOT NULL REFERENCES process_def (id),
  map      TEXT    NOT NULL,  -- JSON: old element → new element
  undoes   INTEGER,           -- the move this one takes back
  state    TEXT    NOT NULL CHECK (state IN ('running', 'done')),
  total    INTEGER NOT NULL,
  moved    INTEGER NOT NULL,
  refused  INTEGER NOT NULL,
  after    INTEGER NOT NULL,  -- id of the last case looked at
  problem  TEXT    NOT NULL,  -- the first refusal
  actor    INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  opened   INTEGER NOT NULL,
  closed   INTEGER
);
CREATE INDEX process_move_open ON process_move (id) WHERE state = 'running';

-- Finished years: a case whole -- row and events -- as compressed JSON.
CREATE TABLE process_archive (
  case_id INTEGER PRIMARY KEY,
  number  TEXT    NOT NULL UNIQUE,
  ended   INTEGER NOT NULL,
  body    BLOB    NOT NULL
);

-- What others may read.
CREATE VIEW pub_process_def AS
  SELECT id, kind, key, version, title, deployed, retired FROM process_def;
CREATE VIEW pub_process_case AS
  SELECT id, number, def, module, title, unit, applicant, began, ended, due,
         state, revision
    FROM process_case;
CREATE VIEW pub_process_task AS
  SELECT id, case_id, task, node, name, unit, duty, assignee, owner, state,
         opened, due, made
    FROM process_task;
CREATE VIEW pub_process_event AS
  SELECT case_id, seq, at, actor, name, verb, node, task, detail
    FROM process_event;
