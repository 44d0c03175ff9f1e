/* What the designer's desk adds to the site: addresses, permission, menu. */
#include "design/design.h"

#include "design/pages.h"

static const struct field list_query[] = {
    { .name = "after", .type = FIELD_TEXT, .max = DESIGN_KEY, .label = "位置" },
    { 0 },
};

static const struct field save_form[] = {
    { .name = "key", .type = FIELD_TEXT, .max = DESIGN_KEY, .label = "编号" },
    { .name = "title", .type = FIELD_TEXT, .max = 100, .label = "名称" },
    { .name = "note", .type = FIELD_TEXT, .max = 200, .label = "版本说明" },
    { .name = "file", .type = FIELD_FILE, .label = "文件" },
    { .name = "xml", .type = FIELD_LINES, .max = DESIGN_BYTES,
      .label = "文件内容" },
    { 0 },
};

static const struct field approval_form[] = {
    { .name = "key", .type = FIELD_TEXT, .min = 1, .max = DESIGN_KEY,
      .label = "编号" },
    { .name = "title", .type = FIELD_TEXT, .max = 100, .label = "名称" },
    { .name = "note", .type = FIELD_TEXT, .max = 200, .label = "版本说明" },
    { .name = "lines", .type = FIELD_LINES, .min = 1, .max = 10000,
      .label = "审批清单" },
    { 0 },
};

static const struct field reason_form[] = {
    { .name = "reason", .type = FIELD_LINES, .min = 2, .max = 500,
      .label = "原因" },
    { 0 },
};

static const struct field compare_query[] = {
    { .name = "older", .type = FIELD_INT, .min = 1, .max = INT32_MAX,
      .label = "旧版本" },
    { .name = "newer", .type = FIELD_INT, .min = 1, .max = INT32_MAX,
      .label = "新版本" },
    { 0 },
};

static const struct field try_process_query[] = {
    { .name = "process", .type = FIELD_TEXT, .max = 200, .label = "流程" },
    { .name = "start", .type = FIELD_LINES, .max = 4000,
      .label = "开始时的数据" },
    { .name = "steps", .type = FIELD_LINES, .max = 4000,
      .label = "各步的填写" },
    { .name = "rest", .type = FIELD_CHOICE, .choices = "auto,wait",
      .label = "其余任务" },
    { 0 },
};

static const struct field try_table_query[] = {
    { .name = "decision", .type = FIELD_TEXT, .max = 200, .label = "决策" },
    { .name = "input", .type = FIELD_LINES, .max = 4000,
      .label = "其他数据" },
    { 0 },
};

/* The rows both kinds have; what differs is beside them below. */
#define SHARED(base, noun)                                                  \
    { .method = "GET", .path = base, .handle = definition_list,             \
      .may = "design", .page = "design/list", .form = list_query,           \
      .what = noun "列表" },                                                \
    { .method = "GET", .path = base "/new", .handle = definition_new,       \
      .may = "design", .page = "design/new", .what = "新的" noun,           \
      .flags = ROUTE_EDITOR },                                              \
    { .method = "POST", .path = base "/new",                                \
      .handle = definition_save_post, .before = definition_save_before,     \
      .may = "design", .page = "design/new", .form = save_form,             \
      .what = "保存新的" noun, .flags = ROUTE_LONG },                       \
    { .method = "GET", .path = base "/{key}",                               \
      .handle = definition_versions, .may = "design",                       \
      .page = "design/versions", .what = noun "的各个版本" },               \
    { .method = "GET", .path = base "/{key}/new",                           \
      .handle = definition_new, .may = "design", .page = "design/new",      \
      .what = noun "的新版本", .flags = ROUTE_EDITOR },                     \
    { .method = "POST", .path = base "/{key}/new",                          \
      .handle = definition_save_post, .before = definition_save_before,     \
      .may = "design", .page = "design/new", .form = save_form,             \
      .what = "保存" noun "的新版本", .flags = ROUTE_LONG },                \
    { .method = "GET", .path = base "/{key}/compare",                       \
      .handle = definition_compare, .may = "design",                        \
      .page = "design/compare", .form = compare_query,                      \
      .what = noun "的两个版本对照" },                                      \
    { .method = "GET", .path = base "/{key}/{version}/file",                \
      .handle = definition_file, .may = "design", .flags = ROUTE_RAW,       \
      .what = noun "的原文件" },                                            \
    { .method = "GET", .path = base "/{key}/{version}/deploy",              \
      .handle = definition_deploy, .may = "design",                         \
      .page = "design/confirm", .what = "部署" noun "前的核对" },           \
    { .method = "POST", .path = base "/{key}/{version}/deploy",             \
      .handle = definition_deploy_post, .before = definition_deploy_before, \
      .may = "design", .page = "design/confirm", .form = reason_form,       \
      .what = "部署" noun },                                                \
    { .method = "GET", .path = base "/{key}/{version}/retire",              \
      .handle = definition_retire, .may = "design",                         \
      .page = "design/confirm", .what = "停用" noun "前的核对" },           \
    { .method = "POST", .path = base "/{key}/{version}/retire",             \
      .handle = definition_retire_post, .may = "design",                    \
      .page = "design/confirm", .form = reason_form, .what = "停用" noun }

static const struct route routes[] = {
    SHARED("/design/processes", "流程"),
    { .method = "GET", .path = "/design/processes/approval",
      .handle = approval_show, .may = "design", .page = "design/approval",
      .what = "用审批清单新建流程" },
    { .method = "POST", .path = "/design/processes/approval",
      .handle = approval_post, .before = approval_before, .may = "design",
      .page = "design/approval", .form = approval_form,
      .what = "把审批清单存为流程" },
    { .method = "GET", .path = "/design/processes/{key}/{version}",
      .handle = process_show, .may = "design", .page = "design/process",
      .what = "流程的一个版本" },
    { .method = "GET", .path = "/design/processes/{key}/{version}/drawing",
      .handle = process_drawing, .may = "design", .flags = ROUTE_RAW,
      .what = "流程图（SVG）" },
    { .method = "GET", .path = "/design/processes/{key}/{version}/try",
      .handle = process_try, .may = "design", .page = "design/try_process",
      .form = try_process_query, .what = "试运行流程" },
    SHARED("/design/tables", "决策表"),
    { .method = "GET", .path = "/design/tables/{key}/{version}",
      .handle = decision_show, .may = "design", .page = "design/table",
      .what = "决策表的一个版本" },
    { .method = "GET", .path = "/design/tables/{key}/{version}/try",
      .handle = decision_try, .may = "design", .page = "design/try_table",
      .form = try_table_query, .what = "试算决策表" },
    { 0 },
};

static const struct permission permissions[] = {
    { "design", "system_admin", "设计、试运行、部署流程和决策表" },
    { 0 },
};

static const struct menu menu[] = {
    { .section = "desk.processes", .label = "流程",
      .href = "/design/processes", .group = "流程与规则", .icon = "share-2",
      .may = "design" },
    { .section = "desk.tables", .label = "决策表", .href = "/design/tables",
      .group = "流程与规则", .icon = "list-checks", .may = "design" },
    { 0 },
};

const struct module design_module = {
    .name = "design",
    .routes = routes,
    .permissions = permissions,
    .menu = menu,
};
