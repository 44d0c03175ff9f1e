/*
 * States, verbs and limits of a case, as tables and arithmetic.
 *
 * No store, no clock, no request: these lines decide whether an office was late
 * and whether silence became acceptance, so they must be readable beside the
 * statute and testable with nothing but dates.
 */
#include "services/services.h"

#include "kernel/page/page.h"

static const struct {
    const char *code;
    bool open;
} states[CASE_STATES] = {
    [CASE_RECEIVED] = { "received", true },
    [CASE_SUPPLEMENT] = { "supplement", true },
    [CASE_REFUSED] = { "refused", false },
    [CASE_ACCEPTED] = { "accepted", true },
    [CASE_REVIEWING] = { "reviewing", true },
    [CASE_SPECIAL] = { "special", true },
    [CASE_DECIDING] = { "deciding", true },
    [CASE_GRANTED] = { "granted", false },
    [CASE_DENIED] = { "denied", false },
    [CASE_CLOSED] = { "closed", false },
    [CASE_WITHDRAWN] = { "withdrawn", false },
    [CASE_ENDED] = { "ended", false },
};

str case_state_code(enum case_state s)
{
    return str_of(states[s].code);
}

enum case_state case_state_of(str code)
{
    for (int s = 0; s < CASE_STATES; s++)
        if (str_is(code, states[s].code))
            return (enum case_state)s;
    return CASE_STATES;
}

str case_state_name(enum case_state s, bool joint)
{
    return page_state_word(case_state_code(s), joint);
}

bool case_state_open(enum case_state s)
{
    return states[s].open;
}

#define IN(state) (1u << CASE_##state)
#define AT_WORK (IN(ACCEPTED) | IN(REVIEWING))
#define AFTER_ACCEPTANCE (AT_WORK | IN(SPECIAL) | IN(DECIDING))
#define BEFORE_END                                                     \
    (IN(RECEIVED) | IN(SUPPLEMENT) | AT_WORK | IN(SPECIAL) | IN(DECIDING))

