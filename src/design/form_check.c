/*
 * What there is to say about the definition of a form before it is deployed.
 *
 * Whoever applies must never meet a question that cannot be answered or a
 * condition that cannot be true, so all that makes one is fatal here: two
 * questions of one code, a condition on a question that is not asked or comes
 * later, conditions that wait for one another.  A text that cannot be read at
 * all -- no JSON, too deep, not UTF-8 -- is not kept.
 */
#include "design/form.h"

#include "design/form_check.h"
#include "kernel/page/page.h"

#include <stdarg.h>
#include <stdio.h>

void form_say(struct form_checking *c, bool fatal, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    str s = str_of(text);
    while (s.n && !utf8_valid(s)) /* cut at the buffer's end */
        s.n--;
    str noun = str_of(form_things[c->thing].noun);
    bool named = c->thing != FORM_HEAD && c->label.n;
    design_complain(c->r, c->a, (struct design_complaint){
        .element = form_element(c->a, c->thing, c->code),
        .where = named ? arena_printf(c->a, "%.*s“%.*s”", STR_ARG(noun),
                                      STR_ARG(utf8_head(c->label, 40)))
                       : noun,
        .text = arena_str(c->a, s), .fatal = fatal, .drawn = true });
}

void form_about(struct form_checking *c, enum form_thing t,
                const struct value *v)
{
    str none = STR("");
    str code = t == FORM_HEAD ? none
                              : value_get_text(v, str_of(form_things[t].code));
    str label = value_get_text(v, str_of(form_things[t].label));
    c->thing = t;
    c->code = str_is_none(code) ? none : utf8_head(code, FORM_CODE);
    c->label = str_is_none(label) ? c->code : label;
}

/* ---- members ---- */

/* All below look at what list_member returns: NULL is none, or far too many,
 * which has been told and is not walked, for a file may be 2 MB of them. */

/* A text of at most `most` letters; needed: may not be missing or blank. */
static str text_member(struct form_checking *c, const struct value *v,
                       const char *name, const char *words, size_t most,
                       bool needed)
{
    const struct value *m = value_get(v, str_of(name));
    if (m && m->kind != VALUE_TEXT && m->kind != VALUE_NULL) {
        form_say(c, true, "“%s”（%s）应是文字，请改正。", words, name);
        return STR("");
    }
    str s = m && m->kind == VALUE_TEXT ? m->text : STR("");
    if (needed && str_trim(s).n == 0)
        form_say(c, true, "没有写%s（%s），请补上。", words, name);
    if (utf8_count(s) > most)
        form_say(c, true, "%s（%s）超过 %zu 个字，请缩短。", words, name, most);
    return s;
}

static int64_t int_member(struct form_checking *c, const struct value *v,
                          const char *name, const char *words, int64_t low,
                          int64_t high, bool needed)
{
    const struct value *m = value_get(v, str_of(name));
    bool there = m && m->kind != VALUE_NULL;
    if ((there && (m->kind != VALUE_INT || m->i < low || m->i > high)) ||
        (!there && needed))
        form_say(c, true, "%s（%s）应是 %lld 到 %lld 的整数，请改正。", words,
                 name, (long long)low, (long long)high);
    return there && m->kind == VALUE_INT ? m->i : low;
}

static const struct value *list_member(struct form_checking *c,
                                       const struct value *v, const char *name,
                                       const char *words, size_t most)
{
    const struct value *m = value_get(v, str_of(name));
    if (m == NULL || m->kind == VALUE_NULL)
        return NULL;
    if (m->kind != VALUE_LIST) {
        form_say(c, true, "“%s”（%s）应是一个列表，请改正。", words, name);
        return NULL;
    }
    if (m->count <= most)
        return m;
    form_say(c, true, "%s有 %u 项，最多 %zu 项，请拆分。", words, m->count,
             most);
    return NULL;
}

static void texts_member(struct form_checking *c, const struct value *v,
                         const char *name, const char *words)
{
    const struct value *m = list_member(c, v, name, words, 50);
    for (m = m ? m->first : NULL; m; m = m->next)
        if (m->kind != VALUE_TEXT || m->text.n == 0 ||
            utf8_count(m->text) > 500) {
            form_say(c, true, "%s（%s）的每一项应是不超过 500 个字的文字，请改"
                     "正。", words, name);
            return;
        }
}

