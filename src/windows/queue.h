/* The only way a number moves: pages of residents, terminals and clerks, the
 * jobs, and the loader of the demonstration city all go through here. */
#ifndef WINDOWS_QUEUE_H
#define WINDOWS_QUEUE_H

#include "windows/queries.gen.h"
#include "windows/windows.h"

/* ---- taking a number ---- */

struct queue_taking {
    str hall, line;
    str channel;          /* kiosk, phone, desk, booking */
    str care;             /* "" or a care code */
    int64_t account;      /* 0: nobody's */
    str mobile, name;     /* or none */
    str item, booking;    /* "" or none */
    inst place, first_at; /* none: now; as care says */
    str code, label;      /* out */
};
/* Hours are the caller's to ask (queue_may_take).  Leaves an audit note that
 * names nobody. */
enum err queue_take(struct tx *tx, struct queue_taking *t) MUST_USE;

/* ERR_RANGE with a sentence when the hall gives no numbers now. */
enum err queue_may_take(const struct tx *tx, const struct hall_one *hall,
                        str *sentence) MUST_USE;

/* ---- what a clerk does ---- */

struct queue_verb {
    const char *code, *label;
    const char *states; /* the ticket may be in, or NULL: none is needed */
};
extern const struct queue_verb queue_verbs[]; /* ended by { 0 } */
const struct queue_verb *queue_verb(str code); /* NULL */

struct queue_act {
    const struct queue_verb *verb;
    str counter;       /* of open */
    int64_t ticket;    /* of back */
    int64_t revision;  /* the page was made from; 0: not said */
    str line;          /* of transfer; of close, for who still waits */
    str sentence;      /* why not, or what was done */
    struct ticket_one now; /* out: the ticket it was about; id 0: none */
};
/* As the clerk of the transaction.  ERR_CONFLICT, ERR_RANGE with a sentence. */
enum err queue_do(struct tx *tx, struct queue_act *act) MUST_USE;

/* The holder gives the number up. */
enum err queue_leave(struct tx *tx, const struct ticket_one *t) MUST_USE;

/* ---- where somebody stands ---- */

struct queue_standing {
    int ahead;    /* -1: not waiting */
    int minutes;  /* -1: no counter is open */
    int counters; /* open ones of the line */
};
enum err queue_standing(struct tx *tx, const struct ticket_one *t,
                        struct queue_standing *out) MUST_USE;
/* The same for somebody who would take a number now. */
enum err queue_outlook(struct tx *tx, str line, int pace, int waiting,
                       int counters, int *minutes) MUST_USE;

/* ---- appointments ---- */

struct queue_booking {
    str line;
    day day;
    int minute;
    str item;
    str number;    /* out */
    str sentence;  /* why not */
};
/* For the resident of the transaction. */
enum err queue_book(struct tx *tx, struct queue_booking *b) MUST_USE;
enum err queue_book_move(struct tx *tx, const struct booking_one *old,
                         struct queue_booking *b) MUST_USE;
enum err queue_book_cancel(struct tx *tx, const struct booking_one *b,
                           str *sentence) MUST_USE;
/* Checking in: the appointment becomes a number with the right place. */
enum err queue_arrive(struct tx *tx, const struct booking_one *b, str *code,
                      str *sentence) MUST_USE;
/* Day until which somebody may not book, or none. */
enum err queue_paused(struct tx *tx, int64_t account, day *out) MUST_USE;

/* ---- heard, and done again and again ---- */

enum err window_filed(struct tx *tx, str ref, const struct value *payload);
enum err window_job_evening(struct tx *tx, bool *more);
enum err window_job_bookings(struct tx *tx, bool *more);
enum err window_job_remind(struct tx *tx, bool *more);

#endif
