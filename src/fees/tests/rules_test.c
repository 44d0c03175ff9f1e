/* Sums, numbers, verdicts, the books of a day, signatures: with nothing but
 * their arguments. */
#include "fees/fees.h"

#include "kernel/test/test.h"

#include <string.h>

static struct arena a;

static int64_t amount(const char *price, const char *quantity)
{
    fen f = { -1 };
    return fee_amount(str_of(price), str_of(quantity), &f) == OK ? f.n : -1;
}

static void a_sum_is_exact_and_rounded_once(void)
{
    CHECK(amount("20", "1") == 2000);
    CHECK(amount("285.60", "12.5") == 357000);
    CHECK(amount("0.35", "37.5") == 1313);  /* 13.125, half up */
    CHECK(amount("0.1", "0.2") == 2);       /* no binary fractions */
    CHECK(amount("0.005", "1") == 1);
    CHECK(amount("0.0049", "1") == 0);
    CHECK(amount("132.50", "9999.9") == 132498675);
    CHECK(amount("-1", "1") == -1);
    CHECK(amount("1", "-1") == -1);
    CHECK(amount("一", "1") == -1);
    CHECK(amount("", "1") == -1);
    CHECK(amount("10000000", "1") == FEE_MOST);
    CHECK(amount("10000000.01", "1") == -1);
    CHECK(amount("1e40", "1e40") == -1);
}

