/*
 * bpmn -- a BPMN 2.0 file, read once into a graph nobody changes any more.
 *
 * The file is kept whole: what we do not understand stays in the document and
 * comes out again on export.  The graph beside it holds what the engine runs
 * (flow nodes, sequence and message flows), what the drawing needs (pools,
 * lanes, data, notes, diagram interchange), and an index of all ids.  A graph
 * may be shared by any number of threads; it lives until bpmn_free.
 */
#ifndef FLOW_BPMN_H
#define FLOW_BPMN_H

#include "base/base.h"

struct expression; /* see expression.h */

#define BPMN_NS "http://www.omg.org/spec/BPMN/20100524/MODEL"
#define BPMN_DI_NS "http://www.omg.org/spec/BPMN/20100524/DI"
#define BPMN_DC_NS "http://www.omg.org/spec/DD/20100524/DC"
#define BPMN_OMGDI_NS "http://www.omg.org/spec/DD/20100524/DI"
#define BPMN_OUR_NS "urn:zhengtong:bpmn"

enum {
    BPMN_BYTES = 8 << 20,     /* of a file */
    BPMN_ELEMENTS = 200000,   /* XML elements of a file */
    BPMN_DEPTH = 100,         /* nested XML elements */
    BPMN_NODES = 20000,       /* flow nodes of a file */
};

/* What a thing of the file is.  The order groups them, see bpmn_is_*. */
enum bpmn_kind {
    BPMN_OTHER,
    BPMN_START, BPMN_END, BPMN_CATCH, BPMN_THROW, BPMN_BOUNDARY,
    BPMN_TASK, BPMN_USER, BPMN_MANUAL, BPMN_SERVICE, BPMN_SCRIPT, BPMN_RULE,
    BPMN_SEND, BPMN_RECEIVE, BPMN_SUB, BPMN_CALL,
    BPMN_TRANSACTION, BPMN_ADHOC, BPMN_CHOREOGRAPHY,
    BPMN_XOR, BPMN_AND, BPMN_OR, BPMN_EVENTS, BPMN_COMPLEX,
    BPMN_PROCESS, BPMN_POOL, BPMN_LANE, BPMN_DATA, BPMN_DATA_INPUT,
    BPMN_DATA_OUTPUT, BPMN_STORE, BPMN_NOTE, BPMN_GROUP, BPMN_ENVELOPE,
    BPMN_CONVERSATION,
    BPMN_FLOW, BPMN_MESSAGE_FLOW, BPMN_ASSOCIATION, BPMN_DATA_ASSOCIATION,
    BPMN_CONVERSATION_LINK,
};

static inline bool bpmn_is_event(enum bpmn_kind k)
{
    return k >= BPMN_START && k <= BPMN_BOUNDARY;
}
static inline bool bpmn_is_activity(enum bpmn_kind k)
{
    return k >= BPMN_TASK && k <= BPMN_CHOREOGRAPHY;
}
static inline bool bpmn_is_gateway(enum bpmn_kind k)
{
    return k >= BPMN_XOR && k <= BPMN_COMPLEX;
}
static inline bool bpmn_is_container(enum bpmn_kind k)
{
    return k == BPMN_SUB || k == BPMN_TRANSACTION || k == BPMN_ADHOC;
}

enum bpmn_trigger {
    BPMN_PLAIN, BPMN_MESSAGE, BPMN_TIMER, BPMN_ERROR, BPMN_ESCALATION,
    BPMN_SIGNAL, BPMN_CONDITION, BPMN_LINK, BPMN_TERMINATE, BPMN_COMPENSATE,
    BPMN_CANCEL,
};

enum bpmn_timer { BPMN_DATE, BPMN_DURATION, BPMN_CYCLE };

/* One event definition; a node may have several (any of them counts). */
struct bpmn_event {
    uint8_t trigger, timer;
    str ref;        /* id of the message, signal, error, escalation */
    str name;       /* its name, or the link's name; "" when there is none */
    str code;       /* of an error or escalation; none: catches every one */
    str text;       /* timer or condition expression as written */
    str language;   /* of a condition, when the file names one */
    struct expression *x; /* of a condition, or of a timer that has one */
};

