/*
 * Licences of the demonstration city: keys for every organisation that gives
 * some, and licences of cases that were granted, in every state one can be in,
 * issued and moved through the same functions as everywhere.
 */
#include "demo/demo.h"

#include "licences/library.h"

#include <stdio.h>

enum { A_TYPE_NEW = 6, A_TYPE_OLD = 2, SMALL_CITY = 5000 };

#define SITE "http://127.0.0.1:8080"

/* A pair of keys unless a load that was cut short left one. */
static enum err keys_for(str unit)
{
    int serial;
    enum err e = seal_current(unit, &serial);
    return e == ERR_NOTFOUND ? seal_new(unit, &serial) : e;
}

static enum err issue(struct tx *tx, str case_no, struct licence_one *out)
{
    struct grant_one g;
    struct licence_of_case of;
    enum err e = grant_one(tx, case_no, &g);
    if (e == OK)
        e = keys_for(g.unit);
    if (e == OK)
        e = licence_issue(tx, case_no, STR(SITE), true);
    if (e == OK)
        e = licence_of_case(tx, case_no, &of);
    return e == OK ? licence_one(tx, of.identifier, out) : e;
}

/* What became of the n-th; most are simply valid. */
static enum err become(struct city *c, struct tx *tx, int n,
                       const struct licence_one *l)
{
    static const struct { const char *verb, *ground, *reason; } fates[] = {
        { "suspend", "", "行政处罚决定：暂扣许可证件三十日。" },
        { "change", "", "持证人申请变更名称，经审查予以变更。" },
        { "revoke", "被许可人以欺骗、贿赂等不正当手段取得",
          "经查申请材料中的场地证明系伪造。" },
        { "cancel", "法人或者其他组织依法终止", "主体已经办理注销登记。" },
    };
    const struct demo_unit *u = demo_unit_of(c, l->unit);
    if (n % 11 > 3 || u == NULL)
        return OK;
    struct who leader = { .account = u->leader, .name = u->leader_name,
                          .unit = u->code, .role = STR("leader"),
                          .via = STR("web") };
    struct licence_act act = {
        .verb = licence_verb(str_of(fates[n % 11].verb)),
        .ground = str_of(fates[n % 11].ground),
        .reason = str_of(fates[n % 11].reason),
        .holder = n % 11 != 1 ? STR("")
                  : str_eq(l->holder_open, l->holder_name)
                      ? demo_company(c) : demo_person(c),
        .valid_to = day_none, .sentence = STR(""),
    };
    const struct who *before = tx->who;
    if (!licence_verb_fits(act.verb, licence_state_on(l->state, l->valid_to,
                                                      tx_today(tx))))
        return OK; /* has run out */
    tx->who = &leader;
    enum err e = licence_do(tx, l, &act);
    tx->who = before;
    if (e != OK)
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(l->number),
                STR_ARG(act.sentence));
    return e;
}

/* Some wait to be collected or posted. */
static enum err deliver(struct tx *tx, int n, const struct licence_one *l)
{
    struct licence_one now;
    enum err e = licence_one(tx, l->identifier, &now);
    if (e != OK || !str_is(now.state, "valid"))
        return e;
    if (n % 9 == 4)
        return licence_choose(tx, now.id, now.revision, STR("collect"),
                              str_none, inst_none);
    if (n % 9 == 5)
        return licence_choose(tx, now.id, now.revision, STR("post"),
                              STR("持证人，13800000000，云溪市中津路 8 号"),
                              inst_none);
    return n % 9 > 5 ? licence_choose(tx, now.id, now.revision,
                                      STR("electronic"), str_none, tx->now)
                     : OK;
}

enum { TYPES = 100 };

/* Some of each type among the cases of a time. */
static enum err some_of_each(struct city *c, struct tx *tx, day from, day to,
                             int most, int *made)
{
    struct grants_between *g;
    str name[TYPES];
    int given[TYPES] = { 0 }, types = 0;
    size_t n;
    enum err e = grants_between(tx, from, to, &g, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct licence_type t;
        struct licence_one l;
        int k = 0;
        while (k < types && !str_eq(name[k], g[i].result))
            k++;
        if (k == TYPES || (k < types && given[k] >= most))
            continue;
        if (k == types) {
            name[types++] = g[i].result;
            if (!licence_type_named(tx->arena, g[i].result, &t))
                given[k] = most;
        }
        if (given[k]++ >= most)
            continue;
        e = issue(tx, g[i].number, &l);
        if (e == ERR_NOTFOUND) {
            e = OK; /* waits for its fee */
            continue;
        }
        if (e == OK)
            e = become(c, tx, *made, &l);
        if (e == OK)
            e = deliver(tx, *made, &l);
        ++*made;
    }
    return e;
}

/* The restaurant keeper's own: what 我的证照 shows. */
static enum err own(struct city *c, struct tx *tx)
{
    static const char *const results[] = { "排水许可证", "卫生许可证" };
    struct grants_to *mine;
    struct licence_one l;
    size_t n;
    enum err e = grants_to(tx, c->zhou, &mine, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = keys_for(mine[i].unit);
        if (e == OK)
            e = licence_issue(tx, mine[i].number, STR(SITE), true);
    }
    /* Two of a company he answers for; one of them has run out. */
    for (int i = 0; e == OK && i < 2; i++) {
        struct grants_with_result *g;
        day today = inst_day(c->now);
        day from = { today.n - (i ? 365 * 5 : 900) };
        day to = { i ? today.n - 4 * 366 : today.n };
        e = grants_with_result(tx, str_of(results[i]), from, to, &g, &n);
        if (e != OK || n == 0)
            continue;
        e = issue(tx, g[n - 1].number, &l);
        if (e == OK)
            e = licence_give(tx, l.id, c->zhou);
    }
    return e;
}

enum err demo_licences(struct city *c, struct tx *tx)
{
    int made = 0;
    bool small = c->cases < SMALL_CITY; /* tests load it again and again */
    int today = inst_day(c->now).n;
    enum err e = own(c, tx);
    if (e == OK)
        e = some_of_each(c, tx, (day){ today - 900 }, (day){ today + 1 },
                         small ? 1 : A_TYPE_NEW, &made);
    if (e == OK)
        e = some_of_each(c, tx, (day){ today - 2000 }, (day){ today - 1300 },
                         small ? 1 : A_TYPE_OLD, &made);
    fprintf(stderr, "  %d 份证照\n", made);
    return e;
}
