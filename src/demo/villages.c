/*
 * Villages of the demonstration city: some households on each agent's roll,
 * authority given, visits made and due.  The people are made up.
 */
#include "demo/demo.h"

#include "kernel/ident/ident.h"
#include "villages/show.h"

#include <stdio.h>

enum { VILLAGES = 6, PEOPLE = 12 };

static enum err resident(struct city *c, struct tx *tx, int64_t serial, int i)
{
    static const char *const cares[] = { "", "old", "", "alone", "", "child",
                                         "", "disabled" };
    static const char *const notes[] = {
        "身体都好，药按时吃，合作医疗已经交了。",
        "说想办优待证，约好下次带照片来。",
        "水管漏水，已经请村里的师傅修好。",
    };
    char id[IDENT_TEXT];
    struct resident_one r;
    ident_citizen_make(STR("341881"), 500000 + serial, id);
    struct village_person p = {
        .name = demo_person(c), .citizen_id = arena_str(tx->arena,
                                                        str_of(id)),
        .mobile = arena_printf(tx->arena, "1390%07lld", (long long)serial),
        .place = arena_printf(tx->arena, "%d 组 %d 号", 1 + i % 5, 3 + 2 * i),
        .care = str_of(cares[i % 8]),
    };
    day today = tx_today(tx);
    enum err e = village_enrol(tx, &p);
    if (e == OK && i % 3 == 0)
        e = village_consent(tx, p.id, STR(""), STR("signed"),
                            (day){ today.n + 200 });
    if (e != OK || p.care.n == 0 || i % 8 == 3)
        return e;
    day visited = { today.n - 10 - (int)dice_below(&c->dice, 30) };
    e = resident_one(tx, p.id, &r);
    if (e == OK)
        e = visit_add(tx, store_id(tx->store), p.id, visited, tx->who->name,
                      str_of(notes[i % 3]));
    return e == OK ? resident_visited(tx, p.id, r.revision, visited,
                                      villages_due(visited, (int)r.every,
                                                   today)) : e;
}

enum err demo_villages(struct city *c, struct tx *tx)
{
    const struct who *before = tx->who;
    int64_t serial = 0;
    int village = 0;
    enum err e = OK;
    for (int i = 0; e == OK && i < c->units && village < VILLAGES; i++) {
        if (c->unit[i].code.n < 5) /* not a village */
            continue;
        struct who agent = { .account = 0, .name = STR("代办员"),
                             .unit = c->unit[i].code, .role = STR("agent"),
                             .via = STR("agent") };
        tx->who = &agent;
        for (int k = 0; e == OK && k < PEOPLE; k++)
            e = resident(c, tx, ++serial, k);
        village++;
    }
    tx->who = before;
    return e;
}
