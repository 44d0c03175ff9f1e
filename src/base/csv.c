#include "base/csv.h"

#include <string.h>

void csv_open(struct csv *c, struct arena *a, str text)
{
    static const str bom = { "\xef\xbb\xbf", 3 };
    *c = (struct csv){ .arena = a, .next_line = 1 };
    c->rest = str_starts(text, bom) ? str_slice(text, 3, text.n) : text;
}

static bool at_end_of_row(const struct csv *c)
{
    return c->rest.n == 0 || c->rest.p[0] == '\n' ||
           (c->rest.n > 1 && c->rest.p[0] == '\r' && c->rest.p[1] == '\n');
}

static void skip(struct csv *c, size_t n)
{
    c->rest = str_slice(c->rest, n, c->rest.n);
}

static void skip_line_end(struct csv *c)
{
    if (c->rest.n && c->rest.p[0] == '\r')
        skip(c, 1);
    if (c->rest.n && c->rest.p[0] == '\n')
        skip(c, 1);
    c->next_line++;
}

/* Where the text behind the opening quote ends; rest.n when it does not. */
static size_t closing(str rest)
{
    size_t i = 1;
    for (; i < rest.n; i++) {
        if (rest.p[i] != '"')
            continue;
        if (i + 1 >= rest.n || rest.p[i + 1] != '"')
            break;
        i++;
    }
    return i;
}

/* "…" with "" for a quote; the opening quote is at rest.p[0].  Memory for what
 * the field holds and no more: a file has many fields. */
static enum err quoted(struct csv *c, str *out)
{
    size_t end = closing(c->rest), n = 0;
    if (end >= c->rest.n)
        return ERR_INPUT;
    char *text = arena_alloc(c->arena, end);
    for (size_t i = 1; i < end; i++) {
        i += c->rest.p[i] == '"';
        c->next_line += c->rest.p[i] == '\n';
        text[n++] = c->rest.p[i];
    }
    skip(c, end + 1);
    *out = (str){ text, n };
    return at_end_of_row(c) || c->rest.p[0] == ',' ? OK : ERR_INPUT;
}

static void plain(struct csv *c, str *out)
{
    size_t i = 0;
    while (i < c->rest.n && c->rest.p[i] != ',' && c->rest.p[i] != '\n')
        i++;
    *out = str_slice(c->rest, 0, i);
    skip(c, i);
    if (out->n && out->p[out->n - 1] == '\r' && at_end_of_row(c))
        out->n--;
}

enum err csv_row(struct csv *c)
{
    for (; c->rest.n && at_end_of_row(c); c->row++)
        skip_line_end(c);
    if (c->rest.n == 0)
        return ERR_NOTFOUND;
    c->row++;
    c->line = c->next_line;
    c->count = 0;
    for (;;) {
        if (c->count == CSV_FIELDS)
            return ERR_INPUT;
        str *field = &c->field[c->count++];
        if (c->rest.n && c->rest.p[0] == '"') {
            enum err e = quoted(c, field);
            if (e != OK)
                return e;
        } else {
            plain(c, field);
        }
        if (c->rest.n == 0 || c->rest.p[0] != ',')
            break;
        skip(c, 1);
    }
    skip_line_end(c);
    return OK;
}

void csv_put(struct buf *out, str field)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            buf_byte(out, '"');
        buf_byte(out, field.p[i]);
    }
    buf_byte(out, '"');
}
