/*
 * What is shown of papers that are still to come: at the desk, on the page
 * everybody follows the matter on, and before an officer presses a verb.
 */
#include "services/work/gap.h"

#include "kernel/page/page.h"

static const char *word_of(str state)
{
    static const struct { const char *code, *word; } words[] = {
        { "open", "待补交" },   { "handed", "待核对" },
        { "wrong", "退回重交" }, { "good", "已补齐" }, { "over", "未补齐" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].code))
            return words[i].word;
    return "待补交";
}

/* What follows when the day passes, in the words of the rule. */
static str silence_of(const struct clock_rule *r)
{
    return r ? r->on_expiry : STR("");
}

/* ---- the desk ---- */

/* What may be done once the day is over with something still to come. */
static str offer_of(struct arena *a, const struct tx *tx,
                    const struct case_load *c, const struct gap_term *t)
{
    char by[DAY_TEXT];
    if (c->gaps == c->gap_handed || c->gap_due.n >= tx_today(tx).n)
        return STR("");
    day_text(c->gap_due, by);
    if (t->lapses)
        return arena_printf(a, "补交期限 %s 已经届满，申请人没有补齐：按办事指"
                            "南视为撤回申请，由系统结束并书面告知申请人。", by);
    return arena_printf(a, "补交期限 %s 已经届满，申请人没有补齐：%s送负责人根"
                        "据已有材料决定，决定不予的说明理由并告知救济途径。",
                        by, t->again ? "" : "可以再给一次补交期限，或者");
}

static void show_row(struct view *v, struct value *list,
                     const struct gap_list *g)
{
    struct view row = view_row(v, list);
    char at[INST_TEXT];
    view_text(&row, "name", g->name);
    page_tag(&row, "state", str_of(word_of(g->state)));
    str text = STR("");
    if (str_is(g->state, "wrong"))
        text = arena_printf(v->arena, "%.*s退回：%.*s", STR_ARG(g->checker),
                            STR_ARG(g->reason));
    else if (str_is(g->state, "good"))
        text = arena_printf(v->arena, "%.*s核对", STR_ARG(g->checker));
    else if (str_is(g->state, "handed"))
        text = arena_printf(v->arena, "%.*s 交来",
                            STR_ARG(inst_minutes_text(g->handed, at)));
    view_text(&row, "text", text);
}

enum err gap_show_desk(struct view *v, struct tx *tx, const struct case_load *c)
{
    struct gap_term t;
    struct gap_list *rows;
    struct clock_found f;
    size_t n;
    enum err e = gap_term(tx, c->id, &t);
    if (e == ERR_NOTFOUND) {
        view_text(v, "gaps", str_none);
        return OK;
    }
    if (e == OK)
        e = gap_list(tx, c->id, &rows, &n);
    if (e == OK)
        e = clock_find(tx, STR(GAP_MATTER), c->number, STR(GAP_KIND), &f);
    if (e != OK)
        return e;
    const struct clock_rule *r = clock_rule(t.rule);
    struct view o = view_object(v, "gaps");
    if (c->gaps)
        clock_found_view(tx, &o, "theirs", &f);
    else
        view_text(&o, "theirs", str_none);
    view_day(&o, "due", c->gap_due);
    view_text(&o, "basis", arena_printf(
        v->arena, "%lld 个工作日，%.*s。%.*s。", (long long)t.days,
        STR_ARG(gap_basis(v->arena, r)), STR_ARG(silence_of(r))));
    view_text(&o, "pledge", t.pledge);
    view_text(&o, "offer", c->gaps ? offer_of(v->arena, tx, c, &t) : STR(""));
    struct value *list = view_list(&o, "list");
    for (size_t i = 0; i < n; i++)
        show_row(&o, list, &rows[i]);
    return OK;
}

/* ---- everybody ---- */

static bool awaited(const struct gap_thread *g)
{
    return g->open && (str_is(g->state, "open") || str_is(g->state, "wrong"));
}

