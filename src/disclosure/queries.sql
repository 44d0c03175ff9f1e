-- ---- numbers ----

-- serial_begin :run
-- in  kind text, period int
INSERT INTO disclosure_series (kind, period, last) VALUES (:kind, :period, 0)
ON CONFLICT (kind, period) DO NOTHING;

-- serial_next :change
-- in  kind text, period int
UPDATE disclosure_series
   SET last = last + 1
 WHERE kind = :kind AND period = :period;

-- serial_now :one
-- in  kind text, period int
-- out last int
SELECT last FROM disclosure_series WHERE kind = :kind AND period = :period;

-- ---- writing ----

-- entry_add :change
-- in  id int, code text, unit text, title text, doc_no text, class text
-- in  class_name text, category text, category_name text, topic text
-- in  topic_name text, formed day
INSERT INTO disclosure_entry (id, code, unit, state, work, open, live,
                              index_no, place, published, updated, year, late,
                              title, doc_no, class, class_name, category,
                              category_name, topic, topic_name, formed, item,
                              about, summary, body, effect, effect_day,
                              effect_why, withdrawn, withdrawn_why, revision)
VALUES (:id, :code, :unit, 'new', 'draft', 1, 0, NULL, 0, NULL, NULL, 0, 0,
        :title, :doc_no, :class, :class_name, :category, :category_name,
        :topic, :topic_name, :formed, '', '', '', '', 'valid', NULL, '', NULL,
        '', 1);

-- entry_text_add :change
-- in  id int, entry int, version int, title text, doc_no text, category text
-- in  topic text, formed day, item text, about text, summary text, body text
-- in  why text, author int, author_name text, made inst
INSERT INTO disclosure_version (id, entry, version, state, title, doc_no,
                                category, topic, formed, item, about, summary,
                                body, why, ground, ground_why, author,
                                author_name, editor, made, run)
VALUES (:id, :entry, :version, 'draft', :title, :doc_no, :category, :topic,
        :formed, :item, :about, :summary, :body, :why, '', '', :author,
        :author_name, :author, :made, '');

-- entry_text_write :change
-- Only while it is being written.
-- in  entry int, version int, title text, doc_no text, category text
-- in  topic text, formed day, item text, about text, summary text, body text
-- in  why text, editor int
UPDATE disclosure_version
   SET title = :title, doc_no = :doc_no, category = :category, topic = :topic,
       formed = :formed, item = :item, about = :about, summary = :summary,
       body = :body, why = :why, editor = :editor
 WHERE entry = :entry AND version = :version
   AND state IN ('draft', 'returned');

-- entry_text_ground :change
-- in  entry int, version int, ground text, ground_why text
UPDATE disclosure_version
   SET ground = :ground, ground_why = :ground_why
 WHERE entry = :entry AND version = :version;

-- entry_text_state :change
-- in  entry int, version int, state text, run text
UPDATE disclosure_version
   SET state = :state, run = :run
 WHERE entry = :entry AND version = :version;

-- entry_text_secrecy :change
-- in  entry int, version int, by text, said text, note text, at inst
UPDATE disclosure_version
   SET secrecy_by = :by, secrecy_said = :said, secrecy_note = :note,
       secrecy_at = :at
 WHERE entry = :entry AND version = :version AND state = 'secrecy';

-- entry_text_check :change
-- in  entry int, version int, by text, note text, at inst
UPDATE disclosure_version
   SET check_by = :by, check_note = :note, check_at = :at
 WHERE entry = :entry AND version = :version AND state = 'check';

-- entry_text_released :change
-- in  entry int, version int, at inst
UPDATE disclosure_version
   SET state = 'live', released = :at
 WHERE entry = :entry AND version = :version AND state = 'check';

-- entry_text_past :run
-- in  entry int
UPDATE disclosure_version SET state = 'past'
 WHERE entry = :entry AND state = 'live';

-- entry_work :change
-- What is being done to it now; title only of one never released.
-- in  id int, revision int, work text, open int, title text
UPDATE disclosure_entry
   SET work = :work, open = :open, revision = revision + 1,
       title = CASE WHEN live = 0 THEN :title ELSE title END
 WHERE id = :id AND revision = :revision;

-- entry_dropped :change
-- in  id int, revision int, state text
UPDATE disclosure_entry
   SET state = :state, work = '', open = 0, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- entry_release :change
-- The version becomes what the public reads.
-- in  id int, revision int, version int, index_no text, place int
-- in  published day, updated day, year int, late int, title text
-- in  doc_no text, class text, class_name text, category text
-- in  category_name text, topic text, topic_name text, formed day
-- in  item text, about text, summary text, body text
UPDATE disclosure_entry
   SET state = 'live', work = '', open = 0, live = :version,
       index_no = :index_no, place = :place, published = :published,
       updated = :updated, year = :year, late = :late, title = :title,
       doc_no = :doc_no, class = :class, class_name = :class_name,
       category = :category, category_name = :category_name, topic = :topic,
       topic_name = :topic_name, formed = :formed, item = :item,
       about = :about, summary = :summary, body = :body, withdrawn = NULL,
       withdrawn_why = '', revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- entry_withdraw :change
