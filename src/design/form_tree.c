/*
 * The tree of a form: found by code, changed in place, written so that people
 * can read it and two versions can be laid side by side.
 *
 * The tree lives in a request's arena and is written out whole, so a change is
 * no more than a pointer moved.
 */
#include "design/form.h"

const struct form_thing_name form_things[FORM_THINGS] = {
    [FORM_HEAD] = { "head", "head", "", "code", "title", "基本信息" },
    [FORM_GROUP] = { "group", "groups", "groups", "code", "title", "分组" },
    [FORM_FIELD] = { "field", "fields", "fields", "name", "label", "问题" },
    [FORM_PAPER] = { "paper", "papers", "papers", "code", "name", "材料" },
    [FORM_PART] = { "part", "parts", "parts", "code", "title", "部门事项" },
};

bool form_code_ok(str code)
{
    bool ok = code.n > 0 && code.n <= FORM_CODE && code.p[0] >= 'a' &&
              code.p[0] <= 'z';
    for (size_t i = 0; ok && i < code.n; i++) {
        char c = code.p[i];
        ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    return ok;
}

str form_element(struct arena *a, enum form_thing t, str code)
{
    return t == FORM_HEAD ? STR("head")
                          : arena_printf(a, "%s-%.*s", form_things[t].prefix,
                                         STR_ARG(code));
}

/* ---- finding ---- */

static struct value *member_list(const struct value *object, const char *name)
{
    const struct value *v = value_get(object, str_of(name));
    return v && v->kind == VALUE_LIST ? (struct value *)v : NULL;
}

struct value *form_list(const struct value *tree, enum form_thing t)
{
    if (t == FORM_HEAD)
        return NULL;
    if (t != FORM_FIELD)
        return member_list(tree, form_things[t].list);
    struct value *groups = member_list(tree, "groups");
    return groups && groups->first ? member_list(groups->first, "fields")
                                   : NULL;
}

static struct value *find_in(struct value *list, enum form_thing t, str code)
{
    str name = str_of(form_things[t].code);
    for (struct value *v = list ? list->first : NULL; v; v = v->next)
        if (str_eq(value_get_text(v, name), code))
            return v;
    return NULL;
}

struct value *form_find(const struct value *tree, enum form_thing t, str code,
                        struct value **in)
{
    struct value *list = t == FORM_FIELD ? NULL : form_list(tree, t), *found;
    if (t != FORM_FIELD) {
        if (in)
            *in = list;
        return find_in(list, t, code);
    }
    struct value *groups = form_list(tree, FORM_GROUP);
    for (struct value *g = groups ? groups->first : NULL; g; g = g->next) {
        list = member_list(g, "fields");
        found = find_in(list, t, code);
        if (in)
            *in = list;
        if (found)
            return found;
    }
    return NULL;
}

struct value *form_group_of(const struct value *tree, str field)
{
    struct value *groups = form_list(tree, FORM_GROUP);
    for (struct value *g = groups ? groups->first : NULL; g; g = g->next)
        if (find_in(member_list(g, "fields"), FORM_FIELD, field))
            return g;
    return NULL;
}

size_t form_count(const struct value *tree, enum form_thing t)
{
    if (t != FORM_FIELD) {
        const struct value *list = form_list(tree, t);
        return list ? list->count : 0;
    }
    size_t n = 0;
    const struct value *groups = form_list(tree, FORM_GROUP);
    for (const struct value *g = groups ? groups->first : NULL; g;
         g = g->next) {
        const struct value *fields = member_list(g, "fields");
        n += fields ? fields->count : 0;
    }
    return n;
}

bool form_listed(const struct value *list, str text)
{
    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (v->kind == VALUE_TEXT && str_eq(v->text, text))
            return true;
    return false;
}

/* ---- changing ---- */

static struct value *before_of(struct value *list, const struct value *one)
{
    struct value *v = list->first;
    while (v && v->next != one)
        v = v->next;
    return v;
}

void form_remove(struct value *list, struct value *one)
{
    struct value *before = before_of(list, one);
    if (list->first != one && before == NULL)
        return;
    *(list->first == one ? &list->first : &before->next) = one->next;
    if (list->last == one)
        list->last = list->first == NULL ? NULL : before;
    one->next = NULL;
    list->count--;
}

static void insert_after(struct value *list, struct value *before,
                         struct value *one)
{
    one->next = before ? before->next : list->first;
    *(before ? &before->next : &list->first) = one;
    if (one->next == NULL)
        list->last = one;
    list->count++;
}

void form_move(struct value *list, struct value *one, bool up)
{
    struct value *before = list->first == one ? NULL : before_of(list, one);
    struct value *after = one->next;
    if ((list->first != one && before == NULL) || (up ? !before : !after))
        return;
    struct value *place = after;
    if (up)
        place = list->first == before ? NULL : before_of(list, before);
    form_remove(list, one);
    insert_after(list, place, one);
}

void form_set(struct value *object, const char *name, struct value *v)
{
    str key = str_of(name);
    struct value *old = (struct value *)value_get(object, key);
    if (old == NULL) {
        if (v)
            value_add(object, key, v);
        return;
    }
    struct value *before = object->first == old ? NULL
                                                : before_of(object, old);
    form_remove(object, old);
    if (v == NULL)
        return;
    v->key = key;
    insert_after(object, before, v);
}

struct value *form_own_list(struct arena *a, struct value *object,
                            const char *name)
{
    struct value *list = member_list(object, name);
    if (list == NULL) {
        list = value_new(a, VALUE_LIST);
        form_set(object, name, list);
    }
    return list;
}

/* ---- writing ---- */

static bool spreads(const struct value *v)
{
    return v->kind == VALUE_LIST && v->first &&
           v->first->kind == VALUE_OBJECT && !str_is(v->key, "choices");
}

static bool holds_lists(const struct value *object)
{
    for (const struct value *m = object->first; m; m = m->next)
        if (spreads(m))
            return true;
    return false;
}

static void new_line(struct buf *b, int depth)
{
    buf_byte(b, '\n');
    for (int i = 0; i < depth; i++)
        buf_put(b, STR("  "));
}

static void put_key(struct buf *b, struct arena *a, const struct value *m)
{
    value_write_json(value_text(a, m->key), b);
    buf_put(b, STR(": "));
}

enum { DEEPEST = 8 }; /* what is deeper stays on one line */

static void write(struct buf *b, struct arena *a, const struct value *v,
                  int depth)
{
    bool object = v->kind == VALUE_OBJECT && (depth == 0 || holds_lists(v));
    if (depth > DEEPEST || (!object && !spreads(v))) {
        value_write_json(v, b);
        return;
    }
    buf_byte(b, object ? '{' : '[');
    for (const struct value *m = v->first; m; m = m->next) {
        new_line(b, depth + 1);
        if (object)
            put_key(b, a, m);
        write(b, a, m, depth + 1);
        if (m->next)
            buf_byte(b, ',');
    }
    new_line(b, depth);
    buf_byte(b, object ? '}' : ']');
}

str form_text(struct arena *a, const struct value *tree)
{
    struct buf b = { 0 };
    write(&b, a, tree, 0);
    buf_byte(&b, '\n');
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}
