-- design_list :many
-- One row a key: its newest version, and the one in force if there is one.
-- in  kind text, after text
-- out key text, title text, newest int, state text, created inst
-- out gone inst?, live int?, live_since inst?
SELECT v.key, v.title, v.version AS newest, v.state, v.created,
       v.retired AS gone, d.version AS live, d.deployed AS live_since
  FROM design_version v
  LEFT JOIN design_version d ON d.kind = v.kind AND d.key = v.key
                            AND d.state = 'deployed'
 WHERE v.kind = :kind AND v.key > :after
   AND v.version = (SELECT max(n.version) FROM design_version n
                     WHERE n.kind = v.kind AND n.key = v.key)
 ORDER BY v.key
 LIMIT 51;

-- design_count :one
-- in  kind text
-- out keys int
SELECT count(DISTINCT key) AS keys FROM design_version WHERE kind = :kind;

-- design_versions :many
-- All versions of one key, newest first.
-- in  kind text, key text
-- out version int, title text, state text, author text, note text
-- out created inst, deployed inst?, retired inst?
SELECT version, title, state, author, note, created, deployed, retired
  FROM design_version
 WHERE kind = :kind AND key = :key
 ORDER BY version DESC
 LIMIT 500;

-- design_one :one
-- in  kind text, key text, version int
-- out id int, version int, title text, state text, xml text, digest text
-- out author text, note text, created inst, deployed inst?, retired inst?
SELECT id, version, title, state, xml, digest, author, note, created, deployed,
       retired
  FROM design_version
 WHERE kind = :kind AND key = :key AND version = :version;

-- design_newest :one
-- in  kind text, key text
-- out version int, title text, xml text
SELECT version, title, xml
  FROM design_version
 WHERE kind = :kind AND key = :key
 ORDER BY version DESC
 LIMIT 1;

-- design_live :one
-- The version in force.
-- in  kind text, key text
-- out id int, version int, xml text
SELECT id, version, xml
  FROM design_version
 WHERE kind = :kind AND key = :key AND state = 'deployed';

-- design_add :change
-- in  id int, kind text, key text, version int, title text, xml text
-- in  digest text, author text, note text, created inst
INSERT INTO design_version (id, kind, key, version, title, state, xml, digest,
                            author, note, created)
VALUES (:id, :kind, :key, :version, :title, 'draft', :xml, :digest, :author,
        :note, :created);

-- design_step_down :run
-- Before another version of the key comes into force.
-- in  kind text, key text, id int, at inst
UPDATE design_version
   SET state = 'retired', retired = :at
 WHERE kind = :kind AND key = :key AND state = 'deployed' AND id <> :id;

-- design_deploy :change
-- in  id int, at inst
UPDATE design_version
   SET state = 'deployed', deployed = :at
 WHERE id = :id AND state <> 'deployed';

-- design_retire :change
-- in  id int, at inst
UPDATE design_version
   SET state = 'retired', retired = :at
 WHERE id = :id AND state = 'deployed';

-- design_duties :many
-- Every duty that is named anywhere, with how many hold it today.
-- scan ok: one index, as many rows as officers have duties
-- in  today day
-- out duty text, holders int
SELECT duty, count(DISTINCT CASE WHEN from_day <= :today
                             AND (to_day IS NULL OR to_day >= :today)
                            THEN account END) AS holders
  FROM pub_auth_held
 GROUP BY duty
 ORDER BY duty
 LIMIT 500;

-- design_duties_named :many
-- The same of some duties, by an index; one nobody ever held is no row.
-- in  names text, today day
-- out duty text, holders int
SELECT duty, count(DISTINCT CASE WHEN from_day <= :today
                             AND (to_day IS NULL OR to_day >= :today)
                            THEN account END) AS holders
  FROM pub_auth_held
 WHERE duty IN (SELECT value FROM each(:names))
 GROUP BY duty
 ORDER BY duty
 LIMIT 500;

-- design_logins :many
-- Which of the names a process gives are officers: logins or account numbers.
-- scan ok: the officers of a city, when a process is looked at
-- in  names text
-- out account int, login text
SELECT account, login
  FROM pub_auth_login
 WHERE login IN (SELECT value FROM each(:names))
    OR CAST(account AS TEXT) IN (SELECT value FROM each(:names))
 ORDER BY account
 LIMIT 4000;

