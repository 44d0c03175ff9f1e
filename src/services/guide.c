/*
 * The guides: what one can apply for, who it is for, what it takes, how long.
 * Pages for everybody, the same for everybody, and therefore cached.
 */
#include "services/pages.h"

#include "kernel/page/page.h"
#include "services/classes.h"
#include "services/picture.h"
#include "services/queries.gen.h"
#include "services/show.h"

/* ---- themes ---- */

enum err themes_show(struct request *rq, struct tx *tx)
{
    struct theme_live *t;
    size_t n;
    enum err e = theme_live(tx, &t, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "services");
    struct value *list = view_list(rq_view(rq), "themes");
    for (size_t i = 0; i < n; i++) {
        const struct offer *o;
        if (offer_find(tx, t[i].code, &o) != OK)
            continue; /* broken data: the log has it */
        struct view v = view_row(rq_view(rq), list);
        view_text(&v, "code", o->code);
        view_text(&v, "title", o->title);
        view_text(&v, "summary", o->summary);
        view_text(&v, "icon", o->icon);
        view_text(&v, "audience", o->audience);
        view_int(&v, "unit_count", (int64_t)o->part_count);
        view_int(&v, "promised", o->promised);
    }
    return OK;
}

static void add_stat(struct view *v, struct value *list, const char *label,
                     str text, str remark)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "text", text);
    view_text(&row, "remark", remark);
}

/* Good ratings of the last twelve months, as 98.2%; none rated: none said. */
static enum err add_satisfaction(struct tx *tx, struct view *v,
                                 struct value *list, str unit)
{
    struct satisfaction s;
    day today = tx_today(tx);
    enum err e = satisfaction(tx, unit, (day){ today.n - 365 }, &s);
    if (e != OK)
        return e;
    if (s.rated == 0) {
        add_stat(v, list, "满意度", STR("暂无评价"), STR("近 12 个月"));
        return OK;
    }
    int64_t permille = s.good * 1000 / s.rated;
    add_stat(v, list, "满意度",
             arena_printf(v->arena, "%lld.%lld%%", (long long)permille / 10,
                          (long long)permille % 10),
             arena_printf(v->arena, "近 12 个月 %lld 评", (long long)s.rated));
    return OK;
}

static int statutory_sum(const struct offer *o)
{
    int longest = 0;
    for (size_t i = 0; i < o->part_count; i++)
        if (!o->parts[i].natural && o->parts[i].statutory > longest)
            longest = o->parts[i].statutory;
    return o->joint ? SERVICES_LIMIT_JOINT : longest;
}

static enum err add_stats(struct tx *tx, struct view *v, const struct offer *o)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "stats");
    add_stat(v, list, "办结时限", show_units(a, o->promised, false),
             arena_printf(a, "法定 %d 个工作日", statutory_sum(o)));
    add_stat(v, list, "费用", STR("不收费"), STR("不向申请人收取任何费用"));
    add_stat(v, list, "跑动次数", STR("0 次"), STR("现场核查除外"));
    return add_satisfaction(tx, v, list, o->lead);
}

static void add_texts(struct view *v, const char *name,
                      const struct value *body)
{
    struct value *list = view_list(v, name);
    const struct value *from = value_get(body, str_of(name));
    for (const struct value *t = from ? from->first : NULL; t; t = t->next)
        value_push(list, value_text(v->arena, t->text));
}

static void add_elsewhere(struct view *v, const struct value *body)
{
    const struct value *e = value_get(body, STR("elsewhere"));
    if (e == NULL) {
        view_text(v, "elsewhere", str_none);
        return;
    }
    struct view o = view_object(v, "elsewhere");
    view_text(&o, "text", value_get_text(e, STR("text")));
    view_text(&o, "href", value_get_text(e, STR("href")));
}

static str source_words(const struct form_paper *p)
{
    if (str_is(p->source, "form"))
        return STR("在线填写");
    if (str_is(p->source, "exchange"))
        return p->from;
    return STR("申请人提供");
}

static void add_papers(struct view *v, const struct offer *o)
{
    struct value *list = view_list(v, "papers");
    for (size_t i = 0; i < o->sheet.paper_count; i++) {
        const struct form_paper *p = &o->sheet.papers[i];
        bool free = str_is(p->source, "exchange");
        struct view row = view_row(v, list);
        view_text(&row, "name", p->name);
        view_text(&row, "source", source_words(p));
        view_bool(&row, "free", free);
        view_text(&row, "note",
                  free ? arena_printf(v->arena, "从%.*s调取", STR_ARG(p->from))
                       : p->note);
        show_sample(&row, p);
    }
}

