/*
 * The confirm page of every verb and the verb itself.
 *
 * Before an officer presses, the page says what the law asks, whether it is
 * met, what happens to the clock, and shows the paper that will be issued.  All
 * verbs share this one page and one handler: what differs is a row of verbs in
 * rules.c and the fields below.
 */
#include "services/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "services/case.h"
#include "services/work/desk_case.h"
#include "services/work/gap.h"
#include "services/work/notice.h"
#include "services/show.h"
#include "services/work/step.h"

/* ---- what each verb asks ---- */

struct ask {
    enum verb verb;
    const char *name, *label, *hint, *kind; /* kind of field */
    const char *choices;
};

static const struct ask asks[] = {
    { VERB_REFUSE, "ground", "法定情形", "", "choice",
      SERVICES_REFUSAL_GROUNDS },
    { VERB_REFUSE, "reason", "理由",
      "写明事实和依据；不属于本机关职权的，写明向哪个"
      "机关申请。",
      "lines", NULL },
    { VERB_SUPPLEMENT, "list", "需要补正的全部内容",
      "每项一行，一次写全。只能告知"
      "一次。",
      "lines", NULL },
    { VERB_SUPPLEMENT, "supply_by", "请申请人补交的日期",
      "不填为十个工作日以后。", "day", NULL },
    { VERB_SUPPLEMENT, "anyway", "可以共享取得的，为什么仍要提供",
      "证照库和数据共享有的材料不得要求提供；确因共享的内容有误的，写明原因，"
      "并报监察人员。", "lines", NULL },
    { VERB_SPECIAL, "ground", "特别程序",
      "法律只列了这八种，其他时间都要计入。", "choice", SERVICES_SPECIAL },
    { VERB_SPECIAL, "days", "需要的工作日数", "书面告知申请人。", "int", NULL },
    { VERB_SPECIAL, "reason", "说明", "由谁进行、结论什么时候出来。", "lines",
      NULL },
    { VERB_EXTEND, "days", "延长的工作日数", "最多 10 个工作日，只能延期一次。",
      "int", NULL },
    { VERB_EXTEND, "reason", "理由", "告知申请人，并向社会公开。", "lines",
      NULL },
    { VERB_PROLONG, "days", "延长的工作日数",
      "最多 15 个工作日，只能延期一次。", "int", NULL },
    { VERB_PROLONG, "reason", "理由", "告知申请人，并向社会公开。", "lines",
      NULL },
    { VERB_ADMIT, "pledge", "申请人的书面承诺",
      "承诺在期限内补交；没有书面承诺的不能容缺受理。", "choice",
      GAP_PLEDGES },
    { VERB_VERIFY, "paper", "核对的材料", "", "gap", NULL },
    { VERB_VERIFY, "verdict", "核对结果", "", "verdict", NULL },
    { VERB_VERIFY, "reason", "退回的原因",
      "退回的必须写，一次写全哪里不对、要改成什么样。", "lines", NULL },
    { VERB_AGAIN, "reason", "理由", "告知申请人。", "lines", NULL },
    { VERB_TRANSFER, "officer", "转给谁", "", "officer", NULL },
    { VERB_TRANSFER, "reason", "说明", "", "lines", NULL },
    { VERB_PROPOSE, "reason", "审查意见", "写给下一环节看，也记入流转记录。",
      "lines", NULL },
    { VERB_RETURN, "step", "退回到哪一步", "", "step", NULL },
    { VERB_RETURN, "way", "重新办完以后", "", "way", NULL },
    { VERB_RETURN, "reason", "退回的原因", "", "lines", NULL },
    { VERB_COSIGN, "officer", "请谁会签", "", "colleague", NULL },
    { VERB_COSIGN, "where", "先后", "", "where", NULL },
    { VERB_COSIGN, "reason", "说明", "", "lines", NULL },
    { VERB_UNSIGN, "officer", "减去谁", "", "signer", NULL },
    { VERB_SIGN, "agree", "意见", "", "agree", NULL },
    { VERB_SIGN, "reason", "理由", "不同意的必须写。", "lines", NULL },
    { VERB_DELEGATE, "officer", "委托谁", "", "colleague", NULL },
    { VERB_DELEGATE, "reason", "说明", "", "lines", NULL },
    { VERB_RECALL, "reason", "说明", "", "lines", NULL },
    { VERB_GRANT, "reason", "决定的理由", "", "lines", NULL },
    { VERB_GRANT, "result_no", "证照或者批文编号", "不填为决定书编号。", "text",
      NULL },
    { VERB_DENY, "reason", "不予批准的理由", "写明不符合哪一条法定条件、标准。",
      "lines", NULL },
};

