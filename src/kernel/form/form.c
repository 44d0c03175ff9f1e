/*
 * A whole form: every declared field is looked up in what came, checked, and
 * put into a new tree under its own type.  What was not declared does not get
 * through.  All complaints are collected before anybody is told, because a
 * form that comes back four times with one complaint each is a form not worth
 * filling.
 */
#include "kernel/form/one.h"

struct checking {
    struct arena *arena;
    struct value *out;
    struct form_report *report;
    enum err worst;
};

/* A malformed field outweighs one that is only out of bounds. */
static void note(struct checking *k, const struct field *f, enum err e,
                 str sentence)
{
    if (k->worst != ERR_INPUT)
        k->worst = e;
    if (k->report->count == FORM_PROBLEMS)
        return;
    k->report->problem[k->report->count++] =
        (struct form_problem){ f->name, sentence };
}

/* What JSON may hold where a form has text. */
static bool text_of(struct arena *a, const struct value *v, str *out)
{
    if (v == NULL) {
        *out = STR("");
        return true;
    }
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL:
        *out = STR("");
        return true;
    case VALUE_BOOL:
        *out = v->i ? STR("1") : STR("");
        return true;
    case VALUE_INT:
        *out = arena_printf(a, "%lld", (long long)v->i);
        return true;
    case VALUE_DECIMAL:
    case VALUE_TEXT:
        *out = v->text;
        return true;
    default:
        return false;
    }
}

static struct value *typed(const struct form_one *c)
{
    struct arena *a = c->arena;
    enum field_type type = c->field->type;
    bool whole = field_is_int(c->field);
    if (type == FIELD_FLAG)
        return value_bool(a, c->number != 0);
    if (c->empty)
        return whole || type == FIELD_DAY ? value_new(a, VALUE_NULL)
                                          : value_text(a, STR(""));
    if (whole)
        return value_int(a, c->number);
    if (type == FIELD_DAY) {
        struct value *v = value_new(a, VALUE_DAY);
        v->i = c->number;
        return v;
    }
    return value_text(a, c->text);
}

/* Several check boxes of one name: each must be listed, none twice. */
static void check_several(struct checking *k, const struct field *f,
                          const struct value *given)
{
    struct value *list = value_new(k->arena, VALUE_LIST);
    const struct value *v = given ? given : list;
    bool many = v->kind == VALUE_LIST;
    for (v = many ? v->first : v; v; v = many ? v->next : NULL) {
        struct form_one c = { .arena = k->arena, .field = f };
        bool plain = text_of(k->arena, v, &c.text);
        enum err e = plain ? form_one(&c) : ERR_INPUT;
        if (e != OK || (int64_t)list->count == f->max) {
            note(k, f, ERR_INPUT,
                 e != OK && plain
                     ? c.sentence
                     : arena_printf(k->arena, "%s最多选 %lld 项", form_label(f),
                                    (long long)f->max));
            return;
        }
        if (!c.empty)
            value_push(list, value_text(k->arena, c.text));
    }
    if (list->count == 0 && f->min > 0)
        note(k, f, ERR_INPUT,
             arena_printf(k->arena, "请选择%s", form_label(f)));
    value_add(k->out, str_of(f->name), list);
}

static void check_field(struct checking *k, const struct field *f,
                        const struct value *given)
{
    str name = str_of(f->name);
    struct form_one c = { .arena = k->arena, .field = f };
    bool tree = given && (given->kind == VALUE_OBJECT ||
                          given->kind == VALUE_LIST);
    if (f->type == FIELD_ANY && tree) {
        struct value *copy = ARENA_NEW(k->arena, struct value);
        *copy = *given;
        value_add(k->out, name, copy);
        return;
    }
    if (!text_of(k->arena, given, &c.text)) {
        note(k, f, ERR_INPUT,
             arena_printf(k->arena, "%s只能填写一次", form_label(f)));
        return;
    }
    enum err e = form_one(&c);
    if (e != OK)
        note(k, f, e, c.sentence);
    else
        value_add(k->out, name, typed(&c));
}

enum err form_check(struct arena *a, const struct field *fields,
                    const struct value *inputs, struct value **out,
                    struct form_report *report)
{
    struct checking k = { a, value_new(a, VALUE_OBJECT), report, OK };
    report->count = 0;
    for (const struct field *f = fields; f && f->name; f++) {
        const struct value *given = value_get(inputs, str_of(f->name));
        if (f->type == FIELD_CHOICE && f->max > 1)
            check_several(&k, f, given);
        else
            check_field(&k, f, given);
    }
    if (k.worst == OK)
        *out = k.out;
    return k.worst;
}

bool form_secret(const struct field *fields, str name)
{
    for (const struct field *f = fields; f && f->name; f++)
        if (f->type == FIELD_SECRET && str_is(name, f->name))
            return true;
    return false;
}
