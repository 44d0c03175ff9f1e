/*
 * What does the way of a request cost?
 *
 * The product answers "hello" through its router and its log, and a cached page
 * of 20 KB; the yardstick is the same HTTP library doing nothing else.  Both in
 * this process, asked in turn by wrk with 64 connections for three rounds; the
 * median of the rounds' ratios is judged.  Worry below 70 % for hello and below
 * 80 % for the page.
 */
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/http/http.h"
#include "kernel/store/testing.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { BARE = 18411, ROUNDS = 3, PAGE = 20480, SHELL = 3300 };

/* ---- the yardstick ---- */

static char page[PAGE];

static enum MHD_Result bare(void *context, struct MHD_Connection *k,
                            const char *url, const char *method,
                            const char *version, const char *data, size_t *n,
                            void **slot)
{
    static int seen;
    (void)context, (void)method, (void)version, (void)data, (void)n;
    if (*slot == NULL) {
        *slot = &seen;
        return MHD_YES;
    }
    bool hello = url[1] == 'h';
    struct MHD_Response *r = MHD_create_response_from_buffer(
        hello ? 6 : PAGE, hello ? "hello\n" : page, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, "Content-Type",
                            hello ? "text/plain" : "text/html");
    enum MHD_Result sent = MHD_queue_response(k, 200, r);
    MHD_destroy_response(r);
    return sent;
}

/* ---- the product ---- */

static enum err hello(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("text/plain"), STR("hello\n"), str_none);
}

static enum err show(struct request *rq, struct tx *tx)
{
    char *text = arena_alloc(tx->arena, PAGE);
    memset(text, 'x', PAGE - SHELL);
    view_text(rq_view(rq), "sentence", (str){ text, PAGE - SHELL });
    return OK;
}

static const struct route routes[] = {
    { .method = "GET", .path = "/h", .handle = hello, .may = "anyone",
      .flags = ROUTE_RAW | ROUTE_PURE },
    { .method = "GET", .path = "/s", .handle = hello, .may = "anyone",
      .flags = ROUTE_RAW },
    { .method = "GET", .path = "/p", .handle = show, .may = "anyone",
      .page = "error", .flags = ROUTE_CACHED },
    { .method = "GET", .path = "/u", .handle = show, .may = "anyone",
      .page = "error" },
    { 0 },
};
static const struct permission permissions[] = { { 0 } };
static const struct module module = { .name = "bench", .routes = routes,
                                      .permissions = permissions };
static const struct module *const modules[] = { &module, NULL };

/* ---- asking ---- */

/* Processor time this process has used, in microseconds: what a request costs
 * us whatever else the machine is doing. */
static double used_us(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

struct speed {
    double per_second, us; /* us: of processor time a request */
};

static struct speed measure(int port, const char *path)
{
    char command[200], line[200];
    double n = 0, all = 0, from = used_us();
    snprintf(command, sizeof command,
             "wrk -t1 -c64 -d2s http://127.0.0.1:%d%s", port, path);
    FILE *f = popen(command, "r");
    if (f == NULL)
        return (struct speed){ 0 };
    while (fgets(line, sizeof line, f)) {
        const char *at = strstr(line, "Requests/sec:");
        if (at)
            n = strtod(at + 13, NULL);
        at = strstr(line, " requests in ");
        if (at)
            all = strtod(line, NULL);
    }
    pclose(f);
    return (struct speed){ n, all > 0 ? (used_us() - from) / all : 0 };
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void compare(int port, const char *name, const char *ours,
                    const char *theirs, int worry)
{
    double ratio[ROUNDS], cost[ROUNDS];
    struct speed got = { 0 };
    for (int i = 0; i < ROUNDS; i++) {
        struct speed yard = measure(BARE, theirs);
        got = measure(port, ours);
        ratio[i] = yard.per_second > 0
                       ? 100 * got.per_second / yard.per_second : 0;
        cost[i] = got.us > 0 ? 100 * yard.us / got.us : 0;
    }
    qsort(ratio, ROUNDS, sizeof *ratio, by_size);
    qsort(cost, ROUNDS, sizeof *cost, by_size);
    printf("%s\t%.0f\t%% of the bare library's requests a second (%.0f)\t"
           "below %d\n", name, ratio[ROUNDS / 2], got.per_second, worry);
    printf("%s, processor\t%.0f\t%% of the bare library's requests a second "
           "of processor time (%.1f us each)\tbelow %d\n", name,
           cost[ROUNDS / 2], got.us, worry);
}

int main(void)
{
    struct test_store t;
    struct http *h;
    str problem = str_none;
    struct http_options o = { .listen = "127.0.0.1:0", .threads = 2 };
    if (!test_store_open(&t, TEST_LITE) ||
        conf_read(STR("log_file = /dev/null"), "bench", &t.arena,
                  &problem) != OK ||
        http_open(&o, t.store, modules, &t.arena, &h, &problem) != OK) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        return 1;
    }
    memset(page, 'x', sizeof page);
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, BARE, NULL,
        NULL, bare, NULL, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
    if (d == NULL)
        return 1;
    int port = http_port(h);
    compare(port, "hello, router and log", "/h", "/h", 70);
    compare(port, "hello, with a snapshot", "/s", "/h", 60);
    compare(port, "cached page of 20 KB", "/p", "/p", 80);
    compare(port, "page of 20 KB made anew", "/u", "/p", 20);
    MHD_stop_daemon(d);
    http_close(h);
    test_store_close(&t);
    return 0;
}
