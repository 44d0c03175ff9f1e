-- audit_insert :run
-- Nothing is read back, so PostgreSQL may be told together with what follows.
-- in seq int, at inst, account int, actor text, unit text, role text
-- in via text, client text, action text, object text, detail text
-- in request text, digest bytes
INSERT INTO audit_entry (seq, at, account, actor, unit, role, via, client,
                         action, object, detail, request, digest)
VALUES (:seq, :at, :account, :actor, :unit, :role, :via, :client,
        :action, :object, :detail, :request, :digest);

-- audit_last :one
-- The head of the chain, when the writer does not know it yet.
-- out seq int, digest bytes
SELECT seq, digest FROM audit_entry ORDER BY seq DESC LIMIT 1;

-- audit_page :many
-- The chain from its beginning, a page at a time.
-- in after int, max int
-- out seq int, at inst, account int, actor text, unit text, role text
-- out via text, client text, action text, object text, detail text
-- out request text, digest bytes
SELECT seq, at, account, actor, unit, role, via, client, action, object,
       detail, request, digest
  FROM audit_entry
 WHERE seq > :after
 ORDER BY seq
 LIMIT :max;
