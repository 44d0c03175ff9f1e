/* What lasts longer than a request: kept pages, live pages, limits, the end. */
#include "kernel/http/inside.h"
#include "kernel/http/tests/site.h"
#include "kernel/page/page.h"

#include <pthread.h>

static void touch(void)
{
    struct reply r = post("/t/touch", "", "");
    CHECK_STATUS(r, 303);
    reply_free(&r);
}

/* ---- kept pages ---- */

static void a_kept_page_is_made_once_until_its_topic_moves(void)
{
    cached_runs = 0;
    for (int i = 0; i < 3; i++) {
        struct reply r = get("/t/cached", "");
        CHECK(reply_has(&r, "第 1 次"));
        reply_free(&r);
    }
    touch();
    struct reply r = get("/t/cached", "");
    CHECK(reply_has(&r, "第 2 次"));
    reply_free(&r);
}

static void each_manner_of_a_page_is_kept_apart(void)
{
    static const char *const heads[] = {
        "Accept: application/json\r\n", "Cookie: zw_mode=elder\r\n",
        "Cookie: zw_theme=dark\r\n", "",
    };
    touch();
    cached_runs = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < 4; i++) {
            struct reply r = get("/t/cached", heads[i]);
            CHECK(reply_has(&r, "data-mode=\"elder\"") == (i == 1));
            CHECK(reply_has(&r, "<html") == (i != 0));
            reply_free(&r);
        }
    CHECK(cached_runs == 4);
}

static void people_signed_in_are_never_shown_a_kept_page(void)
{
    struct reply r = get("/t/cached", "");
    reply_free(&r);
    int runs = cached_runs;
    r = get("/t/cached", session());
    CHECK(reply_has(&r, "王芳"));
    CHECK(cached_runs == runs + 1);
    reply_free(&r);
    r = get("/t/cached", "");
    CHECK(!reply_has(&r, "王芳"));
    reply_free(&r);
}

