/* One shape at a time: its outline, its sign, its name, its state. */
#include "kernel/flow/draw.h"

#include <math.h>

static const struct mark_look {
    int mark;
    const char *class, *word, *fill, *stroke, *sign;
} mark_looks[] = {
    /* The worst first: it decides the colour. */
    { BPMN_OVERDUE, "overdue", "已超期", "#fbe9e7", "#a3180f", "!" },
    { BPMN_PAUSED, "paused", "已暂停", "#ececf5", "#4a4f78", "‖" },
    { BPMN_ACTIVE, "active", "办理中", "#e4f0f1", "#0b5563", "●" },
    { BPMN_WAITING, "waiting", "等待中", "#e8f1f8", "#0b5a8a", "○" },
    { BPMN_RETURNED, "returned", "已退回", "#fff3dc", "#7d4b00", "↩" },
    { BPMN_DONE, "done", "已完成", "#e6f3ea", "#176a3e", "✓" },
    { BPMN_ALONE, "alone", "这一版独有", "#e8f1f8", "#0b5a8a", "±" },
    { BPMN_CHANGED, "changed", "两版不同", "#fff3dc", "#7d4b00", "≠" },
};

enum { LOOKS = sizeof mark_looks / sizeof *mark_looks };

static const struct mark_look *look_for(int marks)
{
    for (int i = 0; i < LOOKS; i++)
        if (marks & mark_looks[i].mark)
            return &mark_looks[i];
    return NULL;
}

const char *bpmn_mark_class(int marks)
{
    const struct mark_look *l = look_for(marks);
    return l ? l->class : "";
}

str bpmn_mark_words(struct arena *a, int marks)
{
    str words = STR("");
    for (int i = 0; i < LOOKS; i++)
        if (marks & mark_looks[i].mark)
            words = arena_printf(a, "%.*s%s%s", STR_ARG(words),
                                 words.n ? "、" : "", mark_looks[i].word);
    return words;
}

int bpmn_marks_of(const struct canvas *c, int node)
{
    return c->marks && c->marks->node ? c->marks->node[node] : 0;
}

static const char *fill_of(const struct canvas *c, int node)
{
    const struct mark_look *l = look_for(bpmn_marks_of(c, node));
    return l ? l->fill : "#fff";
}

static const char *stroke_of(const struct canvas *c, int node)
{
    const struct mark_look *l = look_for(bpmn_marks_of(c, node));
    return l ? l->stroke : "#17212b";
}

static void rect(struct canvas *c, struct bpmn_box b, double radius,
                 const char *fill, const char *stroke, double width,
                 const char *dash)
{
    buf_printf(c->out,
               "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
               "rx=\"%.0f\" fill=\"%s\" stroke=\"%s\" stroke-width=\"%.1f\"",
               b.x + c->dx, b.y + c->dy, b.w, b.h, radius, fill, stroke,
               width);
    if (dash)
        buf_printf(c->out, " stroke-dasharray=\"%s\"", dash);
    buf_put(c->out, STR("/>"));
}

static void outline(struct canvas *c, const char *d, double x, double y)
{
    buf_printf(c->out,
               "<path d=\"%s\" transform=\"translate(%.1f %.1f)\" "
               "fill=\"#fff\" stroke=\"#17212b\" stroke-width=\"1.4\" "
               "stroke-linejoin=\"round\"/>", d, x + c->dx, y + c->dy);
}

void bpmn_draw_anchor(struct canvas *c, str id)
{
    buf_put(c->out, STR(" id=\"el-"));
    bpmn_text_escaped(c->out, id);
    buf_put(c->out, STR("\" data-id=\""));
    bpmn_text_escaped(c->out, id);
    buf_byte(c->out, '"');
}

/* ---- things ---- */

static void pool_or_lane(struct canvas *c, const struct bpmn_shape *s,
                         const struct bpmn_thing *t)
{
    struct bpmn_box head = s->box;
    bool pool = t->kind == BPMN_POOL;
    bool black_box = pool && t->process < 0;
    rect(c, s->box, 0, pool ? "#fff" : "none", "#46525f", 1.2, NULL);
    if (!black_box && s->horizontal)
        head.w = 30;
    else if (!black_box)
        head.h = 30;
    if (pool && !black_box)
        rect(c, head, 0, "#f5f7f9", "#46525f", 1.2, NULL);
    bpmn_text_turned(c, t->name, head, s->horizontal && !black_box);
    if (t->many)
        buf_printf(c->out, "<path d=\"M%.1f %.1fv12m5-12v12m5-12v12\" "
                           "stroke=\"#17212b\" stroke-width=\"2\"/>",
                   s->box.x + s->box.w / 2 - 5 + c->dx,
                   s->box.y + s->box.h - 15 + c->dy);
}