static bool is_optional(const struct ask *a)
{
    return str_is(str_of(a->name), "supply_by") ||
           str_is(str_of(a->name), "result_no") ||
           str_is(str_of(a->name), "anyway") ||
           ((a->verb == VERB_TRANSFER || a->verb == VERB_COSIGN ||
             a->verb == VERB_SIGN || a->verb == VERB_DELEGATE ||
             a->verb == VERB_RECALL || a->verb == VERB_VERIFY) &&
            str_is(str_of(a->name), "reason")) ||
           (a->verb == VERB_GRANT && str_is(str_of(a->name), "reason"));
}

static void add_choice(struct form_question *f, str value, str label)
{
    f->choices[f->choice_count++] = (struct form_choice){ value, label };
}

/* Colleagues of the desk, all but oneself, or of them those asked to sign. */
static enum err add_people(struct tx *tx, const struct desk_case *d,
                           const struct step *s, bool signers,
                           struct form_question *f)
{
    struct colleagues *all;
    size_t n;
    enum err e = colleagues(tx, d->c.unit, &all, &n);
    f->choices = ARENA_NEW_N(tx->arena, struct form_choice, n + 1);
    for (size_t i = 0; e == OK && i < n; i++) {
        str person = process_person(tx->arena, all[i].account);
        bool asked = s->id && step_signer(s->v.flow, person) != NULL;
        if (all[i].account == tx->who->account || asked != signers)
            continue;
        str post = str_is_none(all[i].title)
                       ? str_is(all[i].role, "leader") ? STR("负责人")
                                                       : STR("承办人")
                       : all[i].title;
        add_choice(f, person,
                   arena_printf(tx->arena, "%.*s（%.*s）",
                                STR_ARG(all[i].name), STR_ARG(post)));
    }
    return e;
}

static void add_steps(struct tx *tx, const struct step *s,
                      struct form_question *f)
{
    int nodes[32], n = step_back(s, nodes, 32);
    f->choices = ARENA_NEW_N(tx->arena, struct form_choice, 33);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *node = &s->v.flow->g->nodes[nodes[i]];
        str name = node->name.n ? node->name : node->id;
        add_choice(f, arena_str(tx->arena, node->id),
                   arena_str(tx->arena, name));
    }
    if (s->id == 0)
        add_choice(f, STR("review"), STR("承办人审查"));
}

/* The fields whose choices the process knows.  False: not one of them. */
static bool of_process(struct tx *tx, const struct desk_case *d,
                       const struct step *s, struct form_question *f,
                       enum err *e)
{
    static const struct { const char *kind, *value, *label; } words[] = {
        { "where", "beside", "同时签" },
        { "where", "before", "在我之前签" },
        { "where", "after", "在我之后签" },
        { "way", "redo", "从退回的环节依次往下办" },
        { "way", "straight", "直接送回我这里" },
        { "verdict", "right", "符合要求" },
        { "verdict", "wrong", "不符合，退回重交" },
        { "agree", "agree", "同意" },
        { "agree", "disagree", "不同意" },
    };
    str kind = f->kind;
    *e = OK;
    if (str_is(kind, "colleague") || str_is(kind, "signer")) {
        *e = add_people(tx, d, s, str_is(kind, "signer"), f);
    } else if (str_is(kind, "step")) {
        add_steps(tx, s, f);
    } else if (str_is(kind, "gap")) {
        *e = gap_choices(tx, &d->c, f);
    } else {
        f->choices = ARENA_NEW_N(tx->arena, struct form_choice, 4);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_is(kind, words[i].kind))
                add_choice(f, str_of(words[i].value), str_of(words[i].label));
    }
    return f->choice_count > 0 || str_is(kind, "signer") ||
           str_is(kind, "colleague") || str_is(kind, "step") ||
           str_is(kind, "gap");
}

