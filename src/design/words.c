/* What a file calls its elements and settings, as the designer's pages say. */
#include "design/show.h"

static const struct {
    const char *file, *page;
} words[] = {
    /* BPMN */
    { "definitions", "文件" },
    { "process", "流程" },
    { "participant", "参与方" },
    { "lane", "泳道" },
    { "startEvent", "开始" },
    { "endEvent", "结束" },
    { "intermediateCatchEvent", "等待事件" },
    { "intermediateThrowEvent", "发出事件" },
    { "boundaryEvent", "边界事件" },
    { "task", "任务" },
    { "userTask", "人工任务" },
    { "manualTask", "线下任务" },
    { "serviceTask", "系统任务" },
    { "scriptTask", "计算任务" },
    { "businessRuleTask", "规则任务" },
    { "sendTask", "发送任务" },
    { "receiveTask", "接收任务" },
    { "subProcess", "子流程" },
    { "callActivity", "调用流程" },
    { "exclusiveGateway", "单选网关" },
    { "parallelGateway", "并行网关" },
    { "inclusiveGateway", "多选网关" },
    { "eventBasedGateway", "事件网关" },
    { "sequenceFlow", "流向" },
    { "messageFlow", "消息流" },
    { "textAnnotation", "注释" },
    { "message", "消息" },
    { "signal", "信号" },
    { "error", "错误" },
    { "escalation", "上报" },
    { "timerEventDefinition", "定时" },
    { "timeDate", "时刻" },
    { "timeDuration", "时长" },
    { "timeCycle", "周期" },
    { "multiInstanceLoopCharacteristics", "多实例" },
    { "loopCardinality", "个数" },
    { "completionCondition", "完成条件" },
    { "isSequential", "依次办理" },
    { "conditionExpression", "条件" },
    { "condition", "条件" },
    { "sourceRef", "起点" },
    { "targetRef", "终点" },
    { "attachedToRef", "附在" },
    { "cancelActivity", "中断" },
    { "default", "默认出线" },
    { "isExecutable", "可以执行" },
    { "extensionElements", "扩展" },
    { "documentation", "说明" },
    { "script", "算式" },
    { "calledElement", "调用的流程" },
    { "name", "名称" },
    { "text", "文字" },
    /* ours and other editors' */
    { "post", "岗位" },
    { "unit", "承办单位" },
    { "clock", "时限" },
    { "form", "表单" },
    { "formKey", "表单" },
    { "sign", "会签规则" },
    { "return", "退回规则" },
    { "reject", "驳回规则" },
    { "owner", "归属" },
    { "called", "调用的流程" },
    { "binding", "调用的版本" },
    { "decisionRef", "决策表" },
    { "resultVariable", "结果变量" }, { "asks", "还要填写" },
    { "work", "平台自动办理" },
    { "collection", "集合" },
    { "element", "每项的名称" },
    { "assignee", "承办人" },
    { "candidateUsers", "候选人" },
    { "candidateGroups", "候选岗位" },
    /* DMN */
    { "decision", "决策" },
    { "decisionTable", "决策表" },
    { "inputData", "输入数据" },
    { "businessKnowledgeModel", "业务知识模型" },
    { "itemDefinition", "数据类型" },
    { "informationRequirement", "依赖" },
    { "input", "条件列" },
    { "inputExpression", "条件表达式" },
    { "output", "结果列" },
    { "rule", "规则" },
    { "inputEntry", "条件" },
    { "outputEntry", "结果" },
    { "literalExpression", "表达式" },
    { "variable", "变量" },
    { "hitPolicy", "命中策略" },
    { "aggregation", "汇总" },
    { "typeRef", "类型" },
    { "label", "标题" },
    { "description", "备注" },
};

static str one(str name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(name, words[i].file))
            return str_of(words[i].page);
    return name;
}

/* "timerEventDefinition/timeDuration 2": each word, the number stays. */
str design_word(struct arena *a, str name)
{
    str out = STR("");
    while (name.n) {
        str number = str_cut(&name, '/'), word = str_cut(&number, ' ');
        out = arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(out),
                           out.n ? " › " : "", STR_ARG(one(word)),
                           number.n ? " " : "", (int)number.n,
                           number.n ? number.p : "");
    }
    return out;
}
