/* What the files of this room share. */
#ifndef KERNEL_PROCESS_INSIDE_H
#define KERNEL_PROCESS_INSIDE_H

#include "kernel/process/process.h"
#include "kernel/process/queries.gen.h"

/* ---- cache.c ---- */

/* A compiled decision table, as process_graph; let go in the same way. */
struct dmn_model;
enum err process_table(struct tx *tx, int64_t def,
                       const struct process_graph **out,
                       const struct dmn_model **model) MUST_USE;

/* ---- decide.c ---- */

/* The tables in force when the case began, for flow_case.decide. */
struct process_decider {
    struct tx *tx;
    inst began;
};
flow_decide process_decide;

/* ---- record.c: a command as JSON and back ---- */

const char *process_verb_code(enum flow_verb verb);
str process_record(struct arena *a, const struct flow_command *cmd, str law);
/* ERR_INPUT when it is no record of ours. */
enum err process_recall(str verb, int64_t task, inst at,
                        const struct value *detail, struct flow_command *out)
    MUST_USE;

/* ---- keep.c: the rows beside the state ---- */

struct process_work {
    struct tx *tx;
    struct process_view v;
    struct process_decider decider;
    struct flow_events events;
    struct flow_task *before;  /* tasks as they were */
    int before_count;
    bool held_before;          /* suspended */
    bool anew;                 /* its rows are written anew */
    str reason;                /* what a suspension is called, or "" */
    uint64_t subs_before;      /* fingerprint of what it waited for */
    inst timer_before;
};
void process_remember(struct process_work *w);
enum err process_keep(struct process_work *w, struct process_answer *out)
    MUST_USE;
/* All rows written anew, after a move. */
enum err process_keep_anew(struct process_work *w, struct process_answer *out)
    MUST_USE;
str process_state(const struct flow_case *c);
/* Where a task of the state belongs; rows and the check agree on it. */
struct process_place {
    str node, name, unit, duty;
    int64_t assignee, owner;   /* INT_NONE: none */
    const char *state;         /* open, held, work */
    str login;                 /* the assignee as a file names him */
    str posts, persons;        /* further candidates, as they were written */
};
struct process_place process_place_of(const struct process_view *v,
                                      const struct flow_task *t);
inst process_timer_of(const struct flow_case *c, str state);
/* Message and signal names the case waits for, sorted, without doubles. */
struct process_wait {
    const char *kind;
    str name;
};
int process_waits_of(const struct flow_case *c, struct arena *a,
                     struct process_wait **out);

/* ---- candidate.c: tasks offered to several ---- */

/* Must people or further posts be looked up to know whose task it is? */
bool process_is_shared(const struct process_place *p);
struct process_offers {
    struct process_candidates_of *list; /* rows to be, without the task */
    int count;
    str words;                 /* all of them, "" when not offered to several */
};
/* Whom the names lead to, as accounts were at that instant; sets the assignee
 * when it is named by login.  Whoever is not there is left out. */
enum err process_offered(struct tx *tx, const struct process_view *v,
                         struct process_place *p, inst at,
                         struct process_offers *out) MUST_USE;
enum err process_offer(struct tx *tx, int64_t id, int64_t task,
                       const struct process_offers *offers) MUST_USE;
/* After a change of the task: its rows as they must be now. */
enum err process_offer_anew(struct tx *tx, const struct process_view *v,
                            struct process_place *p, int64_t task) MUST_USE;

/* ---- limit.c: clocks of single steps ---- */

/* A task is made: its clock's name and day, or none and the case's day. */
enum err process_limit_begin(struct process_work *w, const struct flow_task *t,
                             const struct process_place *p, str *ref,
                             day *due) MUST_USE;
enum err process_limit_end(struct process_work *w, const struct flow_task *was)
    MUST_USE;
/* The case is held now, or goes on. */
enum err process_limits_follow(struct process_work *w) MUST_USE;
/* It was moved to another version: what has no place there is over. */
enum err process_limits_settle(struct process_work *w) MUST_USE;
enum err process_heard_moved(struct tx *tx, str ref, const struct value *p);

/* ---- run.c ---- */

/* Loads for a command: the state, the graph, what it looked like before. */
enum err process_load(struct tx *tx, int64_t id, struct process_work *w,
                      struct process_answer *out) MUST_USE;

/* ---- call.c: callers and children ---- */

/* Is this task a call that waits for a case of its own?  Such have no row. */
bool process_is_call(const struct flow_case *c, const struct flow_task *t);
/* Once a command's rows are written: children begin, are cancelled, come back;
 * out follows what they did to the case.  context as in process_call. */
enum err process_family(struct process_work *w, const struct process_do *d,
                        const void *context, struct process_answer *out)
    MUST_USE;

/* ---- replay.c ---- */

struct process_replay {
    struct tx *tx;
    int64_t def;          /* the version it is on at the moment */
    inst began;
    /* Told after each command done again; may be NULL. */
    void (*seen)(void *context, const struct bpmn *g,
                 const struct flow_events *events);
    void *context;
    struct flow_case *flow;           /* the result; process_replay_end */
    const struct process_graph *graph;
    struct process_decider decider;
};
/* Does the recorded commands again from nothing; def and began are the case's.
 * ERR_INPUT when a record cannot be done.  End it in any case. */
enum err process_replay(struct process_replay *r,
                        const struct process_fact *facts, size_t n) MUST_USE;
void process_replay_end(struct process_replay *r);
/* Of a case in the database; all of it. */
enum err process_facts(struct tx *tx, int64_t id, struct process_fact **out,
                       size_t *n) MUST_USE;

/* True when a job has worked long enough and others should have a turn; asked
 * at its beginning too. */
bool process_turn_over(void);


/* ---- jobs and listeners ---- */
enum err process_timers(struct tx *tx, bool *more);
enum err process_moves_job(struct tx *tx, bool *more);
enum err process_sweep(struct tx *tx, bool *more);
enum err process_archive_job(struct tx *tx, bool *more);
enum err process_heard_message(struct tx *tx, str ref, const struct value *p);
enum err process_heard_signal(struct tx *tx, str ref, const struct value *p);
enum err process_heard_deliver(struct tx *tx, str ref, const struct value *p);
enum err process_heard_work(struct tx *tx, str ref, const struct value *p);
enum err process_heard_lost(struct tx *tx, str ref, const struct value *p);

#endif