static enum err part_unit(struct tx *tx, const struct offer_part *p, str *out)
{
    struct unit_brief u;
    if (p->unit.n == 0) {
        *out = STR("所在乡镇人民政府（街道办事处）");
        return OK;
    }
    enum err e = unit_brief(tx, p->unit, &u);
    if (e == OK)
        *out = u.name;
    return e;
}

static enum err add_parts(struct tx *tx, struct view *v, const struct offer *o)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "parts");
    for (size_t i = 0; i < o->part_count; i++) {
        const struct offer_part *p = &o->parts[i];
        str unit;
        enum err e = part_unit(tx, p, &unit);
        if (e != OK)
            return e;
        struct view row = view_row(v, list);
        view_text(&row, "title", p->title);
        view_text(&row, "unit_name", unit);
        view_text(&row, "basis", show_article(a, p->law, p->article));
        view_text(&row, "statutory", show_units(a, p->statutory, p->natural));
        view_text(&row, "promised", arena_printf(a, "%d 日", p->promised));
    }
    return OK;
}

static void add_stages(struct view *v, const struct offer *o)
{
    struct arena *a = v->arena;
    const struct { str title, text;
    } stages[] = {
        { STR("一次申请"),
          STR("填一张表，交一套材料，提交后立即得到办件编号。") },
        { STR("受理"),
          STR("各部门五个工作日内决定是否受理，材料不全的一次告知。") },
        { o->joint ? STR("并联审查") : STR("审查"),
          arena_printf(a, "%zu 个部门同时审查，%d 个工作日内办结。",
                       o->part_count, o->promised) },
        { STR("送达"), STR("结果一并送达，并向社会公开。") },
    };
    struct value *list = view_list(v, "stages");
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct view row = view_row(v, list);
        view_int(&row, "number", (int64_t)i + 1);
        view_text(&row, "title", stages[i].title);
        view_text(&row, "text", stages[i].text);
    }
}

static void add_faq(struct view *v, const struct value *body)
{
    struct value *list = view_list(v, "faq");
    const struct value *from = value_get(body, STR("faq"));
    for (const struct value *q = from ? from->first : NULL; q; q = q->next) {
        struct view row = view_row(v, list);
        view_text(&row, "question", value_get_text(q, STR("question")));
        view_text(&row, "answer", value_get_text(q, STR("answer")));
        view_bool(&row, "open", q == from->first);
    }
}

static void add_window(struct view *v, const struct unit_brief *u)
{
    struct view w = view_object(v, "window");
    view_text(&w, "name", show_center(v->arena));
    view_text(&w, "place",
              arena_printf(v->arena, "%.*s窗口", STR_ARG(u->name)));
    view_text(&w, "address", str_is_none(u->address) ? STR("") : u->address);
    view_text(&w, "hours", str_is_none(u->hours) ? STR("") : u->hours);
    view_text(&w, "phone", str_is_none(u->phone) ? STR("") : u->phone);
}

enum err theme_show(struct request *rq, struct tx *tx)
{
    const struct offer *o;
    struct unit_brief lead;
    struct view *v = rq_view(rq);
    enum err e = offer_find(tx, rq_path(rq, "code"), &o);
    if (e == ERR_NOTFOUND || (e == OK && !o->joint))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有这个主题，请从“一件事一次办”里选择。");
    if (e == OK)
        e = unit_brief(tx, o->lead, &lead);
    if (e != OK)
        return e;
    rq_menu(rq, "services");
    view_text(v, "code", o->code);
    view_text(v, "title", o->title);
    view_text(v, "summary", o->summary);
    view_text(v, "lead_name", lead.name);
    day updated = day_none;
    if (!day_parse(value_get_text(o->body, STR("updated")), &updated))
        updated = tx_today(tx);
    view_day(v, "updated", updated);
    view_int(v, "minutes", o->minutes);
    e = add_stats(tx, v, o);
    if (e != OK)
        return e;
    add_texts(v, "conditions", o->body);
    add_elsewhere(v, o->body);
    add_papers(v, o);
    e = picture_of_offer(tx, o, v, "process");
    if (e != OK)
        return e;
    add_stages(v, o);
    e = add_parts(tx, v, o);
    add_texts(v, "results", o->body);
    add_faq(v, o->body);
    add_window(v, &lead);
    return e;
}

/* ---- items ---- */

static void add_item_row(struct view *v, struct value *list, str code, str name,
                         str unit, str type, int64_t promised, bool online)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "name", name);
    view_text(&row, "unit_name", unit);
    view_text(&row, "type", type);
    view_text(&row, "promised", show_units(v->arena, promised, false));
    view_bool(&row, "online", online);
}