/* An ask as the field the form component draws. */
static enum err field_of(struct tx *tx, const struct ask *a,
                         const struct desk_case *d, const struct step *s,
                         struct form_question *f)
{
    enum err e;
    *f = (struct form_question){
        .name = str_of(a->name), .label = str_of(a->label),
        .hint = str_of(a->hint), .kind = str_of(a->kind), .unit = STR(""),
        .optional = is_optional(a),
    };
    if (a->choices) {
        str rest = str_of(a->choices);
        f->choices = ARENA_NEW_N(tx->arena, struct form_choice, 16);
        while (!str_is_none(rest) && f->choice_count < 16) {
            str word = str_cut(&rest, ',');
            f->choices[f->choice_count++] = (struct form_choice){ word, word };
        }
    }
    else if (of_process(tx, d, s, f, &e)) {
        f->kind = STR("choice");
        return e;
    }
    if (!str_is(f->kind, "officer"))
        return OK;
    struct staff_of *staff;
    size_t n;
    e = staff_of(tx, d->c.unit, STR("officer"), &staff, &n);
    f->kind = STR("choice");
    f->choices = ARENA_NEW_N(tx->arena, struct form_choice, n + 1);
    for (size_t i = 0; e == OK && i < n; i++)
        if (staff[i].account != d->c.officer)
            f->choices[f->choice_count++] = (struct form_choice){
                arena_printf(tx->arena, "%lld", (long long)staff[i].account),
                arena_printf(tx->arena, "%.*s（%.*s）", STR_ARG(staff[i].name),
                             STR_ARG(str_is_none(staff[i].title)
                                         ? STR("承办人") : staff[i].title)) };
    return e;
}

static enum err show_fields(struct request *rq, struct tx *tx, enum verb verb,
                            const struct desk_case *d, const struct step *s)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "fields");
    struct opinion_of opinion;
    bool written = d->c.id && opinion_of(tx, d->c.id, &opinion) == OK;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof asks / sizeof *asks; i++) {
        if (asks[i].verb != verb)
            continue;
        struct form_question f;
        str error = STR("");
        e = field_of(tx, &asks[i], d, s, &f);
        rq_problem(rq, asks[i].name, &error);
        str value = rq_text(rq, asks[i].name);
        if (value.n == 0 && written && str_is(f.name, "reason") &&
            verb == VERB_PROPOSE)
            value = opinion.text;
        show_field(v, list, &f, value, error, NULL);
    }
    return e;
}

/* ---- what the law asks, and whether it is met ---- */

static bool in_time(const struct tx *tx, day limit)
{
    return day_is_none(limit) || limit.n >= tx_today(tx).n;
}

static void show_extension_law(struct view *v, struct value *list,
                               const struct tx *tx, const struct verb_rule *r,
                               const struct desk_case *d, str *refused)
{
    bool once = d->c.clock_extra == 0, soon = in_time(tx, d->c.clock_due);
    bool running = day_is_none(d->c.clock_held_at);
    bool joint = str_is(d->c.kind, "joint");
    if (r->by == BY_GOVERNMENT)
        page_condition(v, list, STR("多个部门共同办理的整件"), r->law, joint);
    page_condition(v, list, STR("没有延期过"), r->law, once);
    page_condition(v, list, STR("期限还没有届满"), r->law, soon);
    page_condition(v, list, STR("时限没有因特别程序暂停"), r->law, running);
    if (r->by == BY_GOVERNMENT && !joint)
        *refused = STR("一个部门的办件由该部门负责人批准延期。");
    else if (!once)
        *refused = STR("已经延期过一次，不能再次延期。");
    else if (!soon)
        *refused = STR("期限已经届满，不能再延期。");
    else if (!running)
        *refused = STR("时限正因特别程序暂停，恢复计时以后再批准延期。");
}