/* One input or output of an activity: a name and a FEEL expression. */
struct bpmn_mapping {
    str target, source;
    bool literal;   /* source is the text itself, not an expression */
    struct expression *x;
};

struct bpmn_loop {
    bool standard, sequential, test_before, count_from_one;
    str cardinality, condition;     /* completion or loop condition */
    str collection, element;        /* names or expressions, a variable */
    str output, output_element;     /* collection of results, expression */
    int64_t maximum;                /* of a standard loop; 0: none */
    str language;                   /* of its expressions, when one is named */
    struct expression *cardinality_x, *condition_x, *collection_x, *output_x;
};

/* 退回: what the template allows from this node. */
enum bpmn_return { BPMN_RETURN_ANY, BPMN_RETURN_REDO, BPMN_RETURN_STRAIGHT,
                   BPMN_RETURN_NONE };

struct bpmn_node {
    str id, name;
    uint8_t kind;
    bool interrupting;      /* boundary, start of an event sub-process */
    bool event_sub;         /* sub-process triggered by an event */
    bool instantiate, parallel_events, compensates, exclusive_events;
    uint8_t return_policy;
    int line;
    int process;            /* index into processes */
    int parent;             /* node of the sub-process around it, or -1 */
    int host;               /* a boundary event's activity, or -1 */
    int called;             /* a call activity's process, or -1 */
    int link;               /* where a link throw goes, or -1 */
    int fallback;           /* default sequence flow, or -1 */
    int lane;               /* thing of kind BPMN_LANE, or -1 */
    int *in, *out, *boundary, *children, *message_out;
    int ins, outs, boundaries, child_count, message_outs;
    struct bpmn_event *events;
    int event_count;
    struct bpmn_loop *loop;
    struct bpmn_mapping *inputs, *outputs;
    int input_count, output_count;
    bool all_in, all_out;   /* a call: every variable goes in, comes out */
    bool none_in, none_out; /* a call: only what is mapped, if anything */
    str binding;            /* a call: latest (or none), deployment */
    str script, script_format, result, decision, called_element;
    str assignee, users, groups, due;       /* the editors' extensions */
    str post, unit, clock, form, sign;      /* ours; unit: a variable's name */
    str work;               /* ours: what the platform itself does here */
    str asks;               /* ours: what else a step asks, see ask.h */
    str attached, fallback_ref;             /* as written */
    int64_t start_quantity, completion_quantity;
    struct expression *script_x, *assignee_x, *users_x, *groups_x;
    struct expression *called_x; /* of a process named at run time */
};

struct bpmn_edge {
    str id, name;
    uint8_t kind;           /* BPMN_FLOW … BPMN_CONVERSATION_LINK */
    uint8_t direction;      /* association: 0 none, 1 one, 2 both */
    int source, target;     /* nodes of a sequence flow, or -1 */
    str source_ref, target_ref; /* as written */
    str condition;          /* none: unconditional */
    str language;           /* of the condition, when the file names one */
    bool has_condition;
    struct expression *when;
    int parent, process, line;
    bool is_default;
};

/* Pools, lanes, data, notes: drawn, not run. */
struct bpmn_thing {
    str id, name;
    uint8_t kind;
    bool collection, many;  /* data; participant multiplicity */
    int process;            /* of a pool; -1: a black box */
    int parent;             /* node or process container, for layout */
    int parent_lane;        /* of a lane in a lane, or -1 */
    bool initiating;
};

struct bpmn_process {
    str id, name, reject;   /* reject: "end" or "start" */
    str clock;              /* ours: the limit of the whole, see clock_limit */
    str owner;              /* who alone begins it: a module's name, or none */
    bool executable, executable_known;
    int *children;
    int child_count;
    int pool;               /* thing, or -1 */
    int line;
};

struct bpmn_box { double x, y, w, h; };