-- in  id int, revision int, day day, why text
UPDATE disclosure_entry
   SET state = 'withdrawn', withdrawn = :day, withdrawn_why = :why,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'live';

-- entry_effect :change
-- in  id int, revision int, effect text, day day, why text
UPDATE disclosure_entry
   SET effect = :effect, effect_day = :day, effect_why = :why,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'live'
   AND effect = 'valid';

-- act_add :change
-- in  id int, entry int, at inst, verb text, text text, actor text, law text
-- in  open int
INSERT INTO disclosure_act (id, entry, at, verb, text, actor, law, open)
VALUES (:id, :entry, :at, :verb, :text, :actor, :law, :open);

-- file_add :change
-- in  id int, entry int, version int, name text, sha256 text, type text
-- in  size int
INSERT INTO disclosure_file (id, entry, version, name, sha256, type, size)
VALUES (:id, :entry, :version, :name, :sha256, :type, :size);

-- file_drop :change
-- in  id int, entry int, version int
DELETE FROM disclosure_file
 WHERE id = :id AND entry = :entry AND version = :version;

-- ---- reading: the desk ----

-- entry_one :one
-- in  code text
-- out id int, code text, unit text, unit_name text, credit_code text?
-- out state text, work text, open int, live int, index_no text?, place int
-- out published day?, updated day?, year int, late int, title text
-- out doc_no text, class text, category text, category_name text
-- out topic_name text, class_name text, formed day, item text, about text
-- out summary text, body text, effect text, effect_day day?, effect_why text
-- out withdrawn day?, withdrawn_why text, revision int
SELECT e.id, e.code, e.unit, u.name AS unit_name, u.credit_code, e.state,
       e.work, e.open, e.live, e.index_no, e.place, e.published, e.updated,
       e.year, e.late, e.title, e.doc_no, e.class, e.category,
       e.category_name, e.topic_name, e.class_name, e.formed, e.item, e.about,
       e.summary, e.body, e.effect, e.effect_day, e.effect_why, e.withdrawn,
       e.withdrawn_why, e.revision
  FROM disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.code = :code;

-- entry_text_one :one
-- in  entry int, version int
-- out version int, state text, title text, doc_no text, category text
-- out topic text, formed day, item text, about text, summary text, body text
-- out why text, ground text, ground_why text, author int, author_name text
-- out editor int, made inst, secrecy_by text?, secrecy_said text?
-- out secrecy_note text?, secrecy_at inst?, check_by text?, check_note text?
-- out check_at inst?, released inst?, run text
SELECT version, state, title, doc_no, category, topic, formed, item, about,
       summary, body, why, ground, ground_why, author, author_name, editor,
       made, secrecy_by, secrecy_said, secrecy_note, secrecy_at, check_by,
       check_note, check_at, released, run
  FROM disclosure_version
 WHERE entry = :entry AND version = :version;

-- entry_text_run :one
-- Which entry a review is about.
-- scan ok: only when a review ends otherwise than by us
-- in  run text
-- out entry int, version int, state text, code text
SELECT v.entry, v.version, v.state, e.code
  FROM disclosure_version v
  JOIN disclosure_entry e ON e.id = v.entry
 WHERE v.run = :run;

-- entry_texts :many
-- in  entry int
-- out version int, state text, why text, author_name text, made inst
-- out released inst?
SELECT version, state, why, author_name, made, released
  FROM disclosure_version
 WHERE entry = :entry
 ORDER BY version DESC
 LIMIT 100;

-- files_of :many
-- in  entry int, version int
-- out id int, name text, sha256 text, type text, size int, scan text
SELECT f.id, f.name, f.sha256, f.type, f.size, l.scan
  FROM disclosure_file f
  JOIN pub_files_look l ON l.sha256 = f.sha256
 WHERE f.entry = :entry AND f.version = :version
 ORDER BY f.id
 LIMIT 30;

-- acts_of :many
-- in  entry int, open int
-- out at inst, verb text, text text, actor text, law text
SELECT at, verb, text, actor, law
  FROM disclosure_act
 WHERE entry = :entry AND open >= :open
 ORDER BY id DESC
 LIMIT 200;

