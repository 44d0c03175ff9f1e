/*
 * engine -- one case running through a BPMN graph.
 *
 * A case is a state: tokens, scopes, tasks, subscriptions, variables, and the
 * visits that led there.  A command changes it and tells what happened as
 * events; nothing else does.  Time comes in with the command and ids are
 * counted, so the same commands in the same order rebuild the same state to
 * the byte.  The store around this loads the state from its blob, runs one
 * command, and writes blob, tasks, timers and events in one transaction.
 *
 * Going back is part of the engine: every token remembers the visit it comes
 * from and every visit its parents.  退回 to a visit cancels exactly what
 * descends from it, and gives back to a join what other branches had already
 * brought there.
 */
#ifndef FLOW_ENGINE_H
#define FLOW_ENGINE_H

#include "kernel/flow/bpmn.h"

enum {
    FLOW_STEPS = 100000,    /* nodes one command may pass */
    FLOW_WORK = 20000000,   /* steps of FEEL one command may take */
    FLOW_WRITTEN = 64 << 20, /* bytes of values one command may write */
    FLOW_INSTANCES = 10000, /* of one multi-instance, and tokens of a case */
    FLOW_SCOPES = 64,       /* nested sub-processes and calls */
    FLOW_NAMES = 1000,      /* candidates of one task, of a kind */
};

enum flow_verb {
    FLOW_START,             /* process, [element: start event], data */
    FLOW_LISTEN,            /* process: its start events may begin it */
    FLOW_COMPLETE,          /* task, data, disagree */
    FLOW_MESSAGE,           /* name, data */
    FLOW_SIGNAL,            /* name, data */
    FLOW_TIME,              /* every timer due at now fires */
    FLOW_FAIL,              /* task, name: an error code of the work itself */
    FLOW_STUCK,             /* task, reason: an outside call failed */
    FLOW_RETRY,             /* token of an incident */
    FLOW_SET,               /* data */
    FLOW_OPEN,              /* task: somebody has looked at it */
    FLOW_CLAIM,             /* task, person */
    FLOW_TRANSFER,          /* task, person: 转办 */
    FLOW_DELEGATE,          /* task, person: 委托, the owner stays */
    FLOW_ADD,               /* task, person, where, weight, rule: 加签 */
    FLOW_REMOVE,            /* task: 减签 */
    FLOW_RETURN,            /* task, element, straight: 退回 */
    FLOW_WITHDRAW,          /* task that was completed: 撤回 */
    FLOW_REJECT,            /* task: 驳回 */
    FLOW_SUSPEND, FLOW_RESUME, FLOW_CANCEL,
};

enum flow_where { FLOW_BESIDE, FLOW_BEFORE, FLOW_AFTER };

struct flow_command {
    enum flow_verb verb;
    inst now;
    int64_t task;           /* or token, for FLOW_RETRY */
    str process, element, name, person, rule, reason;
    const struct value *data; /* an object, or NULL */
    enum flow_where where;
    int64_t weight;         /* of an added signer; 0: 1 */
    bool straight, disagree;
    bool services_wait;     /* FLOW_START: service tasks, and calls of processes
                               outside the file, wait for completion */
    bool later;             /* FLOW_START: runs only with the next command */
    bool timers;            /* FLOW_LISTEN: start timers run as well */
};

/* How many signers are enough (zt:sign): "" or "all", "any", "ratio:0.6",
 * "weight:3".  False, and all, when it is none of these. */
struct flow_rule {
    uint8_t rule;           /* 'a'll, a'n'y, 'r'atio, 'w'eight */
    uint32_t threshold;     /* per mille, or weight */
};
bool flow_rule_read(str text, struct flow_rule *out);

/* ---- what happened ---- */

