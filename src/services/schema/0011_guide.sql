-- Items come from the catalogue (catalogue, pub_catalogue_item): what is in
-- force there is taken as the next version here.
--
-- guide: the whole guide as the catalogue has it, for the guide page; NULL: an
-- item the catalogue has not spoken of yet.  edition: the catalogue's version.
-- state: paused and withdrawn items are shown and not offered.
ALTER TABLE services_item ADD COLUMN guide TEXT;
ALTER TABLE services_item ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE services_item ADD COLUMN state TEXT NOT NULL DEFAULT 'live';
ALTER TABLE services_item ADD COLUMN why TEXT NOT NULL DEFAULT '';

-- An item as it was up to a version, for cases filed under it: limits and
-- papers of a case that is running do not change under it.
CREATE TABLE services_item_past (
  id              INTEGER PRIMARY KEY,
  item            TEXT    NOT NULL,
  version         INTEGER NOT NULL,   -- the last one that said this
  name            TEXT    NOT NULL,
  type            TEXT    NOT NULL,
  object          TEXT    NOT NULL,
  law             TEXT,
  law_version     TEXT,
  article         TEXT,
  statutory_n     INTEGER NOT NULL,
  statutory_unit  TEXT    NOT NULL,
  statutory_basis TEXT,
  promised_n      INTEGER NOT NULL,
  visits          INTEGER NOT NULL,
  fee             TEXT    NOT NULL,
  result          TEXT,
  conditions      TEXT,
  process         TEXT    NOT NULL
);
CREATE UNIQUE INDEX services_item_past_of ON services_item_past (item, version);
CREATE TABLE services_material_past (
  id       INTEGER PRIMARY KEY,
  item     TEXT    NOT NULL,
  version  INTEGER NOT NULL,          -- of services_item_past
  position INTEGER NOT NULL,
  code     TEXT    NOT NULL,
  name     TEXT    NOT NULL,
  source   TEXT    NOT NULL,
  need     INTEGER NOT NULL,
  note     TEXT
);
CREATE UNIQUE INDEX services_material_past_of
  ON services_material_past (item, version, position);

-- Withdrawn items are nobody's any more; history goes on naming them.
DROP VIEW pub_services_item;
CREATE VIEW pub_services_item AS
  SELECT id, code, unit, name, type, object, promised_n, statutory_n, online,
         position, state
    FROM services_item;

-- A case gives the result its own version of the item named.
DROP VIEW pub_services_granted;
CREATE VIEW pub_services_granted AS
  SELECT c.number, c.title, c.unit, c.item, c.applicant, c.applicant_name,
         c.applicant_code, c.result_no, c.closed, c.closed_day, i.type,
         COALESCE((SELECT p.result
                     FROM services_item_past p
                    WHERE p.item = c.item AND p.version >= c.item_version
                    ORDER BY p.version
                    LIMIT 1), i.result) AS result,
         COALESCE(j.answers, c.answers) AS answers
    FROM services_case c
    JOIN services_item i ON i.code = c.item
    LEFT JOIN services_case j ON j.id = c.parent
   WHERE c.state = 'granted';

-- All an item says, for the catalogue to take over what was there before it.
CREATE VIEW pub_services_guide AS
  SELECT code, unit, name, type, object, law, law_version, article,
         statutory_n, statutory_unit, statutory_basis, promised_n, online,
         visits, fee, result, conditions, process
    FROM services_item;
