/*
 * partners -- who else signs an application: co-applicants and the principal a
 * proxy acts for (民法典 第一百六十五条).
 */
#ifndef SERVICES_PARTNERS_H
#define SERVICES_PARTNERS_H

#include "services/draft.h"

enum { PARTNERS_MOST = 10 };

/* What is signed: the SHA-256 of the checked answers, in the form's order. */
str partners_digest(struct arena *a, const struct value *checked);

/* Adds a sentence a partner who has not signed what the answers say now;
 * *count: how many there are at all. */
enum err partners_missing(struct tx *tx, int64_t draft,
                          const struct value *checked, struct value *missing,
                          size_t *count) MUST_USE;

/* Members `partners` of a case's page: role, name, text, drawing. */
enum err partners_show(struct view *v, struct tx *tx, str thread) MUST_USE;

/* 吴桂香、汪长根, or "": for the receipt. */
enum err partners_names(struct tx *tx, str thread, const char *role, str *out)
    MUST_USE;

/* Did this account sign the case? */
enum err partners_signed(struct tx *tx, str thread, int64_t account, bool *out)
    MUST_USE;

#endif
