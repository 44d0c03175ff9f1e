-- notify_message_add :change
-- in id int, account int, about text, ref text, title text, body text
-- in link text?, created inst
INSERT INTO notify_message (id, account, about, ref, title, body, link, created)
VALUES (:id, :account, :about, :ref, :title, :body, :link, :created);

-- notify_message_unread_count :one
-- Counting stops at a hundred: the layout says 99+.
-- in account int
-- out unread int
SELECT count(*) AS unread
  FROM (SELECT id FROM notify_message
         WHERE account = :account AND read_at IS NULL
         LIMIT 100) AS newest;

-- notify_messages_page :many
-- A page of the mailbox, the latest first, and one more to know of the next.
-- in account int, skip int
-- out about text, ref text, title text, body text, link text?, created inst
-- out read_at inst?
SELECT about, ref, title, body, link, created, read_at
  FROM notify_message
 WHERE account = :account
 ORDER BY id DESC
 LIMIT 21 OFFSET :skip;

-- notify_messages_read :run
-- All that had come when the page was made; what came since stays unread.
-- in account int, upto inst, now inst
UPDATE notify_message
   SET read_at = :now
 WHERE account = :account AND read_at IS NULL AND created <= :upto;
