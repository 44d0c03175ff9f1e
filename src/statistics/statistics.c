/* What this room adds to the site. */
#include "statistics/statistics.h"

#include "kernel/store/topics.h"
#include "statistics/count.h"
#include "statistics/pages.h"

static const struct field query[] = {
    { "period", FIELD_CHOICE, 0, 0, "统计期",
      "month,last,quarter,year,last-year,all", false },
    { "by", FIELD_CHOICE, 0, 0, "统计口径", "unit,item,town,channel", false },
    { 0 },
};

#define LAW "优化营商环境条例 第三十六条；政府信息公开条例 第二十条"

static const struct route routes[] = {
    { "GET", "/statistics", statistics_show, "anyone", "statistics/statistics",
      query, LAW, "办件统计", ROUTE_CACHED, TOPIC_BOARD, NULL },
    { "GET", "/statistics.csv", statistics_csv, "anyone", NULL, query, LAW,
      "办件统计（CSV）", ROUTE_RAW, 0, NULL },
    { "GET", "/statistics.xlsx", statistics_xlsx, "anyone", NULL, query, LAW,
      "办件统计（XLSX）", ROUTE_RAW, 0, NULL },
    { 0 },
};

static const struct permission permissions[] = {
    { 0 },
};

static const struct event events[] = {
    { "case.filed", statistics_heard },  { "case.refuse", statistics_heard },
    { "case.grant", statistics_heard },  { "case.deny", statistics_heard },
    { "case.withdraw", statistics_heard }, { "case.closed", statistics_heard },
    { "case.end", statistics_heard },
    { 0 },
};

static const struct job jobs[] = {
    { "statistics.begin", 3600, statistics_begin },
    { 0 },
};

static const struct slow_job slow_jobs[] = {
    { "statistics.count", 2, statistics_count, statistics_keep },
    { 0 },
};

static const struct menu menu[] = {
    { "statistics", "办件统计", "/statistics", NULL, NULL, NULL, NULL },
    { 0 },
};

const struct module statistics_module = {
    .name = "statistics",
    .routes = routes,
    .permissions = permissions,
    .events = events,
    .jobs = jobs, .slow_jobs = slow_jobs,
    .menu = menu,
};
