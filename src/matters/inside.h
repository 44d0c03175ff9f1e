/* What the files of this module share. */
#ifndef MATTERS_INSIDE_H
#define MATTERS_INSIDE_H

#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/page/page.h"
#include "matters/matters.h"
#include "matters/queries.gen.h"

/* ---- clocks.c: what limits a matter, and its clocks ---- */

/* What a process says of itself; MATTER_DAYS where it says nothing. */
struct clock_limit matter_limit(const struct bpmn *g);
/* Does the count begin with a step, and not with the matter? */
bool matter_begins_late(const struct bpmn *g);
/* Working days promised when nobody says. */
int matter_days(const struct clock_limit *l);
/* 政府信息公开条例 第三十三条 */
str matter_law(struct arena *a, const struct clock_rule *r);
/* The last day of a promise of so many working days from today.  ERR_RANGE
 * with a sentence when the law gives less. */
enum err matter_due_of(struct tx *tx, const struct clock_limit *l, int days,
                       day *due, str *problem) MUST_USE;
enum err matter_clocks_start(struct tx *tx, const struct clock_limit *l,
                             str number, str unit, str holder, int days)
    MUST_USE;

struct matter_clocks {
    bool any, lawful;    /* has a promise; a clock of the law beside it */
    struct clock_found promised, statutory;
};
enum err matter_clocks(struct tx *tx, str number, struct matter_clocks *out)
    MUST_USE;
/* The days lists sort by, from the clocks. */
enum err matter_days_follow(struct tx *tx, int64_t id, str number) MUST_USE;

/* Heard: the case moved by itself, a day moved, a day came. */
enum err matter_moved(struct tx *tx, str number, const struct value *payload)
    MUST_USE;
enum err matter_recount(struct tx *tx, str number,
                        const struct value *payload) MUST_USE;
enum err matter_level(struct tx *tx, str number, const struct value *payload)
    MUST_USE;

/* ---- matter.c: one matter, loaded for a page ---- */

struct matter {
    struct matter_one row;
    struct matter_clocks clocks;
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
                struct bpmn_question *out);

/* May the clocks be stopped, or get more time; *why not. */
bool matter_may_stop(const struct matter *m, str *why);
bool matter_may_extend(const struct tx *tx, const struct matter *m, str *why);
/* Errors as clock_pause, clock_resume, clock_extend. */
enum err matter_stop_clocks(struct tx *tx, const struct matter *m, str reason,
                            int planned, str document) MUST_USE;
enum err matter_resume_clocks(struct tx *tx, const struct matter *m) MUST_USE;
enum err matter_extend_clocks(struct tx *tx, const struct matter *m, int days,
                              str reason) MUST_USE;
/* Member "limit": clocks, what they rest on, the promised one day by day. */
enum err matter_show_clocks(struct tx *tx, struct view *v,
                            const struct matter *m) MUST_USE;
/* What the process calls a step; its id when that is gone. */
str matter_step_name(struct tx *tx, int64_t def, str node);

void matter_show_state(struct view *v, const char *name, str state);
/* Words of a number of working days left; tone for the row. */
str matter_left(struct tx *tx, day due, const char **look);

/* ---- words.c: a matter found by what people wrote ---- */

enum err matter_words(struct tx *tx, int64_t id, str number, str kind,
                      str title, str content) MUST_USE;
/* Ids as search_list writes them: the newest that hold all the words. */
enum err matter_found(struct tx *tx, str words, str *ids) MUST_USE;
/* The job: matters from before there was an index. */
enum err matter_words_job(struct tx *tx, bool *more) MUST_USE;

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
                           const struct bpmn_question *q, int n) MUST_USE;
/* What came, as data for the engine; the first complaint by field.  What is
 * needed on some ways only may be missing. */
enum err matter_answers(struct request *rq, struct tx *tx,
                        const struct bpmn_question *q, int n,
                        struct value **out) MUST_USE;
/* The way taken turned out to need an answer that was left empty: a complaint
 * about its field, and all is undone. */
enum err matter_missing(struct request *rq, struct tx *tx, int64_t id,
                        const struct bpmn_question *q, int n,
                        const struct value *given) MUST_USE;

#endif
