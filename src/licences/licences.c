/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "licences/licences.h"

#include "licences/library.h"
#include "licences/pages.h"

/* ---- inputs ---- */

static const struct field verify_form[] = {
    { "number", FIELD_TEXT, 0, 120, "证照编号", NULL, false },
    { "check", FIELD_TEXT, 0, 40, "核验码", NULL, false },
    { "code", FIELD_TEXT, 0, 600, "二维码内容", NULL, false },
    { "asked", FIELD_FLAG, 0, 0, "已经按了核验", NULL, false },
    { 0 }
};

static const struct field digest_form[] = {
    { "sha256", FIELD_TEXT, 0, 64, "文件摘要", NULL, false },
    { 0 }
};

static const struct field file_form[] = {
    { "file", FIELD_FILE, 0, 0, "电子证照文件", NULL, false },
    { 0 }
};

static const struct field my_form[] = {
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field delivery_form[] = {
    { "delivery", FIELD_CHOICE, 1, 0, "怎样拿到证照",
      "electronic,collect,post", false },
    { "post_to", FIELD_LINES, 0, 200, "邮寄地址", NULL, false },
    { 0 }
};

static const struct field list_form[] = {
    { "state", FIELD_CHOICE, 0, 0, "状态",
      "making,valid,changed,suspended,revoked,expired,cancelled", false },
    { "words", FIELD_TEXT, 0, 120, "证照编号或者办件编号", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field collect_form[] = {
    { "received_by", FIELD_TEXT, 2, 60, "领取人", NULL, false },
    { "proof", FIELD_CHOICE, 1, 0, "核对的证件", LICENCE_PROOFS, false },
    { "tail", FIELD_TEXT, 4, 4, "证件号码后四位", NULL, false },
    { "authority", FIELD_TEXT, 0, 120, "授权", NULL, false },
    { 0 }
};

static const struct field posted_form[] = {
    { "tracking", FIELD_TEXT, 6, 40, "邮寄单号", NULL, false },
    { 0 }
};

static const struct field verb_form[] = {
    { "ground", FIELD_TEXT, 0, 60, "法定情形", NULL, false },
    { "reason", FIELD_LINES, 4, 1000, "事实和理由", NULL, false },
    { "holder", FIELD_TEXT, 0, 100, "新的持证人名称", NULL, false },
    { "valid_to", FIELD_DAY, 0, 0, "新的有效期截止日", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define ONLINE "国务院关于在线政务服务的若干规定 第十条、第十一条"
#define DELIVER "行政许可法 第四十四条"

static const struct route routes[] = {
    { "GET", "/licences/verify", verify_show, "anyone", "licences/verify",
      verify_form, "行政许可法 第四十条；" ONLINE, "核验电子证照", 0, 0, NULL },
    { "GET", "/licences/file", verify_file_show, "anyone", "licences/file",
      digest_form, "电子签名法 第十三条、第十四条", "核验证照文件", 0, 0,
      NULL },
    { "POST", "/licences/file", verify_file_post, "anyone", "licences/file",
      file_form, "电子签名法 第十三条、第十四条", "上传要核验的证照文件",
      ROUTE_UPLOAD | ROUTE_NO_NOTE, 0, NULL },
    { "GET", "/licences/keys", keys_show, "anyone", "licences/keys", NULL,
      "电子签名法 第十三条、第十四条", "电子印章公钥", 0, 0, NULL },

    { "GET", "/my/licences", my_licences_show, "licences.own",
      "licences/mine", my_form, ONLINE, "我的证照", 0, 0, NULL },
    { "GET", "/my/licences/{identifier}", my_licence_show, "licences.own",
      "licences/own", NULL, ONLINE, "我的一份证照", 0, 0, NULL },
    { "POST", "/my/licences/{identifier}", my_delivery_post, "licences.own",
      "licences/own", delivery_form, DELIVER, "选择送达方式", 0, 0, NULL },

    { "GET", "/licences", licences_show, "licences.look", "licences/list",
      list_form, "行政许可法 第六十一条", "证照库", 0, 0, NULL },
    { "GET", "/licences/{identifier}", licence_show, "licences.look",
      "licences/licence", NULL, "行政许可法 第三十九条", "证照库中的一份", 0, 0,
      NULL },
    { "GET", "/licences/{identifier}/pdf", licence_pdf, "person", NULL, NULL,
      ONLINE, "电子证照（PDF）", ROUTE_RAW, 0, NULL },
    { "POST", "/licences/{identifier}/collect", licence_collect_post,
      "licences.hand", "licences/licence", collect_form, DELIVER,
      "登记窗口领取", 0, 0, NULL },
    { "POST", "/licences/{identifier}/posted", licence_posted_post,
      "licences.hand", "licences/licence", posted_form, DELIVER,
      "登记邮寄单号", 0, 0, NULL },
    { "GET", "/licences/{identifier}/{verb}", licence_verb_show,
      "licences.act", "licences/verb", NULL,
      "行政许可法 第四十九条、第六十九条、第七十条", "证照状态变动的确认页", 0,
      0, NULL },
    { "POST", "/licences/{identifier}/{verb}", licence_verb_post,
      "licences.act", "licences/verb", verb_form,
      "行政许可法 第四十九条、第六十九条、第七十条",
      "暂扣、恢复、变更、撤销、注销证照", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "licences.own", "resident agent", "查看和下载自己的证照，选择送达方式" },
    { "licences.look", "officer leader window supervisor",
      "查看证照库；各机关只看本机关颁发的" },
    { "licences.counter", "window", "查看全部机关的证照，用于窗口发证" },
    { "licences.hand", "officer leader window", "登记领取和邮寄" },
    { "licences.act", "officer leader",
      "暂扣、恢复、变更本机关的证照；撤销、注销由负责人" },
    { 0 }
};

static const struct event events[] = {
    { "case.grant", licence_granted },
    { "fee.settled", licence_granted }, /* what waited for the money */
    { 0 }
};

static const struct job jobs[] = {
    { "licences.expire", 600, licence_job_expire },
    { 0 }
};

static const struct slow_job slow_jobs[] = {
    { "licences.seal", 1, licence_job_draw, licence_job_seal },
    { 0 }
};

/* ---- figures beside the menu ---- */

static enum err count_waiting(struct tx *tx, int64_t *n)
{
    struct licence_waiting_count c;
    bool counter = str_is(tx->who->role, "window") ||
                   str_is(tx->who->role, "supervisor");
    enum err e = licence_waiting_count(tx, counter ? STR("") : tx->who->unit,
                                       &c);
    if (e == OK)
        *n = c.licences;
    return e;
}

static const struct menu menu[] = {
    { "my.licences", "我的证照", "/my/licences", MENU_HEAD, "id-card",
      "licences.own", NULL },
    { "desk.licences", "证照库", "/licences", "证照", "id-card",
      "licences.look", count_waiting },
    { 0 }
};

const struct module licences_module = {
    .name = "licences", .routes = routes, .permissions = permissions,
    .events = events, .jobs = jobs, .menu = menu, .slow_jobs = slow_jobs,
};
