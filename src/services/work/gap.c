/*
 * 容缺受理 with the store: what is missing, the applicant's clock, and what
 * each verb does to both.
 *
 * The clock is started by the acceptance and over with the last paper that was
 * found right, or with the case.  It does not touch the clocks of the case.
 */
#include "services/work/gap.h"

#include "kernel/audit/audit.h"
#include "kernel/files/files.h"
#include "kernel/notify/notify.h"
#include "services/apply/paper.h"
#include "services/tell.h"

/* ---- what is missing ---- */

static enum err thread_of(struct tx *tx, const struct case_load *c,
                          struct case_load *out)
{
    struct case_number parent;
    *out = *c;
    if (c->parent == INT_NONE)
        return OK;
    enum err e = case_number(tx, c->parent, &parent);
    return e == OK ? case_load(tx, parent.number, out) : e;
}

/* The last of its code counts, if it is more than the word that it will come.
 */
static bool usable(const struct paper_list *all, size_t n, str code)
{
    for (size_t i = n; i-- > 0;)
        if (str_eq(all[i].code, code))
            return !str_is(all[i].source, "later") &&
                   (str_is_none(all[i].scan) ||
                    files_safe(all[i].scan) != FILES_INFECTED);
    return false;
}

static enum err rule_of(struct tx *tx, const struct case_load *c,
                        struct gap_found *g)
{
    struct item_gap said = { .gap_rule = STR(GAP_DECIDE) };
    enum err e = str_is_none(c->item)
                     ? ERR_NOTFOUND
                     : item_gap(tx, c->item, c->item_version, &said);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    g->item_days = (int)said.gap_days;
    g->rule = clock_rule(said.gap_rule);
    if (g->rule == NULL)
        g->rule = clock_rule(STR(GAP_DECIDE));
    return OK;
}

/* Does it ask for anything somebody brings? */
static bool asks_for_papers(const struct offer *o, str codes)
{
    bool asks = false;
    while (!str_is_none(codes)) {
        const struct form_paper *p = offer_paper(o, str_cut(&codes, ' '));
        asks |= p && gap_of_paper(p, false) != GAP_NONE;
    }
    return asks;
}

enum err gap_find_among(struct tx *tx, const struct case_load *c,
                        const struct case_load *thread,
                        const struct paper_list *all, size_t n,
                        struct gap_found *out)
{
    const struct offer *o;
    struct paper_list *loaded = NULL;
    str codes = c->papers;
    *out = (struct gap_found){ .main = STR("") };
    if (codes.n == 0)
        return OK;
    enum err e = case_offer(tx, thread, &o);
    if (e != OK) /* what it was filed under cannot be read any more */
        return e == ERR_NOTFOUND ? OK : e;
    if (!asks_for_papers(o, codes))
        return OK;
    if (all == NULL) {
        e = paper_list(tx, thread->id, &loaded, &n);
        all = loaded;
    }
    if (e != OK)
        return e;
    out->later = ARENA_NEW_N(tx->arena, struct gap_missing,
                             o->sheet.paper_count + 1);
    while (!str_is_none(codes)) {
        const struct form_paper *p = offer_paper(o, str_cut(&codes, ' '));
        enum gap_of of = p ? gap_of_paper(p, usable(all, n, p->code))
                           : GAP_NONE;
        if (of == GAP_LATER && out->count < o->sheet.paper_count)
            out->later[out->count++] = (struct gap_missing){ p->code,
                                                             p->name };
        if (of == GAP_MAIN && out->main.n == 0)
            out->main = p->name;
    }
    return out->count ? rule_of(tx, c, out) : OK;
}

enum err gap_find(struct tx *tx, const struct case_load *c,
                  struct gap_found *out)
{
    struct case_load thread;
    *out = (struct gap_found){ .main = STR("") };
    if (c->papers.n == 0)
        return OK;
    enum err e = thread_of(tx, c, &thread);
    return e == OK ? gap_find_among(tx, c, &thread, NULL, 0, out) : e;
}

