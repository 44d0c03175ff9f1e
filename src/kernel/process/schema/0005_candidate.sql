-- Who else may take a task that is offered to several: posts beyond the first,
-- which stands in the task's own row, and people by name.  Rows are there only
-- while nobody has the task; they repeat what a desk is sorted and filtered by,
-- so that a desk is read by an index here too.
CREATE TABLE process_candidate (
  id      INTEGER PRIMARY KEY,
  row_id  INTEGER NOT NULL REFERENCES process_task (id) ON DELETE CASCADE,
  unit    TEXT    NOT NULL,
  duty    TEXT    NOT NULL,   -- '' when a person is named
  account INTEGER,            -- NULL when a post is named
  module  TEXT    NOT NULL,
  key     TEXT    NOT NULL,
  due     INTEGER NOT NULL    -- day, as of the task
);
CREATE INDEX process_candidate_row ON process_candidate (row_id);
CREATE INDEX process_candidate_desk
  ON process_candidate (unit, duty, module, key, due, row_id)
  WHERE account IS NULL;
CREATE INDEX process_candidate_mine
  ON process_candidate (account, module, due, row_id)
  WHERE account IS NOT NULL;

-- All of them in words, for pages; '' when there is one post or one person.
ALTER TABLE process_task ADD COLUMN candidates TEXT NOT NULL DEFAULT '';

DROP VIEW pub_process_task;
CREATE VIEW pub_process_task AS
  SELECT id, case_id, task, node, name, unit, duty, candidates, assignee, owner,
         state, opened, due, made
    FROM process_task;
CREATE VIEW pub_process_candidate AS
  SELECT row_id, unit, duty, account FROM process_candidate;