/* True when every condition is met; *refused names the first that is not. */
static void show_law(struct view *v, struct tx *tx, enum verb verb,
                     const struct verb_rule *r, const struct desk_case *d,
                     str *refused)
{
    struct value *list = view_list(v, "law");
    enum case_state s = case_state_of(d->c.state);
    bool state = verb_allowed(verb, s);
    *refused = STR("");
    page_condition(v, list, str_of(r->explain), r->law, true);
    if (!state)
        *refused = arena_printf(v->arena, "这件现在是“%.*s”，不能“%s”。",
                                STR_ARG(case_state_name(s, false)), r->name);
    if (r->by == BY_LEADER) {
        bool leader = str_is(tx->who->role, "leader");
        page_condition(v, list, STR("由本机关负责人作出"), r->law, leader);
        if (!leader && refused->n == 0)
            *refused = STR("这一步由本机关负责人作出，请先送负责人决定。");
    }
    if (verb == VERB_SUPPLEMENT) {
        bool once = d->c.supplements == 0, soon = in_time(tx, d->c.accept_by);
        page_condition(v, list, STR("此前没有要求过补正"), r->law, once);
        page_condition(v, list, STR("在收到材料后五个工作日内"), r->law, soon);
        if (!once)
            *refused = STR("已经一次告知过补正，法律不允许再次要求补正。");
        else if (!soon)
            *refused = STR("已超过五个工作日，自收到材料之日起即为受理。");
    }
    if (verb == VERB_EXTEND || verb == VERB_PROLONG)
        show_extension_law(v, list, tx, r, d, refused);
}

/* A fee the decision waits for is a condition like those of the law. */
static enum err show_fee(struct view *v, struct tx *tx, enum verb verb,
                         const struct desk_case *d, str *refused)
{
    struct case_fees *f;
    size_t n;
    str why;
    if (verb != VERB_GRANT)
        return OK;
    enum err e = case_fee_waits(tx, &d->c, &why);
    if (e == OK)
        e = case_fees(tx, d->c.number, &f, &n);
    struct value *list = (struct value *)value_get(v->object, STR("law"));
    if (e == OK && (why.n || n))
        page_condition(v, list,
                       why.n ? why : arena_printf(v->arena, "%.*s已经了结",
                                                  STR_ARG(f[0].name)),
                       "行政许可法 第五十九条", why.n == 0);
    if (e == OK && why.n && refused->n == 0)
        *refused = why;
    return e;
}

/* What the process says of it beforehand; "" when nothing is against it. */
static str process_refuses(struct tx *tx, enum verb verb,
                           const struct desk_case *d, const struct step *s)
{
    bool own = verb >= VERB_COSIGN || verb == VERB_RETURN;
    bool deciding = str_is(d->c.state, "deciding");
    str me = process_person(tx->arena, tx->who->account);
    int one;
    if (deciding && own && verb != VERB_SIGN && verb != VERB_RECALL &&
        !str_is(tx->who->role, "leader"))
        return STR("这一步由本机关负责人作出，请先送负责人决定。");
    if (s->id == 0)
        return own && !(verb == VERB_RETURN && deciding)
                   ? STR("这件没有部门内部的流程。") : STR("");
    const struct flow_case *c = s->v.flow;
    if (verb == VERB_RETURN && step_back(s, &one, 1) == 0)
        return STR("没有已经办过的审查环节可以退回。");
    if (verb == VERB_UNSIGN && step_signer(c, str_none) == NULL)
        return STR("现在没有等待签署的会签人。");
    if (verb == VERB_SIGN && step_signer(c, me) == NULL)
        return STR("这个环节没有请您会签，或者您已经签署。");
    if (verb == VERB_RECALL && !step_may_recall(tx, s, me))
        return STR("没有您办完、下一环节还没有打开的环节可以收回。");
    if ((verb == VERB_GRANT || verb == VERB_DENY) &&
        step_signer(c, str_none))
        return STR("还有会签人没有签署意见，请等待或者减签后再决定。");
    if (verb == VERB_PROPOSE && step_main(c, NULL) == NULL)
        return STR("还有会签人没有签署意见，签完才能往下送。");
    return STR("");
}

