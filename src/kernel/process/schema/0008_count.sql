-- How many cases run on a definition: kept in the command that begins, ends or
-- moves one, so that the page of what runs counts none.  `zhengtong check`
-- counts again.
CREATE TABLE process_count (
  def     INTEGER PRIMARY KEY REFERENCES process_def (id),
  running INTEGER NOT NULL
);
INSERT INTO process_count (def, running)
SELECT def, count(*) FROM process_case WHERE ended IS NULL GROUP BY def;

CREATE VIEW pub_process_count AS SELECT def, running FROM process_count;
