/* Whatever an administrator enters as a year's notice: taken whole or refused
 * with a sentence, and counting over what was taken comes to an end. */
#include "kernel/clock/clock.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count_over(struct arena *a, const struct calendar *c)
{
    struct clock_span pause = { day_of(2027, 1, 4), day_of(2027, 1, 9),
                                STR("鉴定") };
    struct clock_count k = { .start = day_of(2026, 12, 21), .n = 20,
                             .spans = &pause, .span_count = 1 };
    struct clock_due due;
    struct clock_day *days;
    size_t n;
    assert(clock_due(c, &k, &due) == OK && due.due.n > k.start.n);
    assert(clock_explain(c, &k, a, &days, &n) == OK);
    assert(days[n - 1].date.n == due.due.n && days[n - 1].number == k.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = arena_make(0);
    struct calendar *c;
    str text = { (const char *)data, size }, out, problem = str_none;
    if (calendar_read(&a, text, &c, &problem) == OK)
        count_over(&a, c);
    else
        assert(problem.n > 0);
    if (calendar_amend(&a, STR("2026-10-01\toff\t国庆节\n"), 2027, text,
                       STR("通知"), &out, &problem) == OK) {
        assert(calendar_read(&a, out, &c, &problem) == OK);
        count_over(&a, c);
    }
    arena_free(&a);
    return 0;
}
