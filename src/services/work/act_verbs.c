/* What each verb does to the case itself; who may and when is act.c's. */
#include "services/work/gap.h"
#include "services/work/joint.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "services/apply/held.h"

/* ---- the facts every notice carries ---- */

struct view act_facts(struct acting *x)
{
    struct arena *a = x->tx->arena;
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    view_text(&v, "number", x->c.number);
    view_text(&v, "title", x->c.title);
    view_text(&v, "unit", x->desk.unit_name);
    view_text(&v, "applicant", x->c.applicant_name);
    bool by_desk = x->tx->who->account != 0 && x->rule.by != BY_APPLICANT;
    view_text(&v, "officer", by_desk ? x->tx->who->name : x->c.officer_name);
    view_text(&v, "phone", show_phone(x->desk.phone));
    view_day(&v, "received", x->c.received);
    view_day(&v, "today", tx_today(x->tx));
    view_bool(&v, "licence", x->cites.licence);
    view_text(&v, "basis", x->cites.basis);
    view_bool(&v, "natural", str_is(x->c.statutory_unit, "nd"));
    return v;
}

str act_reason(struct acting *x, const char *what)
{
    str reason = str_trim(x->act->reason);
    if (utf8_count(reason) < 4) {
        x->act->sentence = arena_printf(x->tx->arena, "请写明%s，至少四个字。",
                                        what);
        return str_none;
    }
    return reason;
}

static int64_t me(const struct acting *x)
{
    return x->tx->who->account ? x->tx->who->account : INT_NONE;
}

/* ---- clocks and the columns that repeat them ---- */

/* Units of the promised clock that a pause since held_at has cost. */
static int held_units(const struct tx *tx, const struct case_load *c)
{
    if (day_is_none(c->clock_held_at))
        return (int)c->clock_held;
    return (int)c->clock_held +
           calendar_working_between(tx->calendar, c->clock_held_at,
                                    tx_today(tx));
}

static enum err due_now(struct tx *tx, str number, const char *kind, day *out)
{
    struct clock_now now;
    enum err e = clock_now(tx, number, str_of(kind), &now);
    if (e == OK)
        *out = now.due;
    return e;
}

enum err act_pause(struct tx *tx, const struct case_load *c, str state,
                   str reason, int planned, str document)
{
    enum err e = clock_pause(tx, STR("case"), c->number, reason, planned,
                             document);
    if (e != OK)
        return e;
    e = case_set_clock(tx, c->id, c->revision, state, c->clock_extra, day_none,
                       c->clock_held, tx_today(tx), day_none, SERVICES_NO_DAY);
    return e == OK ? open_moves(tx, c, state, SERVICES_NO_DAY) : e;
}

/* Reads the due days back from the clock room into the case's columns. */
static enum err copy_dues(struct tx *tx, const struct case_load *c, str state,
                          int64_t extra, int64_t held)
{
    day promised = day_none, statutory = day_none;
    enum err e = due_now(tx, c->number, "promised", &promised);
    if (e == OK)
        e = due_now(tx, c->number, "statutory", &statutory);
    if (e != OK)
        return e;
    int sort = day_is_none(promised) ? SERVICES_NO_DAY : promised.n;
    e = case_set_clock(tx, c->id, c->revision, state, extra, promised, held,
                       day_none, statutory, sort);
    return e == OK ? open_moves(tx, c, state, sort) : e;
}

/* A calendar announced while the case runs moves its due days: the columns
 * follow the clock room. */
enum err case_recount(struct tx *tx, str number)
{
    struct case_load c;
    enum err e = case_load(tx, number, &c);
    if (e != OK || !c.open || day_is_none(c.clock_start) ||
        !day_is_none(c.clock_held_at))
        return e;
    return copy_dues(tx, &c, c.state, c.clock_extra, c.clock_held);
}

enum err act_resume(struct tx *tx, const struct case_load *c, str state)
{
    enum err e = clock_resume(tx, STR("case"), c->number);
    if (e != OK)
        return e;
    return copy_dues(tx, c, state, c->clock_extra, held_units(tx, c));
}

