#include "base/value.h"

#include <string.h>

struct value *value_new(struct arena *a, enum value_kind kind)
{
    struct value *v = ARENA_NEW(a, struct value);
    v->kind = (uint8_t)kind;
    return v;
}

struct value *value_text(struct arena *a, str s)
{
    struct value *v = value_new(a, str_is_none(s) ? VALUE_NULL : VALUE_TEXT);
    v->text = s;
    return v;
}

static struct value *value_number(struct arena *a, enum value_kind kind,
                                  int64_t i)
{
    struct value *v = value_new(a, kind);
    v->i = i;
    return v;
}

struct value *value_int(struct arena *a, int64_t i)
{
    return value_number(a, VALUE_INT, i);
}

struct value *value_bool(struct arena *a, bool b)
{
    return value_number(a, VALUE_BOOL, b);
}

struct value *value_add(struct value *object, str key, struct value *v)
{
    v->key = key;
    v->next = NULL;
    if (object->last)
        object->last->next = v;
    else
        object->first = v;
    object->last = v;
    object->count++;
    return v;
}

struct value *value_push(struct value *list, struct value *v)
{
    return value_add(list, str_none, v);
}

const struct value *value_get(const struct value *object, str key)
{
    if (object == NULL || object->kind != VALUE_OBJECT)
        return NULL;
    for (const struct value *v = object->first; v; v = v->next)
        if (str_eq(v->key, key))
            return v;
    return NULL;
}

const struct value *value_at(const struct value *list, size_t i)
{
    if (list == NULL || list->kind != VALUE_LIST)
        return NULL;
    const struct value *v = list->first;
    while (v && i-- > 0)
        v = v->next;
    return v;
}

str value_get_text(const struct value *object, str key)
{
    const struct value *v = value_get(object, key);
    return v && v->kind == VALUE_TEXT ? v->text : str_none;
}

int64_t value_get_int(const struct value *object, str key, int64_t otherwise)
{
    const struct value *v = value_get(object, key);
    return v && v->kind == VALUE_INT ? v->i : otherwise;
}

str value_word(const struct value *object, str key)
{
    str s = value_get_text(object, key);
    return str_is_none(s) ? STR("") : s;
}

static const struct value *list_named(const struct value *object, str key)
{
    const struct value *v = value_get(object, key);
    return v && v->kind == VALUE_LIST ? v : NULL;
}

const struct value *value_first(const struct value *object, str key)
{
    const struct value *list = list_named(object, key);
    return list ? list->first : NULL;
}

size_t value_count(const struct value *object, str key)
{
    const struct value *list = list_named(object, key);
    return list ? list->count : 0;
}

bool value_truth(const struct value *v)
{
    if (v == NULL)
        return false;
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL:
        return false;
    case VALUE_BOOL:
        return v->i != 0;
    case VALUE_TEXT:
    case VALUE_HTML:
        return v->text.n > 0;
    case VALUE_LIST:
        return v->count > 0;
    default:
        return true;
    }
}

/* ---- as a page shows it ---- */

static void write_grouped(int64_t i, struct buf *out)
{
    struct buf plain = { 0 };
    buf_int(&plain, i);
    for (size_t k = 0; k < plain.n; k++) {
        size_t left = plain.n - k;
        if (k > (i < 0) && left % 3 == 0)
            buf_byte(out, ',');
        buf_byte(out, plain.p[k]);
    }
    buf_free(&plain);
}

static void write_day(day d, int style, struct buf *out)
{
    char text[DAY_TEXT];
    int y, m, md;
    day_split(d, &y, &m, &md);
    str full = day_text(d, text);
    if (style == STYLE_LONG)
        buf_printf(out, "%d 月 %d 日", m, md);
    else
        buf_put(out, style == STYLE_SHORT ? str_slice(full, 5, 10) : full);
}

static void write_inst(inst t, int style, struct buf *out)
{
    char text[INST_TEXT];
    str full = inst_minutes_text(t, text);
    buf_put(out, style == STYLE_SHORT ? str_slice(full, 5, full.n) : full);
}

static void write_fen(int64_t n, struct buf *out)
{
    uint64_t u = n < 0 ? 0u - (uint64_t)n : (uint64_t)n;
    if (n < 0)
        buf_byte(out, '-');
    write_grouped((int64_t)(u / 100), out);
    buf_printf(out, ".%02u", (unsigned)(u % 100));
}

void value_write_page(const struct value *v, struct buf *out)
{
    switch ((enum value_kind)v->kind) {
    case VALUE_TEXT:
    case VALUE_HTML:
    case VALUE_DECIMAL:
        buf_put(out, v->text);
        break;
    case VALUE_INT:
        if (v->style == STYLE_GROUPED)
            write_grouped(v->i, out);
        else
            buf_int(out, v->i);
        break;
    case VALUE_BOOL:
        buf_put(out, v->i ? STR("是") : STR("否"));
        break;
    case VALUE_DAY:
        write_day((day){ (int32_t)v->i }, v->style, out);
        break;
    case VALUE_INST:
        write_inst((inst){ v->i }, v->style, out);
        break;
    case VALUE_FEN:
        write_fen(v->i, out);
        break;
    case VALUE_NULL:
    case VALUE_LIST:
    case VALUE_OBJECT:
        break;
    }
}

