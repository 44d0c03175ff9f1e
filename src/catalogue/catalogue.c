/* What this module adds to the site: every address is a row, every row says
 * who may, what it takes, what it shows, on what law. */
#include "catalogue/catalogue.h"

#include "catalogue/keep.h"
#include "catalogue/pages.h"
#include "kernel/store/topics.h"

/* ---- inputs ---- */

static const struct field list_form[] = {
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "view", FIELD_CHOICE, 0, 0, "列表",
      "draft,sent,approved,wrong,paused,withdrawn", false },
    { "level", FIELD_TEXT, 0, 10, "层级", NULL, false },
    { "words", FIELD_TEXT, 0, 50, "名称或者编码", NULL, false },
    { "after", FIELD_TEXT, 0, 40, "位置", NULL, false },
    { 0 }
};

static const struct field new_form[] = {
    { "code", FIELD_TEXT, 1, 40, "事项编码", NULL, false },
    { "name", FIELD_TEXT, 1, 200, "事项名称", NULL, false },
    { 0 }
};

static const struct field item_form[] = {
    { "version", FIELD_INT, 0, 100000, "版本", NULL, false },
    { 0 }
};

static const struct field compare_form[] = {
    { "older", FIELD_INT, 1, 100000, "旧的版本", NULL, false },
    { "newer", FIELD_INT, 1, 100000, "新的版本", NULL, false },
    { 0 }
};

/* The fields of a guide are data (field.c) and checked there. */
static const struct field edit_form[] = {
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { "to", FIELD_CHOICE, 0, 0, "移到", "up,down", false },
    { 0 }
};

static const struct field file_form[] = {
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { "file", FIELD_FILE, 0, 0, "文件", NULL, false },
    { 0 }
};

static const struct field sample_form[] = {
    { "page", FIELD_INT, 1, 1000, "第几页", NULL, false },
    { 0 }
};

static const struct field act_form[] = {
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { "reason", FIELD_LINES, 0, 1000, "意见或者原因", NULL, false },
    { "effective", FIELD_DAY, 0, 0, "生效日", NULL, false },
    { 0 }
};

static const struct field review_form[] = {
    { "items", FIELD_ANY, 0, 0, "事项", NULL, false },
    { "effective", FIELD_DAY, 0, 0, "生效日", NULL, false },
    { 0 }
};

static const struct field findings_form[] = {
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "rule", FIELD_TEXT, 0, 40, "规则", NULL, false },
    { "after", FIELD_TEXT, 0, 40, "位置", NULL, false },
    { 0 }
};

static const struct field import_form[] = {
    { "file", FIELD_FILE, 0, 0, "文件", NULL, false },
    { 0 }
};

static const struct field report_form[] = {
    { "after", FIELD_INT, 0, 100000, "位置", NULL, false },
    { 0 }
};

static const struct field export_form[] = {
    { "form", FIELD_CHOICE, 1, 0, "格式", "csv,xlsx,json", false },
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "partner", FIELD_TEXT, 0, 40, "交换伙伴", NULL, false },
    { "drafts", FIELD_FLAG, 0, 0, "连同草稿", NULL, false },
    { 0 }
};

static const struct field empty_form[] = {
    { "form", FIELD_CHOICE, 1, 0, "格式", "csv,xlsx", false },
    { 0 }
};

static const struct field partners_form[] = {
    { "partner", FIELD_TEXT, 1, 40, "编号", NULL, false },
    { "name", FIELD_TEXT, 1, 100, "名称", NULL, false },
    { 0 }
};

