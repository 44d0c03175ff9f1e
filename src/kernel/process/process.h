/*
 * process -- cases that run, in the database.
 *
 * kernel/flow runs a case in memory; this room keeps it.  A command loads the
 * case's state, lets the engine do it, and writes state, tasks, timers, what
 * it waits for, one event, signals and the audit note in the caller's own
 * transaction: the whole of it happens or nothing.  Whoever owns the matter (a
 * module) calls process_start when it begins and process_do when a verb is
 * done; neither reads XML, for compiled processes are kept in memory.
 *
 * People are named to the engine by the number of their account, as text.
 */
#ifndef KERNEL_PROCESS_H
#define KERNEL_PROCESS_H

#include "kernel/flow/engine.h"
#include "kernel/http/http.h"

/* ---- what is in force ---- */

enum process_kind { PROCESS_FLOW, PROCESS_TABLE };

/*
 * A case asks the table that was in force when it began; where there was none,
 * the one in force at the moment of the command.
 *
 * Brings a process (BPMN) or a decision table (DMN) into force under a key, in
 * place of the one that was.  title: what people call it; "" for what the file
 * calls itself, or else the key.  *version is what they count, 0: the next
 * number, which is then set.  The same text as the one in force makes no new
 * version.  Who calls has checked the file.  ERR_INPUT with a sentence in
 * *problem when it cannot be read at all, or calls a process by name that is
 * not in force.
 */
enum err process_deploy(struct tx *tx, enum process_kind kind, str key,
                        str title, str xml, int64_t *version, str *problem)
    MUST_USE;
/* Out of force: no case begins with it; those that run go on. */
enum err process_retire(struct tx *tx, enum process_kind kind, str key)
    MUST_USE;

/*
 * A compiled process, shared by threads and kept in memory as long as it is in
 * use; process_let_go when done.  ERR_NOTFOUND.  process_graph_live: the one
 * in force; *def is its id.
 */
struct process_graph;
enum err process_graph(struct tx *tx, int64_t def,
                       const struct process_graph **out) MUST_USE;
enum err process_graph_live(struct tx *tx, str key, int64_t *def,
                            const struct process_graph **out) MUST_USE;
const struct bpmn *process_bpmn(const struct process_graph *g);
void process_let_go(const struct process_graph *g);

/* ---- running ---- */

/* A day no real due day reaches: of a case without one. */
#define PROCESS_NO_DUE ((day){ 2932896 }) /* 9999-12-31 */

struct process_start {
    str key;              /* of the process in force */
    int64_t def;          /* its id, from process_graph_live; 0: look it up */
    str number;           /* what people call the case; unique */
    str module;           /* who owns it: "matters" */
    str title, unit;      /* unit: its desks by default */
    int64_t applicant;    /* account, or 0: who 申请人 is */
    day due;              /* or none */
    const struct value *data;
    str once;             /* idempotency key, or none */
    bool noted;           /* the caller leaves the audit note */
    const void *context;  /* what the owner's calls are given; may be NULL */
    int64_t id;           /* of the case; 0: made here */
    str problem;          /* set by an owner that refuses: see process_owner */
    int64_t parent, parent_task; /* set by this room: who called it */
};

struct process_answer {
    int64_t id;           /* of the case */
    int64_t revision;     /* after the command */
    str state;            /* running, held, stuck, done, failed, … */
    bool again;           /* the key was known: nothing was done now */
    str problem;          /* a sentence for the person when not OK */
    int64_t task;         /* the first task it made, or 0 */
};

/*
 * Begins a case.  ERR_NOTFOUND: nothing in force under that key; ERR_CONFLICT:
 * the number is taken, or the key was used for another thing.
 */
enum err process_start(struct tx *tx, const struct process_start *s,
                       struct process_answer *out) MUST_USE;

struct process_do {
    int64_t id;           /* of the case */
    int64_t revision;     /* it was looked at; 0: whatever it is.  That
                             somebody opened a task since is no conflict */
    str once;             /* idempotency key, or none */
    str law;              /* legal basis of the act, or none */
    bool noted;           /* the caller leaves the audit note */
    bool hold;            /* if this ends a called case, its caller waits for
                             process_return */
    str by_hand;          /* a call somebody does by hand: begins no case */
    struct flow_command command; /* now is set from tx */
};

/*
 * One command.  Errors as flow_do; ERR_CONFLICT too when the case has moved on
 * since it was looked at; ERR_NOTFOUND when there is no such case.  The same
 * key again gives the same revision and does nothing.
 */
enum err process_do(struct tx *tx, const struct process_do *d,
                    struct process_answer *out) MUST_USE;

/* The case is due on another day now, and so are its tasks; day_none: while no
 * day counts. */
enum err process_postpone(struct tx *tx, int64_t id, day due) MUST_USE;

/*
 * The limit of one step, from zt:clock of a user task: false when it has none.
 * Its clock is kept under matter MODULE.step, ref NUMBER/TASK (limit_ref of its
 * row), kind "step"; limit.c tells more.  When it is over: signal
 * "process.limit" with that ref and {matter}.
 */
