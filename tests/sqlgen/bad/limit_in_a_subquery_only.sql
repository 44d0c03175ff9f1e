-- refuse this: must carry LIMIT
-- x_list :many
-- in name text
-- out id int
SELECT id FROM shop_item WHERE name IN (SELECT name FROM shop_item WHERE name = :name LIMIT 3);
