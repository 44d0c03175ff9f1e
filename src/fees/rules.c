/*
 * Sums, numbers, days and verdicts of fees.
 *
 * No store, no clock, no request.  A sum is multiplied as exact decimals and
 * rounded once, to the fen; no floating point is near money.
 */
#include "fees/fees.h"

#include "kernel/rules/decimal.h"

/* ---- amounts ---- */

enum err fee_amount(str price, str quantity, fen *out)
{
    struct decimal p, q, sum, rounded;
    int64_t n;
    if (!decimal_parse(price, &p) || !decimal_parse(quantity, &q) ||
        decimal_sign(p) < 0 || decimal_sign(q) < 0 ||
        !decimal_mul(p, q, &sum) ||
        !decimal_mul(sum, decimal_of(100), &sum) ||
        !decimal_round(sum, 0, DECIMAL_HALF_UP, &rounded) ||
        !decimal_int64(rounded, &n) || n > FEE_MOST)
        return ERR_RANGE;
    *out = (fen){ n };
    return OK;
}

static const char *const digits[] = { "零", "壹", "贰", "叁", "肆",
                                      "伍", "陆", "柒", "捌", "玖" };

/* Four digits below one 万: 壹仟零贰拾. */
static void put_group(struct buf *b, int64_t n, bool leading)
{
    static const char *const places[] = { "仟", "佰", "拾", "" };
    static const int64_t worth[] = { 1000, 100, 10, 1 };
    bool gap = leading;
    for (int i = 0; i < 4; i++) {
        int64_t d = n / worth[i] % 10;
        if (d == 0) {
            gap = true;
            continue;
        }
        if (gap && b->n)
            buf_put(b, STR("零"));
        gap = false;
        buf_put(b, str_of(digits[d]));
        buf_put(b, str_of(places[i]));
    }
}

