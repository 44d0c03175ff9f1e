/*
 * Payment notices: issued by the life of the case, once, reckoned by the rule.
 *
 * Where the application does not say what the rule needs to know, the notice is
 * 待核定 and the organisation's officers say it; the case waits all the same,
 * so that nothing is decided before it is clear whether something is owed.
 */
#include "fees/book.h"

#include "kernel/audit/audit.h"
#include "kernel/job/job.h"
#include "kernel/notify/notify.h"

#define ASKED "行政许可法 第五十九条"

enum err fee_note(struct tx *tx, str notice, str text, str actor, str basis)
{
    return fee_event_add(tx, store_id(tx->store), notice, tx->now, text, actor,
                         basis);
}

static str actor_of(const struct tx *tx)
{
    return tx->who->account ? tx->who->name : STR("系统");
}

static enum err write_to(struct tx *tx, int64_t account,
                         const struct fee_one *n, str title, str body)
{
    struct notify_letter letter = {
        .account = account, .about = STR("fee"), .ref = n->case_no,
        .title = title, .body = body,
        .link = arena_printf(tx->arena, "/my/fees/%.*s", STR_ARG(n->number)),
    };
    return account ? notify_send(tx, &letter) : OK;
}

enum err fee_letter(struct tx *tx, const struct fee_one *n, str title,
                    str body)
{
    enum err e = write_to(tx, n->account, n, title, body);
    return e == OK && n->proxy != n->account
               ? write_to(tx, n->proxy, n, title, body) : e;
}

/* What everybody who follows the case may read. */
static enum err tell_case(struct tx *tx, const char *event, str case_no,
                          str text)
{
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "text", text);
    return flow_signal(tx, event, case_no, told.object);
}

enum err fee_serial(struct tx *tx, str of, int64_t *out)
{
    struct fee_serial_last last;
    enum err e = fee_serial_start(tx, of, NULL);
    if (e == OK)
        e = fee_serial_step(tx, of);
    if (e == OK)
        e = fee_serial_last(tx, of, &last);
    if (e == OK)
        *out = last.last;
    return e;
}

static enum err next_number(struct tx *tx, str *out)
{
    int y, m, d;
    int64_t serial;
    day_split(tx_today(tx), &y, &m, &d);
    enum err e = fee_serial(tx, arena_printf(tx->arena, "notice:%d", y),
                            &serial);
    if (e == OK)
        *out = fee_number(tx->arena, fee_set()->region, y, serial);
    return e;
}

/* ---- reckoned: owed, or free with its reason ---- */

static enum err set_owed(struct tx *tx, const struct fee_one *n,
                         const struct fee_reckoned *r, str facts, int days)
{
    struct arena *a = tx->arena;
    bool owed = r->total.n > 0;
    day due = owed ? fee_due(tx->calendar, tx_today(tx), days) : day_none;
    char text[DAY_TEXT];
    enum err e = fee_assessed(tx, n->id, n->revision, facts, r->price,
                              r->quantity, r->total, r->relief,
                              owed ? STR("waiting") : STR("exempt"),
                              tx_today(tx), due, owed ? inst_none : tx->now);
    str said = owed ? arena_printf(a, "开出缴款书，应缴 %.*s 元，%.*s 前缴纳",
                                   STR_ARG(fee_text(a, r->total)),
                                   STR_ARG(day_text(due, text)))
                    : arena_printf(a, "免缴：%.*s", STR_ARG(r->relief));
    if (e == OK)
        e = fee_follow(tx, n->id, n);
    if (e == OK)
        e = fee_note(tx, n->number, said, actor_of(tx), n->basis);
    if (e == OK)
        e = audit_note(tx, STR("fee.issue"), n->number, n->case_no);
    if (e == OK)
        e = fee_letter(tx, n, owed ? arena_printf(a, "请缴费：%.*s",
                                                  STR_ARG(n->name))
                                   : arena_printf(a, "免缴：%.*s",
                                                  STR_ARG(n->name)), said);
    if (e == OK && owed)
        e = call_queue(tx, fees_order_call.name, n->number);
    if (e != OK)
        return e;
    return owed ? tell_case(tx, "fee.issued", n->case_no,
                            arena_printf(a, "已开出缴款书（%.*s），等待缴费",
                                         STR_ARG(n->name)))
                : tell_case(tx, "fee.settled", n->case_no,
                            arena_printf(a, "%.*s：免缴",
                                         STR_ARG(n->name)));
}

