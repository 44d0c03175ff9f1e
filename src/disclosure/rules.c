/*
 * The rules of disclosure as arithmetic: no store, no request, no clock of the
 * machine.
 */
#include "disclosure/disclosure.h"

enum {
    REPLY = 20,        /* working days, 政府信息公开条例 第三十三条第二款 */
    REPLY_MORE = 20,   /* working days, 政府信息公开条例 第三十三条第二款 */
    CORRECT = 7,       /* working days, 政府信息公开条例 第三十条 */
    REQUESTS_MAX = 1000000,
};

/* ---- the clock of a request ---- */

static bool out_of_order(day earlier, day later)
{
    return !day_is_none(earlier) && !day_is_none(later) &&
           later.n < earlier.n;
}

enum err disclosure_reply(const struct calendar *c,
                          const struct disclosure_request *r,
                          struct disclosure_reply *out)
{
    day asked_on = day_is_none(r->confirmed) ? r->received : r->confirmed;
    if (day_is_none(asked_on) || r->extension < 0 ||
        r->extension > REPLY_MORE || out_of_order(asked_on, r->fix_notice) ||
        out_of_order(r->fix_notice, r->fix_received) ||
        out_of_order(asked_on, r->fix_received))
        return ERR_RANGE;

    bool awaited = !day_is_none(r->fix_notice) && day_is_none(r->fix_received);
    struct disclosure_reply reply = {
        .notice_limit = calendar_add_working(c, asked_on, CORRECT),
        .clock_start = awaited                        ? day_none
                       : day_is_none(r->fix_received) ? asked_on
                                                      : r->fix_received,
        .due.due = day_none,
    };
    reply.notice_late = !day_is_none(r->fix_notice) &&
                        r->fix_notice.n > reply.notice_limit.n;
    if (!awaited) {
        struct clock_count k = { .start = reply.clock_start, .n = REPLY,
                                 .extra = r->extension, .spans = r->asked,
                                 .span_count = r->asked_count };
        enum err e = clock_due(c, &k, &reply.due);
        if (e != OK)
            return e;
    }
    *out = reply;
    return OK;
}

/* ---- fees ---- */

enum err disclosure_fee_by_case(int64_t cases, fen *out)
{
    if (cases < 0 || cases > REQUESTS_MAX)
        return ERR_RANGE;
    int64_t yuan = 0, price = 100;
    if (cases > 10)
        yuan += (cases < 30 ? cases - 10 : 20) * price;
    for (int64_t left = cases - 30; left > 0; left -= 10) {
        price += 100;
        yuan += (left < 10 ? left : 10) * price;
    }
    *out = (fen){ yuan * 100 };
    return OK;
}

/* How many of n lie in (from, to]. */
static int64_t within(int64_t n, int64_t from, int64_t to)
{
    if (n <= from)
        return 0;
    return (n < to ? n : to) - from;
}

enum err disclosure_fee_by_page(int64_t pages, fen *out)
{
    if (pages < 0 || pages > REQUESTS_MAX)
        return ERR_RANGE;
    int64_t yuan = within(pages, 30, 100) * 10 + within(pages, 100, 200) * 20 +
                   within(pages, 200, REQUESTS_MAX) * 40;
    *out = (fen){ yuan * 100 };
    return OK;
}

/* ---- completeness ---- */

/* A fraction in lowest terms; bottom 0 once something did not fit. */
struct fraction {
    __int128 top, bottom;
};

static __int128 common_divisor(__int128 a, __int128 b)
{
    while (b != 0) {
        __int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct fraction add(struct fraction f, int64_t top, int64_t bottom)
{
    __int128 left, right, sum, under;
    __int128 divisor = common_divisor(f.bottom, bottom);
    if (f.bottom == 0 ||
        __builtin_mul_overflow(f.top, bottom / divisor, &left) ||
        __builtin_mul_overflow((__int128)top, f.bottom / divisor, &right) ||
        __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(f.bottom, bottom / divisor, &under))
        return (struct fraction){ 0, 0 };
    __int128 shared = common_divisor(sum, under);
    return (struct fraction){ sum / shared, under / shared };
}

/* 10000 * f / weights, half up; false when it does not fit. */
static bool hundredths_of(struct fraction f, int64_t weights, int *out)
{
    __int128 top, bottom, twice;
    if (f.bottom == 0 || __builtin_mul_overflow(f.top, 20000, &top) ||
        __builtin_mul_overflow(f.bottom, weights, &bottom) ||
        __builtin_add_overflow(top, bottom, &top) ||
        __builtin_mul_overflow(bottom, 2, &twice))
        return false;
    *out = (int)(top / twice);
    return true;
}

enum err disclosure_score(const struct disclosure_catalogue *c, size_t n,
                          int *hundredths)
{
    struct fraction sum = { 0, 1 };
    int64_t weights = 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i].required < 0 || c[i].published < 0 || c[i].weight < 0 ||
            c[i].required > INT32_MAX || c[i].weight > INT32_MAX)
            return ERR_RANGE;
        if (c[i].required == 0 || c[i].weight == 0)
            continue;
        int64_t met = c[i].published < c[i].required ? c[i].published
                                                     : c[i].required;
        sum = add(sum, c[i].weight * met, c[i].required);
        weights += c[i].weight;
    }
    if (weights == 0) {
        *hundredths = 10000;
        return OK;
    }
    return hundredths_of(sum, weights, hundredths) ? OK : ERR_RANGE;
}
