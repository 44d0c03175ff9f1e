/*
 * sheet -- a form that is data: groups of questions in order, and the papers
 * that go with them.
 *
 * The designer writes it, services ask by it: both read it here, so that a
 * preview, a try-out and an application can never differ.  What the members of
 * the JSON mean is told in data/themes/README.md.
 */
#ifndef KERNEL_FORM_SHEET_H
#define KERNEL_FORM_SHEET_H

#include "kernel/form/form.h"
#include "kernel/rules/dmn.h"

/* A kind of question: what it is checked as, and its bounds unless told. */
struct form_kind {
    const char *code;        /* "credit" */
    const char *name;        /* 统一社会信用代码 */
    enum field_type type;
    int64_t min, max;
    enum { FORM_UNBOUNDED, FORM_LETTERS, FORM_NUMBER } bounds;
};
extern const struct form_kind form_kinds[]; /* ended by { 0 } */

/* NULL when there is none of that code. */
const struct form_kind *form_kind_of(str code);

struct form_choice {
    str value, label;
};

struct form_question {
    struct field check;      /* name, type, bounds, label */
    str name, label, hint, unit;
    str kind;                /* "choice", "credit" … */
    int64_t low, high;       /* of decimal and money, as numbers */
    bool optional;
    const struct feel_expr *when; /* asked only then; NULL: always */
    str when_text;           /* as written, "" for none */
    struct form_choice *choices;
    size_t choice_count;
};

struct form_group {
    str code, title;
    const struct feel_expr *when;
    str when_text;
    struct form_question *fields;
    size_t field_count;
};

struct form_paper {
    str code, name, source, from, note;
    int need;                /* 1 必要 2 非必要 3 容缺后补 */
    const struct feel_expr *when; /* NULL: the decision table says, or always */
    str when_text;
    str *sample;
    size_t sample_count;
};

struct form_sheet {
    struct form_group *groups;
    struct form_paper *papers;
    size_t group_count, paper_count;
};

/*
 * Reads the members `groups` and `papers` of a definition.  ERR_INPUT with
 * *broken naming the first member that does not fit; texts stay body's, all
 * else is in a.
 */
enum err form_sheet_read(struct arena *a, const struct value *body,
                         struct form_sheet *out, const char **broken) MUST_USE;

/* A FEEL condition, compiled over the names of all answers; NULL for "".
 * ERR_INPUT when it does not parse. */
enum err form_condition(struct arena *a, str text, const struct value *names,
                        const struct feel_expr **out) MUST_USE;
/* The names of all answers a definition asks for: an object of nulls. */
const struct value *form_names(struct arena *a, const struct value *body);

/* Is this asked for, given the answers so far? */
bool form_asks(const struct feel_expr *when, struct arena *a,
               const struct value *answers);

/* The answers as their questions mean them -- "86" typed becomes 86 -- so that
 * a condition may rest on a question of the same page.  What is not right yet
 * stays text. */
const struct value *form_typed(const struct form_sheet *s, struct arena *a,
                               const struct value *answers);

/*
 * Checks the answers of one group (group_count: of all).  *out is the
 * normalised tree of what was asked -- a number, true, text -- and complaints
 * carry the question's name.  ERR_INPUT or ERR_RANGE, the worst there was.
 */
enum err form_sheet_check(const struct form_sheet *s, size_t group,
                          struct arena *a, const struct value *answers,
                          struct value **out, struct form_report *report)
    MUST_USE;

/* One question as the shape `field`.  value is what was typed or saved, error
 * "" for none; towns are the choices of a question of kind town. */
void form_show(struct view *v, struct value *list,
               const struct form_question *q, str value, str error,
               const struct form_choice *towns, size_t town_count);

/* What an answer is called on a page: the label of a choice, else itself. */
str form_answer_text(const struct form_question *q, struct arena *a,
                     const struct value *answer);

/*
 * Codes a decision table yields ("parts", "papers"); a lone text counts as a
 * list of one.  ERR_RANGE when it yields nothing, *why then says so.
 */
enum err form_rule_codes(const struct dmn_model *rules, const char *decision,
                         struct arena *a, const struct value *answers,
                         const struct value **first, str *why) MUST_USE;

/* Does a part or paper apply?  Its own condition decides where it has one,
 * else the table's codes, else (no_table) it always does. */
bool form_applies(const struct feel_expr *when, str code, bool no_table,
                  const struct value *codes, struct arena *a,
                  const struct value *answers);

#endif
