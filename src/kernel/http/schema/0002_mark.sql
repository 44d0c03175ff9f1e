-- What is true of the data, wherever they lie: 'demo' for a made-up city, so
-- that every page and paper says so on both databases.
CREATE TABLE http_mark (
  name TEXT PRIMARY KEY
);