str value_grouped(struct arena *a, int64_t n)
{
    struct value v = { .kind = VALUE_INT, .style = STYLE_GROUPED, .i = n };
    struct buf out = { 0 };
    value_write_page(&v, &out);
    str text = arena_str(a, buf_str(&out));
    buf_free(&out);
    return text;
}

/* ---- as JSON ---- */

static void json_text(str s, struct buf *out)
{
    static const char hex[] = "0123456789abcdef";
    buf_byte(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_put(out, str_slice(s, from, i));
        from = i + 1;
        buf_byte(out, '\\');
        if (c == '"' || c == '\\') {
            buf_byte(out, (char)c);
        } else if (c == '\n') {
            buf_byte(out, 'n');
        } else {
            buf_put(out, STR("u00"));
            buf_byte(out, hex[c >> 4]);
            buf_byte(out, hex[c & 15]);
        }
    }
    buf_put(out, str_slice(s, from, s.n));
    buf_byte(out, '"');
}

static void json_members(const struct value *v, char open, char close,
                         struct buf *out)
{
    buf_byte(out, open);
    for (const struct value *m = v->first; m; m = m->next) {
        if (m != v->first)
            buf_byte(out, ',');
        if (open == '{') {
            json_text(m->key, out);
            buf_byte(out, ':');
        }
        value_write_json(m, out);
    }
    buf_byte(out, close);
}

void value_write_json(const struct value *v, struct buf *out)
{
    char text[INST_TEXT > DAY_TEXT ? INST_TEXT : DAY_TEXT];
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL:
        buf_put(out, STR("null"));
        break;
    case VALUE_BOOL:
        buf_put(out, v->i ? STR("true") : STR("false"));
        break;
    case VALUE_INT:
    case VALUE_FEN:
        buf_int(out, v->i);
        break;
    case VALUE_DECIMAL:
        buf_put(out, v->text);
        break;
    case VALUE_TEXT:
    case VALUE_HTML:
        json_text(v->text, out);
        break;
    case VALUE_DAY:
        json_text(day_text((day){ (int32_t)v->i }, text), out);
        break;
    case VALUE_INST:
        json_text(inst_text((inst){ v->i }, text), out);
        break;
    case VALUE_LIST:
        json_members(v, '[', ']', out);
        break;
    case VALUE_OBJECT:
        json_members(v, '{', '}', out);
        break;
    }
}

str value_json(struct arena *a, const struct value *v)
{
    struct buf b = { 0 };
    value_write_json(v, &b);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* ---- views ---- */

void view_member(struct view *v, str name, enum value_kind kind, int64_t i,
                 enum value_style style)
{
    struct value *m = value_new(v->arena, kind);
    if (kind != VALUE_NULL) {
        m->i = i;
        m->style = (uint8_t)style;
    }
    value_add(v->object, name, m);
}

void view_member_text(struct view *v, str name, str s)
{
    value_add(v->object, name, value_text(v->arena, s));
}

static void maybe(struct view *v, const char *name, bool none,
                  enum value_kind kind, int64_t i, enum value_style style)
{
    view_member(v, str_of(name), none ? VALUE_NULL : kind, i, style);
}

void view_day_long(struct view *v, const char *name, day d)
{
    maybe(v, name, day_is_none(d), VALUE_DAY, d.n, STYLE_LONG);
}

void view_inst(struct view *v, const char *name, inst t)
{
    maybe(v, name, inst_is_none(t), VALUE_INST, t.ms, STYLE_PLAIN);
}

void view_inst_short(struct view *v, const char *name, inst t)
{
    maybe(v, name, inst_is_none(t), VALUE_INST, t.ms, STYLE_SHORT);
}

void view_fen(struct view *v, const char *name, fen f)
{
    maybe(v, name, fen_is_none(f), VALUE_FEN, f.n, STYLE_PLAIN);
}

void view_value(struct view *v, const char *name, struct value *tree)
{
    value_add(v->object, str_of(name), tree);
}

struct view view_object(struct view *v, const char *name)
{
    struct value *object = value_new(v->arena, VALUE_OBJECT);
    value_add(v->object, str_of(name), object);
    return (struct view){ v->arena, object };
}

struct value *view_list(struct view *v, const char *name)
{
    struct value *list = value_new(v->arena, VALUE_LIST);
    return value_add(v->object, str_of(name), list);
}

struct view view_row(struct view *v, struct value *list)
{
    struct value *row = value_new(v->arena, VALUE_OBJECT);
    value_push(list, row);
    return (struct view){ v->arena, row };
}
