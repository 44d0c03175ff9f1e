/*
 * The base's own way in and out: the pages, the import, the feed, a granted
 * correction and the loader of the demonstration all go through here.
 */
#ifndef ENTERPRISES_KEEP_H
#define ENTERPRISES_KEEP_H

#include "enterprises/enterprises.h"
#include "enterprises/queries.gen.h"

/* 岗位 of kernel/auth: who brings what an organisation registers. */
#define ENTERPRISE_DUTY "法人库管理岗"

enum enterprise_outcome {
    ENTERPRISE_NEW,     /* was not known */
    ENTERPRISE_CHANGED, /* the next version */
    ENTERPRISE_SAME,    /* says what is in force: nothing is written */
    ENTERPRISE_WRONG,   /* cannot be taken, the sentence says why */
};

/*
 * Judges one registration against the base as it is, and takes it when
 * `write`.  e->unit may be a name; it becomes the code.  scope: the only
 * organisation whose registrations may come so, "" for any.  ref: the import
 * or correction.  ERR_CONFLICT when another version came in between.
 */
enum err enterprise_put(struct tx *tx, struct enterprise *e, str scope,
                        str ref, bool write, enum enterprise_outcome *out,
                        str *why) MUST_USE;

/* What is in force as a registration again: to change one thing of it. */
struct enterprise enterprise_of(const struct enterprise_live *l);

/* Whom the signed-in person speaks for today; at most 50. */
enum err enterprise_mine(struct tx *tx, struct enterprise_own **out, size_t *n)
    MUST_USE;

/* Does the signed-in person hold the duty of this organisation today? */
enum err enterprise_keeper(struct tx *tx, str unit, bool *yes) MUST_USE;

/* Members code, name, state, ended, source, from and facts (rows of the shape
 * "fact"): personal parts masked, and left out unless whole. */
void enterprise_view(struct view *v, const struct enterprise_live *l,
                     bool whole);

/* 500,000.00 元; "" for none. */
str enterprise_money(struct arena *a, fen f);

/* Signal remedy.corrected; the job that sweeps files nobody confirmed. */
enum err enterprise_corrected(struct tx *tx, str ref,
                              const struct value *payload);
enum err enterprise_job_sweep(struct tx *tx, bool *more);

#endif