/* ---- issuing ---- */

/* Of the answers, what the rule asks. */
static struct value *facts_in(struct arena *a, const struct fee_rule_one *rule,
                              str answers)
{
    struct value *given, *asks, *facts = value_new(a, VALUE_OBJECT);
    str problem;
    if (str_is_none(answers) ||
        value_read_json(a, answers, &given, &problem) != OK ||
        value_read_json(a, rule->asks, &asks, &problem) != OK)
        return facts;
    for (const struct value *q = asks->first; q; q = q->next) {
        str name = value_get_text(q, STR("name"));
        const struct value *v = value_get(given, name);
        if (v && v->kind == VALUE_TEXT)
            value_add(facts, name, value_text(a, v->text));
        else if (v && v->kind == VALUE_INT)
            value_add(facts, name,
                      value_text(a, arena_printf(a, "%lld", (long long)v->i)));
    }
    return facts;
}

/* Whoever is responsible for the case is told that something is theirs to
 * say; the case waits until they have. */
static enum err ask_officer(struct tx *tx, const struct fee_case *c,
                            const struct fee_one *n)
{
    struct notify_letter letter = {
        .account = c->officer == INT_NONE ? 0 : c->officer,
        .about = STR("fee"), .ref = n->case_no,
        .title = arena_printf(tx->arena, "请核定费用：%.*s", STR_ARG(n->name)),
        .body = STR("申请材料没有写明计费的情形，核定以前办件不能往下走。"),
        .link = arena_printf(tx->arena, "/fees/%.*s", STR_ARG(n->number)),
    };
    return letter.account ? notify_send(tx, &letter) : OK;
}

static enum err write_notice(struct tx *tx, const struct fee_case *c,
                             const struct fee_rule_one *rule, str facts,
                             struct fee_one *out)
{
    str number;
    int64_t id = store_id(tx->store);
    enum err e = next_number(tx, &number);
    if (e == OK)
        e = fee_add(tx, id, number, c->number, c->unit,
                    rule->item, c->title, rule->project, rule->name, rule->hold,
                    rule->account, c->applicant, c->proxy, c->applicant_name,
                    c->applicant_open, facts, rule->basis, rule->standard,
                    tx->now);
    if (e == OK)
        e = fee_follow(tx, id, NULL);
    return e == OK ? fee_one(tx, number, out) : e;
}

static bool in_force(const struct fee_case *c, const struct fee_rule_one *r)
{
    day on = str_is(r->hold, "accept") ? c->accepted : c->closed_day;
    return !day_is_none(on) && on.n >= r->since.n;
}

