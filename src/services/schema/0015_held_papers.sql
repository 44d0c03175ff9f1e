-- A paper that is there already need not come again (国务院令第716号 第七条、
-- 第十条): it is taken from the holder's licences or from an earlier case.
--
-- source: upload, licence, case (and in a case: exchange, form, paper);
-- ref: identifier of the licence, or number of the earlier case.  A licence has
-- no file here: the sheet is drawn by the room that issued it.
ALTER TABLE services_draft_paper ADD COLUMN source TEXT NOT NULL
  DEFAULT 'upload';
ALTER TABLE services_draft_paper ADD COLUMN ref TEXT;
ALTER TABLE services_paper ADD COLUMN ref TEXT;
CREATE INDEX services_paper_ref ON services_paper (ref)
  WHERE ref IS NOT NULL;

-- Which licence lies before which desk in the place of a paper: who decides on
-- the matter may look at the sheet.
CREATE VIEW pub_services_shown_licence AS
  SELECT p.ref AS identifier, c.unit
    FROM services_paper p
    JOIN services_case c ON c.id = p.case_id
   WHERE p.source = 'licence' AND p.ref IS NOT NULL
     AND ' ' || c.papers || ' ' LIKE '% ' || p.code || ' %'
  UNION ALL
  SELECT p.ref AS identifier, c.unit
    FROM services_paper p
    JOIN services_case c ON c.parent = p.case_id
   WHERE p.source = 'licence' AND p.ref IS NOT NULL
     AND ' ' || c.papers || ' ' LIKE '% ' || p.code || ' %';
