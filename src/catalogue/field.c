/*
 * The fields of a service guide, as tables.
 *
 * Names and groups follow the national exchange tables of service items and
 * GB/T 39046 (the column `exchange`); the words of choices are our own, and
 * what a partner calls them is its mapping table (partner.c).  A field more is
 * a row more: pages, files, comparison and exchange go by these tables.
 */
#include "catalogue/catalogue.h"

#include <pthread.h>

#define LINE(c, l, n, x, h) { c, l, GUIDE_LINE, n, NULL, x, h, NULL, NULL }
#define LINES(c, l, n, x, h) { c, l, GUIDE_LINES, n, NULL, x, h, NULL, NULL }
#define INT(c, l, n, x, h) { c, l, GUIDE_INT, n, NULL, x, h, NULL, NULL }
#define DAY(c, l, x, h) { c, l, GUIDE_DAY, 10, NULL, x, h, NULL, NULL }
#define ONE(c, l, w, x, h) { c, l, GUIDE_CHOICE, 40, w, x, h, NULL, NULL }
#define SOME(c, l, w, x, h) { c, l, GUIDE_CHOICES, 99, w, x, h, NULL, NULL }
#define FLAG(c, l, x, h) { c, l, GUIDE_FLAG, 1, NULL, x, h, NULL, NULL }
#define PAPER(c, l, x, h) { c, l, GUIDE_FILE, 0, NULL, x, h, NULL, NULL }
#define LIST(c, l, of, n, h) { c, l, GUIDE_LIST, 0, NULL, "", h, of, n }

/* ---- rows of lists ---- */

static const struct guide_field basis_fields[] = {
    LINE("law", "法律法规", 100, "by_law", "全称，不加书名号。"),
    DAY("version", "版本日期", "", "公布或者最近一次修正的日期。"),
    LINE("article", "条", 40, "", "例如 35；之一写成 35-1。"),
    LINES("text", "条文", 2000, "", "条文内容，可以不填。"),
    DAY("until", "失效日期", "", "已经或者将要失效的填写。"),
    { 0 },
};

static const struct guide_field step_fields[] = {
    LINE("name", "环节", 60, "process_name", "例如 受理、审查、决定。"),
    INT("days", "工作日", 400, "", "这个环节最多用几个工作日。"),
    LINE("who", "办理岗位", 60, "", ""),
    LINE("note", "办理内容", 300, "handle_explain", ""),
    { 0 },
};

static const struct guide_field fee_fields[] = {
    LINE("name", "收费项目", 100, "fee_name", ""),
    LINE("standard", "收费标准", 200, "fee_stand", "例如 每证 10 元。"),
    LINE("basis", "收费依据", 300, "by_law", "文件名称和文号。"),
    LINE("exempt", "减免", 300, "desc_explain", "可以减免的情形，没有不填。"),
    { 0 },
};

static const struct guide_field counter_fields[] = {
    LINE("name", "窗口", 100, "", "例如 政务服务中心一楼综合窗口。"),
    LINE("address", "地址", 200, "transact_addr", ""),
    LINE("hours", "办理时间", 200, "transact_time", ""),
    LINE("phone", "窗口电话", 40, "", ""),
    { 0 },
};

