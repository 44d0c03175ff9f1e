/*
 * Posts (岗位): who holds which in which organisation, who stands in for whom
 * (代理), and to whom a task would go today.
 *
 * The rows and the rules about them are kernel/auth's (auth_duty); here they
 * are seen, given and ended, each with its reason in the audit.
 */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { LISTED = 200 };

static str day_words(struct arena *a, day d)
{
    char text[DAY_TEXT];
    return day_is_none(d) ? STR("") : arena_str(a, day_text(d, text));
}

/* ---- organisations ---- */

static enum err show_units(struct view *v, struct tx *tx, str chosen)
{
    struct design_units *u;
    size_t n;
    enum err e = design_units(tx, &u, &n);
    struct value *choices = view_list(v, "units");
    for (size_t i = 0; e == OK && i < n; i++)
        page_option(v, choices, u[i].code, u[i].name, chosen);
    return e;
}

/* Where nothing is chosen: how many posts and people each has today. */
static enum err show_summary(struct view *v, struct tx *tx, bool filtered)
{
    struct design_duty_units *u;
    size_t n = 0;
    struct value *rows = view_list(v, "summary");
    enum err e = filtered ? OK : design_duty_units(tx, tx_today(tx), &u, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, rows);
        view_text(&row, "code", u[i].code);
        view_text(&row, "name", u[i].name);
        view_int(&row, "posts", u[i].duties);
        view_int(&row, "held", u[i].held);
    }
    return e;
}

/* ---- holdings ---- */

static str standing(const struct design_holdings *h, day today)
{
    if (!day_is_none(h->to_day) && h->to_day.n < h->from_day.n)
        return STR("没有开始过");
    if (h->from_day.n > today.n)
        return STR("还没开始");
    return !day_is_none(h->to_day) && h->to_day.n < today.n ? STR("已结束")
                                                            : STR("在岗");
}

static void show_holding(struct view *v, struct value *rows, day today,
                         const struct design_holdings *h)
{
    struct view row = view_row(v, rows);
    str now = standing(h, today);
    bool over = !str_is(now, "在岗") && !str_is(now, "还没开始");
    view_text(&row, "id", arena_printf(v->arena, "%lld", (long long)h->id));
    view_text(&row, "unit", h->unit);
    view_text(&row, "unit_name", h->unit_name);
    view_text(&row, "duty", h->duty);
    view_text(&row, "name", h->name);
    view_text(&row, "stands_for", str_is_none(h->stands_for_name)
                                      ? STR("") : h->stands_for_name);
    view_text(&row, "since", day_words(v->arena, h->from_day));
    view_text(&row, "until", day_words(v->arena, h->to_day));
    view_text(&row, "now", now);
    view_text(&row, "href",
              over ? STR("") : arena_printf(v->arena, "/design/posts/%lld/end",
                                            (long long)h->id));
}

/* To whom a task of that post in that organisation goes today. */
static enum err show_takers(struct view *v, struct tx *tx, str unit, str duty)
{
    struct auth_holder *h;
    size_t n = 0;
    enum err e = OK;
    view_bool(v, "asked", unit.n && duty.n);
    struct value *list = view_list(v, "takers");
    if (unit.n && duty.n)
        e = auth_holders(tx, unit, duty, &h, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "name", h[i].name);
        view_bool(&row, "instead", h[i].stands_for != 0);
    }
    return e;
}

/* ---- giving ---- */

static enum err staff_of(struct tx *tx, str unit, struct page_choice **out,
                         size_t *n)
{
    struct design_staff *s;
    enum err e = design_staff(tx, unit, &s, n);
    *out = ARENA_NEW_N(tx->arena, struct page_choice, e == OK ? *n + 1 : 1);
    for (size_t i = 0; e == OK && i < *n; i++)
        (*out)[i] = (struct page_choice){
            .value = arena_printf(tx->arena, "%lld", (long long)s[i].account),
            .label = s[i].name };
    return e;
}