-- desk_entries :many
-- An organisation's own, the newest first; '' is any.
-- in  unit text, work text, state text, before int
-- out id int, code text, title text, unit_name text, state text, work text
-- out published day?, formed day, late int, effect text, effect_day day?
SELECT e.id, e.code, e.title, u.short_name AS unit_name, e.state, e.work,
       e.published, e.formed, e.late, e.effect, e.effect_day
  FROM disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE (:unit = '' OR e.unit = :unit) AND (:work = '' OR e.work = :work)
   AND (:state = '' OR e.state = :state) AND e.state <> 'dropped'
   AND e.id < :before
 ORDER BY e.id DESC
 LIMIT 51;

-- desk_waiting :one
-- in  unit text
-- out secrecy int, checks int, returned int
SELECT coalesce(sum(CASE WHEN work = 'secrecy' THEN 1 ELSE 0 END), 0)
         AS secrecy,
       coalesce(sum(CASE WHEN work = 'check' THEN 1 ELSE 0 END), 0) AS checks,
       coalesce(sum(CASE WHEN work = 'returned' THEN 1 ELSE 0 END), 0)
         AS returned
  FROM disclosure_entry
 WHERE unit = :unit AND work <> '';

-- overdue :many
-- Not yet released, though the day has come.
-- in  unit text, formed_before day
-- out code text, title text, formed day, work text, open int
SELECT e.code, e.title, v.formed, e.work, e.open
  FROM disclosure_entry e
  JOIN disclosure_version v ON v.entry = e.id AND v.version = e.open
 WHERE e.unit = :unit AND e.work IN ('draft', 'secrecy', 'check', 'returned')
   AND v.formed < :formed_before
 ORDER BY v.formed
 LIMIT 50;

-- released_late :many public
-- in  unit text, year int
-- out code text, title text, formed day, published day, late int
SELECT code, title, formed, published, late
  FROM disclosure_entry
 WHERE unit = :unit AND year = :year AND late > 0 AND state = 'live'
 ORDER BY late DESC, id
 LIMIT 50;

-- unit_classes :many public
-- How many of each class an organisation released in a year.
-- in  unit text, year int
-- out class text, entries int
SELECT class, count(*) AS entries
  FROM disclosure_entry
 WHERE state = 'live' AND unit = :unit AND year = :year
 GROUP BY class
 LIMIT 100;

-- ---- reading: everybody ----

-- open_page :many public
-- The newest first; '' and 0 are any.
-- in  state text, class text, unit text, year int, topic text, before int
-- out place int, code text, title text, doc_no text, index_no text
-- out unit_name text, class_name text, published day, state text, effect text
-- out effect_day day?
SELECT e.place, e.code, e.title, e.doc_no, e.index_no,
       u.short_name AS unit_name, e.class_name, e.published, e.state, e.effect,
       e.effect_day
  FROM disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.place > 0 AND e.place < :before AND e.state = :state
   AND (:class = '' OR e.class = :class) AND (:unit = '' OR e.unit = :unit)
   AND (:year = 0 OR e.year = :year) AND (:topic = '' OR e.topic = :topic)
 ORDER BY e.place DESC
 LIMIT 21;

-- open_found :many public
-- The same among what words have found.
-- in  ids text, class text, unit text, year int, topic text, before int
-- out place int, code text, title text, doc_no text, index_no text
-- out unit_name text, class_name text, published day, state text, effect text
-- out effect_day day?
SELECT e.place, e.code, e.title, e.doc_no, e.index_no,
       u.short_name AS unit_name, e.class_name, e.published, e.state, e.effect,
       e.effect_day
  FROM disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.place IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND e.place > 0 AND e.place < :before AND e.state = 'live'
   AND (:class = '' OR e.class = :class) AND (:unit = '' OR e.unit = :unit)
   AND (:year = 0 OR e.year = :year) AND (:topic = '' OR e.topic = :topic)
 ORDER BY e.place DESC
 LIMIT 21;

-- entry_sums :many public
-- What is in force to be read, by its sides; the page adds up.
-- scan ok: an index holds all of it, and the page is kept until it changes
-- out class text, unit text, year int, topic text, entries int
SELECT class, unit, year, topic, count(*) AS entries
  FROM disclosure_entry
 WHERE state = 'live'
 GROUP BY class, unit, year, topic
 ORDER BY class, unit, year, topic
 LIMIT 20000;

-- entry_found_sums :many public
-- The same of what words have found.
-- in  ids text
-- out class text, unit text, year int, topic text, entries int
SELECT class, unit, year, topic, count(*) AS entries
  FROM disclosure_entry
 WHERE place IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND place > 0 AND state = 'live'
 GROUP BY class, unit, year, topic
 ORDER BY class, unit, year, topic
 LIMIT 2000;

-- open_units :many public
-- Who has published anything, in the usual order.
-- scan ok: the organisations of a city
-- out code text, name text, short_name text, kind text
SELECT u.code, u.name, u.short_name, u.kind
  FROM pub_auth_unit u
 WHERE EXISTS (SELECT 1 FROM disclosure_entry e
                WHERE e.unit = u.code AND e.place > 0)
 ORDER BY u.position
 LIMIT 400;

