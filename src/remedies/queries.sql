-- series_begin :run
-- in  kind text, year int
INSERT INTO remedies_series (kind, year, last) VALUES (:kind, :year, 0)
ON CONFLICT (kind, year) DO NOTHING;

-- series_next_of :change
-- in  kind text, year int
UPDATE remedies_series
   SET last = last + 1
 WHERE kind = :kind AND year = :year;

-- series_now :one
-- in  kind text, year int
-- out last int
SELECT last FROM remedies_series WHERE kind = :kind AND year = :year;

-- remedy_add :change
-- in  id int, number text, kind text, ref text, title text, unit text
-- in  account int, name text, step text, said_first text, document text
-- in  days int, was text?, becomes text?, made inst, due day?, state text
INSERT INTO remedies_matter (id, number, kind, ref, title, unit, account, name,
                             step, said_first, document, days, was, becomes,
                             made, due, state, revision)
VALUES (:id, :number, :kind, :ref, :title, :unit, :account, :name, :step,
        :said_first, :document, :days, :was, :becomes, :made, :due, :state, 1);

-- remedy_one :one
-- in  number text
-- out id int, number text, kind text, ref text, title text, unit text
-- out unit_name text, account int, name text, step text, said_first text
-- out document text, days int, was text?, becomes text?, made inst, due day?
-- out state text, said text?, said_by text?, said_at inst?, answer text?
-- out answered_by text?, answered inst?, outcome text?, revision int
SELECT m.id, m.number, m.kind, m.ref, m.title, m.unit, u.name AS unit_name,
       m.account, m.name, m.step, m.said_first, m.document, m.days, m.was,
       m.becomes, m.made, m.due, m.state, m.said, m.said_by, m.said_at,
       m.answer, m.answered_by, m.answered, m.outcome, m.revision
  FROM remedies_matter m
  JOIN pub_auth_unit u ON u.code = m.unit
 WHERE m.number = :number;

-- remedy_page :many
-- Newest first; '' of a filter is all.  Some hundreds a year, so one order
-- serves every filter.
-- in  unit text, kind text, state text, before int
-- out id int, number text, kind text, ref text, title text, unit_name text
-- out step text, made inst, due day?, state text
SELECT m.id, m.number, m.kind, m.ref, m.title, u.short_name AS unit_name,
       m.step, m.made, m.due, m.state
  FROM remedies_matter m
  JOIN pub_auth_unit u ON u.code = m.unit
 WHERE m.id < :before AND (:unit = '' OR m.unit = :unit)
   AND (:kind = '' OR m.kind = :kind) AND (:state = '' OR m.state = :state)
 ORDER BY m.id DESC
 LIMIT 51;

-- remedy_mine :many
-- in  account int, before int
-- out id int, number text, kind text, ref text, title text, step text
-- out made inst, due day?, state text
SELECT id, number, kind, ref, title, step, made, due, state
  FROM remedies_matter
 WHERE account = :account AND account <> 0 AND id < :before
   AND kind IN ('complaint', 'correction')
 ORDER BY id DESC
 LIMIT 21;

-- remedy_waiting :one
-- What still wants an answer, '' by the whole city.
-- scan ok: only what is open, by its own index
-- in  unit text
-- out matters int
SELECT count(*) AS matters
  FROM remedies_matter
 WHERE state IN ('open', 'explained') AND (:unit = '' OR unit = :unit);

-- remedy_same :one
-- Open already: the same person about the same case or datum.
-- in  account int, kind text, ref text, step text
-- out matters int
SELECT count(*) AS matters
  FROM remedies_matter
 WHERE account = :account AND account <> 0 AND kind = :kind AND ref = :ref
   AND step = :step AND state IN ('open', 'explained');

-- remedy_told :one
-- Has this been written down already?  Signals may come twice.
-- in  kind text, ref text, step text, said_first text
-- out matters int
SELECT count(*) AS matters
  FROM remedies_matter
 WHERE ref = :ref AND kind = :kind AND step = :step
   AND said_first = :said_first;

