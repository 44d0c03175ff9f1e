-- personal beside nothing is only prose
CREATE TABLE shop_item (
  id    INTEGER PRIMARY KEY,
  name  TEXT    NOT NULL,
  price INTEGER NOT NULL,
  phone TEXT,               -- personal: of the seller
  photo BLOB
);
CREATE INDEX shop_item_name ON shop_item (name);
CREATE VIEW shop_everything AS SELECT id, name, phone AS contact FROM shop_item;
