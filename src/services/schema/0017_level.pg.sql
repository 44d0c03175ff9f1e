-- How far an item can be done on line (网办深度) and at which level of
-- government (行使层级), for lists; '' says nothing: find.c reads it off the
-- rest of the row.
ALTER TABLE services_item ADD COLUMN depth TEXT NOT NULL DEFAULT '';
ALTER TABLE services_item ADD COLUMN level TEXT NOT NULL DEFAULT '';
UPDATE services_item
   SET depth = coalesce(CAST(guide AS json) ->> 'depth', ''),
       level = coalesce(CAST(guide AS json) ->> 'level', '')
 WHERE guide IS NOT NULL;

DROP VIEW pub_services_guide;
CREATE VIEW pub_services_guide AS
  SELECT code, unit, name, type, object, law, law_version, article,
         statutory_n, statutory_unit, statutory_basis, promised_n, online,
         visits, fee, result, conditions, process, level
    FROM services_item;
