-- What an organisation's documents are called: many cases, few names.  An
-- officer's words are looked up among these first, so that no long lists of
-- everybody's are walked through to find that the own organisation has none.
CREATE TABLE search_title (
  id   INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  open TEXT NOT NULL,  -- as in search_doc
  UNIQUE (kind, unit, open)
);
-- Only cases and their parts are looked for by organisation.
UPDATE search_doc SET unit = ''
 WHERE unit <> '' AND kind NOT IN ('case', 'part');
INSERT INTO search_title (id, kind, unit, open)
SELECT row_number() OVER (ORDER BY kind, unit, open), kind, unit, open
  FROM (SELECT DISTINCT kind, unit, open FROM search_doc
         WHERE unit <> '') AS named;

-- This document and later ones are not in the index yet (upkeep.c).
CREATE TABLE search_again (
  id INTEGER PRIMARY KEY
);
