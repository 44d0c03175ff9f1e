-- Only what is over is looked for by its end; a case that runs is not in the
-- index and its moves do not write it.
DROP INDEX process_case_ended;
CREATE INDEX process_case_ended ON process_case (ended)
  WHERE ended IS NOT NULL;
