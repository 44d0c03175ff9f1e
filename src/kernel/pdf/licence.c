/*
 * How a licence looks: a framed sheet across, the title in the middle, what is
 * certified on the left, code and seal on the right (GB/T 36905 leaves the
 * style of a licence to whoever defines its type).
 */
#include "kernel/pdf/paper.h"

static const struct style title_style = { 30, 46, 0, ALIGN_CENTER, true };
static const struct style number_style = { 12, 20, 0, ALIGN_CENTER, false };
static const struct style fact_style = { 13, 19, 0, ALIGN_LEFT, false };
static const struct style note_style = { 11, 17, 0, ALIGN_LEFT, false };
static const struct style sign_style = { 14, 24, 0, ALIGN_CENTER, false };
static const struct style small_style = { 9, 14, 0, ALIGN_CENTER, false };

static const double inside = 18; /* from the frame to what it holds */

static void frame(struct paper *p)
{
    const double side = 30, below = 44;
    paper_piece(p, PIECE_FRAME, side, side, p->width - 2 * side,
                p->height - side - below);
}

static void head(struct paper *p, const struct pdf_licence *l)
{
    double w = paper_inner_width(p);
    p->y += 8;
    paper_flow(p, l->title, &title_style, p->left, w, "H1");
    paper_flow(p, arena_join(&p->arena, STR("证照编号："), l->number),
               &number_style, p->left, w, "P");
    p->y += 8;
}

/* The table takes the left; what does not fit goes on on a second sheet. */
static void facts(struct paper *p, const struct pdf_licence *l, double w)
{
    double right = p->right;
    double widths[2] = { w * 0.24, w * 0.76 };
    struct table t = { .columns = 2, .widths = widths, .style = fact_style,
                       .first_column_is_head = true };
    p->right = p->width - p->left - w;
    paper_table_begin(p, &t);
    for (size_t i = 0; i < l->count; i++) {
        str cells[2] = { l->facts[i].name, l->facts[i].value };
        paper_row(p, &t, cells);
    }
    p->y += 8;
    if (l->note.n)
        paper_flow(p, l->note, &note_style, p->left, w, "P");
    p->right = right;
}

static void code(struct paper *p, const struct pdf_licence *l, double x,
                 double w)
{
    const double side = 92;
    paper_piece(p, PIECE_QR, x + (w - side) / 2, p->y, side, side);
    p->y += side + 3;
    paper_flow(p, l->qr_text, &small_style, x, w, "P");
}

static void sign(struct paper *p, const struct pdf_licence *l, double x,
                 double w)
{
    const double seal = 119; /* 4.2 cm, the size of a county department's */
    int year, month, mday;
    day_split(l->date, &year, &month, &mday);
    p->y += 14;
    double y = p->y;
    p->y = y + seal / 2 - sign_style.advance;
    paper_flow(p, l->organ, &sign_style, x, w, "P");
    paper_flow(p, arena_printf(&p->arena, "%d 年 %d 月 %d 日", year, month,
                               mday), &sign_style, x, w, "P");
    paper_piece(p, PIECE_SEAL, x + (w - seal) / 2, y, seal, seal);
    p->y = y + seal;
}

static void sheet(struct paper *p, const struct pdf_licence *l)
{
    const double right = 210, gap = 24;
    p->left += inside - 12;
    p->right += inside - 12;
    double left = paper_inner_width(p) - right - gap;
    frame(p);
    head(p, l);
    double top = p->y;
    int page = p->page;
    facts(p, l, left);
    /* The seal stands beside the facts, on the sheet they begin on, unless
     * they went on: then it closes the last one. */
    if (p->page == page)
        p->y = top;
    else
        paper_need(p, 280);
    code(p, l, p->left + left + gap, right);
    sign(p, l, p->left + left + gap, right);
    const double foot = p->height - 44 - 26;
    p->y = foot;
    p->bottom = 0; /* the line stands below what text is kept above */
    paper_flow(p, arena_join(&p->arena, STR("电子证照标识："), l->identifier),
               &small_style, p->left, paper_inner_width(p), "P");
}

enum err pdf_licence(const struct pdf_licence *l, struct buf *out)
{
    struct paper p;
    paper_begin(&p, true);
    double bottom = p.bottom;
    p.organ = l->organ;
    p.title = l->title;
    p.foot = l->foot;
    p.made = l->made;
    enum err e = OK;
    p.qr = QRcode_encodeString8bit(arena_cstr(&p.arena, l->qr), 0,
                                   QR_ECLEVEL_M);
    if (!p.qr)
        e = ERR_RANGE;
    if (e == OK) {
        sheet(&p, l);
        p.bottom = bottom;
        e = paper_write(&p, out);
    }
    paper_free(&p);
    return e;
}
