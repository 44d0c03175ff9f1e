-- An authority on paper (纸质授权委托书, 民法典 第一百六十五条): what the
-- principal of services_partner signed by hand instead of in an account.
--
-- It is uploaded by the agent, or scanned at a counter where the clerk sees it
-- and the cards.  The case is filed with it; it stands as waiting (待核对)
-- until an officer has looked at it.  refused and objected keep the decision
-- back; revoked ends what the agent may do, and the matter is the principal's.
-- Rows of a draft go with it.
CREATE TABLE services_authority (
  id         INTEGER PRIMARY KEY,     -- of services_partner
  draft      INTEGER NOT NULL,
  case_no    TEXT,                    -- of the thread; NULL until filed
  agent      INTEGER NOT NULL,        -- account that acts; 0: at a counter
  agent_name TEXT    NOT NULL,        -- personal
  agent_code TEXT    NOT NULL,        -- personal: of the card, or ''
  principal  TEXT    NOT NULL,        -- personal: name
  mobile     TEXT    NOT NULL,        -- personal: the principal's
  matters    TEXT    NOT NULL,        -- 代理事项
  scope      TEXT    NOT NULL,        -- 权限
  from_day   INTEGER NOT NULL,
  until      INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('waiting', 'confirmed',
               'refused', 'objected', 'revoked')),
  reason     TEXT    NOT NULL,        -- personal
  judged_by  TEXT    NOT NULL,        -- who confirmed, refused, objected
  judged     INTEGER,                 -- instants
  handed     INTEGER NOT NULL,
  revision   INTEGER NOT NULL
);
CREATE INDEX services_authority_draft ON services_authority (draft);
CREATE INDEX services_authority_case ON services_authority (case_no)
  WHERE case_no IS NOT NULL;
CREATE INDEX services_authority_mine ON services_authority (mobile, id);
