/*
 * 我的证照: what the holder has, the sheet itself, and how the paper copy gets
 * to them (行政许可法 第四十四条; 国务院令第716号 第十条).
 */
#include "licences/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "licences/show.h"

enum { PAGE = 20 };

enum err my_licences_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_mine *m;
    size_t n;
    rq_menu(rq, "my.licences");
    enum err e = licence_mine(tx, tx->who->account,
                              rq_int(rq, "before", INT64_MAX), &m, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "identifier", m[i].identifier);
        view_text(&row, "name", m[i].name);
        view_text(&row, "number", m[i].number);
        view_text(&row, "unit_name", m[i].unit_name);
        view_text(&row, "term", licence_term(v->arena, m[i].issued,
                                             m[i].valid_to));
        licence_tag(&row, "state", tx, m[i].state, m[i].valid_to);
    }
    if (e != OK)
        return e;
    rq_pager_before(rq, STR("/my/licences"), n, PAGE,
                    n > PAGE ? m[PAGE - 1].id : 0);
    return OK;
}

static enum err load_own(struct request *rq, struct tx *tx,
                         struct licence_one *l)
{
    enum err e = licence_load(rq, tx, l);
    if (e == OK && (l->account == 0 || l->account != tx->who->account))
        return rq_fail(rq, ERR_DENIED, "这份证照不在您的名下。");
    return e;
}

/* Whether the holder may still say how it is to reach them. */
static bool may_choose(const struct tx *tx, const struct licence_one *l)
{
    str state = licence_state_on(l->state, l->valid_to, tx_today(tx));
    return str_is(state, "valid") && inst_is_none(l->delivered);
}

static void show_choice(struct request *rq, struct view *v,
                        const struct licence_one *l)
{
    static const struct page_choice ways[] = {
        { .value = STR("electronic"), .label = STR("只要电子证照"),
          .remark = STR("现在就可以下载，与纸质证照同等效力") },
        { .value = STR("collect"), .label = STR("窗口领取纸质证照"),
          .remark = STR("到政务服务大厅，凭身份证件领取") },
        { .value = STR("post"), .label = STR("邮寄纸质证照"),
          .remark = STR("填写下面的地址") },
    };
    struct value *fields = view_list(v, "fields");
    struct page_field way = {
        .name = "delivery", .type = "choice", .label = STR("怎样拿到证照"),
        .value = rq_has(rq, "delivery") ? rq_text(rq, "delivery")
                                        : l->delivery,
        .choices = ways, .choice_count = 3,
    };
    struct page_field address = {
        .name = "post_to", .type = "lines", .optional = true,
        .label = STR("邮寄地址"),
        .hint = STR("收件人、电话和详细地址，选择邮寄时填写。"),
        .value = rq_has(rq, "post_to") ? rq_text(rq, "post_to")
                 : str_is_none(l->post_to) ? STR("") : l->post_to,
    };
    str problem;
    if (rq_problem(rq, "delivery", &problem))
        way.error = problem;
    if (rq_problem(rq, "post_to", &problem))
        address.error = problem;
    page_field(v, fields, &way);
    page_field(v, fields, &address);
}

/* Why it is of no use to show; "" while it is. */
static str spent_word(const struct licence_one *l, day today)
{
    static const struct { const char *state, *word; } words[] = {
        { "suspended", "已暂扣，目前没有效力" }, { "revoked", "已撤销" },
        { "cancelled", "已注销" }, { "expired", "已过期" },
        { "changed", "已变更，请用新的版本" },
    };
    str state = licence_state_on(l->state, l->valid_to, today);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].state))
            return str_of(words[i].word);
    return STR("");
}