#define PROCESS_STEP ".step"
struct clock_limit;
bool process_limit(const struct bpmn_node *n, struct clock_limit *out);

/* ---- cases that call cases ---- */

/*
 * A call activity whose process is not in its file begins a case of its own,
 * the child: calledElement (or zt:called, an expression) is the key of a
 * process in force -- at that moment, or with zt:binding="deployment" when the
 * caller's version came into force.  The child has the caller's owner, unit,
 * applicant and due day and a number below the caller's, unless the owner says
 * otherwise.  Its end completes the call in the same transaction, with its
 * variables and `outcome` (done, stopped, refused) as the call's mappings have
 * it; an error nobody caught goes on in the caller.  A call that is cancelled
 * cancels its child.  What cannot be begun -- nothing in force, too deep, too
 * many -- is an incident of the caller.
 */
enum {
    PROCESS_DEPTH = 16,   /* a case called by a case called by … */
    PROCESS_CALLS = 200,  /* cases one command may begin */
};

struct process_view;
struct process_call {
    const struct process_view *parent;
    int64_t task;         /* of the parent, waiting for the child */
    str key;              /* as the call names it */
    const struct value *data;  /* what the child is handed */
    const void *context;  /* of process_start, while the parent begins */
};

/* What the module that owns the cases does with theirs; all may be NULL. */
struct process_owner {
    const char *module;
    bool chooses;         /* calls() sets def: it is not looked up before */
    /* A child begins: number, title, unit … in *child may be set anew.
     * ERR_NOTFOUND, with a sentence in child->problem, is an incident of the
     * caller; any other error is the command's and undoes everything. */
    enum err (*calls)(struct tx *tx, const struct process_call *call,
                      struct process_start *child);
    /* A child is over: more variables for its caller. */
    enum err (*returns)(struct tx *tx, const struct process_view *child,
                        struct value *data);
    /* A case is over, by whatever, and its rows are written. */
    enum err (*ended)(struct tx *tx, const struct process_view *v);
};
/* Registered at boot; a list that ends with NULL. */
void process_owners(const struct process_owner *const *list);

/* Completes the call that waits for this case, if it is over and was called;
 * for who asked with `hold`.  Nothing when nobody waits any more. */
enum err process_return(struct tx *tx, int64_t id) MUST_USE;

/* Does a process begin cases of its own? */
bool process_calls(const struct process_graph *g);

/*
 * The first process this one calls by name that is not in force, and the node
 * that calls it; none when all are.  A process may call its own key.
 */
struct process_missing {
    str element, key;
};
enum err process_callee_missing(struct tx *tx, const struct bpmn *g, str own,
                                struct process_missing *out) MUST_USE;

/* Does another process in force call this key, or one it names at run time?
 * What an owner's process names at run time is the owner's. */
enum err process_is_called(struct tx *tx, str key, bool *called) MUST_USE;

/* The case of a number; ERR_NOTFOUND. */
enum err process_find(struct tx *tx, str number, int64_t *id) MUST_USE;

/*
 * A message to the case of that number, or with none to the first that waits
 * for it; a signal to all that wait.  ERR_NOTFOUND: nobody waits for it now.
 * A signal is delivered after the transaction.
 */
enum err process_message(struct tx *tx, str name, str number,
                         const struct value *data) MUST_USE;
enum err process_signal(struct tx *tx, str name, const struct value *data)
    MUST_USE;

/* The number of an account as the engine wants it, and back (0: none). */
str process_person(struct arena *a, int64_t account);
int64_t process_account(str person);

/*
 * May this account act on a task: it is addressed to him, to whom he stands in
 * for, or unclaimed and offered to a duty he holds or to him by name.
 * ERR_NOTFOUND: no such open task.
 */
enum err process_may(struct tx *tx, int64_t account, int64_t id, int64_t task,
                     bool *may) MUST_USE;

/*
 * What lies before a person, the most urgent first: addressed to him or to whom
 * he stands in for, or to a duty he holds and nobody has claimed.  After the
 * row with that due day and id; at most PROCESS_PAGE and one more that says
 * there are others.
 */
enum { PROCESS_PAGE = 50 };
#define PROCESS_FIRST ((day){ -1 })
enum process_which { PROCESS_ALL, PROCESS_OWN, PROCESS_POSTS };
struct process_wanted {
    str module;           /* of the cases */
    str key;              /* of the process; "" any */
    enum process_which which;
    day from, until;      /* due; none: whatever */
    str cases;            /* ids as search_list writes them; none: all */
    day after;            /* of the last row seen, with its id */
    int64_t id;           /* 0: from the beginning */
};
struct process_row {
    int64_t id, case_id, task, def;
    str node, name, unit, duty;
    str candidates;       /* all it is offered to, "" when to the duty alone */
    str limit_ref;        /* of the step's own clock: due is its day; or none */
    int64_t assignee;     /* INT_NONE: nobody has claimed it */
    day due;              /* of the case */
    inst made, began;
    str number, title, key;
    bool opened;
};
enum err process_list(struct tx *tx, int64_t account,
                      const struct process_wanted *w,
                      struct process_row **out, size_t *n) MUST_USE;