static void a_sum_is_written_as_banks_write_it(void)
{
    static const struct { int64_t fen; const char *text; } sums[] = {
        { 0, "零元整" }, { 1, "壹分" }, { 10, "壹角整" }, { 105, "壹元零伍分" },
        { 12000, "壹佰贰拾元整" }, { 100500, "壹仟零伍元整" },
        { 1001000, "壹万零壹拾元整" }, { 10000000, "壹拾万元整" },
        { 1010101050, "壹仟零壹拾万壹仟零壹拾元伍角整" },
        { 10000000001, "壹亿元零壹分" }, { 123456, "壹仟贰佰叁拾肆元伍角陆分" },
        { 100000100000, "壹拾亿零壹仟元整" },
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        CHECK_STR(fee_capital(&a, (fen){ sums[i].fen }), sums[i].text);
    CHECK_STR(fee_text(&a, (fen){ 1205 }), "12.05");
    CHECK_STR(fee_text(&a, (fen){ -5 }), "-0.05");
}

static void a_mistyped_number_is_seen(void)
{
    str n = fee_number(&a, STR("341881"), 2026, 17);
    CHECK(n.n == FEE_NUMBER && fee_number_ok(n));
    CHECK(!fee_number_ok(STR("")));
    CHECK(!fee_number_ok(STR("3418812026000000017X")));
    for (size_t i = 0; i < n.n; i++) {
        char wrong[FEE_NUMBER];
        for (char d = '0'; d <= '9'; d++) {
            memcpy(wrong, n.p, n.n);
            wrong[i] = d;
            CHECK(fee_number_ok((str){ wrong, n.n }) == (d == n.p[i]));
        }
        if (i == 0 || n.p[i] == n.p[i - 1])
            continue;
        memcpy(wrong, n.p, n.n); /* two neighbours change places */
        wrong[i] = n.p[i - 1];
        wrong[i - 1] = n.p[i];
        CHECK(!fee_number_ok((str){ wrong, n.n }));
    }
}

static void a_receipt_has_the_code_of_its_year(void)
{
    CHECK_STR(fee_receipt_code(&a, STR("341881"), day_of(2026, 12, 31)),
              "34030126");
    CHECK_STR(fee_receipt_code(&a, STR("530100"), day_of(2024, 1, 1)),
              "53030124");
}

static void the_last_day_moves_to_a_working_day(void)
{
    const struct calendar *cal = clock_calendar_builtin();
    char text[DAY_TEXT];
    /* 15 days after Friday 2026-11-20 is Saturday 12-05: Monday 12-07. */
    CHECK_STR(day_text(fee_due(cal, day_of(2026, 11, 20), 15), text),
              "2026-12-07");
    CHECK_STR(day_text(fee_due(cal, day_of(2026, 11, 23), 15), text),
              "2026-12-08");
}

static void money_goes_to_the_treasury_only(void)
{
    CHECK(fee_account_ok(STR("treasury"), STR("国家金库云溪市支库")));
    CHECK(fee_account_ok(STR("fiscal"), STR("云溪市财政局非税收入汇缴结算户")));
    CHECK(!fee_account_ok(STR("treasury"), STR("云溪市公安局")));
    CHECK(!fee_account_ok(STR("fiscal"), STR("云溪市公安局")));
    CHECK(!fee_account_ok(STR("unit"), STR("云溪市财政局")));
    CHECK(!fee_account_ok(STR(""), STR("国家金库云溪市支库")));
}

static struct fee_taken take(const char *state, int64_t paid, int64_t given,
                             int on)
{
    return fee_take(str_of(state), (fen){ 7000 }, (fen){ paid },
                    (fen){ given }, day_of(2026, 12, 7),
                    (day){ day_of(2026, 12, 7).n + on });
}

static void what_is_too_much_goes_back(void)
{
    struct fee_taken t = take("waiting", 0, 7000, 0);
    CHECK(t.verdict == FEE_COUNTED && t.counts.n == 7000 && t.back.n == 0);
    CHECK(!t.late);
    t = take("waiting", 0, 3500, 0);
    CHECK(t.verdict == FEE_PART && t.counts.n == 3500 && t.back.n == 0);
    t = take("part", 3500, 3500, 0);
    CHECK(t.verdict == FEE_COUNTED && t.counts.n == 3500);
    t = take("part", 3500, 7000, 0);
    CHECK(t.verdict == FEE_SURPLUS && t.counts.n == 3500 && t.back.n == 3500);
    t = take("paid", 7000, 7000, 0);
    CHECK(t.verdict == FEE_DOUBLE && t.counts.n == 0 && t.back.n == 7000);
    t = take("cancelled", 0, 7000, 0);
    CHECK(t.verdict == FEE_CLOSED && t.back.n == 7000);
    t = take("replaced", 0, 1, 0);
    CHECK(t.verdict == FEE_CLOSED && t.back.n == 1);
    t = take("assessing", 0, 7000, 0);
    CHECK(t.verdict == FEE_CLOSED && t.counts.n == 0);
    t = take("", 0, 7000, 0); /* nobody's */
    CHECK(t.verdict == FEE_CLOSED && t.back.n == 7000);
}

static void late_money_counts_while_the_case_waits(void)
{
    struct fee_taken t = take("expired", 0, 7000, 1);
    CHECK(t.verdict == FEE_COUNTED && t.late);
    t = take("waiting", 0, 7000, 1);
    CHECK(t.verdict == FEE_COUNTED && t.late);
}

static void every_state_has_its_word(void)
{
    static const char *const codes[] = { "assessing", "waiting", "part",
                                         "paid", "exempt", "expired",
                                         "replaced", "cancelled" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        str code = str_of(codes[i]);
        CHECK(!str_eq(fee_state_word(code), code));
        CHECK(!(fee_state_open(code) && fee_state_settled(code)));
    }
    CHECK(fee_state_settled(STR("exempt")) && fee_state_settled(STR("paid")));
    CHECK(!fee_state_settled(STR("expired")));
    CHECK(!fee_state_open(STR("nonsense")));
}

/* ---- the books ---- */

static struct fee_line line(const char *no, const char *notice, int64_t sum,
                            int on)
{
    return (struct fee_line){ str_of(no), str_of(notice), false, sum,
                              { day_of(2026, 11, 22).n + on } };
}

static void the_books_of_a_day_show_every_difference(void)
{
    struct fee_line ours[] = { line("P3", "N3", 300, 0),
                               line("P1", "N1", 100, 0),
                               line("P2", "N2", 200, 0),
                               line("P6", "N6", 600, 0),
                               line("P7", "N7", 700, 0) };
    struct fee_line theirs[] = { line("P2", "N2", 201, 0),
                                 line("P1", "N1", 100, 0),
                                 line("P4", "N4", 400, 0),
                                 line("P1", "N1", 100, 0),
                                 line("P6", "N9", 600, 0),
                                 line("P7", "N7", 700, 1) };
    struct fee_difference *d;
    size_t n;
    fee_compare(&a, ours, 5, theirs, 6, &d, &n);
    static const struct { enum fee_gap gap; const char *no; } want[] = {
        { FEE_TWICE, "P1" }, { FEE_SUM, "P2" }, { FEE_MISSING_THERE, "P3" },
        { FEE_MISSING_HERE, "P4" }, { FEE_NOTICE, "P6" }, { FEE_DAY, "P7" },
    };
    CHECK(n == 6);
    for (size_t i = 0; i < n && i < 6; i++) {
        CHECK(d[i].gap == want[i].gap);
        CHECK_STR(d[i].platform_no, want[i].no);
        CHECK(fee_gap_advice(str_of(fee_gap_code(d[i].gap))).n > 0);
    }
    CHECK(d[1].ours == 200 && d[1].theirs == 201);
}

static void equal_books_differ_nowhere(void)
{
    struct fee_line x[] = { line("A", "N", 1, 0), line("B", "N", 2, 0) };
    struct fee_line y[] = { line("B", "N", 2, 0), line("A", "N", 1, 0) };
    struct fee_difference *d;
    size_t n;
    fee_compare(&a, x, 2, y, 2, &d, &n);
    CHECK(n == 0);
    fee_compare(&a, NULL, 0, NULL, 0, &d, &n);
    CHECK(n == 0);
    fee_compare(&a, x, 2, NULL, 0, &d, &n);
    CHECK(n == 2 && d[0].gap == FEE_MISSING_THERE);
    /* A refund under a payment's number is another thing. */
    struct fee_line back = line("A", "N", 1, 0);
    back.refund = true;
    fee_compare(&a, x, 1, &back, 1, &d, &n);
    CHECK(n == 2);
}

#define HEAD "platform_no,notice,kind,amount,day\n"

static enum err file(const char *text, size_t *n, int64_t *sum)
{
    struct fee_line *l;
    str problem = STR("");
    enum err e = fee_day_file(&a, str_of(text), &l, n, sum, &problem);
    CHECK((e == OK) == (problem.n == 0));
    return e;
}

static void a_file_that_is_not_whole_is_not_compared(void)
{
    size_t n;
    int64_t sum;
    str good = fee_number(&a, STR("341881"), 2026, 1);
    const char *notice = good.p;
    char text[500];
    snprintf(text, sizeof text, HEAD "P1,%s,pay,700,2026-11-22\n"
             "R1,%s,refund,200,2026-11-22\ntotal,2,500\n", notice, notice);
    CHECK(file(text, &n, &sum) == OK && n == 2 && sum == 500);
    CHECK(file(HEAD "total,0,0\n", &n, &sum) == OK && n == 0);
    CHECK(file("", &n, &sum) == ERR_INPUT);
    CHECK(file(HEAD, &n, &sum) == ERR_INPUT); /* cut off */
    snprintf(text, sizeof text, HEAD "P1,%s,pay,700,2026-11-22\ntotal,1,701\n",
             notice);
    CHECK(file(text, &n, &sum) == ERR_INPUT);
    snprintf(text, sizeof text, HEAD "P1,%s,pay,700,2026-11-22\ntotal,2,700\n",
             notice);
    CHECK(file(text, &n, &sum) == ERR_INPUT);
    snprintf(text, sizeof text, HEAD "P1,%s,pay,7.00,2026-11-22\ntotal,1,7\n",
             notice);
    CHECK(file(text, &n, &sum) == ERR_INPUT);
    snprintf(text, sizeof text, HEAD "P1,%s,gift,7,2026-11-22\ntotal,1,7\n",
             notice);
    CHECK(file(text, &n, &sum) == ERR_INPUT);
    CHECK(file(HEAD "P1,12345,pay,7,2026-11-22\ntotal,1,7\n", &n, &sum) ==
          ERR_INPUT);
}

/* ---- signatures ---- */

static void a_signature_is_of_its_key_place_and_text(void)
{
    str key = STR("0123456789abcdef");
    for (int d = FEE_SM3; d <= FEE_SHA256; d++) {
        str s = fee_sign(&a, (enum fee_digest)d, key, STR("callback"),
                         STR("text"));
        CHECK(str_starts(s, d == FEE_SM3 ? STR("sm3=") : STR("sha256=")));
        CHECK(fee_signed(&a, key, STR("callback"), STR("text"), s));
        CHECK(!fee_signed(&a, key, STR("callback"), STR("texT"), s));
        CHECK(!fee_signed(&a, key, STR("order"), STR("text"), s));
        CHECK(!fee_signed(&a, STR("0123456789abcdeF"), STR("callback"),
                          STR("text"), s));
        CHECK(!fee_signed(&a, key, STR("callback"), STR("text"),
                          str_slice(s, 0, s.n - 1)));
    }
    CHECK(!fee_signed(&a, key, STR("callback"), STR("text"), STR("")));
    CHECK(!fee_signed(&a, key, STR("callback"), STR("text"), STR("md5=00")));
    CHECK(!fee_signed(&a, STR(""), STR("callback"), STR("text"),
                      STR("sm3=")));
    /* Of "a\nb", by Python's hmac and by openssl dgst -mac HMAC. */
    CHECK_STR(fee_sign(&a, FEE_SHA256, key, STR("a"), STR("b")),
              "sha256=1b628ff1e9541543278026165bbf96a1"
              "35e160dfd014f757d34a498ec84724bc");
    CHECK_STR(fee_sign(&a, FEE_SM3, key, STR("a"), STR("b")),
              "sm3=ad4ff1a7e24021073f0b729f67da3c1b"
              "843d8358c6f66d02f9041ca24e6e0ce5");
}

int main(void)
{
    RUN(a_sum_is_exact_and_rounded_once);
    RUN(a_sum_is_written_as_banks_write_it);
    RUN(a_mistyped_number_is_seen);
    RUN(a_receipt_has_the_code_of_its_year);
    RUN(the_last_day_moves_to_a_working_day);
    RUN(money_goes_to_the_treasury_only);
    RUN(what_is_too_much_goes_back);
    RUN(late_money_counts_while_the_case_waits);
    RUN(every_state_has_its_word);
    RUN(the_books_of_a_day_show_every_difference);
    RUN(equal_books_differ_nowhere);
    RUN(a_file_that_is_not_whole_is_not_compared);
    RUN(a_signature_is_of_its_key_place_and_text);
    arena_free(&a);
    return test_result();
}
