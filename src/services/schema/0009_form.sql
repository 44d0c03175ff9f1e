-- Forms come from the designer (design, pub_design_form): a deployed version
-- becomes a new version of its theme or of its single item.
--
-- form, tables: which version of the designer's form and decision table this
-- one was made from.
ALTER TABLE services_theme ADD COLUMN form INTEGER;
ALTER TABLE services_theme ADD COLUMN tables INTEGER;

-- The form of a single item in a version; an item whose version has none asks
-- the plain questions of data/forms and the papers of services_material.
CREATE TABLE services_item_form (
  id      INTEGER PRIMARY KEY,
  item    TEXT    NOT NULL,    -- services_item.code
  version INTEGER NOT NULL,    -- services_item.version from then on
  key     TEXT    NOT NULL,    -- of the designer's form
  form    INTEGER NOT NULL,    -- its version
  body    TEXT    NOT NULL,    -- JSON: questions, papers
  UNIQUE (item, version)
);
CREATE INDEX services_item_form_key ON services_item_form (key, version);

-- Which version of which of the designer's forms people apply by now.
CREATE VIEW pub_services_form AS
  SELECT code AS key, code, version, form, title
    FROM services_theme
   WHERE live = 1 AND form IS NOT NULL
  UNION ALL
  SELECT f.key, f.item AS code, f.version, f.form, i.name AS title
    FROM services_item_form f
    JOIN services_item i ON i.code = f.item AND i.version = f.version;

-- What an item asks people to bring, for whoever designs its form.
CREATE VIEW pub_services_material AS
  SELECT item, position, code, name, source, need, note
    FROM services_material;
