/*
 * 公开目录: what is published, narrowed by class, organisation, year and theme
 * at once, and by words.  Every choice is an address.
 */
#include "disclosure/pages.h"

#include "kernel/page/page.h"
#include "kernel/search/search.h"

enum { LIST_PAGE = 20, FOUND_MOST = 1000 };

enum side { BY_CLASS, BY_UNIT, BY_YEAR, BY_TOPIC, SIDES };
static const struct { const char *key, *label; } sides[SIDES] = {
    { "class", "公开类别" }, { "unit", "公开单位" },
    { "year", "年份" },      { "topic", "主题" },
};

/* One list being shown. */
struct listing {
    struct tx *tx;
    struct view *v;
    str chosen[SIDES], words;
    bool gone;               /* what was taken back instead */
    int64_t year, total;
    str ids;                 /* of the words */
    struct entry_sums *sum;
    size_t sums;
    struct open_units *unit;
    size_t units;
};

/* ---- addresses ---- */

/* The address with another value of one side; of SIDES: without the words. */
static str address(const struct listing *l, int side, str value)
{
    struct arena *a = l->v->arena;
    str text = STR("/disclosure/entries?");
    for (int s = 0; s < SIDES; s++) {
        str code = s == side ? value : l->chosen[s];
        if (code.n)
            text = arena_printf(a, "%.*s%s=%.*s&", STR_ARG(text), sides[s].key,
                                STR_ARG(code));
    }
    if (l->words.n && side != SIDES)
        text = arena_printf(a, "%.*swords=%.*s&", STR_ARG(text),
                            STR_ARG(page_query_text(a, l->words)));
    if (l->gone)
        text = arena_join(a, text, STR("gone=1&"));
    text.n--; /* the last & or ? */
    return text;
}

/* ---- the choices ---- */

static bool fits(const struct listing *l, const struct entry_sums *s, int but)
{
    return (but == BY_CLASS || l->chosen[BY_CLASS].n == 0 ||
            str_eq(s->class, l->chosen[BY_CLASS])) &&
           (but == BY_UNIT || l->chosen[BY_UNIT].n == 0 ||
            str_eq(s->unit, l->chosen[BY_UNIT])) &&
           (but == BY_YEAR || l->year == 0 || s->year == l->year) &&
           (but == BY_TOPIC || l->chosen[BY_TOPIC].n == 0 ||
            str_eq(s->topic, l->chosen[BY_TOPIC]));
}

static bool has(struct arena *a, const struct entry_sums *s, int side,
                str code)
{
    switch (side) {
    case BY_CLASS: return str_eq(s->class, code);
    case BY_UNIT: return str_eq(s->unit, code);
    case BY_TOPIC: return str_eq(s->topic, code);
    default:
        return str_eq(arena_printf(a, "%lld", (long long)s->year), code);
    }
}

static void choice(struct listing *l, struct value *list, int side, str code,
                   str label)
{
    int64_t sum = 0;
    bool here = str_eq(l->chosen[side], code);
    for (size_t i = 0; i < l->sums; i++)
        if (fits(l, &l->sum[i], side) &&
            has(l->v->arena, &l->sum[i], side, code))
            sum += l->sum[i].entries;
    if (sum == 0 && !here)
        return;
    struct view c = view_row(l->v, list);
    view_text(&c, "label", label);
    view_int(&c, "count", sum);
    view_text(&c, "href", address(l, side, here ? STR("") : code));
    view_bool(&c, "here", here);
}

static void choices(struct listing *l, struct value *list, int side, int year)
{
    int n;
    if (side == BY_CLASS) {
        const struct disclosure_category *c = disclosure_categories(&n);
        for (int i = 0; i < n; i++)
            if (c[i].parent.n == 0)
                choice(l, list, side, c[i].code, c[i].name);
    } else if (side == BY_UNIT) {
        for (size_t i = 0; i < l->units; i++)
            choice(l, list, side, l->unit[i].code, l->unit[i].short_name);
    } else if (side == BY_TOPIC) {
        const struct disclosure_topic *t = disclosure_topics(&n);
        for (int i = 0; i < n; i++)
            choice(l, list, side, t[i].code, t[i].name);
    } else {
        for (int y = year; y > year - 10; y--)
            choice(l, list, side, arena_printf(l->v->arena, "%d", y),
                   arena_printf(l->v->arena, "%d 年", y));
    }
}

