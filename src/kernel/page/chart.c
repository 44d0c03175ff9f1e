/*
 * Charts as SVG, drawn by the server: no script, printable, coloured by the
 * style sheet's classes so that dark and high contrast follow.  The finding is
 * the accessible label; the figures stand in a table beside the drawing.
 */
#include "kernel/page/page.h"

#include <string.h>

enum {
    WIDE = 640, HIGH = 290, /* of a chart with axes */
    LEFT = 40, FOOT = 32, HEAD = 24,
};

static struct value *finish(struct arena *a, struct buf *b)
{
    struct value *v = page_html(a, arena_str(a, buf_str(b)));
    buf_free(b);
    return v;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* A step of 1, 2 or 5 times a power of ten, at most five to the height. */
static int64_t step_of(int64_t most)
{
    int64_t step = 1;
    while (step * 5 < most) {
        if (step * 10 >= most)
            return step * 2;
        if (step * 25 >= most)
            return step * 5;
        step *= 10;
    }
    return step;
}

struct scale {
    int64_t step, top;
    double unit; /* pixels a unit */
};

static struct scale scale_of(int64_t most)
{
    struct scale s = { .step = step_of(larger(most, 1)) };
    s.top = (larger(most, 1) + s.step - 1) / s.step * s.step;
    s.unit = (double)(HIGH - FOOT - HEAD) / (double)s.top;
    return s;
}

static double height_of(const struct scale *s, int64_t v)
{
    return (double)v * s->unit;
}

static void open_chart(struct buf *b, str finding)
{
    buf_printf(b, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-label=\"", WIDE, HIGH);
    buf_html(b, finding);
    buf_put(b, STR("\">"));
}

static void draw_axis(struct buf *b, const struct scale *s)
{
    for (int64_t v = 0; v <= s->top; v += s->step) {
        double y = HIGH - FOOT - height_of(s, v);
        buf_printf(b, "<line class=\"ax\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" "
                   "y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\" "
                   "text-anchor=\"end\">%lld</text>", LEFT, WIDE, y, y,
                   LEFT - 6, y + 4, (long long)v);
    }
}

static void draw_bar(struct buf *b, const struct scale *s, const char *look,
                     double x, double width, int64_t v, str label, str name)
{
    double h = height_of(s, v);
    buf_printf(b, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
               "height=\"%.1f\" rx=\"2\"><title>", look, x,
               HIGH - FOOT - h, width, h);
    buf_html(b, label);
    buf_byte(b, ' ');
    buf_html(b, name);
    buf_printf(b, " %lld</title></rect>", (long long)v);
}

static void draw_label(struct buf *b, double x, double y, const char *look,
                       str text)
{
    buf_printf(b, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" "
               "text-anchor=\"middle\">", look, x, y);
    buf_html(b, text);
    buf_put(b, STR("</text>"));
}

static int64_t most_of(const struct chart_point *p, size_t n, bool both)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++) {
        most = larger(most, p[i].a);
        if (both)
            most = larger(most, p[i].b);
    }
    return most;
}

/* Every how-manieth label has room. */
static size_t label_step(size_t n)
{
    return n > 16 ? (n + 11) / 12 : 1;
}

struct value *page_chart_bars(struct arena *a, str finding, str a_name,
                              str b_name, const struct chart_point *points,
                              size_t n)
{
    struct buf b = { 0 };
    bool both = !str_is_none(b_name);
    struct scale s = scale_of(most_of(points, n, both));
    double slot = (double)(WIDE - LEFT) / (double)(n ? n : 1);
    double bar = slot * (both ? 0.34 : 0.6);
    open_chart(&b, finding);
    draw_axis(&b, &s);
    for (size_t i = 0; i < n; i++) {
        double x = LEFT + slot * (double)i + slot * 0.14;
        draw_bar(&b, &s, both ? "s2" : "s1", x, bar, points[i].a,
                 points[i].label, a_name);
        if (both)
            draw_bar(&b, &s, "s1", x + bar + 2, bar, points[i].b,
                     points[i].label, b_name);
        if (i % label_step(n) == 0)
            draw_label(&b, LEFT + slot * ((double)i + 0.5), HIGH - 12, "",
                       points[i].label);
    }
    if (n) {
        double x = LEFT + slot * ((double)n - 0.5) - (both ? bar / 2 : 0);
        draw_label(&b, x, HIGH - FOOT - height_of(&s, points[n - 1].a) - 6,
                   "v", arena_printf(a, "%lld", (long long)points[n - 1].a));
    }
    buf_put(&b, STR("</svg>"));
    return finish(a, &b);
}

