/* Incidents: a case that cannot go on, and the three ways a person has. */
#include "kernel/process/inside.h"

#include "kernel/audit/audit.h"

static enum err run(struct tx *tx, int64_t id, struct flow_command c,
                    struct process_answer *out)
{
    struct process_do d = { .id = id, .noted = true, .command = c };
    return process_do(tx, &d, out);
}

/* by_hand: the element that is done already. */
static enum err retry(struct tx *tx, int64_t id, int64_t token, str by_hand,
                      struct process_answer *out)
{
    struct process_do d = { .id = id, .noted = true, .by_hand = by_hand,
                            .command = { .verb = FLOW_RETRY, .task = token } };
    return process_do(tx, &d, out);
}

/* The work the retried step has just asked for is done already. */
static enum err done_by_hand(struct tx *tx, int64_t id, str node,
                             const struct value *data,
                             struct process_answer *out)
{
    struct process_view v;
    int64_t task = 0;
    enum err e = process_open(tx, id, &v);
    if (e != OK)
        return e;
    for (int i = 0; i < v.flow->task_count; i++) {
        const struct flow_task *t = &v.flow->tasks[i];
        if (t->work && !t->dead &&
            str_eq(process_bpmn(v.graph)->nodes[t->node].id, node))
            task = t->id;
    }
    process_close(&v);
    return task ? run(tx, id, (struct flow_command){ .verb = FLOW_COMPLETE,
                                                     .task = task,
                                                     .data = data },
                      out)
                : OK;
}

static enum err carry_on(struct tx *tx, const struct process_incident_one *i,
                         enum process_way way, const struct value *data,
                         struct process_answer *out)
{
    enum err e = OK;
    if (way == PROCESS_CANCEL)
        return run(tx, i->case_id,
                   (struct flow_command){ .verb = FLOW_CANCEL }, out);
    if (data && data->count)
        e = run(tx, i->case_id, (struct flow_command){ .verb = FLOW_SET,
                                                       .data = data },
                out);
    if (e == OK && i->token)
        e = retry(tx, i->case_id, i->token,
                  way == PROCESS_BY_HAND ? i->node : str_none, out);
    if (e == OK && way == PROCESS_BY_HAND)
        e = done_by_hand(tx, i->case_id, i->node, data, out);
    return e;
}

enum err process_resolve(struct tx *tx, int64_t incident, enum process_way way,
                         const struct value *data, str reason,
                         struct process_answer *out)
{
    static const char *const codes[] = { "retry", "hand", "cancel" };
    struct process_incident_one i;
    struct process_case_one c;
    *out = (struct process_answer){ .id = 0 };
    enum err e = process_incident_one(tx, incident, &i);
    if (e == OK && !inst_is_none(i.closed))
        e = ERR_NOTFOUND;
    if (e != OK) {
        out->problem = STR("这条异常已经处理，请刷新后查看。");
        return e;
    }
    e = process_case_one(tx, i.case_id, &c);
    if (e == OK)
        e = process_incident_close(tx, incident, tx->now, str_of(codes[way]),
                                   tx->who->account);
    if (e == OK)
        e = carry_on(tx, &i, way, data, out);
    if (e != OK)
        return e;
    str action = arena_printf(tx->arena, "process.incident.%s", codes[way]);
    return audit_note(tx, action, c.number,
                      arena_printf(tx->arena, "%.*s；%.*s", STR_ARG(i.text),
                                   STR_ARG(reason)));
}
