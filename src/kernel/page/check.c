/*
 * Handlers are held to their views.
 *
 * Templates are checked when the program is built; what a handler really
 * fills is known only when it runs, so tests and debug builds ask here after
 * each handler.  The first thing that does not fit is named with its path.
 */
#include "kernel/page/view.h"

#include <stdlib.h>
#include <string.h>

struct check {
    struct arena *a;
    str *problem;
};

static int compare_entry(const void *key, const void *entry)
{
    return str_cmp(*(const str *)key,
                   str_of(((const struct view_entry *)entry)->name));
}

static const struct view_entry *entry_of(str page)
{
    if (view_page_count == 0)
        return NULL;
    return bsearch(&page, view_pages, view_page_count, sizeof *view_pages,
                   compare_entry);
}

static enum err complain(struct check *c, str path, const char *name,
                         const char *what)
{
    *c->problem = arena_printf(c->a, "%.*s%s %s", STR_ARG(path), name, what);
    return ERR_INPUT;
}

static const struct view_node *node_of(uint16_t first, uint16_t count,
                                       str name)
{
    for (uint16_t i = 0; i < count; i++)
        if (str_is(name, view_nodes[first + i].name))
            return &view_nodes[first + i];
    return NULL;
}

static bool kind_fits(uint8_t declared, const struct value *v)
{
    static const uint8_t wanted[] = {
        [VIEW_TEXT] = VALUE_TEXT,     [VIEW_INT] = VALUE_INT,
        [VIEW_COUNT] = VALUE_INT,     [VIEW_BOOL] = VALUE_BOOL,
        [VIEW_DAY] = VALUE_DAY,       [VIEW_INST] = VALUE_INST,
        [VIEW_FEN] = VALUE_FEN,       [VIEW_HTML] = VALUE_HTML,
        [VIEW_OBJECT] = VALUE_OBJECT, [VIEW_LIST] = VALUE_LIST,
    };
    return v->kind == wanted[declared];
}

static const char *const kind_name[] = {
    [VIEW_TEXT] = "is not a text",   [VIEW_INT] = "is not a number",
    [VIEW_COUNT] = "is not a count", [VIEW_BOOL] = "is not true or false",
    [VIEW_DAY] = "is not a day",     [VIEW_INST] = "is not an instant",
    [VIEW_FEN] = "is not money",     [VIEW_HTML] = "is not markup",
    [VIEW_OBJECT] = "is not an object", [VIEW_LIST] = "is not a list",
};

static enum err check_members(struct check *c, str path, uint16_t first,
                              uint16_t count, const struct value *object);

static enum err check_list(struct check *c, str path,
                           const struct view_node *n, const struct value *list)
{
    int i = 0;
    for (const struct value *v = list->first; v; v = v->next, i++) {
        str at = arena_printf(c->a, "%.*s%s[%d]", STR_ARG(path), n->name, i);
        if (!kind_fits(n->element, v))
            return complain(c, at, "", kind_name[n->element]);
        if (n->element != VIEW_OBJECT)
            continue;
        at = arena_join(c->a, at, STR("."));
        enum err e = check_members(c, at, n->first, n->count, v);
        if (e != OK)
            return e;
    }
    return OK;
}

static enum err check_one(struct check *c, str path,
                          const struct view_node *n, const struct value *v)
{
    if (v == NULL)
        return n->optional ? OK : complain(c, path, n->name, "is missing");
    if (v->kind == VALUE_NULL)
        return n->optional ? OK : complain(c, path, n->name, "is null");
    if (!kind_fits(n->kind, v))
        return complain(c, path, n->name, kind_name[n->kind]);
    if (n->kind == VIEW_LIST)
        return check_list(c, path, n, v);
    if (n->kind != VIEW_OBJECT)
        return OK;
    str at = arena_printf(c->a, "%.*s%s.", STR_ARG(path), n->name);
    return check_members(c, at, n->first, n->count, v);
}