enum err act_clocks_over(struct tx *tx, str number)
{
    enum err e = clock_stop(tx, STR("case"), number);
    return e == ERR_NOTFOUND ? OK : e; /* 补正中: none is running */
}

/* The two clocks of an accepted case. */
static enum err start_clocks(struct acting *x, day accepted)
{
    struct tx *tx = x->tx;
    bool natural = str_is(x->c.statutory_unit, "nd");
    enum err e = act_clocks_over(tx, x->c.number); /* the five days */
    if (e != OK)
        return e;
    struct clock_spec spec = {
        .matter = STR("case"), .ref = x->c.number, .unit = x->c.unit,
        .holder = x->c.officer_name, .kind = STR("promised"),
        .rule = STR("permit.decision"), .start = accepted,
        .unit_of = CLOCK_WORKING_DAYS, .n = (int)x->c.clock_n,
        .extend_max = SERVICES_EXTEND_ONE,
    };
    e = clock_start(tx, &spec);
    if (e != OK)
        return e;
    spec.kind = STR("statutory");
    spec.unit_of = natural ? CLOCK_NATURAL_DAYS : CLOCK_WORKING_DAYS;
    spec.n = (int)x->c.statutory_n;
    return clock_start(tx, &spec);
}

/* ---- accepting ---- */

static enum err accepted_on(struct acting *x, day accepted, bool deemed)
{
    struct tx *tx = x->tx;
    struct services_limits limits;
    enum err e = services_limits(tx->calendar, accepted, (int)x->c.clock_n,
                                 (int)x->c.statutory_n,
                                 str_is(x->c.statutory_unit, "nd"), &limits);
    if (e == ERR_RANGE)
        return act_fail(x, e,
                        STR("该事项的承诺时限超过法定时限，请先更正事项。"));
    if (e != OK)
        return e;

    bool by_officer =
        !deemed && x->act->verb == VERB_ACCEPT && me(x) != INT_NONE;
    if (by_officer && x->c.officer == INT_NONE) {
        x->c.officer = me(x);
        x->c.officer_name = tx->who->name;
    }
    e = case_set_accepted(tx, x->c.id, x->c.revision, accepted, deemed,
                          x->c.officer, x->c.officer_name, limits.statutory,
                          accepted, limits.promised_n, limits.promised,
                          limits.promised.n);
    if (e == OK)
        e = open_moves(tx, &x->c, STR("accepted"), limits.promised.n);
    if (e != OK)
        return act_changed(x, e);
    x->c.clock_n = limits.promised_n;
    e = start_clocks(x, accepted);
    if (e != OK)
        return e;
    x->accepted = accepted;

    struct view facts = act_facts(x);
    view_day(&facts, "accepted", accepted);
    view_day(&facts, "due", limits.promised);
    view_int(&facts, "promised", x->c.clock_n);
    view_int(&facts, "statutory", x->c.statutory_n);
    view_bool(&facts, "deemed", deemed);
    view_bool(&facts, "provisional", limits.provisional);
    e = gap_open(x, limits.promised, &facts);
    if (e != OK)
        return e;
    if (x->again == NULL)
        return act_notice(x, x->gaps->count ? "gaps" : "acceptance",
                          facts.object);
    view_text(&facts, "old", x->again->old);
    view_text(&facts, "ground", x->again->cause);
    view_text(&facts, "law", x->again->law);
    return act_notice(x, "reopening", facts.object);
}

/* Nothing was told within the five days: the law has accepted already. */
static bool was_silent(const struct acting *x)
{
    return !day_is_none(x->c.accept_by) &&
           x->c.accept_by.n < tx_today(x->tx).n;
}

/* What is done again was received and accepted long ago: its limits run from
 * today. */
static enum err accept_again(struct acting *x)
{
    enum err e = accepted_on(x, tx_today(x->tx), false);
    x->act->done = arena_printf(
        x->tx->arena, "%.*s，%.*s重新办理，出具重新办理通知书 %.*s",
        STR_ARG(x->again->cause), STR_ARG(x->desk.short_name),
        STR_ARG(x->notice));
    return e;
}

