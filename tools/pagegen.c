/*
 * pagegen -- templates are held to their views, before anything is compiled.
 *
 *   pagegen OUT.c < list of .html and .view paths
 *
 * Every name a template uses, through sections, partials and layouts, must be
 * declared in the page's .view file, in a shape (web/shapes.view) or in the
 * shell's view (web/layout.view); every declared member must be shown by some
 * template or be marked json.  A member that may be missing must not have a
 * namesake further out, or the page would show that one in its place.  Out
 * come the tables by which handlers are checked and the JSON schemas.
 */
#include "kernel/page/asset.h"
#include "kernel/page/compile.h"
#include "pagestyle.h"
#include "viewfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCOPES = 64, CALLS = 32 };

struct file {
    char *path;
    str name, text;
    struct node *view; /* of a .view */
    struct file *next;
};

static struct arena arena;
static struct file *files;
static struct node *shapes, *shell;
static int mistakes;

/* ---- reading ---- */

static str read_file(const char *path)
{
    struct buf b = { 0 };
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "pagegen: cannot read %s\n", path);
        exit(1);
    }
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    fclose(f);
    str s = arena_str(&arena, buf_str(&b));
    buf_free(&b);
    return s;
}

/* "src/kernel/auth/pages/login.view" -> "auth/login", "web/desk.html" ->
 * "desk" */
static str name_of(str path)
{
    ptrdiff_t dot = (ptrdiff_t)path.n;
    while (dot > 0 && path.p[dot] != '.')
        dot--;
    path.n = (size_t)dot;
    str room = str_none;
    ptrdiff_t slash;
    while ((slash = str_find_byte(path, '/')) >= 0) {
        str part = str_slice(path, 0, (size_t)slash);
        path = str_slice(path, (size_t)slash + 1, path.n);
        if (!str_is(part, "pages") && !str_is(part, "src") &&
            !str_is(part, "kernel") && !str_is(part, "web") &&
            !str_is(part, "components"))
            room = part;
        if (str_is(part, "components") && str_find_byte(path, '/') >= 0)
            path = str_slice(path, (size_t)str_find_byte(path, '/') + 1,
                             path.n);
    }
    return str_is_none(room) ? path
                             : arena_printf(&arena, "%.*s/%.*s",
                                            STR_ARG(room), STR_ARG(path));
}

static int compare_file(const void *a, const void *b)
{
    return str_cmp((*(struct file *const *)a)->name,
                   (*(struct file *const *)b)->name);
}

/* In order of names, so that the generated file does not depend on the disk's
 * order. */
static void sort_files(void)
{
    size_t n = 0;
    for (struct file *f = files; f; f = f->next)
        n++;
    struct file **all = ARENA_NEW_N(&arena, struct file *, n + 1);
    n = 0;
    for (struct file *f = files; f; f = f->next)
        all[n++] = f;
    if (n)
        qsort(all, n, sizeof *all, compare_file);
    for (size_t i = 0; i < n; i++)
        all[i]->next = i + 1 < n ? all[i + 1] : NULL;
    files = n ? all[0] : NULL;
}

static void read_files(void)
{
    char line[512];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == 0)
            continue;
        struct file *f = ARENA_NEW(&arena, struct file);
        f->path = arena_cstr(&arena, str_of(line));
        f->name = name_of(str_of(f->path));
        f->text = read_file(f->path);
        if (str_ends(str_of(line), STR(".view"))) {
            f->view = viewfile_read(&arena, f->path, f->text);
            if (f->view == NULL)
                exit(1);
        } else {
            mistakes += pagestyle_check(f->path, f->text);
        }
        f->next = files;
        files = f;
    }
    sort_files();
}

static struct file *template_file(str name)
{
    for (struct file *f = files; f; f = f->next)
        if (f->view == NULL && str_eq(f->name, name))
            return f;
    return NULL;
}

static struct node *view_named(const char *name)
{
    for (struct file *f = files; f; f = f->next)
        if (f->view && str_is(f->name, name))
            return f->view;
    return NULL;
}

static str partial(void *context, str name)
{
    (void)context;
    struct file *f = template_file(name);
    return f ? f->text : str_none;
}

