/* The check of one node or one flow by itself. */
#include "kernel/flow/lint.h"

#include "kernel/flow/engine.h"
#include "kernel/flow/expression.h"
#include "kernel/flow/iso.h"

#include <string.h>
#include <strings.h>

static str called_name(const struct bpmn_node *n)
{
    return n->name.n ? n->name : n->id;
}

#define WRONG(...) bpmn_complain(l, BPMN_WRONG, n->id, __VA_ARGS__)
#define UNKNOWN(...) bpmn_complain(l, BPMN_UNKNOWN, n->id, __VA_ARGS__)
#define HINT(...) bpmn_complain(l, BPMN_HINT, n->id, __VA_ARGS__)

static void expression(const struct expression *x, str id, const char *what,
                       struct bpmn_lint *l)
{
    str problem = x ? expression_problem(x) : str_none;
    if (!str_is_none(problem) && str_ends(problem, STR("。")))
        problem = str_slice(problem, 0, problem.n - strlen("。"));
    if (!str_is_none(problem))
        bpmn_complain(l, BPMN_WRONG, id,
                      "%s读不懂：%.*s，请按 FEEL 的写法修改。", what,
                      STR_ARG(problem));
}

static bool says(str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i + n <= s.n; i++)
        if (strncasecmp(s.p + i, word, n) == 0)
            return true;
    return false;
}

/* FEEL, and the editors' expression language as far as FEEL can say it. */
static void language(str name, str id, const char *what, struct bpmn_lint *l)
{
    if (name.n && !says(name, "feel") && !says(name, "juel") &&
        !says(name, "jsr"))
        bpmn_complain(l, BPMN_WRONG, id,
                      "%s用“%.*s”写成，只能用 FEEL，请改写。", what,
                      STR_ARG(name));
}

/* ---- what is never run ---- */

static void unknown_kind(const struct bpmn_node *n, struct bpmn_lint *l)
{
    switch (n->kind) {
    case BPMN_COMPLEX:
        UNKNOWN("复杂网关不能执行，请改用并行、多选或单选网关。");
        break;
    case BPMN_TRANSACTION:
        UNKNOWN(
            "事务子流程不能执行，请改用普通子流程并用错误边界事件处理失败。");
        break;
    case BPMN_ADHOC:
        UNKNOWN("自由（ad-hoc）子流程不能执行，请用多选网关画明可选的步骤。");
        break;
    case BPMN_CHOREOGRAPHY:
        UNKNOWN("编排任务不能执行，请改用带消息流的任务。");
        break;
    }
    if (n->compensates)
        UNKNOWN("补偿任务不能执行，请画出明确的撤销步骤。");
    if (n->start_quantity != 1 || n->completion_quantity != 1)
        UNKNOWN("startQuantity、completionQuantity 只能是 1，"
                "请改用并行网关或多实例。");
    if (n->parallel_events && n->kind == BPMN_EVENTS)
        UNKNOWN("并行的事件网关不能执行，请改用并行网关接各个等待事件。");
    if (n->parallel_events && n->event_count > 1)
        UNKNOWN("要求全部事件都发生的事件不能执行，请改用并行网关接各个事件。");
}

static void unknown_event(const struct bpmn_node *n, struct bpmn_lint *l)
{
    for (int i = 0; i < n->event_count; i++) {
        if (n->events[i].trigger == BPMN_COMPENSATE)
            UNKNOWN("补偿事件不能执行，请画出明确的撤销步骤。");
        if (n->events[i].trigger == BPMN_CANCEL)
            UNKNOWN("事务的取消事件不能执行，请改用错误事件。");
    }
}

/* ---- events ---- */

