/* What no browser sends, and what must happen then: an answer in words or the
 * end of the connection, never a hang, and the next request as before. */
#include "kernel/http/tests/site.h"

#define FORM "application/x-www-form-urlencoded"

/* Everything still works. */
static void check_alive(void)
{
    struct reply r = get("/t/hello", "");
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static struct reply drip(str bytes, size_t step)
{
    struct reply r = { 0 };
    int fd = client_open(site.port);
    for (size_t at = 0; at < bytes.n; at += step) {
        client_send(fd, str_slice(bytes, at, at + step));
        pause_ms(1);
    }
    client_read(fd, &r.raw, 3000);
    close(fd);
    reply_parse(&r);
    return r;
}

static void a_request_may_come_byte_by_byte(void)
{
    struct reply r = drip(STR("POST /t/form HTTP/1.1\r\nHost: a\r\n"
                              "Connection: close\r\nContent-Type: " FORM
                              "\r\nContent-Length: 14\r\n\r\nname=x&seats=1"),
                          1);
    CHECK_STATUS(r, 303);
    reply_free(&r);
}

static void requests_in_one_packet_are_answered_in_order(void)
{
    struct reply r = ask("GET /t/hello HTTP/1.1\r\nHost: a\r\n\r\n"
                         "POST /t/form HTTP/1.1\r\nHost: a\r\nContent-Type: "
                         FORM "\r\nContent-Length: 6\r\n\r\nname=x"
                         "GET /nowhere HTTP/1.1\r\nHost: a\r\n"
                         "Connection: close\r\n\r\n");
    str all = buf_str(&r.raw);
    ptrdiff_t a = str_find(all, STR("200 OK")), b = str_find(all, STR(" 303 "));
    ptrdiff_t c = str_find(all, STR(" 404 "));
    CHECK(a > 0 && b > a && c > b);
    reply_free(&r);
}

static void a_body_in_chunks_is_a_body(void)
{
    struct reply r = ask("POST /t/form HTTP/1.1\r\nHost: a\r\nConnection: "
                         "close\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                         FORM "\r\n\r\n4\r\nname\r\n2\r\n=x\r\n0\r\n\r\n");
    CHECK_STATUS(r, 303);
    reply_free(&r);
}

static void bad_chunks_end_the_connection(void)
{
    struct reply r = ask("POST /t/form HTTP/1.1\r\nHost: a\r\n"
                         "Transfer-Encoding: chunked\r\nContent-Type: " FORM
                         "\r\n\r\nzz\r\nname=x\r\n0\r\n\r\n");
    CHECK(r.status == 400 || r.status == 0);
    reply_free(&r);
    check_alive();
}

static void two_lengths_are_refused(void)
{
    static const char *const heads[] = {
        "Content-Length: 6\r\nContent-Length: 7\r\n",
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: -1\r\n", "Content-Length: 6x\r\n",
        "Content-Length: 99999999999999999999999\r\n",
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct buf b = { 0 };
        buf_printf(&b, "POST /t/form HTTP/1.1\r\nHost: a\r\nConnection: close"
                       "\r\nContent-Type: " FORM "\r\n%s\r\nname=x", heads[i]);
        struct reply r = client_ask(site.port, buf_str(&b));
        CHECK(r.status == 400 || r.status == 413 || r.status == 0);
        reply_free(&r);
        buf_free(&b);
    }
    check_alive();
}

static void a_get_with_a_body_is_refused_whole(void)
{
    struct reply r = ask("GET /t/hello HTTP/1.1\r\nHost: a\r\nContent-Length: "
                         "35\r\n\r\n"
                         "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
                         "GET /t/hello HTTP/1.1\r\nHost: a\r\nConnection: "
                         "close\r\n\r\n");
    CHECK_STATUS(r, 400);
    CHECK(str_find(buf_str(&r.raw), STR(" 404 ")) < 0);
    reply_free(&r);
}

static void a_body_that_is_too_short_is_waited_for_and_left(void)
{
    int fd = client_open(site.port);
    struct buf b = { 0 };
    client_send(fd, STR("POST /t/form HTTP/1.1\r\nHost: a\r\nContent-Type: "
                        FORM "\r\nContent-Length: 600\r\n\r\nname=x"));
    client_read(fd, &b, 300);
    CHECK(b.n == 0);
    close(fd);
    buf_free(&b);
    check_alive();
}

static void silence_is_cut_off(void)
{
    int fd = client_open(site.port);
    struct buf b = { 0 };
    int64_t from = tick_ms();
    client_send(fd, STR("GET /t/hello HT"));
    client_read(fd, &b, 8000);
    CHECK(tick_ms() - from < 7000);
    close(fd);
    buf_free(&b);
}

static void a_dribbled_head_is_cut_off(void)
{
    int fd = client_open(site.port);
    int64_t from = tick_ms();
    client_send(fd, STR("GET /t/hello HTTP/1.1\r\nX: "));
    bool open = true;
    while (open && tick_ms() - from < 10000) {
        client_send(fd, STR("x"));
        pause_ms(200);
        char byte;
        ssize_t n = recv(fd, &byte, 1, MSG_DONTWAIT);
        open = n < 0;
    }
    CHECK(!open);
    close(fd);
}

static void a_head_too_large_is_refused(void)
{
    struct buf b = { 0 };
    buf_put(&b, STR("GET /t/hello HTTP/1.1\r\nHost: a\r\nX: "));
    for (int i = 0; i < 64 << 10; i++)
        buf_byte(&b, 'x');
    buf_put(&b, STR("\r\n\r\n"));
    struct reply r = client_ask(site.port, buf_str(&b));
    CHECK(r.status == 431 || r.status == 413 || r.status == 0);
    reply_free(&r);
    buf_free(&b);
    check_alive();
}

static void an_address_too_long_is_refused(void)
{
    struct buf b = { 0 };
    buf_put(&b, STR("GET /t/things/1?q="));
    for (int i = 0; i < 9 << 10; i++)
        buf_byte(&b, 'x');
    buf_put(&b, STR(" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    struct reply r = client_ask(site.port, buf_str(&b));
    CHECK_STATUS(r, 414);
    reply_free(&r);
    buf_free(&b);
}

static struct reply post_filler(const char *path, const char *type, size_t n,
                                const char *heads)
{
    char *p = malloc(n);
    memset(p, 'x', n);
    struct reply r = post_type(path, heads, type, (str){ p, n });
    free(p);
    return r;
}

static void a_form_too_large_is_told_so(void)
{
    struct reply r = post_filler("/t/form", FORM, 65 << 10, "");
    CHECK_STATUS(r, 413);
    CHECK(reply_has(&r, "最多 64 KB"));
    reply_free(&r);
    r = post_filler("/t/form", "application/json", 3 << 20, "");
    CHECK_STATUS(r, 413);
    CHECK(reply_has(&r, "\"code\":\"too_large\""));
    reply_free(&r);
}

static struct reply post_long(const char *path, size_t n)
{
    struct buf b = { 0 };
    buf_put(&b, STR("--b\r\nContent-Disposition: form-data; name=\"xml\"\r\n"
                    "\r\n"));
    char *p = buf_room(&b, n);
    memset(p, 'x', n);
    b.n += n;
    buf_put(&b, STR("\r\n--b--\r\n"));
    struct reply r = post_type(path, "", "multipart/form-data; boundary=b",
                               buf_str(&b));
    buf_free(&b);
    return r;
}

static void long_text_is_taken_where_it_is_expected(void)
{
    struct reply r = post_long("/t/form", 70 << 10);
    CHECK_STATUS(r, 413);
    reply_free(&r);
    r = post_long("/t/long", HTTP_LONG - (4 << 10));
    CHECK_STATUS(r, 303);
    reply_free(&r);
    r = post_long("/t/long", HTTP_LONG + 1);
    CHECK_STATUS(r, 413);
    reply_free(&r);
}

static void a_sender_who_asks_first_is_refused_before_it_sends(void)
{
    struct reply r = ask("POST /t/form HTTP/1.1\r\nHost: a\r\nExpect: "
                         "100-continue\r\nContent-Type: " FORM
                         "\r\nContent-Length: 100000\r\n\r\n");
    CHECK_STATUS(r, 413);
    reply_free(&r);
    r = ask("POST /t/bytes HTTP/1.1\r\nHost: a\r\nContent-Type: a/b\r\n"
            "Content-Length: 999999999999\r\n\r\n");
    CHECK_STATUS(r, 413);
    reply_free(&r);
}

static void an_unknown_kind_of_body_is_refused(void)
{
    struct reply r = post_type("/t/form", "", "text/xml", STR("<a/>"));
    CHECK_STATUS(r, 415);
    reply_free(&r);
}

static void bad_text_is_refused(void)
{
    static const char *const bodies[] = { "name=%ff", "name=%00",
                                          "name=\xc3\x28" };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct reply r = post("/t/form", "", bodies[i]);
        CHECK_STATUS(r, 400);
        reply_free(&r);
    }
    struct reply r = get("/t/things/%ff", "");
    CHECK_STATUS(r, 400);
    reply_free(&r);
    r = get("/t/things/\xff", "");
    CHECK(r.status == 400);
    reply_free(&r);
}

static void bad_json_is_told_where(void)
{
    struct reply r = post_type("/t/form", "", "application/json",
                               STR("{\"name\": tru}"));
    CHECK_STATUS(r, 400);
    CHECK(reply_has(&r, "\"code\":\"input\""));
    reply_free(&r);
    r = post_type("/t/form", "", "application/json", STR("[1]"));
    CHECK_STATUS(r, 400);
    CHECK(reply_has(&r, "应是一个对象"));
    reply_free(&r);
    r = post_type("/t/form", "", "application/json",
                  STR("{\"name\":\"a\",\"name\":\"b\"}"));
    CHECK_STATUS(r, 400);
    reply_free(&r);
}

static void a_field_twice_and_ten_thousand_fields_are_refused(void)
{
    struct reply r = post("/t/form", "Accept: application/json\r\n",
                          "name=a&name=b");
    CHECK_STATUS(r, 400);
    CHECK(reply_has(&r, "只能填写一次"));
    reply_free(&r);
    struct buf b = { 0 };
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, "a=%d&", i % 9);
    r = post_type("/t/form", "", FORM, buf_str(&b));
    CHECK_STATUS(r, 400);
    reply_free(&r);
    buf_free(&b);
}

static void a_multipart_without_end_is_refused(void)
{
    struct reply r = post_type("/t/upload", "",
                               "multipart/form-data; boundary=b",
                               STR("--b\r\nContent-Disposition: form-data; "
                                   "name=\"paper\"; filename=\"x\"\r\n\r\n"
                                   "abc"));
    CHECK_STATUS(r, 400);
    reply_free(&r);
    r = post_type("/t/upload", "", "multipart/form-data", STR("--b--"));
    CHECK_STATUS(r, 400);
    reply_free(&r);
}

static void a_paper_too_large_is_refused_and_removed(void)
{
    struct buf b = { 0 };
    buf_put(&b, STR("--b\r\nContent-Disposition: form-data; name=\"paper\"; "
                    "filename=\"x\"\r\n\r\n"));
    size_t n = 2 << 20; /* upload_mb = 1 here */
    memset(buf_room(&b, n), 'x', n);
    b.n += n;
    buf_put(&b, STR("\r\n--b--"));
    struct reply r = post_type("/t/upload", "",
                               "multipart/form-data; boundary=b", buf_str(&b));
    CHECK_STATUS(r, 413);
    reply_free(&r);
    buf_free(&b);
    r = ask("POST /t/upload HTTP/1.1\r\nHost: x\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n"
            "Content-Length: 314572800\r\n\r\n");
    CHECK_STATUS(r, 413); /* before a byte of it was read */
    CHECK(reply_has(&r, "每份最多 1 MB"));
    reply_free(&r);
}

static void no_path_leads_out_of_the_assets(void)
{
    static const char *const paths[] = {
        "/assets/../data/SOURCE.md",         "/assets/%2e%2e/main.c",
        "/assets/..%2f..%2fetc/passwd",      "/assets//etc/passwd",
        "/assets/zw.css%00.js",              "/assets/",
        "/assets/%252e%252e/x",              "/assets/layout.html",
        "/t/things/..%2f..%2fetc%2fpasswd",  "/../../etc/passwd",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct reply r = get(paths[i], "");
        CHECK(r.status == 404 || r.status == 400);
        reply_free(&r);
    }
}

static void nonsense_is_survived(void)
{
    static const char *const lines[] = {
        "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01", "GET http://[::1 HTTP/1.1\r\n\r\n",
        "GET /t/hello\r\n\r\n", "FOO /t/hello HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /t/hello HTTP/1.1\r\n\r\n",
        "GET /t/hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /t/hello HTTP/1.1\r\n: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct reply r = { 0 };
        int fd = client_open(site.port);
        client_send(fd, str_of(lines[i]));
        client_read(fd, &r.raw, 100);
        close(fd);
        reply_free(&r);
    }
    check_alive();
}

int main(void)
{
    if (!site_open(TEST_LITE))
        return 1;
    http_close(site.http);
    site_open_with(QUIET "idle_seconds = 4\nhead_seconds = 2\nupload_mb = 1");
    RUN(a_request_may_come_byte_by_byte);
    RUN(requests_in_one_packet_are_answered_in_order);
    RUN(a_body_in_chunks_is_a_body);
    RUN(bad_chunks_end_the_connection);
    RUN(two_lengths_are_refused);
    RUN(a_get_with_a_body_is_refused_whole);
    RUN(a_body_that_is_too_short_is_waited_for_and_left);
    RUN(silence_is_cut_off);
    RUN(a_dribbled_head_is_cut_off);
    RUN(a_head_too_large_is_refused);
    RUN(an_address_too_long_is_refused);
    RUN(a_form_too_large_is_told_so);
    RUN(long_text_is_taken_where_it_is_expected);
    RUN(a_sender_who_asks_first_is_refused_before_it_sends);
    RUN(an_unknown_kind_of_body_is_refused);
    RUN(bad_text_is_refused);
    RUN(bad_json_is_told_where);
    RUN(a_field_twice_and_ten_thousand_fields_are_refused);
    RUN(a_multipart_without_end_is_refused);
    RUN(a_paper_too_large_is_refused_and_removed);
    RUN(no_path_leads_out_of_the_assets);
    RUN(nonsense_is_survived);
    site_close();
    return test_result();
}
