-- Whom a case is about, for rooms that must join it with their own record of
-- the person (the roll of a village); never for showing.
CREATE VIEW pub_services_party AS
  SELECT number, applicant_code FROM services_case WHERE kind <> 'part';
