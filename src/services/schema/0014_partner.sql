-- Whoever else must sign an application: co-applicants (共同申请人), and the
-- principal (被代理人) on whose behalf it is filled in (民法典 第一百六十五条).
--
-- Asked by the owner of a draft with a code that is handed over; each signs in
-- their own account what the draft says at that moment.  digest is of those
-- answers: who changes them afterwards asks for the signature again.  With the
-- filing the rows go to the case.  An application without any has no row here.
CREATE TABLE services_partner (
  id        INTEGER PRIMARY KEY,
  draft     INTEGER NOT NULL,
  case_no   TEXT,                     -- of the thread; NULL until filed
  role      TEXT    NOT NULL CHECK (role IN ('joint', 'principal')),
  name      TEXT    NOT NULL,         -- personal
  mobile    TEXT    NOT NULL,         -- personal
  code      TEXT    NOT NULL,         -- personal: the secret handed over
  scope     TEXT    NOT NULL,         -- 权限 of a proxy; '' of a co-applicant
  until     INTEGER,                  -- last day of the authority
  account   INTEGER NOT NULL,         -- who signed; 0: nobody yet
  signature TEXT,                     -- personal: JSON, as a form keeps one
  digest    TEXT    NOT NULL,         -- SHA-256 of the answers signed
  asked     INTEGER NOT NULL,         -- instant
  signed    INTEGER                   -- instant
);
CREATE INDEX services_partner_draft ON services_partner (draft, id);
CREATE INDEX services_partner_case ON services_partner (case_no, id)
  WHERE case_no IS NOT NULL;
