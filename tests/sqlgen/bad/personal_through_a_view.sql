-- refuse this: reads the personal column shop_item.phone
-- x_get :one public
-- in id int
-- out contact text?
SELECT contact FROM shop_everything WHERE id = :id;