-- design_units :many
-- Every organisation: the choices of a filter.
-- scan ok: a few hundred organisations
-- out code text, name text
SELECT code, name FROM pub_auth_unit ORDER BY position, code LIMIT 500;

-- design_duty_units :many
-- The organisations with somebody in a post today: their posts and people.
-- scan ok: one index, as many rows as officers have duties
-- in  today day
-- out code text, name text, duties int, held int
SELECT u.code, u.name, d.duties, d.held
  FROM (SELECT unit, count(DISTINCT duty) AS duties,
               count(DISTINCT account) AS held
          FROM pub_auth_held
         WHERE from_day <= :today AND (to_day IS NULL OR to_day >= :today)
         GROUP BY unit) d
  JOIN pub_auth_unit u ON u.code = d.unit
 ORDER BY u.position, u.code
 LIMIT 500;

-- design_holdings :many
-- Who holds what, past and to come too: in an organisation, a duty in it, or
-- (unit "") a duty anywhere.  Each half by its index, one of them empty.
-- in  unit text, duty text
-- out id int, unit text, unit_name text, duty text, name text
-- out stands_for_name text?, from_day day, to_day day?
SELECT d.id, d.unit, u.name AS unit_name, d.duty, d.name, d.stands_for_name,
       d.from_day, d.to_day
  FROM (SELECT id, unit, duty, name, stands_for_name, from_day, to_day
          FROM pub_auth_duty
         WHERE unit = :unit AND (:duty = '' OR duty = :duty)
        UNION ALL
        SELECT id, unit, duty, name, stands_for_name, from_day, to_day
          FROM pub_auth_duty
         WHERE :unit = '' AND duty = :duty) d
  JOIN pub_auth_unit u ON u.code = d.unit
 ORDER BY d.unit, d.duty, d.from_day, d.id
 LIMIT 201;

-- design_holding :one
-- in  id int
-- out id int, unit text, unit_name text, duty text, name text
-- out stands_for_name text?, from_day day, to_day day?
SELECT d.id, d.unit, u.name AS unit_name, d.duty, d.name, d.stands_for_name,
       d.from_day, d.to_day
  FROM pub_auth_duty d
  JOIN pub_auth_unit u ON u.code = d.unit
 WHERE d.id = :id;

-- design_staff :many
-- Who works in an organisation today.
-- in  unit text
-- out account int, name text
SELECT DISTINCT account, name
  FROM pub_auth_staff
 WHERE unit = :unit
 ORDER BY name, account
 LIMIT 300;

-- design_staff_one :one
-- in  unit text, account int
-- out name text
SELECT min(name) AS name
  FROM pub_auth_staff
 WHERE unit = :unit AND account = :account
HAVING count(*) > 0;

-- design_unit :one
-- in  code text
-- out name text, short_name text, kind text
SELECT name, short_name, kind FROM pub_auth_unit WHERE code = :code;

-- design_towns :many
-- The choices of a question of kind town.
-- scan ok: a few hundred organisations, looked through by a designer
-- out code text, name text
SELECT code, name
  FROM pub_auth_unit
 WHERE kind = 'township'
 ORDER BY position
 LIMIT 200;

-- design_item :one
-- in  code text
-- out code text, unit text, name text, object text, state text
SELECT code, unit, name, object, state
  FROM pub_services_item
 WHERE code = :code;

-- design_materials :many
-- in  item text
-- out code text, name text, source text, need int, note text?
SELECT code, name, source, need, note
  FROM pub_services_material
 WHERE item = :item
 ORDER BY position
 LIMIT 60;

-- design_applied :one
-- The version people apply by, made from which version of the form.
-- in  key text
-- out code text, version int, form int
SELECT code, version, form FROM pub_services_form WHERE key = :key;

-- design_work_one :one
-- in  key text
-- out base int, body text, author text, saved inst, revision int
SELECT base, body, author, saved, revision FROM design_work WHERE key = :key;

-- design_work_add :change
-- in  key text, base int, body text, author text, saved inst
INSERT INTO design_work (key, base, body, author, saved, revision)
VALUES (:key, :base, :body, :author, :saved, 1);

-- design_work_set :change
-- The revision in the WHERE is the lock: of two who save one is told.
-- in  key text, revision int, body text, author text, saved inst
UPDATE design_work
   SET body = :body, author = :author, saved = :saved,
       revision = revision + 1
 WHERE key = :key AND revision = :revision;

-- design_work_drop :run
-- in  key text
DELETE FROM design_work WHERE key = :key;
