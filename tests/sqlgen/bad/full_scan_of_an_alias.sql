-- refuse this: walks the whole of i
-- x_list :many
-- in price fen
-- out id int
SELECT i.id FROM shop_item AS i WHERE i.price > :price ORDER BY i.id LIMIT 20;
