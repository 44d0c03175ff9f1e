/*
 * Functions said to be of Java (DMN 1.5, 10.3.2.13.3).  No code of another
 * system runs here; but models that are exchanged use the same few static
 * methods everywhere, and those are computed: java.lang.Math, valueOf of the
 * types of java.lang, and String.format.  Any other method gives null.
 */
#include "kernel/rules/impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMS = 8, DOUBLE_TEXT = 40 };

struct java {
    str class, name;
    str types[PARAMS];
    uint32_t n;
};

/* ---- the signature: name(type, type) ---- */

const struct java *java_method(struct ev *e, fval mapping)
{
    fval inside = mapping->kind == K_CONTEXT ? fv_get(mapping, STR("java"))
                                             : NULL;
    if (inside && inside->kind == K_CONTEXT)
        mapping = inside;
    if (mapping->kind != K_CONTEXT)
        return NULL;
    fval class = fv_get(mapping, STR("class"));
    fval signature = fv_get(mapping, STR("method signature"));
    if (!class || class->kind != K_STRING || !signature ||
        signature->kind != K_STRING)
        return NULL;
    str rest = str_trim(signature->s);
    ptrdiff_t open = str_find_byte(rest, '(');
    if (open < 0 || !str_ends(rest, STR(")")))
        return NULL;
    struct java *j = ARENA_NEW(e->arena, struct java);
    j->class = str_trim(class->s);
    j->name = str_trim(str_slice(rest, 0, (size_t)open));
    rest = str_trim(str_slice(rest, (size_t)open + 1, rest.n - 1));
    while (rest.n && j->n < PARAMS)
        j->types[j->n++] = str_trim(str_cut(&rest, ','));
    return j;
}

/* ---- numbers ---- */

static bool whole_type(str type)
{
    static const char *const names[] = { "int", "long", "short", "byte",
                                         "java.lang.Integer",
                                         "java.lang.Long", "java.lang.Short" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(type, names[i]))
            return true;
    return false;
}

static bool real_type(str type)
{
    return str_is(type, "double") || str_is(type, "float") ||
           str_is(type, "java.lang.Double") || str_is(type, "java.lang.Float");
}

static bool double_of(fval v, double *out)
{
    char text[DECIMAL_TEXT], copy[DECIMAL_TEXT + 1];
    str s = decimal_text(v->number, text);
    memcpy(copy, s.p, s.n);
    copy[s.n] = 0;
    *out = strtod(copy, NULL);
    return isfinite(*out);
}

/* The shortest text that reads back as x, as Java writes it. */
static fval number_of(struct ev *e, double x)
{
    char text[DOUBLE_TEXT];
    struct decimal d;
    if (!isfinite(x))
        return null_because(e, "计算结果超出数字范围。");
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, x);
        if (strtod(text, NULL) == x)
            break;
    }
    return decimal_parse(str_of(text), &d) ? fv_number(e, d) : &fv_null;
}

static double signum(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}

static double radians(double x)
{
    return x / 180 * M_PI;
}

static double degrees(double x)
{
    return x * 180 / M_PI;
}

static double rounded(double x)
{
    return floor(x + 0.5);
}

