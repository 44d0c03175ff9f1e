-- design_list :many
-- One row a key: its newest version, and the one in force if there is one.
-- in  kind text, after text
-- out key text, title text, newest int, state text, created inst
-- out gone inst?, live int?, live_since inst?
SELECT v.key, v.title, v.version AS newest, v.state, v.created,
       v.retired AS gone, d.version AS live, d.deployed AS live_since
  FROM design_version v
  LEFT JOIN design_version d ON d.kind = v.kind AND d.key = v.key
                            AND d.state = 'deployed'
 WHERE v.kind = :kind AND v.key > :after
   AND v.version = (SELECT max(n.version) FROM design_version n
                     WHERE n.kind = v.kind AND n.key = v.key)
 ORDER BY v.key
 LIMIT 51;

-- design_count :one
-- in  kind text
-- out keys int
SELECT count(DISTINCT key) AS keys FROM design_version WHERE kind = :kind;

-- design_versions :many
-- All versions of one key, newest first.
-- in  kind text, key text
-- out version int, title text, state text, author text, note text
-- out created inst, deployed inst?, retired inst?
SELECT version, title, state, author, note, created, deployed, retired
  FROM design_version
 WHERE kind = :kind AND key = :key
 ORDER BY version DESC
 LIMIT 500;

-- design_one :one
-- in  kind text, key text, version int
-- out id int, version int, title text, state text, xml text, digest text
-- out author text, note text, created inst, deployed inst?, retired inst?
SELECT id, version, title, state, xml, digest, author, note, created, deployed,
       retired
  FROM design_version
 WHERE kind = :kind AND key = :key AND version = :version;

-- design_newest :one
-- in  kind text, key text
-- out version int, title text, xml text
SELECT version, title, xml
  FROM design_version
 WHERE kind = :kind AND key = :key
 ORDER BY version DESC
 LIMIT 1;

-- design_live :one
-- The version in force.
-- in  kind text, key text
-- out id int, version int, xml text
SELECT id, version, xml
  FROM design_version
 WHERE kind = :kind AND key = :key AND state = 'deployed';

-- design_add :change
-- in  id int, kind text, key text, version int, title text, xml text
-- in  digest text, author text, note text, created inst
INSERT INTO design_version (id, kind, key, version, title, state, xml, digest,
                            author, note, created)
VALUES (:id, :kind, :key, :version, :title, 'draft', :xml, :digest, :author,
        :note, :created);

-- design_step_down :run
-- Before another version of the key comes into force.
-- in  kind text, key text, id int, at inst
UPDATE design_version
   SET state = 'retired', retired = :at
 WHERE kind = :kind AND key = :key AND state = 'deployed' AND id <> :id;

-- design_deploy :change
-- in  id int, at inst
UPDATE design_version
   SET state = 'deployed', deployed = :at
 WHERE id = :id AND state <> 'deployed';

-- design_retire :change
-- in  id int, at inst
UPDATE design_version
   SET state = 'retired', retired = :at
 WHERE id = :id AND state = 'deployed';
