-- Every document has a term of its title now, and what is closed has terms of
-- its own.  An index without content cannot be told of a few: it is emptied, and
-- told of everything again before anybody is served.
INSERT INTO search_index (search_index) VALUES ('delete-all');
INSERT INTO search_again SELECT id FROM search_doc ORDER BY id LIMIT 1;
