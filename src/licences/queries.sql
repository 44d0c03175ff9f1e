-- grant_one :one
-- What was granted under this number.
-- in  number text
-- out number text, title text, unit text, item text, applicant int
-- out applicant_name text, applicant_code text?, result_no text?
-- out closed_day day, result text?, answers text?
SELECT number, title, unit, item, applicant, applicant_name, applicant_code,
       result_no, closed_day, result, answers
  FROM pub_services_granted
 WHERE number = :number;

-- grants_with_result :many
-- For the demonstration city: the newest or the oldest of one organisation's
-- granted cases whose result is this one.
-- scan ok: read by the loader only
-- in  result text, from day, to day
-- out number text, answers text?
SELECT number, answers
  FROM pub_services_granted
 WHERE result = :result AND closed_day >= :from AND closed_day < :to
 ORDER BY closed DESC, number
 LIMIT 12;

-- grants_between :many
-- For the demonstration city: granted cases of a time, all results mixed.
-- scan ok: read by the loader only
-- in  from day, to day
-- out number text, result text?, answers text?
SELECT number, result, answers
  FROM pub_services_granted
 WHERE closed_day >= :from AND closed_day < :to AND result LIKE '%证%'
 ORDER BY closed DESC, number
 LIMIT 6000;

-- grants_to :many
-- For the demonstration city: what one account was granted.
-- scan ok: read by the loader only
-- in  account int
-- out number text, unit text, answers text?
SELECT number, unit, answers
  FROM pub_services_granted
 WHERE applicant = :account
 ORDER BY number
 LIMIT 20;

-- unit_issuing :one
-- in  code text
-- out name text, credit_code text?
SELECT name, credit_code FROM pub_auth_unit WHERE code = :code;

-- licence_known :one
-- in  case_no text
-- out licences int
SELECT count(*) AS licences FROM licences_licence WHERE case_no = :case_no;

-- number_taken :one
-- in  number text
-- out licences int
SELECT count(*) AS licences FROM licences_licence WHERE number = :number;

-- serial_start :run
-- in  of int
INSERT INTO licences_series (of, last) VALUES (:of, 0)
ON CONFLICT (of) DO NOTHING;

-- serial_step :change
-- in  of int
UPDATE licences_series SET last = last + 1 WHERE of = :of;

-- serial_last :one
-- in  of int
-- out last int
SELECT last FROM licences_series WHERE of = :of;

-- licence_add :change
-- in  id int, identifier text, type text, name text, number text, version int
-- in  secret text, holder_name text, holder_code text?, holder_open text
-- in  account int, unit text, item text, title text, case_no text, facts text
-- in  address text, made inst, demo int, issued day, valid_from day
-- in  valid_to day?, deliver_by day
INSERT INTO licences_licence (id, identifier, type, name, number, version,
                              secret, holder_name, holder_code, holder_open,
                              account, unit, item, title, case_no, facts,
                              address, made, demo, issued, valid_from,
                              valid_to, state, pair, sha256, sm3, sm2, ecdsa,
                              delivery, deliver_by, revision)
VALUES (:id, :identifier, :type, :name, :number, :version, :secret,
        :holder_name, :holder_code, :holder_open, :account, :unit, :item,
        :title, :case_no, :facts, :address, :made, :demo, :issued, :valid_from,
        :valid_to, 'making', 0, '', '', '', '', '', :deliver_by, 1);

-- licence_one :one
-- in  identifier text
-- out id int, identifier text, type text, name text, number text, version int
-- out secret text, holder_name text, holder_code text?, holder_open text
-- out account int, unit text, unit_name text, item text, title text
-- out case_no text, facts text, address text, made inst, demo int, issued day
-- out valid_from day, valid_to day?, state text, pair int, sha256 text
-- out sm3 text, sm2 text, ecdsa text, delivery text, deliver_by day
-- out post_to text?, tracking text?, received_by text?, delivered inst?
-- out revision int, proof text?, proof_tail text?, authority text?
SELECT l.id, l.identifier, l.type, l.name, l.number, l.version, l.secret,
       l.holder_name, l.holder_code, l.holder_open, l.account, l.unit,
       u.name AS unit_name, l.item, l.title, l.case_no, l.facts, l.address,
       l.made, l.demo, l.issued, l.valid_from, l.valid_to, l.state, l.pair,
       l.sha256, l.sm3, l.sm2, l.ecdsa, l.delivery, l.deliver_by, l.post_to,
       l.tracking, l.received_by, l.delivered, l.revision, l.proof,
       l.proof_tail, l.authority
  FROM licences_licence l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.identifier = :identifier;

