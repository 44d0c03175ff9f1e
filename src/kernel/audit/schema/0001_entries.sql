-- Who did what to which thing.  Entries are appended and never touched again:
-- 0002 makes the database refuse it, and digest makes it show.  digest is the
-- SHA-256 of all other columns, prev among them (audit.c says how); prev is the
-- digest of the entry before, 32 zero bytes for the first.
CREATE TABLE audit_entry (
  seq     INTEGER PRIMARY KEY,  -- 1, 2, 3 … without a gap
  at      INTEGER NOT NULL,     -- instant
  account INTEGER NOT NULL,     -- 0: nobody signed in
  actor   TEXT    NOT NULL,     -- personal: the name at that time
  unit    TEXT    NOT NULL,     -- the organisation it was done for
  role    TEXT    NOT NULL,
  via     TEXT    NOT NULL,     -- web, window, agent, kiosk, system
  client  TEXT    NOT NULL,     -- personal: the address it came from
  action  TEXT    NOT NULL,     -- case.accept
  object  TEXT    NOT NULL,     -- the number of the thing
  detail  TEXT    NOT NULL,     -- personal
  request TEXT    NOT NULL,     -- id of the request, as in the log
  prev    BLOB    NOT NULL,
  digest  BLOB    NOT NULL
);
-- The story of one matter.
CREATE INDEX audit_entry_object ON audit_entry (object, seq);

-- What the audit administrator's pages read (三员分立: nobody else does).
CREATE VIEW pub_audit_entry AS
  SELECT seq, at, account, actor, unit, role, via, client, action, object,
         detail, request
    FROM audit_entry;
