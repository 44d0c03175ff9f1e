/*
 * dmn -- decision models (DMN 1.1 to 1.5) read once, evaluated often.
 *
 * A model is loaded from bytes into an arena and never changes afterwards, so
 * one model serves all threads.  Decisions, decision services and business
 * knowledge models are evaluated by name; a decision brings along what it
 * requires.
 */
#ifndef KERNEL_RULES_DMN_H
#define KERNEL_RULES_DMN_H

#include "kernel/rules/feel.h"

struct dmn_model;

/* One file.  The bytes are needed only while loading. */
struct dmn_source {
    str name; /* for messages: the file's name */
    str xml;
};

enum { DMN_MAX_BYTES = 8 << 20, DMN_MAX_SOURCES = 64 };

/*
 * Loads sources[0]; the others are models it may import, found by namespace.
 * The model lives in a (which must outlive it).  ERR_INPUT: nothing usable;
 * notes say why with the element's id.  OK may come with notes too: those with
 * fatal set name elements that will give null, the others are advice
 * (overlapping rules, a rule that never fires).  Deployment should refuse a
 * model with fatal notes.
 */
enum err dmn_load(struct arena *a, const struct dmn_source *sources, size_t n,
                  struct dmn_model **out, struct feel_notes *notes) MUST_USE;

/*
 * Evaluates a decision, decision service or business knowledge model, found by
 * name, then by id.  input is an object: one member per input (NULL: none);
 * ISO texts become dates, times and durations where the model declares so.
 * *out is a new tree in a, as feel_run makes it.  ERR_NOTFOUND: no such
 * decision.  ERR_RANGE: a bound was reached, *out is null.  notes may be NULL.
 */
enum err dmn_evaluate(const struct dmn_model *m, str decision,
                      const struct value *input, inst now, struct arena *a,
                      struct value **out, struct feel_notes *notes) MUST_USE;

/*
 * What a model offers, for designers and checks: an object in a with lists
 * "decisions", "inputs", "services", each item {id, name, type}.
 */
struct value *dmn_describe(const struct dmn_model *m, struct arena *a);

/* Which decision a table stands for when none is named: the one called as the
 * table is, else the first; "" when there is none. */
str dmn_main_decision(const struct dmn_model *m, struct arena *a, str key);

enum { DMN_OUTLINE_RULES = 500 }; /* of one table */

/*
 * What a file says, as people read it: an object in a with
 *   name       of the model
 *   decisions  decisions and business knowledge models in the file's order:
 *     id, name, kind (决策 or 业务知识模型), description, text (of a literal
 *     expression, "" otherwise), form (决策表, 表达式 …), hit (命中策略)
 *     inputs   [{label, text, type, allowed}]   columns of a table
 *     outputs  [{label, type, allowed}]
 *     rules    [{number, id, cells [text], results [text], remark}]
 *     omitted  how many rules beyond DMN_OUTLINE_RULES there are
 * ERR_INPUT with a Chinese sentence when it is no DMN file.
 */
enum err dmn_outline(struct arena *a, str xml, struct value **out,
                     str *problem) MUST_USE;

/* zhengtong dmn eval FILE --decision NAME --input JSON | dmn tck DIR */
int dmn_command(int argc, char **argv);

#endif
