/*
 * intake -- 窗口收件: a clerk at a counter takes an application in on one
 * screen.  The person is read from the card, the item chosen, the form and the
 * papers filled in, and it is filed as the same case as by any other way.
 *
 * What is typed is a draft from the first item on (draft.h): an error loses
 * nothing, and a draft becomes one case, however often the button is pressed
 * (docs/decisions/0007).  A row beside it, services_intake, keeps at which
 * counter, and outlives the draft (docs/decisions/0018).
 */
#ifndef SERVICES_INTAKE_H
#define SERVICES_INTAKE_H

#include "services/case.h"
#include "services/apply/draft.h"

/* ---- pure: intake_rules.c ---- */

/*
 * What a reader types: a number, and behind blanks, tabs, commas or | perhaps a
 * name.  *name none when there is none; letters of the number upper-case.
 */
void intake_split(struct arena *a, str typed, str *code, str *name);

enum intake_kind { INTAKE_NOBODY, INTAKE_PERSON, INTAKE_COMPANY };
/*
 * Whose number is it: a citizen's (GB 11643, with every division that ever had
 * a code) or an organisation's (GB 32100).  INTAKE_NOBODY with *why, a Chinese
 * sentence of the kind it looks most like.
 */
enum intake_kind intake_kind_of(struct arena *a, str code, str *why);

/* Does a counter that serves (unit, item) take this item of this organisation?
 * Two empty ones are a comprehensive window (综合窗口). */
bool intake_serves(str unit, str item, str of_unit, str code);

/* 1 分 12 秒, 48 秒. */
str intake_took(struct arena *a, inst from, inst to);

/* What a paper handed over the desk may be, by its word in the form: original,
 * copy, later; none for another.  The words stand in the case and its receipt.
 */
str intake_paper_word(str choice);

/* ---- with the store ---- */

struct intake_seat {
    struct seat_of at;
    const struct seat_serves *serves;
    size_t serve_count;
    struct seat_ticket ticket;
    bool called;             /* there is a ticket */
};
/* Where the signed-in clerk sits.  ERR_NOTFOUND: at no open counter. */
enum err intake_seat(struct tx *tx, struct intake_seat *out) MUST_USE;
/* The same for a page that needs it: ERR_CONFLICT with its sentence. */
enum err intake_seated(struct request *rq, struct tx *tx,
                       struct intake_seat *out) MUST_USE;
bool intake_takes(const struct intake_seat *s, str unit, str code);
/* Member `seat`: label, hall, number of the ticket; null without one. */
void intake_show_seat(struct view *v, const struct intake_seat *s);

struct intake_person {
    enum intake_kind kind;
    str code, name, mobile;      /* "" unknown */
    str agent_code, agent_name;  /* of a company: who stands there */
    str source;                  /* where name and mobile are from, "" */
    str ended;                   /* that a company carries on no more, "" */
    int64_t account;             /* by all three facts, 0 */
    const struct value *earlier; /* answers of the last matter at a window */
};
/*
 * What is held of a number, for a clerk who has the card before him: from the
 * account that took the ticket while signed in, else the last matter a counter
 * took in, else what was said at the ticket.  Never from an account by its
 * number alone, for registering does not prove who one is
 * (docs/decisions/0012).  name is what the reader said, "" for nothing.
 */
enum err intake_person(struct tx *tx, const struct intake_seat *s,
                       struct intake_person *p) MUST_USE;

/* The first answers of a draft; *count: how many were filled in. */
enum err intake_answers(struct tx *tx, const struct offer *o,
                        const struct intake_person *p, struct value **out,
                        size_t *count) MUST_USE;

/* A draft taken in, with everything its page and its filing need. */
struct intake {
    struct intake_seat seat;
    struct taking_one row;
    struct draft draft;
    struct decided decided;
    struct draft_paper_list *papers;
    size_t paper_count;
};
/* The intake of {number} of the signed-in clerk; told when there is none.  One
 * that is filed has row.case_no, and no draft any more. */
enum err intake_load(struct request *rq, struct tx *tx, struct intake *in)
    MUST_USE;
/* The papers the answers ask for, however unfinished they are, and those that
 * are there. */
enum err intake_read_papers(struct tx *tx, struct intake *in) MUST_USE;

/* What stands against filing, each a text with the control it is about. */
struct intake_gap {
    str field, text;
};
struct intake_gaps {
    struct intake_gap *list;
    size_t n;
    struct value *checked;   /* the normalised answers when n is 0 */
};
enum err intake_gaps(struct tx *tx, const struct intake *in,
                     struct intake_gaps *out) MUST_USE;

/* The files among the request's parts into the store: for a `before` step.  One
 * that cannot be taken is left behind and told, the rest goes on. */
/* (intake_adopt, pages.h) */
bool intake_bad(const struct request *rq);
void intake_tell_bad(struct request *rq);
/* Changes the draft's papers to what the form says. */
enum err intake_take_papers(struct request *rq, struct tx *tx,
                            struct intake *in) MUST_USE;
/* Member `papers` and `free`. */
enum err intake_show_papers(struct request *rq, struct tx *tx,
                            const struct intake *in) MUST_USE;

#endif
