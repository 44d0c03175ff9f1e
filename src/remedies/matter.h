/* One matter: written down, told to those it concerns, shown. */
#ifndef REMEDIES_MATTER_H
#define REMEDIES_MATTER_H

#include "remedies/queries.gen.h"
#include "remedies/remedies.h"

struct remedy_new {
    const struct remedy_kind *kind;
    str ref, title, unit;      /* of the case; whose step, who decides */
    int64_t account;           /* who raised it, 0: the machine */
    str name;
    str step, text;
    str document;              /* "" when there is none */
    int64_t days;
    str was, becomes;          /* of a correction; else none */
    const char *state;         /* "open", or "granted" for what is done */
};

/* Number, row, clock, audit note; *number in the arena. */
enum err remedy_write(struct tx *tx, const struct remedy_new *n, str *number)
    MUST_USE;

/* A letter; link: an address of this site. */
enum err remedy_letter(struct tx *tx, int64_t account, str number, str title,
                       str body, str link) MUST_USE;
/* To the people in charge of an organisation, and to every supervisor. */
enum err remedy_tell_leaders(struct tx *tx, str unit, str number, str title,
                             str body) MUST_USE;
enum err remedy_tell_watchers(struct tx *tx, str number, str title, str body)
    MUST_USE;

/* Asks for a new run of a case; the answer comes as case.reopened. */
enum err remedy_ask_reopen(struct tx *tx, str remedy, str ref, str ground,
                           str document, int64_t days) MUST_USE;

/* An event of the case's own thread: event "remedy.complained" or another. */
enum err remedy_on_thread(struct tx *tx, const char *event, str ref, str text,
                          str actor) MUST_USE;

/* What a register says now of a datum of an enterprise; ERR_NOTFOUND. */
enum err remedy_registered_now(struct tx *tx, str code, str datum, str *out)
    MUST_USE;

/* Members code, kind, title, number, state, facts, events; whole: with what the
 * person said and their name. */
void remedy_body(struct view *v, const struct remedy_one *m, bool whole);

#endif
