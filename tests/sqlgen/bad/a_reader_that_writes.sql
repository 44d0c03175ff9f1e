-- refuse this: :one and :many only read
-- x_get :one
-- in id int
-- out id int
DELETE FROM shop_item WHERE id = :id RETURNING id;