static void data(struct canvas *c, const struct bpmn_shape *s,
                 const struct bpmn_thing *t)
{
    double w = s->box.w, h = s->box.h, f = fmin(w, h) * 0.28;
    str d = arena_printf(c->arena,
                         "M0 0H%.1fL%.1f %.1fV%.1fH0Z M%.1f 0V%.1fH%.1f",
                         w - f, w, f, h, w - f, f, w);
    outline(c, d.p, s->box.x, s->box.y);
    if (t->kind == BPMN_DATA_INPUT || t->kind == BPMN_DATA_OUTPUT)
        buf_printf(c->out, "<path d=\"M4 7H12V3L20 10L12 17V13H4Z\" "
                           "transform=\"translate(%.1f %.1f)\" fill=\"%s\" "
                           "stroke=\"#17212b\"/>",
                   s->box.x + c->dx, s->box.y + c->dy,
                   t->kind == BPMN_DATA_OUTPUT ? "#17212b" : "none");
    if (t->collection)
        buf_printf(c->out, "<path d=\"M%.1f %.1fv9m4-9v9m4-9v9\" "
                           "stroke=\"#17212b\" stroke-width=\"1.6\"/>",
                   s->box.x + w / 2 - 4 + c->dx, s->box.y + h - 11 + c->dy);
}

static void store(struct canvas *c, const struct bpmn_shape *s)
{
    double w = s->box.w, h = s->box.h, e = h * 0.14;
    str d = arena_printf(
        c->arena,
        "M0 %.1fA%.1f %.1f 0 0 1 %.1f %.1fV%.1fA%.1f %.1f 0 0 1 0 %.1fZ "
        "M0 %.1fA%.1f %.1f 0 0 0 %.1f %.1f",
        e, w / 2, e, w, e, h - e, w / 2, e, h - e, e, w / 2, e, w, e);
    outline(c, d.p, s->box.x, s->box.y);
}

static void note(struct canvas *c, const struct bpmn_shape *s, str text)
{
    buf_printf(c->out, "<path d=\"M%.1f %.1fh-12v%.1fh12\" fill=\"none\" "
                       "stroke=\"#17212b\" stroke-width=\"1.4\"/>",
               s->box.x + 12 + c->dx, s->box.y + c->dy, s->box.h);
    struct bpmn_box b = { s->box.x + 9, s->box.y, s->box.w - 10, s->box.h };
    bpmn_text_in_box(c, text, b);
}

static void hexagon(struct canvas *c, const struct bpmn_shape *s)
{
    double w = s->box.w, h = s->box.h;
    str d = arena_printf(c->arena,
                         "M%.1f 0H%.1fL%.1f %.1fL%.1f %.1fH%.1fL0 %.1fZ",
                         w / 4, w * 3 / 4, w, h / 2, w * 3 / 4, h, w / 4,
                         h / 2);
    outline(c, d.p, s->box.x, s->box.y);
}

void bpmn_draw_thing(struct canvas *c, const struct bpmn_shape *s)
{
    if (s->what == BPMN_A_ROOT) {
        bpmn_glyph_envelope(c, s->box.x, s->box.y, s->box.w, s->box.h, false);
        return;
    }
    const struct bpmn_thing *t = &c->g->things[s->index];
    buf_printf(c->out, "<g class=\"thing k%d\"", t->kind);
    bpmn_draw_anchor(c, t->id);
    buf_byte(c->out, '>');
    switch (t->kind) {
    case BPMN_POOL:
    case BPMN_LANE: pool_or_lane(c, s, t); break;
    case BPMN_STORE: store(c, s); break;
    case BPMN_NOTE: note(c, s, t->name); break;
    case BPMN_CONVERSATION: hexagon(c, s); break;
    case BPMN_GROUP:
        rect(c, s->box, 8, "none", "#5d6975", 1.4, "8 4 2 4");
        break;
    default: data(c, s, t); break;
    }
    buf_put(c->out, STR("</g>\n"));
}

/* ---- flow nodes ---- */

static void ring(struct canvas *c, const struct bpmn_shape *s, double inset,
                 const char *fill, const char *stroke, double width,
                 bool dashed)
{
    buf_printf(c->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" "
                       "stroke=\"%s\" stroke-width=\"%.1f\"%s/>",
               s->box.x + s->box.w / 2 + c->dx,
               s->box.y + s->box.h / 2 + c->dy,
               fmax(1, fmin(s->box.w, s->box.h) / 2 - inset), fill, stroke,
               width, dashed ? " stroke-dasharray=\"4 3\"" : "");
}

