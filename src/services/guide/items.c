/*
 * 事项目录: the catalogue, narrowed from several sides at once (narrow.h) and
 * by words.  Every choice is an address, so that it can be sent to somebody,
 * and the browser's own way back takes the last one away.
 */
#include "services/pages.h"

#include "kernel/page/page.h"
#include "services/guide/narrow.h"
#include "services/show.h"

enum { ITEMS_PAGE = 20 };

/* What the address asks for. */
struct asked {
    str code[NARROW_SIDES]; /* "" any */
    str words;
    bool exact;
};

/* One list being shown. */
struct listing {
    struct tx *tx;
    struct view *v;
    const struct narrow_index *x;
    struct asked ask;
    struct narrow_asked q;
    struct narrowed found;
    int *ranked;        /* with words: items as they rank, best first */
    size_t ranked_count;
};

/* ---- the address ---- */

/* Addresses of before: class=E04 for any kind of class, online=1. */
static void read_old_names(struct request *rq, struct asked *a)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    str class = rq_text(rq, "class");
    if (rq_flag(rq, "online") && a->code[NARROW_DEPTH].n == 0)
        a->code[NARROW_DEPTH] = STR(NARROW_ONLINE);
    for (int i = 0; i < n; i++)
        if (str_eq(c[i].code, class)) {
            struct narrow_value v = narrow_class(&c[i]);
            if (a->code[v.side].n == 0)
                a->code[v.side] = v.code;
        }
}

static void read_asked(struct request *rq, struct asked *a)
{
    *a = (struct asked){ .words = rq_text(rq, "words"),
                         .exact = rq_flag(rq, "exact") };
    for (int s = 0; s < NARROW_SIDES; s++)
        a->code[s] = rq_text(rq, narrow_key((enum narrow_side)s));
    read_old_names(rq, a);
}

/* D025 as it is, everything else byte by byte. */
static str in_query(struct arena *a, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            return page_query_text(a, text);
    }
    return text;
}

static void put_pair(struct buf *b, struct arena *a, const char *key, str text)
{
    if (text.n == 0)
        return;
    buf_printf(b, "%c%s=", b->n && str_find_byte(buf_str(b), '?') >= 0
                               ? '&' : '?', key);
    buf_put(b, in_query(a, text));
}

static str address(struct arena *a, const struct asked *q)
{
    struct buf b = { 0 };
    buf_put(&b, STR("/services/items"));
    put_pair(&b, a, "words", q->words);
    for (int s = 0; s < NARROW_SIDES; s++)
        put_pair(&b, a, narrow_key((enum narrow_side)s), q->code[s]);
    if (q->words.n && q->exact)
        put_pair(&b, a, "exact", STR("1"));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* The address with another value of one side, "" for any; of the side after the
 * last one: of the words. */
static str address_with(struct arena *a, const struct asked *q, int side,
                        str code)
{
    struct asked other = *q;
    if (side == NARROW_SIDES)
        other.words = code;
    else
        other.code[side] = code;
    return address(a, &other);
}

/* ---- words ---- */

/* What is meant, best first; with exact=1 what has the words as typed. */
static enum err find_ids(struct tx *tx, const struct asked *ask, int64_t **ids,
                         size_t *n, str *understood)
{
    struct rank_query q = { .words = ask->words, .unit = STR(""),
                            .no_themes = true, .limit = RANK_MOST };
    struct search_query as_typed = { .kind = STR("item"), .words = ask->words,
                                     .unit = STR(""), .limit = RANK_MOST };
    struct rank_found *found;
    *understood = STR("");
    if (ask->exact)
        return search_find(tx, &as_typed, ids, n);
    enum err e = rank_ask(tx, &q, &found, n, understood);
    *ids = ARENA_NEW_N(tx->arena, int64_t, *n + 1);
    for (size_t i = 0; e == OK && i < *n; i++)
        (*ids)[i] = found[i].id;
    return e;
}

static enum err find_words(struct listing *l)
{
    struct arena *a = l->tx->arena;
    str understood = STR("");
    int64_t *ids = NULL;
    size_t n = 0;
    enum err e = l->ask.words.n ? find_ids(l->tx, &l->ask, &ids, &n,
                                           &understood) : OK;
    struct asked typed = l->ask;
    typed.exact = true;
    view_bool(l->v, "cut", n == RANK_MOST);
    view_text(l->v, "understood", understood);
    view_text(l->v, "exact", understood.n ? address(a, &typed) : STR(""));
    if (e != OK || l->ask.words.n == 0)
        return e;
    bool *found = ARENA_NEW_N(a, bool, l->x->n + 1);
    l->ranked = ARENA_NEW_N(a, int, n + 1);
    for (size_t i = 0; i < n; i++) {
        int at = narrow_item_of(l->x, ids[i]);
        if (at < 0 || found[at])
            continue;
        found[at] = true;
        l->ranked[l->ranked_count++] = at;
    }
    l->q.found = found;
    return OK;
}

/* ---- the list ---- */

static void add_row(struct listing *l, struct value *list, size_t at)
{
    const struct catalogue_items *i = l->x->item[at].item;
    struct view row = view_row(l->v, list);
    view_text(&row, "code", i->code);
    view_text(&row, "name", i->name);
    view_text(&row, "unit_name", i->unit_name);
    view_text(&row, "type", i->type);
    view_text(&row, "promised", show_units(l->v->arena, i->promised_n, false));
    view_bool(&row, "online", i->online != 0);
}

/* From the place after `after` on: a position of the catalogue, with words a
 * place among what they found.  The place to go on from, or 0. */
static int64_t add_rows(struct listing *l, struct value *list, int64_t after)
{
    size_t n = l->ask.words.n ? l->ranked_count : l->x->n;
    int64_t last = 0, shown = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = l->ask.words.n ? (size_t)l->ranked[i] : i;
        int64_t place = l->ask.words.n ? (int64_t)i + 1
                                       : l->x->item[at].item->position;
        if (place <= after || !l->found.in[at])
            continue;
        if (shown++ == ITEMS_PAGE)
            return last;
        add_row(l, list, at);
        last = place;
    }
    return 0;
}