/* 受理通知书, or what it is called where papers are still to come. */
static const char *acceptance_word(const struct acting *x)
{
    return x->gaps && x->gaps->count ? "容缺受理通知书" : "受理通知书";
}

/* What may come later is no reason to refuse, and nothing to pass over. */
static enum err may_accept(struct acting *x, bool silent)
{
    enum err e = gap_look(x);
    str why = e == OK ? gap_refuses_accept(x->tx->arena, x->gaps, silent)
                      : STR("");
    return why.n ? act_fail(x, ERR_RANGE, why) : e;
}

static enum err accept(struct acting *x)
{
    struct arena *a = x->tx->arena;
    if (x->again)
        return accept_again(x);
    bool silent = was_silent(x);
    enum err e = may_accept(x, silent);
    if (e != OK)
        return e;
    e = accepted_on(x, silent ? x->c.received : tx_today(x->tx), silent);
    char text[DAY_TEXT];
    x->act->done =
        silent ? arena_printf(a,
                              "五个工作日内未告知补正，自收到材料之日 %.*s 起"
                              "即为受理",
                              STR_ARG(day_text(x->c.received, text)))
               : arena_printf(a, "%.*s受理，出具受理通知书 %.*s",
                              STR_ARG(x->desk.short_name), STR_ARG(x->notice));
    return e;
}

/* 容缺受理: told at once what is to come, until when, and what follows if it
 * does not. */
static enum err admit(struct acting *x)
{
    enum err e = gap_look(x);
    str why = e == OK ? gap_refuses_admit(x->tx->arena, x->gaps) : STR("");
    if (e != OK)
        return e;
    if (why.n)
        return act_fail(x, ERR_RANGE, why);
    if (!gap_pledged(x->act->pledge))
        return act_fail(x, ERR_RANGE,
                        STR("容缺受理须有申请人的书面承诺，请选择是怎样承诺的；"
                            "没有承诺的，要求补正。"));
    bool silent = was_silent(x);
    e = accepted_on(x, silent ? x->c.received : tx_today(x->tx), silent);
    if (e == OK)
        x->act->done = arena_printf(
            x->tx->arena, "%.*s容缺受理，出具容缺受理通知书 %.*s，%.*s",
            STR_ARG(x->desk.short_name), STR_ARG(x->notice),
            STR_ARG(gap_told(x)));
    return e;
}

static enum err supply(struct acting *x)
{
    enum err e = accepted_on(x, tx_today(x->tx), false);
    x->act->done = arena_printf(x->tx->arena,
                                "申请人补齐材料，%.*s受理，出具%s %.*s",
                                STR_ARG(x->desk.short_name),
                                acceptance_word(x), STR_ARG(x->notice));
    return e;
}

/* ---- ending ---- */

/* The end of a part or single: figures of the organisation, and of the city
 * when the matter is not a part of another. */
static enum err ended(struct acting *x, str state, str result_no, str reason)
{
    struct tx *tx = x->tx;
    day today = tx_today(tx);
    bool late = !day_is_none(x->c.clock_due) && x->c.clock_due.n < today.n;
    bool refused = str_is(state, "refused");
    int took = day_is_none(x->c.accepted)
                   ? 0
                   : calendar_working_between(tx->calendar, x->c.accepted,
                                              today) - held_units(tx, &x->c);
    enum err e = case_set_closed(tx, x->c.id, x->c.revision, state, tx->now,
                                 today, late, act_masked(x, result_no),
                                 act_masked(x, reason));
    if (e == OK)
        e = open_ends(tx, &x->c);
    if (e != OK)
        return act_changed(x, e);
    e = act_clocks_over(tx, x->c.number);
    if (e == OK)
        e = gap_end(tx, &x->c);
    struct tally t = { .closed = 1, .late = late, .refused = refused,
                       .worked = took > 0 ? took : 0 };
    bool again = x->c.reopens != INT_NONE; /* counted the first time */
    if (e == OK && !str_is(x->c.kind, "joint") && !again)
        e = case_tally(tx, x->c.unit, t);
    if (e == OK && x->c.parent == INT_NONE)
        e = case_tally(tx, STR(""), t);
    return e;
}