struct value *page_chart_line(struct arena *a, str finding,
                              const struct chart_point *points, size_t n)
{
    struct buf b = { 0 };
    struct scale s = scale_of(most_of(points, n, false));
    double slot = (double)(WIDE - LEFT) / (double)(n ? n : 1);
    double x = 0, y = 0;
    open_chart(&b, finding);
    draw_axis(&b, &s);
    buf_put(&b, STR("<polyline class=\"l1\" points=\""));
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%.1f,%.1f ", LEFT + slot * ((double)i + 0.5),
                   HIGH - FOOT - height_of(&s, points[i].a));
    buf_put(&b, STR("\"/>"));
    for (size_t i = 0; i < n; i++) {
        x = LEFT + slot * ((double)i + 0.5);
        y = HIGH - FOOT - height_of(&s, points[i].a);
        buf_printf(&b, "<circle class=\"s1\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\">"
                   "<title>", x, y);
        buf_html(&b, points[i].label);
        buf_printf(&b, " %lld</title></circle>", (long long)points[i].a);
        if (i % label_step(n) == 0)
            draw_label(&b, x, HIGH - 12, "", points[i].label);
    }
    if (n)
        draw_label(&b, x, y - 8, "v",
                   arena_printf(a, "%lld", (long long)points[n - 1].a));
    buf_put(&b, STR("</svg>"));
    return finish(a, &b);
}

struct value *page_chart_spark(struct arena *a, const int64_t *values,
                               size_t n)
{
    struct buf b = { 0 };
    int64_t low = n ? values[0] : 0, high = low;
    double x = 3, y = 12;
    for (size_t i = 0; i < n; i++) {
        low = values[i] < low ? values[i] : low;
        high = larger(high, values[i]);
    }
    buf_put(&b, STR("<svg class=\"chart spark\" width=\"90\" height=\"24\" "
                    "viewBox=\"0 0 90 24\" aria-hidden=\"true\">"
                    "<polyline class=\"l1\" points=\""));
    for (size_t i = 0; i < n; i++) {
        x = 3 + 84.0 * (double)i / (double)(n > 1 ? n - 1 : 1);
        y = 21 - 18.0 * (double)(values[i] - low) /
                     (double)larger(high - low, 1);
        buf_printf(&b, "%.1f,%.1f ", x, y);
    }
    buf_printf(&b, "\"/><circle class=\"s1\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>"
               "</svg>", x, y);
    return finish(a, &b);
}

struct value *page_chart_share(struct arena *a, int64_t value, int64_t low,
                               int64_t high)
{
    struct buf b = { 0 };
    int64_t span = larger(high - low, 1);
    int64_t part = value < low ? 0 : value > high ? span : value - low;
    double width = 110.0 * (double)part / (double)span;
    bool poor = part * 5 < span * 3; /* below three fifths of the axis */
    buf_printf(&b, "<svg class=\"chart\" width=\"170\" height=\"18\" "
               "viewBox=\"0 0 170 18\" aria-hidden=\"true\"><rect class=\"bg\""
               " x=\"0\" y=\"5\" width=\"110\" height=\"8\" rx=\"2\"/><rect "
               "class=\"%s\" x=\"0\" y=\"5\" width=\"%.1f\" height=\"8\" "
               "rx=\"2\"/><text class=\"v\" x=\"118\" y=\"14\">%lld.%lld%%"
               "</text></svg>", poor ? "sw" : "so", width < 4 ? 4 : width,
               (long long)(value / 100), (long long)(value % 100 / 10));
    return finish(a, &b);
}

struct value *page_chart_heat(struct arena *a, str caption,
                              const str *columns, size_t column_count,
                              const str *rows, size_t row_count,
                              const int64_t *values, int64_t warn,
                              int64_t bad)
{
    struct buf b = { 0 };
    buf_put(&b, STR("<table class=\"heat\"><caption>"));
    buf_html(&b, caption);
    buf_put(&b, STR("</caption><thead><tr><td></td>"));
    for (size_t c = 0; c < column_count; c++) {
        buf_put(&b, STR("<th scope=\"col\">"));
        buf_html(&b, columns[c]);
        buf_put(&b, STR("</th>"));
    }
    buf_put(&b, STR("</tr></thead><tbody>"));
    for (size_t r = 0; r < row_count; r++) {
        buf_put(&b, STR("<tr><th scope=\"row\">"));
        buf_html(&b, rows[r]);
        buf_put(&b, STR("</th>"));
        for (size_t c = 0; c < column_count; c++) {
            int64_t v = values[r * column_count + c];
            int heat = v >= bad ? 3 : v >= warn ? 2 : v > 0;
            buf_printf(&b, "<td class=\"h%d\">%lld</td>", heat, (long long)v);
        }
        buf_put(&b, STR("</tr>"));
    }
    buf_put(&b, STR("</tbody></table>"));
    return finish(a, &b);
}