static void event(struct canvas *c, const struct bpmn_shape *s,
                  const struct bpmn_node *n)
{
    const char *fill = fill_of(c, s->index), *stroke = stroke_of(c, s->index);
    bool dashed = !n->interrupting && (n->kind == BPMN_BOUNDARY ||
                                       n->kind == BPMN_START);
    ring(c, s, 0, fill, stroke, n->kind == BPMN_END ? 3.5 : 1.5, dashed);
    if (n->kind == BPMN_CATCH || n->kind == BPMN_THROW ||
        n->kind == BPMN_BOUNDARY)
        ring(c, s, 3, "none", stroke, 1.5, dashed);
    bpmn_glyph_event(c, n, s->box.x + s->box.w / 2, s->box.y + s->box.h / 2,
                     fmin(s->box.w, s->box.h) / 2);
}

static void gateway(struct canvas *c, const struct bpmn_shape *s,
                    const struct bpmn_node *n)
{
    double x = s->box.x + c->dx, y = s->box.y + c->dy;
    double w = s->box.w / 2, h = s->box.h / 2;
    buf_printf(c->out, "<path d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1fl%.1f %.1fZ\" "
                       "fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>",
               x, y + h, w, -h, w, h, -w, h, fill_of(c, s->index),
               stroke_of(c, s->index));
    bpmn_glyph_gateway(c, n, s->box, s->marker);
}

static double border_of(const struct bpmn_node *n)
{
    return n->kind == BPMN_CALL ? 4 : 1.5;
}

static bool has_markers(const struct bpmn_node *n, bool collapsed)
{
    return n->loop || n->compensates || n->kind == BPMN_ADHOC || collapsed;
}

static void activity(struct canvas *c, const struct bpmn_shape *s,
                     const struct bpmn_node *n)
{
    bool inner = s->expanded && (bpmn_is_container(n->kind) ||
                                 (n->kind == BPMN_CALL && s->box.w > 160));
    bool collapsed = bpmn_is_container(n->kind) && !s->expanded;
    rect(c, s->box, 10, fill_of(c, s->index), stroke_of(c, s->index),
         bpmn_marks_of(c, s->index) & BPMN_ACTIVE ? border_of(n) + 1.2
                                             : border_of(n),
         n->event_sub ? "2 4" : NULL);
    if (n->kind == BPMN_TRANSACTION) {
        struct bpmn_box b = { s->box.x + 3, s->box.y + 3, s->box.w - 6,
                              s->box.h - 6 };
        rect(c, b, 8, "none", stroke_of(c, s->index), 1.5, NULL);
    }
    bool sign = n->kind >= BPMN_USER && n->kind <= BPMN_RECEIVE;
    if (sign)
        bpmn_glyph_task(c, n->kind, s->box.x + 14, s->box.y + 13);
    bool marks = has_markers(n, collapsed);
    if (marks)
        bpmn_glyph_markers(c, n, s->box, collapsed);
    struct bpmn_box text = { s->box.x + 6, s->box.y + (sign ? 19 : 4),
                             s->box.w - 12,
                             s->box.h - (sign ? 21 : 8) - (marks ? 15 : 0) };
    if (sign && !marks && n->name.n &&
        bpmn_text_wrap(c->arena, n->name, 12, text.w, 12).count <= 2)
        text.y = s->box.y + 10, text.h = s->box.h - 10;
    if (inner)
        text = (struct bpmn_box){ s->box.x + 8, s->box.y + 4, s->box.w - 16,
                                  18 };
    bpmn_text_in_box(c, n->name, text);
}

/* Colour is never alone: a sign in the corner says the same. */
static void state_sign(struct canvas *c, const struct bpmn_shape *s)
{
    const struct mark_look *l = look_for(bpmn_marks_of(c, s->index));
    double x = s->box.x + s->box.w + c->dx, y = s->box.y + c->dy;
    if (l)
        buf_printf(c->out,
                   "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"8\" fill=\"%s\"/>"
                   "<text class=\"state\" x=\"%.1f\" y=\"%.1f\" "
                   "font-size=\"11\" fill=\"#fff\" text-anchor=\"middle\">%s"
                   "</text>", x - 3, y + 3, l->stroke, x - 3, y + 7, l->sign);
    str badge = c->marks && c->marks->badge ? c->marks->badge[s->index]
                                            : str_none;
    if (badge.n == 0)
        return;
    double w = bpmn_text_width(badge, 11) + 10;
    y += s->box.h;
    buf_printf(c->out,
               "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"16\" "
               "rx=\"8\" fill=\"#0b5563\"/><text class=\"badge\" x=\"%.1f\" "
               "y=\"%.1f\" font-size=\"11\" fill=\"#fff\" "
               "text-anchor=\"middle\">",
               x - w + 4, y - 10, w, x - w / 2 + 4, y + 2);
    bpmn_text_escaped(c->out, badge);
    buf_put(c->out, STR("</text>"));
}

