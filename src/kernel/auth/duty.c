/*
 * Duties (岗位): which work of an organisation lands on whose desk.
 *
 * A duty is data -- a name a process uses -- and not a role: a role says what
 * pages somebody may open, and there are eleven of them; duties are as many as
 * the processes of a city name.
 */
#include "kernel/auth/session.h"

enum { DUTY_LETTERS = 20 }; /* of a name */

static enum err fits(struct tx *tx, const struct auth_duty *d)
{
    struct auth_duty_staff staff;
    struct auth_unit unit;
    if (d->duty.n == 0 || utf8_count(d->duty) > DUTY_LETTERS ||
        day_is_none(d->from) || (!day_is_none(d->to) && d->to.n < d->from.n))
        return ERR_RANGE;
    enum err e = auth_unit(tx, d->unit, &unit);
    return e == OK ? auth_duty_staff(tx, d->account, &staff) : e;
}

/* A stand-in has a last day, and takes over what somebody else holds. */
static enum err stands_in_well(struct tx *tx, const struct auth_duty *d)
{
    struct auth_duty_covers covers;
    if (d->stands_for == 0)
        return OK;
    if (d->stands_for == d->account || day_is_none(d->to))
        return ERR_RANGE;
    enum err e = auth_duty_covers(tx, d->unit, d->duty, d->stands_for, d->from,
                                  &covers);
    return e == OK && covers.held == 0 ? ERR_RANGE : e;
}

enum err auth_add_duty(struct tx *tx, const struct auth_duty *d, int64_t *id)
{
    int64_t other = d->stands_for ? d->stands_for : INT_NONE;
    struct auth_duty_overlaps same;
    enum err e = fits(tx, d);
    if (e == OK)
        e = stands_in_well(tx, d);
    if (e == OK)
        e = auth_duty_overlaps(tx, d->unit, d->duty, d->account, other,
                               d->from, d->to, &same);
    if (e != OK)
        return e;
    if (same.held)
        return ERR_CONFLICT;
    int64_t number = store_id(tx->store);
    e = auth_duty_insert(tx, number, d->unit, d->duty, d->account, other,
                         d->from, d->to);
    if (e == OK && id)
        *id = number;
    return e;
}

enum err auth_end_duty(struct tx *tx, int64_t id, day last)
{
    struct auth_duty_one d;
    enum err e = auth_duty_one(tx, id, &d);
    if (e != OK)
        return e;
    if (last.n < d.from_day.n - 1)
        return ERR_RANGE;
    if (!day_is_none(d.to_day) && d.to_day.n <= last.n)
        return ERR_CONFLICT;
    return auth_duty_end(tx, id, last);
}

enum err auth_duties(struct tx *tx, int64_t account, struct auth_duty **out,
                     size_t *n)
{
    struct auth_duties_of *row;
    size_t count;
    enum err e = auth_duties_of(tx, account, tx_today(tx), &row, &count);
    if (e != OK)
        return e;
    struct auth_duty *list = ARENA_NEW_N(tx->arena, struct auth_duty, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct auth_duty){
            .id = row[i].id, .unit = row[i].unit, .duty = row[i].duty,
            .account = account,
            .stands_for = row[i].stands_for == INT_NONE ? 0
                                                        : row[i].stands_for,
        };
    *out = list;
    *n = count;
    return OK;
}

enum err auth_holders(struct tx *tx, str unit, str duty,
                      struct auth_holder **out, size_t *n)
{
    struct auth_duty_holders *row;
    size_t count;
    enum err e = auth_duty_holders(tx, unit, duty, tx_today(tx), &row, &count);
    if (e != OK)
        return e;
    struct auth_holder *list =
        ARENA_NEW_N(tx->arena, struct auth_holder, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct auth_holder){
            row[i].account, row[i].name,
            row[i].stands_for == INT_NONE ? 0 : row[i].stands_for,
        };
    *out = list;
    *n = count;
    return OK;
}
