-- refuse this: a statement without a header line
SELECT price FROM shop_item WHERE id = :id;