static void show_effect(struct view *v, struct tx *tx, enum verb verb,
                        const struct desk_case *d)
{
    struct value *list = view_list(v, "effect");
    struct arena *a = v->arena;
    struct services_limits limits;
    char day[DAY_TEXT];
    switch (verb) {
    case VERB_ACCEPT:
    case VERB_ADMIT:
    case VERB_SUPPLY:
        if (services_limits(tx->calendar, tx_today(tx), (int)d->c.clock_n,
                            (int)d->c.statutory_n,
                            str_is(d->c.statutory_unit, "nd"), &limits) == OK)
            value_push(list, value_text(a, arena_printf(
                a, "今日受理不计，承诺 %lld 个工作日，%.*s 前办结。",
                (long long)limits.promised_n,
                STR_ARG(day_text(limits.promised, day)))));
        break;
    case VERB_SUPPLEMENT:
        value_push(list,
                   value_text(a, STR("受理前不起算办理时限；申请人补齐之日即为"
                                     "受理。")));
        break;
    case VERB_SPECIAL:
        value_push(list,
                   value_text(a, STR("明日起时限暂停，特别程序结束的次日继续"
                                     "计算。")));
        break;
    case VERB_GRANT:
    case VERB_DENY:
    case VERB_REFUSE:
        value_push(list,
                   value_text(a, STR("时限停止，结果向社会公开，十个工作日内"
                                     "送达申请人。")));
        break;
    case VERB_RESUME:
        value_push(list, value_text(a, STR("明日起时限继续计算。")));
        break;
    case VERB_EXTEND:
    case VERB_PROLONG:
        value_push(list, value_text(a, STR("到期日顺延批准的工作日数，新的到期"
                                           "日和理由立即公开。")));
        break;
    case VERB_WITHDRAW:
        value_push(list, value_text(a, STR("还没有决定的部门停止审查，时限"
                                           "终止；不能恢复。")));
        break;
    default:
        value_push(list, value_text(a, STR("时限不停。")));
        break;
    }
    value_push(list,
               value_text(a, verb_rule(verb)->by == BY_APPLICANT
                   ? STR("办件进度和公示页立即显示。")
                   : STR("申请人和公示页立即看到这一步，办理人姓名记入流转"
                         "记录。")));
}

/* ---- the paper that will be issued ---- */

static void add_lines(struct view *doc, const struct pdf_notice *paper)
{
    struct value *lines = view_list(doc, "lines");
    for (size_t i = 0; i < paper->block_count; i++) {
        const struct pdf_block *b = &paper->blocks[i];
        if (!str_is_none(b->text) && b->text.n)
            value_push(lines, value_text(doc->arena, b->text));
        for (size_t k = 0; k < b->count; k++)
            value_push(lines, value_text(doc->arena,
                b->kind == PDF_POINTS ? b->points[k]
                : arena_printf(doc->arena, "%.*s：%.*s",
                               STR_ARG(b->facts[k].name),
                               STR_ARG(b->facts[k].value))));
    }
}

/* What an acceptance with gaps tells of the applicant's days. */
static enum err show_terms(struct view *v, struct tx *tx,
                           const struct desk_case *d, struct view *facts)
{
    struct services_limits limits;
    enum err e = services_limits(tx->calendar, tx_today(tx),
                                 (int)d->c.clock_n, (int)d->c.statutory_n,
                                 str_is(d->c.statutory_unit, "nd"), &limits);
    return e == OK ? gap_show_effect(v, tx, &d->c, limits.promised, facts)
                   : OK; /* the verb says what is wrong with the item */
}

static enum err show_document(struct view *v, struct tx *tx, enum verb verb,
                          const struct verb_rule *r, const struct desk_case *d,
                          const struct show_basis *cites)
{
    struct pdf_notice paper;
    struct notice_place place = show_place(v->arena, str_none);
    if (r->notice == NULL) {
        view_text(v, "document", str_none);
        return OK;
    }
    struct view f = { v->arena, value_new(v->arena, VALUE_OBJECT) };
    char day[3][DAY_TEXT];
    view_bool(&f, "licence", cites->licence);
    view_text(&f, "basis", cites->basis);
    view_bool(&f, "natural", str_is(d->c.statutory_unit, "nd"));
    view_text(&f, "number", d->c.number);
    view_text(&f, "title", d->c.title);
    view_text(&f, "unit", d->unit.name);
    view_text(&f, "applicant", r->by == BY_GOVERNMENT ? d->c.applicant_open
                                                      : d->c.applicant_name);
    view_text(&f, "officer", tx->who->name);
    view_text(&f, "phone", show_phone(d->unit.phone));
    view_text(&f, "received", day_text(d->c.received, day[0]));
    view_text(&f, "today", day_text(tx_today(tx), day[1]));
    view_text(&f, "accepted", day_text(day_is_none(d->c.accepted)
                                           ? tx_today(tx) : d->c.accepted,
                                       day[2]));
    view_int(&f, "promised", d->c.clock_n);
    view_int(&f, "statutory", d->c.statutory_n);
    view_bool(&f, "joint", r->by == BY_GOVERNMENT);
    view_text(&f, "ground", STR("（按下面填写）"));
    view_text(&f, "reason", STR("（按下面填写）"));
    view_text(&f, "list", STR("（按下面填写）"));
    enum err e = verb == VERB_ADMIT ? show_terms(v, tx, d, &f) : OK;
    if (e != OK)
        return e;
    if (notice_paper(v->arena, str_of(r->notice), str_none, tx->now, f.object,
                     &place, &paper) != OK) {
        view_text(v, "document", str_none);
        return OK;
    }
    struct view doc = view_object(v, "document");
    view_text(&doc, "title", paper.title);
    view_text(&doc, "number", STR("编号在签发时生成"));
    view_text(&doc, "to", str_is_none(paper.to) ? STR("") : paper.to);
    add_lines(&doc, &paper);
    view_text(&doc, "issuer", paper.organ);
    view_day(&doc, "day", tx_today(tx));
    return OK;
}