static enum err refuse(struct acting *x)
{
    struct arena *a = x->tx->arena;
    if (was_silent(x))
        return act_fail(x, ERR_RANGE,
                        STR("已超过五个工作日，自收到材料之日起即为受理，不能再"
                            "不予受理。"));
    str reason = act_reason(x, "不予受理的理由");
    if (str_is_none(reason))
        return ERR_RANGE;
    str rest = STR(SERVICES_REFUSAL_GROUNDS);
    bool lawful = false;
    while (!str_is_none(rest))
        lawful |= str_eq(str_cut(&rest, ','), x->act->ground);
    if (!lawful)
        return act_fail(x, ERR_RANGE, STR("请选择不予受理的法定情形。"));

    enum err e = ended(x, STR("refused"), str_none, reason);
    if (e != OK)
        return e;
    struct view facts = act_facts(x);
    view_text(&facts, "ground", x->act->ground);
    view_text(&facts, "reason", reason);
    view_text(&facts, "remedies", services_remedies(a, x->desk.unit_name));
    e = act_notice(x, "refusal", facts.object);
    x->act->done = arena_printf(a, "%.*s不予受理（%.*s）：%.*s",
                                STR_ARG(x->desk.short_name),
                                STR_ARG(x->act->ground), STR_ARG(reason));
    return e;
}

static enum err grant(struct acting *x)
{
    enum err e = held_check_grant(x->tx, &x->c, x->act->reason,
                                  &x->act->sentence);
    if (e != OK)
        return e;
    struct view facts = act_facts(x);
    str number = str_trim(x->act->result_no);
    view_text(&facts, "reason", x->act->reason);
    view_text(&facts, "result_no", number);
    view_day(&facts, "accepted", x->c.accepted);
    e = act_notice(x, "grant", facts.object);
    if (e != OK)
        return e;
    if (number.n == 0)
        number = x->notice;
    e = ended(x, STR("granted"), number, str_none);
    x->act->done = arena_printf(x->tx->arena, "%.*s准予，决定书 %.*s",
                                STR_ARG(x->desk.short_name), STR_ARG(number));
    return e;
}

static enum err deny(struct acting *x)
{
    struct arena *a = x->tx->arena;
    str reason = act_reason(x, "不予批准的理由");
    if (str_is_none(reason))
        return ERR_RANGE;
    struct view facts = act_facts(x);
    view_text(&facts, "reason", reason);
    view_day(&facts, "accepted", x->c.accepted);
    view_text(&facts, "remedies", services_remedies(a, x->desk.unit_name));
    enum err e = act_notice(x, "denial", facts.object);
    if (e == OK)
        e = ended(x, STR("denied"), x->notice, reason);
    x->act->done = arena_printf(a, "%.*s%s：%.*s",
                                STR_ARG(x->desk.short_name), x->rule.name,
                                STR_ARG(reason));
    return e;
}

enum err act_end_part(struct tx *tx, str number, bool withdrawn, str text)
{
    struct act act = { .verb = VERB_WITHDRAW, .number = number };
    struct acting part = { .tx = tx, .act = &act, .accepted = day_none,
                           .rule = *verb_rule(VERB_WITHDRAW) };
    str state = withdrawn ? STR("withdrawn") : STR("ended");
    enum err e = case_load(tx, number, &part.c);
    if (e == OK)
        e = ended(&part, state, str_none, withdrawn ? str_none : text);
    if (e == OK)
        e = step_open(tx, number, &part.step);
    if (e == OK)
        e = act_step_follows(&part);
    step_close(&part.step);
    if (e == OK)
        e = case_event(tx, part.c.id, withdrawn ? "withdraw" : "end", text,
                       withdrawn ? STR("申请人") : STR("系统"), STR(""),
                       str_none, true);
    if (e != OK || withdrawn)
        return e;
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "verb", STR("end"));
    view_text(&told, "text", text);
    e = audit_note(tx, STR("case.end"), number, text);
    return e == OK ? flow_signal(tx, "case.end", number, told.object) : e;
}