/* Stands in for the program's own: is there such a file? */
str page_asset_hash(str name)
{
    str path = arena_printf(&arena, "web/%.*s", STR_ARG(name));
    FILE *f = fopen(path.p, "rb");
    if (f == NULL)
        return str_none;
    fclose(f);
    return STR("00000000");
}

/* ---- names ---- */

struct scope {
    struct node *node; /* what a section stands in */
    bool element;      /* an element of the list `node` */
    const struct scope *outer;
};

static void complain(const struct place *p, const char *what)
{
    struct file *f = template_file(p->file);
    if (f)
        fprintf(stderr, "%s:%u: %s: %.*s\n", f->path, p->line, what,
                STR_ARG(p->name));
    else
        fprintf(stderr, "%.*s:%u: %s: %.*s\n", STR_ARG(p->file), p->line,
                what, STR_ARG(p->name));
    mistakes++;
}

static bool has_members(const struct scope *s)
{
    return s->node->kind == VIEW_OBJECT ||
           (s->node->kind == VIEW_LIST && s->element &&
            s->node->element == VIEW_OBJECT);
}

static struct node *in_scope(const struct scope *s, str name)
{
    if (!has_members(s))
        return NULL;
    return viewfile_member(viewfile_members(s->node, shapes->first), name);
}

static struct node *find_first(const struct scope *s, const struct place *p,
                               str name)
{
    struct node *found = NULL;
    for (; s && found == NULL; s = s->outer)
        found = in_scope(s, name);
    if (found == NULL || !found->optional)
        return found;
    for (; s; s = s->outer)
        if (in_scope(s, name))
            complain(p, "may be missing, and an outer namesake would show");
    return found;
}

/* The node a name means; NULL after complaining. */
static struct node *resolve(const struct scope *s, const struct op *op)
{
    struct node *n = find_first(s, op->place, op->path[0]);
    for (int i = 1; n && i < op->parts; i++) {
        n->used = true;
        n = n->kind == VIEW_OBJECT
                ? viewfile_member(viewfile_members(n, shapes->first),
                                  op->path[i])
                : NULL;
    }
    if (n == NULL)
        complain(op->place, "is declared in no view");
    else
        n->used = true;
    return n;
}

static void check_shown(const struct scope *s, const struct op *op)
{
    if (op->parts == 0) {
        bool whole = s->node->kind == VIEW_LIST && !s->element;
        if (whole || has_members(s))
            complain(op->place, "stands in no text");
        return;
    }
    struct node *n = resolve(s, op);
    if (n && (n->kind == VIEW_LIST || n->kind == VIEW_OBJECT))
        complain(op->place, "is no text but a list or object");
}

static void walk(const struct unit *u, uint32_t from, uint32_t to,
                 const struct scope *s, int calls)
{
    for (uint32_t i = from; i < to; i++) {
        const struct op *op = &u->ops[i];
        if (op->kind == OP_NAME)
            check_shown(s, op);
        if (op->kind == OP_CALL && calls < CALLS)
            walk(op->unit, 0, op->unit->n, s, calls + 1);
        if (op->kind != OP_SECTION && op->kind != OP_INVERTED)
            continue;
        struct node *n = op->parts ? resolve(s, op) : s->node;
        struct scope inner = { n, true, s };
        if (n)
            walk(u, i + 1, op->end, op->kind == OP_SECTION ? &inner : s,
                 calls);
        i = op->end - 1;
    }
}

static void check_page(struct file *view)
{
    struct file *f = template_file(view->name);
    struct template *t;
    str problem = str_none;
    if (f == NULL) {
        fprintf(stderr, "%s: has no template beside it\n", view->path);
        mistakes++;
        return;
    }
    if (page_compile_named(&arena, f->name, f->text, partial, NULL, PAGE_SITE,
                           &t, &problem) != OK) {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
        mistakes++;
        return;
    }
    struct scope outer = { shell, false, NULL };
    struct scope s = { view->view, false, &outer };
    walk(t->main, 0, t->main->n, &s, 0);
}

