-- A closed case done again: on a complaint that was right, a decision of
-- reconsideration, a judgment, or an error found.
--
-- The old case is never touched: its record, its process, its figures stay.  The
-- new run is a part below it, or below the joint case it was a part of, with a
-- number (the old one with R behind it: 重), a process and clocks of its own;
-- reopens says whose place it takes.
-- Figures count the matter once, as what was filed and ended the first time.
ALTER TABLE services_case ADD COLUMN reopens INTEGER; -- id of the old case
CREATE UNIQUE INDEX services_case_reopens ON services_case (reopens)
  WHERE reopens IS NOT NULL;

CREATE VIEW pub_services_reopened AS
  SELECT id, number, reopens, unit, state, open
    FROM services_case
   WHERE reopens IS NOT NULL;

-- The steps everybody sees on the thread, in their words: what a complaint can
-- be about.
CREATE VIEW pub_services_step AS
  SELECT e.id, e.case_id, e.at, e.verb, e.text, e.actor
    FROM services_event e
   WHERE e.open = 1;
