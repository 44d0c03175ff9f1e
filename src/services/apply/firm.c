/*
 * What a register says of an enterprise is not asked again
 * (国务院关于在线政务服务的若干规定 第七条), but filled in only for who speaks
 * for it: anybody may type anybody's code.  To others it has what everybody may
 * know, name and state (民法典 第六十六条; 市场主体登记管理条例 第三十五条).
 */
#include "services/apply/firm.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"

/* ---- questions ---- */

/* "enterprise name; case" -> name; none. */
static str fact_of(const struct form_question *q)
{
    for (str rest = q->held; !str_is_none(rest);) {
        str one = str_trim(str_cut(&rest, ';'));
        if (str_is(str_cut(&one, ' '), "enterprise") && !str_is_none(one))
            return str_trim(one);
    }
    return str_none;
}

const struct form_question *firm_question(const struct offer *o)
{
    for (size_t g = 0; g < o->sheet.group_count; g++)
        for (size_t i = 0; i < o->sheet.groups[g].field_count; i++) {
            const struct form_question *q = &o->sheet.groups[g].fields[i];
            if (str_is(fact_of(q), "code"))
                return q;
        }
    return NULL;
}

str firm_code(const struct offer *o, const struct value *answers)
{
    const struct form_question *q = firm_question(o);
    struct ident_credit c;
    str why, typed = q ? value_get_text(answers, q->name) : str_none;
    if (str_is_none(typed) ||
        ident_credit_check(str_trim(typed), false, &c, &why) == IDENT_BAD)
        return STR("");
    return str_trim(typed);
}

/* ---- the base ---- */

enum err firm_read(struct tx *tx, str code, struct firm *out)
{
    struct ident_credit c;
    str why;
    *out = (struct firm){ .known = false };
    if (ident_credit_check(code, false, &c, &why) == IDENT_BAD)
        return OK;
    enum err e = firm_live(tx, arena_str(tx->arena, str_of(c.code)),
                           &out->live);
    out->known = e == OK;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err firm_mine(struct tx *tx, struct firm_own **out, size_t *n)
{
    struct auth_person me;
    *n = 0;
    enum err e = auth_person(tx, tx->who->account, &me);
    bool proven = e == OK && me.proven && str_is(me.kind, "resident") &&
                  !str_is_none(me.citizen_id) && !str_is_none(me.mobile);
    return proven ? firm_own(tx, me.name, me.citizen_id, me.mobile,
                             tx_today(tx), out, n) : e;
}

enum err firm_for(struct tx *tx, str code, const struct firm_own *mine,
                  size_t n, struct firm *out)
{
    if (code.n == 0 && n == 1)
        code = mine[0].code;
    enum err e = firm_read(tx, code, out);
    for (size_t i = 0; e == OK && i < n; i++)
        out->entitled |= out->known && str_eq(mine[i].code, out->live.code);
    return e;
}

/* ---- facts ---- */

static str money(struct arena *a, const struct form_question *q, fen f)
{
    if (fen_is_none(f))
        return STR("");
    long long yuan = f.n / 100;
    if (str_is(q->kind, "int"))
        return f.n % 100 ? STR("") : arena_printf(a, "%lld", yuan);
    return arena_printf(a, "%lld.%02d", yuan, (int)(f.n % 100));
}

str firm_says(const struct firm *f, struct arena *a,
              const struct form_question *q)
{
    const struct firm_live *l = &f->live;
    str fact = fact_of(q);
    char text[DAY_TEXT];
    if (str_is_none(fact) || !f->known)
        return STR("");
    if (str_is(fact, "founded"))
        return day_is_none(l->founded)
                   ? STR("") : arena_str(a, day_text(l->founded, text));
    if (str_is(fact, "capital"))
        return money(a, q, l->capital);
    return str_is(fact, "code")             ? l->code
           : str_is(fact, "name")           ? l->name
           : str_is(fact, "representative") ? l->representative
           : str_is(fact, "address")        ? l->address
           : str_is(fact, "scope")          ? l->scope : STR("");
}

str firm_origin(const struct firm *f, struct arena *a)
{
    char text[DAY_TEXT];
    return arena_printf(a, "%.*s，%.*s", STR_ARG(f->live.source),
                        STR_ARG(day_text(f->live.from_day, text)));
}

/* ---- comparing ---- */

/* Without blanks, with the brackets of one width. */
static str plain(str s, char *out, size_t most)
{
    static const struct { const char *from, *to; } same[] = {
        { "（", "(" }, { "）", ")" }, { "\xe3\x80\x80", "" }, { " ", "" },
        { "，", "," }, { "；", ";" },
    };
    size_t n = 0;
    while (s.n && n + 4 < most) {
        size_t i = 0, cut = 1;
        const char *to = NULL;
        for (; i < sizeof same / sizeof *same && to == NULL; i++)
            if (str_starts(s, str_of(same[i].from))) {
                to = same[i].to;
                cut = strlen(same[i].from);
            }
        if (to == NULL)
            out[n++] = s.p[0];
        else if (to[0])
            out[n++] = to[0];
        s = str_slice(s, cut, s.n);
    }
    return (str){ out, n };
}

bool firm_same(str typed, str said)
{
    char a[4096], b[4096];
    str x = plain(typed, a, sizeof a), y = plain(said, b, sizeof b);
    enum { LEAST = 12 }; /* bytes: a street and a number, not the number */
    if (str_eq(x, y))
        return true;
    return (x.n >= LEAST && str_ends(y, x)) || (y.n >= LEAST && str_ends(x, y));
}

str firm_differs(const struct firm *f, struct arena *a,
                 const struct form_question *q, const struct value *answer)
{
    str said = firm_says(f, a, q);
    str typed = form_answer_text(q, a, answer);
    if (said.n == 0 || typed.n == 0 || firm_same(typed, said))
        return STR("");
    return arena_printf(a, "%.*s填的是“%.*s”，登记的是“%.*s”（%.*s）。",
                        STR_ARG(q->label), STR_ARG(typed), STR_ARG(said),
                        STR_ARG(firm_origin(f, a)));
}

/* ---- telling ---- */

str firm_told(const struct firm *f, struct arena *a, str code, bool *bad)
{
    *bad = false;
    if (code.n == 0 && !f->known)
        return STR("");
    if (!f->known)
        return STR("法人库里没有这个统一社会信用代码，请核对；刚登记的可能还没"
                   "有传来，可以照营业执照填写。");
    str said = ident_standing_said(a, f->live.name, f->live.state,
                                   f->live.state_day, bad);
    str from = firm_origin(f, a);
    if (*bad)
        return arena_printf(a, "%.*s（来自%.*s）以它的名义申请的，承办部门会据"
                            "此审查。", STR_ARG(said), STR_ARG(from));
    if (f->entitled)
        return arena_printf(a, "%.*s（来自%.*s）。登记的信息填在下面各项里，不"
                            "用再写。", STR_ARG(said), STR_ARG(from));
    return arena_printf(a, "%.*s（来自%.*s）。您不是用短信验证过手机号码的法定"
                        "代表人，也没有得到它的委托，其他登记信息不能填入，请照"
                        "营业执照填写。", STR_ARG(said), STR_ARG(from));
}