static str chosen_name(const struct listing *l, int side)
{
    str code = l->chosen[side];
    if (side == BY_CLASS && disclosure_category(code))
        return disclosure_category(code)->name;
    if (side == BY_TOPIC && disclosure_topic(code))
        return disclosure_topic(code)->name;
    for (size_t i = 0; side == BY_UNIT && i < l->units; i++)
        if (str_eq(l->unit[i].code, code))
            return l->unit[i].short_name;
    return code;
}

static void show_facets(struct listing *l)
{
    struct value *facets = view_list(l->v, "facets");
    int year, month, mday;
    day_split(tx_today(l->tx), &year, &month, &mday);
    for (int s = 0; s < SIDES; s++) {
        struct view f = view_row(l->v, facets);
        view_text(&f, "label", str_of(sides[s].label));
        view_text(&f, "said", l->chosen[s].n ? chosen_name(l, s) : STR(""));
        view_bool(&f, "open", s == 0);
        choices(l, view_list(&f, "choices"), s, year);
    }
}

static void show_chosen(struct listing *l)
{
    struct value *chosen = view_list(l->v, "chosen");
    struct value *kept = view_list(l->v, "kept");
    for (int s = 0; s < SIDES; s++) {
        if (l->chosen[s].n == 0)
            continue;
        struct view c = view_row(l->v, chosen);
        view_text(&c, "label", arena_printf(l->v->arena, "%s：%.*s",
                                            sides[s].label,
                                            STR_ARG(chosen_name(l, s))));
        view_text(&c, "href", address(l, s, STR("")));
        struct view k = view_row(l->v, kept);
        view_text(&k, "name", str_of(sides[s].key));
        view_text(&k, "value", l->chosen[s]);
    }
    if (l->words.n) {
        struct view c = view_row(l->v, chosen);
        view_text(&c, "label", arena_printf(l->v->arena, "“%.*s”",
                                            STR_ARG(l->words)));
        view_text(&c, "href", address(l, SIDES, STR("")));
    }
}

/* ---- the rows ---- */

static void show_row(struct listing *l, struct value *list,
                     const struct open_page *p)
{
    struct view row = view_row(l->v, list);
    view_text(&row, "code", p->code);
    view_text(&row, "title", p->title);
    view_text(&row, "doc_no", p->doc_no);
    view_text(&row, "index_no", p->index_no);
    view_text(&row, "unit_name", p->unit_name);
    view_text(&row, "class_name", p->class_name);
    view_day(&row, "published", p->published);
    page_tag(&row, "state", disclosure_tag(STR(""), p->state, p->effect,
                                           p->effect_day,
                                           tx_today(l->tx)));
}

/* What was found has the same columns as a page of all. */
static enum err read_rows(struct listing *l, int64_t before,
                          struct open_page **rows, size_t *n)
{
    struct open_found *f;
    if (l->words.n == 0)
        return open_page(l->tx, l->gone ? STR("withdrawn") : STR("live"),
                         l->chosen[BY_CLASS], l->chosen[BY_UNIT], l->year,
                         l->chosen[BY_TOPIC], before, rows, n);
    enum err e = open_found(l->tx, l->ids, l->chosen[BY_CLASS],
                            l->chosen[BY_UNIT], l->year, l->chosen[BY_TOPIC],
                            before, &f, n);
    *rows = ARENA_NEW_N(l->tx->arena, struct open_page, *n + 1);
    for (size_t i = 0; e == OK && i < *n; i++)
        (*rows)[i] = (struct open_page){
            .place = f[i].place, .code = f[i].code, .title = f[i].title,
            .doc_no = f[i].doc_no, .index_no = f[i].index_no,
            .unit_name = f[i].unit_name, .class_name = f[i].class_name,
            .published = f[i].published, .state = f[i].state,
            .effect = f[i].effect, .effect_day = f[i].effect_day };
    return e;
}

