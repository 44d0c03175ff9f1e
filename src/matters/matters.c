/* What this module adds to the site: addresses, permissions, menu. */
#include "matters/matters.h"

#include "matters/inside.h"
#include "matters/pages.h"

#define FLOWS "流程的规定"

static const struct field task_query[] = {
    { "view", FIELD_CHOICE, 0, 0, "列表", "open,done", false },
    { "urgency", FIELD_CHOICE, 0, 0, "紧急程度", "late,soon", false },
    { "process", FIELD_TEXT, 0, 60, "流程", NULL, false },
    { "whose", FIELD_CHOICE, 0, 0, "名下还是岗位上", "own,posts", false },
    { "words", FIELD_TEXT, 0, 60, "编号、标题或者内容", NULL, false },
    { "after", FIELD_INT, -1, INT32_MAX, "位置", NULL, false },
    { "id", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field list_query[] = {
    { "view", FIELD_CHOICE, 0, 0, "列表", "unit,mine", false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field start_form[] = {
    { "title", FIELD_TEXT, 2, 100, "事项名称", NULL, false },
    { "content", FIELD_LINES, 0, 2000, "内容", NULL, false },
    { "days", FIELD_INT, 1, MATTER_DAYS_MAX, "办结期限", NULL, false },
    { "urgent", FIELD_FLAG, 0, 0, "加急", NULL, false },
    { 0 }
};

static const struct field act_query[] = {
    { "task", FIELD_INT, 0, INT64_MAX, "任务", NULL, false },
    { 0 }
};

/* The questions of a step (q_…) are data: see questions.c. */
static const struct field act_form[] = {
    { "task", FIELD_INT, 0, INT64_MAX, "任务", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { "reason", FIELD_LINES, 0, 2000, "理由或者意见", NULL, false },
    { "person", FIELD_TEXT, 0, 20, "哪一位", NULL, false },
    { "other", FIELD_TEXT, 0, 60, "其他单位的人", NULL, false },
    { "where", FIELD_CHOICE, 0, 0, "什么时候签", "beside,before,after",
      false },
    { "element", FIELD_TEXT, 0, 200, "退回到哪一步", NULL, false },
    { "way", FIELD_CHOICE, 0, 0, "退回以后", "redo,straight", false },
    { "message", FIELD_TEXT, 0, 200, "收到的是什么", NULL, false },
    { "disagree", FIELD_FLAG, 0, 0, "不同意", NULL, false },
    { "kind", FIELD_TEXT, 0, 40, "什么程序", NULL, false },
    { "days", FIELD_INT, 1, MATTER_DAYS_MAX, "多少个工作日", NULL, false },
    { "document", FIELD_TEXT, 0, 60, "告知书文号", NULL, false },
    { 0 }
};

static const struct field after_query[] = {
    { "after", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field resolve_form[] = {
    { "way", FIELD_CHOICE, 1, 0, "怎样处理", "retry,hand,cancel", false },
    { "data", FIELD_LINES, 0, 4000, "补充的数据", NULL, false },
    { "reason", FIELD_LINES, 2, 500, "原因", NULL, false },
    { 0 }
};

static const struct field move_form[] = {
    { "to", FIELD_INT, 0, INT64_MAX, "换到哪一版", NULL, false },
    { "map", FIELD_LINES, 0, 8000, "元素对照", NULL, false },
    { 0 }
};

static const struct route routes[] = {
    { "GET", "/tasks", task_list, "matter.work", "matters/tasks", task_query,
      FLOWS, "我的任务", 0, 0, NULL },
    { "GET", "/matters", matter_list_show, "matter.work", "matters/list",
      list_query, NULL, "事项流转", 0, 0, NULL },
    { "GET", "/matters/new", matter_new_show, "matter.work", "matters/new",
      NULL, NULL, "选择流程，发起事项", 0, 0, NULL },
    { "GET", "/matters/new/{key}", matter_start_show, "matter.work",
      "matters/start", NULL, NULL, "填写并发起事项", 0, 0, NULL },
    { "POST", "/matters/new/{key}", matter_start_post, "matter.work",
      "matters/start", start_form, NULL, "发起事项", 0, 0, NULL },
    { "GET", "/matters/{number}", matter_show, "matter.work",
      "matters/matter", NULL, FLOWS, "一件事项", 0, 0, NULL },
    { "GET", "/matters/{number}/{verb}", matter_act_show, "matter.work",
      "matters/act", act_query, FLOWS, "办理动作的确认页", 0, 0, NULL },
    { "POST", "/matters/{number}/{verb}", matter_act_post, "matter.work",
      "matters/act", act_form, FLOWS, "办理动作", 0, 0, NULL },

    { "GET", "/running", running_show, "matter.run", "matters/running", NULL,
      NULL, "运行中的流程", 0, 0, NULL },
    { "GET", "/running/incidents", incident_list, "matter.run",
      "matters/incidents", after_query, NULL, "流程异常", 0, 0, NULL },
    { "GET", "/running/incidents/{id}", incident_show, "matter.run",
      "matters/incident", NULL, NULL, "处理一条流程异常", 0, 0, NULL },
    { "POST", "/running/incidents/{id}", incident_post, "matter.run",
      "matters/incident", resolve_form, NULL, "处理一条流程异常", 0, 0,
      NULL },
    { "GET", "/running/{def}/move", move_show, "matter.run", "matters/move",
      move_form, NULL, "在办件换版本：对照和试算", 0, 0, NULL },
    { "POST", "/running/{def}/move", move_post, "matter.run", "matters/move",
      move_form, NULL, "在办件换版本", 0, 0, NULL },
    { "GET", "/moves/{id}", move_progress, "matter.run", "matters/progress",
      NULL, NULL, "换版本的进度", 0, 0, NULL },
    { "POST", "/moves/{id}/undo", move_undo_post, "matter.run", NULL, NULL,
      NULL, "换回原来的版本", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "matter.work", "window officer leader supervisor mayor editor",
      "发起和办理流转事项" },
    { "matter.run", "system_admin", "管理运行中的流程" },
    { 0 }
};

static const struct menu menu[] = {
    { "tasks", "我的任务", "/tasks", "事项流转", "list-checks", "matter.work",
      NULL },
    { "tasks.done", "我办过的", "/tasks?view=done", "事项流转",
      "clipboard-check", "matter.work", NULL },
    { "matters", "本单位的事项", "/matters", "事项流转", "folder-open",
      "matter.work", NULL },
    { "matters.mine", "我发起的", "/matters?view=mine", "事项流转", "send",
      "matter.work", NULL },
    { "running", "运行中的流程", "/running", "流程与规则", "timer",
      "matter.run", NULL },
    { 0 }
};

static const struct event events[] = {
    { "process.ended", matter_moved }, { "process.moved", matter_moved },
    { "clock.level", matter_level },   { "clock.moved", matter_recount },
    { 0 }
};

static const struct job jobs[] = {
    { "matters.words", 600, matter_words_job },
    { 0 }
};

const struct module matters_module = {
    .name = "matters",
    .events = events,
    .jobs = jobs,
    .routes = routes,
    .permissions = permissions,
    .menu = menu,
};