void bpmn_draw_node(struct canvas *c, const struct bpmn_shape *s)
{
    const struct bpmn_node *n = &c->g->nodes[s->index];
    str words = bpmn_mark_words(c->arena, bpmn_marks_of(c, s->index));
    str kind = bpmn_kind_name(c->g, BPMN_A_NODE, s->index);
    buf_printf(c->out, "<g class=\"node k%d %s\"", n->kind,
               bpmn_mark_class(bpmn_marks_of(c, s->index)));
    bpmn_draw_anchor(c, n->id);
    buf_put(c->out, STR("><title>"));
    bpmn_text_escaped(c->out, n->name.n ? n->name : n->id);
    buf_printf(c->out, "（%.*s%s%.*s）</title>", STR_ARG(kind),
               words.n ? "，" : "", STR_ARG(words));
    if (bpmn_is_event(n->kind))
        event(c, s, n);
    else if (bpmn_is_gateway(n->kind))
        gateway(c, s, n);
    else
        activity(c, s, n);
    state_sign(c, s);
    buf_put(c->out, STR("</g>\n"));
}

/* In the file's box; a name that needs more lines than the editor's font did
 * grows away from its shape. */
static void own_label(struct canvas *c, const struct bpmn_shape *s, str name)
{
    double width = fmax(s->label.w + 8, 44), y = s->label.y;
    double high = bpmn_text_wrap(c->arena, name, 11, width, 8).count * 13.2;
    if (y + s->label.h <= s->box.y + 4 && high > s->label.h)
        y -= high - s->label.h;
    bpmn_place_taken(c, (struct bpmn_box){ s->label.x - 4, y, width, high });
    bpmn_text_at(c, name, s->label.x + s->label.w / 2, y, width, MIDDLE,
                 "label");
}

/* The file does not say where. */
static void placed_label(struct canvas *c, const struct bpmn_shape *s, str name)
{
    double width = fmax(90, s->box.w);
    struct wrapped w = bpmn_text_wrap(c->arena, name, 11, width, 8);
    struct bpmn_box b = bpmn_place_name(c, s, w.widest, 13.2 * w.count);
    bpmn_place_taken(c, b);
    bpmn_text_at(c, name, b.x + b.w / 2, b.y, width, MIDDLE, "label");
}

/* What each colour and sign means, for those that occur. */
void bpmn_draw_legend(struct canvas *c, double x, double y)
{
    int seen = 0;
    for (int i = 0; i < c->g->node_count; i++)
        seen |= bpmn_marks_of(c, i);
    buf_put(c->out, STR("<g class=\"legend\">"));
    for (int i = 0; i < LOOKS; i++) {
        const struct mark_look *l = &mark_looks[i];
        if (!(seen & l->mark))
            continue;
        buf_printf(c->out,
                   "<rect x=\"%.0f\" y=\"%.0f\" width=\"22\" height=\"14\" "
                   "rx=\"3\" fill=\"%s\" stroke=\"%s\"/>"
                   "<text x=\"%.0f\" y=\"%.0f\" font-size=\"11\" "
                   "text-anchor=\"middle\" fill=\"%s\">%s</text>"
                   "<text x=\"%.0f\" y=\"%.0f\" font-size=\"11\">%s</text>",
                   x, y, l->fill, l->stroke, x + 11, y + 11, l->stroke,
                   l->sign, x + 28, y + 11, l->word);
        x += 84;
    }
    buf_put(c->out, STR("</g>\n"));
}

void bpmn_draw_label(struct canvas *c, const struct bpmn_shape *s)
{
    str name = s->what == BPMN_A_NODE    ? c->g->nodes[s->index].name
               : s->what == BPMN_A_THING ? c->g->things[s->index].name
                                         : c->g->roots[s->index].name;
    int kind = s->what == BPMN_A_NODE    ? c->g->nodes[s->index].kind
               : s->what == BPMN_A_THING ? c->g->things[s->index].kind
                                         : BPMN_ENVELOPE;
    if (name.n == 0 || kind == BPMN_POOL || kind == BPMN_LANE ||
        kind == BPMN_NOTE || bpmn_is_activity(kind))
        return;
    if (s->has_label)
        own_label(c, s, name);
    else if (kind == BPMN_GROUP)
        bpmn_text_at(c, name, s->box.x + s->box.w / 2, s->box.y + 2, s->box.w,
                     MIDDLE, "label");
    else
        placed_label(c, s, name);
}
