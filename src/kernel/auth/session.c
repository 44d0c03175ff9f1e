/*
 * Sessions: a random token in a cookie, its digest in a row, the row in a
 * cache.
 */
#include "kernel/auth/session.h"

#include "kernel/auth/cache.h"

#include <stdlib.h>
#include <string.h>

static struct auth_options options = {
    .staff_idle = 30 * 60,
    .resident_idle = 12 * 3600,
    .staff_max = 12 * 3600,
    .resident_max = 24 * 3600,
    .terminal_idle = 5 * 60,
    .terminal_max = 3600,
    .hashes = 2,
    .staff_home = "/account",
    .resident_home = "/account",
};

enum { SEEN_EVERY_MS = 60000 };

void auth_configure(const struct auth_options *o)
{
#define TAKE(member) \
    if (o->member) \
        options.member = o->member
    TAKE(staff_idle);
    TAKE(resident_idle);
    TAKE(staff_max);
    TAKE(resident_max);
    TAKE(terminal_idle);
    TAKE(terminal_max);
    TAKE(hashes);
    TAKE(staff_home);
    TAKE(resident_home);
    TAKE(demo);
#undef TAKE
    auth_password_limit(options.hashes);
}

const struct auth_options *auth_options_now(void)
{
    return &options;
}

/* ---- recognising ---- */

static const struct who nobody = {
    .name = { "", 0 }, .unit = { "", 0 }, .role = { "anyone", 6 },
    .via = { "web", 3 },
};

static const struct who *who_of(struct arena *a, const struct auth_hot *hot)
{
    struct who *w = ARENA_NEW(a, struct who);
    w->account = hot->account;
    w->name = arena_str(a, str_of(hot->name));
    w->unit = arena_str(a, str_of(hot->unit));
    w->role = arena_str(a, str_of(hot->role));
    w->via = arena_str(a, str_of(hot->via));
    return w;
}

/* False when it does not fit: the session then is read again each time. */
static bool copy(char *to, size_t size, str s)
{
    if (s.n >= size)
        return false;
    memcpy(to, s.p ? s.p : "", s.n);
    to[s.n] = 0;
    return true;
}

/* Seconds without a request: the next person at a terminal is waiting. */
static int idle_of(bool staff, str via)
{
    return staff                  ? options.staff_idle
           : str_is(via, "kiosk") ? options.terminal_idle
                                  : options.resident_idle;
}

/* A session that has run out, or whose desk is gone, is nobody's. */
static bool alive(const struct tx *tx, const struct auth_session_one *s)
{
    bool staff = str_is(s->kind, "staff");
    int idle = idle_of(staff, s->via);
    return tx->now.ms < s->expires.ms &&
           tx->now.ms - s->seen.ms < idle * 1000LL &&
           (!staff || !str_is_none(s->role));
}

static const struct who *who_of_row(struct tx *tx,
                                    const struct auth_session_one *s)
{
    struct who *w = ARENA_NEW(tx->arena, struct who);
    bool staff = str_is(s->kind, "staff");
    w->account = s->account;
    w->name = staff ? s->name : auth_mask_name(tx->arena, s->name);
    w->unit = staff ? s->unit : STR("");
    w->role = staff ? s->role : STR("resident");
    w->via = s->via;
    return w;
}

static void keep(struct tx *tx, str digest, const struct auth_session_one *s,
                 const struct who *w)
{
    struct auth_hot hot = {
        .account = s->account,
        .idle = idle_of(str_is(s->kind, "staff"), s->via),
        .expires = s->expires, .seen = tx->now, .read = tx->now,
        .written = s->seen,
    };
    if (tx->now.ms - s->seen.ms >= SEEN_EVERY_MS)
        hot.written = tx->now; /* we write it ourselves, just now */
    if (copy(hot.name, sizeof hot.name, w->name) &&
        copy(hot.unit, sizeof hot.unit, w->unit) &&
        copy(hot.role, sizeof hot.role, w->role) &&
        copy(hot.via, sizeof hot.via, w->via))
        auth_cache_keep(digest, &hot);
}

/* ---- "seen", written behind ---- */

struct seen {
    struct command command;
    struct arena arena;
    char digest[DIGEST_TEXT];
};

static enum err seen_run(struct command *c, struct tx *tx)
{
    struct seen *s = (struct seen *)c;
    return auth_session_seen(tx, (str){ s->digest, DIGEST_TEXT }, tx->now,
                             NULL);
}

