/*
 * Notices at the desks: an organisation's own, the counter's, the finance
 * desk's and the supervisor's all.
 */
#include "fees/pages.h"

#include "fees/show.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { PAGE = 50 };

/* '' where all organisations' are seen. */
static str scope(const struct request *rq, const struct tx *tx)
{
    return rq_may(rq, "fees.all") ? STR("") : tx->who->unit;
}

static void show_states(struct request *rq, struct view *v)
{
    static const char *const codes[] = { "", "assessing", "waiting", "part",
                                         "paid", "exempt", "expired",
                                         "cancelled" };
    struct value *list = view_list(v, "states");
    str chosen = rq_text(rq, "state");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        str code = str_of(codes[i]);
        page_option(v, list, code, i ? fee_state_word(code) : STR("全部"),
                    chosen);
    }
}

/* The list as it is filtered now, from its beginning. */
static str same_list(struct request *rq, struct view *v)
{
    return arena_printf(v->arena, "/fees?state=%.*s&words=%.*s",
                        STR_ARG(rq_text(rq, "state")),
                        STR_ARG(page_query_text(v->arena,
                                                rq_text(rq, "words"))));
}

enum err fees_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_page *p;
    size_t n;
    rq_menu(rq, "desk.fees");
    view_text(v, "words", rq_text(rq, "words"));
    view_bool(v, "finance", rq_may(rq, "fees.finance"));
    view_bool(v, "watch", rq_may(rq, "fees.watch"));
    show_states(rq, v);
    enum err e = fee_page(tx, scope(rq, tx), rq_text(rq, "state"),
                          rq_text(rq, "words"),
                          rq_int(rq, "before", INT64_MAX), &p, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", p[i].number);
        view_text(&row, "case_no", p[i].case_no);
        view_text(&row, "name", p[i].name);
        view_text(&row, "payer", p[i].payer_open);
        view_text(&row, "unit_name", p[i].unit_name);
        view_fen(&row, "total", p[i].total);
        view_fen(&row, "paid", p[i].paid);
        view_day(&row, "due", p[i].due);
        fee_tag(&row, "state", p[i].state, p[i].paid, p[i].refunded);
    }
    if (e == OK)
        rq_pager_before(rq, same_list(rq, v), n, PAGE,
                        n > PAGE ? p[PAGE - 1].id : 0);
    return e;
}

/* ---- one notice ---- */

static enum err load(struct request *rq, struct tx *tx, struct fee_one *n)
{
    enum err e = fee_load(rq, tx, n);
    if (e == OK && !rq_may(rq, "fees.all") && !auth_in_scope(tx->who, n->unit))
        return rq_fail(rq, ERR_DENIED, "这份缴款书由别的机关开出。");
    return e;
}

static bool is_desk(const struct request *rq, const struct tx *tx,
                    const struct fee_one *n)
{
    return rq_may(rq, "fees.desk") && str_eq(tx->who->unit, n->unit);
}

/* A question of the rule, with what the application said. */
static void ask_one(struct request *rq, struct value *list,
                    const struct value *q, const struct value *facts)
{
    enum { MOST = 8 };
    struct arena *a = rq_view(rq)->arena;
    struct page_choice choices[MOST];
    const struct value *all = value_get(q, STR("choices"));
    size_t n = 0;
    str name = value_get_text(q, STR("name")), unit, problem;
    const struct value *c = all ? all->first : NULL;
    for (; c && c->count == 2 && n < MOST; c = c->next)
        choices[n++] = (struct page_choice){ .value = c->first->text,
                                             .label = c->last->text };
    unit = value_get_text(q, STR("unit"));
    str typed = value_get_text(rq_inputs(rq), name);
    struct page_field f = {
        .name = arena_cstr(a, name), .type = n ? "choice" : "decimal",
        .label = value_get_text(q, STR("label")),
        .suffix = str_is_none(unit) ? STR("") : unit,
        .value = str_is_none(typed) ? value_get_text(facts, name) : typed,
        .choices = choices, .choice_count = n,
    };
    if (str_is_none(f.value))
        f.value = STR("");
    if (rq_problem(rq, f.name, &problem))
        f.error = problem;
    page_field(rq_view(rq), list, &f);
}

static enum err show_questions(struct request *rq, struct tx *tx,
                               const struct fee_one *n, struct value *list)
{
    struct fee_rule_one rule;
    struct value *asks, *facts;
    str problem;
    enum err e = fee_rule_one(tx, n->item, &rule);
    if (e == OK)
        e = value_read_json(tx->arena, rule.asks, &asks, &problem);
    if (e == OK)
        e = value_read_json(tx->arena, n->facts, &facts, &problem);
    for (const struct value *q = e == OK ? asks->first : NULL; q; q = q->next)
        ask_one(rq, list, q, facts);
    return e;
}

