-- What an account ever got and what each is worth now, so that a case need not
-- ask for a copy and knows when a licence it rests on is no longer in force
-- (国务院令第716号 第七条、第十条): for deciding and offering, never for lists.
CREATE VIEW pub_licences_owned AS
  SELECT id, account, identifier, name, number, version, unit, case_no,
         issued, valid_from, valid_to, state
    FROM licences_licence;
