/* One registration into the base, and who speaks for it. */
#include "enterprises/keep.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

#include <stdio.h>

static str or_empty(str s)
{
    return str_is_none(s) ? STR("") : s;
}

struct enterprise enterprise_of(const struct enterprise_live *l)
{
    return (struct enterprise){
        .code = l->code, .name = l->name, .kind = l->kind,
        .representative = l->representative, .rep_id = or_empty(l->rep_id),
        .rep_mobile = or_empty(l->rep_mobile), .division = l->division,
        .address = l->address, .scope = l->scope, .founded = l->founded,
        .capital = l->capital, .unit = l->unit, .state = l->state,
        .state_day = l->state_day, .from = l->from_day,
    };
}

/* Everything but the day it is of. */
static bool says_the_same(const struct enterprise *a,
                          const struct enterprise *b)
{
    return str_eq(a->name, b->name) && str_eq(a->kind, b->kind) &&
           str_eq(a->representative, b->representative) &&
           str_eq(a->rep_id, b->rep_id) &&
           str_eq(a->rep_mobile, b->rep_mobile) &&
           str_eq(a->division, b->division) &&
           str_eq(a->address, b->address) && str_eq(a->scope, b->scope) &&
           a->founded.n == b->founded.n && a->capital.n == b->capital.n &&
           str_eq(a->unit, b->unit) && str_eq(a->state, b->state) &&
           a->state_day.n == b->state_day.n;
}

static enum err find_organ(struct tx *tx, struct enterprise *e, str scope,
                           str *why)
{
    struct enterprise_organ u;
    enum err err = enterprise_organ(tx, e->unit, &u);
    if (err == ERR_NOTFOUND) {
        *why = arena_printf(tx->arena, "没有登记机关“%.*s”", STR_ARG(e->unit));
        return OK;
    }
    if (err != OK)
        return err;
    e->unit = u.code;
    if (scope.n && !str_eq(scope, u.code))
        *why = arena_printf(tx->arena, "是%.*s登记的，请由该机关导入",
                            STR_ARG(u.name));
    return OK;
}

static void judge(struct tx *tx, const struct enterprise *e, bool known,
                  const struct enterprise_live *l,
                  enum enterprise_outcome *out, str *why)
{
    char text[DAY_TEXT];
    struct enterprise now = known ? enterprise_of(l) : *e;
    *out = !known                     ? ENTERPRISE_NEW
           : says_the_same(e, &now)   ? ENTERPRISE_SAME
                                      : ENTERPRISE_CHANGED;
    if (*out != ENTERPRISE_CHANGED)
        return;
    if (!str_eq(e->unit, l->unit))
        *why = arena_printf(tx->arena, "法人库里是%.*s登记的，先请该机关迁出",
                            STR_ARG(l->unit_name));
    else if (e->from.n < l->from_day.n)
        *why = arena_printf(tx->arena, "法人库里已有 %.*s 的登记，比这一行新",
                            STR_ARG(day_text(l->from_day, text)));
}

static enum err add(struct tx *tx, const struct enterprise *e, int64_t version,
                    str ref)
{
    return enterprise_add(
        tx, store_id(tx->store), e->code, version, e->name, e->kind,
        e->representative, e->rep_id.n ? e->rep_id : str_none,
        e->rep_mobile.n ? e->rep_mobile : str_none, e->division, e->address,
        e->founded, e->capital, e->scope, e->unit, e->state, e->state_day,
        e->from, enterprise_source(e->code), ref, tx->now);
}

enum err enterprise_put(struct tx *tx, struct enterprise *e, str scope,
                        str ref, bool write, enum enterprise_outcome *out,
                        str *why)
{
    struct enterprise_live l = { .version = 0 };
    *out = ENTERPRISE_WRONG;
    *why = enterprise_wrong(tx->arena, e, tx_today(tx));
    if (why->n)
        return OK;
    enum err err = find_organ(tx, e, scope, why);
    if (err != OK || why->n)
        return err;
    err = enterprise_live(tx, e->code, &l);
    if (err != OK && err != ERR_NOTFOUND)
        return err;
    bool known = err == OK;
    judge(tx, e, known, &l, out, why);
    if (why->n)
        *out = ENTERPRISE_WRONG;
    if (!write || *out == ENTERPRISE_SAME || *out == ENTERPRISE_WRONG)
        return OK;
    err = known ? enterprise_overtake(tx, e->code, l.version) : OK;
    return err == OK ? add(tx, e, l.version + 1, ref) : err;
}

/* ---- people ---- */

enum err enterprise_mine(struct tx *tx, struct enterprise_own **out, size_t *n)
{
    struct auth_person me;
    *n = 0;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    /* Registering does not prove who one is: a code sent to the mobile the
     * register holds does (docs/decisions/0012). */
    bool proven = me.proven && !str_is_none(me.citizen_id) &&
                  !str_is_none(me.mobile);
    return enterprise_own(tx, me.name,
                          proven ? me.citizen_id : STR(""),
                          proven ? me.mobile : STR(""), tx_today(tx), out, n);
}

enum err enterprise_keeper(struct tx *tx, str unit, bool *yes)
{
    struct enterprise_duty d = { 0 };
    *yes = false;
    if (!str_eq(tx->who->unit, unit))
        return OK;
    enum err e = enterprise_duty(tx, tx->who->account, unit,
                                 STR(ENTERPRISE_DUTY), tx_today(tx), &d);
    *yes = e == OK && d.held > 0;
    return e;
}

/* ---- showing ---- */

str enterprise_money(struct arena *a, fen f)
{
    if (fen_is_none(f))
        return STR("");
    return arena_printf(a, "%.*s.%02d 元",
                        STR_ARG(value_grouped(a, f.n / 100)),
                        (int)(f.n % 100));
}

static str day_or_empty(struct arena *a, day d)
{
    char text[DAY_TEXT];
    return day_is_none(d) ? STR("") : arena_str(a, day_text(d, text));
}

void enterprise_view(struct view *v, const struct enterprise_live *l,
                     bool whole)
{
    struct arena *a = v->arena;
    bool bad;
    view_text(v, "code", l->code);
    view_text(v, "name", l->name);
    page_tag(v, "state", ident_standing(l->state));
    str said = ident_standing_said(a, l->name, l->state, l->state_day, &bad);
    view_text(v, "ended", bad ? said : STR(""));
    view_text(v, "source", l->source);
    view_day(v, "from", l->from_day);
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "统一社会信用代码", l->code);
    page_fact(v, list, "登记状态", ident_standing(l->state));
    page_fact(v, list, "状态日期", day_or_empty(a, l->state_day));
    if (!whole)
        return;
    page_fact(v, list, "机构类型", enterprise_kind_word(l->kind));
    page_fact(v, list, "法定代表人（负责人）", l->representative);
    page_fact(v, list, "证件号码", str_is_none(l->rep_id) ? str_none
                                   : auth_mask_id(a, l->rep_id));
    page_fact(v, list, "手机号码", str_is_none(l->rep_mobile) ? str_none
                                   : auth_mask_mobile(a, l->rep_mobile));
    page_fact(v, list, "住所（经营场所）", l->address);
    page_fact(v, list, "区划代码", l->division);
    page_fact(v, list, "成立日期", day_or_empty(a, l->founded));
    page_fact(v, list, "注册资本", enterprise_money(a, l->capital));
    page_fact(v, list, "经营范围", l->scope);
    page_fact(v, list, "登记机关", l->unit_name);
}