static fval math_of_one(struct ev *e, str name, double x)
{
    static const struct {
        const char *name;
        double (*f)(double x);
    } functions[] = {
        { "sin", sin },     { "cos", cos },         { "tan", tan },
        { "asin", asin },   { "acos", acos },       { "atan", atan },
        { "sinh", sinh },   { "cosh", cosh },       { "tanh", tanh },
        { "sqrt", sqrt },   { "cbrt", cbrt },       { "exp", exp },
        { "log", log },     { "log10", log10 },     { "floor", floor },
        { "ceil", ceil },   { "rint", rint },       { "round", rounded },
        { "signum", signum }, { "toRadians", radians },
        { "toDegrees", degrees }, { "expm1", expm1 }, { "log1p", log1p },
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (str_is(name, functions[i].name))
            return number_of(e, functions[i].f(x));
    return null_because(e, "不认识的外部函数。");
}

static fval math_of_two(struct ev *e, str name, double x, double y)
{
    if (str_is(name, "pow"))
        return number_of(e, pow(x, y));
    if (str_is(name, "atan2"))
        return number_of(e, atan2(x, y));
    if (str_is(name, "hypot"))
        return number_of(e, hypot(x, y));
    return null_because(e, "不认识的外部函数。");
}

/* max, min and abs pick a number; the others compute in binary as Java does. */
static fval math(struct ev *e, const struct java *j, fval *args)
{
    double x, y = 0;
    for (uint32_t i = 0; i < j->n; i++)
        if (args[i]->kind != K_NUMBER)
            return null_because(e, "外部函数的参数类型不对。");
    if (j->n == 1 && str_is(j->name, "abs"))
        return decimal_sign(args[0]->number) < 0 ? fv_negate(e, args[0])
                                                 : args[0];
    if (j->n == 2 && (str_is(j->name, "max") || str_is(j->name, "min"))) {
        int order = decimal_cmp(args[0]->number, args[1]->number);
        return (order >= 0) == str_is(j->name, "max") ? args[0] : args[1];
    }
    if (j->n < 1 || j->n > 2 || !double_of(args[0], &x) ||
        (j->n == 2 && !double_of(args[1], &y)))
        return null_because(e, "外部函数的参数个数不对。");
    return j->n == 1 ? math_of_one(e, j->name, x)
                     : math_of_two(e, j->name, x, y);
}

/* ---- text ---- */

/* %s and %d take the next argument; %% and %n; nothing else. */
static fval format(struct ev *e, fval pattern, fval *args, uint32_t n)
{
    str out = STR(""), s = pattern->s;
    uint32_t used = 0;
    while (s.n) {
        ptrdiff_t at = str_find_byte(s, '%');
        size_t plain = at < 0 ? s.n : (size_t)at;
        out = arena_join(e->arena, out, str_slice(s, 0, plain));
        if (at < 0)
            break;
        char c = plain + 1 < s.n ? s.p[plain + 1] : 0;
        str piece = c == '%' ? STR("%") : STR("\n");
        if ((c == 's' || c == 'd') && used < n &&
            (c == 's' || args[used]->kind == K_NUMBER))
            piece = fv_to_string(e, args[used++])->s;
        else if (c != '%' && c != 'n')
            return null_because(e, "外部函数的格式不对。");
        out = arena_join(e->arena, out, piece);
        if (out.n > FEEL_MAX_STRING)
            return null_bound(e, "字符串过长");
        s = str_slice(s, plain + 2, s.n);
    }
    return fv_string(e, out);
}

static fval string_method(struct ev *e, const struct java *j, fval *args,
                          uint32_t n)
{
    if (str_is(j->name, "valueOf") && n == 1)
        return fv_to_string(e, args[0]);
    if (!str_is(j->name, "format") || n == 0 || args[0]->kind != K_STRING)
        return null_because(e, "不认识的外部函数。");
    if (n == 2 && args[1]->kind == K_LIST)
        return format(e, args[0], (fval *)args[1]->items, args[1]->n);
    return format(e, args[0], args + 1, n - 1);
}

static fval value_of(struct ev *e, const struct java *j, fval v)
{
    struct decimal d;
    bool parses = v->kind == K_STRING && decimal_parse(v->s, &d);
    if (v->kind == K_NUMBER)
        d = v->number;
    else if (!parses)
        return null_because(e, "不是有效的数字。");
    if (whole_type(j->class) && !decimal_is_integer(d))
        return null_because(e, "不是整数。");
    return fv_number(e, d);
}

/* What an argument must be for its declared type. */
static bool fits(str type, fval v)
{
    if (whole_type(type) || real_type(type))
        return v->kind == K_NUMBER;
    if (str_is(type, "java.lang.String"))
        return v->kind == K_STRING;
    if (str_is(type, "boolean") || str_is(type, "java.lang.Boolean"))
        return v->kind == K_BOOL;
    return str_is(type, "java.lang.Object") ||
           str_is(type, "[Ljava.lang.Object;");
}

fval java_call(struct ev *e, const struct java *j, fval *args, uint32_t n)
{
    enum { CALL_STEPS = 20 };
    bool open = j->n && str_is(j->types[j->n - 1], "[Ljava.lang.Object;");
    if (!spend(e, CALL_STEPS))
        return &fv_null;
    if (open ? n + 1 < j->n : n != j->n)
        return null_because(e, "外部函数的参数个数不对。");
    for (uint32_t i = 0; i < n; i++)
        if (!fits(j->types[i < j->n ? i : j->n - 1], args[i]))
            return null_because(e, "外部函数的参数类型不对。");
    if (str_is(j->class, "java.lang.Math"))
        return math(e, j, args);
    if (str_is(j->class, "java.lang.String"))
        return string_method(e, j, args, n);
    if ((whole_type(j->class) || real_type(j->class)) && n == 1 &&
        (str_is(j->name, "valueOf") || str_starts(j->name, STR("parse"))))
        return value_of(e, j, args[0]);
    return null_because(e, "不认识的外部函数。");
}
