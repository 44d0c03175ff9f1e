-- auth_unit_insert :change
-- in code text, name text, short_name text, kind text, parent text?
-- in credit_code text?, phone text?, address text?, hours text?, hall bool
-- in field text?, doc_prefix text?, position int
INSERT INTO auth_unit (code, name, short_name, kind, parent, credit_code, phone,
                       address, hours, hall, field, doc_prefix, position)
VALUES (:code, :name, :short_name, :kind, :parent, :credit_code, :phone,
        :address, :hours, :hall, :field, :doc_prefix, :position);

-- auth_unit_one :one
-- in code text
-- out code text, name text, short_name text, kind text, parent text?
-- out credit_code text?, phone text?, address text?, hours text?, hall bool
-- out field text?, doc_prefix text?, position int
SELECT code, name, short_name, kind, parent, credit_code, phone, address, hours,
       hall, field, doc_prefix, position
  FROM auth_unit
 WHERE code = :code;

-- auth_account_taken :one
-- How many accounts already have one of the three; NULL matches nothing.
-- in login text, mobile text?, citizen_id text?, kind text
-- out taken int
SELECT count(*) AS taken
  FROM auth_account
 WHERE login = :login
    OR (mobile = :mobile AND kind = :kind)
    OR (citizen_id = :citizen_id AND kind = :kind);

-- auth_account_insert :change
-- in id int, login text, name text, public_name text?, kind text
-- in mobile text?, citizen_id text?, password text, created inst
INSERT INTO auth_account (id, login, name, public_name, kind, mobile,
                          citizen_id, password, state, created, failed,
                          totp_step)
VALUES (:id, :login, :name, :public_name, :kind, :mobile,
        :citizen_id, :password, 'active', :created, 0,
        0);

-- auth_account_shown :one
-- A demonstration account on the log-in page.
-- in login text
-- out login text, name text, role text
SELECT a.login, a.name, coalesce(p.role, 'resident') AS role
  FROM auth_account a
  LEFT JOIN auth_post p ON p.account = a.id AND p.main = 1
 WHERE a.login = :login;

-- auth_account_person :one
-- An account's own data, for its owner's forms.
-- in id int
-- out login text, name text, kind text, mobile text?, citizen_id text?
-- out mobile_proven inst?
SELECT login, name, kind, mobile, citizen_id, mobile_proven
  FROM auth_account
 WHERE id = :id;

-- auth_account_of_citizen :one
-- The resident whose name, number and mobile are all as told.
-- in citizen_id text, name text, mobile text
-- out id int
SELECT id
  FROM auth_account
 WHERE citizen_id = :citizen_id AND kind = 'resident' AND state = 'active'
   AND name = :name AND mobile = :mobile;

-- auth_account_called :one
-- The resident of this name and mobile, when the mobile is proven.
-- in name text, mobile text
-- out id int
SELECT id
  FROM auth_account
 WHERE mobile = :mobile AND kind = 'resident' AND state = 'active'
   AND name = :name AND mobile_proven IS NOT NULL;

-- auth_account_by_login :one
-- For log-in: by login name, else by mobile; when a mobile belongs to an officer
-- and to a resident the resident's account is meant.
-- in login text
-- out id int, login text, name text, kind text, password text, state text
-- out failed int, failed_at inst?, locked_until inst?, totp_secret text?, totp_step int
SELECT id, login, name, kind, password, state, failed, failed_at,
       locked_until, totp_secret, totp_step
  FROM auth_account
 WHERE login = :login OR mobile = :login
 ORDER BY CASE WHEN login = :login THEN 0 WHEN kind = 'resident' THEN 1
               ELSE 2 END, id
 LIMIT 1;

-- auth_account_for_login :one
-- The same facts once more inside the command that signs in: what the slow step
-- saw may be old.
-- in id int
-- out id int, login text, name text, kind text, password text, state text
-- out failed int, failed_at inst?, locked_until inst?, totp_secret text?, totp_step int
SELECT id, login, name, kind, password, state, failed, failed_at,
       locked_until, totp_secret, totp_step
  FROM auth_account
 WHERE id = :id;

-- auth_account_failed :change
-- in id int, failed int, failed_at inst?, locked_until inst?
UPDATE auth_account
   SET failed = :failed, failed_at = :failed_at, locked_until = :locked_until
 WHERE id = :id;