-- licence_by_number :many
-- Every version a number ever had, newest first, of all organisations.
-- in  number text
-- out identifier text, secret text
SELECT identifier, secret
  FROM licences_licence
 WHERE number = :number
 ORDER BY version DESC, id DESC
 LIMIT 40;

-- licence_by_digest :one
-- Whose sheet is this?
-- in  sha256 text
-- out identifier text
SELECT identifier FROM licences_licence WHERE sha256 = :sha256;

-- licence_of_case :one
-- in  case_no text
-- out identifier text
SELECT identifier
  FROM licences_licence
 WHERE case_no = :case_no
 ORDER BY version DESC
 LIMIT 1;

-- licence_signed :change
-- in  id int, pair int, sha256 text, sm3 text, sm2 text, ecdsa text
UPDATE licences_licence
   SET state = 'valid', pair = :pair, sha256 = :sha256, sm3 = :sm3, sm2 = :sm2,
       ecdsa = :ecdsa, revision = revision + 1
 WHERE id = :id AND state = 'making';

-- licence_making :many
-- Issued and not yet signed, oldest first.
-- in  after int
-- out id int, identifier text
SELECT id, identifier
  FROM licences_licence
 WHERE state = 'making' AND id > :after
 ORDER BY id
 LIMIT 20;

-- licence_ended :many
-- In force by their state, and past their last day.
-- in  today day
-- out id int, identifier text, revision int
SELECT id, identifier, revision
  FROM licences_licence
 WHERE state IN ('valid', 'suspended') AND valid_to IS NOT NULL
   AND valid_to < :today
 ORDER BY valid_to, id
 LIMIT 100;

-- licence_set_state :change
-- in  id int, revision int, state text
UPDATE licences_licence
   SET state = :state, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- licence_event_add :change
-- in  id int, licence int, at inst, verb text, text text, actor text
-- in  basis text
INSERT INTO licences_event (id, licence, at, verb, text, actor, basis)
VALUES (:id, :licence, :at, :verb, :text, :actor, :basis);

-- licence_events :many
-- in  licence int
-- out at inst, verb text, text text, actor text, basis text
SELECT at, verb, text, actor, basis
  FROM licences_event
 WHERE licence = :licence
 ORDER BY id DESC
 LIMIT 100;

-- licence_versions :many
-- in  case_no text
-- out identifier text, version int, state text, valid_to day?
SELECT identifier, version, state, valid_to
  FROM licences_licence
 WHERE case_no = :case_no
 ORDER BY version DESC
 LIMIT 50;

-- licence_mine :many
-- in  account int, before int
-- out id int, identifier text, name text, number text, unit_name text
-- out issued day, valid_to day?, state text, delivery text, delivered inst?
SELECT l.id, l.identifier, l.name, l.number, u.name AS unit_name, l.issued,
       l.valid_to, l.state, l.delivery, l.delivered
  FROM licences_licence l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.account = :account AND l.account <> 0 AND l.id < :before
 ORDER BY l.id DESC
 LIMIT 21;

