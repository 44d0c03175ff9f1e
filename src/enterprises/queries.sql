-- enterprise_live :one
-- What is in force of one, with its registering organisation's name.
-- in  code text
-- out id int, code text, version int, name text, kind text
-- out representative text, rep_id text?, rep_mobile text?, division text
-- out address text, founded day?, capital fen?, scope text, unit text
-- out unit_name text, state text, state_day day?, from_day day, source text
-- out ref text
SELECT v.id, v.code, v.version, v.name, v.kind, v.representative, v.rep_id,
       v.rep_mobile, v.division, v.address, v.founded, v.capital, v.scope,
       v.unit, u.name AS unit_name, v.state, v.state_day, v.from_day, v.source,
       v.ref
  FROM enterprises_version v
  JOIN pub_auth_unit u ON u.code = v.unit
 WHERE v.code = :code AND v.live = 1;

-- enterprise_past :many
-- Every version of one, newest first.
-- in  code text
-- out version int, name text, representative text, address text, state text
-- out from_day day, source text, ref text, made inst
SELECT version, name, representative, address, state, from_day, source, ref,
       made
  FROM enterprises_version
 WHERE code = :code
 ORDER BY version DESC
 LIMIT 50;

-- enterprise_add :change
-- in  id int, code text, version int, name text, kind text
-- in  representative text, rep_id text?, rep_mobile text?, division text
-- in  address text, founded day?, capital fen?, scope text, unit text
-- in  state text, state_day day?, from_day day, source text, ref text
-- in  made inst
INSERT INTO enterprises_version (id, code, version, live, name, kind,
                                 representative, rep_id, rep_mobile, division,
                                 address, founded, capital, scope, unit, state,
                                 state_day, from_day, source, ref, made)
VALUES (:id, :code, :version, 1, :name, :kind, :representative, :rep_id,
        :rep_mobile, :division, :address, :founded, :capital, :scope, :unit,
        :state, :state_day, :from_day, :source, :ref, :made);

-- enterprise_overtake :change
-- The version in the WHERE is the lock: of two that change one registration at
-- the same moment one is told.
-- in  code text, version int
UPDATE enterprises_version SET live = 0
 WHERE code = :code AND version = :version AND live = 1;

-- enterprise_page :many
-- By the beginning of a name, '' is all; the index of names begins there,
-- whatever order of letters the database was made with.
-- in  words text, after text, after_code text
-- out code text, name text, kind text, unit_name text, state text
-- out from_day day
SELECT v.code, v.name, v.kind, u.short_name AS unit_name, v.state, v.from_day
  FROM enterprises_version v
  JOIN pub_auth_unit u ON u.code = v.unit
 WHERE v.live = 1 AND v.name >= :words
   AND substr(v.name, 1, length(:words)) = :words
   AND (v.name > :after OR (v.name = :after AND v.code > :after_code))
 ORDER BY v.name, v.code
 LIMIT 51;

-- enterprise_own :many
-- For whom an account speaks: as the registered representative by three facts,
-- the mobile proven, and by authority on this day.
-- in  name text, citizen_id text, mobile text, today day
-- out code text, name text, state text, state_day day?, from_day day
-- out source text, proxy int, to_day day?
SELECT v.code, v.name, v.state, v.state_day, v.from_day, v.source, 0 AS proxy,
       NULL AS to_day
  FROM enterprises_version v
 WHERE v.live = 1 AND v.rep_id = :citizen_id AND v.representative = :name
   AND v.rep_mobile = :mobile
UNION ALL
SELECT v.code, v.name, v.state, v.state_day, v.from_day, v.source, 1 AS proxy,
       p.to_day
  FROM enterprises_proxy p
  JOIN enterprises_version v ON v.code = p.code AND v.live = 1
 WHERE p.mobile = :mobile AND p.name = :name AND p.ended IS NULL
   AND p.from_day <= :today AND p.to_day >= :today
 LIMIT 50;

-- enterprise_proxies :many
-- Whom an enterprise lets act, the newest first.
-- in  code text
-- out number text, name text, mobile text, matters text, from_day day, to_day day
-- out ended day?
SELECT number, name, mobile, matters, from_day, to_day, ended
  FROM enterprises_proxy
 WHERE code = :code
 ORDER BY id DESC
 LIMIT 50;

-- enterprise_proxy_add :change
-- in  id int, number text, code text, name text, mobile text
-- in  matters text, from_day day, to_day day, giver int, made inst
INSERT INTO enterprises_proxy (id, number, code, name, mobile, matters, from_day,
                               to_day, ended, giver, made)
VALUES (:id, :number, :code, :name, :mobile, :matters, :from_day, :to_day,
        NULL, :giver, :made);

-- enterprise_proxy_same :one
-- in  code text, name text, mobile text, today day
-- out proxies int
SELECT count(*) AS proxies
  FROM enterprises_proxy
 WHERE code = :code AND name = :name AND mobile = :mobile
   AND ended IS NULL AND to_day >= :today;

-- enterprise_proxy_end :change
-- in  code text, number text, ended day
UPDATE enterprises_proxy SET ended = :ended
 WHERE number = :number AND code = :code AND ended IS NULL
   AND to_day >= :ended;

-- enterprise_organ :one
-- An organisation by its code or its name, as files name it.
-- scan ok: some hundred organisations
-- in  word text
-- out code text, name text
SELECT code, name
  FROM pub_auth_unit
 WHERE code = :word OR name = :word OR short_name = :word
 ORDER BY position
 LIMIT 1;

-- enterprise_duty :one
-- Does he hold this duty today in his organisation?
-- in  account int, unit text, duty text, today day
-- out held int
SELECT count(*) AS held
  FROM pub_auth_desk
 WHERE account = :account AND duty = :duty AND unit = :unit
   AND from_day <= :today AND (to_day IS NULL OR to_day >= :today);

-- enterprise_file_add :change
-- in  id int, number text, account int, unit text, name text, made inst
-- in  lines int, bad int, fresh int, renewed int, same int, report text
-- in  body text
INSERT INTO enterprises_import (id, number, account, unit, name, made, state,
                                lines, bad, fresh, renewed, same, report, body)
VALUES (:id, :number, :account, :unit, :name, :made, 'checked', :lines, :bad,
        :fresh, :renewed, :same, :report, :body);

-- enterprise_file :one
-- in  number text
-- out account int, unit text, name text, made inst, state text, lines int
-- out bad int, fresh int, renewed int, same int, report text
SELECT account, unit, name, made, state, lines, bad, fresh, renewed, same,
       report
  FROM enterprises_import
 WHERE number = :number;

-- enterprise_file_body :one
-- in  number text
-- out body text
SELECT body FROM enterprises_import WHERE number = :number;

-- enterprise_file_done :change
-- What was written is kept by the versions; the copy goes.
-- in  number text
UPDATE enterprises_import SET state = 'done', body = ''
 WHERE number = :number AND state = 'checked';

-- enterprise_files :many
-- in  account int
-- out number text, name text, made inst, state text, lines int, bad int
SELECT number, name, made, state, lines, bad
  FROM enterprises_import
 WHERE account = :account
 ORDER BY id DESC
 LIMIT 10;

-- enterprise_file_sweep :run
-- What nobody confirmed in a week goes.
-- in  before inst
DELETE FROM enterprises_import WHERE state = 'checked' AND made < :before;

-- enterprise_case :one
-- Whose a case is, for asking whether a look belongs to one's duty.
-- in  number text
-- out unit text
SELECT unit FROM pub_services_case WHERE number = :number;
