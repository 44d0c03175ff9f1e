-- catalogue_one :one
-- An item, with its organisation's name.
-- in  code text
-- out id int, code text, unit text, unit_name text, name text, task_code text
-- out level text, state text, why text, live int, work int, step text
-- out must int, should int, moved inst, revision int
SELECT i.id, i.code, i.unit, u.name AS unit_name, i.name, i.task_code, i.level,
       i.state, i.why, i.live, i.work, i.step, i.must, i.should, i.moved,
       i.revision
  FROM catalogue_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.code = :code;

-- catalogue_known :one
-- Is there such an item?
-- in  code text
-- out items int
SELECT count(*) AS items FROM catalogue_item WHERE code = :code;

-- catalogue_new :change
-- in  id int, code text, unit text, name text, task_code text, level text
-- in  state text, live int, work int, step text, moved inst
INSERT INTO catalogue_item (id, code, unit, name, task_code, level, state, why,
                            live, work, step, must, should, moved, revision)
VALUES (:id, :code, :unit, :name, :task_code, :level, :state, '', :live, :work,
        :step, 0, 0, :moved, 1);

-- catalogue_set :change
-- The revision in the WHERE is the lock: of two who change an item at the same
-- moment one is told.
-- in  code text, revision int, name text, task_code text, level text
-- in  state text, why text, live int, work int, step text, moved inst
UPDATE catalogue_item
   SET name = :name, task_code = :task_code, level = :level, state = :state,
       why = :why, live = :live, work = :work, step = :step,
       moved = :moved, revision = revision + 1
 WHERE code = :code AND revision = :revision;

-- catalogue_counted :change
-- How much is wrong with the newest version.
-- in  code text, must int, should int
UPDATE catalogue_item SET must = :must, should = :should WHERE code = :code;

-- catalogue_forget :change
-- An item that never was in force, with its draft.
-- in  code text, revision int
DELETE FROM catalogue_item
 WHERE code = :code AND revision = :revision AND state = 'new';

-- version_one :one
-- in  item text, version int
-- out id int, version int, state text, body text, note text, author text
-- out saved inst, sender int, sent_by text, sent inst?, keeper text
-- out judged inst?, opinion text, effective day?, ended day?, revision int
SELECT id, version, state, body, note, author, saved, sender, sent_by, sent,
       keeper, judged, opinion, effective, ended, revision
  FROM catalogue_version
 WHERE item = :item AND version = :version;

-- version_newest :one
-- in  item text
-- out version int
SELECT coalesce(max(version), 0) AS version
  FROM catalogue_version
 WHERE item = :item;

-- version_list :many
-- in  item text
-- out version int, state text, note text, author text, saved inst
-- out keeper text, effective day?, ended day?
SELECT version, state, note, author, saved, keeper, effective, ended
  FROM catalogue_version
 WHERE item = :item
 ORDER BY version DESC
 LIMIT 200;

-- version_add :change
-- in  id int, item text, version int, state text, body text, note text
-- in  author text, saved inst, keeper text, effective day?
INSERT INTO catalogue_version (id, item, version, state, body, note, author,
                               saved, sender, sent_by, sent, keeper, judged,
                               opinion, effective, ended, revision)
VALUES (:id, :item, :version, :state, :body, :note, :author, :saved, 0, '',
        NULL, :keeper, NULL, '', :effective, NULL, 1);

-- version_write :change
-- in  item text, version int, revision int, body text, note text
-- in  author text, saved inst
UPDATE catalogue_version
   SET body = :body, note = :note, author = :author, saved = :saved,
       revision = revision + 1
 WHERE item = :item AND version = :version AND state = 'draft'
   AND revision = :revision;

-- version_drop :change
-- in  item text, version int
DELETE FROM catalogue_version
 WHERE item = :item AND version = :version AND state = 'draft';

-- version_send :change
-- in  item text, version int, sender int, sent_by text, sent inst
UPDATE catalogue_version
   SET state = 'sent', sender = :sender, sent_by = :sent_by, sent = :sent,
       revision = revision + 1
 WHERE item = :item AND version = :version AND state = 'draft';

