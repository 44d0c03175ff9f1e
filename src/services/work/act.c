/*
 * Acting on a case: the one way a verb is carried out.
 *
 * Load, ask who, ask the state, do it, tell it (event, notice, audit, signal),
 * and let the joint case follow its parts (joint.c).  What each verb does
 * itself is in act_verbs.c; what the law wants of it is in rules.c.
 */
#include "services/work/gap.h"
#include "services/work/joint.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "kernel/store/topics.h"
#include "services/apply/authority.h"
#include "services/apply/partners.h"

enum err act_fail(struct acting *x, enum err e, str sentence)
{
    x->act->sentence = sentence;
    return e;
}

static enum err quicker(struct acting *x)
{
    return act_fail(x, ERR_CONFLICT,
                    STR("这件刚刚由其他人员办理过，请刷新后查看。"));
}

/* A change that somebody else's change forestalled says so. */
enum err act_changed(struct acting *x, enum err e)
{
    return e == ERR_CONFLICT ? quicker(x) : e;
}

static bool is_own(const struct acting *x)
{
    int64_t me = x->tx->who->account;
    return me != 0 && (x->c.applicant == me || x->c.proxy == me);
}

/* 本级人民政府负责人: of the whole city, not of one organisation. */
static enum err government_may(struct acting *x)
{
    if (!str_is(x->tx->who->role, "mayor"))
        return act_fail(x, ERR_DENIED,
                        STR("整件延期由本级人民政府负责人批准。"));
    return is_own(x) ? act_fail(x, ERR_DENIED,
                                STR("这件是您本人申请的，应当回避。")) : OK;
}

/* A paper may be handed to whoever sits at the counter (第三十二条); that they
 * do sit there the page has asked. */
static bool over_the_counter(const struct acting *x)
{
    return x->act->verb == VERB_HANDIN &&
           str_is(x->tx->who->role, "window");
}

static enum err may_act(struct acting *x)
{
    const struct who *who = x->tx->who;
    if (x->rule.by == BY_RULE)
        return act_fail(x, ERR_DENIED, STR("这一步由系统按规则办理。"));
    if (over_the_counter(x))
        return OK;
    if (x->rule.by == BY_APPLICANT) {
        return is_own(x) ? OK
                         : act_fail(x, ERR_DENIED,
                                    STR("只有申请人本人或者代办人可以办理"
                                        "这一步。"));
    }
    if (x->rule.by == BY_GOVERNMENT)
        return government_may(x);
    bool leader = str_is(who->role, "leader");
    if (!leader && !str_is(who->role, "officer"))
        return act_fail(x, ERR_DENIED,
                        STR("只有承办人和负责人可以办理这一步。"));
    if (!auth_in_scope(who, x->c.unit))
        return act_fail(
            x, ERR_DENIED,
            arena_printf(x->tx->arena, "这件由%.*s办理，您没有权限。如需协办请"
                         "联系承办人%.*s。", STR_ARG(x->desk.unit_name),
                         STR_ARG(x->c.officer_name)));
    if (is_own(x))
        return act_fail(x, ERR_DENIED,
                        STR("这件是您本人申请或者代办的，应当回避，请转给其他"
                            "人员办理。"));
    if (x->rule.by == BY_LEADER && !leader)
        return act_fail(x, ERR_DENIED,
                        STR("这一步由本机关负责人作出，请先送负责人决定。"));
    return OK;
}

static enum err state_allows(struct acting *x)
{
    if (x->act->verb == VERB_WITHDRAW && str_is(x->c.kind, "part") &&
        x->c.reopens == INT_NONE)
        return act_fail(x, ERR_RANGE, STR("请在整件的页面撤回申请。"));
    bool joint = str_is(x->c.kind, "joint");
    if (x->rule.by == BY_GOVERNMENT && !joint)
        return act_fail(x, ERR_RANGE,
                        STR("只有多个部门共同办理的整件由本级人民政府负责人批准"
                            "延期；一个部门的由该部门负责人批准。"));
    if (joint && (x->rule.by == BY_DESK || x->rule.by == BY_LEADER) &&
        x->act->verb != VERB_OPINION)
        return act_fail(x, ERR_RANGE,
                        STR("这是并联办件的总件，请在各部门的分件上办理。"));
    if (verb_allowed(x->act->verb, x->state))
        return OK;
    str name = case_state_name(x->state, false);
    return act_fail(x, ERR_CONFLICT,
                    arena_printf(x->tx->arena,
                                 "这件现在是“%.*s”，不能“%s”。请刷新"
                                 "后查看。",
                                 STR_ARG(name), x->rule.name));
}

