/*
 * A small site with one route for each thing the dispatcher promises, on a
 * fresh store, for the tests of this room.
 */
#ifndef KERNEL_HTTP_TESTS_SITE_H
#define KERNEL_HTTP_TESTS_SITE_H

#include "kernel/audit/audit.h"
#include "kernel/auth/session.h"
#include "kernel/conf/conf.h"
#include "kernel/http/http.h"
#include "kernel/http/tests/client.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

enum { TOPIC = 9 };

static _Atomic int cached_runs, stream_runs, form_runs, form_posts;

static enum err hello(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("text/plain"), STR("hello\n"), str_none);
}

static enum err echo(struct request *rq, struct tx *tx)
{
    (void)tx;
    view_text(rq_view(rq), "a", rq_path(rq, "a"));
    view_text(rq_view(rq), "who", rq_who(rq)->name);
    view_text(rq_view(rq), "q", rq_text(rq, "q"));
    return OK;
}

/* Shows what was typed: the template of this room that lists fields. */
static enum err form_show(struct request *rq, struct tx *tx)
{
    static const char *const names[] = { "name", "seats", "secret" };
    struct view *v = rq_view(rq);
    (void)tx;
    form_runs++;
    view_text(v, "title", STR("表单"));
    struct value *list = view_list(v, "fields");
    for (size_t i = 0; i < 3; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "name", str_of(names[i]));
        view_text(&row, "value", rq_text(rq, names[i]));
    }
    return OK;
}

static enum err form_post(struct request *rq, struct tx *tx)
{
    form_posts++;
    if (str_is(rq_text(rq, "name"), "taken"))
        return rq_fail_field(rq, ERR_CONFLICT, "name", STR("这个名字有人用了"));
    if (str_is(rq_text(rq, "name"), "flash"))
        rq_flash(rq, "ok", STR("已保存"));
    enum err e = audit_note(tx, STR("test.form"), rq_text(rq, "name"),
                            STR(""));
    view_text(rq_view(rq), "name", rq_text(rq, "name"));
    return e == OK ? rq_see_other(rq, "/t/things/7") : e;
}

static enum err silent_post(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_see_other(rq, "/t/hello");
}

static enum err greedy(struct request *rq, struct tx *tx)
{
    (void)rq;
    for (int i = 0; i < 1000; i++)
        arena_alloc(tx->arena, 1 << 20);
    return OK;
}

static enum err cached_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    char filler[2001];
    memset(filler, 'x', 2000);
    filler[2000] = 0;
    view_text(rq_view(rq), "title",
              arena_printf(tx->arena, "第 %d 次", ++cached_runs));
    view_text(rq_view(rq), "sentence", arena_str(tx->arena, str_of(filler)));
    return OK;
}

static enum err stream_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    view_int(rq_view(rq), "run", ++stream_runs);
    return OK;
}

static enum err touch_post(struct request *rq, struct tx *tx)
{
    store_touch(tx, TOPIC);
    return rq_see_other(rq, "/t/hello");
}

static enum err upload_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    (void)tx;
    rq_keep(rq, rq_upload(rq, "paper", &u) || rq_upload(rq, "body", &u)
                    ? (void *)u : NULL);
    return rq_kept(rq) ? OK
                       : rq_fail(rq, ERR_INPUT, "没有收到文件。");
}

static enum err upload_post(struct request *rq, struct tx *tx)
{
    const struct upload *u = rq_kept(rq);
    struct view *v = rq_view(rq);
    (void)tx;
    view_text(v, "name", u->name);
    view_int(v, "size", u->size);
    view_text(v, "sha256", u->sha256);
    view_text(v, "type", u->type);
    view_text(v, "note", rq_text(rq, "note"));
    return rq_see_other(rq, "/t/papers/1");
}

static enum err slow_before(struct request *rq, struct tx *tx)
{
    (void)rq, (void)tx;
    pause_ms(400);
    return OK;
}

/* A page with a bound of its own. */
static enum err few_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    enum err e = rq_limit(rq, 'q', 3);
    return e == OK ? rq_send(rq, STR("text/csv"), STR("a"), str_none) : e;
}