static void an_unchanged_page_is_not_sent_again(void)
{
    struct reply r = get("/t/cached", "");
    char head[200];
    snprintf(head, sizeof head, "If-None-Match: %.*s\r\n",
             STR_ARG(reply_header(&r, "ETag")));
    reply_free(&r);
    r = get("/t/cached", head);
    CHECK_STATUS(r, 304);
    CHECK(r.body.n == 0);
    reply_free(&r);
    touch();
    r = get("/t/cached", head);
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static void a_kept_page_is_packed_for_those_who_take_it(void)
{
    struct reply plain = get("/t/cached", "");
    struct reply r = get("/t/cached", "Accept-Encoding: gzip\r\n");
    CHECK_STR(reply_header(&r, "Content-Encoding"), "gzip");
    CHECK(r.body.n < plain.body.n / 2);
    CHECK(r.body.n > 2 && r.body.p[0] == '\x1f');
    reply_free(&plain);
    reply_free(&r);
}

static void an_asset_named_by_its_digest_is_kept_for_ever(void)
{
    char path[60];
    snprintf(path, sizeof path, "/assets/zw.css?v=%.*s",
             STR_ARG(page_asset_hash(STR("zw.css"))));
    struct reply r = get(path, "Accept-Encoding: gzip\r\n");
    CHECK_STATUS(r, 200);
    CHECK_STR(reply_header(&r, "Content-Encoding"), "gzip");
    CHECK(str_find(reply_header(&r, "Cache-Control"), STR("immutable")) > 0);
    reply_free(&r);
    r = get("/assets/zw.css?v=other", "");
    CHECK_STATUS(r, 200);
    CHECK(str_find(reply_header(&r, "Cache-Control"), STR("immutable")) < 0);
    reply_free(&r);
}

/* ---- live pages ---- */

/* Opens the stream; what arrives within ms goes to *out. */
static int watch(const char *path, struct buf *out, int ms)
{
    struct buf b = { 0 };
    int fd = client_open(site.port);
    buf_printf(&b, "GET %s HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream"
                   "\r\n\r\n", path);
    client_send(fd, buf_str(&b));
    client_read(fd, out, ms);
    buf_free(&b);
    return fd;
}

static int events_in(const struct buf *b)
{
    int n = 0;
    for (str rest = buf_str(b); !str_is_none(rest);)
        n += str_starts(str_cut(&rest, '\n'), STR("event: update"));
    return n;
}

static void a_change_reaches_everybody_and_is_rendered_once(void)
{
    enum { WATCHERS = 20 };
    int fd[WATCHERS];
    struct buf seen[WATCHERS] = { 0 };
    for (int i = 0; i < WATCHERS; i++)
        fd[i] = watch("/t/stream?format=json", &seen[i], i ? 10 : 400);
    CHECK(str_find(buf_str(&seen[0]), STR("text/event-stream")) > 0);
    pause_ms(1100);
    stream_runs = 0;
    touch();
    touch();
    for (int i = 0; i < WATCHERS; i++) {
        for (int tries = 0; tries < 60 && events_in(&seen[i]) < 2; tries++)
            client_read(fd[i], &seen[i], 50);
        CHECK(events_in(&seen[i]) >= 2);
        close(fd[i]);
        buf_free(&seen[i]);
    }
    CHECK(stream_runs >= 1 && stream_runs <= 2);
}

static void a_stream_too_many_is_refused(void)
{
    int fd[6];
    struct buf seen[6] = { 0 };
    for (int i = 0; i < 6; i++) {
        fd[i] = watch("/t/stream", &seen[i], 150);
        for (int tries = 0; tries < 100 && seen[i].n == 0; tries++)
            client_read(fd[i], &seen[i], 50); /* a loaded machine is slow */
    }
    for (int i = 0; i < 6; i++) {
        CHECK(str_find(buf_str(&seen[i]),
                       i < 4 ? STR(" 200 ") : STR(" 503 ")) > 0);
        close(fd[i]);
        buf_free(&seen[i]);
    }
}

/* ---- limits ---- */

static struct reply from(const char *address)
{
    char head[100];
    snprintf(head, sizeof head, "X-Forwarded-For: 9.9.9.9, %s\r\n", address);
    return post("/t/touch", head, "");
}

static void who_writes_too_often_is_told_to_wait(void)
{
    int refused = 0;
    struct reply r = { 0 };
    for (int i = 0; i < 8; i++) {
        reply_free(&r);
        r = from("198.51.100.7");
        refused += r.status == 429;
    }
    CHECK(refused == 3);
    CHECK(reply_has(&r, "操作太频繁"));
    int64_t wait;
    CHECK(str_int(reply_header(&r, "Retry-After"), &wait) && wait > 0);
    reply_free(&r);
    r = from("198.51.100.8");
    CHECK_STATUS(r, 303);
    reply_free(&r);
    for (int i = 0; i < 20; i++)
        touch(); /* this machine's own */
}

static void a_page_may_have_a_bound_of_its_own(void)
{
    static const char head[] = "X-Forwarded-For: 198.51.100.9\r\n";
    int refused = 0;
    for (int i = 0; i < 5; i++) {
        struct reply r = get("/t/few", head);
        refused += r.status == 429;
        reply_free(&r);
    }
    CHECK(refused == 2);
    struct reply r = get("/t/few", "X-Forwarded-For: 198.51.100.10\r\n");
    CHECK_STATUS(r, 200);
    reply_free(&r);
    for (int i = 0; i < 10; i++) {
        r = get("/t/few", ""); /* this machine's own */
        CHECK_STATUS(r, 200);
        reply_free(&r);
    }
}

/* ---- the end ---- */

static void *post_slowly(void *arg)
{
    struct reply *r = arg;
    *r = post("/t/slow", "", "");
    return NULL;
}

static void what_is_under_way_is_finished_and_then_nothing_listens(void)
{
    struct buf seen = { 0 };
    struct reply r = { 0 };
    pthread_t thread;
    int fd = watch("/t/stream", &seen, 400);
    pthread_create(&thread, NULL, post_slowly, &r);
    pause_ms(150);
    http_close(site.http);
    pthread_join(thread, NULL);
    CHECK_STATUS(r, 303);
    client_read(fd, &seen, 200);
    CHECK(str_ends(buf_str(&seen), STR("0\r\n\r\n")));
    CHECK(client_open(site.port) < 0);
    close(fd);
    buf_free(&seen);
    reply_free(&r);
    site_open_with(QUIET);
}

static void run_all(bool blocks)
{
    http_close(site.http);
    site_open_with(QUIET "limit_write = 1\nlimit_write_burst = 5\n"
                         "stop_seconds = 3\n");
    site.http->blocks = blocks; /* reads on workers, as for PostgreSQL */
    RUN(a_kept_page_is_made_once_until_its_topic_moves);
    RUN(each_manner_of_a_page_is_kept_apart);
    RUN(people_signed_in_are_never_shown_a_kept_page);
    RUN(an_unchanged_page_is_not_sent_again);
    RUN(a_kept_page_is_packed_for_those_who_take_it);
    RUN(an_asset_named_by_its_digest_is_kept_for_ever);
    RUN(a_change_reaches_everybody_and_is_rendered_once);
    RUN(who_writes_too_often_is_told_to_wait);
    RUN(a_page_may_have_a_bound_of_its_own);
    RUN(what_is_under_way_is_finished_and_then_nothing_listens);
    http_close(site.http);
    site_open_with(QUIET "streams = 4");
    site.http->blocks = blocks;
    RUN(a_stream_too_many_is_refused);
}

int main(void)
{
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!site_open((enum test_database)which))
            continue;
        run_all(site.http->blocks);
        run_all(true);
        site_close();
    }
    return test_result();
}
