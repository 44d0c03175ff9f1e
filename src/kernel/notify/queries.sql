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

-- ---- copies outside ----

-- notify_wish :one
-- in account int
-- out mail text?, quiet bool
SELECT mail, quiet FROM notify_wish WHERE account = :account;

-- notify_wish_put :run
-- in account int, mail text?, quiet bool
INSERT INTO notify_wish (account, mail, quiet)
VALUES (:account, :mail, :quiet)
ON CONFLICT (account) DO UPDATE SET mail = :mail, quiet = :quiet;

-- notify_unwanted :many
-- in account int
-- out about text, way text
SELECT about, way FROM notify_unwanted WHERE account = :account LIMIT 40;

-- notify_unwanted_clear :run
-- in account int
DELETE FROM notify_unwanted WHERE account = :account;

-- notify_unwanted_add :change
-- in account int, about text, way text
INSERT INTO notify_unwanted (account, about, way)
VALUES (:account, :about, :way);

-- notify_delivery_add :change
-- in id int, code text, message int, account int, about text, ref text
-- in way text, place text, made inst
INSERT INTO notify_delivery (id, code, message, account, about, ref, way, place,
                             state, tries, made, why)
VALUES (:id, :code, :message, :account, :about, :ref, :way, :place, 'waiting',
        0, :made, '');

-- notify_delivery_one :one
-- in code text
-- out id int, code text, account int, about text, ref text, way text
-- out state text, tries int
SELECT id, code, account, about, ref, way, state, tries
  FROM notify_delivery
 WHERE code = :code;

-- notify_delivery_set :change
-- in id int, state text, tries int, ended inst?, why text
UPDATE notify_delivery
   SET state = :state, tries = :tries, ended = :ended, why = :why
 WHERE id = :id;

-- ---- a mobile proven by a code ----

-- proof_asked :one
-- How often, since an instant, by each of the three; and the last of the
-- account or the number.
-- in account int, mobile text, client text, since inst
-- out by_account int, by_mobile int, by_client int, latest inst?
SELECT (SELECT count(*) FROM notify_proof
         WHERE account = :account AND made > :since) AS by_account,
       (SELECT count(*) FROM notify_proof
         WHERE mobile = :mobile AND made > :since) AS by_mobile,
       (SELECT count(*) FROM notify_proof
         WHERE client = :client AND made > :since) AS by_client,
       (SELECT max(made) FROM notify_proof
         WHERE made > :since
           AND (account = :account OR mobile = :mobile)) AS latest;

-- proof_add :change
-- in id int, ref text, account int, mobile text, client text, nonce text
-- in made inst, expires inst
INSERT INTO notify_proof (id, ref, account, mobile, client, nonce, tries, made,
                          expires)
VALUES (:id, :ref, :account, :mobile, :client, :nonce, 0, :made, :expires);

-- proof_open :one
-- What an account waits for a code of.
-- in account int, now inst
-- out id int, ref text, mobile text, nonce text, tries int, expires inst
SELECT id, ref, mobile, nonce, tries, expires
  FROM notify_proof
 WHERE account = :account AND ended IS NULL AND expires > :now
 ORDER BY id DESC
 LIMIT 1;

-- proof_one :one
-- in ref text, now inst
-- out mobile text, nonce text
SELECT mobile, nonce
  FROM notify_proof
 WHERE ref = :ref AND ended IS NULL AND expires > :now;

-- proof_try :change
-- A try is counted before the code is compared; the bound is the lock, so that
-- typing in parallel gives no more tries.
-- in id int, most int
UPDATE notify_proof
   SET tries = tries + 1
 WHERE id = :id AND tries < :most AND ended IS NULL;

-- proof_end :change
-- in id int, now inst
UPDATE notify_proof SET ended = :now WHERE id = :id AND ended IS NULL;

-- proof_end_all :run
-- A new code makes the ones before it worthless.
-- in account int, now inst
UPDATE notify_proof SET ended = :now WHERE account = :account AND ended IS NULL;

-- proof_sweep :run
-- in before inst
DELETE FROM notify_proof
 WHERE id IN (SELECT id FROM notify_proof WHERE made < :before
               ORDER BY made LIMIT 500);
