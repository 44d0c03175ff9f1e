/* What supervision adds to the site: addresses, permissions, signals heard. */
#include "supervision/supervision.h"

#include "supervision/pages.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

#define PERIOD                                                              \
    { .name = "period", .type = FIELD_CHOICE, .label = "统计期",            \
      .choices = "last,year" }

static const struct field dashboard_query[] = {
    PERIOD,
    { .name = "all", .type = FIELD_FLAG, .label = "全部部门" },
    { 0 },
};

static const struct field csv_query[] = { PERIOD, { 0 } };

static const struct field unit_query[] = {
    PERIOD,
    { .name = "after", .type = FIELD_INT, .min = INT32_MIN, .max = INT32_MAX,
      .label = "位置" },
    { .name = "id", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "位置" },
    { 0 },
};

static const struct field cards_query[] = {
    { .name = "kind", .type = FIELD_CHOICE, .label = "牌",
      .choices = "warning,yellow,red" },
    { .name = "state", .type = FIELD_CHOICE, .label = "处理",
      .choices = "issued,explained,upheld,lifted,settled" },
    { .name = "unit", .type = FIELD_TEXT, .max = 20, .label = "部门" },
    { .name = "before", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "位置" },
    { .name = "id", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "位置" },
    { 0 },
};

static const struct field explain_form[] = {
    { .name = "text", .type = FIELD_LINES, .min = 4, .max = 1000,
      .label = "情况说明" },
    { 0 },
};

static const struct field answer_form[] = {
    { .name = "verdict", .type = FIELD_CHOICE, .min = 1, .label = "处理",
      .choices = "uphold,lift" },
    { .name = "text", .type = FIELD_LINES, .min = 4, .max = 1000,
      .label = "处理意见" },
    { 0 },
};

static const struct field ratings_query[] = {
    { .name = "after", .type = FIELD_INT, .min = 0, .max = INT32_MAX,
      .label = "位置" },
    { .name = "id", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "位置" },
    { 0 },
};

static const struct field mend_form[] = {
    { .name = "answer", .type = FIELD_LINES, .min = 4, .max = 1000,
      .label = "整改结果" },
    { 0 },
};

static const struct field rate_query[] = {
    { .name = "ticket", .type = FIELD_TEXT, .max = 40, .label = "回执凭证" },
    { 0 },
};

static const struct field rate_form[] = {
    { .name = "level", .type = FIELD_INT, .min = 1, .max = RATING_LEVELS,
      .label = "满意程度", .must = true },
    { .name = "reason", .type = FIELD_CHOICE, .max = 6, .label = "哪些方面",
      .choices = RATING_REASONS },
    { .name = "text", .type = FIELD_LINES, .max = 500, .label = "想说的话" },
    { .name = "channel", .type = FIELD_CHOICE, .label = "评价方式",
      .choices = "window,phone" },
    { .name = "ticket", .type = FIELD_TEXT, .max = 40, .label = "回执凭证" },
    { 0 },
};

static const struct field matters_query[] = {
    { .name = "unit", .type = FIELD_TEXT, .max = 20, .label = "部门" },
    { .name = "after", .type = FIELD_INT, .min = 0, .max = INT32_MAX,
      .label = "位置" },
    { .name = "id", .type = FIELD_INT, .min = 0, .max = INT64_MAX,
      .label = "位置" },
    { 0 },
};

#define RATING_LAW "国办发〔2019〕51号"
#define MEND_LAW "安阳市政务服务条例 第五十二条"

