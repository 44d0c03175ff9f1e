-- The same terms without positions: neighbours are proved on the text itself,
-- which also holds for texts longer than a tsvector's positions can count.
ALTER TABLE search_doc ADD COLUMN terms TSVECTOR NOT NULL;
CREATE INDEX search_doc_terms ON search_doc USING gin (terms);