-- open_about :many public
-- What explains this one.
-- in  about text
-- out code text, title text, published day
SELECT code, title, published
  FROM disclosure_entry
 WHERE about = :about AND about <> '' AND state = 'live'
 ORDER BY place DESC
 LIMIT 20;

-- open_file :one public
-- A file of the version everybody reads.
-- in  code text, id int
-- out name text, sha256 text, type text, state text, scan text
SELECT f.name, f.sha256, f.type, e.state, l.scan
  FROM disclosure_file f
  JOIN disclosure_entry e ON e.id = f.entry
  JOIN pub_files_look l ON l.sha256 = f.sha256
 WHERE f.id = :id AND e.code = :code AND f.version = e.live;

-- desk_file :one
-- in  id int
-- out name text, sha256 text, type text, entry int, scan text
SELECT f.name, f.sha256, f.type, f.entry, l.scan
  FROM disclosure_file f
  JOIN pub_files_look l ON l.sha256 = f.sha256
 WHERE f.id = :id;

-- open_guides :many public
-- The yearly reports, or the guides, that were published.
-- in  category text, before int
-- out place int, code text, title text, unit_name text, published day
SELECT e.place, e.code, e.title, u.short_name AS unit_name, e.published
  FROM disclosure_entry e
  JOIN pub_auth_unit u ON u.code = e.unit
 WHERE e.class = 'C28' AND e.category = :category AND e.state = 'live'
   AND e.place < :before
 ORDER BY e.place DESC
 LIMIT 20;

-- guide_units :many public
-- Whom to ask: everybody who must publish (政府信息公开条例 第十二条第二款).
-- scan ok: the organisations of a city
-- out code text, name text, address text?, hours text?, phone text?
SELECT code, name, address, hours, phone
  FROM pub_auth_unit
 WHERE kind IN ('department', 'township')
 ORDER BY position
 LIMIT 200;

-- ---- figures of a year ----

-- year_classes :many public
-- in  unit text, year int
-- out class text, class_name text, entries int, late int
SELECT class, class_name, count(*) AS entries,
       sum(CASE WHEN late > 0 THEN 1 ELSE 0 END) AS late
  FROM disclosure_entry
 WHERE state = 'live' AND year = :year AND (:unit = '' OR unit = :unit)
 GROUP BY class, class_name
 ORDER BY class
 LIMIT 100;

-- year_norms :one public
-- 规范性文件 made and ended in a year, and in force on its last day.
-- in  unit text, from day, until day
-- out made int, ended int, valid int
SELECT coalesce(sum(CASE WHEN formed >= :from AND formed <= :until
                         THEN 1 ELSE 0 END), 0) AS made,
       coalesce(sum(CASE WHEN effect <> 'valid' AND effect_day >= :from
                          AND effect_day <= :until
                         THEN 1 ELSE 0 END), 0) AS ended,
       coalesce(sum(CASE WHEN formed <= :until AND
                              (effect = 'valid' OR effect_day > :until)
                         THEN 1 ELSE 0 END), 0) AS valid
  FROM disclosure_entry
 WHERE state = 'live' AND class = 'C02' AND category = 'C0202'
   AND (:unit = '' OR unit = :unit);

-- year_handled :one public
-- Applications for licences and services decided; unit '' the city.
-- in  unit text, from day, until day
-- out closed int
SELECT coalesce(sum(closed), 0) AS closed
  FROM pub_services_tally
 WHERE unit = :unit AND day >= :from AND day <= :until;

-- year_asked :one public
-- Requests for disclosure taken in, by their numbers, and those answered.
-- in  unit text, first text, beyond text
-- out requests int, answered int
SELECT count(*) AS requests,
       coalesce(sum(CASE WHEN c.state IN ('running', 'held', 'stuck')
                         THEN 0 ELSE 1 END), 0) AS answered
  FROM pub_matters_matter m
  LEFT JOIN pub_process_case c ON c.number = m.number
 WHERE m.number >= :first AND m.number < :beyond AND m.key = 'disclosure'
   AND (:unit = '' OR m.unit = :unit);

-- ---- others ----

-- unit_short :one public
-- in  code text
-- out name text, kind text, credit_code text?
SELECT name, kind, credit_code FROM pub_auth_unit WHERE code = :code;

-- item_named :one public
-- in  code text
-- out name text, state text
SELECT name, state FROM pub_services_item WHERE code = :code;

-- editors :many
-- in  unit text
-- out account int
SELECT account FROM pub_auth_staff
 WHERE unit = :unit AND role = 'editor'
 ORDER BY account
 LIMIT 20;
