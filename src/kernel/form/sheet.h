/*
 * sheet -- a form that is data: groups of questions in order, and the papers
 * that go with them.
 *
 * The designer writes it, services ask by it: both read it here, so that a
 * preview, a try-out and an application can never differ.  What the members of
 * the JSON mean is told in data/themes/README.md.
 *
 * Some questions are made of several controls: rows that are added and removed,
 * a table, an address by division, a point, a signature.  Their answer is a
 * list or an object; on a page and in an urlencoded body its pieces are named
 * NAME.PIECE (staff.0.name, home.detail), and form_take puts them together.
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
    enum { FORM_UNBOUNDED, FORM_LETTERS, FORM_NUMBER, FORM_ROWS } bounds;
    bool made;               /* of several controls */
};
extern const struct form_kind form_kinds[]; /* ended by { 0 } */

/* NULL when there is none of that code. */
const struct form_kind *form_kind_of(str code);

enum {
    FORM_ROWS_MOST = 30,     /* rows of one question */
    FORM_COLUMNS_MOST = 12,  /* questions of one row */
    FORM_CELLS_MOST = 300,   /* of a table: a body carries 512 pairs */
    FORM_DRAWING = 6000,     /* bytes of a drawn signature */
};

struct form_choice {
    str value, label;
};

/* A square of the earth in millionths of a degree. */
struct form_square {
    int64_t south, west, north, east;
};

struct form_question {
    struct field check;      /* name, type, bounds, label */
    str name, label, hint, unit;
    str kind;                /* "choice", "credit" … */
    int64_t low, high;       /* of decimal and money, as numbers */
    bool optional;
    const struct feel_expr *when; /* asked only then; NULL: always */
    str when_text;           /* as written, "" for none */
    struct form_choice *choices; /* of a table: its rows */
    size_t choice_count;
    struct form_question *fields; /* of rows and table: what each row asks */
    size_t field_count;
    bool own;                /* of division: only within this city */
    struct form_square square; /* of point: where it must lie */
    str held;                /* what the government may hold of it, or "" */
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

/* Reading a body somebody wrote: what did not fit is remembered, not answered
 * at once. */
struct form_reader {
    struct arena *a;
    const struct value *names; /* of all answers: what `when` may speak of */
    const char *broken;        /* first thing that did not fit, or NULL */
};
/* A text that must be there; "" when it is not. */
str form_must(struct form_reader *r, const struct value *v, const char *name);

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

/*
 * What came with a request, as answers: the pieces of questions made of several
 * controls put together, the rest as it is.  A program may send the list or the
 * object itself.  Nothing is checked here.
 */
struct value *form_take(const struct form_sheet *s, struct arena *a,
                        const struct value *inputs);

/*
 * A button within the form (`do`): staff.add, staff.remove.2, home.next.
 * Changes the rows of answers and returns the question it belongs to; NULL when
 * none was pressed, or one nobody offered.
 */
const struct form_question *form_press(const struct form_sheet *s,
                                       struct arena *a, str pressed,
                                       struct value *answers);

/* What a page that asks knows: answers as typed or saved (nested), and the
 * complaint about a name, "" for none. */
struct form_page {
    const struct value *answers;
    str (*error)(const void *context, str name);
    const void *context;
    const struct form_choice *towns;
    size_t town_count;
    str origin, wrong;       /* 营业执照，2026-03-02, and where to say that it
                                is not so; "" */
};

/* A question of any kind, as one or more rows of the shape `field`. */
void form_show_question(struct view *v, struct value *list,
                        const struct form_question *q,
                        const struct form_page *p);

/* One question as the shape `field`.  value is what was typed or saved, error
 * "" for none; towns are the choices of a question of kind town. */
void form_show(struct view *v, struct value *list,
               const struct form_question *q, str value, str error,
               const struct form_choice *towns, size_t town_count);

/* What an answer is called on a page: the label of a choice, else itself. */
str form_answer_text(const struct form_question *q, struct arena *a,
                     const struct value *answer);

/* The same in as many lines as it takes: a row of a table is one.  At least
 * one, text "" when nothing was answered. */
struct form_said {
    str label, text;
    str drawing;             /* of a signature: its path (shape `answer`) */
    str lat, lon;            /* of a point in CGCS2000, or "" */
};
size_t form_said(const struct form_question *q, struct arena *a,
                 const struct value *answer, struct form_said **out);

/* The members label, value, drawing, place of a row of answers; text: instead
 * of said's own, if any. */
void form_said_show(struct view *row, const struct form_said *said, str text);

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
