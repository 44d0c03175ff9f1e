/*
 * Pairs of neighbouring ideographs (terms.h) with the documents that have them,
 * and the scoring of what they find.
 *
 * A query is a row of meanings: a word of the list with the terms it stands
 * for, or what was left over.  A document has a meaning as far as it has the
 * pairs of one of its terms; rare meanings weigh more.  On top of this share
 * come small amounts that decide between documents that answer equally: how
 * much of the name was meant, whether it is a theme, how usual it is, and
 * whether it is about an action (变更, 注销) nobody asked for.
 */
#include "kernel/search/rank.h"

#include "kernel/search/terms.h"
#include "kernel/search/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEANINGS = 16, /* of a query; more are not looked at */
    KEYS = 80,     /* of one term, or of the whole query */
    NAME = 0, ABOUT = 1, UNIT = 2, FIELDS = 3,
};

/* Of a meaning that no name has, of one that is had in part; of what is known
 * by rarity: */
#define WEIGHT_NONE 1.0
#define WEIGHT_PART 4.0
#define WEIGHT_ASIDE 0.35   /* who or where */
#define WEIGHT_REST 0.7     /* left over, with neighbours the catalogue has */
#define WEIGHT_UNKNOWN 0.4  /* left over, without */
#define WEIGHT_LETTER 0.3   /* one character left over */
#define SINGLE 0.3          /* a single character beside a pair */

/* Points; the share of the query that was found gives up to 100. */
static const double field_weight[FIELDS] = { 1.0, 0.55, 0.3 };
#define POINTS_NAME 14.0    /* all of the name was meant */
#define POINTS_LITERAL 12.0 /* the query stands in the name as typed */
#define POINTS_SAME 40.0    /* it is the name */
#define POINTS_USUAL 6.0    /* first of the catalogue */
#define POINTS_ONLINE 1.0
#define POINTS_THEME 8.0    /* a theme that covers the query */
#define POINTS_ACTION 10.0  /* taken off for each action nobody asked for */
#define THEME_COVERS 0.6
#define HIT_LEAST 0.45      /* of the best hit's points */
#define HIT_COVERS 0.2      /* and of the query */

struct posting {
    uint64_t key;
    uint32_t doc;
    uint32_t field;
};

struct rank {
    struct arena arena;
    const struct words *words;
    struct rank_doc *docs;
    str *names;        /* folded */
    double *letters;   /* of the name, brackets counting half */
    uint32_t *actions;
    size_t n;
    int64_t last;      /* the greatest position */
    struct posting *postings; /* by key, document, field, each once */
    size_t posting_count;
    uint64_t *keys;    /* the different keys in order … */
    size_t *first;     /* … and where their postings begin; one more at end */
    size_t key_count;
};

/* ---- keys ---- */

static uint64_t key_of(int32_t left, int32_t right)
{
    return (uint64_t)left << 21 | (uint64_t)right;
}

static uint64_t key_of_word(str word)
{
    return str_hash(word) | (uint64_t)1 << 63;
}

typedef void each_key(void *context, uint64_t key);

/* Pairs of ideographs, single ones where `singles` or where they stand alone,
 * Latin words and numbers whole. */
static void keys_of(str folded, bool singles, each_key *each, void *context)
{
    struct term_run run;
    while (terms_next(&folded, &run)) {
        if (!run.wide) {
            each(context, key_of_word(run.text));
            continue;
        }
        int32_t last = 0, c;
        for (size_t at = 0; (c = utf8_next(run.text, &at)) >= 0; last = c) {
            if (singles || run.letters == 1)
                each(context, key_of(c, 0));
            if (last)
                each(context, key_of(last, c));
        }
    }
}

struct key_list {
    uint64_t key[KEYS];
    int n;
};

static void add_key(void *context, uint64_t key)
{
    struct key_list *l = context;
    for (int i = 0; i < l->n; i++)
        if (l->key[i] == key)
            return;
    if (l->n < KEYS)
        l->key[l->n++] = key;
}

/* ---- building ---- */

struct building {
    struct rank *r;
    size_t room;
    uint32_t doc, field;
};