-- remedy_explain :change
-- in  id int, revision int, said text, said_by text, said_at inst
UPDATE remedies_matter
   SET state = 'explained', said = :said, said_by = :said_by,
       said_at = :said_at, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'open';

-- remedy_answer :change
-- in  id int, revision int, state text, answer text, answered_by text
-- in  answered inst
UPDATE remedies_matter
   SET state = :state, answer = :answer, answered_by = :answered_by,
       answered = :answered, revision = revision + 1
 WHERE id = :id AND revision = :revision AND state IN ('open', 'explained');

-- remedy_withdraw :change
-- in  id int, revision int
UPDATE remedies_matter
   SET state = 'withdrawn', revision = revision + 1
 WHERE id = :id AND revision = :revision AND state IN ('open', 'explained');

-- remedy_outcome :change
-- in  number text, outcome text
UPDATE remedies_matter
   SET outcome = :outcome, revision = revision + 1
 WHERE number = :number;

-- case_for_remedy :one
-- in  number text
-- out id int, kind text, parent int?, title text, unit text, state text
-- out open int
SELECT id, kind, parent, title, unit, state, open
  FROM pub_services_case
 WHERE number = :number;

-- case_holder_of :one
-- Whose a case is: for deciding, never for showing.
-- in  number text
-- out applicant int, proxy int
SELECT applicant, proxy FROM pub_services_holder WHERE number = :number;

-- case_again :one
-- Has a case been taken up again?
-- in  id int
-- out runs int
SELECT count(*) AS runs FROM pub_services_reopened WHERE reopens = :id;

-- steps_seen :many
-- The steps everybody sees on a thread, newest first.
-- in  number text
-- out id int, at inst, text text, actor text, unit text, unit_name text
-- out case_no text
SELECT s.id, s.at, s.text, s.actor, c.unit, u.name AS unit_name,
       c.number AS case_no
  FROM pub_services_step s
  JOIN pub_services_case c ON c.id = s.case_id
  JOIN pub_auth_unit u ON u.code = c.unit
 WHERE s.case_id IN (SELECT t.id FROM pub_services_case t
                      WHERE t.number = :number
                     UNION ALL
                     SELECT p.id FROM pub_services_case t
                       JOIN pub_services_case p ON p.parent = t.id
                      WHERE t.number = :number)
   AND s.verb <> 'complaint'
 ORDER BY s.at DESC, s.id DESC
 LIMIT 30;

-- keeper_named :one
-- in  code text
-- out name text
SELECT name FROM pub_auth_unit WHERE code = :code;

-- staff_in :many
-- in  unit text, role text
-- out account int
SELECT account
  FROM pub_auth_staff
 WHERE unit = :unit AND role = :role
 ORDER BY account
 LIMIT 20;

-- watchers :many
-- Who answers complaints, whatever organisation they sit in.
-- out account int, name text, unit text
SELECT account, name, unit
  FROM pub_auth_staff
 WHERE role = 'supervisor'
 ORDER BY account
 LIMIT 20;

-- registered_now :one
-- What a register says of an enterprise now, and who registers it.
-- in  code text
-- out code text, name text, representative text, address text, scope text
-- out unit text, unit_name text, source text
SELECT l.code, l.name, l.representative, l.address, l.scope, l.unit,
       u.name AS unit_name, l.source
  FROM pub_enterprises_live l
  JOIN pub_auth_unit u ON u.code = l.unit
 WHERE l.code = :code;

-- registered_mine :one
-- May this person ask for it to be put right: as its registered representative
-- by three facts, the mobile proven, or by its authority?
-- in  code text, name text, citizen_id text, mobile text, today day
-- out mine int
SELECT (SELECT count(*) FROM pub_enterprises_holder h
         WHERE h.code = :code AND h.rep_id = :citizen_id
           AND h.representative = :name AND h.rep_mobile = :mobile) +
       (SELECT count(*) FROM pub_enterprises_proxy p
         WHERE p.code = :code AND p.mobile = :mobile AND p.name = :name
           AND p.from_day <= :today AND p.to_day >= :today) AS mine;
