/*
 * Evaluating a requirement graph: each element once an evaluation, on demand,
 * from what it needs.  A decision service is evaluated in a run of its own, in
 * which what it is given counts as evaluated already.
 */
#include "kernel/rules/model.h"

enum { DEPTH = 64 };

enum state { FRESH, BUSY, DONE };

/* What is imported is evaluated in a run of its own for each import, because
 * its input may be given for each import separately. */
struct run {
    const struct dmn_model *m;
    fval input; /* a context */
    fval *results;
    uint8_t *states;
    str prefix;          /* of a run for an import */
    struct run *parent;  /* of a run for an import */
    struct run *imports, *next;
};

static fval element_value(struct ev *e, struct run *r,
                          const struct element *el);

static struct run *run_new(struct ev *e, const struct dmn_model *m, fval input)
{
    struct run *r = ARENA_NEW(e->arena, struct run);
    r->m = m;
    r->input = input;
    r->results = ARENA_NEW_N(e->arena, fval, m->n_elements);
    r->states = ARENA_NEW_N(e->arena, uint8_t, m->n_elements);
    return r;
}

static struct run *run_of_import(struct ev *e, struct run *r, str prefix)
{
    for (struct run *i = r->imports; i; i = i->next)
        if (str_eq(i->prefix, prefix))
            return i;
    fval input = fv_get(r->input, prefix);
    if (input == NULL || input->kind != K_CONTEXT)
        input = fv_context(e, NULL, 0);
    struct run *i = run_new(e, r->m, input);
    i->prefix = prefix;
    i->parent = r;
    i->next = r->imports;
    r->imports = i;
    return i;
}

static struct run *run_for(struct ev *e, struct run *r,
                           const struct requirement *q)
{
    return q->prefix.n ? run_of_import(e, r, q->prefix) : r;
}

/* ---- names in scope ---- */

static uint32_t slot(str *names, uint32_t *n, str name)
{
    for (uint32_t i = 0; i < *n; i++)
        if (str_eq(names[i], name))
            return i;
    names[*n] = name;
    return (*n)++;
}

/* What is imported stands in a context named as the import. */
static fval with_entry(struct ev *e, fval context, str key, fval v)
{
    uint32_t n = context ? context->n : 0;
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, n + 1);
    for (uint32_t i = 0; i < n; i++)
        entries[i] = context->entries[i];
    entries[n] = (struct entry){ key, v };
    return fv_context(e, entries, n + 1);
}

static struct env *scope_of(struct ev *e, struct run *r,
                            const struct element *el)
{
    struct env *env = env_new(e, NULL);
    str *names = ARENA_NEW_N(e->arena, str, el->n_needs);
    fval *values = ARENA_NEW_N(e->arena, fval, el->n_needs);
    env->names = names;
    env->values = values;
    for (uint32_t i = 0; i < el->n_needs; i++) {
        const struct requirement *q = &el->needs[i];
        fval v = element_value(e, run_for(e, r, q), q->of);
        if (q->prefix.n) {
            uint32_t at = slot(names, &env->n, q->prefix);
            values[at] = with_entry(e, values[at], q->of->name, v);
        } else {
            values[slot(names, &env->n, q->of->name)] = v;
        }
    }
    return env;
}

/* ---- elements ---- */

/* Input of an imported model is given inside a context named as the import,
 * as "import.name", or simply by its own name. */
static fval input_of(struct ev *e, struct run *r, const struct element *el)
{
    fval v = fv_get(r->input, el->name);
    str path = el->name;
    for (const struct run *i = r; v == NULL && i->parent; i = i->parent) {
        path = arena_printf(e->arena, "%.*s.%.*s", STR_ARG(i->prefix),
                            STR_ARG(path));
        v = fv_get(i->parent->input, path);
        if (v == NULL)
            v = fv_get(i->parent->input, el->name);
    }
    if (v == NULL)
        return null_because(e, "没有给出输入“%.*s”。", STR_ARG(el->name));
    return type_coerce(e, type_read(e, v, el->type, DEPTH), el->type);
}