static enum err show_form(struct request *rq, struct tx *tx, str unit)
{
    struct value *list = view_list(rq_view(rq), "fields");
    struct page_choice *staff;
    size_t n;
    enum err e = unit.n ? staff_of(tx, unit, &staff, &n) : OK;
    if (e != OK || unit.n == 0)
        return e;
    rq_ask(rq, list, (struct page_field){
        .name = "duty", .type = "text", .label = STR("岗位"),
        .hint = STR("和流程里写的一样，例如 承办岗。") });
    rq_ask(rq, list, (struct page_field){
        .name = "account", .type = "select", .label = STR("谁"),
        .choices = staff, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "stands_for", .type = "select", .label = STR("代理谁"),
        .hint = STR("代理别人才选；代理要写最后一天。"), .optional = true,
        .choices = staff, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "from", .type = "day", .label = STR("第一天") });
    rq_ask(rq, list, (struct page_field){
        .name = "to", .type = "day", .label = STR("最后一天"),
        .hint = STR("不填就一直在岗。"), .optional = true });
    rq_ask(rq, list, (struct page_field){
        .name = "reason", .type = "lines", .label = STR("原因"),
        .hint = STR("写入审计记录。") });
    return OK;
}

enum err posts_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_holdings *h;
    size_t n = 0;
    str unit = rq_text(rq, "unit"), duty = rq_text(rq, "duty");
    bool filtered = unit.n || duty.n;
    rq_menu(rq, "desk.posts");
    view_text(v, "unit", unit);
    view_text(v, "duty", duty);
    view_bool(v, "filtered", filtered);
    enum err e = show_units(v, tx, unit);
    if (e == OK)
        e = show_summary(v, tx, filtered);
    if (e == OK && filtered)
        e = design_holdings(tx, unit, duty, &h, &n);
    struct value *rows = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < LISTED; i++)
        show_holding(v, rows, tx_today(tx), &h[i]);
    view_bool(v, "more", n > LISTED);
    if (e == OK)
        e = show_takers(v, tx, unit, duty);
    return e == OK ? show_form(rq, tx, unit) : e;
}

static enum err refused(struct request *rq, enum err e)
{
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_INPUT, "account",
                             STR("请选择这个机构现在在职的人"));
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, e, "account",
                             STR("这个人在这些日子里已经有这个岗位"));
    if (e == ERR_RANGE)
        return rq_fail_field(
            rq, e, "to", STR("日子不对：最后一天不能早于第一天；代理要写最后一"
                             "天，被代理的人第一天要在这个岗位上；自己不能代理"
                             "自己"));
    return e;
}

static str said(struct request *rq, struct arena *a, str name)
{
    str from = day_words(a, rq_day(rq, "from")), to = day_words(
        a, rq_day(rq, "to"));
    return arena_printf(a, "%.*s，%.*s 起%.*s%.*s；%.*s", STR_ARG(name),
                        STR_ARG(from), STR_ARG(to.n ? STR("到 ") : STR("")),
                        STR_ARG(to), STR_ARG(rq_text(rq, "reason")));
}

enum err posts_post(struct request *rq, struct tx *tx)
{
    struct design_staff_one who;
    int64_t account, other = 0, id;
    str unit = rq_text(rq, "unit"), duty = rq_text(rq, "duty");
    str instead = rq_text(rq, "stands_for");
    if (!str_int(rq_text(rq, "account"), &account) ||
        (instead.n && !str_int(instead, &other)))
        return refused(rq, ERR_NOTFOUND);
    enum err e = design_staff_one(tx, unit, account, &who);
    if (e == OK) {
        struct auth_duty d = { .unit = unit, .duty = duty, .account = account,
                               .stands_for = other, .from = rq_day(rq, "from"),
                               .to = rq_day(rq, "to") };
        e = auth_add_duty(tx, &d, &id);
    }
    if (e != OK)
        return refused(rq, e);
    e = audit_note(tx, STR("duty.add"),
                   arena_printf(tx->arena, "%.*s %.*s", STR_ARG(unit),
                                STR_ARG(duty)),
                   said(rq, tx->arena, who.name));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "%.*s已经安排在%.*s。",
                                    STR_ARG(who.name), STR_ARG(duty)));
    return rq_see_other(rq, "/design/posts?unit=%.*s", STR_ARG(unit));
}

/* ---- ending ---- */

static enum err load(struct request *rq, struct tx *tx,
                     struct design_holding *h)
{
    int64_t id;
    enum err e = ERR_NOTFOUND;
    if (str_int(rq_path(rq, "id"), &id))
        e = design_holding(tx, id, h);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有这一条岗位安排，请从岗位页面打开。") : e;
}

