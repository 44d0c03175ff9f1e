/* What header values say. */
#include "kernel/http/inside.h"
#include "kernel/test/test.h"

static void json_is_given_to_those_who_prefer_it(void)
{
    CHECK(accept_json(STR("application/json")));
    CHECK(accept_json(STR("text/html;q=0.5, application/json")));
    CHECK(accept_json(STR("APPLICATION/JSON; charset=utf-8, */*;q=0.1")));
    CHECK(!accept_json(STR("text/html,application/xhtml+xml,*/*;q=0.8")));
    CHECK(!accept_json(STR("application/json;q=0")));
    CHECK(!accept_json(STR("text/html, application/json")));
    CHECK(!accept_json(STR("*/*")));
    CHECK(!accept_json(STR("")));
    CHECK(accept_json(STR("text/html;q=0.899, application/json;q=0.9")));
}

static void gzip_is_sent_to_those_who_take_it(void)
{
    CHECK(accept_gzip(STR("gzip, deflate, br")));
    CHECK(accept_gzip(STR("*")));
    CHECK(!accept_gzip(STR("gzip;q=0, *")));
    CHECK(!accept_gzip(STR("identity")));
    CHECK(!accept_gzip(STR("")));
}

static void a_cookie_is_found_among_others(void)
{
    str all = STR("a=1; zt_session=abc=; b");
    CHECK_STR(cookie_of(all, STR("zt_session")), "abc=");
    CHECK_STR(cookie_of(all, STR("b")), "");
    CHECK(str_is_none(cookie_of(all, STR("session"))));
    CHECK(str_is_none(cookie_of(str_none, STR("a"))));
}

static void an_origin_is_ours_or_not(void)
{
    CHECK(origin_is_host(STR("http://127.0.0.1:80"), STR("127.0.0.1:80")));
    CHECK(origin_is_host(STR("https://A.gov.cn"), STR("a.GOV.cn")));
    CHECK(!origin_is_host(STR("https://a.gov.cn.evil.com"),
                          STR("a.gov.cn")));
    CHECK(!origin_is_host(STR("null"), STR("null")));
    CHECK(!origin_is_host(STR("http://"), STR("")));
}

static void a_tag_matches_weakly(void)
{
    CHECK(etag_matches(STR("W/\"a\", \"b\""), STR("W/\"b\"")));
    CHECK(etag_matches(STR("*"), STR("W/\"b\"")));
    CHECK(!etag_matches(STR("\"c\""), STR("W/\"b\"")));
}

static void the_way_back_never_leaves_the_site(void)
{
    CHECK_STR(local_path(STR("/cases/1?x=2")), "/cases/1?x=2");
    static const char *const bad[] = { "//evil.com", "/\\evil.com",
                                       "http://evil.com", "", "cases",
                                       "/a\r\nb", "/a b", "javascript:1" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_STR(local_path(str_of(bad[i])), "/");
}

int main(void)
{
    RUN(json_is_given_to_those_who_prefer_it);
    RUN(gzip_is_sent_to_those_who_take_it);
    RUN(a_cookie_is_found_among_others);
    RUN(an_origin_is_ours_or_not);
    RUN(a_tag_matches_weakly);
    RUN(the_way_back_never_leaves_the_site);
    return test_result();
}
