/* Inside auth: tokens, digests and the like.  Other rooms see auth.h. */
#ifndef KERNEL_AUTH_SECRET_H
#define KERNEL_AUTH_SECRET_H

#include "base/base.h"

enum {
    TOKEN_BYTES = 32,
    TOKEN_TEXT = 43,  /* base64url without padding */
    DIGEST_TEXT = 64, /* hex */
};

/* 32 random bytes as text. */
str auth_token_new(struct arena *a);

/* True for what auth_token_new could have made: right length and letters. */
bool auth_token_ok(str token);

/* SHA-256 of a token, in hex: what the database keeps, so that whoever reads
 * the database cannot use the sessions in it. */
str auth_token_digest(struct arena *a, str token);

/* The password of an account that does not exist: checking against it takes
 * as long as checking against a real one. */
str auth_dummy_hash(void);

/* How many Argon2id may be computed at the same time. */
void auth_password_limit(int hashes);

/*
 * The step of the given six digits if they belong to one of the three steps
 * around `now` and the step is after `last` (no code works twice), else -1.
 */
int64_t auth_totp_match(str secret, str digits, inst now, int64_t last);

/* Base32 of RFC 4648 without padding; str_none for what is no base32. */
str auth_base32_write(struct arena *a, str bytes);
str auth_base32_read(struct arena *a, str text);

#endif
