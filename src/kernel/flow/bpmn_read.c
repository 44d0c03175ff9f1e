/*
 * From the document tree to the graph: one walk over the definitions, then
 * links, then the drawing.
 *
 * Every element of the BPMN namespace falls into one of a few rows of a table:
 * a flow node, an edge, a thing that is only drawn, a definition others point
 * at.  What no row names is skipped here and kept in the document.
 */
#include "kernel/flow/bpmn_read.h"

#include <stdlib.h>
#include <string.h>

struct word {
    const char *name;
    uint8_t kind;
};

static const struct word node_words[] = {
    { "startEvent", BPMN_START }, { "endEvent", BPMN_END },
    { "intermediateCatchEvent", BPMN_CATCH },
    { "intermediateThrowEvent", BPMN_THROW },
    { "boundaryEvent", BPMN_BOUNDARY }, { "task", BPMN_TASK },
    { "userTask", BPMN_USER }, { "manualTask", BPMN_MANUAL },
    { "serviceTask", BPMN_SERVICE }, { "scriptTask", BPMN_SCRIPT },
    { "businessRuleTask", BPMN_RULE }, { "sendTask", BPMN_SEND },
    { "receiveTask", BPMN_RECEIVE }, { "subProcess", BPMN_SUB },
    { "callActivity", BPMN_CALL }, { "transaction", BPMN_TRANSACTION },
    { "adHocSubProcess", BPMN_ADHOC },
    { "choreographyTask", BPMN_CHOREOGRAPHY },
    { "subChoreography", BPMN_CHOREOGRAPHY },
    { "callChoreography", BPMN_CHOREOGRAPHY },
    { "exclusiveGateway", BPMN_XOR }, { "parallelGateway", BPMN_AND },
    { "inclusiveGateway", BPMN_OR }, { "eventBasedGateway", BPMN_EVENTS },
    { "complexGateway", BPMN_COMPLEX },
};

static const struct word edge_words[] = {
    { "sequenceFlow", BPMN_FLOW }, { "messageFlow", BPMN_MESSAGE_FLOW },
    { "association", BPMN_ASSOCIATION },
    { "dataInputAssociation", BPMN_DATA_ASSOCIATION },
    { "dataOutputAssociation", BPMN_DATA_ASSOCIATION },
    { "conversationLink", BPMN_CONVERSATION_LINK },
};

static const struct word thing_words[] = {
    { "participant", BPMN_POOL }, { "lane", BPMN_LANE },
    { "dataObject", BPMN_OTHER }, { "dataObjectReference", BPMN_DATA },
    { "dataInput", BPMN_DATA_INPUT }, { "dataOutput", BPMN_DATA_OUTPUT },
    { "dataStore", BPMN_OTHER }, { "dataStoreReference", BPMN_STORE },
    { "textAnnotation", BPMN_NOTE }, { "group", BPMN_GROUP },
    { "conversation", BPMN_CONVERSATION },
    { "subConversation", BPMN_CONVERSATION },
    { "callConversation", BPMN_CONVERSATION },
};

static const struct word root_words[] = {
    { "message", BPMN_MESSAGE }, { "signal", BPMN_SIGNAL },
    { "error", BPMN_ERROR }, { "escalation", BPMN_ESCALATION },
    { "categoryValue", BPMN_PLAIN }, { "property", BPMN_PLAIN },
};

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

static int looked_up(const struct word *words, int n, const xmlNode *x)
{
    for (int i = 0; i < n; i++)
        if (bpmn_xml_is(x, words[i].name))
            return words[i].kind;
    return -1;
}

bool bpmn_reader_knows(const xmlNode *x)
{
    return looked_up(node_words, COUNT(node_words), x) >= 0 ||
           looked_up(edge_words, COUNT(edge_words), x) >= 0 ||
           looked_up(thing_words, COUNT(thing_words), x) >= 0 ||
           looked_up(root_words, COUNT(root_words), x) >= 0;
}

