/* Division codes of GB/T 2260 since 1980, for the numbers given under them. */
#include "kernel/ident/divisions.h"

#include <stdlib.h>

struct row {
    int code, first, last; /* yyyymm; last 0: in use */
    str name;
};

struct divisions {
    struct row *row; /* by code, then as listed */
    size_t count;
};

static bool number(str s, int64_t from, int64_t to, int *out)
{
    int64_t n;
    if (!str_int(s, &n) || n < from || n > to)
        return false;
    *out = (int)n;
    return true;
}

/* NULL, or what is wrong with the line. */
static const char *read_row(struct arena *a, str line, struct row *r)
{
    str code = str_cut(&line, '\t'), name = str_cut(&line, '\t');
    str first = str_cut(&line, '\t'), last = str_trim(line);
    *r = (struct row){ .name = arena_str(a, name) };
    if (code.n != 6 || !number(code, 100000, 999999, &r->code))
        return "第一栏应为六位区划代码";
    if (name.n == 0)
        return "缺少名称";
    if (!number(first, 194900, 299912, &r->first) ||
        (last.n > 0 && !number(last, 194900, 299912, &r->last)))
        return "起止月份应为 198012 的样子";
    return NULL;
}

static size_t lines_of(str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

enum err divisions_read(struct arena *a, str tsv, struct divisions **out,
                        str *problem)
{
    struct divisions *d = ARENA_NEW(a, struct divisions);
    d->row = ARENA_NEW_N(a, struct row, lines_of(tsv));
    for (int at = 1; !str_is_none(tsv); at++) {
        str line = str_cut(&tsv, '\n');
        if (str_trim(line).n == 0)
            continue;
        struct row *r = &d->row[d->count];
        const char *wrong = read_row(a, line, r);
        if (wrong == NULL && d->count > 0 && r->code < r[-1].code)
            wrong = "没有按代码排列";
        if (wrong != NULL) {
            *problem = arena_printf(a, "区划代码第 %d 行：%s。", at, wrong);
            return ERR_INPUT;
        }
        d->count++;
    }
    *out = d;
    return OK;
}

/* The first row of a code, or count. */
static size_t first_row(const struct divisions *d, int code)
{
    size_t low = 0, high = d->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->row[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->count && d->row[low].code == code ? low : d->count;
}

bool divisions_find(const struct divisions *d, int code, struct division *out)
{
    size_t i = first_row(d, code);
    if (i == d->count)
        return false;
    *out = (struct division){ .first = d->row[i].first };
    for (; i < d->count && d->row[i].code == code; i++) {
        const struct row *r = &d->row[i];
        if (r->first < out->first)
            out->first = r->first;
        /* The name in use, else the one used last. */
        if (out->name.p == NULL ||
            (!out->in_use && (r->last == 0 || r->last > out->last)))
            out->name = r->name;
        out->in_use |= r->last == 0;
        if (r->last > out->last)
            out->last = r->last;
    }
    return true;
}

str divisions_name(const struct divisions *d, str code)
{
    int n;
    struct division found;
    if (code.n != 6 || !number(code, 100000, 999999, &n) ||
        !divisions_find(d, n, &found))
        return str_none;
    return found.name;
}
