/*
 * The index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.
 *
 * Both hold the same terms.  A document also gets one term for its kind and one
 * for its kind and organisation together, so that "cases of D022" is a term
 * like any other and no second condition slows the walk; and an organisation's
 * document one for its title, which it shares with many.  In SQLite's index
 * every term begins with its kind: what is common among one kind would be gone
 * through to find the few of another.
 */
#include "kernel/search/search.h"

#include "kernel/search/inside.h"
#include "kernel/search/queries.gen.h"
#include "kernel/search/terms.h"

/* ---- documents ---- */

str search_keep(struct arena *a, struct buf *b)
{
    str s = arena_str(a, b->n ? buf_str(b) : STR(""));
    buf_free(b);
    return s;
}

/* The small letters and digits of a name, as everything that becomes a term. */
static void put_letters(struct buf *b, str name)
{
    struct buf word = { 0 };
    terms_fold(name, &word);
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != ' ')
            buf_byte(b, word.p[i]);
    buf_free(&word);
}

str search_prefix(struct arena *a, str kind)
{
    struct buf b = { 0 };
    put_letters(&b, kind);
    return search_keep(a, &b);
}

str search_closed(struct arena *a, str kind)
{
    return arena_join(a, STR("c"), search_prefix(a, kind));
}

static str pairs_of(struct arena *a, str prefix, str folded)
{
    struct buf b = { 0 };
    terms_put_pairs(folded, prefix, &b);
    return search_keep(a, &b);
}

void search_put_scope(struct buf *b, str kind, str unit)
{
    buf_byte(b, 'k');
    put_letters(b, kind);
    if (unit.n) {
        buf_byte(b, 'u');
        put_letters(b, unit);
    }
}

void search_put_title(struct buf *b, int64_t title)
{
    buf_printf(b, "t%lld", (long long)title);
}

/* SQLite's first column: the organisation's scope word, then what stands alone:
 * ocase品 for what is open in a case, ccase王 for what is closed.  The title's
 * word follows at writing. */
static str marks_of(struct arena *a, const struct search_text *t, str prefix,
                    str closed_prefix)
{
    struct buf b = { 0 };
    if (t->unit.n)
        search_put_scope(&b, t->kind, t->unit);
    terms_put_marks(t->open, arena_join(a, STR("o"), prefix), &b);
    terms_put_marks(t->closed, closed_prefix, &b);
    return search_keep(a, &b);
}

/* One list for PostgreSQL: closed terms behind '~', scope words behind '#'. */
static void put_marked(struct buf *b, str text, char mark)
{
    struct buf terms = { 0 };
    search_terms(text, false, &terms);
    str rest = terms.n ? buf_str(&terms) : str_none;
    while (!str_is_none(rest)) {
        str term = str_cut(&rest, ' ');
        buf_byte(b, ' ');
        if (mark)
            buf_byte(b, mark);
        buf_put(b, term);
    }
    buf_free(&terms);
}

static str all_terms(struct arena *a, str kind, str unit, str open,
                     str closed)
{
    struct buf b = { 0 };
    buf_byte(&b, '#');
    search_put_scope(&b, kind, STR(""));
    if (unit.n) {
        buf_put(&b, STR(" #"));
        search_put_scope(&b, kind, unit);
    }
    put_marked(&b, open, 0);
    put_marked(&b, closed, '~');
    return search_keep(a, &b);
}

static bool same(const struct search_doc_read *old,
                 const struct search_text *t)
{
    return str_eq(old->kind, t->kind) && str_eq(old->unit, t->unit) &&
           str_eq(old->open, t->open) && str_eq(old->closed, t->closed);
}

/* ---- what is written ---- */

static void text_of_folded(const struct tx *tx, str kind, str unit, str open,
                           str closed, struct search_text *out)
{
    struct arena *a = tx->arena;
    *out = (struct search_text){ .kind = kind, .unit = unit, .open = open,
                                 .closed = closed, .terms = STR("") };
    if (store_is_pg(tx->store)) {
        out->terms = all_terms(a, kind, unit, open, closed);
        return;
    }
    str prefix = search_prefix(a, kind), hidden = search_closed(a, kind);
    out->pairs_open = pairs_of(a, prefix, open);
    out->pairs_closed = pairs_of(a, hidden, closed);
    out->marks = marks_of(a, out, prefix, hidden);
}

void search_text_make(const struct tx *tx, str kind, str unit, str open,
                      str closed, struct search_text *out)
{
    text_of_folded(tx, kind, unit, terms_folded(tx->arena, open),
                   terms_folded(tx->arena, closed), out);
}

/* Ideographs stand among the marks once: those are not simply appended. */
static bool has_wide(str folded)
{
    struct term_run run;
    while (terms_next(&folded, &run))
        if (run.wide)
            return true;
    return false;
}

static str appended(struct arena *a, str text, str more)
{
    bool both = text.n && more.n;
    return arena_join(a, both ? arena_join(a, text, STR(" ")) : text, more);
}

