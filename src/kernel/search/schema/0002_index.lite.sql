-- Terms come split (terms.c), so the tokenizer has only to find spaces; ascii
-- takes every byte above 127 as part of a word.  No content and no sizes: rank is
-- never asked for, the newest come first.  marks has the most terms and stands
-- first, because FTS5 writes a column's number only from the second on.
CREATE VIRTUAL TABLE search_index USING fts5(
  marks, open, closed, content='', columnsize=0, tokenize='ascii'
);
