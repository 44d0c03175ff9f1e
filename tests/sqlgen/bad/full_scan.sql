-- refuse this: walks the whole of shop_item
-- x_list :many
-- in price fen
-- out id int
SELECT id FROM shop_item WHERE price > :price ORDER BY id LIMIT 20;