static void seen_done(struct command *c, enum err e)
{
    (void)e; /* the next minute tries again */
    struct seen *s = (struct seen *)c;
    arena_free(&s->arena);
    free(s);
}

static void write_seen(const struct tx *tx, str digest)
{
    struct seen *s = calloc(1, sizeof *s);
    if (!s)
        return;
    memcpy(s->digest, digest.p, DIGEST_TEXT);
    s->command.run = seen_run;
    s->command.done = seen_done;
    s->command.tx = (struct tx){ .arena = &s->arena, .store = tx->store,
                                 .who = &nobody, .calendar = tx->calendar,
                                 .now = tx->now, .client = STR(""),
                                 .request_id = STR("") };
    if (store_submit(tx->store, &s->command) != OK)
        seen_done(&s->command, ERR_BUSY);
}

static enum err read_session(struct tx *tx, str digest, const struct who **out)
{
    struct auth_session_one s;
    enum err e = auth_session_one(tx, digest, tx_today(tx), &s);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e != OK)
        return e;
    if (!alive(tx, &s))
        return OK;
    *out = who_of_row(tx, &s);
    keep(tx, digest, &s, *out);
    if (tx->now.ms - s.seen.ms >= SEEN_EVERY_MS)
        write_seen(tx, digest);
    return OK;
}

enum err auth_recognise(struct tx *tx, str token, const struct who **out)
{
    struct auth_hot hot;
    bool write;
    *out = &nobody;
    if (!auth_token_ok(token))
        return OK;
    str digest = auth_token_digest(tx->arena, token);
    if (!auth_cache_find(digest, tx->now, &hot, &write))
        return read_session(tx, digest, out);
    *out = who_of(tx->arena, &hot);
    if (write)
        write_seen(tx, digest);
    return OK;
}

/* ---- opening, moving, closing ---- */

enum err auth_posts_today(struct tx *tx, int64_t account,
                          struct auth_posts_of **out, size_t *n)
{
    return auth_posts_of(tx, account, tx_today(tx), out, n);
}

/* The channel a desk works through: 窗口代收, 村级代办 are recorded as such. */
static str via_of(str role)
{
    if (str_is(role, "window") || str_is(role, "agent"))
        return role;
    return STR("web");
}

enum err auth_session_open(struct tx *tx, int64_t account, str kind,
                           bool terminal, str digest, str *role)
{
    int64_t post = INT_NONE;
    int seconds = terminal ? options.terminal_max : options.resident_max;
    *role = STR("resident");
    if (str_is(kind, "staff")) {
        struct auth_posts_of *posts;
        size_t n;
        enum err e = auth_posts_today(tx, account, &posts, &n);
        if (e != OK)
            return e;
        if (n == 0)
            return ERR_DENIED;
        post = posts[0].id;
        *role = posts[0].role;
        seconds = options.staff_max;
        terminal = false; /* who registers it sits at a desk */
    }
    return auth_session_insert(tx, digest, account, post, tx->now,
                               (inst){ tx->now.ms + seconds * 1000LL },
                               terminal ? STR("kiosk") : via_of(*role),
                               tx->client);
}

enum err auth_session_close(struct tx *tx, str token)
{
    if (!auth_token_ok(token))
        return OK;
    str digest = auth_token_digest(tx->arena, token);
    auth_cache_revoke(digest, tx->now);
    return auth_session_end(tx, digest, NULL);
}

enum err auth_session_close_others(struct tx *tx, int64_t account, str token)
{
    str mine = auth_token_ok(token) ? auth_token_digest(tx->arena, token)
                                    : STR("");
    struct auth_sessions_of *rows;
    size_t n;
    enum err e = auth_sessions_of(tx, account, &rows, &n);
    if (e != OK)
        return e;
    for (size_t i = 0; i < n; i++)
        if (!str_eq(rows[i].digest, mine))
            auth_cache_revoke(rows[i].digest, tx->now);
    return auth_session_end_others(tx, account, mine, NULL);
}

enum err auth_session_move(struct tx *tx, str token, int64_t post, str role)
{
    if (!auth_token_ok(token))
        return ERR_DENIED;
    str digest = auth_token_digest(tx->arena, token);
    auth_cache_revoke(digest, tx->now);
    return auth_session_post(tx, digest, post, via_of(role));
}
