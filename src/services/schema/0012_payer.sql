-- Whose a case is and what was answered, for the room that reckons fees.  The
-- columns of the person stay personal behind the view.
CREATE VIEW pub_services_payer AS
  SELECT c.number, c.title, c.unit, c.item, c.state, c.applicant, c.proxy,
         c.applicant_name, c.applicant_open, c.accepted, c.closed_day, c.officer,
         COALESCE(j.answers, c.answers) AS answers
    FROM services_case c
    LEFT JOIN services_case j ON j.id = c.parent;