enum err gap_look(struct acting *x)
{
    if (x->gaps)
        return OK;
    struct gap_found *g = ARENA_NEW(x->tx->arena, struct gap_found);
    x->gaps = g;
    return gap_find(x->tx, &x->c, g);
}

/* ---- the applicant's clock ---- */

/* Told while there is still time to act: on the last day where one is given. */
static struct clock_levels reminders(int days)
{
    return (struct clock_levels){
        .warn_before_wd = days > 3 ? 2 : days > 1 ? 1 : 0,
        .red_after_wd = clock_levels_default.red_after_wd,
    };
}

static enum err start_clock(struct tx *tx, str number, str rule, int days,
                            day *due)
{
    struct clock_found now;
    struct clock_spec spec = {
        .matter = STR(GAP_MATTER), .ref = number, .unit = STR(""),
        .holder = STR("申请人"), .kind = STR(GAP_KIND), .rule = rule,
        .start = tx_today(tx), .unit_of = CLOCK_WORKING_DAYS, .n = days,
        .levels = reminders(days),
    };
    enum err e = clock_start(tx, &spec);
    if (e == OK)
        e = clock_find(tx, spec.matter, number, spec.kind, &now);
    if (e == OK)
        *due = now.due;
    return e;
}

static enum err stop_clock(struct tx *tx, str number)
{
    enum err e = clock_stop(tx, STR(GAP_MATTER), number);
    return e == ERR_NOTFOUND ? OK : e;
}

enum err gap_end(struct tx *tx, const struct case_load *c)
{
    if (c->gaps == 0)
        return OK;
    enum err e = stop_clock(tx, c->number);
    if (e == OK)
        e = gap_set_over(tx, c->id, NULL);
    return e == OK ? case_drop_gaps(tx, c->id, NULL) : e;
}

/* ---- accepted with gaps ---- */

/* Nobody has undertaken anything before an officer said so: without that no
 * rule ends the case by itself. */
static const struct clock_rule *rule_for(const struct acting *x)
{
    return x->act->verb == VERB_ADMIT ? x->gaps->rule
                                      : clock_rule(STR(GAP_DECIDE));
}

static enum err add_rows(struct acting *x, const struct clock_rule *r, int days)
{
    struct tx *tx = x->tx;
    const struct gap_found *g = x->gaps;
    int64_t thread = x->c.parent == INT_NONE ? x->c.id : x->c.parent;
    str pledge = x->act->verb == VERB_ADMIT ? x->act->pledge : STR("");
    enum err e = gap_term_add(tx, x->c.id, days, r->id, gap_lapses(r), pledge,
                              tx->now);
    for (size_t i = 0; e == OK && i < g->count; i++)
        e = gap_add(tx, store_id(tx->store), x->c.id, thread, g->later[i].code,
                    g->later[i].name);
    return e;
}

enum err gap_open(struct acting *x, day promised, struct view *facts)
{
    struct tx *tx = x->tx;
    enum err e = gap_look(x);
    if (e != OK || x->gaps->count == 0)
        return e;
    const struct gap_found *g = x->gaps;
    const struct clock_rule *r = rule_for(x);
    int days = gap_days(tx->calendar, tx_today(tx), g->item_days, promised);
    if (days == 0) /* a promise of a day: that day */
        days = 1;
    day due;
    e = start_clock(tx, x->c.number, r->id, days, &due);
    if (e == OK)
        e = add_rows(x, r, days);
    if (e == OK)
        e = case_set_gaps(tx, x->c.id, x->c.revision + 1, (int64_t)g->count, 0,
                          due);
    if (e != OK)
        return act_changed(x, e);
    x->c.gap_due = due;
    struct value *list = view_list(facts, "gap_papers");
    for (size_t i = 0; i < g->count; i++)
        value_push(list, value_text(tx->arena, g->later[i].name));
    view_int(facts, "gap_days", days);
    view_day(facts, "gap_due", due);
    view_text(facts, "gap_basis", gap_basis(tx->arena, r));
    view_text(facts, "gap_expiry", r->on_expiry);
    view_text(facts, "pledge", x->act->verb == VERB_ADMIT ? x->act->pledge
                                                          : STR(""));
    return OK;
}