void search_text_add(const struct tx *tx, struct search_text *t, str more)
{
    struct arena *a = tx->arena;
    str word = terms_folded(a, more), closed = appended(a, t->closed, word);
    if (has_wide(word)) {
        search_text_make(tx, t->kind, t->unit, t->open, closed, t);
        return;
    }
    t->closed = closed;
    if (store_is_pg(tx->store)) {
        struct buf b = { 0 };
        buf_put(&b, t->terms);
        put_marked(&b, word, '~');
        t->terms = search_keep(a, &b);
        return;
    }
    struct buf marks = { 0 };
    str hidden = search_closed(a, t->kind);
    terms_put_marks(word, hidden, &marks);
    t->pairs_closed = appended(a, t->pairs_closed, pairs_of(a, hidden, word));
    t->marks = appended(a, t->marks, search_keep(a, &marks));
}

/* ---- titles ---- */

/* What the organisation's documents with this open text have in common, known
 * from the first of them on; 0 without an organisation. */
static enum err title_of(struct tx *tx, str kind, str unit, str open,
                         int64_t *title)
{
    struct search_title_read t = { 0 };
    enum err e = OK;
    if (unit.n)
        e = search_title_read(tx, kind, unit, open, &t);
    if (e == ERR_NOTFOUND) {
        e = search_title_add(tx, store_id(tx->store), kind, unit, open, NULL);
        if (e == OK) /* by another server in between, perhaps */
            e = search_title_read(tx, kind, unit, open, &t);
    }
    *title = t.id;
    return e;
}

/* The marks with the title's word, or PostgreSQL's terms. */
static str titled(struct arena *a, str words, const char *mark, int64_t title)
{
    struct buf b = { 0 };
    buf_put(&b, words);
    if (title) {
        buf_put(&b, str_of(mark));
        search_put_title(&b, title);
    }
    return search_keep(a, &b);
}

/* ---- one document ---- */

static enum err index_lite(struct tx *tx, int64_t id,
                           const struct search_text *t)
{
    int64_t title;
    enum err e = title_of(tx, t->kind, t->unit, t->open, &title);
    return e == OK ? search_index_add(tx, id, t->pairs_open, t->pairs_closed,
                                      titled(tx->arena, t->marks, " ", title),
                                      NULL)
                   : e;
}

/* Takes the terms of an earlier version back from SQLite's index. */
static enum err unindex(struct tx *tx, int64_t id,
                        const struct search_doc_read *old)
{
    struct search_text t;
    int64_t title;
    text_of_folded(tx, old->kind, old->unit, old->open, old->closed, &t);
    enum err e = title_of(tx, t.kind, t.unit, t.open, &title);
    return e == OK ? search_index_drop(tx, id, t.pairs_open, t.pairs_closed,
                                       titled(tx->arena, t.marks, " ", title),
                                       NULL)
                   : e;
}

enum err search_index_folded(struct tx *tx, int64_t id, str kind, str unit,
                             str open, str closed)
{
    struct search_text t;
    text_of_folded(tx, kind, unit, open, closed, &t);
    return index_lite(tx, id, &t);
}

static enum err terms_pg(struct tx *tx, const struct search_text *t, str *terms)
{
    int64_t title;
    enum err e = title_of(tx, t->kind, t->unit, t->open, &title);
    *terms = titled(tx->arena, t->terms, " #", title);
    return e;
}

enum err search_add(struct tx *tx, int64_t id, const struct search_text *t)
{
    bool pg = store_is_pg(tx->store);
    str terms = STR("");
    enum err e = pg ? terms_pg(tx, t, &terms) : OK;
    if (e == OK)
        e = search_doc_add(tx, id, t->kind, t->unit, t->open, t->closed, terms);
    return e == OK && !pg ? index_lite(tx, id, t) : e;
}

static enum err put_lite(struct tx *tx, int64_t id,
                         const struct search_text *t)
{
    struct search_doc_read old;
    enum err e = search_doc_read(tx, id, &old);
    if (e == OK && same(&old, t))
        return OK;
    if (e == OK)
        e = unindex(tx, id, &old);
    else if (e == ERR_NOTFOUND)
        e = OK;
    return e == OK ? index_lite(tx, id, t) : e;
}

enum err search_put(struct tx *tx, int64_t id, str kind, str unit, str open,
                    str closed)
{
    struct search_text t;
    str terms = STR("");
    search_text_make(tx, kind, unit, open, closed, &t);
    enum err e = store_is_pg(tx->store) ? terms_pg(tx, &t, &terms)
                                        : put_lite(tx, id, &t);
    return e == OK ? search_doc_put(tx, id, kind, unit, t.open, t.closed, terms,
                                    NULL) : e;
}

enum err search_remove(struct tx *tx, int64_t id)
{
    struct search_doc_read old;
    enum err e = search_doc_read(tx, id, &old);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK && !store_is_pg(tx->store))
        e = unindex(tx, id, &old);
    if (e == OK)
        e = search_doc_drop(tx, id, NULL);
    return e;
}

str search_list(struct arena *a, const int64_t *ids, size_t n)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%c%lld", i ? ',' : '[', (long long)ids[i]);
    buf_put(&b, n ? STR("]") : STR("[]"));
    return search_keep(a, &b);
}
