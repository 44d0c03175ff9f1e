/*
 * Loading a model: what there is, what imports what, what needs what, then the
 * expressions.  These are compiled twice -- the first time to learn all names
 * of members, which decide where a name with spaces ends, wherever in the model
 * they are introduced.
 */
#include "kernel/rules/model.h"

#include <libxml/parser.h>
#include <string.h>

/* ---- what there is ---- */

static bool element_kind_of(const xmlNode *n, uint8_t *kind)
{
    static const char *const names[] = {
        [EL_INPUT] = "inputData", [EL_DECISION] = "decision",
        [EL_BKM] = "businessKnowledgeModel", [EL_SERVICE] = "decisionService",
    };
    for (uint8_t i = 0; i < 4; i++)
        if (xml_is(n, names[i])) {
            *kind = i;
            return true;
        }
    return false;
}

static void element_read(struct loader *l, struct dmn_file *f, xmlNode *n,
                         uint8_t kind)
{
    struct element *e = &f->elements[f->n_elements++];
    xmlNode *variable = xml_child(n, "variable");
    e->kind = kind;
    e->index = l->m->n_elements++;
    e->id = xml_attr(l->a, n, "id");
    e->file = f;
    e->xml = n;
    str name = xml_attr(l->a, variable, "name");
    if (str_is_none(name) || kind == EL_DECISION || kind == EL_SERVICE)
        name = xml_attr(l->a, n, "name");
    if (str_is_none(name))
        name = xml_attr(l->a, variable, "name");
    e->name = spaced_name(l->a, name);
    if (e->name.n)
        names_add_once(l->a, &l->m->members, e->name);
}

static void import_read(struct loader *l, struct dmn_file *f, xmlNode *n)
{
    struct import *in = &f->imports[f->n_imports++];
    in->name = spaced_name(l->a, xml_attr(l->a, n, "name"));
    in->space = xml_attr(l->a, n, "namespace");
}

static void item_read(struct loader *l, struct dmn_file *f, xmlNode *n)
{
    struct item *i = &f->items[f->n_items++];
    i->name = spaced_name(l->a, xml_attr(l->a, n, "name"));
    i->xml = n;
    i->type = ARENA_NEW(l->a, struct type);
    names_add(l->a, &f->type_names, i->name);
}

static void file_read(struct loader *l, struct dmn_file *f)
{
    uint32_t elements = 0;
    uint8_t kind;
    for (xmlNode *n = xml_element(f->root->children); n;
         n = xml_element(n->next))
        elements += element_kind_of(n, &kind);
    if (elements > DMN_MAX_ELEMENTS) {
        problem(l, true, STR("模型的元素过多。"));
        elements = 0;
    }
    uint32_t room = elements;
    f->elements = ARENA_NEW_N(l->a, struct element, elements);
    f->imports = ARENA_NEW_N(l->a, struct import, xml_count(f->root, "import"));
    f->items = ARENA_NEW_N(l->a, struct item,
                           xml_count(f->root, "itemDefinition"));
    for (xmlNode *n = xml_element(f->root->children); n;
         n = xml_element(n->next)) {
        if (element_kind_of(n, &kind) && f->n_elements < room)
            element_read(l, f, n, kind);
        else if (xml_is(n, "import"))
            import_read(l, f, n);
        else if (xml_is(n, "itemDefinition"))
            item_read(l, f, n);
    }
}

/* Imports of schemas or PMML are no models. */
static bool no_model(str space)
{
    return str_find(space, STR("PMML")) >= 0 || str_ends(space, STR(".xsd"));
}

static void imports_find(struct loader *l, struct dmn_file *f)
{
    for (uint32_t i = 0; i < f->n_imports; i++) {
        struct import *in = &f->imports[i];
        for (uint32_t k = 0; k < l->m->n_files; k++)
            if (&l->m->files[k] != f &&
                str_eq(l->m->files[k].space, in->space))
                in->file = &l->m->files[k];
        if (in->file == NULL && !no_model(in->space)) {
            l->element = in->name;
            problem(l, false, arena_printf(l->a, "找不到所导入的模型“%.*s”。",
                                           STR_ARG(in->space)));
        }
        for (uint32_t k = 0; in->file && k < in->file->n_items; k++) {
            str name = in->file->items[k].name;
            if (in->name.n)
                name = arena_printf(l->a, "%.*s.%.*s", STR_ARG(in->name),
                                    STR_ARG(name));
            names_add(l->a, &f->type_names, name);
        }
    }
}

/* ---- what needs what ---- */

static struct element *by_id(const struct dmn_file *f, str id)
{
    for (uint32_t i = 0; i < f->n_elements; i++)
        if (str_eq(f->elements[i].id, id) && f->elements[i].id.n)
            return &f->elements[i];
    return NULL;
}

/* "#id" here, "namespace#id" elsewhere. */
static struct element *target(const struct dmn_file *f, str href, str *prefix)
{
    *prefix = STR("");
    str space = str_cut(&href, '#');
    if (str_is_none(href))
        return by_id(f, space);
    if (space.n == 0 || str_eq(space, f->space))
        return by_id(f, href);
    for (uint32_t i = 0; i < f->n_imports; i++)
        if (f->imports[i].file && str_eq(f->imports[i].space, space)) {
            *prefix = f->imports[i].name;
            return by_id(f->imports[i].file, href);
        }
    return NULL;
}

