/*
 * expression -- the one place where flow meets FEEL.
 *
 * BPMN files write their expressions in several dresses: plain FEEL, "= FEEL",
 * "${ … }" and "#{ … }".  The last two are translated where they say something
 * FEEL can say: ==, &&, ||, !, 'text', eq, gt, empty and the like.  What cannot
 * be translated does not parse, and lint tells where.
 */
#ifndef FLOW_EXPRESSION_H
#define FLOW_EXPRESSION_H

#include "base/base.h"

struct expression;

/* True when the text is marked as an expression: "=…", "${…}", "#{…}". */
bool expression_wrapped(str text);
/* The FEEL text of what was written. */
str expression_feel(struct arena *a, str text);

/*
 * Compiles; names (may be NULL) is an object whose member names are known.
 * Never NULL: what does not parse keeps *problem (Chinese) and is tried again
 * when it runs, with the names of that moment known.
 */
struct expression *expression_new(struct arena *a, str text,
                                  const struct value *names);
/* None when the expression parsed. */
str expression_problem(const struct expression *x);

/* Names a text uses beside the members of `known`: a list of texts in a, empty
 * when it does not parse. */
struct value *expression_missing(struct arena *a, str text,
                                 const struct value *known);

/* The value, in a; null with a reason in *note (may be none).  *work grows by
 * what it cost: steps of FEEL and pieces of memory, the same each time. */
struct value *expression_run(const struct expression *x, struct arena *a,
                             const struct value *variables, inst now,
                             str *note, uint64_t *work);
/* True only for the boolean true; *note tells why it was null. */
bool expression_holds(const struct expression *x, struct arena *a,
                      const struct value *variables, inst now, str *note,
                      uint64_t *work);

#endif
