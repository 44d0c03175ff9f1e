-- The opinion an officer is writing: one a case, saved as they type, seen by
-- their own desk only.  It becomes part of the record with the verb it is for.
CREATE TABLE services_opinion (
  case_id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL,
  text    TEXT    NOT NULL,
  points  TEXT    NOT NULL,   -- codes of what has been checked, space-separated
  saved   INTEGER NOT NULL
);
