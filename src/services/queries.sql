-- theme_live :many
-- Every theme people can apply for now, in the order of the list.
-- out code text, version int, title text, summary text, body text, rules text
SELECT code, version, title, summary, body, rules
  FROM services_theme
 WHERE live = 1
 ORDER BY position
 LIMIT 200;

-- theme_version :one
-- A theme as it was when a case was filed.
-- in  code text, version int
-- out title text, summary text, body text, rules text
SELECT title, summary, body, rules
  FROM services_theme
 WHERE code = :code AND version = :version;

-- theme_add :change
-- Into force at once; whoever was in force has stepped down before.
-- in  id int, code text, version int, title text, summary text, icon text
-- in  body text, rules text, position int, form int?, tables int?
INSERT INTO services_theme (id, code, version, title, summary, icon, body,
                            rules, live, position, form, tables)
VALUES (:id, :code, :version, :title, :summary, :icon, :body, :rules, 1,
        :position, :form, :tables);

-- theme_newest :one
-- The newest version of a theme, in force or not.
-- in  code text
-- out id int, version int, body text, rules text, live int, position int
SELECT id, version, body, rules, live, position
  FROM services_theme
 WHERE code = :code
 ORDER BY version DESC
 LIMIT 1;

-- theme_end :one
-- The place behind the last theme of the list.
-- out position int
SELECT coalesce(max(position), 0) + 1 AS position FROM services_theme;

-- theme_step_down :run
-- Before another version comes into force, or none.
-- in  code text
UPDATE services_theme SET live = 0 WHERE code = :code AND live = 1;

-- theme_revive :change
-- What was out of force and says the same comes back.
-- in  id int
UPDATE services_theme SET live = 1 WHERE id = :id AND live = 0;

-- form_deployed :one
-- What the designer has in force under a key.
-- in  key text
-- out version int, xml text
SELECT version, xml
  FROM pub_design_form
 WHERE key = :key AND state = 'deployed';

-- table_deployed :one
-- in  key text
-- out version int, xml text
SELECT version, xml
  FROM pub_design_table
 WHERE key = :key AND state = 'deployed';

-- table_themes :many
-- The designer's forms in force, to see which of them go by a table.
-- out key text, xml text
SELECT key, xml
  FROM pub_design_form
 WHERE state = 'deployed'
 ORDER BY key
 LIMIT 2000;

-- item_form :one
-- in  item text, version int
-- out key text, form int, body text
SELECT key, form, body
  FROM services_item_form
 WHERE item = :item AND version = :version;

-- item_form_of_key :one
-- The item a form was last taken for.
-- in  key text
-- out item text
SELECT item
  FROM services_item_form
 WHERE key = :key
 ORDER BY version DESC
 LIMIT 1;

-- item_form_add :change
-- in  id int, item text, version int, key text, form int, body text
INSERT INTO services_item_form (id, item, version, key, form, body)
VALUES (:id, :item, :version, :key, :form, :body);

-- item_next_version :change
-- in  code text, version int
UPDATE services_item
   SET version = :version + 1
 WHERE code = :code AND version = :version;

-- item_add :change
-- in  id int, code text, unit text, name text, type text, object text
-- in  law text?, law_version text?, article text?, statutory_n int
-- in  statutory_unit text, statutory_basis text?, promised_n int, online int
-- in  visits int, fee text, result text?, conditions text?, curated int
-- in  position int, process text, depth text, level text
INSERT INTO services_item (id, code, version, unit, name, type, object, law,
                           law_version, article, statutory_n, statutory_unit,
                           statutory_basis, promised_n, online, visits, fee,
                           result, conditions, curated, position, process,
                           depth, level)
VALUES (:id, :code, 1, :unit, :name, :type, :object, :law, :law_version,
        :article, :statutory_n, :statutory_unit, :statutory_basis, :promised_n,
        :online, :visits, :fee, :result, :conditions, :curated, :position,
        :process, :depth, :level);

-- material_add :change
-- in  id int, item text, position int, code text, name text, source text
-- in  need int, note text?
INSERT INTO services_material (id, item, position, code, name, source, need,
                               note)
VALUES (:id, :item, :position, :code, :name, :source, :need, :note);

-- item_guide :one
-- All of one item, for its guide page and for filing it.
-- in  code text
-- out code text, version int, unit text, unit_name text, unit_phone text?
-- out unit_address text?, unit_hours text?, name text, type text, object text
-- out law text?, law_version text?, article text?, statutory_n int
-- out statutory_unit text, statutory_basis text?, promised_n int, online int
-- out visits int, fee text, result text?, conditions text?, curated int
-- out process text, state text, why text
SELECT i.code, i.version, i.unit, u.name AS unit_name, u.phone AS unit_phone,
       u.address AS unit_address, u.hours AS unit_hours, i.name, i.type,
       i.object, i.law, i.law_version, i.article, i.statutory_n,
       i.statutory_unit, i.statutory_basis, i.promised_n, i.online, i.visits,
       i.fee, i.result, i.conditions, i.curated, i.process, i.state, i.why
  FROM services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.code = :code;

-- item_kind :one
-- Whether an item is a licence, and what it rests on, as its version says:
-- what its notices cite.  The versions kept, else the one in force.
-- in  code text, version int
-- out type text, law text?, article text?
SELECT type, law, article
  FROM (SELECT version, type, law, article
          FROM services_item_past
         WHERE item = :code AND version >= :version
        UNION ALL
        SELECT version, type, law, article
          FROM services_item
         WHERE code = :code) AS said
 ORDER BY version
 LIMIT 1;

-- material_list :many
-- in  item text
-- out code text, name text, source text, need int, note text?
SELECT code, name, source, need, note
  FROM services_material
 WHERE item = :item
 ORDER BY position
 LIMIT 60;

-- unit_brief :one
-- in  code text
-- out code text, name text, short_name text, phone text?, address text?
-- out hours text?, doc_prefix text?
SELECT code, name, short_name, phone, address, hours, doc_prefix
  FROM pub_auth_unit
 WHERE code = :code;

-- town_one :one
-- Is there a township of this code?
-- in  code text
-- out name text
SELECT name FROM pub_auth_unit WHERE code = :code AND kind = 'township';

-- unit_list :many
-- Organisations with a desk and townships, in the order of lists.
-- scan ok: a hundred organisations, read once (units.c)
-- out code text, name text, kind text, hall int
SELECT code, name, kind, hall
  FROM pub_auth_unit
 WHERE kind <> 'village'
 ORDER BY position
 LIMIT 300;

-- staff_of :many
-- Who sits at an organisation's desks, by role.
-- in  unit text, role text
-- out account int, name text, title text?, phone text?
SELECT account, name, title, phone
  FROM pub_auth_staff
 WHERE unit = :unit AND role = :role
 ORDER BY account
 LIMIT 100;

-- fellow_add :change
-- in  id int, draft int, role text, name text, mobile text, code text
-- in  scope text, until day?, asked inst
INSERT INTO services_partner (id, draft, case_no, role, name, mobile, code,
                              scope, until, account, signature, digest, asked,
                              signed)
VALUES (:id, :draft, NULL, :role, :name, :mobile, :code, :scope, :until, 0,
        NULL, '', :asked, NULL);

-- fellow_list :many
-- in  draft int
-- out id int, role text, name text, mobile text, code text, scope text
-- out until day?, account int, digest text, asked inst, signed_at inst?
-- out declined inst?, reason text?
SELECT id, role, name, mobile, code, scope, until, account, digest, asked,
       signed AS signed_at, declined, reason
  FROM services_partner
 WHERE draft = :draft
 ORDER BY id
 LIMIT 20;

-- fellow_one :one
-- Who was asked with this code to sign the draft of this number.
-- in  number text, code text
-- out id int, role text, name text, mobile text, scope text, until day?
-- out declined inst?, number text, owner int
SELECT p.id, p.role, p.name, p.mobile, p.scope, p.until, p.declined, d.number,
       d.account AS owner
  FROM services_draft d
  JOIN services_partner p ON p.draft = d.id
 WHERE d.number = :number AND p.code = :code;

-- fellow_asked :one
-- Who was asked by this row, while the draft is one; the caller compares whom
-- it names with who asks.
-- in  id int
-- out id int, role text, name text, mobile text, scope text, until day?
-- out declined inst?, number text, owner int
SELECT p.id, p.role, p.name, p.mobile, p.scope, p.until, p.declined, d.number,
       d.account AS owner
  FROM services_partner p
  JOIN services_draft d ON d.id = p.draft
 WHERE p.id = :id AND p.case_no IS NULL;

-- fellow_mine :many
-- What the person of this name and mobile is asked to sign, the latest first.
-- in  name text, mobile text
-- out id int, role text, number text, title text, owner int, asked inst
-- out account int, digest text, declined inst?
SELECT p.id, p.role, d.number, d.title, d.account AS owner, p.asked, p.account,
       p.digest, p.declined
  FROM services_partner p
  JOIN services_draft d ON d.id = p.draft
 WHERE p.mobile = :mobile AND p.name = :name AND p.case_no IS NULL
   AND p.mobile <> ''
 ORDER BY p.asked DESC, p.id DESC
 LIMIT 20;

-- fellow_cases :many
-- What this account signed and was filed, the latest first.
-- in  account int
-- out role text, number text, kind text, title text, state text, received day
-- out accept_by day?, clock_n int, clock_extra int, clock_start day?
-- out clock_due day?, clock_held int, clock_held_at day?, closed_day day?
SELECT p.role, c.number, c.kind, c.title, c.state, c.received, c.accept_by,
       c.clock_n, c.clock_extra, c.clock_start, c.clock_due, c.clock_held,
       c.clock_held_at, c.closed_day
  FROM services_partner p
  JOIN services_case c ON c.number = p.case_no
 WHERE p.account = :account AND p.account <> 0
 ORDER BY p.id DESC
 LIMIT 50;

-- fellow_sign :change
-- in  id int, account int, signature text, digest text, at inst
UPDATE services_partner
   SET account = :account, signature = :signature, digest = :digest,
       signed = :at, declined = NULL, reason = NULL
 WHERE id = :id AND case_no IS NULL;

-- fellow_decline :change
-- in  id int, reason text, at inst
UPDATE services_partner
   SET account = 0, signature = NULL, digest = '', signed = NULL,
       declined = :at, reason = :reason
 WHERE id = :id AND case_no IS NULL;

