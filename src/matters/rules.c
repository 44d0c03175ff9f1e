/*
 * What people call what a step asks.  Which questions there are is read from
 * the drawing by kernel/flow; here they get their words.
 */
#include "matters/matters.h"

str matter_label(str name)
{
    static const struct { const char *name, *label; } words[] = {
        { "decision", "处理意见" },  { "handler", "承办单位" },
        { "provider", "提供部门" },  { "readers", "传阅人" },
        { "signers", "会签人" },     { "experts", "专家" },
        { "departments", "参与部门" }, { "bidders", "投标人数量" },
        { "score", "评分（0 到 100）" }, { "opinion", "意见" },
        { "answer", "答复类型" },    { "third", "涉及第三方" },
        { "cosign", "需要会签" },    { "special", "需要特别程序" },
        { "handle", "需要承办" },    { "secret", "涉密" },
        { "scores", "各位评分" },    { "average", "平均分" },
        { "opinions", "各方意见" },  { "kind", "事项类别" },
        { "passed", "会签通过" },   { "resource", "数据资源" },
        { "fields", "数据项" },      { "purpose", "用途和法定职责" },
        { "until", "授权截止日" },   { "granted", "授权已登记" },
        { "grant", "授权编号" },
        { "refused", "没有登记的原因" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(name, words[i].name))
            return str_of(words[i].label);
    return name;
}

int matter_questions(const struct bpmn *g, int node, struct arena *a,
                     struct bpmn_question *out)
{
    int n = bpmn_questions(g, node, a, out);
    for (int i = 0; i < n; i++)
        if (out[i].label.n == 0)
            out[i].label = matter_label(out[i].name);
    return n;
}
