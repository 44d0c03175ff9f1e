-- grant_add :change
-- in id int, number text, matter text, resource text, fields text
-- in purpose text, basis text, giver text, given_by int, given_by_name text
-- in receiver text, asked_by int, asked_by_name text, opened_by_name text
-- in opened inst, from_day day, to_day day, warn_on day, renews text?
INSERT INTO grants_grant (id, number, matter, resource, fields, purpose, basis,
                          giver, given_by, given_by_name, receiver, asked_by,
                          asked_by_name, opened_by_name, opened, from_day,
                          to_day, warn_on, renews, state, revision)
VALUES (:id, :number, :matter, :resource, :fields, :purpose, :basis, :giver,
        :given_by, :given_by_name, :receiver, :asked_by, :asked_by_name,
        :opened_by_name, :opened, :from_day, :to_day, :warn_on, :renews,
        'valid', 1);

-- grant_known :one
-- in matter text
-- out number text
SELECT number FROM grants_grant WHERE matter = :matter;

-- grant_earlier :one
-- The one in force that a new one of the same data goes on from.
-- in giver text, receiver text, resource text, today day
-- out id int, number text
SELECT id, number
  FROM grants_grant
 WHERE receiver = :receiver AND giver = :giver AND resource = :resource
   AND state = 'valid' AND to_day >= :today
 ORDER BY to_day DESC, id DESC
 LIMIT 1;

-- grant_whole :one
-- in number text
-- out id int, number text, matter text, resource text, fields text
-- out purpose text, basis text, giver text, giver_name text, given_by int
-- out given_by_name text, receiver text, receiver_name text, asked_by int
-- out asked_by_name text, opened_by_name text, opened inst, from_day day
-- out to_day day, warn_on day?, renews text?, renewed text?, state text
-- out reason text?, revision int
SELECT g.id, g.number, g.matter, g.resource, g.fields, g.purpose, g.basis,
       g.giver, p.short_name AS giver_name, g.given_by, g.given_by_name,
       g.receiver, r.short_name AS receiver_name, g.asked_by, g.asked_by_name,
       g.opened_by_name, g.opened, g.from_day, g.to_day, g.warn_on, g.renews,
       (SELECT min(n.number) FROM grants_grant n
         WHERE n.receiver = g.receiver AND n.renews = g.number) AS renewed,
       g.state, g.reason, g.revision
  FROM grants_grant g
  JOIN pub_auth_unit p ON p.code = g.giver
  JOIN pub_auth_unit r ON r.code = g.receiver
 WHERE g.number = :number;

-- grant_page :many
-- Newest first; unit '' all of them; side 'given', 'received' or '' both.
-- today: what the job has not yet come by for counts as it is.
-- in unit text, side text, state text, words text, today day, before int
-- out id int, number text, resource text, giver_name text, receiver_name text
-- out from_day day, to_day day, state text
SELECT g.id, g.number, g.resource, p.short_name AS giver_name,
       r.short_name AS receiver_name, g.from_day, g.to_day, g.state
  FROM grants_grant g
  JOIN pub_auth_unit p ON p.code = g.giver
  JOIN pub_auth_unit r ON r.code = g.receiver
 WHERE g.id < :before
   AND (:unit = '' OR (g.giver = :unit AND :side <> 'received')
        OR (g.receiver = :unit AND :side <> 'given'))
   AND (:state = ''
        OR (:state = 'valid' AND g.state = 'valid' AND g.to_day >= :today)
        OR (:state = 'expired' AND (g.state = 'expired'
                                    OR (g.state = 'valid'
                                        AND g.to_day < :today)))
        OR (:state = 'withdrawn' AND g.state = 'withdrawn'))
   AND (:words = '' OR g.number = :words OR g.matter = :words
        OR g.resource LIKE '%' || :words || '%')
 ORDER BY g.id DESC
 LIMIT 51;

-- grant_over :many
-- In force by their state, and past their last day.
-- in today day
-- out number text
SELECT number
  FROM grants_grant
 WHERE state = 'valid' AND to_day < :today
 ORDER BY to_day, id
 LIMIT 100;

-- grant_to_warn :many
-- in today day
-- out number text
SELECT number
  FROM grants_grant
 WHERE state = 'valid' AND warn_on IS NOT NULL AND warn_on <= :today
   AND to_day >= :today
 ORDER BY warn_on, id
 LIMIT 100;

-- grant_warned :change
-- in id int, revision int
UPDATE grants_grant SET warn_on = NULL, revision = revision + 1
 WHERE id = :id AND revision = :revision;

-- grant_end :change
-- The revision in the WHERE is the lock.
-- in id int, revision int, state text, reason text?
UPDATE grants_grant
   SET state = :state, reason = :reason, warn_on = NULL,
       revision = revision + 1
 WHERE id = :id AND revision = :revision AND state = 'valid';

-- grant_event_add :change
-- in id int, grant_id int, at inst, verb text, text text, actor text
-- in basis text
INSERT INTO grants_event (id, grant_id, at, verb, text, actor, basis)
VALUES (:id, :grant_id, :at, :verb, :text, :actor, :basis);

-- grant_events :many
-- in grant_id int
-- out at inst, verb text, text text, actor text, basis text
SELECT at, verb, text, actor, basis
  FROM grants_event
 WHERE grant_id = :grant_id
 ORDER BY id DESC
 LIMIT 100;