static const struct verb_rule verbs[VERBS] = {
    [VERB_ACCEPT] = {
        "accept", "受理", "行政许可法 第三十二条第一款第（五）项",
        "申请事项属于本机关职权范围，材料齐全、符合法定形式的，应当受理。"
        "受理之日的次日起计算办理时限，系统同时出具受理通知书。",
        IN(RECEIVED), "acceptance", BY_DESK },
    [VERB_REFUSE] = {
        "refuse", "不予受理", "行政许可法 第三十二条第一款第（一）（二）项",
        "只有依法不需要取得行政许可，或者不属于本机关职权范围的，才可以不予"
        "受理；须写明理由，属于后者的告知向哪个机关申请，并告知救济途径。",
        IN(RECEIVED), "refusal", BY_DESK },
    [VERB_SUPPLEMENT] = {
        "supplement", "要求补正", "行政许可法 第三十二条第一款第（四）项",
        "材料不齐全或者不符合法定形式的，应当当场或者在五个工作日内一次告知"
        "需要补正的全部内容。只能告知一次；逾期不告知的，自收到材料之日起即为"
        "受理。",
        IN(RECEIVED), "supplement", BY_DESK },
    [VERB_SUPPLY] = {
        "supply", "补交材料", "行政许可法 第三十二条第一款第（五）项",
        "您按照要求提交全部补正材料后，部门应当受理。",
        IN(SUPPLEMENT), "acceptance", BY_APPLICANT },
    [VERB_ADMIT] = {
        "admit", "容缺受理", "行政许可法 第三十二条；事项办事指南",
        "主要材料齐全、只缺本事项允许容缺后补的材料，申请人书面承诺补交的，先予"
        "受理，一次告知要补的材料、期限和逾期的后果。办理时限自受理之日的次日起"
        "照常计算；补交的期限是办事指南公布的，不是法定期限。",
        IN(RECEIVED), "gaps", BY_DESK },
    [VERB_HANDIN] = {
        "handin", "补交容缺材料", "",
        "在告知的期限内交齐容缺的材料，可以一份一份交，由部门核对。",
        AFTER_ACCEPTANCE, NULL, BY_APPLICANT },
    [VERB_VERIFY] = {
        "verify", "核对容缺材料", "",
        "材料对的，不再等它；不对的退回并写明原因，第一次退回的重新给补交的期"
        "限。办理时限不停。",
        AFTER_ACCEPTANCE, NULL, BY_DESK },
    [VERB_AGAIN] = {
        "again", "再给补交期限", "",
        "申请人还没有补齐的，可以重新给一次同样的期限，并告知申请人；只有一次，"
        "也不能晚于应办结日。办理时限不停。",
        AFTER_ACCEPTANCE, NULL, BY_DESK },
    [VERB_LAPSE] = {
        "lapse", "逾期视为撤回", "安阳市政务服务条例 第二十四条",
        "办事指南采用“逾期视为撤回申请”的，期限届满还没有补齐的，由系统按这条规"
        "则结束办理，并书面告知申请人。",
        AFTER_ACCEPTANCE, "lapse", BY_RULE },
    [VERB_REVIEW] = {
        "review", "开始审查", "行政许可法 第三十四条",
        "对申请材料进行审查。需要核实材料实质内容的，指派两名以上工作人员"
        "核查。",
        IN(ACCEPTED), NULL, BY_DESK },
    [VERB_SPECIAL] = {
        "special", "特别程序", "行政许可法 第四十五条",
        "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需"
        "时间不计算在期限内，须将所需时间书面告知申请人。",
        AT_WORK, "special", BY_DESK },
    [VERB_RESUME] = {
        "resume", "特别程序结束", "行政许可法 第四十五条",
        "特别程序结束，自次日起继续计算办理时限。",
        IN(SPECIAL), NULL, BY_DESK },
    [VERB_EXTEND] = {
        "extend", "延期", "行政许可法 第四十二条",
        "在期限内不能作出决定的，经本机关负责人批准可以延长一次，最多十个"
        "工作日，并将延长期限的理由告知申请人。期限届满后不能再延期。",
        AT_WORK | IN(DECIDING), "extension", BY_LEADER },
    [VERB_PROLONG] = {
        "prolong", "整件延期", "行政许可法 第四十二条第二款",
        "多个部门共同办理的，四十五个工作日内不能办结，经本级人民政府负责人批准"
        "可以延长一次，最多十五个工作日，并将延长期限的理由告知申请人。各部门"
        "自己的时限不变；期限届满后不能再延期。",
        IN(REVIEWING), "extension", BY_GOVERNMENT },
    [VERB_TRANSFER] = {
        "transfer", "转办", "",
        "转给本部门另一位承办人。时限不变，责任人随之公开更改。",
        IN(RECEIVED) | AT_WORK | IN(SPECIAL), NULL, BY_DESK },
    [VERB_PROPOSE] = {
        "propose", "送下一步", "行政许可法 第三十四条、第三十七条",
        "本环节办完，提出同意的意见，送流程的下一个环节；审查全部办完的，送本"
        "机关负责人决定。时限不停。",
        AT_WORK, NULL, BY_DESK },
    [VERB_RETURN] = {
        "return", "退回", "",
        "退回到已经办过的一个环节重新办理。时限不停。",
        IN(REVIEWING) | IN(DECIDING), NULL, BY_DESK },
    [VERB_GRANT] = {
        "grant", "准予许可", "行政许可法 第三十八条第一款",
        "申请符合法定条件、标准的，依法作出准予行政许可的书面决定，十个工作"
        "日内送达（第四十四条），决定向社会公开（第四十条）。",
        IN(DECIDING), "grant", BY_LEADER },
    [VERB_DENY] = {
        "deny", "不予许可", "行政许可法 第三十八条第二款",
        "依法作出不予行政许可的书面决定的，应当说明理由，并告知申请人享有依法"
        "申请行政复议或者提起行政诉讼的权利。",
        IN(DECIDING), "denial", BY_LEADER },
    [VERB_WITHDRAW] = {
        "withdraw", "撤回申请", "",
        "撤回后本次申请结束，材料不再审查；需要时可以重新申请。",
        BEFORE_END, NULL, BY_APPLICANT },
    [VERB_OPINION] = {
        "opinion", "记录意见", "",
        "意见记入流转记录。只给本部门看的，不向申请人公开。",
        BEFORE_END, NULL, BY_DESK },
    [VERB_COSIGN] = {
        "cosign", "加签", "",
        "请本部门的同事在这个环节一并签署意见，他们签完才能往下送。时限不停。",
        AT_WORK | IN(DECIDING), NULL, BY_DESK },
    [VERB_UNSIGN] = {
        "unsign", "减签", "",
        "不再请这位同事签署意见；已经签署的不能减。时限不停。",
        AT_WORK | IN(DECIDING), NULL, BY_DESK },
    [VERB_SIGN] = {
        "sign", "会签", "",
        "应同事的邀请对这个环节签署意见，记入流转记录。时限不停。",
        AT_WORK | IN(DECIDING), NULL, BY_DESK },
    [VERB_DELEGATE] = {
        "delegate", "委托", "",
        "委托本部门的同事代办这一个环节，责任人不变。时限不停。",
        AT_WORK, NULL, BY_DESK },
    [VERB_RECALL] = {
        "recall", "收回", "",
        "下一个环节还没有人打开的，可以收回自己办完的环节重新办理。时限不停。",
        IN(REVIEWING) | IN(DECIDING), NULL, BY_DESK },
};

