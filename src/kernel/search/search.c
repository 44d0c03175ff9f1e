/*
 * The index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.
 *
 * Both hold the same terms.  A document also gets one term for its kind and one
 * for its kind and organisation together, so that "cases of D022" is a term
 * like any other and no second condition slows the walk.  SQLite proves
 * neighbours by positions (a phrase); PostgreSQL finds the documents that have
 * all pairs and proves the words on the folded text.
 *
 * A user's words reach either query language only as folded letters between
 * quotes: there is nothing left in them that could be syntax.
 */
#include "kernel/search/search.h"

#include "kernel/search/queries.gen.h"
#include "kernel/search/terms.h"

/* ---- documents ---- */

/* Folded, in the arena. */
static str fold(struct arena *a, str text)
{
    struct buf b = { 0 };
    terms_fold(text, &b);
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

static str terms_of(struct arena *a, str folded)
{
    struct buf b = { 0 };
    search_terms(folded, false, &b);
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

/* "kcase" for all of a kind, "kcaseud022" for one organisation's.  Only small
 * letters and digits, as everything that becomes a term. */
static void put_scope(struct buf *b, str kind, str unit)
{
    struct buf word = { 0 };
    buf_byte(b, 'k');
    terms_fold(kind, &word);
    if (unit.n) {
        buf_byte(&word, 'u');
        terms_fold(unit, &word);
    }
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != ' ')
            buf_byte(b, word.p[i]);
    buf_free(&word);
}

static str scope_of(struct arena *a, str kind, str unit)
{
    struct buf b = { 0 };
    put_scope(&b, kind, STR(""));
    if (unit.n) {
        buf_byte(&b, ' ');
        put_scope(&b, kind, unit);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* One list for PostgreSQL: closed terms behind '~', scope behind '#'. */
static void put_marked(struct buf *b, str terms, char mark)
{
    while (!str_is_none(terms)) {
        str term = str_cut(&terms, ' ');
        if (term.n == 0)
            continue;
        if (b->n)
            buf_byte(b, ' ');
        if (mark)
            buf_byte(b, mark);
        buf_put(b, term);
    }
}

static str all_terms(struct arena *a, str open, str closed, str scope)
{
    struct buf b = { 0 };
    put_marked(&b, open, 0);
    put_marked(&b, closed, '~');
    put_marked(&b, scope, '#');
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* Takes the terms of an earlier version back from SQLite's index. */
static enum err unindex(struct tx *tx, int64_t id,
                        const struct search_doc_read *old)
{
    struct arena *a = tx->arena;
    return search_index_drop(tx, id, terms_of(a, old->open),
                             terms_of(a, old->closed),
                             scope_of(a, old->kind, old->unit), NULL);
}

static bool same(const struct search_doc_read *old, str kind, str unit,
                 str open, str closed)
{
    return str_eq(old->kind, kind) && str_eq(old->unit, unit) &&
           str_eq(old->open, open) && str_eq(old->closed, closed);
}

static enum err put_lite(struct tx *tx, int64_t id, str kind, str unit,
                         str open, str closed)
{
    struct search_doc_read old;
    enum err e = search_doc_read(tx, id, &old);
    if (e == OK && same(&old, kind, unit, open, closed))
        return OK;
    if (e == OK)
        e = unindex(tx, id, &old);
    else if (e == ERR_NOTFOUND)
        e = OK;
    if (e == OK)
        e = search_doc_put(tx, id, kind, unit, open, closed, STR(""), NULL);
    if (e == OK)
        e = search_index_add(tx, id, terms_of(tx->arena, open),
                             terms_of(tx->arena, closed),
                             scope_of(tx->arena, kind, unit), NULL);
    return e;
}

enum err search_put(struct tx *tx, int64_t id, str kind, str unit, str open,
                    str closed)
{
    struct arena *a = tx->arena;
    open = fold(a, open);
    closed = fold(a, closed);
    if (!store_is_pg(tx->store))
        return put_lite(tx, id, kind, unit, open, closed);
    str terms = all_terms(a, terms_of(a, open), terms_of(a, closed),
                          scope_of(a, kind, unit));
    return search_doc_put(tx, id, kind, unit, open, closed, terms, NULL);
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

/* ---- queries ---- */

/* FTS5: "养老 老保" for neighbours, "险"* and "abc"* for beginnings. */
static void put_lite_run(struct buf *b, const struct term_run *r)
{
    size_t at = 0;
    str pair;
    buf_put(b, STR(" AND \""));
    if (r->wide && r->letters > 1) {
        for (bool first = true; terms_pair(r, &at, &pair); first = false) {
            if (!first)
                buf_byte(b, ' ');
            buf_put(b, pair);
        }
        buf_byte(b, '"');
    } else {
        buf_put(b, r->text);
        buf_put(b, STR("\" *"));
    }
}

static str lite_query(struct arena *a, const struct search_query *q, str words)
{
    struct buf b = { 0 };
    struct term_run run;
    buf_put(&b, STR("scope : "));
    put_scope(&b, q->kind, q->unit);
    buf_put(&b, q->closed ? STR(" AND {open closed} : (")
                          : STR(" AND open : ("));
    size_t start = b.n;
    while (terms_next(&words, &run))
        put_lite_run(&b, &run);
    /* the first run came with an AND of its own */
    str s = buf_str(&b);
    str out = arena_join(a, str_slice(s, 0, start),
                         str_slice(s, start + 5, s.n));
    buf_free(&b);
    return arena_join(a, out, STR(")"));
}

/* tsquery: & '养老', or & ('养老' | '~养老') when closed texts count too. */
static void put_pg_term(struct buf *b, str term, bool prefix, bool closed)
{
    const char *star = prefix ? ":*" : "";
    if (closed)
        buf_printf(b, " & ('%.*s'%s | '~%.*s'%s)", STR_ARG(term), star,
                   STR_ARG(term), star);
    else
        buf_printf(b, " & '%.*s'%s", STR_ARG(term), star);
}

static str pg_query(struct arena *a, const struct search_query *q, str words)
{
    struct buf b = { 0 };
    struct term_run run;
    str pair;
    buf_put(&b, STR("'#"));
    put_scope(&b, q->kind, q->unit);
    buf_byte(&b, '\'');
    while (terms_next(&words, &run)) {
        size_t at = 0;
        if (!run.wide || run.letters == 1)
            put_pg_term(&b, run.text, true, q->closed);
        else
            while (terms_pair(&run, &at, &pair))
                put_pg_term(&b, pair, false, q->closed);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* An array of LIKE patterns: {"%养老保险%","% abc%"}. */
static str pg_patterns(struct arena *a, str words)
{
    struct buf b = { 0 };
    struct term_run run;
    while (terms_next(&words, &run))
        buf_printf(&b, "%c\"%%%s%.*s%%\"", b.n ? ',' : '{',
                   run.wide ? "" : " ", STR_ARG(run.text));
    buf_byte(&b, '}');
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static enum err find_open(struct tx *tx, str terms, str patterns,
                          int64_t before, int max, int64_t **ids, size_t *n)
{
    struct search_open *rows;
    enum err e = search_open(tx, terms, patterns, before, max, &rows, n);
    *ids = e == OK && *n ? &rows->id : NULL;
    return e;
}

static enum err find_all(struct tx *tx, str terms, str patterns,
                         int64_t before, int max, int64_t **ids, size_t *n)
{
    struct search_all *rows;
    enum err e = search_all(tx, terms, patterns, before, max, &rows, n);
    *ids = e == OK && *n ? &rows->id : NULL;
    return e;
}

_Static_assert(sizeof(struct search_open) == sizeof(int64_t) &&
                   sizeof(struct search_all) == sizeof(int64_t),
               "rows of one id are a list of ids");

enum err search_find(struct tx *tx, const struct search_query *q,
                     int64_t **ids, size_t *n)
{
    struct arena *a = tx->arena;
    *ids = NULL;
    *n = 0;
    if (!utf8_valid(q->words) || q->limit <= 0)
        return OK;
    str words = fold(a, utf8_head(q->words, TERMS_QUERY_MAX));
    if (words.n == 0)
        return OK;
    bool pg = store_is_pg(tx->store);
    str terms = pg ? pg_query(a, q, words) : lite_query(a, q, words);
    str patterns = pg ? pg_patterns(a, words) : STR("");
    int64_t before = q->before > 0 ? q->before : INT64_MAX;
    return q->closed
               ? find_all(tx, terms, patterns, before, q->limit, ids, n)
               : find_open(tx, terms, patterns, before, q->limit, ids, n);
}
