/*
 * The guides: what one can apply for, who it is for, what it takes, how long.
 * Pages for everybody, the same for everybody, and therefore cached.
 */
#include "services/pages.h"

#include "services/guide/picture.h"
#include "services/queries.gen.h"
#include "services/guide/sampled.h"
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
        if (offer_find(tx, t[i].code, &o) != OK || o->halted.n)
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

static enum err add_papers(struct tx *tx, struct view *v,
                           const struct offer *o)
{
    struct sampled sampled;
    enum err e = sampled_load(tx, o, &sampled);
    if (e != OK)
        return e;
    sampled_show_form(v, &sampled, false);
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
        sampled_show(&row, &sampled, p->name, str_is(p->source, "form"));
    }
    return OK;
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
    view_text(v, "halted", o->halted);
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
    e = add_papers(tx, v, o);
    if (e == OK)
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