-- auth_account_code_used :change
-- The condition is the lock: a code of this step or an earlier one is spent.
-- in id int, step int
UPDATE auth_account
   SET totp_step = :step
 WHERE id = :id AND totp_step < :step;

-- auth_account_password :change
-- The old hash in the condition: of two changes at once, one wins.
-- in id int, old text, new text
UPDATE auth_account
   SET password = :new, failed = 0, failed_at = NULL, locked_until = NULL
 WHERE id = :id AND password = :old;

-- auth_account_second_factor :change
-- in id int, secret text?, step int
UPDATE auth_account
   SET totp_secret = :secret, totp_step = :step
 WHERE id = :id;

-- auth_post_insert :change
-- in id int, account int, unit text, role text, title text, phone text?
-- in from_day day, main bool
INSERT INTO auth_post (id, account, unit, role, title, phone, from_day, main)
VALUES (:id, :account, :unit, :role, :title, :phone, :from_day, :main);

-- auth_post_admins :one
-- Administrator roles other than this one that a person holds today.
-- in account int, role text
-- out held int
SELECT count(*) AS held
  FROM auth_post
 WHERE account = :account AND to_day IS NULL AND role <> :role
   AND role IN ('system_admin', 'security_admin', 'audit_admin');

-- auth_posts_of :many
-- in account int, today day
-- out id int, unit text, unit_name text, role text, title text, main bool
SELECT p.id, p.unit, u.name AS unit_name, p.role, p.title, p.main
  FROM auth_post p
  JOIN auth_unit u ON u.code = p.unit
 WHERE p.account = :account AND p.from_day <= :today
   AND (p.to_day IS NULL OR p.to_day >= :today)
 ORDER BY p.main DESC, p.id
 LIMIT 50;

-- auth_session_insert :change
-- in digest text, account int, post int?, created inst, expires inst, via text
-- in client text
INSERT INTO auth_session (digest, account, post, created, seen, expires, via,
                          client)
VALUES (:digest, :account, :post, :created, :created, :expires, :via, :client);

-- auth_session_one :one
-- Who a token is.  A post that has ended leaves the person without a desk.
-- in digest text, today day
-- out account int, name text, kind text, created inst, seen inst, expires inst
-- out via text, post int?, unit text?, role text?
SELECT s.account, a.name, a.kind, s.created, s.seen, s.expires, s.via,
       p.id AS post, p.unit, p.role
  FROM auth_session s
  JOIN auth_account a ON a.id = s.account
  LEFT JOIN auth_post p ON p.id = s.post AND p.from_day <= :today
                       AND (p.to_day IS NULL OR p.to_day >= :today)
 WHERE s.digest = :digest AND a.state = 'active';

-- auth_session_seen :run
-- in digest text, seen inst
UPDATE auth_session
   SET seen = :seen
 WHERE digest = :digest AND seen < :seen;

-- auth_session_post :change
-- in digest text, post int, via text
UPDATE auth_session
   SET post = :post, via = :via
 WHERE digest = :digest;

-- auth_session_end :run
-- in digest text
DELETE FROM auth_session
 WHERE digest = :digest;

-- auth_sessions_of :many
-- The sessions of a person, the latest first.
-- in account int
-- out digest text, created inst, seen inst, via text, client text
SELECT digest, created, seen, via, client
  FROM auth_session
 WHERE account = :account
 ORDER BY created DESC
 LIMIT 100;

-- auth_session_end_others :run
-- in account int, digest text
DELETE FROM auth_session
 WHERE account = :account AND digest <> :digest;

-- auth_sessions_sweep :run
-- in now inst
DELETE FROM auth_session
 WHERE digest IN (SELECT digest FROM auth_session WHERE expires < :now
                   ORDER BY expires LIMIT 500);

-- auth_duty_insert :change
-- in id int, unit text, duty text, account int, stands_for int?, from_day day
-- in to_day day?
INSERT INTO auth_duty (id, unit, duty, account, stands_for, from_day, to_day)
VALUES (:id, :unit, :duty, :account, :stands_for, :from_day, :to_day);

