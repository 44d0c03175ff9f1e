/*
 * The state as bytes: variable-length integers, texts with their length,
 * values as small trees.  Ids are written as differences, so a case of seven
 * tasks is a few hundred bytes.  Reading trusts nothing: every count is
 * bounded by the bytes left and every index by the graph.
 */
#include "kernel/flow/engine_impl.h"

#include <string.h>

enum { BLOB_VERSION = 1, VALUE_DEPTH = 70 };

/* ---- writing ---- */

static void put_u(struct buf *b, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        buf_byte(b, (char)(v | 0x80));
    buf_byte(b, (char)v);
}

static void put_i(struct buf *b, int64_t v)
{
    put_u(b, ((uint64_t)v << 1) ^ (uint64_t)(v >> 63));
}

static void put_s(struct buf *b, str s)
{
    put_u(b, str_is_none(s) ? 0 : s.n + 1);
    buf_put(b, s);
}

static void put_value(struct buf *b, const struct value *v)
{
    if (v == NULL) {
        put_u(b, 0);
        return;
    }
    put_u(b, (uint64_t)v->kind + 1);
    switch (v->kind) {
    case VALUE_NULL: break;
    case VALUE_DECIMAL:
    case VALUE_TEXT:
    case VALUE_HTML: put_s(b, v->text); break;
    case VALUE_LIST:
    case VALUE_OBJECT:
        put_u(b, v->count);
        for (const struct value *m = v->first; m; m = m->next) {
            if (v->kind == VALUE_OBJECT)
                put_s(b, m->key);
            put_value(b, m);
        }
        break;
    default: put_i(b, v->i);
    }
}

static void save_tokens(const struct flow_case *c, struct buf *b)
{
    uint32_t last = 0;
    put_u(b, (uint64_t)c->token_count);
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        put_u(b, t->id - last);
        put_u(b, t->scope), put_u(b, t->visit), put_u(b, t->child);
        put_u(b, t->home), put_i(b, t->node), put_i(b, t->arrived);
        put_u(b, (uint64_t)t->phase << 1 | t->inner);
        put_u(b, t->rule), put_u(b, t->threshold), put_s(b, t->person);
        last = t->id;
    }
}

static void save_scopes(const struct flow_case *c, struct buf *b)
{
    uint32_t last = 0;
    put_u(b, (uint64_t)c->scope_count);
    for (int i = 0; i < c->scope_count; i++) {
        const struct flow_scope *s = &c->scopes[i];
        put_u(b, s->id - last);
        put_u(b, s->parent), put_u(b, s->owner), put_i(b, s->node);
        put_i(b, s->process);
        put_u(b, (uint64_t)s->kind << 4 | s->outcome << 1 | s->done);
        put_u(b, s->live), put_u(b, s->index);
        if (s->kind == FLOW_MULTI) {
            put_u(b, s->total), put_u(b, s->started);
            put_u(b, s->finished), put_u(b, s->removed);
            put_value(b, s->items), put_value(b, s->results);
        }
        put_value(b, s->vars);
        last = s->id;
    }
}

static void save_visits(const struct flow_case *c, struct buf *b)
{
    uint32_t last = 0;
    put_u(b, (uint64_t)c->visit_count);
    for (int i = 0; i < c->visit_count; i++) {
        const struct flow_visit *v = &c->visits[i];
        bool signed_ = v->task || v->person.n;
        put_u(b, v->id - last);
        put_u(b, v->scope), put_u(b, (uint64_t)v->node);
        put_u(b, (uint64_t)v->parent_count << 3 | v->touched << 2 |
                     signed_ << 1 | v->guest);
        for (uint32_t k = 0; k < v->parent_count; k++) {
            put_u(b, v->id - v->parents[k].visit);
            put_i(b, v->parents[k].edge);
        }
        if (signed_)
            put_i(b, v->task), put_s(b, v->person);
        last = v->id;
    }
}

static void save_tasks(const struct flow_case *c, struct buf *b)
{
    put_u(b, (uint64_t)c->task_count);
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        put_i(b, t->id), put_u(b, t->token), put_u(b, (uint64_t)t->node);
        put_u(b, t->state), put_u(b, t->mode);
        put_u(b, (uint64_t)(t->opened | t->disagreed << 1 | t->work << 2));
        put_i(b, t->anchor), put_u(b, t->weight);
        put_s(b, t->person), put_s(b, t->owner);
        put_s(b, t->users), put_s(b, t->groups);
    }
}