static enum err load(struct acting *x)
{
    enum err e = case_load(x->tx, x->act->number, &x->c);
    if (e == ERR_NOTFOUND)
        return act_fail(x, e, STR("没有这个办件编号，请核对。"));
    if (e != OK)
        return e;
    x->state = case_state_of(x->c.state);
    struct unit_brief u;
    e = unit_brief(x->tx, x->c.unit, &u);
    if (e != OK)
        return e;
    x->desk = (struct desk){
        .unit = u.code, .unit_name = u.name, .short_name = u.short_name,
        .prefix = str_is_none(u.doc_prefix) ? u.short_name : u.doc_prefix,
        .phone = u.phone,
    };
    e = show_basis(x->tx, x->c.item, x->c.item_version, &x->cites);
    if (e == OK)
        e = step_open(x->tx, x->c.number, &x->step);
    x->rule = verb_rule_for(x->tx->arena, x->act->verb, x->cites.licence,
                            x->cites.basis);
    return e;
}

/* A fee of the item that is taken before the decision: it waits in the open,
 * from acceptance on, whether the notice is written already or not. */
enum err case_fee_waits(struct tx *tx, const struct case_load *c, str *why)
{
    struct case_fee_hold f;
    *why = STR("");
    if (str_is_none(c->item) || day_is_none(c->accepted))
        return OK;
    enum err e = case_fee_hold(tx, c->item, c->number, c->accepted, &f);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK && !f.settled)
        *why = arena_printf(tx->arena, "%.*s%s，缴清或者免缴以后才能准予。",
                            STR_ARG(f.name),
                            f.notices == 0                 ? "正在开出缴款书"
                            : str_is(f.state, "assessing") ? "等待核定"
                                                           : "还没有缴清");
    return e;
}

static enum err fee_allows(struct acting *x)
{
    str why = STR("");
    enum err e = x->act->verb == VERB_GRANT
                     ? case_fee_waits(x->tx, &x->c, &why) : OK;
    if (x->act->verb == VERB_GRANT && why.n == 0)
        why = gap_waits(x->tx->arena, &x->c);
    return e == OK && why.n ? act_fail(x, ERR_CONFLICT, why) : e;
}

/* A paper authority nobody has looked at, or that was not recognised. */
static enum err authority_allows(struct acting *x)
{
    str thread, why = STR("");
    enum err e = partners_thread(x->tx, x->c.parent, x->c.number, &thread);
    if (e == OK)
        e = authority_waits(x->tx, thread, x->act->verb,
                            x->rule.by == BY_APPLICANT &&
                                x->c.proxy == x->tx->who->account &&
                                x->c.applicant != x->c.proxy, &why);
    return e == OK && why.n ? act_fail(x, ERR_RANGE, why) : e;
}

/* ---- what follows every verb ---- */

/* text with every `name` in it replaced. */
static str replaced(struct arena *a, str text, str name, str open)
{
    ptrdiff_t at;
    struct buf out = { 0 };
    if (str_is_none(name) || name.n == 0 || str_find(text, name) < 0)
        return text;
    while ((at = str_find(text, name)) >= 0) {
        buf_put(&out, str_slice(text, 0, (size_t)at));
        buf_put(&out, open);
        text = str_slice(text, (size_t)at + name.n, text.n);
    }
    buf_put(&out, text);
    str all = arena_str(a, buf_str(&out));
    buf_free(&out);
    return all;
}

str act_masked(const struct acting *x, str typed)
{
    struct arena *a = x->tx->arena;
    const struct case_load *c = &x->c;
    bool company = str_starts(c->applicant_open, c->applicant_name);
    str text = typed;
    if (!company) {
        text = replaced(a, text, c->applicant_name,
                        auth_mask_name(a, c->applicant_name));
        text = replaced(a, text, c->applicant_code,
                        auth_mask_id(a, c->applicant_code));
    }
    return replaced(a, text, c->mobile, auth_mask_mobile(a, c->mobile));
}

static str actor_name(const struct acting *x)
{
    if (x->rule.by == BY_RULE)
        return STR("系统");
    if (over_the_counter(x))
        return x->tx->who->name;
    if (x->rule.by == BY_APPLICANT)
        return x->c.proxy == x->tx->who->account && x->c.proxy
                   ? case_proxy_open(x->tx->arena, x->c.channel,
                                     x->c.proxy_name)
                   : STR("申请人");
    return x->tx->who->name;
}

/* To others an acceptance is one whatever is still to come, and what lapsed was
 * taken back: the payload's verb says which. */
