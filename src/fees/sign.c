/* Signatures of what goes to the payment platform and comes from it. */
#include "fees/fees.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

static const struct {
    const char *name, *prefix;
} digests[] = { [FEE_SM3] = { "SM3", "sm3=" },
                [FEE_SHA256] = { "SHA256", "sha256=" } };

enum { DIGEST = 32 };

str fee_sign(struct arena *a, enum fee_digest digest, str key, str what,
             str text)
{
    unsigned char mac[DIGEST];
    size_t n = 0;
    str all = arena_printf(a, "%.*s\n%.*s", STR_ARG(what), STR_ARG(text));
    if (key.n == 0 ||
        EVP_Q_mac(NULL, "HMAC", NULL, digests[digest].name, NULL, key.p, key.n,
                  (const unsigned char *)all.p, all.n, mac, sizeof mac,
                  &n) == NULL ||
        n != DIGEST)
        return str_none;
    char hex[FEE_HEX + 1];
    for (size_t i = 0; i < DIGEST; i++) {
        hex[2 * i] = "0123456789abcdef"[mac[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[mac[i] & 15];
    }
    hex[FEE_HEX] = 0;
    return arena_printf(a, "%s%s", digests[digest].prefix, hex);
}

bool fee_signed(struct arena *a, str key, str what, str text, str signature)
{
    for (int d = FEE_SM3; d <= FEE_SHA256; d++) {
        if (!str_starts(signature, str_of(digests[d].prefix)))
            continue;
        str right = fee_sign(a, (enum fee_digest)d, key, what, text);
        return !str_is_none(right) && right.n == signature.n &&
               CRYPTO_memcmp(right.p, signature.p, right.n) == 0;
    }
    return false;
}