enum err post_end(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct design_holding h;
    enum err e = load(rq, tx, &h);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.posts");
    view_text(v, "id", rq_path(rq, "id"));
    view_text(v, "unit", h.unit);
    view_text(v, "unit_name", h.unit_name);
    view_text(v, "duty", h.duty);
    view_text(v, "name", h.name);
    view_text(v, "stands_for", str_is_none(h.stands_for_name)
                                   ? STR("") : h.stands_for_name);
    view_text(v, "since", day_words(v->arena, h.from_day));
    view_text(v, "until", day_words(v->arena, h.to_day));
    struct value *list = view_list(v, "fields");
    rq_ask(rq, list, (struct page_field){
        .name = "last", .type = "day", .label = STR("最后一天"),
        .hint = STR("填开始的前一天，就当没有安排过。") });
    rq_ask(rq, list, (struct page_field){
        .name = "reason", .type = "lines", .label = STR("原因"),
        .hint = STR("写入审计记录。") });
    return OK;
}

enum err post_end_post(struct request *rq, struct tx *tx)
{
    struct design_holding h;
    enum err e = load(rq, tx, &h);
    if (e != OK)
        return e;
    day last = rq_day(rq, "last");
    e = auth_end_duty(tx, h.id, last);
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, e, "last", STR("那一天以前已经结束，不用再"
                                                "改"));
    if (e == ERR_RANGE)
        return rq_fail_field(rq, e, "last", STR("最早只能填开始的前一天"));
    if (e == OK)
        e = audit_note(tx, STR("duty.end"),
                       arena_printf(tx->arena, "%.*s %.*s", STR_ARG(h.unit),
                                    STR_ARG(h.duty)),
                       arena_printf(tx->arena, "%.*s 到 %.*s；%.*s",
                                    STR_ARG(h.name),
                                    STR_ARG(day_words(tx->arena, last)),
                                    STR_ARG(rq_text(rq, "reason"))));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "%.*s的%.*s到 %.*s 为止。",
                                    STR_ARG(h.name), STR_ARG(h.duty),
                                    STR_ARG(day_words(tx->arena, last))));
    return rq_see_other(rq, "/design/posts?unit=%.*s", STR_ARG(h.unit));
}

/* ---- what a process names ---- */

/* The posts of a task as its file names them; "" when only a case knows. */
static str posts_of(const struct bpmn_node *n)
{
    if (n->kind != BPMN_USER)
        return STR("");
    return n->post.n ? n->post : n->groups_x ? STR("") : n->groups;
}

/* The applicant does his part himself; nobody is put in that post. */
static bool is_post(str name)
{
    return !str_is(name, "申请人");
}

static const struct design_duties_named *
duty_of(const struct design_duties_named *d, size_t n, str duty)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(d[i].duty, duty))
            return &d[i];
    return NULL;
}

enum { NAMES = 2000, POSTS = 20000 }; /* looked up, of a file */

static void add_names(struct value *names, struct arena *a, str list,
                      size_t most)
{
    for (str name; names->count < most && (name = bpmn_name_next(&list)).n;)
        value_push(names, value_text(a, arena_str(a, name)));
}

/* Those of its posts that anybody ever held, with how many do today. */
static enum err duties_of(struct tx *tx, const struct bpmn *g,
                          struct design_duties_named **out, size_t *n)
{
    struct value *names = value_new(tx->arena, VALUE_LIST);
    for (int i = 0; i < g->node_count; i++)
        add_names(names, tx->arena, posts_of(&g->nodes[i]), POSTS);
    *out = NULL;
    *n = 0;
    return names->count ? design_duties_named(tx, value_json(tx->arena, names),
                                              tx_today(tx), out, n)
                        : OK;
}

static void about_task(struct tx *tx, struct design_report *r,
                       const struct bpmn_node *x, str text)
{
    design_complain(r, tx->arena, (struct design_complaint){
        .element = x->id, .drawn = true, .text = text,
        .where = arena_printf(tx->arena, "用户任务“%.*s”",
                              STR_ARG(x->name.n ? x->name : x->id)) });
}

