/* What others need to know of partners: has everybody signed, who are they. */
#include "services/apply/partners.h"

#include "services/apply/authority.h"
#include "kernel/seal/seal.h"

struct value *partners_checked(struct arena *a, const struct draft *d,
                               enum err *whole)
{
    struct form_report report = { .count = 0 };
    struct value *checked;
    *whole = offer_check(d->offer, d->offer->sheet.group_count, a, d->answers,
                         &checked, &report);
    return checked;
}

str partners_digest(struct arena *a, const struct value *checked)
{
    struct buf out = { 0 };
    value_write_json(checked, &out);
    str digest = seal_sha256(a, buf_str(&out));
    buf_free(&out);
    return digest;
}

/* Who signed by hand need not sign here; a sentence when the paper is none that
 * lets it be filed today. */
static bool on_paper(struct tx *tx, const struct fellow_list *p,
                     const struct authority_of_draft *papers, size_t n,
                     struct value *missing)
{
    const char *why;
    for (size_t i = 0; i < n; i++) {
        if (papers[i].id != p->id || !inst_is_none(p->declined))
            continue;
        if (!authority_serves(papers[i].state, papers[i].from_day,
                              papers[i].until, tx_today(tx), &why))
            value_push(missing, value_text(tx->arena, arena_printf(
                tx->arena, "%.*s%s", STR_ARG(p->name), why)));
        return true;
    }
    return false;
}

enum err partners_missing(struct tx *tx, int64_t draft,
                          const struct value *checked, struct value *missing,
                          size_t *count)
{
    struct fellow_list *p;
    struct authority_of_draft *papers;
    size_t paper_count;
    enum err e = fellow_list(tx, draft, &p, count);
    if (e == OK && *count)
        e = authority_of_draft(tx, draft, &papers, &paper_count);
    if (e != OK || *count == 0)
        return e;
    str digest = partners_digest(tx->arena, checked);
    for (size_t i = 0; i < *count; i++) {
        const char *who = str_is(p[i].role, "joint") ? "共同申请人"
                                                     : "被代理人";
        if (on_paper(tx, &p[i], papers, paper_count, missing))
            continue;
        if (!inst_is_none(p[i].declined))
            value_push(missing, value_text(tx->arena, arena_printf(
                tx->arena, "%s%.*s谢绝了签名，请移除，或者改好以后再请一次。",
                who, STR_ARG(p[i].name))));
        else if (p[i].account == 0)
            value_push(missing, value_text(tx->arena, arena_printf(
                tx->arena, "%s%.*s还没有确认签名。", who,
                STR_ARG(p[i].name))));
        else if (!str_eq(p[i].digest, digest))
            value_push(missing, value_text(tx->arena, arena_printf(
                tx->arena, "%s%.*s签名以后内容有改动，请%.*s重新确认签名。",
                who, STR_ARG(p[i].name), STR_ARG(p[i].name))));
        else if (!day_is_none(p[i].until) && p[i].until.n < tx_today(tx).n)
            value_push(missing, value_text(tx->arena, arena_printf(
                tx->arena, "%.*s的授权已经到期，请重新办理委托。",
                STR_ARG(p[i].name))));
    }
    return OK;
}

static str words_of(struct arena *a, const struct fellow_of_case *p)
{
    char at[INST_TEXT];
    str when = arena_str(a, inst_text(p->signed_at, at));
    if (str_is(p->role, "joint"))
        return arena_printf(a, "%.*s 在自己的账号签名确认", STR_ARG(when));
    char until[DAY_TEXT];
    return arena_printf(a, "%.*s 在自己的账号签名授权：%.*s；期限至 %.*s"
                        "（民法典第一百六十五条）", STR_ARG(when),
                        STR_ARG(p->scope),
                        STR_ARG(day_text(p->until, until)));
}

enum err partners_show(struct view *v, struct tx *tx, str thread, str number,
                       bool desk)
{
    struct fellow_of_case *p;
    size_t n;
    enum err e = fellow_of_case(tx, thread, &p, &n);
    struct value *list = view_list(v, "partners");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct value *signature = NULL;
        str problem;
        struct view row = view_row(v, list);
        view_text(&row, "role", str_is(p[i].role, "joint") ? STR("共同申请人")
                                                           : STR("被代理人"));
        view_text(&row, "name", p[i].name);
        bool on_paper;
        e = authority_show(&row, tx, p[i].id, number, desk, &on_paper);
        if (!on_paper)
            view_text(&row, "text", words_of(v->arena, &p[i]));
        str drawing = STR("");
        if (!str_is_none(p[i].signature) &&
            value_read_json(v->arena, p[i].signature, &signature,
                            &problem) == OK)
            drawing = value_get_text(signature, STR("drawing"));
        view_text(&row, "drawing", str_is_none(drawing) ? STR("") : drawing);
    }
    return e;
}

enum err partners_names(struct tx *tx, str thread, const char *role, str *out)
{
    struct fellow_of_case *p;
    size_t n;
    enum err e = fellow_of_case(tx, thread, &p, &n);
    *out = STR("");
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_is(p[i].role, role))
            *out = arena_printf(tx->arena, "%.*s%s%.*s", STR_ARG(*out),
                                out->n ? "、" : "", STR_ARG(p[i].name));
    return e;
}

enum err partners_signed(struct tx *tx, str thread, int64_t account, bool *out)
{
    struct fellow_of_case *p;
    size_t n;
    enum err e = fellow_of_case(tx, thread, &p, &n);
    *out = false;
    for (size_t i = 0; e == OK && i < n; i++)
        *out |= account != 0 && p[i].account == account;
    return e;
}
