/*
 * Tokens, passwords, one-time codes.  libsodium does the mathematics; the only
 * thing counted here is how many slow hashes run at the same time, because each
 * takes 19 MiB and a core, and log-in must not starve everybody else.
 */
#include "kernel/auth/secret.h"

#include "kernel/auth/auth.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

/* OWASP's least: 19 MiB, two passes; 25 ms on the machine we measured. */
enum { HASH_MEMORY = 19 << 20, HASH_PASSES = 2 };

static void sodium_ready(void)
{
    int e = sodium_init(); /* idempotent and safe between threads */
    assert(e >= 0);
    (void)e;
}

/* ---- tokens ---- */

str auth_token_new(struct arena *a)
{
    unsigned char bytes[TOKEN_BYTES];
    char *text = arena_alloc(a, TOKEN_TEXT + 1);
    sodium_ready();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, TOKEN_TEXT + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
    return (str){ text, TOKEN_TEXT };
}

bool auth_token_ok(str token)
{
    if (token.n != TOKEN_TEXT)
        return false;
    for (size_t i = 0; i < token.n; i++) {
        char c = token.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return true;
}

str auth_token_digest(struct arena *a, str token)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *text = arena_alloc(a, DIGEST_TEXT + 1);
    crypto_hash_sha256(digest, (const unsigned char *)token.p, token.n);
    sodium_bin2hex(text, DIGEST_TEXT + 1, digest, sizeof digest);
    return (str){ text, DIGEST_TEXT };
}

/*
 * The form's token is made from the session's by a one-way function, so a page
 * that leaks its form leaks no session, and nothing has to be stored.
 */
str auth_csrf(struct arena *a, str session_token)
{
    static const char purpose[] = "zhengtong form of this session";
    unsigned char mac[32];
    unsigned int n = sizeof mac;
    char *text = arena_alloc(a, TOKEN_TEXT + 1);
    const unsigned char *key = (const unsigned char *)session_token.p;
    HMAC(EVP_sha256(), key ? key : (const unsigned char *)"",
         (int)session_token.n, (const unsigned char *)purpose,
         sizeof purpose - 1, mac, &n);
    sodium_bin2base64(text, TOKEN_TEXT + 1, mac, sizeof mac,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return (str){ text, TOKEN_TEXT };
}

bool auth_csrf_ok(str session_token, str given)
{
    struct arena a = { 0 };
    str wanted = auth_csrf(&a, session_token);
    bool same = given.n == wanted.n &&
                sodium_memcmp(given.p, wanted.p, wanted.n) == 0;
    arena_free(&a);
    return same;
}

/* ---- passwords ---- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int limit, running;
} gate = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 2, 0 };

void auth_password_limit(int hashes)
{
    pthread_mutex_lock(&gate.lock);
    gate.limit = hashes;
    pthread_mutex_unlock(&gate.lock);
}

static void gate_enter(void)
{
    sodium_ready();
    pthread_mutex_lock(&gate.lock);
    while (gate.running >= gate.limit)
        pthread_cond_wait(&gate.freed, &gate.lock);
    gate.running++;
    pthread_mutex_unlock(&gate.lock);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate.lock);
    gate.running--;
    pthread_cond_signal(&gate.freed);
    pthread_mutex_unlock(&gate.lock);
}

str auth_hash_password(struct arena *a, str password)
{
    char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);
    gate_enter();
    int failed = crypto_pwhash_str_alg(hash, password.p ? password.p : "",
                                       password.n, HASH_PASSES, HASH_MEMORY,
                                       crypto_pwhash_ALG_ARGON2ID13);
    gate_leave();
    return failed ? str_none : str_of(hash);
}

bool auth_check_password(str password, str hash)
{
    char stored[crypto_pwhash_STRBYTES];
    if (hash.n >= sizeof stored)
        return false;
    memset(stored, 0, sizeof stored);
    if (hash.n)
        memcpy(stored, hash.p, hash.n);
    gate_enter();
    bool right = crypto_pwhash_str_verify(stored,
                                          password.p ? password.p : "",
                                          password.n) == 0;
    gate_leave();
    return right;
}

static char dummy[crypto_pwhash_STRBYTES];

static void make_dummy(void)
{
    struct arena a = { 0 };
    str hash = auth_hash_password(&a, auth_token_new(&a));
    if (hash.n)
        memcpy(dummy, hash.p, hash.n);
    arena_free(&a);
}

str auth_dummy_hash(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_dummy);
    return str_of(dummy);
}

/* ---- one-time codes, RFC 6238 and RFC 4226 ---- */

enum { TOTP_SECONDS = 30, TOTP_DIGITS = 6 };

int auth_totp(str secret, int64_t step)
{
    unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
    unsigned int n = sizeof mac;
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)(step >> (56 - 8 * i));
    HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, mac, &n);
    int at = mac[n - 1] & 0xf;
    int64_t code = (int64_t)(mac[at] & 0x7f) << 24 | mac[at + 1] << 16 |
                   mac[at + 2] << 8 | mac[at + 3];
    return (int)(code % 1000000);
}

int64_t auth_totp_match(str secret, str digits, inst now, int64_t last)
{
    int64_t given, found = -1;
    if (secret.n == 0 || digits.n != TOTP_DIGITS || !str_int(digits, &given) ||
        given < 0)
        return -1;
    int64_t current = now.ms / 1000 / TOTP_SECONDS;
    for (int64_t step = current - 1; step <= current + 1; step++)
        if (step > last && auth_totp(secret, step) == given)
            found = step;
    return found;
}