static fval service_call(struct ev *e, const void *what, const void *outer,
                         fval *args)
{
    const struct element *el = what;
    const struct run *from = outer;
    struct run *r = run_new(e, from->m, fv_context(e, NULL, 0));
    for (uint32_t i = 0; i < el->n_given; i++) {
        struct run *in = run_for(e, r, &el->given[i]);
        in->results[el->given[i].of->index] = args[i];
        in->states[el->given[i].of->index] = DONE;
    }
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, el->n_outputs);
    for (uint32_t i = 0; i < el->n_outputs; i++) {
        const struct requirement *q = &el->outputs[i];
        entries[i] = (struct entry){ q->of->name,
                                     element_value(e, run_for(e, r, q),
                                                   q->of) };
    }
    return el->n_outputs == 1 ? entries[0].value
                              : fv_context(e, entries, el->n_outputs);
}

/* What is imported is known as "import.name". */
static str qualified(struct ev *e, const struct requirement *q)
{
    return q->prefix.n ? arena_printf(e->arena, "%.*s.%.*s",
                                      STR_ARG(q->prefix), STR_ARG(q->of->name))
                       : q->of->name;
}

static void service_function(struct ev *e, struct run *r,
                             const struct element *el, struct function *f)
{
    str *names = ARENA_NEW_N(e->arena, str, el->n_given);
    const struct type **types =
        ARENA_NEW_N(e->arena, const struct type *, el->n_given);
    for (uint32_t i = 0; i < el->n_given; i++) {
        names[i] = qualified(e, &el->given[i]);
        types[i] = el->given[i].of->type;
    }
    f->names = names;
    f->types = types;
    f->n = el->n_given;
    f->service = service_call;
    f->what = el;
    f->run = r;
}

static fval function_of(struct ev *e, struct run *r, const struct element *el)
{
    struct function *f = ARENA_NEW(e->arena, struct function);
    struct fv *v = fv_new(e, K_FUNCTION);
    v->function = f;
    f->element = el->id.n ? el->id : el->name;
    f->result = el->type;
    if (el->kind == EL_SERVICE) {
        service_function(e, r, el, f);
        return v;
    }
    f->names = el->params;
    f->types = el->param_types;
    f->n = el->n_params;
    if (el->external)
        f->java = java_method(e, eval(e, el->logic, NULL));
    else
        f->body = el->logic;
    /* Known to itself, and to those it calls that call it, before what it
     * needs is looked for. */
    r->results[el->index] = v;
    r->states[el->index] = DONE;
    struct env *self = env_new(e, NULL);
    str *name = ARENA_NEW(e->arena, str);
    fval *value = ARENA_NEW(e->arena, fval);
    *name = el->name;
    *value = v;
    self->names = name;
    self->values = value;
    self->n = 1;
    struct env *needs = scope_of(e, r, el);
    needs->up = self;
    f->env = needs;
    return v;
}

static fval decision_of(struct ev *e, struct run *r, const struct element *el)
{
    if (el->cyclic)
        return null_because(e, "决策的依赖成环。");
    if (el->logic == NULL) /* its result may be given instead */
        return fv_get(r->input, el->name) ? input_of(e, r, el)
                                          : null_because(e, "决策没有内容。");
    struct env *env = scope_of(e, r, el);
    return type_coerce(e, eval(e, el->logic, env), el->type);
}

static fval element_value(struct ev *e, struct run *r,
                          const struct element *el)
{
    if (r->states[el->index] == DONE)
        return r->results[el->index];
    if (r->states[el->index] == BUSY)
        return null_because(e, "决策的依赖成环。");
    if (too_deep(e))
        return null_bound(e, "依赖过深");
    str element = e->element;
    e->element = el->id.n ? el->id : el->name;
    e->depth++;
    r->states[el->index] = BUSY;
    fval v = el->kind == EL_INPUT      ? input_of(e, r, el)
             : el->kind == EL_DECISION ? decision_of(e, r, el)
                                       : function_of(e, r, el);
    r->results[el->index] = v;
    r->states[el->index] = DONE;
    e->depth--;
    e->element = element;
    return v;
}

/* ---- the public face ---- */