static enum err paper_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("text/csv"), STR("a,b\n"), STR("办件 1.csv"));
}

static const struct field form_fields[] = {
    { .name = "name", .type = FIELD_TEXT, .min = 1, .max = 10,
      .label = "姓名" },
    { .name = "seats", .type = FIELD_INT, .min = 1, .max = 100,
      .label = "座位数" },
    { .name = "secret", .type = FIELD_SECRET, .label = "密码" },
    { 0 },
};
static const struct field echo_query[] = {
    { .name = "q", .type = FIELD_TEXT, .max = 10, .label = "查询" },
    { 0 },
};
static const struct field upload_form[] = {
    { .name = "paper", .type = FIELD_FILE, .min = 1, .label = "材料" },
    { .name = "note", .type = FIELD_TEXT, .label = "备注" },
    { 0 },
};

static const struct route test_routes[] = {
    { .method = "GET", .path = "/t/hello", .handle = hello, .may = "anyone",
      .flags = ROUTE_RAW | ROUTE_PURE },
    { .method = "GET", .path = "/t/things/{a}", .handle = echo,
      .may = "anyone", .page = "error", .form = echo_query },
    { .method = "GET", .path = "/t/form", .handle = form_show,
      .may = "anyone", .page = "http/again" },
    { .method = "POST", .path = "/t/form", .handle = form_post,
      .may = "anyone", .form = form_fields },
    { .method = "POST", .path = "/t/other", .handle = form_post,
      .may = "anyone", .page = "http/again", .form = form_fields },
    { .method = "POST", .path = "/t/alone", .handle = form_post,
      .may = "anyone", .form = form_fields },
    { .method = "POST", .path = "/t/long", .handle = form_post,
      .may = "anyone", .flags = ROUTE_LONG },
    { .method = "POST", .path = "/t/silent", .handle = silent_post,
      .may = "anyone" },
    { .method = "GET", .path = "/t/greedy", .handle = greedy,
      .may = "anyone", .page = "error" },
    { .method = "POST", .path = "/t/greedy", .handle = greedy,
      .may = "anyone" },
    { .method = "GET", .path = "/t/staff", .handle = echo, .may = "staff",
      .page = "error" },
    { .method = "POST", .path = "/t/staff", .handle = silent_post,
      .may = "staff", .form = form_fields, .flags = ROUTE_NO_NOTE },
    { .method = "GET", .path = "/t/cached", .handle = cached_show,
      .may = "anyone", .page = "error", .flags = ROUTE_CACHED,
      .topic = TOPIC },
    { .method = "GET", .path = "/t/stream", .handle = stream_show,
      .may = "anyone", .page = "error", .flags = ROUTE_STREAM,
      .topic = TOPIC },
    { .method = "POST", .path = "/t/touch", .handle = touch_post,
      .may = "anyone", .flags = ROUTE_NO_NOTE },
    { .method = "POST", .path = "/t/upload", .handle = upload_post,
      .before = upload_before, .may = "anyone", .form = upload_form,
      .flags = ROUTE_NO_NOTE },
    { .method = "POST", .path = "/t/staff/papers", .handle = upload_post,
      .before = upload_before, .may = "staff", .form = upload_form,
      .flags = ROUTE_NO_NOTE },
    { .method = "POST", .path = "/t/bytes", .handle = upload_post,
      .before = upload_before, .may = "anyone",
      .flags = ROUTE_NO_NOTE | ROUTE_UPLOAD },
    { .method = "POST", .path = "/t/slow", .handle = touch_post,
      .before = slow_before, .may = "anyone", .flags = ROUTE_NO_NOTE },
    { .method = "GET", .path = "/t/few", .handle = few_show, .may = "anyone",
      .flags = ROUTE_RAW },
    { .method = "GET", .path = "/t/paper", .handle = paper_show,
      .may = "anyone", .flags = ROUTE_RAW },
    { 0 },
};
static const struct permission test_permissions[] = { { 0 } };
static const struct module test_module = { .name = "test",
                                           .routes = test_routes,
                                           .permissions = test_permissions };
