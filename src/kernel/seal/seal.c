/*
 * Keys as files, signatures by OpenSSL's EVP.
 *
 * UNIT-N.sm2.key and UNIT-N.ec.key are the secret halves, .pub the public ones.
 * A pair is written under temporary names, synced, and the public half of
 * ECDSA -- the mark by which a pair is there -- renamed last: a power cut
 * leaves no half pair.  An operator may take away the secret half of an old
 * pair; what it signed is verified as before.
 */
#include "kernel/seal/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 512, DER = 128 };

static char folder[PATH / 2];
static char trouble[PATH];

/* The two ways to sign.  SM2 signs with the identity GM/T 0009 names for those
 * who have agreed on no other. */
static const struct way {
    const char *curve, *name;
    bool sm;
} ways[] = { { "SM2", "sm2", true }, { "P-256", "ec", false } };

static const char identity[] = "1234567812345678";

enum err seal_open(const char *dir, str *problem)
{
    if (strlen(dir) >= sizeof folder) {
        *problem = STR("印章密钥目录的路径太长。");
        return ERR_STORE;
    }
    strncpy(folder, dir, sizeof folder - 1);
    if (mkdir(dir, 0700) == 0 || errno == EEXIST)
        return OK;
    snprintf(trouble, sizeof trouble,
             "无法建立印章密钥目录 %s（%s），请检查上级目录和权限。", dir,
             strerror(errno));
    *problem = str_of(trouble);
    return ERR_STORE;
}

static bool is_unit(str unit)
{
    for (size_t i = 0; i < unit.n; i++) {
        char c = unit.p[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            return false;
    }
    return unit.n > 0 && unit.n <= SEAL_UNIT && folder[0];
}

static void path_of(char out[PATH], str unit, int serial, const struct way *w,
                    const char *kind)
{
    snprintf(out, PATH, "%s/%.*s-%d.%s.%s", folder, STR_ARG(unit), serial,
             w->name, kind);
}

static bool there(str unit, int serial)
{
    char path[PATH];
    path_of(path, unit, serial, &ways[1], "pub");
    return access(path, R_OK) == 0;
}

enum err seal_current(str unit, int *serial)
{
    int n = 0;
    if (!is_unit(unit))
        return ERR_NOTFOUND;
    while (n < SEAL_SERIALS && there(unit, n + 1))
        n++;
    if (n == 0)
        return ERR_NOTFOUND;
    *serial = n;
    return OK;
}

/* ---- making a pair ---- */

static bool write_key(const char *path, EVP_PKEY *key, bool secret)
{
    char part[PATH + 8];
    snprintf(part, sizeof part, "%s.part", path);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC, secret ? 0600 : 0644);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (f == NULL) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool ok = secret ? PEM_write_PrivateKey(f, key, NULL, NULL, 0, NULL, NULL)
                     : PEM_write_PUBKEY(f, key);
    ok = ok && fflush(f) == 0 && fsync(fd) == 0;
    return fclose(f) == 0 && ok && rename(part, path) == 0;
}

static bool make(str unit, int serial, const struct way *w)
{
    char secret[PATH], open_half[PATH];
    EVP_PKEY *key = w->sm ? EVP_PKEY_Q_keygen(NULL, NULL, "SM2")
                          : EVP_PKEY_Q_keygen(NULL, NULL, "EC", w->curve);
    path_of(secret, unit, serial, w, "key");
    path_of(open_half, unit, serial, w, "pub");
    bool ok = key && write_key(secret, key, true) &&
              write_key(open_half, key, false);
    EVP_PKEY_free(key);
    return ok;
}

static void sync_folder(void)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return;
    (void)!fsync(fd);
    close(fd);
}

enum err seal_new(str unit, int *serial)
{
    int n = 0;
    if (!is_unit(unit))
        return ERR_INPUT;
    enum err e = seal_current(unit, &n);
    if ((e != OK && e != ERR_NOTFOUND) || n == SEAL_SERIALS)
        return ERR_STORE;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (!make(unit, n + 1, &ways[i]))
            return ERR_STORE;
    sync_folder();
    *serial = n + 1;
    return OK;
}

/* ---- signing ---- */

static EVP_PKEY *read_key(str unit, int serial, const struct way *w,
                          bool secret)
{
    char path[PATH];
    path_of(path, unit, serial, w, secret ? "key" : "pub");
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return NULL;
    EVP_PKEY *key = secret ? PEM_read_PrivateKey(f, NULL, NULL, NULL)
                           : PEM_read_PUBKEY(f, NULL, NULL, NULL);
    fclose(f);
    return key;
}

/* A context that signs or verifies with this key in this way; NULL. */
static EVP_MD_CTX *context_of(EVP_PKEY *key, const struct way *w, bool sign)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *pk = EVP_PKEY_CTX_new(key, NULL);
    const EVP_MD *digest = w->sm ? EVP_sm3() : EVP_sha256();
    bool ok = md && pk;
    if (ok && w->sm)
        ok = EVP_PKEY_CTX_set1_id(pk, identity, sizeof identity - 1) == 1;
    if (ok) {
        EVP_MD_CTX_set_pkey_ctx(md, pk);
        ok = sign ? EVP_DigestSignInit(md, NULL, digest, NULL, key) == 1
                  : EVP_DigestVerifyInit(md, NULL, digest, NULL, key) == 1;
    }
    if (ok)
        return md;
    EVP_MD_CTX_free(md);
    EVP_PKEY_CTX_free(pk);
    return NULL;
}

