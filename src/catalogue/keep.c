/*
 * How an item moves: written, sent, approved, in force.
 *
 * The item's row is locked by its revision, so of two who move it one is told;
 * the version's row then changes under that lock.  What a version says is
 * rewritten only while it is a draft; the database refuses anything else.
 */
#include "catalogue/keep.h"

#include "catalogue/named.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/job/job.h"
#include "kernel/laws/laws.h"

/* ---- reading ---- */

bool keep_code_ok(str code)
{
    bool ok = code.n >= 3 && code.n <= 40;
    for (size_t i = 0; ok && i < code.n; i++) {
        char c = code.p[i];
        ok = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
             (c >= 'a' && c <= 'z') || (c == '-' && i > 0);
    }
    return ok && !str_is(code, "new");
}

enum err keep_load(struct tx *tx, str code, int64_t version, struct kept *out)
{
    str problem;
    *out = (struct kept){ .version = { .version = 0 } };
    enum err e = catalogue_one(tx, code, &out->item);
    if (e != OK)
        return e;
    if (version == 0)
        version = out->item.work ? out->item.work : out->item.live;
    e = version_one(tx, code, version, &out->version);
    if (e != OK)
        return e;
    return value_read_json(tx->arena, out->version.body, &out->guide,
                           &problem) == OK ? OK : ERR_STORE;
}

static enum err held(struct tx *tx, str unit, const char *duty, bool *yes)
{
    struct duty_held h = { 0 };
    enum err e = duty_held(tx, tx->who->account, unit, str_of(duty),
                           tx_today(tx), &h);
    *yes = e == OK && h.held > 0;
    return e;
}

enum err keep_is_keeper(struct tx *tx, bool *yes)
{
    return held(tx, tx->who->unit, DUTY_KEEPER, yes);
}

enum err keep_is_clerk(struct tx *tx, str unit, bool *yes)
{
    *yes = false;
    return str_eq(tx->who->unit, unit) && unit.n
               ? held(tx, unit, DUTY_CLERK, yes) : OK;
}

/* ---- findings ---- */

static int law_of(str law, str article, str *version)
{
    return (int)laws_find(law, article, version);
}

static enum err about_of(struct tx *tx, const struct catalogue_one *item,
                         const struct value *guide, struct guide_about *about)
{
    struct item_twins twins = { 0 };
    struct item_taken taken = { 0 };
    str task = guide_get(guide, "task_code");
    enum err e = item_twins(tx, item->code, item->unit,
                            guide_get(guide, "name"), &twins);
    if (e == OK && task.n)
        e = item_taken(tx, item->code, task, &taken);
    *about = (struct guide_about){ .today = tx_today(tx),
                                   .twin = twins.items > 0,
                                   .code_taken = taken.items > 0,
                                   .law = law_of, .paper = named_state,
                                   .context = tx };
    return e;
}

/* A version's findings go, and with them what is kept of them: the one way
 * they do. */
static enum err forget_findings(struct tx *tx, str code, int64_t version)
{
    enum err e = found_follow(tx, code, version, -1, NULL);
    return e == OK ? finding_clear(tx, code, version, NULL) : e;
}

static enum err add_findings(struct tx *tx, const struct catalogue_one *item,
                             int64_t version, bool live,
                             const struct guide_findings *f)
{
    enum err e = OK;
    for (int i = 0; e == OK && i < f->n; i++)
        e = finding_add(tx, store_id(tx->store), item->code, version,
                        item->unit, str_of(f->list[i].rule->code),
                        f->list[i].rule->grade == GRADE_MUST ? STR("must")
                                                             : STR("should"),
                        live, f->list[i].text, NULL);
    return e == OK && live ? found_follow(tx, item->code, version, 1, NULL)
                           : e;
}

static bool same_findings(const struct finding_list *was, size_t n, bool live,
                          const struct guide_findings *f)
{
    bool same = n == (size_t)f->n;
    for (size_t i = 0; same && i < n; i++) {
        const struct guide_rule *r = f->list[i].rule;
        same = str_is(was[i].rule, r->code) && was[i].live == live &&
               str_is(was[i].grade, "must") == (r->grade == GRADE_MUST) &&
               str_eq(was[i].text, f->list[i].text);
    }
    return same;
}

