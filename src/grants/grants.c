/* What this module adds to the site: addresses, permissions, menu, job. */
#include "grants/grants.h"

#include "grants/pages.h"

static const struct field list_form[] = {
    { "side", FIELD_CHOICE, 0, 0, "提供还是使用", "given,received", false },
    { "state", FIELD_CHOICE, 0, 0, "状态", "valid,expired,withdrawn", false },
    { "words", FIELD_TEXT, 0, 60, "数据资源或者编号", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field withdraw_form[] = {
    { "reason", FIELD_LINES, 0, 500, "收回的理由", NULL, false },
    { 0 }
};

static const struct route routes[] = {
    { "GET", "/grants", grants_show, "grants.look", "grants/list", list_form,
      GRANT_BASIS, "数据授权", 0, 0, NULL },
    { "GET", "/grants/{number}", grant_show, "grants.look", "grants/grant",
      NULL, GRANT_BASIS, "一项数据授权", 0, 0, NULL },
    { "GET", "/grants/{number}/withdraw", grant_withdraw_show,
      "grants.withdraw", "grants/withdraw", NULL, GRANT_BASIS,
      "收回数据授权的确认页", 0, 0, NULL },
    { "POST", "/grants/{number}/withdraw", grant_withdraw_post,
      "grants.withdraw", "grants/withdraw", withdraw_form, GRANT_BASIS,
      "收回数据授权", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "grants.look", "officer leader supervisor mayor audit_admin",
      "查看数据授权；各部门只看本单位提供和使用的" },
    { "grants.withdraw", "officer leader", "收回本单位作出的数据授权" },
    { 0 }
};

static const struct menu menu[] = {
    { "grants", "数据授权", "/grants", "事项流转", "key-round", "grants.look",
      NULL },
    { 0 }
};

static const struct job jobs[] = {
    { "grants.days", 600, grant_job },
    { 0 }
};

const struct module grants_module = {
    .name = "grants", .routes = routes, .permissions = permissions,
    .menu = menu, .jobs = jobs,
};
