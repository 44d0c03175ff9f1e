/*
 * How points and ranges lie to each other (DMN 1.5, 10.3.4.9, after Allen).
 * A point is the closed range of itself where that gives the same answer.
 */
#include "kernel/rules/impl.h"

/* An end: a value with a sign for the ends that are left out. */
struct end {
    fval value;
    int infinite; /* -1, 0, 1 */
    bool in;
};

struct span {
    struct end low, high;
    bool point;
};

static struct span span_of(fval v)
{
    if (v->kind != K_RANGE)
        return (struct span){ { v, 0, true }, { v, 0, true }, true };
    const struct range *r = &v->range;
    return (struct span){ { r->low, is_null(r->low) ? -1 : 0, r->low_in },
                          { r->high, is_null(r->high) ? 1 : 0, r->high_in },
                          false };
}

static bool order(struct ev *e, struct end a, struct end b, int *out)
{
    if (a.infinite || b.infinite) {
        *out = a.infinite - b.infinite;
        return true;
    }
    return fv_order(e, a.value, b.value, out);
}

/* The four comparisons every relation is made of. */
struct relation {
    int low_low, high_high, high_low, low_high;
};

static bool related(struct ev *e, const struct span *a, const struct span *b,
                    struct relation *r)
{
    return order(e, a->low, b->low, &r->low_low) &&
           order(e, a->high, b->high, &r->high_high) &&
           order(e, a->high, b->low, &r->high_low) &&
           order(e, a->low, b->high, &r->low_high);
}

typedef bool holds(const struct span *a, const struct span *b,
                   const struct relation *r);

static bool before(const struct span *a, const struct span *b,
                   const struct relation *r)
{
    return r->high_low < 0 ||
           (r->high_low == 0 && !(a->high.in && b->low.in));
}

static bool after(const struct span *a, const struct span *b,
                  const struct relation *r)
{
    return r->low_high > 0 ||
           (r->low_high == 0 && !(a->low.in && b->high.in));
}

static bool meets(const struct span *a, const struct span *b,
                  const struct relation *r)
{
    return a->high.in && b->low.in && r->high_low == 0;
}

static bool met_by(const struct span *a, const struct span *b,
                   const struct relation *r)
{
    return a->low.in && b->high.in && r->low_high == 0;
}

static bool overlaps(const struct span *a, const struct span *b,
                     const struct relation *r)
{
    return !before(a, b, r) && !after(a, b, r);
}

/* a begins no later than b and still before b's end is reached */
static bool overlaps_before(const struct span *a, const struct span *b,
                            const struct relation *r)
{
    return (r->low_low < 0 ||
            (r->low_low == 0 && a->low.in && !b->low.in)) &&
           !before(a, b, r) &&
           (r->high_high < 0 ||
            (r->high_high == 0 && (!a->high.in || b->high.in)));
}

static bool overlaps_after(const struct span *a, const struct span *b,
                           const struct relation *r)
{
    return (r->low_low > 0 ||
            (r->low_low == 0 && b->low.in && !a->low.in)) &&
           !after(a, b, r) &&
           (r->high_high > 0 ||
            (r->high_high == 0 && (!b->high.in || a->high.in)));
}

static bool finishes(const struct span *a, const struct span *b,
                     const struct relation *r)
{
    return r->high_high == 0 && a->high.in == b->high.in &&
           (a->point || r->low_low > 0 ||
            (r->low_low == 0 && (!a->low.in || b->low.in)));
}

static bool finished_by(const struct span *a, const struct span *b,
                        const struct relation *r)
{
    return r->high_high == 0 && a->high.in == b->high.in &&
           (b->point || r->low_low < 0 ||
            (r->low_low == 0 && (a->low.in || !b->low.in)));
}

static bool includes(const struct span *a, const struct span *b,
                     const struct relation *r)
{
    return (r->low_low < 0 ||
            (r->low_low == 0 && (a->low.in || !b->low.in))) &&
           (r->high_high > 0 ||
            (r->high_high == 0 && (a->high.in || !b->high.in)));
}

static bool during(const struct span *a, const struct span *b,
                   const struct relation *r)
{
    return (r->low_low > 0 ||
            (r->low_low == 0 && (b->low.in || !a->low.in))) &&
           (r->high_high < 0 ||
            (r->high_high == 0 && (b->high.in || !a->high.in)));
}