static const char *signal_of(const struct acting *x, str action)
{
    return x->act->verb == VERB_ADMIT   ? "case.accept"
           : x->act->verb == VERB_LAPSE ? "case.withdraw"
                                        : arena_cstr(x->tx->arena, action);
}

static enum err tell(struct acting *x)
{
    struct tx *tx = x->tx;
    str basis = x->again           ? x->again->law
                : x->rule.law[0] ? str_of(x->rule.law) : str_none;
    bool open = !(x->act->verb == VERB_OPINION && x->act->inner);
    str masked = act_masked(x, x->act->done);
    enum err e = case_event(tx, x->c.id, x->rule.code,
                            open ? masked : x->act->done,
                            actor_name(x), x->rule.by == BY_APPLICANT
                                ? STR("") : x->c.unit,
                            basis, open);
    if (e != OK)
        return e;
    str action = arena_printf(tx->arena, "case.%s", x->rule.code);
    e = audit_note(tx, action, x->c.number, masked);
    if (e != OK)
        return e;
    store_touch(tx, TOPIC_BOARD);
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "verb", str_of(x->rule.code));
    view_text(&told, "text", open ? masked : STR(""));
    return flow_signal(tx, signal_of(x, action), x->c.number, told.object);
}

enum err act_notice(struct acting *x, const char *kind, struct value *facts)
{
    struct tx *tx = x->tx;
    int64_t serial;
    int y, m, d;
    day_split(tx_today(tx), &y, &m, &d);
    str series = arena_printf(tx->arena, "%.*s:%s", STR_ARG(x->desk.prefix),
                              kind);
    enum err e = series_next(tx, series, y, &serial);
    if (e != OK)
        return e;
    static const struct { const char *kind, *word; } words[] = {
        { "acceptance", "受" }, { "refusal", "不受" }, { "supplement", "补" },
        { "special", "特" },    { "extension", "延" }, { "grant", "准" },
        { "denial", "不准" },   { "reopening", "重" },
        { "gaps", "容" },       { "lapse", "视撤" },
    };
    const char *word = "文";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(str_of(kind), words[i].kind))
            word = words[i].word;
    str number = arena_printf(tx->arena, "云%.*s%s〔%d〕%lld号",
                              STR_ARG(x->desk.prefix), word, y,
                              (long long)serial);
    str text = value_json(tx->arena, facts);
    x->notice = number;
    return notice_add(tx, store_id(tx->store), x->c.id, str_of(kind), number,
                      tx->now, text);
}

/* ---- the way in ---- */

enum err act_run(struct acting *x)
{
    enum err e = act_verb(x);
    if (e == OK)
        e = act_step_follows(x);
    if (e == OK)
        e = tell(x);
    if (e == OK)
        e = joint_follows(x);
    return e;
}

enum err case_act(struct tx *tx, struct act *act)
{
    struct acting x = { .tx = tx, .act = act, .accepted = day_none };
    enum err e = load(&x);
    if (e == OK)
        e = may_act(&x);
    if (e == OK)
        e = state_allows(&x);
    if (e == OK)
        e = act_step_allows(&x);
    if (e == OK)
        e = fee_allows(&x);
    if (e == OK)
        e = authority_allows(&x);
    if (e == OK)
        e = act_run(&x);
    step_close(&x.step);
    return e;
}

enum err act_again(struct tx *tx, str number, const struct again *again)
{
    struct act act = { .verb = VERB_ACCEPT, .number = number };
    struct acting x = { .tx = tx, .act = &act, .accepted = day_none,
                        .again = again };
    enum err e = load(&x);
    if (e == OK)
        e = act_run(&x);
    step_close(&x.step);
    return e;
}

enum err case_deem(struct tx *tx, str number)
{
    struct act act = { .verb = VERB_ACCEPT, .number = number };
    struct acting x = { .tx = tx, .act = &act, .accepted = day_none };
    enum err e = load(&x);
    if (e != OK || x.state != CASE_RECEIVED || day_is_none(x.c.accept_by) ||
        x.c.accept_by.n >= tx_today(tx).n)
        ; /* not yet, or not any more */
    else
        e = act_run(&x);
    step_close(&x.step);
    return e;
}

enum err case_lapse(struct tx *tx, str number)
{
    struct act act = { .verb = VERB_LAPSE, .number = number };
    struct acting x = { .tx = tx, .act = &act, .accepted = day_none };
    bool due = false;
    enum err e = load(&x);
    if (e == OK)
        e = gap_has_lapsed(tx, &x.c, &due);
    if (e == OK && due && verb_allowed(VERB_LAPSE, x.state))
        e = act_run(&x);
    step_close(&x.step);
    return e;
}
