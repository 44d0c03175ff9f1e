/*
 * What a flow node says about itself beyond its id: its events, its loop, and
 * the extensions -- ours and those of the widespread editors.
 *
 * The editors agree more than their namespaces suggest: assignee, candidate
 * groups, collection, element variable and result variable carry the same
 * names in all of them.  So an attribute is looked up by name in every known
 * namespace, ours first, and only the element forms differ.
 */
#include "kernel/flow/bpmn_read.h"

static const char *const known_ns[] = {
    BPMN_OUR_NS,
    "http://camunda.org/schema/1.0/bpmn",
    "http://camunda.org/schema/zeebe/1.0",
    "http://flowable.org/bpmn",
    "http://activiti.org/bpmn",
};

enum { KNOWN = sizeof known_ns / sizeof *known_ns };

str bpmn_ext_attr(struct reader *r, const xmlNode *n, const char *name)
{
    for (int i = 0; i < KNOWN; i++) {
        str s = bpmn_xml_attr_ns(r->a, n, known_ns[i], name);
        if (!str_is_none(s))
            return s;
    }
    return str_none;
}

static bool ext_is(const xmlNode *n, const char *name)
{
    for (int i = 0; i < KNOWN; i++)
        if (bpmn_xml_in(n, known_ns[i]) &&
            str_is(str_of((const char *)n->name), name))
            return true;
    return false;
}

static str or_else(str s, str otherwise)
{
    return s.n ? s : otherwise;
}

/* ---- events ---- */

struct event_word {
    const char *name, *ref;
    uint8_t trigger;
};

static const struct event_word event_words[] = {
    { "messageEventDefinition", "messageRef", BPMN_MESSAGE },
    { "timerEventDefinition", NULL, BPMN_TIMER },
    { "errorEventDefinition", "errorRef", BPMN_ERROR },
    { "escalationEventDefinition", "escalationRef", BPMN_ESCALATION },
    { "signalEventDefinition", "signalRef", BPMN_SIGNAL },
    { "conditionalEventDefinition", NULL, BPMN_CONDITION },
    { "linkEventDefinition", NULL, BPMN_LINK },
    { "terminateEventDefinition", NULL, BPMN_TERMINATE },
    { "compensateEventDefinition", NULL, BPMN_COMPENSATE },
    { "cancelEventDefinition", NULL, BPMN_CANCEL },
};

static void read_timer(struct reader *r, const xmlNode *x,
                       struct bpmn_event *e)
{
    const xmlNode *c;
    if ((c = bpmn_xml_child(x, "timeDate")) != NULL)
        e->timer = BPMN_DATE;
    else if ((c = bpmn_xml_child(x, "timeDuration")) != NULL)
        e->timer = BPMN_DURATION;
    else if ((c = bpmn_xml_child(x, "timeCycle")) != NULL)
        e->timer = BPMN_CYCLE;
    e->text = c ? bpmn_xml_text(r->a, c) : STR("");
}

static void read_event(struct reader *r, const xmlNode *x,
                       const struct event_word *w, struct bpmn_event *e)
{
    e->trigger = w->trigger;
    e->name = STR("");
    if (w->ref)
        e->ref = bpmn_xml_attr(r->a, x, w->ref);
    if (w->trigger == BPMN_TIMER)
        read_timer(r, x, e);
    if (w->trigger == BPMN_LINK)
        e->name = bpmn_xml_attr(r->a, x, "name");
    if (w->trigger == BPMN_CONDITION) {
        const xmlNode *c = bpmn_xml_child(x, "condition");
        e->text = c ? bpmn_xml_text(r->a, c) : STR("");
        e->language = c ? bpmn_xml_attr(r->a, c, "language") : str_none;
    }
}

static struct bpmn_event *event_room(struct reader *r, struct bpmn_node *node,
                                     int *cap)
{
    node->events = bpmn_reader_room(r, node->events, node->event_count, cap,
                                    sizeof *node->events);
    return &node->events[node->event_count++];
}

