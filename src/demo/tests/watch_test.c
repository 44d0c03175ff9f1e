/* The portal and supervision over HTTP, on an empty database and in a city. */
#include "demo/tests/place.h"
#include "kernel/audit/queries.gen.h"
#include "kernel/job/job.h"
#include "supervision/queries.gen.h"

static void an_empty_database_has_a_home_page(void)
{
    if (!place_open(TEST_LITE, false))
        return;
    struct value *home = place_page("/", STR(""), "portal/home");
    CHECK(home && value_get(home, STR("rows"))->count == 0);
    CHECK_STR(value_get_text(home, STR("rate")), "—");
    struct value *found =
        place_page("/search?words=%E9%A4%90%E9%A5%AE", STR(""),
                   "portal/search");
    CHECK(found && value_get_int(found, STR("total"), -1) == 0);
    place_page("/search", STR(""), "portal/search");
    struct reply r = place_ask("GET", "/supervision", STR(""), NULL);
    CHECK(r.status == 401);
    reply_free(&r);
    place_close();
}

/* ---- in a city ---- */

static void the_home_page_shows_what_moved_last(void)
{
    struct value *home = place_page("/", STR(""), "portal/home");
    CHECK(home && value_get(home, STR("rows"))->count == 8);
    CHECK(value_get_int(home, STR("filed"), 0) == 400);
    CHECK(value_get_int(home, STR("items"), 0) == 2155);
    CHECK(value_get_int(home, STR("theme_count"), 0) == 6);
    const struct value *rows = value_get(home, STR("rows"));
    for (const struct value *a = rows->first; a; a = a->next)
        for (const struct value *b = a->next; b; b = b->next)
            CHECK(!str_eq(value_get_text(a, STR("number")),
                          value_get_text(b, STR("number"))));
}

static void search_finds_by_words_and_by_number(void)
{
    struct value *v = place_page("/search?words=%E9%A4%90%E9%A5%AE", STR(""),
                                 "portal/search"); /* 餐饮 */
    const struct value *cases = value_get(v, STR("cases"));
    CHECK(value_get(v, STR("themes"))->count == 1);
    CHECK(cases->count > 0);
    str number = value_get_text(cases->first, STR("number"));
    v = place_page(place_path("/search?words=%.*s%.*s", number, STR("")),
                   STR(""), "portal/search");
    CHECK(value_get_int(v, STR("total"), 0) == 1);
    v = place_page("/search?words=%E5%BC%80%E9%9D%A2%E7%AE%A1", STR(""),
                   "portal/search"); /* 开面管 */
    CHECK(value_get(v, STR("themes"))->count == 1);
    CHECK_STR(value_get_text(v, STR("understood")), "餐饮店");
    v = place_page("/search?exact=1&words=%E5%BC%80%E9%9D%A2%E7%AE%A1",
                   STR(""), "portal/search");
    CHECK(value_get_int(v, STR("total"), -1) == 0);
    CHECK(value_get(v, STR("near"))->count > 0);
    /* Who applied cannot be searched for: 周文远. */
    v = place_page("/search?words=%E5%91%A8%E6%96%87%E8%BF%9C", STR(""),
                   "portal/search");
    CHECK(value_get(v, STR("cases"))->count == 0);
}

static void the_supervisors_pages_fit_their_views(void)
{
    str he = place_login("supervisor.he");
    CHECK(job_drain(place.t.store, modules, inst_now()) == OK);
    struct value *v = place_page("/supervision", he, "supervision/dashboard");
    CHECK_STR(value_get_text(v, STR("scope")), "全市");
    place_page("/supervision?period=last&all=1", he, "supervision/dashboard");
    v = place_page("/supervision?period=year", he, "supervision/dashboard");
    /* A bar a month; until the tenth of February, one a working day. */
    int year, month, date;
    day_split(inst_day(place.city.now), &year, &month, &date);
    CHECK(value_get(v, STR("days"))->count <=
          (month == 1 || (month == 2 && date <= 9) ? 40 : 12));
    place_page("/supervision/units/D025", he, "supervision/unit");
    place_page("/supervision/units/D013?period=year", he, "supervision/unit");
    place_page("/supervision/ratings", he, "supervision/ratings");
    v = place_page("/supervision/cards", he, "supervision/cards");
    const struct value *rows = value_get(v, STR("rows"));
    CHECK(rows->count > 0); /* the staged restaurant's sign is late */
    v = place_page(place_path("/supervision/cards/%.*s%.*s",
                              value_get_text(rows->first, STR("code")),
                              STR("")), he, "supervision/card");
    CHECK_STR(value_get_text(v, STR("submit")), "提交处理意见");
    place_page("/supervision/cards?kind=warning", he, "supervision/cards");
    struct reply r = place_ask("GET", "/supervision.csv", he, NULL);
    CHECK(r.status == 200 && reply_has(&r, "\"D025\","));
    reply_free(&r);
    place_json("GET", "/supervision/units/X999", he, NULL, 404);
    place_json("GET", "/supervision/cards/R1999-0001", he, NULL, 404);
}

