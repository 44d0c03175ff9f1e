/*
 * Lanes are rows, steps are columns, edges are right-angled: the lay-out is a
 * table, so that it needs no search and never crosses a label.
 *
 *   column   0      1        2      3     4     5     6      7      8
 *   申请人    o --> 一次申请 --+                            +-> 领取结果 -> O
 *   窗口                      +-> <+>                <+> --> 统一送达
 *   部门 …                         +-> 受理 > 审查 > 决定 -+
 */
#include "services/guide/picture.h"

#include "kernel/page/page.h"
#include "services/queries.gen.h"

#include <stdio.h>

enum {
    LEFT = 118,    /* width of the lanes' names */
    COLUMN = 104,
    LANE = 66,
    COLUMNS = 9,
    BOX = 42,      /* half a box's width */
    BOX_H = 23,    /* half its height */
    GATE = 17,
    DOT = 13,
};

enum look { LOOK_PLAIN, LOOK_DONE, LOOK_NOW, LOOK_HOLD, LOOK_LATE };

static const char *const look_class[] = { "", " done", " now", " hold",
                                          " late" };

static int cx(int column)
{
    return LEFT + column * COLUMN + COLUMN / 2;
}

static int cy(int lane)
{
    return lane * LANE + LANE / 2 + 1;
}

/* ---- pieces ---- */

static void badge(struct buf *out, int x, int y, enum look look)
{
    if (look == LOOK_DONE)
        buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"9\" fill=\"#23864f\"/>"
                   "<path class=\"ic\" stroke=\"#fff\" d=\"m%d %d 3 3 5-6\"/>",
                   x, y, x - 4, y);
    else if (look == LOOK_LATE)
        buf_printf(out, "<path d=\"M%d %dl11 20h-22z\" fill=\"#e39b12\" "
                   "stroke=\"#7d4b00\"/><path d=\"M%d %dv7M%d %dv1\" "
                   "stroke=\"#3a2300\" stroke-width=\"2\"/>", x, y - 11, x,
                   y - 5, x, y + 5);
    else if (look == LOOK_HOLD)
        buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"9\" fill=\"#6b71a8\"/>"
                   "<path stroke=\"#fff\" stroke-width=\"2.4\" "
                   "d=\"M%d.5 %dv8M%d.5 %dv8\"/>", x, y, x - 3, y - 4, x + 2,
                   y - 4);
}

static void box(struct buf *out, int column, int lane, str text, str sub,
                enum look look)
{
    int x = cx(column), y = cy(lane);
    buf_printf(out, "<rect class=\"n%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
               "height=\"%d\" rx=\"6\"/><text x=\"%d\" y=\"%d\" "
               "text-anchor=\"middle\">", look_class[look], x - BOX, y - BOX_H,
               2 * BOX, 2 * BOX_H, x, sub.n ? y - 2 : y + 5);
    buf_html(out, text);
    buf_put(out, STR("</text>"));
    if (sub.n) {
        buf_printf(out, "<text class=\"sub\" x=\"%d\" y=\"%d\" "
                   "text-anchor=\"middle\">", x, y + 15);
        buf_html(out, sub);
        buf_put(out, STR("</text>"));
    }
    badge(out, x + BOX, y - BOX_H, look);
}

static void dot(struct buf *out, int column, int lane, enum look look, bool end)
{
    buf_printf(out, "<circle class=\"n%s%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
               look_class[look], end ? " end" : "", cx(column), cy(lane), DOT);
}

static void gate(struct buf *out, int column, int lane, enum look look)
{
    int x = cx(column), y = cy(lane);
    buf_printf(out, "<path class=\"n%s\" d=\"M%d %dl%d %d-%d %d-%d-%dz\"/>"
               "<path d=\"M%d %dh14M%d %dv14\" stroke=\"currentColor\" "
               "stroke-width=\"2.5\"/>", look_class[look], x, y - GATE, GATE,
               GATE, GATE, GATE, GATE, GATE, x - 7, y, x, y - 7);
}

static void edge(struct buf *out, bool done, const char *path)
{
    buf_printf(out, "<path class=\"e%s\" d=\"%s\" marker-end=\"url(#%s)\"/>",
               done ? " done" : "", path, done ? "ar-done" : "ar");
}

