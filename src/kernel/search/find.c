/*
 * Words become a query of either database.  SQLite proves neighbours by
 * positions (a phrase); PostgreSQL finds the documents that have all pairs and
 * proves the words on the folded text.
 *
 * A user's words reach the query language only as folded letters between
 * quotes: there is nothing left in them that could be syntax.
 *
 * One organisation's documents are found by title first.  "身份证 换领" asked
 * for at the bureau of natural resources: walking through its own 146,000 cases
 * and the 118,000 of everybody's with these words took 13 ms to find that no
 * case is in both.  Of its few titles none has the words, so they must stand in
 * what is closed, where hardly a name has them.
 */
#include "kernel/search/search.h"

#include "kernel/search/inside.h"
#include "kernel/search/queries.gen.h"
#include "kernel/search/terms.h"

enum {
    RUNS = TERMS_QUERY_MAX / 2 + 1, /* between spaces */
    TITLES = 1000, /* of an organisation; with more, words are what counts */
    ALIKE = 8,     /* titles with the same of the words, asked for one by one:
                      each is looked for in every piece of the index, 0.06 ms at
                      3,000,000 cases; words in more are in many documents */
};

/* Where a word must stand. */
enum side { OPEN, CLOSED, EITHER };

struct asked {
    struct arena *a;
    const struct search_query *q;
    bool pg;
    str prefix, closed_prefix;
    struct term_run runs[RUNS];
    size_t n;
};

/* ---- one word ---- */

/* What stands alone is a mark of its own. */
static bool is_mark(const struct term_run *r)
{
    return r->wide ? r->letters == 1 : r->letters <= TERMS_BEGINNING;
}

/* FTS5: a row of pairs is a phrase, "case养老 case老保"; a long word
 * "caseabc…" *. */
static void put_phrase(struct buf *b, const struct term_run *r, str prefix)
{
    size_t at = 0;
    str pair, gap = STR("");
    buf_byte(b, '"');
    if (!r->wide) {
        buf_put(b, prefix);
        buf_put(b, r->text);
    } else {
        for (; terms_pair(r, &at, &pair); gap = STR(" ")) {
            buf_put(b, gap);
            buf_put(b, prefix);
            buf_put(b, pair);
        }
    }
    buf_put(b, r->wide ? STR("\"") : STR("\" *"));
}

static void put_lite_side(struct buf *b, const struct asked *x,
                          const struct term_run *r, enum side side)
{
    bool open = side == OPEN;
    str prefix = open ? x->prefix : x->closed_prefix;
    if (is_mark(r)) {
        buf_printf(b, "marks : \"%s%.*s%.*s\"", open ? "o" : "",
                   STR_ARG(prefix), STR_ARG(r->text));
        return;
    }
    buf_put(b, open ? STR("open : ") : STR("closed : "));
    put_phrase(b, r, prefix);
}

static void put_lite_word(struct buf *b, const struct asked *x,
                          const struct term_run *r, enum side side)
{
    if (side != EITHER) {
        put_lite_side(b, x, r, side);
        return;
    }
    buf_byte(b, '(');
    put_lite_side(b, x, r, OPEN);
    buf_put(b, STR(" OR "));
    put_lite_side(b, x, r, CLOSED);
    buf_byte(b, ')');
}

/* tsquery: '养老', '~养老' where it is closed, ('养老' | '~养老'). */
static void put_pg_term(struct buf *b, str term, bool beginning, enum side side)
{
    const char *star = beginning ? ":*" : "";
    if (side != EITHER)
        buf_printf(b, "'%s%.*s'%s", side == CLOSED ? "~" : "", STR_ARG(term),
                   star);
    else
        buf_printf(b, "('%.*s'%s | '~%.*s'%s)", STR_ARG(term), star,
                   STR_ARG(term), star);
}

static void put_pg_word(struct buf *b, const struct term_run *r,
                        enum side side)
{
    size_t at = 0;
    str pair, and = STR("");
    if (is_mark(r) || !r->wide) {
        put_pg_term(b, r->text, !is_mark(r), side);
        return;
    }
    for (; terms_pair(r, &at, &pair); and = STR(" & ")) {
        buf_put(b, and);
        put_pg_term(b, pair, false, side);
    }
}

/* ---- words together ---- */

static void put_and(struct buf *b, const struct asked *x)
{
    if (b->n)
        buf_put(b, x->pg ? STR(" & ") : STR(" AND "));
}

static void put_word(struct buf *b, const struct asked *x,
                     const struct term_run *r, enum side side)
{
    put_and(b, x);
    if (x->pg)
        put_pg_word(b, r, side);
    else
        put_lite_word(b, x, r, side);
}

static void put_scope(struct buf *b, const struct asked *x)
{
    buf_put(b, x->pg ? STR("'#") : STR("marks : \""));
    search_put_scope(b, x->q->kind, x->q->unit);
    buf_byte(b, x->pg ? '\'' : '"');
}

/* All words of one kind, or of one organisation's. */
static str plain_query(const struct asked *x)
{
    struct buf b = { 0 };
    if (x->q->unit.n || x->pg)
        put_scope(&b, x);
    for (size_t i = 0; i < x->n; i++)
        put_word(&b, x, &x->runs[i], x->q->closed ? EITHER : OPEN);
    return search_keep(x->a, &b);
}

/* ---- by title ---- */

/* Titles with the same of the words. */
struct alike {
    uint64_t has; /* a bit a word */
    size_t n;
    struct buf titles;
};