-- fellow_stale :change
-- What was signed is not what stands there any more.
-- in  id int
UPDATE services_partner SET digest = '' WHERE id = :id AND case_no IS NULL;

-- fellow_again :change
-- Asked once more: a no is no longer the last word.
-- in  id int, draft int, at inst
UPDATE services_partner
   SET asked = :at, declined = NULL, reason = NULL
 WHERE id = :id AND draft = :draft AND case_no IS NULL;

-- fellow_remove :change
-- in  id int, draft int
DELETE FROM services_partner
 WHERE id = :id AND draft = :draft AND case_no IS NULL;

-- fellow_clear :run
-- in  draft int
DELETE FROM services_partner WHERE draft = :draft AND case_no IS NULL;

-- fellow_filed :run
-- in  draft int, case_no text
UPDATE services_partner SET case_no = :case_no WHERE draft = :draft;

-- fellow_account :run
-- The principal of a paper authority stands by it in their own account.
-- in  id int, account int
UPDATE services_partner SET account = :account
 WHERE id = :id AND case_no IS NOT NULL;

-- fellow_of_case :many
-- in  case_no text
-- out id int, role text, name text, scope text, until day?, account int
-- out signature text?, signed_at inst?
SELECT id, role, name, scope, until, account, signature, signed AS signed_at
  FROM services_partner
 WHERE case_no = :case_no
 ORDER BY id
 LIMIT 20;

-- held_licence :many
-- What the person in whose session it is asked holds in force.
-- in  account int
-- out name text, number text, issued day
SELECT name, number, issued
  FROM pub_licences_held
 WHERE account = :account AND account <> 0
 ORDER BY issued DESC, id DESC
 LIMIT 50;

-- held_case :many
-- What the person in whose session it is asked answered before.
-- in  account int
-- out title text, received day, applicant_name text, answers text
SELECT title, received, applicant_name, answers
  FROM services_case
 WHERE applicant = :account AND applicant <> 0 AND kind <> 'part'
   AND proxy = 0 AND answers IS NOT NULL
 ORDER BY id DESC
 LIMIT 6;

-- draft_add :change
-- in  id int, number text, account int, offer text, version int, title text
-- in  answers text, step text, created inst, expires day
INSERT INTO services_draft (id, number, account, offer, version, title,
                            answers, step, created, saved, expires, revision)
VALUES (:id, :number, :account, :offer, :version, :title, :answers, :step,
        :created, :created, :expires, 1);

-- draft_one :one
-- Only its owner's.
-- in  number text, account int
-- out id int, number text, offer text, version int, title text, answers text
-- out step text, created inst, saved inst, expires day, revision int
SELECT id, number, offer, version, title, answers, step, created, saved,
       expires, revision
  FROM services_draft
 WHERE number = :number AND account = :account;

-- draft_list :many
-- in  account int
-- out number text, offer text, title text, step text, saved inst, expires day
SELECT number, offer, title, step, saved, expires
  FROM services_draft
 WHERE account = :account
 ORDER BY saved DESC
 LIMIT 50;

-- draft_save :change
-- The revision in the WHERE keeps two devices from overwriting each other.
-- in  id int, revision int, answers text, step text, saved inst, expires day
UPDATE services_draft
   SET answers = :answers, step = :step, saved = :saved, expires = :expires,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- draft_remove :change
-- in  id int, account int
DELETE FROM services_draft WHERE id = :id AND account = :account;

-- draft_expired :many
-- Not while its theme cannot be applied for: nobody could have gone on with it.
-- in  today day
-- out id int, account int, number text
SELECT id, account, number
  FROM services_draft d
 WHERE expires < :today
   AND NOT EXISTS (SELECT 1 FROM services_halted h
                    WHERE h.theme = d.offer AND h.why <> '')
 ORDER BY expires
 LIMIT 200;

-- draft_paper_add :change
-- in  id int, draft int, code text, name text, sha256 text, size int
-- in  type text, added inst, source text, ref text?
INSERT INTO services_draft_paper (id, draft, code, name, sha256, size, type,
                                  added, source, ref)
VALUES (:id, :draft, :code, :name, :sha256, :size, :type, :added, :source,
        :ref);

-- draft_paper_list :many
-- in  draft int
-- out id int, code text, name text, sha256 text, size int, type text
-- out added inst, source text, ref text?, scan text?, pages int?, sharp int?
-- out preview text?, preview_problem text?, drawn int?, thumb_width int?
-- out thumb_height int?
SELECT p.id, p.code, p.name, p.sha256, p.size, p.type, p.added, p.source,
       p.ref, l.scan, l.pages, l.sharp, v.preview, v.preview_problem, v.drawn,
       v.thumb_width, v.thumb_height
  FROM services_draft_paper p
  LEFT JOIN pub_files_look l ON l.sha256 = p.sha256
  LEFT JOIN pub_files_preview v ON v.sha256 = p.sha256
 WHERE p.draft = :draft
 ORDER BY p.id
 LIMIT 100;

-- draft_paper_remove :run
-- in  draft int, code text
DELETE FROM services_draft_paper WHERE draft = :draft AND code = :code;

-- draft_papers_clear :run
-- in  draft int
DELETE FROM services_draft_paper WHERE draft = :draft;

-- series_start :run
-- in  name text, of int
INSERT INTO services_series (name, of, last) VALUES (:name, :of, 0)
ON CONFLICT (name, of) DO NOTHING;

-- series_step :change
-- in  name text, of int
UPDATE services_series SET last = last + 1 WHERE name = :name AND of = :of;

-- series_last :one
-- in  name text, of int
-- out last int
SELECT last FROM services_series WHERE name = :name AND of = :of;

-- case_add :change
-- in  id int, number text, kind text, parent int?, theme text?
-- in  theme_version int?, part text?, item text?, item_version int?, title text
-- in  unit text, officer int?, officer_name text, applicant int
-- in  applicant_name text, applicant_code text?, mobile text?
-- in  applicant_open text, proxy int, proxy_name text?, channel text
-- in  town text?, answers text?, papers text, state text, open int
-- in  filed inst, received day, accept_by day?, statutory_n int
-- in  statutory_unit text, clock_n int, sort_due int, ticket text
INSERT INTO services_case (id, number, kind, parent, theme, theme_version, part,
    item, item_version, title, unit, officer, officer_name, applicant,
    applicant_name, applicant_code, mobile, applicant_open, proxy, proxy_name,
    channel, town, answers, papers, state, open, supplements, filed, received,
    accepted, deemed, accept_by, supply_by, statutory_n, statutory_unit,
    statutory_due, clock_n, clock_extra, clock_start, clock_due, clock_held,
    clock_held_at, sort_due, late, opened, closed, closed_day, result_no,
    reason, ticket, revision)
VALUES (:id, :number, :kind, :parent, :theme, :theme_version, :part, :item,
    :item_version, :title, :unit, :officer, :officer_name, :applicant,
    :applicant_name, :applicant_code, :mobile, :applicant_open, :proxy,
    :proxy_name, :channel, :town, :answers, :papers, :state, :open, 0, :filed,
    :received, NULL, 0, :accept_by, NULL, :statutory_n, :statutory_unit, NULL,
    :clock_n, 0, NULL, NULL, 0, NULL, :sort_due, 0, NULL, NULL, NULL, NULL,
    NULL, :ticket, 1);

-- case_load :one
-- Everything a verb needs to know.  The caller has checked who asks.
-- in  number text
-- out id int, number text, kind text, parent int?, theme text?
-- out theme_version int?, part text?, item text?, item_version int?
-- out title text, unit text, officer int?, officer_name text, applicant int
-- out applicant_name text, applicant_code text?, mobile text?
-- out applicant_open text, proxy int, proxy_name text?, channel text
-- out town text?, answers text?, papers text, state text, open int
-- out supplements int, filed inst, received day, accepted day?, deemed int
-- out accept_by day?, supply_by day?, statutory_n int, statutory_unit text
-- out statutory_due day?, clock_n int, clock_extra int, clock_start day?
-- out clock_due day?, clock_held int, clock_held_at day?, sort_due int
-- out late int, opened inst?, closed inst?, closed_day day?, result_no text?
-- out reason text?, ticket text, revision int, reopens int?, gaps int
-- out gap_handed int, gap_due day?
SELECT id, number, kind, parent, theme, theme_version, part, item,
       item_version, title, unit, officer, officer_name, applicant,
       applicant_name, applicant_code, mobile, applicant_open, proxy,
       proxy_name, channel, town, answers, papers, state, open, supplements,
       filed, received, accepted, deemed, accept_by, supply_by, statutory_n,
       statutory_unit, statutory_due, clock_n, clock_extra, clock_start,
       clock_due, clock_held, clock_held_at, sort_due, late, opened, closed,
       closed_day, result_no, reason, ticket, revision, reopens, gaps,
       gap_handed, gap_due
  FROM services_case
 WHERE number = :number;

-- case_number :one
-- in  id int
-- out number text
SELECT number FROM services_case WHERE id = :id;

-- case_parts :many public
-- The departments of a joint case.
-- in  parent int
-- out id int, number text, part text?, item text?, title text, unit text
-- out unit_name text, short_name text, officer int?, officer_name text, officer_phone text?
-- out papers text, state text, open int, received day, accepted day?
-- out accept_by day?, supply_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out late int, closed_day day?, result_no text?, reason text?, revision int
-- out gaps int
SELECT c.id, c.number, c.part, c.item, c.title, c.unit, u.name AS unit_name,
       u.short_name, c.officer, c.officer_name, u.phone AS officer_phone, c.papers, c.state,
       c.open, c.received, c.accepted, c.accept_by, c.supply_by, c.clock_n,
       c.clock_extra, c.clock_start, c.clock_due, c.clock_held,
       c.clock_held_at, c.late, c.closed_day, c.result_no, c.reason, c.revision,
       c.gaps
  FROM services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.parent = :parent
 ORDER BY c.id
 LIMIT 100;