-- version_back :change
-- Sent or approved and not yet in force: a draft again.
-- in  item text, version int, keeper text, judged inst, opinion text
UPDATE catalogue_version
   SET state = 'draft', keeper = :keeper, judged = :judged,
       opinion = :opinion, effective = NULL, revision = revision + 1
 WHERE item = :item AND version = :version AND state IN ('sent', 'approved');

-- version_approve :change
-- in  item text, version int, keeper text, judged inst, opinion text
-- in  effective day
UPDATE catalogue_version
   SET state = 'approved', keeper = :keeper, judged = :judged,
       opinion = :opinion, effective = :effective, revision = revision + 1
 WHERE item = :item AND version = :version AND state = 'sent';

-- version_past :change
-- in  item text, version int, ended day
UPDATE catalogue_version
   SET state = 'past', ended = :ended, revision = revision + 1
 WHERE item = :item AND version = :version AND state = 'live';

-- version_live :change
-- in  item text, version int
UPDATE catalogue_version
   SET state = 'live', revision = revision + 1
 WHERE item = :item AND version = :version AND state = 'approved';

-- version_due :many
-- What comes into force today, or should have while nobody was running.
-- in  today day
-- out item text, version int
SELECT item, version
  FROM catalogue_version
 WHERE state = 'approved' AND effective <= :today
 ORDER BY effective, id
 LIMIT 100;

-- item_event_add :run
-- in  id int, item text, version int, at inst, verb text, text text
-- in  actor text
INSERT INTO catalogue_event (id, item, version, at, verb, text, actor)
VALUES (:id, :item, :version, :at, :verb, :text, :actor);

-- item_events :many
-- in  item text
-- out version int, at inst, verb text, text text, actor text
SELECT version, at, verb, text, actor
  FROM catalogue_event
 WHERE item = :item
 ORDER BY id DESC
 LIMIT 100;

-- finding_clear :run
-- in  item text, version int
DELETE FROM catalogue_finding WHERE item = :item AND version = :version;

-- finding_add :run
-- in  id int, item text, version int, unit text, rule text, grade text
-- in  live int, text text
INSERT INTO catalogue_finding (id, item, version, unit, rule, grade, live,
                               text)
VALUES (:id, :item, :version, :unit, :rule, :grade, :live, :text);

-- finding_list :many
-- in  item text, version int
-- out rule text, grade text, text text, live int
SELECT rule, grade, text, live
  FROM catalogue_finding
 WHERE item = :item AND version = :version
 ORDER BY id
 LIMIT 60;

-- found_follow :run
-- What is kept of the findings of a version in force: :by 1 after they were
-- added, -1 before they go.
-- in  item text, version int, by int
INSERT INTO catalogue_found (unit, rule, items, must, should)
SELECT unit, rule, :by, :by * sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
       :by * sum(CASE WHEN grade = 'must' THEN 0 ELSE 1 END)
  FROM catalogue_finding
 WHERE item = :item AND version = :version AND live = 1
 GROUP BY unit, rule
 UNION ALL
SELECT unit, '', :by, :by * sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
       :by * sum(CASE WHEN grade = 'must' THEN 0 ELSE 1 END)
  FROM catalogue_finding
 WHERE item = :item AND version = :version AND live = 1
 GROUP BY unit
ON CONFLICT (unit, rule) DO UPDATE
   SET items = catalogue_found.items + excluded.items,
       must = catalogue_found.must + excluded.must,
       should = catalogue_found.should + excluded.should;

-- finding_units :many
-- How much is wrong with what is in force, by organisation.
-- scan ok: a row an organisation and rule, by its key
-- out unit text, unit_name text, items int, must int, should int
SELECT f.unit, u.name AS unit_name, f.items, f.must, f.should
  FROM catalogue_found f
  JOIN pub_auth_unit u ON u.code = f.unit
 WHERE f.rule = '' AND f.items > 0
 ORDER BY u.position, f.unit
 LIMIT 500;

-- finding_rules :many
-- The same by rule.
-- scan ok: as above
-- in  unit text
-- out rule text, items int
SELECT rule, sum(items) AS items
  FROM catalogue_found
 WHERE rule <> '' AND (:unit = '' OR unit = :unit)
 GROUP BY rule
HAVING sum(items) > 0
 ORDER BY sum(items) DESC, rule
 LIMIT 100;

