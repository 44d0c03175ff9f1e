/*
 * The same submission again.
 *
 * A program whose connection broke does not know whether it was heard.  With an
 * Idempotency-Key it may simply ask again: the first answer is kept in the
 * transaction of the thing itself, so there is one exactly when the thing was
 * done, and the writer does one command at a time, so two copies can never
 * overtake each other.  A key belongs to an account; the same key for something
 * else is refused.
 */
#include "kernel/http/inside.h"
#include "kernel/http/queries.gen.h"

#include <sodium.h>

enum { KEEP_DAYS = 7 };

static str hex_of(struct request *rq, crypto_hash_sha256_state *hash)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_alloc(&rq->arena, 2 * sizeof digest + 1);
    crypto_hash_sha256_final(hash, digest);
    sodium_bin2hex(hex, 2 * sizeof digest + 1, digest, sizeof digest);
    return (str){ hex, 2 * sizeof digest };
}

static void add(crypto_hash_sha256_state *hash, str s)
{
    static const unsigned char end = 0;
    crypto_hash_sha256_update(hash, (const unsigned char *)s.p, s.n);
    crypto_hash_sha256_update(hash, &end, 1);
}

static str key_digest(struct request *rq)
{
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    add(&hash, arena_printf(&rq->arena, "%lld",
                            (long long)rq->who->account));
    add(&hash, rq->heads.idempotency);
    return hex_of(rq, &hash);
}

/* Path, inputs and papers; not the session's token, which may be a new one. */
static str asked_digest(struct request *rq)
{
    crypto_hash_sha256_state hash;
    struct buf text = { 0 };
    crypto_hash_sha256_init(&hash);
    add(&hash, rq->uri);
    for (const struct value *v = rq->inputs ? rq->inputs->first : NULL; v;
         v = v->next) {
        if (str_is(v->key, "csrf"))
            continue;
        add(&hash, v->key);
        buf_clear(&text);
        value_write_json(v, &text);
        add(&hash, buf_str(&text));
    }
    for (int i = 0; i < rq->uploads; i++)
        add(&hash, rq->upload[i].sha256);
    buf_free(&text);
    return hex_of(rq, &hash);
}

bool replay_wanted(const struct request *rq)
{
    str key = rq->heads.idempotency;
    return key.n > 0 && key.n <= HTTP_KEY_BYTES &&
           !(rq->route->flags & ROUTE_NO_CSRF);
}

enum err replay_find(struct request *rq, struct tx *tx, bool *found)
{
    struct http_answer_find row;
    str problem;
    enum err e = http_answer_find(tx, key_digest(rq), &row);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    if (!str_eq(row.asked, asked_digest(rq)))
        return rq_fail(rq, ERR_CONFLICT,
                       "这个 Idempotency-Key 已用于另一次提交，请换一个。");
    *found = true;
    rq->location = row.location;
    return value_read_json(&rq->arena, row.body, &rq->view.object, &problem);
}

enum err replay_keep(struct request *rq, struct tx *tx)
{
    str text = value_json(&rq->arena, rq->view.object);
    return http_answer_keep(tx, key_digest(rq), asked_digest(rq),
                            rq->location, text, tx->now);
}

enum err replay_sweep(struct tx *tx, bool *more)
{
    *more = false;
    inst before = { tx->now.ms - KEEP_DAYS * 24LL * 3600 * 1000 };
    return http_answer_sweep(tx, before, NULL);
}