_Static_assert(RUNS <= 64, "a bit a word");

/* Ideographs anywhere, Latin words and numbers from their beginning. */
static bool stands_in(str title, const struct term_run *r)
{
    ptrdiff_t at;
    while ((at = str_find(title, r->text)) >= 0) {
        if (r->wide || at == 0 || title.p[at - 1] == ' ')
            return true;
        title = str_slice(title, (size_t)at + 1, title.n);
    }
    return false;
}

static uint64_t words_in(const struct asked *x, str title)
{
    uint64_t has = 0;
    for (size_t i = 0; i < x->n; i++)
        if (stands_in(title, &x->runs[i]))
            has |= (uint64_t)1 << i;
    return has;
}

static void put_title(struct alike *g, const struct asked *x, int64_t title)
{
    if (g->n++ >= ALIKE)
        return;
    if (g->titles.n)
        buf_put(&g->titles, x->pg ? STR(" | ") : STR(" OR "));
    buf_put(&g->titles, x->pg ? STR("'#") : STR("\""));
    search_put_title(&g->titles, title);
    buf_byte(&g->titles, x->pg ? '\'' : '"');
}

static struct alike *alike_of(struct alike *g, size_t *n, uint64_t has)
{
    for (size_t i = 0; i < *n; i++)
        if (g[i].has == has)
            return &g[i];
    g[*n] = (struct alike){ .has = has };
    return &g[(*n)++];
}

/* The documents with one of these titles, and with the other words closed. */
static void put_alike(struct buf *out, const struct asked *x,
                      const struct alike *g)
{
    struct buf b = { 0 };
    bool by_title = g->has && g->n <= ALIKE;
    if (by_title)
        buf_printf(&b, "%s(%.*s)", x->pg ? "" : "marks : ",
                   STR_ARG(buf_str(&g->titles)));
    else
        put_scope(&b, x);
    for (size_t i = 0; i < x->n; i++) {
        bool open = g->has >> i & 1;
        if (!open || !by_title)
            put_word(&b, x, &x->runs[i], open ? OPEN : CLOSED);
    }
    if (out->n)
        buf_put(out, x->pg ? STR(" | ") : STR(" OR "));
    buf_printf(out, "(%.*s)", STR_ARG(buf_str(&b)));
    buf_free(&b);
}

/* Which of the words each title has decides where the others must stand; no
 * title at all is every title with none of the words.  With all of them in many
 * titles a page of documents is found at once whichever way. */
static str titled_query(const struct asked *x, const struct search_titles *t,
                        size_t n)
{
    struct alike *g = ARENA_NEW_N(x->a, struct alike, n + 2);
    struct buf b = { 0 };
    size_t count = 0;
    struct alike *whole = alike_of(g, &count, ((uint64_t)1 << x->n) - 1);
    if (x->q->closed)
        alike_of(g, &count, 0);
    for (size_t i = 0; i < n; i++) {
        uint64_t has = words_in(x, t[i].open);
        if (has == whole->has || (has != 0 && x->q->closed))
            put_title(alike_of(g, &count, has), x, t[i].id);
    }
    bool many = whole->n > ALIKE;
    for (size_t i = 0; i < count; i++) {
        if (!many && (g[i].n || g[i].has == 0))
            put_alike(&b, x, &g[i]);
        buf_free(&g[i].titles);
    }
    return many ? plain_query(x) : search_keep(x->a, &b);
}

/* ---- the query ---- */

/* An array of LIKE patterns, {"%养老保险%"}, for what PostgreSQL's terms alone
 * do not prove. */
static str pg_patterns(const struct asked *x)
{
    struct buf b = { 0 };
    buf_byte(&b, '{');
    for (size_t i = 0; i < x->n; i++)
        if (x->runs[i].wide && x->runs[i].letters > 2)
            buf_printf(&b, "%s\"%%%.*s%%\"", b.n > 1 ? "," : "",
                       STR_ARG(x->runs[i].text));
    buf_byte(&b, '}');
    return search_keep(x->a, &b);
}

/* "" when nothing can be found. */
static enum err terms_of(struct tx *tx, const struct asked *x, str *terms)
{
    struct search_titles *t;
    size_t n;
    if (x->q->unit.n == 0) {
        *terms = plain_query(x);
        return OK;
    }
    enum err e = search_titles(tx, x->q->kind, x->q->unit, TITLES + 1, &t, &n);
    if (e == OK)
        *terms = n > TITLES ? plain_query(x) : titled_query(x, t, n);
    return e;
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
    struct asked x = { .a = tx->arena, .q = q, .pg = store_is_pg(tx->store) };
    str terms = STR("");
    *ids = NULL;
    *n = 0;
    if (!utf8_valid(q->words) || q->limit <= 0)
        return OK;
    str words = terms_folded(x.a, utf8_head(q->words, TERMS_QUERY_MAX));
    while (x.n < RUNS && terms_next(&words, &x.runs[x.n]))
        x.n++;
    if (x.n == 0)
        return OK;
    x.prefix = search_prefix(x.a, q->kind);
    x.closed_prefix = search_closed(x.a, q->kind);
    enum err e = terms_of(tx, &x, &terms);
    if (e != OK || terms.n == 0)
        return e;
    str patterns = x.pg ? pg_patterns(&x) : STR("");
    int64_t before = q->before > 0 ? q->before : INT64_MAX;
    return q->closed ? find_all(tx, terms, patterns, before, q->limit, ids, n)
                     : find_open(tx, terms, patterns, before, q->limit, ids, n);
}
