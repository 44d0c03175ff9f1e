/* What documents and queries must agree on: how a term is spelt. */
#ifndef KERNEL_SEARCH_INSIDE_H
#define KERNEL_SEARCH_INSIDE_H

#include "kernel/store/store.h"

/* What the terms of a kind begin with in SQLite's index, "case", and those of
 * what is closed, "ccase": 身份 is in the title of 100,000 cases, and in the
 * name of nobody. */
str search_prefix(struct arena *a, str kind);
str search_closed(struct arena *a, str kind);

/* "kcase" for all of a kind, "kcaseud022" for one organisation's. */
void search_put_scope(struct buf *b, str kind, str unit);
/* "t17" for the documents with one title. */
void search_put_title(struct buf *b, int64_t title);

/* A document of search_doc into SQLite's index, where it is not. */
enum err search_index_folded(struct tx *tx, int64_t id, str kind, str unit,
                             str open, str closed) MUST_USE;

/* What b holds, in the arena; b is empty afterwards. */
str search_keep(struct arena *a, struct buf *b);

#endif
