/*
 * How long does one due day take?
 *
 * Unit: nanoseconds a computation.  Why it matters: on the evening a holiday
 * notice comes every running clock of a city is counted anew in one job, and
 * the demonstration loads 600,000 of them.  Worry: above 500 ns without pauses,
 * above 5,000 ns with two, above 50,000 ns for a whole explanation.
 */
#include "kernel/clock/clock.h"

#include <stdio.h>

enum { ROUNDS = 2000000, EXPLAINED = 20000 };

static int64_t sink; /* keeps the compiler from deleting the work */

static double per_call(int64_t started, int calls)
{
    return (double)(tick_ms() - started) * 1e6 / calls;
}

static double plain(const struct calendar *c)
{
    int64_t started = tick_ms();
    int first = day_of(2021, 1, 4).n;
    for (int i = 0; i < ROUNDS; i++) {
        struct clock_count k = { .start = { first + i % 2000 }, .n = 20 };
        struct clock_due due;
        if (clock_due(c, &k, &due) == OK)
            sink += due.due.n;
    }
    return per_call(started, ROUNDS);
}

static double paused(const struct calendar *c)
{
    int64_t started = tick_ms();
    int first = day_of(2021, 1, 4).n;
    for (int i = 0; i < ROUNDS / 10; i++) {
        int start = first + i % 2000;
        struct clock_span spans[] = { { { start + 3 }, { start + 9 }, { 0 } },
                                      { { start + 15 }, { start + 25 },
                                        { 0 } } };
        struct clock_count k = { .start = { start }, .n = 20, .extra = 10,
                                 .spans = spans, .span_count = 2 };
        struct clock_due due;
        if (clock_due(c, &k, &due) == OK)
            sink += due.due.n;
    }
    return per_call(started, ROUNDS / 10);
}

static double explained(const struct calendar *c)
{
    struct arena a = { 0 };
    int64_t started = tick_ms();
    int first = day_of(2021, 1, 4).n;
    for (int i = 0; i < EXPLAINED; i++) {
        struct clock_count k = { .start = { first + i % 2000 }, .n = 20 };
        struct clock_day *days;
        size_t n;
        if (clock_explain(c, &k, &a, &days, &n) == OK)
            sink += (int64_t)n;
        arena_reset(&a);
    }
    arena_free(&a);
    return per_call(started, EXPLAINED);
}

static double state(const struct calendar *c)
{
    int64_t started = tick_ms();
    int first = day_of(2021, 1, 4).n;
    for (int i = 0; i < ROUNDS; i++) {
        struct clock_count k = { .start = { first + i % 2000 }, .n = 20 };
        struct clock_state s;
        clock_state(c, &k, (day){ k.start.n + i % 40 }, day_none, false, &s);
        sink += s.left;
    }
    return per_call(started, ROUNDS);
}

int main(void)
{
    const struct calendar *c = clock_calendar_builtin();
    printf("due day\t%.0f\tns\tworry above 500\n", plain(c));
    printf("due day with two pauses\t%.0f\tns\tworry above 5000\n", paused(c));
    printf("state of one clock\t%.0f\tns\tworry above 1000\n", state(c));
    printf("explanation of 20 working days\t%.0f\tns\tworry above 50000\n",
           explained(c));
    return sink == 0;
}
