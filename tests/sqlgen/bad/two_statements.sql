-- refuse this: more than one statement
-- x_put :run
-- in id int
DELETE FROM shop_item WHERE id = :id; DELETE FROM shop_item;
