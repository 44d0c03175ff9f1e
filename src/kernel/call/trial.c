#include "kernel/call/trial.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BODY = 65536, KEY = 256, KEY_LEAST = 16 };

static volatile sig_atomic_t over;

static void end(int signal)
{
    (void)signal;
    over = 1;
}

bool trial_over(void)
{
    return over != 0;
}

/* ---- one request ---- */

struct talk {
    struct arena arena; /* it lives in itself */
    struct buf body;
};

static enum MHD_Result give(struct MHD_Connection *c,
                            const struct trial_answer *out)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        out->body.n, out->body.n ? out->body.p : "", MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(r, "Content-Type", out->type);
    if (out->header)
        MHD_add_response_header(r, out->header, out->value);
    enum MHD_Result sent = MHD_queue_response(c, (unsigned)out->status, r);
    MHD_destroy_response(r);
    return sent;
}

static enum MHD_Result serve(void *context, struct MHD_Connection *c,
                             const char *path, const char *method,
                             const char *version, const char *data, size_t *n,
                             void **state)
{
    const struct trial *t = context;
    struct talk *talk = *state;
    (void)version;
    if (talk == NULL) {
        struct arena own = arena_make(0);
        *state = talk = ARENA_NEW(&own, struct talk);
        talk->arena = own;
        return MHD_YES;
    }
    if (*n) {
        if (talk->body.n + *n > BODY)
            return MHD_NO;
        buf_put(&talk->body, (str){ data, *n });
        *n = 0;
        return MHD_YES;
    }
    const char *head = MHD_lookup_connection_value(c, MHD_HEADER_KIND,
                                                   "Authorization");
    struct trial_ask ask = { .method = method, .path = str_of(path),
                             .body = buf_str(&talk->body),
                             .authorization = head ? str_of(head)
                                                   : str_none };
    struct trial_answer out = { .status = 200, .type = "application/json" };
    struct arena a = arena_make(0);
    t->answer(&a, &ask, &out);
    enum MHD_Result sent = give(c, &out);
    buf_free(&out.body);
    arena_free(&a);
    return sent;
}

static void ended(void *context, struct MHD_Connection *c, void **state,
                  enum MHD_RequestTerminationCode how)
{
    struct talk *talk = *state;
    (void)context, (void)c, (void)how;
    if (talk == NULL)
        return;
    struct arena whole = talk->arena;
    buf_free(&talk->body);
    arena_free(&whole);
}

/* ---- serving ---- */

/* What the file says, without the end of its line; "" when it cannot be read
 * or is too short to be a key. */
static str read_key(struct arena *a, const char *path)
{
    char bytes[KEY];
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f)
        fclose(f);
    while (n && strchr("\r\n ", bytes[n - 1]))
        n--;
    return n < KEY_LEAST ? STR("") : arena_str(a, (str){ bytes, n });
}

static bool port_of(const char *listen, uint16_t *port)
{
    const char *colon = listen ? strrchr(listen, ':') : NULL;
    int64_t n;
    if (!colon || !str_int(str_of(colon + 1), &n) || n < 1 || n > 65535)
        return false;
    *port = (uint16_t)n;
    return true;
}

static int run(const struct trial *t, const char *listen, uint16_t port)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL, NULL, serve,
        (void *)t, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_NOTIFY_COMPLETED,
        ended, NULL, MHD_OPTION_END);
    if (d == NULL) {
        fprintf(stderr, "zhengtong %s: cannot listen on %s\n", t->name,
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

int trial_serve(const struct trial *t, int argc, char **argv)
{
    const char *listen = NULL, *file = NULL;
    struct arena a = arena_make(0);
    uint16_t port = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--listen") == 0)
            listen = argv[i + 1];
        else if (strcmp(argv[i], "--key") == 0)
            file = argv[i + 1];
        else if (strcmp(argv[i], "--test-clock") == 0)
            inst_test_clock(argv[i + 1]);
    }
    str key = file ? read_key(&a, file) : STR("");
    int code = 2;
    if (key.n && port_of(listen, &port)) {
        t->begin(key, arena_printf(&a, "http://%s", listen));
        code = run(t, listen, port);
    } else {
        fprintf(stderr, "usage: zhengtong %s --listen 127.0.0.1:PORT "
                "--key FILE\n", t->name);
    }
    arena_free(&a);
    return code;
}