str gap_told(struct acting *x)
{
    char by[DAY_TEXT];
    return arena_printf(x->tx->arena, "%.*s请在 %.*s 前补交",
                        STR_ARG(gap_names(x->tx->arena, x->gaps)),
                        STR_ARG(day_text(x->c.gap_due, by)));
}

enum err gap_facts(struct acting *x, struct view *facts)
{
    struct gap_list *rows;
    struct gap_term t;
    size_t n;
    enum err e = gap_term(x->tx, x->c.id, &t);
    if (e == OK)
        e = gap_list(x->tx, x->c.id, &rows, &n);
    if (e != OK)
        return e;
    const struct clock_rule *r = clock_rule(t.rule);
    struct value *list = view_list(facts, "gap_papers");
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].state, "open") || str_is(rows[i].state, "wrong"))
            value_push(list, value_text(x->tx->arena, rows[i].name));
    view_day(facts, "gap_due", x->c.gap_due);
    view_text(facts, "gap_basis", gap_basis(x->tx->arena, r));
    view_text(facts, "gap_expiry", r ? r->on_expiry : STR(""));
    return OK;
}

/* ---- the days given anew ---- */

/* ERR_RANGE when no later day is left to give; nothing has changed then. */
static enum err days_again(struct tx *tx, const struct case_load *c,
                           const struct gap_term *t)
{
    int days = gap_days(tx->calendar, tx_today(tx), (int)t->days, c->clock_due);
    day due = calendar_add_working(tx->calendar, tx_today(tx), days);
    if (days == 0 || due.n <= c->gap_due.n)
        return ERR_RANGE;
    enum err e = stop_clock(tx, c->number);
    if (e == OK)
        e = gap_term_again(tx, c->id);
    return e == OK ? start_clock(tx, c->number, t->rule, days, &due) : e;
}

enum err gap_refuses_again(struct tx *tx, const struct case_load *c, str *why)
{
    struct gap_term t;
    *why = STR("");
    if (c->gaps == c->gap_handed) {
        *why = STR("这件没有等待申请人补交的材料。");
        return OK;
    }
    enum err e = gap_term(tx, c->id, &t);
    if (e != OK)
        return e;
    int days = gap_days(tx->calendar, tx_today(tx), (int)t.days, c->clock_due);
    day then = calendar_add_working(tx->calendar, tx_today(tx), days);
    if (t.again)
        *why = STR("补交的期限已经重新给过一次，不能再给；逾期的根据已有材料依"
                   "法作出决定。");
    else if (t.lapses && c->gap_due.n < tx_today(tx).n)
        *why = STR("期限已经届满，按办事指南视为撤回申请，不能再给期限。");
    else if (days == 0 || then.n <= c->gap_due.n)
        *why = STR("离应办结日已经没有时间再给补交的期限，请根据已有材料依法作"
                   "出决定，或者先依法延期。");
    return OK;
}

/* The columns after a change; due is read back from the clock room. */
static enum err copy(struct acting *x, int64_t gaps, int64_t handed)
{
    struct clock_found now = { .due = day_none };
    enum err e = gaps ? clock_find(x->tx, STR(GAP_MATTER), x->c.number,
                                   STR(GAP_KIND), &now) : OK;
    if (e != OK)
        return e;
    x->c.gap_due = now.due;
    return act_changed(x, case_set_gaps(x->tx, x->c.id, x->c.revision, gaps,
                                        handed, now.due));
}