static void lint_timer(const struct bpmn_node *n, const struct bpmn_event *e,
                       struct bpmn_lint *l)
{
    static const char *const examples[] = { "2026-12-31T17:00:00+08:00",
                                            "P3D、PT30M", "R3/PT1H" };
    struct iso_duration d;
    struct iso_cycle c;
    inst t;
    if (e->x) {
        expression(e->x, n->id, "定时表达式", l);
        return;
    }
    bool ok = e->timer == BPMN_DATE       ? iso_instant(e->text, &t)
              : e->timer == BPMN_DURATION ? iso_duration(e->text, &d)
                                          : iso_cycle(e->text, &c);
    if (e->text.n == 0)
        WRONG("没有写明时间，请填写，例如 %s。", examples[e->timer]);
    else if (!ok)
        WRONG("时间“%.*s”读不懂，请按 ISO 8601 填写，例如 %s。",
              STR_ARG(e->text), examples[e->timer]);
    else if (e->timer == BPMN_DATE && !inst_is_none(l->now) &&
             t.ms < l->now.ms)
        HINT("时刻“%.*s”已经过去，走到这里会立即触发，请核对日期。",
             STR_ARG(e->text));
    else if (e->timer == BPMN_DURATION && (d.ms < 0 || d.months < 0))
        HINT("时长“%.*s”是负的，走到这里会立即触发，请核对。",
             STR_ARG(e->text));
    else if (e->timer == BPMN_CYCLE && c.times == 0)
        HINT("周期“%.*s”的次数是零，不会触发，请核对。", STR_ARG(e->text));
}

static bool in_event_sub(const struct bpmn *g, const struct bpmn_node *n)
{
    return n->parent >= 0 && g->nodes[n->parent].event_sub;
}

/* Where BPMN lets an event of each kind stand; what is told of elsewhere, such
 * as compensation, may stand anywhere. */
static bool may_stand(const struct bpmn *g, const struct bpmn_node *n,
                      int trigger)
{
    bool inside = in_event_sub(g, n);
    switch (trigger) {
    case BPMN_TIMER:
    case BPMN_CONDITION:
        return n->kind != BPMN_END && n->kind != BPMN_THROW;
    case BPMN_LINK:
        return n->kind == BPMN_CATCH || n->kind == BPMN_THROW;
    case BPMN_ESCALATION:
        return n->kind != BPMN_CATCH && (n->kind != BPMN_START || inside);
    case BPMN_ERROR:
        return n->kind == BPMN_END || n->kind == BPMN_BOUNDARY ||
               (n->kind == BPMN_START && inside);
    case BPMN_TERMINATE: return n->kind == BPMN_END;
    default: return true;
    }
}

static void misplaced(const struct bpmn_node *n, int trigger,
                      struct bpmn_lint *l)
{
    switch (trigger) {
    case BPMN_TIMER:
    case BPMN_CONDITION:
        WRONG("定时和条件只能等待，不能发出，请改用中间等待事件或边界事件。");
        break;
    case BPMN_LINK:
        WRONG("链接只能用作中间事件，发出和接收各一个。");
        break;
    case BPMN_ESCALATION:
        WRONG("上报只能用结束事件或中间事件发出，用边界事件或事件子流程接住。");
        break;
    case BPMN_ERROR:
        if (n->kind == BPMN_START)
            WRONG("流程本身不能由错误开始，请放进事件子流程。");
        else
            WRONG("错误只能用结束事件抛出、用边界事件接住。");
        break;
    default: WRONG("终止只能用作结束事件。"); break;
    }
}

/* One throw may not choose among several catches. */
static void lint_link(const struct bpmn *g, const struct bpmn_node *n,
                      const struct bpmn_event *e, struct bpmn_lint *l)
{
    if (n->kind == BPMN_THROW && n->link < 0)
        WRONG("链接“%.*s”没有同名的接收端，请补画或改名。",
              STR_ARG(e->name));
    for (const struct bpmn_node *o = g->nodes; n->kind == BPMN_CATCH && o < n;
         o++)
        if (o->kind == BPMN_CATCH && o->process == n->process &&
            o->parent == n->parent && o->event_count &&
            o->events[0].trigger == BPMN_LINK &&
            str_eq(o->events[0].name, e->name)) {
            WRONG("链接“%.*s”有不止一个接收端，请只留一个或改名。",
                  STR_ARG(e->name));
            return;
        }
}