-- case_public :one public
-- What anybody may see of a case.
-- in  number text
-- out id int, number text, kind text, parent int?, theme text?, item text?
-- out title text, unit text, unit_name text, unit_short text
-- out unit_phone text?
-- out officer_name text, applicant_open text, channel text, state text
-- out open int, supplements int, filed inst, received day, accepted day?
-- out deemed int, accept_by day?, supply_by day?, statutory_n int
-- out statutory_unit text, statutory_due day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out late int, closed inst?, closed_day day?, result_no text?, reason text?
-- out reopens int?, gaps int
SELECT c.id, c.number, c.kind, c.parent, c.theme, c.item, c.title, c.unit,
       u.name AS unit_name, u.short_name AS unit_short,
       u.phone AS unit_phone, c.officer_name,
       c.applicant_open, c.channel, c.state, c.open, c.supplements, c.filed,
       c.received, c.accepted, c.deemed, c.accept_by, c.supply_by,
       c.statutory_n, c.statutory_unit, c.statutory_due, c.clock_n,
       c.clock_extra, c.clock_start, c.clock_due, c.clock_held,
       c.clock_held_at, c.late, c.closed, c.closed_day, c.result_no, c.reason,
       c.reopens, c.gaps
  FROM services_case c
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE c.number = :number;

-- case_board :many public
-- The public board, most urgent first; the place is (sort_due, id).
-- in  after int, after_id int
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out sort_due int, closed_day day?
SELECT id, number, kind, title, unit, officer_name, state, received, accept_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held, clock_held_at,
       sort_due, closed_day
  FROM services_case
 WHERE open = 1 AND kind <> 'part'
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 21;

-- case_board_unit :many public
-- in  unit text, after int, after_id int
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out sort_due int, closed_day day?
SELECT id, number, kind, title, unit, officer_name, state, received, accept_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held, clock_held_at,
       sort_due, closed_day
  FROM services_case
 WHERE open = 1 AND kind <> 'part' AND unit = :unit
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 21;

-- case_board_town :many public
-- in  town text, after int, after_id int
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out sort_due int, closed_day day?
SELECT id, number, kind, title, unit, officer_name, state, received, accept_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held, clock_held_at,
       sort_due, closed_day
  FROM services_case
 WHERE open = 1 AND kind <> 'part' AND town = :town
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 21;

-- case_board_state :many public
-- in  state text, after int, after_id int
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out sort_due int, closed_day day?
SELECT id, number, kind, title, unit, officer_name, state, received, accept_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held, clock_held_at,
       sort_due, closed_day
  FROM services_case
 WHERE open = 1 AND kind <> 'part' AND state = :state
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 21;

-- desk_open :many
-- An organisation's open work, most urgent first: what a filter asks of it and
-- the place of each, as many as the page looks through.
-- in  unit text, after int, after_id int, most int
-- out id int, place int, kind text, state text, channel text, gaps int
SELECT id, sort_due AS place, kind, state, channel, gaps
  FROM services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT :most;

-- desk_mine :many
-- The same of one officer.
-- in  officer int, unit text, after int, after_id int, most int
-- out id int, place int, kind text, state text, channel text, gaps int
SELECT id, sort_due AS place, kind, state, channel, gaps
  FROM services_case
 WHERE open = 1 AND kind <> 'joint' AND officer = :officer AND unit = :unit
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT :most;

-- desk_done :many
-- What the organisation closed, newest first.
-- in  unit text, before inst, before_id int, most int
-- out id int, place int, kind text, state text, channel text, gaps int
SELECT id, closed AS place, kind, state, channel, gaps
  FROM services_case
 WHERE open = 0 AND kind <> 'joint' AND unit = :unit
   AND (closed, id) < (:before, :before_id)
 ORDER BY closed DESC, id DESC
 LIMIT :most;

-- desk_found :many
-- The same of what words found; the wholes of joint cases are among them.
-- in  ids text
-- out id int, place int, kind text, state text, channel text, gaps int
SELECT id, id AS place, kind, state, channel, gaps
  FROM services_case
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY id DESC
 LIMIT 1000;

-- desk_by_ids :many
-- Rows of a page, in no order of it.
-- in  ids text
-- out id int, number text, kind text, title text, unit text
-- out applicant_open text
-- out channel text, officer int?, officer_name text, state text, filed inst
-- out received day, accepted day?, accept_by day?, supply_by day?, clock_n int
-- out clock_extra int, clock_start day?, clock_due day?, clock_held int
-- out clock_held_at day?, sort_due int, late int, closed_day day?, gaps int
-- out gap_handed int, gap_due day?, open int
SELECT id, number, kind, title, unit, applicant_open, channel, officer,
       officer_name, state, filed, received, accepted, accept_by, supply_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held,
       clock_held_at, sort_due, late, closed_day,
       gaps, gap_handed, gap_due, open
  FROM services_case
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND kind <> 'joint'
 ORDER BY id DESC
 LIMIT 50;

-- open_counts :many public
-- What is open by state and urgency, of one organisation's desk or, as '', of
-- the city's board: the figures over the lists.
-- in  unit text, today int, soon int
-- out state text, kind text, cases int, late int, soon int
SELECT state, kind, sum(cases) AS cases,
       sum(CASE WHEN sort_due < :today THEN cases ELSE 0 END) AS late,
       sum(CASE WHEN sort_due >= :today AND sort_due <= :soon
                THEN cases ELSE 0 END) AS soon
  FROM services_open
 WHERE unit = :unit
 GROUP BY state, kind
 LIMIT 40;

-- open_add :run
-- in  unit text, state text, kind text, sort_due int
INSERT INTO services_open (unit, state, kind, sort_due, cases)
VALUES (:unit, :state, :kind, :sort_due, 1)
ON CONFLICT (unit, state, kind, sort_due) DO UPDATE
   SET cases = services_open.cases + 1;

-- open_take :change
-- in  unit text, state text, kind text, sort_due int
UPDATE services_open SET cases = cases - 1
 WHERE unit = :unit AND state = :state AND kind = :kind
   AND sort_due = :sort_due;

-- open_drop :run
-- in  unit text, state text, kind text, sort_due int
DELETE FROM services_open
 WHERE unit = :unit AND state = :state AND kind = :kind
   AND sort_due = :sort_due AND cases = 0;

-- my_cases :many
-- What an account applied for, and what it filed for somebody else: each half by
-- its own index, so that a window with years of cases waits for twenty.
-- in  account int, before int
-- out id int, number text, kind text, title text, unit text, unit_name text
-- out officer_name text, applicant_open text, proxy int, state text
-- out filed inst, received day, accepted day?, accept_by day?, supply_by day?
-- out clock_n int, clock_extra int, clock_start day?, clock_due day?
-- out clock_held int, clock_held_at day?, sort_due int, late int
-- out closed_day day?, result_no text?, asking day?
SELECT c.id, c.number, c.kind, c.title, c.unit, u.name AS unit_name,
       c.officer_name, c.applicant_open, c.proxy, c.state, c.filed, c.received,
       c.accepted, c.accept_by, c.supply_by, c.clock_n, c.clock_extra,
       c.clock_start, c.clock_due, c.clock_held, c.clock_held_at, c.sort_due,
       c.late, c.closed_day, c.result_no,
       (SELECT min(p.supply_by) FROM services_case p
         WHERE p.parent = c.id AND p.state = 'supplement') AS asking
  FROM (SELECT id FROM (SELECT id
                          FROM services_case
                         WHERE applicant = :account AND applicant <> 0
                           AND kind <> 'part' AND id < :before
                         ORDER BY id DESC
                         LIMIT 21) AS own
        UNION
        SELECT id FROM (SELECT id
                          FROM services_case
                         WHERE proxy = :account AND proxy <> 0
                           AND kind <> 'part' AND id < :before
                         ORDER BY id DESC
                         LIMIT 21) AS filed_for) AS mine
  JOIN services_case c ON c.id = mine.id
  JOIN pub_auth_unit u ON u.code = c.unit
 ORDER BY c.id DESC
 LIMIT 21;

-- case_set_applicant :change
-- A matter without an account gets one, once.
-- in  id int, applicant int
UPDATE services_case
   SET applicant = :applicant
 WHERE id = :id AND applicant = 0;

-- parts_set_applicant :run
-- in  parent int, applicant int
UPDATE services_case
   SET applicant = :applicant
 WHERE parent = :parent AND applicant = 0;

-- case_set_accepted :change
-- The revision in the WHERE is the lock: of two officers pressing at the same
-- moment exactly one changes a row, the other gets ERR_CONFLICT.
-- in  id int, revision int, accepted day, deemed int, officer int?
-- in  officer_name text, statutory_due day?, clock_start day, clock_n int
-- in  clock_due day?, sort_due int
UPDATE services_case
   SET state = 'accepted', accepted = :accepted, deemed = :deemed,
       officer = :officer, officer_name = :officer_name, accept_by = NULL,
       supply_by = NULL, statutory_due = :statutory_due,
       clock_start = :clock_start, clock_n = :clock_n,
       clock_due = :clock_due, sort_due = :sort_due, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_set_joint :change
-- The joint case is accepted with the first of its parts.
-- in  id int, accepted day, statutory_due day?, clock_due day?, sort_due int
UPDATE services_case
   SET state = 'reviewing', accepted = :accepted, accept_by = NULL,
       statutory_due = :statutory_due, clock_start = :accepted,
       clock_due = :clock_due, sort_due = :sort_due, revision = revision + 1
 WHERE id = :id AND kind = 'joint';

-- case_set_supplement :change
-- in  id int, revision int, supply_by day, reason text
UPDATE services_case
   SET state = 'supplement', supplements = supplements + 1, accept_by = NULL,
       supply_by = :supply_by, reason = :reason, sort_due = 99999,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_set_clock :change
-- After a pause, a resumption or an extension.
-- in  id int, revision int, state text, clock_extra int, clock_due day?
-- in  clock_held int, clock_held_at day?, statutory_due day?, sort_due int
UPDATE services_case
   SET state = :state, clock_extra = :clock_extra, clock_due = :clock_due,
       clock_held = :clock_held, clock_held_at = :clock_held_at,
       statutory_due = :statutory_due, sort_due = :sort_due,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_set_state :change
-- in  id int, revision int, state text
UPDATE services_case
   SET state = :state, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_set_officer :change
-- in  id int, revision int, officer int?, officer_name text
UPDATE services_case
   SET officer = :officer, officer_name = :officer_name,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_set_closed :change
