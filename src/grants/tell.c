/* What happened to a grant: its own record, the audit, and letters to both. */
#include "grants/inside.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"

enum { PEOPLE = 40 }; /* told of one grant at most */

struct people {
    int64_t account[PEOPLE];
    int n;
};

static void also(struct people *p, int64_t account)
{
    for (int i = 0; i < p->n; i++)
        if (p->account[i] == account)
            return;
    if (account && p->n < PEOPLE)
        p->account[p->n++] = account;
}

static enum err holders(struct tx *tx, struct people *p, str unit,
                        const char *duty)
{
    struct auth_holder *h;
    size_t n;
    enum err e = auth_holders(tx, unit, str_of(duty), &h, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        also(p, h[i].account);
    return e;
}

enum err grant_note(struct tx *tx, int64_t id, str number, const char *verb,
                    str text, str actor)
{
    enum err e = grant_event_add(tx, store_id(tx->store), id, tx->now,
                                 str_of(verb), text, actor, STR(GRANT_BASIS));
    return e == OK ? audit_note(tx, arena_printf(tx->arena, "grant.%s", verb),
                                number, text)
                   : e;
}

enum err grant_letters(struct tx *tx, const struct grant_whole *g,
                       const char *word, str body)
{
    struct people p = { .n = 0 };
    also(&p, g->given_by);
    also(&p, g->asked_by);
    enum err e = holders(tx, &p, g->giver, PROVIDES);
    if (e == OK)
        e = holders(tx, &p, g->receiver, ASKS);
    for (int i = 0; e == OK && i < p.n; i++) {
        struct notify_letter l = {
            .account = p.account[i], .about = STR("grant"), .ref = g->number,
            .title = arena_printf(tx->arena, "数据授权%s：%.*s", word,
                                  STR_ARG(g->resource)),
            .body = body,
            .link = arena_printf(tx->arena, "/grants/%.*s",
                                 STR_ARG(g->number)),
        };
        e = notify_send(tx, &l);
    }
    return e;
}