/* The thread and every part still open end together. */
static enum err withdraw(struct acting *x)
{
    x->act->done = STR("申请人撤回申请");
    enum err e = str_is(x->c.kind, "joint") ? joint_withdraws(x) : OK;
    return e == OK ? ended(x, STR("withdrawn"), str_none, str_none) : e;
}

/* 视为撤回: said by the rule the item names, told in writing. */
static enum err lapse(struct acting *x)
{
    struct view facts = act_facts(x);
    view_day(&facts, "accepted", x->c.accepted);
    enum err e = gap_facts(x, &facts);
    if (e == OK)
        e = act_notice(x, "lapse", facts.object);
    if (e == OK)
        e = ended(x, STR("withdrawn"), str_none, str_none);
    char by[DAY_TEXT];
    day_text(x->c.gap_due, by);
    x->act->done = arena_printf(x->tx->arena,
                                "到 %s 没有补齐容缺的材料，按办事指南视为撤回申"
                                "请，出具告知书 %.*s", by, STR_ARG(x->notice));
    return e;
}

/* ---- asking for more ---- */

/*
 * What can be had by sharing is not asked of people (国务院令第716号 第七条).
 * Where it is asked for all the same, somebody says why, and the supervisor
 * hears of it.  *paper: what was asked for so, or "".
 */
static enum err may_ask_for(struct acting *x, str list, str *paper)
{
    enum err e = held_overasked(x->tx, &x->c, list, paper);
    if (e != OK || str_is_none(*paper)) {
        *paper = STR("");
        return e;
    }
    if (utf8_count(str_trim(x->act->anyway)) >= 4)
        return OK;
    return act_fail(
        x, ERR_RANGE,
        arena_printf(x->tx->arena, "“%.*s”可以通过数据共享或者证照库取得，不得"
                     "要求申请人提供（国务院令第716号第七条）。确因共享的内容有"
                     "误等原因要提供的，请写明原因，这一条会报监察人员。",
                     STR_ARG(*paper)));
}

static enum err tell_overasked(struct acting *x, str paper)
{
    struct tx *tx = x->tx;
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "paper", paper);
    view_text(&told, "officer", tx->who->name);
    view_text(&told, "reason", act_masked(x, str_trim(x->act->anyway)));
    return flow_signal(tx, "case.overasked", x->c.number, told.object);
}

static enum err supplement(struct acting *x)
{
    struct tx *tx = x->tx;
    if (x->c.supplements > 0)
        return act_fail(x, ERR_RANGE,
                        STR("已经一次告知过补正，法律不允许再次要求补正。请受理"
                            "或者依法作出其他决定。"));
    if (was_silent(x))
        return act_fail(x, ERR_RANGE,
                        STR("已超过五个工作日，自收到材料之日起即为受理，不能再"
                            "要求补正。"));
    str list = str_trim(x->act->list);
    if (utf8_count(list) < 4)
        return act_fail(x, ERR_RANGE,
                        STR("请一次写全需要补正的全部内容，每项一行。"));
    day by = x->act->supply_by;
    if (day_is_none(by))
        by = calendar_add_working(tx->calendar, tx_today(tx),
                                  SERVICES_SUPPLY_DAYS);
    if (by.n <= tx_today(tx).n || by.n > tx_today(tx).n + 180)
        return act_fail(x, ERR_RANGE,
                        STR("补正的期限应当在明天以后、半年以内。"));

    str overasked;
    enum err e = may_ask_for(x, list, &overasked);
    if (e != OK)
        return e;
    e = case_set_supplement(tx, x->c.id, x->c.revision, by,
                                     act_masked(x, list));
    if (e == OK)
        e = open_moves(tx, &x->c, STR("supplement"), SERVICES_NO_DAY);
    if (e != OK)
        return act_changed(x, e);
    e = clock_stop(tx, STR("case"), x->c.number); /* told in time */
    if (e != OK)
        return e;
    struct view facts = act_facts(x);
    view_text(&facts, "list", list);
    view_day(&facts, "supply_by", by);
    e = act_notice(x, "supplement", facts.object);
    if (e == OK && overasked.n)
        e = tell_overasked(x, overasked);
    x->act->done = arena_printf(tx->arena, "%.*s一次告知补正：%.*s",
                                STR_ARG(x->desk.short_name), STR_ARG(list));
    return e;
}