enum err gap_again(struct acting *x)
{
    struct gap_term t;
    str why, reason = act_reason(x, "再给期限的理由");
    char by[DAY_TEXT];
    if (str_is_none(reason))
        return ERR_RANGE;
    enum err e = gap_refuses_again(x->tx, &x->c, &why);
    if (e == OK && why.n)
        return act_fail(x, ERR_RANGE, why);
    if (e == OK)
        e = gap_term(x->tx, x->c.id, &t);
    if (e == OK)
        e = days_again(x->tx, &x->c, &t);
    if (e == OK)
        e = copy(x, x->c.gaps, x->c.gap_handed);
    if (e != OK)
        return e;
    x->act->done = arena_printf(
        x->tx->arena, "%.*s再给一次补交容缺材料的期限，请在 %.*s 前补交：%.*s",
        STR_ARG(x->desk.short_name), STR_ARG(day_text(x->c.gap_due, by)),
        STR_ARG(reason));
    return OK;
}

/* ---- handed in ---- */

static const struct gap_list *row_of(const struct gap_list *rows, size_t n,
                                     str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].code, code))
            return &rows[i];
    return NULL;
}

static enum err may_hand_in(struct acting *x)
{
    char by[DAY_TEXT];
    if (x->c.gaps == 0)
        return act_fail(x, ERR_CONFLICT,
                        STR("这件没有等待补交的容缺材料，请查看办理进度。"));
    if (x->c.gap_due.n >= tx_today(x->tx).n)
        return OK;
    return act_fail(x, ERR_RANGE,
                    arena_printf(x->tx->arena, "补交的期限 %.*s 已经届满，不能"
                                 "再交。需要再给期限的，请联系%.*s承办人%.*s。",
                                 STR_ARG(day_text(x->c.gap_due, by)),
                                 STR_ARG(x->desk.unit_name),
                                 STR_ARG(x->c.officer_name)));
}

static enum err hand_in_one(struct acting *x, const struct gap_list *g)
{
    bool waits = g && (str_is(g->state, "open") || str_is(g->state, "wrong"));
    if (g == NULL)
        return act_fail(x, ERR_RANGE, STR("这件不等这份材料。"));
    if (!waits)
        return act_fail(x, ERR_CONFLICT,
                        arena_printf(x->tx->arena, "“%.*s”已经交过，%s",
                                     STR_ARG(g->name),
                                     str_is(g->state, "handed")
                                         ? "等部门核对，不用再交。"
                                         : "已经核对，不用再交。"));
    return act_changed(x, gap_set_handed(x->tx, g->id, x->tx->now));
}

/* Who must look at it hears of it. */
static enum err tell_officer(struct tx *tx, const struct case_load *c,
                             str title, str text)
{
    if (c->officer == INT_NONE || c->officer == tx->who->account)
        return OK;
    struct notify_letter l = {
        .account = c->officer, .about = STR("case"), .ref = c->number,
        .title = title, .body = text,
        .link = arena_printf(tx->arena, "/desk/%.*s", STR_ARG(c->number)),
    };
    return notify_send(tx, &l);
}

enum err gap_hand_in(struct acting *x)
{
    struct arena *a = x->tx->arena;
    struct gap_list *rows;
    size_t n;
    int count = 0;
    str codes = x->act->list, names = STR("");
    enum err e = may_hand_in(x);
    if (e == OK)
        e = gap_list(x->tx, x->c.id, &rows, &n);
    while (e == OK && !str_is_none(codes)) {
        const struct gap_list *g = row_of(rows, n, str_cut(&codes, ' '));
        e = hand_in_one(x, g);
        if (e == OK)
            names = arena_printf(a, "%.*s%s%.*s", STR_ARG(names),
                                 count++ ? "、" : "", STR_ARG(g->name));
    }
    if (e == OK && count == 0)
        return act_fail(x, ERR_INPUT, STR("请选择要交的材料。"));
    if (e == OK)
        e = copy(x, x->c.gaps, x->c.gap_handed + count);
    if (e != OK)
        return e;
    x->act->done = arena_printf(a, "申请人交来容缺的材料：%.*s，等%.*s核对",
                                STR_ARG(names), STR_ARG(x->desk.short_name));
    return tell_officer(x->tx, &x->c, STR("容缺的材料交来了，请核对"),
                        act_masked(x, x->act->done));
}

