/*
 * How a notice looks: the organ and the title in the middle, whom it is for,
 * what it says, and at the end the organ's name, the day and its seal, with the
 * QR code beside them (after GB/T 9704 where that applies to a form).
 */
#include "kernel/pdf/paper.h"

static const struct style organ_style = { 17, 28, 0, ALIGN_CENTER, true };
static const struct style title_style = { 22, 36, 0, ALIGN_CENTER, true };
static const struct style number_style = { 12, 22, 0, ALIGN_CENTER, false };
static const struct style to_style = { 14, 25, 0, ALIGN_LEFT, false };
static const struct style body_style = { 14, 24, 28, ALIGN_LEFT, false };
static const struct style point_style = { 14, 24, 0, ALIGN_LEFT, false };
static const struct style heading_style = { 14, 27, 0, ALIGN_LEFT, true };
static const struct style fact_style = { 12, 17, 0, ALIGN_LEFT, false };
static const struct style sign_style = { 14, 25, 0, ALIGN_CENTER, false };
static const struct style small_style = { 9, 14, 0, ALIGN_CENTER, false };

static void head(struct paper *p, const struct pdf_notice *n)
{
    double w = paper_inner_width(p);
    paper_flow(p, n->organ, &organ_style, p->left, w, "P");
    p->y += 4;
    paper_flow(p, n->title, &title_style, p->left, w, "H1");
    p->y += 4;
    if (n->number.n)
        paper_flow(p, n->number, &number_style, p->left, w, "P");
    p->y += 8;
    if (n->to.n)
        paper_flow(p, arena_join(&p->arena, n->to, STR("：")), &to_style,
                   p->left, w, "P");
}

static void facts(struct paper *p, const struct pdf_block *b)
{
    double w = paper_inner_width(p);
    double widths[2] = { w * 0.26, w * 0.74 };
    struct table t = { .columns = 2, .widths = widths, .style = fact_style,
                       .first_column_is_head = true };
    p->y += 5;
    paper_table_begin(p, &t);
    for (size_t i = 0; i < b->count; i++) {
        str cells[2] = { b->facts[i].name, b->facts[i].value };
        paper_row(p, &t, cells);
    }
    p->y += 9;
}

static void points(struct paper *p, const struct pdf_block *b)
{
    double w = paper_inner_width(p);
    const double hang = 28;
    for (size_t i = 0; i < b->count; i++) {
        str number = arena_printf(&p->arena, "%zu.", i + 1);
        struct text mark = paper_text(p, number, &point_style, hang);
        paper_need(p, point_style.advance);
        p->cells++;
        paper_place(p, &mark, 0, 1, p->left + hang, p->y, "P");
        paper_flow(p, b->points[i], &point_style, p->left + 2 * hang,
                   w - 2 * hang, "P");
    }
}

/* To be filled in by hand: the name, then a line to write on. */
static void lines(struct paper *p, const struct pdf_block *b)
{
    double w = paper_inner_width(p);
    const double name_width = 176, row = 34;
    for (size_t i = 0; i < b->count; i++) {
        paper_need(p, row);
        p->y += row - to_style.advance;
        struct text name = paper_text(p, b->facts[i].name, &to_style,
                                      name_width);
        struct text value = paper_text(p, b->facts[i].value, &to_style,
                                       w - name_width);
        p->cells++;
        paper_place(p, &name, 0, 1, p->left, p->y, "P");
        p->cells++;
        paper_place(p, &value, 0, 1, p->left + name_width, p->y, "P");
        paper_piece(p, PIECE_RULE, p->left + name_width,
                    p->y + to_style.advance - 1, w - name_width, 0.5);
        p->y += to_style.advance;
    }
    p->y += 9;
}

static void block(struct paper *p, const struct pdf_block *b)
{
    double w = paper_inner_width(p);
    switch (b->kind) {
    case PDF_PARAGRAPH:
        paper_flow(p, b->text, &body_style, p->left, w, "P");
        break;
    case PDF_HEADING:
        paper_need(p, 3 * heading_style.advance);
        p->y += 4;
        paper_flow(p, b->text, &heading_style, p->left, w, "H2");
        break;
    case PDF_POINTS: points(p, b); break;
    case PDF_FACTS:  facts(p, b); break;
    case PDF_LINES:  lines(p, b); break;
    }
}

static void code(struct paper *p, const struct pdf_notice *n, double y)
{
    const double side = 84;
    paper_piece(p, PIECE_QR, p->left, y, side, side);
    struct text t = paper_text(p, n->qr_text, &small_style, side + 40);
    p->cells++;
    paper_place(p, &t, 0, t.lines, p->left - 20, y + side + 3, "P");
}

/*
 * A new page that begins with the last lines of the one before: a seal alone on
 * a page could be put under any text.
 */
static void take_along(struct paper *p)
{
    struct piece *last[2] = { NULL, NULL };
    for (struct piece *q = p->first; q; q = q->next) {
        last[0] = last[1];
        last[1] = q;
    }
    const double advance = body_style.advance, end = p->y;
    bool one = last[1] && last[1]->kind == PIECE_LINE && last[1]->table == 0;
    bool two = one && last[0] && last[0]->cell == last[1]->cell &&
               last[0]->kind == PIECE_LINE && last[0]->page == p->page;
    paper_next_page(p);
    for (int i = two ? 0 : one ? 1 : 2; i < 2; i++) {
        last[i]->page = p->page;
        last[i]->y += p->top - end + (two ? 2 : 1) * advance;
        p->y += advance;
    }
}

/* Organ, day, seal, code: never torn apart by a page, never alone on one. */
static void tail(struct paper *p, const struct pdf_notice *n)
{
    const double seal = 119; /* 4.2 cm, the size of a county department's */
    const double width = 250;
    double x = p->left + paper_inner_width(p) - width;
    if (paper_left(p) < seal + 8)
        take_along(p);
    p->y += 8;
    double y = p->y;
    int year, month, mday;
    day_split(n->date, &year, &month, &mday);
    str date = arena_printf(&p->arena, "%d 年 %d 月 %d 日", year, month, mday);
    p->y = y + seal / 2 - sign_style.advance;
    paper_flow(p, n->organ, &sign_style, x, width, "P");
    paper_flow(p, date, &sign_style, x, width, "P");
    if (n->seal)
        paper_piece(p, PIECE_SEAL, x + (width - seal) / 2, y, seal, seal);
    if (p->qr)
        code(p, n, y);
    p->y = y + seal;
}

enum err pdf_notice(const struct pdf_notice *n, struct buf *out)
{
    struct paper p;
    paper_begin(&p, false);
    p.organ = n->organ;
    p.title = n->title;
    p.foot = n->foot;
    p.made = n->made;
    enum err e = OK;
    if (n->qr.n) {
        p.qr = QRcode_encodeString8bit(arena_cstr(&p.arena, n->qr), 0,
                                       QR_ECLEVEL_M);
        if (!p.qr)
            e = ERR_RANGE;
    }
    if (e == OK) {
        head(&p, n);
        for (size_t i = 0; i < n->block_count; i++)
            block(&p, &n->blocks[i]);
        if (!day_is_none(n->date))
            tail(&p, n);
        e = paper_write(&p, out);
    }
    paper_free(&p);
    return e;
}
