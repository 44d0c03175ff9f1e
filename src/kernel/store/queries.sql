-- migration_list :many
-- What has run, to find what has not.
-- out room text, number int, digest int
SELECT room, number, digest
  FROM store_migration
 ORDER BY room, number
 LIMIT 10000;

-- migration_seen :one
-- Asked again under the writers' lock: two servers may start together.
-- in room text, number int
-- out number int
SELECT number FROM store_migration WHERE room = :room AND number = :number;

-- migration_note :change
-- in room text, number int, name text, digest int, at inst
INSERT INTO store_migration (room, number, name, digest, at)
VALUES (:room, :number, :name, :digest, :at);

-- mark_value :one
-- in name text
-- out value int
SELECT value FROM store_mark WHERE name = :name;

-- mark_set :change
-- in name text, value int
UPDATE store_mark SET value = :value WHERE name = :name AND value <= :value;
