/*
 * What the counters took in: heard from services, joined with the number that
 * was being served, listed for the back office until it signs (收件移交).
 */
#include "windows/queue.h"

#include "kernel/audit/audit.h"
#include "kernel/store/topics.h"

struct taken_in {
    const struct intake_case *c;
    const struct ticket_serving_at *ticket; /* NULL: none was being served */
    str hall, clerk_name;
    int64_t clerk;
};

static enum err add(struct tx *tx, const struct taken_in *in, str number,
                    str title, str unit)
{
    struct intake_known known;
    enum err e = intake_known(tx, number, &known);
    if (e != OK || known.n > 0)
        return e;
    day on = inst_day(in->c->filed);
    e = intake_add(tx, store_id(tx->store), number, title, unit, in->hall, on,
                   in->c->filed, in->clerk, in->clerk_name,
                   in->ticket ? in->ticket->label : STR(""));
    return e == OK ? intake_sum_add(tx, in->hall, on, unit, NULL) : e;
}

/* A joint case is handed over part by part, each to its own department. */
static enum err add_all(struct tx *tx, const struct taken_in *in)
{
    struct intake_parts *p;
    size_t n;
    if (!str_is(in->c->kind, "joint"))
        return add(tx, in, in->c->number, in->c->title, in->c->unit);
    enum err e = intake_parts(tx, in->c->id, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = add(tx, in, p[i].number, p[i].title, p[i].unit);
    return e;
}

/* The hall of the clerk's number, else the one his organisation runs. */
static enum err hall_of(struct tx *tx, struct taken_in *in, str unit)
{
    struct hall_of_unit h;
    if (in->ticket) {
        in->hall = in->ticket->hall;
        return OK;
    }
    enum err e = hall_of_unit(tx, unit, &h);
    if (e == OK)
        in->hall = h.code;
    return e;
}

/* The number goes with what was filed for it, and is done when the clerk said
 * so; told twice, or pressed meanwhile, it stays as it is. */
static enum err ticket_filed(struct tx *tx, int64_t id, str ref, bool finish)
{
    struct ticket_one t;
    enum err e = ticket_one(tx, id, &t);
    if (e == OK && str_is_none(t.case_no)) {
        e = ticket_case(tx, t.id, ref);
        if (e == OK)
            e = audit_note(tx, STR("queue.case"), t.label, ref);
    }
    if (e != OK || !finish || !str_is(t.state, "serving"))
        return e;
    e = ticket_done(tx, t.id, t.revision, tx->now);
    if (e == OK)
        e = audit_note(tx, STR("queue.finish"), t.label, t.counter_label);
    store_touch(tx, TOPIC_QUEUE);
    return e;
}

/* Told twice, it is written once: what is known already stays. */
enum err window_filed(struct tx *tx, str ref, const struct value *payload)
{
    struct intake_case c;
    struct intake_proxy p;
    struct intake_clerk clerk;
    struct ticket_serving_at t;
    const struct value *said = value_get(payload, STR("finish"));
    enum err e = intake_case(tx, ref, &c);
    if (e != OK || !str_is(c.channel, "window"))
        return e == ERR_NOTFOUND ? OK : e;
    e = intake_proxy(tx, ref, &p);
    if (e == OK)
        e = intake_clerk(tx, p.proxy, &clerk);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    struct taken_in in = { .c = &c, .clerk = p.proxy,
                           .clerk_name = clerk.name };
    e = ticket_serving_at(tx, p.proxy, c.filed, &t);
    if (e == OK)
        in.ticket = &t;
    if (e == OK || e == ERR_NOTFOUND)
        e = hall_of(tx, &in, clerk.unit);
    if (e == ERR_NOTFOUND)
        return OK; /* a clerk of no hall */
    if (e == OK)
        e = add_all(tx, &in);
    if (e == OK && in.ticket)
        e = ticket_filed(tx, t.id, ref, said && value_truth(said));
    return e;
}

/* Numbers of days gone by are over: what was being served was done; counters
 * left open are closed. */
enum err window_job_evening(struct tx *tx, bool *more)
{
    struct ticket_before *t;
    size_t n = 0;
    int64_t closed = 0;
    enum err e = counter_forgotten(tx, day_begin(tx_today(tx)), &closed);
    if (e == OK)
        e = ticket_before(tx, tx_today(tx), &t, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool served = str_is(t[i].state, "serving");
        e = ticket_end(tx, t[i].id, t[i].revision,
                       served ? STR("done") : STR("expired"), tx->now);
    }
    if (e == OK && n + (size_t)closed > 0) {
        store_touch(tx, TOPIC_QUEUE);
        e = audit_note(tx, STR("queue.evening"), STR("大厅"),
                       STR("前一日没有叫到的号作废，没有关的窗关上"));
    }
    *more = e == OK && n == 200;
    return e;
}