-- in  id int, revision int, state text, closed inst, closed_day day, late int
-- in  result_no text?, reason text?
UPDATE services_case
   SET state = :state, open = 0, closed = :closed, closed_day = :closed_day,
       late = :late, result_no = :result_no, reason = :reason,
       accept_by = NULL, supply_by = NULL, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_thread :one public
-- The joint case a part belongs to.
-- in  id int
-- out number text, title text
SELECT number, title FROM services_case WHERE id = :id;

-- parts_open :one
-- The parts a joint case waits for; what is done again is a matter of its own.
-- in  parent int
-- out parts int, still_open int, granted int, ended int
SELECT count(*) AS parts, sum(open) AS still_open,
       sum(CASE WHEN state = 'granted' THEN 1 ELSE 0 END) AS granted,
       sum(CASE WHEN state = 'ended' THEN 1 ELSE 0 END) AS ended
  FROM services_case
 WHERE parent = :parent AND reopens IS NULL;

-- case_silent :many
-- Received, and told nothing in time: accepted by silence.
-- in  today day, after day, id int
-- out number text, accept_by day, id int
SELECT number, accept_by, id
  FROM services_case
 WHERE accept_by IS NOT NULL AND accept_by < :today
   AND (accept_by, id) > (:after, :id)
 ORDER BY accept_by, id
 LIMIT 100;

-- event_add :change
-- in  id int, case_id int, at inst, verb text, text text, actor text
-- in  unit text, basis text?, open int
INSERT INTO services_event (id, case_id, at, verb, text, actor, unit, basis,
                            open)
VALUES (:id, :case_id, :at, :verb, :text, :actor, :unit, :basis, :open);

-- event_open :many public
-- What everybody may read of a case's history, newest first.
-- in  case_id int
-- out at inst, verb text, text text, actor text, unit text, basis text?
SELECT at, verb, text, actor, unit, basis
  FROM services_event
 WHERE case_id = :case_id AND open = 1
 ORDER BY at DESC, id DESC
 LIMIT 60;

-- event_joint :many public
-- The one thread of a joint case: its own events and its parts'.
-- in  case_id int
-- out id int, at inst, verb text, text text, actor text, unit text
-- out basis text?
SELECT e.id, e.at, e.verb, e.text, e.actor, e.unit, e.basis
  FROM services_event e
 WHERE e.open = 1
   AND e.case_id IN (SELECT c.id FROM services_case c WHERE c.parent = :case_id
                     UNION ALL SELECT CAST(:case_id AS BIGINT))
 ORDER BY e.at DESC, e.id DESC
 LIMIT 100;

-- event_all :many
-- in  case_id int
-- out at inst, verb text, text text, actor text, unit text, basis text?
-- out open int
SELECT at, verb, text, actor, unit, basis, open
  FROM services_event
 WHERE case_id = :case_id
 ORDER BY at DESC, id DESC
 LIMIT 200;

-- paper_add :change
-- in  id int, case_id int, code text, name text, title text, source text
-- in  sha256 text?, size int, type text, added inst, ref text?
INSERT INTO services_paper (id, case_id, code, name, title, source, sha256,
                            size, type, added, ref)
VALUES (:id, :case_id, :code, :name, :title, :source, :sha256, :size, :type,
        :added, :ref);

-- paper_list :many
-- in  case_id int
-- out id int, code text, name text, title text, source text, sha256 text?
-- out size int, type text, added inst, ref text?, scan text?, virus text?
-- out pages int?, sharp int?, preview text?, preview_problem text?, drawn int?
-- out thumb_width int?, thumb_height int?
SELECT p.id, p.code, p.name, p.title, p.source, p.sha256, p.size, p.type,
       p.added, p.ref, l.scan, l.virus, l.pages, l.sharp, v.preview,
       v.preview_problem, v.drawn, v.thumb_width, v.thumb_height
  FROM services_paper p
  LEFT JOIN pub_files_look l ON l.sha256 = p.sha256
  LEFT JOIN pub_files_preview v ON v.sha256 = p.sha256
 WHERE p.case_id = :case_id
 ORDER BY p.id
 LIMIT 200;

-- paper_one :one
-- in  id int
-- out case_id int, code text, name text, title text, source text
-- out sha256 text?, size int, type text, scan text?
SELECT p.case_id, p.code, p.name, p.title, p.source, p.sha256, p.size, p.type,
       l.scan
  FROM services_paper p
  LEFT JOIN pub_files_look l ON l.sha256 = p.sha256
 WHERE p.id = :id;

-- paper_picture :one
-- One page of a file as a picture; page 0 is the small one.
-- in  sha256 text, page int
-- out picture text, width int, height int, missing int
SELECT picture, width, height, missing
  FROM pub_files_picture
 WHERE sha256 = :sha256 AND page = :page;

-- look_add :run
-- in  id int, paper int, account int, at inst
INSERT INTO services_look (id, paper, account, at)
VALUES (:id, :paper, :account, :at)
ON CONFLICT (paper, account) DO NOTHING;

-- look_list :many
-- Which papers of a case this officer has seen.
-- in  case_id int, account int
-- out paper int
SELECT l.paper
  FROM services_paper p
  JOIN services_look l ON l.paper = p.id AND l.account = :account
 WHERE p.case_id = :case_id
 LIMIT 200;

-- notice_add :change
-- in  id int, case_id int, kind text, number text, issued inst, facts text
INSERT INTO services_notice (id, case_id, kind, number, issued, facts)
VALUES (:id, :case_id, :kind, :number, :issued, :facts);

-- notice_list :many
-- The notices of a case and of its parts, in the order of issue; of is the
-- number of the one it was issued in.
-- in  case_id int
-- out of text, kind text, number text, facts text
SELECT c.number AS of, n.kind, n.number, n.facts
  FROM services_notice n
  JOIN services_case c ON c.id = n.case_id
 WHERE n.case_id IN (SELECT p.id FROM services_case p
                      WHERE p.parent = :case_id
                     UNION ALL SELECT CAST(:case_id AS BIGINT))
 ORDER BY n.id
 LIMIT 200;

-- notice_one :one
-- in  case_id int, kind text
-- out number text, issued inst, facts text
SELECT number, issued, facts
  FROM services_notice
 WHERE case_id = :case_id AND kind = :kind
 ORDER BY id DESC
 LIMIT 1;

-- tally_add :run
-- in  day day, unit text, filed int, closed int, late int, refused int
-- in  worked int
INSERT INTO services_tally (day, unit, filed, closed, late, refused, worked)
VALUES (:day, :unit, :filed, :closed, :late, :refused, :worked)
ON CONFLICT (day, unit) DO UPDATE
   SET filed = services_tally.filed + excluded.filed,
       closed = services_tally.closed + excluded.closed,
       late = services_tally.late + excluded.late,
       refused = services_tally.refused + excluded.refused,
       worked = services_tally.worked + excluded.worked;

-- tally_total :one
-- All days of one organisation; '' is the city.  Some 1,800 rows for five
-- years; pages that show it are cached.
-- in  unit text
-- out filed int, closed int, late int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed,
       coalesce(sum(late), 0) AS late
  FROM services_tally
 WHERE unit = :unit;

-- tally_day :one
-- in  unit text, day day
-- out filed int, closed int, late int
SELECT coalesce(sum(filed), 0) AS filed, coalesce(sum(closed), 0) AS closed,
       coalesce(sum(late), 0) AS late
  FROM services_tally
 WHERE unit = :unit AND day = :day;

-- clock_now :one
-- What the clock room says of one clock of a case, after it was moved.
-- in  ref text, kind text
-- out due day?
SELECT due
  FROM pub_clock_running
 WHERE matter = 'case' AND ref = :ref AND kind = :kind;

-- parts_special :one
-- Parts of a joint case whose time stands still by 第四十五条.
-- in  parent int
-- out special int
SELECT count(*) AS special
  FROM services_case
 WHERE parent = :parent AND state = 'special';

-- parts_end :many
-- The open parts of a case, for ending them together.
-- in  parent int
-- out number text
SELECT number
  FROM services_case
 WHERE parent = :parent AND open = 1
 ORDER BY id
 LIMIT 100;

-- case_add_closed :change
-- A finished case as the loader writes it: one row with its whole end.
-- in  id int, number text, item text, title text, unit text, officer int?
-- in  officer_name text, applicant_name text, applicant_code text
-- in  mobile text, applicant_open text, channel text, town text?, state text
-- in  filed inst, received day, accepted day?, statutory_n int
-- in  statutory_unit text, statutory_due day?, clock_n int, clock_due day?
-- in  sort_due int, late int, closed inst, closed_day day, result_no text?
-- in  reason text?, ticket text
INSERT INTO services_case (id, number, kind, parent, theme, theme_version, part,
    item, item_version, title, unit, officer, officer_name, applicant,
    applicant_name, applicant_code, mobile, applicant_open, proxy, proxy_name,
    channel, town, answers, papers, state, open, supplements, filed, received,
    accepted, deemed, accept_by, supply_by, statutory_n, statutory_unit,
    statutory_due, clock_n, clock_extra, clock_start, clock_due, clock_held,
    clock_held_at, sort_due, late, opened, closed, closed_day, result_no,
    reason, ticket, revision)
VALUES (:id, :number, 'single', NULL, NULL, NULL, NULL, :item, 1, :title,
    :unit, :officer, :officer_name, 0, :applicant_name, :applicant_code,
    :mobile, :applicant_open, 0, NULL, :channel, :town, NULL, '', :state, 0, 0,
    :filed, :received, :accepted, 0, NULL, NULL, :statutory_n,
    :statutory_unit, :statutory_due, :clock_n, 0, :accepted, :clock_due, 0,
    NULL, :sort_due, :late, :accepted, :closed, :closed_day, :result_no,
    :reason, :ticket, 1);

-- series_set :run
-- The loader says where the numbers of a day go on.
-- in  name text, of int, last int
INSERT INTO services_series (name, of, last) VALUES (:name, :of, :last)
ON CONFLICT (name, of) DO UPDATE SET last = excluded.last;

