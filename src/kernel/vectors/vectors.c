/* Reading vectors, comparing answers, counting. */
#include "kernel/vectors/vectors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void vector_wrong(struct vector *v, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (v->wrong.n > 0)
        buf_put(&v->wrong, STR("; "));
    buf_put(&v->wrong, str_of(text));
}

void vector_compared(struct vector *v, const char *key)
{
    size_t room = sizeof v->compared / sizeof *v->compared;
    if ((size_t)v->compared_count < room)
        v->compared[v->compared_count++] = key;
}

/* ---- inputs ---- */

static bool is_null(const struct value *v)
{
    return v == NULL || v->kind == VALUE_NULL;
}

bool vector_day(struct vector *v, const char *key, day *out)
{
    const struct value *m = value_get(v->input, str_of(key));
    *out = day_none;
    if (is_null(m))
        return true;
    if (m->kind == VALUE_TEXT && day_parse(m->text, out))
        return true;
    vector_wrong(v, "input %s is not a day", key);
    return false;
}

bool vector_day_required(struct vector *v, const char *key, day *out)
{
    if (!vector_day(v, key, out))
        return false;
    if (!day_is_none(*out))
        return true;
    vector_wrong(v, "input %s is missing", key);
    return false;
}

bool vector_int(struct vector *v, const char *key, int64_t from, int64_t to,
                int64_t otherwise, int64_t *out)
{
    const struct value *m = value_get(v->input, str_of(key));
    *out = otherwise;
    if (is_null(m))
        return true;
    *out = m->i;
    if (m->kind == VALUE_INT && m->i >= from && m->i <= to)
        return true;
    vector_wrong(v, "input %s is not a whole number from %lld to %lld", key,
                 (long long)from, (long long)to);
    return false;
}

static bool two_digits(str s, size_t at, int limit, int *out)
{
    int64_t n;
    if (!str_int(str_slice(s, at, at + 2), &n) || n < 0 || n >= limit ||
        s.p[at] < '0' || s.p[at] > '9')
        return false;
    *out = (int)n;
    return true;
}

bool vector_moment(str s, day *d, int *second)
{
    int hour, minute, sec = 0;
    *second = -1;
    if (!day_parse(str_slice(s, 0, 10), d))
        return false;
    if (s.n == 10)
        return true;
    bool seconds = s.n == 19;
    if ((s.n != 16 && !seconds) || (s.p[10] != 'T' && s.p[10] != ' ') ||
        s.p[13] != ':' || (seconds && s.p[16] != ':'))
        return false;
    if (!two_digits(s, 11, 24, &hour) || !two_digits(s, 14, 60, &minute) ||
        (seconds && !two_digits(s, 17, 60, &sec)))
        return false;
    *second = hour * 3600 + minute * 60 + sec;
    return true;
}

/* ---- answers ---- */

static str shown_day(day d, char out[DAY_TEXT])
{
    return day_is_none(d) ? STR("none") : day_text(d, out);
}

static void differs(struct vector *v, const char *key,
                    const struct value *expected, str got)
{
    struct buf json = { 0 };
    value_write_json(expected, &json);
    vector_wrong(v, "%s: expected %.*s, got %.*s", key,
                 STR_ARG(buf_str(&json)), STR_ARG(got));
    buf_free(&json);
}

/* The member to compare with, or NULL; notes that it was compared. */
static const struct value *expected(struct vector *v, const char *key)
{
    vector_compared(v, key);
    return value_get(v->answer, str_of(key));
}

void vector_is_day(struct vector *v, const char *key, day got)
{
    char text[DAY_TEXT];
    const struct value *m = expected(v, key);
    day want = day_none;
    if (m == NULL)
        return;
    bool readable = m->kind == VALUE_NULL ||
                    (m->kind == VALUE_TEXT && day_parse(m->text, &want));
    if (!readable || want.n != got.n)
        differs(v, key, m, shown_day(got, text));
}

void vector_is_int(struct vector *v, const char *key, int64_t got)
{
    const struct value *m = expected(v, key);
    if (m != NULL && (m->kind != VALUE_INT || m->i != got))
        differs(v, key, m, arena_printf(v->arena, "%lld", (long long)got));
}

void vector_is_bool(struct vector *v, const char *key, bool got)
{
    const struct value *m = expected(v, key);
    if (m != NULL && (m->kind != VALUE_BOOL || (m->i != 0) != got))
        differs(v, key, m, got ? STR("true") : STR("false"));
}