#define ADD_ITEM(v, list, r) \
    add_item_row(v, list, (r).code, (r).name, (r).unit_name, (r).type, \
                 (r).promised_n, (r).online != 0)

enum { ITEMS_PAGE = 20 };

/* One of four lists, each with its own index; the next place or 0. */
static enum err list_items(struct tx *tx, struct request *rq, struct view *v,
                           int64_t *next)
{
    struct value *list = view_list(v, "rows");
    int64_t after = rq_int(rq, "after", 0);
    str unit = rq_text(rq, "unit"), type = rq_text(rq, "type");
    size_t n = 0;
    enum err e;
    *next = 0;
#define LIST(query, ...) do { \
        struct query *r; \
        e = query(tx, __VA_ARGS__, &r, &n); \
        for (size_t i = 0; e == OK && i < n && i < ITEMS_PAGE; i++) { \
            ADD_ITEM(v, list, r[i]); \
            if (n > ITEMS_PAGE) \
                *next = r[i].position; \
        } \
    } while (0)
    if (unit.n)
        LIST(item_page_unit, unit, after);
    else if (type.n)
        LIST(item_page_type, type, after);
    else if (rq_flag(rq, "online"))
        LIST(item_page_online, after);
    else
        LIST(item_page, after);
#undef LIST
    return e;
}

/* What is meant, best first; with exact=1 what has the words as typed. */
static enum err find_ids(struct tx *tx, struct request *rq, struct view *v,
                         struct rank_found **found, size_t *n)
{
    str words = rq_text(rq, "words"), understood = STR("");
    struct rank_query q = { .words = words, .unit = rq_text(rq, "unit"),
                            .no_themes = true, .limit = RANK_MOST };
    struct search_query as_typed = { .kind = STR("item"), .words = words,
                                     .unit = q.unit, .limit = RANK_MOST };
    int64_t *ids;
    enum err e;
    if (!rq_flag(rq, "exact")) {
        e = rank_ask(tx, &q, found, n, &understood);
    } else if ((e = search_find(tx, &as_typed, &ids, n)) == OK) {
        *found = ARENA_NEW_N(tx->arena, struct rank_found, *n + 1);
        for (size_t i = 0; i < *n; i++)
            (*found)[i].id = ids[i];
    }
    view_text(v, "understood", understood);
    if (understood.n)
        view_text(v, "exact",
                  arena_printf(v->arena, "/services/items?words=%.*s&exact=1",
                               STR_ARG(page_query_text(v->arena, words))));
    else
        view_text(v, "exact", STR(""));
    return e;
}

static enum err find_items(struct tx *tx, struct request *rq, struct view *v)
{
    struct value *list = view_list(v, "rows");
    struct rank_found *found;
    struct item_by_ids *rows = NULL;
    size_t n, m = 0, total = 0;
    enum err e = find_ids(tx, rq, v, &found, &n);
    if (e != OK)
        return e;
    int64_t *ids = ARENA_NEW_N(tx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = found[i].id;
    e = item_by_ids(tx, search_list(tx->arena, ids, n), &rows, &m);
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (rows[k].id == ids[i]) {
                ADD_ITEM(v, list, rows[k]);
                total++;
            }
    view_count(v, "total", (int64_t)total);
    return e;
}

/* The class an address names, -1 when it names none. */
static int class_asked(struct request *rq)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    str code = rq_text(rq, "class");
    for (int i = 0; i < n; i++)
        if (str_eq(c[i].code, code))
            return i;
    return -1;
}

static enum err list_class(struct tx *tx, struct request *rq, struct view *v,
                           int class, int64_t *total, int64_t *next)
{
    struct value *list = view_list(v, "rows");
    const struct classed *c;
    int64_t after = rq_int(rq, "after", 0), shown = 0, last = 0;
    enum err e = classed_read(tx, &c);
    if (e != OK)
        return e;
    *total = c->count[class];
    for (size_t i = 0; i < c->n && *next == 0; i++) {
        const struct catalogue_items *item = &c->item[i].item;
        if (item->position <= after || !class_has(c->item[i].in, class))
            continue;
        if (shown++ == ITEMS_PAGE) {
            *next = last;
        } else {
            ADD_ITEM(v, list, *item);
            last = item->position;
        }
    }
    return OK;
}

static void add_choice(struct view *v, struct value *list, str label,
                       int64_t count, str href, bool here)
{
    struct view c = view_row(v, list);
    view_text(&c, "label", label);
    view_int(&c, "count", count);
    view_text(&c, "href", href);
    view_bool(&c, "here", here);
}

