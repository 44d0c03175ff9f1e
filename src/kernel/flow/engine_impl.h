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

struct flow_token *flow_token_of(const struct flow_case *c, uint32_t id);
struct flow_scope *flow_scope_of(const struct flow_case *c, uint32_t id);
struct flow_visit *flow_visit_of(const struct flow_case *c, uint32_t id);
struct flow_task *flow_task_of(const struct flow_case *c, int64_t id);
struct flow_sub *flow_sub_of(const struct flow_case *c, uint32_t id);
struct flow_home *flow_home_of(const struct flow_case *c, uint32_t id);

struct flow_token *flow_token_add(struct flow_case *c, int node,
                                  uint32_t scope);
struct flow_scope *flow_scope_add(struct flow_case *c,
                                  enum flow_scope_kind kind, int node,
                                  int process, uint32_t parent, uint32_t owner);
uint32_t flow_visit_add(struct flow_case *c, int node, uint32_t scope,
                        const struct flow_parent *parents, uint32_t count);
struct flow_task *flow_task_add(struct flow_case *c, uint32_t token, int node);
struct flow_sub *flow_sub_add(struct flow_case *c, int node, int event);
void flow_letter_add(struct flow_case *c, int node, str name);

const struct bpmn_node *flow_node_of(const struct flow_case *c, int node);
struct flow_event *flow_tell(struct flow_case *c, enum flow_happened type,
                             int node);
void flow_tell_token(struct flow_case *c, enum flow_happened type,
                     const struct flow_token *t);
