-- refuse this: reads the personal column shop_item.phone
-- x_get :one public
-- in phone text
-- out id int
-- scan ok: for the test
SELECT id FROM shop_item WHERE phone = :phone;