static void need_add(struct loader *l, struct element *e, xmlNode *reference)
{
    str href = xml_attr(l->a, reference, "href"), prefix;
    const struct element *of = target(e->file, href, &prefix);
    if (of == NULL) {
        problem(l, false, arena_printf(l->a, "找不到所引用的“%.*s”。",
                                       STR_ARG(href)));
        return;
    }
    e->needs[e->n_needs++] = (struct requirement){ of, prefix };
}

static void needs_read(struct loader *l, struct element *e)
{
    static const char *const kinds[] = { "informationRequirement",
                                         "knowledgeRequirement" };
    static const char *const references[] = {
        "requiredDecision", "requiredInput", "requiredKnowledge"
    };
    uint32_t count = xml_count(e->xml, kinds[0]) + xml_count(e->xml, kinds[1]);
    e->needs = ARENA_NEW_N(l->a, struct requirement, count * 3);
    for (int k = 0; k < 2; k++)
        for (xmlNode *n = xml_child(e->xml, kinds[k]); n;
             n = xml_next(n, kinds[k]))
            for (int r = 0; r < 3; r++) {
                xmlNode *reference = xml_child(n, references[r]);
                if (reference)
                    need_add(l, e, reference);
            }
}

static void references_read(struct loader *l, struct element *e,
                            const char *name, struct requirement *out,
                            uint32_t *n)
{
    for (xmlNode *k = xml_child(e->xml, name); k; k = xml_next(k, name)) {
        str prefix, href = xml_attr(l->a, k, "href");
        const struct element *of = target(e->file, href, &prefix);
        if (of)
            out[(*n)++] = (struct requirement){ of, prefix };
        else
            problem(l, true, arena_printf(l->a, "找不到所引用的“%.*s”。",
                                          STR_ARG(href)));
    }
}

/* Input data first, then input decisions: the order of the parameters. */
static void service_read(struct loader *l, struct element *e)
{
    e->outputs = ARENA_NEW_N(l->a, struct requirement,
                             xml_count(e->xml, "outputDecision"));
    e->given = ARENA_NEW_N(l->a, struct requirement,
                           xml_count(e->xml, "inputData") +
                               xml_count(e->xml, "inputDecision"));
    references_read(l, e, "outputDecision", e->outputs, &e->n_outputs);
    references_read(l, e, "inputData", e->given, &e->n_given);
    references_read(l, e, "inputDecision", e->given, &e->n_given);
}

/* ---- expressions ---- */

static const struct scope *scope_of(struct loader *l, const struct element *e)
{
    struct scope *s = ARENA_NEW(l->a, struct scope);
    for (uint32_t i = 0; i < e->n_needs; i++) {
        str name = e->needs[i].prefix.n ? e->needs[i].prefix
                                        : e->needs[i].of->name;
        names_add_once(l->a, &s->names, name);
    }
    for (uint32_t i = 0; i < e->file->n_imports; i++)
        if (e->file->imports[i].name.n)
            names_add_once(l->a, &s->names, e->file->imports[i].name);
    return s;
}

static void bkm_compile(struct compile *c, struct element *e)
{
    xmlNode *logic = xml_child(e->xml, "encapsulatedLogic");
    if (logic == NULL)
        return;
    c->scope = scope_with(c, c->scope, e->name); /* it may call itself */
    struct node *f = compile_function(c, logic);
    e->params = f->names;
    e->param_types = f->types;
    e->n_params = f->n_names;
    e->logic = f->kid[0];
    e->external = f->sub;
}

static void element_compile(struct loader *l, struct element *e)
{
    l->element = e->id.n ? e->id : e->name;
    str reference = xml_attr(l->a, xml_child(e->xml, "variable"), "typeRef");
    if (!str_is_none(reference))
        e->type = dmn_type(l, e->file, reference);
    struct compile c = { .l = l, .file = e->file, .element = e,
                         .scope = scope_of(l, e) };
    if (e->kind == EL_BKM)
        bkm_compile(&c, e);
    /* A function's own type tells the type of its result. */
    if ((e->kind == EL_BKM || e->kind == EL_SERVICE) && e->type &&
        type_core(e->type)->kind == T_FUNCTION)
        e->type = type_core(e->type)->element;
    if (e->kind == EL_DECISION) {
        struct node *logic = compile_body(&c, e->xml);
        function_typed(logic, &e->type);
        e->logic = logic;
    }
}

static void each_element(struct loader *l,
                         void (*f)(struct loader *l, struct element *e))
{
    for (uint32_t i = 0; i < l->m->n_files; i++)
        for (uint32_t k = 0; k < l->m->files[i].n_elements; k++) {
            struct element *e = &l->m->files[i].elements[k];
            l->element = e->id.n ? e->id : e->name;
            f(l, e);
        }
}

