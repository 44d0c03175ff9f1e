-- How whoever collected a licence showed who they are: the kind of document, the
-- last four of its number (never the whole), and the authority of an agent.
ALTER TABLE licences_licence ADD COLUMN proof TEXT;
ALTER TABLE licences_licence ADD COLUMN proof_tail TEXT;  -- personal
ALTER TABLE licences_licence ADD COLUMN authority TEXT;   -- personal

-- How the licences of a case reach their holder, for the thread everybody
-- follows: nothing of the holder, no address, no tracking number.
CREATE VIEW pub_licences_delivery AS
  SELECT id, case_no, name, number, version, state, delivery, deliver_by,
         delivered
    FROM licences_licence;