/* ---- the page ---- */

/* The applicant's own verbs open the case by ownership, the government's by
 * permission, the desk's by scope. */
static enum err open_case(struct request *rq, struct tx *tx, enum verb verb,
                          struct desk_case *d)
{
    enum verb_by by = verb_rule(verb)->by;
    if (by == BY_DESK || by == BY_LEADER)
        return rq_may(rq, "case.work")
                   ? desk_case_load(rq, tx, d)
                   : rq_fail(rq, ERR_DENIED,
                             "只有承办人和负责人可以办理这一步。");
    if (by == BY_RULE)
        return rq_fail(rq, ERR_DENIED, "这一步由系统按规则办理。");
    if (by == BY_GOVERNMENT && !rq_may(rq, "case.prolong"))
        return rq_fail(rq, ERR_DENIED,
                       "整件延期由本级人民政府负责人批准。");
    enum err e = case_load(tx, rq_path(rq, "number"), &d->c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e != OK)
        return e;
    int64_t me = tx->who->account;
    if (by == BY_APPLICANT &&
        (me == 0 || (d->c.applicant != me && d->c.proxy != me)))
        return rq_fail(
            rq, ERR_DENIED,
            "只有申请人本人或者代办人可以办理这一步，请登录后再试。");
    d->thread = d->c;
    return unit_brief(tx, d->c.unit, &d->unit);
}

static enum err verb_of_path(struct request *rq, enum verb *out)
{
    *out = verb_of(rq_path(rq, "verb"));
    return *out == VERBS ? rq_fail(rq, ERR_NOTFOUND, "没有这个办理动作。") : OK;
}

/* A step somebody else has the post for is told before, not after. */
static enum err duty_refuses(struct tx *tx, enum verb verb,
                             const struct desk_case *d, const struct step *s,
                             str *refused)
{
    bool free = verb == VERB_OPINION || verb == VERB_SIGN ||
                verb == VERB_RECALL || verb == VERB_VERIFY ||
                verb == VERB_AGAIN || verb_rule(verb)->by != BY_DESK;
    const struct flow_task *t =
        s->id && !free ? step_main(s->v.flow, NULL) : NULL;
    return t ? step_refuses(tx, s, t, d->c.unit, refused) : OK;
}

/* The desk's own page, or the one everybody follows the matter on. */
static const char *where_after(enum verb v)
{
    enum verb_by by = verb_rule(v)->by;
    return by == BY_DESK || by == BY_LEADER ? "desk" : "cases";
}

