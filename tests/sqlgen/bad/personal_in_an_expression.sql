-- refuse this: reads the personal column shop_item.phone
-- x_get :one public
-- in id int
-- out n int?
SELECT length(phone) AS n FROM shop_item WHERE id = :id;
