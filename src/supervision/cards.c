/*
 * Cards after they were issued: the list, one card, what the organisation says
 * to it, and the supervisor's answer.  The supervisor sees all of them, an
 * organisation its own.
 */
#include "supervision/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

enum { PAGE = 50 };

/* ---- the list ---- */

struct filter {
    str unit, kind, state;
};

/* Who may look at one organisation only has it as filter, whatever was asked */
static struct filter filter_of(struct request *rq, struct tx *tx)
{
    str scope = watch_scope(tx->who);
    return (struct filter){ .unit = scope.n ? scope : rq_text(rq, "unit"),
                            .kind = rq_text(rq, "kind"),
                            .state = rq_text(rq, "state") };
}

static void show_kinds(struct view *v, str chosen)
{
    struct value *list = view_list(v, "kinds");
    static const char *const codes[] = { "red", "yellow", "warning" };
    page_option(v, list, STR(""), STR("黄牌和红牌"), chosen);
    for (int i = 0; i < 3; i++)
        page_option(v, list, str_of(codes[i]),
                    str_of(card_kind_of(str_of(codes[i]))->name), chosen);
}

static void show_states(struct view *v, const struct filter *f)
{
    struct value *list = view_list(v, "states");
    static const char *const codes[] = { "issued", "explained", "upheld",
                                         "lifted", "settled" };
    page_option(v, list, STR(""), STR("全部"), f->state);
    for (int i = 0; i < 5; i++)
        page_option(v, list, str_of(codes[i]),
                    card_state_word(f->kind, str_of(codes[i])), f->state);
}

static enum err show_units(struct tx *tx, struct view *v,
                           const struct filter *f)
{
    struct card_units *u;
    size_t n;
    str scope = watch_scope(tx->who);
    struct value *list = view_list(v, "units");
    enum err e = card_units(tx, &u, &n);
    if (e == OK && scope.n == 0)
        page_option(v, list, STR(""), STR("全部部门"), f->unit);
    for (size_t i = 0; e == OK && i < n; i++)
        if (scope.n == 0 || str_eq(scope, u[i].code))
            page_option(v, list, u[i].code, u[i].name, f->unit);
    return e;
}

static void show_row(struct tx *tx, struct view *v, struct value *list,
                     const struct card_page *c)
{
    const struct card_kind *k = card_kind_of(c->level);
    struct view row = view_row(v, list);
    view_text(&row, "code", c->number);
    view_text(&row, "look", str_of(k->look));
    view_text(&row, "kind", str_of(k->name));
    view_text(&row, "number", c->ref);
    view_text(&row, "title", c->title);
    view_text(&row, "unit_name", c->unit_name);
    view_text(&row, "holder", c->holder);
    view_inst(&row, "issued", c->issued);
    view_text(&row, "reason", card_reason(v->arena, tx->calendar, c->level,
                                          c->clock, c->due,
                                          inst_day(c->issued)));
    view_text(&row, "basis", card_basis(v->arena, c->rule));
    view_text(&row, "state", card_state_word(c->level, c->state));
}

static str address(struct arena *a, const struct filter *f)
{
    return arena_printf(a, "/supervision/cards?kind=%.*s&state=%.*s&unit=%.*s",
                        STR_ARG(f->kind), STR_ARG(f->state), STR_ARG(f->unit));
}

enum err cards_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct filter f = filter_of(rq, tx);
    struct card_page *c;
    struct card_page_count all;
    size_t n;
    rq_menu(rq, "desk.cards");
    show_kinds(v, f.kind);
    show_states(v, &f);
    enum err e = show_units(tx, v, &f);
    if (e == OK)
        e = card_page_count(tx, f.unit, f.kind, f.state, &all);
    if (e == OK)
        e = card_page(tx, f.unit, f.kind, f.state,
                      (inst){ rq_int(rq, "before", INT64_MAX) },
                      rq_int(rq, "id", 0), &c, &n);
    if (e != OK)
        return e;
    view_count(v, "total", all.cards);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PAGE; i++)
        show_row(tx, v, list, &c[i]);
    str same = address(v->arena, &f), next = STR("");
    if (n > PAGE)
        next = arena_printf(v->arena, "%.*s&before=%lld&id=%lld",
                            STR_ARG(same), (long long)c[PAGE - 1].issued.ms,
                            (long long)c[PAGE - 1].id);
    page_pager_next(v, "pager", rq_has(rq, "before") ? same : STR(""), next,
                    all.cards, PAGE);
    return OK;
}

