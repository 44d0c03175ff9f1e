/* How much is open, on the board and on every desk: kept, never counted. */
#include "services/case.h"

static enum err take(struct tx *tx, str unit, const struct open_place *p)
{
    enum err e = open_take(tx, unit, p->state, p->kind, p->sort_due);
    if (e == OK)
        e = open_drop(tx, unit, p->state, p->kind, p->sort_due, NULL);
    return e;
}

/* A single stands on the board and on its desk, a thread only there, a part
 * only here. */
static bool on_board(const struct open_place *p)
{
    return !str_is(p->kind, "part");
}

static bool on_desk(const struct open_place *p)
{
    return !str_is(p->kind, "joint");
}

enum err open_enters(struct tx *tx, const struct open_place *p)
{
    enum err e = OK;
    if (on_board(p))
        e = open_add(tx, STR(""), p->state, p->kind, p->sort_due, NULL);
    if (e == OK && on_desk(p))
        e = open_add(tx, p->unit, p->state, p->kind, p->sort_due, NULL);
    return e;
}

enum err open_leaves(struct tx *tx, const struct open_place *p)
{
    enum err e = OK;
    if (on_board(p))
        e = take(tx, STR(""), p);
    if (e == OK && on_desk(p))
        e = take(tx, p->unit, p);
    return e;
}

enum err open_moves(struct tx *tx, const struct case_load *c, str state,
                    int64_t sort_due)
{
    struct open_place p = { c->unit, c->state, c->kind, c->sort_due };
    if (str_eq(state, p.state) && sort_due == p.sort_due)
        return OK;
    enum err e = open_leaves(tx, &p);
    p.state = state;
    p.sort_due = sort_due;
    return e == OK ? open_enters(tx, &p) : e;
}

enum err open_ends(struct tx *tx, const struct case_load *c)
{
    struct open_place p = { c->unit, c->state, c->kind, c->sort_due };
    return open_leaves(tx, &p);
}
