-- A task with a limit of its own (zt:clock of its step): limit_ref is what its
-- clock is kept under, NUMBER/TASK; its day is that clock's and not the case's.
ALTER TABLE process_task ADD COLUMN limit_ref TEXT;
CREATE UNIQUE INDEX process_task_limit ON process_task (limit_ref)
  WHERE limit_ref IS NOT NULL;

DROP VIEW pub_process_task;
CREATE VIEW pub_process_task AS
  SELECT id, case_id, task, node, name, unit, duty, candidates, assignee, owner,
         state, opened, due, made, limit_ref
    FROM process_task;
-- For who watches the clocks: what a step is called, and of which process.
CREATE VIEW pub_process_limit AS
  SELECT t.limit_ref AS ref, t.name, t.module, c.number, d.title AS kind
    FROM process_task t
    JOIN process_case c ON c.id = t.case_id
    JOIN process_def d ON d.id = c.def
   WHERE t.limit_ref IS NOT NULL;
