/*
 * Bodies and queries of application/x-www-form-urlencoded, read by hand in one
 * pass: the format is four rules long, and the bounds are the point.  A stray
 * percent sign is taken as itself, because people type ?q=100% into address
 * bars; bytes that are not UTF-8 are refused, because nothing inside the
 * program checks them again.
 */
#include "kernel/form/form.h"

#include <string.h>

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The byte that %XX at s[i] stands for, or -1. */
static int escaped_at(str s, size_t i)
{
    if (s.p[i] != '%' || s.n - i < 3)
        return -1;
    int high = hex_of(s.p[i + 1]), low = hex_of(s.p[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum err form_decode(struct arena *a, str text, bool plus, str *out)
{
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        int c = escaped_at(text, i);
        if (c >= 0)
            i += 2;
        else
            c = plus && text.p[i] == '+' ? ' ' : (unsigned char)text.p[i];
        if (c == 0)
            return ERR_INPUT;
        p[n++] = (char)c;
    }
    str decoded = { p, n };
    if (!utf8_valid(decoded))
        return ERR_INPUT;
    *out = decoded;
    return OK;
}

void form_add(struct arena *a, struct value *object, str name, str text)
{
    struct value *old = (struct value *)value_get(object, name);
    if (old == NULL) {
        value_add(object, name, value_text(a, text));
        return;
    }
    if (old->kind != VALUE_LIST) {
        struct value *first = value_text(a, old->text);
        old->kind = VALUE_LIST;
        old->text = str_none;
        value_push(old, first);
    }
    value_push(old, value_text(a, text));
}

enum err form_read_urlencoded(struct arena *a, str body, struct value **out)
{
    struct value *object = value_new(a, VALUE_OBJECT);
    str rest = body.n ? body : str_none;
    int pairs = 0;
    while (!str_is_none(rest)) {
        str pair = str_cut(&rest, '&');
        if (pair.n == 0)
            continue;
        str value = pair, name = str_cut(&value, '=');
        if (++pairs > FORM_PAIRS || name.n > 3 * FORM_NAME)
            return ERR_INPUT;
        if (str_is_none(value))
            value = STR("");
        enum err e = form_decode(a, name, true, &name);
        if (e == OK)
            e = form_decode(a, value, true, &value);
        if (e != OK || name.n > FORM_NAME)
            return ERR_INPUT;
        form_add(a, object, name, value);
    }
    *out = object;
    return OK;
}