static void a_leader_sees_one_organisation(void)
{
    str leader = place_login("leader.d014");
    struct value *v = place_page("/supervision", leader,
                                 "supervision/dashboard");
    CHECK_STR(value_get_text(v, STR("scope")), "城市管理局");
    CHECK(value_get(v, STR("units"))->count == 1);
    place_json("GET", "/supervision/units/D025", leader, NULL, 403);
    v = place_page("/supervision/cards?unit=D025", leader,
                   "supervision/cards");
    const struct value *rows = value_get(v, STR("rows"));
    for (const struct value *r = rows->first; r; r = r->next)
        CHECK_STR(value_get_text(r, STR("unit_name")), "城管局");
    place_json("GET", "/supervision", place_login("officer.d014"), NULL, 403);
    place_json("GET", "/supervision", place_login("resident.zhou"), NULL,
               403);
}

/* 城管局 explains its card, another may not, the supervisor answers once. */
static void a_card_is_explained_and_answered_once(void)
{
    str he = place_login("supervisor.he"), own = place_login("officer.d014");
    struct value *v = place_page("/supervision/cards?unit=D014", he,
                                 "supervision/cards");
    str code = value_get_text(value_get(v, STR("rows"))->first, STR("code"));
    const char *card = place_path("/supervision/cards/%.*s%.*s", code,
                                  STR(""));
    const char *explain = place_path("/supervision/cards/%.*s/explain%.*s",
                                     code, STR(""));
    const char *answer = place_path("/supervision/cards/%.*s/answer%.*s",
                                    code, STR(""));
    const char *said = "{\"text\":\"现场核查排期较晚，已加派人员。\"}";
    const char *lift = "{\"verdict\":\"lift\",\"text\":\"理由成立。\"}";
    place_json("POST", explain, place_login("officer.d025"), said, 403);
    place_json("POST", explain, own, "{\"text\":\"短\"}", 422);
    place_json("POST", answer, own, lift, 403);
    place_json("POST", explain, own, said, 200);
    place_json("POST", explain, own, said, 409);
    v = place_page(card, own, "supervision/card");
    CHECK_STR(value_get_text(v, STR("state")), "已说明");
    place_json("POST", answer, he, lift, 200);
    place_json("POST", answer, he, lift, 409);
    v = place_page(card, own, "supervision/card");
    CHECK_STR(value_get_text(v, STR("state")), "已撤销");
    CHECK(value_get(v, STR("events"))->count == 2);
}

/* ---- rating ---- */

struct rated {
    str open, ended, ticket;
};

static bool pick(struct rated *r, const struct case_board_state *c)
{
    if (!str_is(c->kind, "single"))
        return false;
    *(str_is_none(r->ended) ? &r->ended : &r->open) = c->number;
    return !str_is_none(r->open);
}

/* Two that wait; the first is refused, which is an end like any other. */
static enum err end_one(struct tx *tx, void *context)
{
    struct rated *r = context;
    struct case_board_state *c;
    struct case_load kase;
    size_t n;
    *r = (struct rated){ str_none, str_none, str_none };
    enum err e = case_board_state(tx, STR("received"), INT32_MIN, 0, &c, &n);
    for (size_t i = 0; e == OK && i < n && !pick(r, &c[i]); i++)
        ;
    if (e == OK)
        e = case_load(tx, r->ended, &kase);
    if (e != OK)
        return e;
    r->ticket = kase.ticket;
    struct who desk = { .account = kase.officer, .name = kase.officer_name,
                        .unit = kase.unit, .role = STR("officer"),
                        .via = STR("web") };
    struct act act = { .verb = VERB_REFUSE, .number = r->ended,
                       .ground = STR("依法不属于本机关职权范围"),
                       .reason = STR("请向省级机关申请。") };
    tx->who = &desk;
    return case_act(tx, &act);
}

static const char *rating(const char *format, str ticket)
{
    return arena_printf(&place.t.arena, format, STR_ARG(ticket)).p;
}

static enum err trail_is_silent(struct tx *tx, void *context)
{
    struct audit_page *a;
    size_t n;
    int given = 0;
    (void)context;
    enum err e = audit_page(tx, 0, 5000, &a, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        given += str_is(a[i].action, "rating.give");
        CHECK(str_find(a[i].detail, STR("跑了三趟")) < 0);
    }
    CHECK(given == 3);
    return e;
}

