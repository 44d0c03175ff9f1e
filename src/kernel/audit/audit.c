/*
 * The chain of entries.
 *
 * digest = SHA-256 of the columns in the order of the table, digest left out,
 * and of the digest of the entry before (32 zero bytes for the first).  A
 * number is 8 bytes, the most significant first; a text or digest is its length
 * as such a number, then its bytes.  With lengths in front no two different
 * entries read alike, and the form can be checked by any program in twenty
 * lines.
 *
 * The head (seq and digest of the last entry) lives in the writer's memory,
 * which the store restores when a command rolls back; after a failed group it
 * is unknown and asked for again.
 */
#include "kernel/audit/audit.h"

#include "kernel/audit/queries.gen.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { DIGEST = 32, PAGE_ENTRIES = 2000 };

struct head {
    bool known;
    int64_t seq;
    unsigned char digest[DIGEST];
};
_Static_assert(sizeof(struct head) <= STORE_MEMORY, "the writer's memory");

/* ---- the digest of an entry ---- */

static void put_number(struct buf *b, int64_t v)
{
    uint64_t u = (uint64_t)v;
    char *p = buf_room(b, 8);
    for (int i = 7; i >= 0; i--, u >>= 8)
        p[i] = (char)u;
    b->n += 8;
}

static void put_text(struct buf *b, str s)
{
    put_number(b, (int64_t)s.n);
    buf_put(b, s);
}

static str bytes_of(const unsigned char digest[DIGEST])
{
    return (str){ (const char *)digest, DIGEST };
}

/* prev: the digest of the entry before.  False only without memory. */
static bool digest_of(const struct audit_page *e,
                      const unsigned char prev[DIGEST], struct buf *b,
                      unsigned char out[DIGEST])
{
    buf_clear(b);
    put_number(b, e->seq);
    put_number(b, e->at.ms);
    put_number(b, e->account);
    put_text(b, e->actor);
    put_text(b, e->unit);
    put_text(b, e->role);
    put_text(b, e->via);
    put_text(b, e->client);
    put_text(b, e->action);
    put_text(b, e->object);
    put_text(b, e->detail);
    put_text(b, e->request);
    put_text(b, bytes_of(prev));
    return EVP_Digest(b->p, b->n, out, NULL, EVP_sha256(), NULL) == 1;
}

/* ---- writing ---- */

static enum err load_head(struct tx *tx, struct head *h)
{
    struct audit_last last;
    enum err e = audit_last(tx, &last);
    if (e == ERR_NOTFOUND) {
        h->known = true; /* seq 0 and a zero digest: an empty chain */
        return OK;
    }
    if (e != OK)
        return e;
    if (last.digest.n != DIGEST)
        return ERR_STORE;
    h->seq = last.seq;
    memcpy(h->digest, last.digest.p, DIGEST);
    h->known = true;
    return OK;
}

/* "" where there is nothing: a column of the chain is never NULL. */
static str said(str s)
{
    return str_is_none(s) ? STR("") : s;
}

enum err audit_note(struct tx *tx, str action, str object, str detail)
{
    struct head *h = store_memory(tx);
    enum err e = h->known ? OK : load_head(tx, h);
    if (e != OK)
        return e;

    const struct who *w = tx->who;
    struct audit_page n = {
        .seq = h->seq + 1, .at = tx->now, .account = w->account,
        .actor = said(w->name), .unit = said(w->unit), .role = said(w->role),
        .via = said(w->via), .client = said(tx->client),
        .action = said(action), .object = said(object),
        .detail = said(detail), .request = said(tx->request_id),
    };
    struct buf b = { 0 };
    /* In the arena: the statement may be sent after we have returned. */
    unsigned char *digest = arena_alloc(tx->arena, DIGEST);
    bool hashed = digest_of(&n, h->digest, &b, digest);
    buf_free(&b);
    if (!hashed)
        return ERR_STORE;

    e = audit_insert(tx, n.seq, n.at, n.account, n.actor, n.unit, n.role,
                     n.via, n.client, n.action, n.object, n.detail, n.request,
                     bytes_of(digest), NULL);
    if (e != OK)
        return e;
    h->seq = n.seq;
    memcpy(h->digest, digest, DIGEST);
    tx->notes++;
    return OK;
}

/* ---- looking ---- */

struct look {
    struct command command; /* first: run() and done() get a pointer to it */
    struct arena arena;
    struct who who;
    str action, object;
};

static enum err look_run(struct command *c, struct tx *tx)
{
    struct look *l = (struct look *)c;
    return audit_note(tx, l->action, l->object, STR(""));
}

static void look_done(struct command *c, enum err e)
{
    (void)e; /* the store has logged why */
    struct look *l = (struct look *)c;
    arena_free(&l->arena);
    free(l);
}

enum err audit_look(struct tx *tx, str action, str object)
{
    if (tx->writes)
        return audit_note(tx, action, object, STR(""));
    struct look *l = calloc(1, sizeof *l);
    if (l == NULL)
        return ERR_BUSY;
    struct arena *a = &l->arena;
    const struct who *w = tx->who;
    l->who = (struct who){ w->account, arena_str(a, w->name),
                           arena_str(a, w->unit), arena_str(a, w->role),
                           arena_str(a, w->via) };
    l->action = arena_str(a, action);
    l->object = arena_str(a, object);
    l->command.run = look_run;
    l->command.done = look_done;
    l->command.tx = (struct tx){
        .arena = a, .who = &l->who, .now = tx->now,
        .client = arena_str(a, tx->client),
        .request_id = arena_str(a, tx->request_id),
    };
    enum err e = store_submit(tx->store, &l->command);
    if (e != OK) /* who cannot be noted may not look */
        look_done(&l->command, e);
    return e;
}

/* ---- verifying ---- */

static bool fits(const struct audit_page *e, const struct head *before,
                 struct buf *b, unsigned char digest[DIGEST])
{
    return e->seq == before->seq + 1 &&
           digest_of(e, before->digest, b, digest) &&
           str_eq(e->digest, bytes_of(digest));
}

/* Walks one page; false at the first entry that does not fit. */
static bool walk(const struct audit_page *rows, size_t n, struct head *h,
                 struct audit_verdict *v, struct buf *b)
{
    unsigned char digest[DIGEST];
    for (size_t i = 0; i < n; i++) {
        if (!fits(&rows[i], h, b, digest)) {
            v->broken = h->seq + 1;
            return false;
        }
        h->seq = rows[i].seq;
        memcpy(h->digest, digest, DIGEST);
        v->entries++;
    }
    return true;
}

static str hex(struct arena *a, const unsigned char digest[DIGEST])
{
    char *p = arena_alloc(a, 2 * DIGEST + 1);
    for (int i = 0; i < DIGEST; i++) {
        p[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        p[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return str_of(p);
}

enum err audit_verify(struct tx *tx, struct audit_verdict *out)
{
    struct arena pages = arena_make(0); /* one page at a time, not millions */
    struct tx inner = *tx;
    inner.arena = &pages;
    struct audit_verdict v = { 0 };
    struct head h = { .known = true };
    struct buf b = { 0 };
    struct audit_page *rows;
    size_t n = 0;
    enum err e;
    do {
        arena_reset(&pages);
        e = audit_page(&inner, h.seq, PAGE_ENTRIES, &rows, &n);
    } while (e == OK && n > 0 && walk(rows, n, &h, &v, &b));
    buf_free(&b);
    arena_free(&pages);
    if (e != OK)
        return e;
    v.head = hex(tx->arena, h.digest);
    *out = v;
    return OK;
}