/* ---- the choices ---- */

/* The name of what is chosen; a value no item has by its code. */
static str chosen_name(const struct listing *l, int side)
{
    int at = l->q.value[side];
    return at >= 0 ? l->x->value[at].name : l->ask.code[side];
}

static void add_choices(struct listing *l, struct value *list, int side)
{
    struct arena *a = l->v->arena;
    for (size_t i = 0; i < l->x->values; i++) {
        const struct narrow_value *n = &l->x->value[i];
        bool here = l->q.value[side] == (int)i;
        if ((int)n->side != side || (l->found.count[i] == 0 && !here))
            continue;
        struct view c = view_row(l->v, list);
        view_text(&c, "label", n->name);
        view_int(&c, "count", l->found.count[i]);
        view_text(&c, "href", address_with(a, &l->ask, side,
                                           here ? STR("") : n->code));
        view_bool(&c, "here", here);
    }
}

/* The first one stands open: one way of narrowing is seen at once, the others
 * do not push the list off a small screen. */
static void add_facets(struct listing *l)
{
    struct value *facets = view_list(l->v, "facets");
    for (int s = 0; s < NARROW_SIDES; s++) {
        struct view f = view_row(l->v, facets);
        view_text(&f, "label", str_of(narrow_label((enum narrow_side)s)));
        view_text(&f, "said", l->ask.code[s].n ? chosen_name(l, s) : STR(""));
        view_bool(&f, "open", s == 0);
        add_choices(l, view_list(&f, "choices"), s);
    }
}

static str chip_label(const struct listing *l, int side)
{
    if (side == NARROW_SIDES)
        return arena_printf(l->v->arena, "“%.*s”", STR_ARG(l->ask.words));
    return arena_printf(l->v->arena, "%s：%.*s",
                        narrow_label((enum narrow_side)side),
                        STR_ARG(chosen_name(l, side)));
}

/* What is chosen, each with the address without it; where nothing is left, how
 * many there are without it.  `kept` are the choices a new word is looked for
 * within. */
static void add_chosen(struct listing *l)
{
    struct arena *a = l->v->arena;
    struct value *chosen = view_list(l->v, "chosen");
    struct value *loosen = view_list(l->v, "loosen");
    struct value *kept = view_list(l->v, "kept");
    int n = 0;
    for (int s = 0; s <= NARROW_SIDES; s++) {
        str code = s == NARROW_SIDES ? l->ask.words : l->ask.code[s];
        if (code.n == 0)
            continue;
        n++;
        str label = chip_label(l, s);
        str href = address_with(a, &l->ask, s, STR(""));
        struct view c = view_row(l->v, chosen);
        view_text(&c, "label", label);
        view_text(&c, "href", href);
        if (s < NARROW_SIDES) {
            struct view k = view_row(l->v, kept);
            view_text(&k, "name", str_of(narrow_key((enum narrow_side)s)));
            view_text(&k, "value", code);
        }
        if (l->found.total || l->found.without[s] == 0)
            continue;
        struct view o = view_row(l->v, loosen);
        view_text(&o, "label", label);
        view_text(&o, "href", href);
        view_count(&o, "count", l->found.without[s]);
    }
    view_text(l->v, "clear", n ? STR("/services/items") : STR(""));
}

static void add_pager(struct listing *l, int64_t after)
{
    struct arena *a = l->v->arena;
    struct value *list = view_list(l->v, "rows");
    int64_t next = add_rows(l, list, after);
    if (list->first == NULL && after) { /* nothing there any more */
        after = 0;
        next = add_rows(l, list, after);
    }
    str same = address(a, &l->ask);
    char join = str_find_byte(same, '?') >= 0 ? '&' : '?';
    show_pager(l->v, "pager", after ? same : STR(""),
               next ? arena_printf(a, "%.*s%cafter=%lld", STR_ARG(same), join,
                                   (long long)next) : STR(""),
               l->found.total, ITEMS_PAGE);
}

enum err items_show(struct request *rq, struct tx *tx)
{
    struct listing l = { .tx = tx, .v = rq_view(rq) };
    enum err e = narrow_read(tx, &l.x);
    if (e != OK)
        return e;
    read_asked(rq, &l.ask);
    rq_menu(rq, "services");
    view_text(l.v, "words", l.ask.words);
    for (int s = 0; s < NARROW_SIDES; s++)
        l.q.value[s] = l.ask.code[s].n == 0
                           ? NARROW_ANY
                           : narrow_value_of(l.x, (enum narrow_side)s,
                                             l.ask.code[s]);
    e = find_words(&l);
    if (e != OK)
        return e;
    narrow_by(l.x, tx->arena, &l.q, &l.found);
    view_count(l.v, "total", l.found.total);
    add_facets(&l);
    add_chosen(&l);
    add_pager(&l, rq_int(rq, "after", 0));
    return OK;
}
