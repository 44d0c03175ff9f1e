/*
 * The index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.
 *
 * Both hold the same terms.  A document also gets one term for its kind and one
 * for its kind and organisation together, so that "cases of D022" is a term
 * like any other and no second condition slows the walk.  SQLite proves
 * neighbours by positions (a phrase); PostgreSQL finds the documents that have
 * all pairs and proves the words on the folded text.  In SQLite's index every
 * term begins with its kind: what is common among one kind would otherwise be
 * walked through to find the few of another.
 *
 * A user's words reach either query language only as folded letters between
 * quotes: there is nothing left in them that could be syntax.
 */
#include "kernel/search/search.h"

#include "kernel/search/queries.gen.h"
#include "kernel/search/terms.h"

/* ---- documents ---- */

/* What b holds, in the arena; b is empty afterwards. */
static str buf_to(struct arena *a, struct buf *b)
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

/* What the terms of a kind begin with. */
static str prefix_of(struct arena *a, str kind)
{
    struct buf b = { 0 };
    put_letters(&b, kind);
    return buf_to(a, &b);
}

static str pairs_of(struct arena *a, str kind, str folded)
{
    struct buf b = { 0 };
    terms_put_pairs(folded, prefix_of(a, kind), &b);
    return buf_to(a, &b);
}

/* "kcase" for all of a kind, "kcaseud022" for one organisation's. */
static void put_scope(struct buf *b, str kind, str unit)
{
    buf_byte(b, 'k');
    put_letters(b, kind);
    if (unit.n) {
        buf_byte(b, 'u');
        put_letters(b, unit);
    }
}

/* SQLite's first column: the organisation's scope word, then what stands alone:
 * ocase品 for what is open in a case, ccase王 for what is closed. */
static str marks_of(struct arena *a, str kind, str unit, str open, str closed)
{
    struct buf b = { 0 };
    if (unit.n)
        put_scope(&b, kind, unit);
    str prefix = prefix_of(a, kind);
    terms_put_marks(open, arena_join(a, STR("o"), prefix), &b);
    terms_put_marks(closed, arena_join(a, STR("c"), prefix), &b);
    return buf_to(a, &b);
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
    put_scope(&b, kind, STR(""));
    if (unit.n) {
        buf_put(&b, STR(" #"));
        put_scope(&b, kind, unit);
    }
    put_marked(&b, open, 0);
    put_marked(&b, closed, '~');
    return buf_to(a, &b);
}

/* Takes the terms of an earlier version back from SQLite's index. */
static enum err unindex(struct tx *tx, int64_t id,
                        const struct search_doc_read *old)
{
    struct arena *a = tx->arena;
    return search_index_drop(tx, id, pairs_of(a, old->kind, old->open),
                             pairs_of(a, old->kind, old->closed),
                             marks_of(a, old->kind, old->unit, old->open,
                                      old->closed), NULL);
}

static bool same(const struct search_doc_read *old,
                 const struct search_text *t)
{
    return str_eq(old->kind, t->kind) && str_eq(old->unit, t->unit) &&
           str_eq(old->open, t->open) && str_eq(old->closed, t->closed);
}

/* ---- what is written ---- */

void search_text_make(const struct tx *tx, str kind, str unit, str open,
                      str closed, struct search_text *out)
{
    struct arena *a = tx->arena;
    *out = (struct search_text){
        .kind = kind, .unit = unit, .open = terms_folded(a, open),
        .closed = terms_folded(a, closed), .terms = STR(""),
    };
    if (store_is_pg(tx->store)) {
        out->terms = all_terms(a, kind, unit, out->open, out->closed);
        return;
    }
    out->pairs_open = pairs_of(a, kind, out->open);
    out->pairs_closed = pairs_of(a, kind, out->closed);
    out->marks = marks_of(a, kind, unit, out->open, out->closed);
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
        t->terms = buf_to(a, &b);
        return;
    }
    struct buf marks = { 0 };
    str prefix = prefix_of(a, t->kind);
    terms_put_marks(word, arena_join(a, STR("c"), prefix), &marks);
    t->pairs_closed = appended(a, t->pairs_closed, pairs_of(a, t->kind, word));
    t->marks = appended(a, t->marks, buf_to(a, &marks));
}

