/*
 * Reading .view files.
 *
 *   # A comment: the first lines describe the page, others the next member.
 *   name   type           text int count bool day inst fen html object list
 *   name   type?          may be null or absent
 *   name   list TYPE      of texts, or of a named shape
 *   name   SHAPE          a shape of web/shapes.view
 *   name   type  json     for JSON only: no template shows it
 *     member type         members are indented by two more spaces
 */
#include "viewfile.h"

#include <stdio.h>
#include <string.h>

enum { DEPTH = 12 };

static const char *const kinds[] = {
    "text", "int", "count", "bool", "day", "inst", "fen", "html", "object",
    "list",
};

struct reader {
    struct arena *a;
    const char *path;
    unsigned line;
    struct node *open[DEPTH + 1]; /* the last member at each depth */
    str doc;
};

static bool complain(const struct reader *r, const char *what, str word)
{
    fprintf(stderr, "%s:%u: %s: %.*s\n", r->path, r->line, what,
            STR_ARG(word));
    return false;
}

static str next_word(str *rest)
{
    *rest = str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    str word = str_slice(*rest, 0, n);
    *rest = str_trim(str_slice(*rest, n, rest->n));
    return word;
}

static int kind_of(str word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(word, kinds[i]))
            return (int)i;
    return -1;
}

static bool sound_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_' ||
              (i > 0 && s.p[i] >= '0' && s.p[i] <= '9')))
            return false;
    return s.n > 0;
}

/* The type, and for a list the type of its elements. */
static bool read_type(struct reader *r, struct node *n, str *rest)
{
    str word = next_word(rest);
    if (str_ends(word, STR("?"))) {
        n->optional = true;
        word.n--;
    }
    int kind = kind_of(word);
    n->kind = (uint8_t)(kind < 0 ? VIEW_OBJECT : kind);
    if (kind < 0)
        n->shape = word;
    if (word.n == 0)
        return complain(r, "a type is wanted", n->name);
    if (kind != VIEW_LIST)
        return true;
    n->element = VIEW_OBJECT;
    if (rest->n == 0 || str_is(*rest, "json"))
        return true;
    word = next_word(rest);
    kind = kind_of(word);
    if (kind < 0)
        n->shape = word;
    else
        n->element = (uint8_t)kind;
    return true;
}

static bool attach(struct reader *r, struct node *n, int depth)
{
    struct node *parent = r->open[depth];
    if (parent == NULL)
        return complain(r, "indented too far", n->name);
    if (!str_is_none(parent->shape) ||
        (parent->kind != VIEW_OBJECT &&
         (parent->kind != VIEW_LIST || parent->element != VIEW_OBJECT)))
        return complain(r, "what is above has no members", n->name);
    if (viewfile_member(parent->first, n->name))
        return complain(r, "declared twice", n->name);
    struct node **last = &parent->first;
    while (*last)
        last = &(*last)->next;
    *last = n;
    r->open[depth + 1] = n;
    for (int i = depth + 2; i <= DEPTH; i++)
        r->open[i] = NULL;
    return true;
}

static bool read_line(struct reader *r, str line)
{
    size_t indent = 0;
    while (indent < line.n && line.p[indent] == ' ')
        indent++;
    if (indent % 2 || indent / 2 >= DEPTH)
        return complain(r, "indentation is two spaces a step", line);
    str rest = str_slice(line, indent, line.n);
    ptrdiff_t hash = str_find_byte(rest, '#');
    struct node *n = ARENA_NEW(r->a, struct node);
    if (hash >= 0) {
        n->doc = str_trim(str_slice(rest, (size_t)hash + 1, rest.n));
        rest = str_slice(rest, 0, (size_t)hash);
    }
    if (str_trim(rest).n == 0)
        return true;
    n->name = next_word(&rest);
    n->file = r->path;
    n->line = r->line;
    if (!sound_name(n->name))
        return complain(r, "not a name", n->name);
    if (!read_type(r, n, &rest))
        return false;
    n->json = str_is(rest, "json");
    if (rest.n && !n->json)
        return complain(r, "not understood", rest);
    return attach(r, n, (int)(indent / 2));
}

struct node *viewfile_read(struct arena *a, const char *path, str text)
{
    struct node *root = ARENA_NEW(a, struct node);
    struct reader r = { .a = a, .path = path };
    root->kind = VIEW_OBJECT;
    root->file = path;
    r.open[0] = root;
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        r.line++;
        if (str_starts(line, STR("# ")) && root->first == NULL)
            root->doc = arena_printf(a, "%.*s%s%.*s", STR_ARG(root->doc),
                                     root->doc.n ? " " : "",
                                     STR_ARG(str_slice(line, 2, line.n)));
        else if (!read_line(&r, line))
            return NULL;
    }
    return root;
}

struct node *viewfile_member(struct node *first, str name)
{
    for (struct node *n = first; n; n = n->next)
        if (str_eq(n->name, name))
            return n;
    return NULL;
}

struct node *viewfile_members(const struct node *n, struct node *shapes)
{
    if (str_is_none(n->shape))
        return n->first;
    struct node *shape = viewfile_member(shapes, n->shape);
    return shape ? shape->first : NULL;
}

bool viewfile_resolve(struct node *first, struct node *shapes)
{
    bool good = true;
    for (struct node *n = first; n; n = n->next) {
        if (!str_is_none(n->shape) && !viewfile_member(shapes, n->shape)) {
            fprintf(stderr, "%s:%u: no such type or shape: %.*s\n", n->file,
                    n->line, STR_ARG(n->shape));
            good = false;
        }
        if (!viewfile_resolve(n->first, shapes))
            good = false;
    }
    return good;
}