/* The day by which it must be there, of one department; and why that day. */
static enum err explain(struct view *o, struct tx *tx, str number)
{
    struct clock_found f;
    enum err e = clock_find(tx, STR(GAP_MATTER), number, STR(GAP_KIND), &f);
    if (e != OK)
        return e;
    const struct clock_rule *r = clock_rule(f.rule);
    clock_found_view(tx, o, "clock", &f);
    view_text(o, "basis", arena_printf(
        o->arena, "%.*s，%.*s。%.*s。",
        STR_ARG(clock_units_text(o->arena, f.count.unit, f.count.n)),
        STR_ARG(gap_basis(o->arena, r)), STR_ARG(silence_of(r))));
    return clock_explain_in(o, "explain", tx->calendar, &f.count);
}

/* The department whose day comes first speaks for the whole. */
static str first_due(const struct gap_thread *g, size_t n, str number)
{
    size_t first = n;
    for (size_t i = 0; i < n; i++)
        if (str_eq(g[i].number, number))
            return number;
        else if (g[i].gaps > 0 && !day_is_none(g[i].gap_due) &&
                 (first == n || g[i].gap_due.n < g[first].gap_due.n))
            first = i;
    return first < n ? g[first].number : str_none;
}

enum err gap_show_open(struct view *v, struct tx *tx, int64_t thread,
                       str number, bool part)
{
    struct gap_thread *g;
    size_t n;
    bool wanted = false;
    enum err e = gap_thread(tx, thread, &g, &n);
    size_t mine = 0;
    for (size_t i = 0; e == OK && i < n; i++)
        if (g[i].gaps > 0 && (!part || str_eq(g[i].number, number)))
            g[mine++] = g[i];
    if (e != OK || mine == 0) {
        view_text(v, "gaps", str_none);
        return e;
    }
    struct view o = view_object(v, "gaps");
    struct value *list = view_list(&o, "list");
    for (size_t i = 0; i < mine; i++) {
        struct view row = view_row(&o, list);
        wanted |= awaited(&g[i]);
        view_text(&row, "name", g[i].name);
        view_text(&row, "unit_name", g[i].unit_short);
        view_text(&row, "number", g[i].number);
        page_tag(&row, "state", str_of(word_of(g[i].state)));
        view_day(&row, "due", g[i].gap_due);
    }
    view_text(&o, "href", wanted ? arena_printf(v->arena,
                                                "/cases/%.*s/handin",
                                                STR_ARG(number)) : STR(""));
    return explain(&o, tx, first_due(g, mine, part ? number : STR("-")));
}

/* ---- before a verb ---- */

enum err gap_choices(struct tx *tx, const struct case_load *c,
                     struct form_question *f)
{
    struct gap_list *rows;
    size_t n;
    enum err e = gap_list(tx, c->id, &rows, &n);
    if (e != OK)
        return e;
    f->choices = ARENA_NEW_N(tx->arena, struct form_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].state, "handed"))
            f->choices[f->choice_count++] =
                (struct form_choice){ rows[i].code, rows[i].name };
    if (f->choice_count > 1)
        f->choices[f->choice_count++] =
            (struct form_choice){ STR("all"), STR("交来的全部") };
    return OK;
}

static enum err show_admit(struct view *v, struct value *law, struct tx *tx,
                           const struct case_load *c, bool late, str *refused)
{
    struct gap_found g;
    enum err e = gap_find(tx, c, &g);
    if (e != OK)
        return e;
    (void)late;
    page_condition(v, law, STR("主要材料齐全、符合法定形式"),
                   "行政许可法 第三十二条", g.main.n == 0);
    page_condition(v, law, g.count ? arena_printf(
                       v->arena, "只缺本事项允许容缺后补的：%.*s",
                       STR_ARG(gap_names(v->arena, &g)))
                       : STR("缺少本事项允许容缺后补的材料"),
                   "事项办事指南", g.count > 0);
    if (refused->n == 0)
        *refused = gap_refuses_admit(v->arena, &g);
    return OK;
}

