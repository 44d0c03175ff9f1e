/*
 * Rendering: operations over the value tree.
 *
 * Nothing here allocates but the output.  Names are found by length and first
 * byte before bytes are compared; objects of a page have few members, and a
 * linear walk over memory just written beats any table.
 */
#include "kernel/page/compile.h"

#include <string.h>

enum {
    RUN_DEPTH = 64,       /* partials within partials and sections */
    RUN_CALLS = 1 << 16,  /* partials in one rendering */
};

struct scope {
    const struct value *v;
    const struct scope *outer;
};

struct run {
    struct buf *out;
    int depth;
    int calls;
};

static const struct value *member(const struct value *object, str key)
{
    if (object->kind != VALUE_OBJECT)
        return NULL;
    for (const struct value *v = object->first; v; v = v->next)
        if (v->key.n == key.n && v->key.p[0] == key.p[0] &&
            memcmp(v->key.p, key.p, key.n) == 0)
            return v;
    return NULL;
}

static const struct value *find(const struct op *op, const struct scope *s)
{
    if (op->parts == 0)
        return s->v;
    const struct value *v = NULL;
    if (op->path[0].n == 0)
        return NULL;
    for (; s && v == NULL; s = s->outer)
        if (s->v)
            v = member(s->v, op->path[0]);
    for (int i = 1; v && i < op->parts; i++)
        v = op->path[i].n ? member(v, op->path[i]) : NULL;
    return v;
}

/* Which bytes HTML gives another meaning. */
static const uint8_t special[256] = {
    ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, ['\''] = 1,
};

static void write_escaped(struct buf *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (special[(unsigned char)s.p[i]]) {
            buf_html(out, s);
            return;
        }
    buf_put(out, s);
}

/* 310,527 */
static void write_grouped(struct buf *out, int64_t i)
{
    char text[32];
    int at = sizeof text, digits = 0;
    uint64_t u = i < 0 ? 0u - (uint64_t)i : (uint64_t)i;
    do {
        if (digits > 0 && digits % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + u % 10);
        digits++;
    } while ((u /= 10) != 0);
    if (i < 0)
        text[--at] = '-';
    buf_put(out, (str){ text + at, sizeof text - (size_t)at });
}

static void write_value(struct buf *out, const struct value *v)
{
    if (v->kind == VALUE_TEXT || v->kind == VALUE_DECIMAL)
        write_escaped(out, v->text);
    else if (v->kind == VALUE_INT && v->style == STYLE_GROUPED)
        write_grouped(out, v->i);
    else
        value_write_page(v, out);
}

static void run(struct run *r, const struct unit *u, uint32_t from,
                uint32_t to, const struct scope *s);

static void run_section(struct run *r, const struct unit *u, uint32_t at,
                        const struct scope *s)
{
    const struct op *op = &u->ops[at];
    const struct value *v = find(op, s);
    bool truth = value_truth(v);
    if (op->kind == OP_INVERTED) {
        if (!truth)
            run(r, u, at + 1, op->end, s);
        return;
    }
    if (!truth)
        return;
    struct scope inner = { v, s };
    if (v->kind != VALUE_LIST) {
        run(r, u, at + 1, op->end, &inner);
        return;
    }
    for (const struct value *m = v->first; m; m = m->next) {
        inner.v = m;
        run(r, u, at + 1, op->end, &inner);
    }
}

static void call(struct run *r, const struct unit *u, const struct scope *s)
{
    if (r->depth == RUN_DEPTH || r->calls == RUN_CALLS)
        return;
    r->depth++;
    r->calls++;
    run(r, u, 0, u->n, s);
    r->depth--;
}

static void run(struct run *r, const struct unit *u, uint32_t from,
                uint32_t to, const struct scope *s)
{
    for (uint32_t i = from; i < to; i++) {
        const struct op *op = &u->ops[i];
        const struct value *v;
        switch ((enum op_kind)op->kind) {
        case OP_TEXT:
            buf_put(r->out, op->text);
            break;
        case OP_NAME:
            if ((v = find(op, s)) != NULL)
                write_value(r->out, v);
            break;
        case OP_RAW:
            if ((v = find(op, s)) != NULL)
                value_write_page(v, r->out);
            break;
        case OP_SECTION:
        case OP_INVERTED:
            run_section(r, u, i, s);
            i = op->end - 1;
            break;
        case OP_CALL:
            call(r, op->unit, s);
            break;
        }
    }
}

void page_run_in(const struct template *t, const struct value *shell,
                 const struct value *root, struct buf *out)
{
    struct run r = { .out = out };
    struct scope outer = { shell, NULL };
    struct scope s = { root, shell ? &outer : NULL };
    run(&r, t->main, 0, t->main->n, &s);
}

void page_run(const struct template *t, const struct value *root,
              struct buf *out)
{
    page_run_in(t, NULL, root, out);
}