static void known_members(struct form_checking *c, const struct value *v,
                          const char *known)
{
    for (const struct value *m = v->first; m; m = m->next)
        if (!form_word(known, m->key))
            form_say(c, false, "不认识“%.*s”，不起作用；写错了请改正。",
                     STR_ARG(utf8_head(m->key, 40)));
}

bool form_word(const char *words, str word)
{
    str rest = str_of(words);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ' '), word))
            return true;
    return false;
}

/* ---- codes ---- */

/* Right, and the first of its kind. */
static void check_code(struct form_checking *c, enum form_thing t,
                       const struct value *v)
{
    str code = text_member(c, v, form_things[t].code, "编码", FORM_CODE, true);
    if (code.n && (!form_code_ok(code) || str_is(code, "new")))
        form_say(c, true, "编码“%.*s”应以小写字母开头，只用小写字母、数字和下"
                 "划线，最多 %d 个；new 已经有别的用处。",
                 STR_ARG(utf8_head(code, 40)), FORM_CODE);
    if (t == FORM_FIELD && form_word("revision csrf asked", code))
        form_say(c, true, "编码“%.*s”已经有别的用处，请换一个。",
                 STR_ARG(code));
    const struct value *first = form_find(c->tree, t, code, NULL);
    if (code.n && first && first != v)
        form_say(c, true, "编码“%.*s”已经被%s“%.*s”用了，请换一个。",
                 STR_ARG(utf8_head(code, 40)), form_things[t].noun,
                 STR_ARG(utf8_head(
                     value_get_text(first, str_of(form_things[t].label)), 40)));
}

/* ---- questions ---- */

static void check_choices(struct form_checking *c, const struct value *field)
{
    const struct value *list = list_member(c, field, "choices", "选项",
                                           FORM_CHOICES);
    size_t n = list ? list->count : 0;
    bool choice = str_is(value_get_text(field, STR("type")), "choice");
    if (choice && n < 2)
        form_say(c, true, "单选至少要有两个选项，请补上。");
    if (!choice && n)
        form_say(c, false, "只有单选才有选项，现在的选项不起作用。");
    for (const struct value *o = list ? list->first : NULL; o; o = o->next) {
        str value = text_member(c, o, "value", "选项的值", FORM_CODE, true);
        text_member(c, o, "label", "选项的文字", 100, true);
        if (str_find_byte(value, ',') >= 0 || str_find_byte(value, '|') >= 0)
            form_say(c, true, "选项的值“%.*s”里不能有逗号和竖线，请改正。",
                     STR_ARG(utf8_head(value, 40)));
        for (const struct value *p = list->first; p != o; p = p->next)
            if (value.n && str_eq(value_get_text(p, STR("value")), value)) {
                form_say(c, true, "有两个选项的值都是“%.*s”，请改正。",
                         STR_ARG(utf8_head(value, 40)));
                break;
            }
    }
}

static void check_bounds(struct form_checking *c, const struct value *field,
                         const struct form_kind *k)
{
    bool number = k->bounds == FORM_NUMBER;
    int64_t low = number ? -FORM_NUMBER_MOST : 0;
    int64_t most = number ? FORM_NUMBER_MOST : FORM_LINES;
    bool min = value_get(field, STR("min")) != NULL;
    bool max = value_get(field, STR("max")) != NULL;
    if (k->bounds == FORM_UNBOUNDED) {
        if (min || max)
            form_say(c, false, "%s没有上下限可填，现在的不起作用。", k->name);
        return;
    }
    int64_t from = min ? int_member(c, field, "min", number ? "最小值"
                                                            : "最少字数",
                                    low, most, true) : k->min;
    int64_t to = max ? int_member(c, field, "max", number ? "最大值"
                                                          : "最多字数",
                                  low, most, true) : k->max;
    if (from > to)
        form_say(c, true, "下限 %lld 大于上限 %lld，怎样填都不对，请改正。",
                 (long long)from, (long long)to);
    if (!number && to < 1)
        form_say(c, true, "最多字数应至少是 1，请改正。");
}

