/*
 * What can be changed of a thing of a form, as tables; a control's name is the
 * member it changes, so nobody maps names.
 */
#include "design/form_edit.h"

#define MUST(name, type, label, hint, kind)                                 \
    { name, type, label, hint, kind, false, NULL, NULL }
#define MAY(name, type, label, hint, kind)                                  \
    { name, type, label, hint, kind, true, NULL, NULL }
#define PAIR(name, label, hint, first, second)                              \
    { name, "lines", label, hint, FORM_PAIRS_OF, true, first, second }

static const struct form_control field_controls[] = {
    MUST("label", "text", "问题的文字", "申请人看到的问题。", FORM_LINE),
    MUST("type", "select", "类型", "怎样回答，按什么检查。", FORM_LINE),
    MAY("hint", "text", "提示", "写在问题下面，帮助回答。", FORM_LINE),
    MAY("optional", "flag", "选填", "不答也能提交。", FORM_FLAG),
    MAY("min", "int", "下限",
        "文字是最少字数，数字是最小值，可以增减的几行是最少几行；不填按类型的"
        "通常范围。", FORM_INT),
    MAY("max", "int", "上限",
        "文字是最多字数，数字是最大值，可以增减的几行是最多几行。", FORM_INT),
    MAY("unit", "text", "单位", "写在输入框后面，例如 平方米。", FORM_LINE),
    PAIR("choices", "选项",
         "单选和表格才填：单选的选项，表格的各行。每行一个：值 | 文字，例如 "
         "yes | 有明火。", "value", "label"),
    MAY("fields", "lines", "列",
        "可以增减的几行和表格才填：每行问什么。一列写一行：编码 | 类型 | 文字，"
        "后面可以接 | 选填 | 选项 a=甲；b=乙 | 条件 … | 提示 … | 单位 … | "
        "下限 1 | 上限 9。", FORM_COLUMNS_OF),
    MAY("own", "flag", "只在本市",
        "地址（选到村、社区）才填：只能选本市的地方。", FORM_FLAG),
    MAY("square", "text", "范围",
        "地图上的点才填：南、西、北、东四个度数，例如 "
        "30.26,118.60,30.79,119.41。",
        FORM_LINE),
    MAY("held", "text", "从哪里预填",
        "case 是这个人以前的办件里同一编码的回答；licence 食品经营许可证 "
        "number 是有效证照的编号，enterprise name 是法人库里的名称（还有 code、"
        "representative、address、founded、capital、scope）；几个用分号隔开。"
        "不填就只按编码从账号预填。",
        FORM_LINE),
    MAY("when", "text", "条件",
        "FEEL 表达式，成立时才问，只能用前面的问题，例如 drain = \"yes\" and "
        "area > 100。不填就总是问。", FORM_LINE),
    { 0 },
};

static const struct form_control group_controls[] = {
    MUST("title", "text", "标题", "每组一页，这是那一页的标题。", FORM_LINE),
    MAY("when", "text", "条件",
        "FEEL 表达式，成立时才问这一组，只能用前面各组的问题。不"
        "填就总是问。", FORM_LINE),
    { 0 },
};

static const struct form_control paper_controls[] = {
    MUST("name", "text", "名称", "申请人看到的材料名称。", FORM_LINE),
    MUST("source", "select", "来源",
         "平台能取得的不得要求申请人提交（国务院关于在线政务服务的若干规定第"
         "七条）。", FORM_LINE),
    MAY("from", "text", "由哪里调取",
        "免交的材料填写，例如 电子证照库。", FORM_LINE),
    MUST("need", "select", "必要性", "必要的没有上传不能提交。", FORM_INT),
    MAY("note", "text", "要求", "要写明什么、什么格式。", FORM_LINE),
    MAY("sample", "lines", "样本",
        "每行一句，说明一份合格的材料写些什么。", FORM_LIST),
    MAY("when", "text", "条件",
        "FEEL 表达式，成立时才要这份材料。不填由决策表决定；没有决策表就总是"
        "要。", FORM_LINE),
    { 0 },
};

static const struct form_control part_controls[] = {
    MUST("title", "text", "名称",
         "这个部门办的事，例如 食品经营许可。", FORM_LINE),
    MUST("item", "text", "事项编码",
         "办事目录里的编码，例如 DEMO-24-004。", FORM_LINE),
    MAY("unit", "text", "部门代码",
        "例如 D025；不填由事项所属的部门办理。", FORM_LINE),
    MAY("unit_from", "select", "由哪个问题决定部门",
        "例如由申请人所在乡镇办理时选“所在乡镇”。", FORM_LINE),
    MAY("promised", "int", "承诺工作日", "不长于整件事的承诺。", FORM_INT),
    MAY("note", "text", "说明", "写在办事指南里。", FORM_LINE),
    MAY("when", "text", "条件",
        "FEEL 表达式，成立时这个部门才参加。不填由决策表决定。", FORM_LINE),
    MAY("needs", "lines", "前置的部门事项",
        "每行一个代码。其中一个没有获准，这个部门的审批随之终止。", FORM_LIST),
    { 0 },
};

