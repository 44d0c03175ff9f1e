-- What can be found, as search.c folds it: small letters, half width, one
-- space between words and between scripts.  Kept because the index of either
-- database can only take back what it is told again.
CREATE TABLE search_doc (
  id     INTEGER PRIMARY KEY,  -- the thing's own id: newest first is by it
  kind   TEXT    NOT NULL,     -- item, case
  unit   TEXT    NOT NULL,     -- organisation, or ''
  open   TEXT    NOT NULL,     -- everybody may find it by this
  closed TEXT    NOT NULL      -- personal: only its organisation may
);