/* ---- time that does not count ---- */

static enum err special(struct acting *x)
{
    struct tx *tx = x->tx;
    if (!services_special_listed(x->act->ground))
        return act_fail(x, ERR_RANGE,
                        STR("只有听证、招标、拍卖、检验、检测、检疫、鉴定和专家"
                            "评审的时间可以不计入期限。"));
    if (x->act->days < 1 || x->act->days > 180)
        return act_fail(
            x, ERR_RANGE,
            STR("请填写所需的工作日数，1 至 180，书面告知申请人。"));
    struct view facts = act_facts(x);
    view_text(&facts, "ground", x->act->ground);
    view_text(&facts, "reason", x->act->reason);
    view_int(&facts, "days", x->act->days);
    enum err e = act_notice(x, "special", facts.object);
    if (e != OK)
        return e;
    e = act_pause(tx, &x->c, STR("special"), x->act->ground,
                  (int)x->act->days, x->notice);
    x->act->done = arena_printf(
        tx->arena,
        "%.*s进入特别程序（%.*s），预计 %lld 个工作日，期间不计入时限",
        STR_ARG(x->desk.short_name), STR_ARG(x->act->ground),
        (long long)x->act->days);
    return act_changed(x, e);
}

static enum err resume(struct acting *x)
{
    x->act->done =
        arena_printf(x->tx->arena, "%.*s特别程序结束，次日起继续计时",
                     STR_ARG(x->desk.short_name));
    return act_changed(x, act_resume(x->tx, &x->c, STR("reviewing")));
}

/* Lawful at all?  For one department's time and for the joint one alike. */
static enum err may_extend(struct acting *x, int most)
{
    if (str_is_none(act_reason(x, "延长期限的理由")))
        return ERR_RANGE;
    if (x->c.clock_extra > 0)
        return act_fail(x, ERR_RANGE, STR("已经延期过一次，不能再次延期。"));
    if (!day_is_none(x->c.clock_held_at))
        return act_fail(x, ERR_RANGE,
                        STR("时限正因特别程序暂停，恢复计时以后再批准延期。"));
    if (!day_is_none(x->c.clock_due) &&
        x->c.clock_due.n < tx_today(x->tx).n)
        return act_fail(
            x, ERR_RANGE,
            STR("期限已经届满，不能再延期；延期应当在期限内批准。"));
    if (x->act->days < 1 || x->act->days > most)
        return act_fail(x, ERR_RANGE,
                        arena_printf(x->tx->arena,
                                     "延长的期限为 1 至 %d 个工作日。", most));
    return OK;
}

static enum err extend(struct acting *x, bool joint)
{
    struct tx *tx = x->tx;
    enum err e = may_extend(x, joint ? SERVICES_EXTEND_JOINT
                                     : SERVICES_EXTEND_ONE);
    if (e != OK)
        return e;
    str reason = str_trim(x->act->reason);
    e = clock_extend(tx, STR("case"), x->c.number, (int)x->act->days, reason);
    if (e == OK)
        e = copy_dues(tx, &x->c, x->c.state, x->act->days, x->c.clock_held);
    if (e != OK)
        return act_changed(x, e);
    day due;
    e = due_now(tx, x->c.number, "promised", &due);
    if (e != OK)
        return e;
    struct view facts = act_facts(x);
    view_text(&facts, "reason", reason);
    view_int(&facts, "days", x->act->days);
    view_day(&facts, "accepted", x->c.accepted);
    view_day(&facts, "due", due);
    view_bool(&facts, "joint", joint);
    e = act_notice(x, "extension", facts.object);
    x->act->done = arena_printf(
        tx->arena, "%.*s延期 %lld 个工作日：%.*s",
        STR_ARG(joint ? STR("经本级人民政府负责人批准，整件")
                      : x->desk.short_name),
        (long long)x->act->days, STR_ARG(reason));
    return e;
}