-- check_open :many
-- Every open case beside its clocks, a thousand at a time: for zhengtong check.
-- scan ok: all of them, by key
-- in  after int
-- out id int, number text, kind text, state text, accepted day?
-- out clock_due day?, statutory_due day?, accept_by day?, promised int
-- out promised_due day?, statutory int, legal_due day?, waiting int
-- out waiting_due day?
SELECT c.id, c.number, c.kind, c.state, c.accepted, c.clock_due,
       c.statutory_due, c.accept_by,
       sum(CASE WHEN k.kind = 'promised' THEN 1 ELSE 0 END) AS promised,
       max(CASE WHEN k.kind = 'promised' THEN k.due END) AS promised_due,
       sum(CASE WHEN k.kind = 'statutory' THEN 1 ELSE 0 END) AS statutory,
       max(CASE WHEN k.kind = 'statutory' THEN k.due END) AS legal_due,
       sum(CASE WHEN k.kind = 'accept' THEN 1 ELSE 0 END) AS waiting,
       max(CASE WHEN k.kind = 'accept' THEN k.due END) AS waiting_due
  FROM services_case c
  LEFT JOIN pub_clock_running k ON k.matter = 'case' AND k.ref = c.number
 WHERE c.open = 1 AND c.id > :after
 GROUP BY c.id, c.number, c.kind, c.state, c.accepted, c.clock_due,
          c.statutory_due, c.accept_by
 ORDER BY c.id
 LIMIT 1000;

-- check_running :many
-- Clocks that run though their case is over or does not exist.
-- scan ok: the clocks that run
-- in  after int
-- out id int, ref text, kind text, known int
SELECT k.id, k.ref, k.kind, CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS known
  FROM pub_clock_running k
  LEFT JOIN services_case c ON c.number = k.ref
 WHERE k.matter = 'case' AND k.id > :after AND (c.id IS NULL OR c.open = 0)
 ORDER BY k.id
 LIMIT 200;

-- check_joints :many
-- Every joint case with its parts; the last part bears their number.  A part
-- done again does not keep the whole waiting.
-- scan ok: all of them, by key
-- in  after int
-- out id int, number text, open int, parts int, open_parts int, last int
SELECT c.id, c.number, c.open,
       (SELECT count(*) FROM services_case p
         WHERE p.parent = c.id AND p.reopens IS NULL) AS parts,
       (SELECT coalesce(sum(p.open), 0) FROM services_case p
         WHERE p.parent = c.id AND p.reopens IS NULL) AS open_parts,
       (SELECT count(*) FROM services_case p
         WHERE p.parent = c.id AND p.number = c.number || '-' ||
               (SELECT CAST(count(*) AS TEXT) FROM services_case q
                 WHERE q.parent = c.id AND q.reopens IS NULL)) AS last
  FROM services_case c
 WHERE c.kind = 'joint' AND c.id > :after
 ORDER BY c.id
 LIMIT 500;

-- check_orphans :many
-- Parts whose thread does not exist; what is done again hangs below a single.
-- scan ok: the parts, by their index
-- out number text
SELECT p.number
  FROM services_case p
 WHERE p.parent IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM services_case c
                    WHERE c.id = p.parent AND c.kind <> 'part'
                      AND (c.kind = 'joint' OR p.reopens IS NOT NULL))
 LIMIT 100;

-- check_numbers :one
-- scan ok: zhengtong check counts all
-- out cases int, numbers int
SELECT count(*) AS cases, count(DISTINCT number) AS numbers FROM services_case;

-- check_series :many
-- Days whose running number is not the number of cases filed on them.
-- scan ok: zhengtong check counts all
-- out day day, last int, cases int
SELECT s.of AS day, s.last, coalesce(n.cases, 0) AS cases
  FROM services_series s
  LEFT JOIN (SELECT received, count(*) AS cases
               FROM services_case
              WHERE kind <> 'part'
              GROUP BY received) n ON n.received = s.of
 WHERE s.name = 'case' AND s.last <> coalesce(n.cases, 0)
 ORDER BY s.of
 LIMIT 100;

-- check_notices :many
-- Series of notices that have gaps: numbers are unique, so their count must be
-- the last number.  A series is 'prefix:kind', one number a year.
-- scan ok: zhengtong check counts all
-- out name text, last int, notices int
SELECT s.name, s.last, coalesce(n.notices, 0) AS notices
  FROM (SELECT name, sum(last) AS last
          FROM services_series
         WHERE name LIKE '%:%'
         GROUP BY name) s
  LEFT JOIN (SELECT coalesce(u.doc_prefix, u.short_name) || ':' || n.kind
                    AS name, count(*) AS notices
               FROM services_notice n
               JOIN services_case c ON c.id = n.case_id
               JOIN pub_auth_unit u ON u.code = c.unit
              GROUP BY coalesce(u.doc_prefix, u.short_name) || ':' || n.kind) n
    ON n.name = s.name
 WHERE s.last <> coalesce(n.notices, 0)
 ORDER BY s.name
 LIMIT 100;

-- check_papers :many
-- Papers a case speaks of that are not kept.
-- scan ok: zhengtong check looks at all
-- out case_id int, sha256 text
SELECT p.case_id, p.sha256
  FROM services_paper p
 WHERE p.sha256 IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM pub_files_blob b WHERE b.sha256 = p.sha256)
 LIMIT 100;

-- check_tallies :many
-- Days and organisations whose figures are not what a recount gives: what is
-- too much or too little of each.
-- scan ok: zhengtong check counts all
-- out day day, unit text, filed int, closed int, late int, refused int
SELECT day, unit, sum(filed) AS filed, sum(closed) AS closed,
       sum(late) AS late, sum(refused) AS refused
  FROM (SELECT day, unit, filed, closed, late, refused FROM services_tally
        UNION ALL
        SELECT received, unit, -1, 0, 0, 0
          FROM services_case WHERE kind <> 'joint' AND reopens IS NULL
        UNION ALL
        SELECT received, '', -1, 0, 0, 0
          FROM services_case WHERE kind <> 'part'
        UNION ALL
        SELECT closed_day, unit, 0, -1, -late,
               CASE WHEN state = 'refused' THEN -1 ELSE 0 END
          FROM services_case
         WHERE open = 0 AND kind <> 'joint' AND reopens IS NULL
        UNION ALL
        SELECT closed_day, '', 0, -1, -late,
               CASE WHEN state = 'refused' THEN -1 ELSE 0 END
          FROM services_case WHERE open = 0 AND kind <> 'part') t
 GROUP BY day, unit
HAVING sum(filed) <> 0 OR sum(closed) <> 0 OR sum(late) <> 0
    OR sum(refused) <> 0
 ORDER BY day, unit
 LIMIT 100;

-- satisfaction :one
-- How people rated an organisation since a day.
-- in  unit text, from day
-- out rated int, good int
SELECT coalesce(sum(rated), 0) AS rated, coalesce(sum(good), 0) AS good
  FROM pub_supervision_score
 WHERE unit = :unit AND day >= :from;

-- case_owner :one
-- Whose matter it is: to decide what may be shown, never to be shown.
-- in  number text
-- out id int, kind text, parent int?, unit text, applicant int, proxy int
-- out state text, open int, ticket text
SELECT id, kind, parent, unit, applicant, proxy, state, open, ticket
  FROM services_case
 WHERE number = :number;

-- clock_spans :many public
-- The pauses of one clock of a case.
-- in  ref text, kind text
-- out from_day day, to_day day?, reason text
SELECT from_day, to_day, reason
  FROM pub_clock_span
 WHERE matter = 'case' AND ref = :ref AND kind = :kind
 ORDER BY from_day
 LIMIT 50;

-- ratings :many
-- in  ref text
-- out channel text, level int, at inst
SELECT channel, level, at
  FROM pub_supervision_rating
 WHERE ref = :ref
 ORDER BY at DESC
 LIMIT 4;

-- case_public_ids :many public
-- Rows of the board by id, newest first: what a search found.
-- in  ids text
-- out id int, number text, kind text, title text, unit text, officer_name text
-- out state text, received day, accept_by day?, clock_n int, clock_extra int
-- out clock_start day?, clock_due day?, clock_held int, clock_held_at day?
-- out sort_due int, closed_day day?
SELECT id, number, kind, title, unit, officer_name, state, received, accept_by,
       clock_n, clock_extra, clock_start, clock_due, clock_held, clock_held_at,
       sort_due, closed_day
  FROM services_case
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY id DESC
 LIMIT 50;

-- opinion_save :run
-- in  case_id int, account int, text text, points text, saved inst
INSERT INTO services_opinion (case_id, account, text, points, saved)
VALUES (:case_id, :account, :text, :points, :saved)
ON CONFLICT (case_id) DO UPDATE
   SET account = excluded.account, text = excluded.text,
       points = excluded.points, saved = excluded.saved;

-- opinion_of :one
-- in  case_id int
-- out text text, points text, saved inst
SELECT text, points, saved FROM services_opinion WHERE case_id = :case_id;

-- desk_next :many
-- The neighbours of a case on its desk: what comes after it.
-- in  unit text, after int, after_id int
-- out number text
SELECT number
  FROM services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
   AND (sort_due, id) > (:after, :after_id)
 ORDER BY sort_due, id
 LIMIT 1;

-- desk_previous :many
-- in  unit text, before int, before_id int
-- out number text
SELECT number
  FROM services_case
 WHERE open = 1 AND kind <> 'joint' AND unit = :unit
   AND (sort_due, id) < (:before, :before_id)
 ORDER BY sort_due DESC, id DESC
 LIMIT 1;

-- paper_desks :many
-- The desks of a matter, with what papers each asked for.
-- in  case_id int, code text
-- out unit text, papers text
SELECT unit, papers
  FROM services_case
 WHERE (parent = :case_id OR id = :case_id)
   AND papers LIKE '%' || :code || '%'
 LIMIT 100;

-- check_open_counts :many
-- Where the kept figures of open work are not what a recount gives.
-- scan ok: zhengtong check counts all
-- out unit text, state text, sort_due int, cases int
SELECT unit, state, sort_due, sum(cases) AS cases
  FROM (SELECT unit, state, sort_due, cases FROM services_open
        UNION ALL
        SELECT '', state, sort_due, -1
          FROM services_case WHERE open = 1 AND kind <> 'part'
        UNION ALL
        SELECT unit, state, sort_due, -1
          FROM services_case WHERE open = 1 AND kind <> 'joint') AS counted
 GROUP BY unit, state, sort_due
HAVING sum(cases) <> 0
 LIMIT 50;

