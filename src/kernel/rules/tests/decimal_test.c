/* Decimal numbers on their own: text, rounding, the four operations. */
#include "kernel/rules/decimal.h"
#include "kernel/test/test.h"

static struct decimal of(const char *text)
{
    struct decimal d = decimal_of(0);
    CHECK(decimal_parse(str_of(text), &d));
    return d;
}

static void is(struct decimal d, const char *want)
{
    char text[DECIMAL_TEXT];
    CHECK_STR(decimal_text(d, text), want);
}

static void text_is_exact_both_ways(void)
{
    static const char *const same[] = {
        "0", "1", "-1", "0.1", "-0.001", "1234567890123456789012345678901234",
        "0.1234567890123456789012345678901234", "99999.99999",
    };
    struct decimal d;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        is(of(same[i]), same[i]);
    is(of("1.500"), "1.5");
    is(of("-0"), "0");
    is(of("1e3"), "1000");
    is(of("12345678901234567890123456789012345"),
       "12345678901234567890123456789012340");
    is(of("12345678901234567890123456789012355"),
       "12345678901234567890123456789012360");
    static const char *const bad[] = { "", "-", ".", "1.", "1..2", "1e", "x",
                                       " 1", "1 ", "1e99999", "--1", "0x1" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!decimal_parse(str_of(bad[i]), &d));
}

static void rounding_knows_seven_ways(void)
{
    static const struct {
        const char *from;
        int scale;
        const char *want[7]; /* as enum decimal_rounding */
    } cases[] = {
        { "2.5", 0, { "2", "3", "2", "3", "2", "2", "3" } },
        { "-2.5", 0, { "-2", "-3", "-2", "-3", "-2", "-3", "-2" } },
        { "3.5", 0, { "4", "4", "3", "4", "3", "3", "4" } },
        { "1.26", 1, { "1.3", "1.3", "1.3", "1.3", "1.2", "1.2", "1.3" } },
        { "1250", -2,
          { "1200", "1300", "1200", "1300", "1200", "1200", "1300" } },
        { "0.001", 0, { "0", "0", "0", "1", "0", "0", "1" } },
    };
    struct decimal d;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int how = 0; how < 7; how++) {
            CHECK(decimal_round(of(cases[i].from), cases[i].scale,
                                (enum decimal_rounding)how, &d));
            is(d, cases[i].want[how]);
        }
}

static void operations_stay_in_the_finite(void)
{
    struct decimal d = decimal_of(7), big = of("9e6144");
    CHECK(!decimal_mul(big, big, &d));
    CHECK(!decimal_add(big, big, &d));
    CHECK(!decimal_div(of("1"), of("0.00"), &d));
    CHECK(!decimal_modulo(of("1"), of("0"), &d));
    CHECK(!decimal_exp(of("1e9"), &d));
    CHECK(!decimal_sqrt(of("-1"), &d));
    is(d, "7");
    CHECK(decimal_modulo(of("1e40"), of("7"), &d));
    is(d, "4");
    CHECK(decimal_modulo(of("-10.1"), of("4.5"), &d));
    is(d, "3.4");
    CHECK(decimal_sub(of("1"), of("0.9"), &d));
    is(d, "0.1");
    CHECK(decimal_cmp(of("1.0"), of("1")) == 0);
    CHECK(decimal_cmp(of("-2"), of("-1")) < 0);
    CHECK(decimal_cmp(of("10"), of("9.99")) > 0);
}

typedef bool operation(struct decimal a, struct decimal b,
                       struct decimal *out);

static void results_are_rounded_once_half_to_even(void)
{
    static const struct {
        operation *f;
        const char *a, *b, *want;
    } cases[] = {
        { decimal_add, "9999999999999999999999999999999998", "0.5",
          "9999999999999999999999999999999998" },
        { decimal_add, "9999999999999999999999999999999999", "0.5",
          "10000000000000000000000000000000000" },
        { decimal_add, "9999999999999999999999999999999998",
          "0.500000000000000000000000000000001",
          "9999999999999999999999999999999999" },
        { decimal_add, "1e34", "-1e-60",
          "10000000000000000000000000000000000" },
        { decimal_sub, "1", "1e-34", "0.9999999999999999999999999999999999" },
        { decimal_sub, "1", "1e-40", "1" },
        { decimal_sub, "5", "5.000", "0" },
        { decimal_mul, "9999999999999999999999999999999999",
          "9999999999999999999999999999999999",
          "99999999999999999999999999999999980000000000000000000000000000000"
          "000" },
        { decimal_mul, "-1.5", "0.2", "-0.3" },
        { decimal_div, "1", "3", "0.3333333333333333333333333333333333" },
        { decimal_div, "2", "3", "0.6666666666666666666666666666666667" },
        { decimal_div, "-10", "4", "-2.5" },
        { decimal_div, "1e-6000", "1e300", "0" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal d = decimal_of(0);
        CHECK(cases[i].f(of(cases[i].a), of(cases[i].b), &d));
        is(d, cases[i].want);
    }
}

static void integers_come_out_whole(void)
{
    int64_t i = 0;
    CHECK(decimal_int64(of("12.0"), &i) && i == 12);
    CHECK(decimal_int64(of("-9223372036854775808"), &i) && i == INT64_MIN);
    CHECK(!decimal_int64(of("9223372036854775808"), &i));
    CHECK(!decimal_int64(of("1.5"), &i));
    CHECK(decimal_is_integer(of("1e10")) && !decimal_is_integer(of("0.5")));
    CHECK(decimal_even(of("4")) && !decimal_even(of("-3")));
    CHECK(decimal_even(of("1e1")));
}

int main(void)
{
    RUN(text_is_exact_both_ways);
    RUN(rounding_knows_seven_ways);
    RUN(operations_stay_in_the_finite);
    RUN(results_are_rounded_once_half_to_even);
    RUN(integers_come_out_whole);
    return test_result();
}