static const struct field partner_form[] = {
    { "list", FIELD_TEXT, 1, 40, "字段", NULL, false },
    { "ours", FIELD_TEXT, 1, 100, "我们的词", NULL, false },
    { "theirs", FIELD_TEXT, 0, 100, "对方的代码", NULL, false },
    { "from", FIELD_DAY, 0, 0, "从哪天起", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define PERMIT "行政许可法 第三十条"
#define ONLINE "国务院关于在线政务服务的若干规定 第六条"
#define MARKET "优化营商环境条例 第三十五条"
#define ITEM "/catalogue/items/{code}"

static const struct route routes[] = {
    { "GET", "/catalogue", catalogue_show, "catalogue.look", "catalogue/list",
      list_form, ONLINE, "事项目录管理", 0, 0, NULL },
    { "GET", "/catalogue/new", catalogue_new_show, "catalogue.work",
      "catalogue/new", NULL, ONLINE, "新建事项的页面", 0, 0, NULL },
    { "POST", "/catalogue/new", catalogue_new_post, "catalogue.work",
      "catalogue/new", new_form, ONLINE, "新建事项", 0, 0, NULL },
    { "GET", "/catalogue/review", catalogue_review_show, "catalogue.look",
      "catalogue/review", NULL, MARKET, "等待审核的事项", 0, 0, NULL },
    { "POST", "/catalogue/review", catalogue_review_post, "catalogue.work",
      "catalogue/review", review_form, MARKET, "批量审核通过", 0, 0, NULL },
    { "GET", "/catalogue/findings", catalogue_findings_show, "catalogue.look",
      "catalogue/findings", findings_form, MARKET, "事项质量问题", 0, 0,
      NULL },
    { "GET", "/catalogue/import", catalogue_import_show, "catalogue.work",
      "catalogue/import", NULL, ONLINE, "导入事项", 0, 0, NULL },
    { "POST", "/catalogue/import", catalogue_import_post, "catalogue.work",
      "catalogue/import", import_form, ONLINE, "上传要导入的文件，先核对",
      ROUTE_UPLOAD, 0, catalogue_import_before },
    { "GET", "/catalogue/import/{number}", catalogue_report_show,
      "catalogue.work", "catalogue/report", report_form, ONLINE,
      "导入的逐行核对结果", 0, 0, NULL },
    { "POST", "/catalogue/import/{number}", catalogue_report_post,
      "catalogue.work", "catalogue/report", NULL, ONLINE, "确认导入", 0, 0,
      NULL },
    { "GET", "/catalogue/export", catalogue_export, "catalogue.look", NULL,
      export_form, ONLINE, "导出事项（CSV、XLSX、JSON）", ROUTE_RAW, 0,
      NULL },
    { "GET", "/catalogue/blank", catalogue_empty, "catalogue.look", NULL,
      empty_form, ONLINE, "导入用的空白表", ROUTE_RAW, 0, NULL },
    { "GET", "/catalogue/partners", catalogue_partners_show, "catalogue.look",
      "catalogue/partners", NULL, NULL, "交换对照", 0, 0, NULL },
    { "POST", "/catalogue/partners", catalogue_partners_post,
      "catalogue.work", "catalogue/partners", partners_form, NULL,
      "增加交换伙伴", 0, 0, NULL },
    { "GET", "/catalogue/partners/{partner}", catalogue_partner_show,
      "catalogue.look", "catalogue/partner", NULL, NULL,
      "一个交换伙伴的对照表", 0, 0, NULL },
    { "POST", "/catalogue/partners/{partner}", catalogue_partner_post,
      "catalogue.work", "catalogue/partner", partner_form, NULL,
      "改一条对照", 0, 0, NULL },

    { "GET", ITEM, catalogue_item_show, "catalogue.look", "catalogue/item",
      item_form, PERMIT "；" ONLINE, "一个事项", 0, 0, NULL },
    { "GET", ITEM "/compare", catalogue_compare_show, "catalogue.look",
      "catalogue/compare", compare_form, PERMIT, "事项的两版对照", 0, 0,
      NULL },
    { "GET", ITEM "/edit/{part}", catalogue_part_show, "catalogue.work",
      "catalogue/edit", NULL, PERMIT, "修改办事指南的一部分", 0, 0, NULL },
    { "POST", ITEM "/edit/{part}", catalogue_part_post, "catalogue.work",
      "catalogue/edit", edit_form, PERMIT, "保存办事指南的一部分", 0, 0,
      NULL },
    { "GET", ITEM "/rows/{list}/{row}", catalogue_row_show, "catalogue.work",
      "catalogue/edit", NULL, PERMIT, "修改一条依据、一份材料……", 0, 0,
      NULL },
    { "POST", ITEM "/rows/{list}/{row}", catalogue_row_post, "catalogue.work",
      "catalogue/edit", edit_form, PERMIT, "保存一条依据、一份材料……", 0, 0,
      NULL },
    { "POST", ITEM "/rows/{list}/{row}/remove", catalogue_row_remove_post,
      "catalogue.work", NULL, edit_form, PERMIT, "删去一行", 0, 0, NULL },
    { "POST", ITEM "/rows/{list}/{row}/move", catalogue_row_move_post,
      "catalogue.work", NULL, edit_form, PERMIT, "移动一行", 0, 0, NULL },
    { "GET", ITEM "/files/{place}", catalogue_file_show, "catalogue.work",
      "catalogue/file", NULL, PERMIT, "样表、空白表、结果样本", 0, 0, NULL },
    { "POST", ITEM "/files/{place}", catalogue_file_post, "catalogue.work",
      "catalogue/file", file_form, PERMIT, "上传样表、空白表、结果样本",
      ROUTE_UPLOAD, 0, catalogue_file_before },
    { "POST", ITEM "/files/{place}/remove", catalogue_file_remove_post,
      "catalogue.work", NULL, edit_form, PERMIT,
      "移除样表、空白表、结果样本", 0, 0, NULL },
    { "GET", "/catalogue/samples/{sha256}", catalogue_sample_show,
      "catalogue.look", "catalogue/sample", sample_form, PERMIT,
      "还没有公布的样表、空白表", 0, 0, NULL },
    { "GET", "/catalogue/samples/{sha256}/file", catalogue_sample_send,
      "catalogue.look", NULL, NULL, PERMIT, "还没有公布的样表文件",
      ROUTE_RAW, 0, NULL },
    { "GET", "/catalogue/samples/{sha256}/pictures/{page}",
      catalogue_sample_picture, "catalogue.look", NULL, NULL, PERMIT,
      "还没有公布的样表的一页", ROUTE_RAW, 0, NULL },
    { "GET", "/samples/{sha256}", sample_show, "anyone", "catalogue/sample",
      sample_form, PERMIT, "样表、空白表、结果样本", 0, 0, NULL },
    { "GET", "/samples/{sha256}/file", sample_send, "anyone", NULL, NULL,
      PERMIT, "下载样表、空白表、结果样本", ROUTE_RAW | ROUTE_CACHED,
      TOPIC_CATALOGUE, NULL },
    { "GET", "/samples/{sha256}/pictures/{page}", sample_picture_send,
      "anyone", NULL, NULL, PERMIT, "样表、空白表的一页",
      ROUTE_RAW | ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", ITEM "/do/{verb}", catalogue_act_show, "catalogue.work",
      "catalogue/act", NULL, MARKET, "事项动作的确认页", 0, 0, NULL },
    { "POST", ITEM "/do/{verb}", catalogue_act_post, "catalogue.work",
      "catalogue/act", act_form, MARKET,
      "起草、送审、审核、退回、暂停、恢复、取消", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "catalogue.look", "officer leader supervisor mayor",
      "查看事项目录管理、质量问题和交换对照，导出" },
    { "catalogue.work", "officer leader",
      "维护事项：由事项管理岗（本部门）和事项审核岗担任" },
    { 0 }
};

static const struct job jobs[] = {
    { "catalogue.adopt", 60, keep_job_adopt },
    { "catalogue.effect", 30, keep_job_effect },
    { "catalogue.round", 60, keep_job_round },
    { "catalogue.sweep", 3600, keep_job_sweep },
    { 0 }
};

static const struct menu menu[] = {
    { "desk.catalogue", "事项目录", "/catalogue", "事项目录", "list-checks",
      "catalogue.look", NULL },
    { "desk.catalogue.review", "事项审核", "/catalogue/review", "事项目录",
      "clipboard-check", "catalogue.look", NULL },
    { "desk.catalogue.findings", "质量问题", "/catalogue/findings",
      "事项目录", "triangle-alert", "catalogue.look", NULL },
    { 0 }
};

const struct module catalogue_module = {
    .name = "catalogue", .routes = routes, .permissions = permissions,
    .jobs = jobs, .menu = menu,
};