void *bpmn_reader_room(struct reader *r, void *array, int count, int *cap,
                       size_t size)
{
    if (count < *cap)
        return array;
    int wider = *cap ? *cap * 2 : 16;
    void *p = arena_array(r->a, (size_t)wider, size);
    if (count)
        memcpy(p, array, (size_t)count * size);
    *cap = wider;
    return p;
}

void bpmn_reader_fail(struct reader *r, str problem)
{
    if (str_is_none(r->problem))
        r->problem = problem;
}

/* ---- ids ---- */

static struct bpmn_found index_get(const struct bpmn_index *x, str id)
{
    for (uint32_t at = (uint32_t)str_hash(id);; at++) {
        at &= x->cap - 1;
        if (str_is_none(x->slot[at].id))
            return (struct bpmn_found){ BPMN_NOWHERE, -1 };
        if (str_eq(x->slot[at].id, id))
            return x->slot[at].to;
    }
}

static void index_put(struct bpmn_index *x, str id, struct bpmn_found to)
{
    uint32_t at = (uint32_t)str_hash(id) & (x->cap - 1);
    while (!str_is_none(x->slot[at].id))
        at = (at + 1) & (x->cap - 1);
    x->slot[at].id = id;
    x->slot[at].to = to;
    x->used++;
}

static void index_widen(struct arena *a, struct bpmn_index *x)
{
    struct bpmn_index old = *x;
    x->cap = old.cap ? old.cap * 2 : 256;
    x->used = 0;
    x->slot = arena_array(a, x->cap, sizeof *x->slot);
    for (uint32_t i = 0; i < old.cap; i++)
        if (!str_is_none(old.slot[i].id))
            index_put(x, old.slot[i].id, old.slot[i].to);
}

/* False when the id is there already. */
static bool index_add(struct arena *a, struct bpmn_index *x, str id,
                      struct bpmn_found to)
{
    if (x->used * 2 >= x->cap)
        index_widen(a, x);
    if (index_get(x, id).what != BPMN_NOWHERE)
        return false;
    index_put(x, id, to);
    return true;
}

void bpmn_reader_index(struct reader *r, str id, enum bpmn_what what, int index)
{
    struct bpmn_found to = { (uint8_t)what, index };
    if (id.n && !index_add(r->a, r->g->index, id, to))
        bpmn_reader_fail(r, arena_printf(r->a,
                                         "元素编号“%.*s”出现了两次，"
                                         "请改成不同的编号。",
                                         STR_ARG(id)));
}

void bpmn_reader_link(struct reader *r, str from, str to)
{
    if (from.n == 0 || to.n == 0)
        return;
    int i = GROW(r, r->links, r->link_count, r->link_cap);
    r->links[i] = (struct data_link){ from, to };
    (void)index_add(r->a, r->link_of, from,
                    (struct bpmn_found){ BPMN_A_ROOT, i });
}

str bpmn_reader_next(const struct reader *r, str id)
{
    struct bpmn_found f = { BPMN_NOWHERE, -1 };
    ptrdiff_t colon = str_find_byte(id, ':');
    if (id.n)
        f = index_get(r->link_of, id);
    if (f.what == BPMN_NOWHERE && colon > 0 && (size_t)colon + 1 < id.n)
        f = index_get(r->link_of, str_slice(id, (size_t)colon + 1, id.n));
    return f.what == BPMN_NOWHERE ? str_none : r->links[f.index].to;
}

struct bpmn_found bpmn_find(const struct bpmn *g, str id)
{
    if (id.n == 0 || g->index->cap == 0)
        return (struct bpmn_found){ BPMN_NOWHERE, -1 };
    return index_get(g->index, id);
}

struct bpmn_found bpmn_reader_find(const struct reader *r, str ref)
{
    struct bpmn_found f = bpmn_find(r->g, ref);
    ptrdiff_t colon = str_find_byte(ref, ':');
    if (f.what == BPMN_NOWHERE && colon > 0)
        f = bpmn_find(r->g, str_slice(ref, (size_t)colon + 1, ref.n));
    return f;
}