static enum err index_lite(struct tx *tx, int64_t id,
                           const struct search_text *t)
{
    return search_index_add(tx, id, t->pairs_open, t->pairs_closed, t->marks,
                            NULL);
}

enum err search_add(struct tx *tx, int64_t id, const struct search_text *t)
{
    enum err e = search_doc_add(tx, id, t->kind, t->unit, t->open, t->closed,
                                t->terms);
    return e == OK && !store_is_pg(tx->store) ? index_lite(tx, id, t) : e;
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
    search_text_make(tx, kind, unit, open, closed, &t);
    enum err e = store_is_pg(tx->store) ? OK : put_lite(tx, id, &t);
    return e == OK ? search_doc_put(tx, id, kind, unit, t.open, t.closed,
                                    t.terms, NULL) : e;
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

/* What stands alone is a mark of its own. */
static bool is_mark(const struct term_run *r)
{
    return r->wide ? r->letters == 1 : r->letters <= TERMS_BEGINNING;
}

/* FTS5: a row of pairs is a phrase, "case养老 case老保"; a long word
 * "caseabc…" *. */
static void put_lite_words(struct buf *b, const struct term_run *r, str prefix,
                           bool closed)
{
    size_t at = 0;
    str pair, gap = STR("");
    buf_put(b, closed ? STR("{open closed} : \"") : STR("open : \""));
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

static void put_lite_run(struct buf *b, const struct term_run *r, str prefix,
                         bool closed)
{
    str w = r->text;
    if (b->n)
        buf_put(b, STR(" AND "));
    if (!is_mark(r))
        put_lite_words(b, r, prefix, closed);
    else if (closed)
        buf_printf(b, "marks : (\"o%.*s%.*s\" OR \"c%.*s%.*s\")",
                   STR_ARG(prefix), STR_ARG(w), STR_ARG(prefix), STR_ARG(w));
    else
        buf_printf(b, "marks : \"o%.*s%.*s\"", STR_ARG(prefix), STR_ARG(w));
}

static str lite_query(struct arena *a, const struct search_query *q, str words)
{
    struct buf b = { 0 };
    struct term_run run;
    str prefix = prefix_of(a, q->kind);
    if (q->unit.n) {
        buf_put(&b, STR("marks : "));
        put_scope(&b, q->kind, q->unit);
    }
    while (terms_next(&words, &run))
        put_lite_run(&b, &run, prefix, q->closed);
    return buf_to(a, &b);
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
        if (is_mark(&run) || !run.wide)
            put_pg_term(&b, run.text, !is_mark(&run), q->closed);
        else
            while (terms_pair(&run, &at, &pair))
                put_pg_term(&b, pair, false, q->closed);
    }
    return buf_to(a, &b);
}

/* An array of LIKE patterns, {"%养老保险%"}, for what the terms alone do not
 * prove. */
static str pg_patterns(struct arena *a, str words)
{
    struct buf b = { 0 };
    struct term_run run;
    buf_byte(&b, '{');
    while (terms_next(&words, &run))
        if (run.wide && run.letters > 2)
            buf_printf(&b, "%s\"%%%.*s%%\"", b.n > 1 ? "," : "",
                       STR_ARG(run.text));
    buf_byte(&b, '}');
    return buf_to(a, &b);
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
    str words = terms_folded(a, utf8_head(q->words, TERMS_QUERY_MAX));
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

str search_list(struct arena *a, const int64_t *ids, size_t n)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%c%lld", i ? ',' : '[', (long long)ids[i]);
    buf_put(&b, n ? STR("]") : STR("[]"));
    return buf_to(a, &b);
}