/* A boundary event its activity can never set off. */
static void lint_caught(const struct bpmn *g, const struct bpmn_node *n,
                        const struct bpmn_event *e, struct bpmn_lint *l)
{
    const struct bpmn_node *h = n->host >= 0 ? &g->nodes[n->host] : NULL;
    if (e->trigger == BPMN_ESCALATION && h && h->kind != BPMN_SUB &&
        h->kind != BPMN_CALL)
        HINT("只有子流程和调用会上报，附在任务上的上报事件不会发生。");
}

static void lint_event(const struct bpmn *g, const struct bpmn_node *n,
                       const struct bpmn_event *e, struct bpmn_lint *l)
{
    bool throws = n->kind == BPMN_END || n->kind == BPMN_THROW;
    if (!may_stand(g, n, e->trigger)) {
        misplaced(n, e->trigger, l);
        return;
    }
    if (n->kind == BPMN_BOUNDARY)
        lint_caught(g, n, e, l);
    switch (e->trigger) {
    case BPMN_TIMER: lint_timer(n, e, l); break;
    case BPMN_CONDITION:
        if (e->x == NULL)
            WRONG("条件事件没有写明条件，请填写 FEEL 条件。");
        expression(e->x, n->id, "条件", l);
        language(e->language, n->id, "条件", l);
        break;
    case BPMN_MESSAGE:
    case BPMN_SIGNAL:
        if (e->name.n == 0 && n->kind != BPMN_SEND && n->message_outs == 0)
            HINT("没有指明消息或信号的名称，只能按元素编号触发。");
        break;
    case BPMN_LINK: lint_link(g, n, e, l); break;
    case BPMN_ERROR:
        if (throws && e->code.n == 0)
            HINT("没有指明错误代码，只会被不限代码的错误边界事件接住。");
        break;
    }
}

static void lint_event_node(const struct bpmn *g, const struct bpmn_node *n,
                            struct bpmn_lint *l)
{
    for (int i = 0; i < n->event_count; i++)
        lint_event(g, n, &n->events[i], l);
    if (n->kind == BPMN_BOUNDARY) {
        if (n->host < 0)
            WRONG("边界事件没有附在任务或子流程上，请把它拖到任务边缘。");
        if (n->event_count == 0)
            WRONG("边界事件没有指明等待什么，请选择定时、消息、错误等类型。");
        if (n->ins)
            WRONG("边界事件不能有流入的连线，请删去。");
        if (n->outs == 0)
            HINT("边界事件之后没有下一步。");
    }
    if (n->kind == BPMN_CATCH && n->event_count == 0)
        WRONG("中间事件没有指明等待什么，请选择定时、消息等类型。");
    if (n->kind == BPMN_START && n->ins)
        WRONG("开始事件不能有流入的连线，请接到后面的步骤。");
    if (n->kind == BPMN_END && n->outs)
        WRONG("结束事件不能有流出的连线，请删去。");
    if (n->kind == BPMN_START && n->parent >= 0 && !in_event_sub(g, n) &&
        n->event_count)
        WRONG("普通子流程只能由无类型的开始事件开始。");
}

/* ---- activities and gateways ---- */

