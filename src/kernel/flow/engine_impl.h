/*
 * What the files of the engine share.  Ids come from one counter, new things
 * go to the end of their array, dead ones stay until the command is over: so
 * every array is sorted by id and a binary search finds.  Adding may move an
 * array; hold ids across calls, not pointers.
 */
#ifndef FLOW_ENGINE_IMPL_H
#define FLOW_ENGINE_IMPL_H

#include "kernel/flow/engine.h"
#include "kernel/flow/expression.h"

/* ---- case.c: finding, adding, telling ---- */

struct flow_token *token_of(const struct flow_case *c, uint32_t id);
struct flow_scope *scope_of(const struct flow_case *c, uint32_t id);
struct flow_visit *visit_of(const struct flow_case *c, uint32_t id);
struct flow_task *task_of(const struct flow_case *c, int64_t id);
struct flow_sub *sub_of(const struct flow_case *c, uint32_t id);
struct flow_home *home_of(const struct flow_case *c, uint32_t id);

struct flow_token *token_add(struct flow_case *c, int node, uint32_t scope);
struct flow_scope *scope_add(struct flow_case *c, enum flow_scope_kind kind,
                             int node, int process, uint32_t parent,
                             uint32_t owner);
uint32_t visit_add(struct flow_case *c, int node, uint32_t scope,
                   const struct flow_parent *parents, uint32_t count);
struct flow_task *task_add(struct flow_case *c, uint32_t token, int node);
struct flow_sub *sub_add(struct flow_case *c, int node, int event);
void letter_add(struct flow_case *c, int node, str name);

const struct bpmn_node *node_of(const struct flow_case *c, int node);
struct flow_event *tell(struct flow_case *c, enum flow_happened type, int node);
void tell_token(struct flow_case *c, enum flow_happened type,
                const struct flow_token *t);
/* The token stops here with a sentence for the administrator. */
void trouble(struct flow_case *c, uint32_t token, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void enqueue(struct flow_case *c, uint32_t token);
/* Takes away what died during the command. */
void sweep(struct flow_case *c);

/* ---- variables.c ---- */

/* All that an expression at this scope sees, as one object. */
const struct value *visible(struct flow_case *c, uint32_t scope);
const struct value *var_get(const struct flow_case *c, uint32_t scope,
                            str name);
/* Where the name lives already, else at the process around the scope. */
void var_set(struct flow_case *c, uint32_t scope, str name,
             const struct value *v);
void var_set_here(struct flow_case *c, uint32_t scope, str name,
                  const struct value *v);
void var_merge(struct flow_case *c, uint32_t scope, const struct value *data);
struct value *value_copied(struct arena *a, const struct value *v);
/* A text as written, or what the expression in it says. */
str text_of(struct flow_case *c, uint32_t scope, str text,
            const struct expression *x);
void map_inputs(struct flow_case *c, const struct bpmn_node *n, uint32_t from,
                uint32_t to);
void map_outputs(struct flow_case *c, const struct bpmn_node *n, uint32_t from,
                 uint32_t to);

/* ---- run.c ---- */

/* Runs until every token waits and nothing is left to settle. */
void run(struct flow_case *c);
/* The activity or event is over: on to what follows. */
void leave(struct flow_case *c, uint32_t token);
void follow(struct flow_case *c, uint32_t token, const int *edges, int n);
void token_end(struct flow_case *c, uint32_t token);
/* What the node itself does, once it is entered. */
void perform(struct flow_case *c, uint32_t token);
void set_result(struct flow_case *c, const struct bpmn_node *n, uint32_t scope,
                const struct value *v);

/* ---- gateway.c ---- */

void choose(struct flow_case *c, uint32_t token);
void choose_many(struct flow_case *c, uint32_t token);
bool joins(const struct bpmn_node *n);
void arrive(struct flow_case *c, uint32_t token);
/* Fires one inclusive join that nothing can reach any more. */
bool settle_inclusive(struct flow_case *c);

/* ---- scope.c ---- */

void open_scope(struct flow_case *c, uint32_t token, enum flow_scope_kind kind);
void begin_inside(struct flow_case *c, uint32_t scope, int process, int node,
                  int start);
void scope_complete(struct flow_case *c, uint32_t scope);
void cancel_token(struct flow_case *c, uint32_t token);
void cancel_inside(struct flow_case *c, uint32_t scope);
/* Ends a root with an outcome; everything inside is cancelled. */
void end_root(struct flow_case *c, uint32_t scope, enum flow_outcome outcome);
void drop_subs(struct flow_case *c, uint32_t token, uint32_t scope);
uint32_t root_of(const struct flow_case *c, uint32_t scope);

/* ---- multi.c ---- */

void multi_begin(struct flow_case *c, uint32_t token);
void instance_done(struct flow_case *c, uint32_t token);
bool multi_add(struct flow_case *c, uint32_t multi, str person);
void multi_remove(struct flow_case *c, uint32_t token);
void multi_check(struct flow_case *c, uint32_t multi);
void multi_counts(struct flow_case *c, uint32_t multi);

/* Opens a finished instance again; false when its activity is over. */
bool multi_reopen(struct flow_case *c, uint32_t instance);

/* ---- event.c ---- */

void trigger_event_sub(struct flow_case *c, uint32_t scope, int start,
                       const struct value *data);
/* ---- throw.c ---- */

void wait_for_events(struct flow_case *c, uint32_t token, int node);
void watch_boundaries(struct flow_case *c, uint32_t token);
void watch_event_subs(struct flow_case *c, uint32_t scope);
void watch_starts(struct flow_case *c, int process);
void trigger(struct flow_case *c, uint32_t sub, const struct value *data);
/* All events a throw or an end carries; false: the token is gone. */
bool throw_events(struct flow_case *c, uint32_t token);
void raise_error(struct flow_case *c, uint32_t token, str code);
void spawn_at(struct flow_case *c, uint32_t scope, uint32_t from, int node);

/* ---- message.c ---- */

bool deliver(struct flow_case *c, str name, int node,
             const struct value *data);
int broadcast(struct flow_case *c, str name, const struct value *data);
void send_message(struct flow_case *c, uint32_t token,
                  const struct bpmn_event *e);
bool settle_letters(struct flow_case *c);
bool settle_conditions(struct flow_case *c);
bool settle_timers(struct flow_case *c);

/* ---- task.c ---- */

void task_begin(struct flow_case *c, uint32_t token);
void tasks_drop(struct flow_case *c, uint32_t token);
enum err task_complete(struct flow_case *c, const struct flow_command *cmd,
                       str *problem);
enum err task_verb(struct flow_case *c, const struct flow_command *cmd,
                   str *problem);

/* ---- back.c ---- */

enum err go_back(struct flow_case *c, const struct flow_command *cmd,
                 str *problem);
enum err withdraw(struct flow_case *c, const struct flow_command *cmd,
                  str *problem);
enum err reject(struct flow_case *c, const struct flow_command *cmd,
                str *problem);
/* A token on a straight return has finished: back to who sent it. */
void go_home(struct flow_case *c, uint32_t token);

#endif
