/*
 * Text in the drawing.  SVG does not wrap, and the server does not know the
 * reader's font; so widths are estimated (a Chinese character is as wide as
 * the font is high, Latin letters about half) and lines are broken here, with
 * a little room to spare.
 */
#include "kernel/flow/draw.h"

#include <string.h>

static double char_width(int32_t c)
{
    if (c >= 0x2e80)
        return 1.0;
    if (c >= 0x80)
        return 0.62;
    if (c == ' ' || strchr("ijl.,:;'|!()[]tfI", (int)c))
        return 0.32;
    if ((c >= 'A' && c <= 'Z') || c == '@')
        return 0.70;
    if (c == 'm' || c == 'w' || c == '%')
        return 0.86;
    return 0.57;
}

double bpmn_text_width(str s, double size)
{
    double w = 0;
    for (size_t at = 0; at < s.n;)
        w += char_width(utf8_next(s, &at));
    return w * size;
}

/* Chinese breaks anywhere but before closing punctuation. */
static bool may_break(int32_t before, int32_t after)
{
    static const char closing[] = "，。、；：！？）》」』”’%";
    if (before == ' ' || before == '-' || before == '/')
        return after != ' ';
    if (before < 0x2e80 && after < 0x2e80)
        return false;
    char bytes[5] = "";
    utf8_put(bytes, after);
    return after < 0x80 ? after != ')' : strstr(closing, bytes) == NULL;
}

/* How many bytes of s go on one line; *cut: in the middle of a word. */
static size_t line_length(str s, double size, double width, bool *cut)
{
    double w = 0;
    size_t breakable = 0, at = 0;
    int32_t last = 0;
    while (at < s.n) {
        size_t before = at;
        int32_t c = utf8_next(s, &at);
        if (c == '\n')
            return before;
        if (before && may_break(last, c))
            breakable = before;
        w += char_width(c) * size;
        if (w > width && before) {
            *cut |= breakable == 0;
            return breakable ? breakable : before;
        }
        last = c;
    }
    return s.n;
}

static struct wrapped wrap(struct arena *a, str s, double size, double width,
                           int most, bool *cut)
{
    struct wrapped w = { .count = 0 };
    int room = (int)(sizeof w.line / sizeof *w.line);
    most = most < 1 ? 1 : most > room ? room : most;
    s = str_trim(s);
    while (s.n && w.count < most) {
        size_t n = line_length(s, size, width, cut);
        str line = str_trim(str_slice(s, 0, n));
        s = str_slice(s, n + (n < s.n && s.p[n] == '\n'), s.n);
        if (line.n == 0)
            continue;
        s = str_trim(s);
        if (w.count + 1 == most && s.n)
            line = arena_join(a, utf8_head(line, utf8_count(line) - 1),
                              STR("…"));
        w.line[w.count++] = line;
        double wide = bpmn_text_width(line, size);
        w.widest = wide > w.widest ? wide : w.widest;
    }
    return w;
}

static bool is_chinese(str s)
{
    for (size_t at = 0; at < s.n;)
        if (utf8_next(s, &at) >= 0x2e80)
            return true;
    return false;
}

/* No last line of one character: the narrowest width that still needs no more
 * lines spreads Chinese evenly over them.  Words of letters break where they
 * always did. */
struct wrapped bpmn_text_wrap(struct arena *a, str s, double size, double width,
                              int most)
{
    bool cut = false;
    struct wrapped w = wrap(a, s, size, width, most, &cut);
    if (w.count < 2 || w.count >= most || cut || !is_chinese(s) ||
        str_find_byte(str_trim(s), '\n') >= 0)
        return w;
    double low = width / 2, high = w.widest;
    for (int i = 0; i < 6; i++) {
        double middle = (low + high) / 2;
        cut = false;
        struct wrapped v = wrap(a, s, size, middle, most, &cut);
        if (v.count == w.count && !cut)
            high = middle;
        else
            low = middle;
    }
    return wrap(a, s, size, high + 0.01, most, &cut);
}

/* XML has no way to write most control characters: they become spaces. */
void bpmn_text_escaped(struct buf *out, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ') {
            buf_html(out, str_slice(s, from, i));
            buf_byte(out, ' ');
            from = i + 1;
        }
    buf_html(out, str_slice(s, from, s.n));
}

static void line_out(struct canvas *c, str s, double x, double y, double size,
                     const char *class, const char *anchor, bool halo)
{
    buf_printf(c->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" "
                       "font-size=\"%.0f\" text-anchor=\"%s\"%s>",
               class, x + c->dx, y + c->dy, size, anchor,
               halo ? " stroke=\"#fff\" stroke-width=\"3\" "
                      "stroke-linejoin=\"round\" paint-order=\"stroke\""
                    : "");
    bpmn_text_escaped(c->out, s);
    buf_put(c->out, STR("</text>"));
}

static int lines_that_fit(double height, double size)
{
    int n = (int)(height / (size * 1.2));
    return n < 1 ? 1 : n;
}

void bpmn_text_in_box(struct canvas *c, str s, struct bpmn_box box)
{
    double size = 12;
    struct wrapped w = { 0 };
    for (; size >= 9; size--) {
        w = bpmn_text_wrap(c->arena, s, size, box.w, 12);
        if (w.count <= lines_that_fit(box.h, size) && w.widest <= box.w + 1)
            break;
    }
    if (size < 9) {
        size = 9;
        w = bpmn_text_wrap(c->arena, s, size, box.w,
                           lines_that_fit(box.h, size));
    }
    double step = size * 1.2;
    double y = box.y + box.h / 2 - step * (w.count - 1) / 2 + size * 0.36;
    for (int i = 0; i < w.count; i++)
        line_out(c, w.line[i], box.x + box.w / 2, y + step * i, size, "name",
                 "middle", false);
}

void bpmn_text_at(struct canvas *c, str s, double x, double y, double width,
                  enum align align, const char *class)
{
    double size = 11;
    struct wrapped w = bpmn_text_wrap(c->arena, s, size, width, 8);
    for (int i = 0; i < w.count; i++)
        line_out(c, w.line[i], x, y + size + size * 1.2 * i, size, class,
                 align == LEFT ? "start" : "middle", true);
}

void bpmn_text_turned(struct canvas *c, str s, struct bpmn_box head,
                      bool upright)
{
    if (!upright) {
        bpmn_text_in_box(c, s, head);
        return;
    }
    double size = 12, x = head.x + head.w / 2, y = head.y + head.h / 2;
    struct wrapped w = bpmn_text_wrap(c->arena, s, size, head.h - 8,
                                      lines_that_fit(head.w, size));
    for (int i = 0; i < w.count; i++) {
        double at = x + size * 1.2 * (i - (w.count - 1) / 2.0) + size * 0.36;
        buf_printf(c->out, "<text class=\"name\" font-size=\"12\" "
                           "text-anchor=\"middle\" "
                           "transform=\"translate(%.1f %.1f) rotate(-90)\">",
                   at + c->dx, y + c->dy);
        bpmn_text_escaped(c->out, w.line[i]);
        buf_put(c->out, STR("</text>"));
    }
}