int bpmn_node_of(const struct bpmn *g, str id)
{
    struct bpmn_found f = bpmn_find(g, id);
    return f.what == BPMN_A_NODE ? f.index : -1;
}

/* ---- the walk ---- */

struct place { int process, node, lane, pool; };

static void walk(struct reader *r, const xmlNode *parent, struct place in);

static void note_mentions(struct reader *r, const xmlNode *x, str id)
{
    for (const xmlNode *c = x->children; c; c = c->next)
        if (bpmn_xml_is(c, "incoming") || bpmn_xml_is(c, "outgoing")) {
            int m = GROW(r, r->mentions, r->mention_count, r->mention_cap);
            r->mentions[m] = (struct data_link){ id, bpmn_xml_text(r->a, c) };
        }
}

static void read_node(struct reader *r, const xmlNode *x, int kind,
                      struct place in)
{
    struct bpmn *g = r->g;
    if (g->node_count >= BPMN_NODES) {
        bpmn_reader_fail(
            r,
            arena_printf(r->a, "流程节点超过 %d 个，请拆分流程。", BPMN_NODES));
        return;
    }
    int i = GROW(r, g->nodes, g->node_count, r->node_cap);
    struct bpmn_node node = {
        .id = bpmn_xml_attr(r->a, x, "id"),
        .name = bpmn_xml_attr(r->a, x, "name"),
        .kind = (uint8_t)kind,
        .line = (int)xmlGetLineNo((xmlNode *)x),
        .process = in.process,
        .parent = in.node,
        .host = -1,
        .called = -1,
        .link = -1,
        .fallback = -1,
        .lane = -1,
        .attached = bpmn_xml_attr(r->a, x, "attachedToRef"),
        .fallback_ref = bpmn_xml_attr(r->a, x, "default"),
        .event_sub = bpmn_xml_flag(r->a, x, "triggeredByEvent", false),
        .instantiate = bpmn_xml_flag(r->a, x, "instantiate", false),
        .parallel_events = bpmn_xml_flag(r->a, x, "parallelMultiple", false),
        .compensates = bpmn_xml_flag(r->a, x, "isForCompensation", false),
        .called_element = bpmn_xml_attr(r->a, x, "calledElement"),
        .script_format = bpmn_xml_attr(r->a, x, "scriptFormat"),
        .start_quantity = 1,
        .completion_quantity = 1,
    };
    if (str_is_none(node.id))
        node.id = arena_printf(r->a, "_line%d_%d", node.line, i);
    node.interrupting =
        bpmn_xml_flag(r->a, x, kind == BPMN_BOUNDARY ? "cancelActivity"
                                                : "isInterrupting", true);
    (void)str_int(bpmn_xml_attr(r->a, x, "startQuantity"),
                  &node.start_quantity);
    (void)str_int(bpmn_xml_attr(r->a, x, "completionQuantity"),
                  &node.completion_quantity);
    if (kind == BPMN_EVENTS)
        node.parallel_events =
            str_is(bpmn_xml_attr(r->a, x, "eventGatewayType"), "Parallel");
    bpmn_read_events(r, x, &node);
    /* After an error nothing goes on, whatever the file says. */
    for (int k = 0; k < node.event_count; k++)
        node.interrupting |= node.events[k].trigger == BPMN_ERROR;
    bpmn_read_loop(r, x, &node);
    bpmn_read_extensions(r, x, &node);
    g->nodes[i] = node;
    bpmn_reader_index(r, node.id, BPMN_A_NODE, i);
    note_mentions(r, x, node.id);
    in.node = bpmn_is_container(kind) ? i : in.node;
    walk(r, x, in);
}

static str first_ref(struct reader *r, const xmlNode *x, const char *name)
{
    str s = bpmn_xml_attr(r->a, x, name);
    const xmlNode *c = str_is_none(s) ? bpmn_xml_child(x, name) : NULL;
    return c ? bpmn_xml_text(r->a, c) : s;
}

