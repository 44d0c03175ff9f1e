/*
 * A linear approval list, for people who do not draw.  Everything wrong with it
 * is said at once, a sentence a line, each with the line it is about.
 *
 * One step a line: name | post | limit | signing rule.  The last two may be
 * left out.  A first line without a bar names the process; "#" begins a
 * remark.  The same as JSON: {"name": …, "steps": [{"name", "post", "limit",
 * "sign"}]}.  The limit is a number of days, working days unless it says 日 or
 * 自然日, and becomes the step's clock; the rule is all, any, ratio:0.6 or
 * weight:3.  Returning and rejecting are verbs and need no lines in the
 * drawing.
 *
 *     资料借阅审批
 *     受理 | 窗口受理岗 | 1
 *     会签 | 会签岗、法规岗 | 3 个工作日 | ratio:0.6
 *     公示 | 承办岗 | 10 日
 *     审批 | 审批岗 | 2
 */
#include "kernel/flow/bpmn.h"
#include "kernel/flow/engine.h"

#include <stdlib.h>

enum { MOST_STEPS = 100, NAME_LETTERS = 60, MOST_DAYS = 999,
       MOST_PROBLEMS = 20 };

struct step {
    str name, post, limit, sign;
};

struct list {
    struct arena *a;
    str name, problem;  /* a line each; the first MOST_PROBLEMS */
    int problems;
    struct step step[MOST_STEPS];
    int count;
};

static void refuse(struct list *l, str sentence)
{
    if (++l->problems > MOST_PROBLEMS)
        return;
    l->problem = str_is_none(l->problem)
                     ? sentence
                     : arena_printf(l->a, "%.*s\n%.*s", STR_ARG(l->problem),
                                    STR_ARG(sentence));
}

/* "3", "3 个工作日": working days; "10 日", "10 天", "10 个自然日": natural. */
static bool read_limit(str s, const char **unit, int *days)
{
    static const struct { const char *word, *unit; } words[] = {
        { "", "working-days" },         { "工作日", "working-days" },
        { "个工作日", "working-days" }, { "日", "natural-days" },
        { "天", "natural-days" },       { "自然日", "natural-days" },
        { "个自然日", "natural-days" },
    };
    size_t digits = 0;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
        digits++;
    int64_t n = 0;
    str word = str_trim(str_slice(s, digits, s.n));
    if (digits == 0 || !str_int(str_slice(s, 0, digits), &n) || n < 1 ||
        n > MOST_DAYS)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(word, words[i].word)) {
            *unit = words[i].unit;
            *days = (int)n;
            return true;
        }
    return false;
}

static void check_step(struct list *l, const struct step *s, const char *unit,
                       int line)
{
    const char *counted;
    struct flow_rule rule;
    int days;
    const char *wrong = NULL;
    if (s->name.n == 0)
        wrong = "没有步骤名称";
    else if (utf8_count(s->name) > NAME_LETTERS)
        wrong = "步骤名称超过六十个字";
    else if (s->post.n == 0)
        wrong = "没有写明岗位";
    else if (s->limit.n && !read_limit(s->limit, &counted, &days))
        wrong = "时限应是 1 到 999 的天数，如 3（工作日）或 10 日（自然日）";
    else if (!flow_rule_read(s->sign, &rule))
        wrong = "会签规则应是 all、any、ratio:0.6 或 weight:3";
    if (wrong)
        refuse(l, arena_printf(l->a, "第 %d %s：%s，请修改。", line, unit,
                               wrong));
}

/* unit and line: where the writer finds it, 第 3 行. */
static bool add_step(struct list *l, struct step s, const char *unit, int line)
{
    if (l->count == MOST_STEPS) {
        refuse(l, arena_printf(l->a, "第 %d %s：步骤超过 %d 个，请拆分。", line,
                               unit, MOST_STEPS));
        return false;
    }
    l->step[l->count++] = s;
    check_step(l, &s, unit, line);
    return true;
}

static void read_lines(struct list *l, str text)
{
    for (int number = 1; !str_is_none(text); number++) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n && line.p[line.n - 1] == '\r')
            line = str_trim(str_slice(line, 0, line.n - 1));
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (l->count == 0 && str_is_none(l->name) &&
            str_find_byte(line, '|') < 0) {
            l->name = line;
            continue;
        }
        struct step s;
        s.name = str_trim(str_cut(&line, '|'));
        s.post = str_trim(str_cut(&line, '|'));
        s.limit = str_trim(str_cut(&line, '|'));
        s.sign = str_trim(line);
        if (!add_step(l, s, "行", number))
            return;
    }
}