/* What is found as it was is not written again: a round looks at all. */
static enum err check(struct tx *tx, const struct catalogue_one *item,
                      int64_t version, const struct value *guide, bool live,
                      struct guide_findings *f)
{
    struct guide_about about;
    struct finding_list *was;
    size_t n;
    enum err e = about_of(tx, item, guide, &about);
    if (e == OK)
        e = finding_list(tx, item->code, version, &was, &n);
    if (e != OK)
        return e;
    guide_check(tx->arena, guide, &about, f);
    if (same_findings(was, n, live, f))
        return OK;
    e = forget_findings(tx, item->code, version);
    return e == OK ? add_findings(tx, item, version, live, f) : e;
}

enum err keep_check(struct tx *tx, const struct catalogue_one *item,
                    int64_t version, const struct value *guide, int *must)
{
    struct guide_findings *f = ARENA_NEW(tx->arena, struct guide_findings);
    bool live = version == item->live;
    int64_t newest = item->work ? item->work : item->live;
    enum err e = check(tx, item, version, guide, live, f);
    if (e == OK && version == newest)
        e = catalogue_counted(tx, item->code, f->must, f->n - f->must);
    if (must)
        *must = f->must;
    return e;
}

/* Both versions of an item that are looked at. */
static enum err check_both(struct tx *tx, str code)
{
    struct kept k;
    enum err e = keep_load(tx, code, 0, &k);
    if (e == OK)
        e = keep_check(tx, &k.item, k.version.version, k.guide, NULL);
    if (e != OK || k.item.live == 0 || k.item.live == k.version.version)
        return e == ERR_NOTFOUND ? OK : e;
    e = keep_load(tx, code, k.item.live, &k);
    return e == OK ? keep_check(tx, &k.item, k.item.live, k.guide, NULL) : e;
}