/* ---- one card ---- */

static enum err load(struct request *rq, struct tx *tx, struct card_one *c)
{
    enum err e = card_one(tx, rq_path(rq, "code"), c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个编号的牌，请从黄牌红牌列表打开。");
    if (e == OK && !auth_in_scope(tx->who, c->unit))
        return rq_fail(rq, ERR_DENIED, "您只能查看和说明本单位的牌。");
    return e;
}

static void add_fact(struct view *v, struct value *list, const char *label,
                     str text)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "text", text);
}

static void show_facts(struct tx *tx, struct view *v, const struct card_one *c)
{
    char due[DAY_TEXT], issued[INST_TEXT];
    struct arena *a = v->arena;
    struct value *list = view_list(v, "facts");
    add_fact(v, list, "部门", c->unit_name);
    add_fact(v, list, "责任人", c->holder);
    add_fact(v, list, "应办结", arena_str(a, day_text(c->due, due)));
    add_fact(v, list, "发出", arena_printf(a, "%.*s，由系统按时限发出",
                                           STR_ARG(inst_minutes_text(c->issued,
                                                                     issued))));
    add_fact(v, list, "原因", card_reason(a, tx->calendar, c->level, c->clock,
                                          c->due, inst_day(c->issued)));
    add_fact(v, list, "依据", card_basis(a, c->rule));
}

static void add_event(struct view *v, struct value *list, inst at,
                      const char *verb, str text, str actor, const char *icon)
{
    struct view row = view_row(v, list);
    view_inst(&row, "at", at);
    view_text(&row, "text", text);
    view_text(&row, "verb", str_of(verb));
    view_text(&row, "actor", actor);
    view_text(&row, "basis", STR(""));
    view_text(&row, "look", STR("done"));
    view_text(&row, "icon", str_of(icon));
}

/* Newest first. */
static void show_events(struct view *v, const struct card_one *c)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "events");
    bool lifted = str_is(c->state, "lifted");
    if (!inst_is_none(c->answered))
        add_event(v, list, c->answered, lifted ? "lift" : "uphold",
                  arena_printf(a, "%s：%.*s", lifted ? "撤销" : "维持",
                               STR_ARG(c->answer)), STR("监察"),
                  lifted ? "undo-2" : "gavel");
    if (!inst_is_none(c->said_at))
        add_event(v, list, c->said_at, "explain", c->said, c->said_by,
                  "message-square");
}

/* The clock it was issued for, as it stands today. */
static enum err show_clock(struct tx *tx, struct view *v,
                           const struct card_one *c)
{
    struct clock_found found;
    enum err e = clock_find(tx, c->matter, c->ref, c->clock, &found);
    if (e == OK)
        clock_found_view(tx, v, "clock", &found);
    return e;
}

/* ---- what this person may do to it ---- */

static bool may_explain(struct request *rq, struct tx *tx,
                        const struct card_one *c)
{
    return rq_may(rq, "supervision.explain") &&
           str_eq(tx->who->unit, c->unit) && str_is(c->state, "issued") &&
           !str_is(c->level, "warning");
}

static bool may_answer(struct request *rq, const struct card_one *c)
{
    return rq_may(rq, "supervision.answer") &&
           (str_is(c->state, "issued") || str_is(c->state, "explained")) &&
           !str_is(c->level, "warning");
}

static void ask_text(struct request *rq, struct view *v, struct value *list,
                     const char *label, const char *hint)
{
    struct page_field f = { .name = "text", .type = "lines",
                            .label = str_of(label), .hint = str_of(hint),
                            .value = rq_text(rq, "text") };
    str problem;
    if (rq_problem(rq, "text", &problem))
        f.error = problem;
    page_field(v, list, &f);
}

static void ask_verdict(struct request *rq, struct view *v,
                        struct value *list)
{
    static const struct page_choice verdicts[] = {
        { .value = { "uphold", 6 }, .label = { "维持", 6 } },
        { .value = { "lift", 4 }, .label = { "撤销", 6 } },
    };
    struct page_field f = { .name = "verdict", .type = "choice",
                            .label = STR("处理"), .choices = verdicts,
                            .choice_count = 2,
                            .value = rq_text(rq, "verdict") };
    str problem;
    if (rq_problem(rq, "verdict", &problem))
        f.error = problem;
    page_field(v, list, &f);
}

