/* Numeric functions (DMN 1.5, 10.3.4.5). */
#include "kernel/rules/impl.h"

static fval rounded(struct ev *e, fval v, fval scale, enum decimal_rounding how)
{
    __int128 s = 0;
    struct decimal d;
    if (scale) {
        struct decimal whole;
        if (!decimal_round(scale->number, 0, DECIMAL_DOWN, &whole) ||
            !decimal_to_128(whole, 0, &s) || s < DECIMAL_MIN_SCALE ||
            s > DECIMAL_MAX_SCALE)
            return null_because(e, "小数位数超出范围。");
    }
    if (!decimal_round(v->number, (int)s, how, &d))
        return null_because(e, "计算结果超出数字范围。");
    return fv_number(e, d);
}

#define ROUNDING(name, how) \
    static fval name(struct ev *e, fval *args, uint32_t n) \
    { \
        (void)n; \
        return rounded(e, args[0], args[1], how); \
    }

ROUNDING(half_even, DECIMAL_HALF_EVEN)
ROUNDING(floor_of, DECIMAL_FLOOR)
ROUNDING(ceiling_of, DECIMAL_CEILING)
ROUNDING(round_up, DECIMAL_UP)
ROUNDING(round_down, DECIMAL_DOWN)
ROUNDING(round_half_up, DECIMAL_HALF_UP)
ROUNDING(round_half_down, DECIMAL_HALF_DOWN)

static fval absolute(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    fval v = args[0];
    if (v->kind == K_NUMBER)
        return decimal_sign(v->number) < 0 ? fv_negate(e, v) : v;
    if (v->kind == K_DTD)
        return v->nanos < 0 ? fv_negate(e, v) : v;
    if (v->kind == K_YMD)
        return v->months < 0 ? fv_negate(e, v) : v;
    return null_because(e, "abs() 的参数应是数字或时长。");
}

static fval modulo(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct decimal d;
    return decimal_modulo(args[0]->number, args[1]->number, &d)
               ? fv_number(e, d)
               : null_because(e, "除数为零。");
}

/* A real function costs what some hundred nodes do. */
enum { REAL_STEPS = 100 };

static fval real(struct ev *e, bool good, struct decimal d)
{
    if (!spend(e, REAL_STEPS))
        return &fv_null;
    return good ? fv_number(e, d) : null_because(e, "参数超出函数的定义域。");
}

static fval square_root(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct decimal d;
    bool good = decimal_sqrt(args[0]->number, &d);
    return real(e, good, d);
}

static fval logarithm(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct decimal d;
    bool good = decimal_log(args[0]->number, &d);
    return real(e, good, d);
}

static fval exponential(struct ev *e, fval *args, uint32_t n)
{
    (void)n;
    struct decimal d;
    bool good = decimal_exp(args[0]->number, &d);
    return real(e, good, d);
}

static fval odd(struct ev *e, fval *args, uint32_t n)
{
    (void)e, (void)n;
    struct decimal d = args[0]->number;
    return fv_bool(decimal_is_integer(d) && !decimal_even(d));
}

static fval even(struct ev *e, fval *args, uint32_t n)
{
    (void)e, (void)n;
    struct decimal d = args[0]->number;
    return fv_bool(decimal_is_integer(d) && decimal_even(d));
}

const struct builtin builtins_number[] = {
    { "decimal", half_even, 2, 2, FIXED, { { "n", 'n' }, { "scale", 'n' } } },
    { "floor", floor_of, 1, 2, FIXED, { { "n", 'n' }, { "scale", 'n' } } },
    { "ceiling", ceiling_of, 1, 2, FIXED, { { "n", 'n' }, { "scale", 'n' } } },
    { "round up", round_up, 2, 2, FIXED, { { "n", 'n' }, { "scale", 'n' } } },
    { "round down", round_down, 2, 2, FIXED,
      { { "n", 'n' }, { "scale", 'n' } } },
    { "round half up", round_half_up, 2, 2, FIXED,
      { { "n", 'n' }, { "scale", 'n' } } },
    { "round half down", round_half_down, 2, 2, FIXED,
      { { "n", 'n' }, { "scale", 'n' } } },
    { "abs", absolute, 1, 1, FIXED, { { "n", 'o' } } },
    { "modulo", modulo, 2, 2, FIXED,
      { { "dividend", 'n' }, { "divisor", 'n' } } },
    { "sqrt", square_root, 1, 1, FIXED, { { "number", 'n' } } },
    { "log", logarithm, 1, 1, FIXED, { { "number", 'n' } } },
    { "exp", exponential, 1, 1, FIXED, { { "number", 'n' } } },
    { "odd", odd, 1, 1, FIXED, { { "number", 'n' } } },
    { "even", even, 1, 1, FIXED, { { "number", 'n' } } },
    { 0 },
};