/* A send or receive task is an event by another name. */
static void read_task_message(struct reader *r, const xmlNode *x,
                              struct bpmn_node *node, int *cap)
{
    struct bpmn_event *e = event_room(r, node, cap);
    *e = (struct bpmn_event){ .trigger = BPMN_MESSAGE, .name = STR("") };
    e->ref = bpmn_xml_attr(r->a, x, "messageRef");
    if (str_is_none(e->ref))
        e->ref = bpmn_xml_attr(r->a, x, "operationRef");
}

void bpmn_read_events(struct reader *r, const xmlNode *x,
                      struct bpmn_node *node)
{
    int cap = 0;
    if (node->kind == BPMN_SEND || node->kind == BPMN_RECEIVE)
        read_task_message(r, x, node, &cap);
    if (!bpmn_is_event(node->kind))
        return;
    for (const xmlNode *c = x->children; c; c = c->next)
        for (size_t i = 0; i < sizeof event_words / sizeof *event_words; i++)
            if (bpmn_xml_is(c, event_words[i].name))
                read_event(r, c, &event_words[i], event_room(r, node, &cap));
            else if (bpmn_xml_is(c, "eventDefinitionRef")) {
                bpmn_reader_fail(r, arena_printf(
                    r->a, "“%.*s”引用了别处的事件定义，请改为写在事件内部。",
                    STR_ARG(node->id)));
                return;
            }
}

/* ---- loops ---- */

static str child_text(struct reader *r, const xmlNode *x, const char *name)
{
    const xmlNode *c = bpmn_xml_child(x, name);
    return c ? bpmn_xml_text(r->a, c) : str_none;
}

/* The text of an expression; the language it names is kept. */
static str loop_text(struct reader *r, const xmlNode *x, const char *name,
                     struct bpmn_loop *loop)
{
    const xmlNode *c = bpmn_xml_child(x, name);
    if (c)
        loop->language = or_else(loop->language,
                                 bpmn_xml_attr(r->a, c, "language"));
    return child_text(r, x, name);
}

static str item_name(struct reader *r, const xmlNode *x, const char *child)
{
    const xmlNode *c = bpmn_xml_child(x, child);
    if (c == NULL)
        return str_none;
    return or_else(bpmn_xml_attr(r->a, c, "name"),
                   bpmn_xml_attr(r->a, c, "id"));
}

static void read_zeebe_loop(struct reader *r, const xmlNode *x,
                            struct bpmn_loop *loop)
{
    const xmlNode *e = bpmn_xml_child(x, "extensionElements");
    for (const xmlNode *c = e ? e->children : NULL; c; c = c->next)
        if (ext_is(c, "loopCharacteristics")) {
            loop->collection = bpmn_xml_attr(r->a, c, "inputCollection");
            loop->element = bpmn_xml_attr(r->a, c, "inputElement");
            loop->output = bpmn_xml_attr(r->a, c, "outputCollection");
            loop->output_element = bpmn_xml_attr(r->a, c, "outputElement");
            loop->count_from_one = true;
        }
}

static void read_multi(struct reader *r, const xmlNode *x,
                       struct bpmn_loop *loop)
{
    loop->sequential = bpmn_xml_flag(r->a, x, "isSequential", false);
    loop->cardinality = loop_text(r, x, "loopCardinality", loop);
    loop->condition = loop_text(r, x, "completionCondition", loop);
    loop->collection = child_text(r, x, "loopDataInputRef");
    loop->output = child_text(r, x, "loopDataOutputRef");
    loop->element = item_name(r, x, "inputDataItem");
    loop->output_element = item_name(r, x, "outputDataItem");
    loop->collection =
        or_else(bpmn_ext_attr(r, x, "collection"), loop->collection);
    loop->element =
        or_else(bpmn_ext_attr(r, x, "elementVariable"), loop->element);
    loop->element = or_else(bpmn_ext_attr(r, x, "element"), loop->element);
    loop->output =
        or_else(bpmn_ext_attr(r, x, "outputCollection"), loop->output);
    loop->output_element =
        or_else(bpmn_ext_attr(r, x, "outputElement"), loop->output_element);
    read_zeebe_loop(r, x, loop);
}