/* The token stops here with a sentence for the administrator. */
/* An expression of the node had no value, and why; the case goes on. */
void flow_note(struct flow_case *c, int node, const char *what, str why);
void flow_trouble(struct flow_case *c, uint32_t token, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void flow_enqueue(struct flow_case *c, uint32_t token);
/* Takes away what died during the command. */
void flow_sweep(struct flow_case *c);

/* ---- variables.c ---- */

/* All that an expression at this scope sees, as one object. */
const struct value *flow_visible(struct flow_case *c, uint32_t scope);
const struct value *flow_var_get(const struct flow_case *c, uint32_t scope,
                                 str name);
/* Where the name lives already, else at the process around the scope. */
void flow_var_set(struct flow_case *c, uint32_t scope, str name,
                  const struct value *v);
void flow_var_set_here(struct flow_case *c, uint32_t scope, str name,
                       const struct value *v);
void flow_var_merge(struct flow_case *c, uint32_t scope,
                    const struct value *data);
struct value *flow_value_copied(struct arena *a, const struct value *v);
/* Between these two c->scratch is emptied at once: a command may evaluate a
 * hundred thousand times.  Nothing made in between may be kept. */
struct arena flow_temp_begin(struct flow_case *c);
void flow_temp_end(struct flow_case *c, struct arena kept);
/* Whether a condition holds at a scope; a reason for null goes to *note, which
 * may be NULL. */
bool flow_holds(struct flow_case *c, const struct expression *x,
                uint32_t scope, str *note);
/* A text as written, or what the expression in it says. */
str flow_text_of(struct flow_case *c, uint32_t scope, str text,
                 const struct expression *x);
void flow_map_inputs(struct flow_case *c, const struct bpmn_node *n,
                     uint32_t from, uint32_t to);
void flow_map_outputs(struct flow_case *c, const struct bpmn_node *n,
                      uint32_t from, uint32_t to);
/* What a called process is handed, as one object in c->out->arena. */
struct value *flow_handed_in(struct flow_case *c, const struct bpmn_node *n,
                             uint32_t scope);

/* ---- run.c ---- */

/* Runs until every token waits and nothing is left to settle. */
void flow_run(struct flow_case *c);
/* The activity or event is over: on to what follows. */
void flow_leave(struct flow_case *c, uint32_t token);
void flow_follow(struct flow_case *c, uint32_t token, const int *edges, int n);
void flow_token_end(struct flow_case *c, uint32_t token);
/* What the node itself does, once it is entered. */
void flow_perform(struct flow_case *c, uint32_t token);
void flow_set_result(struct flow_case *c, const struct bpmn_node *n,
                     uint32_t scope, const struct value *v);

/* ---- gateway.c ---- */

void flow_choose(struct flow_case *c, uint32_t token);
void flow_choose_many(struct flow_case *c, uint32_t token);
bool flow_joins(const struct bpmn_node *n);
/* The token waits at its join. */
void flow_join_wait(struct flow_case *c, struct flow_token *t);
void flow_arrive(struct flow_case *c, uint32_t token);
/* Fires one inclusive join that nothing can reach any more. */
bool flow_settle_inclusive(struct flow_case *c);

/* A scope in which everybody waits at a join nobody else can reach. */
bool flow_settle_dead(struct flow_case *c);

/* ---- scope.c ---- */

/* A call outside has returned these variables: mapped as the call says. */
void flow_call_back(struct flow_case *c, uint32_t token,
                    const struct value *data);
void flow_open_scope(struct flow_case *c, uint32_t token,
                     enum flow_scope_kind kind);
void flow_begin_inside(struct flow_case *c, uint32_t scope, int process,
                       int node, int start);
void flow_scope_complete(struct flow_case *c, uint32_t scope);
void flow_cancel_token(struct flow_case *c, uint32_t token);
void flow_cancel_inside(struct flow_case *c, uint32_t scope);
/* Ends a root with an outcome; everything inside is cancelled. */
void flow_end_root(struct flow_case *c, uint32_t scope,
                   enum flow_outcome outcome);
void flow_drop_subs(struct flow_case *c, uint32_t token, uint32_t scope);
uint32_t flow_root_of(const struct flow_case *c, uint32_t scope);

/* ---- multi.c ---- */

void flow_multi_begin(struct flow_case *c, uint32_t token);
void flow_instance_done(struct flow_case *c, uint32_t token);
bool flow_multi_add(struct flow_case *c, uint32_t multi, str person);
void flow_multi_remove(struct flow_case *c, uint32_t token);
void flow_multi_check(struct flow_case *c, uint32_t multi);
void flow_multi_counts(struct flow_case *c, uint32_t multi);

/* Opens a finished instance again; false when its activity is over. */
bool flow_multi_reopen(struct flow_case *c, uint32_t instance);

/* ---- event.c ---- */

void flow_trigger_event_sub(struct flow_case *c, uint32_t scope, int start,
                            const struct value *data);
/* ---- throw.c ---- */

void flow_wait_for_events(struct flow_case *c, uint32_t token, int node);
void flow_watch_boundaries(struct flow_case *c, uint32_t token);
void flow_watch_event_subs(struct flow_case *c, uint32_t scope);
void flow_watch_starts(struct flow_case *c, int process, bool timers);
void flow_trigger(struct flow_case *c, uint32_t sub, const struct value *data);
/* All events a throw or an end carries; false: the token is gone. */
bool flow_throw_events(struct flow_case *c, uint32_t token);
void flow_raise_error(struct flow_case *c, uint32_t token, str code);
void flow_spawn_at(struct flow_case *c, uint32_t scope, uint32_t from,
                   int node);

/* ---- message.c ---- */

bool flow_deliver(struct flow_case *c, str name, int node,
                  const struct value *data);
int flow_broadcast(struct flow_case *c, str name, const struct value *data);
void flow_send_message(struct flow_case *c, uint32_t token,
                       const struct bpmn_event *e);
bool flow_settle_letters(struct flow_case *c);
bool flow_settle_conditions(struct flow_case *c);
bool flow_settle_timers(struct flow_case *c);

/* ---- task.c ---- */

void flow_task_begin(struct flow_case *c, uint32_t token);
void flow_tasks_drop(struct flow_case *c, uint32_t token);
/* A process outside the file: a task somebody else's end completes. */
void flow_call_out(struct flow_case *c, uint32_t token);
enum err flow_task_complete(struct flow_case *c, const struct flow_command *cmd,
                            str *problem);
enum err flow_task_verb(struct flow_case *c, const struct flow_command *cmd,
                        str *problem);

/* Whether somebody acted in a visit, or it had an effect outside. */
bool flow_has_effect(const struct flow_case *c, const struct flow_visit *v);
/* Before a scope goes: its owner's visit keeps whether somebody acted there. */
void flow_note_effects(struct flow_case *c, uint32_t scope);
/* Who is held by somebody before him, after a change. */
void flow_signers_refresh(struct flow_case *c, uint32_t token);

/* ---- back.c ---- */

enum err flow_go_back(struct flow_case *c, const struct flow_command *cmd,
                      str *problem);
enum err flow_withdraw(struct flow_case *c, const struct flow_command *cmd,
                       str *problem);
enum err flow_reject(struct flow_case *c, const struct flow_command *cmd,
                     str *problem);
/* A token on a straight return has finished: back to who sent it. */
void flow_go_home(struct flow_case *c, uint32_t token);

#endif