enum flow_happened {
    FLOW_ENTERED, FLOW_LEFT, FLOW_SCRIPT_RAN, FLOW_CANCELLED,
    FLOW_TASK_MADE, FLOW_TASK_DONE, FLOW_TASK_GONE, FLOW_TASK_CHANGED,
    FLOW_SENT,              /* message out: node, text is its name */
    FLOW_SIGNALLED, FLOW_ESCALATED,
    FLOW_BEGAN, FLOW_ENDED, /* a process; text is the state's name */
    FLOW_INCIDENT, FLOW_RETURNED, FLOW_WITHDRAWN, FLOW_REJECTED,
    FLOW_SUSPENDED, FLOW_RESUMED,
    FLOW_CALLS,             /* a process outside the file: task, text is its
                               key, value what it is handed */
    FLOW_NOTED,             /* an expression had no value and the case went on
                               all the same: text says why */
};

struct flow_event {
    uint8_t type;
    int node;               /* or -1 */
    uint32_t token, scope;
    int64_t task;
    str text, person;
    const struct value *value;
};

struct flow_events {
    struct arena *arena;
    struct flow_event *list;
    int count, cap;
};

/* ---- the state; read only outside this room ---- */

enum flow_phase {
    FLOW_DEAD, FLOW_READY, FLOW_JOINING, FLOW_AT_TASK, FLOW_AT_EVENT,
    FLOW_IN_SCOPE, FLOW_AT_INCIDENT,
};

struct flow_token {
    uint32_t id, scope, visit, child, home;
    int node, arrived;      /* arrived: edge, or -1 */
    uint8_t phase;
    bool inner;             /* one instance of a multi-instance */
    bool resumed;           /* back where it was: no new visit */
    uint8_t rule; /* of its signers: 'a'll, a'n'y, 'r'atio, 'w'eight */
    uint32_t threshold;     /* per mille, or weight */
    str person;             /* who gets the next task here; none: template */
    uint32_t blocker;       /* not kept: a token an inclusive join waits for, */
    int blocker_node;       /* as long as that one stands there */
};

enum flow_scope_kind { FLOW_ROOT, FLOW_SUB, FLOW_CALLED, FLOW_MULTI,
                       FLOW_INSTANCE, FLOW_EVENT_SUB };

enum flow_outcome { FLOW_RUNNING, FLOW_COMPLETED, FLOW_FAILED,
                    FLOW_ABORTED, FLOW_REFUSED };

struct flow_scope {
    uint32_t id, parent, owner; /* scope around it, token that opened it */
    int node, process;      /* the activity, or -1 for a root */
    uint8_t kind, outcome;
    bool dead, done;        /* done: an instance that has finished */
    uint32_t live;          /* tokens inside */
    uint32_t total, started, finished, removed; /* of a multi-instance */
    uint32_t index;         /* of an instance */
    struct value *vars;     /* object, or NULL */
    struct value *items;    /* collection of a multi-instance, or NULL */
    struct value *results;
};

struct flow_parent { uint32_t visit; int edge; };

/* A node was entered; parents are the visits it was entered from. */
struct flow_visit {
    uint32_t id, scope;
    int node;
    bool guest, dead;       /* guest: on the way of a straight return */
    bool touched;           /* somebody acted inside what it opened */
    uint32_t parent_count;
    struct flow_parent *parents;
    int64_t task;           /* whose completion ended it; 0: none */
    str person;             /* who completed it */
};

enum flow_task_state { FLOW_TASK_OPEN, FLOW_TASK_HELD, FLOW_TASK_COMPLETED };

struct flow_task {
    int64_t id;
    uint32_t token;
    int node;
    uint8_t state, mode;    /* mode: flow_where */
    bool opened, disagreed, dead;
    bool work;              /* a service or a call: waits for the outside */
    int64_t anchor;         /* the task it stands before or after */
    uint32_t weight;
    str person, owner, users, groups;
};

struct flow_sub {
    uint32_t id, token, scope; /* of a token; or of a scope; or of neither */
    int node, event;        /* the event's node and which of its events */
    uint8_t trigger;
    bool dead, held;        /* held: a condition that was true already */
    inst due;
    int64_t left;           /* of a cycle; -1: for ever */
};

/* 退回 straight: where the token goes home to. */
struct flow_home {
    uint32_t id, visit, outer;
    int node, arrived;
    bool inner, dead;
    str person;
};