static void add_posting(void *context, uint64_t key)
{
    struct building *b = context;
    struct rank *r = b->r;
    if (r->posting_count == b->room) {
        b->room = b->room ? b->room * 2 : 65536;
        r->postings = realloc(r->postings, b->room * sizeof *r->postings);
        if (r->postings == NULL)
            abort();
    }
    r->postings[r->posting_count++] =
        (struct posting){ key, b->doc, b->field };
}

static int by_key(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->doc != y->doc)
        return x->doc < y->doc ? -1 : 1;
    return (x->field > y->field) - (x->field < y->field);
}

static void sort_postings(struct rank *r)
{
    size_t kept = 0;
    if (r->posting_count)
        qsort(r->postings, r->posting_count, sizeof *r->postings, by_key);
    for (size_t i = 0; i < r->posting_count; i++)
        if (kept == 0 || by_key(&r->postings[kept - 1], &r->postings[i]))
            r->postings[kept++] = r->postings[i];
    r->posting_count = kept;
    r->keys = ARENA_NEW_N(&r->arena, uint64_t, kept + 1);
    r->first = ARENA_NEW_N(&r->arena, size_t, kept + 1);
    for (size_t i = 0; i < kept; i++)
        if (i == 0 || r->postings[i].key != r->postings[i - 1].key) {
            r->keys[r->key_count] = r->postings[i].key;
            r->first[r->key_count++] = i;
        }
    r->first[r->key_count] = kept;
}

/* A name's length without what is said in brackets, which counts half. */
static double letters_of(str name)
{
    double n = 0;
    int32_t c;
    bool inside = false;
    for (size_t at = 0; (c = utf8_next(name, &at)) >= 0;) {
        if (c == '(' || c == 0xff08)
            inside = true;
        n += inside ? 0.5 : 1;
        if (c == ')' || c == 0xff09)
            inside = false;
    }
    return n > 0 ? n : 1;
}

static void add_text(struct building *b, uint32_t field, str text)
{
    b->field = field;
    keys_of(text, true, add_posting, b);
}

static void add_doc(struct building *b, const struct rank_doc *from)
{
    struct rank *r = b->r;
    struct arena *a = &r->arena;
    struct rank_doc *d = &r->docs[b->doc];
    *d = *from;
    d->code = arena_str(a, from->code);
    d->name = arena_str(a, from->name);
    d->unit = arena_str(a, from->unit);
    d->unit_name = arena_str(a, from->unit_name);
    d->about = str_none; /* only to be found by */
    r->names[b->doc] = terms_folded(a, from->name);
    r->letters[b->doc] = letters_of(from->name);
    r->actions[b->doc] = words_actions(r->words, r->names[b->doc]);
    if (from->position > r->last)
        r->last = from->position;
    add_text(b, NAME, r->names[b->doc]);
    add_text(b, ABOUT, terms_folded(a, from->about));
    add_text(b, UNIT, terms_folded(a, from->unit_name));
}

struct rank *rank_build(const struct rank_doc *docs, size_t n)
{
    struct rank *r = calloc(1, sizeof *r);
    if (r == NULL)
        abort();
    struct building b = { .r = r };
    r->words = words_builtin();
    r->docs = ARENA_NEW_N(&r->arena, struct rank_doc, n + 1);
    r->names = ARENA_NEW_N(&r->arena, str, n + 1);
    r->letters = ARENA_NEW_N(&r->arena, double, n + 1);
    r->actions = ARENA_NEW_N(&r->arena, uint32_t, n + 1);
    r->n = n;
    r->last = 1;
    for (size_t i = 0; i < n; i++) {
        b.doc = (uint32_t)i;
        add_doc(&b, &docs[i]);
    }
    sort_postings(r);
    return r;
}

void rank_free(struct rank *r)
{
    if (r == NULL)
        return;
    free(r->postings);
    arena_free(&r->arena);
    free(r);
}

size_t rank_count(const struct rank *r)
{
    return r->n;
}

/* ---- looking up ---- */