str fee_capital(struct arena *a, fen sum)
{
    static const char *const groups[] = { "亿", "万", "" };
    static const int64_t worth[] = { 100000000, 10000, 1 };
    struct buf b = { 0 };
    int64_t yuan = sum.n / 100, jiao = sum.n / 10 % 10, rest = sum.n % 10;
    bool gap = false; /* a whole group of zeros is spoken once */
    for (int i = 0; i < 3; i++) {
        int64_t group = yuan / worth[i] % 10000;
        if (group == 0) {
            gap = true;
            continue;
        }
        put_group(&b, group, b.n > 0 && (gap || group < 1000));
        buf_put(&b, str_of(groups[i]));
        gap = false;
    }
    if (b.n || (jiao == 0 && rest == 0)) {
        if (b.n == 0)
            buf_put(&b, STR("零"));
        buf_put(&b, STR("元"));
    }
    if (jiao) {
        buf_put(&b, str_of(digits[jiao]));
        buf_put(&b, STR("角"));
    } else if (rest && b.n) {
        buf_put(&b, STR("零"));
    }
    if (rest) {
        buf_put(&b, str_of(digits[rest]));
        buf_put(&b, STR("分"));
    } else {
        buf_put(&b, STR("整"));
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

str fee_text(struct arena *a, fen sum)
{
    return arena_printf(a, "%s%lld.%02lld", sum.n < 0 ? "-" : "",
                        (long long)((sum.n < 0 ? -sum.n : sum.n) / 100),
                        (long long)((sum.n < 0 ? -sum.n : sum.n) % 100));
}

/* ---- numbers ---- */

/* GB/T 17710, MOD 11,10: the digit that makes the whole come out at 1. */
static int check_digit(str text)
{
    int p = 10;
    for (size_t i = 0; i < text.n; i++) {
        int s = (p + (text.p[i] - '0')) % 10;
        p = (s == 0 ? 10 : s) * 2 % 11;
    }
    return (11 - p) % 10;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

str fee_number(struct arena *a, str region, int year, int64_t serial)
{
    str body = arena_printf(a, "%.*s%04d%09lld", STR_ARG(region), year,
                            (long long)serial);
    return arena_printf(a, "%.*s%d", STR_ARG(body), check_digit(body));
}

bool fee_number_ok(str number)
{
    if (number.n != FEE_NUMBER || !all_digits(number))
        return false;
    str body = str_slice(number, 0, FEE_NUMBER - 1);
    return number.p[FEE_NUMBER - 1] - '0' == check_digit(body);
}

str fee_receipt_code(struct arena *a, str region, day made)
{
    int y, m, d;
    day_split(made, &y, &m, &d);
    return arena_printf(a, "%.*s0301%02d", STR_ARG(str_slice(region, 0, 2)),
                        y % 100);
}

/* ---- days ---- */

day fee_due(const struct calendar *cal, day issued, int days)
{
    struct clock_count k = { .start = issued, .unit = CLOCK_NATURAL_DAYS,
                             .n = days, .roll = true };
    struct clock_due due;
    return clock_due(cal, &k, &due) == OK ? due.due : day_none;
}

/* ---- accounts ---- */

bool fee_account_ok(str kind, str holder)
{
    if (str_is(kind, "treasury"))
        return str_starts(holder, STR("国家金库"));
    return str_is(kind, "fiscal") && str_find(holder, STR("财政局")) >= 0;
}

/* ---- states ---- */

static const struct {
    const char *code, *word;
    bool open, settled;
} states[] = {
    { "assessing", "待核定", false, false },
    { "waiting", "待缴费", true, false },
    { "part", "部分缴纳", true, false },
    { "paid", "已缴费", false, true },
    { "exempt", "免缴", false, true },
    { "expired", "已逾期", true, false },
    { "replaced", "已重开", false, false },
    { "cancelled", "已作废", false, true },
};

enum { STATES = sizeof states / sizeof *states };

str fee_state_word(str state)
{
    for (int i = 0; i < STATES; i++)
        if (str_is(state, states[i].code))
            return str_of(states[i].word);
    return state;
}

bool fee_state_settled(str state)
{
    for (int i = 0; i < STATES; i++)
        if (str_is(state, states[i].code))
            return states[i].settled;
    return false;
}

bool fee_state_open(str state)
{
    for (int i = 0; i < STATES; i++)
        if (str_is(state, states[i].code))
            return states[i].open;
    return false;
}

/* ---- verdicts ---- */

struct fee_taken fee_take(str state, fen total, fen paid, fen amount, day due,
                          day on)
{
    struct fee_taken t = { FEE_CLOSED, { 0 }, amount, false };
    fen left = { total.n - paid.n };
    if (str_is(state, "paid")) {
        t.verdict = FEE_DOUBLE;
        return t;
    }
    if (!fee_state_open(state) || left.n <= 0)
        return t;
    t.late = !day_is_none(due) && on.n > due.n;
    t.counts = amount.n < left.n ? amount : left;
    t.back = (fen){ amount.n - t.counts.n };
    t.verdict = amount.n < left.n ? FEE_PART
                : t.back.n > 0    ? FEE_SURPLUS
                                  : FEE_COUNTED;
    return t;
}

static const struct {
    const char *code, *word;
} verdicts[] = {
    [FEE_COUNTED] = { "counted", "已计入" },
    [FEE_PART] = { "part", "部分缴纳" },
    [FEE_SURPLUS] = { "surplus", "多缴" },
    [FEE_DOUBLE] = { "double", "重复缴纳" },
    [FEE_CLOSED] = { "closed", "不应缴纳" },
};

const char *fee_verdict_code(enum fee_verdict v)
{
    return verdicts[v].code;
}

str fee_verdict_word(str code)
{
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (str_is(code, verdicts[i].code))
            return str_of(verdicts[i].word);
    return code;
}

fen fee_left(fen amount, fen refunds)
{
    return (fen){ amount.n > refunds.n ? amount.n - refunds.n : 0 };
}