/* The facets with their counts; *total is the count behind what is chosen. */
static enum err add_facets(struct tx *tx, struct request *rq, struct view *v,
                           int64_t *total)
{
    struct item_counts *units;
    struct item_types *types;
    size_t nu, nt;
    str unit = rq_text(rq, "unit"), type = rq_text(rq, "type");
    enum err e = item_counts(tx, &units, &nu);
    if (e == OK)
        e = item_types(tx, &types, &nt);
    if (e != OK)
        return e;
    int64_t all = 0, online = 0, chosen = -1;
    struct value *facets = view_list(v, "facets");
    struct view f = view_row(v, facets);
    view_text(&f, "label", STR("事项类型"));
    struct value *list = view_list(&f, "choices");
    for (size_t i = 0; i < nt; i++) {
        bool here = str_eq(types[i].type, type);
        add_choice(&f, list, types[i].type, types[i].items,
                   arena_printf(v->arena, "/services/items?type=%.*s",
                                STR_ARG(types[i].type)), here);
        chosen = here ? types[i].items : chosen;
    }
    f = view_row(v, facets);
    view_text(&f, "label", STR("部门"));
    list = view_list(&f, "choices");
    for (size_t i = 0; i < nu; i++) {
        bool here = str_eq(units[i].unit, unit);
        add_choice(&f, list, units[i].unit_name, units[i].items,
                   arena_printf(v->arena, "/services/items?unit=%.*s",
                                STR_ARG(units[i].unit)), here);
        chosen = here ? units[i].items : chosen;
        all += units[i].items;
        online += units[i].online;
    }
    f = view_row(v, facets);
    view_text(&f, "label", STR("办理方式"));
    list = view_list(&f, "choices");
    add_choice(&f, list, STR("可以网上办"), online,
               STR("/services/items?online=1"), rq_flag(rq, "online"));
    *total = chosen >= 0 ? chosen : rq_flag(rq, "online") ? online : all;
    return OK;
}

static void add_chosen(struct request *rq, struct view *v)
{
    struct value *list = view_list(v, "chosen");
    const char *names[] = { "unit", "type", "words" };
    int n, class = class_asked(rq);
    bool any = rq_flag(rq, "online") || class >= 0;
    if (class >= 0) {
        struct view c = view_row(v, list);
        view_text(&c, "label", class_rules(&n)[class].name);
        view_text(&c, "href", STR("/services/items"));
    }
    for (int i = 0; i < 3; i++) {
        str text = rq_text(rq, names[i]);
        if (text.n == 0)
            continue;
        any = true;
        struct view c = view_row(v, list);
        view_text(&c, "label", text);
        view_text(&c, "href", STR("/services/items"));
    }
    view_text(v, "clear", any ? STR("/services/items") : STR(""));
}

/* The list without words: by class, or one of the four with an index. */
static enum err show_list(struct tx *tx, struct request *rq, struct view *v,
                          int64_t *total, int64_t *next)
{
    int class = class_asked(rq);
    view_text(v, "understood", STR(""));
    view_text(v, "exact", STR(""));
    enum err e = class >= 0 ? list_class(tx, rq, v, class, total, next)
                            : list_items(tx, rq, v, next);
    view_count(v, "total", *total);
    return e;
}

/* The address of this list without its place. */
static str list_address(struct request *rq, struct arena *a)
{
    static const char *const keys[] = { "class", "unit", "type" };
    for (int i = 0; i < 3; i++)
        if (rq_text(rq, keys[i]).n && (i > 0 || class_asked(rq) >= 0))
            return arena_printf(a, "/services/items?%s=%.*s", keys[i],
                                STR_ARG(rq_text(rq, keys[i])));
    return rq_flag(rq, "online") ? STR("/services/items?online=1")
                                 : STR("/services/items?");
}

enum err items_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    str words = rq_text(rq, "words");
    int64_t total = 0, next = 0;
    rq_menu(rq, "services");
    view_text(v, "words", words);
    enum err e = add_facets(tx, rq, v, &total);
    if (e != OK)
        return e;
    add_chosen(rq, v);
    e = words.n ? find_items(tx, rq, v) : show_list(tx, rq, v, &total, &next);
    str same = list_address(rq, v->arena);
    show_pager(v, "pager", rq_int(rq, "after", 0) ? same : STR(""),
               next ? arena_printf(v->arena, "%.*s&after=%lld", STR_ARG(same),
                                   (long long)next) : STR(""),
               total, ITEMS_PAGE);
    return e;
}
