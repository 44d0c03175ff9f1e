/*
 * The modules' route tables as one tree of path segments.
 *
 * A literal segment wins over a {name}, and there is no going back once a
 * segment has matched: tables in which that would matter are refused at boot,
 * so that reading a table is enough to know who answers.  Segments are decoded
 * before they are compared, exactly once; a decoded segment with a slash, a
 * control character or only dots matches nothing, because whatever it would
 * mean, it would mean something else to the next program.
 */
#include "kernel/http/inside.h"

#include <string.h>

struct node {
    str text;
    struct node *child, *sibling; /* literal children */
    struct node *wild;            /* the child for any text */
    struct spot *spot;
};

struct spots {
    struct spots *next;
    struct spot spot;
};

struct routes {
    struct node root;
    struct spots *all;
};

/* ---- compiling ---- */

struct compiling {
    struct arena *arena;
    struct routes *routes;
    str *problem;
};

static enum err unfit(struct compiling *k, const struct route *r,
                      const char *why)
{
    *k->problem = arena_printf(k->arena, "route %s %s: %s", r->method, r->path,
                               why);
    return ERR_INPUT;
}

static struct node *literal_child(struct compiling *k, struct node *n,
                                  str text)
{
    for (struct node *c = n->child; c; c = c->sibling)
        if (str_eq(c->text, text))
            return c;
    struct node *c = ARENA_NEW(k->arena, struct node);
    c->text = text;
    c->sibling = n->child;
    n->child = c;
    return c;
}

/* Walks or makes the nodes of a path; the names of its parameters go into
 * *spot.  NULL when the path is not of the known form. */
static struct node *walk_path(struct compiling *k, const char *path,
                              struct spot *spot)
{
    struct node *n = &k->routes->root;
    str rest = str_of(path);
    if (rest.n == 0 || rest.p[0] != '/')
        return NULL;
    rest = rest.n > 1 ? str_slice(rest, 1, rest.n) : str_none;
    while (!str_is_none(rest)) {
        str s = str_cut(&rest, '/');
        if (s.n == 0)
            return NULL;
        if (s.p[0] != '{') {
            n = literal_child(k, n, s);
            continue;
        }
        if (s.n < 3 || s.p[s.n - 1] != '}' || spot->params == HTTP_PARAMS)
            return NULL;
        spot->name[spot->params++] =
            arena_cstr(k->arena, str_slice(s, 1, s.n - 1));
        if (n->wild == NULL)
            n->wild = ARENA_NEW(k->arena, struct node);
        n = n->wild;
    }
    return n;
}

static bool same_names(const struct spot *a, const struct spot *b)
{
    if (a->params != b->params)
        return false;
    for (int i = 0; i < a->params; i++)
        if (strcmp(a->name[i], b->name[i]) != 0)
            return false;
    return true;
}

static const char *allow_of(const struct spot *s)
{
    if (s->get && s->post)
        return "GET, HEAD, POST, OPTIONS";
    return s->get ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
}

static enum err add_route(struct compiling *k, const struct route *r)
{
    struct spot names = { 0 };
    struct node *n = walk_path(k, r->path, &names);
    if (n == NULL)
        return unfit(k, r, "not a path of the form /word/{name}");
    if (n->spot == NULL) {
        struct spots *s = ARENA_NEW(k->arena, struct spots);
        s->spot = names;
        s->next = k->routes->all;
        k->routes->all = s;
        n->spot = &s->spot;
    }
    if (!same_names(n->spot, &names))
        return unfit(k, r, "its {names} differ from another row's");
    bool get = strcmp(r->method, "GET") == 0;
    if (!get && strcmp(r->method, "POST") != 0)
        return unfit(k, r, "the method is neither GET nor POST");
    const struct route **place = get ? &n->spot->get : &n->spot->post;
    if (*place)
        return unfit(k, r, "another row has it already");
    if (r->handle == NULL || r->may == NULL)
        return unfit(k, r, "no handler, or nobody may");
    if ((r->flags & ROUTE_PURE) && strcmp(r->may, "anyone") != 0)
        return unfit(k, r, "a pure route is for anyone");
    if (r->topic < 0 || r->topic >= STORE_TOPICS)
        return unfit(k, r, "no such topic");
    *place = r;
    n->spot->allow = allow_of(n->spot);
    return OK;
}

enum err routes_compile(const struct module *const *modules, struct arena *a,
                        struct routes **out, str *problem)
{
    struct compiling k = { a, ARENA_NEW(a, struct routes), problem };
    for (; *modules; modules++)
        for (const struct route *r = (*modules)->routes; r && r->method; r++) {
            enum err e = add_route(&k, r);
            if (e != OK)
                return e;
        }
    *out = k.routes;
    return OK;
}

/* ---- finding ---- */

static bool fit_for_use(str s)
{
    if (s.n == 0 || s.n > HTTP_PARAM_BYTES || str_is(s, ".") ||
        str_is(s, ".."))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7f || c == '/' || c == '\\')
            return false;
    }
    /* U+0080 to U+009F, the other control characters, start with 0xC2. */
    for (size_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '\xc2' && (unsigned char)s.p[i + 1] < 0xa0)
            return false;
    return true;
}

static enum err decode_segment(struct arena *a, str *s)
{
    if (memchr(s->p, '%', s->n) || !utf8_valid(*s)) {
        enum err e = form_decode(a, *s, false, s);
        if (e != OK)
            return e;
    }
    return fit_for_use(*s) ? OK : ERR_NOTFOUND;
}

static const struct node *step(const struct node *n, str s)
{
    for (const struct node *c = n->child; c; c = c->sibling)
        if (str_eq(c->text, s))
            return c;
    return NULL;
}

enum err routes_find(const struct routes *r, struct arena *a, str path,
                     const struct spot **out, str value[HTTP_PARAMS])
{
    const struct node *n = &r->root;
    if (path.n == 0 || path.p[0] != '/')
        return ERR_INPUT;
    str rest = path.n > 1 ? str_slice(path, 1, path.n) : str_none;
    int params = 0;
    while (!str_is_none(rest)) {
        str s = str_cut(&rest, '/');
        enum err e = decode_segment(a, &s);
        if (e != OK)
            return e;
        const struct node *next = step(n, s);
        if (next == NULL && n->wild && params < HTTP_PARAMS) {
            value[params++] = s;
            next = n->wild;
        }
        if (next == NULL)
            return ERR_NOTFOUND;
        n = next;
    }
    if (n->spot == NULL)
        return ERR_NOTFOUND;
    *out = n->spot;
    return OK;
}

const struct spot *routes_of_page(const struct routes *r, const char *page)
{
    for (const struct spots *s = r->all; s; s = s->next)
        if (s->spot.get && s->spot.get->page &&
            strcmp(s->spot.get->page, page) == 0)
            return &s->spot;
    return NULL;
}