struct flow_letter { int node; str name; const struct value *data; };
struct flow_trouble { uint32_t token; str text; bool dead; };

/* A decision table: value or NULL with a Chinese note. */
typedef struct value *flow_decide(void *context, str decision,
                                  const struct value *variables, inst now,
                                  struct arena *a, str *note);

struct flow_case {
    const struct bpmn *g;
    struct arena *arena;    /* of the state */
    struct arena scratch;   /* of one command */
    struct arena temp;      /* of one evaluation */
    struct flow_token *tokens;
    struct flow_scope *scopes;
    struct flow_visit *visits;
    struct flow_task *tasks;
    struct flow_sub *subs;
    struct flow_home *homes;
    struct flow_letter *letters;
    struct flow_trouble *troubles;
    int token_count, scope_count, visit_count, task_count, sub_count,
        home_count, letter_count, trouble_count;
    int token_cap, scope_cap, visit_cap, task_cap, sub_cap, home_cap,
        letter_cap, trouble_cap;
    uint32_t next;          /* id */
    bool suspended, services_wait;
    inst now;
    /* of the running command */
    uint32_t *queue;
    int queue_from, queue_to, queue_cap, steps;
    uint64_t work, written; /* of the running command, see FLOW_WORK */
    int64_t sweep_at;       /* how many things there may be before a sweep */
    struct flow_events *out;
    bool calls_wait;        /* not kept: calls wait though services do not */
    flow_decide *decide;    /* may be NULL */
    void *decide_context;
};

/* An empty case of g; state lives in a.  flow_close gives the scratch back. */
struct flow_case *flow_new(struct arena *a, const struct bpmn *g);
void flow_close(struct flow_case *c);

/*
 * Runs one command until every token waits.  *problem (in out->arena) is the
 * sentence for the person when the result is not OK, and nothing has changed:
 * ERR_NOTFOUND no such task, process, or nobody waits for it; ERR_CONFLICT the
 * state forbids it; ERR_RANGE the template or the law forbids it.
 */
enum err flow_do(struct flow_case *c, const struct flow_command *cmd,
                 struct flow_events *out, str *problem) MUST_USE;

/* The state as a compact blob and back; a blob that does not fit the graph is
 * ERR_INPUT. */
void flow_save(const struct flow_case *c, struct buf *out);
enum err flow_load(struct arena *a, const struct bpmn *g, str blob,
                   struct flow_case **out) MUST_USE;

/*
 * Puts a case onto another version of its process.  map is an object {old
 * element: new element}, NULL or without an entry: the same id.  ERR_RANGE with
 * the element named in *problem (in the case's arena) when something alive -- a
 * token, task, timer, instance -- has no place there; nothing has changed then.
 */
enum err flow_move(struct flow_case *c, const struct bpmn *to,
                   const struct value *map, str *problem) MUST_USE;

/* ---- questions ---- */

enum flow_standing { FLOW_IS_WAITING, FLOW_IS_COMPLETED, FLOW_IS_ERROR,
                     FLOW_IS_INCIDENT };
enum flow_standing flow_standing(const struct flow_case *c);

const struct flow_task *flow_task(const struct flow_case *c, int64_t id);
/* The posts a task is offered to, a list as bpmn_name_next reads it: zt:post,
 * else the editors' candidateGroups.  The persons are task->users. */
str flow_posts(const struct flow_case *c, const struct flow_task *t);
/* When the next timer is due; none when none is set, or while it is held. */
inst flow_next_timer(const struct flow_case *c);
/* The value of a variable as the root of a process sees it, or NULL. */
const struct value *flow_variable(const struct flow_case *c, str name);
/* Nodes a task may be returned to, newest first; n at most cap. */
int flow_return_targets(const struct flow_case *c, int64_t task, int *nodes,
                        int cap);
/* What the drawing needs; arrays live in a. */
struct bpmn_marks flow_marks(const struct flow_case *c, struct arena *a);

#endif
