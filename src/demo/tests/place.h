/* A small city with its server on a free port, for tests that cross modules. */
#ifndef DEMO_TESTS_PLACE_H
#define DEMO_TESTS_PLACE_H

#include "demo/demo.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/http/tests/client.h"
#include "kernel/page/view.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "modules.h"
#include "services/services.h"
#include "services/case.h"

static struct place {
    struct test_store t;
    struct city city;
    struct http *http;
    int port;
} place;

/* Everybody's password; the hash is cheap to make once. */
#define PLACE_PASSWORD "Yunxi-2026"

static inline void place_give_up(const char *what, str why)
{
    fprintf(stderr, "place: %s: %.*s\n", what, STR_ARG(why));
    exit(2);
}

static inline void place_fill(void)
{
    struct city *c = &place.city;
    *c = (struct city){ .arena = &place.t.arena, .store = place.t.store,
                        .now = inst_now(), .dice.state = 7, .cases = 400,
                        .open = 60, .quiet = true };
    c->password_hash =
        auth_hash_password(&place.t.arena, STR(PLACE_PASSWORD)).p;
    if (demo_run(c, demo_city) != OK || demo_run(c, demo_catalogue) != OK ||
        demo_run(c, demo_designs) != OK ||
        demo_history(c) != OK || demo_today(c) != OK)
        place_give_up("load", STR("the city"));
}

/* filled: with the city; else an empty database. */
static inline bool place_open(enum test_database which, bool filled)
{
    struct http_options o = { .listen = "127.0.0.1:0", .threads = 2,
                              .workers = 2 };
    str problem = str_none;
    if (!test_store_open(&place.t, which))
        return false;
    modules_begin();
    place.t.now = inst_now();
    if (clock_calendar_attach(place.t.store, &place.t.arena, &problem) != OK)
        place_give_up("calendar", problem);
    if (filled)
        place_fill();
    rank_configure(services_catalogue);
    if (conf_read(STR("log_file = /dev/null\n"), "test", &place.t.arena,
                  &problem) != OK ||
        http_open(&o, place.t.store, modules, &place.t.arena, &place.http,
                  &problem) != OK)
        place_give_up("open", problem);
    place.port = http_port(place.http);
    return true;
}

static inline void place_close(void)
{
    http_close(place.http);
    test_store_close(&place.t);
}

/* ---- asking, always as JSON ---- */

static inline struct reply place_ask(const char *method, const char *path,
                                     str token, const char *body)
{
    struct buf b = { 0 };
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                   "Accept: application/json\r\n", method, path);
    if (token.n)
        buf_printf(&b, "Authorization: Bearer %.*s\r\n", STR_ARG(token));
    if (body)
        buf_printf(&b, "Content-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
    else
        buf_put(&b, STR("\r\n"));
    struct reply r = client_ask(place.port, buf_str(&b));
    buf_free(&b);
    return r;
}

/* The answer as a tree; NULL unless the status is the wanted one.  201 is a
 * 200 that made something. */
static inline struct value *place_json(const char *method, const char *path,
                                       str token, const char *body, int want)
{
    struct reply r = place_ask(method, path, token, body);
    struct value *v = NULL;
    str problem;
    if (r.status != want && !(r.status == 201 && want == 200)) {
        test_bad++;
        fprintf(stderr, "%s %s: %d, not %d: %.*s\n", method, path, r.status,
                want, STR_ARG(r.body));
    } else if (value_read_json(&place.t.arena,
                               arena_str(&place.t.arena, r.body), &v,
                               &problem) != OK) {
        test_bad++;
        fprintf(stderr, "%s %s: no JSON\n", method, path);
    }
    reply_free(&r);
    return v;
}

/* The token of somebody signed in. */
static inline str place_login(const char *login)
{
    char body[200];
    snprintf(body, sizeof body, "{\"login\":\"%s\",\"password\":\"%s\"}",
             login, PLACE_PASSWORD);
    struct value *v = place_json("POST", "/login", STR(""), body, 200);
    return v ? value_get_text(v, STR("token")) : STR("");
}

/* The page is there and has what its .view declares, nothing else. */
static inline struct value *place_page(const char *path, str token,
                                       const char *page)
{
    struct value *v = place_json("GET", path, token, NULL, 200);
    str problem;
    if (v == NULL)
        return NULL;
    view_adopt(str_of(page), v);
    if (page_check_view(str_of(page), v, &place.t.arena, &problem) != OK) {
        test_bad++;
        fprintf(stderr, "%s: %.*s\n", path, STR_ARG(problem));
    }
    return v;
}

static inline const char *place_path(const char *format, str a, str b)
{
    return arena_printf(&place.t.arena, format, STR_ARG(a), STR_ARG(b)).p;
}

#endif