const struct verb_rule *verb_rule(enum verb v)
{
    return &verbs[v];
}

/*
 * What differs for a matter that is no administrative licence (确认, 给付,
 * 公共服务).  A decision about the matter rests on the matter's own basis; what
 * 行政许可法 alone says is no law for it, only how this platform works.
 */
static const struct other_rule {
    bool own;                   /* rests on the item's own basis */
    const char *name, *explain; /* NULL: as it is for a licence */
} others[VERBS] = {
    [VERB_ACCEPT] = { true, NULL, NULL },
    [VERB_SUPPLY] = { true, NULL, NULL },
    [VERB_ADMIT] = { true, NULL, NULL },
    [VERB_REFUSE] = {
        true, NULL,
        "只有不属于本机关职权范围，或者依法不需要办理的，才可以不予受理；须写明"
        "理由，属于前者的告知向哪个机关申请，并告知救济途径。" },
    [VERB_GRANT] = {
        true, "准予办理",
        "申请符合规定的条件、标准的，作出准予办理的书面决定，结果送达申请"
        "人。" },
    [VERB_DENY] = {
        true, "不予批准",
        "不符合规定的条件、标准的，作出书面决定，说明理由，并告知申请人享有依法"
        "申请行政复议或者提起行政诉讼的权利。" },
};

struct verb_rule verb_rule_for(struct arena *a, enum verb v, bool licence,
                               str basis)
{
    struct verb_rule r = verbs[v];
    const struct other_rule *o = &others[v];
    if (licence || str_find(str_of(r.law), STR("行政许可法")) < 0)
        return r;
    r.law = o->own ? arena_cstr(a, basis) : "";
    r.name = o->name ? o->name : r.name;
    r.explain = o->explain ? o->explain : r.explain;
    return r;
}

enum verb verb_of(str code)
{
    for (int v = 0; v < VERBS; v++)
        if (str_is(code, verbs[v].code))
            return (enum verb)v;
    return VERBS;
}

bool verb_allowed(enum verb v, enum case_state s)
{
    return (verbs[v].from & 1u << s) != 0;
}

bool services_special_listed(str reason)
{
    str rest = STR(SERVICES_SPECIAL);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ','), reason))
            return true;
    return false;
}

day services_accept_by(const struct calendar *cal, day received)
{
    return calendar_add_working(cal, received, SERVICES_TELL_ONCE);
}

/* One clock without pauses from the day of acceptance. */
static enum err due_of(const struct calendar *cal, day accepted, int n,
                       bool natural, struct clock_due *out)
{
    struct clock_count count = {
        .start = accepted,
        .unit = natural ? CLOCK_NATURAL_DAYS : CLOCK_WORKING_DAYS,
        .n = n,
        .roll = true,
    };
    return clock_due(cal, &count, out);
}

enum err services_limits(const struct calendar *cal, day accepted,
                         int promised_n, int statutory_n, bool natural,
                         struct services_limits *out)
{
    if (promised_n < 1 || statutory_n < 1)
        return ERR_RANGE;
    if (!natural && promised_n > statutory_n)
        return ERR_RANGE; /* a promise may shorten the law, never lengthen it */

    struct clock_due promised, statutory;
    enum err e = due_of(cal, accepted, statutory_n, natural, &statutory);
    if (e != OK)
        return e;
    int within = calendar_working_between(cal, accepted, statutory.due);
    if (promised_n > within)
        promised_n = within;
    e = due_of(cal, accepted, promised_n, false, &promised);
    if (e != OK)
        return e;
    out->promised = promised.due;
    out->promised_n = promised_n;
    out->statutory = statutory.due;
    out->provisional = promised.provisional || statutory.provisional;
    return OK;
}

str services_remedies(struct arena *a, str unit_name)
{
    return arena_printf(
        a,
        "如不服本决定，可以自知道本决定之日起六十日内向本级人民政府申请行政复议"
        "，"
        "或者自知道本决定之日起六个月内以%.*s为被告向人民法院提起行政诉讼。",
        STR_ARG(unit_name));
}
