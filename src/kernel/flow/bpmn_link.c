/*
 * Names become indices: who flows to whom, who is called, who sits on whom.
 * What does not resolve stays -1 here and is noted; what to say of it is for
 * lint.
 */
#include "kernel/flow/bpmn_read.h"

/* A name with a prefix may live in another file, which is nobody's fault. */
static void dangles(struct reader *r, str element, str ref, int process)
{
    struct bpmn *g = r->g;
    if (ref.n == 0 || str_find_byte(ref, ':') >= 0)
        return;
    int i = GROW(r, g->danglings, g->dangling_count, r->dangling_cap);
    g->danglings[i] = (struct bpmn_dangling){ element, ref, process };
}

static int process_of_end(const struct reader *r, int node)
{
    return node < 0 ? -1 : r->g->nodes[node].process;
}

static void check_ends(struct reader *r, const struct bpmn_edge *e)
{
    if (bpmn_reader_find(r, e->source_ref).what == BPMN_NOWHERE)
        dangles(r, e->id, e->source_ref, process_of_end(r, e->target));
    if (bpmn_reader_find(r, e->target_ref).what == BPMN_NOWHERE)
        dangles(r, e->id, e->target_ref, process_of_end(r, e->source));
}

static void link_edges(struct reader *r)
{
    struct bpmn *g = r->g;
    for (int i = 0; i < g->edge_count; i++) {
        struct bpmn_edge *e = &g->edges[i];
        struct bpmn_found from = bpmn_reader_find(r, e->source_ref);
        struct bpmn_found to = bpmn_reader_find(r, e->target_ref);
        e->source = from.what == BPMN_A_NODE ? from.index : -1;
        e->target = to.what == BPMN_A_NODE ? to.index : -1;
        if (e->source >= 0 && e->kind == BPMN_FLOW)
            g->nodes[e->source].outs++;
        if (e->source >= 0 && e->kind == BPMN_MESSAGE_FLOW)
            g->nodes[e->source].message_outs++;
        if (e->target >= 0 && e->kind == BPMN_FLOW)
            g->nodes[e->target].ins++;
        if (e->kind == BPMN_MESSAGE_FLOW)
            check_ends(r, e);
    }
}

static void hosts_and_calls(struct reader *r, struct bpmn_node *n)
{
    if (n->kind == BPMN_BOUNDARY) {
        struct bpmn_found f = bpmn_reader_find(r, n->attached);
        if (f.what == BPMN_A_NODE &&
            bpmn_is_activity(r->g->nodes[f.index].kind)) {
            n->host = f.index;
            r->g->nodes[f.index].boundaries++;
        }
    }
    if (n->kind == BPMN_CALL) {
        struct bpmn_found f = bpmn_reader_find(r, n->called_element);
        n->called = f.what == BPMN_A_PROCESS ? f.index : -1;
    }
    if (n->parent >= 0)
        r->g->nodes[n->parent].child_count++;
    else if (n->process >= 0)
        r->g->processes[n->process].child_count++;
}

static void allot(struct reader *r)
{
    struct bpmn *g = r->g;
    for (int i = 0; i < g->node_count; i++) {
        struct bpmn_node *n = &g->nodes[i];
        n->in = ARENA_NEW_N(r->a, int, n->ins);
        n->out = ARENA_NEW_N(r->a, int, n->outs);
        n->boundary = ARENA_NEW_N(r->a, int, n->boundaries);
        n->children = ARENA_NEW_N(r->a, int, n->child_count);
        n->message_out = ARENA_NEW_N(r->a, int, n->message_outs);
        n->ins = n->outs = n->boundaries = n->child_count = 0;
        n->message_outs = 0;
    }
    for (int i = 0; i < g->process_count; i++) {
        struct bpmn_process *p = &g->processes[i];
        p->children = ARENA_NEW_N(r->a, int, p->child_count);
        p->child_count = 0;
    }
}