static void check_field(struct form_checking *c, const struct value *field)
{
    form_about(c, FORM_FIELD, field);
    if (field->kind != VALUE_OBJECT) {
        form_say(c, true, "有一个问题不是对象，请改正。");
        return;
    }
    check_code(c, FORM_FIELD, field);
    text_member(c, field, "label", "问题的文字", 100, true);
    text_member(c, field, "hint", "提示", 300, false);
    text_member(c, field, "unit", "单位", 20, false);
    str type = text_member(c, field, "type", "类型", 20, true);
    const struct form_kind *k = form_kind_of(type);
    if (type.n && k == NULL)
        form_say(c, true, "没有“%.*s”这种类型，请从类型表里选。",
                 STR_ARG(type));
    const struct value *optional = value_get(field, STR("optional"));
    if (optional && optional->kind != VALUE_BOOL &&
        optional->kind != VALUE_NULL)
        form_say(c, true, "“选填”（optional）应是 true 或 false，请改正。");
    if (k)
        check_bounds(c, field, k);
    check_choices(c, field);
    known_members(c, field, "name type label hint unit min max optional "
                  "choices open when");
}

/* The first group of a theme is asked before anybody has signed in. */
static void check_first(struct form_checking *c, const struct value *group)
{
    const struct value *fields = value_get(group, STR("fields"));
    for (const struct value *f = fields ? fields->first : NULL; f; f = f->next)
        if (form_word("id mobile", value_get_text(f, STR("type")))) {
            form_about(c, FORM_FIELD, f);
            form_say(c, true, "第一组不登录就能回答，也不保存，不能问证件号码和"
                     "手机号码（个人信息保护法第六条），请移到后面的分组。");
        }
}

static void check_groups(struct form_checking *c)
{
    form_about(c, FORM_HEAD, c->tree);
    const struct value *groups = list_member(c, c->tree, "groups", "分组",
                                             FORM_GROUPS);
    if (form_count(c->tree, FORM_GROUP) == 0)
        form_say(c, true, "一个问题也没有，请先加一个分组（groups）。");
    if (form_count(c->tree, FORM_FIELD) > FORM_FIELDS) {
        form_say(c, true, "问题超过 %d 个，谁也填不完，请精简。", FORM_FIELDS);
        return;
    }
    for (const struct value *g = groups ? groups->first : NULL; g;
         g = g->next) {
        form_about(c, FORM_GROUP, g);
        if (g->kind != VALUE_OBJECT) {
            form_say(c, true, "有一个分组不是对象，请改正。");
            continue;
        }
        check_code(c, FORM_GROUP, g);
        if (form_word("papers check", value_get_text(g, STR("code"))))
            form_say(c, true, "分组的编码不能用 papers 和 check，请换一个。");
        text_member(c, g, "title", "标题", 60, true);
        const struct value *fields = list_member(c, g, "fields", "问题",
                                                 FORM_FIELDS);
        if (fields == NULL || fields->count == 0)
            form_say(c, true, "这一组没有问题，请加上问题或者删去这一组。");
        known_members(c, g, "code title when fields");
        for (const struct value *f = fields ? fields->first : NULL; f;
             f = f->next)
            check_field(c, f);
        if (!c->item && g == groups->first)
            check_first(c, g);
    }
    form_about(c, FORM_HEAD, c->tree);
    if (form_find(c->tree, FORM_FIELD, STR("applicant_name"), NULL) == NULL)
        form_say(c, true, "没有 applicant_name（申请人姓名或者名称），收件和文"
                 "书都要用它，请加上。");
    if (form_find(c->tree, FORM_FIELD, STR("mobile"), NULL) == NULL)
        form_say(c, false, "没有 mobile（手机号码），不能用短信通知申请人。");
}

/* ---- papers and parts ---- */

static bool any_part_has(const struct form_checking *c, const char *list,
                         str code)
{
    const struct value *parts = form_list(c->tree, FORM_PART);
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next)
        if (form_listed(value_get(p, str_of(list)), code))
            return true;
    return false;
}

