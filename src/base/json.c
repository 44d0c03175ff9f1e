/*
 * JSON input.  jansson checks the text (strict RFC 8259, UTF-8, its own depth
 * bound) and we copy the result into the arena, so that nothing of the library
 * is seen beyond this file and nothing has to be freed elsewhere.
 *
 * Numbers with a fraction are the one thing we do not take from jansson: it
 * reads them as doubles, and 0.10 yuan must stay 0.10.  JSON_DECODE_INT_AS_REAL
 * is off, so integers are exact; a real is written back with 17 digits, which
 * is exact for everything a person types.
 */
#include "base/err.h"
#include "base/value.h"

#include <jansson.h>
#include <stdio.h>

enum { DEPTH = 64 };

static struct value *copied(struct arena *a, const json_t *j, int depth);

static struct value *copied_real(struct arena *a, const json_t *j)
{
    char text[40];
    double d = json_real_value(j) + 0.0; /* -0 becomes 0: there is one nought */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, d);
        double back;
        if (sscanf(text, "%lf", &back) == 1 && back == d)
            break;
    }
    struct value *v = value_new(a, VALUE_DECIMAL);
    v->text = arena_str(a, str_of(text));
    return v;
}

static str copied_text(struct arena *a, const char *p, size_t n)
{
    return arena_str(a, (str){ p, n });
}

static struct value *copied_list(struct arena *a, const json_t *j, int depth)
{
    struct value *list = value_new(a, VALUE_LIST);
    size_t i;
    json_t *item;
    json_array_foreach(j, i, item) {
        struct value *v = copied(a, item, depth);
        if (v == NULL)
            return NULL;
        value_push(list, v);
    }
    return list;
}

static struct value *copied_object(struct arena *a, json_t *j, int depth)
{
    struct value *object = value_new(a, VALUE_OBJECT);
    const char *key;
    json_t *item;
    json_object_foreach(j, key, item) {
        struct value *v = copied(a, item, depth);
        if (v == NULL)
            return NULL;
        str name = str_of(key);
        value_add(object, copied_text(a, name.p, name.n), v);
    }
    return object;
}

static struct value *copied(struct arena *a, const json_t *j, int depth)
{
    if (depth-- == 0)
        return NULL;
    switch (json_typeof(j)) {
    case JSON_OBJECT:
        return copied_object(a, (json_t *)j, depth);
    case JSON_ARRAY:
        return copied_list(a, j, depth);
    case JSON_STRING:
        return value_text(a, copied_text(a, json_string_value(j),
                                         json_string_length(j)));
    case JSON_INTEGER:
        return value_int(a, json_integer_value(j));
    case JSON_REAL:
        return copied_real(a, j);
    case JSON_TRUE:
        return value_bool(a, true);
    case JSON_FALSE:
        return value_bool(a, false);
    case JSON_NULL:
        return value_new(a, VALUE_NULL);
    }
    return NULL;
}

/* What most often goes wrong has words of its own. */
static const char *cause(const json_error_t *e)
{
    switch (json_error_code(e)) {
    case json_error_stack_overflow: return "嵌套太深";
    case json_error_duplicate_key: return "有两个同名的成员";
    case json_error_invalid_utf8: return "不是 UTF-8 编码";
    case json_error_premature_end_of_input:
        return "没有写完，括号或者引号没有闭合";
    default: return "有误";
    }
}

enum err value_read_json(struct arena *a, str json, struct value **out,
                         str *problem)
{
    json_error_t e;
    json_t *j = json_loadb(json.p ? json.p : "", json.n,
                           JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (j == NULL) {
        *problem = arena_printf(a,
                                "JSON 第 %d 行第 %d 列%s，请检查后重新提交。",
                                e.line, e.column, cause(&e));
        return ERR_INPUT;
    }
    struct value *v = copied(a, j, DEPTH);
    json_decref(j);
    if (v == NULL) {
        *problem = STR("JSON 嵌套超过 64 层。");
        return ERR_INPUT;
    }
    *out = v;
    return OK;
}