-- licence_page :many
-- An organisation's licences, newest first ('' all of them).  Each filter has its
-- index: of the branches one is asked, and gives a page.
-- in  unit text, state text, words text, before int
-- out id int, identifier text, name text, number text, holder_open text
-- out unit_name text, issued day, valid_to day?, state text, delivery text
-- out delivered inst?, deliver_by day
SELECT l.id, l.identifier, l.name, l.number, l.holder_open,
       u.short_name AS unit_name, l.issued, l.valid_to, l.state, l.delivery,
       l.delivered, l.deliver_by
  FROM licences_licence l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.id IN (
        SELECT id FROM (
         SELECT id FROM licences_licence
          WHERE :words = '' AND :unit = '' AND :state = '' AND id < :before
          ORDER BY id DESC LIMIT 51) a
        UNION ALL SELECT id FROM (
         SELECT id FROM licences_licence
          WHERE :words = '' AND :unit <> '' AND :state = '' AND unit = :unit
            AND id < :before
          ORDER BY id DESC LIMIT 51) b
        UNION ALL SELECT id FROM (
         SELECT id FROM licences_licence
          WHERE :words = '' AND :unit = '' AND :state <> ''
            AND state = :state AND id < :before
          ORDER BY id DESC LIMIT 51) c
        UNION ALL SELECT id FROM (
         SELECT id FROM licences_licence
          WHERE :words = '' AND :unit <> '' AND :state <> ''
            AND unit = :unit AND state = :state AND id < :before
          ORDER BY id DESC LIMIT 51) d
        UNION ALL SELECT id FROM licences_licence
          WHERE :words <> '' AND number = :words
        UNION ALL SELECT id FROM licences_licence
          WHERE :words <> '' AND case_no = :words)
   AND l.id < :before AND (:unit = '' OR l.unit = :unit)
   AND (:state = '' OR l.state = :state)
 ORDER BY l.id DESC
 LIMIT 51;

-- licence_waiting_count :one
-- To be handed over or posted, '' by the whole hall.
-- scan ok: only what still waits, by its own index
-- in  unit text
-- out licences int
SELECT count(*) AS licences
  FROM licences_licence
 WHERE delivered IS NULL AND delivery IN ('collect', 'post')
   AND (:unit = '' OR unit = :unit);

-- licence_waiting :many
-- scan ok: only what still waits, by its own index
-- in  unit text
-- out identifier text, name text, number text, holder_open text
-- out unit_name text, delivery text, deliver_by day
SELECT l.identifier, l.name, l.number, l.holder_open,
       u.short_name AS unit_name, l.delivery, l.deliver_by
  FROM licences_licence l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.delivered IS NULL AND l.delivery IN ('collect', 'post')
   AND (:unit = '' OR l.unit = :unit)
 ORDER BY l.deliver_by, l.id
 LIMIT 100;

-- licence_choose :change
-- in  id int, revision int, delivery text, post_to text?, delivered inst?
UPDATE licences_licence
   SET delivery = :delivery, post_to = :post_to, delivered = :delivered,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- licence_hand :change
-- in  id int, revision int, received_by text?, tracking text?, delivered inst
-- in  proof text?, proof_tail text?, authority text?
UPDATE licences_licence
   SET received_by = :received_by, tracking = :tracking,
       delivered = :delivered, proof = :proof, proof_tail = :proof_tail,
       authority = :authority, revision = revision + 1
 WHERE id = :id AND revision = :revision AND delivered IS NULL;

-- licence_issuers :many
-- Organisations whose keys are published: all with a desk.
-- scan ok: a hundred organisations, asked for now and then
-- out code text, name text
SELECT code, name
  FROM pub_auth_unit
 WHERE kind <> 'village'
 ORDER BY position
 LIMIT 300;

-- licence_give :change
-- The loader of the demonstration city gives some an owner.
-- in  id int, account int
UPDATE licences_licence SET account = :account WHERE id = :id;

-- licence_fee_hold :one
-- What must be paid before this case's licence is handed out.
-- in item text, number text, decided day
-- out name text, settled int
SELECT r.name, COALESCE(max(n.settled), 0) AS settled
  FROM pub_fees_rule r
  LEFT JOIN pub_fees_notice n ON n.case_no = :number
 WHERE r.item = :item AND r.hold = 'decide' AND r.since <= :decided
 GROUP BY r.name;
-- licence_shown :one
-- Does this organisation decide on a matter this licence was given for?
-- in  identifier text, unit text
-- out matters int
SELECT count(*) AS matters
  FROM pub_services_shown_licence
 WHERE identifier = :identifier AND unit = :unit;