/* The key's own context is not freed with the digest's: both are here. */
static void context_free(EVP_MD_CTX *md)
{
    EVP_PKEY_CTX *pk = md ? EVP_MD_CTX_get_pkey_ctx(md) : NULL;
    EVP_MD_CTX_free(md);
    EVP_PKEY_CTX_free(pk);
}

static str hex(struct arena *a, const unsigned char *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    char *out = arena_alloc(a, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[p[i] >> 4];
        out[2 * i + 1] = digits[p[i] & 15];
    }
    return (str){ out, 2 * n };
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of a signature in hex; 0 when it is none. */
static size_t unhex(str s, unsigned char out[DER])
{
    if (s.n % 2 || s.n / 2 > DER)
        return 0;
    for (size_t i = 0; i < s.n / 2; i++) {
        int high = digit(s.p[2 * i]), low = digit(s.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return 0;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return s.n / 2;
}

static enum err sign_one(struct arena *a, str unit, int serial,
                         const struct way *w, str bytes, str *out)
{
    unsigned char der[DER];
    size_t n = sizeof der;
    EVP_PKEY *key = read_key(unit, serial, w, true);
    if (key == NULL)
        return there(unit, serial) ? ERR_STORE : ERR_NOTFOUND;
    EVP_MD_CTX *md = context_of(key, w, true);
    bool ok = md && EVP_DigestSign(md, der, &n,
                                   (const unsigned char *)bytes.p,
                                   bytes.n) == 1;
    context_free(md);
    EVP_PKEY_free(key);
    if (!ok)
        return ERR_STORE;
    *out = hex(a, der, n);
    return OK;
}

enum err seal_sign(struct arena *a, str unit, int serial, str bytes,
                   struct seal_signature *out)
{
    struct seal_signature both;
    if (!is_unit(unit))
        return ERR_NOTFOUND;
    enum err e = sign_one(a, unit, serial, &ways[0], bytes, &both.sm2);
    if (e == OK)
        e = sign_one(a, unit, serial, &ways[1], bytes, &both.ecdsa);
    if (e == OK)
        *out = both;
    return e;
}

static enum seal_verdict verify_one(str unit, int serial, const struct way *w,
                                    str bytes, str signature)
{
    unsigned char der[DER];
    size_t n = unhex(signature, der);
    EVP_PKEY *key = read_key(unit, serial, w, false);
    if (key == NULL)
        return SEAL_UNKNOWN;
    EVP_MD_CTX *md = n ? context_of(key, w, false) : NULL;
    bool good = md && EVP_DigestVerify(md, der, n,
                                       (const unsigned char *)bytes.p,
                                       bytes.n) == 1;
    context_free(md);
    EVP_PKEY_free(key);
    return good ? SEAL_GOOD : SEAL_BAD;
}

enum seal_verdict seal_verify(str unit, int serial, str bytes,
                              const struct seal_signature *s)
{
    if (!is_unit(unit))
        return SEAL_UNKNOWN;
    enum seal_verdict v = verify_one(unit, serial, &ways[0], bytes, s->sm2);
    return v == SEAL_GOOD ? verify_one(unit, serial, &ways[1], bytes, s->ecdsa)
                          : v;
}

/* ---- what everybody may have ---- */

static bool read_pem(struct arena *a, str unit, int serial,
                     const struct way *w, str *out)
{
    char path[PATH], text[1024];
    path_of(path, unit, serial, w, "pub");
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    size_t n = fread(text, 1, sizeof text, f);
    fclose(f);
    *out = arena_str(a, (str){ text, n });
    return n > 0;
}

enum err seal_public(struct arena *a, str unit, int serial, str *sm2,
                     str *ecdsa)
{
    if (is_unit(unit) && read_pem(a, unit, serial, &ways[0], sm2) &&
        read_pem(a, unit, serial, &ways[1], ecdsa))
        return OK;
    return ERR_NOTFOUND;
}

static str digest(struct arena *a, str bytes, const EVP_MD *md)
{
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned int n = 0;
    if (EVP_Digest(bytes.p, bytes.n, out, &n, md, NULL) != 1)
        return str_none;
    return hex(a, out, n);
}

str seal_sha256(struct arena *a, str bytes)
{
    return digest(a, bytes, EVP_sha256());
}

str seal_sm3(struct arena *a, str bytes)
{
    return digest(a, bytes, EVP_sm3());
}

str seal_secret(struct arena *a, int letters)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char *out = arena_alloc(a, (size_t)letters + 1);
    if (RAND_bytes((unsigned char *)out, letters) != 1)
        return str_none;
    for (int i = 0; i < letters; i++)
        out[i] = alphabet[out[i] & 31];
    return (str){ out, (size_t)letters };
}
