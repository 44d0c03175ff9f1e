/* What the files of the drawing share. */
#ifndef FLOW_DRAW_H
#define FLOW_DRAW_H

#include "kernel/flow/bpmn.h"

struct canvas {
    const struct bpmn *g;
    const struct bpmn_marks *marks; /* or NULL */
    struct buf *out;
    struct arena *arena;
    double dx, dy;                  /* from the file to the picture */
    struct bpmn_box frame;          /* of the diagram, where names may stand */
    struct bpmn_box *taken;         /* where names stand already */
    int taken_count, taken_cap;
};

enum align { LEFT, MIDDLE };

/* ---- draw_text.c ---- */

/* How wide text stands at that size, in pixels; an estimate for sans-serif. */
double bpmn_text_width(str s, double size);

struct wrapped {
    str line[12];
    int count;
    double widest;
};
/* Breaks text into lines no wider than width; the last kept line ends in "…"
 * when there is more.  Lines live in the arena. */
struct wrapped bpmn_text_wrap(struct arena *a, str s, double size, double width,
                              int most);
/* Text centred in a box, in the largest size that fits. */
void bpmn_text_in_box(struct canvas *c, str s, struct bpmn_box box);
/* Text below (or from) a point, top line first; halo keeps it readable. */
void bpmn_text_at(struct canvas *c, str s, double x, double y, double width,
                  enum align align, const char *class);
/* Text along a pool's or lane's head, turned when the head is upright. */
void bpmn_text_turned(struct canvas *c, str s, struct bpmn_box head,
                      bool upright);
/* Attribute text, escaped. */
void bpmn_text_escaped(struct buf *out, str s);

/* ---- draw_glyph.c ---- */

/* The sign of an event in its circle, centre x, y and radius r. */
void bpmn_glyph_event(struct canvas *c, const struct bpmn_node *n, double x,
                      double y, double r);
void bpmn_glyph_task(struct canvas *c, enum bpmn_kind kind, double x, double y);
void bpmn_glyph_gateway(struct canvas *c, const struct bpmn_node *n,
                        struct bpmn_box box, bool marker);
/* Loop, multi-instance, plus, tilde in a row at the foot of an activity. */
void bpmn_glyph_markers(struct canvas *c, const struct bpmn_node *n,
                        struct bpmn_box box, bool collapsed);
void bpmn_glyph_envelope(struct canvas *c, double x, double y, double w,
                         double h, bool filled);

/* ---- draw_shape.c ---- */

void bpmn_draw_thing(struct canvas *c, const struct bpmn_shape *s);
void bpmn_draw_node(struct canvas *c, const struct bpmn_shape *s);
void bpmn_draw_label(struct canvas *c, const struct bpmn_shape *s);
/* Attributes that let a page point at an element: id "el-ID", data-id. */
void bpmn_draw_anchor(struct canvas *c, str id);
void bpmn_draw_legend(struct canvas *c, double x, double y);
/* Words like "done active" for a class attribute, and for a title. */
const char *bpmn_mark_class(int marks);
str bpmn_mark_words(struct arena *a, int marks);
int bpmn_marks_of(const struct canvas *c, int node);

/* ---- draw_place.c ---- */

/* The best place for a name of that size near a small shape. */
struct bpmn_box bpmn_place_name(struct canvas *c, const struct bpmn_shape *s,
                                double w, double h);
/* A name stands there: others keep away. */
void bpmn_place_taken(struct canvas *c, struct bpmn_box b);

/* ---- draw_line.c ---- */

void bpmn_draw_line(struct canvas *c, const struct bpmn_line *l);
void bpmn_draw_line_label(struct canvas *c, const struct bpmn_line *l);

#endif
