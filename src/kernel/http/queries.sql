-- http_answer_find :one
-- What the same submission was answered the first time.
-- in  key text
-- out asked text, location text?, body text
SELECT asked, location, body
  FROM http_answer
 WHERE key = :key;

-- http_answer_keep :change
-- In the command's own transaction: there is an answer exactly when it was done.
-- in  key text, asked text, location text?, body text, made inst
INSERT INTO http_answer (key, asked, location, body, made)
VALUES (:key, :asked, :location, :body, :made);

-- http_answer_sweep :run
-- Nobody asks again after a week.
-- in  before inst
DELETE FROM http_answer
 WHERE made < :before;

-- http_mark_find :one
-- in  name text
-- out name text
SELECT name
  FROM http_mark
 WHERE name = :name;

-- http_mark_add :run
-- Once is enough.
-- in  name text
INSERT INTO http_mark (name) VALUES (:name)
    ON CONFLICT (name) DO NOTHING;
