-- Everything that is allowed, once.

-- item_by_name :many public
-- A text with a colon ':name', a comment, a parameter twice, a cast.
-- in  name text, below fen?
-- in  max int
-- out id int, name text, price fen
SELECT id, name, price FROM shop_item /* :nothing */
 WHERE name >= :name AND (price < :below OR name = :name OR name = 'a '':x'' b') -- :none
 ORDER BY name LIMIT :max;

-- item_balance :one
-- in id int
-- out balance fen, n int
SELECT balance, balance * 2 AS n FROM pub_bank_balance WHERE id = :id;

-- item_first :one
-- In the order of the key and no further than the first.
-- out id int
SELECT id FROM shop_item ORDER BY id LIMIT 1;

-- item_total :one
-- scan ok: the shop has twelve things
-- out n int
SELECT count(*) AS n FROM shop_item WHERE price > 10;

-- item_add :change
-- in id int, name text, price fen, phone text?, photo bytes?
INSERT INTO shop_item (id, name, price, phone, photo)
VALUES (:id, :name, :price, :phone, :photo);

-- item_json :one
-- in id int, key text
-- out name text?
SELECT json_extract(name, :key) AS name FROM shop_item WHERE id = :id;
-- pg
SELECT CAST(name AS json)::json ->> :key AS name FROM shop_item WHERE id = :id;

-- items_of :many
-- in ids text
-- out id int, name text
SELECT id, name FROM shop_item
 WHERE id IN (SELECT CAST(value AS BIGINT) FROM each(:ids))
 ORDER BY id LIMIT 50;
