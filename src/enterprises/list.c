/*
 * The base as staff see it.  Name and state anybody may know; the rest is for
 * the organisation that registers it, and for whoever names the matter of their
 * own desk they need it for (个人信息保护法 第三十四条).  Every such look is
 * noted with that matter.
 */
#include "enterprises/pages.h"

#include "enterprises/keep.h"
#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

enum { PAGE = 50 };

static void show_row(struct view *v, struct value *list, str code, str name,
                     str kind, str unit_name, str state, day from)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "name", name);
    view_text(&row, "kind", enterprise_kind_word(kind));
    view_text(&row, "unit_name", unit_name);
    page_tag(&row, "state", ident_standing(state));
    view_day(&row, "from", from);
}

/* "" unless the words are a whole code, however it was typed. */
static str code_in(struct arena *a, str words)
{
    struct ident_credit c;
    str why;
    if (ident_credit_check(words, false, &c, &why) == IDENT_BAD)
        return STR("");
    return arena_str(a, str_of(c.code));
}

static enum err show_named(struct request *rq, struct tx *tx,
                           struct value *list, str words)
{
    struct view *v = rq_view(rq);
    struct enterprise_page *p;
    size_t n;
    enum err e = enterprise_page(tx, words, rq_text(rq, "after"),
                                 rq_text(rq, "after_code"), &p, &n);
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++)
        show_row(v, list, p[i].code, p[i].name, p[i].kind, p[i].unit_name,
                 p[i].state, p[i].from_day);
    bool more = e == OK && n > PAGE;
    view_text(v, "next_name", more ? p[PAGE - 1].name : STR(""));
    view_text(v, "next_code", more ? p[PAGE - 1].code : STR(""));
    return e;
}

enum err enterprises_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_live l;
    str words = rq_text(rq, "words"), code = code_in(v->arena, words);
    rq_menu(rq, "desk.enterprises");
    view_text(v, "words", words);
    view_bool(v, "keep", rq_may(rq, "enterprises.keep"));
    struct value *list = view_list(v, "rows");
    if (code.n == 0)
        return show_named(rq, tx, list, words);
    view_text(v, "next_name", STR(""));
    view_text(v, "next_code", STR(""));
    enum err e = enterprise_live(tx, code, &l);
    if (e == OK)
        show_row(v, list, l.code, l.name, l.kind, l.unit_name, l.state,
                 l.from_day);
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- one ---- */

/* May he see all of it, for this matter?  *why: the sentence why not, "" when
 * nothing was asked. */
static enum err may_see(struct request *rq, struct tx *tx, str unit,
                        bool *whole, str *why)
{
    struct enterprise_case c;
    str number = rq_text(rq, "case");
    *whole = str_eq(tx->who->unit, unit);
    *why = STR("");
    if (*whole || number.n == 0)
        return OK;
    enum err e = enterprise_case(tx, number, &c);
    if (e == ERR_NOTFOUND) {
        *why = STR("没有这个办件编号，请核对后再填。");
        return OK;
    }
    bool mine = auth_in_scope(tx->who, c.unit) ||
                str_is(tx->who->role, "window");
    if (e == OK && !mine)
        *why = STR("这个办件不在您的单位办理，不能凭它查看。");
    *whole = e == OK && mine;
    return e;
}

static enum err show_past(struct tx *tx, struct view *v, str code, bool whole)
{
    struct enterprise_past *p;
    size_t n = 0;
    struct value *list = view_list(v, "versions");
    enum err e = whole ? enterprise_past(tx, code, &p, &n) : OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_int(&row, "version", p[i].version);
        view_day(&row, "from", p[i].from_day);
        view_text(&row, "name", p[i].name);
        view_text(&row, "representative", p[i].representative);
        view_text(&row, "address", p[i].address);
        page_tag(&row, "state", ident_standing(p[i].state));
        view_text(&row, "source", p[i].source);
        view_text(&row, "ref", p[i].ref);
    }
    return e;
}

enum err enterprise_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct enterprise_live l;
    bool whole;
    str why;
    enum err e = enterprise_live(tx, rq_path(rq, "code"), &l);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "法人库里没有这个统一社会信用代码，请核对。");
    if (e == OK)
        e = may_see(rq, tx, l.unit, &whole, &why);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.enterprises");
    enterprise_view(v, &l, whole);
    view_bool(v, "whole", whole);
    view_text(v, "why", why);
    view_text(v, "case", rq_text(rq, "case"));
    e = show_past(tx, v, l.code, whole);
    if (e == OK && whole)
        e = audit_look(tx, STR("enterprise.look"),
                       arena_printf(tx->arena, "%.*s %.*s", STR_ARG(l.code),
                                    STR_ARG(rq_text(rq, "case"))));
    return e;
}
