/* Who is meant: names people type, lists they choose from. */
#include "matters/inside.h"

static str number_of(struct arena *a, int64_t account)
{
    return process_person(a, account);
}

static enum err a_unit(struct tx *tx, str typed, str *out)
{
    struct matter_units *u;
    size_t n;
    enum err e = matter_units(tx, &u, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        if (str_eq(u[i].code, typed) || str_eq(u[i].name, typed) ||
            str_eq(u[i].short_name, typed)) {
            *out = u[i].code;
            return OK;
        }
    return e == OK ? ERR_NOTFOUND : e;
}

enum err matter_whom(struct tx *tx, str typed, bool units, str *out,
                     str *problem)
{
    struct matter_named *row;
    int64_t account;
    size_t n;
    str unit = typed, name = str_trim(str_cut(&unit, '/'));
    if (str_int(typed, &account) && account > 0) {
        *out = typed;
        return OK;
    }
    enum err e = units ? a_unit(tx, typed, out) : ERR_NOTFOUND;
    if (e != ERR_NOTFOUND)
        return e;
    e = matter_named(tx, name, str_is_none(unit) ? STR("") : str_trim(unit),
                     &row, &n);
    if (e != OK)
        return e;
    if (n == 1) {
        *out = number_of(tx->arena, row[0].account);
        return OK;
    }
    *problem = arena_printf(
        tx->arena,
        n ? "叫“%.*s”的不止一位，请写成 姓名/部门简称。"
          : "没有找到“%.*s”，请核对姓名或者部门。", STR_ARG(typed));
    return ERR_INPUT;
}

enum err matter_unit_choices(struct tx *tx, struct page_choice **out,
                             size_t *n)
{
    struct matter_units *u;
    enum err e = matter_units(tx, &u, n);
    if (e != OK)
        return e;
    *out = ARENA_NEW_N(tx->arena, struct page_choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct page_choice){ .value = u[i].code,
                                          .label = u[i].name };
    return OK;
}

enum err matter_staff_choices(struct tx *tx, str unit,
                              struct page_choice **out, size_t *n)
{
    struct matter_staff *s;
    enum err e = matter_staff(tx, unit, &s, n);
    if (e != OK)
        return e;
    *out = ARENA_NEW_N(tx->arena, struct page_choice, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct page_choice){
            .value = number_of(tx->arena, s[i].account),
            .label = arena_printf(tx->arena, "%.*s（%.*s）",
                                  STR_ARG(s[i].name), STR_ARG(s[i].title)) };
    return OK;
}