-- check_found :many
-- Organisations and rules whose figures are not what a recount gives.
-- scan ok: zhengtong check counts all
-- out unit text, rule text, items int
SELECT unit, rule, sum(items) AS items
  FROM (SELECT unit, rule, items, must, should FROM catalogue_found
         UNION ALL
        SELECT unit, rule, -count(DISTINCT item),
               -sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
               -sum(CASE WHEN grade = 'must' THEN 0 ELSE 1 END)
          FROM catalogue_finding WHERE live = 1
         GROUP BY unit, rule
         UNION ALL
        SELECT unit, '', -count(DISTINCT item),
               -sum(CASE WHEN grade = 'must' THEN 1 ELSE 0 END),
               -sum(CASE WHEN grade = 'must' THEN 0 ELSE 1 END)
          FROM catalogue_finding WHERE live = 1
         GROUP BY unit) t
 GROUP BY unit, rule
HAVING sum(items) <> 0 OR sum(must) <> 0 OR sum(should) <> 0
 ORDER BY unit, rule
 LIMIT 100;

-- finding_of_rule :many
-- The items a rule complains about, of an organisation or ("") of all; rule ''
-- is any.  One of the three is asked, each by its own index.
-- scan ok: reads on from a key along an index of the catalogue's own size
-- in  unit text, rule text, after text
-- out item text, name text, unit_name text, rule text, grade text, text text
SELECT f.item, i.name, u.name AS unit_name, f.rule, f.grade, f.text
  FROM (SELECT id, item, unit, rule, grade, text FROM (
    SELECT id, item, unit, rule, grade, text
      FROM catalogue_finding
     WHERE :unit = '' AND :rule = '' AND live = 1 AND item > :after
     ORDER BY item, id
     LIMIT 61) a
    UNION ALL
    SELECT id, item, unit, rule, grade, text FROM (
    SELECT id, item, unit, rule, grade, text
      FROM catalogue_finding
     WHERE :unit <> '' AND unit = :unit AND (:rule = '' OR rule = :rule)
       AND live = 1 AND item > :after
     ORDER BY item, id
     LIMIT 61) b
    UNION ALL
    SELECT id, item, unit, rule, grade, text FROM (
    SELECT id, item, unit, rule, grade, text
      FROM catalogue_finding
     WHERE :unit = '' AND :rule <> '' AND rule = :rule AND live = 1
       AND item > :after
     ORDER BY item, id
     LIMIT 61) c) f
  JOIN catalogue_item i ON i.code = f.item
  JOIN pub_auth_unit u ON u.code = f.unit
 ORDER BY f.item, f.id
 LIMIT 61;

-- finding_twins :many
-- Who may no longer have a namesake, or now has one.
-- in  unit text, name text, code text
-- out code text
SELECT code
  FROM catalogue_item
 WHERE unit = :unit AND name = :name AND code <> :code
 ORDER BY unit, name, code
 LIMIT 20;

-- item_twins :one
-- in  code text, unit text, name text
-- out items int
SELECT count(*) AS items
  FROM catalogue_item
 WHERE unit = :unit AND name = :name AND code <> :code
   AND state <> 'withdrawn';

-- item_taken :one
-- in  code text, task_code text
-- out items int
SELECT count(*) AS items
  FROM catalogue_item
 WHERE task_code = :task_code AND task_code <> '' AND code <> :code;

-- item_list :many
-- A page of the catalogue: an organisation's ("" all), those in a step or a
-- state ("" any), those with something to correct.
-- scan ok: reads on from a key along an index of the catalogue's own size
-- in  unit text, step text, state text, level text, wrong int, words text
-- in  after text
-- out code text, name text, unit_name text, state text, step text, live int
-- out work int, must int, should int, moved inst, level text
SELECT i.code, i.name, u.name AS unit_name, i.state, i.step, i.live, i.work,
       i.must, i.should, i.moved, i.level
  FROM catalogue_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE (:unit = '' OR i.unit = :unit) AND (:step = '' OR i.step = :step)
   AND (:state = '' OR i.state = :state)
   AND (:level = '' OR i.level = :level)
   AND (:wrong = 0 OR i.must > 0)
   AND (:words = '' OR i.code = :words OR i.name LIKE '%' || :words || '%')
   AND i.code > :after
 ORDER BY i.code
 LIMIT 51;