static void needs_of(struct loader *l, struct element *e)
{
    needs_read(l, e);
    if (e->kind == EL_SERVICE)
        service_read(l, e);
}

static void names_checked(struct loader *l, struct element *e)
{
    dmn_check_tables(l, e);
    for (uint32_t i = 0; i < e->file->n_elements; i++) {
        const struct element *other = &e->file->elements[i];
        if (other < e && str_eq(other->name, e->name))
            problem(l, false, arena_printf(l->a, "名称“%.*s”重复。",
                                           STR_ARG(e->name)));
    }
}

static void items_of_all(struct loader *l)
{
    for (uint32_t i = 0; i < l->m->n_files; i++)
        dmn_items_build(l, &l->m->files[i]);
}

static void own_names(struct loader *l, const struct dmn_file *f)
{
    for (uint32_t i = 0; i < f->n_elements; i++)
        names_add(l->a, &l->m->own, f->elements[i].name);
    for (uint32_t i = 0; i < f->n_imports; i++)
        names_add(l->a, &l->m->own, f->imports[i].name);
}

static void loaded(struct loader *l)
{
    for (uint32_t i = 0; i < l->m->n_files; i++)
        file_read(l, &l->m->files[i]);
    for (uint32_t i = 0; i < l->m->n_files; i++)
        imports_find(l, &l->m->files[i]);
    for (uint32_t i = 0; i < l->m->n_files; i++)
        own_names(l, &l->m->files[i]);
    each_element(l, needs_of);
    l->quiet = true;
    items_of_all(l);
    each_element(l, element_compile);
    for (uint32_t i = 0; i < l->m->n_files; i++)
        for (uint32_t k = 0; k < l->m->files[i].n_items; k++)
            *l->m->files[i].items[k].type = (struct type){ 0 };
    l->quiet = false;
    items_of_all(l);
    each_element(l, element_compile);
    dmn_check_cycles(l);
    each_element(l, names_checked);
}

/* ---- the public face ---- */

/* Only the first must be readable; of the others only what it imports. */
static bool source_open(struct loader *l, const struct dmn_source *s,
                        struct dmn_file *f, bool first)
{
    const char *why;
    f->source = arena_str(l->a, s->name);
    f->doc = xml_open(s->xml, &why);
    f->root = f->doc ? xmlDocGetRootElement(f->doc) : NULL;
    if (f->root && xml_is(f->root, "definitions")) {
        f->space = xml_attr(l->a, f->root, "namespace");
        f->name = xml_attr(l->a, f->root, "name");
        return true;
    }
    if (f->doc) {
        xmlFreeDoc(f->doc);
        f->doc = NULL;
        why = "不是 DMN 决策模型。";
    }
    if (first)
        note_add(l->a, l->notes, f->source, true, 0, str_of(why));
    return false;
}

static bool imports(struct loader *l, const struct dmn_file *f, str space)
{
    for (xmlNode *n = xml_child(f->root, "import"); n;
         n = xml_next(n, "import"))
        if (str_eq(xml_attr(l->a, n, "namespace"), space))
            return true;
    return false;
}

/* Keeps what the first file imports, directly or not, in front. */
static void keep_reachable(struct loader *l, uint32_t count)
{
    struct dmn_file *files = l->m->files;
    uint32_t n = 1;
    for (uint32_t from = 0; from < n; from++)
        for (uint32_t i = n; i < count; i++)
            if (imports(l, &files[from], files[i].space)) {
                struct dmn_file found = files[i];
                files[i] = files[n];
                files[n++] = found;
            }
    l->m->n_files = n;
}

struct loading {
    struct loader *l;
    const struct dmn_source *sources;
    size_t n;
    bool good;
};

static void load(struct ev *e, void *of)
{
    (void)e;
    struct loading *x = of;
    struct loader *l = x->l;
    uint32_t count = 0;
    for (size_t i = 0; i < x->n; i++) {
        if (source_open(l, &x->sources[i], &l->m->files[count], i == 0))
            count++;
        else if (i == 0)
            return;
    }
    keep_reachable(l, count);
    loaded(l);
    x->good = true;
}

enum err dmn_load(struct arena *a, const struct dmn_source *sources, size_t n,
                  struct dmn_model **out, struct feel_notes *notes)
{
    struct dmn_model *m = ARENA_NEW(a, struct dmn_model);
    struct loader l = { .a = a, .m = m, .notes = notes, .element = str_none };
    if (n == 0 || n > DMN_MAX_SOURCES)
        return ERR_INPUT;
    m->files = ARENA_NEW_N(a, struct dmn_file, n);
    struct ev e = ev_make(a, (inst){ 0 }, notes);
    struct loading x = { .l = &l, .sources = sources, .n = n };
    bool within = guarded(&e, load, &x);
    for (size_t i = 0; i < n; i++)
        if (m->files[i].doc) {
            xmlFreeDoc(m->files[i].doc);
            m->files[i].doc = NULL;
        }
    if (!within)
        note_add(a, notes, str_none, true, 0, STR("模型过大，无法读取。"));
    if (!within || !x.good)
        return ERR_INPUT;
    *out = m;
    return OK;
}
