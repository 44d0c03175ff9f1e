-- Every document has a term of its title now.
UPDATE search_doc
   SET terms = terms || array_to_tsvector(ARRAY['#t' || t.id])
  FROM search_title t
 WHERE t.kind = search_doc.kind AND t.unit = search_doc.unit
   AND t.open = search_doc.open;
