/*
 * Complaints, corrections and what was done again: some of each in the states
 * they can be in, written and answered through the same functions as the pages.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/search/search.h"
#include "remedies/matter.h"
#include "services/case.h"

#include <stdio.h>

static struct remedy_new blank(const char *kind)
{
    return (struct remedy_new){
        .kind = remedy_kind(str_of(kind)), .ref = STR(""),
        .document = STR(""), .was = str_none, .becomes = str_none,
        .state = "open",
    };
}

/* About the fire brigade's part of the staged restaurant: open, and heard. */
static enum err complaint(struct city *c, struct tx *tx)
{
    struct my_cases *mine;
    struct steps_seen *s;
    struct remedy_one m;
    size_t n, steps;
    str number;
    enum err e = my_cases(tx, c->zhou, INT64_MAX, &mine, &n);
    if (e != OK)
        return e;
    while (n > 0 && !str_is(mine[n - 1].kind, "joint"))
        n--;
    if (n == 0)
        return OK;
    e = steps_seen(tx, mine[n - 1].number, &s, &steps);
    if (e != OK || steps == 0)
        return e;
    struct remedy_new k = blank("complaint");
    k.ref = s[0].case_no;
    k.title = mine[n - 1].title;
    k.unit = s[0].unit;
    k.account = c->zhou;
    k.name = STR("周文远");
    k.step = s[0].text;
    k.text = STR("电话里说现场已经看过，办理记录里却没有，请核实。");
    e = remedy_write(tx, &k, &number);
    if (e == OK)
        e = remedy_on_thread(tx, "remedy.complained", k.ref,
                             arena_printf(tx->arena, "申请人对“%.*s”一步提出投"
                                          "诉，编号 %.*s，由监察人员答复",
                                          STR_ARG(k.step), STR_ARG(number)),
                             STR("申请人"));
    if (e == OK)
        e = remedy_one(tx, number, &m);
    return e == OK ? remedy_explain(tx, m.id, m.revision,
                                    STR("现场核查已于当日完成，记录漏填，已补记"
                                        "并提醒承办人。"), STR("科室负责人"),
                                    tx->now) : e;
}

static enum err correction(struct city *c, struct tx *tx)
{
    const struct remedy_datum *d = remedy_datum(STR("mobile"));
    struct remedy_new k = blank("correction");
    struct auth_person li;
    str number;
    enum err e = auth_person(tx, c->li, &li);
    if (e != OK || d == NULL)
        return e;
    k.title = arena_join(tx->arena, STR("更正"), d->label);
    k.unit = d->unit;
    k.account = c->li;
    k.name = li.name;
    k.step = d->code;
    k.text = STR("号码已经停用，可以凭运营商的销号证明核实。");
    k.was = li.mobile;
    k.becomes = STR("13800002799");
    return remedy_write(tx, &k, &number);
}

/* The market bureau asked for a business licence it could have looked up. */
static enum err overasked(struct tx *tx)
{
    struct desk_open *first;
    struct desk_by_ids *p;
    size_t n;
    str number;
    enum err e = desk_open(tx, STR("D025"), INT64_MIN, 0, 1, &first, &n);
    if (e == OK)
        e = desk_by_ids(tx, search_list(tx->arena, &first->id, n), &p, &n);
    if (e != OK || n == 0)
        return e;
    struct remedy_new k = blank("overasked");
    k.ref = p[0].number;
    k.title = p[0].title;
    k.unit = STR("D025");
    k.name = p[0].officer_name;
    k.step = STR("营业执照");
    k.text = STR("共享查到的经营范围与申请不一致，请申请人核对。");
    return remedy_write(tx, &k, &number);
}

/* One of the bureau's refusals was set aside and is being done again. */
static enum err again(struct tx *tx)
{
    struct desk_done *d;
    struct desk_by_ids *c;
    size_t n, one;
    str number;
    enum err e = desk_done(tx, STR("D025"), (inst){ INT64_MAX }, 0, 50, &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!str_is(d[i].state, "refused") && !str_is(d[i].state, "denied"))
            continue;
        struct remedy_new k = blank("reopening");
        e = desk_by_ids(tx, search_list(tx->arena, &d[i].id, 1), &c, &one);
        if (e != OK)
            return e;
        k.ref = c->number;
        k.title = c->title;
        k.unit = STR("D025");
        k.name = STR("监察");
        k.step = STR("行政复议决定");
        k.document = STR("云政复决〔2026〕3号");
        k.days = 10;
        k.text = STR("复议机关认为原决定事实不清，责令十个工作日内重新作出。");
        k.state = "granted";
        struct reopening r = { .number = k.ref,
                               .ground = STR("reconsideration"),
                               .document = k.document, .days = k.days };
        e = remedy_write(tx, &k, &number);
        if (e == OK)
            e = case_reopen(tx, &r);
        return e == OK ? remedy_outcome(tx, number, r.opened) : e;
    }
    return e;
}

enum err demo_remedies(struct city *c, struct tx *tx)
{
    enum err e = complaint(c, tx);
    if (e == OK)
        e = correction(c, tx);
    if (e == OK)
        e = overasked(tx);
    return e == OK ? again(tx) : e;
}
