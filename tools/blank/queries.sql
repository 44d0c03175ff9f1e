-- blank_note_newest :many public
-- What the list shows, newest first.
-- out title text
SELECT title
  FROM blank_note
 ORDER BY id DESC
 LIMIT 50;
