/* What the files of this room share about counting; not for other rooms. */
#ifndef KERNEL_CLOCK_COUNT_H
#define KERNEL_CLOCK_COUNT_H

#include "kernel/clock/clock.h"

/* ERR_RANGE for what clock_due refuses. */
enum err clock_count_check(const struct clock_count *k) MUST_USE;

/* The pause day d lies in, or NULL. */
const struct clock_span *clock_pause_over(const struct clock_count *k, day d);

/* Does day d, after the start, count? */
bool clock_counts(const struct calendar *c, const struct clock_count *k, day d);

#endif
