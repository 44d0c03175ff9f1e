/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "enterprises/enterprises.h"

#include "enterprises/keep.h"
#include "enterprises/pages.h"

/* ---- inputs ---- */

static const struct field list_form[] = {
    { "words", FIELD_TEXT, 0, 60, "名称或者统一社会信用代码", NULL, false },
    { "after", FIELD_TEXT, 0, 120, "位置", NULL, false },
    { "after_code", FIELD_TEXT, 0, 18, "位置", NULL, false },
    { 0 }
};

static const struct field look_form[] = {
    { "case", FIELD_TEXT, 0, 40, "因哪件办件查看", NULL, false },
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

static const struct field blank_form[] = {
    { "form", FIELD_CHOICE, 1, 0, "格式", "csv,xlsx", false },
    { 0 }
};

static const struct field proxy_form[] = {
    { "name", FIELD_NAME, 1, 0, "经办人姓名", NULL, false },
    { "mobile", FIELD_MOBILE, 1, 0, "经办人手机号码", NULL, false },
    { "matters", FIELD_TEXT, 0, 200, "委托办理的事项", NULL, false },
    { "from", FIELD_DAY, 0, 0, "从哪天起", NULL, false },
    { "to", FIELD_DAY, 0, 0, "到哪天止", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define SHARED "市场主体登记管理条例 第七条"
#define NEEDED "个人信息保护法 第六条、第三十四条"
#define PROXY "民法典 第一百六十五条、第一百七十三条"
#define ONLINE "国务院关于在线政务服务的若干规定 第七条"

static const struct route routes[] = {
    { "GET", "/enterprises", enterprises_show, "enterprises.look",
      "enterprises/list", list_form, SHARED, "法人库", 0, 0, NULL },
    { "GET", "/enterprises/import", enterprise_import_show,
      "enterprises.keep", "enterprises/import", NULL, SHARED,
      "导入登记信息", 0, 0, NULL },
    { "POST", "/enterprises/import", enterprise_import_post,
      "enterprises.keep", "enterprises/import", import_form, SHARED,
      "上传登记信息，先核对", ROUTE_UPLOAD, 0, enterprise_import_before },
    { "GET", "/enterprises/import/{number}", enterprise_report_show,
      "enterprises.keep", "enterprises/report", report_form, SHARED,
      "登记信息的逐行核对结果", 0, 0, NULL },
    { "POST", "/enterprises/import/{number}", enterprise_report_post,
      "enterprises.keep", "enterprises/report", NULL, SHARED,
      "确认导入登记信息", 0, 0, NULL },
    { "GET", "/enterprises/blank", enterprise_blank, "enterprises.keep", NULL,
      blank_form, SHARED, "导入用的空白表", ROUTE_RAW, 0, NULL },
    { "GET", "/enterprises/{code}", enterprise_show, "enterprises.look",
      "enterprises/one", look_form, NEEDED, "法人库中的一个主体", 0, 0, NULL },
    { "GET", "/my/enterprises", my_enterprises_show, "enterprises.own",
      "enterprises/mine", NULL, ONLINE, "我的企业", 0, 0, NULL },
    { "GET", "/my/enterprises/{code}", my_enterprise_show, "enterprises.own",
      "enterprises/own", NULL, ONLINE, "我的一个企业", 0, 0, NULL },
    { "POST", "/my/enterprises/{code}", my_proxy_post, "enterprises.own",
      "enterprises/own", proxy_form, PROXY, "委托经办人", 0, 0, NULL },
    { "POST", "/my/enterprises/{code}/{number}/end", my_proxy_end_post,
      "enterprises.own", "enterprises/own", NULL, PROXY, "取消委托", 0, 0,
      NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "enterprises.look", "officer leader window supervisor",
      "查法人库：名称和状态；其余凭办件编号查看，登记机关看本机关登记的" },
    { "enterprises.keep", "officer leader",
      "导入登记信息：由登记机关的法人库管理岗担任" },
    { "enterprises.own", "resident agent",
      "查看自己担任法定代表人或者受托经办的企业，委托经办人" },
    { 0 }
};

static const struct event events[] = {
    { "remedy.corrected", enterprise_corrected },
    { 0 }
};

static const struct job jobs[] = {
    { "enterprises.sweep", 3600, enterprise_job_sweep },
    { 0 }
};

static const struct menu menu[] = {
    { "my.enterprises", "我的企业", "/my/enterprises", MENU_HEAD, "building",
      "enterprises.own", NULL },
    { "desk.enterprises", "法人库", "/enterprises", "证照", "building",
      "enterprises.look", NULL },
    { 0 }
};

const struct module enterprises_module = {
    .name = "enterprises", .routes = routes, .permissions = permissions,
    .events = events, .jobs = jobs, .menu = menu,
};
