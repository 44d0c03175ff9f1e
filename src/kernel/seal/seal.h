/*
 * seal -- the signing room: organisations' keys and what is signed.
 *
 * Every organisation has pairs of keys, numbered 1, 2, 3 …: one for SM2 with
 * SM3 (GM/T 0003, GM/T 0004) and one for ECDSA P-256 with SHA-256.  Both sign
 * the same bytes, so that whoever has only one of the two can check.  The pair
 * with the highest number signs; the older ones only verify (电子签名法
 * 第十三条: 签署时电子签名制作数据仅由电子签名人控制).
 *
 * Keys are files of DATA/seal, the secret ones of mode 0600: they are never in
 * the database, a dump, a log or a page.  Nothing is held in memory between two
 * signatures, so a new key is used from the next one on without a restart.
 */
#ifndef KERNEL_SEAL_H
#define KERNEL_SEAL_H

#include "base/base.h"

enum {
    SEAL_HEX = 64,      /* letters of a digest, SHA-256 and SM3 alike */
    SEAL_UNIT = 20,     /* bytes of an organisation's code */
    SEAL_SERIALS = 999, /* pairs of one organisation */
};

/* Where keys live, DATA/seal: made with mode 0700 if absent; before any other
 * call.  *problem is a sentence for the operator. */
enum err seal_open(const char *dir, str *problem) MUST_USE;

/* Makes the next pair of an organisation: *serial is its number.  ERR_INPUT for
 * a code that is none, ERR_STORE when it cannot be kept. */
enum err seal_new(str unit, int *serial) MUST_USE;

/* The number of the pair that signs now; ERR_NOTFOUND when there is none. */
enum err seal_current(str unit, int *serial) MUST_USE;

struct seal_signature {
    str sm2, ecdsa; /* DER in hex, lower-case; in the arena */
};

/* Signs with one pair.  ERR_NOTFOUND without it, ERR_STORE when a key cannot be
 * read or OpenSSL refuses. */
enum err seal_sign(struct arena *a, str unit, int serial, str bytes,
                   struct seal_signature *out) MUST_USE;

enum seal_verdict {
    SEAL_GOOD,    /* both signatures are of this pair and these bytes */
    SEAL_BAD,     /* one of them is not: bytes or signature were changed */
    SEAL_UNKNOWN, /* there is no such pair here: nobody can say */
};
enum seal_verdict seal_verify(str unit, int serial, str bytes,
                              const struct seal_signature *signature);

/* The public halves as PEM, in the arena; ERR_NOTFOUND. */
enum err seal_public(struct arena *a, str unit, int serial, str *sm2,
                     str *ecdsa) MUST_USE;

/* Digests in hex, in the arena; none when OpenSSL refuses. */
str seal_sha256(struct arena *a, str bytes);
str seal_sm3(struct arena *a, str bytes);

/* Random letters that are hard to mix up (no I, L, O, U): 5 bits each. */
str seal_secret(struct arena *a, int letters);

/* zhengtong seal new|list --data DIR [--unit CODE] */
int seal_command(int argc, char **argv);

#endif