static void fill(struct bpmn *g)
{
    for (int i = 0; i < g->edge_count; i++) {
        const struct bpmn_edge *e = &g->edges[i];
        struct bpmn_node *from = e->source < 0 ? NULL : &g->nodes[e->source];
        if (from && e->kind == BPMN_FLOW)
            from->out[from->outs++] = i;
        if (from && e->kind == BPMN_MESSAGE_FLOW)
            from->message_out[from->message_outs++] = i;
        if (e->target >= 0 && e->kind == BPMN_FLOW)
            g->nodes[e->target].in[g->nodes[e->target].ins++] = i;
    }
    for (int i = 0; i < g->node_count; i++) {
        struct bpmn_node *n = &g->nodes[i];
        if (n->host >= 0) {
            struct bpmn_node *host = &g->nodes[n->host];
            host->boundary[host->boundaries++] = i;
        }
        if (n->parent >= 0) {
            struct bpmn_node *parent = &g->nodes[n->parent];
            parent->children[parent->child_count++] = i;
        } else if (n->process >= 0) {
            struct bpmn_process *p = &g->processes[n->process];
            p->children[p->child_count++] = i;
        }
    }
}

static void find_defaults(struct reader *r)
{
    for (int i = 0; i < r->g->node_count; i++) {
        struct bpmn_node *n = &r->g->nodes[i];
        struct bpmn_found f = bpmn_reader_find(r, n->fallback_ref);
        if (f.what != BPMN_AN_EDGE || r->g->edges[f.index].source != i) {
            dangles(r, n->id, n->fallback_ref, n->process);
            continue;
        }
        n->fallback = f.index;
        r->g->edges[f.index].is_default = true;
    }
}

/* ---- events: names and codes of what they refer to ---- */

static void name_event(struct reader *r, const struct bpmn_node *n,
                       struct bpmn_event *e)
{
    /* A send or receive task may name an operation instead of its message. */
    str through = e->trigger == BPMN_MESSAGE ? bpmn_reader_next(r, e->ref)
                                             : str_none;
    if (through.n)
        e->ref = through;
    struct bpmn_found f = bpmn_reader_find(r, e->ref);
    if (f.what != BPMN_A_ROOT || r->g->roots[f.index].trigger != e->trigger) {
        /* Refused, but whoever runs it all the same means a name by it. */
        dangles(r, n->id, e->ref, n->process);
        if (e->trigger != BPMN_LINK && e->ref.n)
            e->name = e->code = e->ref;
        return;
    }
    const struct bpmn_root *root = &r->g->roots[f.index];
    e->ref = root->id;
    e->name = root->name.n ? root->name : root->id;
    e->code = root->code.n ? root->code : root->name.n ? root->name : root->id;
}

static void name_events(struct reader *r)
{
    for (int i = 0; i < r->g->node_count; i++)
        for (int k = 0; k < r->g->nodes[i].event_count; k++)
            name_event(r, &r->g->nodes[i], &r->g->nodes[i].events[k]);
}

static bool has_link(const struct bpmn_node *n, enum bpmn_kind kind, str name)
{
    if (n->kind != kind)
        return false;
    for (int k = 0; k < n->event_count; k++)
        if (n->events[k].trigger == BPMN_LINK &&
            (str_is_none(name) || str_eq(n->events[k].name, name)))
            return true;
    return false;
}

/* A link leaves here and arrives at the catch of the same name and scope. */
static void join_links(struct bpmn *g)
{
    for (int i = 0; i < g->node_count; i++) {
        struct bpmn_node *n = &g->nodes[i];
        if (!has_link(n, BPMN_THROW, str_none))
            continue;
        for (int k = 0; k < g->node_count && n->link < 0; k++)
            if (g->nodes[k].process == n->process &&
                g->nodes[k].parent == n->parent &&
                has_link(&g->nodes[k], BPMN_CATCH, n->events[0].name))
                n->link = k;
    }
}

/* ---- data and lanes ---- */

static str own_name(const struct reader *r, str id)
{
    struct bpmn_found f = bpmn_reader_find(r, id);
    return f.what == BPMN_A_THING  ? r->g->things[f.index].name
           : f.what == BPMN_A_ROOT ? r->g->roots[f.index].name
                                   : str_none;
}

/* The variable a data reference stands for: the first name on the way from an
 * activity's own input to the data object, else the last id. */
static str variable_of(const struct reader *r, str ref)
{
    str id = ref;
    for (int hop = 0; hop < 4; hop++) {
        str name = own_name(r, id), next = bpmn_reader_next(r, id);
        if (name.n)
            return name;
        if (next.n == 0)
            break;
        id = next;
    }
    return id;
}