static enum err show_again(struct view *v, struct value *law, struct tx *tx,
                           const struct case_load *c, str *refused)
{
    str why;
    enum err e = gap_refuses_again(tx, c, &why);
    if (e != OK)
        return e;
    page_condition(v, law,
                   STR("还有容缺的材料没有补交，没有再给过期限，应办结日以前还"
                       "有时间"), "事项办事指南", why.n == 0);
    if (refused->n == 0)
        *refused = why;
    return OK;
}

/* Before the day passes, what is not there yet is no reason. */
static void show_deny(struct view *v, struct value *law,
                      const struct case_load *c)
{
    char by[DAY_TEXT];
    if (c->gaps == 0 || c->gap_due.n < 0)
        return;
    page_condition(v, law, arena_printf(
                       v->arena, "容缺的材料补交期限至 %.*s，届满以前不能以没有"
                       "补交为由不予", STR_ARG(day_text(c->gap_due, by))),
                   "事项办事指南", true);
}

enum err gap_show_law(struct view *v, struct tx *tx, enum verb verb,
                      const struct case_load *c, bool late, str *refused)
{
    struct value *law = (struct value *)value_get(v->object, STR("law"));
    struct gap_found g;
    enum err e = OK;
    str why = STR("");
    switch (verb) {
    case VERB_ADMIT:
        return show_admit(v, law, tx, c, late, refused);
    case VERB_AGAIN:
        return show_again(v, law, tx, c, refused);
    case VERB_DENY:
        show_deny(v, law, c);
        return OK;
    case VERB_ACCEPT:
        e = gap_find(tx, c, &g);
        if (e == OK)
            why = gap_refuses_accept(v->arena, &g, late);
        break;
    case VERB_GRANT:
        why = gap_waits(v->arena, c);
        break;
    case VERB_VERIFY:
        if (c->gap_handed == 0)
            why = STR("没有等待核对的容缺材料。");
        break;
    default:
        return OK;
    }
    if (e == OK && why.n)
        page_condition(v, law, why, "事项办事指南", false);
    if (refused->n == 0)
        *refused = why;
    return e;
}

/* Until when, on what terms: the day the case is due is known from limits. */
enum err gap_show_effect(struct view *v, struct tx *tx,
                         const struct case_load *c, day promised,
                         struct view *facts)
{
    struct gap_found g;
    char by[DAY_TEXT];
    enum err e = gap_find(tx, c, &g);
    if (e != OK || g.count == 0)
        return e;
    int days = gap_days(tx->calendar, tx_today(tx), g.item_days, promised);
    day due = calendar_add_working(tx->calendar, tx_today(tx),
                                   days ? days : 1);
    struct value *list = view_list(facts, "gap_papers");
    for (size_t i = 0; i < g.count; i++)
        value_push(list, value_text(v->arena, g.later[i].name));
    view_int(facts, "gap_days", days ? days : 1);
    view_text(facts, "gap_due", arena_str(v->arena, day_text(due, by)));
    view_text(facts, "gap_basis", gap_basis(v->arena, g.rule));
    view_text(facts, "gap_expiry", g.rule->on_expiry);
    view_text(facts, "pledge", STR("（按下面填写）"));
    struct value *effect = (struct value *)value_get(v->object,
                                                     STR("effect"));
    value_push(effect, value_text(v->arena, arena_printf(
        v->arena, "申请人自受理次日起 %d 个工作日内补交，至 %.*s（%.*s）；到期"
        "以前提醒申请人。", days ? days : 1, STR_ARG(day_text(due, by)),
        STR_ARG(gap_basis(v->arena, g.rule)))));
    value_push(effect, value_text(v->arena, arena_printf(
        v->arena, "%.*s。", STR_ARG(g.rule->on_expiry))));
    return OK;
}

/* ---- lists ---- */

str gap_flag(struct arena *a, int64_t gaps, int64_t handed, day due, day today)
{
    char by[DAY_TEXT];
    if (gaps == 0)
        return STR("");
    if (handed)
        return arena_printf(a, "容缺材料交来 %lld 份，待核对",
                            (long long)handed);
    day_text(due, by);
    return arena_printf(a, "容缺 %lld 份，%s %s", (long long)gaps, by + 5,
                        due.n < today.n ? "到期未补" : "前补交");
}