static void read_edge(struct reader *r, const xmlNode *x, int kind,
                      struct place in)
{
    struct bpmn *g = r->g;
    int i = GROW(r, g->edges, g->edge_count, r->edge_cap);
    struct bpmn_edge *e = &g->edges[i];
    const xmlNode *condition = bpmn_xml_child(x, "conditionExpression");
    str direction = bpmn_xml_attr(r->a, x, "associationDirection");
    *e = (struct bpmn_edge){
        .id = bpmn_xml_attr(r->a, x, "id"),
        .name = bpmn_xml_attr(r->a, x, "name"),
        .kind = (uint8_t)kind,
        .source = -1,
        .target = -1,
        .source_ref = first_ref(r, x, "sourceRef"),
        .target_ref = first_ref(r, x, "targetRef"),
        .parent = in.node,
        .process = in.process,
        .line = (int)xmlGetLineNo((xmlNode *)x),
        .direction = str_is(direction, "One")    ? 1
                     : str_is(direction, "Both") ? 2
                                                 : 0,
    };
    if (condition) {
        e->condition = bpmn_xml_text(r->a, condition);
        e->has_condition = e->condition.n > 0;
        e->language = bpmn_xml_attr(r->a, condition, "language");
    }
    if (str_is_none(e->id))
        e->id = arena_printf(r->a, "_edge%d_%d", e->line, i);
    bpmn_reader_index(r, e->id, BPMN_AN_EDGE, i);
    if (kind != BPMN_DATA_ASSOCIATION)
        return;
    bool input = bpmn_xml_is(x, "dataInputAssociation");
    bpmn_reader_link(r, input ? e->target_ref : e->source_ref,
                     input ? e->source_ref : e->target_ref);
}

static void note_members(struct reader *r, const xmlNode *lane, str id)
{
    for (const xmlNode *c = lane->children; c; c = c->next)
        if (bpmn_xml_is(c, "flowNodeRef")) {
            int m = GROW(r, r->members, r->member_count, r->member_cap);
            r->members[m] = (struct data_link){ id, bpmn_xml_text(r->a, c) };
        }
}

/* A group is named by the category value it points at. */
static str name_of_thing(struct reader *r, const xmlNode *x, int kind)
{
    if (kind == BPMN_NOTE) {
        const xmlNode *text = bpmn_xml_child(x, "text");
        return text ? bpmn_xml_text(r->a, text) : STR("");
    }
    if (kind == BPMN_GROUP)
        return bpmn_xml_attr(r->a, x, "categoryValueRef");
    return bpmn_xml_attr(r->a, x, "name");
}

static void read_thing(struct reader *r, const xmlNode *x, int kind,
                       struct place in)
{
    struct bpmn *g = r->g;
    int i = GROW(r, g->things, g->thing_count, r->thing_cap);
    struct bpmn_thing t = {
        .id = bpmn_xml_attr(r->a, x, "id"), .name = name_of_thing(r, x, kind),
        .kind = (uint8_t)kind, .process = in.process, .parent = in.node,
        .parent_lane = in.lane,
        .collection = bpmn_xml_flag(r->a, x, "isCollection", false),
        .many = bpmn_xml_child(x, "participantMultiplicity") != NULL,
    };
    str of = bpmn_xml_attr(r->a, x, "dataObjectRef");
    if (kind == BPMN_POOL)
        t.name = str_is_none(t.name) ? STR("") : t.name, t.process = -1;
    g->things[i] = t;
    bpmn_reader_index(r, t.id, BPMN_A_THING, i);
    if (kind == BPMN_POOL)
        bpmn_reader_link(r, t.id, bpmn_xml_attr(r->a, x, "processRef"));
    if (kind == BPMN_DATA)
        bpmn_reader_link(r, t.id, of);
    if (kind == BPMN_LANE) {
        note_members(r, x, t.id);
        in.lane = i;
    }
    walk(r, x, in);
}

