/* A table as a paper: for lists and figures somebody wants to hold. */
#include "kernel/pdf/paper.h"

static const struct style title_style = { 18, 30, 0, ALIGN_CENTER, true };
static const struct style subtitle_style = { 10, 18, 0, ALIGN_CENTER, false };
static const struct style cell_style = { 9, 14, 0, ALIGN_LEFT, false };

static void measure(const struct paper *p, const struct pdf_report *r,
                    double *widths, enum align *aligns)
{
    int shares = 0;
    for (size_t i = 0; i < r->column_count; i++)
        shares += r->columns[i].share;
    for (size_t i = 0; i < r->column_count; i++) {
        widths[i] = paper_inner_width(p) * r->columns[i].share / shares;
        aligns[i] = r->columns[i].number ? ALIGN_RIGHT : ALIGN_LEFT;
    }
}

enum err pdf_report(const struct pdf_report *r, struct buf *out)
{
    if (r->column_count == 0 || r->column_count > PDF_COLUMNS)
        return ERR_RANGE;
    double widths[PDF_COLUMNS];
    enum align aligns[PDF_COLUMNS];
    str names[PDF_COLUMNS];
    struct paper p;
    paper_begin(&p, r->landscape);
    p.organ = r->organ;
    p.title = r->title;
    p.foot = r->foot;
    p.made = r->made;
    measure(&p, r, widths, aligns);
    for (size_t i = 0; i < r->column_count; i++)
        names[i] = r->columns[i].name;
    double w = paper_inner_width(&p);
    paper_flow(&p, r->title, &title_style, p.left, w, "H1");
    if (r->subtitle.n)
        paper_flow(&p, r->subtitle, &subtitle_style, p.left, w, "P");
    p.y += 6;
    struct table t = { .columns = r->column_count, .widths = widths,
                       .aligns = aligns, .style = cell_style, .head = names };
    paper_table_begin(&p, &t);
    for (size_t i = 0; i < r->row_count; i++)
        paper_row(&p, &t, r->cells + i * r->column_count);
    enum err e = paper_write(&p, out);
    paper_free(&p);
    return e;
}