enum err verb_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct desk_case d = { .paper_count = 0 };
    struct show_basis cites;
    enum verb verb;
    str refused;
    enum err e = verb_of_path(rq, &verb);
    if (e == OK)
        e = open_case(rq, tx, verb, &d);
    if (e == OK)
        e = show_basis(tx, d.c.item, d.c.item_version, &cites);
    if (e != OK)
        return e;
    struct verb_rule rule = verb_rule_for(v->arena, verb, cites.licence,
                                          cites.basis);
    const struct verb_rule *r = &rule;
    bool government = r->by == BY_GOVERNMENT;
    rq_menu(rq, r->by == BY_APPLICANT ? "services"
                : government          ? "desk.supervision" : "desk");
    view_text(v, "from", government ? STR("/supervision") : STR("/desk"));
    view_text(v, "from_label", government ? STR("电子监察")
                                          : STR("待办办件"));
    if (r->by == BY_APPLICANT)
        rq_page(rq, "services/verb_own");
    view_text(v, "number", d.c.number);
    view_text(v, "title", d.c.title);
    view_text(v, "applicant_name", r->by == BY_GOVERNMENT
                                       ? d.c.applicant_open
                                       : d.c.applicant_name);
    view_text(v, "verb", str_of(r->code));
    struct step step;
    e = step_open(tx, d.c.number, &step);
    if (e != OK)
        return e;
    view_text(v, "label", verb == VERB_PROPOSE ? step_label(tx, &step)
                                               : str_of(r->name));
    show_law(v, tx, verb, r, &d, &refused);
    e = show_fee(v, tx, verb, &d, &refused);
    if (e == OK)
        e = gap_show_law(v, tx, verb, &d.c, !in_time(tx, d.c.accept_by),
                         &refused);
    if (e != OK) {
        step_close(&step);
        return e;
    }
    show_effect(v, tx, verb, &d);
    if (refused.n == 0)
        refused = process_refuses(tx, verb, &d, &step);
    if (refused.n == 0)
        e = duty_refuses(tx, verb, &d, &step, &refused);
    view_text(v, "refused", refused);
    if (e == OK)
        e = show_fields(rq, tx, verb, &d, &step);
    step_close(&step);
    if (e == OK)
        e = show_document(v, tx, verb, r, &d, &cites);
    view_int(v, "revision", d.c.revision);
    view_text(v, "look", verb == VERB_REFUSE || verb == VERB_DENY ||
                                 verb == VERB_WITHDRAW
                             ? STR("btn-bad") : STR(""));
    view_text(v, "back", arena_printf(v->arena, "/%s/%.*s",
                                      where_after(verb),
                                      STR_ARG(d.c.number)));
    return e;
}

enum err verb_post(struct request *rq, struct tx *tx)
{
    struct act act = { .number = rq_path(rq, "number") };
    struct case_load now;
    enum err e = verb_of_path(rq, &act.verb);
    if (e != OK)
        return e;
    if (act.verb == VERB_SUPPLY || act.verb == VERB_HANDIN)
        return rq_fail(rq, ERR_INPUT, "请在补交材料的页面上传文件。");
    if (rq_has(rq, "revision") &&
        case_load(tx, act.number, &now) == OK &&
        rq_int(rq, "revision", now.revision) != now.revision)
        return rq_fail(rq, ERR_CONFLICT,
                       "这件刚刚由其他人员办理过，请刷新后查看。");
    act.reason = rq_text(rq, "reason");
    act.ground = rq_text(rq, "ground");
    act.list = rq_text(rq, "list");
    act.result_no = rq_text(rq, "result_no");
    act.supply_by = rq_day(rq, "supply_by");
    act.days = rq_int(rq, "days", 0);
    act.anyway = rq_text(rq, "anyway");
    act.pledge = rq_text(rq, "pledge");
    act.paper = rq_text(rq, "paper");
    act.inner = rq_flag(rq, "inner");
    act.step = rq_text(rq, "step");
    act.straight = str_is(rq_text(rq, "way"), "straight");
    act.where = rq_text(rq, "where");
    act.disagree = str_is(rq_text(rq, "agree"), "disagree") ||
                   str_is(rq_text(rq, "verdict"), "wrong");
    if (!str_int(rq_text(rq, "officer"), &act.officer))
        act.officer = 0;
    e = case_act(tx, &act);
    if (e != OK)
        return act.sentence.n ? rq_fail_str(rq, e, act.sentence) : e;
    struct view *v = rq_view(rq);
    view_text(v, "number", act.number);
    view_text(v, "verb", rq_path(rq, "verb"));
    view_text(v, "done", act.done);
    rq_flash(rq, "ok", act.done);
    return rq_see_other(rq, "/%s/%.*s",
                        where_after(act.verb),
                        STR_ARG(act.number));
}
