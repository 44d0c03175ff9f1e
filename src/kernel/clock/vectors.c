/* Vectors of deadlines and of the scenarios built on them. */
#include "kernel/vectors/vectors.h"

#include <string.h>

/* ---- deadline ---- */

static bool read_spans(struct vector *v, struct clock_count *k)
{
    const struct value *list = value_get(v->input, STR("suspend"));
    if (list == NULL || list->kind == VALUE_NULL)
        return true;
    bool good = list->kind == VALUE_LIST;
    struct clock_span *spans =
        ARENA_NEW_N(v->arena, struct clock_span, (size_t)list->count + 1);
    size_t n = 0;
    for (const struct value *s = list->first; good && s != NULL; s = s->next) {
        const struct value *from = value_at(s, 0), *to = value_at(s, 1);
        struct clock_span *span = &spans[n++];
        span->to = day_none;
        good = s->kind == VALUE_LIST && s->count == 2 &&
               from->kind == VALUE_TEXT && day_parse(from->text, &span->from) &&
               (to->kind == VALUE_NULL ||
                (to->kind == VALUE_TEXT && day_parse(to->text, &span->to)));
    }
    if (!good)
        vector_wrong(v, "input suspend is not a list of [from, to]");
    k->spans = spans;
    k->span_count = n;
    return good;
}

static bool read_policy(struct vector *v, enum clock_receipt *policy,
                        int *close)
{
    str word = value_get_text(v->input, STR("receipt_policy"));
    *policy = str_is(word, "next_workday") ? CLOCK_NEXT_WORKDAY
                                           : CLOCK_SAME_DAY;
    if (!str_is_none(word) && !str_is(word, "same_day") &&
        !str_is(word, "next_workday")) {
        vector_wrong(v, "receipt_policy is neither same_day nor next_workday");
        return false;
    }
    str at = value_get_text(v->input, STR("close"));
    day d;
    *close = CLOCK_CLOSE;
    if (str_is_none(at) ||
        vector_moment(arena_join(v->arena, STR("2000-01-01T"), at), &d, close))
        return true;
    vector_wrong(v, "close is not a time of day");
    return false;
}

static bool read_roll(struct vector *v, bool *roll)
{
    const struct value *m = value_get(v->input, STR("roll"));
    *roll = m == NULL || m->kind == VALUE_NULL || m->i != 0;
    if (m == NULL || m->kind == VALUE_NULL || m->kind == VALUE_BOOL)
        return true;
    vector_wrong(v, "roll is neither true nor false");
    return false;
}

static bool read_start(struct vector *v, day *start, int *second)
{
    if (vector_moment(value_get_text(v->input, STR("start")), start, second))
        return true;
    vector_wrong(v, "start is neither a day nor a moment");
    return false;
}

static void hours(struct vector *v, day start, int second, int64_t n)
{
    if (second < 0 || n < 0) {
        vector_wrong(v, "hours need a moment to start from and n >= 0");
        return;
    }
    inst from = { day_begin(start).ms + second * 1000 };
    char text[INST_TEXT];
    str got = inst_text(clock_hours_due(from, (int)n), text);
    /* The answer may be written to the minute or to the second. */
    str want = value_get_text(v->answer, STR("due"));
    vector_is_day(v, "effective_start", start);
    vector_is_text(v, "due", str_slice(got, 0, want.n == 16 ? 16 : 19));
}

static void backwards(struct vector *v, const struct clock_count *k, int64_t n)
{
    day due;
    if (clock_before(v->calendar, k->start, k->unit, (int)-n, &due) != OK) {
        vector_wrong(v, "this unit is not counted backwards");
        return;
    }
    vector_is_day(v, "effective_start", k->start);
    vector_is_day(v, "due", due);
}

static bool read_unit(struct vector *v, enum clock_unit *unit)
{
    str word = value_get_text(v->input, STR("unit"));
    if (clock_unit_read(str_is(word, "d") ? STR("nd") : word, unit))
        return true;
    vector_wrong(v, "unknown unit \"%.*s\"", STR_ARG(word));
    return false;
}

static bool read_count(struct vector *v, struct clock_count *k, int *second,
                       int64_t *n)
{
    int64_t extend;
    if (!read_unit(v, &k->unit) || !read_start(v, &k->start, second) ||
        !vector_int(v, "n", -CLOCK_UNITS_MAX, CLOCK_UNITS_MAX, INT64_MIN, n) ||
        !vector_int(v, "extend", 0, CLOCK_UNITS_MAX, 0, &extend) ||
        !read_spans(v, k) || !read_roll(v, &k->roll))
        return false;
    if (*n == INT64_MIN) {
        vector_wrong(v, "input n is missing");
        return false;
    }
    k->extra = (int)extend;
    return true;
}

static void deadline(struct vector *v)
{
    struct clock_count k = { 0 };
    struct clock_due due;
    enum clock_receipt policy;
    int second, close;
    int64_t n;
    if (!read_count(v, &k, &second, &n) || !read_policy(v, &policy, &close))
        return;
    k.start = clock_received(v->calendar, policy, k.start, second, close);
    if (k.unit == CLOCK_HOURS) {
        hours(v, k.start, second, n);
        return;
    }
    if (n < 0) {
        backwards(v, &k, n);
        return;
    }
    k.n = (int)n;
    if (clock_due(v->calendar, &k, &due) != OK) {
        vector_wrong(v, "input is outside what can be counted");
        return;
    }
    vector_is_day(v, "effective_start", k.start);
    vector_is_day(v, "due", due.due);
    vector_is_bool(v, "provisional", due.provisional);
}

/* ---- scenarios ---- */

