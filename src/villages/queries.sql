-- ---- the roll ----

-- resident_one :one
-- in  id int
-- out id int, unit text, name text, citizen_id text, mobile text, place text
-- out care text, every int, visited day?, due day?, revision int
SELECT id, unit, name, citizen_id, mobile, place, care, every, visited, due,
       revision
  FROM villages_resident
 WHERE id = :id;

-- resident_of :one
-- in  citizen_id text
-- out id int, unit text, name text
SELECT id, unit, name FROM villages_resident WHERE citizen_id = :citizen_id;

-- resident_add :change
-- in  id int, unit text, name text, citizen_id text, mobile text, place text
-- in  care text, every int, due day?
INSERT INTO villages_resident (id, unit, name, citizen_id, mobile, place, care,
                               every, due, revision)
VALUES (:id, :unit, :name, :citizen_id, :mobile, :place, :care, :every, :due,
        1);

-- resident_list :many
-- in  unit text, words text
-- out id int, name text, mobile text, place text, care text, due day?
SELECT id, name, mobile, place, care, due
  FROM villages_resident
 WHERE unit = :unit AND (:words = '' OR name = :words)
 ORDER BY name, id
 LIMIT 200;

-- resident_due :many
-- Whom to visit next: the longest overdue first.
-- in  unit text, until day
-- out id int, name text, place text, care text, visited day?, due day
SELECT id, name, place, care, visited, due
  FROM villages_resident
 WHERE unit = :unit AND due <= :until
 ORDER BY due, id
 LIMIT 30;

-- resident_due_count :one
-- in  unit text, until day
-- out n int
SELECT count(*) AS n
  FROM villages_resident
 WHERE unit = :unit AND due <= :until;

-- resident_visited :change
-- in  id int, revision int, visited day, due day?
UPDATE villages_resident
   SET visited = :visited, due = :due, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- visit_add :change
-- in  id int, resident int, day day, agent_name text, text text
INSERT INTO villages_visit (id, resident, day, agent_name, text)
VALUES (:id, :resident, :day, :agent_name, :text);

-- visit_list :many
-- in  resident int
-- out day day, agent_name text, text text
SELECT day, agent_name, text
  FROM villages_visit
 WHERE resident = :resident
 ORDER BY day DESC, id DESC
 LIMIT 30;

-- ---- authority ----

-- consent_add :change
-- in  id int, resident int, unit text, agent int, agent_name text, item text
-- in  proof text, from_day day, to_day day, at inst
INSERT INTO villages_consent (id, resident, unit, agent, agent_name, item,
                              proof, from_day, to_day, at)
VALUES (:id, :resident, :unit, :agent, :agent_name, :item, :proof, :from_day,
        :to_day, :at);

-- consent_list :many
-- in  resident int
-- out id int, agent_name text, item text, proof text, from_day day, to_day day
SELECT id, agent_name, item, proof, from_day, to_day
  FROM villages_consent
 WHERE resident = :resident
 ORDER BY id DESC
 LIMIT 30;

-- consent_in_force :one
-- in  resident int, item text, today day
-- out n int
SELECT count(*) AS n
  FROM villages_consent
 WHERE resident = :resident AND to_day >= :today AND from_day <= :today
   AND (item = '' OR item = :item);

-- consent_end :change
-- in  id int, resident int, today day, last day
UPDATE villages_consent
   SET to_day = :last
 WHERE id = :id AND resident = :resident AND to_day >= :today;

-- ---- what was filed ----

-- filed_case :one
-- in  number text
-- out channel text, filed inst, proxy int, citizen_id text?
SELECT c.channel, c.filed, h.proxy, p.applicant_code AS citizen_id
  FROM pub_services_case c
  JOIN pub_services_holder h ON h.number = c.number
  JOIN pub_services_party p ON p.number = c.number
 WHERE c.number = :number;

-- filed_known :one
-- in  case_no text
-- out n int
SELECT count(*) AS n FROM villages_case WHERE case_no = :case_no;

-- filed_add :change
-- in  case_no text, resident int, unit text, at inst
INSERT INTO villages_case (case_no, resident, unit, at)
VALUES (:case_no, :resident, :unit, :at);

-- filed_list :many
-- Of a village, newest first; of one resident when resident is not 0.
-- in  unit text, resident int
-- out case_no text, resident int, name text, title text, state text, kind text
-- out clock_due day?
SELECT v.case_no, v.resident, r.name, c.title, c.state, c.kind, c.clock_due
  FROM villages_case v
  JOIN villages_resident r ON r.id = v.resident
  JOIN pub_services_case c ON c.number = v.case_no
 WHERE v.unit = :unit AND (:resident = 0 OR v.resident = :resident)
 ORDER BY v.at DESC
 LIMIT 30;

-- agent_unit :one public
-- in  account int
-- out unit text
SELECT unit
  FROM pub_auth_staff
 WHERE account = :account AND role = 'agent'
 ORDER BY main DESC, unit
 LIMIT 1;

-- village_unit :one public
-- in  code text
-- out name text, parent text?, parent_name text?
SELECT u.name, u.parent, p.name AS parent_name
  FROM pub_auth_unit u
  LEFT JOIN pub_auth_unit p ON p.code = u.parent
 WHERE u.code = :code;

-- village_item :one public
-- in  code text
-- out code text, name text, unit_name text, promised_n int
SELECT i.code, i.name, u.name AS unit_name, i.promised_n
  FROM pub_services_item i
  JOIN pub_auth_unit u ON u.code = i.unit
 WHERE i.code = :code;

-- village_papers :many public
-- in  item text
-- out code text, name text, source text, need int
SELECT code, name, source, need
  FROM pub_services_material
 WHERE item = :item
 ORDER BY position
 LIMIT 40;
