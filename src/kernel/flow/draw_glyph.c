/*
 * The small signs of BPMN: what kind of event, task or gateway a shape is.
 * Each is a path drawn around the origin in a box of about 20 pixels and put
 * in its place by a transform, so that a sign can be read as a picture here.
 */
#include "kernel/flow/draw.h"

struct glyph {
    const char *path;
    bool open;              /* strokes only, whatever the event does */
};

static const struct glyph event_glyphs[] = {
    [BPMN_MESSAGE] = { "M-9-6H9V6H-9Z M-9-6L0 1L9-6", false },
    [BPMN_TIMER] = { "M10 0A10 10 0 1 1-10 0A10 10 0 1 1 10 0Z M0-7V0H5 "
                     "M0-10V-8 M0 10V8 M-10 0H-8 M10 0H8", true },
    [BPMN_ERROR] = { "M-8 8L-3-7L3 2L8-8L4 7L-2-1Z", false },
    [BPMN_ESCALATION] = { "M0-9L8 9L0 1L-8 9Z", false },
    [BPMN_SIGNAL] = { "M0-9L9 7H-9Z", false },
    [BPMN_CONDITION] = { "M-7-9H7V9H-7Z M-5-5H5 M-5-1.5H5 M-5 2H5 M-5 5.5H5",
                         true },
    [BPMN_LINK] = { "M-9-4H2V-8L10 0L2 8V4H-9Z", false },
    [BPMN_TERMINATE] = { "M10 0A10 10 0 1 1-10 0A10 10 0 1 1 10 0Z", false },
    [BPMN_COMPENSATE] = { "M-1-7V7L-10 0Z M8-7V7L-1 0Z", false },
    [BPMN_CANCEL] = { "M-8-5L-5-8L0-3L5-8L8-5L3 0L8 5L5 8L0 3L-5 8L-8 5L-3 0Z",
                      false },
};

static const char pentagon[] = "M0-10L9.5-3L6 8H-6L-9.5-3Z";
static const char cross[] = "M-3-9H3V-3H9V3H3V9H-3V3H-9V-3H-3Z";

static void path(struct canvas *c, const char *d, double x, double y,
                 double scale, bool filled)
{
    buf_printf(c->out,
               "<path class=\"sign\" transform=\"translate(%.1f %.1f) "
               "scale(%.2f)\" d=\"%s\" fill=\"%s\" stroke=\"#17212b\" "
               "stroke-width=\"%.2f\" stroke-linejoin=\"round\"/>",
               x + c->dx, y + c->dy, scale, d, filled ? "#17212b" : "none",
               1.2 / scale);
}

void bpmn_glyph_event(struct canvas *c, const struct bpmn_node *n, double x,
                      double y, double r)
{
    double scale = r / 18;
    bool throws = n->kind == BPMN_END || n->kind == BPMN_THROW;
    if (n->event_count > 1) {
        path(c, n->parallel_events ? cross : pentagon, x, y, scale, throws);
        return;
    }
    int trigger = n->event_count ? n->events[0].trigger : BPMN_PLAIN;
    if (trigger == BPMN_PLAIN)
        return;
    if (trigger == BPMN_MESSAGE) {
        bpmn_glyph_envelope(c, x - 10 * scale, y - 7 * scale, 20 * scale,
                            14 * scale, throws);
        return;
    }
    const struct glyph *glyph = &event_glyphs[trigger];
    path(c, glyph->path, x, y, scale,
         trigger == BPMN_TERMINATE || (throws && !glyph->open));
}

/* A filled envelope shows its flap in white, an open one in black. */
void bpmn_glyph_envelope(struct canvas *c, double x, double y, double w,
                         double h, bool filled)
{
    buf_printf(c->out,
               "<path class=\"sign\" d=\"M%.1f %.1fh%.1fv%.1fh%.1fZ\" "
               "fill=\"%s\" stroke=\"#17212b\" stroke-width=\"1.2\"/>"
               "<path d=\"M%.1f %.1fl%.1f %.1fl%.1f %.1f\" fill=\"none\" "
               "stroke=\"%s\" stroke-width=\"1.2\"/>",
               x + c->dx, y + c->dy, w, h, -w, filled ? "#17212b" : "#fff",
               x + c->dx, y + c->dy, w / 2, h * 0.55, w / 2, -h * 0.55,
               filled ? "#fff" : "#17212b");
}

