-- search_doc_read :one
-- What the index was told of a document.
-- in  id int
-- out kind text, unit text, open text, closed text
SELECT kind, unit, open, closed FROM search_doc WHERE id = :id;

-- search_doc_put :run
-- in id int, kind text, unit text, open text, closed text, terms text
INSERT INTO search_doc (id, kind, unit, open, closed)
VALUES (:id, :kind, :unit, :open, :closed)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, unit = excluded.unit,
  open = excluded.open, closed = excluded.closed;
-- pg
INSERT INTO search_doc (id, kind, unit, open, closed, terms)
VALUES (:id, :kind, :unit, :open, :closed,
        array_to_tsvector(string_to_array(:terms, ' ')))
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, unit = excluded.unit,
  open = excluded.open, closed = excluded.closed, terms = excluded.terms;

-- search_doc_add :change
-- in id int, kind text, unit text, open text, closed text, terms text
INSERT INTO search_doc (id, kind, unit, open, closed)
VALUES (:id, :kind, :unit, :open, :closed);
-- pg
INSERT INTO search_doc (id, kind, unit, open, closed, terms)
VALUES (:id, :kind, :unit, :open, :closed,
        array_to_tsvector(string_to_array(:terms, ' ')));

-- search_doc_drop :run
-- in id int
DELETE FROM search_doc WHERE id = :id;

-- search_index_add :run
-- SQLite only; PostgreSQL keeps its terms in search_doc.
-- in id int, open text, closed text, marks text
INSERT INTO search_index (rowid, open, closed, marks)
VALUES (:id, :open, :closed, :marks);
-- pg
UPDATE search_doc SET kind = kind
 WHERE id = :id AND :open = :closed AND :marks = '';

-- search_index_drop :run
-- SQLite only: an index without content takes back the very terms it got.
-- in id int, open text, closed text, marks text
INSERT INTO search_index (search_index, rowid, open, closed, marks)
VALUES ('delete', :id, :open, :closed, :marks);
-- pg
UPDATE search_doc SET kind = kind
 WHERE id = :id AND :open = :closed AND :marks = '';

-- search_title_read :one
-- in  kind text, unit text, open text
-- out id int
SELECT id FROM search_title
 WHERE kind = :kind AND unit = :unit AND open = :open;

-- search_title_add :run
-- in id int, kind text, unit text, open text
INSERT INTO search_title (id, kind, unit, open)
VALUES (:id, :kind, :unit, :open)
ON CONFLICT (kind, unit, open) DO NOTHING;

-- search_titles :many
-- in  kind text, unit text, max int
-- out id int, open text
SELECT id, open FROM search_title
 WHERE kind = :kind AND unit = :unit
 ORDER BY open LIMIT :max;

-- search_again_from :one
-- scan ok: one row at most
-- out id int
SELECT id FROM search_again;

-- search_again_on :change
-- scan ok: one row
-- in id int
UPDATE search_again SET id = :id;

-- search_again_end :change
-- scan ok: one row
DELETE FROM search_again;

-- search_again_docs :many
-- in  id int, max int
-- out id int, kind text, unit text, open text, closed text
SELECT id, kind, unit, open, closed FROM search_doc
 WHERE id >= :id ORDER BY id LIMIT :max;

-- search_index_merge :run
-- SQLite only: so many pages of pieces of the index are written as fewer ones.
-- in pages int
INSERT INTO search_index (search_index, rank) VALUES ('merge', :pages);
-- pg
DELETE FROM search_again WHERE id = :pages AND id < 0;

-- search_index_settle :run
-- SQLite only: all pieces become one.
INSERT INTO search_index (search_index) VALUES ('optimize');
-- pg
DELETE FROM search_again WHERE id < 0;

-- search_open :many
-- By what everybody may find.  patterns: each must stand in the text.  A common
-- word is found by walking back from the newest, a rare one by the index; only
-- a plan made for the words at hand knows which.
-- plan each time
-- in  terms text, patterns text, before int, max int
-- out id int
SELECT rowid AS id FROM search_index
 WHERE search_index MATCH :terms AND rowid < :before
 ORDER BY rowid DESC LIMIT :max;
-- pg
SELECT id FROM search_doc
 WHERE terms @@ CAST(:terms AS tsquery) AND id < :before
   AND open LIKE ALL (CAST(:patterns AS text[]))
 ORDER BY id DESC LIMIT :max;

-- search_all :many
-- Also by what only its own organisation may.
-- plan each time
-- in  terms text, patterns text, before int, max int
-- out id int
SELECT rowid AS id FROM search_index
 WHERE search_index MATCH :terms AND rowid < :before
 ORDER BY rowid DESC LIMIT :max;
-- pg
SELECT id FROM search_doc
 WHERE terms @@ CAST(:terms AS tsquery) AND id < :before
   AND open || ' ' || closed LIKE ALL (CAST(:patterns AS text[]))
 ORDER BY id DESC LIMIT :max;
