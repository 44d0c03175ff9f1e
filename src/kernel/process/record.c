/*
 * A command as the history keeps it: verb, task and time in columns, the rest
 * as a small JSON object with only what was said.  What is written here must
 * come back exactly, for the replay is the proof of the state.
 */
#include "kernel/process/inside.h"

static const struct {
    const char *code, *name;
} verbs[] = {
    [FLOW_START] = { "start", "发起" },
    [FLOW_LISTEN] = { "listen", "等待开始" },
    [FLOW_COMPLETE] = { "complete", "办理" },
    [FLOW_MESSAGE] = { "message", "收到消息" },
    [FLOW_SIGNAL] = { "signal", "收到信号" },
    [FLOW_TIME] = { "time", "到时" },
    [FLOW_FAIL] = { "fail", "办理出错" },
    [FLOW_STUCK] = { "stuck", "外部调用失败" },
    [FLOW_RETRY] = { "retry", "重试" },
    [FLOW_SET] = { "set", "更正数据" },
    [FLOW_OPEN] = { "open", "查看" },
    [FLOW_CLAIM] = { "claim", "签收" },
    [FLOW_TRANSFER] = { "transfer", "转办" },
    [FLOW_DELEGATE] = { "delegate", "委托" },
    [FLOW_ADD] = { "add", "加签" },
    [FLOW_REMOVE] = { "remove", "减签" },
    [FLOW_RETURN] = { "return", "退回" },
    [FLOW_WITHDRAW] = { "withdraw", "撤回" },
    [FLOW_REJECT] = { "reject", "驳回" },
    [FLOW_SUSPEND] = { "suspend", "挂起" },
    [FLOW_RESUME] = { "resume", "恢复" },
    [FLOW_CANCEL] = { "cancel", "撤销" },
};
enum { VERBS = sizeof verbs / sizeof *verbs };

const char *process_verb_code(enum flow_verb verb)
{
    return verbs[verb].code;
}

str process_verb_name(str verb)
{
    for (int i = 0; i < VERBS; i++)
        if (str_is(verb, verbs[i].code))
            return str_of(verbs[i].name);
    return str_is(verb, "move") ? STR("换版本") : verb;
}

static void say(struct value *o, struct arena *a, const char *key, str text)
{
    if (text.n)
        value_add(o, str_of(key), value_text(a, text));
}

static void count(struct value *o, struct arena *a, const char *key, int64_t n)
{
    if (n)
        value_add(o, str_of(key), value_int(a, n));
}

/* A value may hang in one tree only: its node is copied, what is below not. */
static struct value *again(struct arena *a, const struct value *v)
{
    struct value *copy = value_new(a, v->kind);
    *copy = *v;
    copy->next = NULL;
    return copy;
}

str process_record(struct arena *a, const struct flow_command *c, str law)
{
    struct value *o = value_new(a, VALUE_OBJECT);
    struct buf b = { 0 };
    say(o, a, "process", c->process);
    say(o, a, "element", c->element);
    say(o, a, "name", c->name);
    say(o, a, "person", c->person);
    say(o, a, "rule", c->rule);
    say(o, a, "reason", c->reason);
    say(o, a, "law", law);
    count(o, a, "where", c->where);
    count(o, a, "weight", c->weight);
    count(o, a, "straight", c->straight);
    count(o, a, "disagree", c->disagree);
    count(o, a, "wait", c->services_wait);
    if (c->data && c->data->kind == VALUE_OBJECT)
        value_add(o, STR("data"), again(a, c->data));
    if (o->count)
        value_write_json(o, &b);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static str word(const struct value *o, const char *key)
{
    str s = value_get_text(o, str_of(key));
    return str_is_none(s) ? STR("") : s;
}

enum err process_recall(str verb, int64_t task, inst at,
                        const struct value *o, struct flow_command *out)
{
    int i = 0;
    while (i < VERBS && !str_is(verb, verbs[i].code))
        i++;
    if (i == VERBS)
        return ERR_INPUT;
    *out = (struct flow_command){
        .verb = (enum flow_verb)i, .now = at, .task = task,
        .process = word(o, "process"), .element = word(o, "element"),
        .name = word(o, "name"), .person = word(o, "person"),
        .rule = word(o, "rule"), .reason = word(o, "reason"),
        .where = (enum flow_where)value_get_int(o, STR("where"), 0),
        .weight = value_get_int(o, STR("weight"), 0),
        .straight = value_get_int(o, STR("straight"), 0) != 0,
        .disagree = value_get_int(o, STR("disagree"), 0) != 0,
        .services_wait = value_get_int(o, STR("wait"), 0) != 0,
        .data = value_get(o, STR("data")),
    };
    return OK;
}