static void save_rest(const struct flow_case *c, struct buf *b)
{
    put_u(b, (uint64_t)c->sub_count);
    for (int i = 0; i < c->sub_count; i++) {
        const struct flow_sub *s = &c->subs[i];
        put_u(b, s->id), put_u(b, s->token), put_u(b, s->scope);
        put_u(b, (uint64_t)s->node), put_u(b, (uint64_t)s->event);
        put_u(b, s->held);
        put_u(b, !inst_is_none(s->due));
        if (!inst_is_none(s->due))
            put_i(b, s->due.ms), put_i(b, s->left);
    }
    put_u(b, (uint64_t)c->home_count);
    for (int i = 0; i < c->home_count; i++) {
        const struct flow_home *h = &c->homes[i];
        put_u(b, h->id), put_u(b, h->visit), put_u(b, h->outer);
        put_u(b, (uint64_t)h->node), put_i(b, h->arrived);
        put_u(b, h->inner), put_s(b, h->person);
    }
    put_u(b, (uint64_t)c->letter_count);
    for (int i = 0; i < c->letter_count; i++)
        put_i(b, c->letters[i].node), put_s(b, c->letters[i].name);
    put_u(b, (uint64_t)c->trouble_count);
    for (int i = 0; i < c->trouble_count; i++)
        put_u(b, c->troubles[i].token), put_s(b, c->troubles[i].text);
}

void flow_save(const struct flow_case *c, struct buf *b)
{
    put_u(b, BLOB_VERSION);
    put_u(b, c->next);
    put_u(b, (uint64_t)(c->suspended | c->services_wait << 1));
    put_i(b, c->now.ms);
    save_scopes(c, b);
    save_tokens(c, b);
    save_visits(c, b);
    save_tasks(c, b);
    save_rest(c, b);
}

/* ---- reading ---- */

struct source {
    struct arena *a;
    const struct bpmn *g;
    str s;
    size_t at;
    bool bad;
};

static uint64_t get_u(struct source *r)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (r->at >= r->s.n)
            break;
        unsigned char c = (unsigned char)r->s.p[r->at++];
        v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return v;
    }
    r->bad = true;
    return 0;
}