/* ---- between people of one desk ---- */

/* Everybody reads the step; what was said to a colleague stays at the desk. */
static enum err inner_note(struct acting *x)
{
    str reason = str_trim(x->act->reason);
    if (reason.n == 0)
        return OK;
    return case_event(x->tx, x->c.id, "opinion", reason, x->tx->who->name,
                      x->c.unit, str_none, false);
}

enum err act_move(struct acting *x, const char *state, str text)
{
    x->act->done = text;
    enum err e = case_set_state(x->tx, x->c.id, x->c.revision, str_of(state));
    if (e == OK)
        e = open_moves(x->tx, &x->c, str_of(state), x->c.sort_due);
    return e == OK ? inner_note(x) : act_changed(x, e);
}

static enum err transfer(struct acting *x)
{
    struct tx *tx = x->tx;
    struct staff_of *staff;
    size_t n;
    enum err e = staff_of(tx, x->c.unit, STR("officer"), &staff, &n);
    if (e != OK)
        return e;
    const struct staff_of *to = NULL;
    for (size_t i = 0; i < n; i++)
        if (staff[i].account == x->act->officer)
            to = &staff[i];
    if (to == NULL)
        return act_fail(x, ERR_RANGE, STR("请选择本部门的一位承办人。"));
    if (to->account == x->c.officer)
        return act_fail(x, ERR_RANGE, STR("这件已经由该承办人办理。"));
    e = case_set_officer(tx, x->c.id, x->c.revision, to->account, to->name);
    if (e != OK)
        return act_changed(x, e);
    e = act_hand_over(x, to->account);
    if (e != OK)
        return e;
    x->act->done = arena_printf(tx->arena, "转办给%.*s", STR_ARG(to->name));
    e = clock_hold(tx, STR("case"), x->c.number, x->c.unit, to->name);
    return e == OK ? inner_note(x) : e;
}

static enum err opinion(struct acting *x)
{
    str text = str_trim(x->act->reason);
    if (text.n == 0)
        return act_fail(x, ERR_RANGE, STR("请填写意见。"));
    x->act->done = text;
    return OK;
}

enum err act_verb(struct acting *x)
{
    switch (x->act->verb) {
    case VERB_ACCEPT:
        return accept(x);
    case VERB_REFUSE:
        return refuse(x);
    case VERB_SUPPLEMENT:
        return supplement(x);
    case VERB_SUPPLY:
        return supply(x);
    case VERB_ADMIT:
        return admit(x);
    case VERB_HANDIN:
        return gap_hand_in(x);
    case VERB_VERIFY:
        return gap_verify(x);
    case VERB_AGAIN:
        return gap_again(x);
    case VERB_LAPSE:
        return lapse(x);
    case VERB_REVIEW:
        return act_move(x, "reviewing", STR("开始审查"));
    case VERB_SPECIAL:
        return special(x);
    case VERB_RESUME:
        return resume(x);
    case VERB_EXTEND:
        return extend(x, false);
    case VERB_PROLONG:
        return extend(x, true);
    case VERB_TRANSFER:
        return transfer(x);
    case VERB_PROPOSE:
        return act_propose(x);
    case VERB_RETURN:
        return act_return(x);
    case VERB_GRANT:
        return grant(x);
    case VERB_DENY:
        return deny(x);
    case VERB_WITHDRAW:
        return withdraw(x);
    case VERB_OPINION:
        return opinion(x);
    case VERB_COSIGN:
        return act_cosign(x);
    case VERB_UNSIGN:
        return act_unsign(x);
    case VERB_SIGN:
        return act_sign(x);
    case VERB_DELEGATE:
        return act_delegate(x);
    case VERB_RECALL:
        return act_recall(x);
    case VERBS:
        break;
    }
    return ERR_INPUT;
}
