/* The promises of the way of a request, seen from outside. */
#include "kernel/http/inside.h"
#include "kernel/http/tests/site.h"

/* ---- reading ---- */

static void a_page_is_html_or_json_as_asked(void)
{
    struct reply r = get("/t/things/%E4%BA%91?q=1", "Accept: text/html\r\n");
    CHECK_STATUS(r, 200);
    CHECK_STR(reply_header(&r, "Content-Type"), "text/html; charset=utf-8");
    reply_free(&r);
    r = get("/t/things/%E4%BA%91?q=1", "Accept: application/json\r\n");
    CHECK_STATUS(r, 200);
    CHECK_STR(r.body, "{\"a\":\"云\",\"who\":\"\",\"q\":\"1\"}");
    reply_free(&r);
    r = get("/t/things/1?q=1&format=json", "");
    CHECK(reply_has(&r, "{\"a\":\"1\""));
    reply_free(&r);
}

static void a_query_is_checked_like_a_form(void)
{
    struct reply r = get("/t/things/1?q=12345678901", "Accept: "
                         "application/json\r\n");
    CHECK_STATUS(r, 422);
    CHECK(reply_has(&r, "\"field\":\"q\",\"sentence\":\"查询最多 10 个字"));
    reply_free(&r);
    r = get("/t/things/1?q=%ff", "");
    CHECK_STATUS(r, 400);
    reply_free(&r);
}