static void name_data(struct reader *r)
{
    struct bpmn *g = r->g;
    for (int i = 0; i < g->node_count; i++) {
        struct bpmn_loop *loop = g->nodes[i].loop;
        if (loop == NULL)
            continue;
        if (bpmn_reader_find(r, loop->collection).what != BPMN_NOWHERE)
            loop->collection = variable_of(r, loop->collection);
        if (bpmn_reader_find(r, loop->output).what != BPMN_NOWHERE)
            loop->output = variable_of(r, loop->output);
    }
    for (int i = 0; i < g->thing_count; i++) {
        struct bpmn_thing *t = &g->things[i];
        struct bpmn_found f = bpmn_reader_find(r, t->name);
        if (t->kind == BPMN_GROUP)
            t->name = f.what == BPMN_A_ROOT ? g->roots[f.index].name : STR("");
        if (t->kind == BPMN_DATA)
            f = bpmn_reader_find(r, bpmn_reader_next(r, t->id));
        if (t->kind == BPMN_DATA && f.what == BPMN_A_THING)
            t->collection |= g->things[f.index].collection;
    }
}

static void fill_lanes(struct reader *r)
{
    struct bpmn *g = r->g;
    for (int i = 0; i < r->member_count; i++) {
        struct bpmn_found lane = bpmn_reader_find(r, r->members[i].from);
        struct bpmn_found node = bpmn_reader_find(r, r->members[i].to);
        if (lane.what == BPMN_A_THING && node.what == BPMN_A_NODE)
            g->nodes[node.index].lane = lane.index;
        else if (node.what == BPMN_NOWHERE)
            dangles(r, r->members[i].from, r->members[i].to,
                    lane.what == BPMN_A_THING ? g->things[lane.index].process
                                              : -1);
    }
    for (int i = 0; i < r->mention_count; i++) {
        int node = bpmn_node_of(g, r->mentions[i].from);
        if (bpmn_reader_find(r, r->mentions[i].to).what != BPMN_AN_EDGE)
            dangles(r, r->mentions[i].from, r->mentions[i].to,
                    process_of_end(r, node));
    }
}

static void join_pools(struct reader *r)
{
    struct bpmn *g = r->g;
    for (int i = 0; i < r->link_count; i++) {
        struct bpmn_found pool = bpmn_reader_find(r, r->links[i].from);
        struct bpmn_found to = bpmn_reader_find(r, r->links[i].to);
        if (pool.what != BPMN_A_THING ||
            g->things[pool.index].kind != BPMN_POOL)
            continue;
        if (to.what != BPMN_A_PROCESS) {
            dangles(r, r->links[i].from, r->links[i].to, -1);
            continue;
        }
        g->things[pool.index].process = to.index;
        g->processes[to.index].pool = pool.index;
        if (g->things[pool.index].name.n == 0)
            g->things[pool.index].name = g->processes[to.index].name;
    }
}

void bpmn_link_graph(struct reader *r)
{
    link_edges(r);
    for (int i = 0; i < r->g->node_count; i++)
        hosts_and_calls(r, &r->g->nodes[i]);
    allot(r);
    fill(r->g);
    find_defaults(r);
    name_events(r);
    join_links(r->g);
    join_pools(r);
    fill_lanes(r);
    name_data(r);
}

bool bpmn_calls_out(const struct bpmn_node *n)
{
    return n->kind == BPMN_CALL && n->called < 0;
}

const int *bpmn_children(const struct bpmn *g, int process, int node, int *n)
{
    if (node >= 0) {
        *n = g->nodes[node].child_count;
        return g->nodes[node].children;
    }
    *n = g->processes[process].child_count;
    return g->processes[process].children;
}

/* ---- lists of names ---- */

static size_t separator(str s)
{
    static const char *const marks[] = { ",", "，", "、", ";", "；" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(s, str_of(marks[i])))
            return strlen(marks[i]);
    return 0;
}

str bpmn_name_next(str *names)
{
    str name = STR("");
    while (names->n && name.n == 0) {
        size_t end = 0, mark = 0;
        while (end < names->n &&
               (mark = separator(str_slice(*names, end, names->n))) == 0)
            end++;
        name = str_trim(str_slice(*names, 0, end));
        *names = str_slice(*names, end + mark, names->n);
    }
    return name;
}