/* Who shares, or no longer shares, a name with an item. */
static enum err check_twins(struct tx *tx, str unit, str name, str code)
{
    struct finding_twins *t;
    size_t n;
    enum err e = finding_twins(tx, unit, name, code, &t, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = check_both(tx, t[i].code);
    return e;
}

/* ---- telling ---- */

static enum err tell(struct tx *tx, const struct kept *k, const char *verb,
                     str text)
{
    enum err e = item_event_add(tx, store_id(tx->store), k->item.code,
                           k->version.version, tx->now, str_of(verb), text,
                           tx->who->name, NULL);
    return e == OK ? audit_note(tx, arena_printf(tx->arena, "catalogue.%s",
                                                 verb), k->item.code, text)
                   : e;
}

/* What services and everybody else take notice of. */
static enum err signal_changed(struct tx *tx, const struct kept *k)
{
    struct view told = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_int(&told, "version", k->item.live);
    view_text(&told, "state", k->item.state);
    return flow_signal(tx, "catalogue.changed", k->item.code, told.object);
}

/* ---- the row of the item ---- */

static enum err set(struct tx *tx, struct kept *k)
{
    struct catalogue_one *i = &k->item;
    enum err e = catalogue_set(tx, i->code, i->revision, i->name, i->task_code,
                               i->level, i->state, i->why, i->live, i->work,
                               i->step, tx->now);
    i->revision++;
    return e;
}

/* In the order of the table, so that two that say the same are the same. */
static str json_of(struct arena *a, const struct value *guide)
{
    struct buf b = { 0 };
    struct value *ordered = NULL;
    str problem;
    bool ok = guide_take(a, guide, &ordered, &problem) == OK;
    value_write_json(ok ? ordered : guide, &b);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void name_of(struct kept *k)
{
    k->item.name = guide_get(k->guide, "name");
    k->item.task_code = guide_get(k->guide, "task_code");
    k->item.level = guide_get(k->guide, "level");
}

/* ---- drafts ---- */

enum err keep_new(struct tx *tx, str code, str unit, const struct value *guide,
                  str note)
{
    struct kept k = { .guide = (struct value *)guide };
    struct catalogue_known known;
    str body = json_of(tx->arena, guide);
    enum err e = body.n > GUIDE_BYTES ? ERR_RANGE
                                      : catalogue_known(tx, code, &known);
    if (e == OK && known.items)
        e = ERR_CONFLICT;
    if (e != OK)
        return e;
    name_of(&k);
    k.item.code = code;
    k.item.unit = unit;
    k.item.work = k.version.version = 1;
    e = catalogue_new(tx, store_id(tx->store), code, unit, k.item.name,
                      k.item.task_code, k.item.level, STR("new"), 0, 1,
                      STR("draft"), tx->now);
    if (e == OK)
        e = version_add(tx, store_id(tx->store), code, 1, STR("draft"), body,
                        note, tx->who->name, tx->now, STR(""), day_none);
    if (e == OK)
        e = named_follow(tx, code, 1, guide);
    if (e == OK)
        e = keep_check(tx, &k.item, 1, guide, NULL);
    if (e == OK)
        e = check_twins(tx, unit, k.item.name, code);
    return e == OK ? tell(tx, &k, "new", STR("新建事项，起草第 1 版")) : e;
}

/* The next draft, saying what k->guide says. */
static enum err next_draft(struct tx *tx, struct kept *k, str note)
{
    struct version_newest newest;
    str before = k->item.name, body = json_of(tx->arena, k->guide);
    if (k->item.work || k->item.live == 0)
        return ERR_CONFLICT;
    enum err e = body.n > GUIDE_BYTES
                     ? ERR_RANGE : version_newest(tx, k->item.code, &newest);
    if (e != OK)
        return e;
    name_of(k);
    k->item.work = newest.version + 1;
    k->item.step = STR("draft");
    e = version_add(tx, store_id(tx->store), k->item.code, k->item.work,
                    STR("draft"), body, note, tx->who->name, tx->now, STR(""),
                    day_none);
    if (e == OK)
        e = set(tx, k);
    if (e == OK)
        e = version_one(tx, k->item.code, k->item.work, &k->version);
    if (e == OK)
        e = named_follow(tx, k->item.code, k->item.work, k->guide);
    if (e == OK)
        e = keep_check(tx, &k->item, k->item.work, k->guide, NULL);
    if (e == OK && !str_eq(before, k->item.name))
        e = check_twins(tx, k->item.unit, before, k->item.code);
    return e == OK ? tell(tx, k, "begin",
                          arena_printf(tx->arena, "从第 %lld 版起草第 %lld 版",
                                       (long long)k->item.live,
                                       (long long)k->item.work)) : e;
}

enum err keep_begin(struct tx *tx, struct kept *k)
{
    return next_draft(tx, k, STR(""));
}

enum err keep_put(struct tx *tx, str code, str unit, int64_t revision,
                  const struct value *guide, str note)
{
    struct kept k;
    if (revision == 0)
        return keep_new(tx, code, unit, guide, note);
    enum err e = keep_load(tx, code, 0, &k);
    if (e == OK && (k.item.revision != revision ||
                    !str_eq(k.item.unit, unit)))
        e = ERR_CONFLICT;
    if (e != OK)
        return e == ERR_NOTFOUND ? ERR_CONFLICT : e;
    k.guide = (struct value *)guide;
    return next_draft(tx, &k, note);
}

enum err keep_write(struct tx *tx, struct kept *k, str note)
{
    str body = json_of(tx->arena, k->guide), before = k->item.name;
    if (body.n > GUIDE_BYTES)
        return ERR_RANGE;
    if (!str_is(k->item.step, "draft") || k->item.work != k->version.version)
        return ERR_CONFLICT;
    name_of(k);
    enum err e = version_write(tx, k->item.code, k->item.work,
                               k->version.revision, body, note,
                               tx->who->name, tx->now);
    if (e == OK)
        e = named_follow(tx, k->item.code, k->item.work, k->guide);
    if (e == OK)
        e = set(tx, k);
    if (e == OK)
        e = keep_check(tx, &k->item, k->item.work, k->guide, NULL);
    if (e == OK && !str_eq(before, k->item.name))
        e = check_twins(tx, k->item.unit, before, k->item.code);
    if (e == OK)
        e = check_twins(tx, k->item.unit, k->item.name, k->item.code);
    k->version.revision++;
    return e;
}

/* Called again, and judged, as what is in force. */
static enum err back_to_live(struct tx *tx, struct kept *k)
{
    struct kept live;
    k->item.work = 0;
    k->item.step = STR("");
    enum err e = keep_load(tx, k->item.code, k->item.live, &live);
    if (e != OK)
        return e;
    k->guide = live.guide;
    name_of(k);
    e = set(tx, k);
    return e == OK ? check_both(tx, k->item.code) : e;
}

enum err keep_drop(struct tx *tx, struct kept *k)
{
    int64_t version = k->item.work;
    str name = k->item.name;
    if (!str_is(k->item.step, "draft"))
        return ERR_CONFLICT;
    bool unborn = k->item.live == 0;
    enum err e = forget_findings(tx, k->item.code, version);
    if (e == OK)
        e = version_drop(tx, k->item.code, version);
    if (e == OK)
        e = named_follow(tx, k->item.code, version, NULL);
    if (e == OK)
        e = unborn ? catalogue_forget(tx, k->item.code, k->item.revision)
                   : back_to_live(tx, k);
    /* Who had the draft's name has it alone; who has the old one, no more. */
    if (e == OK)
        e = check_twins(tx, k->item.unit, name, k->item.code);
    if (e == OK && !str_eq(name, k->item.name))
        e = check_twins(tx, k->item.unit, k->item.name, k->item.code);
    if (e != OK)
        return e;
    return tell(tx, k, "drop",
                unborn ? STR("放弃没有生效过的事项")
                       : arena_printf(tx->arena, "放弃第 %lld 版的草稿",
                                      (long long)version));
}

/* ---- review ---- */

enum err keep_send(struct tx *tx, struct kept *k)
{
    int must = 0;
    if (!str_is(k->item.step, "draft"))
        return ERR_CONFLICT;
    enum err e = keep_check(tx, &k->item, k->item.work, k->guide, &must);
    if (e == OK && must)
        return ERR_RANGE;
    if (e == OK)
        e = version_send(tx, k->item.code, k->item.work, tx->who->account,
                         tx->who->name, tx->now);
    k->item.step = STR("sent");
    if (e == OK)
        e = set(tx, k);
    return e == OK ? tell(tx, k, "send",
                          arena_printf(tx->arena, "第 %lld 版送审",
                                       (long long)k->item.work)) : e;
}

enum err keep_return(struct tx *tx, struct kept *k, str opinion)
{
    if (!str_is(k->item.step, "sent") && !str_is(k->item.step, "approved"))
        return ERR_CONFLICT;
    enum err e = version_back(tx, k->item.code, k->item.work, tx->who->name,
                              tx->now, opinion);
    k->item.step = STR("draft");
    if (e == OK)
        e = set(tx, k);
    return e == OK ? tell(tx, k, "return",
                          arena_printf(tx->arena, "第 %lld 版退回修改：%.*s",
                                       (long long)k->item.work,
                                       STR_ARG(opinion))) : e;
}

/* How the reason of an item that ran out begins. */
#define TERM "拟取消日期 "

/* The old one past, the new one in force. */
static enum err enter(struct tx *tx, struct kept *k)
{
    int64_t before = k->item.live;
    enum err e = before ? version_past(tx, k->item.code, before, tx_today(tx))
                        : OK;
    if (e == OK && before)
        e = forget_findings(tx, k->item.code, before);
    if (e == OK)
        e = version_live(tx, k->item.code, k->item.work);
    k->item.live = k->item.work;
    k->item.work = 0;
    k->item.step = STR("");
    if (str_is(k->item.state, "new") || str_starts(k->item.why, STR(TERM))) {
        k->item.state = STR("live"); /* also what only wanted a new version */
        k->item.why = STR("");
    }
    if (e == OK)
        e = set(tx, k);
    if (e == OK)
        e = keep_check(tx, &k->item, k->item.live, k->guide, NULL);
    if (e == OK)
        e = tell(tx, k, "effect", arena_printf(tx->arena, "第 %lld 版生效",
                                               (long long)k->item.live));
    return e == OK ? signal_changed(tx, k) : e;
}

/* Past the last day its version names, with none in its place: an item that
 * cannot be had, said with the day. */
static enum err end_term(struct tx *tx, str code)
{
    struct kept k;
    day until;
    enum err e = keep_load(tx, code, 0, &k);
    if (e == OK && k.item.live && k.item.live != k.version.version)
        e = keep_load(tx, code, k.item.live, &k);
    if (e != OK || k.item.live == 0 || !str_is(k.item.state, "live") ||
        !day_parse(guide_get(k.guide, "until"), &until) ||
        until.n >= tx_today(tx).n)
        return e == ERR_NOTFOUND ? OK : e;
    return keep_state(tx, &k, "withdrawn",
                      arena_printf(tx->arena, TERM "%.*s 已过，没有接续的版本",
                                   STR_ARG(guide_get(k.guide, "until"))));
}

enum err keep_approve(struct tx *tx, struct kept *k, day effective,
                      str opinion)
{
    char iso[DAY_TEXT];
    if (!str_is(k->item.step, "sent"))
        return ERR_CONFLICT;
    if (k->version.sender == tx->who->account && k->version.sender)
        return ERR_DENIED;
    enum err e = version_approve(tx, k->item.code, k->item.work,
                                 tx->who->name, tx->now, opinion, effective);
    k->item.step = STR("approved");
    if (e == OK)
        e = set(tx, k);
    if (e == OK)
        e = tell(tx, k, "approve",
                 arena_printf(tx->arena, "第 %lld 版审核通过，自 %.*s 起生效",
                              (long long)k->item.work,
                              STR_ARG(day_text(effective, iso))));
    return e == OK && effective.n <= tx_today(tx).n ? enter(tx, k) : e;
}

enum err keep_state(struct tx *tx, struct kept *k, const char *state, str why)
{
    bool back = str_is(str_of(state), "live");
    if (k->item.live == 0 || str_is(k->item.state, state))
        return ERR_RANGE;
    k->item.state = str_of(state);
    k->item.why = back ? STR("") : why;
    enum err e = set(tx, k);
    if (e == OK)
        e = tell(tx, k, back ? "resume" : str_is(str_of(state), "paused")
                                   ? "pause" : "withdraw", why);
    return e == OK ? signal_changed(tx, k) : e;
}

/* ---- jobs ---- */

enum err keep_job_effect(struct tx *tx, bool *more)
{
    struct version_due *d;
    size_t n;
    enum err e = version_due(tx, tx_today(tx), &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct kept k;
        e = keep_load(tx, d[i].item, d[i].version, &k);
        if (e == OK)
            e = enter(tx, &k);
    }
    *more = e == OK && n == 100;
    return e;
}

/* Every day, and whenever other law texts were read, everything is looked
 * through again, two hundred items at a time: what was right yesterday may
 * rest on an expired article today. */
enum err keep_job_round(struct tx *tx, bool *more)
{
    struct round_now r = { .today = day_none, .after = STR("~") };
    struct item_next *next;
    size_t n;
    int64_t laws = (int64_t)(laws_version() >> 1);
    *more = false;
    enum err e = round_now(tx, &r);
    if (e == ERR_NOTFOUND || (e == OK && (r.today.n != tx_today(tx).n ||
                                          r.laws != laws))) {
        r.after = STR("");
        e = round_begin(tx, tx_today(tx), laws, NULL);
    }
    if (e != OK || str_is(r.after, "~"))
        return e;
    e = item_next(tx, r.after, &next, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = check_both(tx, next[i].code);
        if (e == OK)
            e = end_term(tx, next[i].code);
    }
    *more = e == OK && n == 200;
    return e == OK ? round_on(tx, *more ? next[n - 1].code : STR("~")) : e;
}

enum err keep_job_sweep(struct tx *tx, bool *more)
{
    enum { WEEK = 7 * 24 * 3600 * 1000 };
    *more = false;
    return import_sweep(tx, (inst){ tx->now.ms - WEEK }, NULL);
}
