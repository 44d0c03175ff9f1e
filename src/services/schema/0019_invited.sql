-- Who is asked to sign learns of it in their own account, and may say no.
--
-- Whom an invitation is meant for is found by the name and the mobile of the
-- row, so that somebody who registers later finds it too.  Saying no takes the
-- signature back; its reason is for the owner of the draft.  digest '' with an
-- account: signed, and the answers were changed afterwards.
ALTER TABLE services_partner ADD COLUMN declined INTEGER; -- instant
ALTER TABLE services_partner ADD COLUMN reason TEXT;      -- personal
CREATE INDEX services_partner_asked ON services_partner (mobile)
  WHERE case_no IS NULL;
CREATE INDEX services_partner_signer ON services_partner (account, id)
  WHERE account <> 0;
