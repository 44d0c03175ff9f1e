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

static const struct field drawing_query[] = {
    { .name = "against", .type = FIELD_INT, .min = 1, .max = INT32_MAX,
      .label = "对照的版本" },
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

static const struct field try_form_query[] = {
    { .name = "asked", .type = FIELD_FLAG, .label = "已经填写" },
    { 0 },
};

static const struct field preview_query[] = {
    { .name = "step", .type = FIELD_TEXT, .max = 40, .label = "哪一步" },
    { 0 },
};

static const struct field item_form[] = {
    { .name = "item", .type = FIELD_TEXT, .min = 1, .max = 40,
      .label = "事项编码" },
    { 0 },
};

/* A form being changed: `revision` is what the page was made from. */
#define REVISION                                                            \
    { .name = "revision", .type = FIELD_INT, .max = INT32_MAX,              \
      .label = "修订号" }
#define CODE { .name = "code", .type = FIELD_TEXT, .max = 40, .label = "编码" }
#define LINE(member, most, words)                                           \
    { .name = member, .type = FIELD_TEXT, .max = most, .label = words }
#define LINES(member, most, words)                                          \
    { .name = member, .type = FIELD_LINES, .max = most, .label = words }

static const struct field step_form[] = { REVISION, { 0 } };

static const struct field keep_form[] = {
    LINE("note", 200, "版本说明"), { 0 },
};

static const struct field move_form[] = {
    REVISION,
    { .name = "to", .type = FIELD_CHOICE, .min = 1, .choices = "up,down",
      .label = "方向" },
    { 0 },
};

static const struct field group_query[] = { LINE("group", 40, "分组"), { 0 } };

static const struct field head_form[] = {
    REVISION, LINE("title", 100, "名称"), LINES("summary", 500, "简介"),
    LINE("audience", 20, "对象"), LINE("icon", 40, "图标"),
    LINE("lead", 20, "牵头部门代码"), LINE("promised", 10, "承诺工作日"),
    LINE("minutes", 10, "填写要几分钟"), LINES("conditions", 5000, "申请条件"),
    LINES("results", 5000, "办理结果"), LINES("faq", 20000, "常见问题"),
    LINE("rules", DESIGN_KEY, "决策表编号"), { 0 },
};

static const struct field group_form[] = {
    REVISION, CODE, LINE("title", 60, "标题"), LINE("when", 1000, "条件"),
    { 0 },
};

static const struct field field_form[] = {
    REVISION, CODE, LINE("group", 40, "分组"), LINE("label", 100, "问题的文字"),
    LINE("type", 20, "类型"), LINE("hint", 300, "提示"),
    { .name = "optional", .type = FIELD_FLAG, .label = "选填" },
    LINE("min", 20, "下限"), LINE("max", 20, "上限"), LINE("unit", 20, "单位"),
    LINES("choices", 8000, "选项"), LINE("when", 1000, "条件"),
    { .name = "parts", .type = FIELD_ANY, .label = "哪些部门看得到" }, { 0 },
};

static const struct field paper_form[] = {
    REVISION, CODE, LINE("name", 100, "名称"), LINE("source", 20, "来源"),
    LINE("from", 60, "由哪里调取"), LINE("need", 2, "必要性"),
    LINE("note", 300, "要求"), LINES("sample", 10000, "样本"),
    LINE("when", 1000, "条件"),
    { .name = "parts", .type = FIELD_ANY, .label = "哪些部门审查" }, { 0 },
};

static const struct field part_form[] = {
    REVISION, CODE, LINE("title", 100, "名称"), LINE("item", 40, "事项编码"),
    LINE("unit", 20, "部门代码"), LINE("unit_from", 40, "由哪个问题决定部门"),
    LINE("promised", 10, "承诺工作日"), LINE("note", 300, "说明"),
    LINE("when", 1000, "条件"), LINES("needs", 1300, "前置的部门事项"), { 0 },
};

/* The rows all kinds have; what differs is beside them below. */
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

static const struct field posts_query[] = {
    LINE("unit", 20, "机构"), LINE("duty", 60, "岗位"), { 0 },
};

static const struct field posts_form[] = {
    { .name = "unit", .type = FIELD_TEXT, .min = 1, .max = 20,
      .label = "机构" },
    { .name = "duty", .type = FIELD_TEXT, .min = 1, .max = 60,
      .label = "岗位" },
    { .name = "account", .type = FIELD_PICK, .min = 1, .max = 20,
      .label = "谁" },
    LINE("stands_for", 20, "代理谁"),
    { .name = "from", .type = FIELD_DAY, .min = 1, .label = "第一天" },
    { .name = "to", .type = FIELD_DAY, .label = "最后一天" },
    { .name = "reason", .type = FIELD_LINES, .min = 2, .max = 500,
      .label = "原因" },
    { 0 },
};

static const struct field end_form[] = {
    { .name = "last", .type = FIELD_DAY, .min = 1, .label = "最后一天" },
    { .name = "reason", .type = FIELD_LINES, .min = 2, .max = 500,
      .label = "原因" },
    { 0 },
};

/* The rows of one kind of thing in a form being changed. */
#define THING(plural, noun, name, inputs)                                   \
    { .method = "GET", .path = "/design/forms/{key}/work/" plural "/{code}", \
      .handle = name##_edit, .may = "design", .page = "design/form_edit",   \
      .form = group_query, .what = "加或者改表单的" noun },                 \
    { .method = "POST",                                                     \
      .path = "/design/forms/{key}/work/" plural "/{code}",                 \
      .handle = form_change_post, .before = name##_before, .may = "design", \
      .page = "design/form_edit", .form = inputs,                           \
      .what = "保存表单的" noun },                                          \
    { .method = "POST",                                                     \
      .path = "/design/forms/{key}/work/" plural "/{code}/move",            \
      .handle = form_change_post, .before = form_move_before,               \
      .may = "design", .page = "design/form_work", .form = move_form,       \
      .what = "上移或者下移" noun },                                        \
    { .method = "GET",                                                      \
      .path = "/design/forms/{key}/work/" plural "/{code}/remove",          \
      .handle = form_remove_show, .may = "design",                          \
      .page = "design/form_sure", .what = "删去" noun "前的核对" },         \
    { .method = "POST",                                                     \
      .path = "/design/forms/{key}/work/" plural "/{code}/remove",          \
      .handle = form_change_post, .before = form_remove_before,             \
      .may = "design", .page = "design/form_sure", .form = step_form,       \
      .what = "从表单删去" noun }

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
      .form = drawing_query,
      .what = "流程图（SVG）" },
    { .method = "GET", .path = "/design/processes/{key}/{version}/try",
      .handle = process_try, .may = "design", .page = "design/try_process",
      .form = try_process_query, .what = "试运行流程" },
    { .method = "GET", .path = "/design/processes/{key}/{version}/tasks",
      .handle = process_tasks, .may = "design",
      .page = "design/process_tasks",
      .what = "给任务挂岗位、时限、表单和决策表" },
    { .method = "POST", .path = "/design/processes/{key}/{version}/tasks",
      .handle = definition_save_post, .before = process_tasks_before,
      .may = "design", .page = "design/process_tasks", .form = keep_form,
      .what = "存为挂好的新版本" },
    SHARED("/design/tables", "决策表"),
    { .method = "GET", .path = "/design/tables/{key}/{version}",
      .handle = decision_show, .may = "design", .page = "design/table",
      .what = "决策表的一个版本" },
    { .method = "GET", .path = "/design/tables/{key}/{version}/try",
      .handle = decision_try, .may = "design", .page = "design/try_table",
      .form = try_table_query, .what = "试算决策表" },
    { .method = "GET", .path = "/design/posts", .handle = posts_show,
      .may = "design", .page = "design/posts", .form = posts_query,
      .what = "岗位由谁担任" },
    { .method = "POST", .path = "/design/posts", .handle = posts_post,
      .may = "design", .page = "design/posts", .form = posts_form,
      .what = "安排岗位或者代理" },
    { .method = "GET", .path = "/design/posts/{id}/end", .handle = post_end,
      .may = "design", .page = "design/post_end",
      .what = "结束一条岗位安排前的核对" },
    { .method = "POST", .path = "/design/posts/{id}/end",
      .handle = post_end_post, .may = "design", .page = "design/post_end",
      .form = end_form, .what = "结束一条岗位安排" },
    SHARED("/design/forms", "表单"),
    { .method = "GET", .path = "/design/forms/item", .handle = form_item_show,
      .may = "design", .page = "design/form_item", .what = "给事项做表单" },
    { .method = "POST", .path = "/design/forms/item", .handle = form_item_post,
      .may = "design", .page = "design/form_item", .form = item_form,
      .what = "按事项现在的申请表新建表单" },
    { .method = "GET", .path = "/design/forms/{key}/{version}",
      .handle = form_version, .may = "design", .page = "design/form",
      .what = "表单的一个版本" },
    { .method = "GET", .path = "/design/forms/{key}/{version}/preview",
      .handle = form_preview, .may = "design", .page = "design/form_preview",
      .form = preview_query, .what = "预览表单" },
    { .method = "GET", .path = "/design/forms/{key}/{version}/try",
      .handle = form_try, .may = "design", .page = "design/try_form",
      .form = try_form_query, .what = "试填表单" },
    { .method = "GET", .path = "/design/forms/{key}/work/preview",
      .handle = form_preview, .may = "design", .page = "design/form_preview",
      .form = preview_query, .what = "预览正在改的表单" },
    { .method = "GET", .path = "/design/forms/{key}/work/try",
      .handle = form_try, .may = "design", .page = "design/try_form",
      .form = try_form_query, .what = "试填正在改的表单" },
    { .method = "POST", .path = "/design/forms/{key}/{version}/edit",
      .handle = form_begin_post, .may = "design", .page = "design/form",
      .form = step_form, .what = "从这一版改起" },
    { .method = "GET", .path = "/design/forms/{key}/work",
      .handle = form_work, .may = "design", .page = "design/form_work",
      .what = "正在改的表单" },
    { .method = "GET", .path = "/design/forms/{key}/work/drop",
      .handle = form_drop_show, .may = "design", .page = "design/form_sure",
      .what = "放弃修改前的核对" },
    { .method = "POST", .path = "/design/forms/{key}/work/drop",
      .handle = form_drop_post, .may = "design", .page = "design/form_sure",
      .form = step_form, .what = "放弃修改" },
    { .method = "POST", .path = "/design/forms/{key}/work/keep",
      .handle = form_keep_post, .before = form_keep_before, .may = "design",
      .page = "design/form_work", .form = keep_form,
      .what = "存为表单的新版本" },
    { .method = "GET", .path = "/design/forms/{key}/work/head",
      .handle = form_head_edit, .may = "design", .page = "design/form_edit",
      .what = "改基本信息" },
    { .method = "POST", .path = "/design/forms/{key}/work/head",
      .handle = form_change_post, .before = form_head_before,
      .may = "design", .page = "design/form_edit", .form = head_form,
      .what = "保存基本信息" },
    THING("groups", "分组", form_group, group_form),
    THING("fields", "问题", form_field, field_form),
    THING("papers", "材料", form_paper, paper_form),
    THING("parts", "部门事项", form_part, part_form),
    { 0 },
};

static const struct permission permissions[] = {
    { "design", "system_admin",
      "设计、试运行、部署流程、决策表和表单，安排岗位" },
    { 0 },
};

static const struct menu menu[] = {
    { .section = "desk.processes", .label = "流程",
      .href = "/design/processes", .group = "流程与规则", .icon = "share-2",
      .may = "design" },
    { .section = "desk.tables", .label = "决策表", .href = "/design/tables",
      .group = "流程与规则", .icon = "list-checks", .may = "design" },
    { .section = "desk.forms", .label = "表单", .href = "/design/forms",
      .group = "流程与规则", .icon = "file-text", .may = "design" },
    { .section = "desk.posts", .label = "岗位", .href = "/design/posts",
      .group = "流程与规则", .icon = "users", .may = "design" },
    { 0 },
};

const struct module design_module = {
    .name = "design",
    .routes = routes,
    .permissions = permissions,
    .menu = menu,
};
