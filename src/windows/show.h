/* What several pages of this room show alike. */
#ifndef WINDOWS_SHOW_H
#define WINDOWS_SHOW_H

#include "kernel/page/page.h"
#include "windows/queue.h"

/* What a registered terminal proves itself by, and for how long. */
#define KIOSK_COOKIE "zt_kiosk_key"
enum { KIOSK_SECONDS = 366 * 24 * 3600 };

/* An id as text: a program reading JSON would lose its last digits. */
str window_id(struct arena *a, int64_t id);

/* The hall named in the path; a sentence when there is none. */
enum err window_hall(struct request *rq, struct tx *tx, struct hall_one *h)
    MUST_USE;
/* The same for a terminal: its pages say which hall they stand in. */
enum err window_terminal(struct request *rq, struct tx *tx, struct hall_one *h)
    MUST_USE;
/* 工作日 09:00-12:00、13:30-17:00 */
str window_hours(struct arena *a, int64_t opens, int64_t closes,
                 int64_t noon_from, int64_t noon_to);
/* 约 15 分钟, 马上就到, 暂时没有窗口办理 */
str window_wait_text(struct arena *a, int minutes);

/* Member `name`: the lines of a hall with who waits and how long. */
enum err window_show_lines(struct tx *tx, struct view *v, str hall) MUST_USE;
/* Members spoken and calls: what the hall is told now. */
enum err window_show_calls(struct tx *tx, struct view *v, str hall) MUST_USE;
/* Members label, title, words, ahead, wait, counter, care, spoken, live. */
enum err window_show_ticket(struct tx *tx, struct view *v,
                            const struct ticket_one *t) MUST_USE;
/* The ticket of a secret code; a sentence when there is none. */
enum err window_ticket(struct request *rq, struct tx *tx, str code,
                       struct ticket_one *t) MUST_USE;

/* The lines of a hall as choices; only those that can be booked, if asked. */
enum err window_line_choices(struct tx *tx, str hall, bool booked,
                             struct page_choice **out, size_t *n) MUST_USE;
/* The question who goes first, with the article it rests on. */
void window_care_field(struct request *rq, struct value *list);
/* queue_take; a line that is not there is a complaint about the question. */
enum err window_take(struct request *rq, struct tx *tx,
                     struct queue_taking *t) MUST_USE;
/* e with its sentence, when there is one. */
enum err window_said(struct request *rq, enum err e, str sentence);

#endif
