-- refuse this: INSERT OR is not understood by both databases
-- x_put :run
-- in id int, name text
INSERT OR IGNORE INTO shop_item (id, name, price) VALUES (:id, :name, 1);
