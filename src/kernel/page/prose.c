/*
 * Running text that people type: paragraphs a line each, headings that begin
 * with "# ", tables whose rows begin with "|".  Never markup: what comes out is
 * the shape "prose", escaped like everything else.
 *
 * A screen that must not scroll shows it a page at a time; pages end between
 * paragraphs, and inside one only after a full stop.
 */
#include "kernel/page/page.h"

#include "base/utf8.h"

/* In characters: what does not fill its last line takes it all the same. */
enum { LINE = 50, ROW_WEIGHT = 50, HEAD_WEIGHT = 60 };

/* One block being read, and where the pages are. */
struct prose {
    struct view *v;
    struct value *list, *rows;   /* rows: of the table under way */
    size_t room, used;           /* room 0: all on one page */
    int page, wanted;
};

/* Makes room for so much; the block then stands on page p->page. */
static bool place(struct prose *p, size_t weight)
{
    if (p->room && p->used && p->used + weight > p->room) {
        p->page++;
        p->used = 0;
        p->rows = NULL;
    }
    p->used += weight;
    return p->room == 0 || p->page == p->wanted;
}

static struct view block(struct prose *p, str heading, str text)
{
    struct view row = view_row(p->v, p->list);
    view_text(&row, "heading", heading);
    view_text(&row, "text", text);
    return row;
}

/* ---- tables ---- */

static void add_cells(struct value *list, struct arena *a, str line)
{
    str rest = str_slice(line, 1, line.n);
    if (str_ends(rest, STR("|")))
        rest.n--;
    while (!str_is_none(rest))
        value_push(list, value_text(a, str_trim(str_cut(&rest, '|'))));
}

/* The head is repeated where a table goes on over the page. */
static void add_row(struct prose *p, str head, str line)
{
    bool shown = place(p, ROW_WEIGHT);
    if (!shown)
        return;
    if (p->rows == NULL) {
        struct view b = block(p, STR(""), STR(""));
        struct view t = view_object(&b, "table");
        add_cells(view_list(&t, "head"), p->v->arena, head);
        p->rows = view_list(&t, "rows");
    }
    if (head.p == line.p)
        return;
    struct view row = view_row(p->v, p->rows);
    add_cells(view_list(&row, "cells"), p->v->arena, line);
}

/* ---- paragraphs ---- */

static size_t weight_of(str text)
{
    return (utf8_count(text) + LINE - 1) / LINE * LINE;
}

static void add_plain(struct prose *p, str heading, str text, size_t weight)
{
    if (!place(p, weight))
        return;
    struct view b = block(p, heading, text);
    view_text(&b, "table", str_none);
}

/* As much of a paragraph as fits a page: up to its last full stop there. */
static str head_of(str text, size_t room)
{
    str head = utf8_head(text, room), stop = STR("。");
    for (size_t n = head.n; n > stop.n; n--)
        if (str_ends(str_slice(head, 0, n), stop))
            return str_slice(head, 0, n);
    return head;
}

static void add_paragraph(struct prose *p, str text)
{
    while (p->room && utf8_count(text) > p->room) {
        str head = head_of(text, p->room);
        add_plain(p, STR(""), head, weight_of(head));
        text = str_slice(text, head.n, text.n);
    }
    if (text.n)
        add_plain(p, STR(""), text, weight_of(text));
}

int page_prose(struct view *v, const char *name, str text, size_t room,
               int page)
{
    struct prose p = { .v = v, .list = view_list(v, name), .room = room,
                       .page = 1, .wanted = page };
    str head = str_none;
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (str_starts(line, STR("|"))) {
            if (str_is_none(head))
                head = line;
            add_row(&p, head, line);
            continue;
        }
        head = str_none;
        p.rows = NULL;
        if (str_starts(line, STR("# ")))
            add_plain(&p, str_slice(line, 2, line.n), STR(""), HEAD_WEIGHT);
        else if (line.n)
            add_paragraph(&p, line);
    }
    return p.page;
}