static void check_used(const struct node *first)
{
    for (const struct node *n = first; n; n = n->next) {
        if (n->json)
            continue;
        if (!n->used) {
            fprintf(stderr, "%s:%u: no template shows it (mark it json if "
                    "that is meant): %.*s\n", n->file, n->line,
                    STR_ARG(n->name));
            mistakes++;
        } else {
            check_used(n->first);
        }
    }
}

static bool is_page(const struct file *f)
{
    return f->view && f->view != shapes && f->view != shell;
}

/* A room's template without a view is a partial and says so by a leading _. */
static void check_orphans(void)
{
    for (struct file *f = files; f; f = f->next) {
        bool view = false;
        ptrdiff_t slash = str_find_byte(f->name, '/');
        if (f->view || slash < 0 || f->name.p[slash + 1] == '_')
            continue;
        for (struct file *v = files; v; v = v->next)
            view |= v->view && str_eq(v->name, f->name);
        if (!view) {
            fprintf(stderr, "%s: has no .view beside it\n", f->path);
            mistakes++;
        }
    }
}

static void check_all(void)
{
    for (struct file *f = files; f; f = f->next) {
        if (!f->view)
            continue;
        if (!viewfile_resolve(f->view->first, shapes->first))
            exit(1);
    }
    for (struct file *f = files; f; f = f->next)
        if (is_page(f))
            check_page(f);
    for (struct file *f = files; f; f = f->next)
        if (f->view == shapes)
            for (struct node *n = shapes->first; n; n = n->next)
                check_used(n->first);
        else if (f->view)
            check_used(f->view->first);
    check_orphans();
}

/* ---- what is written ---- */

static uint16_t emitted;

static uint16_t count_of(const struct node *first)
{
    uint16_t n = 0;
    for (; first; first = first->next)
        n++;
    return n;
}

/* Gives every range of members its place in the table. */
static void place_members(struct node *owner)
{
    owner->index = emitted;
    owner->members = count_of(owner->first);
    emitted = (uint16_t)(emitted + owner->members);
    for (struct node *n = owner->first; n; n = n->next)
        if (str_is_none(n->shape) && n->first)
            place_members(n);
}

static void emit_members(FILE *out, const struct node *owner)
{
    for (const struct node *n = owner->first; n; n = n->next) {
        const struct node *m = n;
        if (!str_is_none(n->shape))
            m = viewfile_member(shapes->first, n->shape);
        fprintf(out, "    { \"%.*s\", %d, %d, %d, %d, %d },\n",
                STR_ARG(n->name), n->kind, n->element, n->optional, m->index,
                m->members);
    }
    for (const struct node *n = owner->first; n; n = n->next)
        if (str_is_none(n->shape) && n->first)
            emit_members(out, n);
}

static void schema_members(struct buf *b, const struct node *owner);

static void schema_doc(struct buf *b, str doc)
{
    struct value v = { .kind = VALUE_TEXT, .text = doc };
    if (doc.n == 0)
        return;
    buf_put(b, STR(",\"description\":"));
    value_write_json(&v, b);
}

static void schema_kind(struct buf *b, uint8_t kind, bool optional)
{
    static const char *const type[] = {
        [VIEW_TEXT] = "string", [VIEW_INT] = "integer",
        [VIEW_COUNT] = "integer", [VIEW_BOOL] = "boolean",
        [VIEW_DAY] = "string", [VIEW_INST] = "string",
        [VIEW_FEN] = "integer", [VIEW_HTML] = "string",
        [VIEW_OBJECT] = "object", [VIEW_LIST] = "array",
    };
    if (optional)
        buf_printf(b, "\"type\":[\"%s\",\"null\"]", type[kind]);
    else
        buf_printf(b, "\"type\":\"%s\"", type[kind]);
    if (kind == VIEW_DAY)
        buf_put(b, STR(",\"format\":\"date\""));
    if (kind == VIEW_INST)
        buf_put(b, STR(",\"format\":\"date-time\""));
}