static void show_action(struct request *rq, struct tx *tx, struct view *v,
                        const struct card_one *c)
{
    bool explain = may_explain(rq, tx, c), answer = may_answer(rq, c);
    str action = STR("");
    if (explain || answer)
        action = arena_printf(v->arena, "/supervision/cards/%.*s/%s",
                              STR_ARG(c->number),
                              explain ? "explain" : "answer");
    view_text(v, "action", action);
    view_text(v, "submit", explain ? STR("提交说明")
                           : answer ? STR("提交处理意见") : STR(""));
    struct value *fields = view_list(v, "fields");
    if (explain) {
        ask_text(rq, v, fields, "情况说明",
                 "写明超期的原因和整改措施，四至一千字。");
    } else if (answer) {
        ask_verdict(rq, v, fields);
        ask_text(rq, v, fields, "处理意见",
                 "维持或者撤销都要写明理由，办件单位会看到。");
    }
}

enum err card_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct card_one c;
    enum err e = load(rq, tx, &c);
    if (e != OK)
        return e;
    const struct card_kind *k = card_kind_of(c.level);
    rq_menu(rq, "desk.cards");
    view_text(v, "code", c.number);
    view_text(v, "look", str_of(k->look));
    view_text(v, "kind", str_of(k->name));
    view_text(v, "state", card_state_word(c.level, c.state));
    show_facts(tx, v, &c);
    view_text(v, "number", c.ref);
    view_text(v, "title", c.title);
    e = show_clock(tx, v, &c);
    show_events(v, &c);
    show_action(rq, tx, v, &c);
    return e;
}

/* ---- what the organisation says ---- */

enum err card_explain_post(struct request *rq, struct tx *tx)
{
    struct card_one c;
    enum err e = load(rq, tx, &c);
    if (e != OK)
        return e;
    if (!str_eq(tx->who->unit, c.unit))
        return rq_fail(rq, ERR_DENIED, "只有被发牌的单位可以说明情况。");
    if (str_is(c.level, "warning"))
        return rq_fail(rq, ERR_RANGE, "预警不需要说明，请在期限内办结。");
    e = card_explain(tx, c.id, c.revision, rq_text(rq, "text"), tx->who->name,
                     tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这张牌已经说明过或者处理完毕，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("card.explain"), c.number, rq_text(rq, "text"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已提交说明，等待监察处理。"));
    return rq_see_other(rq, "/supervision/cards/%.*s", STR_ARG(c.number));
}

/* ---- the supervisor's answer ---- */

static enum err tell_answer(struct tx *tx, const struct card_one *c, bool lift,
                            str answer)
{
    struct arena *a = tx->arena;
    const char *what = lift ? "已撤销" : "已维持";
    struct watch_letter l = {
        .unit = c->unit, .holder = c->holder, .leaders = true,
        .about = STR("card"), .ref = c->number,
        .title = arena_printf(a, "%s%s：%.*s", card_kind_of(c->level)->name,
                              what, STR_ARG(c->title)),
        .body = arena_printf(a, "处理意见：%.*s", STR_ARG(answer)),
        .link = arena_printf(a, "/supervision/cards/%.*s",
                             STR_ARG(c->number)),
    };
    return watch_tell(tx, &l);
}

enum err card_answer_post(struct request *rq, struct tx *tx)
{
    struct card_one c;
    enum err e = load(rq, tx, &c);
    if (e != OK)
        return e;
    if (str_is(c.level, "warning"))
        return rq_fail(rq, ERR_RANGE, "预警不需要处理，到期后自动解除。");
    bool lift = str_is(rq_text(rq, "verdict"), "lift");
    str answer = rq_text(rq, "text");
    e = card_answer(tx, c.id, c.revision, lift ? STR("lifted") : STR("upheld"),
                    answer, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这张牌已经处理过，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, lift ? STR("card.lift") : STR("card.uphold"),
                       c.number, answer);
    if (e == OK)
        e = tell_answer(tx, &c, lift, answer);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", lift ? STR("已撤销这张牌。") : STR("已维持这张牌。"));
    return rq_see_other(rq, "/supervision/cards/%.*s", STR_ARG(c.number));
}
