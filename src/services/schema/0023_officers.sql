-- What an organisation closed, newest first; who closed it and whether late
-- stands in the index, so that a year of a department is added up from it alone
-- (open and kind too: SQLite asks for them although the index implies them).
DROP INDEX services_case_desk_done;
CREATE INDEX services_case_desk_done
  ON services_case (unit, closed, officer_name, late, kind, open)
  WHERE open = 0 AND kind <> 'joint';