static int64_t get_i(struct source *r)
{
    uint64_t v = get_u(r);
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static uint32_t get_32(struct source *r)
{
    uint64_t v = get_u(r);
    r->bad |= v > UINT32_MAX;
    return (uint32_t)v;
}

/* Each entry takes at least a byte: no count may exceed what is left. */
static int get_count(struct source *r)
{
    uint64_t v = get_u(r);
    if (v > r->s.n - r->at) {
        r->bad = true;
        return 0;
    }
    return (int)v;
}

static int get_index(struct source *r, int limit)
{
    int64_t v = get_i(r);
    if (v < -1 || v >= limit) {
        r->bad = true;
        return -1;
    }
    return (int)v;
}

static int get_node(struct source *r)
{
    uint64_t v = get_u(r);
    if (v >= (uint64_t)r->g->node_count) {
        r->bad = true;
        return 0;
    }
    return (int)v;
}

static str get_s(struct source *r)
{
    uint64_t n = get_u(r);
    if (n == 0)
        return str_none;
    if (n - 1 > r->s.n - r->at) {
        r->bad = true;
        return str_none;
    }
    str s = arena_str(r->a, str_slice(r->s, r->at, r->at + n - 1));
    r->at += n - 1;
    return str_is_none(s) ? STR("") : s;
}

static struct value *get_value(struct source *r, int depth)
{
    uint64_t kind = get_u(r);
    if (kind == 0 || kind > VALUE_OBJECT + 1 || depth > VALUE_DEPTH) {
        r->bad |= kind != 0;
        return NULL;
    }
    struct value *v = value_new(r->a, (enum value_kind)(kind - 1));
    switch (v->kind) {
    case VALUE_NULL: break;
    case VALUE_DECIMAL:
    case VALUE_TEXT:
    case VALUE_HTML: v->text = get_s(r); break;
    case VALUE_LIST:
    case VALUE_OBJECT:
        for (int n = get_count(r); n > 0 && !r->bad; n--) {
            str key = v->kind == VALUE_OBJECT ? get_s(r) : str_none;
            struct value *m = get_value(r, depth + 1);
            r->bad |= m == NULL;
            if (m && v->kind == VALUE_OBJECT)
                value_add(v, key, m);
            else if (m)
                value_push(v, m);
        }
        break;
    default: v->i = get_i(r);
    }
    return v;
}

#define ROOM(c, array, count, cap, n)                                        \
    ((c)->count = (c)->cap = (n),                                            \
     (c)->array = arena_array((c)->arena, (size_t)(c)->count + 1,            \
                              sizeof *(c)->array))

static void load_scopes(struct flow_case *c, struct source *r)
{
    uint32_t last = 0;
    ROOM(c, scopes, scope_count, scope_cap, get_count(r));
    for (int i = 0; i < c->scope_count && !r->bad; i++) {
        struct flow_scope *s = &c->scopes[i];
        s->id = last += get_32(r);
        s->parent = get_32(r), s->owner = get_32(r);
        s->node = get_index(r, r->g->node_count);
        s->process = get_index(r, r->g->process_count);
        uint64_t bits = get_u(r);
        s->kind = (uint8_t)(bits >> 4);
        s->outcome = (bits >> 1) & 7;
        s->done = bits & 1;
        s->live = get_32(r), s->index = get_32(r);
        if (s->kind == FLOW_MULTI) {
            s->total = get_32(r), s->started = get_32(r);
            s->finished = get_32(r), s->removed = get_32(r);
            s->items = get_value(r, 0), s->results = get_value(r, 0);
            r->bad |= s->node < 0 || r->g->nodes[s->node].loop == NULL;
        }
        s->vars = get_value(r, 0);
        r->bad |= s->process < 0 || s->kind > FLOW_EVENT_SUB ||
                  s->parent >= s->id ||
                  (s->kind != FLOW_ROOT) != (s->node >= 0);
    }
}

static void load_tokens(struct flow_case *c, struct source *r)
{
    uint32_t last = 0;
    ROOM(c, tokens, token_count, token_cap, get_count(r));
    for (int i = 0; i < c->token_count && !r->bad; i++) {
        struct flow_token *t = &c->tokens[i];
        t->id = last += get_32(r);
        t->scope = get_32(r), t->visit = get_32(r), t->child = get_32(r);
        t->home = get_32(r);
        t->node = get_index(r, r->g->node_count);
        t->arrived = get_index(r, r->g->edge_count);
        uint64_t bits = get_u(r);
        t->phase = (uint8_t)(bits >> 1);
        t->inner = bits & 1;
        t->rule = (uint8_t)get_u(r), t->threshold = get_32(r);
        t->person = get_s(r);
        r->bad |= t->node < 0 || flow_scope_of(c, t->scope) == NULL ||
                  t->phase > FLOW_AT_INCIDENT;
    }
}

static void load_visits(struct flow_case *c, struct source *r)
{
    uint32_t last = 0;
    ROOM(c, visits, visit_count, visit_cap, get_count(r));
    for (int i = 0; i < c->visit_count && !r->bad; i++) {
        struct flow_visit *v = &c->visits[i];
        v->id = last += get_32(r);
        v->scope = get_32(r), v->node = get_node(r);
        uint64_t bits = get_u(r);
        v->guest = bits & 1;
        v->touched = bits >> 2 & 1;
        v->parent_count = (uint32_t)(bits >> 3);
        if (v->parent_count > r->s.n - r->at) {
            r->bad = true;
            return;
        }
        v->parents = ARENA_NEW_N(c->arena, struct flow_parent,
                                 v->parent_count);
        for (uint32_t k = 0; k < v->parent_count; k++) {
            v->parents[k].visit = v->id - get_32(r);
            v->parents[k].edge = get_index(r, r->g->edge_count);
        }
        if (bits & 2)
            v->task = get_i(r), v->person = get_s(r);
    }
}

static void load_tasks(struct flow_case *c, struct source *r)
{
    ROOM(c, tasks, task_count, task_cap, get_count(r));
    for (int i = 0; i < c->task_count && !r->bad; i++) {
        struct flow_task *t = &c->tasks[i];
        t->id = get_i(r), t->token = get_32(r), t->node = get_node(r);
        t->state = (uint8_t)get_u(r), t->mode = (uint8_t)get_u(r);
        uint64_t bits = get_u(r);
        t->opened = bits & 1, t->disagreed = bits >> 1 & 1;
        t->work = bits >> 2 & 1;
        t->anchor = get_i(r), t->weight = get_32(r);
        t->person = get_s(r), t->owner = get_s(r);
        t->users = get_s(r), t->groups = get_s(r);
        r->bad |= flow_token_of(c, t->token) == NULL;
    }
}

static void load_rest(struct flow_case *c, struct source *r)
{
    ROOM(c, subs, sub_count, sub_cap, get_count(r));
    for (int i = 0; i < c->sub_count && !r->bad; i++) {
        struct flow_sub *s = &c->subs[i];
        s->id = get_32(r), s->token = get_32(r), s->scope = get_32(r);
        s->node = get_node(r), s->event = (int)get_32(r);
        s->held = get_u(r) != 0;
        s->due = inst_none;
        if (get_u(r))
            s->due.ms = get_i(r), s->left = get_i(r);
        const struct bpmn_node *n = &r->g->nodes[s->node];
        r->bad |= s->event < 0 || s->event >= n->event_count ||
                  (s->token && flow_token_of(c, s->token) == NULL) ||
                  (s->scope && flow_scope_of(c, s->scope) == NULL);
        s->trigger = r->bad ? 0 : n->events[s->event].trigger;
    }
    ROOM(c, homes, home_count, home_cap, get_count(r));
    for (int i = 0; i < c->home_count && !r->bad; i++) {
        struct flow_home *h = &c->homes[i];
        h->id = get_32(r), h->visit = get_32(r), h->outer = get_32(r);
        h->node = get_node(r);
        h->arrived = get_index(r, r->g->edge_count);
        h->inner = get_u(r) != 0, h->person = get_s(r);
    }
    ROOM(c, letters, letter_count, letter_cap, get_count(r));
    for (int i = 0; i < c->letter_count && !r->bad; i++) {
        c->letters[i].node = get_index(r, r->g->node_count);
        c->letters[i].name = get_s(r);
    }
    ROOM(c, troubles, trouble_count, trouble_cap, get_count(r));
    for (int i = 0; i < c->trouble_count && !r->bad; i++) {
        c->troubles[i].token = get_32(r);
        c->troubles[i].text = get_s(r);
    }
}

/* What points at each other must exist: a blob of another graph or a damaged
 * one stops here and not in the middle of a command. */
static bool consistent(const struct flow_case *c)
{
    for (int i = 0; i < c->scope_count; i++) {
        const struct flow_scope *s = &c->scopes[i];
        if ((s->parent && flow_scope_of(c, s->parent) == NULL) ||
            (s->kind != FLOW_ROOT && flow_token_of(c, s->owner) == NULL) ||
            (s->vars && s->vars->kind != VALUE_OBJECT))
            return false;
    }
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        if ((t->child && flow_scope_of(c, t->child) == NULL) ||
            (t->home && flow_home_of(c, t->home) == NULL) ||
            (t->visit && flow_visit_of(c, t->visit) == NULL))
            return false;
    }
    for (int i = 0; i < c->visit_count; i++)
        if (flow_scope_of(c, c->visits[i].scope) == NULL)
            return false;
    return true;
}

enum err flow_load(struct arena *a, const struct bpmn *g, str blob,
                   struct flow_case **out)
{
    struct source r = { .a = a, .g = g, .s = blob };
    struct flow_case *c = flow_new(a, g);
    if (get_u(&r) != BLOB_VERSION)
        return ERR_INPUT;
    c->next = get_32(&r);
    uint64_t bits = get_u(&r);
    c->suspended = bits & 1;
    c->services_wait = bits >> 1 & 1;
    c->now.ms = get_i(&r);
    load_scopes(c, &r);
    if (!r.bad)
        load_tokens(c, &r);
    if (!r.bad)
        load_visits(c, &r);
    if (!r.bad)
        load_tasks(c, &r);
    if (!r.bad)
        load_rest(c, &r);
    if (r.bad || r.at != blob.n || !consistent(c))
        return ERR_INPUT;
    *out = c;
    return OK;
}
