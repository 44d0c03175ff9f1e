/* What this module adds to the site.  Everything a reviewer must ask of an
 * address is a column: who may, what it takes, what it shows, on what law. */
#include "services/pages.h"

#include "services/case.h"
#include "services/apply/draft.h"
#include "services/work/gap.h"
#include "services/guide/guide_take.h"
#include "services/guide/halted.h"
#include "services/queries.gen.h"
#include "services/services.h"
#include "services/guide/take.h"
#include "services/tell.h"
#include "kernel/log/log.h"
#include "kernel/store/topics.h"

/* ---- inputs ---- */

static const struct field items_form[] = {
    { "words", FIELD_TEXT, 0, 50, "要找的事项", NULL, false },
    { "object", FIELD_TEXT, 0, 10, "服务对象", NULL, false },
    { "life", FIELD_TEXT, 0, 10, "人生事件", NULL, false },
    { "theme", FIELD_TEXT, 0, 10, "主题", NULL, false },
    { "who", FIELD_TEXT, 0, 10, "人群", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "depth", FIELD_TEXT, 0, 20, "网办深度", NULL, false },
    { "level", FIELD_TEXT, 0, 10, "行使层级", NULL, false },
    { "type", FIELD_TEXT, 0, 20, "事项类型", NULL, false },
    { "online", FIELD_FLAG, 0, 0, "可以网上办", NULL, false },
    { "class", FIELD_TEXT, 0, 10, "类目", NULL, false },
    { "exact", FIELD_FLAG, 0, 0, "只按原来的字查", NULL, false },
    { "after", FIELD_INT, 0, 1000000, "位置", NULL, false },
    { 0 }
};

