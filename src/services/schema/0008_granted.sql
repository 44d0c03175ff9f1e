-- What was granted and to whom, for the room that issues licences.  The columns
-- of the person stay personal behind the view.
CREATE VIEW pub_services_granted AS
  SELECT c.number, c.title, c.unit, c.item, c.applicant, c.applicant_name,
         c.applicant_code, c.result_no, c.closed, c.closed_day, i.type, i.result,
         COALESCE(j.answers, c.answers) AS answers
    FROM services_case c
    JOIN services_item i ON i.code = c.item
    LEFT JOIN services_case j ON j.id = c.parent
   WHERE c.state = 'granted';
