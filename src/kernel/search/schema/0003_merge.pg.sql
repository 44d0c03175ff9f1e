-- PostgreSQL merges its pending words when it cleans up; nothing is set here.
COMMENT ON INDEX search_doc_terms IS 'words of what can be found, split';