static const struct form_control head_controls[] = {
    MUST("title", "text", "名称", "例如 我要开餐饮店。", FORM_LINE),
    MUST("summary", "lines", "简介", "一两句话，说明办什么。", FORM_LINE),
    MUST("audience", "select", "对象", "", FORM_LINE),
    MUST("icon", "text", "图标", "图标库里的名称，例如 utensils。", FORM_LINE),
    MUST("lead", "text", "牵头部门代码", "例如 D025。", FORM_LINE),
    MUST("promised", "int", "承诺工作日",
         "整件事最长 45 个工作日（行政许可法第四十二条第二款）。", FORM_INT),
    MAY("minutes", "int", "填写要几分钟", "", FORM_INT),
    MAY("conditions", "lines", "申请条件", "每行一条。", FORM_LIST),
    MAY("results", "lines", "办理结果", "每行一个证照或者文书。", FORM_LIST),
    PAIR("faq", "常见问题", "每行一个：问题 | 回答。", "question", "answer"),
    MAY("rules", "text", "决策表编号",
        "决定部门和材料的决策表；不用就不填。", FORM_LINE),
    { 0 },
};

/* Of a single item: the rest stands in the catalogue. */
static const struct form_control item_controls[] = {
    MUST("title", "text", "名称", "", FORM_LINE),
    MAY("rules", "text", "决策表编号",
        "决定材料的决策表；不用就不填。", FORM_LINE),
    { 0 },
};

const struct form_control *form_controls(const struct form_here *h,
                                        enum form_thing t)
{
    static const struct form_control *const all[] = {
        [FORM_HEAD] = head_controls, [FORM_GROUP] = group_controls,
        [FORM_FIELD] = field_controls, [FORM_PAPER] = paper_controls,
        [FORM_PART] = part_controls,
    };
    bool item = form_member(h->tree, "item").n > 0;
    return t == FORM_HEAD && item ? item_controls : all[t];
}

/* ---- what stands in a control ---- */

static str lines_of(struct arena *a, const struct value *list,
                    const struct form_control *c)
{
    struct buf b = { 0 };
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        if (c->kind == FORM_LIST && v->kind == VALUE_TEXT)
            buf_put(&b, v->text);
        if (c->kind == FORM_PAIRS_OF) {
            buf_put(&b, form_member(v, c->first));
            buf_put(&b, STR(" | "));
            buf_put(&b, form_member(v, c->second));
        }
        buf_byte(&b, '\n');
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str form_control_text(struct arena *a, const struct value *one,
                    const struct form_control *c)
{
    const struct value *v = value_get(one, str_of(c->name));
    if (c->kind == FORM_COLUMNS_OF)
        return form_columns_text(a, v);
    if (c->kind == FORM_LIST || c->kind == FORM_PAIRS_OF)
        return lines_of(a, v, c);
    if (v == NULL || v->kind == VALUE_NULL)
        return str_is(str_of(c->name), "need") ? STR("1") : STR("");
    if (v->kind == VALUE_BOOL)
        return v->i ? STR("1") : STR("");
    if (v->kind == VALUE_INT)
        return arena_printf(a, "%lld", (long long)v->i);
    return v->kind == VALUE_TEXT ? v->text : STR("");
}

/* ---- what was typed, into the tree ---- */

static struct value *list_typed(struct arena *a, str text,
                                const struct form_control *c)
{
    struct value *list = value_new(a, VALUE_LIST);
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        if (c->kind == FORM_LIST) {
            value_push(list, value_text(a, line));
            continue;
        }
        struct value *pair = value_new(a, VALUE_OBJECT);
        str first = str_trim(str_cut(&line, '|'));
        value_add(pair, str_of(c->first), value_text(a, first));
        value_add(pair, str_of(c->second),
                  value_text(a, str_is_none(line) ? first : str_trim(line)));
        value_push(list, pair);
    }
    return list->count ? list : NULL;
}

enum err form_control_set(struct request *rq, struct arena *a,
                          struct value *one, const struct form_control *c)
{
    str text = str_trim(rq_text(rq, c->name));
    struct value *v = NULL;
    int64_t n;
    if (c->kind == FORM_COLUMNS_OF) {
        v = form_columns_typed(a, text);
    } else if (c->kind == FORM_LIST || c->kind == FORM_PAIRS_OF) {
        v = list_typed(a, text, c);
    } else if (c->kind == FORM_FLAG) {
        v = rq_flag(rq, c->name) ? value_bool(a, true) : NULL;
    } else if (c->kind == FORM_INT && text.n) {
        if (!str_int(text, &n))
            return rq_fail_field(rq, ERR_INPUT, c->name, arena_printf(
                a, "%s应是整数，请改正", c->label));
        v = value_int(a, n);
    } else if (text.n) {
        v = value_text(a, text);
    }
    if (v == NULL && !c->optional)
        return rq_fail_field(rq, ERR_INPUT, c->name,
                             arena_printf(a, "请填写%s", c->label));
    form_set(one, c->name, v);
    return OK;
}
