/*
 * The lanes: what is due is asked for, sent, and its answer brought home.
 *
 * The request is made on a snapshot and sent without any, so that a slow
 * machine outside never holds up a reader or the writer here.
 */
#include "kernel/call/inside.h"
#include "kernel/log/log.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CONNECT_MS = 3000, WHOLE_MS = 10000, NOT_NOW_MS = 60000, POLL_MS = 500 };

static const struct who call_who = {
    .name = { "系统", sizeof "系统" - 1 }, .unit = { "", 0 },
    .role = { "system", 6 }, .via = { "system", 6 },
};

/* ---- one request ---- */

struct exchange {
    struct buf body, header;
    const char *want;
    str rest; /* of the mail being sent */
    bool much;
};

static size_t take_body(char *p, size_t size, size_t n, void *context)
{
    struct exchange *x = context;
    if (x->body.n + size * n > CALL_BODY) {
        x->much = true;
        return 0;
    }
    buf_put(&x->body, (str){ p, size * n });
    return size * n;
}

static size_t take_header(char *p, size_t size, size_t n, void *context)
{
    struct exchange *x = context;
    str line = { p, size * n };
    str name = str_cut(&line, ':');
    size_t want = x->want ? strlen(x->want) : 0;
    if (want && !str_is_none(line) && name.n == want &&
        strncasecmp(name.p, x->want, want) == 0) {
        while (line.n && (line.p[line.n - 1] == '\n' ||
                          line.p[line.n - 1] == '\r'))
            line.n--;
        buf_clear(&x->header);
        buf_put(&x->header, str_trim(line));
    }
    return size * n;
}

static size_t give_mail(char *p, size_t size, size_t n, void *context)
{
    struct exchange *x = context;
    size_t most = size * n < x->rest.n ? size * n : x->rest.n;
    memcpy(p, x->rest.p, most);
    x->rest = str_slice(x->rest, most, x->rest.n);
    return most;
}

static void set_mail(CURL *c, struct arena *a, const struct call_request *r,
                     struct exchange *x, struct curl_slist **to)
{
    x->rest = r->body;
    *to = curl_slist_append(*to, arena_cstr(a, r->to));
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, arena_cstr(a, r->from));
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, *to);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give_mail);
    curl_easy_setopt(c, CURLOPT_READDATA, x);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    if (!str_is_none(r->user) && r->user.n) {
        curl_easy_setopt(c, CURLOPT_USERNAME, arena_cstr(a, r->user));
        curl_easy_setopt(c, CURLOPT_PASSWORD, arena_cstr(a, r->password));
    }
}

static void set_web(CURL *c, struct arena *a, const struct call_request *r,
                    struct curl_slist **heads)
{
    for (int i = 0; i < CALL_HEADERS; i++)
        if (!str_is_none(r->header[i]))
            *heads = curl_slist_append(*heads, arena_cstr(a, r->header[i]));
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, *heads);
    if (strcmp(r->method, "POST") == 0) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)r->body.n);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS,
                         r->body.p ? r->body.p : "");
    }
}

static void set_common(CURL *c, struct arena *a, const struct call_request *r,
                       struct exchange *x)
{
    curl_easy_setopt(c, CURLOPT_URL, arena_cstr(a, r->url));
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR,
                     r->method ? "http,https" : "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)WHOLE_MS);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
}

/* A mail server that refuses one address is there. */
static bool is_away(CURL *c, CURLcode code, long status)
{
    enum { UNKNOWN = 401, FORBIDDEN = 403, BROKEN = 500 };
    long said = 0;
    if (code == CURLE_OK)
        return status >= BROKEN || status == UNKNOWN || status == FORBIDDEN;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &said);
    return said == 0 || code == CURLE_LOGIN_DENIED;
}

/* HTTP's, or what a mail server said no with; 0 when nobody answered. */
static long status_of(CURL *c, CURLcode code, bool mail)
{
    enum { REFUSED = 400 };
    long said = 0;
    if (code == CURLE_OK || mail)
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &said);
    return code == CURLE_OK || said >= REFUSED ? said : 0;
}