-- catalogue_items :many
-- Every item as it is found by (find.c), by code.
-- scan ok: read once for each change of the catalogue
-- out id int, code text, name text, unit text, unit_name text, type text
-- out unit_position int, unit_kind text, object text, result text?
-- out promised_n int, position int, online int, visits int, depth text
-- out level text, live int
SELECT i.id, i.code, i.name, i.unit, u.name AS unit_name, i.type,
       u.position AS unit_position, u.kind AS unit_kind, i.object, i.result,
       i.promised_n, i.position,
       CASE WHEN i.state = 'live' THEN i.online ELSE 0 END AS online,
       i.visits, i.depth, i.level,
       CASE WHEN i.state = 'live' THEN 1 ELSE 0 END AS live
  FROM services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.state <> 'withdrawn'
 ORDER BY i.code
 LIMIT 20000;

-- catalogue_materials :many
-- What curated items ask for, by the item's code; the others all say the same.
-- scan ok: as above
-- out item text, name text
SELECT m.item, m.name
  FROM services_material m
  JOIN services_item i ON i.code = m.item
 WHERE i.curated = 1
 ORDER BY m.item, m.position
 LIMIT 40000;

-- catalogue_themes :many
-- scan ok: as above
-- out id int, code text, title text, summary text, body text, position int
SELECT id, code, title, summary, body, position
  FROM services_theme
 WHERE live = 1
 ORDER BY position
 LIMIT 200;

-- step_duty :one
-- How many hold a duty in an organisation today, and is this one of them, by
-- himself or standing in for somebody?
-- in  unit text, duty text, today day, me int
-- out holders int, mine int
SELECT count(*) AS holders,
       COALESCE(sum(CASE WHEN account = :me THEN 1 ELSE 0 END), 0) AS mine
  FROM pub_auth_desk
 WHERE unit = :unit AND duty = :duty AND from_day <= :today
   AND (to_day IS NULL OR to_day >= :today);

-- step_login :one
-- What an officer signs in with: processes drawn elsewhere name him so.
-- in  account int
-- out login text
SELECT login FROM pub_auth_login WHERE account = :account;

-- colleagues :many
-- Who decides and who works on cases in an organisation.
-- in  unit text
-- out account int, name text, title text?, role text
SELECT account, name, title, role
  FROM pub_auth_staff
 WHERE unit = :unit AND role IN ('officer', 'leader')
 ORDER BY account
 LIMIT 200;

-- check_steps :many
-- Cases whose process says otherwise: one is over and the other is not, or the
-- clock stands still and the process goes on, or nobody accepted and there is
-- work already.  The elements are those of the delivered processes.
-- scan ok: for zhengtong check only; processes of the hall
-- out number text, state text, process text, node text
SELECT c.number, c.state, p.state AS process,
       COALESCE((SELECT min(t.node) FROM pub_process_task t
                  WHERE t.case_id = p.id), '') AS node
  FROM pub_process_case p
  JOIN services_case c ON c.number = p.number
 WHERE p.module = 'services'
   AND ((p.ended IS NULL AND c.open = 0) OR
        (p.ended IS NOT NULL AND c.open = 1) OR
        (p.ended IS NULL AND c.open = 1 AND
         ((c.state = 'special' AND p.state = 'running') OR
          (c.state <> 'special' AND p.state = 'held') OR
          (c.state NOT IN ('received', 'supplement') AND
           EXISTS (SELECT 1 FROM pub_process_task t
                    WHERE t.case_id = p.id
                      AND t.node IN ('accept', 'supplement'))) OR
          (c.state IN ('received', 'supplement') AND
           EXISTS (SELECT 1 FROM pub_process_task t
                    WHERE t.case_id = p.id AND t.node = 'decide')))))
 ORDER BY c.number
 LIMIT 100;

-- case_fee_hold :one
-- What must be paid before this case is decided.
-- in item text, number text, accepted day?
-- out name text, notices int, settled int, state text
SELECT r.name, count(n.number) AS notices,
       COALESCE(max(n.settled), 0) AS settled,
       COALESCE(max(n.state), '') AS state
  FROM pub_fees_rule r
  LEFT JOIN pub_fees_notice n ON n.case_no = :number
 WHERE r.item = :item AND r.hold = 'accept' AND r.since <= :accepted
 GROUP BY r.name;

-- case_fees :many
-- What is owed or was paid for a case: for its own page.
-- in number text
-- out number text, name text, state text, settled int, due day?
SELECT number, name, state, settled, due
  FROM pub_fees_notice
 WHERE case_no = :number
 LIMIT 5;

-- case_deliveries :many
-- Copies of letters about a matter, newest first.
-- in number text
-- out code text, way text, place text, state text, tries int, made inst
-- out why text
SELECT code, way, place, state, tries, made, why
  FROM pub_notify_delivery
 WHERE ref = :number
 ORDER BY id DESC
 LIMIT 12;
-- licence_owned :many
-- What an account has in force, for offering it in the place of a paper.
-- in  account int
-- out identifier text, name text, number text, unit_name text, valid_from day
-- out valid_to day?
SELECT l.identifier, l.name, l.number, u.name AS unit_name, l.valid_from,
       l.valid_to
  FROM pub_licences_owned l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.account = :account AND l.account <> 0 AND l.state = 'valid'
 ORDER BY l.id DESC
 LIMIT 60;

-- licence_worth :one
-- What a licence a case rests on is worth now, and its newest version's state.
-- in  identifier text
-- out account int, name text, number text, unit_name text, valid_from day
-- out valid_to day?, state text, newest text
SELECT l.account, l.name, l.number, u.name AS unit_name, l.valid_from,
       l.valid_to, l.state,
       (SELECT n.identifier FROM pub_licences_owned n
         WHERE n.case_no = l.case_no
         ORDER BY n.version DESC LIMIT 1) AS newest
  FROM pub_licences_owned l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.identifier = :identifier;

-- paper_earlier :many
-- Papers of the same name an account handed in before, newest first.
-- in  account int, title text
-- out id int, sha256 text?, name text, size int, type text, number text
-- out received day
SELECT p.id, p.sha256, p.name, p.size, p.type, c.number, c.received
  FROM services_case c
  JOIN services_paper p ON p.case_id = c.id
 WHERE c.applicant = :account AND c.applicant <> 0 AND c.kind <> 'part'
   AND p.title = :title AND p.sha256 IS NOT NULL
 ORDER BY p.id DESC
 LIMIT 3;

-- exchange_names :many
-- Every paper some item gets from the exchange: nobody may ask for one.
-- scan ok: the papers of the catalogue, once a notice that asks for more
-- out name text
SELECT name
  FROM services_material
 WHERE source = 'exchange'
 GROUP BY name
 ORDER BY name
 LIMIT 300;

-- reopened_of :one
-- Has a case been taken up again?
-- in  id int
-- out runs int
SELECT count(*) AS runs FROM services_case WHERE reopens = :id;

-- case_set_reopens :change
-- in  id int, reopens int
UPDATE services_case SET reopens = :reopens WHERE id = :id;

-- officer_still :one
-- Does this account still work on cases of the organisation?
-- in  unit text, account int
-- out posts int
SELECT count(*) AS posts
  FROM pub_auth_staff
 WHERE unit = :unit AND account = :account AND role IN ('officer', 'leader');

-- data_corrected :many
-- Which of an account's own data was put right, and by whom; the newest first.
-- in  account int
-- out datum text, number text, unit_name text, answered inst?
SELECT r.datum, r.number, u.name AS unit_name, r.answered
  FROM pub_remedies_correction r
  JOIN pub_auth_unit u ON u.code = r.unit
 WHERE r.account = :account AND r.account <> 0
 ORDER BY r.answered DESC
 LIMIT 20;

-- deliveries :many public
-- How what was granted reaches its holder, for a case and its parts: of each
-- licence the newest version.
-- in  number text
-- out name text, number text, state text, delivery text, deliver_by day
-- out delivered inst?
SELECT d.name, d.number, d.state, d.delivery, d.deliver_by, d.delivered
  FROM pub_licences_delivery d
 WHERE d.case_no IN (SELECT t.number FROM services_case t
                      WHERE t.number = :number
                     UNION ALL
                     SELECT p.number FROM services_case t
                       JOIN services_case p ON p.parent = t.id
                      WHERE t.number = :number)
   AND d.state <> 'changed'
 ORDER BY d.id
 LIMIT 40;
-- agent_consent :one
-- Has this person given the agents of a village authority for the item today?
-- in  unit text, citizen_id text, name text, item text, today day
-- out n int
SELECT count(*) AS n
  FROM pub_villages_consent
 WHERE unit = :unit AND citizen_id = :citizen_id AND name = :name
   AND (item = '' OR item = :item) AND from_day <= :today AND to_day >= :today;

-- case_queue :one public
-- Under which number of the hall was a case taken in?
-- in  number text
-- out label text, counter_label text
SELECT label, counter_label
  FROM pub_windows_case
 WHERE case_no = :number
 ORDER BY label
 LIMIT 1;
-- check_wholes :many
-- Joint cases whose process waits for other parts than those that are open.
-- scan ok: for zhengtong check only; joint cases under way
-- out number text, parts int, calls int
SELECT w.number, w.parts, w.calls
  FROM (SELECT c.number,
               (SELECT coalesce(sum(q.open), 0) FROM services_case q
                 WHERE q.parent = c.id) AS parts,
               (SELECT count(*) FROM pub_process_call k
                  JOIN services_case q ON q.number = k.number
                 WHERE k.parent = p.id AND k.ended IS NULL
                   AND q.parent = c.id AND q.open = 1) AS calls
          FROM pub_process_case p
          JOIN services_case c ON c.number = p.number
         WHERE p.module = 'services' AND p.ended IS NULL
           AND c.kind = 'joint') w
 WHERE w.parts <> w.calls
 ORDER BY w.number
 LIMIT 100;
-- guide_in_force :one
-- What the catalogue has in force under a code, as it now stands.
-- in  code text
-- out unit text, state text, why text, version int, body text
SELECT unit, state, why, version, body
  FROM pub_catalogue_item
 WHERE code = :code;

-- guide_version :one
-- Any version, for the department and the keeper to see as residents will.
-- in  code text, version int
-- out unit text, unit_name text, unit_phone text?, unit_address text?
-- out unit_hours text?, state text, body text
SELECT v.unit, u.name AS unit_name, u.phone AS unit_phone,
       u.address AS unit_address, u.hours AS unit_hours, v.state, v.body
  FROM pub_catalogue_version v
  JOIN pub_auth_unit u ON u.code = v.unit
 WHERE v.code = :code AND v.version = :version;