static const struct guide_field paper_fields[] = {
    LINE("name", "材料名称", 200, "material_name", "写具体的材料。"),
    ONE("need", "必要性", "必要,非必要,容缺后补", "is_need", ""),
    ONE("obtain", "怎样取得", "申请人上传,平台调取,在线填写", "",
        "平台能取得的不得要求申请人提交（国务院关于在线政务服务的若干规定 第七"
        "条）。"),
    ONE("source", "来源", "申请人自备,政府部门核发,其他", "source_type", ""),
    LINE("source_from", "由谁出具", 200, "", "政府部门核发的写明部门。"),
    ONE("kind", "材料类型", "原件,复印件,原件和复印件,电子文件",
        "material_type", ""),
    ONE("format", "材料形式", "纸质,电子,纸质或者电子", "material_format", ""),
    INT("copies", "份数", 50, "page_num", "电子材料填 0 或者不填。"),
    LINES("basis", "要求提交的依据", 500, "by_law", ""),
    LINES("standard", "受理标准", 1000, "accept_stand", ""),
    LINES("note", "填报须知", 1000, "fill_explain", "要写明什么、什么格式。"),
    LINES("sample", "样本", 2000, "",
          "每行一句，说明一份合格的材料写些什么。"),
    LINES("blank", "空白表", 2000, "",
          "空白表的栏目，每行一栏；在线填写的不用。"),
    FLAG("set_form", "格式文本", "",
         "本部门规定固定格式的申请书、表格填 是：应当附空白表。"),
    PAPER("sample_file", "样表文件", "example_guid", "填好的样子。"),
    PAPER("blank_file", "空白表文件", "form_guid", "可以打印填写的表。"),
    { 0 },
};

static const struct guide_field faq_fields[] = {
    LINE("question", "问题", 200, "question", ""),
    LINES("answer", "回答", 1000, "answer", ""),
    { 0 },
};

/* ---- the guide ---- */

static const struct guide_field identity[] = {
    LINE("name", "事项名称", 200, "task_name", "申请人看到的名称。"),
    ONE("type", "事项类型",
        "行政许可,行政处罚,行政强制,行政征收,行政给付,行政检查,行政确认,行政"
        "奖励,行政裁决,其他行政权力,公共服务", "task_type", ""),
    ONE("kind", "办件类型", "即办件,承诺件", "project_type",
        "即办件当场办结，承诺时限填 0。"),
    ONE("object", "服务对象", "个人,法人,个人、法人", "server_type", ""),
    ONE("level", "行使层级", "国家级,省级,市级,县级,镇级,村级", "use_level",
        ""),
    LINE("region", "实施区域", 12, "", "区划代码，例如 341881。"),
    ONE("body", "实施主体性质", "法定机关,授权组织,受委托组织,其他",
        "dept_type", ""),
    LINE("entrusted", "委托部门", 100, "entrust_name", "受委托实施的填写。"),
    LINE("joint", "联办机构", 300, "other_dept", ""),
    LINE("base_code", "基本编码", 12, "catalog_code",
         "国家基本目录里的编码，12 位。"),
    LINE("task_code", "实施编码", 31, "task_code", "31 位。"),
    LINE("theme", "主题分类", 200, "", ""),
    DAY("until", "拟取消日期", "plan_cancel_date",
        "到这一天为止，过后没有接续的版本即停止办理；长期有效不填。"),
    { 0 },
};

static const struct guide_field authority[] = {
    LIST("basis", "设定依据", basis_fields, "一条依据",
         "法律、法规、规章写到条。"),
    LINES("conditions", "受理条件", 4000, "accept_condition",
          "每行一条，写可以判断的条件。"),
    LINES("quota", "数量限制", 1000, "limit_explain", "没有限制不填。"),
    { 0 },
};

static const struct guide_field times[] = {
    INT("statutory_n", "法定时限", 3650, "anticipate_day", ""),
    ONE("statutory_unit", "法定时限单位", "工作日,自然日", "anticipate_type",
        ""),
    LINE("statutory_basis", "时限依据", 200, "", "规定这个期限的条文。"),
    INT("promised_n", "承诺时限", 3650, "promise_day",
        "工作日，不长于法定时限；即办件填 0。"),
    LINES("promise_note", "承诺时限说明", 500, "promise_explain", ""),
    INT("gap_days", "容缺补交期限", 60, "",
        "工作日；有容缺后补的材料才用，不填按 10 个工作日，总在应办结日之前。"),
    ONE("gap_silence", "逾期不补交", "依法作出决定,视为撤回申请", "",
        "办事指南要写明；不填为依法作出决定。"),
    LINES("special", "特别程序", 1000, "special_procedure",
          "听证、检验、鉴定、专家评审等不计入时限的程序。"),
    LIST("steps", "办理流程", step_fields, "一个环节",
         "各环节工作日之和不超过承诺时限。"),
    { 0 },
};

