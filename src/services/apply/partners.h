/*
 * partners -- who else signs an application: co-applicants and the principal a
 * proxy acts for (民法典 第一百六十五条).
 */
#ifndef SERVICES_PARTNERS_H
#define SERVICES_PARTNERS_H

#include "services/apply/draft.h"

enum { PARTNERS_MOST = 10 };

/* The answers as they would be filed; *whole: OK when nothing is missing. */
struct value *partners_checked(struct arena *a, const struct draft *d,
                               enum err *whole);

/* What is signed: the SHA-256 of the checked answers, in the form's order. */
str partners_digest(struct arena *a, const struct value *checked);

/* Adds a sentence a partner who has not signed what the answers say now;
 * *count: how many there are at all. */
enum err partners_missing(struct tx *tx, int64_t draft,
                          const struct value *checked, struct value *missing,
                          size_t *count) MUST_USE;

/* ---- who is told ---- */

struct partners_asked {
    bool joint;
    str name, mobile;
};
/* A letter that somebody is asked to sign, when there is an account of that
 * name and proven mobile; whether there is one nobody is told. */
enum err partners_ask(struct tx *tx, const struct draft *d, str owner,
                      const struct partners_asked *p) MUST_USE;
/* Another letter to the same. */
enum err partners_write(struct tx *tx, const struct draft *d, str name,
                        str mobile, str title, str body) MUST_USE;
/* The owner of a draft: somebody signed, or declined with this reason. */
enum err partners_owner(struct tx *tx, const struct draft *d, int64_t owner,
                        str title, str reason) MUST_USE;
/* After answers were saved: whoever signed others is asked again, once. */
enum err partners_stale(struct tx *tx, const struct draft *d,
                        const struct value *answers) MUST_USE;
/* Those who signed a case hear what its applicant hears; not twice the two
 * accounts that were told already. */
enum err partners_tell(struct tx *tx, str thread, int64_t applicant,
                       int64_t proxy, str title, str text) MUST_USE;
/* The number of the thread a case belongs to: its own unless it is a part. */
enum err partners_thread(struct tx *tx, int64_t parent, str number, str *out)
    MUST_USE;

/* Members `asked` and `together` of 我的办件: what waits for this person's
 * signature, what they signed and was filed. */
enum err partners_mine(struct view *v, struct tx *tx) MUST_USE;

/* Members `partners` of a case's page: role, name, text, drawing, check.
 * number: of the case on the desk it is shown at. */
enum err partners_show(struct view *v, struct tx *tx, str thread, str number,
                       bool desk) MUST_USE;

/* 吴桂香、汪长根, or "": for the receipt. */
enum err partners_names(struct tx *tx, str thread, const char *role, str *out)
    MUST_USE;

/* Did this account sign the case? */
enum err partners_signed(struct tx *tx, str thread, int64_t account, bool *out)
    MUST_USE;

#endif