-- item_taken_of :one
-- Where this item is: what was taken of the catalogue last.
-- in  code text
-- out id int, version int, edition int, state text, why text
SELECT id, version, edition, state, why
  FROM services_item
 WHERE code = :code;

-- item_guide_text :one
-- The whole guide as the catalogue has it.
-- in  code text
-- out guide text?
SELECT guide FROM services_item WHERE code = :code;

-- item_end :one
-- The place behind the last item of the list.
-- out position int
SELECT coalesce(max(position), 0) + 1 AS position FROM services_item;

-- item_take :change
-- in  code text, version int, unit text, name text, type text, object text
-- in  law text?, law_version text?, article text?, statutory_n int
-- in  statutory_unit text, statutory_basis text?, promised_n int, online int
-- in  visits int, fee text, result text?, conditions text?, process text
-- in  guide text, edition int, depth text, level text
UPDATE services_item
   SET version = :version + 1, unit = :unit, name = :name, type = :type,
       object = :object, law = :law, law_version = :law_version,
       article = :article, statutory_n = :statutory_n,
       statutory_unit = :statutory_unit, statutory_basis = :statutory_basis,
       promised_n = :promised_n, online = :online, visits = :visits,
       fee = :fee, result = :result, conditions = :conditions, curated = 1,
       process = :process, guide = :guide, edition = :edition,
       depth = :depth, level = :level
 WHERE code = :code AND version = :version;

-- item_set_guide :change
-- Of an item made by the catalogue.
-- in  code text, guide text, edition int
UPDATE services_item
   SET guide = :guide, edition = :edition
 WHERE code = :code;

-- item_set_state :change
-- in  code text, state text, why text
UPDATE services_item SET state = :state, why = :why WHERE code = :code;

-- item_keep_past :change
-- in  id int, code text
INSERT INTO services_item_past (id, item, version, name, type, object, law,
                                law_version, article, statutory_n,
                                statutory_unit, statutory_basis, promised_n,
                                visits, fee, result, conditions, process,
                                gap_days, gap_rule)
SELECT :id, code, version, name, type, object, law, law_version, article,
       statutory_n, statutory_unit, statutory_basis, promised_n, visits, fee,
       result, conditions, process, gap_days, gap_rule
  FROM services_item
 WHERE code = :code;

-- material_past_add :change
-- in  id int, item text, version int, position int, code text, name text
-- in  source text, need int, note text?
INSERT INTO services_material_past (id, item, version, position, code, name,
                                    source, need, note)
VALUES (:id, :item, :version, :position, :code, :name, :source, :need, :note);

-- material_clear :run
-- in  item text
DELETE FROM services_material WHERE item = :item;

-- item_past :one
-- An item as it was for a case of that version; not found: as it is now.
-- in  item text, version int
-- out version int, name text, type text, object text, law text?
-- out article text?, statutory_n int, statutory_unit text, promised_n int
-- out result text?, process text
SELECT version, name, type, object, law, article, statutory_n,
       statutory_unit, promised_n, result, process
  FROM services_item_past
 WHERE item = :item AND version >= :version
 ORDER BY version
 LIMIT 1;

-- material_codes :many
-- What the papers of an item were called in its versions so far, the last one
-- first.
-- in  item text
-- out code text, name text
SELECT code, name
  FROM services_material_past
 WHERE item = :item
 ORDER BY version DESC, position
 LIMIT 2000;

-- material_past :many
-- in  item text, version int
-- out code text, name text, source text, need int, note text?
SELECT code, name, source, need, note
  FROM services_material_past
 WHERE item = :item AND version = :version
 ORDER BY position
 LIMIT 60;

-- ---- taking in at a counter ----

-- seat_of :one
-- Where a clerk sits now.
-- in  clerk int
-- out counter text, label text, hall text, hall_name text
SELECT counter, label, hall, hall_name
  FROM pub_windows_seat
 WHERE clerk = :clerk;

-- seat_serves :many
-- What a counter serves: an item, an organisation, or ('', '') everything.
-- in  counter text
-- out unit text, item text
SELECT unit, item FROM pub_windows_serves WHERE counter = :counter LIMIT 100;

-- seat_ticket :one
-- The number a counter has before it.
-- in  counter text
-- out label text, state text, account int, item text, name text?, mobile text?
SELECT label, state, account, item, name, mobile
  FROM pub_windows_serving
 WHERE counter = :counter
 LIMIT 1;

-- taking_items :many
-- What the finder found, of what can be applied for now.
-- in  ids text
-- out id int, code text, name text, unit text, unit_name text
SELECT i.id, i.code, i.name, i.unit, u.name AS unit_name
  FROM services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
   AND i.state = 'live'
 ORDER BY i.id DESC
 LIMIT 50;

-- taking_earlier :one
-- The last matter of this number a counter or a village took in: they saw the
-- card.
-- in  code text
-- out number text, received day, applicant_name text, mobile text?, town text?
-- out answers text?
SELECT number, received, applicant_name, mobile, town, answers
  FROM services_case
 WHERE applicant_code = :code AND applicant_code IS NOT NULL AND kind <> 'part'
   AND channel IN ('window', 'agent')
 ORDER BY id DESC
 LIMIT 1;

-- taking_add :change
-- in  draft text, account int, clerk_name text, counter text
-- in  counter_label text, offer text, title text, agent_name text
-- in  agent_code text, begun inst
INSERT INTO services_intake (draft, account, clerk_name, counter,
                             counter_label, offer, title, agent_name,
                             agent_code, begun)
VALUES (:draft, :account, :clerk_name, :counter, :counter_label, :offer,
        :title, :agent_name, :agent_code, :begun);

-- taking_one :one
-- Only its clerk's.
-- in  draft text, account int
-- out counter text, counter_label text, agent_name text, agent_code text
-- out begun inst, case_no text?
SELECT counter, counter_label, agent_name, agent_code, begun, case_no
  FROM services_intake
 WHERE draft = :draft AND account = :account;

-- taking_filed :change
-- in  draft text, case_no text, counter text, counter_label text, at inst
UPDATE services_intake
   SET case_no = :case_no, filed = :at, counter = :counter,
       counter_label = :counter_label
 WHERE draft = :draft AND case_no IS NULL;

-- taking_drop :run
-- in  draft text
DELETE FROM services_intake WHERE draft = :draft AND case_no IS NULL;

-- taking_of_case :one
-- in  case_no text
-- out clerk_name text, counter_label text, agent_name text, begun inst
-- out filed inst
SELECT clerk_name, counter_label, agent_name, begun, filed
  FROM services_intake
 WHERE case_no = :case_no;

-- taking_counter :many
-- What a counter took in last: its shortcuts.
-- in  counter text
-- out offer text, title text
SELECT offer, title
  FROM services_intake
 WHERE counter = :counter AND filed IS NOT NULL
 ORDER BY filed DESC
 LIMIT 60;

-- taking_mine :many
-- What a clerk took in last.
-- in  account int
-- out case_no text?, title text, begun inst, filed inst
SELECT case_no, title, begun, filed
  FROM services_intake
 WHERE account = :account AND filed IS NOT NULL
 ORDER BY filed DESC
 LIMIT 5;

-- taking_open :many
-- What a clerk began and has not handed on.
-- in  account int
-- out draft text, title text, begun inst
SELECT draft, title, begun
  FROM services_intake
 WHERE account = :account AND filed IS NULL
 ORDER BY begun DESC
 LIMIT 5;

-- ---- 容缺受理 ----

-- item_set_gap :change
-- How long people may take for what they bring later, and what silence means.
-- in  code text, gap_days int, gap_rule text
UPDATE services_item
   SET gap_days = :gap_days, gap_rule = :gap_rule
 WHERE code = :code;

-- item_gap :one
-- The same as the version of a case says.
-- in  code text, version int
-- out gap_days int, gap_rule text
SELECT gap_days, gap_rule
  FROM (SELECT version, gap_days, gap_rule
          FROM services_item_past
         WHERE item = :code AND version >= :version
        UNION ALL
        SELECT version, gap_days, gap_rule
          FROM services_item
         WHERE code = :code) AS said
 ORDER BY version
 LIMIT 1;

-- gap_add :change
-- in  id int, case_id int, thread int, code text, name text
INSERT INTO services_gap (id, case_id, thread, code, name, state, checker,
                          reason)
VALUES (:id, :case_id, :thread, :code, :name, 'open', '', '');

-- gap_term_add :change
-- in  case_id int, days int, rule text, lapses int, pledge text, opened inst
INSERT INTO services_gap_term (case_id, days, rule, lapses, pledge, again,
                               opened)
VALUES (:case_id, :days, :rule, :lapses, :pledge, 0, :opened);

-- gap_term :one
-- in  case_id int
-- out days int, rule text, lapses int, pledge text, again int, opened inst
SELECT days, rule, lapses, pledge, again, opened
  FROM services_gap_term
 WHERE case_id = :case_id;

-- gap_term_again :change
-- Once: whoever finds it done changes no row.
-- in  case_id int
UPDATE services_gap_term SET again = 1 WHERE case_id = :case_id AND again = 0;

-- gap_list :many
-- What one department waits for.
-- in  case_id int
-- out id int, code text, name text, state text, handed inst?, checked inst?
-- out checker text, reason text
SELECT id, code, name, state, handed, checked, checker, reason
  FROM services_gap
 WHERE case_id = :case_id
 ORDER BY id
 LIMIT 100;

-- gap_thread :many public
-- What all departments of one thread wait for: anybody may see it.
-- in  thread int
-- out code text, name text, state text, handed inst?, number text, open int
-- out unit_short text, gaps int, gap_due day?
SELECT g.code, g.name, g.state, g.handed, c.number, c.open,
       u.short_name AS unit_short, c.gaps, c.gap_due
  FROM services_gap g
  JOIN services_case c ON c.id = g.case_id
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE g.thread = :thread
 ORDER BY g.id
 LIMIT 300;

