/*
 * 票据查验: is a receipt real?  Asked by anybody with what stands on the paper;
 * says whether it is in force, the sum, the day and for what, and nothing of
 * the person.  A wrong number and a wrong 校验码 get the same answer.
 */
#include "fees/pages.h"

#include "fees/show.h"
#include "kernel/page/page.h"

enum { PER_MINUTE = 10 }; /* questions of one address */

/* Letters as people type them: lower-case, with blanks between. */
static str as_printed(struct arena *a, str given)
{
    char *out = arena_alloc(a, given.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < given.n; i++) {
        char c = given.p[i];
        if (c != ' ' && c != '-')
            out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (str){ out, n };
}

/* The length is no secret; where two codes differ is. */
static bool same_check(str a, str b)
{
    unsigned char different = 0;
    if (a.n != b.n || a.n == 0)
        return false;
    for (size_t i = 0; i < a.n; i++)
        different |= (unsigned char)(a.p[i] ^ b.p[i]);
    return different == 0;
}

static void show_result(struct view *v, const char *tone, const char *icon,
                        const char *headline, const char *advice)
{
    struct view r = view_object(v, "result");
    view_text(&r, "tone", str_of(tone));
    view_text(&r, "icon", str_of(icon));
    view_text(&r, "headline", str_of(headline));
    view_text(&r, "advice", str_of(advice));
}

static void show_found(struct view *v, const struct fee_receipt_public *r)
{
    struct arena *a = v->arena;
    bool struck = !inst_is_none(r->struck);
    char day[DAY_TEXT];
    if (struck)
        show_result(v, "bad", "circle-x", "已冲红，作废",
                    "票据是真的，但款项已经退付，票据已经作废，不得作为报销"
                    "凭证。");
    else
        show_result(v, "ok", "circle-check", "有效",
                    "票据真实有效。请同时核对纸面的金额和日期。");
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "票据代码", r->code);
    page_fact(v, list, "票据号码", r->number);
    page_fact(v, list, "收费项目", r->name);
    page_fact(v, list, "金额", arena_printf(a, "%.*s 元",
                                            STR_ARG(fee_text(a, r->amount))));
    page_fact(v, list, "开票日期",
              arena_str(a, day_text(inst_day(r->made), day)));
    if (struck)
        page_fact(v, list, "冲红日期",
                  arena_str(a, day_text(inst_day(r->struck), day)));
}

enum err receipt_verify_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_receipt_public r;
    str number = as_printed(v->arena, rq_text(rq, "number"));
    str check = as_printed(v->arena, rq_text(rq, "check"));
    rq_menu(rq, "services");
    struct value *fields = view_list(v, "fields");
    rq_ask(rq, fields, (struct page_field){
        .name = "number", .type = "text", .label = STR("票据号码"),
        .hint = STR("票据上“票据号码”后面的数字。"),
    });
    rq_ask(rq, fields, (struct page_field){
        .name = "check", .type = "text", .label = STR("校验码"),
        .hint = STR("票据上“校验码”后面的六位数字或者字母。"),
    });
    if (number.n == 0 && check.n == 0) {
        view_text(v, "result", str_none);
        view_list(v, "facts");
        return OK;
    }
    enum err e = rq_limit(rq, 'f', PER_MINUTE);
    if (e != OK)
        return e;
    e = fee_receipt_public(tx, number, &r);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    if (e == OK && same_check(r.checked, check)) {
        show_found(v, &r);
        return OK;
    }
    show_result(v, "bad", "triangle-alert", "查无此票，可能是伪造",
                "号码和校验码与本平台开具的任何一份票据都对不上。请核对输入；仍"
                "然查不到的，请向收费单位核实，不要采信。");
    view_list(v, "facts");
    return OK;
}
