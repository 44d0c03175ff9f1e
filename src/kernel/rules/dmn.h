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

/* zhengtong dmn eval FILE --decision NAME --input JSON | dmn tck DIR */
int dmn_command(int argc, char **argv);

#endif
