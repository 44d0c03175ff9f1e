/*
 * feel -- expressions of DMN (FEEL, DMN 1.5 chapter 10) for conditions, scripts
 * and decision tables.
 *
 * An expression is compiled once and evaluated any number of times, from any
 * number of threads: a compiled expression never changes.  Evaluation never
 * fails in the middle: as FEEL demands, what cannot be computed is null, and
 * why is told in notes.  Numbers are exact decimals of 34 digits.
 *
 * Everything is bounded: length of the text, depth, steps, length of a list,
 * memory.  Whoever reaches a bound gets null and a note, never a crash.
 */
#ifndef KERNEL_RULES_FEEL_H
#define KERNEL_RULES_FEEL_H

#include "base/base.h"

/* One remark about a model, an expression or an evaluation. */
struct feel_note {
    struct feel_note *next;
    str element; /* id (or name) of the DMN element; str_none outside a model */
    str text;    /* a Chinese sentence for the person who wrote the rule */
    bool fatal;  /* the model or expression cannot be used */
    bool unfit;  /* it can, but should not come into force as it is */
    uint32_t at; /* byte offset in the expression's text */
};

/* A list of remarks; zeroed is empty.  The first 100 are kept, count is all.
 * steps adds up the work of what was evaluated with it. */
struct feel_notes {
    struct feel_note *first, *last;
    uint32_t count;
    uint64_t steps;
};

enum feel_form {
    FEEL_EXPRESSION, /* 1 + 1 */
    FEEL_UNARY_TESTS /* a cell of a table: <5, [7..9], not("甲") ; `?` is the
                        value tested */
};

struct feel_expr;

/*
 * Compiles text; the names of `names` (an object; its values are not looked at
 * except for the names of their members) are known variables, which is what
 * decides where a name with spaces ends.  May be NULL.  *out lives in a.
 * ERR_INPUT: the text does not parse; notes say where and why.
 */
enum err feel_compile(struct arena *a, str text, enum feel_form form,
                      const struct value *names, struct feel_expr **out,
                      struct feel_notes *notes) MUST_USE;

/*
 * The names of variables a compiled expression uses that were not known when
 * it was compiled; a list of texts in a.  For checks at deployment.
 */
struct value *feel_unknown_names(const struct feel_expr *x, struct arena *a);

/*
 * Evaluates with the members of object `variables` in scope (NULL: none).
 * Text stays text; VALUE_DAY is a date, VALUE_INST a date and time at +08:00,
 * VALUE_FEN a number of yuan.  *out is a new tree in a: numbers VALUE_INT or
 * VALUE_DECIMAL, dates VALUE_DAY (VALUE_TEXT beyond years 1600..9999), times,
 * date-times and durations ISO text, functions null.  now is what now() and
 * today() say.  Always OK but for ERR_RANGE: a bound was reached, *out is null.
 * notes may be NULL.  For FEEL_UNARY_TESTS the value tested is the variable
 * named "?".
 */
enum err feel_run(const struct feel_expr *x, struct arena *a,
                  const struct value *variables, inst now, struct value **out,
                  struct feel_notes *notes) MUST_USE;

/* feel_compile and feel_run in one, for what is evaluated once. */
enum err feel_evaluate(struct arena *a, str text,
                       const struct value *variables, inst now,
                       struct value **out, struct feel_notes *notes) MUST_USE;

/* A condition: true only if the result is the boolean true. */
bool feel_holds(const struct feel_expr *x, struct arena *a,
                const struct value *variables, inst now,
                struct feel_notes *notes);

#endif
