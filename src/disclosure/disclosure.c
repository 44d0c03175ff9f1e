/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "disclosure/disclosure.h"

#include "disclosure/pages.h"
#include "kernel/store/topics.h"

/* ---- inputs ---- */

static const struct field list_query[] = {
    { "words", FIELD_TEXT, 0, 50, "要找的信息", NULL, false },
    { "class", FIELD_TEXT, 0, 10, "公开类别", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "公开单位", NULL, false },
    { "year", FIELD_INT, 1990, 2200, "年份", NULL, false },
    { "topic", FIELD_TEXT, 0, 10, "主题", NULL, false },
    { "gone", FIELD_FLAG, 0, 0, "已撤下的", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field report_query[] = {
    { "year", FIELD_INT, 2000, 2200, "年份", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "单位", NULL, false },
    { 0 }
};

static const struct field desk_query[] = {
    { "state", FIELD_CHOICE, 0, 0, "状态",
      "draft,secrecy,check,returned,blocked,live,withdrawn", false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field unit_query[] = {
    { "unit", FIELD_TEXT, 0, 10, "单位", NULL, false },
    { 0 }
};

static const struct field words_form[] = {
    { "title", FIELD_TEXT, 4, 120, "标题", NULL, false },
    { "doc_no", FIELD_TEXT, 0, 40, "文号", NULL, false },
    { "category", FIELD_PICK, 1, 10, "栏目", NULL, false },
    { "topic", FIELD_PICK, 1, 10, "主题", NULL, false },
    { "formed", FIELD_DAY, 1, 0, "成文或者变更日期", NULL, false },
    { "summary", FIELD_LINES, 0, 300, "内容概述", NULL, false },
    { "body", FIELD_LINES, 4, 8000, "正文", NULL, false },
    { "item", FIELD_TEXT, 0, 40, "涉及的事项", NULL, false },
    { "about", FIELD_TEXT, 0, 20, "解读的文件", NULL, false },
    { "why", FIELD_LINES, 0, 300, "更正的原因", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { 0 }
};

static const struct field submit_form[] = {
    { "ground", FIELD_CHOICE, 0, 0, "个人信息的公开理由",
      "consent,interest,office", false },
    { "ground_why", FIELD_LINES, 0, 300, "具体说明", NULL, false },
    { 0 }
};

static const struct field secrecy_form[] = {
    { "said", FIELD_CHOICE, 1, 0, "保密审查的结论", "open,secret,unsure",
      false },
    { "note", FIELD_LINES, 0, 300, "理由", NULL, false },
    { 0 }
};

static const struct field check_form[] = {
    { "decision", FIELD_CHOICE, 1, 0, "审核意见", "release,return", false },
    { "opinion", FIELD_LINES, 0, 300, "修改意见", NULL, false },
    { 0 }
};

static const struct field correct_form[] = {
    { "why", FIELD_LINES, 4, 300, "更正的原因", NULL, false },
    { 0 }
};

static const struct field withdraw_form[] = {
    { "cause", FIELD_LINES, 4, 300, "撤下的理由", NULL, false },
    { 0 }
};

static const struct field effect_form[] = {
    { "effect", FIELD_CHOICE, 1, 0, "效力", "void,lapsed", false },
    { "from", FIELD_DAY, 1, 0, "从哪一天起", NULL, false },
    { "basis", FIELD_LINES, 4, 300, "依据", NULL, false },
    { 0 }
};

static const struct field file_form[] = {
    { "file", FIELD_FILE, 0, 0, "附件", NULL, false },
    { 0 }
};

static const struct field unfile_form[] = {
    { "id", FIELD_INT, 1, INT64_MAX, "附件", NULL, true },
    { 0 }
};

/* ---- addresses ---- */

#define SELF "政府信息公开条例 第十九条、第二十条、第二十一条"
#define SITE "政府信息公开条例 第二十三条、第二十四条"
#define REVIEW "政府信息公开条例 第十七条；保守国家秘密法 第三十五条"
#define ONE "disclosure/one"

static const struct route routes[] = {
    { "GET", "/disclosure", disclosure_front_show, "anyone",
      "disclosure/front", NULL, SITE, "政府信息公开", ROUTE_CACHED,
      TOPIC_DISCLOSURE, NULL },
    { "GET", "/disclosure/entries", disclosure_list_show, "anyone",
      "disclosure/list", list_query, SITE, "公开目录", ROUTE_CACHED,
      TOPIC_DISCLOSURE, NULL },
    { "GET", "/disclosure/entries/{code}", disclosure_entry_show, "anyone",
      "disclosure/entry", NULL, SELF, "一条政府信息", 0, 0, NULL },
    { "GET", "/disclosure/entries/{code}/files/{id}", disclosure_file_send,
      "anyone", NULL, NULL, SELF, "政府信息的附件", ROUTE_RAW, 0, NULL },
    { "GET", "/disclosure/guide", disclosure_guide_show, "anyone",
      "disclosure/guide", NULL, "政府信息公开条例 第十二条第二款",
      "政府信息公开指南", 0, 0, NULL },
    { "GET", "/disclosure/report", disclosure_report_show, "anyone",
      "disclosure/report", report_query,
      "政府信息公开条例 第四十九条、第五十条", "政府信息公开年度数据", 0, 0,
      NULL },

    { "GET", "/disclosure/desk", disclosure_desk_show, "disclosure.look",
      "disclosure/desk", desk_query, REVIEW, "本单位公开的信息", 0, 0, NULL },
    { "GET", "/disclosure/quality", disclosure_quality_show,
      "disclosure.look", "disclosure/quality", unit_query,
      "政府信息公开条例 第二十六条、第四十六条", "公开目录的完成度", 0, 0,
      NULL },
    { "GET", "/disclosure/desk/new", disclosure_new_show, "disclosure.write",
      "disclosure/edit", NULL, SELF, "撰写政府信息", 0, 0, NULL },
    { "POST", "/disclosure/desk/new", disclosure_new_post, "disclosure.write",
      "disclosure/edit", words_form, SELF, "保存新的草稿", ROUTE_LONG, 0,
      NULL },
    { "GET", "/disclosure/desk/{code}", disclosure_one_show,
      "disclosure.look", ONE, NULL, REVIEW, "撰写和审核中的一条信息", 0, 0,
      NULL },
    { "GET", "/disclosure/desk/{code}/edit", disclosure_edit_show,
      "disclosure.write", "disclosure/edit", NULL, SELF, "修改一稿", 0, 0,
      NULL },
    { "POST", "/disclosure/desk/{code}/edit", disclosure_edit_post,
      "disclosure.write", "disclosure/edit", words_form, SELF, "保存一稿",
      ROUTE_LONG, 0, NULL },
    { "GET", "/disclosure/desk/{code}/versions/{version}",
      disclosure_version_show, "disclosure.look", "disclosure/version", NULL,
      REVIEW, "一条信息的一个版本", 0, 0, NULL },
    { "GET", "/disclosure/desk/{code}/files/{id}", disclosure_desk_file_send,
      "disclosure.look", NULL, NULL, REVIEW, "一稿的附件", ROUTE_RAW, 0,
      NULL },
    { "POST", "/disclosure/desk/{code}/files", disclosure_upload_post,
      "disclosure.write", ONE, file_form, SELF, "上传附件", ROUTE_UPLOAD, 0,
      disclosure_upload_before },
    { "POST", "/disclosure/desk/{code}/unfile", disclosure_unfile_post,
      "disclosure.write", ONE, unfile_form, SELF, "移除附件", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/submit", disclosure_submit_post,
      "disclosure.write", ONE, submit_form,
      "政府信息公开条例 第十五条、第十七条", "提交审核", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/secrecy", disclosure_secrecy_post,
      "disclosure.review", ONE, secrecy_form, REVIEW, "保密审查", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/check", disclosure_check_post,
      "disclosure.review", ONE, check_form,
      "政府信息公开条例 第十七条、第二十六条", "审核签发", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/correct", disclosure_correct_post,
      "disclosure.write", ONE, correct_form,
      "政府信息公开条例 第六条、第二十六条", "着手更正", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/withdraw", disclosure_withdraw_post,
      "disclosure.close", ONE, withdraw_form,
      "政府信息公开条例 第六条、第十四条、第十五条", "撤下", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/effect", disclosure_effect_post,
      "disclosure.close", ONE, effect_form,
      "政府信息公开条例 第十二条第一款", "登记废止、失效", 0, 0, NULL },
    { "POST", "/disclosure/desk/{code}/drop", disclosure_drop_post,
      "disclosure.write", ONE, NULL, NULL, "放弃一稿", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "disclosure.look", "editor officer leader supervisor",
      "查看本单位撰写和审核的政府信息；监察看全部" },
    { "disclosure.write", "editor officer leader",
      "撰写、更正本单位的政府信息，由信息员提交审核" },
    { "disclosure.review", "editor officer leader",
      "由保密审查岗、信息审核岗办理，谁写的不能由谁审" },
    { "disclosure.close", "leader", "撤下本单位的信息，登记废止、失效" },
    { 0 }
};

/* What waits for release.  For leaders alone: an officer's pages have a bound
 * of queries, and his list says it at its head. */
static enum err count_waiting(struct tx *tx, int64_t *n)
{
    struct desk_waiting w;
    if (!str_is(tx->who->role, "leader"))
        return OK;
    enum err e = desk_waiting(tx, tx->who->unit, &w);
    if (e == OK)
        *n = w.checks;
    return e;
}

static const struct menu menu[] = {
    { "disclosure", "信息公开", "/disclosure", NULL, NULL, NULL, NULL },
    { "desk.disclosure", "信息公开", "/disclosure/desk", "公开", "file-text",
      "disclosure.look", count_waiting },
    { 0 }
};

const struct module disclosure_module = {
    .name = "disclosure", .routes = routes, .permissions = permissions,
    .menu = menu,
};