static void show_pager(struct request *rq, struct listing *l, int64_t shown,
                       int64_t last)
{
    str same = address(l, -1, STR(""));
    char sign = str_find_byte(same, '?') < 0 ? '?' : '&';
    str next = last ? arena_printf(l->v->arena, "%.*s%cbefore=%lld",
                                   STR_ARG(same), sign, (long long)last)
                    : STR("");
    str begin = rq_has(rq, "before") ? same : STR("");
    if (l->gone)
        page_pager_part(l->v, "pager", begin, next, shown, LIST_PAGE);
    else
        page_pager_next(l->v, "pager", begin, next, l->total, LIST_PAGE);
}

static enum err show_rows(struct request *rq, struct listing *l)
{
    struct open_page *rows;
    size_t n;
    enum err e = read_rows(l, rq_int(rq, "before", INT64_MAX), &rows, &n);
    struct value *list = view_list(l->v, "rows");
    for (size_t i = 0; e == OK && i < n && i < LIST_PAGE; i++)
        show_row(l, list, &rows[i]);
    if (e == OK)
        show_pager(rq, l, (int64_t)n,
                   n > LIST_PAGE ? rows[LIST_PAGE - 1].place : 0);
    return e;
}

/* What the words are in, newest first; the oldest beyond a thousand are told to
 * be left out.  How many there are by their sides. */
static enum err find_words(struct listing *l, bool *cut)
{
    struct search_query q = { .kind = STR("open"), .words = l->words,
                              .unit = STR(""), .limit = FOUND_MOST };
    struct entry_found_sums *f;
    int64_t *ids;
    size_t n;
    *cut = false;
    if (l->words.n == 0)
        return entry_sums(l->tx, &l->sum, &l->sums);
    enum err e = search_find(l->tx, &q, &ids, &n);
    if (e != OK)
        return e;
    *cut = n == FOUND_MOST;
    l->ids = search_list(l->tx->arena, ids, n);
    e = entry_found_sums(l->tx, l->ids, &f, &l->sums);
    l->sum = ARENA_NEW_N(l->tx->arena, struct entry_sums, l->sums + 1);
    for (size_t i = 0; e == OK && i < l->sums; i++)
        l->sum[i] = (struct entry_sums){ f[i].class, f[i].unit, f[i].year,
                                         f[i].topic, f[i].entries };
    return e;
}

enum err disclosure_list_show(struct request *rq, struct tx *tx)
{
    struct listing l = { .tx = tx, .v = rq_view(rq),
                         .words = rq_text(rq, "words"),
                         .gone = rq_flag(rq, "gone") &&
                                 rq_text(rq, "words").n == 0,
                         .year = rq_int(rq, "year", 0) };
    bool cut;
    for (int s = 0; s < SIDES; s++)
        if (s != BY_YEAR)
            l.chosen[s] = rq_text(rq, sides[s].key);
    if (l.year)
        l.chosen[BY_YEAR] = arena_printf(l.v->arena, "%lld",
                                         (long long)l.year);
    enum err e = find_words(&l, &cut);
    if (e == OK)
        e = open_units(tx, &l.unit, &l.units);
    if (e != OK)
        return e;
    rq_menu(rq, "disclosure");
    for (size_t i = 0; i < l.sums; i++)
        l.total += fits(&l, &l.sum[i], -1) ? l.sum[i].entries : 0;
    view_text(l.v, "words", l.words);
    view_bool(l.v, "gone", l.gone);
    view_bool(l.v, "cut", cut);
    view_count(l.v, "total", l.total);
    show_facets(&l);
    show_chosen(&l);
    return show_rows(rq, &l);
}