static enum err check_members(struct check *c, str path, uint16_t first,
                              uint16_t count, const struct value *object)
{
    for (uint16_t i = 0; i < count; i++) {
        const struct view_node *n = &view_nodes[first + i];
        enum err e = check_one(c, path, n, value_get(object, str_of(n->name)));
        if (e != OK)
            return e;
    }
    for (const struct value *v = object->first; v; v = v->next) {
        if (node_of(first, count, v->key) == NULL)
            return complain(c, path, arena_cstr(c->a, v->key),
                            "is not declared");
        if (value_get(object, v->key) != v) /* the page shows the first only */
            return complain(c, path, arena_cstr(c->a, v->key),
                            "is filled twice");
    }
    return OK;
}

enum err page_check_view(str page, const struct value *root, struct arena *a,
                         str *problem)
{
    const struct view_entry *e = entry_of(page);
    struct check c = { a, problem };
    str path = arena_join(a, page, STR(": "));
    if (e == NULL)
        return OK;
    if (root == NULL || root->kind != VALUE_OBJECT)
        return complain(&c, path, "the view", "is not an object");
    return check_members(&c, path, e->first, e->count, root);
}

str page_schema(str page)
{
    const struct view_entry *e = entry_of(page);
    return e ? str_of(e->schema) : str_none;
}

void page_schemas(page_schema_each *each, void *context)
{
    for (size_t i = 0; i < view_shape_count; i++)
        each(context, str_of(view_shapes[i].name),
             str_of(view_shapes[i].schema));
}

/* ---- examples ---- */

/* "2026-11-20 10:24" or "2026-11-20T10:24:00+08:00" */
static void adopt_inst(struct value *v)
{
    day d;
    int64_t hour, minute;
    if (v->text.n < 16 || !day_parse(str_slice(v->text, 0, 10), &d) ||
        !str_int(str_slice(v->text, 11, 13), &hour) ||
        !str_int(str_slice(v->text, 14, 16), &minute))
        return;
    v->kind = VALUE_INST;
    v->style = STYLE_SHORT;
    v->i = day_begin(d).ms + (hour * 60 + minute) * 60000;
}

static void adopt_one(uint8_t kind, struct value *v)
{
    day d;
    if (kind == VIEW_HTML && v->kind == VALUE_TEXT)
        v->kind = VALUE_HTML;
    if (kind == VIEW_COUNT && v->kind == VALUE_INT)
        v->style = STYLE_GROUPED;
    if (kind == VIEW_FEN && v->kind == VALUE_INT)
        v->kind = VALUE_FEN;
    if (kind == VIEW_INST && v->kind == VALUE_TEXT)
        adopt_inst(v);
    if (kind == VIEW_DAY && v->kind == VALUE_TEXT && day_parse(v->text, &d)) {
        v->kind = VALUE_DAY;
        v->i = d.n;
    }
}

void view_adopt_members(uint16_t first, uint16_t count, struct value *object)
{
    for (struct value *v = object->first; v; v = v->next) {
        const struct view_node *n = node_of(first, count, v->key);
        if (n == NULL)
            continue;
        adopt_one(n->kind, v);
        if (n->kind == VIEW_OBJECT && v->kind == VALUE_OBJECT)
            view_adopt_members(n->first, n->count, v);
        if (n->kind != VIEW_LIST || v->kind != VALUE_LIST)
            continue;
        for (struct value *m = v->first; m; m = m->next) {
            adopt_one(n->element, m);
            if (n->element == VIEW_OBJECT && m->kind == VALUE_OBJECT)
                view_adopt_members(n->first, n->count, m);
        }
    }
}

void view_adopt(str page, struct value *root)
{
    const struct view_entry *e = entry_of(page);
    if (e && root->kind == VALUE_OBJECT)
        view_adopt_members(e->first, e->count, root);
}