static void edge_right(struct buf *out, bool done, int lane, int from,
                       int from_half, int to, int to_half)
{
    char path[64];
    snprintf(path, sizeof path, "M%d %dH%d", cx(from) + from_half, cy(lane),
             cx(to) - to_half - 2);
    edge(out, done, path);
}

/* Down or up from a gate, then right; or right, then up to a gate. */
static void edge_fork(struct buf *out, bool done, int gate_column,
                      int gate_lane, int lane)
{
    char path[64];
    snprintf(path, sizeof path, "M%d %dV%dH%d", cx(gate_column),
             cy(gate_lane) + GATE, cy(lane), cx(gate_column + 1) - BOX - 2);
    edge(out, done, path);
}

static void edge_join(struct buf *out, bool done, int from, int lane,
                      int gate_column, int gate_lane)
{
    char path[64];
    snprintf(path, sizeof path, "M%d %dH%dV%d", cx(from) + BOX, cy(lane),
             cx(gate_column), cy(gate_lane) + GATE + 2);
    edge(out, done, path);
}

static void edge_turn(struct buf *out, bool done, int from, int from_half,
                      int lane, int to, int to_lane, int to_half)
{
    char path[64];
    bool down = to_lane > lane;
    snprintf(path, sizeof path, "M%d %dH%dV%d", cx(from) + from_half, cy(lane),
             cx(to), cy(to_lane) + (down ? -to_half - 2 : to_half + 2));
    edge(out, done, path);
}

static void lane(struct buf *out, int i, str name)
{
    buf_printf(out, "<rect class=\"lane%s\" x=\".5\" y=\"%d.5\" width=\"%d\" "
               "height=\"%d\"/><text class=\"ln\" x=\"12\" y=\"%d\">",
               i % 2 ? " alt" : "", i * LANE, LEFT + COLUMNS * COLUMN - 1, LANE,
               i * LANE + LANE / 2 + 5);
    buf_html(out, name);
    buf_put(out, STR("</text>"));
}

static void head(struct buf *out, const struct picture *p)
{
    int lanes = (int)p->part_count + 2;
    buf_printf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
               LEFT + COLUMNS * COLUMN, lanes * LANE + 2);
    buf_html(out, p->label);
    buf_put(out, STR("\"><defs>"));
    static const struct { const char *id, *colour; } ends[] = {
        { "ar", "#8492a0" }, { "ar-done", "#23864f" } };
    for (int i = 0; i < 2; i++)
        buf_printf(out, "<marker id=\"%s\" viewBox=\"0 0 8 8\" refX=\"7\" "
                   "refY=\"4\" markerWidth=\"6\" markerHeight=\"6\" "
                   "orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"%s\"/>"
                   "</marker>", ends[i].id, ends[i].colour);
    buf_put(out, STR("</defs>"));
}

/* ---- where a part stands ---- */

struct part_look {
    enum look accept, review, decide;
    bool ended;
};

static struct part_look look_of(const struct picture_part *p)
{
    struct part_look l = { LOOK_PLAIN, LOOK_PLAIN, LOOK_PLAIN, false };
    if (p->state.n == 0)
        return l;
    enum case_state s = case_state_of(p->state);
    enum look now = p->late ? LOOK_LATE : LOOK_NOW;
    bool in = s != CASE_RECEIVED && s != CASE_SUPPLEMENT && s != CASE_REFUSED;
    l.accept = in ? LOOK_DONE : s == CASE_SUPPLEMENT ? LOOK_HOLD
               : s == CASE_REFUSED ? LOOK_DONE : now;
    if (s == CASE_ACCEPTED || s == CASE_REVIEWING)
        l.review = now;
    else if (s == CASE_SPECIAL)
        l.review = LOOK_HOLD;
    else if (s == CASE_DECIDING || s == CASE_GRANTED || s == CASE_DENIED)
        l.review = LOOK_DONE;
    if (s == CASE_DECIDING)
        l.decide = now;
    else if (s == CASE_GRANTED || s == CASE_DENIED)
        l.decide = LOOK_DONE;
    l.ended = !case_state_open(s);
    return l;
}

static str step_text(str state)
{
    enum case_state s = state.n ? case_state_of(state) : CASE_STATES;
    if (s == CASE_SPECIAL)
        return STR("特别程序");
    return STR("审查");
}

