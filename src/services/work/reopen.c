/*
 * A closed case done again.
 *
 * A new row instead of the old one set back: what was decided, when, by whom
 * and how late must still be readable after the new decision, and so must the
 * old process.  The new run hangs below the thread people already follow.
 */
#include "services/work/act.h"

#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "kernel/notify/notify.h"
#include "kernel/store/topics.h"
#include "services/tell.h"

static const struct cause {
    const char *ground, *words, *law;
} causes[] = {
    { "reconsideration", "根据%.*s行政复议决定",
      "行政复议法 第六十四条、第七十七条" },
    { "judgment", "根据%.*s行政判决", "行政诉讼法 第七十条、第七十一条" },
    { "complaint", "投诉%.*s经核查成立", "优化营商环境条例 第四十九条" },
    { "error", "本机关发现原决定有误%.*s", "行政许可法 第六十条" },
};

static const struct cause *cause_of(str ground)
{
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++)
        if (str_is(ground, causes[i].ground))
            return &causes[i];
    return NULL;
}

static str cause_text(struct arena *a, const struct cause *c, str document)
{
    str name = str_is_none(document) ? STR("") : document;
    str words = str_of(c->words);
    ptrdiff_t at = str_find(words, STR("%.*s"));
    if (str_is(str_of(c->ground), "error"))
        name = STR("");
    return arena_printf(a, "%.*s%s%.*s%s%.*s", (int)at, words.p,
                        name.n ? " " : "", STR_ARG(name), name.n ? " " : "",
                        STR_ARG(str_slice(words, (size_t)at + 4, words.n)));
}

/* ---- may it? ---- */

static enum err may_reopen(struct tx *tx, const struct case_load *old)
{
    struct reopened_of runs;
    if (old->open)
        return ERR_CONFLICT;
    if (str_is(old->kind, "joint") || (!str_is(old->state, "refused") &&
                                       !str_is(old->state, "denied")))
        return ERR_RANGE;
    enum err e = reopened_of(tx, old->id, &runs);
    return e == OK && runs.runs > 0 ? ERR_CONFLICT : e;
}

/* ---- the new run ---- */

/* Who handled it, if they still sit there; else the desk itself. */
static enum err officer_of(struct tx *tx, const struct case_load *old,
                           int64_t *officer, str *name)
{
    struct officer_still still = { .posts = 0 };
    struct unit_brief u;
    enum err e = OK;
    if (old->officer != INT_NONE)
        e = officer_still(tx, old->unit, old->officer, &still);
    if (e == OK)
        e = unit_brief(tx, old->unit, &u);
    if (e != OK)
        return e;
    *officer = still.posts ? old->officer : INT_NONE;
    *name = still.posts ? old->officer_name : u.short_name;
    return OK;
}

static int64_t shorter(int64_t limit, int64_t ordered)
{
    return ordered > 0 && ordered < limit ? ordered : limit;
}

static enum err add_run(struct tx *tx, const struct case_load *old,
                        const struct reopening *r, int64_t thread, str number,
                        int64_t *id)
{
    int64_t officer;
    str name;
    enum err e = officer_of(tx, old, &officer, &name);
    if (e != OK)
        return e;
    *id = store_id(tx->store);
    e = case_add(tx, *id, number, STR("part"), thread, old->theme,
                 old->theme_version, old->part, old->item, old->item_version,
                 old->title, old->unit, officer, name, old->applicant,
                 old->applicant_name, old->applicant_code, old->mobile,
                 old->applicant_open, old->proxy, old->proxy_name,
                 old->channel, old->town, str_none, old->papers,
                 STR("received"), 1, tx->now, tx_today(tx), day_none,
                 shorter(old->statutory_n, r->days), old->statutory_unit,
                 shorter(old->clock_n, r->days), SERVICES_NO_DAY, old->ticket);
    struct open_place place = { old->unit, STR("received"), STR("part"),
                                SERVICES_NO_DAY };
    if (e == OK)
        e = open_enters(tx, &place);
    return e == OK ? case_set_reopens(tx, *id, old->id) : e;
}

