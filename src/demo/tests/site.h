/* The city over HTTP, with the clock where the test puts it. */
#ifndef DEMO_TESTS_SITE_H
#define DEMO_TESTS_SITE_H

#include "demo/tests/asks.h"
#include "kernel/auth/cache.h"
#include "kernel/auth/session.h"
#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
#include "kernel/http/tests/client.h"
#include "modules.h"
#include "services/services.h"

static struct {
    struct http *http;
    int port;
    char dir[32];
    const char *log, *clock;
} site;

/* The server's clock and the test's own. */
static inline void site_clock(const char *text, int hour)
{
    clock_at(text, hour);
    FILE *f = fopen(site.clock, "w");
    if (f == NULL || fprintf(f, "%lld\n", (long long)town.t.now.ms) < 0)
        abort();
    fclose(f);
}

static inline bool site_open(enum test_database which)
{
    struct arena *a = &town.t.arena;
    static const struct http_options o = {
        .listen = "127.0.0.1:0", .threads = 2, .workers = 2, .test = true,
    };
    str problem = STR("");
    if (!town_open(which))
        return false;
    memcpy(site.dir, "/tmp/zt-page-XXXXXX", 20);
    auth_cache_clear();
    auth_throttle_clear();
    if (mkdtemp(site.dir) == NULL)
        abort();
    site.log = arena_printf(a, "%s/log", site.dir).p;
    site.clock = arena_printf(a, "%s/clock", site.dir).p;
    site_clock("2026-11-02", 10);
    inst_test_clock(site.clock);
    rank_configure(services_catalogue);
    if (conf_read(arena_printf(a, "log_file = %s\n", site.log), "test", a,
                  &problem) != OK ||
        files_open(site.dir, &problem) != OK ||
        http_open(&o, town.t.store, modules, a, &site.http, &problem) != OK) {
        fprintf(stderr, "cannot open: %.*s\n", STR_ARG(problem));
        exit(1);
    }
    site.port = http_port(site.http);
    return true;
}

/* Runs these one after the other, then closes the server; the city stays. */
static inline void site_run(void (*const tests[])(void), size_t n)
{
    for (size_t i = 0; i < n; i++) {
        test_bad = 0;
        tests[i]();
        test_bad ? test_failed++ : test_passed++;
    }
    http_close(site.http);
}

/* After site_run. */
static inline void site_close(void)
{
    const char *clean = arena_printf(&town.t.arena, "rm -rf %s", site.dir).p;
    CHECK(system(clean) == 0);
    inst_test_clock(NULL);
    town_close();
}

/* ---- asking ---- */

static inline struct reply ask(const char *method, const char *path,
                               const char *heads, const char *type, str body)
{
    struct buf b = { 0 };
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s",
               method, path, heads);
    if (type)
        buf_printf(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n", type,
                   body.n);
    buf_put(&b, STR("\r\n"));
    if (type)
        buf_put(&b, body);
    struct reply r = client_ask(site.port, buf_str(&b));
    buf_free(&b);
    return r;
}

#define TEXT(...) arena_printf(&town.t.arena, __VA_ARGS__).p
#define AS_JSON "Accept: application/json\r\n"

static inline struct reply get(const char *head, const char *path)
{
    return ask("GET", path, head, NULL, STR(""));
}

static inline struct reply get_json(const char *head, const char *path)
{
    return ask("GET", path, TEXT(AS_JSON "%s", head), NULL, STR(""));
}

static inline struct reply post(const char *head, const char *path,
                                const char *json)
{
    return ask("POST", path, TEXT(AS_JSON "%s", head), "application/json",
               str_of(json));
}

/* One file part named "file". */
static inline struct reply upload(const char *head, const char *path,
                                  const char *name, str bytes)
{
    struct buf b = { 0 };
    buf_printf(&b, "--b\r\nContent-Disposition: form-data; name=\"file\"; "
                   "filename=\"%s\"\r\n\r\n", name);
    buf_put(&b, bytes);
    buf_put(&b, STR("\r\n--b--\r\n"));
    struct reply r = ask("POST", path, TEXT(AS_JSON "%s", head),
                         "multipart/form-data; boundary=b", buf_str(&b));
    buf_free(&b);
    return r;
}

#define CHECK_STATUS(r, want) \
    do { \
        struct reply *r_ = &(r); \
        if (r_->status != (want)) { \
            test_bad++; \
            fprintf(stderr, "%s:%d: %s: status %d, want %d\n%.*s\n", \
                    __FILE__, __LINE__, __func__, r_->status, (want), \
                    (int)(r_->body.n < 400 ? r_->body.n : 400), \
                    r_->body.p ? r_->body.p : ""); \
        } \
    } while (0)

/* A text member of a JSON answer, in the test's arena. */
static inline str member(const struct reply *r, const char *name)
{
    struct value *v = NULL;
    str problem;
    if (value_read_json(&town.t.arena, arena_str(&town.t.arena, r->body), &v,
                        &problem) != OK)
        return str_none;
    return value_get_text(v, str_of(name));
}

/* Signs in; a head, or "" when refused. */
static inline const char *sign_in(const char *login)
{
    struct reply r = post("", "/login",
                          TEXT("{\"login\":\"%s\",\"password\":\"" PASSWORD
                               "\"}", login));
    str token = member(&r, "token");
    CHECK_STATUS(r, 201);
    reply_free(&r);
    return TEXT("Authorization: Bearer %.*s\r\n", STR_ARG(token));
}

static inline int status_of(const char *head, const char *path)
{
    struct reply r = get(head, path);
    int status = r.status;
    reply_free(&r);
    return status;
}

/* Statements a page takes; -1 when it did not come. */
static inline int64_t queries_of(const char *head, const char *path)
{
    struct reply r = get_json(head, path);
    int64_t n = -1;
    CHECK_STATUS(r, 200);
    if (r.status == 200 && !str_int(reply_header(&r, "X-Queries"), &n))
        n = -1;
    reply_free(&r);
    return n;
}

/* A picture of one pixel. */
static const unsigned char pixel[] = {
    0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D',
    'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0,
    0, 12, 'I', 'D', 'A', 'T', 8, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1,
    0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42,
    0x60, 0x82,
};
#define PIXEL ((str){ (const char *)pixel, sizeof pixel })

#endif
