/*
 * zhengtong messages-test: a gateway for text messages to try out.
 *
 * It takes what docs/messages.md says a gateway takes and shows it on a page
 * instead of sending it, so that in the demonstration the code that proves a
 * mobile can be read.  The last messages are kept in memory and nowhere else.
 * Never for real people: anybody who reaches its page reads them.
 */
#include "kernel/notify/notify.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { KEPT = 50, BODY = 4096, TEXT = 600, KEY = 256 };

struct message {
    char id[64], mobile[16], text[TEXT];
};

static struct {
    pthread_mutex_t lock;
    struct message message[KEPT];
    int64_t count;
    char bearer[KEY + 8]; /* what must stand in the head */
} trial = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* One request as it comes in. */
struct talk {
    struct arena arena; /* it lies in it itself */
    struct buf body;
};

static volatile sig_atomic_t over;

static void end(int signal)
{
    (void)signal;
    over = 1;
}

static void copy(char *to, size_t room, str s)
{
    size_t n = str_is_none(s) ? 0 : s.n < room ? s.n : room - 1;
    if (n)
        memcpy(to, s.p, n);
    to[n] = 0;
}

/* The same id again is the same message: the sender was not sure. */
static bool known(str id)
{
    for (int i = 0; i < KEPT; i++)
        if (id.n && str_is(id, trial.message[i].id))
            return true;
    return false;
}

static unsigned take(str body)
{
    struct arena a = arena_make(0);
    struct value *v;
    str problem;
    unsigned status = MHD_HTTP_BAD_REQUEST;
    if (value_read_json(&a, body, &v, &problem) == OK &&
        !str_is_none(value_get_text(v, STR("text")))) {
        str id = value_get_text(v, STR("id"));
        pthread_mutex_lock(&trial.lock);
        if (str_is_none(id) || !known(id)) {
            struct message *m = &trial.message[trial.count++ % KEPT];
            copy(m->id, sizeof m->id, id);
            copy(m->mobile, sizeof m->mobile,
                 value_get_text(v, STR("mobile")));
            copy(m->text, sizeof m->text, value_get_text(v, STR("text")));
        }
        pthread_mutex_unlock(&trial.lock);
        status = MHD_HTTP_OK;
    }
    arena_free(&a);
    return status;
}

static void page(struct buf *out)
{
    buf_put(out, STR("<!doctype html><html lang=\"zh-CN\"><head><meta charset="
                     "\"utf-8\"><meta name=\"viewport\" content=\"width=device-"
                     "width\"><title>短信网关（试用）</title></head><body>"
                     "<main>"
                     "<h1>短信网关（试用）</h1><p>演示用：短信不会发出去，只显"
                     "示在这里，最新的在前。<a href=\"/\">刷新</a></p><dl>"));
    pthread_mutex_lock(&trial.lock);
    for (int64_t i = trial.count - 1; i >= 0 && i >= trial.count - KEPT; i--) {
        const struct message *m = &trial.message[i % KEPT];
        buf_put(out, STR("<dt>"));
        buf_html(out, str_of(m->mobile));
        buf_put(out, STR("</dt><dd>"));
        buf_html(out, str_of(m->text));
        buf_put(out, STR("</dd>"));
    }
    if (trial.count == 0)
        buf_put(out, STR("<dt>还没有短信</dt><dd>验证手机号码以后再看。</dd>"));
    pthread_mutex_unlock(&trial.lock);
    buf_put(out, STR("</dl></main></body></html>"));
}

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status,
                              const char *type, struct buf *body)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        body->n, body->n ? body->p : "", MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(r, "Content-Type", type);
    MHD_add_response_header(r, "Content-Security-Policy", "default-src 'none'");
    enum MHD_Result done = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    buf_free(body);
    return done;
}

static bool may(struct MHD_Connection *c)
{
    const char *given = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                    "Authorization");
    size_t n = strlen(trial.bearer);
    return given && strlen(given) == n &&
           sodium_memcmp(given, trial.bearer, n) == 0;
}

static enum MHD_Result serve(void *context, struct MHD_Connection *c,
                             const char *path, const char *method,
                             const char *version, const char *data,
                             size_t *size, void **state)
{
    struct talk *t = *state;
    struct buf out = { 0 };
    (void)context;
    (void)version;
    if (t == NULL) {
        struct arena own = arena_make(0);
        *state = t = ARENA_NEW(&own, struct talk);
        t->arena = own;
        return MHD_YES;
    }
    if (*size) {
        if (t->body.n + *size > BODY)
            return MHD_NO;
        buf_put(&t->body, (str){ data, *size });
        *size = 0;
        return MHD_YES;
    }
    if (strcmp(path, "/sms") == 0 && strcmp(method, "POST") == 0) {
        unsigned status = may(c) ? take(buf_str(&t->body))
                                 : MHD_HTTP_UNAUTHORIZED;
        buf_put(&out, STR("{}"));
        return answer(c, status, "application/json", &out);
    }
    if (strcmp(path, "/") != 0 || strcmp(method, "GET") != 0)
        return answer(c, MHD_HTTP_NOT_FOUND, "text/plain", &out);
    page(&out);
    return answer(c, MHD_HTTP_OK, "text/html; charset=utf-8", &out);
}

static void ended(void *context, struct MHD_Connection *c, void **state,
                  enum MHD_RequestTerminationCode how)
{
    struct talk *t = *state;
    (void)context;
    (void)c;
    (void)how;
    if (t == NULL)
        return;
    struct arena whole = t->arena;
    buf_free(&t->body);
    arena_free(&whole);
}

static bool read_key(const char *path)
{
    char bytes[KEY];
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(bytes, 1, sizeof bytes - 1, f) : 0;
    if (f)
        fclose(f);
    while (n && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r'))
        n--;
    bytes[n] = 0;
    snprintf(trial.bearer, sizeof trial.bearer, "Bearer %s", bytes);
    return n >= 16;
}

int messages_test_command(int argc, char **argv)
{
    const char *listen = NULL, *key = NULL;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--listen") == 0)
            listen = argv[i + 1];
        else if (strcmp(argv[i], "--key") == 0)
            key = argv[i + 1];
    }
    const char *colon = listen ? strrchr(listen, ':') : NULL;
    int64_t port = 0;
    if (!colon || !str_int(str_of(colon + 1), &port) || port < 1 ||
        port > 65535 || !key || !read_key(key)) {
        fputs("usage: zhengtong messages-test --listen 127.0.0.1:PORT "
              "--key FILE\n", stderr);
        return 2;
    }
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL, NULL, serve,
        NULL, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_NOTIFY_COMPLETED, ended,
        NULL, MHD_OPTION_END);
    if (d == NULL) {
        fprintf(stderr, "zhengtong messages-test: cannot listen on %s\n",
                listen);
        return 1;
    }
    struct sigaction stop = { .sa_handler = end };
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    while (!over)
        nanosleep(&(struct timespec){ 0, 200000000 }, NULL);
    MHD_stop_daemon(d);
    return 0;
}
