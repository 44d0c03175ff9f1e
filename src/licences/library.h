/* The library's own way in: issue, sign, act.  Every page, the listener, the
 * jobs and the loader of the demonstration city go through here. */
#ifndef LICENCES_LIBRARY_H
#define LICENCES_LIBRARY_H

#include "kernel/seal/seal.h"
#include "licences/licences.h"
#include "licences/queries.gen.h"

/* Issues the licence of a granted case, 制证中 until the job has drawn and
 * signed its sheet; nothing when it has one already or its item gives none.
 * site: the address people reach us by. */
enum err licence_issue(struct tx *tx, str case_no, str site, bool demo)
    MUST_USE;

/* A sheet that was drawn and signed, not yet written down. */
struct licence_sealed {
    struct licence_one l;
    int pair;
    str sha256, sm3;
    struct seal_signature s;
};

/* Draws and signs one that waits, reading only; ERR_NOTFOUND when it does not
 * wait or its organisation has no keys. */
enum err licence_prepare(struct tx *tx, str identifier,
                         struct licence_sealed *out) MUST_USE;

/* Writes it down and tells the holder; OK without doing anything when it waits
 * no more. */
enum err licence_put(struct tx *tx, const struct licence_sealed *s) MUST_USE;

/* Both at once, for the loader and tests: OK without doing anything when the
 * organisation has no keys. */
enum err licence_seal(struct tx *tx, str identifier) MUST_USE;

/* The sheet, drawn from the row. */
enum err licence_draw(struct arena *a, const struct licence_one *l, str *pdf)
    MUST_USE;

/* Are both signatures of the organisation, over what the row says? */
enum seal_verdict licence_check(struct arena *a, const struct licence_one *l);

struct licence_act {
    const struct licence_verb *verb;
    str ground, reason;
    str holder;      /* of a change: the new name, or "" */
    day valid_to;    /* of a change: the new last day, or none */
    str sentence;    /* why not, for the person */
    str identifier;  /* out: of the version in force now */
};
/* Carries out a verb of rules.c on a licence that was loaded. */
enum err licence_do(struct tx *tx, const struct licence_one *l,
                    struct licence_act *act) MUST_USE;

/* One line of a licence's history. */
enum err licence_tell(struct tx *tx, int64_t licence, const char *verb,
                      str text, str actor, str basis) MUST_USE;

/* Signal case.grant, and the jobs. */
enum err licence_granted(struct tx *tx, str ref, const struct value *payload);
enum err licence_job_draw(struct tx *tx, const void **kept);
enum err licence_job_seal(struct tx *tx, bool *more);
enum err licence_job_expire(struct tx *tx, bool *more);

#endif