static const struct route routes[] = {
    { .method = "GET", .path = "/supervision", .handle = dashboard_show,
      .may = "supervision.look", .page = "supervision/dashboard",
      .form = dashboard_query, .law = "行政许可法 第六十条",
      .what = "电子监察" },
    { .method = "GET", .path = "/supervision.csv", .handle = dashboard_csv,
      .may = "supervision.look", .form = csv_query, .flags = ROUTE_RAW,
      .what = "各部门监察数据（CSV）" },
    { .method = "GET", .path = "/supervision/units/{code}",
      .handle = watched_unit_show, .may = "supervision.look",
      .page = "supervision/unit", .form = unit_query,
      .law = "行政许可法 第六十条", .what = "一个部门的监察情况" },
    { .method = "GET", .path = "/supervision/matters",
      .handle = watched_matters_show, .may = "supervision.look",
      .page = "supervision/matters", .form = matters_query,
      .what = "超期和即将到期的流转事项" },
    { .method = "GET", .path = "/supervision/cards", .handle = cards_show,
      .may = "supervision.cards", .page = "supervision/cards",
      .form = cards_query, .what = "黄牌红牌" },
    { .method = "GET", .path = "/supervision/cards/{code}",
      .handle = card_show, .may = "supervision.cards",
      .page = "supervision/card", .what = "一张牌" },
    { .method = "POST", .path = "/supervision/cards/{code}/explain",
      .handle = card_explain_post, .may = "supervision.explain",
      .page = "supervision/card", .form = explain_form,
      .what = "说明超期情况" },
    { .method = "POST", .path = "/supervision/cards/{code}/answer",
      .handle = card_answer_post, .may = "supervision.answer",
      .page = "supervision/card", .form = answer_form,
      .law = "行政许可法 第七十四条", .what = "维持或者撤销一张牌" },
    { .method = "GET", .path = "/supervision/ratings",
      .handle = ratings_show, .may = "supervision.mend",
      .page = "supervision/ratings", .form = ratings_query, .law = MEND_LAW,
      .what = "差评整改" },
    { .method = "GET", .path = "/supervision/ratings/{number}/{channel}",
      .handle = rating_show, .may = "supervision.mend",
      .page = "supervision/rating", .law = MEND_LAW, .what = "一条评价" },
    { .method = "POST",
      .path = "/supervision/ratings/{number}/{channel}/verify",
      .handle = rating_verify_post, .may = "supervision.mend",
      .page = "supervision/rating", .law = MEND_LAW,
      .what = "记录已与评价人核实" },
    { .method = "POST", .path = "/supervision/ratings/{number}/{channel}/mend",
      .handle = rating_mend_post, .may = "supervision.mend",
      .page = "supervision/rating", .form = mend_form, .law = MEND_LAW,
      .what = "填写整改结果" },
    { .method = "GET", .path = "/cases/{number}/rate", .handle = rate_show,
      .may = "anyone", .page = "supervision/rate", .form = rate_query,
      .law = RATING_LAW, .what = "评价一个办结的办件" },
    { .method = "POST", .path = "/cases/{number}/rate", .handle = rate_post,
      .may = "anyone", .form = rate_form, .law = RATING_LAW,
      .what = "提交评价" },
    { 0 },
};

static const struct permission permissions[] = {
    { "supervision.look", "supervisor mayor leader",
      "查看电子监察；负责人只看本单位" },
    { "supervision.cards", "supervisor mayor leader officer window",
      "查看黄牌红牌；各单位只看本单位的" },
    { "supervision.explain", "leader officer window",
      "对发给本单位的牌说明情况" },
    { "supervision.answer", "supervisor", "维持或者撤销一张牌" },
    { "supervision.mend", "supervisor leader",
      "查看、核实和整改差评；负责人只办本单位的" },
    { "supervision.record", "window", "按办事人的原话记录窗口、电话评价" },
    { 0 },
};

static const struct event events[] = {
    { "clock.level", card_issue },
    { "case.accept", card_matter_moved },
    { "case.supplement", card_matter_moved },
    { "case.refuse", card_matter_moved },
    { "case.special", card_matter_moved },
    { "case.extend", card_matter_moved },
    { "case.prolong", card_matter_moved },
    { "case.grant", card_matter_moved },
    { "case.deny", card_matter_moved },
    { "case.withdraw", card_matter_moved },
    { "case.closed", card_matter_moved },
    { "matter.clock", card_clock_moved },
    { "process.limit", card_step_over },
    { 0 },
};

/* ---- figures beside the desk's menu ---- */

/* The supervisor is asked to answer, everybody else to explain. */
static enum err count_cards(struct tx *tx, int64_t *n)
{
    struct card_waiting_count c;
    bool supervisor = str_is(tx->who->role, "supervisor");
    enum err e = card_waiting_count(tx, watch_scope(tx->who),
                                    supervisor ? STR("explained")
                                               : STR("issued"), &c);
    if (e == OK)
        *n = c.cards;
    return e;
}

static enum err count_ratings(struct tx *tx, int64_t *n)
{
    struct rating_bad_count c;
    enum err e = rating_bad_count(tx, watch_scope(tx->who), &c);
    if (e == OK)
        *n = c.ratings;
    return e;
}

static const struct menu menu[] = {
    { .section = "desk.supervision", .label = "电子监察",
      .href = "/supervision", .group = "监察", .icon = "layout-dashboard",
      .may = "supervision.look" },
    { .section = "desk.cards", .label = "黄牌红牌",
      .href = "/supervision/cards", .group = "监察", .icon = "shield-alert",
      .may = "supervision.cards", .count = count_cards },
    { .section = "desk.ratings", .label = "差评整改",
      .href = "/supervision/ratings", .group = "监察", .icon = "frown",
      .may = "supervision.mend", .count = count_ratings },
    { 0 },
};

const struct module supervision_module = {
    .name = "supervision",
    .routes = routes,
    .permissions = permissions,
    .events = events,
    .menu = menu,
};