void call_make(struct arena *a, const struct call_request *r,
               struct call_answer *out)
{
    struct exchange x = { .want = r->want };
    struct curl_slist *list = NULL;
    CURL *c = curl_easy_init();
    *out = (struct call_answer){ .body = STR(""), .header = STR(""),
                                 .error = STR("") };
    if (c == NULL) {
        out->error = STR("no memory");
        return;
    }
    set_common(c, a, r, &x);
    if (r->method)
        set_web(c, a, r, &list);
    else
        set_mail(c, a, r, &x, &list);
    CURLcode code = curl_easy_perform(c);
    long status = status_of(c, code, r->method == NULL);
    if (code != CURLE_OK)
        out->error = x.much ? STR("the answer is too long")
                            : arena_str(a, str_of(curl_easy_strerror(code)));
    out->status = (int)status;
    out->away = is_away(c, code, status);
    out->body = arena_str(a, buf_str(&x.body));
    out->header = arena_str(a, buf_str(&x.header));
    buf_free(&x.body);
    buf_free(&x.header);
    curl_slist_free_all(list);
    curl_easy_cleanup(c);
}

/* ---- what whoever runs it is told ---- */

enum { MACHINES = 16, HOST = 200 };

/* Machines outside that were away when last asked. */
static struct {
    pthread_mutex_t lock;
    char host[MACHINES][HOST];
} silent = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* http://gateway:8082/sms is the machine http://gateway:8082 */
static str host_of(str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    size_t from = at < 0 ? 0 : (size_t)at + 3;
    ptrdiff_t path = str_find_byte(str_slice(url, from, url.n), '/');
    str host = path < 0 ? url : str_slice(url, 0, from + (size_t)path);
    return host.n < HOST ? host : str_slice(host, 0, HOST - 1);
}

/* True when this is news.  With more machines away than there is room for,
 * those beyond are not told of. */
static bool turned(str host, bool away)
{
    int at = -1, room = -1;
    pthread_mutex_lock(&silent.lock);
    for (int i = 0; i < MACHINES; i++) {
        if (str_is(host, silent.host[i]))
            at = i;
        else if (silent.host[i][0] == 0)
            room = i;
    }
    bool news = away ? at < 0 && room >= 0 : at >= 0;
    if (news && away) {
        memcpy(silent.host[room], host.p, host.n);
        silent.host[room][host.n] = 0;
    } else if (news) {
        silent.host[at][0] = 0;
    }
    pthread_mutex_unlock(&silent.lock);
    return news;
}

/* One line when a machine is away or does not let us in, one when it is back:
 * pages tell of single matters only. */
static void say_away(str kind, str url, const struct call_answer *a)
{
    str host = host_of(url);
    if (!turned(host, a->away))
        return;
    if (!a->away)
        log_info("call %.*s: %.*s answers again", STR_ARG(kind),
                  STR_ARG(host));
    else if (a->error.n)
        log_error("call %.*s: %.*s does not answer (%.*s), tried again by "
                  "itself", STR_ARG(kind), STR_ARG(host), STR_ARG(a->error));
    else
        log_error("call %.*s: %.*s answers HTTP %d, tried again by itself",
                  STR_ARG(kind), STR_ARG(host), a->status);
}

/* ---- one call ---- */

struct calling {
    struct command command;
    const struct call_kind *kind;
    const struct call_due *due;
    struct call_answer answer;
    inst when;     /* not before; none: no reason to wait */
    enum { TELL, DROP, POSTPONE } what;
};

static enum err told(struct tx *tx, struct calling *c)
{
    enum call_fate fate = CALL_AGAIN;
    int tries = (int)c->due->tries + 1;
    c->answer.last = tries >= c->kind->tries;
    enum err e = c->kind->told(tx, c->due->ref, &c->answer, &fate);
    str why = c->answer.error.n
                  ? c->answer.error
                  : arena_printf(tx->arena, "HTTP %d", c->answer.status);
    if (e != OK)
        return e;
    if (fate == CALL_DONE)
        return call_gone(tx, c->due->id);
    if (fate == CALL_OVER || c->answer.last)
        return call_failed(tx, c->due->id, tries, why);
    return call_later(tx, c->due->id, tries,
                      (inst){ tx->now.ms + call_pause(tries) }, why);
}

static enum err bring_home(struct command *command, struct tx *tx)
{
    struct calling *c = (struct calling *)command;
    tx->notes++; /* what is worth an entry the kind notes itself */
    if (c->what == TELL)
        return told(tx, c);
    if (c->what == DROP)
        return call_gone(tx, c->due->id);
    inst when = inst_is_none(c->when) ? (inst){ tx->now.ms + NOT_NOW_MS }
                                      : c->when;
    return call_later(tx, c->due->id, (int)c->due->tries, when,
                      STR("not now"));
}