-- item_count :many
-- How many items stand where, and how many of them have something to correct:
-- a row a state and step.
-- scan ok: an index of the catalogue's own size, in the order of the groups
-- in  unit text
-- out state text, step text, items int, wrong int
SELECT state, step, count(*) AS items,
       sum(CASE WHEN must > 0 THEN 1 ELSE 0 END) AS wrong
  FROM catalogue_item
 WHERE :unit = '' OR unit = :unit
 GROUP BY state, step
 LIMIT 20;

-- item_sent :many
-- What waits for the keeper, longest first; what waits for its day.
-- in  step text
-- out code text, name text, unit text, unit_name text, work int, live int
-- out sent_by text, sent inst?, effective day?, should int
SELECT i.code, i.name, i.unit, u.name AS unit_name, i.work, i.live, v.sent_by,
       v.sent, v.effective, i.should
  FROM catalogue_item i
  JOIN pub_auth_unit u ON u.code = i.unit
  JOIN catalogue_version v ON v.item = i.code AND v.version = i.work
 WHERE i.step = :step
 ORDER BY i.moved, i.code
 LIMIT 200;

-- item_next :many
-- The next items of a round, with both versions that are looked at.
-- in  after text
-- out code text, unit text, live int, work int
SELECT code, unit, live, work
  FROM catalogue_item
 WHERE code > :after
 ORDER BY code
 LIMIT 200;

-- item_export :many
-- What a file holds: what is in force, or with drafts what is newest.
-- scan ok: a file is the whole catalogue, or an organisation's part of it
-- in  unit text, drafts int, after text
-- out code text, unit text, unit_name text, version int, state text
-- out effective day?, body text
SELECT i.code, i.unit, u.name AS unit_name, v.version, i.state, v.effective,
       v.body
  FROM catalogue_item i
  JOIN pub_auth_unit u ON u.code = i.unit
  JOIN catalogue_version v ON v.item = i.code
   AND v.version = CASE WHEN :drafts = 1 AND i.work > 0 THEN i.work
                        ELSE i.live END
 WHERE (:unit = '' OR i.unit = :unit) AND i.code > :after
 ORDER BY i.code
 LIMIT 300;

-- round_now :one
-- out today day, laws int, after text
SELECT today, laws, after FROM catalogue_round WHERE id = 1;

-- round_begin :run
-- in  today day, laws int
INSERT INTO catalogue_round (id, today, laws, after)
VALUES (1, :today, :laws, '')
ON CONFLICT (id) DO UPDATE
   SET today = excluded.today, laws = excluded.laws, after = '';

-- round_on :change
-- in  after text
UPDATE catalogue_round SET after = :after WHERE id = 1;

-- adopt_items :many
-- Items of before the catalogue, or made elsewhere, that it does not know yet.
-- scan ok: an index scan of the offered items, each looked up by code; none
-- are left after the first minute
-- in  after text
-- out code text, unit text, unit_name text, unit_phone text?
-- out unit_address text?, unit_hours text?, unit_kind text, name text
-- out type text, object text
-- out law text?, law_version text?, article text?, statutory_n int
-- out statutory_unit text, statutory_basis text?, promised_n int, online int
-- out visits int, fee text, result text?, conditions text?, process text
-- out level text, gap_days int, gap_rule text
SELECT s.code, s.unit, u.name AS unit_name, u.phone AS unit_phone,
       u.address AS unit_address, u.hours AS unit_hours, u.kind AS unit_kind,
       s.name, s.type, s.object, s.law, s.law_version, s.article,
       s.statutory_n, s.statutory_unit, s.statutory_basis, s.promised_n,
       s.online, s.visits, s.fee, s.result, s.conditions, s.process,
       s.level, s.gap_days, s.gap_rule
  FROM pub_services_guide s
  JOIN pub_auth_unit u ON u.code = s.unit
 WHERE s.code > :after
   AND NOT EXISTS (SELECT 1 FROM catalogue_item i WHERE i.code = s.code)
 ORDER BY s.code
 LIMIT 200;

-- adopt_materials :many
-- in  item text
-- out name text, source text, need int, note text?
SELECT name, source, need, note
  FROM pub_services_material
 WHERE item = :item
 ORDER BY position
 LIMIT 60;