static void schema_node(struct buf *b, const struct node *n)
{
    bool named = !str_is_none(n->shape);
    buf_byte(b, '{');
    if (n->kind == VIEW_OBJECT && named) {
        const char *either = n->optional ? "\"anyOf\":[{" : "";
        buf_printf(b, "%s\"$ref\":\"#/components/schemas/%.*s\"%s", either,
                   STR_ARG(n->shape),
                   n->optional ? "},{\"type\":\"null\"}]" : "");
    } else {
        schema_kind(b, n->kind, n->optional);
    }
    if (n->kind == VIEW_LIST) {
        buf_put(b, STR(",\"items\":{"));
        if (named)
            buf_printf(b, "\"$ref\":\"#/components/schemas/%.*s\"",
                       STR_ARG(n->shape));
        else
            schema_kind(b, n->element, false);
        if (!named && n->element == VIEW_OBJECT)
            schema_members(b, n);
        buf_byte(b, '}');
    } else if (n->kind == VIEW_OBJECT && !named) {
        schema_members(b, n);
    }
    schema_doc(b, n->doc);
    buf_byte(b, '}');
}

static void schema_members(struct buf *b, const struct node *owner)
{
    buf_put(b, STR(",\"properties\":{"));
    for (const struct node *n = owner->first; n; n = n->next) {
        buf_printf(b, "%s\"%.*s\":", n == owner->first ? "" : ",",
                   STR_ARG(n->name));
        schema_node(b, n);
    }
    buf_put(b, STR("},\"required\":["));
    bool first = true;
    for (const struct node *n = owner->first; n; n = n->next) {
        if (n->optional)
            continue;
        buf_printf(b, "%s\"%.*s\"", first ? "" : ",", STR_ARG(n->name));
        first = false;
    }
    buf_byte(b, ']');
}

static void emit_entry(FILE *out, str name, const struct node *root)
{
    struct buf b = { 0 };
    buf_put(&b, STR("{\"type\":\"object\""));
    schema_doc(&b, root->doc);
    schema_members(&b, root);
    buf_byte(&b, '}');
    fprintf(out, "    { \"%.*s\", %d, %d,\n      \"", STR_ARG(name),
            root->index, root->members);
    for (size_t i = 0; i < b.n; i++)
        fprintf(out, "%s%c", b.p[i] == '"' || b.p[i] == '\\' ? "\\" : "",
                b.p[i]);
    fprintf(out, "\" },\n");
    buf_free(&b);
}

static void emit_tables(FILE *out)
{
    size_t pages = 0, named = 0;
    for (struct node *n = shapes->first; n; n = n->next)
        place_members(n);
    for (struct file *f = files; f; f = f->next)
        if (is_page(f))
            place_members(f->view);
    fprintf(out, "/* Made by tools/pagegen.c from the .view files. */\n"
                 "#include \"kernel/page/view.h\"\n\n"
                 "const struct view_node view_nodes[] = {\n");
    for (struct node *n = shapes->first; n; n = n->next)
        emit_members(out, n);
    for (struct file *f = files; f; f = f->next)
        if (is_page(f))
            emit_members(out, f->view);
    fprintf(out, "    { \"\", 0, 0, 0, 0, 0 },\n};\n\n"
                 "const struct view_entry view_shapes[] = {\n");
    for (struct node *n = shapes->first; n; n = n->next, named++)
        emit_entry(out, n->name, n);
    fprintf(out, "    { 0 },\n};\nconst size_t view_shape_count = %zu;\n\n"
                 "const struct view_entry view_pages[] = {\n", named);
    for (struct file *f = files; f; f = f->next)
        if (is_page(f)) {
            emit_entry(out, f->name, f->view);
            pages++;
        }
    fprintf(out, "    { 0 },\n};\nconst size_t view_page_count = %zu;\n",
            pages);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    read_files();
    shapes = view_named("shapes");
    shell = view_named("layout");
    if (shapes == NULL || shell == NULL) {
        fprintf(stderr, "pagegen: web/shapes.view and web/layout.view are "
                "wanted\n");
        return 1;
    }
    for (struct node *n = shapes->first; n; n = n->next)
        n->used = true;
    check_all();
    if (mistakes)
        return 1;
    FILE *out = fopen(argv[1], "w");
    if (out == NULL)
        return 1;
    emit_tables(out);
    return fclose(out) == 0 ? 0 : 1;
}