/* ---- looking ---- */

/*
 * A case loaded for looking at: its state, marks, verbs.  Give it back with
 * process_close.
 */
struct process_view {
    int64_t id, def, revision;
    str number, module, title, unit, state;
    int64_t applicant;
    int64_t parent, parent_task; /* who called it; 0: nobody */
    inst began, ended;
    day due;
    bool archived;
    const struct process_graph *graph;
    struct flow_case *flow;
};
enum err process_open(struct tx *tx, int64_t id, struct process_view *out)
    MUST_USE;
/* The same by number, and from the archive too: then its state is made again
 * from its commands. */
enum err process_open_number(struct tx *tx, str number,
                             struct process_view *out) MUST_USE;
void process_close(struct process_view *v);

/* The messages a case waits for, by name; at most 100. */
int process_messages(const struct process_view *v, struct arena *a,
                     str names[100]);

/* The first task somebody can do now, or false.  Texts live in a. */
struct process_task_brief {
    int64_t task, assignee;  /* assignee: account or INT_NONE */
    str node, name, unit, duty;
};
bool process_first_task(const struct process_view *v, struct arena *a,
                        struct process_task_brief *out);

/*
 * Would the engine do it?  Tried on a copy, nothing changes; the errors and the
 * sentence are those of process_do.  For pages that say beforehand.
 */
enum err process_would(struct tx *tx, const struct process_view *v,
                       const struct flow_command *c, str *problem) MUST_USE;

/* One thing that was done, the oldest first. */
struct process_fact {
    int64_t seq;
    inst at;
    int64_t actor;
    str name;             /* of the actor; 系统 */
    str verb, node;       /* node: element id, or "" */
    int64_t task;
    struct value *detail;
};
/* The history of a case, in the database or in the archive; at most 2,000. */
enum err process_history(struct tx *tx, str number, struct process_fact **out,
                         size_t *n) MUST_USE;

/* What the drawing shows of a case that may be over: every node it passed and
 * every edge it took, found by doing its commands again. */
enum err process_path(struct tx *tx, struct process_view *v,
                      struct bpmn_marks *out) MUST_USE;

/* Neither running nor held nor stuck. */
bool process_is_over(str state);

/* 办理 for "complete". */
str process_verb_name(str verb);

/* ---- work outside ---- */

/*
 * What a service task does, by the id of its node, the key and the id
 * ("publish/publishing"), or what zt:work of the task names.  Called from the
 * outbox in a command of its own: OK completes the task with *out (may stay
 * NULL) as its data; an error is tried again with growing pauses, and after
 * JOB_TRIES the case is stuck until a person sees to it.  Registered at boot.
 * The platform itself does zt:work="notify": a letter to the applicant or to
 * who began the case.
 */
struct process_worker {
    const char *task;
    enum err (*work)(struct tx *tx, const struct process_view *v,
                     int64_t task, struct value **out);
};
void process_workers(const struct process_worker *list); /* ended by { 0 } */

/* ---- incidents ---- */

enum process_way {
    PROCESS_RETRY,        /* try the step again */
    PROCESS_BY_HAND,      /* it was done by hand: on, with data */
    PROCESS_CANCEL,       /* the case ends here */
};
/* Sees to an incident; data is set first (may be NULL).  ERR_NOTFOUND when it
 * is closed already.  Audited. */
enum err process_resolve(struct tx *tx, int64_t incident, enum process_way way,
                         const struct value *data, str reason,
                         struct process_answer *out) MUST_USE;

/* ---- moving running cases to another version ---- */

/* map: an object {old element: new element}; what it does not name keeps its
 * id; NULL: all keep theirs. */
struct process_trial {
    int64_t cases, fit;
    int64_t problems;     /* cases that have no place */
    str example, problem; /* number of the first of them, and why */
};
/* Looks at up to `limit` cases and changes nothing. */
enum err process_move_try(struct tx *tx, int64_t from, int64_t to,
                          const struct value *map, int limit,
                          struct process_trial *out) MUST_USE;
/* Orders the move; the job does it.  ERR_RANGE with a sentence: not the same
 * process, or the same version. */
enum err process_move(struct tx *tx, int64_t from, int64_t to,
                      const struct value *map, int64_t *id, str *problem)
    MUST_USE;
/* Takes a finished move back, case by case, where they still fit. */
enum err process_move_undo(struct tx *tx, int64_t id, int64_t *undo,
                           str *problem) MUST_USE;

/* ---- keeping ---- */

/*
 * Is what is stored what the commands made?  Calls bad() for each thing that is
 * not so: rows of tasks, timers and waits against the state for all running
 * cases, the state against its replay for every sample-th.  Bounded memory.
 */
enum err process_check(struct tx *tx, int sample,
                       void bad(void *context, const char *format, ...),
                       void *context, int64_t *looked) MUST_USE;

/* Moves cases that ended before an instant into the archive, at most 50 a call;
 * *more when there are others. */
enum err process_archive(struct tx *tx, inst before, bool *more) MUST_USE;

/* Events heard and jobs: timers, moves, sweeping. */
extern const struct module process_module;

#endif
