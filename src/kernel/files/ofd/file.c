/* Members of an OFD and their XML, as trees small enough to hold. */
#include "kernel/files/ofd/inside.h"

#include <libxml/parser.h>
#include <stdlib.h>

/* ---- locations ---- */

str ofd_folder(str path)
{
    size_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return str_slice(path, 0, n);
}

/* Without the last folder: "Doc_0/Pages/" gives "Doc_0/". */
static void go_up(struct buf *b)
{
    if (b->n)
        b->n = ofd_folder(str_slice(buf_str(b), 0, b->n - 1)).n;
}

str ofd_place(struct arena *a, str folder, str location)
{
    struct buf b = { 0 };
    str rest = str_trim(location);
    if (!str_starts(rest, STR("/")))
        buf_put(&b, folder);
    while (!str_is_none(rest)) {
        str step = str_cut(&rest, '/');
        if (str_is(step, "..")) {
            go_up(&b);
        } else if (step.n && !str_is(step, ".")) {
            buf_put(&b, step);
            if (!str_is_none(rest))
                buf_byte(&b, '/');
        }
    }
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

/* ---- members ---- */

static enum err unfold(struct ofd *o, str path, size_t most, char **bytes,
                       size_t *n)
{
    enum { NAME = 200 };
    size_t left = OFD_UNFOLDED - o->unfolded;
    if (path.n == 0 || path.n > NAME)
        return ERR_NOTFOUND;
    enum err e = pack_member(o->pack, arena_cstr(&o->a, path),
                             most < left ? most : left, bytes, n);
    if (e == OK)
        o->unfolded += *n;
    return e;
}

enum err ofd_member(struct ofd *o, str folder, str location, size_t most,
                    char **bytes, size_t *n, str *path)
{
    *bytes = NULL;
    *path = ofd_place(&o->a, folder, location);
    enum err e = unfold(o, *path, most, bytes, n);
    if (e != ERR_NOTFOUND)
        return e;
    /* Many writers mean the root without saying so with a slash. */
    *path = ofd_place(&o->a, STR(""), location);
    return unfold(o, *path, most, bytes, n);
}

/* ---- trees ---- */

/* No document type: none of these files has one, and a bomb needs one. */
static xmlDocPtr parsed(const char *xml, size_t n)
{
    xmlDocPtr d = xmlReadMemory(xml, (int)n, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR |
                                    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    if (d && (d->intSubset || xmlDocGetRootElement(d) == NULL)) {
        xmlFreeDoc(d);
        return NULL;
    }
    return d;
}

xmlDocPtr ofd_tree(struct ofd *o, str folder, str location, bool own,
                   str *path)
{
    char *xml;
    size_t n;
    if ((!own && o->trees == OFD_TREES) ||
        ofd_member(o, folder, location, OFD_XML, &xml, &n, path) != OK)
        return NULL;
    xmlDocPtr d = parsed(xml, n);
    free(xml);
    if (d && !own)
        o->tree[o->trees++] = d;
    return d;
}

bool ofd_named(xmlNodePtr n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

static xmlNodePtr from(xmlNodePtr n, const char *name)
{
    while (n && !ofd_named(n, name))
        n = n->next;
    return n;
}

xmlNodePtr ofd_child(xmlNodePtr of, const char *name)
{
    return of ? from(of->children, name) : NULL;
}

xmlNodePtr ofd_next(xmlNodePtr of)
{
    return from(of->next, (const char *)of->name);
}

static const char *said(xmlNodePtr text)
{
    while (text && text->type != XML_TEXT_NODE)
        text = text->next;
    return text ? (const char *)text->content : NULL;
}

const char *ofd_attribute(xmlNodePtr n, const char *name)
{
    xmlAttrPtr a = n ? xmlHasProp(n, BAD_CAST name) : NULL;
    return a ? said(a->children) : NULL;
}

const char *ofd_text(xmlNodePtr n)
{
    return n ? said(n->children) : NULL;
}

const char *ofd_child_text(xmlNodePtr n, const char *name)
{
    return ofd_text(ofd_child(n, name));
}

bool ofd_truth(xmlNodePtr n, const char *name, bool otherwise)
{
    const char *s = ofd_attribute(n, name);
    if (s == NULL)
        return otherwise;
    return strcmp(s, "true") == 0 || strcmp(s, "1") == 0;
}