struct bpmn_shape {
    uint8_t what;           /* class of the thing, as in bpmn_found */
    int index;
    struct bpmn_box box, label;
    bool has_label, expanded, horizontal, marker;
    int diagram;
};

struct bpmn_point { double x, y; };

struct bpmn_line {
    int edge;
    struct bpmn_point *points;
    int count;
    struct bpmn_box label;
    bool has_label;
    int diagram, envelope;  /* 0 none, 1 initiating, 2 answering */
};

/* Which array an id leads to. */
enum bpmn_what { BPMN_NOWHERE, BPMN_A_NODE, BPMN_AN_EDGE, BPMN_A_THING,
                 BPMN_A_PROCESS, BPMN_A_ROOT };

struct bpmn_found {
    uint8_t what;
    int index;
};

/* message, signal, error, escalation, item of data: id → name and code. */
struct bpmn_root {
    str id, name, code;
    uint8_t trigger;        /* BPMN_PLAIN: a data item and the like */
};

/* An element that points at something the file does not have. */
struct bpmn_dangling {
    str element, ref;
    int process;            /* or -1 */
};

struct bpmn {
    struct bpmn_node *nodes;
    struct bpmn_edge *edges;
    struct bpmn_thing *things;
    struct bpmn_process *processes;
    struct bpmn_shape *shapes;
    struct bpmn_line *lines;
    struct bpmn_root *roots;
    struct bpmn_dangling *danglings;
    int node_count, edge_count, thing_count, process_count, shape_count,
        line_count, root_count, diagram_count, dangling_count;
    bool choreography;
    str refused;            /* id of an element of an unknown kind, or none */
    struct bpmn_index *index;
    void *document;         /* libxml2's tree, for export */
    struct arena *arena;    /* everything above */
};

/*
 * Reads a file.  ERR_INPUT with *problem (a Chinese sentence, in a): not XML,
 * not BPMN, a DTD, too large or deep, an id twice.  *out is freed with
 * bpmn_free; it does not keep xml.
 */
enum err bpmn_read(struct arena *a, str xml, struct bpmn **out, str *problem)
    MUST_USE;
void bpmn_free(struct bpmn *g);

struct bpmn_found bpmn_find(const struct bpmn *g, str id);
/* The node of that id, or -1. */
int bpmn_node_of(const struct bpmn *g, str id);
/* Does this call begin a case of its own, outside the file? */
bool bpmn_calls_out(const struct bpmn_node *n);
/* The children of a container: a sub-process node, or a process (node -1). */
const int *bpmn_children(const struct bpmn *g, int process, int node, int *n);

/* The next of names that commas part (ours or Chinese ones, or a 、), trimmed;
 * cut off the list.  "" when there is none any more. */
str bpmn_name_next(str *names);
/* How many there are, counted no further than most. */
int bpmn_names(str names, int most);

/* The document again, as UTF-8 XML, nothing lost. */
void bpmn_export(const struct bpmn *g, struct buf *out);
/*
 * Sets an attribute of ours (post, clock, form, decisionRef) on an element of
 * the document, or takes it away ("").  The graph keeps what was read: export
 * and read again.  ERR_NOTFOUND: no such id.
 */
enum err bpmn_set(struct bpmn *g, str id, const char *name, str value) MUST_USE;
/* The canonical form (C14N 1.0 with comments) of any XML, for comparing. */
enum err bpmn_canonical(str xml, struct buf *out) MUST_USE;

/*
 * Gives a file without diagram data a layered layout: fills shapes and lines.
 * Returns false and changes nothing when the file has its own drawing.  Called
 * by bpmn_read, so every graph can be drawn.
 */
bool bpmn_layout(struct bpmn *g);
/* Writes the layout into the document as a BPMNDiagram; before publishing. */
void bpmn_write_diagram(struct bpmn *g);

/* ---- what is not run, and why ---- */

enum bpmn_severity {
    BPMN_HINT,      /* runs, but somebody should look */
    BPMN_WRONG,     /* refused at deployment, though the engine would try */
    BPMN_UNKNOWN,   /* the engine cannot run it at all */
};

