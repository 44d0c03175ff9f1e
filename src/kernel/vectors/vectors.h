/*
 * vectors -- answers written down beforehand, checked against the rules.
 *
 * A file of vectors is a JSON array of cases; a case has a type, sometimes a
 * rule, an input and an answer.  Each room that has rules offers a table of the
 * types it can check; main.c hands all tables to vectors_run.  Nothing passes
 * by being overlooked: an unknown type, a malformed input, an answer with a
 * member nobody compared are failures, each with a line saying so.
 */
#ifndef KERNEL_VECTORS_H
#define KERNEL_VECTORS_H

#include "kernel/clock/clock.h"
#include "kernel/ident/ident.h"

struct vector {
    const struct value *root, *input, *answer; /* input, answer may be NULL */
    const struct calendar *calendar;
    const struct divisions *divisions;
    day today;
    struct arena *arena;
    /* filled while checking */
    struct buf wrong;           /* "due: expected 2025-05-12, got …; " */
    const char *compared[24];
    int compared_count;
    bool whole;                 /* the answer was compared as one */
};

struct vector_type {
    const char *type;
    const char *rule;           /* NULL: any */
    void (*check)(struct vector *v);
};

/* Says what is wrong with the vector or with the answer got. */
void vector_wrong(struct vector *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- inputs: false, and a complaint, when malformed ---- */

/* A day, or none when absent or null. */
bool vector_day(struct vector *v, const char *key, day *out);
/* The same, but it must be there. */
bool vector_day_required(struct vector *v, const char *key, day *out);
/* A whole number in [from, to]; otherwise when absent or null. */
bool vector_int(struct vector *v, const char *key, int64_t from, int64_t to,
                int64_t otherwise, int64_t *out);
/* "2025-09-30", "2025-09-30T20:15", "2025-09-30T20:15:01": second of the day,
 * -1 without a time. */
bool vector_moment(str s, day *d, int *second);

/* ---- answers: compared when the member is there ---- */

void vector_is_day(struct vector *v, const char *key, day got);
void vector_is_int(struct vector *v, const char *key, int64_t got);
void vector_is_bool(struct vector *v, const char *key, bool got);
void vector_is_text(struct vector *v, const char *key, str got);
/* The member was judged by the caller. */
void vector_compared(struct vector *v, const char *key);

/* ---- running ---- */

struct vectors_result {
    int passed, failed;
};

/* One file's text; each mismatch is a line of `report`. */
void vectors_check(const struct vector_type *const *types, size_t type_count,
                   str file, str json, day today, struct buf *report,
                   struct vectors_result *result);

/* Every *.json in a folder, in the order of their names; prints the report and
 * "N passed, N failed" on standard output.  The exit status: 0, 1 when any
 * failed, 2 when the folder cannot be read or has no vectors. */
int vectors_run(const struct vector_type *const *types, size_t type_count,
                const char *dir);

/* The kernel's own: deadlines, scenarios, ids.  Ended by { 0 }. */
extern const struct vector_type clock_vectors[], ident_vectors[];

#endif
