/*
 * The table of verbs, and who may do them when.
 *
 * The engine knows what a state allows, so for verbs that need nothing filled
 * in it is asked by trying on a copy: a button is shown when pressing it would
 * work, and the confirm page says the engine's own sentence when not.
 */
#include "matters/verbs.h"

#define TEMPLATE "流程的规定"

const struct matter_verb matter_verbs[] = {
    { "complete", "办理", FLOW_COMPLETE, OF_TASK, ASK_QUESTIONS | ASK_REMARK,
      "填写处理意见后，事项进入下一步。下一步没有人打开之前可以撤回。",
      TEMPLATE, "已办理，进入下一步。", false },
    { "claim", "签收", FLOW_CLAIM, OF_SIGNER, 0,
      "任务归到您名下，同岗位的其他人不再看到。", TEMPLATE, "已签收。",
      false },
    { "return", "退回", FLOW_RETURN, OF_TASK, ASK_STEP | ASK_REASON,
      "退回到走过的某一步；那一步以后办过的，按所选方式重办或者直接送回。",
      TEMPLATE, "已退回。", false },
    { "add", "加签", FLOW_ADD, OF_TASK, ASK_PERSON | ASK_WHERE | ASK_REASON,
      "请另一位同事一起、先于或者后于您签署意见。", TEMPLATE, "已加签。",
      false },
    { "remove", "减签", FLOW_REMOVE, OF_SIGNER, ASK_REASON,
      "这一位不再需要签署；会签的人数重新计算，至少留一位。", TEMPLATE,
      "已减签。", false },
    { "transfer", "转办", FLOW_TRANSFER, OF_SIGNER, ASK_PERSON | ASK_REASON,
      "任务转给另一位同事，由他负责办理；应当回避的，转给其他人员。",
      "公务员法 第七十六条", "已转办。", false },
    { "delegate", "委托", FLOW_DELEGATE, OF_TASK, ASK_PERSON | ASK_REASON,
      "由另一位同事代为办理，责任仍在您，记录中两个名字都写明。", TEMPLATE,
      "已委托。", false },
    { "reject", "驳回", FLOW_REJECT, OF_TASK, ASK_REASON,
      "事项到此结束，或者回到开头，由流程规定；应当向当事人说明理由。",
      "行政许可法 第三十八条第二款", "已驳回。", true },
    { "withdraw", "撤回", FLOW_WITHDRAW, OF_OWN_PAST, ASK_REASON,
      "收回您刚办完的一步，重新办理；后面的人已经打开或者办理的，不能撤回。",
      TEMPLATE, "已撤回。", false },
    { "receive", "登记来件", FLOW_MESSAGE, OF_MATTER,
      ASK_MESSAGE | ASK_REASON,
      "流程在等的来件（异议、答复等）到了，登记以后继续往下走。", TEMPLATE,
      "已登记，继续办理。", false },
    { "special", "特别程序", FLOW_SUSPEND, OF_MATTER, ASK_STOP | ASK_REASON,
      "依法不计入时限的时间从今天开始，结束时用“恢复”继续计时；所需时间应当"
      "书面告知当事人。", TEMPLATE, "时限已暂停。", false },
    { "extend", "延期", FLOW_SET, OF_LEADER, ASK_DAYS | ASK_REASON,
      "在期限届满以前批准，只能一次；理由应当告知当事人。",
      TEMPLATE, "已批准延期。", false },
    { "suspend", "挂起", FLOW_SUSPEND, OF_MATTER, ASK_REASON,
      "暂停办理，流程中的定时也停下。挂起不停法定时限；依法不计入时限的，"
      "另按特别程序办理。", "行政许可法 第四十五条", "已挂起。", false },
    { "resume", "恢复", FLOW_RESUME, OF_MATTER, ASK_REMARK,
      "继续办理，到时的步骤立即进行。", TEMPLATE, "已恢复办理。", false },
    { "cancel", "撤销", FLOW_CANCEL, OF_MATTER, ASK_REASON,
      "事项终止，所有没有办完的任务收回，不能恢复。", TEMPLATE, "已撤销。",
      true },
    { 0 },
};

const struct matter_verb *matter_verb_of(str code)
{
    for (const struct matter_verb *v = matter_verbs; v->code; v++)
        if (str_is(code, v->code))
            return v;
    return NULL;
}

static bool no(str *why, const char *sentence)
{
    *why = str_of(sentence);
    return false;
}

static bool is_his(struct tx *tx, const struct matter *m,
                   const struct matter_verb *verb, int64_t task, str *why)
{
    const struct matter_tasks *t = matter_task(m, task);
    bool owner = m->row.starter == tx->who->account;
    switch (verb->scope) {
    case OF_MATTER:
        return owner || matter_leads(tx, m->row.unit) ||
               no(why, "只有发起人和本单位负责人可以办理这一步。");
    case OF_LEADER:
        return matter_leads(tx, m->row.unit) ||
               no(why, "只有本单位负责人可以批准。");
    case OF_OWN_PAST:
        return (task && task == matter_my_last(m, tx)) ||
               no(why, "没有您刚办完、可以撤回的一步。");
    default:
        if (t == NULL)
            return no(why, "这项任务已经办结或被收回，请刷新待办。");
        if (matter_on_my_desk(m, tx, t))
            return true;
        if (verb->scope == OF_SIGNER && matter_leads(tx, t->unit))
            return true;
        return no(why, "这项任务不在您的岗位或者名下。");
    }
}

/* A return needs a step to go back to. */
static bool has_target(const struct matter *m, int64_t task, str *why)
{
    int node;
    return flow_return_targets(m->v.flow, task, &node, 1) > 0 ||
           no(why, "前面没有可以退回的步骤，或者这一步不允许退回。");
}

bool matter_may(struct tx *tx, const struct matter *m,
                const struct matter_verb *verb, int64_t task, str *why)
{
    const struct matter_tasks *t = matter_task(m, task);
    struct flow_command c = { .verb = verb->verb, .task = task,
                              .person = process_person(tx->arena,
                                                       tx->who->account) };
    *why = STR("");
    if (!is_his(tx, m, verb, task, why))
        return false;
    if (process_is_over(m->v.state))
        return no(why, "这件已经办结，不能再办理。");
    if (t && str_is(t->state, "held") && verb->scope == OF_TASK)
        return no(why, "还有前一位会签人没有办理，请等待。");
    if (verb->asks & ASK_MESSAGE) {
        str names[100];
        if (process_messages(&m->v, tx->arena, names) == 0)
            return no(why, "本件现在没有在等的来件。");
    }
    if (verb->asks & ASK_STOP && !matter_may_stop(m, why))
        return false;
    if (verb->asks & ASK_DAYS)
        return matter_may_extend(tx, m, why);
    if (verb->asks & ASK_STEP)
        return !m->v.flow->suspended ? has_target(m, task, why)
                                     : no(why, "本件已挂起，请先恢复再办理。");
    if (verb->asks & (ASK_QUESTIONS | ASK_PERSON | ASK_MESSAGE))
        return !m->v.flow->suspended ||
               no(why, "本件已挂起，请先恢复再办理。");
    return process_would(tx, &m->v, &c, why) == OK;
}
