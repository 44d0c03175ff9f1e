-- Which room and which process a task is of, kept with it, so that a desk is
-- filtered by its index and not row by row.
ALTER TABLE process_task ADD COLUMN module TEXT NOT NULL DEFAULT '';
ALTER TABLE process_task ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE process_task
   SET module = (SELECT c.module FROM process_case c
                  WHERE c.id = process_task.case_id),
       key = (SELECT d.key FROM process_case c
                JOIN process_def d ON d.id = c.def
               WHERE c.id = process_task.case_id);
DROP INDEX process_task_desk;
DROP INDEX process_task_mine;
CREATE INDEX process_task_desk
  ON process_task (unit, duty, module, key, due, id)
  WHERE assignee IS NULL AND state = 'open';
CREATE INDEX process_task_mine ON process_task (assignee, module, due, id)
  WHERE assignee IS NOT NULL AND state = 'open';
