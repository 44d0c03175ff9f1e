/* What the pages of this room share: questions, and the way back. */
#include "kernel/auth/session.h"
#include "kernel/page/page.h"

#include <string.h>

str auth_typed(const struct request *rq, const char *name)
{
    str s = value_get_text(rq_inputs(rq), str_of(name));
    return str_is_none(s) ? STR("") : s;
}

void auth_field(struct request *rq, struct value *list, const char *name,
                const char *type, const char *label, const char *hint)
{
    str error = STR("");
    bool secret = strstr(type, "secret") || strcmp(type, "code") == 0;
    rq_problem(rq, name, &error);
    struct page_field f = {
        .name = name, .type = type, .label = str_of(label),
        .hint = str_of(hint), .error = error,
        .value = secret ? STR("") : auth_typed(rq, name),
    };
    page_field(rq_view(rq), list, &f);
}

str auth_with_next(struct arena *a, const char *path, str next)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, 3 * next.n + 1);
    size_t n = 0;
    if (next.n == 0)
        return str_of(path);
    for (size_t i = 0; i < next.n; i++) {
        unsigned char c = (unsigned char)next.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == '/' || c == '-' ||
                     c == '_' || c == '.';
        if (plain) {
            p[n++] = (char)c;
        } else {
            p[n++] = '%';
            p[n++] = hex[c >> 4];
            p[n++] = hex[c & 15];
        }
    }
    return arena_printf(a, "%s?next=%.*s", path, (int)n, p);
}
