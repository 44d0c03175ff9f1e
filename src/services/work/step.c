/* Questions about the process of a case: where it stands, what would be. */
#include "services/work/step.h"

#include "services/queries.gen.h"

enum err step_open(struct tx *tx, str number, struct step *out)
{
    int64_t id;
    *out = (struct step){ .id = 0 };
    enum err e = process_find(tx, number, &id);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = process_open(tx, id, &out->v);
    if (e != OK)
        return e;
    if (inst_is_none(out->v.ended))
        out->id = id;
    return OK;
}

void step_close(struct step *s)
{
    if (s->v.graph)
        process_close(&s->v);
    s->id = 0;
}

static const struct bpmn_node *node_of(const struct flow_case *c,
                                       const struct flow_task *t)
{
    return &c->g->nodes[t->node];
}

static bool is_open(const struct flow_task *t)
{
    return !t->dead && !t->work && t->state != FLOW_TASK_COMPLETED;
}

/* A node's own task is the first of its token. */
bool step_is_signer(const struct flow_case *c, const struct flow_task *t)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *o = &c->tasks[i];
        if (!o->dead && o->token == t->token && o->id < t->id)
            return true;
    }
    return false;
}

enum step_place step_place(const struct flow_case *c)
{
    enum step_place at = STEP_OVER;
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (!is_open(t))
            continue;
        str form = node_of(c, t)->form;
        if (str_is(form, "accept"))
            return STEP_ACCEPT;
        if (str_is(form, "supplement"))
            return STEP_SUPPLY;
        if (!str_is(form, "decide"))
            at = STEP_WORK;
        else if (at == STEP_OVER)
            at = STEP_DECIDE;
    }
    if (at == STEP_OVER && flow_standing(c) == FLOW_IS_WAITING)
        return STEP_WAIT;
    return at;
}

const struct flow_task *step_main(const struct flow_case *c, const char *form)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (is_open(t) && !step_is_signer(c, t) &&
            (form == NULL || str_is(node_of(c, t)->form, form)))
            return t;
    }
    return NULL;
}

const struct flow_task *step_signer(const struct flow_case *c, str person)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (is_open(t) && step_is_signer(c, t) &&
            (str_is_none(person) || str_eq(t->person, person)))
            return t;
    }
    return NULL;
}

static bool of_the_law(const struct flow_case *c, int node)
{
    str form = c->g->nodes[node].form;
    return str_is(form, "accept") || str_is(form, "supplement");
}

int64_t step_mine(const struct flow_case *c, str person)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (!t->dead && t->state == FLOW_TASK_COMPLETED && person.n &&
            str_eq(t->person, person) && !of_the_law(c, t->node))
            return t->id;
    }
    for (int i = c->visit_count - 1; i >= 0; i--) {
        const struct flow_visit *v = &c->visits[i];
        if (!v->dead && v->task && person.n && str_eq(v->person, person) &&
            !of_the_law(c, v->node))
            return v->task;
    }
    return 0;
}

str step_name(const struct flow_case *c, const struct flow_task *t)
{
    const struct bpmn_node *n = node_of(c, t);
    return n->name.n ? n->name : n->id;
}

enum err step_would(struct tx *tx, const struct step *s, struct flow_command c,
                    struct flow_case **out)
{
    struct buf b = { 0 };
    struct flow_events events = { .arena = tx->arena };
    str problem;
    flow_save(s->v.flow, &b);
    str blob = arena_str(tx->arena, buf_str(&b));
    buf_free(&b);
    enum err e = flow_load(tx->arena, process_bpmn(s->v.graph), blob, out);
    if (e != OK)
        return e;
    c.now = tx->now;
    e = flow_do(*out, &c, &events, &problem);
    if (e != OK)
        flow_close(*out);
    return e;
}

