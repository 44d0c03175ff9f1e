-- How much is open, by organisation, state and day of urgency, so that no page
-- ever counts cases.  unit '' is the city's board: each matter once; an
-- organisation's rows are its desk: singles and parts.  Kept in the same
-- transaction with every change of a case (open_figures.c); `zhengtong check`
-- counts again.  No trigger keeps them: a statement with a trigger makes SQLite
-- write the full text of each command by itself, which halves what the writer
-- can take.
CREATE TABLE services_open (
  unit     TEXT    NOT NULL,
  state    TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  sort_due INTEGER NOT NULL,
  cases    INTEGER NOT NULL,       -- never 0: the row goes instead
  PRIMARY KEY (unit, state, kind, sort_due)
);
INSERT INTO services_open (unit, state, kind, sort_due, cases)
SELECT '', state, kind, sort_due, count(*)
  FROM services_case
 WHERE open = 1 AND kind <> 'part'
 GROUP BY state, kind, sort_due
UNION ALL
SELECT unit, state, kind, sort_due, count(*)
  FROM services_case
 WHERE open = 1 AND kind <> 'joint'
 GROUP BY unit, state, kind, sort_due;

CREATE VIEW pub_services_open AS
  SELECT unit, state, kind, sort_due, cases FROM services_open;