static void check_post(struct tx *tx, struct design_report *r,
                       const struct bpmn_node *x,
                       const struct design_duties_named *d, str name)
{
    if (d == NULL)
        about_task(tx, r, x, arena_printf(
            tx->arena, "没有叫“%.*s”的岗位，没有人因此看到这项任务，请改正名称"
            "或者先在“岗位”里安排。", STR_ARG(name)));
    else if (d->holders == 0)
        about_task(tx, r, x, arena_printf(
            tx->arena, "岗位“%.*s”今天没有一个机构有人在岗，走到这里没有人办，"
            "请先在“岗位”里安排。", STR_ARG(name)));
}

/* ---- people named by a file ---- */

static bool is_known(const struct design_logins *l, size_t n, str name)
{
    int64_t account;
    bool number = str_int(name, &account);
    for (size_t i = 0; i < n; i++)
        if (str_eq(l[i].login, name) || (number && l[i].account == account))
            return true;
    return false;
}

static void check_names(struct tx *tx, struct design_report *r,
                        const struct bpmn_node *x,
                        const struct design_logins *l, size_t n, str list,
                        int *left)
{
    for (str name; *left > 0 && (name = bpmn_name_next(&list)).n; --*left)
        if (!is_known(l, n, name))
            about_task(tx, r, x, arena_printf(
                tx->arena, "没有“%.*s”这个工作人员，不会有人因此看到这项任务；"
                "候选人和承办人写登录名或者账号编号，请改正。",
                STR_ARG(name)));
}

static str people_of(const struct bpmn_node *n, bool assignee)
{
    if (n->kind != BPMN_USER || (assignee ? n->assignee_x : n->users_x))
        return STR("");
    return assignee ? n->assignee : n->users;
}

static enum err check_people(struct tx *tx, struct design_report *r)
{
    const struct bpmn *g = r->graph;
    struct value *names = value_new(tx->arena, VALUE_LIST);
    struct design_logins *l = NULL;
    size_t n = 0;
    int left = NAMES;
    for (int i = 0; i < g->node_count; i++) {
        add_names(names, tx->arena, people_of(&g->nodes[i], true), NAMES);
        add_names(names, tx->arena, people_of(&g->nodes[i], false), NAMES);
    }
    if (names->count == 0)
        return OK;
    enum err e = design_logins(tx, value_json(tx->arena, names), &l, &n);
    for (int i = 0; i < g->node_count && e == OK; i++) {
        const struct bpmn_node *x = &g->nodes[i];
        check_names(tx, r, x, l, n, people_of(x, true), &left);
        check_names(tx, r, x, l, n, people_of(x, false), &left);
    }
    return e;
}

enum err design_check_posts(struct tx *tx, struct design_report *r)
{
    struct design_duties_named *d;
    size_t n;
    const struct bpmn *g = r->graph;
    int left = POSTS;
    if (g == NULL)
        return OK;
    enum err e = duties_of(tx, g, &d, &n);
    for (int i = 0; e == OK && i < g->node_count; i++) {
        const struct bpmn_node *x = &g->nodes[i];
        str list = posts_of(x);
        for (str name; left-- > 0 && (name = bpmn_name_next(&list)).n;)
            if (is_post(name))
                check_post(tx, r, x, duty_of(d, n, name), name);
    }
    return e == OK ? check_people(tx, r) : e;
}

static bool listed(const struct value *list, str name)
{
    for (const struct value *row = list->first; row; row = row->next)
        if (str_eq(value_get_text(row, STR("name")), name))
            return true;
    return false;
}

enum err design_show_posts(struct view *v, struct tx *tx, const struct bpmn *g)
{
    struct design_duties_named *d;
    size_t n;
    struct value *list = view_list(v, "posts");
    enum err e = duties_of(tx, g, &d, &n);
    for (int i = 0; e == OK && i < g->node_count; i++) {
        str posts = posts_of(&g->nodes[i]);
        for (str name; list->count < 50 && (name = bpmn_name_next(&posts)).n;) {
            const struct design_duties_named *held = duty_of(d, n, name);
            if (!is_post(name) || listed(list, name))
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "name", design_copy(v->arena, name));
            view_int(&row, "holders", held ? held->holders : 0);
        }
    }
    return e;
}