static void show_acts(struct request *rq, struct tx *tx, struct view *v,
                      const struct fee_one *n)
{
    bool desk = is_desk(rq, tx, n);
    bool open = fee_state_open(n->state) || str_is(n->state, "assessing");
    bool finance = rq_may(rq, "fees.finance");
    view_bool(v, "assess", desk && str_is(n->state, "assessing"));
    view_bool(v, "cancel", desk && open && n->paid.n == 0);
    view_bool(v, "reissue", desk && str_is(n->state, "expired") &&
                                n->paid.n == 0);
    view_bool(v, "again", fee_may_ask(n));
    view_bool(v, "refund", finance && n->paid.n > n->refunded.n);
    view_bool(v, "nothing", !desk && !finance);
}

enum err fee_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_one n;
    enum err e = load(rq, tx, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.fees");
    view_text(v, "payer", n.payer_open);
    show_acts(rq, tx, v, &n);
    struct value *fields = view_list(v, "fields");
    if (is_desk(rq, tx, &n) && str_is(n.state, "assessing"))
        e = show_questions(rq, tx, &n, fields);
    struct value *why = view_list(v, "why");
    rq_ask(rq, why, (struct page_field){
        .name = "reason", .type = "lines", .label = STR("理由"),
        .hint = STR("写明依据，缴款人会看到。"),
    });
    struct value *back = view_list(v, "back");
    rq_ask(rq, back, (struct page_field){
        .name = "amount", .type = "money", .label = STR("退款金额"),
        .hint = STR("不填为全部退还。"), .optional = true,
    });
    rq_ask(rq, back, (struct page_field){
        .name = "reason", .type = "lines", .label = STR("退款理由"),
        .hint = STR("由另一位财务人员审核。"),
    });
    if (e == OK)
        e = fee_way(rq, tx, v, &n);
    return e == OK ? fee_body(tx, v, &n) : e;
}

/* The answers of the rule's own questions. */
static enum err facts_typed(struct request *rq, struct tx *tx,
                            const struct fee_one *n, struct value **out)
{
    struct fee_rule_one rule;
    struct value *asks;
    str problem;
    enum err e = fee_rule_one(tx, n->item, &rule);
    if (e == OK)
        e = value_read_json(tx->arena, rule.asks, &asks, &problem);
    if (e != OK)
        return e;
    *out = value_new(tx->arena, VALUE_OBJECT);
    for (const struct value *q = asks->first; q; q = q->next) {
        str name = value_get_text(q, STR("name"));
        str given = value_get_text(rq_inputs(rq), name);
        fen unused;
        if (str_is_none(given) || str_trim(given).n == 0)
            return rq_fail_field(rq, ERR_RANGE, arena_cstr(tx->arena, name),
                                 value_get(q, STR("unit"))
                                     ? STR("请填写，计费要用。")
                                     : STR("请选择，计费要用。"));
        given = str_trim(given);
        if (value_get(q, STR("unit")) &&
            fee_amount(given, STR("1"), &unused) != OK)
            return rq_fail_field(rq, ERR_RANGE, arena_cstr(tx->arena, name),
                                 STR("请填写数字，例如 12.5。"));
        value_add(*out, name, value_text(tx->arena, given));
    }
    return OK;
}

enum err fee_assess_post(struct request *rq, struct tx *tx)
{
    struct fee_one n;
    struct value *facts;
    str sentence = STR("");
    enum err e = load(rq, tx, &n);
    if (e == OK && !is_desk(rq, tx, &n))
        return rq_fail(rq, ERR_DENIED, "由开出缴款书的机关核定。");
    if (e == OK)
        e = facts_typed(rq, tx, &n, &facts);
    if (e == OK)
        e = fee_assess(tx, &n, facts, &sentence);
    if (e != OK)
        return sentence.n ? rq_fail_str(rq, e, sentence) : e;
    rq_flash(rq, "ok", STR("已核定，缴款书已经送达缴款人。"));
    return rq_see_other(rq, "/fees/%.*s", STR_ARG(n.number));
}

/* ---- cancel, reissue, give back ---- */

static enum err act_on(struct request *rq, struct tx *tx,
                       const struct fee_one *n, str verb, str *number)
{
    str sentence = STR("");
    enum err e;
    if (str_is(verb, "again"))
        return fee_ask_again(rq, tx, n);
    if (str_is(verb, "refund")) {
        if (!rq_may(rq, "fees.finance"))
            return rq_fail(rq, ERR_DENIED, "由财务人员办理退付。");
        return fee_wish_back(rq, tx, n);
    }
    if (!is_desk(rq, tx, n))
        return rq_fail(rq, ERR_DENIED, "由开出缴款书的机关办理。");
    if (str_is(verb, "cancel"))
        e = fee_cancel(tx, n, str_trim(rq_text(rq, "reason")), &sentence);
    else if (str_is(verb, "reissue"))
        e = fee_reissue(tx, n, number, &sentence);
    else
        return rq_fail(rq, ERR_NOTFOUND, "没有这种办理动作。");
    return e != OK && sentence.n ? rq_fail_str(rq, e, sentence) : e;
}

enum err fee_act_post(struct request *rq, struct tx *tx)
{
    struct fee_one n;
    enum err e = load(rq, tx, &n);
    str number = n.number;
    if (e == OK)
        e = act_on(rq, tx, &n, rq_path(rq, "verb"), &number);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已办理。"));
    return rq_see_other(rq, "/fees/%.*s", STR_ARG(number));
}