enum err fee_issue(struct tx *tx, str case_no, const char *hold)
{
    struct fee_known known;
    struct fee_case c;
    struct fee_rule_one rule;
    struct fee_reckoned r;
    struct fee_one n;
    enum err e = fee_known(tx, case_no, &known);
    if (e != OK || known.notices)
        return e; /* told twice is issued once */
    e = fee_case(tx, case_no, &c);
    if (e == OK && !str_is_none(c.item))
        e = fee_rule_one(tx, c.item, &rule);
    else if (e == OK)
        return OK; /* the thread of several departments: its parts are told */
    if (e == ERR_NOTFOUND || (e == OK && (!str_is(rule.hold, hold) ||
                                          !in_force(&c, &rule))))
        return OK;
    if (e != OK)
        return e;
    struct value *facts = facts_in(tx->arena, &rule, c.answers);
    str json = value_json(tx->arena, facts);
    e = write_notice(tx, &c, &rule, json, &n);
    if (e == OK)
        e = fee_reckon(tx->arena, &rule, facts, tx->now, &r);
    if (e == OK && r.known)
        return set_owed(tx, &n, &r, json, (int)rule.days);
    if (e != OK && e != ERR_RANGE)
        return e;
    e = fee_note(tx, n.number, STR("等待核定：申请材料没有写明计费的情形"),
                 STR("系统"), STR(ASKED));
    if (e == OK)
        e = audit_note(tx, STR("fee.wait"), n.number, n.case_no);
    if (e == OK)
        e = ask_officer(tx, &c, &n);
    return e == OK ? tell_case(tx, "fee.issued", n.case_no,
                               arena_printf(tx->arena, "%.*s等待核定",
                                            STR_ARG(n.name))) : e;
}

enum err fee_assess(struct tx *tx, const struct fee_one *n,
                    const struct value *facts, str *sentence)
{
    struct fee_rule_one rule;
    struct fee_reckoned r;
    enum err e = fee_rule_one(tx, n->item, &rule);
    if (e != OK)
        return e;
    if (!str_is(n->state, "assessing")) {
        *sentence = STR("这份缴款书已经核定，不能再改；确有错误的"
                        "请作废。");
        return ERR_CONFLICT;
    }
    e = fee_reckon(tx->arena, &rule, facts, tx->now, &r);
    if (e == ERR_RANGE || (e == OK && !r.known)) {
        *sentence = STR("填写的情形在收费标准里没有对应的一行，请核对。");
        return ERR_RANGE;
    }
    if (e == OK)
        e = set_owed(tx, n, &r, value_json(tx->arena, facts), (int)rule.days);
    if (e == ERR_CONFLICT)
        *sentence = STR("刚刚有人核定过，请刷新后查看。");
    return e;
}

/* ---- in the place of one that ran out, or not at all ---- */

enum err fee_reissue(struct tx *tx, const struct fee_one *n, str *number,
                     str *sentence)
{
    struct fee_rule_one rule;
    struct fee_case c;
    struct fee_one fresh;
    enum err e = OK;
    if (!str_is(n->state, "expired") || n->paid.n > 0) {
        *sentence = STR("只有逾期没有缴过款的缴款书可以重开。");
        return ERR_CONFLICT;
    }
    e = fee_rule_one(tx, n->item, &rule);
    if (e == OK)
        e = fee_case(tx, n->case_no, &c);
    if (e == OK)
        e = fee_set_state(tx, n->id, n->revision, STR("replaced"), tx->now);
    if (e == OK)
        e = fee_follow(tx, n->id, n);
    if (e == OK)
        e = write_notice(tx, &c, &rule, n->facts, &fresh);
    if (e == OK)
        e = fee_note(tx, n->number,
                     arena_printf(tx->arena, "重开为 %.*s",
                                  STR_ARG(fresh.number)),
                     actor_of(tx), STR(ASKED));
    struct fee_reckoned r = { .known = true, .price = n->price,
                              .quantity = n->quantity, .relief = n->relief,
                              .total = n->total };
    if (e == OK)
        e = set_owed(tx, &fresh, &r, n->facts, (int)rule.days);
    *number = fresh.number;
    if (e == ERR_CONFLICT)
        *sentence = STR("刚刚有变化，请刷新后查看。");
    return e;
}

