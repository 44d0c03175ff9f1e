/* What several pages of services show alike. */
#ifndef SERVICES_SHOW_H
#define SERVICES_SHOW_H

#include "services/work/notice.h"
#include "services/guide/offer.h"
#include "services/services.h"
#include "services/guide/units.h"

/* The columns every list of cases carries, whatever query they came from. */
struct face {
    str state;
    bool joint, open;
    day received, accept_by, closed_day;
    day clock_start, clock_due, clock_held_at;
    int64_t clock_n, clock_extra, clock_held;
};

#define FACE(row) ((struct face){                                            \
    .state = (row).state, .joint = str_is((row).kind, "joint"),              \
    .open = day_is_none((row).closed_day), .received = (row).received,       \
    .accept_by = (row).accept_by, .closed_day = (row).closed_day,            \
    .clock_start = (row).clock_start, .clock_due = (row).clock_due,          \
    .clock_held_at = (row).clock_held_at, .clock_n = (row).clock_n,          \
    .clock_extra = (row).clock_extra, .clock_held = (row).clock_held })

/* The chip of a case's status. */
void show_state(struct view *v, const char *name, const struct face *f);

/* The 时限条: before acceptance the five days of 第三十二条, then the promise.
 */
void show_clock(struct view *v, const char *name, const struct calendar *cal,
                day today, const struct face *f);

/* A row of the shape case_row; the organisation's name is told, for lists do
 * not join it. */
#define SHOW_CASE_ROW(list_view, list, tx, row, of_unit) do {                 \
        struct view v_ = view_row((list_view), (list));                      \
        struct face f_ = FACE(row);                                          \
        view_text(&v_, "number", (row).number);                              \
        view_text(&v_, "title", (row).title);                                \
        view_text(&v_, "unit_name", (of_unit));                              \
        view_text(&v_, "officer_name", (row).officer_name);                  \
        view_day_short(&v_, "filed", (row).received);                        \
        view_day_short(&v_, "due", f_.open ? (row).clock_due                 \
                                           : (row).closed_day);              \
        show_state(&v_, "state", &f_);                                       \
        show_clock(&v_, "clock", (tx)->calendar, tx_today(tx), &f_);         \
    } while (0)

/* A due day before this one is late: the last working day up to today, for
 * nothing becomes late on a rest day. */
int show_late_before(const struct tx *tx);

/* 网上, 窗口, 村级代办, 自助终端. */

/* ，3 页，待查毒，不够清晰 …: what was found in a file, as columns of
 * pub_files_look; "" when there is nothing to say. */
str show_found(struct arena *a, str scan, int64_t pages, int64_t sharp);

/* One question as the shape field.  value is what was typed or saved; towns the
 * choices of a field of kind town. */
void show_field(struct view *v, struct value *list,
                const struct form_question *f, str value, str error,
                const struct units *towns);

/* A question of words, with what was typed and what was wrong with it. */
void show_words(struct request *rq, struct value *list, const char *name,
                const char *label, const char *hint);

/* The townships as choices. */
const struct form_choice *show_towns(struct arena *a, const struct units *towns,
                                     size_t *n);

/* What was answered, a row a line: members label, value, drawing, and `flag`
 * false; none: what stands where nothing was answered. */
struct show_said {
    str none;
    const char *flag;
    bool on;
};
void show_said(struct view *v, struct value *list,
               const struct form_question *f, const struct value *answer,
               const struct units *towns, struct show_said *more);

/* The sentences of a paper's sample text, as `sample`; null without any. */
void show_sample(struct view *v, const struct form_paper *p);

/* The city's own lines of an official paper, by the settings; progress: address
 * of the public page, or none.  Whether the data is made up is the caller's. */
struct notice_place show_place(struct arena *a, str progress);

/* Where to ask: the number of the organisation, else of the site. */
str show_phone(str unit);

/* 云溪市政务服务中心. */
str show_center(struct arena *a);

/* Steps of applying: 0 选择情形, 1 填写信息, 2 上传材料, 3 核对提交. */
void show_steps(struct view *v, int here);

/* An entry of a timeline, newest first. */
void show_event(struct view *v, struct value *list, inst at, str verb, str text,
                str actor, str basis);

/* A pager that only goes forward and back to the beginning: lists are read by
 * key, so there is no page number to jump to. */
void show_pager(struct view *v, const char *name, str first, str next,
                int64_t rows, int per);

/* 三十五 for "35", as statutes count. */
str show_numeral(struct arena *a, str digits);

/* 《食品安全法》第三十五条, as the law writes it; "" without a law. */
str show_article(struct arena *a, str law, str article);

/* What a paper about an item may cite: 行政许可法 if it is a licence, else the
 * item's own basis -- the one in the version the case was filed under, not
 * what the item says since; INT_NONE: today's.  A joint matter (item none) goes
 * by 第二十六条 there. */
struct show_basis {
    bool licence;
    str basis;    /* 《社会保险法》第十六条, or "" */
};
enum err show_basis(struct tx *tx, str item, int64_t version,
                    struct show_basis *out) MUST_USE;

/* 10 个工作日, 30 日. */
str show_units(struct arena *a, int64_t n, bool natural);

#endif
