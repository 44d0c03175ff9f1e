/* What the files of this module share. */
#ifndef MATTERS_INSIDE_H
#define MATTERS_INSIDE_H

#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/page/page.h"
#include "matters/matters.h"
#include "matters/queries.gen.h"

/* ---- matter.c: one matter, loaded for a page ---- */

struct matter {
    struct matter_one row;
    struct process_view v;       /* close with process_close */
    const struct bpmn *g;
    struct matter_tasks *task;
    size_t tasks;
    struct process_fact *fact;   /* its history */
    size_t facts;
    struct auth_duty *duty;      /* what the person at the page holds */
    size_t duties;
};
/* ERR_NOTFOUND, ERR_DENIED with a sentence; opened only when OK. */
enum err matter_load(struct request *rq, struct tx *tx, struct matter *m)
    MUST_USE;
/* The row of an open task, or NULL. */
const struct matter_tasks *matter_task(const struct matter *m, int64_t task);
/* Is it on the desk of the person at the page? */
bool matter_on_my_desk(const struct matter *m, const struct tx *tx,
                       const struct matter_tasks *t);
/* The leader of an organisation, for what nobody else can do. */
bool matter_leads(const struct tx *tx, str unit);
/* The element of a task, or -1. */
int matter_node(const struct matter *m, int64_t task);
/* The task the person at the page completed last, or 0. */
int64_t matter_my_last(const struct matter *m, const struct tx *tx);
/* What a task asks; 0 for none. */
int matter_asks(struct tx *tx, const struct matter *m, int64_t task,
                struct matter_question *out);

/* What the process calls a step; its id when that is gone. */
str matter_step_name(struct tx *tx, int64_t def, str node);

void matter_show_state(struct view *v, const char *name, str state);
/* Words of a number of working days left; tone for the row. */
str matter_left(struct tx *tx, day due, const char **look);

/* ---- people.c: names to accounts ---- */

/* "王芳" or "王芳/市场监管局" or an account's number: the account as the engine
 * wants it; an organisation's code or name when units may be named.
 * ERR_INPUT with a sentence. */
enum err matter_whom(struct tx *tx, str typed, bool units, str *out,
                     str *problem) MUST_USE;
/* Choices for a select. */
enum err matter_unit_choices(struct tx *tx, struct page_choice **out,
                             size_t *n) MUST_USE;
enum err matter_staff_choices(struct tx *tx, str unit,
                              struct page_choice **out, size_t *n) MUST_USE;

/* ---- questions.c: questions of a step as a form, and back ---- */

enum err matter_ask_fields(struct request *rq, struct tx *tx,
                           struct value *list,
                           const struct matter_question *q, int n) MUST_USE;
/* What came, as data for the engine; the first complaint by field.  What is
 * needed on some ways only may be missing. */
enum err matter_answers(struct request *rq, struct tx *tx,
                        const struct matter_question *q, int n,
                        struct value **out) MUST_USE;
/* The way taken turned out to need an answer that was left empty: a complaint
 * about its field, and all is undone. */
enum err matter_missing(struct request *rq, struct tx *tx, int64_t id,
                        const struct matter_question *q, int n,
                        const struct value *given) MUST_USE;

#endif