static enum err ask_kind(struct store *s, struct arena *a, inst now,
                         struct calling *c, struct call_request *r)
{
    struct tx tx = { .arena = a, .who = &call_who, .now = now,
                     .client = STR(""), .request_id = STR("") };
    enum err e = store_begin(s, &tx);
    if (e != OK)
        return e;
    e = c->kind->make(&tx, c->due->ref, r, &c->when);
    store_end(&tx);
    c->what = e == OK ? TELL : e == ERR_NOTFOUND ? DROP : POSTPONE;
    return OK;
}

static enum err one(struct store *s, inst now, const struct call_due *due)
{
    struct arena a = arena_make(0);
    struct call_request r = { .url = str_none };
    struct calling c = { .kind = call_kind_of(due->kind), .due = due,
                         .when = inst_none, .what = DROP };
    for (int i = 0; i < CALL_HEADERS; i++)
        r.header[i] = str_none;
    enum err e = c.kind ? ask_kind(s, &a, now, &c, &r) : OK;
    if (e == OK && c.what == TELL)
        call_make(&a, &r, &c.answer);
    if (e == OK && c.what == TELL)
        say_away(due->kind, r.url, &c.answer);
    c.command = (struct command){ .run = bring_home };
    c.command.tx = (struct tx){ .arena = &a, .store = s, .who = &call_who,
                                .now = inst_now(), .client = STR(""),
                                .request_id = STR("") };
    if (c.command.tx.now.ms < now.ms)
        c.command.tx.now = now;
    if (e == OK)
        e = store_execute(s, &c.command);
    if (e != OK && e != ERR_BUSY && c.what == TELL) {
        log_error("call %.*s: its answer was not taken (%s)",
                  STR_ARG(due->kind), err_name(e));
        c.what = POSTPONE; /* it must not hold up the others */
        e = store_execute(s, &c.command);
    }
    arena_free(&a);
    return e;
}

enum err call_pass(struct store *s, int lane, inst now, bool *worked)
{
    struct arena a = arena_make(0);
    struct tx tx = { .arena = &a, .who = &call_who, .now = now,
                     .client = STR(""), .request_id = STR("") };
    struct call_due *due = NULL;
    size_t n = 0;
    *worked = false;
    enum err e = store_begin(s, &tx);
    if (e == OK) {
        e = call_due(&tx, lane, now, &due, &n);
        store_end(&tx);
    }
    for (size_t i = 0; e == OK && i < n; i++) {
        e = one(s, now, &due[i]);
        *worked = true;
    }
    arena_free(&a);
    return e;
}

enum err call_drain(struct store *s, inst now)
{
    enum err e = OK;
    for (int lane = 0; lane < CALL_LANES; lane++) {
        bool worked = true;
        while (e == OK && worked)
            e = call_pass(s, lane, now, &worked);
    }
    return e;
}

/* ---- the threads ---- */

struct lane {
    struct caller *caller;
    int number;
    pthread_t thread;
};

struct caller {
    struct store *store;
    atomic_bool stop;
    int lanes;
    struct lane lane[CALL_LANES];
};

static void *lane_main(void *p)
{
    struct lane *l = p;
    struct caller *c = l->caller;
    uint64_t seen = 0;
    while (!atomic_load(&c->stop)) {
        bool worked = true;
        enum err e = OK;
        while (e == OK && worked && !atomic_load(&c->stop))
            e = call_pass(c->store, l->number, inst_now(), &worked);
        seen = store_await(c->store, CALL_TOPIC, seen, POLL_MS);
    }
    return NULL;
}

enum err call_start(struct store *s, struct caller **out)
{
    struct caller *c = calloc(1, sizeof *c);
    if (c == NULL)
        return ERR_BUSY;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    c->store = s;
    for (; c->lanes < CALL_LANES; c->lanes++) {
        struct lane *l = &c->lane[c->lanes];
        *l = (struct lane){ .caller = c, .number = c->lanes };
        if (pthread_create(&l->thread, NULL, lane_main, l) != 0) {
            call_stop(c);
            return ERR_BUSY;
        }
    }
    *out = c;
    return OK;
}

void call_stop(struct caller *c)
{
    if (c == NULL)
        return;
    atomic_store(&c->stop, true);
    for (int i = 0; i < c->lanes; i++)
        pthread_join(c->lane[i].thread, NULL);
    curl_global_cleanup();
    free(c);
}
