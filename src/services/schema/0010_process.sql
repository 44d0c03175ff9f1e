-- Which process the deciding organisation works an item by: the key of one in
-- force (data/process: promised 承诺件, instant 即办件).  A new item is data that
-- points at a process, never a new drawing.
ALTER TABLE services_item ADD COLUMN process TEXT NOT NULL DEFAULT 'promised';
