/* The arrays of a case: finding, adding, and taking the dead away. */
#include "kernel/flow/engine_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Lower bound by id over an array of structs whose first member is the id. */
static int position(const void *array, int count, size_t size, uint32_t id)
{
    int low = 0, high = count;
    while (low < high) {
        int mid = (low + high) / 2;
        uint32_t at;
        memcpy(&at, (const char *)array + (size_t)mid * size, sizeof at);
        if (at < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

#define FIND(c, array, count, wanted)                                       \
    do {                                                                    \
        int at_ = position((c)->array, (c)->count, sizeof *(c)->array,      \
                           (wanted));                                       \
        if (at_ < (c)->count && (c)->array[at_].id == (wanted))             \
            return &(c)->array[at_];                                        \
        return NULL;                                                        \
    } while (0)

struct flow_token *flow_token_of(const struct flow_case *c, uint32_t id)
{
    FIND(c, tokens, token_count, id);
}

struct flow_scope *flow_scope_of(const struct flow_case *c, uint32_t id)
{
    FIND(c, scopes, scope_count, id);
}

struct flow_visit *flow_visit_of(const struct flow_case *c, uint32_t id)
{
    FIND(c, visits, visit_count, id);
}

struct flow_sub *flow_sub_of(const struct flow_case *c, uint32_t id)
{
    FIND(c, subs, sub_count, id);
}

struct flow_home *flow_home_of(const struct flow_case *c, uint32_t id)
{
    FIND(c, homes, home_count, id);
}

struct flow_task *flow_task_of(const struct flow_case *c, int64_t id)
{
    for (int i = 0; i < c->task_count; i++)
        if (c->tasks[i].id == id && !c->tasks[i].dead)
            return &c->tasks[i];
    return NULL;
}

static void *room(struct flow_case *c, void *array, int count, int *cap,
                  size_t size)
{
    if (count < *cap)
        return array;
    int wider = *cap ? *cap * 2 : 8;
    void *p = arena_array(c->arena, (size_t)wider, size);
    if (count)
        memcpy(p, array, (size_t)count * size);
    *cap = wider;
    return p;
}

#define ADD(c, array, count, cap)                                            \
    ((c)->array = room((c), (c)->array, (c)->count, &(c)->cap,               \
                       sizeof *(c)->array),                                  \
     memset(&(c)->array[(c)->count], 0, sizeof *(c)->array),                 \
     &(c)->array[(c)->count++])

struct flow_token *flow_token_add(struct flow_case *c, int node, uint32_t scope)
{
    struct flow_token *t = ADD(c, tokens, token_count, token_cap);
    t->id = c->next++;
    t->node = node;
    t->scope = scope;
    t->arrived = -1;
    struct flow_scope *s = flow_scope_of(c, scope);
    if (s)
        s->live++;
    return t;
}

struct flow_scope *flow_scope_add(struct flow_case *c,
                                  enum flow_scope_kind kind, int node,
                                  int process, uint32_t parent, uint32_t owner)
{
    struct flow_scope *s = ADD(c, scopes, scope_count, scope_cap);
    s->id = c->next++;
    s->kind = (uint8_t)kind;
    s->node = node;
    s->process = process;
    s->parent = parent;
    s->owner = owner;
    return s;
}

uint32_t flow_visit_add(struct flow_case *c, int node, uint32_t scope,
                        const struct flow_parent *parents, uint32_t count)
{
    struct flow_parent *copy = ARENA_NEW_N(c->arena, struct flow_parent, count);
    for (uint32_t i = 0; i < count; i++)
        copy[i] = parents[i];
    struct flow_visit *v = ADD(c, visits, visit_count, visit_cap);
    v->id = c->next++;
    v->node = node;
    v->scope = scope;
    v->parents = copy;
    v->parent_count = count;
    return v->id;
}

struct flow_task *flow_task_add(struct flow_case *c, uint32_t token, int node)
{
    struct flow_task *t = ADD(c, tasks, task_count, task_cap);
    t->id = c->next++;
    t->token = token;
    t->node = node;
    t->weight = 1;
    return t;
}

struct flow_sub *flow_sub_add(struct flow_case *c, int node, int event)
{
    struct flow_sub *s = ADD(c, subs, sub_count, sub_cap);
    s->id = c->next++;
    s->node = node;
    s->event = event;
    s->trigger = c->g->nodes[node].events[event].trigger;
    s->due = inst_none;
    return s;
}

void flow_letter_add(struct flow_case *c, int node, str name)
{
    if (c->letter_count >= FLOW_INSTANCES)
        return;
    struct flow_letter *l = ADD(c, letters, letter_count, letter_cap);
    l->node = node;
    l->name = arena_str(c->arena, name);
}

const struct bpmn_node *flow_node_of(const struct flow_case *c, int node)
{
    return &c->g->nodes[node];
}

struct flow_event *flow_tell(struct flow_case *c, enum flow_happened type,
                             int node)
{
    struct flow_events *o = c->out;
    if (o->count == o->cap) {
        int wider = o->cap ? o->cap * 2 : 32;
        struct flow_event *p = ARENA_NEW_N(o->arena, struct flow_event, wider);
        if (o->count)
            memcpy(p, o->list, (size_t)o->count * sizeof *p);
        o->list = p;
        o->cap = wider;
    }
    struct flow_event *e = &o->list[o->count++];
    *e = (struct flow_event){ .type = (uint8_t)type, .node = node,
                              .text = str_none, .person = str_none };
    return e;
}

void flow_tell_token(struct flow_case *c, enum flow_happened type,
                     const struct flow_token *t)
{
    struct flow_event *e = flow_tell(c, type, t->node);
    e->token = t->id;
    e->scope = t->scope;
}

void flow_note(struct flow_case *c, int node, const char *what, str why)
{
    const struct bpmn_node *n = flow_node_of(c, node);
    str text = arena_printf(c->out->arena, "“%.*s”的%s：%.*s",
                            STR_ARG(n->name.n ? n->name : n->id), what,
                            STR_ARG(why));
    flow_tell(c, FLOW_NOTED, node)->text = text;
}

void flow_trouble(struct flow_case *c, uint32_t token, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    str s = str_of(text);
    while (s.n && !utf8_valid(s))
        s.n--;
    struct flow_token *t = flow_token_of(c, token);
    t->phase = FLOW_AT_INCIDENT;
    struct flow_trouble *x = ADD(c, troubles, trouble_count, trouble_cap);
    x->token = token;
    x->text = arena_str(c->arena, s);
    struct flow_event *e = flow_tell(c, FLOW_INCIDENT, t->node);
    e->token = token;
    e->scope = t->scope;
    e->text = x->text;
}

void flow_enqueue(struct flow_case *c, uint32_t token)
{
    if (c->queue_to == c->queue_cap) {
        int n = c->queue_to - c->queue_from;
        int wider = n * 2 >= c->queue_cap ? n * 4 + 64 : c->queue_cap;
        uint32_t *p = ARENA_NEW_N(&c->scratch, uint32_t, wider);
        if (n)
            memcpy(p, c->queue + c->queue_from, (size_t)n * sizeof *p);
        c->queue = p;
        c->queue_from = 0;
        c->queue_to = n;
        c->queue_cap = wider;
    }
    flow_token_of(c, token)->phase = FLOW_READY;
    c->queue[c->queue_to++] = token;
}

#define SWEEP(array, count, alive)                                          \
    do {                                                                    \
        int kept_ = 0;                                                      \
        for (int i = 0; i < c->count; i++) {                                \
            if (!(alive))                                                   \
                continue;                                                   \
            if (kept_ != i)                                                 \
                c->array[kept_] = c->array[i];                              \
            kept_++;                                                        \
        }                                                                   \
        c->count = kept_;                                                   \
    } while (0)

/* The ids of the scopes that go now, in order. */
static uint32_t *leaving(struct flow_case *c, int *n)
{
    *n = 0;
    for (int i = 0; i < c->scope_count; i++)
        *n += c->scopes[i].dead;
    uint32_t *ids = *n ? ARENA_NEW_N(&c->scratch, uint32_t, *n) : NULL;
    *n = 0;
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].dead)
            ids[(*n)++] = c->scopes[i].id;
    return ids;
}

static bool is_leaving(const uint32_t *ids, int n, uint32_t scope)
{
    int at = position(ids, n, sizeof *ids, scope);
    return at < n && ids[at] == scope;
}

void flow_sweep(struct flow_case *c)
{
    int gone;
    const uint32_t *ids = leaving(c, &gone);
    SWEEP(tokens, token_count, c->tokens[i].phase != FLOW_DEAD);
    SWEEP(scopes, scope_count, !c->scopes[i].dead);
    SWEEP(tasks, task_count, !c->tasks[i].dead);
    SWEEP(subs, sub_count, !c->subs[i].dead);
    SWEEP(homes, home_count, !c->homes[i].dead);
    SWEEP(troubles, trouble_count, !c->troubles[i].dead);
    SWEEP(visits, visit_count,
          !c->visits[i].dead && !is_leaving(ids, gone, c->visits[i].scope));
}

struct flow_case *flow_new(struct arena *a, const struct bpmn *g)
{
    struct flow_case *c = ARENA_NEW(a, struct flow_case);
    c->g = g;
    c->arena = a;
    c->next = 1;
    c->now = (inst){ 0 };
    return c;
}

void flow_close(struct flow_case *c)
{
    if (c == NULL)
        return;
    arena_free(&c->scratch);
    arena_free(&c->temp);
}