static bool starts(const struct span *a, const struct span *b,
                   const struct relation *r)
{
    return r->low_low == 0 && a->low.in == b->low.in &&
           (a->point || r->high_high < 0 ||
            (r->high_high == 0 && (!a->high.in || b->high.in)));
}

static bool started_by(const struct span *a, const struct span *b,
                       const struct relation *r)
{
    return r->low_low == 0 && a->low.in == b->low.in &&
           (b->point || r->high_high > 0 ||
            (r->high_high == 0 && (a->high.in || !b->high.in)));
}

static bool coincides(const struct span *a, const struct span *b,
                      const struct relation *r)
{
    return r->low_low == 0 && r->high_high == 0 &&
           a->low.in == b->low.in && a->high.in == b->high.in;
}

/* Which of the two may be points. */
enum shape { RANGES = 1, POINT_RANGE = 2, RANGE_POINT = 4, POINTS = 8 };

static fval relate(struct ev *e, fval *args, holds *f, int shapes)
{
    struct span a = span_of(args[0]), b = span_of(args[1]);
    struct relation r;
    int shape = a.point ? (b.point ? POINTS : POINT_RANGE)
                        : (b.point ? RANGE_POINT : RANGES);
    if (!(shapes & shape))
        return null_because(e, "参数应是区间。");
    if (!related(e, &a, &b, &r))
        return null_because(e, "参数之间不能比较。");
    return fv_bool(f(&a, &b, &r));
}

#define RELATION(name, shapes) \
    static fval name##_of(struct ev *e, fval *args, uint32_t n) \
    { \
        (void)n; \
        return relate(e, args, name, shapes); \
    }

RELATION(before, RANGES | POINT_RANGE | RANGE_POINT | POINTS)
RELATION(after, RANGES | POINT_RANGE | RANGE_POINT | POINTS)
RELATION(meets, RANGES)
RELATION(met_by, RANGES)
RELATION(overlaps, RANGES)
RELATION(overlaps_before, RANGES)
RELATION(overlaps_after, RANGES)
RELATION(finishes, RANGES | POINT_RANGE)
RELATION(finished_by, RANGES | RANGE_POINT)
RELATION(includes, RANGES | RANGE_POINT)
RELATION(during, RANGES | POINT_RANGE)
RELATION(starts, RANGES | POINT_RANGE)
RELATION(started_by, RANGES | RANGE_POINT)
RELATION(coincides, RANGES | POINTS)

#define TWO(a, b) 2, 2, FIXED, { { a, 'o' }, { b, 'o' } }

const struct builtin builtins_range[] = {
    { "before", before_of, TWO("point1", "point2") },
    { "before", before_of, TWO("range1", "range2") },
    { "before", before_of, TWO("point", "range") },
    { "before", before_of, TWO("range", "point") },
    { "after", after_of, TWO("point1", "point2") },
    { "after", after_of, TWO("range1", "range2") },
    { "after", after_of, TWO("point", "range") },
    { "after", after_of, TWO("range", "point") },
    { "meets", meets_of, TWO("range1", "range2") },
    { "met by", met_by_of, TWO("range1", "range2") },
    { "overlaps", overlaps_of, TWO("range1", "range2") },
    { "overlaps before", overlaps_before_of, TWO("range1", "range2") },
    { "overlaps after", overlaps_after_of, TWO("range1", "range2") },
    { "finishes", finishes_of, TWO("point", "range") },
    { "finishes", finishes_of, TWO("range1", "range2") },
    { "finished by", finished_by_of, TWO("range", "point") },
    { "finished by", finished_by_of, TWO("range1", "range2") },
    { "includes", includes_of, TWO("range", "point") },
    { "includes", includes_of, TWO("range1", "range2") },
    { "during", during_of, TWO("point", "range") },
    { "during", during_of, TWO("range1", "range2") },
    { "starts", starts_of, TWO("point", "range") },
    { "starts", starts_of, TWO("range1", "range2") },
    { "started by", started_by_of, TWO("range", "point") },
    { "started by", started_by_of, TWO("range1", "range2") },
    { "coincides", coincides_of, TWO("point1", "point2") },
    { "coincides", coincides_of, TWO("range1", "range2") },
    { 0 },
};