static const struct module *const test_modules[] = { &test_module, NULL };

/* ---- the site ---- */

static struct {
    struct test_store t;
    struct http *http;
    int port;
    int64_t account;
    str token; /* of officer 王芳 */
} site;

static enum err add_people(struct tx *tx, void *context)
{
    struct auth_unit unit = { .code = STR("D022"),
                              .name = STR("市场监督管理局"),
                              .kind = STR("department"), .position = 1 };
    struct auth_account wang = { .login = STR("wang"), .name = STR("王芳"),
                                 .kind = STR("staff"),
                                 .password = STR("$x") };
    str role;
    (void)context;
    enum err e = auth_add_unit(tx, &unit);
    if (e == OK)
        e = auth_add_account(tx, &wang, &site.account);
    struct auth_post post = { site.account, STR("D022"), STR("officer"),
                              STR("科员"), STR("2"), day_of(2020, 1, 1),
                              true };
    if (e == OK)
        e = auth_add_post(tx, &post, NULL);
    site.token = auth_token_new(tx->arena);
    if (e == OK)
        e = auth_session_open(tx, site.account, STR("staff"), false,
                              auth_token_digest(tx->arena, site.token),
                              &role);
    return e;
}

static inline void site_open_with(const char *conf)
{
    struct http_options o = { .listen = "127.0.0.1:0", .threads = 2,
                              .workers = 2 };
    str problem = str_none;
    site.t.now = inst_now();
    if (conf_read(str_of(conf), "test", &site.t.arena, &problem) != OK ||
        http_open(&o, site.t.store, test_modules, &site.t.arena, &site.http,
                  &problem) != OK) {
        fprintf(stderr, "cannot open: %.*s\n", STR_ARG(problem));
        exit(1);
    }
    site.port = http_port(site.http);
}

#define QUIET "log_file = /dev/null\n"

static inline bool site_open(enum test_database which)
{
    if (!test_store_open(&site.t, which))
        return false;
    site.t.now = inst_now();
    if (test_store_run(&site.t, add_people, NULL) != OK) {
        fputs("cannot add people\n", stderr);
        exit(1);
    }
    site_open_with(QUIET);
    return true;
}

static inline void site_close(void)
{
    http_close(site.http);
    test_store_close(&site.t);
}

/* ---- asking it ---- */

static inline struct reply ask(const char *bytes)
{
    return client_ask(site.port, str_of(bytes));
}

/* One request with extra header lines, each ending in \r\n. */
static inline struct reply get(const char *path, const char *heads)
{
    struct buf b = { 0 };
    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n",
               path, heads);
    struct reply r = client_ask(site.port, buf_str(&b));
    buf_free(&b);
    return r;
}

static inline struct reply post_type(const char *path, const char *heads,
                              const char *type, str body)
{
    struct buf b = { 0 };
    buf_printf(&b, "POST %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s"
                   "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
               path, heads, type, body.n);
    buf_put(&b, body);
    struct reply r = client_ask(site.port, buf_str(&b));
    buf_free(&b);
    return r;
}

static inline struct reply post(const char *path, const char *heads,
                         const char *body)
{
    return post_type(path, heads, "application/x-www-form-urlencoded",
                     str_of(body));
}

/* "Cookie: zt_session=…\r\n" */
static inline const char *session(void)
{
    static char head[300];
    snprintf(head, sizeof head, "Cookie: %s=%.*s\r\n", AUTH_COOKIE,
             STR_ARG(site.token));
    return head;
}

#define CHECK_STATUS(r, want) \
    do { \
        struct reply *r_ = &(r); \
        if (r_->status != (want)) { \
            test_bad++; \
            fprintf(stderr, "%s:%d: %s: status %d, want %d\n%.*s\n", \
                    __FILE__, __LINE__, __func__, r_->status, (want), \
                    (int)(r_->raw.n < 600 ? r_->raw.n : 600), \
                    r_->raw.p ? r_->raw.p : ""); \
        } \
    } while (0)

#endif