enum err fee_cancel(struct tx *tx, const struct fee_one *n, str reason,
                    str *sentence)
{
    enum { SHORTEST = 4 };
    if (n->paid.n > 0 || fee_state_settled(n->state) ||
        str_is(n->state, "replaced")) {
        *sentence = STR("已经缴款或者已经了结的缴款书不能作废；多收的应当"
                        "退付。");
        return ERR_CONFLICT;
    }
    if (utf8_count(reason) < SHORTEST) {
        *sentence = STR("请写明不应当收取的理由，至少四个字。");
        return ERR_RANGE;
    }
    enum err e = fee_set_state(tx, n->id, n->revision, STR("cancelled"),
                               tx->now);
    if (e == ERR_CONFLICT)
        *sentence = STR("刚刚有变化，请刷新后查看。");
    if (e == OK)
        e = fee_follow(tx, n->id, n);
    if (e == OK)
        e = fee_note(tx, n->number,
                     arena_printf(tx->arena, "作废：%.*s", STR_ARG(reason)),
                     actor_of(tx), STR("行政许可法 第七十五条"));
    if (e == OK)
        e = audit_note(tx, STR("fee.cancel"), n->number, reason);
    if (e == OK)
        e = fee_letter(tx, n, arena_printf(tx->arena, "缴款书已作废：%.*s",
                                           STR_ARG(n->name)),
                       STR("这份缴款书不用缴纳，请不要再付款。"));
    return e == OK ? tell_case(tx, "fee.settled", n->case_no,
                               arena_printf(tx->arena, "%.*s不再收取",
                                            STR_ARG(n->name))) : e;
}

/* ---- what is heard ---- */

enum err fee_accepted(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    return fee_issue(tx, ref, "accept");
}

enum err fee_granted(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    return fee_issue(tx, ref, "decide");
}

/* Withdrawn or denied: what is unpaid is not asked for any more, what was paid
 * is put before the finance desk. */
enum err fee_case_over(struct tx *tx, str ref, const struct value *payload)
{
    struct fee_of_case of;
    struct fee_one n;
    struct fee_payments *p;
    size_t count;
    str sentence = STR("");
    (void)payload;
    enum err e = fee_of_case(tx, ref, &of);
    if (e == OK)
        e = fee_one(tx, of.number, &n);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    if (n.paid.n == 0)
        return fee_state_settled(n.state)
                   ? OK : fee_cancel(tx, &n, STR("申请已经终止"), &sentence);
    e = fee_payments(tx, n.number, &p, &count);
    for (size_t i = 0; e == OK && i < count; i++) {
        struct fee_refunds_of back;
        e = fee_refunds_of(tx, p[i].platform_no, &back);
        struct fee_wish w = { .notice = n.number,
                              .platform_no = p[i].platform_no,
                              .amount = fee_left(p[i].amount, back.amount),
                              .kind = "asked",
                              .reason = STR("申请撤回或者不予批准，没有制证") };
        if (e == OK && w.amount.n > 0)
            e = fee_ask_back(tx, &w);
    }
    return e;
}

enum err fee_job_overdue(struct tx *tx, bool *more)
{
    struct fee_overdue *o;
    size_t n;
    enum err e = fee_overdue(tx, tx_today(tx), &o, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct fee_one notice;
        e = fee_one(tx, o[i].number, &notice);
        if (e == OK)
            e = fee_set_state(tx, o[i].id, o[i].revision, STR("expired"),
                              inst_none);
        if (e == OK)
            e = fee_follow(tx, o[i].id, &notice);
        if (e == OK)
            e = fee_note(tx, o[i].number, STR("缴款期限届满没有缴清"),
                         STR("系统"), STR("民法典 第二百零三条"));
        if (e == OK)
            e = audit_note(tx, STR("fee.expire"), o[i].number, STR(""));
        if (e == OK)
            e = fee_letter(tx, &notice,
                           arena_printf(tx->arena, "缴费逾期：%.*s",
                                        STR_ARG(o[i].name)),
                           STR("缴款期限已过，办件还在等待。请向办理部门申请"
                               "重开缴款书；正在途中的缴款会照常计入。"));
        if (e == OK)
            e = tell_case(tx, "fee.issued", o[i].case_no,
                          arena_printf(tx->arena, "%.*s逾期没有缴纳",
                                       STR_ARG(o[i].name)));
    }
    *more = e == OK && n == 100;
    return e;
}
