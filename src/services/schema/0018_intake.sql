-- 窗口收件: an application begun at a counter, beside its draft, and the case
-- it became.  The row outlives the draft, so that a second press finds what the
-- first one filed; one that was not filed goes with its draft.
CREATE TABLE services_intake (
  draft      TEXT    PRIMARY KEY,   -- number of the draft
  account    INTEGER NOT NULL,      -- the clerk
  clerk_name TEXT    NOT NULL,
  counter    TEXT    NOT NULL,      -- H1-01
  counter_label TEXT NOT NULL,      -- 1 号窗口
  offer      TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  agent_name TEXT    NOT NULL,      -- personal: 经办人 of a company, ''
  agent_code TEXT    NOT NULL,      -- personal: their citizen id, ''
  begun      INTEGER NOT NULL,      -- instant: the person was read in
  case_no    TEXT,                  -- what it became
  filed      INTEGER                -- instant
);
CREATE INDEX services_intake_counter ON services_intake (counter, filed)
  WHERE filed IS NOT NULL;
CREATE INDEX services_intake_clerk ON services_intake (account, filed)
  WHERE filed IS NOT NULL;
CREATE UNIQUE INDEX services_intake_case ON services_intake (case_no)
  WHERE case_no IS NOT NULL;
CREATE INDEX services_intake_open ON services_intake (account, begun)
  WHERE filed IS NULL;

-- What was said before at a counter, by the number on the card.
CREATE INDEX services_case_code ON services_case (applicant_code, id)
  WHERE applicant_code IS NOT NULL AND kind <> 'part';