void bpmn_glyph_task(struct canvas *c, enum bpmn_kind kind, double x, double y)
{
    static const char *const signs[] = {
        [BPMN_USER] = "M-8 9V4Q-8 0-3 0H3Q8 0 8 4V9Z "
                      "M4.5-4.5A4.5 4.5 0 1 1-4.5-4.5A4.5 4.5 0 1 1 4.5-4.5Z",
        [BPMN_MANUAL] = "M-9 1Q-6-7 0-7H3Q5-7 4-5H0 M4-5H9Q10.500-3.500 9-2H2 "
                        "M9-2Q10.500 0 8 1H2 M8 1Q9 4 7 4H2 M6 4Q7 7 4 7H-4"
                        "Q-9 6-9 1",
        [BPMN_SERVICE] = "M-2-9H2L2.500-6.500L5-5.300L7-7L9.500-4L8-2L8.500 0"
                         "L10 2L8 5.500L5.500 5L3.500 6.800L3 9H-2L-2.800 6.700"
                         "L-5 5.500L-7.500 6.500L-9.500 3L-8 1.200V-1L-9.500-3"
                         "L-7.500-6L-5-5.200L-3-6.600Z "
                         "M3.500 0A3.500 3.500 0 1 1-3.500 0"
                         "A3.500 3.500 0 1 1 3.500 0Z",
        [BPMN_SCRIPT] = "M-5-9H8Q4-5 6 0Q8 5 5 9H-8Q-5 5-7 0Q-9-5-5-9Z "
                        "M-3-5H4 M-4-1H3 M-3 3H4 M-3 6H3",
        [BPMN_RULE] = "M-9-7H9V8H-9Z M-9-3H9 M-9 2H9 M-3-3V8",
    };
    if (kind == BPMN_SEND || kind == BPMN_RECEIVE)
        bpmn_glyph_envelope(c, x - 8, y - 6, 16, 11, kind == BPMN_SEND);
    else if (kind >= BPMN_USER && kind <= BPMN_RULE && signs[kind])
        path(c, signs[kind], x, y, 0.8, false);
}

void bpmn_glyph_gateway(struct canvas *c, const struct bpmn_node *n,
                        struct bpmn_box b, bool marker)
{
    double x = b.x + b.w / 2, y = b.y + b.h / 2, s = b.w / 50;
    static const char disc[] = "M11 0A11 11 0 1 1-11 0A11 11 0 1 1 11 0Z";
    switch (n->kind) {
    case BPMN_XOR:
        if (marker)
            path(c, event_glyphs[BPMN_CANCEL].path, x, y, s, true);
        break;
    case BPMN_AND:
        path(c, "M-1.500-11H1.500V-1.500H11V1.500H1.500V11H-1.500V1.500H-11"
                "V-1.500H-1.500Z", x, y, s, true);
        break;
    case BPMN_OR:
        path(c, disc, x, y, s, false);
        path(c, disc, x, y, s * 0.92, false);
        break;
    case BPMN_EVENTS:
        path(c, disc, x, y, s * 1.25, false);
        if (!n->instantiate)
            path(c, disc, x, y, s * 1.05, false);
        path(c, n->parallel_events ? cross : pentagon, x, y, s * 0.8, false);
        break;
    case BPMN_COMPLEX:
        path(c, "M0-11V11 M-11 0H11 M-8-8L8 8 M-8 8L8-8", x, y, s, false);
        path(c, "M0-11V11 M-11 0H11 M-8-8L8 8 M-8 8L8-8", x, y, s, false);
        break;
    }
}

void bpmn_glyph_markers(struct canvas *c, const struct bpmn_node *n,
                        struct bpmn_box b, bool collapsed)
{
    const char *signs[5];
    int count = 0;
    if (n->loop)
        signs[count++] =
            n->loop->standard ? "M-3 6A6.500 6.500 0 1 1 3.500 5.500 "
                                "M-3 6H-7 M-3 6V2"
            : n->loop->sequential ? "M-6-5H6 M-6 0H6 M-6 5H6"
                                  : "M-5-6V6 M0-6V6 M5-6V6";
    if (n->kind == BPMN_ADHOC)
        signs[count++] = "M-7 2Q-4-5 0 0Q4 5 7-2";
    if (n->compensates)
        signs[count++] = "M-1-5V5L-7 0Z M6-5V5L-1 0Z";
    if (collapsed)
        signs[count++] = "M-6-6H6V6H-6Z M0-4V4 M-4 0H4";
    for (int i = 0; i < count; i++)
        path(c, signs[i], b.x + b.w / 2 + 18 * (i - (count - 1) / 2.0),
             b.y + b.h - 10, 0.9, false);
}
