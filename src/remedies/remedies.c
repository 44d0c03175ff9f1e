/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "remedies/remedies.h"

#include "kernel/auth/auth.h"
#include "remedies/pages.h"
#include "remedies/queries.gen.h"

static const struct field complain_form[] = {
    { "step", FIELD_TEXT, 0, 20, "投诉的环节", NULL, false },
    { "text", FIELD_LINES, 4, 1000, "投诉的内容", NULL, false },
    { 0 }
};

static const struct field correct_form[] = {
    { "enterprise", FIELD_TEXT, 0, 18, "企业的统一社会信用代码", NULL,
      false },
    { "datum", FIELD_TEXT, 0, 20, "要更正的信息", NULL, false },
    { "becomes", FIELD_LINES, 0, 3000, "应当是", NULL, false },
    { "text", FIELD_LINES, 4, 1000, "理由和依据", NULL, false },
    { 0 }
};

static const struct field correct_query[] = {
    { "enterprise", FIELD_TEXT, 0, 18, "企业的统一社会信用代码", NULL,
      false },
    { 0 }
};

static const struct field mine_query[] = {
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field list_query[] = {
    { "kind", FIELD_CHOICE, 0, 0, "类别",
      "complaint,overasked,correction,reopening", false },
    { "state", FIELD_CHOICE, 0, 0, "处理",
      "open,explained,granted,dismissed,withdrawn", false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field explain_form[] = {
    { "text", FIELD_LINES, 4, 1000, "情况说明", NULL, false },
    { 0 }
};

static const struct field answer_form[] = {
    { "verdict", FIELD_CHOICE, 1, 0, "处理", "grant,reopen,dismiss", false },
    { "text", FIELD_LINES, 4, 1000, "答复的内容", NULL, false },
    { 0 }
};

static const struct field reopen_form[] = {
    { "ground", FIELD_CHOICE, 1, 0, "依据", "reconsideration,judgment,error",
      false },
    { "document", FIELD_TEXT, 0, 60, "文号", NULL, false },
    { "days", FIELD_INT, 0, REMEDY_DAYS_MOST, "责令的期限", NULL, false },
    { "text", FIELD_LINES, 4, 1000, "说明", NULL, false },
    { 0 }
};

#define COMPLAIN "优化营商环境条例 第四十九条"
#define CORRECT "个人信息保护法 第四十六条、第五十条"
#define AGAIN "行政复议法 第七十七条；行政许可法 第六十条"

static const struct route routes[] = {
    { "GET", "/cases/{number}/complain", complain_show, "remedies.own",
      "remedies/complain", NULL, COMPLAIN, "对一个办理环节投诉", 0, 0, NULL },
    { "POST", "/cases/{number}/complain", complain_post, "remedies.own",
      "remedies/complain", complain_form, COMPLAIN, "提交投诉", 0, 0, NULL },
    { "GET", "/my/corrections", correct_show, "remedies.own",
      "remedies/correct", correct_query, CORRECT,
      "申请更正个人信息或者企业的登记信息", 0, 0, NULL },
    { "POST", "/my/corrections", correct_post, "remedies.own",
      "remedies/correct", correct_form, CORRECT, "提交更正申请", 0, 0, NULL },
    { "GET", "/my/remedies", my_remedies_show, "remedies.own",
      "remedies/mine", mine_query, CORRECT, "我的投诉和更正", 0, 0, NULL },
    { "GET", "/my/remedies/{code}", my_remedy_show, "remedies.own",
      "remedies/own", NULL, CORRECT, "我的一件投诉或者更正", 0, 0, NULL },
    { "POST", "/my/remedies/{code}/withdraw", my_remedy_withdraw_post,
      "remedies.own", "remedies/own", NULL, NULL, "撤回投诉或者更正申请", 0, 0,
      NULL },

    { "GET", "/remedies", remedies_show, "remedies.look", "remedies/list",
      list_query, COMPLAIN, "投诉、更正和重新办理", 0, 0, NULL },
    { "GET", "/remedies/{code}", remedy_show, "remedies.look", "remedies/one",
      NULL, COMPLAIN, "一件投诉、更正或者重新办理", 0, 0, NULL },
    { "POST", "/remedies/{code}/explain", remedy_explain_post,
      "remedies.explain", "remedies/one", explain_form, COMPLAIN,
      "说明被投诉的情况", 0, 0, NULL },
    { "POST", "/remedies/{code}/answer", remedy_answer_post,
      "remedies.look", "remedies/one", answer_form, COMPLAIN,
      "答复投诉、决定更正", 0, 0, NULL },
    { "GET", "/cases/{number}/reopen", reopen_show, "remedies.reopen",
      "remedies/reopen", NULL, AGAIN, "重新办理一件", 0, 0, NULL },
    { "POST", "/cases/{number}/reopen", reopen_post, "remedies.reopen",
      "remedies/reopen", reopen_form, AGAIN, "决定重新办理", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "remedies.own", "resident agent",
      "投诉自己办件的环节，申请更正自己的信息" },
    { "remedies.look", "officer leader supervisor",
      "查看投诉和更正；各单位只看涉及本单位的，更正由保管的单位决定" },
    { "remedies.explain", "leader", "对涉及本单位的投诉说明情况" },
    { "remedies.reopen", "leader supervisor",
      "依据复议决定、判决或者发现的错误重新办理" },
    { 0 }
};

static const struct event events[] = {
    { "case.overasked", remedy_overasked },
    { "case.reopened", remedy_reopened },
    { 0 }
};

/* For those who answer or are heard; an officer's pages do not count it. */
static enum err count_waiting(struct tx *tx, int64_t *n)
{
    struct remedy_waiting w;
    bool all = auth_sees_all(tx->who->role);
    if (!all && !str_is(tx->who->role, "leader"))
        return OK;
    enum err e = remedy_waiting(tx, all ? STR("") : tx->who->unit, &w);
    if (e == OK)
        *n = w.matters;
    return e;
}

static const struct menu menu[] = {
    { "my.remedies", "投诉和更正", "/my/remedies", MENU_HEAD, "message-square",
      "remedies.own", NULL },
    { "desk.remedies", "投诉和更正", "/remedies", "监察", "message-square",
      "remedies.look", count_waiting },
    { 0 }
};

const struct module remedies_module = {
    .name = "remedies", .routes = routes, .permissions = permissions,
    .events = events, .menu = menu,
};