void bpmn_read_loop(struct reader *r, const xmlNode *x, struct bpmn_node *node)
{
    const xmlNode *multi =
        bpmn_xml_child(x, "multiInstanceLoopCharacteristics");
    const xmlNode *standard = bpmn_xml_child(x, "standardLoopCharacteristics");
    if ((multi == NULL && standard == NULL) || !bpmn_is_activity(node->kind))
        return;
    struct bpmn_loop *loop = node->loop = ARENA_NEW(r->a, struct bpmn_loop);
    if (multi) {
        read_multi(r, multi, loop);
        return;
    }
    loop->standard = loop->sequential = true;
    loop->test_before = bpmn_xml_flag(r->a, standard, "testBefore", false);
    loop->condition = loop_text(r, standard, "loopCondition", loop);
    (void)str_int(bpmn_xml_attr(r->a, standard, "loopMaximum"), &loop->maximum);
}

/* ---- extension elements ---- */

struct mapping_list {
    struct bpmn_mapping *item;
    int count, cap;
};

static void add_mapping(struct reader *r, struct mapping_list *list,
                        str target, str source, bool literal)
{
    int i = GROW(r, list->item, list->count, list->cap);
    list->item[i] = (struct bpmn_mapping){ .target = target, .source = source,
                                            .literal = literal };
}

/* camunda:inputParameter is a text unless it holds an expression. */
static bool is_expression(str s)
{
    return str_starts(s, STR("${")) || str_starts(s, STR("#{")) ||
           str_starts(s, STR("="));
}

static void read_parameter(struct reader *r, const xmlNode *x,
                           struct mapping_list *list)
{
    str source = bpmn_xml_attr(r->a, x, "source");
    str target = bpmn_xml_attr(r->a, x, "target");
    str text = str_is_none(source) ? bpmn_xml_text(r->a, x) : source;
    str name = str_is_none(target) ? bpmn_xml_attr(r->a, x, "name") : target;
    add_mapping(r, list, name, text,
                str_is_none(source) && !is_expression(text));
}

/* camunda:in and :out of a call; "all" is a flag of its own. */
static void read_variable(struct reader *r, const xmlNode *x,
                          struct mapping_list *list, bool *all)
{
    if (str_is(bpmn_xml_attr(r->a, x, "variables"), "all")) {
        *all = true;
        return;
    }
    str source = or_else(bpmn_xml_attr(r->a, x, "sourceExpression"),
                         bpmn_xml_attr(r->a, x, "source"));
    str target = bpmn_xml_attr(r->a, x, "target");
    if (source.n && target.n)
        add_mapping(r, list, target, source, false);
}

/* Here everything crosses unless the flags say otherwise. */
static void read_called(struct reader *r, const xmlNode *c,
                        struct bpmn_node *node)
{
    node->called_element = or_else(bpmn_xml_attr(r->a, c, "processId"),
                                   node->called_element);
    node->binding = or_else(bpmn_xml_attr(r->a, c, "bindingType"),
                            node->binding);
    node->all_in = bpmn_xml_flag(r->a, c, "propagateAllParentVariables", true);
    node->none_in = !node->all_in;
    node->none_out = !bpmn_xml_flag(r->a, c, "propagateAllChildVariables",
                                    true);
}

static void read_named(struct reader *r, const xmlNode *c,
                       struct bpmn_node *node)
{
    if (ext_is(c, "assignmentDefinition")) {
        node->assignee = or_else(bpmn_xml_attr(r->a, c, "assignee"),
                                 node->assignee);
        node->groups = or_else(bpmn_xml_attr(r->a, c, "candidateGroups"),
                               node->groups);
        node->users = or_else(bpmn_xml_attr(r->a, c, "candidateUsers"),
                              node->users);
    } else if (ext_is(c, "formDefinition"))
        node->form = or_else(bpmn_xml_attr(r->a, c, "formKey"),
                             bpmn_xml_attr(r->a, c, "formId"));
    else if (ext_is(c, "script")) {
        node->script =
            or_else(bpmn_xml_attr(r->a, c, "expression"), node->script);
        node->result = or_else(bpmn_xml_attr(r->a, c, "resultVariable"),
                               node->result);
    } else if (ext_is(c, "calledDecision")) {
        node->decision = bpmn_xml_attr(r->a, c, "decisionId");
        node->result = or_else(bpmn_xml_attr(r->a, c, "resultVariable"),
                               node->result);
    } else if (ext_is(c, "calledElement"))
        read_called(r, c, node);
    else if (ext_is(c, "field") && str_is(bpmn_xml_attr(r->a, c, "name"),
                                          "decisionTableReferenceKey"))
        node->decision = bpmn_xml_text(r->a, c);
}