static void read_root(struct reader *r, const xmlNode *x, int kind)
{
    struct bpmn *g = r->g;
    int i = GROW(r, g->roots, g->root_count, r->root_cap);
    struct bpmn_root *root = &g->roots[i];
    root->id = bpmn_xml_attr(r->a, x, "id");
    root->name = bpmn_xml_attr(r->a, x, "name");
    root->code = bpmn_xml_attr(r->a, x, kind == BPMN_ERROR ? "errorCode"
                                                      : "escalationCode");
    if (bpmn_xml_is(x, "categoryValue"))
        root->name = bpmn_xml_attr(r->a, x, "value");
    root->trigger = (uint8_t)kind;
    bpmn_reader_index(r, root->id, BPMN_A_ROOT, i);
}

static void read_process(struct reader *r, const xmlNode *x)
{
    struct bpmn *g = r->g;
    int i = GROW(r, g->processes, g->process_count, r->process_cap);
    str executable = bpmn_xml_attr(r->a, x, "isExecutable");
    g->processes[i] = (struct bpmn_process){
        .id = bpmn_xml_attr(r->a, x, "id"),
        .name = bpmn_xml_attr(r->a, x, "name"),
        .reject = bpmn_ext_attr(r, x, "reject"),
        .clock = bpmn_ext_attr(r, x, "clock"),
        .owner = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "owner"),
        .pool = -1,
        .line = (int)xmlGetLineNo((xmlNode *)x),
        .executable = str_is(executable, "true"),
        .executable_known = !str_is_none(executable),
    };
    if (str_is_none(g->processes[i].id))
        g->processes[i].id = arena_printf(r->a, "_process%d", i);
    bpmn_reader_index(r, g->processes[i].id, BPMN_A_PROCESS, i);
    walk(r, x, (struct place){ i, -1, -1, -1 });
}

/* An operation names its message; send and receive tasks name the operation. */
static void read_operation(struct reader *r, const xmlNode *x)
{
    const xmlNode *in = bpmn_xml_child(x, "inMessageRef");
    if (in == NULL)
        return;
    bpmn_reader_link(r, bpmn_xml_attr(r->a, x, "id"), bpmn_xml_text(r->a, in));
}

/* A global task is a process of one task, so that a call can run it. */
static void read_global(struct reader *r, const xmlNode *x)
{
    struct bpmn *g = r->g;
    int p = GROW(r, g->processes, g->process_count, r->process_cap);
    g->processes[p] = (struct bpmn_process){
        .id = bpmn_xml_attr(r->a, x, "id"),
        .name = bpmn_xml_attr(r->a, x, "name"),
        .pool = -1,
        .line = (int)xmlGetLineNo((xmlNode *)x),
        .executable = false,
        .executable_known = true,
    };
    bpmn_reader_index(r, g->processes[p].id, BPMN_A_PROCESS, p);
    int i = GROW(r, g->nodes, g->node_count, r->node_cap);
    struct bpmn_node node = {
        .id = arena_join(r->a, g->processes[p].id, STR("_task")),
        .name = g->processes[p].name, .process = p, .parent = -1,
        .host = -1, .called = -1, .link = -1, .fallback = -1, .lane = -1,
        .line = g->processes[p].line, .start_quantity = 1,
        .completion_quantity = 1, .interrupting = true,
        .kind = bpmn_xml_is(x, "globalUserTask")           ? BPMN_USER
                : bpmn_xml_is(x, "globalScriptTask")       ? BPMN_SCRIPT
                : bpmn_xml_is(x, "globalBusinessRuleTask") ? BPMN_RULE
                : bpmn_xml_is(x, "globalManualTask")       ? BPMN_MANUAL
                                                      : BPMN_TASK,
    };
    bpmn_read_extensions(r, x, &node);
    g->nodes[i] = node;
    bpmn_reader_index(r, node.id, BPMN_A_NODE, i);
}

