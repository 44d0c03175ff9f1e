/*
 * Types of a model: item definitions, in any order and referring to each other
 * and to imported models.  A definition is made first and filled afterwards, so
 * that one may contain itself in a list.
 */
#include "kernel/rules/model.h"

static void fill(struct loader *l, const struct dmn_file *f, xmlNode *n,
                 struct type *t);

static str local_part(str name)
{
    return str_starts(name, STR("feel:")) ? str_slice(name, 5, name.n) : name;
}

static const struct type *item_type(const struct dmn_file *f, str name)
{
    for (uint32_t i = 0; i < f->n_items; i++)
        if (str_eq(f->items[i].name, name))
            return f->items[i].type;
    return NULL;
}

/* "import.tName" or, of an import without a name, "tName". */
static const struct type *imported_type(const struct dmn_file *f, str name)
{
    for (uint32_t i = 0; i < f->n_imports; i++) {
        const struct import *in = &f->imports[i];
        str rest = name;
        if (in->file == NULL)
            continue;
        if (in->name.n) {
            if (!str_starts(name, in->name) || name.n <= in->name.n + 1 ||
                name.p[in->name.n] != '.')
                continue;
            rest = str_slice(name, in->name.n + 1, name.n);
        }
        const struct type *t = item_type(in->file, rest);
        if (t)
            return t;
    }
    return NULL;
}

const struct type *dmn_find_type(const void *where, str name)
{
    const struct dmn_file *f = where;
    const struct type *t = item_type(f, name);
    return t ? t : imported_type(f, name);
}

/* DMN 1.1 wrote "prefix:tName" for types of other models. */
static const struct type *prefixed_type(const struct dmn_file *f, str name)
{
    str_cut(&name, ':');
    const struct type *t = item_type(f, name);
    for (uint32_t i = 0; t == NULL && i < f->n_imports; i++)
        if (f->imports[i].file)
            t = item_type(f->imports[i].file, name);
    return t ? t : type_builtin(name);
}

const struct type *dmn_type(struct loader *l, const struct dmn_file *f,
                            str reference)
{
    str name = local_part(str_trim(reference));
    if (name.n == 0)
        return NULL;
    const struct type *t = dmn_find_type(f, name);
    if (t == NULL)
        t = type_builtin(name);
    if (t == NULL && str_find_byte(name, ':') > 0 &&
        str_find_byte(name, '<') < 0)
        t = prefixed_type(f, name);
    if (t == NULL) {
        struct names none = { 0 };
        struct parse_input in = { .arena = l->a, .text = name,
                                  .members = &none, .find_type = dmn_find_type,
                                  .where = f, .type_names = &f->type_names };
        t = feel_parse_type(&in);
    }
    if (t == NULL)
        problem(l, false, arena_printf(l->a, "没有名为“%.*s”的类型。",
                                       STR_ARG(name)));
    return t;
}

static const struct node *tests_of(struct loader *l, const struct dmn_file *f,
                                   xmlNode *n)
{
    str text = xml_child_text(l->a, n);
    if (str_is_none(text) || str_trim(text).n == 0)
        return NULL;
    struct scope scope = { 0 };
    struct compile c = { .l = l, .file = f, .scope = &scope };
    return compile_text(&c, text, FEEL_UNARY_TESTS);
}

static void fill_members(struct loader *l, const struct dmn_file *f,
                         xmlNode *n, struct type *t)
{
    uint32_t count = xml_count(n, "itemComponent");
    struct member *members = ARENA_NEW_N(l->a, struct member, count);
    t->kind = T_CONTEXT;
    t->members = members;
    for (xmlNode *c = xml_child(n, "itemComponent"); c;
         c = xml_next(c, "itemComponent")) {
        struct type *inside = ARENA_NEW(l->a, struct type);
        struct member *m = &members[t->n++];
        m->name = spaced_name(l->a, xml_attr(l->a, c, "name"));
        m->type = inside;
        names_add_once(l->a, &l->m->members, m->name);
        fill(l, f, c, inside);
    }
}

static void fill_function(struct loader *l, const struct dmn_file *f,
                          xmlNode *n, struct type *t)
{
    uint32_t count = xml_count(n, "parameters");
    struct member *members = ARENA_NEW_N(l->a, struct member, count);
    t->kind = T_FUNCTION;
    t->members = members;
    for (xmlNode *p = xml_child(n, "parameters"); p;
         p = xml_next(p, "parameters"), t->n++) {
        members[t->n].name = xml_attr(l->a, p, "name");
        members[t->n].type = dmn_type(l, f, xml_attr(l->a, p, "typeRef"));
    }
    t->element = dmn_type(l, f, xml_attr(l->a, n, "outputTypeRef"));
}

/* The definition without regard to isCollection. */
static void fill_base(struct loader *l, const struct dmn_file *f, xmlNode *n,
                      struct type *t)
{
    xmlNode *reference = xml_child(n, "typeRef");
    xmlNode *function = xml_child(n, "functionItem");
    if (xml_child(n, "itemComponent")) {
        fill_members(l, f, n, t);
    } else if (function) {
        fill_function(l, f, function, t);
    } else {
        t->kind = T_ANY;
        if (reference)
            t->base = dmn_type(l, f, xml_text(l->a, reference));
    }
    t->allowed = tests_of(l, f, xml_child(n, "allowedValues"));
}

static void fill(struct loader *l, const struct dmn_file *f, xmlNode *n,
                 struct type *t)
{
    str many = xml_attr(l->a, n, "isCollection");
    const struct node *constraint = tests_of(l, f,
                                             xml_child(n, "typeConstraint"));
    t->name = spaced_name(l->a, xml_attr(l->a, n, "name"));
    if (str_is(many, "true") || str_is(many, "1")) {
        struct type *element = ARENA_NEW(l->a, struct type);
        fill_base(l, f, n, element);
        element->name = str_none;
        t->kind = T_LIST;
        t->element = element;
        t->allowed = constraint;
        return;
    }
    fill_base(l, f, n, t);
    if (constraint && t->allowed) {
        struct type *base = ARENA_NEW(l->a, struct type);
        *base = *t;
        *t = (struct type){ .name = base->name, .base = base };
    }
    if (constraint)
        t->allowed = constraint;
}

void dmn_items_build(struct loader *l, struct dmn_file *f)
{
    for (uint32_t i = 0; i < f->n_items; i++) {
        l->element = f->items[i].name;
        fill(l, f, f->items[i].xml, f->items[i].type);
    }
}