static void read_extension_elements(struct reader *r, const xmlNode *parent,
                                    struct bpmn_node *node,
                                    struct mapping_list *in,
                                    struct mapping_list *out)
{
    for (const xmlNode *c = parent->children; c; c = c->next) {
        if (ext_is(c, "ioMapping") || ext_is(c, "inputOutput"))
            read_extension_elements(r, c, node, in, out);
        else if (ext_is(c, "input") || ext_is(c, "inputParameter"))
            read_parameter(r, c, in);
        else if (ext_is(c, "output") || ext_is(c, "outputParameter"))
            read_parameter(r, c, out);
        else if (ext_is(c, "in"))
            read_variable(r, c, in, &node->all_in);
        else if (ext_is(c, "out"))
            read_variable(r, c, out, &node->all_out);
        else if (c->type == XML_ELEMENT_NODE)
            read_named(r, c, node);
    }
}

/* BPMN's own way to name who acts: potentialOwner, humanPerformer. */
static void read_performers(struct reader *r, const xmlNode *x,
                            struct bpmn_node *node)
{
    static const char *const words[] = { "potentialOwner", "humanPerformer",
                                         "performer" };
    for (int i = 0; i < 3; i++) {
        const xmlNode *p = bpmn_xml_child(x, words[i]);
        const xmlNode *e = p ? bpmn_xml_child(p, "resourceAssignmentExpression")
                             : NULL;
        if (e == NULL)
            continue;
        str text = bpmn_xml_text(r->a, e);
        if (i == 0)
            node->groups = or_else(node->groups, text);
        else
            node->assignee = or_else(node->assignee, text);
    }
}

static uint8_t return_policy(str s)
{
    return str_is(s, "redo")       ? BPMN_RETURN_REDO
           : str_is(s, "straight") ? BPMN_RETURN_STRAIGHT
           : str_is(s, "none")     ? BPMN_RETURN_NONE
                                   : BPMN_RETURN_ANY;
}

void bpmn_read_extensions(struct reader *r, const xmlNode *x,
                          struct bpmn_node *node)
{
    node->assignee = bpmn_ext_attr(r, x, "assignee");
    node->users = bpmn_ext_attr(r, x, "candidateUsers");
    node->groups = bpmn_ext_attr(r, x, "candidateGroups");
    node->due = bpmn_ext_attr(r, x, "dueDate");
    node->result = or_else(bpmn_ext_attr(r, x, "resultVariable"),
                           bpmn_ext_attr(r, x, "resultVariableName"));
    node->decision = bpmn_ext_attr(r, x, "decisionRef");
    node->form = or_else(bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "form"),
                         bpmn_ext_attr(r, x, "formKey"));
    node->post = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "post");
    node->unit = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "unit");
    node->clock = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "clock");
    node->work = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "work");
    node->asks = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "asks");
    node->all_in |= str_is(bpmn_ext_attr(r, x, "inheritVariables"), "true");
    node->called_element =
        or_else(bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "called"),
                node->called_element);
    node->binding = or_else(bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "binding"),
                            bpmn_ext_attr(r, x, "calledElementBinding"));
    node->sign = bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "sign");
    node->return_policy =
        return_policy(bpmn_xml_attr_ns(r->a, x, BPMN_OUR_NS, "return"));
    node->script = child_text(r, x, "script");
    read_performers(r, x, node);
    struct mapping_list in = { 0 }, out = { 0 };
    const xmlNode *e = bpmn_xml_child(x, "extensionElements");
    if (e)
        read_extension_elements(r, e, node, &in, &out);
    node->inputs = in.item, node->input_count = in.count;
    node->outputs = out.item, node->output_count = out.count;
}