/* The QR code is of the progress page, which hands its secret on. */
static void the_code_on_the_receipt_leads_there(const struct rated *r)
{
    struct value *v = place_page(
        rating(place_path("/cases/%.*s?ticket=%%.*s%.*s", r->ended, STR("")),
               r->ticket), STR(""), "services/progress");
    const struct value *rating_of = value_get(v, STR("rating"));
    str href = value_get_text(rating_of, STR("href"));
    CHECK(str_ends(href, r->ticket));
    CHECK(!value_truth(value_get(rating_of, STR("open"))));
    v = place_page(place_path("/cases/%.*s?ticket=%%22%%26%.*s", r->ended,
                              STR("")), STR(""), "services/progress");
    rating_of = value_get(v, STR("rating"));
    CHECK(str_ends(value_get_text(rating_of, STR("href")), STR("/rate")));
}

static void a_case_is_rated_once_in_each_channel(void)
{
    struct rated r;
    CHECK(test_store_run(&place.t, end_one, &r) == OK);
    str none = STR(""), chen = place_login("window.chen");
    const char *path = place_path("/cases/%.*s/rate%.*s", r.ended, none);
    const char *open = place_path("/cases/%.*s/rate%.*s", r.open, none);
    const char *bad = rating("{\"level\":5,\"reason\":[\"visits\"],\"text\":"
                             "\"跑了三趟\",\"ticket\":\"%.*s\"}", r.ticket);
    place_json("POST", open, chen, "{\"level\":1}", 409);
    place_json("POST", path, none, "{\"level\":1}", 401);
    place_json("POST", path, none, "{\"level\":1,\"ticket\":\"-\"}", 401);
    place_json("POST", path, place_login("resident.li"), "{\"level\":1}",
               403);
    place_json("POST", path, chen, "{\"level\":6}", 422);
    place_json("POST", path, none, bad, 200);
    place_json("POST", path, none, bad, 409);
    place_json("POST", path, chen, "{\"level\":1}", 200);
    place_json("POST", path, chen, "{\"level\":1}", 409);
    place_json("POST", path, chen, "{\"level\":2,\"channel\":\"phone\"}",
               200);
    struct value *v = place_page(
        rating(place_path("/cases/%.*s/rate?ticket=%%.*s%.*s", r.ended, none),
               r.ticket), none, "supervision/rate");
    CHECK_STR(value_get_text(v, STR("given")), "非常不满意");
    the_code_on_the_receipt_leads_there(&r);
    CHECK(test_store_look(&place.t, trail_is_silent, NULL) == OK);
}

static void a_bad_rating_is_verified_then_mended(void)
{
    str he = place_login("supervisor.he");
    struct value *v = place_page("/supervision/ratings", he,
                                 "supervision/ratings");
    const struct value *row = value_get(v, STR("rows"))->first;
    CHECK(row && value_get_int(v, STR("total"), 0) == 1);
    str number = value_get_text(row, STR("number"));
    str channel = value_get_text(row, STR("channel"));
    const char *one = place_path("/supervision/ratings/%.*s/%.*s", number,
                                 channel);
    const char *mend = place_path("/supervision/ratings/%.*s/%.*s/mend",
                                  number, channel);
    const char *verify = place_path("/supervision/ratings/%.*s/%.*s/verify",
                                    number, channel);
    const char *done = "{\"answer\":\"已电话致歉并补办。\"}";
    v = place_page(one, he, "supervision/rating");
    CHECK_STR(value_get_text(v, STR("remark")), "跑了三趟");
    place_json("GET", one, place_login("officer.d014"), NULL, 403);
    place_json("POST", mend, he, done, 409);
    place_json("POST", verify, he, "{}", 200);
    place_json("POST", verify, he, "{}", 409);
    place_json("POST", mend, he, done, 200);
    place_json("POST", mend, he, done, 409);
    v = place_page("/supervision/ratings", he, "supervision/ratings");
    CHECK(value_get_int(v, STR("total"), -1) == 0);
}

static enum err scores(struct tx *tx, void *context)
{
    struct check_scores *s;
    size_t n;
    (void)context;
    enum err e = check_scores(tx, &s, &n);
    CHECK(n == 0);
    return e;
}

static void figures_of_ratings_are_a_recount(void)
{
    CHECK(test_store_look(&place.t, scores, NULL) == OK);
}

static void in_a_city(enum test_database which)
{
    if (!place_open(which, true))
        return;
    the_home_page_shows_what_moved_last();
    search_finds_by_words_and_by_number();
    the_supervisors_pages_fit_their_views();
    a_leader_sees_one_organisation();
    a_card_is_explained_and_answered_once();
    a_case_is_rated_once_in_each_channel();
    a_bad_rating_is_verified_then_mended();
    figures_of_ratings_are_a_recount();
    place_close();
}

static void everything_in_a_city_on_sqlite(void)
{
    in_a_city(TEST_LITE);
}

static void everything_in_a_city_on_postgresql(void)
{
    in_a_city(TEST_PG);
}

int main(void)
{
    RUN(an_empty_database_has_a_home_page);
    RUN(everything_in_a_city_on_sqlite);
    RUN(everything_in_a_city_on_postgresql);
    return test_result();
}