static enum err start_process(struct tx *tx, const struct case_load *old,
                              str number)
{
    struct item_guide item;
    struct process_answer a;
    const struct process_graph *g;
    int64_t def;
    enum err e = item_guide(tx, old->item, &item);
    if (e == OK)
        e = process_graph_live(tx, item.process, &def, &g);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e; /* by the law's states alone */
    process_let_go(g);
    struct process_start s = {
        .def = def, .number = number, .module = STR("services"),
        .title = old->title, .unit = old->unit, .applicant = old->applicant,
        .due = day_none, .noted = true,
    };
    return process_start(tx, &s, &a);
}

/* Whoever handled it, and who answers for the organisation. */
static enum err tell_desk(struct tx *tx, const struct case_load *old,
                          str number, str cause)
{
    struct staff_of *leader;
    size_t n;
    struct notify_letter l = {
        .about = STR("case"), .ref = number,
        .title = arena_printf(tx->arena, "重新办理：%.*s",
                              STR_ARG(old->title)),
        .body = arena_printf(tx->arena, "%.*s，办件 %.*s 重新办理，新的编号 "
                             "%.*s。原记录不变；不得以同一的事实和理由作出与原"
                             "决定基本相同的决定。", STR_ARG(cause),
                             STR_ARG(old->number), STR_ARG(number)),
        .link = arena_printf(tx->arena, "/desk/%.*s", STR_ARG(number)),
    };
    enum err e = OK;
    if (old->officer != INT_NONE) {
        l.account = old->officer;
        e = notify_send(tx, &l);
    }
    if (e == OK)
        e = staff_of(tx, old->unit, STR("leader"), &leader, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (leader[i].account == old->officer)
            continue;
        l.account = leader[i].account;
        e = notify_send(tx, &l);
    }
    return e;
}

enum err case_reopen(struct tx *tx, struct reopening *r)
{
    struct case_load old;
    const struct cause *cause = cause_of(r->ground);
    int64_t id;
    enum err e = case_load(tx, r->number, &old);
    if (e == OK)
        e = cause ? may_reopen(tx, &old) : ERR_RANGE;
    if (e != OK)
        return e;
    struct again again = {
        .old = old.number, .law = str_of(cause->law),
        .cause = cause_text(tx->arena, cause, r->document),
    };
    int64_t thread = old.parent == INT_NONE ? old.id : old.parent;
    r->opened = arena_join(tx->arena, old.number, STR("R"));
    e = add_run(tx, &old, r, thread, r->opened, &id);
    if (e == OK)
        e = start_process(tx, &old, r->opened);
    if (e == OK)
        e = act_again(tx, r->opened, &again);
    if (e == OK)
        e = tell_desk(tx, &old, r->opened, again.cause);
    store_touch(tx, TOPIC_BOARD);
    return e;
}

/* ---- heard ---- */

static enum err tell_remedy(struct tx *tx, str remedy, str number, str text)
{
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&told, "remedy", remedy);
    view_text(&told, "number", number);
    view_text(&told, "text", text);
    return flow_signal(tx, "case.reopened", remedy, told.object);
}

/* What cannot be taken up any more is said, not tried again for ever. */
enum err case_reopen_heard(struct tx *tx, str ref, const struct value *payload)
{
    struct reopening r = {
        .number = ref,
        .ground = value_get_text(payload, STR("ground")),
        .document = value_get_text(payload, STR("document")),
        .days = value_get_int(payload, STR("days"), 0),
        .opened = STR(""),
    };
    str remedy = value_get_text(payload, STR("remedy"));
    enum err e = case_reopen(tx, &r);
    if (e == ERR_CONFLICT)
        return tell_remedy(tx, remedy, STR(""),
                           STR("这件还在办理，或者已经重新办理过。"));
    if (e == ERR_RANGE || e == ERR_NOTFOUND)
        return tell_remedy(tx, remedy, STR(""),
                           STR("只有不予受理、不予批准的办件可以重新办理。"));
    return e == OK ? tell_remedy(tx, remedy, r.opened, STR("")) : e;
}

/* A complaint and its answer stand on the thread they are about. */
enum err case_remedied(struct tx *tx, str ref, const struct value *payload)
{
    struct case_owner c;
    str text = value_get_text(payload, STR("text"));
    if (str_is_none(text))
        return OK;
    enum err e = case_owner(tx, ref, &c);
    return e == OK ? case_event(tx, c.id, "complaint", text,
                                value_get_text(payload, STR("actor")),
                                STR(""), STR("优化营商环境条例 第四十九条"),
                                true) : e;
}
