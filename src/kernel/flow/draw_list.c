/*
 * The diagram in words: what each thing is called, and a list in reading order
 * that says the same as the picture -- each node with its kind, its state, and
 * where it leads.
 */
#include "kernel/flow/draw.h"

static const char *const kind_names[] = {
    [BPMN_START] = "开始", [BPMN_END] = "结束", [BPMN_CATCH] = "等待事件",
    [BPMN_THROW] = "发出事件", [BPMN_BOUNDARY] = "边界事件",
    [BPMN_TASK] = "任务", [BPMN_USER] = "人工任务",
    [BPMN_MANUAL] = "线下任务", [BPMN_SERVICE] = "系统任务",
    [BPMN_SCRIPT] = "计算任务", [BPMN_RULE] = "规则任务",
    [BPMN_SEND] = "发送任务", [BPMN_RECEIVE] = "接收任务",
    [BPMN_SUB] = "子流程", [BPMN_CALL] = "调用流程",
    [BPMN_TRANSACTION] = "事务子流程", [BPMN_ADHOC] = "自由子流程",
    [BPMN_CHOREOGRAPHY] = "编排任务", [BPMN_XOR] = "单选网关",
    [BPMN_AND] = "并行网关", [BPMN_OR] = "多选网关",
    [BPMN_EVENTS] = "事件网关", [BPMN_COMPLEX] = "复杂网关",
    [BPMN_PROCESS] = "流程", [BPMN_POOL] = "参与方", [BPMN_LANE] = "泳道",
    [BPMN_DATA] = "数据", [BPMN_DATA_INPUT] = "输入数据",
    [BPMN_DATA_OUTPUT] = "输出数据", [BPMN_STORE] = "数据存储",
    [BPMN_NOTE] = "注释", [BPMN_GROUP] = "分组", [BPMN_ENVELOPE] = "消息",
    [BPMN_CONVERSATION] = "会话", [BPMN_FLOW] = "流向",
    [BPMN_MESSAGE_FLOW] = "消息流", [BPMN_ASSOCIATION] = "关联",
    [BPMN_DATA_ASSOCIATION] = "数据关联",
    [BPMN_CONVERSATION_LINK] = "会话连线", [BPMN_OTHER] = "元素",
};

static const char *const trigger_names[] = {
    "", "（消息）", "（定时）", "（错误）", "（上报）", "（信号）", "（条件）",
    "（链接）", "（终止）", "（补偿）", "（取消）",
};

str bpmn_kind_name(const struct bpmn *g, enum bpmn_what what, int index)
{
    static const char *const event_sub = "事件子流程";
    if (what == BPMN_AN_EDGE)
        return str_of(kind_names[g->edges[index].kind]);
    if (what == BPMN_A_THING)
        return str_of(kind_names[g->things[index].kind]);
    if (what != BPMN_A_NODE)
        return str_of(kind_names[what == BPMN_A_PROCESS ? BPMN_PROCESS
                                                        : BPMN_ENVELOPE]);
    const struct bpmn_node *n = &g->nodes[index];
    return str_of(n->event_sub ? event_sub : kind_names[n->kind]);
}

static const char *trigger_name(const struct bpmn_node *n)
{
    return bpmn_is_event(n->kind) && n->event_count
               ? trigger_names[n->events[0].trigger]
               : "";
}

static void escaped_name(struct buf *out, const struct bpmn_node *n)
{
    if (n->name.n) {
        buf_put(out, STR("“"));
        bpmn_text_escaped(out, n->name);
        buf_put(out, STR("”"));
    } else {
        buf_put(out, str_of(n->event_sub ? "事件子流程"
                                         : kind_names[n->kind]));
    }
}

static void targets(const struct canvas *c, const struct bpmn_node *n)
{
    for (int i = 0; i < n->outs; i++) {
        const struct bpmn_edge *e = &c->g->edges[n->out[i]];
        if (e->target < 0)
            continue;
        buf_put(c->out, i ? STR("；") : STR("，下一步："));
        if (e->name.n) {
            bpmn_text_escaped(c->out, e->name);
            buf_put(c->out, STR(" → "));
        }
        escaped_name(c->out, &c->g->nodes[e->target]);
    }
}

static void item(struct canvas *c, int node);

static void items(struct canvas *c, const int *children, int n)
{
    buf_put(c->out, STR("<ol>\n"));
    for (int i = 0; i < n; i++)
        item(c, children[i]);
    buf_put(c->out, STR("</ol>\n"));
}

static void item(struct canvas *c, int node)
{
    const struct bpmn_node *n = &c->g->nodes[node];
    str words = bpmn_mark_words(c->arena, bpmn_marks_of(c, node));
    str badge = c->marks && c->marks->badge ? c->marks->badge[node] : str_none;
    buf_printf(c->out, "<li class=\"%s\">",
               bpmn_mark_class(bpmn_marks_of(c, node)));
    if (n->name.n) {
        bpmn_text_escaped(c->out, n->name);
        buf_put(c->out, STR("，"));
    }
    str kind = bpmn_kind_name(c->g, BPMN_A_NODE, node);
    buf_printf(c->out, "%.*s%s", STR_ARG(kind), trigger_name(n));
    if (n->host >= 0) {
        buf_put(c->out, STR("，附在"));
        escaped_name(c->out, &c->g->nodes[n->host]);
    }
    if (words.n)
        buf_printf(c->out, "，%.*s", STR_ARG(words));
    if (badge.n) {
        buf_put(c->out, STR("，进度 "));
        bpmn_text_escaped(c->out, badge);
    }
    targets(c, n);
    if (n->child_count) {
        buf_put(c->out, STR("\n"));
        items(c, n->children, n->child_count);
    }
    buf_put(c->out, STR("</li>\n"));
}

void bpmn_list(const struct bpmn *g, const struct bpmn_marks *marks,
               struct buf *out)
{
    struct arena scratch = arena_make(0);
    struct canvas c = { .g = g, .marks = marks, .out = out,
                        .arena = &scratch };
    for (int i = 0; i < g->process_count; i++) {
        const struct bpmn_process *p = &g->processes[i];
        str name = p->pool >= 0 && g->things[p->pool].name.n
                       ? g->things[p->pool].name
                       : p->name;
        if (g->process_count > 1 && name.n) {
            buf_put(out, STR("<p>"));
            bpmn_text_escaped(out, name);
            buf_put(out, STR("</p>\n"));
        }
        items(&c, p->children, p->child_count);
    }
    arena_free(&scratch);
}