void vector_is_text(struct vector *v, const char *key, str got)
{
    const struct value *m = expected(v, key);
    if (m != NULL && (m->kind != VALUE_TEXT || !str_eq(m->text, got)))
        differs(v, key, m, got);
}

/* ---- one case ---- */

static const struct vector_type *type_of(const struct vector_type *const *types,
                                         size_t count, str type, str rule)
{
    for (size_t i = 0; i < count; i++)
        for (const struct vector_type *t = types[i]; t->type != NULL; t++)
            if (str_is(type, t->type) &&
                (t->rule == NULL || str_is(rule, t->rule)))
                return t;
    return NULL;
}

static bool was_compared(const struct vector *v, str key)
{
    if (str_is(key, "why") || str_is(key, "note") || str_is(key, "basis"))
        return true;
    for (int i = 0; i < v->compared_count; i++)
        if (str_is(key, v->compared[i]))
            return true;
    return false;
}

static void nothing_overlooked(struct vector *v)
{
    if (v->wrong.n > 0 || v->whole)
        return;
    if (v->answer == NULL || v->answer->kind != VALUE_OBJECT ||
        v->answer->count == 0) {
        vector_wrong(v, "the answer is missing");
        return;
    }
    for (const struct value *m = v->answer->first; m != NULL; m = m->next)
        if (!was_compared(v, m->key))
            vector_wrong(v, "answer %.*s is not understood", STR_ARG(m->key));
}

static void check_case(const struct vector_type *const *types, size_t count,
                       struct vector *v)
{
    str type = value_get_text(v->root, STR("type"));
    str rule = value_get_text(v->root, STR("rule"));
    const struct vector_type *t = type_of(types, count, type, rule);
    if (t == NULL) {
        vector_wrong(v, "unknown type \"%.*s\"%s%.*s", STR_ARG(type),
                     str_is_none(rule) ? "" : ", rule ", STR_ARG(rule));
        return;
    }
    t->check(v);
    nothing_overlooked(v);
}

static void report_case(struct vector *v, str file, size_t index,
                        struct buf *report)
{
    str id = value_get_text(v->root, STR("id"));
    str rule = value_get_text(v->root, STR("rule"));
    if (str_is_none(rule))
        rule = value_get_text(v->root, STR("type"));
    if (str_is_none(id))
        id = arena_printf(v->arena, "%.*s[%zu]", STR_ARG(file), index);
    buf_put(report, id);
    buf_byte(report, ' ');
    buf_put(report, rule);
    buf_put(report, STR(": "));
    buf_put(report, buf_str(&v->wrong));
    buf_byte(report, '\n');
}

static const struct value *object_or_null(const struct value *v)
{
    return v != NULL && v->kind == VALUE_OBJECT ? v : NULL;
}

static void run_case(const struct vector_type *const *types, size_t count,
                     str file, size_t index, struct vector *v,
                     struct buf *report, struct vectors_result *result)
{
    if (v->root->kind == VALUE_OBJECT) {
        v->input = object_or_null(value_get(v->root, STR("input")));
        v->answer = value_get(v->root, STR("answer"));
        check_case(types, count, v);
    } else {
        vector_wrong(v, "not an object");
    }
    if (v->wrong.n > 0) {
        report_case(v, file, index, report);
        result->failed++;
    } else {
        result->passed++;
    }
    buf_free(&v->wrong);
}

void vectors_check(const struct vector_type *const *types, size_t type_count,
                   str file, str json, day today, struct buf *report,
                   struct vectors_result *result)
{
    struct arena arena = { 0 };
    struct value *root = NULL;
    str problem = str_none;
    if (value_read_json(&arena, json, &root, &problem) != OK)
        root = NULL;
    else if (root->kind != VALUE_LIST)
        problem = STR("not an array of cases");
    if (root == NULL || root->kind != VALUE_LIST) {
        buf_put(report, file);
        buf_put(report, STR(": "));
        buf_put(report, problem);
        buf_byte(report, '\n');
        result->failed++;
        arena_free(&arena);
        return;
    }
    size_t index = 0;
    for (const struct value *c = root->first; c != NULL; c = c->next) {
        struct vector v = { .root = c, .today = today, .arena = &arena,
                            .calendar = clock_calendar_builtin(),
                            .divisions = divisions_builtin() };
        run_case(types, type_count, file, index++, &v, report, result);
    }
    arena_free(&arena);
}