static str end_text(str state)
{
    enum case_state s = state.n ? case_state_of(state) : CASE_STATES;
    if (s == CASE_GRANTED || s == CASE_DENIED || s == CASE_REFUSED ||
        s == CASE_WITHDRAWN || s == CASE_ENDED)
        return case_state_name(s, false);
    return STR("决定");
}

static void draw_part(struct view *v, struct buf *out, const struct picture *p,
                      size_t i)
{
    const struct picture_part *part = &p->parts[i];
    int row = (int)i + 2;
    struct part_look l = look_of(part);
    str days = arena_printf(v->arena, "%d 日", part->promised);
    bool in = l.accept == LOOK_DONE, decided = l.decide == LOOK_DONE;
    edge_fork(out, p->running, 2, 1, row);
    edge_right(out, in, row, 3, BOX, 4, BOX);
    edge_right(out, l.review == LOOK_DONE, row, 4, BOX, 5, BOX);
    edge_join(out, decided, 5, row, 6, 1);
    box(out, 3, row, case_state_of(part->state) == CASE_REFUSED
                         ? STR("不予受理") : STR("受理"),
        case_state_of(part->state) == CASE_SUPPLEMENT ? STR("等待补正")
                                                      : STR("5 日内"),
        l.accept);
    box(out, 4, row, step_text(part->state), days, l.review);
    box(out, 5, row, end_text(part->state), STR(""), l.decide);
}

void picture_draw(struct view *v, const char *name, const struct picture *p)
{
    struct buf out = { 0 };
    enum look begun = p->running ? LOOK_DONE : LOOK_PLAIN;
    enum look ended = p->closed ? LOOK_DONE : LOOK_PLAIN;
    head(&out, p);
    lane(&out, 0, STR("申请人"));
    lane(&out, 1, p->lead);
    for (size_t i = 0; i < p->part_count; i++)
        lane(&out, (int)i + 2, p->parts[i].unit);

    edge_right(&out, p->running, 0, 0, DOT, 1, BOX);
    edge_turn(&out, p->running, 1, BOX, 0, 2, 1, GATE);
    for (size_t i = 0; i < p->part_count; i++)
        draw_part(v, &out, p, i);
    edge_right(&out, p->closed, 1, 6, GATE, 7, BOX);
    edge_turn(&out, p->closed, 7, BOX, 1, 8, 0, BOX_H);

    dot(&out, 0, 0, begun, false);
    box(&out, 1, 0, STR("一次申请"), STR("一套材料"), begun);
    gate(&out, 2, 1, begun);
    gate(&out, 6, 1, ended);
    box(&out, 7, 1, STR("统一送达"), STR(""), ended);
    box(&out, 8, 0, STR("领取结果"), STR(""), ended);
    buf_put(&out, STR("</svg>"));
    view_value(v, name, page_html(v->arena, arena_str(v->arena,
                                                      buf_str(&out))));
    buf_free(&out);
}

enum err picture_of_offer(struct tx *tx, const struct offer *o, struct view *v,
                          const char *name)
{
    struct picture_part *parts =
        ARENA_NEW_N(tx->arena, struct picture_part, o->part_count + 1);
    for (size_t i = 0; i < o->part_count; i++) {
        const struct offer_part *p = &o->parts[i];
        struct unit_brief u = { .short_name = STR("乡镇（街道）") };
        enum err e = p->unit.n ? unit_brief(tx, p->unit, &u) : OK;
        if (e != OK)
            return e;
        parts[i] = (struct picture_part){ .unit = u.short_name,
                                          .title = p->title,
                                          .promised = p->promised,
                                          .state = STR("") };
    }
    struct unit_brief lead;
    enum err e = unit_brief(tx, o->lead, &lead);
    if (e != OK)
        return e;
    struct picture p = {
        .label = arena_printf(tx->arena,
                              "%.*s的办理流程：申请人一次申请，%zu 个"
                              "部门同时受理、审查、决定，结果统一送达",
                              STR_ARG(o->title), o->part_count),
        .lead = o->joint ? STR("综合窗口") : STR("办事窗口"),
        .parts = parts,
        .part_count = o->part_count,
    };
    picture_draw(v, name, &p);
    return OK;
}
