/* What the portal adds to the site. */
#include "portal/portal.h"

#include "kernel/store/topics.h"
#include "portal/pages.h"

static const struct field search_query[] = {
    { .name = "words", .type = FIELD_TEXT, .max = 60, .label = "要找的内容" },
    { .name = "exact", .type = FIELD_FLAG, .label = "只按原来的字查" },
    { .name = "before", .type = FIELD_INT, .min = 1, .max = INT64_MAX,
      .label = "位置" },
    { 0 },
};

static const struct route routes[] = {
    { .method = "GET", .path = "/", .handle = home_show, .may = "anyone",
      .page = "portal/home", .flags = ROUTE_CACHED, .topic = TOPIC_BOARD,
      .law = "政府信息公开条例 第二十四条", .what = "首页" },
    { .method = "GET", .path = "/home/rows", .handle = home_rows_show,
      .may = "anyone", .page = "portal/home_rows", .flags = ROUTE_STREAM,
      .topic = TOPIC_BOARD, .what = "首页的最近办件，实时" },
    { .method = "GET", .path = "/search", .handle = search_show,
      .may = "anyone", .page = "portal/search", .form = search_query,
      .what = "搜索主题、事项和办件" },
    { 0 },
};

static const struct permission permissions[] = { { 0 } };

static const struct menu menu[] = {
    { .section = "home", .label = "首页", .href = "/" },
    { 0 },
};

const struct module portal_module = {
    .name = "portal",
    .routes = routes,
    .permissions = permissions,
    .menu = menu,
};