static void check_papers(struct form_checking *c)
{
    form_about(c, FORM_HEAD, c->tree);
    const struct value *papers = list_member(c, c->tree, "papers", "材料",
                                             FORM_PAPERS);
    for (const struct value *p = papers ? papers->first : NULL; p;
         p = p->next) {
        form_about(c, FORM_PAPER, p);
        if (p->kind != VALUE_OBJECT) {
            form_say(c, true, "有一项材料不是对象，请改正。");
            continue;
        }
        check_code(c, FORM_PAPER, p);
        text_member(c, p, "name", "名称", 100, true);
        text_member(c, p, "note", "要求", 300, false);
        str source = text_member(c, p, "source", "来源", 20, true);
        if (source.n && !form_word("form exchange upload", source))
            form_say(c, true, "来源应是 form（系统生成）、exchange（免交）或者 "
                     "upload（上传），请改正。");
        str from = text_member(c, p, "from", "由谁提供", 60, false);
        if (str_is(source, "exchange") && from.n == 0)
            form_say(c, true, "免交的材料要写明由哪里调取（from），请补上。");
        int_member(c, p, "need", "必要性", 1, 3, false);
        texts_member(c, p, "sample", "样本");
        known_members(c, p, "code name source from note need sample when");
        if (!c->item && !any_part_has(c, "papers",
                                      value_get_text(p, STR("code"))))
            form_say(c, false, "没有部门审查这项材料，请在部门事项里加上，或者"
                     "不要求提交。");
    }
}

/* Codes a part names must be there. */
static void check_names(struct form_checking *c, const struct value *part,
                        const char *member, enum form_thing t)
{
    const struct value *list = list_member(c, part, member,
                                           form_things[t].noun, FORM_FIELDS);
    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (v->kind != VALUE_TEXT ||
            form_find(c->tree, t, v->text, NULL) == NULL)
            form_say(c, true, "引用的%s“%.*s”不存在，请改正。",
                     form_things[t].noun,
                     STR_ARG(v->kind == VALUE_TEXT ? utf8_head(v->text, 40)
                                                   : STR("?")));
}

static void check_part(struct form_checking *c, const struct value *p,
                       int64_t promised)
{
    form_about(c, FORM_PART, p);
    if (p->kind != VALUE_OBJECT) {
        form_say(c, true, "有一个部门事项不是对象，请改正。");
        return;
    }
    check_code(c, FORM_PART, p);
    text_member(c, p, "title", "名称", 100, true);
    text_member(c, p, "item", "事项编码", 40, true);
    text_member(c, p, "note", "说明", 300, false);
    str unit = text_member(c, p, "unit", "部门代码", 20, false);
    str from = text_member(c, p, "unit_from", "由哪个问题决定", FORM_CODE,
                           false);
    if (unit.n == 0 && from.n == 0)
        form_say(c, false, "没有写部门，由事项所属的部门办理。");
    if (from.n && form_find(c->tree, FORM_FIELD, from, NULL) == NULL)
        form_say(c, true, "部门由问题“%.*s”决定，可是没有这个问题，请改正。",
                 STR_ARG(utf8_head(from, 40)));
    int64_t days = int_member(c, p, "promised", "承诺工作日", 1, 45, false);
    if (days > promised)
        form_say(c, true, "承诺 %lld 个工作日，比整件事的 %lld 个还长，请改"
                 "正。", (long long)days, (long long)promised);
    check_names(c, p, "papers", FORM_PAPER);
    check_names(c, p, "fields", FORM_FIELD);
    check_names(c, p, "needs", FORM_PART);
    const struct value *needs = value_get(p, STR("needs"));
    for (const struct value *v = needs ? needs->first : NULL; v; v = v->next)
        if (v->kind == VALUE_TEXT && str_eq(v->text, c->code))
            form_say(c, true, "前置的部门事项不能是它自己，请改正。");
    known_members(c, p, "code title item unit unit_from promised note papers "
                  "fields when needs");
}