static const struct guide_field ways[] = {
    SOME("forms", "办理形式", "窗口,网上,移动端,邮寄,自助终端", "handle_type",
         "用顿号隔开：窗口、网上、移动端、邮寄、自助终端。"),
    ONE("depth", "网办深度", "不能网办,网上预约,网上预审,网上受理,全程网办",
        "online_handle_depth", ""),
    INT("visits", "到现场次数", 20, "limit_scene_num", ""),
    LINE("visit_reason", "到现场的原因", 300, "limit_scene_explain",
         "次数大于 0 时必须说明。"),
    ONE("area", "通办范围", "本地,全市,跨县,跨市,跨省,全国", "handle_area",
        ""),
    FLAG("center", "进驻政务服务大厅", "is_entry_center", ""),
    FLAG("bookable", "可以预约", "is_schedule", ""),
    FLAG("post", "可以邮寄申请", "is_express", ""),
    { 0 },
};

static const struct guide_field fees[] = {
    FLAG("fee", "收费", "is_fee", ""),
    LIST("fees", "收费项目", fee_fields, "一项收费", "收费必须有依据。"),
    FLAG("pay_online", "可以网上缴费", "is_pay_online", ""),
    { 0 },
};

static const struct guide_field papers[] = {
    LIST("papers", "申请材料", paper_fields, "一份材料",
         "只列必须提交的具体材料，不写“其他材料”。"),
    { 0 },
};

static const struct guide_field results[] = {
    ONE("result_type", "结果类型", "证照,批文,证明,其他文书,无", "result_type",
        ""),
    LINE("result", "办理结果", 200, "result_name", "例如 食品经营许可证。"),
    LINES("result_sample", "结果样本", 2000, "",
          "每行一句，说明结果文书上写些什么。"),
    PAPER("result_file", "结果样本文件", "result_guid",
          "结果文书的样子。"),
    { 0 },
};

static const struct guide_field contact[] = {
    LINE("phone", "咨询电话", 40, "link_way", "带区号，例如 0563-4012345。"),
    LINE("supervise", "监督投诉电话", 40, "supervise_way",
         "与咨询电话不同的号码。"),
    LIST("counters", "办理地点", counter_fields, "一个窗口", ""),
    LIST("faq", "常见问题", faq_fields, "一个问题", ""),
    { 0 },
};

const struct guide_part guide_parts[] = {
    { "identity", "基本信息", identity },
    { "authority", "依据和条件", authority },
    { "time", "时限和流程", times },
    { "way", "办理方式", ways },
    { "fee", "收费", fees },
    { "papers", "申请材料", papers },
    { "result", "办理结果", results },
    { "contact", "地点、电话和常见问题", contact },
    { 0 },
};

const struct guide_part *guide_part_of(str code)
{
    const struct guide_part *p = guide_parts;
    while (p->code && !str_is(code, p->code))
        p++;
    return p->code ? p : NULL;
}

static const struct guide_field *all[GUIDE_FIELDS];
static size_t all_count;

static void collect(void)
{
    for (const struct guide_part *p = guide_parts; p->code; p++)
        for (const struct guide_field *f = p->fields; f->code; f++)
            all[all_count++] = f;
}

const struct guide_field *const *guide_fields(size_t *n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, collect);
    *n = all_count;
    return all;
}

const struct guide_field *guide_field_of(str code)
{
    for (const struct guide_part *p = guide_parts; p->code; p++)
        for (const struct guide_field *f = p->fields; f->code; f++)
            if (str_is(code, f->code))
                return f;
    return NULL;
}
