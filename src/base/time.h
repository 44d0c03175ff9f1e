/*
 * Civil days, instants and money: three one-field types, so that adding a day
 * to a sum of money does not compile.
 *
 * The platform lives in one time zone: Asia/Shanghai, UTC+8 without summer
 * time since 1992.  We compute it instead of asking the C library, whose
 * answer depends on the machine's settings and is not safe between threads.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/str.h"

typedef struct day {
    int32_t n; /* days since 1970-01-01, local date */
} day;

typedef struct inst {
    int64_t ms; /* milliseconds since 1970-01-01T00:00:00Z */
} inst;

typedef struct fen {
    int64_t n; /* hundredths of a yuan */
} fen;

/* What a NULL column is. */
#define day_none ((day){ INT32_MIN })
#define inst_none ((inst){ INT64_MIN })
#define fen_none ((fen){ INT64_MIN })

static inline bool day_is_none(day d) { return d.n == INT32_MIN; }
static inline bool inst_is_none(inst t) { return t.ms == INT64_MIN; }
static inline bool fen_is_none(fen f) { return f.n == INT64_MIN; }

/* Any proleptic Gregorian date; month 1..12, day of month 1..31 unchecked. */
day day_of(int year, int month, int mday);
void day_split(day d, int *year, int *month, int *mday);

/* 0 Monday .. 6 Sunday. */
int day_weekday(day d);

/* "2026-11-20" exactly, a real date of years 1600..9999. */
bool day_parse(str s, day *out);

enum { DAY_TEXT = 11, INST_TEXT = 30 };

/* Writes "2026-11-20" and a NUL; returns it as a view of out. */
str day_text(day d, char out[DAY_TEXT]);

/* The local day of an instant, and the instant a local day begins. */
day inst_day(inst t);
inst day_begin(day d);

/* Minutes since local midnight, 0..1439. */
int inst_minute(inst t);

/* "2026-11-20T10:24:07+08:00" and "2026-11-20 10:24". */
str inst_text(inst t, char out[INST_TEXT]);
str inst_minutes_text(inst t, char out[INST_TEXT]);

/* Now, from the system's clock.  Only the edges of the program call this:
 * everything else is told the time with its request or command. */
inst inst_now(void);

/* Tests move time: from here on inst_now() is the number of milliseconds
 * written in this file plus what has passed since it was written, or the
 * system's clock again while the file cannot be read.  path must stay valid;
 * call before any thread starts. */
void inst_test_clock(const char *path);

/* Milliseconds of a clock that never goes back, for measuring. */
int64_t tick_ms(void);

#endif