-- auth_duty_overlaps :one
-- Has this person that duty already on one of those days?  In his own right and
-- for another are different things.
-- in unit text, duty text, account int, stands_for int?, from_day day
-- in to_day day?
-- out held int
SELECT count(*) AS held
  FROM auth_duty
 WHERE unit = :unit AND duty = :duty AND account = :account
   AND coalesce(stands_for, 0) = coalesce(:stands_for, 0)
   AND (to_day IS NULL OR to_day >= :from_day)
   AND (CAST(:to_day AS INTEGER) IS NULL OR from_day <= :to_day);

-- auth_duty_covers :one
-- Does the person stood in for hold that duty himself on the first day?
-- in unit text, duty text, account int, from_day day
-- out held int
SELECT count(*) AS held
  FROM auth_duty
 WHERE unit = :unit AND duty = :duty AND account = :account
   AND stands_for IS NULL AND from_day <= :from_day
   AND (to_day IS NULL OR to_day >= :from_day);

-- auth_duty_staff :one
-- An officer who may still sign in.
-- in account int
-- out id int
SELECT id FROM auth_account
 WHERE id = :account AND kind = 'staff' AND state = 'active';

-- auth_duty_one :one
-- in id int
-- out unit text, duty text, account int, stands_for int?, from_day day
-- out to_day day?
SELECT unit, duty, account, stands_for, from_day, to_day
  FROM auth_duty
 WHERE id = :id;

-- auth_duty_end :change
-- The last day moves only towards the past, and not before the day before the
-- first.
-- in id int, last day
UPDATE auth_duty
   SET to_day = :last
 WHERE id = :id AND (to_day IS NULL OR to_day > :last)
   AND :last >= from_day - 1;

-- auth_duties_of :many
-- What a person holds on a day, his own first.
-- in account int, today day
-- out id int, unit text, duty text, stands_for int?
SELECT id, unit, duty, stands_for
  FROM auth_duty
 WHERE account = :account AND from_day <= :today
   AND (to_day IS NULL OR to_day >= :today)
 ORDER BY CASE WHEN stands_for IS NULL THEN 0 ELSE 1 END, unit, duty, id
 LIMIT 50;

-- auth_duty_holders :many
-- Who holds a duty of an organisation on a day, in his own right first.
-- in unit text, duty text, today day
-- out account int, name text, stands_for int?
SELECT d.account, a.public_name AS name, d.stands_for
  FROM auth_duty d
  JOIN auth_account a ON a.id = d.account
 WHERE d.unit = :unit AND d.duty = :duty AND d.from_day <= :today
   AND (d.to_day IS NULL OR d.to_day >= :today) AND a.state = 'active'
   AND a.kind = 'staff'
 ORDER BY CASE WHEN d.stands_for IS NULL THEN 0 ELSE 1 END, d.id
 LIMIT 200;

-- auth_datum_taken :one
-- Is this another resident's already?  NULL matches nothing.
-- in mobile text?, citizen_id text?
-- out taken int
SELECT count(*) AS taken
  FROM auth_account
 WHERE kind = 'resident'
   AND (mobile = :mobile OR citizen_id = :citizen_id);

-- auth_account_name :change
-- What it was is the lock: of two corrections one wins.
-- in id int, was text, becomes text
UPDATE auth_account
   SET name = :becomes
 WHERE id = :id AND kind = 'resident' AND name = :was;

-- auth_account_mobile :change
-- in id int, was text, becomes text
UPDATE auth_account
   SET mobile = :becomes, mobile_proven = NULL
 WHERE id = :id AND kind = 'resident' AND mobile = :was;

-- auth_mobile_taken :one
-- Do others sign in with this number, or have it?
-- in id int, mobile text
-- out taken int
SELECT count(*) AS taken
  FROM auth_account
 WHERE id <> :id
   AND (login = :mobile OR (mobile = :mobile AND kind = 'resident'));

-- auth_mobile_proven :change
-- Who signed in with the number before signs in with the new one.
-- in id int, mobile text, now inst
UPDATE auth_account
   SET login = CASE WHEN login = mobile THEN :mobile ELSE login END,
       mobile = :mobile, mobile_proven = :now
 WHERE id = :id AND kind = 'resident';

-- auth_account_citizen :change
-- in id int, was text, becomes text
UPDATE auth_account
   SET citizen_id = :becomes
 WHERE id = :id AND kind = 'resident' AND citizen_id = :was;