struct bpmn_complaint {
    uint8_t severity;
    str element;    /* its id; the process or "definitions" when none */
    str text;       /* Chinese: what is wrong and what to do */
    struct bpmn_complaint *next;
};

/* A call of a process the file does not have: whoever knows what else there is
 * says whether it is there.  Of one named at run time nobody can. */
struct bpmn_callee {
    str element, key;
    struct bpmn_callee *next;
};

struct bpmn_lint {
    struct arena *arena;
    inst now;
    struct bpmn_complaint *first, *last;
    int hints, wrong, unknown;
    struct bpmn_callee *callee;
    const bool *waiting;    /* of each process: something in it waits */
};

/* Everything there is to say about a file by itself before it is deployed.
 * now: what is a moment of the past; inst_none: nothing is. */
void bpmn_lint(const struct bpmn *g, inst now, struct arena *a,
               struct bpmn_lint *out);

/*
 * Names that have a value when a node is reached: brought by steps before it,
 * by loops around it.  outside: something on the way may bring others.  closed:
 * a process begins with what its start asks and with nothing else.
 */
struct bpmn_names {
    struct value *known;    /* an object; its members are the names */
    bool outside;
};
void bpmn_name_known(struct bpmn_names *names, struct arena *a, str name);
void bpmn_names_before(const struct bpmn *g, int node, bool closed,
                       struct arena *a, struct bpmn_names *out);
/* The names an expression uses that are not known; a list of texts in a, empty
 * when it does not parse, which others tell. */
struct value *bpmn_names_missing(struct arena *a, str text,
                                 const struct bpmn_names *names);
/*
 * Beside bpmn_lint: conditions on names nobody supplies.  WRONG when they can
 * surely never have a value, HINT when they may come from outside; README has
 * the rule.  An owned process is not judged.
 */
void bpmn_lint_names(const struct bpmn *g, bool closed, struct bpmn_lint *l);
/* Is it begun by its owner (zt:owner) with what that knows?  Not one of
 * "matters", where people begin it and are asked for all there is; process -1:
 * no. */
bool bpmn_is_owned(const struct bpmn *g, int process);
/* The sentence, for whoever looks at other expressions; what: 条件. */
void bpmn_complain_name(struct bpmn_lint *l, str element, const char *what,
                        str name, bool outside);

/* ---- drawing ---- */

enum bpmn_mark { BPMN_MARK_NONE = 0, BPMN_DONE = 1, BPMN_ACTIVE = 2,
                 BPMN_WAITING = 4, BPMN_OVERDUE = 8, BPMN_RETURNED = 16,
                 BPMN_PAUSED = 32,
                 /* beside another version, not of a case: */
                 BPMN_CHANGED = 64, BPMN_ALONE = 128 };

struct bpmn_marks {
    const uint8_t *node;    /* bpmn_mark of each node, or NULL */
    const uint8_t *edge;    /* 1: this edge was taken, or NULL */
    const str *badge;       /* "3/5" of each node, or NULL */
};

/* Standalone SVG; classes plus presentation attributes, no style, no script.
 * Everything unmarked when marks is NULL. */
void bpmn_draw(const struct bpmn *g, const struct bpmn_marks *marks,
               struct buf *out);
/* The same for people who cannot see it: an ordered list as HTML. */
void bpmn_list(const struct bpmn *g, const struct bpmn_marks *marks,
               struct buf *out);
/* 用户任务, 并行网关 … of a node; data and pools too. */
str bpmn_kind_name(const struct bpmn *g, enum bpmn_what what, int index);

/* A linear approval list as BPMN XML; approval.c tells the text form.
 * ERR_INPUT with *problem: a sentence a line, each naming its line. */
enum err bpmn_of_approval(struct arena *a, str text, struct buf *out,
                          str *problem) MUST_USE;

/* zhengtong bpmn lint|export|draw|list|trace|approval FILE … */
int bpmn_command(int argc, char **argv);

#endif