/* ---- looked at ---- */

struct looked {
    int64_t n;
    str names;
};

/* A file that is not safe is no paper. */
static enum err is_safe(struct acting *x, const struct gap_list *g)
{
    struct case_load thread;
    struct paper_list *all;
    size_t n;
    enum err e = thread_of(x->tx, &x->c, &thread);
    if (e == OK)
        e = paper_list(x->tx, thread.id, &all, &n);
    if (e != OK || usable(all, n, g->code))
        return e;
    return act_fail(x, ERR_RANGE,
                    arena_printf(x->tx->arena, "“%.*s”没有可用的文件：还没有交"
                                 "来，或者查出病毒已经隔离，请退回重交。",
                                 STR_ARG(g->name)));
}

static enum err look_at(struct acting *x, const struct gap_list *g, str reason,
                        struct looked *l)
{
    bool wrong = x->act->disagree;
    if (!str_is(g->state, "handed") ||
        !(str_is(x->act->paper, "all") || str_eq(x->act->paper, g->code)))
        return OK;
    enum err e = wrong ? OK : is_safe(x, g);
    if (e == OK)
        e = act_changed(x, gap_set_checked(x->tx, g->id,
                                           wrong ? STR("wrong") : STR("good"),
                                           x->tx->now, x->tx->who->name,
                                           act_masked(x, reason)));
    l->names = arena_printf(x->tx->arena, "%.*s%s%.*s", STR_ARG(l->names),
                            l->n++ ? "、" : "", STR_ARG(g->name));
    return e;
}

/* What was handed in in time and is wrong: days anew, once. */
static enum err anew(struct acting *x)
{
    struct gap_term t;
    enum err e = gap_term(x->tx, x->c.id, &t);
    if (e == OK && !t.again)
        e = days_again(x->tx, &x->c, &t);
    return e == ERR_RANGE ? OK : e;
}

