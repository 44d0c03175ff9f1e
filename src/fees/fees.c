/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "fees/fees.h"

#include "fees/book.h"
#include "fees/pages.h"

/* ---- inputs ---- */

static const struct field page_form[] = {
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field list_form[] = {
    { "state", FIELD_CHOICE, 0, 0, "状态",
      "assessing,waiting,part,paid,exempt,expired,cancelled", false },
    { "words", FIELD_TEXT, 0, 60, "缴款码或者办件编号", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field back_form[] = {
    { "amount", FIELD_TEXT, 0, 20, "退款金额", NULL, false },
    { "reason", FIELD_LINES, 4, 300, "退款理由", NULL, false },
    { 0 }
};

static const struct field act_form[] = {
    { "amount", FIELD_TEXT, 0, 20, "退款金额", NULL, false },
    { "reason", FIELD_LINES, 0, 300, "理由", NULL, false },
    { 0 }
};

static const struct field assess_form[] = { { 0 } };

static const struct field decide_form[] = {
    { "act", FIELD_CHOICE, 1, 0, "怎样办理", "approve,refuse,retry", false },
    { "answer", FIELD_LINES, 0, 300, "不予退付的理由", NULL, false },
    { 0 }
};

static const struct field difference_form[] = {
    { "act", FIELD_CHOICE, 1, 0, "怎样办理", "book,close", false },
    { "note", FIELD_LINES, 0, 300, "查明的情况", NULL, false },
    { 0 }
};

static const struct field verify_form[] = {
    { "number", FIELD_TEXT, 0, 40, "票据号码", NULL, false },
    { "check", FIELD_TEXT, 0, 40, "校验码", NULL, false },
    { 0 }
};

static const struct field callback_form[] = {
    { "notice", FIELD_TEXT, 1, 64, "缴款码", NULL, false },
    { "platform_no", FIELD_TEXT, 1, 64, "流水号", NULL, false },
    { "amount", FIELD_INT, 1, FEE_MOST, "金额（分）", NULL, true },
    { "paid_at", FIELD_INT, 1, INT64_MAX / 4, "时间", NULL, true },
    { "channel", FIELD_TEXT, 0, 64, "渠道", NULL, false },
    { "account", FIELD_TEXT, 1, 64, "收款账号", NULL, false },
    { "signature", FIELD_TEXT, 1, 100, "签名", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define CHARGE "行政许可法 第五十八条、第五十九条"
#define BACK "行政许可法 第七十五条"

static const struct route routes[] = {
    { "GET", "/my/fees", my_fees_show, "fees.own", "fees/mine", page_form,
      CHARGE, "我的缴费", 0, 0, NULL },
    { "GET", "/my/fees/{number}", my_fee_show, "fees.own", "fees/own", NULL,
      CHARGE, "缴费和票据", 0, 0, NULL },
    { "POST", "/my/fees/{number}", my_refund_post, "fees.own", "fees/own",
      back_form, BACK, "申请退款", 0, 0, NULL },
    { "POST", "/my/fees/{number}/again", my_again_post, "fees.own",
      "fees/own", NULL, CHARGE, "已经缴了：再查一次", 0, 0, NULL },

    { "GET", "/fees", fees_show, "fees.look", "fees/list", list_form, CHARGE,
      "缴款书", 0, 0, NULL },
    { "GET", "/fees/refunds", refunds_show, "fees.finance", "fees/refunds",
      NULL, BACK, "退付", 0, 0, NULL },
    { "POST", "/fees/refunds/{refund}", refund_decide_post, "fees.finance",
      "fees/refunds", decide_form, BACK, "审核一笔退付", 0, 0, NULL },
    { "GET", "/fees/days", days_show, "fees.watch", "fees/days", NULL, CHARGE,
      "每日对账", 0, 0, NULL },
    { "GET", "/fees/days/{day}", day_show, "fees.watch", "fees/day", NULL,
      CHARGE, "一天的对账", 0, 0, NULL },
    { "POST", "/fees/days/{day}", day_read_post, "fees.finance", "fees/day",
      NULL, CHARGE, "读取一天的对账单", 0, 0, NULL },
    { "POST", "/fees/differences/{difference}", difference_post,
      "fees.finance", "fees/days", difference_form, CHARGE, "处理一条差异", 0,
      0, NULL },
    { "GET", "/fees/watch", fees_watch_show, "fees.watch", "fees/watch", NULL,
      CHARGE, "收费监督", 0, 0, NULL },
    { "GET", "/fees/verify", receipt_verify_show, "anyone", "fees/verify",
      verify_form, CHARGE, "票据查验", 0, 0, NULL },
    { "GET", "/fees/{number}", fee_show, "fees.look", "fees/notice", NULL,
      CHARGE, "一份缴款书", 0, 0, NULL },
    { "GET", "/fees/{number}/pdf", fee_pdf, "person", NULL, NULL, CHARGE,
      "缴款书（PDF）", ROUTE_RAW, 0, NULL },
    { "GET", "/fees/{number}/receipt/{receipt}", fee_receipt_pdf, "person",
      NULL, NULL, CHARGE, "电子票据（PDF）", ROUTE_RAW, 0, NULL },
    { "POST", "/fees/{number}/assess", fee_assess_post, "fees.desk",
      "fees/notice", assess_form, CHARGE, "核定应缴金额", 0, 0, NULL },
    { "POST", "/fees/{number}/{verb}", fee_act_post, "fees.look",
      "fees/notice", act_form, CHARGE, "作废、重开、再次询问、退付", 0, 0,
      NULL },

    { "POST", "/payments/callback", callback_post, "anyone", NULL,
      callback_form, CHARGE, "缴费平台通知缴款（见 docs/payments.md）",
      ROUTE_NO_CSRF, 0, callback_before },
    { 0 }
};

static const struct permission permissions[] = {
    { "fees.own", "resident agent", "查看、缴纳自己的缴款书，申请退款" },
    { "fees.look", "officer leader window finance supervisor",
      "查看缴款书；各机关只看本机关开出的" },
    { "fees.all", "window finance supervisor", "查看全部机关的缴款书" },
    { "fees.desk", "officer leader", "核定、作废、重开本机关的缴款书" },
    { "fees.finance", "finance", "审核退付，处理对账差异" },
    { "fees.watch", "finance supervisor", "查看收费依据、数字和对账" },
    { 0 }
};

static const struct event events[] = {
    { "case.accept", fee_accepted }, { "case.supply", fee_accepted },
    { "case.grant", fee_granted },   { "case.withdraw", fee_case_over },
    { "case.deny", fee_case_over },  { 0 },
};

static const struct job jobs[] = {
    { "fees.schedule", 86400, fee_job_schedule },
    { "fees.overdue", 600, fee_job_overdue },
    { "fees.ask", 60, fee_job_ask },
    { "fees.day", 600, fee_job_day },
    { 0 }
};

/* ---- figures beside the menu ---- */

static enum err count_refunds(struct tx *tx, int64_t *n)
{
    struct fee_refunds_waiting *r;
    size_t count;
    enum err e = fee_refunds_waiting(tx, &r, &count);
    if (e == OK)
        *n = (int64_t)count;
    return e;
}

static enum err count_gaps(struct tx *tx, int64_t *n)
{
    struct fee_differences_open c;
    enum err e = fee_differences_open(tx, &c);
    if (e == OK)
        *n = c.differences;
    return e;
}

static const struct menu menu[] = {
    { "my.fees", "我的缴费", "/my/fees", MENU_HEAD, "wallet", "fees.own",
      NULL }, /* the mailbox counts its letter already */
    { "desk.fees", "缴款书", "/fees", "收费", "wallet", "fees.look",
      NULL },
    { "desk.refunds", "退付", "/fees/refunds", "收费", "undo-2",
      "fees.finance", count_refunds },
    { "desk.days", "每日对账", "/fees/days", "收费", "scale", "fees.watch",
      count_gaps },
    { 0 }
};

const struct module fees_module = {
    .name = "fees", .routes = routes, .permissions = permissions,
    .events = events, .jobs = jobs, .menu = menu,
};