static str member(struct list *l, const struct value *o, const char *name)
{
    const struct value *v = value_get(o, str_of(name));
    if (v && v->kind == VALUE_INT)
        return arena_printf(l->a, "%lld", (long long)v->i);
    return v && v->kind == VALUE_TEXT ? str_trim(v->text) : STR("");
}

static void read_tree(struct list *l, str text)
{
    struct value *v;
    if (value_read_json(l->a, text, &v, &l->problem) != OK)
        return;
    const struct value *steps = value_get(v, STR("steps"));
    l->name = member(l, v, "name");
    for (const struct value *s = steps ? steps->first : NULL;
         s; s = s->next)
        if (!add_step(l, (struct step){ member(l, s, "name"),
                                        member(l, s, "post"),
                                        member(l, s, "limit"),
                                        member(l, s, "sign") },
                      "步", l->count + 1))
            return;
}

static void attribute(struct buf *b, const char *name, str s)
{
    if (s.n == 0)
        return;
    buf_printf(b, " %s=\"", name);
    buf_html(b, s);
    buf_byte(b, '"');
}

static void write_step(struct buf *b, const struct step *s, int i)
{
    buf_printf(b, "    <userTask id=\"step%d\"", i + 1);
    attribute(b, "name", s->name);
    attribute(b, "zt:post", s->post);
    const char *unit;
    int days;
    if (s->limit.n && read_limit(s->limit, &unit, &days))
        buf_printf(b, " zt:clock=\"%s:%d\"", unit, days);
    attribute(b, "zt:sign", s->sign);
    buf_put(b, STR("/>\n"));
}

static void write_flow(struct buf *b, int i, const char *from, int from_number,
                       const char *to, int to_number)
{
    buf_printf(b, "    <sequenceFlow id=\"flow%d\" sourceRef=\"%s", i, from);
    if (from_number)
        buf_int(b, from_number);
    buf_printf(b, "\" targetRef=\"%s", to);
    if (to_number)
        buf_int(b, to_number);
    buf_put(b, STR("\"/>\n"));
}

static void write_list(const struct list *l, struct buf *b)
{
    buf_put(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions "
                   "xmlns=\"" BPMN_NS "\" xmlns:zt=\"" BPMN_OUR_NS "\" "
                   "id=\"definitions\" targetNamespace=\"urn:zhengtong:"
                   "process\">\n  <process id=\"approval\""));
    attribute(b, "name", l->name);
    buf_put(b, STR(" isExecutable=\"true\" zt:reject=\"end\">\n"
                   "    <startEvent id=\"start\" name=\"提交\"/>\n"));
    for (int i = 0; i < l->count; i++)
        write_step(b, &l->step[i], i);
    buf_put(b, STR("    <endEvent id=\"end\" name=\"办结\"/>\n"));
    for (int i = 0; i <= l->count; i++)
        write_flow(b, i + 1, i ? "step" : "start", i,
                   i < l->count ? "step" : "end", i < l->count ? i + 1 : 0);
    buf_put(b, STR("  </process>\n</definitions>\n"));
}

enum err bpmn_of_approval(struct arena *a, str text, struct buf *out,
                          str *problem)
{
    struct list *l = ARENA_NEW(a, struct list);
    l->a = a;
    l->name = l->problem = str_none;
    l->problems = 0;
    if (!utf8_valid(text))
        l->problem = STR("文字编码不是 UTF-8，请另存后再试。");
    else if (str_starts(str_trim(text), STR("{")))
        read_tree(l, text);
    else
        read_lines(l, text);
    if (l->count == 0 && str_is_none(l->problem))
        l->problem = STR("清单里没有步骤，请每行写一步：名称 | 岗位 | 时限。");
    if (!str_is_none(l->problem)) {
        *problem = l->problem;
        return ERR_INPUT;
    }
    struct buf plain = { 0 };
    struct bpmn *g;
    write_list(l, &plain);
    enum err e = bpmn_read(a, buf_str(&plain), &g, problem);
    if (e == OK) {
        bpmn_write_diagram(g);
        bpmn_export(g, out);
        bpmn_free(g);
    }
    buf_free(&plain);
    return e;
}
