/* What this room adds to the site. */
#include "villages/villages.h"

#include "villages/pages.h"

#define CARES "old,disabled,alone,child"
#define PROOFS "signed,thumb,guardian"

static const struct field words_form[] = {
    { "words", FIELD_TEXT, 0, 60, "姓名", NULL, false },
    { 0 }
};

static const struct field resident_form[] = {
    { "name", FIELD_TEXT, 2, 60, "姓名", NULL, false },
    { "citizen_id", FIELD_ID, 1, 0, "公民身份号码", NULL, false },
    { "mobile", FIELD_MOBILE, 1, 0, "手机号码", NULL, false },
    { "place", FIELD_TEXT, 1, 60, "住处", NULL, false },
    { "care", FIELD_CHOICE, 0, 0, "需要照顾", CARES, false },
    { 0 }
};

static const struct field consent_form[] = {
    { "item", FIELD_TEXT, 0, 40, "委托办什么", NULL, false },
    { "proof", FIELD_CHOICE, 1, 0, "怎样委托", PROOFS, false },
    { "to", FIELD_DAY, 1, 0, "委托到哪一天", NULL, false },
    { 0 }
};

static const struct field end_form[] = {
    { "consent", FIELD_INT, 1, INT64_MAX, "委托", NULL, true },
    { 0 }
};

static const struct field visit_form[] = {
    { "text", FIELD_LINES, 2, 1000, "走访情况", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { 0 }
};

static const struct field authority_form[] = {
    { "name", FIELD_TEXT, 2, 60, "姓名", NULL, false },
    { "citizen_id", FIELD_ID, 1, 0, "公民身份号码", NULL, false },
    { "mobile", FIELD_MOBILE, 1, 0, "手机号码", NULL, false },
    { "item", FIELD_TEXT, 1, 40, "委托办什么", NULL, false },
    { "proof", FIELD_CHOICE, 1, 0, "怎样委托", PROOFS, false },
    { 0 }
};

static const struct field file_form[] = {
    { "resident", FIELD_INT, 0, INT64_MAX, "居民", NULL, false },
    { 0 }
};

#define PROXY "民法典 第一百六十五条；个人信息保护法 第二十九条"
#define FILE_LAW "行政许可法 第二十九条"

static const struct route routes[] = {
    { "GET", "/village", village_show, "village.work", "villages/home", NULL,
      NULL, "村级代办：接下来走访谁、在办的事", 0, 0, NULL },
    { "GET", "/village/residents", village_residents_show, "village.work",
      "villages/residents", words_form, "个人信息保护法 第六条",
      "本村居民", 0, 0, NULL },
    { "POST", "/village/residents", village_resident_post, "village.work",
      "villages/residents", resident_form, "个人信息保护法 第六条",
      "登记一位居民", 0, 0, NULL },
    { "GET", "/village/residents/{id}", village_resident_show, "village.work",
      "villages/resident", NULL, "个人信息保护法 第六条", "一位居民", 0, 0,
      NULL },
    { "POST", "/village/residents/{id}/consent", village_consent_post,
      "village.work", "villages/resident", consent_form, PROXY,
      "登记委托", 0, 0, NULL },
    { "POST", "/village/residents/{id}/end", village_consent_end_post,
      "village.work", "villages/resident", end_form,
      "民法典 第一百七十三条", "终止委托", 0, 0, NULL },
    { "POST", "/village/residents/{id}/visit", village_visit_post,
      "village.work", "villages/resident", visit_form, NULL, "记一次走访", 0,
      0, NULL },
    { "GET", "/village/file", village_files_show, "village.work",
      "villages/files", NULL, FILE_LAW, "代办：选事项，看没有发送的", 0, 0,
      NULL },
    { "GET", "/village/file/{item}", village_file_show, "village.work",
      "villages/file", file_form, FILE_LAW, "代办一件事，没有网络也能填", 0, 0,
      NULL },
    { "POST", "/village/authority", village_authority_post, "village.work",
      "villages/residents", authority_form, PROXY,
      "随申请登记居民和委托", 0, 0, NULL },
    { "GET", "/village/worker.js", village_worker, "anyone", NULL, NULL, NULL,
      "没有网络时打开代办页面的脚本", ROUTE_RAW, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "village.work", "agent",
      "查看本村居民，登记委托和走访，为本村居民代办" },
    { 0 }
};

static const struct event events[] = {
    { "case.filed", village_filed },
    { 0 }
};

static const struct menu menu[] = {
    { "desk.village", "走访和办件", "/village", "代办", "house",
      "village.work", NULL },
    { "desk.residents", "居民", "/village/residents", "代办", "users",
      "village.work", NULL },
    { "desk.filing", "代办", "/village/file", "代办", "file-plus",
      "village.work", NULL },
    { 0 }
};

const struct module villages_module = {
    .name = "villages", .routes = routes, .permissions = permissions,
    .events = events, .menu = menu,
};