/* A number that is no integer, or a text: no case can give it a meaning. */
static bool no_count(str s)
{
    s = str_trim(s);
    for (size_t i = s.n && s.p[0] == '-'; i < s.n; i++)
        if (s.p[0] != '"' && s.p[i] != '.' && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    return s.n > 0;
}

static void lint_loop(const struct bpmn_node *n, struct bpmn_lint *l)
{
    const struct bpmn_loop *loop = n->loop;
    if (loop->standard && loop->condition.n == 0 && loop->maximum == 0)
        WRONG("循环没有条件也没有最多次数，会无休止地重复，请填写其一。");
    if (!loop->standard && loop->collection.n == 0 && loop->cardinality.n == 0)
        WRONG("多实例没有写明按什么展开，请填写集合或实例个数。");
    int64_t count;
    bool number = str_int(str_trim(loop->cardinality), &count);
    if (number ? count < 0 : no_count(loop->cardinality))
        WRONG("多实例的个数“%.*s”不是非负整数，请改正。",
              STR_ARG(utf8_head(loop->cardinality, 60)));
    if (number && count > FLOW_INSTANCES)
        WRONG("多实例要展开 %lld 个，超过上限 %d 个，请减少个数。",
              (long long)count, FLOW_INSTANCES);
    language(loop->language, n->id, "循环的表达式", l);
    expression(loop->cardinality_x, n->id, "实例个数", l);
    expression(loop->condition_x, n->id, "完成条件", l);
    expression(loop->collection_x, n->id, "集合", l);
    expression(loop->output_x, n->id, "结果元素", l);
}

static void lint_event_sub(const struct bpmn *g, const struct bpmn_node *n,
                           struct bpmn_lint *l)
{
    int starts = 0;
    for (int i = 0; i < n->child_count; i++) {
        const struct bpmn_node *c = &g->nodes[n->children[i]];
        starts += c->kind == BPMN_START && c->event_count > 0;
    }
    if (starts != 1)
        WRONG("事件子流程要有且只有一个带类型的开始事件。");
    if (n->ins || n->outs)
        WRONG("事件子流程由事件触发，不能有流入或流出的连线。");
}

/* Whether a process of that key is there is not the file's to say. */
static void lint_call(const struct bpmn_node *n, struct bpmn_lint *l)
{
    expression(n->called_x, n->id, "要调用的流程", l);
    if (n->called_element.n == 0) {
        WRONG("没有写明调用哪个流程，请填写流程的编号。");
        return;
    }
    if (n->binding.n && !str_is(n->binding, "latest") &&
        !str_is(n->binding, "deployment"))
        WRONG("调用的版本“%.*s”不能执行，只能是 latest（生效的）或者 "
              "deployment（部署时生效的）。", STR_ARG(n->binding));
    if (n->called_x)
        return;
    struct bpmn_callee *c = ARENA_NEW(l->arena, struct bpmn_callee);
    *c = (struct bpmn_callee){ .element = n->id, .key = n->called_element,
                               .next = l->callee };
    l->callee = c;
}

/* "a,${b}" is neither names nor an expression. */
static void names(str list, const struct expression *x,
                  const struct bpmn_node *n, const char *what,
                  struct bpmn_lint *l)
{
    if (x == NULL && (str_find(list, STR("${")) >= 0 ||
                      str_find(list, STR("#{")) >= 0))
        WRONG("%s“%.*s”里混着名字和算式，不能执行，请全部写成名字，或者整个写成"
              "一个算式（可以得出一个列表）。", what,
              STR_ARG(utf8_head(list, 60)));
    if (x == NULL && bpmn_names(list, FLOW_NAMES + 1) > FLOW_NAMES)
        WRONG("%s超过 %d 个，请减少，或者改用岗位。", what, FLOW_NAMES);
}

static void lint_activity(const struct bpmn *g, const struct bpmn_node *n,
                          struct bpmn_lint *l)
{
    if (n->loop)
        lint_loop(n, l);
    if (n->event_sub)
        lint_event_sub(g, n, l);
    if (n->kind == BPMN_SUB && n->child_count == 0)
        HINT("子流程里什么也没有，会直接通过。");
    if (bpmn_calls_out(n))
        lint_call(n, l);
    if (n->kind == BPMN_RULE && n->decision.n == 0 && n->script.n == 0)
        HINT("规则任务没有指明决策表，会直接通过，请填写决策的编号。");
    if (n->kind == BPMN_SCRIPT && n->script.n == 0)
        WRONG("计算任务没有写明算式，请填写 FEEL 表达式。");
    if (n->kind == BPMN_SCRIPT && n->script.n && n->result.n == 0)
        HINT("计算结果没有存入变量，算出的值会丢失。");
    if (n->kind == BPMN_SCRIPT)
        language(n->script_format, n->id, "算式", l);
    expression(n->script_x, n->id, "算式", l);
    expression(n->assignee_x, n->id, "承办人", l);
    expression(n->users_x, n->id, "候选人", l);
    expression(n->groups_x, n->id, "候选岗位", l);
    names(n->users, n->users_x, n, "候选人", l);
    names(n->groups, n->groups_x, n, "候选岗位", l);
    names(n->assignee, n->assignee_x, n, "承办人", l);
    for (int i = 0; i < n->input_count; i++)
        expression(n->inputs[i].x, n->id, "输入", l);
    for (int i = 0; i < n->output_count; i++)
        expression(n->outputs[i].x, n->id, "输出", l);
}

static void lint_choice(const struct bpmn *g, const struct bpmn_node *n,
                        struct bpmn_lint *l)
{
    int bare = 0;
    if (n->outs < 2)
        return;
    for (int i = 0; i < n->outs; i++) {
        const struct bpmn_edge *e = &g->edges[n->out[i]];
        bare += !e->has_condition && !e->is_default;
    }
    if (bare && n->kind == BPMN_XOR)
        WRONG("“%.*s”有 %d 条出线既没有条件也不是默认，请补上条件或指定默认。",
              STR_ARG(called_name(n)), bare);
    else if (n->fallback < 0 && bare == 0)
        HINT("没有默认出线：条件都不成立时会停在这里，建议指定默认出线。");
}

static void lint_event_gateway(const struct bpmn *g, const struct bpmn_node *n,
                               struct bpmn_lint *l)
{
    for (int i = 0; i < n->outs; i++) {
        int to = g->edges[n->out[i]].target;
        if (to >= 0 && g->nodes[to].kind != BPMN_CATCH &&
            g->nodes[to].kind != BPMN_RECEIVE)
            WRONG("事件网关之后只能是等待事件或接收任务，“%.*s”不是。",
                  STR_ARG(called_name(&g->nodes[to])));
    }
    if (n->outs < 2)
        WRONG("事件网关至少要有两条出线。");
}

static void lint_gateway(const struct bpmn *g, const struct bpmn_node *n,
                         struct bpmn_lint *l)
{
    if (n->kind == BPMN_XOR || n->kind == BPMN_OR)
        lint_choice(g, n, l);
    if (n->kind == BPMN_EVENTS)
        lint_event_gateway(g, n, l);
    if (n->outs == 0)
        HINT("网关之后没有下一步。");
}

void bpmn_lint_node(const struct bpmn *g, int node, struct bpmn_lint *l)
{
    const struct bpmn_node *n = &g->nodes[node];
    unknown_kind(n, l);
    unknown_event(n, l);
    if (bpmn_is_event(n->kind))
        lint_event_node(g, n, l);
    else if (bpmn_is_activity(n->kind))
        lint_activity(g, n, l);
    else
        lint_gateway(g, n, l);
}

void bpmn_lint_edge(const struct bpmn *g, int edge, struct bpmn_lint *l)
{
    const struct bpmn_edge *n = &g->edges[edge];
    if (n->source < 0)
        WRONG("连线的起点“%.*s”不存在，请重新连接。", STR_ARG(n->source_ref));
    if (n->target < 0)
        WRONG("连线的终点“%.*s”不存在，请重新连接。", STR_ARG(n->target_ref));
    if (n->source >= 0 && n->target >= 0 &&
        (g->nodes[n->source].parent != g->nodes[n->target].parent ||
         g->nodes[n->source].process != g->nodes[n->target].process))
        WRONG("连线跨出了子流程或流程的边界，请改用消息或子流程的进出线。");
    language(n->language, n->id, "条件", l);
    expression(n->when, n->id, "条件", l);
}