static void unannounced_year(struct vector *v)
{
    struct clock_count k = { 0 };
    struct clock_due due;
    int second;
    int64_t n;
    if (!read_count(v, &k, &second, &n))
        return;
    k.n = n < 0 ? -1 : (int)n;
    if (clock_due(v->calendar, &k, &due) != OK) {
        vector_wrong(v, "input is outside what can be counted");
        return;
    }
    vector_is_bool(v, "provisional", due.provisional);
    vector_is_day(v, "due_if_only_weekends", due.due);
    vector_is_day(v, "due", due.due);
}

static bool says(str label, const char *word)
{
    return str_find(label, str_of(word)) >= 0;
}

/*
 * Vectors name a state in their own English.  What must agree is what it says
 * of the clock: accepted at receipt by the office's fault, accepted when the
 * papers came, or not yet accepted.
 */
static bool same_state(str label, enum clock_acceptance_state got)
{
    bool deemed = says(label, "deemed"), late = says(label, "late");
    bool waits = says(label, "wait") || says(label, "pending") ||
                 says(label, "not_");
    bool accepted = says(label, "accepted") && !waits;
    switch (got) {
    case CLOCK_DEEMED_LATE:
        return deemed && late;
    case CLOCK_DEEMED_SILENT:
        return accepted && !late && !says(label, "suppl");
    case CLOCK_ACCEPTED_SUPPLIED:
        return !deemed && !late && !waits &&
               (accepted || says(label, "suppl") || says(label, "complete") ||
                says(label, "time"));
    case CLOCK_NOT_YET:
    case CLOCK_WAITS_SUPPLEMENT:
        return label.n > 0 && !deemed && !accepted;
    }
    return false;
}

static void is_state(struct vector *v, enum clock_acceptance_state got)
{
    static const char *const names[] = {
        "not_yet", "deemed_accepted_silence", "deemed_accepted_notice_late",
        "waiting_for_supplement", "accepted_on_supplement",
    };
    str want = value_get_text(v->answer, STR("state"));
    vector_compared(v, "state");
    if (value_get(v->answer, STR("state")) != NULL && !same_state(want, got))
        vector_wrong(v, "state: expected %.*s, got %s", STR_ARG(want),
                     names[got]);
}

static void acceptance(struct vector *v)
{
    day received, notified, supplied, today;
    int64_t n, extend;
    struct clock_acceptance a;
    if (!vector_day_required(v, "received", &received) ||
        !vector_day(v, "notified", &notified) ||
        !vector_day(v, "supplied", &supplied) ||
        !vector_day(v, "today", &today) ||
        !vector_int(v, "n", 0, CLOCK_UNITS_MAX, 20, &n) ||
        !vector_int(v, "ext", 0, CLOCK_UNITS_MAX, 0, &extend))
        return;
    if (clock_acceptance(v->calendar, received, notified, supplied, today,
                         &a) != OK) {
        vector_wrong(v, "the days are not in order");
        return;
    }
    struct clock_count k = { .start = a.accepted, .n = (int)n,
                             .extra = (int)extend, .roll = true };
    struct clock_due due = { .due = day_none };
    if (!day_is_none(a.accepted) && clock_due(v->calendar, &k, &due) != OK) {
        vector_wrong(v, "input is outside what can be counted");
        return;
    }
    vector_is_day(v, "accepted", a.accepted);
    is_state(v, a.state);
    vector_is_day(v, "notice_limit", a.notice_limit);
    vector_is_day(v, "due", due.due);
}

static enum clock_level level_named(str word, bool *known)
{
    static const struct {
        const char *word;
        enum clock_level level;
    } names[] = {
        { "normal", CLOCK_FINE },    { "none", CLOCK_FINE },
        { "green", CLOCK_FINE },     { "ok", CLOCK_FINE },
        { "warning", CLOCK_WARNED }, { "warned", CLOCK_WARNED },
        { "yellow", CLOCK_YELLOW },  { "red", CLOCK_RED },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *known = str_is(word, names[i].word);
        if (*known)
            return names[i].level;
    }
    /* "closed_on_time", "done_in_time" */
    *known = says(word, "on_time") || says(word, "in_time") ||
             str_is(word, "closed") || str_is(word, "done");
    return CLOCK_FINE;
}

static void is_level(struct vector *v, enum clock_level got)
{
    static const char *const names[] = { "normal", "warning", "yellow", "red" };
    const struct value *m = value_get(v->answer, STR("level"));
    vector_compared(v, "level");
    if (m == NULL)
        return;
    bool known = m->kind == VALUE_NULL;
    enum clock_level want = known ? CLOCK_FINE : level_named(m->text, &known);
    if (!known || want != got)
        vector_wrong(v, "level: expected %.*s, got %s", STR_ARG(m->text),
                     names[got]);
}

static void supervision(struct vector *v)
{
    day due, today, closed;
    int64_t warn, red;
    if (!vector_day_required(v, "due", &due) ||
        !vector_day_required(v, "today", &today) ||
        !vector_day(v, "closed", &closed) ||
        !vector_int(v, "warn_before_wd", 0, 1000, 2, &warn) ||
        !vector_int(v, "red_after_wd", 0, 1000, 3, &red))
        return;
    struct clock_levels levels = { (int)warn, (int)red };
    struct clock_lateness late;
    bool done = !day_is_none(closed) && closed.n <= today.n;
    clock_lateness(v->calendar, &levels, due, done ? closed : today, done,
                   &late);
    vector_is_int(v, "remaining_wd", late.remaining);
    vector_is_int(v, "overdue_wd", late.overdue);
    is_level(v, late.level);
}

const struct vector_type clock_vectors[] = {
    { "deadline", NULL, deadline },
    { "scenario", "calendar_unannounced_year", unannounced_year },
    { "scenario", "permit_acceptance", acceptance },
    { "scenario", "supervision_level", supervision },
    { 0 },
};