enum err my_licence_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_one l;
    enum err e = load_own(rq, tx, &l);
    if (e != OK)
        return e;
    rq_menu(rq, "my.licences");
    view_value(v, "qr", page_qr(v->arena, l.address,
                                STR("核验这份证照的二维码")));
    view_text(v, "pdf", l.pair ? arena_printf(v->arena, "/licences/%.*s/pdf",
                                              STR_ARG(l.identifier))
                               : STR(""));
    view_text(v, "verify", l.address);
    view_text(v, "check", l.secret);
    view_text(v, "spent", spent_word(&l, tx_today(tx)));
    bool choose = may_choose(tx, &l);
    view_bool(v, "choose", choose);
    if (choose)
        show_choice(rq, v, &l);
    else
        view_list(v, "fields");
    return licence_body(tx, v, &l);
}

enum err my_delivery_post(struct request *rq, struct tx *tx)
{
    enum { SHORTEST = 8 };
    struct licence_one l;
    str way = rq_text(rq, "delivery"), to = str_trim(rq_text(rq, "post_to"));
    bool post = str_is(way, "post"), now = str_is(way, "electronic");
    enum err e = load_own(rq, tx, &l);
    if (e != OK)
        return e;
    if (!may_choose(tx, &l))
        return rq_fail(rq, ERR_CONFLICT,
                       "证照已经送达或者不再有效，不能再改送达方式。");
    if (post && utf8_count(to) < SHORTEST)
        return rq_fail_field(rq, ERR_RANGE, "post_to",
                             STR("请写全收件人、电话和地址。"));
    e = licence_choose(tx, l.id, l.revision, way, post ? to : str_none,
                       now ? tx->now : inst_none);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份证照刚刚有变化，请刷新后再选。");
    str said = now ? STR("选择电子证照，即时送达")
               : post ? STR("选择邮寄") : STR("选择窗口领取");
    if (e == OK)
        e = licence_tell(tx, l.id, "choose", said, STR("持证人"),
                         STR("行政许可法 第四十四条"));
    if (e == OK)
        e = audit_note(tx, STR("licence.choose"), l.identifier, way);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已记下送达方式。"));
    return rq_see_other(rq, "/my/licences/%.*s", STR_ARG(l.identifier));
}

/* ---- the sheet ---- */

/* The holder, the counter, who issued it, and who decides on a matter it was
 * given for in the place of a paper (国务院令第716号 第十条). */
static enum err may_have(struct request *rq, struct tx *tx,
                         const struct licence_one *l, bool *may)
{
    struct licence_shown shown = { .matters = 0 };
    enum err e = OK;
    *may = (l->account != 0 && l->account == tx->who->account) ||
           (rq_may(rq, "licences.look") &&
            (rq_may(rq, "licences.counter") ||
             auth_in_scope(tx->who, l->unit)));
    if (!*may && rq_may(rq, "licences.look"))
        e = licence_shown(tx, l->identifier, tx->who->unit, &shown);
    *may |= shown.matters > 0;
    return e;
}

/* Drawn again from the row; what does not come out as it was signed is not
 * handed out. */
enum err licence_pdf(struct request *rq, struct tx *tx)
{
    struct licence_one l;
    str pdf;
    enum err e = licence_load(rq, tx, &l);
    bool may = false;
    if (e == OK)
        e = may_have(rq, tx, &l, &may);
    if (e != OK)
        return e;
    if (!may)
        return rq_fail(rq, ERR_DENIED,
                       "只有持证人、颁发机关和用它办件的机关可以下载这份证"
                       "照。");
    if (l.pair == 0)
        return rq_fail(rq, ERR_CONFLICT, "证照正在制证，签章以后才能下载。");
    e = licence_draw(tx->arena, &l, &pdf);
    if (e == OK && !str_eq(seal_sha256(tx->arena, pdf), l.sha256))
        return rq_fail(rq, ERR_STORE,
                       "证照文件与签章时的摘要不一致，暂不提供下载，证照本身的"
                       "效力不受影响。请联系颁发机关。");
    if (e == OK && l.account != tx->who->account)
        e = audit_look(tx, STR("licence.look"), l.identifier);
    return e == OK ? rq_send(rq, STR("application/pdf"), pdf,
                             arena_join(tx->arena, l.name, STR(".pdf"))) : e;
}