static void head_and_options_are_answered(void)
{
    struct reply r = ask("HEAD /t/hello HTTP/1.1\r\nHost: a\r\n"
                         "Connection: close\r\n\r\n");
    CHECK_STATUS(r, 200);
    CHECK_STR(reply_header(&r, "Content-Length"), "6");
    CHECK(r.body.n == 0);
    reply_free(&r);
    r = ask("OPTIONS /t/form HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            "\r\n");
    CHECK_STATUS(r, 204);
    CHECK_STR(reply_header(&r, "Allow"), "GET, HEAD, POST, OPTIONS");
    reply_free(&r);
}

static void a_wrong_method_is_told_the_right_ones(void)
{
    struct reply r = ask("DELETE /t/hello HTTP/1.1\r\nHost: a\r\n"
                         "Connection: close\r\n\r\n");
    CHECK_STATUS(r, 405);
    CHECK_STR(reply_header(&r, "Allow"), "GET, HEAD, OPTIONS");
    reply_free(&r);
    r = post("/t/hello", "", "a=1");
    CHECK_STATUS(r, 405);
    reply_free(&r);
}

static void an_unknown_address_has_a_page_with_a_way_on(void)
{
    struct reply r = get("/nowhere", "");
    CHECK_STATUS(r, 404);
    CHECK(reply_has(&r, "没有找到这个页面"));
    CHECK(reply_has(&r, "tel:12345"));
    CHECK(reply_has(&r, "role=\"search\""));
    reply_free(&r);
    r = get("/nowhere", "Accept: application/json\r\n");
    CHECK(reply_has(&r, "{\"error\":{\"status\":404,\"code\":\"notfound\""));
    reply_free(&r);
}

static void a_slash_too_many_is_forgiven(void)
{
    struct reply r = get("/t/hello/?a=1", "");
    CHECK_STATUS(r, 301);
    CHECK_STR(reply_header(&r, "Location"), "/t/hello?a=1");
    reply_free(&r);
    r = get("//t/hello/", "");
    CHECK_STATUS(r, 404);
    reply_free(&r);
}

static void every_answer_wears_the_safety_headers(void)
{
    struct reply r = get("/t/things/1", "");
    str policy = reply_header(&r, "Content-Security-Policy");
    CHECK(str_find(policy, STR("default-src 'self'")) >= 0);
    CHECK(str_find(policy, STR("frame-ancestors 'none'")) >= 0);
    CHECK(str_find(policy, STR("unsafe")) < 0);
    CHECK_STR(reply_header(&r, "X-Content-Type-Options"), "nosniff");
    CHECK_STR(reply_header(&r, "Cache-Control"), "no-cache");
    reply_free(&r);
    r = get("/t/things/1", session());
    CHECK_STR(reply_header(&r, "Cache-Control"), "no-store");
    CHECK(reply_has(&r, "王芳"));
    reply_free(&r);
}

/* A device many people use: no file is left open on it, nothing is kept, and a
 * word in its cookie that is no hall's code is nobody's. */
static void a_terminal_opens_no_file_and_keeps_nothing(void)
{
    struct reply r = get("/t/paper", "Cookie: zt_terminal=H1\r\n");
    CHECK_STATUS(r, 422);
    CHECK(str_find(r.head, STR("no-store")) >= 0);
    CHECK(str_find(r.body, STR("/kiosk/H1/end")) >= 0);
    reply_free(&r);
    r = get("/t/hello", "Cookie: zt_terminal=H1\r\n");
    CHECK_STATUS(r, 200);
    reply_free(&r);
    r = get("/t/paper", "Cookie: zt_terminal=/x\r\n");
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static void bytes_carry_their_name(void)
{
    struct reply r = get("/t/paper", "");
    CHECK_STR(r.body, "a,b\n");
    CHECK(str_find(reply_header(&r, "Content-Disposition"),
                   STR("filename*=UTF-8''%E5%8A%9E%E4%BB%B6%201.csv")) >= 0);
    reply_free(&r);
}

/* ---- writing ---- */

static void a_good_form_leads_to_what_it_made(void)
{
    struct reply r = post("/t/form", "", "name=%E5%91%A8&seats=12");
    CHECK_STATUS(r, 303);
    CHECK_STR(reply_header(&r, "Location"), "/t/things/7");
    CHECK_STR(reply_header(&r, "Cache-Control"), "no-store");
    reply_free(&r);
    r = post_type("/t/form", "", "application/json",
                  STR("{\"name\":\"周\",\"seats\":12}"));
    CHECK_STATUS(r, 201);
    CHECK_STR(reply_header(&r, "Location"), "/t/things/7");
    CHECK_STR(r.body, "{\"name\":\"周\"}");
    reply_free(&r);
}

static void a_bad_form_comes_back_with_what_was_typed(void)
{
    form_runs = 0;
    struct reply r = post("/t/form", "", "name=&seats=999&secret=zz9zz");
    CHECK_STATUS(r, 400);
    CHECK(form_runs == 1);
    CHECK(reply_has(&r, "<title>有错误：表单"));
    CHECK(reply_has(&r, "value=\"999\""));
    CHECK(!reply_has(&r, "zz9zz"));
    reply_free(&r);
    r = post("/t/form", "", "name=x&seats=999");
    CHECK_STATUS(r, 422);
    reply_free(&r);
}

static void the_rules_complaint_comes_back_the_same_way(void)
{
    struct reply r = post("/t/form", "", "name=taken&seats=5");
    CHECK_STATUS(r, 409);
    CHECK(reply_has(&r, "value=\"taken\""));
    reply_free(&r);
    r = post_type("/t/form", "", "application/json",
                  STR("{\"name\":\"taken\"}"));
    CHECK_STATUS(r, 409);
    CHECK(reply_has(&r, "{\"field\":\"name\",\"sentence\":"
                        "\"这个名字有人用了\"}"));
    reply_free(&r);
}

static void a_post_without_a_page_borrows_the_one_it_names(void)
{
    struct reply r = post("/t/other", "", "name=&seats=5");
    CHECK_STATUS(r, 400);
    CHECK(reply_has(&r, "<title>有错误：表单"));
    reply_free(&r);
    r = post("/t/alone", "", "name=&seats=5");
    CHECK_STATUS(r, 400);
    CHECK(reply_has(&r, "请填写姓名。"));
    reply_free(&r);
}

static struct reply post_keyed(const char *key, const char *json)
{
    char head[200];
    snprintf(head, sizeof head, "Idempotency-Key: %s\r\nAuthorization: "
             "Bearer %.*s\r\n", key, STR_ARG(site.token));
    return post_type("/t/form", head, "application/json", str_of(json));
}

static void the_same_submission_again_is_done_once(void)
{
    char key[40];
    static int keys;
    snprintf(key, sizeof key, "key-%d", ++keys);
    form_posts = 0;
    struct reply a = post_keyed(key, "{\"name\":\"周\"}");
    /* A group replayed by the store runs its writes again before it answers:
       what may not happen is a run for the second submission. */
    int runs = form_posts;
    struct reply b = post_keyed(key, "{\"name\":\"周\"}");
    CHECK_STATUS(a, 201);
    CHECK_STATUS(b, 201);
    CHECK(runs >= 1 && form_posts == runs);
    CHECK(str_eq(a.body, b.body));
    CHECK(str_eq(reply_header(&a, "Location"), reply_header(&b, "Location")));
    reply_free(&a);
    reply_free(&b);
    a = post_keyed(key, "{\"name\":\"李\"}");
    CHECK_STATUS(a, 409);
    reply_free(&a);
    key[0] = 'K';
    a = post_keyed(key, "{\"name\":\"taken\"}");
    CHECK_STATUS(a, 409);
    reply_free(&a);
    a = post_keyed(key, "{\"name\":\"周\"}");
    CHECK_STATUS(a, 201); /* what failed was never done */
    reply_free(&a);
}

static void a_write_without_a_note_leaves_no_trace(void)
{
    struct reply r = post("/t/silent", "", "");
    CHECK_STATUS(r, 500);
    CHECK(reply_has(&r, "您的内容没有丢失"));
    reply_free(&r);
}

static void a_request_too_hungry_is_stopped_and_nobody_else(void)
{
    struct reply r = get("/t/greedy", "");
    CHECK_STATUS(r, 503);
    reply_free(&r);
    r = post("/t/greedy", "", "");
    CHECK_STATUS(r, 503);
    reply_free(&r);
    r = get("/t/hello", "");
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static void a_remark_is_shown_once_on_the_next_page(void)
{
    struct reply r = post("/t/form", "", "name=flash");
    str cookie = reply_header(&r, "Set-Cookie");
    CHECK(str_starts(cookie, STR("zt_flash=ok:%E5")));
    char head[400];
    snprintf(head, sizeof head, "Cookie: %.*s\r\n",
             (int)str_find_byte(cookie, ';'), cookie.p);
    reply_free(&r);
    r = get("/t/things/1", head);
    CHECK(reply_has(&r, "已保存"));
    CHECK(str_starts(reply_header(&r, "Set-Cookie"),
                     STR("zt_flash=; Path=/; Max-Age=0")));
    reply_free(&r);
}

/* ---- who may ---- */

static void a_page_for_staff_sends_strangers_to_the_login(void)
{
    struct reply r = get("/t/staff?x=1&y=2", "");
    CHECK_STATUS(r, 303);
    CHECK_STR(reply_header(&r, "Location"),
              "/login?next=/t/staff?x=1%26y=2");
    reply_free(&r);
    r = get("/t/staff", "Accept: application/json\r\n");
    CHECK_STATUS(r, 401);
    reply_free(&r);
    r = get("/t/staff", session());
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static const char *with_token(const char *head)
{
    static char heads[800];
    snprintf(heads, sizeof heads, "%s%s", session(), head);
    return heads;
}

static void a_session_s_post_needs_its_token(void)
{
    str csrf = auth_csrf(&site.t.arena, site.token);
    struct reply r = post("/t/staff", session(), "name=x");
    CHECK_STATUS(r, 403);
    CHECK(reply_has(&r, "name=\"name\" value=\"x\""));
    reply_free(&r);
    struct buf b = { 0 };
    buf_printf(&b, "name=x&csrf=%.*s%c", STR_ARG(csrf), 0);
    r = post("/t/staff", session(), b.p);
    CHECK_STATUS(r, 303);
    reply_free(&r);
    buf_clear(&b);
    buf_printf(&b, "X-CSRF-Token: %.*s\r\n%c", STR_ARG(csrf), 0);
    r = post_type("/t/staff", with_token(b.p), "application/json",
                  STR("{\"name\":\"x\"}"));
    CHECK_STATUS(r, 201);
    reply_free(&r);
    buf_free(&b);
}

static void a_bearer_needs_no_token(void)
{
    char head[200];
    snprintf(head, sizeof head, "Authorization: Bearer %.*s\r\n",
             STR_ARG(site.token));
    struct reply r = post_type("/t/staff", head, "application/json",
                               STR("{\"name\":\"x\"}"));
    CHECK_STATUS(r, 201);
    reply_free(&r);
}

static void another_site_s_form_is_refused(void)
{
    struct reply r = post("/t/form", "Origin: https://evil.example\r\n",
                          "name=x");
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = post("/t/form", "Sec-Fetch-Site: cross-site\r\n", "name=x");
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = post("/t/form", "Origin: http://a\r\nSec-Fetch-Site: same-origin\r\n",
             "name=x");
    CHECK_STATUS(r, 303);
    reply_free(&r);
}

/* ---- uploads ---- */

static void a_paper_is_streamed_hashed_and_recognised(void)
{
    str body = STR("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n"
                   "\r\n第一份\r\n--b\r\nContent-Disposition: form-data; "
                   "name=\"paper\"; filename=\"C:\\x\\图.pdf\"\r\n\r\n"
                   "%PDF-1.4\n%%EOF\n\r\n--b--\r\n");
    struct reply r = post_type("/t/upload", "Accept: application/json\r\n",
                               "multipart/form-data; boundary=b", body);
    CHECK_STATUS(r, 201);
    CHECK(reply_has(&r, "\"name\":\"图.pdf\",\"size\":15"));
    CHECK(reply_has(&r, "\"type\":\"application/pdf\",\"note\":\"第一份\""));
    CHECK(reply_has(&r, "\"14bcd090baf31edba64e9cbd8cdfc15f"
                        "943344aa72cb3675ad8e91bfcbce03ad\""));
    reply_free(&r);
    r = post_type("/t/upload", "", "multipart/form-data; boundary=b",
                  STR("--b\r\nContent-Disposition: form-data; name=\"paper\"; "
                      "filename=\"\"\r\n\r\n\r\n--b--"));
    CHECK_STATUS(r, 400);
    reply_free(&r);
}

static void a_stranger_s_paper_is_refused_before_it_is_sent(void)
{
    struct reply r = ask("POST /t/staff/papers HTTP/1.1\r\nHost: a\r\n"
                         "Expect: 100-continue\r\nContent-Type: multipart/"
                         "form-data; boundary=b\r\nContent-Length: 1000000"
                         "\r\n\r\n");
    CHECK_STATUS(r, 401);
    reply_free(&r);
}

static void bytes_alone_are_an_upload_too(void)
{
    struct reply r = post_type("/t/bytes", "Accept: application/json\r\n",
                               "application/octet-stream", STR("abc"));
    CHECK_STATUS(r, 201);
    CHECK(reply_has(&r, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb41"
                        "0ff61f20015ad"));
    reply_free(&r);
}

/* ---- the room's own addresses ---- */

static void the_mode_is_remembered_and_the_way_back_is_local(void)
{
    struct reply r = get("/mode?set=elder&back=/t/things/1%3Fq%3D2", "");
    CHECK_STATUS(r, 303);
    CHECK_STR(reply_header(&r, "Location"), "/t/things/1?q=2");
    CHECK(str_starts(reply_header(&r, "Set-Cookie"), STR("zw_mode=elder;")));
    reply_free(&r);
    r = get("/mode?set=elder&back=//evil.example", "");
    CHECK_STR(reply_header(&r, "Location"), "/");
    reply_free(&r);
    r = get("/t/things/1", "Cookie: zw_mode=elder; zw_theme=dark\r\n");
    CHECK(reply_has(&r, "data-mode=\"elder\" data-theme=\"dark\""));
    reply_free(&r);
}

static void health_and_version_are_told(void)
{
    struct reply r = get("/healthz", "");
    CHECK_STATUS(r, 200);
    CHECK_STR(r.body, "ok\n");
    reply_free(&r);
    r = get("/version", "");
    CHECK(reply_has(&r, "政通"));
    reply_free(&r);
    r = get("/api", "");
    CHECK(reply_has(&r, "/t/things/{a}"));
    reply_free(&r);
}

static void run_all(void)
{
    RUN(a_page_is_html_or_json_as_asked);
    RUN(a_query_is_checked_like_a_form);
    RUN(head_and_options_are_answered);
    RUN(a_wrong_method_is_told_the_right_ones);
    RUN(an_unknown_address_has_a_page_with_a_way_on);
    RUN(a_slash_too_many_is_forgiven);
    RUN(every_answer_wears_the_safety_headers);
    RUN(bytes_carry_their_name);
    RUN(a_terminal_opens_no_file_and_keeps_nothing);
    RUN(a_good_form_leads_to_what_it_made);
    RUN(a_bad_form_comes_back_with_what_was_typed);
    RUN(the_rules_complaint_comes_back_the_same_way);
    RUN(a_post_without_a_page_borrows_the_one_it_names);
    RUN(the_same_submission_again_is_done_once);
    RUN(a_write_without_a_note_leaves_no_trace);
    RUN(a_request_too_hungry_is_stopped_and_nobody_else);
    RUN(a_remark_is_shown_once_on_the_next_page);
    RUN(a_page_for_staff_sends_strangers_to_the_login);
    RUN(a_session_s_post_needs_its_token);
    RUN(a_bearer_needs_no_token);
    RUN(another_site_s_form_is_refused);
    RUN(a_paper_is_streamed_hashed_and_recognised);
    RUN(a_stranger_s_paper_is_refused_before_it_is_sent);
    RUN(bytes_alone_are_an_upload_too);
    RUN(the_mode_is_remembered_and_the_way_back_is_local);
    RUN(health_and_version_are_told);
}

int main(void)
{
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!site_open((enum test_database)which))
            continue;
        run_all();
        site.http->blocks = true; /* reads on workers, as for PostgreSQL */
        run_all();
        site_close();
    }
    return test_result();
}