/* The place of a key, or key_count. */
static size_t find_key(const struct rank *r, uint64_t key)
{
    size_t from = 0, to = r->key_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (r->keys[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from < r->key_count && r->keys[from] == key ? from : r->key_count;
}

static bool known(const void *context, int32_t left, int32_t right)
{
    const struct rank *r = context;
    return find_key(r, key_of(left, right)) < r->key_count;
}

/* One thing the query says. */
struct meaning {
    str term[WORDS_TERMS + 1];
    double trust[WORDS_TERMS + 1];
    int count;
    bool rest; /* left over: half of it is better than nothing */
    bool aside; /* who or where */
};

/* What is known of a document while a query runs. */
struct score {
    double sum, letters;      /* over the meanings so far */
    double best, best_letters; /* of this meaning */
    float hits[FIELDS];       /* what of this term was found */
    uint8_t by[MEANINGS];     /* 1 + the term, 0 not found */
    bool touched, term_touched;
};

struct search {
    const struct rank *r;
    const struct rank_query *q;
    struct arena *a;
    struct score *of;
    uint32_t *touched;      /* documents with anything, each once */
    uint32_t *term_touched; /* with this term */
    size_t touched_count, term_count;
    int rest_pairs;         /* of what was left over, known ones */
    struct meaning meaning[MEANINGS];
    int meaning_count;
    double weight;          /* of all meanings */
    str folded;
    uint32_t actions;
};

static void touch(struct search *s, const struct posting *p, float weight)
{
    struct score *c = &s->of[p->doc];
    if (!c->touched) {
        c->touched = true;
        s->touched[s->touched_count++] = p->doc;
    }
    if (!c->term_touched) {
        c->term_touched = true;
        s->term_touched[s->term_count++] = p->doc;
    }
    c->hits[p->field] += weight;
}

/* How rare a key is: of few names, heavy. */
static double rarity(const struct rank *r, size_t at)
{
    double n = (double)(r->first[at + 1] - r->first[at]);
    return log(1 + (double)r->n / (1 + n));
}

/* Each document gets the weight of the keys it has; returns that of all. */
static double count_hits(struct search *s, str term)
{
    const struct rank *r = s->r;
    struct key_list keys = { .n = 0 };
    keys_of(term, false, add_key, &keys);
    for (int k = 0; k < keys.n; k++) {
        size_t at = find_key(r, keys.key[k]);
        if (at == r->key_count)
            continue;
        for (size_t i = r->first[at]; i < r->first[at + 1]; i++)
            touch(s, &r->postings[i], 1);
    }
    return keys.n;
}

/* The same for what was left over: rare keys count more, and single characters
 * a little, for a short form takes single characters of the full one. */
static double count_rest(struct search *s, str rest)
{
    const struct rank *r = s->r;
    struct key_list keys = { .n = 0 };
    double all = 0;
    keys_of(rest, true, add_key, &keys);
    for (int k = 0; k < keys.n; k++) {
        size_t at = find_key(r, keys.key[k]);
        bool single = (keys.key[k] & 0x1fffff) == 0 && !(keys.key[k] >> 63);
        if (at == r->key_count)
            continue;
        s->rest_pairs += !single;
        double weight = rarity(r, at) * (single ? SINGLE : 1);
        all += weight;
        for (size_t i = r->first[at]; i < r->first[at + 1]; i++)
            touch(s, &r->postings[i], (float)weight);
    }
    return all;
}

/* How far a term is in a field, of 1. */
static double part_of(double share, bool rest)
{
    if (share >= 0.999)
        return 1;
    if (rest)
        return share * 0.8;
    return share >= 0.6 ? share * 0.7 : 0;
}

static void weigh_term(struct search *s, int m, int t)
{
    const struct meaning *g = &s->meaning[m];
    double all = g->rest ? count_rest(s, g->term[t])
                         : count_hits(s, g->term[t]);
    double letters = (double)utf8_count(g->term[t]);
    for (size_t i = 0; i < s->term_count; i++) {
        struct score *c = &s->of[s->term_touched[i]];
        double best = 0, in_name = 0;
        for (int f = 0; f < FIELDS; f++) {
            double part = part_of(c->hits[f] / all, g->rest);
            if (f == NAME)
                in_name = part;
            if (part * field_weight[f] > best)
                best = part * field_weight[f];
            c->hits[f] = 0;
        }
        c->term_touched = false;
        best *= g->trust[t];
        if (best > c->best) {
            c->best = best;
            c->best_letters = in_name * letters;
            c->by[m] = (uint8_t)(t + 1);
        }
    }
    s->term_count = 0;
}

/* A meaning weighs by how few names have it; one that says who or where, and
 * what was left over, less. */
static double weight_of(const struct search *s, const struct meaning *g,
                        int have, bool any)
{
    double weight = any ? WEIGHT_PART : WEIGHT_NONE;
    if (have)
        weight = log(1 + (double)s->r->n / (1 + have));
    if (g->aside && have)
        weight *= WEIGHT_ASIDE;
    if (!g->rest)
        return weight;
    if (s->rest_pairs)
        return weight * WEIGHT_REST;
    return weight * (utf8_count(g->term[0]) == 1 ? WEIGHT_LETTER
                                                 : WEIGHT_UNKNOWN);
}

static void weigh_meaning(struct search *s, int m)
{
    int have = 0;
    bool any = false;
    s->rest_pairs = 0;
    for (int t = 0; t < s->meaning[m].count; t++)
        weigh_term(s, m, t);
    for (size_t i = 0; i < s->touched_count; i++) {
        have += s->of[s->touched[i]].best >= 0.75;
        any |= s->of[s->touched[i]].best > 0;
    }
    double weight = weight_of(s, &s->meaning[m], have, any);
    s->weight += weight;
    for (size_t i = 0; i < s->touched_count; i++) {
        struct score *c = &s->of[s->touched[i]];
        c->sum += weight * c->best;
        c->letters += c->best_letters;
        c->best = c->best_letters = 0;
    }
}

/* ---- what is meant ---- */

/* Saying it twice does not make it weigh more. */
static bool is_said(const struct search *s, const struct words_piece *p)
{
    str first = p->entry ? p->entry->terms[0] : p->text;
    for (int i = 0; i < s->meaning_count; i++)
        if (str_eq(s->meaning[i].term[0], first))
            return true;
    return false;
}

static void add_meaning(struct search *s, const struct words_piece *p)
{
    if (s->meaning_count == MEANINGS || is_said(s, p))
        return;
    struct meaning *g = &s->meaning[s->meaning_count++];
    *g = (struct meaning){ .rest = p->kind != WORDS_SAID };
    g->aside = p->entry && p->entry->aside;
    if (g->rest) {
        g->term[0] = p->text;
        g->trust[g->count++] = 1;
        return;
    }
    for (int i = 0; i < p->entry->term_count; i++) {
        g->term[g->count] = p->entry->terms[i];
        g->trust[g->count++] = 1 - 0.04 * i;
        s->actions |= words_actions(s->r->words, p->entry->terms[i]);
    }
    g->term[g->count] = p->entry->say;
    g->trust[g->count++] = 0.85;
}

/* What only asks says nothing, unless nothing else was said. */
static void read_query(struct search *s)
{
    struct words_piece piece[WORDS_PIECES];
    size_t n = words_split(s->r->words, s->a, s->folded, known, s->r, piece);
    for (size_t i = 0; i < n; i++)
        if (piece[i].kind != WORDS_FILLER)
            add_meaning(s, &piece[i]);
    s->actions |= words_actions(s->r->words, s->folded);
}

/* ---- hits ---- */

/* How much of the query stands in each name as it was typed. */
static void add_literal(struct search *s, double *literal)
{
    double keys = count_hits(s, s->folded);
    for (size_t i = 0; i < s->term_count; i++) {
        struct score *c = &s->of[s->term_touched[i]];
        literal[s->term_touched[i]] = c->hits[NAME] / keys;
        memset(c->hits, 0, sizeof c->hits);
        c->term_touched = false;
    }
    s->term_count = 0;
}

static double points_of(const struct search *s, uint32_t doc, double literal)
{
    const struct rank *r = s->r;
    const struct rank_doc *d = &r->docs[doc];
    const struct score *c = &s->of[doc];
    double covers = s->weight > 0 ? c->sum / s->weight : 0;
    double named = c->letters / r->letters[doc];
    if (covers < HIT_COVERS)
        return 0;
    double points = 100 * covers + POINTS_NAME * (named < 1 ? named : 1) +
                    POINTS_LITERAL * literal;
    if (str_eq(r->names[doc], s->folded))
        points += POINTS_SAME;
    points += POINTS_USUAL *
              (1 - (double)(d->theme ? 0 : d->position) / (double)r->last);
    points += d->online ? POINTS_ONLINE : 0;
    points += d->theme && covers >= THEME_COVERS ? POINTS_THEME : 0;
    points -= POINTS_ACTION * __builtin_popcount(r->actions[doc] & ~s->actions);
    return points > 0 ? points : 0;
}

static bool wanted(const struct search *s, const struct rank_doc *d)
{
    const struct rank_query *q = s->q;
    if (d->theme ? q->no_themes : q->no_items)
        return false;
    return q->unit.n == 0 || str_eq(q->unit, d->unit);
}

static bool before(const struct rank_hit *a, const struct rank_hit *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    if (a->doc->theme != b->doc->theme)
        return a->doc->theme;
    if (a->doc->position != b->doc->position)
        return a->doc->position < b->doc->position;
    return a->doc->id < b->doc->id;
}

/* The best `max` so far stay in order. */
static size_t keep(struct rank_hit *out, size_t n, size_t max,
                   struct rank_hit hit)
{
    if (n == max && !before(&hit, &out[n - 1]))
        return n;
    size_t at = n < max ? n++ : n - 1;
    for (; at > 0 && before(&hit, &out[at - 1]); at--)
        out[at] = out[at - 1];
    out[at] = hit;
    return n;
}

/* Is there a term that says this and more, or the same one earlier? */
static bool said_better(const str *term, int n, int i)
{
    for (int k = 0; k < n; k++)
        if (k != i && str_find(term[k], term[i]) >= 0 &&
            (term[k].n > term[i].n || k < i))
            return true;
    return false;
}

/* The terms a document was found by that were not typed. */
static str why_of(const struct search *s, uint32_t doc)
{
    str term[MEANINGS];
    int n = 0;
    struct buf b = { 0 };
    for (int m = 0; m < s->meaning_count; m++) {
        int by = s->of[doc].by[m];
        if (by && str_find(s->folded, s->meaning[m].term[by - 1]) < 0)
            term[n++] = s->meaning[m].term[by - 1];
    }
    for (int i = 0; i < n; i++)
        if (!said_better(term, n, i)) {
            buf_put(&b, b.n ? STR("、") : STR(""));
            buf_put(&b, term[i]);
        }
    str why = arena_str(s->a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return why;
}

static size_t collect(struct search *s, struct rank_hit *out)
{
    size_t n = 0, max = (size_t)s->q->limit;
    double *literal = ARENA_NEW_N(s->a, double, s->r->n + 1);
    add_literal(s, literal);
    for (size_t i = 0; i < s->touched_count; i++) {
        uint32_t doc = s->touched[i];
        const struct rank_doc *d = &s->r->docs[doc];
        double points = wanted(s, d) ? points_of(s, doc, literal[doc]) : 0;
        if (points > 0)
            n = keep(out, n, max, (struct rank_hit){ d, points, str_none });
    }
    while (n > 0 && out[n - 1].score < out[0].score * HIT_LEAST)
        n--;
    for (size_t i = 0; i < n; i++)
        out[i].why = why_of(s, (uint32_t)(out[i].doc - s->r->docs));
    return n;
}

size_t rank_find(const struct rank *r, struct arena *a,
                 const struct rank_query *q, struct rank_hit *out,
                 str *understood)
{
    struct search s = { .r = r, .q = q, .a = a };
    *understood = STR("");
    if (!utf8_valid(q->words) || q->limit <= 0 || q->limit > RANK_MOST)
        return 0;
    s.folded = terms_folded(a, utf8_head(q->words, TERMS_QUERY_MAX));
    read_query(&s);
    if (s.meaning_count == 0)
        return 0;
    s.of = ARENA_NEW_N(a, struct score, r->n + 1);
    s.touched = ARENA_NEW_N(a, uint32_t, r->n + 1);
    s.term_touched = ARENA_NEW_N(a, uint32_t, r->n + 1);
    for (int m = 0; m < s.meaning_count; m++)
        weigh_meaning(&s, m);
    size_t n = collect(&s, out);
    if (n)
        *understood = out[0].why;
    return n;
}
