-- A case another one has called: whose call activity waits for its end.  parent
-- is no reference, for a finished parent may be in the archive before its child
-- is.
ALTER TABLE process_case ADD COLUMN parent INTEGER;
ALTER TABLE process_case ADD COLUMN parent_task INTEGER;
CREATE INDEX process_case_parent ON process_case (parent, parent_task)
  WHERE parent IS NOT NULL;

CREATE VIEW pub_process_call AS
  SELECT id, number, parent, parent_task, ended
    FROM process_case
   WHERE parent IS NOT NULL;
