-- The one thing this room keeps.  Say why each column is there, who may see it,
-- and which article asks for it.
CREATE TABLE blank_note (
  id    INTEGER PRIMARY KEY,
  title TEXT    NOT NULL
);