static bool is_global(const xmlNode *x)
{
    return bpmn_xml_is(x, "globalTask") || bpmn_xml_is(x, "globalUserTask") ||
           bpmn_xml_is(x, "globalScriptTask") ||
           bpmn_xml_is(x, "globalManualTask") ||
           bpmn_xml_is(x, "globalBusinessRuleTask");
}

static void walk_one(struct reader *r, const xmlNode *x, struct place in)
{
    int kind;
    if (bpmn_xml_is(x, "process"))
        read_process(r, x);
    else if (is_global(x))
        read_global(r, x);
    else if ((kind = looked_up(node_words, COUNT(node_words), x)) >= 0)
        read_node(r, x, kind, in);
    else if ((kind = looked_up(edge_words, COUNT(edge_words), x)) >= 0)
        read_edge(r, x, kind, in);
    else if ((kind = looked_up(thing_words, COUNT(thing_words), x)) >= 0)
        read_thing(r, x, kind, in);
    else if ((kind = looked_up(root_words, COUNT(root_words), x)) >= 0)
        read_root(r, x, kind);
    else if (bpmn_xml_is(x, "operation"))
        read_operation(r, x);
    else if (bpmn_xml_is(x, "choreography") ||
             bpmn_xml_is(x, "globalChoreographyTask")) {
        r->g->choreography = true;
        r->g->refused = bpmn_xml_attr(r->a, x, "id");
        walk(r, x, in);
    } else if (!bpmn_xml_is(x, "extensionElements"))
        walk(r, x, in);
}

static void walk(struct reader *r, const xmlNode *parent, struct place in)
{
    for (const xmlNode *x = parent->children; x; x = x->next)
        if (x->type == XML_ELEMENT_NODE && str_is_none(r->problem))
            walk_one(r, x, in);
}

static void read_definitions(struct reader *r, const xmlNode *root)
{
    const char *colon = root && root->ns == NULL
                            ? strchr((const char *)root->name, ':') : NULL;
    if (colon) {
        int n = (int)(colon - (const char *)root->name);
        bpmn_reader_fail(r, arena_printf(r->a,
            "前缀“%.*s”没有声明，请在最外层补写 xmlns:%.*s=\"" BPMN_NS "\"。",
            n, (const char *)root->name, n, (const char *)root->name));
        return;
    }
    if (root == NULL || !bpmn_xml_is(root, "definitions")) {
        bpmn_reader_fail(r, STR("这不是 BPMN 2.0 文件：最外层应为 definitions，"
                                "请用流程设计器重新导出。"));
        return;
    }
    walk(r, root, (struct place){ -1, -1, -1, -1 });
    if (str_is_none(r->problem))
        bpmn_link_graph(r);
    if (str_is_none(r->problem)) {
        bpmn_compile_expressions(r);
        bpmn_read_diagrams(r, root);
    }
}

enum err bpmn_read(struct arena *a, str xml, struct bpmn **out, str *problem)
{
    xmlDocPtr doc = bpmn_parse(a, xml, problem);
    if (doc == NULL)
        return ERR_INPUT;
    struct arena *own = malloc(sizeof *own);
    if (own == NULL)
        abort();
    *own = arena_make(0);
    struct bpmn *g = ARENA_NEW(own, struct bpmn);
    g->arena = own;
    g->document = doc;
    g->index = ARENA_NEW(own, struct bpmn_index);
    struct reader r = { .g = g, .a = own, .problem = str_none };
    r.link_of = ARENA_NEW(own, struct bpmn_index);
    index_widen(own, g->index);
    index_widen(own, r.link_of);
    read_definitions(&r, xmlDocGetRootElement(doc));
    if (!str_is_none(r.problem)) {
        *problem = arena_str(a, r.problem);
        bpmn_free(g);
        return ERR_INPUT;
    }
    (void)bpmn_layout(g);
    *out = g;
    return OK;
}

void bpmn_free(struct bpmn *g)
{
    if (g == NULL)
        return;
    xmlFreeDoc(g->document);
    struct arena *own = g->arena;
    arena_free(own);
    free(own);
}
