/* The payment notice and the receipt as PDF, drawn from the row each time. */
#include "fees/pages.h"

#include "fees/show.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/pdf/pdf.h"

enum { FACTS = 12 };

static enum err load(struct request *rq, struct tx *tx, struct fee_one *n)
{
    int64_t me = tx->who->account;
    enum err e = fee_load(rq, tx, n);
    bool own = me != 0 && e == OK && (n->account == me || n->proxy == me);
    if (e == OK && !own &&
        !(rq_may(rq, "fees.look") &&
          (rq_may(rq, "fees.all") || auth_in_scope(tx->who, n->unit))))
        return rq_fail(rq, ERR_DENIED, "只有缴款人和经办机关可以下载。");
    return e;
}

static enum err send(struct request *rq, const struct pdf_notice *paper,
                     const char *name)
{
    struct buf out = { 0 };
    enum err e = pdf_notice(paper, &out);
    if (e == OK)
        e = rq_send(rq, STR("application/pdf"),
                    arena_str(rq_view(rq)->arena, buf_str(&out)),
                    str_of(name));
    buf_free(&out);
    return e;
}

static str foot_of(const struct request *rq)
{
    return rq_demo(rq) ? STR("演示数据：人名、单位、账户和编号均为虚构")
                       : str_none;
}

enum err fee_pdf(struct request *rq, struct tx *tx)
{
    struct arena *a = tx->arena;
    struct fee_account_one account;
    struct fee_one n;
    char due[DAY_TEXT];
    enum err e = load(rq, tx, &n);
    if (e == OK && (day_is_none(n.due) || n.total.n == 0))
        return rq_fail(rq, ERR_CONFLICT,
                       "这份缴款书还没有核定，或者不用缴纳。");
    if (e == OK)
        e = fee_account_one(tx, n.payee, &account);
    if (e != OK)
        return e;
    const struct pdf_fact facts[] = {
        { STR("缴款码"), n.number },
        { STR("收费项目"), arena_printf(a, "%.*s（%.*s）", STR_ARG(n.name),
                                        STR_ARG(n.project)) },
        { STR("标准和数量"), arena_printf(a, "%.*s 元 × %.*s",
                                          STR_ARG(n.price),
                                          STR_ARG(n.quantity)) },
        { STR("应缴金额"), arena_printf(a, "%.*s 元（%.*s）",
                                        STR_ARG(fee_text(a, n.total)),
                                        STR_ARG(fee_capital(a, n.total))) },
        { STR("缴款期限"), day_text(n.due, due) },
        { STR("收款人"), account.holder },
        { STR("收款银行"), account.bank },
        { STR("收款账号"), account.number },
        { STR("办件编号"), n.case_no },
    };
    str basis[] = { n.basis, n.standard };
    const struct pdf_block blocks[] = {
        { .kind = PDF_FACTS, .facts = facts,
          .count = sizeof facts / sizeof *facts },
        { .kind = PDF_HEADING, .text = STR("收费依据和标准") },
        { .kind = PDF_POINTS, .points = basis, .count = 2 },
        { .kind = PDF_PARAGRAPH,
          .text = STR("请在期限前在网上或者到代理银行凭缴款码缴款。窗口不收"
                      "现金，任何机关和个人不得另行收费（行政许可法"
                      " 第五十八条、第五十九条）。") },
    };
    struct pdf_notice paper = {
        .organ = conf_organ(a, n.unit_name), .title = STR("非税收入缴款书"),
        .number = n.number, .to = n.payer_name, .blocks = blocks,
        .block_count = sizeof blocks / sizeof *blocks, .date = n.issued,
        .seal = true, .foot = foot_of(rq), .made = n.made,
        .qr = n.pay_url.n ? n.pay_url
                          : arena_printf(a, "%.*s/my/fees/%.*s",
                                         STR_ARG(rq_site(rq)),
                                         STR_ARG(n.number)),
        .qr_text = STR("扫码缴费"),
    };
    return send(rq, &paper, "缴款书.pdf");
}

enum err fee_receipt_pdf(struct request *rq, struct tx *tx)
{
    struct arena *a = tx->arena;
    struct fee_one n;
    struct fee_receipt_one r;
    enum err e = load(rq, tx, &n);
    if (e == OK)
        e = fee_receipt_one(tx, rq_path(rq, "receipt"), &r);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(r.notice, n.number)))
        return rq_fail(rq, ERR_NOTFOUND, "没有这份电子票据。");
    if (e != OK)
        return e;
    const struct pdf_fact facts[] = {
        { STR("票据代码"), r.code },
        { STR("票据号码"), r.number },
        { STR("校验码"), r.checked },
        { STR("缴款码"), n.number },
        { STR("交款人"), n.payer_name },
        { STR("收费项目"), arena_printf(a, "%.*s（%.*s）", STR_ARG(n.name),
                                        STR_ARG(n.project)) },
        { STR("标准和数量"), arena_printf(a, "%.*s 元 × %.*s",
                                          STR_ARG(n.price),
                                          STR_ARG(n.quantity)) },
        { STR("金额"), arena_printf(a, "%.*s 元（%.*s）",
                                    STR_ARG(fee_text(a, r.amount)),
                                    STR_ARG(fee_capital(a, r.amount))) },
        { STR("状态"), inst_is_none(r.struck)
                           ? STR("有效")
                           : STR("已冲红，本票据作废，不得作为报销凭证") },
    };
    const struct pdf_block blocks[] = {
        { .kind = PDF_FACTS, .facts = facts,
          .count = sizeof facts / sizeof *facts },
        { .kind = PDF_PARAGRAPH,
          .text = STR("款项已缴入国库或者财政专户（行政许可法"
                      " 第五十九条）。") },
    };
    struct pdf_notice paper = {
        .organ = conf_organ(a, n.unit_name),
        .title = STR("非税收入通用票据（电子）"), .number = r.number,
        .blocks = blocks, .block_count = sizeof blocks / sizeof *blocks,
        .date = inst_day(r.made), .seal = true, .foot = foot_of(rq),
        .made = r.made,
        .qr = arena_printf(a, "%.*s/fees/verify?number=%.*s&check=%.*s",
                           STR_ARG(rq_site(rq)), STR_ARG(r.number),
                           STR_ARG(r.checked)),
        .qr_text = STR("扫码查验票据"),
    };
    return send(rq, &paper, "电子票据.pdf");
}
