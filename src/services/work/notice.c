/*
 * What each notice says.
 *
 * The statute decides what must stand in a paper; each function below names it.
 * A matter that is no administrative licence (确认, 给付, 公共服务) is handled
 * under its own basis, so the articles of 行政许可法 stay away from it.
 */
#include "services/work/notice.h"

enum { BLOCKS = 16, FACTS = 16, POINTS = 100 };

/* A paper being written. */
struct writer {
    struct arena *a;
    const struct value *facts;
    const struct notice_place *place;
    bool licence;
    struct pdf_block *blocks;
    size_t count;
    struct pdf_block *table; /* the one facts go into */
    struct pdf_fact *rows;   /* its facts, while they are written */
};

/* ---- reading facts ---- */

static str text(const struct writer *w, const char *name)
{
    str s = value_get_text(w->facts, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static int number_of(const struct writer *w, const char *name)
{
    return (int)value_get_int(w->facts, str_of(name), 0);
}

static bool flag(const struct writer *w, const char *name, bool otherwise)
{
    const struct value *v = value_get(w->facts, str_of(name));
    return v && v->kind == VALUE_BOOL ? v->i != 0 : otherwise;
}

/* A day, from the tree as the handler made it or as JSON brought it back. */
static day day_fact(const struct value *facts, const char *name)
{
    const struct value *v = value_get(facts, str_of(name));
    day d = day_none;
    if (v && v->kind == VALUE_DAY)
        return (day){ (int32_t)v->i };
    if (v && v->kind == VALUE_TEXT && !day_parse(v->text, &d))
        return day_none;
    return d;
}

/* 2026 年 11 月 22 日; "" when there is no such day. */
static str day_words(const struct writer *w, const char *name)
{
    int y, m, d;
    day when = day_fact(w->facts, name);
    if (day_is_none(when))
        return STR("");
    day_split(when, &y, &m, &d);
    return arena_printf(w->a, "%d 年 %d 月 %d 日", y, m, d);
}

/* ---- writing ---- */

static struct pdf_block *block(struct writer *w, enum pdf_block_kind kind)
{
    struct pdf_block *b = &w->blocks[w->count++];
    b->kind = kind;
    return b;
}

#define PARAGRAPH(w, ...) \
    (block((w), PDF_PARAGRAPH)->text = arena_printf((w)->a, __VA_ARGS__))

static void heading(struct writer *w, const char *s)
{
    block(w, PDF_HEADING)->text = str_of(s);
}

/* From here on facts go into a table, or beside lines to write on. */
static void open_table(struct writer *w, enum pdf_block_kind kind)
{
    w->table = block(w, kind);
    w->table->facts = w->rows = ARENA_NEW_N(w->a, struct pdf_fact, FACTS);
}

/* One fact of the table; an empty one is left out. */
static void fact(struct writer *w, const char *name, str value)
{
    if (value.n && w->table->count < FACTS)
        w->rows[w->table->count++] = (struct pdf_fact){ str_of(name), value };
}

/* The table every notice has, begun with what every notice says. */
static void table(struct writer *w)
{
    open_table(w, PDF_FACTS);
    fact(w, "事项名称", text(w, "title"));
    fact(w, "办件编号", text(w, "number"));
    fact(w, "申请人", text(w, "applicant"));
    fact(w, "代为申请人", text(w, "proxy"));
    if (!str_is(text(w, "joint"), ""))
        fact(w, "共同申请人", text(w, "joint"));
    fact(w, "收到申请日期", day_words(w, "received"));
}

/* Whom to ask.  第三十二条第二款 wants the seal and the date on every paper; a
 * name and a number are there so that nobody has to look for them. */
static void contact(struct writer *w)
{
    str officer = text(w, "officer"), phone = text(w, "phone");
    if (officer.n && phone.n)
        officer = arena_printf(w->a, "%.*s，联系电话 %.*s", STR_ARG(officer),
                               STR_ARG(phone));
    fact(w, "承办人", officer);
    if (officer.n == 0)
        fact(w, "联系电话", phone);
}

/* Numbered points, from lines of a text or a list of texts. */
static void points(struct writer *w, const char *name)
{
    const struct value *v = value_get(w->facts, str_of(name));
    str *list = ARENA_NEW_N(w->a, str, POINTS);
    struct pdf_block *b;
    size_t n = 0;
    if (v && v->kind == VALUE_LIST)
        for (const struct value *i = v->first; i && n < POINTS; i = i->next)
            list[n++] = i->text;
    str rest = v && v->kind == VALUE_TEXT ? v->text : str_none;
    while (!str_is_none(rest) && n < POINTS) {
        str line = str_trim(str_cut(&rest, '\n'));
        if (line.n)
            list[n++] = line;
    }
    if (n == 0)
        return;
    b = block(w, PDF_POINTS);
    b->points = list;
    b->count = n;
}

/* 根据《中华人民共和国行政许可法》第三十二条…, or the matter's own basis. */
static str under(const struct writer *w, const char *article)
{
    if (w->licence)
        return arena_printf(w->a, "根据《中华人民共和国行政许可法》%s的规定",
                            article);
    str basis = text(w, "basis");
    if (basis.n)
        return arena_printf(w->a, "根据%.*s的规定", STR_ARG(basis));
    return STR("根据本事项的法定依据和公布的办事指南");
}

/*
 * Both ways to object, with their terms and addresses: 行政许可法
 * 第三十八条第二款, 行政复议法 第二十条, 第二十二条第二款, 第二十四条,
 * 行政诉讼法 第四十六条.
 */
static void remedies(struct writer *w)
{
    str court = w->place->court.n ? w->place->court : STR("有管辖权的人民法院");
    PARAGRAPH(w, "如不服本决定，可以自知道本决定之日起六十日内向%.*s申请行政复"
                 "议，或者自知道本决定之日起六个月内直接向%.*s提起行政诉讼。",
              STR_ARG(w->place->government), STR_ARG(court));
    if (w->place->appeal.n)
        PARAGRAPH(w, "行政复议申请书也可以通过互联网提交：%.*s",
                  STR_ARG(w->place->appeal));
}

/* ---- the notices ---- */

enum { SHORT_LIST = 5 };

/* The papers received: a few one below the other, more of them in a paragraph,
 * so that the receipt of a large matter stays one sheet. */
static void received_papers(struct writer *w)
{
    const struct value *v = value_get(w->facts, STR("papers"));
    if (v == NULL || v->kind != VALUE_LIST || v->count == 0)
        return;
    heading(w, "已收到的材料");
    if (v->count <= SHORT_LIST) {
        points(w, "papers");
        return;
    }
    str all = arena_printf(w->a, "共 %u 份：", v->count);
    for (const struct value *p = v->first; p; p = p->next)
        all = arena_printf(w->a, "%.*s%.*s%s", STR_ARG(all), STR_ARG(p->text),
                           p->next ? "；" : "。");
    PARAGRAPH(w, "%.*s", STR_ARG(all));
}

/* 第三十二条第二款: a dated paper for whatever is received; the silent
 * acceptance of 第一款第（四）项 is told before it happens. */
static void receipt(struct writer *w)
{
    PARAGRAPH(w, "您提交的“%.*s”申请及下列材料已经收到。",
              STR_ARG(text(w, "title")));
    table(w);
    fact(w, "最迟答复日期", day_words(w, "accept_by"));
    fact(w, "查询码", text(w, "ticket"));
    fact(w, "经办人", text(w, "agent"));
    fact(w, "收件人", text(w, "taken_by"));
    contact(w);
    received_papers(w);
    PARAGRAPH(w, "%.*s，本机关将在收到申请材料之日起五个工作日内决定是否受理；"
                 "材料不齐全或者不符合法定形式的，在同一期限内一次告知需要补正"
                 "的全部内容，逾期不告知的，自收到申请材料之日起即为受理。",
              STR_ARG(under(w, "第三十二条")));
}

/* The limits of 第四十二条. */
static void decision_time(struct writer *w)
{
    fact(w, "受理日期", day_words(w, "accepted"));
    int promised = number_of(w, "promised"), law = number_of(w, "statutory");
    if (promised)
        fact(w, "承诺期限", arena_printf(w->a, "%d 个工作日", promised));
    if (law)
        fact(w, "法定期限", arena_printf(w->a, "%d %s", law,
                                           flag(w, "natural", false)
                                               ? "日" : "个工作日"));
    str due = day_words(w, "due");
    if (due.n && flag(w, "provisional", false))
        due = arena_join(w->a, due, STR("（次年放假安排公布后可能调整）"));
    fact(w, "应办结日期", due);
}

/* 第三十二条第一款第（五）项; the limits, and what 第四十五条 leaves out. */
static void acceptance(struct writer *w)
{
    if (flag(w, "deemed", false))
        PARAGRAPH(w, "本机关收到您提出的“%.*s”申请后，未在五个工作日内告知补"
                     "正。%.*s，该申请自收到申请材料之日起即为受理。",
                  STR_ARG(text(w, "title")),
                  STR_ARG(under(w, "第三十二条第一款第（四）项")));
    else
        PARAGRAPH(w, "您提出的“%.*s”申请，属于本机关职权范围，申请材料齐全、符"
                     "合法定形式。%.*s，本机关决定予以受理。",
                  STR_ARG(text(w, "title")),
                  STR_ARG(under(w, "第三十二条第一款第（五）项")));
    table(w);
    decision_time(w);
    contact(w);
    PARAGRAPH(w, "期限自受理之日的次日起计算。%s",
              w->licence ? "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和"
                           "专家评审的，所需时间不计算在期限内，本机关将书面告"
                           "知（第四十五条）。"
                         : "");
}

/* The papers that are still to come, and until when. */
static void still_to_come(struct writer *w)
{
    int days = number_of(w, "gap_days");
    str by = day_words(w, "gap_due"), basis = text(w, "gap_basis");
    heading(w, "请补交的材料");
    points(w, "gap_papers");
    open_table(w, PDF_FACTS);
    fact(w, "补交期限",
         days ? arena_printf(w->a, "%d 个工作日，自受理之日的次日起计算", days)
              : STR(""));
    fact(w, "请在此日前补交", by);
    fact(w, "期限的依据", basis);
    fact(w, "书面承诺", text(w, "pledge"));
}

/* The accepted part is 第三十二条; that papers may come later is the item's own
 * promise, so the paper says it is no statutory limit. */
static void gaps(struct writer *w)
{
    if (flag(w, "deemed", false))
        PARAGRAPH(w, "本机关收到您提出的“%.*s”申请后，未在五个工作日内告知补"
                     "正。%.*s，该申请自收到申请材料之日起即为受理。办事指南允"
                     "许以后补交的材料，请按下面的要求补交。",
                  STR_ARG(text(w, "title")),
                  STR_ARG(under(w, "第三十二条第一款第（四）项")));
    else
        PARAGRAPH(w, "您提出的“%.*s”申请，属于本机关职权范围，主要材料齐全、符"
                     "合法定形式，只缺办事指南允许容缺后补的材料。本机关决定先"
                     "予受理。", STR_ARG(text(w, "title")));
    table(w);
    decision_time(w);
    contact(w);
    still_to_come(w);
    PARAGRAPH(w, "办理期限自受理之日的次日起计算，不因等候补交而停止。材料可以"
                 "在网上办件进度页提交，也可以交到窗口，由本机关核对；补齐以前"
                 "不能作出准予的决定。%.*s。", STR_ARG(text(w, "gap_expiry")));
}

/* 视为撤回: what the rule of the item says of silence. */
static void lapse(struct writer *w)
{
    PARAGRAPH(w, "您提出的“%.*s”申请，本机关已经容缺受理，并告知了需要补交的材"
                 "料、期限和逾期的后果。至期限届满，下列材料没有补齐：",
              STR_ARG(text(w, "title")));
    points(w, "gap_papers");
    table(w);
    fact(w, "受理日期", day_words(w, "accepted"));
    fact(w, "补交期限届满日期", day_words(w, "gap_due"));
    fact(w, "依据", text(w, "gap_basis"));
    contact(w);
    PARAGRAPH(w, "%.*s，本次办理到此结束。需要办理的，备齐材料后可以重新申请，"
                 "已经交过并且仍然有效的材料不用再交。",
              STR_ARG(text(w, "gap_expiry")));
    remedies(w);
}

/* 行政复议法 第六十四条第二款、行政诉讼法 第七十一条: not the same decision
 * for the same facts and reasons. */
static void reopening(struct writer *w)
{
    str law = text(w, "law");
    PARAGRAPH(w, "您提出的“%.*s”申请（办件 %.*s）已经作出过决定。%.*s，本机关决"
                 "定重新办理，原来的办理记录保持不变。",
              STR_ARG(text(w, "title")), STR_ARG(text(w, "old")),
              STR_ARG(text(w, "ground")));
    table(w);
    fact(w, "依据", law);
    fact(w, "重新办理的起始日期", day_words(w, "accepted"));
    fact(w, "应办结日期", day_words(w, "due"));
    contact(w);
    PARAGRAPH(w, "期限自起始日期的次日起计算，您不需要重新提出申请或者重新提交"
                 "材料。本机关不会以同一的事实和理由作出与原决定相同或者基本相"
                 "同的决定，但是原决定仅因违反法定程序被撤销的除外。");
    if (text(w, "gap_expiry").n)
        still_to_come(w);
}

/* 第三十二条第一款第（一）（二）项. */
static void refusal(struct writer *w)
{
    str ground = text(w, "ground"), other = text(w, "other_organ");
    bool elsewhere = str_find(ground, STR("职权")) >= 0;
    PARAGRAPH(w, "您提出的“%.*s”申请，经审查，%.*s。%.*s，本机关决定不予受理。",
              STR_ARG(text(w, "title")), STR_ARG(ground),
              STR_ARG(under(w, elsewhere ? "第三十二条第一款第（二）项"
                                         : "第三十二条第一款第（一）项")));
    table(w);
    fact(w, "理由", text(w, "reason"));
    fact(w, "应当申请的机关", other);
    contact(w);
    if (other.n == 0)
        other = STR("上述理由写明的有关行政机关");
    if (elsewhere)
        PARAGRAPH(w, "请向%.*s申请。", STR_ARG(other));
    remedies(w);
}

/* 第三十二条第一款第（四）项: once, and everything. */
static void supplement(struct writer *w)
{
    PARAGRAPH(w, "您提出的“%.*s”申请，申请材料不齐全或者不符合法定形式。%.*s，"
                 "现一次告知需要补正的全部内容：", STR_ARG(text(w, "title")),
              STR_ARG(under(w, "第三十二条第一款第（四）项")));
    points(w, "list");
    table(w);
    fact(w, "请在此日前补正", day_words(w, "supply_by"));
    contact(w);
    PARAGRAPH(w, "本告知只作一次，本机关不再要求补正其他内容。按照上述要求提交"
                 "全部补正材料的，本机关予以受理。补正期间不计算办理期限。");
}

/* 15 个工作日; in the preview, before it is known, where it will come from. */
static str days_asked(struct writer *w)
{
    int days = number_of(w, "days");
    return days > 0 ? arena_printf(w->a, "%d 个工作日", days)
                    : STR("（按下面填写）");
}

/* 第四十五条: the time needed is told in writing. */
static void special(struct writer *w)
{
    str reason = text(w, "reason");
    PARAGRAPH(w, "您提出的“%.*s”申请，依法需要进行%.*s%s%.*s。%.*s，所需时间不"
                 "计算在办理期限内。", STR_ARG(text(w, "title")),
              STR_ARG(text(w, "ground")), reason.n ? "：" : "",
              STR_ARG(reason), STR_ARG(under(w, "第四十五条")));
    table(w);
    fact(w, "特别程序", text(w, "ground"));
    fact(w, "所需时间", days_asked(w));
    fact(w, "开始日期", day_words(w, "today"));
    contact(w);
    PARAGRAPH(w, "特别程序结束的次日起，办理期限继续计算，届时可以扫描二维码查"
                 "看新的应办结日期。");
}

/* 第四十二条: who approves depends on whether many departments decide. */
static void extension(struct writer *w)
{
    bool joint = flag(w, "joint", false);
    PARAGRAPH(w, "您提出的“%.*s”申请，因%.*s，不能在期限内作出决定。%.*s，经%s"
                 "批准，办理期限延长%s%.*s。", STR_ARG(text(w, "title")),
              STR_ARG(text(w, "reason")),
              STR_ARG(under(w, joint ? "第四十二条第二款"
                                     : "第四十二条第一款")),
              joint ? "本级人民政府负责人" : "本机关负责人",
              number_of(w, "days") > 0 ? " " : "", STR_ARG(days_asked(w)));
    table(w);
    fact(w, "受理日期", day_words(w, "accepted"));
    fact(w, "延长理由", text(w, "reason"));
    fact(w, "延长后应办结日期", day_words(w, "due"));
    contact(w);
}

/* 第三十八条第一款, 第四十条, 第四十四条. */
static void grant(struct writer *w)
{
    str from = day_words(w, "valid_from"), to = day_words(w, "valid_to");
    PARAGRAPH(w, "您提出的“%.*s”申请，经审查，符合法定条件、标准。%.*s，本机关"
                 "决定%s。",
              STR_ARG(text(w, "title")), STR_ARG(under(w, "第三十八条第一款")),
              w->licence ? "准予行政许可" : "准予办理");
    table(w);
    fact(w, "受理日期", day_words(w, "accepted"));
    fact(w, "证照编号", text(w, "result_no"));
    if (from.n && to.n)
        fact(w, "有效期", arena_printf(w->a, "%.*s 至 %.*s", STR_ARG(from),
                                         STR_ARG(to)));
    fact(w, "许可内容", text(w, "conditions"));
    fact(w, "说明", text(w, "reason"));
    contact(w);
    if (w->licence)
        PARAGRAPH(w, "需要颁发许可证件的，本机关自作出决定之日起十个工作日内向"
                     "您颁发、送达（第四十四条）。本决定依法公开，公众有权查阅"
                     "（第四十条）。");
}

/* 第三十八条第二款: reasons, and both remedies. */
static void denial(struct writer *w)
{
    PARAGRAPH(w, "您提出的“%.*s”申请，经审查，不符合法定条件、标准。%.*s，本机"
                 "关决定%s。",
              STR_ARG(text(w, "title")), STR_ARG(under(w, "第三十八条第二款")),
              w->licence ? "不予行政许可" : "不予批准");
    table(w);
    fact(w, "受理日期", day_words(w, "accepted"));
    fact(w, "理由", text(w, "reason"));
    if (w->licence)
        fact(w, "依据", text(w, "basis"));
    contact(w);
    remedies(w);
}

/* Filled in by hand at the door, or by the system when it was sent on line. */
static void delivery(struct writer *w)
{
    table(w);
    fact(w, "送达文书", text(w, "paper"));
    fact(w, "文书编号", text(w, "paper_number"));
    fact(w, "送达方式", text(w, "method"));
    fact(w, "送达地点", text(w, "place"));
    open_table(w, PDF_LINES);
    static const char *const names[] = {
        "受送达人签名或盖章", "收到日期", "代收人及与受送达人关系",
        "拒收事由和日期", "见证人签名或盖章", "送达人签名",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fact(w, names[i], STR(" "));
    PARAGRAPH(w, "受送达人签收的日期为送达日期；经受送达人同意以电子方式送"
                 "达的，以送达信息到达其特定系统的日期为送达日期。");
}

/* ---- the kinds ---- */

static const struct kind {
    const char *code, *title, *other; /* other: of what is no licence */
    void (*write)(struct writer *w);
} kinds[] = {
    { "receipt", "申请材料收件凭证", "申请材料收件凭证", receipt },
    { "acceptance", "行政许可申请受理通知书", "申请受理通知书", acceptance },
    { "refusal", "行政许可申请不予受理决定书", "申请不予受理决定书", refusal },
    { "supplement", "行政许可申请补正告知书", "申请补正告知书", supplement },
    { "special", "行政许可特别程序告知书", "特别程序告知书", special },
    { "extension", "行政许可延长期限告知书", "延长期限告知书", extension },
    { "grant", "准予行政许可决定书", "办理结果通知书", grant },
    { "denial", "不予行政许可决定书", "不予办理决定书", denial },
    { "reopening", "行政许可申请重新办理通知书", "申请重新办理通知书",
      reopening },
    { "gaps", "行政许可申请容缺受理通知书", "申请容缺受理通知书", gaps },
    { "lapse", "行政许可申请视为撤回告知书", "申请视为撤回告知书", lapse },
    { "delivery", "送达回证", "送达回证", delivery },
};

static const struct kind *kind_of(str code)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(code, kinds[i].code))
            return &kinds[i];
    return NULL;
}

static const char *title_of(const struct kind *k, const struct value *facts)
{
    const struct value *v = value_get(facts, STR("licence"));
    return v && v->kind == VALUE_BOOL && !v->i ? k->other : k->title;
}

str notice_title(str kind, const struct value *facts)
{
    const struct kind *k = kind_of(kind);
    return k ? str_of(title_of(k, facts)) : str_none;
}

/* 市场监督管理局 -> 云溪市市场监督管理局 */
static str organ_of(const struct writer *w)
{
    str unit = text(w, "unit");
    if (str_starts(unit, w->place->city))
        return unit;
    return arena_join(w->a, w->place->city, unit);
}

enum err notice_paper(struct arena *a, str kind, str number, inst issued,
                      const struct value *facts,
                      const struct notice_place *place,
                      struct pdf_notice *out)
{
    const struct kind *k = kind_of(kind);
    struct writer w = { .a = a, .facts = facts, .place = place };
    if (!k || !facts || facts->kind != VALUE_OBJECT ||
        text(&w, "number").n == 0 || text(&w, "title").n == 0 ||
        text(&w, "unit").n == 0)
        return ERR_INPUT;
    w.licence = flag(&w, "licence", true);
    w.blocks = ARENA_NEW_N(a, struct pdf_block, BLOCKS);
    k->write(&w);
    *out = (struct pdf_notice){
        .organ = organ_of(&w),
        .title = str_of(title_of(k, facts)),
        .number = number,
        .to = k->write == delivery ? str_none : text(&w, "applicant"),
        .blocks = w.blocks, .block_count = w.count,
        .date = inst_day(issued), .seal = k->write != delivery,
        .qr = place->progress,
        .qr_text = STR("扫码查看办理进度"),
        .foot = place->demo ? STR("演示数据：人名、单位和编号均为虚构")
                            : str_none,
        .made = issued,
    };
    return OK;
}