static const struct field board_form[] = {
    { "words", FIELD_TEXT, 0, 50, "办件编号或者事项名称", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "town", FIELD_TEXT, 0, 10, "乡镇街道", NULL, false },
    { "state", FIELD_TEXT, 0, 20, "状态", NULL, false },
    { "after", FIELD_INT, INT32_MIN, INT32_MAX, "位置", NULL, false },
    { "id", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { "page", FIELD_INT, 1, 1000, "屏", NULL, false },
    { 0 }
};

static const struct field apply_form[] = {
    { "asked", FIELD_FLAG, 0, 0, "已回答", NULL, false },
    { 0 }
};

static const struct field upload_form[] = {
    { "file", FIELD_FILE, 0, 0, "文件", NULL, false },
    { "upload", FIELD_TEXT, 0, 60, "已传完的上传编号", NULL, false },
    { 0 }
};

static const struct field take_form[] = {
    { "licence", FIELD_TEXT, 0, 120, "证照标识", NULL, false },
    { "paper", FIELD_TEXT, 0, 20, "以前交过的材料", NULL, false },
    { 0 }
};

static const struct field handin_form[] = {
    { "file", FIELD_FILE, 0, 0, "文件", NULL, false },
    { "upload", FIELD_TEXT, 0, 60, "已传完的上传编号", NULL, false },
    { "seen", FIELD_CHOICE, 0, 0, "窗口收到的是", "original,copy", false },
    { 0 }
};

static const struct field handin_look[] = {
    { "number", FIELD_TEXT, 1, 40, "办件编号", NULL, false },
    { 0 }
};

static const struct field submit_form[] = {
    { "promise", FIELD_FLAG, 0, 0, "承诺", NULL, false },
    { 0 }
};

static const struct field partner_form[] = {
    { "role", FIELD_CHOICE, 1, 0, "请谁签名", "joint,principal", false },
    { "name", FIELD_NAME, 2, 50, "姓名", NULL, false },
    { "mobile", FIELD_MOBILE, 1, 0, "手机号码", NULL, false },
    { "scope", FIELD_TEXT, 0, 100, "代理权限", NULL, false },
    { "until", FIELD_DAY, 0, 0, "代理期限至", NULL, false },
    { 0 }
};

static const struct field sign_form[] = {
    { "number", FIELD_TEXT, 0, 40, "草稿编号", NULL, false },
    { "code", FIELD_TEXT, 0, 20, "确认码", NULL, false },
    { "asked", FIELD_INT, 0, INT64_MAX, "请您签名的申请", NULL, false },
    { 0 }
};

static const struct field decline_form[] = {
    { "number", FIELD_TEXT, 0, 40, "草稿编号", NULL, false },
    { "code", FIELD_TEXT, 0, 20, "确认码", NULL, false },
    { "asked", FIELD_INT, 0, INT64_MAX, "请您签名的申请", NULL, false },
    { "reason", FIELD_LINES, 2, 300, "不签的理由", NULL, false },
    { 0 }
};

static const struct field ticket_form[] = {
    { "ticket", FIELD_TEXT, 0, 20, "回执上的查询码", NULL, false },
    { 0 }
};

static const struct field intake_look[] = {
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field intake_start[] = {
    { "code", FIELD_TEXT, 1, 80, "证件号码", NULL, false },
    { "name", FIELD_TEXT, 0, 60, "姓名或者企业名称", NULL, false },
    { "agent_code", FIELD_TEXT, 0, 80, "经办人的公民身份号码", NULL, false },
    { "agent_name", FIELD_NAME, 0, 50, "经办人姓名", NULL, false },
    { "words", FIELD_TEXT, 0, 50, "办什么", NULL, false },
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field intake_tried[] = {
    { "tried", FIELD_FLAG, 0, 0, "按过收件", NULL, false },
    { 0 }
};

static const struct field authority_form[] = {
    { "from", FIELD_DAY, 0, 0, "代理期限从哪天起", NULL, false },
    { "file", FIELD_FILE, 0, 0, "授权委托书", NULL, false },
    { "upload", FIELD_TEXT, 0, 40, "断点续传的编号", NULL, false },
    { 0 }
};

static const struct field counter_form[] = {
    { "agent_name", FIELD_NAME, 2, 50, "代理人姓名", NULL, false },
    { "agent_code", FIELD_ID, 1, 0, "代理人的公民身份号码", NULL, false },
    { "scope", FIELD_TEXT, 2, 200, "代理权限", NULL, false },
    { "from", FIELD_DAY, 1, 0, "从哪天起", NULL, false },
    { "until", FIELD_DAY, 1, 0, "到哪天止", NULL, false },
    { "file", FIELD_FILE, 0, 0, "授权委托书", NULL, false },
    { "upload", FIELD_TEXT, 0, 60, "已传完的上传编号", NULL, false },
    { 0 }
};

static const struct field judge_form[] = {
    { "verdict", FIELD_CHOICE, 1, 0, "核对结果", "confirm,refuse", false },
    { "reason", FIELD_LINES, 0, 500, "理由", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { 0 }
};

static const struct field stand_form[] = {
    { "act", FIELD_CHOICE, 1, 0, "怎样处理", "approve,object,revoke", false },
    { "reason", FIELD_LINES, 0, 500, "说明", NULL, false },
    { 0 }
};

static const struct field my_form[] = {
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field claimed_form[] = {
    { "number", FIELD_TEXT, 0, 40, "办件编号", NULL, false },
    { "ticket", FIELD_TEXT, 0, 20, "收件回执上的查询码", NULL, false },
    { 0 }
};

static const struct field claim_form[] = {
    { "number", FIELD_TEXT, 1, 40, "办件编号", NULL, true },
    { "ticket", FIELD_TEXT, 1, 20, "收件回执上的查询码", NULL, true },
    { 0 }
};

static const struct field desk_form[] = {
    { "view", FIELD_CHOICE, 0, 0, "列表", "mine,done", false },
    { "state", FIELD_TEXT, 0, 20, "状态", NULL, false },
    { "channel", FIELD_TEXT, 0, 20, "来源", NULL, false },
    { "words", FIELD_TEXT, 0, 50, "申请人或者编号", NULL, false },
    { "after", FIELD_INT, INT64_MIN, INT64_MAX, "位置", NULL, false },
    { "id", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field case_form[] = {
    { "paper", FIELD_TEXT, 0, 40, "打开的材料", NULL, false },
    { "page", FIELD_INT, 1, 100000, "打开的页", NULL, false },
    { 0 }
};

static const struct field opinion_form[] = {
    { "opinion", FIELD_LINES, 0, 2000, "意见", NULL, false },
    { "point", FIELD_CHOICE, 0, 8, "核对要点",
      "complete,credit,consistent,onsite", false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { 0 }
};

static const struct field verb_form[] = {
    { "reason", FIELD_LINES, 0, 2000, "理由", NULL, false },
    { "ground", FIELD_TEXT, 0, 60, "法定情形", NULL, false },
    { "list", FIELD_LINES, 0, 2000, "需要补正的全部内容", NULL, false },
    { "supply_by", FIELD_DAY, 0, 0, "补交的日期", NULL, false },
    { "days", FIELD_INT, 0, 400, "工作日数", NULL, false },
    { "officer", FIELD_TEXT, 0, 20, "转给谁、请谁会签、委托谁", NULL, false },
    { "step", FIELD_TEXT, 0, 200, "退回到的环节", NULL, false },
    { "way", FIELD_CHOICE, 0, 0, "重新办完以后", "redo,straight", false },
    { "where", FIELD_CHOICE, 0, 0, "会签的先后", "before,beside,after", false },
    { "agree", FIELD_CHOICE, 0, 0, "会签的意见", "agree,disagree", false },
    { "result_no", FIELD_TEXT, 0, 60, "证照或者批文编号", NULL, false },
    { "anyway", FIELD_LINES, 0, 500, "为什么仍要提供", NULL, false },
    { "pledge", FIELD_TEXT, 0, 60, "申请人的书面承诺", NULL, false },
    { "paper", FIELD_TEXT, 0, 40, "核对的材料", NULL, false },
    { "verdict", FIELD_CHOICE, 0, 0, "核对结果", "right,wrong", false },
    { "inner", FIELD_FLAG, 0, 0, "只给本部门看", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define PERMIT "行政许可法 "

static const struct route routes[] = {
    { "GET", "/services/themes", themes_show, "anyone", "services/themes", NULL,
      PERMIT "第二十六条", "一件事主题", ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", "/services/themes/{code}", theme_show, "anyone", "services/theme",
      NULL, PERMIT "第三十条", "一件事办事指南", ROUTE_CACHED, TOPIC_CATALOGUE,
      NULL },
    { "GET", "/services/browse", browse_show, "anyone", "services/browse",
      NULL, PERMIT "第三十条", "分类导航", ROUTE_CACHED, TOPIC_CATALOGUE,
      NULL },
    { "GET", "/services/items", items_show, "anyone", "services/items",
      items_form, PERMIT "第三十条", "事项目录", ROUTE_CACHED, TOPIC_CATALOGUE,
      NULL },
    { "GET", "/services/items/{code}", item_show, "anyone", "services/item",
      NULL, PERMIT "第三十条", "事项办事指南", ROUTE_CACHED, TOPIC_CATALOGUE,
      NULL },

    { "GET", "/services/items/{code}/blank.pdf", drawn_blank_send, "anyone",
      NULL, NULL, PERMIT "第二十九条", "按申请表生成的空白表",
      ROUTE_RAW | ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", "/services/items/{code}/sample.pdf", drawn_sample_send, "anyone",
      NULL, NULL, PERMIT "第三十条", "按申请表生成的样表",
      ROUTE_RAW | ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", "/services/themes/{code}/blank.pdf", drawn_blank_send, "anyone",
      NULL, NULL, PERMIT "第二十九条", "一件事的空白表",
      ROUTE_RAW | ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", "/services/themes/{code}/sample.pdf", drawn_sample_send,
      "anyone", NULL, NULL, PERMIT "第三十条", "一件事的样表",
      ROUTE_RAW | ROUTE_CACHED, TOPIC_CATALOGUE, NULL },
    { "GET", "/services/items/{code}/versions/{version}", item_preview,
      "catalogue.look", "services/item", NULL, PERMIT "第三十条",
      "预览事项的一个版本", 0, 0, NULL },

    { "GET", "/apply/{code}", apply_show, "anyone", "services/apply_start",
      apply_form, PERMIT "第二十九条", "选择情形，看要办什么", 0, 0, NULL },
    { "POST", "/apply/{code}", apply_post, "apply", "services/apply_start",
      NULL, PERMIT "第二十九条", "开始填写", 0, 0, NULL },
    { "POST", "/apply/{code}/submit", apply_direct_post, "apply", NULL, NULL,
      PERMIT "第二十九条、第三十三条", "一次提交完整的申请", 0, 0,
      apply_direct_before },
    { "GET", "/my", my_show, "apply", "services/my", my_form, NULL, "我的办件",
      0, 0, NULL },
    { "GET", "/my/claim", my_claim_show, "apply", "services/claim",
      claimed_form, NULL, "凭收件回执认领办件", 0, 0, NULL },
    { "POST", "/my/claim", my_claim_post, "apply", "services/claim", claim_form,
      "个人信息保护法 第四十五条", "认领窗口收的办件", 0, 0, NULL },
    { "GET", "/my/sign", my_sign_show, "apply", "services/sign", sign_form,
      "民法典 第一百六十五条", "核对并签名", 0, 0, NULL },
    { "POST", "/my/sign", my_sign_post, "apply", "services/sign", NULL,
      "民法典 第一百六十五条；电子签名法 第二条", "作为共同申请人或者被代理人签"
      "名", 0, 0, NULL },
    { "POST", "/my/sign/decline", my_decline_post, "apply", "services/sign",
      decline_form, "民法典 第一百六十五条", "谢绝签名，说明理由", 0, 0, NULL },
    { "GET", "/my/authorities/{authority}", my_authority_show, "apply",
      "services/authority", NULL, "民法典 第一百七十一条",
      "以我的名义办理的委托", 0, 0, NULL },
    { "POST", "/my/authorities/{authority}", my_authority_post, "apply",
      "services/authority", stand_form,
      "民法典 第一百七十一条、第一百七十三条", "认可、提出异议、撤销委托", 0, 0,
      NULL },
    { "GET", "/my/authorities/{authority}/paper", my_authority_send, "apply",
      NULL, NULL, "个人信息保护法 第四十五条", "看别人提交的委托书",
      ROUTE_RAW, 0, NULL },
    { "POST", "/drafts/{number}/partners/{partner}/authority",
      draft_authority_post, "apply", "services/partners", authority_form,
      "民法典 第一百六十五条", "上传纸质授权委托书", ROUTE_UPLOAD, 0,
      draft_authority_before },
    { "POST", "/desk/{number}/authorities/{authority}", desk_authority_post,
      "case.work", NULL, judge_form, "民法典 第一百六十五条",
      "核对纸质授权委托书", 0, 0, NULL },
    { "GET", "/drafts/{number}/partners", draft_partners_show, "apply",
      "services/partners", NULL, "民法典 第一百六十五条",
      "共同申请人和委托代理", 0, 0, NULL },
    { "POST", "/drafts/{number}/partners", draft_partner_add_post, "apply",
      "services/partners", partner_form, "民法典 第一百六十五条",
      "请人签名", 0, 0, NULL },
    { "POST", "/drafts/{number}/partners/{partner}/remove",
      draft_partner_remove_post, "apply", NULL, NULL, NULL,
      "不再请这个人签名", 0, 0, NULL },
    { "POST", "/drafts/{number}/partners/{partner}/again",
      draft_partner_again_post, "apply", "services/partners", NULL, NULL,
      "再请这个人签名一次", 0, 0, NULL },
    { "GET", "/drafts/{number}/partners/{partner}/paper.pdf",
      draft_partner_paper, "apply", NULL, NULL, "民法典 第一百六十五条",
      "授权委托书（PDF）", ROUTE_RAW, 0, NULL },
    { "GET", "/drafts/{number}/papers", draft_papers_show, "apply",
      "services/apply_papers", NULL, NULL, "上传材料", 0, 0, NULL },
    { "GET", "/drafts/{number}/check", draft_check_show, "apply",
      "services/apply_check", NULL, NULL, "提交前核对", 0, 0, NULL },
    { "POST", "/drafts/{number}/submit", draft_submit_post, "apply",
      "services/apply_check", submit_form, PERMIT "第二十九条、第三十一条",
      "签名并提交", 0, 0, draft_submit_before },
    { "GET", "/drafts/{number}/papers/{code}", draft_paper_send, "apply", NULL,
      NULL, NULL, "查看草稿的材料", ROUTE_RAW, 0, NULL },
    { "GET", "/drafts/{number}/papers/{code}/pictures/{page}",
      draft_paper_picture_send, "apply", NULL, NULL, NULL,
      "草稿材料一页的图片", ROUTE_RAW, 0, NULL },
    { "POST", "/drafts/{number}/papers/{code}", draft_paper_post, "apply",
      "services/apply_papers", upload_form, "电子签名法 第十一条",
      "上传一份材料", ROUTE_UPLOAD | ROUTE_NO_NOTE, 0, draft_paper_before },
    { "POST", "/drafts/{number}/papers/{code}/take", draft_paper_take_post,
      "apply", "services/apply_papers", take_form,
      "国务院关于在线政务服务的若干规定 第七条、第十条",
      "从证照库或者自己的材料里取一份", ROUTE_NO_NOTE, 0, NULL },
    { "POST", "/drafts/{number}/papers/{code}/remove", draft_paper_remove_post,
      "apply", NULL, NULL, NULL, "删除一份材料", ROUTE_NO_NOTE, 0, NULL },
    { "GET", "/drafts/{number}/{group}", draft_group_show, "apply",
      "services/apply_form", NULL, NULL, "填写一组问题", 0, 0, NULL },
    { "POST", "/drafts/{number}/{group}", draft_group_post, "apply",
      "services/apply_form", NULL, NULL, "保存并继续", ROUTE_NO_NOTE, 0, NULL },
    { "POST", "/drafts/{number}/{group}/save", draft_save_post, "apply", NULL,
      NULL, NULL, "自动保存", ROUTE_NO_NOTE, 0, NULL },

    { "GET", "/intake", intake_show, "case.intake", "services/intake",
      intake_look, PERMIT "第二十六条", "窗口收件：谁来办、办什么", 0, 0,
      NULL },
    { "POST", "/intake", intake_post, "case.intake", "services/intake",
      intake_start, PERMIT "第二十六条；国务院关于在线政务服务的若干规定 第七"
      "条", "窗口收件：读证件、选事项", 0, 0, NULL },
    { "GET", "/intake/{number}/authority", intake_authority_show,
      "case.intake", "services/intake_authority", NULL,
      "民法典 第一百六十五条", "窗口收件：登记授权委托书", 0, 0, NULL },
    { "POST", "/intake/{number}/authority", intake_authority_post,
      "case.intake", "services/intake_authority", counter_form,
      "民法典 第一百六十五条", "窗口收件：核对并保存授权委托书", ROUTE_UPLOAD,
      0, intake_authority_before },
    { "GET", "/intake/{number}", intake_form_show, "case.intake",
      "services/intake_form", intake_tried, PERMIT "第三十二条",
      "窗口收件：填表、收材料", 0, 0, NULL },
    { "POST", "/intake/{number}", intake_form_post, "case.intake",
      "services/intake_form", NULL, PERMIT "第二十九条、第三十二条",
      "窗口收件：保存，收下", ROUTE_UPLOAD, 0, intake_adopt },

    { "GET", "/cases/{number}", progress_show, "anyone", "services/progress",
      ticket_form, PERMIT "第五条、第三十三条", "办件进度", 0, 0, NULL },
    { "GET", "/cases/{number}/receipt", receipt_show, "anyone",
      "services/receipt", ticket_form, PERMIT "第三十二条第二款", "收件回执", 0,
      0, NULL },
    { "GET", "/cases/{number}/receipt.pdf", receipt_pdf, "anyone", NULL,
      ticket_form, PERMIT "第三十二条第二款", "收件回执（PDF）", ROUTE_RAW, 0,
      NULL },
    { "GET", "/cases/{number}/notices/{kind}", notice_pdf, "anyone", NULL,
      ticket_form, PERMIT "第三十二条第二款", "文书（PDF）", ROUTE_RAW, 0,
      NULL },
    { "GET", "/cases/{number}/supply", supply_show, "apply", "services/supply",
      NULL, PERMIT "第三十二条第一款第（四）项", "补交材料", 0, 0, NULL },
    { "POST", "/cases/{number}/supply/{code}", supply_paper_post, "apply",
      "services/supply", upload_form, PERMIT "第三十二条第一款第（四）项",
      "上传一份补正材料", ROUTE_UPLOAD, 0, supply_paper_before },
    { "POST", "/cases/{number}/supply/{code}/take", supply_take_post, "apply",
      "services/supply", take_form,
      "国务院关于在线政务服务的若干规定 第七条、第十条",
      "补正时从证照库或者自己的材料里取一份", 0, 0, NULL },
    { "POST", "/cases/{number}/supply", supply_post, "apply", "services/supply",
      NULL, PERMIT "第三十二条第一款第（五）项", "补正材料已齐，提交", 0, 0,
      NULL },

    { "POST", "/handin", handin_find, "case.intake", NULL, handin_look, NULL,
      "窗口补收容缺的材料：按办件编号找", ROUTE_NO_NOTE, 0, NULL },
    { "GET", "/cases/{number}/handin", handin_show, "apply", "services/handin",
      NULL, PERMIT "第三十二条", "补交容缺的材料", 0, 0, NULL },
    { "POST", "/cases/{number}/handin/{code}", handin_post, "apply",
      "services/handin", handin_form, PERMIT "第三十二条",
      "交一份容缺的材料", ROUTE_UPLOAD, 0, handin_before },
    { "POST", "/cases/{number}/handin/{code}/take", handin_take_post, "apply",
      "services/handin", take_form,
      "国务院关于在线政务服务的若干规定 第七条、第十条",
      "从证照库或者自己的材料里取一份，当作容缺的材料交", 0, 0, NULL },

    { "GET", "/board", board_show, "anyone", "services/board", board_form,
      PERMIT "第五条；优化营商环境条例 第三十六条", "办件公示", ROUTE_CACHED,
      TOPIC_BOARD, NULL },
    { "GET", "/board/rows", board_rows_show, "anyone", "services/board_rows",
      NULL, PERMIT "第五条", "办件公示的实时更新", ROUTE_STREAM, TOPIC_BOARD,
      NULL },
    { "GET", "/board.csv", board_csv, "anyone", NULL, board_form, NULL,
      "办件公示（CSV）", ROUTE_RAW, 0, NULL },
    { "GET", "/hall", hall_show, "anyone", "services/hall", board_form, NULL,
      "大厅屏", ROUTE_CACHED, TOPIC_BOARD, NULL },

    { "GET", "/desk", desk_show, "case.work", "services/desk", desk_form, NULL,
      "待办办件", 0, 0, NULL },
    { "GET", "/desk/rows", desk_rows_show, "case.work", "services/desk_rows",
      NULL, NULL, "待办办件的实时更新", ROUTE_STREAM, TOPIC_BOARD, NULL },
    { "GET", "/desk.csv", desk_csv, "case.work", NULL, desk_form, NULL,
      "待办办件（CSV）", ROUTE_RAW, 0, NULL },
    { "GET", "/desk/{number}", case_show, "case.work", "services/case",
      case_form, "个人信息保护法 第六条、第三十四条", "办理一件", 0, 0, NULL },
    { "POST", "/desk/{number}/opinion", opinion_post, "case.work", NULL,
      opinion_form, NULL, "保存意见", ROUTE_NO_NOTE, 0, NULL },
    { "POST", "/desk/{number}/deliveries/{delivery}", delivery_post,
      "case.work", "services/case", NULL, NULL, "重新发送一条通知", 0, 0,
      NULL },
    { "GET", "/papers/{id}", paper_send, "person", NULL, NULL,
      "个人信息保护法 第六条", "查看一份材料", ROUTE_RAW, 0, NULL },
    { "GET", "/papers/{id}/pictures/{page}", paper_picture_send, "person", NULL,
      NULL, "个人信息保护法 第六条", "材料一页的图片", ROUTE_RAW, 0, NULL },
    { "GET", "/cases/{number}/{verb}", verb_show, "person", "services/verb",
      NULL, PERMIT "第三十二条至第四十五条", "办理动作的确认页", 0, 0, NULL },
    { "POST", "/cases/{number}/{verb}", verb_post, "person", "services/verb",
      verb_form, PERMIT "第三十二条至第四十五条", "办理动作", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "apply", "resident agent window", "提交申请、查看自己的办件" },
    { "case.intake", "window", "在自己开的窗口收件" },
    { "case.work", "officer leader", "办理本部门的办件" },
    { "case.prolong", "mayor", "批准多个部门的整件延期" },
    { 0 }
};

static const struct menu menu[] = {
    { "services", "政务服务", "/services/themes", NULL, NULL, NULL, NULL },
    { "my", "我的办件", "/my", MENU_HEAD, "clipboard-check", "apply", NULL },
    { "desk", "待办办件", "/desk", "我的工作", "inbox", "case.work", NULL },
    { "desk.mine", "我承办的", "/desk?view=mine", "我的工作", "clipboard-check",
      "case.work", NULL },
    { "desk.done", "已办结", "/desk?view=done", "我的工作", "file-check-2",
      "case.work", NULL },
    { 0 }
};

/* ---- what is heard ---- */

static const struct event events[] = {
    { "case.accept", case_tell },  { "case.refuse", case_tell },
    { "case.supplement", case_tell }, { "case.special", case_tell },
    { "case.resume", case_tell },  { "case.extend", case_tell },
    { "case.prolong", case_tell },
    { "case.grant", case_tell },   { "case.deny", case_tell },
    { "case.closed", case_tell },  { "case.end", case_tell },
    { "case.withdraw", case_tell }, /* 视为撤回 is told by its rule */
    { "case.handin", case_tell },  { "case.verify", case_tell },
    { "case.again", case_tell },
    { "clock.level", case_carded },
    { "clock.moved", case_moved }, { "design.deploy", form_heard },
    { "design.retire", form_heard }, { "fee.issued", case_fee_told },
    { "fee.settled", case_fee_told },
    { "remedy.reopen", case_reopen_heard },
    { "remedy.complained", case_remedied },
    { "remedy.answered", case_remedied },
    { "catalogue.changed", guide_heard }, { 0 },
};

/* ---- work done again and again ---- */

/* One whose item cannot be accepted by its own limits stays, is told to the
 * operator, and does not hold up the others. */
static enum err deem_one(struct tx *tx, str number)
{
    enum err e = case_deem(tx, number);
    if (e != ERR_RANGE)
        return e;
    log_error("case %.*s should be accepted by silence and cannot be: its item "
              "promises more than the law allows", STR_ARG(number));
    return OK;
}

/* Silence for five working days is acceptance (第三十二条第一款第（四）项). */
static enum err deem_silent(struct tx *tx, bool *more)
{
    enum { BATCH = 100, BATCHES = 10 };
    struct case_silent *c;
    struct case_silent last = { .accept_by = day_of(1, 1, 1), .id = 0 };
    enum err e = OK;
    size_t n = BATCH;
    for (int b = 0; e == OK && n == BATCH && b < BATCHES; b++) {
        e = case_silent(tx, tx_today(tx), last.accept_by, last.id, &c, &n);
        for (size_t i = 0; e == OK && i < n; i++)
            e = deem_one(tx, c[i].number);
        if (e == OK && n > 0)
            last = c[n - 1];
    }
    *more = false;
    return e;
}

static enum err sweep_drafts(struct tx *tx, bool *more)
{
    struct draft_expired *d;
    size_t n;
    enum err e = draft_expired(tx, tx_today(tx), &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = draft_papers_drop(tx, d[i].id, d[i].number);
        if (e == OK)
            e = fellow_clear(tx, d[i].id, NULL);
        if (e == OK)
            e = authority_clear(tx, d[i].id, NULL);
        if (e == OK)
            e = taking_drop(tx, d[i].number, NULL);
        if (e == OK)
            e = draft_remove(tx, d[i].id, d[i].account);
    }
    *more = n == 200;
    return e;
}

static const struct job jobs[] = {
    { "services.deem", 30, deem_silent },
    { "services.gaps", 300, gap_sweep },
    { "services.halted", 30, halted_job },
    { "services.drafts", 3600, sweep_drafts },
    { 0 }
};

const struct module services_module = {
    .name = "services", .routes = routes, .permissions = permissions,
    .events = events, .jobs = jobs, .menu = menu,
};
