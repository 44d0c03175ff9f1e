/* Disclosure: the clock of a request, fees, completeness. */
#include "disclosure/disclosure.h"
#include "kernel/test/test.h"

static day on(int year, int month, int mday)
{
    return day_of(year, month, mday);
}

static struct disclosure_request asked(day received)
{
    return (struct disclosure_request){ .received = received,
                                        .confirmed = day_none,
                                        .fix_notice = day_none,
                                        .fix_received = day_none };
}

static struct disclosure_reply reply(struct disclosure_request r)
{
    struct disclosure_reply out = { 0 };
    CHECK(disclosure_reply(clock_calendar_builtin(), &r, &out) == OK);
    return out;
}

static bool refused(struct disclosure_request r)
{
    struct disclosure_reply out;
    return disclosure_reply(clock_calendar_builtin(), &r, &out) == ERR_RANGE;
}

static void twenty_working_days_and_once_twenty_more(void)
{
    struct disclosure_request r = asked(on(2026, 4, 27));
    CHECK(reply(r).due.due.n == on(2026, 5, 27).n);
    r.extension = 20;
    CHECK(reply(r).due.due.n == on(2026, 6, 25).n);
    r.extension = 21;
    CHECK(refused(r));
}

static void a_correction_starts_the_clock_anew(void)
{
    struct disclosure_request r = asked(on(2025, 9, 15));
    r.fix_notice = on(2025, 9, 22);
    struct disclosure_reply out = reply(r);
    CHECK(day_is_none(out.clock_start) && day_is_none(out.due.due));
    CHECK(out.notice_limit.n == on(2025, 9, 24).n && !out.notice_late);
    r.fix_received = on(2025, 9, 29);
    CHECK(reply(r).clock_start.n == on(2025, 9, 29).n);
    CHECK(reply(r).due.due.n == on(2025, 11, 3).n);
    r.fix_notice = on(2025, 9, 25);
    CHECK(reply(r).notice_late);
}

static void an_internet_request_starts_when_confirmed(void)
{
    struct disclosure_request r = asked(on(2026, 11, 14));
    r.confirmed = on(2026, 11, 16);
    CHECK(reply(r).clock_start.n == on(2026, 11, 16).n);
    CHECK(reply(r).notice_limit.n == on(2026, 11, 25).n);
}

static void asking_a_third_party_stops_the_clock(void)
{
    struct clock_span s = { on(2026, 11, 18), on(2026, 11, 20), STR("") };
    struct disclosure_request r = asked(on(2026, 11, 16));
    r.asked = &s;
    r.asked_count = 1;
    CHECK(reply(r).due.due.n == on(2026, 12, 16).n);
    s.to = day_none;
    CHECK(day_is_none(reply(r).due.due));
}

static void days_out_of_order_are_refused(void)
{
    struct disclosure_request r = asked(day_none);
    CHECK(refused(r));
    r = asked(on(2026, 11, 16));
    r.fix_notice = on(2026, 11, 13);
    CHECK(refused(r));
    r.fix_notice = on(2026, 11, 17);
    r.fix_received = on(2026, 11, 16);
    CHECK(refused(r));
}

/* ---- fees ---- */

static int64_t yuan_by_case(int64_t n)
{
    fen f;
    return disclosure_fee_by_case(n, &f) == OK ? f.n / 100 : -1;
}

static int64_t yuan_by_page(int64_t n)
{
    fen f;
    return disclosure_fee_by_page(n, &f) == OK ? f.n / 100 : -1;
}

static void fees_rise_in_steps(void)
{
    static const struct { int64_t n, yuan; } cases[] = {
        { 0, 0 },      { 10, 0 },     { 11, 100 },   { 30, 2000 },
        { 31, 2200 },  { 40, 4000 },  { 41, 4300 },  { 50, 7000 },
        { 51, 7400 },  { -1, -1 },    { 1000001, -1 },
    }, pages[] = {
        { 30, 0 },     { 31, 10 },    { 100, 700 },  { 101, 720 },
        { 200, 2700 }, { 201, 2740 }, { -1, -1 },    { 1000001, -1 },
        { 1000000, 2700 + 999800 * 40 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(yuan_by_case(cases[i].n) == cases[i].yuan);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        CHECK(yuan_by_page(pages[i].n) == pages[i].yuan);
}

/* ---- completeness ---- */

static int score(const struct disclosure_catalogue *c, size_t n)
{
    int got;
    return disclosure_score(c, n, &got) == OK ? got : -1;
}

static void a_score_is_exact_and_rounds_half_up(void)
{
    struct disclosure_catalogue third[] = { { 3, 2, 1 } };
    CHECK(score(third, 1) == 6667);
    /* 1/16 of 100 is 6.25; 1/32 is 3.125 and goes up */
    struct disclosure_catalogue half[] = { { 32, 1, 7 } };
    CHECK(score(half, 1) == 313);
    struct disclosure_catalogue below[] = { { 20001, 1, 1 } };
    CHECK(score(below, 1) == 0);
    struct disclosure_catalogue mixed[] = { { 3, 1, 1 }, { 7, 1, 1 },
                                            { 11, 1, 1 } };
    CHECK(score(mixed, 3) == 1890);
}

static void what_requires_nothing_is_left_out(void)
{
    struct disclosure_catalogue c[] = { { 0, 5, 100 }, { 4, 9, 1 },
                                        { 2, 0, 0 } };
    CHECK(score(c, 3) == 10000);
    CHECK(score(c, 1) == 10000);
    CHECK(score(NULL, 0) == 10000);
    c[1].published = 1;
    CHECK(score(c, 3) == 2500);
}

static void nonsense_is_refused(void)
{
    struct disclosure_catalogue c = { -1, 0, 1 };
    CHECK(score(&c, 1) == -1);
    c = (struct disclosure_catalogue){ 1, 0, -1 };
    CHECK(score(&c, 1) == -1);
    c = (struct disclosure_catalogue){ INT64_MAX, 0, 1 };
    CHECK(score(&c, 1) == -1);
    /* coprime by dozens: no exact answer fits, so none is given */
    struct disclosure_catalogue many[40];
    for (int i = 0; i < 40; i++)
        many[i] = (struct disclosure_catalogue){ 1000000007 + 2 * i, 1, 3 };
    CHECK(score(many, 40) == -1);
}

int main(void)
{
    RUN(twenty_working_days_and_once_twenty_more);
    RUN(a_correction_starts_the_clock_anew);
    RUN(an_internet_request_starts_when_confirmed);
    RUN(asking_a_third_party_stops_the_clock);
    RUN(days_out_of_order_are_refused);
    RUN(fees_rise_in_steps);
    RUN(a_score_is_exact_and_rounds_half_up);
    RUN(what_requires_nothing_is_left_out);
    RUN(nonsense_is_refused);
    return test_result();
}