const struct element *dmn_find(const struct dmn_model *m, str name)
{
    for (uint32_t i = 0; i < m->n_files; i++)
        for (uint32_t k = 0; k < m->files[i].n_elements; k++) {
            const struct element *el = &m->files[i].elements[k];
            if (el->kind != EL_INPUT && str_eq(el->name, name))
                return el;
        }
    for (uint32_t i = 0; i < m->n_files; i++)
        for (uint32_t k = 0; k < m->files[i].n_elements; k++) {
            const struct element *el = &m->files[i].elements[k];
            if (el->kind != EL_INPUT && el->id.n && str_eq(el->id, name))
                return el;
        }
    return NULL;
}

/* Arguments of a service or BKM are taken from the input by name. */
static fval invoked(struct ev *e, struct run *r, const struct element *el)
{
    fval f = element_value(e, r, el);
    if (f->kind != K_FUNCTION)
        return f;
    uint32_t n = f->function->n;
    fval *args = ARENA_NEW_N(e->arena, fval, n);
    for (uint32_t i = 0; i < n; i++) {
        fval v = fv_get(r->input, f->function->names[i]);
        if (v == NULL && el->kind == EL_SERVICE &&
            el->given[i].of->kind == EL_INPUT)
            v = input_of(e, run_for(e, r, &el->given[i]), el->given[i].of);
        const struct type *t =
            f->function->types ? f->function->types[i] : NULL;
        args[i] = v ? type_read(e, v, t, DEPTH) : &fv_null;
    }
    return call_function(e, f, args, n);
}

fval dmn_value(struct ev *e, const struct dmn_model *m,
               const struct element *el, fval input)
{
    struct run *r = run_new(e, m, input);
    return el->kind == EL_DECISION ? element_value(e, r, el)
                                   : invoked(e, r, el);
}

struct evaluation {
    const struct dmn_model *m;
    const struct element *el;
    const struct value *input;
    struct value *out;
};

static void evaluate(struct ev *e, void *of)
{
    struct evaluation *x = of;
    fval input = fv_from_tree(e, x->input, DEPTH);
    if (input->kind != K_CONTEXT)
        input = fv_context(e, NULL, 0);
    x->out = fv_to_tree(e, dmn_value(e, x->m, x->el, input), DEPTH);
}

enum err dmn_evaluate(const struct dmn_model *m, str decision,
                      const struct value *input, inst now, struct arena *a,
                      struct value **out, struct feel_notes *notes)
{
    struct evaluation x = { .m = m, .input = input };
    x.el = dmn_find(m, decision);
    if (x.el == NULL)
        return ERR_NOTFOUND;
    struct ev e = ev_make(a, now, notes);
    bool good = guarded(&e, evaluate, &x);
    if (!good)
        null_bound(&e, "内存");
    *out = good && !e.bounded_out ? x.out : value_new(a, VALUE_NULL);
    return good && !e.bounded_out ? OK : ERR_RANGE;
}

struct value *dmn_describe(const struct dmn_model *m, struct arena *a)
{
    static const struct {
        const char *list;
        enum element_kind kind;
    } lists[] = { { "inputs", EL_INPUT }, { "decisions", EL_DECISION },
                  { "services", EL_SERVICE } };
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct value *list = view_list(&v, lists[i].list);
        const struct dmn_file *f = &m->files[0];
        for (uint32_t k = 0; k < f->n_elements; k++) {
            const struct element *el = &f->elements[k];
            if (el->kind != lists[i].kind)
                continue;
            struct view row = view_row(&v, list);
            view_text(&row, "id", el->id);
            view_text(&row, "name", el->name);
            view_text(&row, "type", type_text(a, el->type));
        }
    }
    return v.object;
}

str dmn_main_decision(const struct dmn_model *m, struct arena *a, str key)
{
    const struct value *list = value_get(dmn_describe(m, a), STR("decisions"));
    for (const struct value *d = list->first; d; d = d->next)
        if (str_eq(value_get_text(d, STR("id")), key) ||
            str_eq(value_get_text(d, STR("name")), key))
            return key;
    return list->first ? value_get_text(list->first, STR("name")) : STR("");
}