bool step_next(struct tx *tx, const struct step *s, str *name)
{
    const struct flow_task *t = s->id ? step_main(s->v.flow, NULL) : NULL;
    struct flow_case *then;
    *name = STR("");
    if (t == NULL)
        return s->id != 0;
    if (str_is(node_of(s->v.flow, t)->form, "decide"))
        return false;
    struct value *data = value_new(tx->arena, VALUE_OBJECT);
    value_add(data, STR("decision"), value_text(tx->arena, STR("agree")));
    struct flow_command c = { .verb = FLOW_COMPLETE, .task = t->id,
                              .data = data };
    if (step_would(tx, s, c, &then) != OK)
        return true;
    enum step_place at = step_place(then);
    const struct flow_task *next = step_main(then, NULL);
    if (next)
        *name = arena_str(tx->arena, step_name(then, next));
    flow_close(then);
    return at != STEP_DECIDE && at != STEP_OVER;
}

int step_back(const struct step *s, int *nodes, int cap)
{
    const struct flow_task *t = s->id ? step_main(s->v.flow, NULL) : NULL;
    int all[64], n = 0;
    int found = t ? flow_return_targets(s->v.flow, t->id, all, 64) : 0;
    for (int i = 0; i < found && n < cap; i++)
        if (!of_the_law(s->v.flow, all[i]))
            nodes[n++] = all[i];
    return n;
}

str step_label(struct tx *tx, const struct step *s)
{
    str next;
    if (s->id == 0 || !step_next(tx, s, &next))
        return STR("同意，送负责人决定");
    return next.n ? arena_printf(tx->arena, "同意，送%.*s", STR_ARG(next))
                  : STR("同意，送下一步");
}

bool step_may_recall(struct tx *tx, const struct step *s, str person)
{
    struct flow_case *then;
    struct flow_command c = { .verb = FLOW_WITHDRAW, .person = person };
    c.task = s->id ? step_mine(s->v.flow, person) : 0;
    if (c.task == 0 || step_would(tx, s, c, &then) != OK)
        return false;
    flow_close(then);
    return true;
}

const struct flow_task *step_unseen(const struct flow_case *c, str person)
{
    const struct flow_task *t = step_main(c, NULL);
    if (t == NULL || t->opened || of_the_law(c, t->node) || c->suspended)
        return NULL;
    for (int i = c->visit_count - 1; i >= 0; i--)
        if (!c->visits[i].dead && c->visits[i].task)
            return str_eq(c->visits[i].person, person) ? NULL : t;
    return t;
}

/* One of those the drawing names, by number or by login? */
static enum err is_named(struct tx *tx, str persons, bool *mine)
{
    str name, me = process_person(tx->arena, tx->who->account);
    struct step_login self;
    *mine = false;
    if (persons.n == 0)
        return OK;
    enum err e = step_login(tx, tx->who->account, &self);
    while (e == OK && (name = bpmn_name_next(&persons)).n)
        *mine |= str_eq(name, me) || str_eq(name, self.login);
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err has_post(struct tx *tx, str unit, str posts, bool *mine,
                         int64_t *holders)
{
    enum { POSTS = 20 };
    enum err e = OK;
    str name;
    for (int i = 0; i < POSTS && e == OK && (name = bpmn_name_next(&posts)).n;
         i++) {
        struct step_duty d;
        e = step_duty(tx, unit, name, tx_today(tx), tx->who->account, &d);
        *mine |= e == OK && d.mine > 0;
        *holders += e == OK ? d.holders : 0;
    }
    return e;
}

enum err step_refuses(struct tx *tx, const struct step *s,
                      const struct flow_task *t, str unit, str *sentence)
{
    str posts = flow_posts(s->v.flow, t), persons = t->users;
    str me = process_person(tx->arena, tx->who->account);
    bool mine = false;
    int64_t holders = 0;
    *sentence = STR("");
    if (str_is(tx->who->role, "leader") || (posts.n == 0 && persons.n == 0) ||
        (t->person.n && str_eq(t->person, me)))
        return OK;
    enum err e = is_named(tx, persons, &mine);
    if (e == OK && !mine)
        e = has_post(tx, unit, posts, &mine, &holders);
    if (e == OK && !mine && (holders > 0 || persons.n))
        *sentence = arena_printf(
            tx->arena, "“%.*s”由担任%.*s的人员办理。",
            STR_ARG(step_name(s->v.flow, t)),
            STR_ARG(posts.n ? posts : STR("流程所指定职责")));
    return e;
}