-- gap_mine :many
-- The same for who hands the papers in: with what was wrong.
-- in  thread int
-- out code text, name text, state text, reason text, number text, open int
-- out unit_name text, gap_due day?
SELECT g.code, g.name, g.state, g.reason, c.number, c.open,
       u.name AS unit_name, c.gap_due
  FROM services_gap g
  JOIN services_case c ON c.id = g.case_id
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE g.thread = :thread
 ORDER BY g.id
 LIMIT 300;

-- gap_set_handed :change
-- in  id int, handed inst
UPDATE services_gap
   SET state = 'handed', handed = :handed, reason = ''
 WHERE id = :id AND state IN ('open', 'wrong');

-- gap_set_checked :change
-- in  id int, state text, checked inst, checker text, reason text
UPDATE services_gap
   SET state = :state, checked = :checked, checker = :checker,
       reason = :reason
 WHERE id = :id AND state = 'handed';

-- gap_set_over :run
-- in  case_id int
UPDATE services_gap
   SET state = 'over'
 WHERE case_id = :case_id AND state <> 'good';

-- case_set_gaps :change
-- The columns that repeat it; the revision is the lock.
-- in  id int, revision int, gaps int, gap_handed int, gap_due day?
UPDATE services_case
   SET gaps = :gaps, gap_handed = :gap_handed, gap_due = :gap_due,
       revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- case_drop_gaps :run
-- Of a case that has ended.
-- in  id int
UPDATE services_case
   SET gaps = 0, gap_handed = 0, gap_due = NULL
 WHERE id = :id;

-- case_move_gap :run
-- A calendar announced meanwhile moved the day.
-- in  number text, gap_due day?
UPDATE services_case SET gap_due = :gap_due
 WHERE number = :number AND gap_due IS NOT NULL;

-- gap_overdue :many
-- Whose day has passed with something still to come, where silence counts as
-- taken back.
-- in  today day, after day, id int
-- out number text, gap_due day, id int
SELECT c.number, c.gap_due, c.id
  FROM services_case c
  JOIN services_gap_term t ON t.case_id = c.id
 WHERE c.gap_due IS NOT NULL AND c.gap_due < :today
   AND (c.gap_due, c.id) > (:after, :id)
   AND c.open = 1 AND c.gaps > c.gap_handed AND t.lapses = 1
 ORDER BY c.gap_due, c.id
 LIMIT 100;

-- check_gaps :many
-- Cases whose gaps, columns and clock do not agree.
-- scan ok: what was ever accepted with gaps
-- in  after int
-- out id int, number text, open int, gaps int, gap_handed int, gap_due day?
-- out missing int, waiting int, clocks int, due day?
SELECT c.id, c.number, c.open, c.gaps, c.gap_handed, c.gap_due,
       (SELECT count(*) FROM services_gap g
         WHERE g.case_id = c.id
           AND g.state IN ('open', 'wrong', 'handed')) AS missing,
       (SELECT count(*) FROM services_gap g
         WHERE g.case_id = c.id AND g.state = 'handed') AS waiting,
       (SELECT count(*) FROM pub_clock_running k
         WHERE k.matter = 'gaps' AND k.ref = c.number) AS clocks,
       (SELECT max(k.due) FROM pub_clock_running k
         WHERE k.matter = 'gaps' AND k.ref = c.number) AS due
  FROM services_case c
 WHERE c.id > :after
   AND (c.gaps > 0 OR c.id IN (SELECT case_id FROM services_gap_term))
 ORDER BY c.id
 LIMIT 500;

-- check_gap_clocks :many
-- Clocks of gaps nobody has.
-- scan ok: the clocks that run
-- out ref text
SELECT k.ref
  FROM pub_clock_running k
  LEFT JOIN services_case c ON c.number = k.ref
 WHERE k.matter = 'gaps' AND (c.id IS NULL OR c.gaps = 0)
 ORDER BY k.ref
 LIMIT 200;
-- firm_live :one
-- What the base of legal persons says of one: for who speaks for it, for the
-- desk and the counter whose duty needs it; of others name and state only.
-- in  code text
-- out code text, name text, representative text, address text, founded day?
-- out capital fen?, scope text, state text, state_day day?, from_day day
-- out source text
SELECT code, name, representative, address, founded, capital, scope, state,
       state_day, from_day, source
  FROM pub_enterprises_live
 WHERE code = :code;

-- firm_own :many
-- For which enterprises a person speaks on a day: as the registered
-- representative by three facts, the mobile proven, or by authority.
-- in  name text, citizen_id text, mobile text, today day
-- out code text, name text
SELECT h.code, l.name
  FROM pub_enterprises_holder h
  JOIN pub_enterprises_live l ON l.code = h.code
 WHERE h.rep_id = :citizen_id AND h.representative = :name
   AND h.rep_mobile = :mobile
UNION
SELECT p.code, l.name
  FROM pub_enterprises_proxy p
  JOIN pub_enterprises_live l ON l.code = p.code
 WHERE p.mobile = :mobile AND p.name = :name AND p.from_day <= :today
   AND p.to_day >= :today
 ORDER BY 2, 1
 LIMIT 20;

-- halted_one :one
-- in  theme text
-- out why text, since inst, halted inst, told int
SELECT why, since, halted, told FROM services_halted WHERE theme = :theme;

-- halted_put :run
-- A new turn: halted, or back.
-- in  theme text, why text, since inst, halted inst
INSERT INTO services_halted (theme, why, since, halted, told)
VALUES (:theme, :why, :since, :halted, 0)
ON CONFLICT (theme) DO UPDATE
  SET why = excluded.why, since = excluded.since, halted = excluded.halted,
      told = 0;

-- halted_why :change
-- The same turn for another reason: nobody is told twice.
-- in  theme text, why text
UPDATE services_halted SET why = :why WHERE theme = :theme;

-- halted_told :change
-- in  theme text, told int
UPDATE services_halted SET told = :told WHERE theme = :theme;

-- halted_drafts :many
-- Who was filling it in when it was halted, and has not been told.
-- in  theme text, told int, begun inst
-- out id int, account int, number text
SELECT id, account, number
  FROM services_draft
 WHERE offer = :theme AND id > :told AND created <= :begun
 ORDER BY id
 LIMIT 200;

-- halted_keep :run
-- A draft that could not be gone on with gets its whole time again.
-- in  id int, expires day
UPDATE services_draft SET expires = :expires
 WHERE id = :id AND expires < :expires;
-- sample_list :many public
-- What is offered beside the papers of an item.
-- in  item text
-- out paper text, which text, sha256 text, name text, size int, type text
SELECT paper, which, sha256, name, size, type
  FROM pub_catalogue_sample
 WHERE item = :item
 ORDER BY position, which
 LIMIT 150;

-- sample_past :many public
-- What the version in force on a day named: of two on one day the later one.
-- in  item text, on_day day
-- out paper text, which text, name text, version int
SELECT paper, which, name, version
  FROM pub_catalogue_sample_past s
 WHERE item = :item AND effective <= :on_day
   AND (ended IS NULL OR ended > :on_day)
 ORDER BY position, which
 LIMIT 150;

-- authority_add :change
-- in  id int, draft int, agent int, agent_name text, agent_code text
-- in  principal text, mobile text, matters text, scope text, from_day day
-- in  until day, state text, judged_by text, judged inst?, handed inst
INSERT INTO services_authority (id, draft, case_no, agent, agent_name,
                                agent_code, principal, mobile, matters, scope,
                                from_day, until, state, reason, judged_by,
                                judged, handed, revision)
VALUES (:id, :draft, NULL, :agent, :agent_name, :agent_code, :principal,
        :mobile, :matters, :scope, :from_day, :until, :state, '', :judged_by,
        :judged, :handed, 1);

-- authority_one :one
-- in  id int
-- out id int, draft int, case_no text?, agent int, agent_name text
-- out principal text, mobile text, matters text, scope text, from_day day
-- out until day, state text, reason text, judged_by text, judged inst?
-- out handed inst, revision int
SELECT id, draft, case_no, agent, agent_name, principal, mobile, matters,
       scope, from_day, until, state, reason, judged_by, judged, handed,
       revision
  FROM services_authority
 WHERE id = :id;

-- authority_of_draft :many
-- in  draft int
-- out id int, state text, from_day day, until day
SELECT id, state, from_day, until
  FROM services_authority
 WHERE draft = :draft
 ORDER BY id
 LIMIT 20;

-- authority_of_case :many
-- in  case_no text
-- out id int, agent int, agent_name text, principal text, mobile text
-- out matters text, scope text, from_day day, until day, state text
-- out reason text, judged_by text, judged inst?, revision int
SELECT id, agent, agent_name, principal, mobile, matters, scope, from_day,
       until, state, reason, judged_by, judged, revision
  FROM services_authority
 WHERE case_no = :case_no
 ORDER BY id
 LIMIT 20;

-- authority_mine :many
-- What was filed in the name of this person on a paper authority.
-- in  principal text, mobile text
-- out id int, case_no text?, agent_name text, matters text, state text
-- out from_day day, until day
SELECT id, case_no, agent_name, matters, state, from_day, until
  FROM services_authority
 WHERE mobile = :mobile AND principal = :principal AND mobile <> ''
   AND case_no IS NOT NULL
 ORDER BY id DESC
 LIMIT 50;

-- authority_file :run
-- in  draft int, case_no text
UPDATE services_authority SET case_no = :case_no WHERE draft = :draft;

-- authority_stand :change
-- The revision is the lock: of two who judge it one is told.
-- in  id int, revision int, state text, reason text, judged_by text
-- in  judged inst
UPDATE services_authority
   SET state = :state, reason = :reason, judged_by = :judged_by,
       judged = :judged, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- authority_again :change
-- Another paper in its place, which nobody has looked at.
-- in  id int, revision int, handed inst
UPDATE services_authority
   SET state = 'waiting', reason = '', judged_by = '', judged = NULL,
       handed = :handed, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- authority_drop :run
-- in  id int
DELETE FROM services_authority WHERE id = :id AND case_no IS NULL;

-- authority_clear :run
-- in  draft int
DELETE FROM services_authority WHERE draft = :draft AND case_no IS NULL;

-- case_to_principal :run
-- The matter is the principal's own from now on: thread and parts.
-- in  number text, account int, agent int
UPDATE services_case
   SET applicant = :account
 WHERE applicant = :agent AND :agent <> 0
   AND (number = :number
        OR parent = (SELECT t.id FROM services_case t
                      WHERE t.number = :number));