enum err gap_verify(struct acting *x)
{
    struct arena *a = x->tx->arena;
    bool wrong = x->act->disagree;
    str reason = wrong ? act_reason(x, "退回的原因") : STR("");
    struct looked l = { .names = STR("") };
    struct gap_list *rows;
    size_t n = 0;
    if (str_is_none(reason))
        return ERR_RANGE;
    enum err e = gap_list(x->tx, x->c.id, &rows, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = look_at(x, &rows[i], reason, &l);
    if (e != OK)
        return e;
    if (l.n == 0)
        return act_fail(x, ERR_CONFLICT,
                        STR("没有等待核对的这份材料，可能刚刚核对过，请刷新后"
                            "查看。"));
    int64_t left = wrong ? x->c.gaps : x->c.gaps - l.n;
    if (wrong)
        e = anew(x);
    else if (left == 0)
        e = stop_clock(x->tx, x->c.number);
    if (e == OK)
        e = copy(x, left, x->c.gap_handed - l.n);
    char by[DAY_TEXT];
    str until = left ? day_text(x->c.gap_due, by) : STR("");
    if (str_ends(reason, STR("。")))
        reason.n -= STR("。").n;
    x->act->done =
        wrong ? arena_printf(a, "%.*s退回容缺的材料（%.*s）：%.*s；请在 %.*s 前"
                             "重交", STR_ARG(x->desk.short_name),
                             STR_ARG(l.names), STR_ARG(reason), STR_ARG(until))
              : arena_printf(a, "%.*s核对容缺的材料：%.*s符合要求%s",
                             STR_ARG(x->desk.short_name), STR_ARG(l.names),
                             left ? "" : "，容缺的材料已经补齐");
    return e;
}

/* ---- the day passes ---- */

enum err gap_has_lapsed(struct tx *tx, const struct case_load *c, bool *out)
{
    struct gap_term t;
    *out = false;
    if (!c->open || c->gaps == c->gap_handed || day_is_none(c->gap_due) ||
        c->gap_due.n >= tx_today(tx).n)
        return OK;
    enum err e = gap_term(tx, c->id, &t);
    *out = e == OK && t.lapses;
    return e;
}

enum err gap_sweep(struct tx *tx, bool *more)
{
    enum { BATCH = 100, BATCHES = 10 };
    struct gap_overdue *c;
    struct gap_overdue last = { .gap_due = day_of(1, 1, 1), .id = 0 };
    enum err e = OK;
    size_t n = BATCH;
    for (int b = 0; e == OK && n == BATCH && b < BATCHES; b++) {
        e = gap_overdue(tx, tx_today(tx), last.gap_due, last.id, &c, &n);
        for (size_t i = 0; e == OK && i < n; i++)
            e = case_lapse(tx, c[i].number);
        if (e == OK && n > 0)
            last = c[n - 1];
    }
    *more = false;
    return e;
}

enum err gap_moved(struct tx *tx, str ref)
{
    struct clock_found now;
    enum err e = clock_find(tx, STR(GAP_MATTER), ref, STR(GAP_KIND), &now);
    if (e == ERR_NOTFOUND)
        return OK;
    return e == OK ? case_move_gap(tx, ref, now.due, NULL) : e;
}

static str still_missing(struct arena *a, const struct gap_list *rows, size_t n)
{
    str all = STR("");
    for (size_t i = 0; i < n; i++)
        if (str_is(rows[i].state, "open") || str_is(rows[i].state, "wrong"))
            all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
                               all.n ? "、" : "", STR_ARG(rows[i].name));
    return all;
}

/* News of a clock that was started anew since. */
static bool is_old(const struct case_load *c, const struct value *payload)
{
    day due;
    return !day_parse(value_get_text(payload, STR("due")), &due) ||
           due.n != c->gap_due.n;
}

/* A reminder before the day, and one word when it is over: to the applicant,
 * for it is theirs; of the organisation nothing is late. */
enum err gap_level(struct tx *tx, str ref, const struct value *payload)
{
    str level = value_get_text(payload, STR("level"));
    bool soon = str_is(level, "warned");
    struct case_load c;
    struct gap_list *rows;
    struct gap_term t;
    size_t n;
    char by[DAY_TEXT];
    if (!soon && !str_is(level, "yellow"))
        return OK;
    enum err e = case_load(tx, ref, &c);
    if (e != OK || !c.open || c.gaps == c.gap_handed || is_old(&c, payload))
        return e == ERR_NOTFOUND ? OK : e;
    e = gap_term(tx, c.id, &t);
    if (e == OK)
        e = gap_list(tx, c.id, &rows, &n);
    if (e != OK)
        return e;
    const struct clock_rule *r = clock_rule(t.rule);
    str names = still_missing(tx->arena, rows, n);
    day_text(c.gap_due, by);
    str text = soon ? arena_printf(tx->arena, "“%.*s”还缺%.*s，请在 %s 前补交，"
                                   "在办件进度页可以直接上传，也可以交到窗口。"
                                   "%.*s。", STR_ARG(c.title), STR_ARG(names),
                                   by, STR_ARG(r->on_expiry))
                    : arena_printf(tx->arena, "“%.*s”的%.*s到 %s 没有补交。"
                                   "%.*s。", STR_ARG(c.title), STR_ARG(names),
                                   by, STR_ARG(r->on_expiry));
    e = tell_applicant(tx, ref, soon ? STR("您的办件：容缺的材料快到期了")
                                     : STR("您的办件：补交期限已过"), text);
    return e == OK && !soon
               ? tell_officer(tx, &c, STR("申请人逾期没有补齐容缺的材料"), text)
               : e;
}
