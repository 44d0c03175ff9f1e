/* The catalogue as a list, and a new item. */
#include "catalogue/pages.h"

#include "catalogue/show.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { PAGE = 50 };

/* ---- the list ---- */

static enum err show_units(struct tx *tx, struct view *v, str chosen)
{
    struct unit_choices *u;
    size_t n;
    enum err e = unit_choices(tx, &u, &n);
    struct value *list = view_list(v, "units");
    page_option(v, list, STR("all"), STR("全部部门"), chosen.n ? chosen
                                                          : STR("all"));
    for (size_t i = 0; e == OK && i < n; i++)
        page_option(v, list, u[i].code, u[i].name, chosen);
    return e;
}

static const struct {
    const char *code, *label, *step, *state;
    bool wrong;
} views[] = {
    { "", "全部", "", "", false },
    { "draft", "草稿", "draft", "", false },
    { "sent", "待审核", "sent", "", false },
    { "approved", "待生效", "approved", "", false },
    { "wrong", "有必须改的", "", "", true },
    { "paused", "暂停办理", "", "paused", false },
    { "withdrawn", "已取消", "", "withdrawn", false },
};
enum { VIEWS = sizeof views / sizeof *views };

static int view_of(str code)
{
    for (int i = 0; i < VIEWS; i++)
        if (str_is(code, views[i].code))
            return i;
    return 0;
}

static void show_levels(struct view *v, str chosen)
{
    static const char *const levels[] = { "市级", "县级", "镇级", "村级" };
    struct value *list = view_list(v, "levels");
    page_option(v, list, STR(""), STR("全部层级"), chosen);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        page_option(v, list, str_of(levels[i]), str_of(levels[i]), chosen);
}

/* "" for all; the actor's own unless they look at all of them. */
static str unit_asked(struct request *rq, struct tx *tx)
{
    str unit = rq_text(rq, "unit");
    if (unit.n == 0)
        unit = auth_sees_all(tx->who->role) ? STR("all") : tx->who->unit;
    return str_is(unit, "all") ? STR("") : unit;
}

static enum err show_counts(struct tx *tx, struct view *v, str unit,
                            int64_t *items)
{
    struct item_count *c;
    size_t n;
    int64_t live = 0, drafts = 0, sent = 0, approved = 0, wrong = 0, halted = 0;
    enum err e = item_count(tx, unit, &c, &n);
    *items = 0;
    for (size_t i = 0; e == OK && i < n; i++) {
        str step = c[i].step, state = c[i].state;
        *items += c[i].items;
        wrong += c[i].wrong;
        live += str_is(state, "live") ? c[i].items : 0;
        halted += str_is(state, "paused") || str_is(state, "withdrawn")
                      ? c[i].items : 0;
        drafts += str_is(step, "draft") ? c[i].items : 0;
        sent += str_is(step, "sent") ? c[i].items : 0;
        approved += str_is(step, "approved") ? c[i].items : 0;
    }
    view_count(v, "items", *items);
    view_count(v, "live", live);
    view_count(v, "drafts", drafts);
    view_count(v, "sent", sent);
    view_count(v, "approved", approved);
    view_count(v, "wrong", wrong);
    view_count(v, "halted", halted);
    return e;
}

static void show_rows(struct view *v, const struct item_list *r, size_t n)
{
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", r[i].code);
        view_text(&row, "name", r[i].name);
        view_text(&row, "unit_name", r[i].unit_name);
        view_text(&row, "level", r[i].level);
        view_int(&row, "version", r[i].work ? r[i].work : r[i].live);
        view_int(&row, "must", r[i].must);
        view_int(&row, "should", r[i].should);
        view_bool(&row, "bad", r[i].must > 0);
        view_inst(&row, "changed", r[i].moved);
        show_step(&row, "state", r[i].state, r[i].step);
    }
}

enum err catalogue_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct item_list *r;
    struct show_may may;
    str unit = unit_asked(rq, tx), words = rq_text(rq, "words");
    str level = rq_text(rq, "level");
    int k = view_of(rq_text(rq, "view"));
    size_t n = 0;
    int64_t items;
    rq_menu(rq, "desk.catalogue");
    enum err e = show_counts(tx, v, unit, &items);
    if (e == OK)
        e = item_list(tx, unit, str_of(views[k].step), str_of(views[k].state),
                      level, views[k].wrong, words, rq_text(rq, "after"), &r,
                      &n);
    if (e == OK)
        e = show_may(rq, tx, tx->who->unit, &may);
    if (e == OK)
        e = show_units(tx, v, unit);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "views");
    for (int i = 0; i < VIEWS; i++)
        page_option(v, list, str_of(views[i].code), str_of(views[i].label),
               str_of(views[k].code));
    show_levels(v, level);
    view_text(v, "words", words);
    view_bool(v, "clerk", may.clerk);
    view_bool(v, "keeper", may.keeper);
    view_text(v, "unit", unit.n ? unit : STR("all"));
    show_rows(v, r, n);
    str same = arena_printf(v->arena, "/catalogue?unit=%.*s&view=%s&level=%.*s"
                            "&words=%.*s", STR_ARG(unit.n ? unit : STR("all")),
                            views[k].code,
                            STR_ARG(page_query_text(v->arena, level)),
                            STR_ARG(page_query_text(v->arena, words)));
    str begin = rq_has(rq, "after") ? same : STR("");
    str next = n > PAGE ? arena_printf(v->arena, "%.*s&after=%.*s",
                                       STR_ARG(same),
                                       STR_ARG(r[PAGE - 1].code))
                        : STR("");
    if (k || level.n || words.n)
        page_pager_part(v, "pager", begin, next, (int64_t)n, PAGE);
    else
        page_pager_next(v, "pager", begin, next, items, PAGE);
    return OK;
}

/* ---- a new item ---- */

enum err catalogue_new_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct show_may may;
    enum err e = show_may(rq, tx, tx->who->unit, &may);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    view_bool(v, "clerk", may.clerk);
    struct value *list = view_list(v, "fields");
    show_ask(rq, list, "code", "text", "事项编码",
             "字母、数字和连字符，3 到 40 位，例如 DEMO-22-101。给定以后不能"
             "改。", false, STR(""));
    show_ask(rq, list, "name", "text", "事项名称", "申请人看到的名称。", false,
             STR(""));
    return OK;
}

enum err catalogue_new_post(struct request *rq, struct tx *tx)
{
    struct show_may may;
    str code = rq_text(rq, "code"), problem;
    struct value *g = value_new(tx->arena, VALUE_OBJECT);
    enum err e = show_may(rq, tx, tx->who->unit, &may);
    if (e != OK)
        return e;
    if (!may.clerk)
        return rq_fail(rq, ERR_DENIED, "只有本部门的事项管理岗可以新建事项，岗"
                                       "位由系统管理员安排。");
    if (!keep_code_ok(code))
        return rq_fail_field(rq, ERR_INPUT, "code",
                             STR("事项编码应是字母、数字和连字符，3 到 40 "
                                 "位"));
    e = guide_set(tx->arena, g, guide_field_of(STR("name")),
                  rq_text(rq, "name"), &problem);
    if (e != OK)
        return rq_fail_field(rq, e, "name", problem);
    e = keep_new(tx, code, tx->who->unit, g, STR(""));
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, ERR_INPUT, "code",
                             STR("这个编码已经有事项在用，请换一个"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已新建，请逐项填写，没有必须改的以后送审。"));
    return rq_see_other(rq, "/catalogue/items/%.*s", STR_ARG(code));
}
