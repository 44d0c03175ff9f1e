-- refuse this: reads the personal column shop_item.phone
-- x_get :one public
-- in id int
-- out phone text?
SELECT phone FROM shop_item WHERE id = :id;