-- unit_named :one
-- An organisation by its code or its name, as files name it.
-- scan ok: some hundred organisations
-- in  word text
-- out code text, name text, kind text
SELECT code, name, kind
  FROM pub_auth_unit
 WHERE code = :word OR name = :word OR short_name = :word
 ORDER BY position
 LIMIT 1;

-- unit_choices :many
-- Organisations that have items.
-- scan ok: as above
-- out code text, name text
SELECT u.code, u.name
  FROM pub_auth_unit u
 WHERE EXISTS (SELECT 1 FROM catalogue_item i WHERE i.unit = u.code)
 ORDER BY u.position, u.code
 LIMIT 500;

-- duty_held :one
-- Does he hold this duty today, in his own organisation or, for unit '', in
-- any?
-- in  account int, unit text, duty text, today day
-- out held int
SELECT count(*) AS held
  FROM pub_auth_desk
 WHERE account = :account AND duty = :duty AND (:unit = '' OR unit = :unit)
   AND from_day <= :today AND (to_day IS NULL OR to_day >= :today);

-- import_add :change
-- in  id int, number text, account int, unit text, name text, made inst
-- in  lines int, bad int, fresh int, renewed int, same int, report text
-- in  body text
INSERT INTO catalogue_import (id, number, account, unit, name, made, state,
                              lines, bad, fresh, renewed, same, report, body)
VALUES (:id, :number, :account, :unit, :name, :made, 'checked', :lines, :bad,
        :fresh, :renewed, :same, :report, :body);

-- import_one :one
-- in  number text
-- out account int, unit text, name text, made inst, state text, lines int
-- out bad int, fresh int, renewed int, same int, report text
SELECT account, unit, name, made, state, lines, bad, fresh, renewed, same,
       report
  FROM catalogue_import
 WHERE number = :number;

-- import_body :one
-- in  number text
-- out body text
SELECT body FROM catalogue_import WHERE number = :number;

-- import_done :change
-- What was written is kept by the versions; the copy goes.
-- in  number text
UPDATE catalogue_import
   SET state = 'done', body = ''
 WHERE number = :number AND state = 'checked';

-- import_mine :many
-- in  account int
-- out number text, name text, made inst, state text, lines int, bad int
-- out fresh int, renewed int
SELECT number, name, made, state, lines, bad, fresh, renewed
  FROM catalogue_import
 WHERE account = :account
 ORDER BY id DESC
 LIMIT 10;

-- import_sweep :run
-- Unconfirmed files go after a week.
-- in  before inst
DELETE FROM catalogue_import WHERE state = 'checked' AND made < :before;

-- partner_list :many
-- scan ok: a handful
-- out code text, name text, words int
SELECT p.code, p.name, count(m.id) AS words
  FROM catalogue_partner p
  LEFT JOIN catalogue_mapping m ON m.partner = p.code
 GROUP BY p.code, p.name
 ORDER BY p.code
 LIMIT 100;

-- partner_one :one
-- in  code text
-- out code text, name text
SELECT code, name FROM catalogue_partner WHERE code = :code;

-- partner_add :change
-- in  code text, name text, made inst
INSERT INTO catalogue_partner (code, name, made) VALUES (:code, :name, :made);

-- mapping_list :many
-- What holds on a day: of two rows of one word the later one.
-- in  partner text, today day
-- out id int, list text, ours text, theirs text, from_day day
SELECT m.id, m.list, m.ours, m.theirs, m.from_day
  FROM catalogue_mapping m
 WHERE m.partner = :partner AND m.from_day <= :today
   AND NOT EXISTS (SELECT 1 FROM catalogue_mapping n
                    WHERE n.partner = m.partner AND n.list = m.list
                      AND n.ours = m.ours AND n.from_day > m.from_day
                      AND n.from_day <= :today)
 ORDER BY m.list, m.id
 LIMIT 1000;

-- mapping_clear :run
-- in  partner text, list text, ours text, from_day day
DELETE FROM catalogue_mapping
 WHERE partner = :partner AND list = :list AND ours = :ours
   AND from_day = :from_day;

-- mapping_add :run
-- in  id int, partner text, list text, ours text, theirs text, from_day day
INSERT INTO catalogue_mapping (id, partner, list, ours, theirs, from_day)
VALUES (:id, :partner, :list, :ours, :theirs, :from_day);

