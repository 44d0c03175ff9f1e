-- Terms come split (search_terms), so the tokenizer has only to find spaces;
-- ascii takes every byte above 127 as part of a word.  No content and no sizes:
-- rank is never asked for, the newest come first.
CREATE VIRTUAL TABLE search_index USING fts5(
  open, closed, scope, content='', columnsize=0, tokenize='ascii'
);