/* An answer nobody receives need not be asked (个人信息保护法 第六条). */
static void check_received(struct form_checking *c)
{
    const struct value *groups = form_list(c->tree, FORM_GROUP);
    for (const struct value *g = groups ? groups->first : NULL; g;
         g = g->next) {
        const struct value *fields = value_get(g, STR("fields"));
        for (const struct value *f = fields ? fields->first : NULL;
             f && g != groups->first; f = f->next) {
            form_about(c, FORM_FIELD, f);
            if (c->code.n && !any_part_has(c, "fields", c->code))
                form_say(c, false, "没有部门看得到这个问题的回答；不用的不要问"
                         "（个人信息保护法第六条）。");
        }
    }
}

static void check_parts(struct form_checking *c, int64_t promised)
{
    form_about(c, FORM_HEAD, c->tree);
    const struct value *parts = list_member(c, c->tree, "parts", "部门事项",
                                            FORM_PARTS);
    if (form_count(c->tree, FORM_PART) == 0)
        form_say(c, true, "没有部门事项（parts），没有人办理，请加上。");
    if (parts == NULL || form_count(c->tree, FORM_FIELD) > FORM_FIELDS ||
        form_count(c->tree, FORM_PAPER) > FORM_PAPERS)
        return;
    for (const struct value *p = parts->first; p; p = p->next)
        check_part(c, p, promised);
    check_received(c);
}

/* ---- the rest ---- */

static void check_theme(struct form_checking *c)
{
    text_member(c, c->tree, "summary", "简介", 500, true);
    text_member(c, c->tree, "lead", "牵头部门代码", 20, true);
    str icon = text_member(c, c->tree, "icon", "图标", 40, true);
    str mark = arena_printf(c->a, "id=\"%.*s\"", STR_ARG(icon));
    if (icon.n && str_find(page_asset("web/icons.svg"), mark) < 0)
        form_say(c, true, "图标库里没有“%.*s”，请换一个，例如 file-text。",
                 STR_ARG(utf8_head(icon, 40)));
    text_member(c, c->tree, "audience", "对象", 20, true);
    texts_member(c, c->tree, "conditions", "申请条件");
    texts_member(c, c->tree, "results", "办理结果");
    int_member(c, c->tree, "minutes", "填写分钟数", 1, 600, false);
    const struct value *faq = list_member(c, c->tree, "faq", "常见问题", 50);
    for (faq = faq ? faq->first : NULL; faq; faq = faq->next) {
        text_member(c, faq, "question", "常见问题", 200, true);
        text_member(c, faq, "answer", "常见问题的回答", 1000, true);
    }
    /* 行政许可法 第四十二条第二款: 联合办理最长四十五日 */
    int64_t promised = int_member(c, c->tree, "promised", "承诺工作日", 1, 45,
                                  true);
    check_parts(c, promised);
}

static void check_head(struct form_checking *c)
{
    form_about(c, FORM_HEAD, c->tree);
    c->r->title = text_member(c, c->tree, "title", "名称", 100, !c->item);
    c->r->id = text_member(c, c->tree, "code", "编号", DESIGN_KEY, false);
    text_member(c, c->tree, "item", "事项编码", 40, false);
    text_member(c, c->tree, "rules", "决策表编号", DESIGN_KEY, false);
    known_members(c, c->tree, "code item rules version updated title icon "
                  "audience summary lead promised minutes conditions elsewhere "
                  "groups papers parts results faq");
    if (!c->item)
        check_theme(c);
    else if (form_count(c->tree, FORM_PART))
        form_say(c, false, "单个事项只有一个部门办理，这里的部门事项不起作"
                 "用。");
}

enum err design_check_form(struct arena *a, str text, struct design_report *r,
                           str *problem)
{
    struct value *tree;
    enum err e = value_read_json(a, text, &tree, problem);
    if (e == OK && tree->kind != VALUE_OBJECT) {
        *problem = STR("最外层应是一个对象 { … }，请改正后再试。");
        e = ERR_INPUT;
    }
    if (e != OK)
        return e;
    const struct value *item = value_get(tree, STR("item"));
    struct form_checking c = { .a = a, .r = r, .tree = tree,
                               .item = item && item->kind == VALUE_TEXT &&
                                       item->text.n > 0 };
    r->tree = tree;
    check_head(&c);
    check_groups(&c);
    check_papers(&c);
    form_check_conditions(&c);
    return OK;
}