-- paper_put :run
-- A clerk handed it in; again is no harm, and may tell more.
-- in  sha256 text, personal text, told int, added inst
INSERT INTO catalogue_paper (sha256, personal, told, added)
VALUES (:sha256, :personal, :told, :added)
ON CONFLICT (sha256) DO UPDATE
   SET personal = excluded.personal, told = excluded.told;

-- paper_known :one
-- in  sha256 text
-- out personal text, told int, size int, type text, scan text
SELECT p.personal, p.told, f.size, f.type, l.scan
  FROM catalogue_paper p
  JOIN pub_files_blob f ON f.sha256 = p.sha256
  JOIN pub_files_look l ON l.sha256 = p.sha256
 WHERE p.sha256 = :sha256;

-- paper_here :one
-- Was it handed in here, be it a moment ago?
-- in  sha256 text
-- out times int
SELECT count(*) AS times FROM catalogue_paper WHERE sha256 = :sha256;

-- paper_drop :run
-- Of a file no version of any item names.
-- in  sha256 text
DELETE FROM catalogue_paper
 WHERE sha256 = :sha256
   AND NOT EXISTS (SELECT 1 FROM catalogue_named n
                    WHERE n.sha256 = :sha256);

-- named_add :run
-- in  id int, item text, version int, position int, paper text, which text
-- in  sha256 text, name text
INSERT INTO catalogue_named (id, item, version, position, paper, which, sha256,
                             name)
VALUES (:id, :item, :version, :position, :paper, :which, :sha256, :name);

-- named_clear :run
-- in  item text, version int
DELETE FROM catalogue_named WHERE item = :item AND version = :version;

-- named_of :many
-- in  item text, version int
-- out position int, paper text, which text, sha256 text, name text
SELECT position, paper, which, sha256, name
  FROM catalogue_named
 WHERE item = :item AND version = :version
 ORDER BY position, id
 LIMIT 150;

-- named_still :one
-- Does any version of an item name this file?
-- in  item text, sha256 text
-- out times int
SELECT count(*) AS times
  FROM catalogue_named
 WHERE sha256 = :sha256 AND item = :item;

-- sample_open :one public
-- A file that is offered to everybody: by the version in force of an item.
-- in  sha256 text
-- out item text, item_name text, unit_name text, paper text, which text
-- out name text, size int, type text, scan text, pages int?, preview text
-- out preview_problem text?, drawn int?
SELECT s.item, i.name AS item_name, u.name AS unit_name, s.paper, s.which,
       s.name, s.size, s.type, l.scan, l.pages, w.preview, w.preview_problem,
       w.drawn
  FROM pub_catalogue_sample s
  JOIN catalogue_item i ON i.code = s.item
  JOIN pub_auth_unit u ON u.code = i.unit
  JOIN pub_files_look l ON l.sha256 = s.sha256
  JOIN pub_files_preview w ON w.sha256 = s.sha256
 WHERE s.sha256 = :sha256
 ORDER BY s.item
 LIMIT 1;

-- sample_any :one
-- The same of any version: for those who write and review it.
-- in  sha256 text
-- out item text, item_name text, unit_name text, paper text, which text
-- out name text, size int, type text, scan text, pages int?, preview text
-- out preview_problem text?, drawn int?
SELECT n.item, i.name AS item_name, u.name AS unit_name, n.paper, n.which,
       n.name, f.size, f.type, l.scan, l.pages, w.preview, w.preview_problem,
       w.drawn
  FROM catalogue_named n
  JOIN catalogue_paper p ON p.sha256 = n.sha256
  JOIN catalogue_item i ON i.code = n.item
  JOIN pub_auth_unit u ON u.code = i.unit
  JOIN pub_files_blob f ON f.sha256 = n.sha256
  JOIN pub_files_look l ON l.sha256 = n.sha256
  JOIN pub_files_preview w ON w.sha256 = n.sha256
 WHERE n.sha256 = :sha256
 ORDER BY n.item, n.version DESC
 LIMIT 1;

-- sample_picture :one public
-- in  sha256 text, page int
-- out picture text, width int, height int, missing int
SELECT picture, width, height, missing
  FROM pub_files_picture
 WHERE sha256 = :sha256 AND page = :page;
