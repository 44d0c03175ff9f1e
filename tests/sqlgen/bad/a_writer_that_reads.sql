-- refuse this: :change and :run must write
-- x_put :change
-- in id int
SELECT id FROM shop_item WHERE id = :id;
