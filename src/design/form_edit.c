/*
 * One page a thing of a form: a question, a group, a paper, a department's
 * part, and the head.  What can be changed is a table (form_controls.c).
 *
 * The code of a thing is given once: tables, conditions and cases already filed
 * know it by that.  Who wants another removes the thing and adds a new one.
 *
 * A change that would leave the thing itself unusable is refused on the spot;
 * what it breaks elsewhere stands among the complaints of the whole form.
 */
#include "design/pages.h"

#include "design/form_edit.h"
#include "kernel/page/page.h"

/* ---- choices of a select ---- */

struct options {
    struct page_choice *list;
    size_t n;
};

static void option(struct options *o, str value, str label)
{
    o->list[o->n++] = (struct page_choice){ .value = value, .label = label };
}

static void group_options(const struct form_here *h, struct options *o)
{
    const struct value *g = form_list(h->tree, FORM_GROUP);
    for (g = g ? g->first : NULL; g && o->n < FORM_GROUPS; g = g->next)
        option(o, form_member(g, "code"), form_member(g, "title"));
}

static void question_options(const struct form_here *h, struct options *o)
{
    const struct value *g = form_list(h->tree, FORM_GROUP);
    for (g = g ? g->first : NULL; g; g = g->next) {
        const struct value *f = value_get(g, STR("fields"));
        for (f = f ? f->first : NULL; f && o->n < FORM_FIELDS; f = f->next)
            option(o, form_member(f, "name"), form_member(f, "label"));
    }
}

static struct options options_of(struct arena *a, const struct form_here *h,
                                 const char *name)
{
    str s = str_of(name);
    struct options o = { ARENA_NEW_N(a, struct page_choice, FORM_FIELDS), 0 };
    if (str_is(s, "type"))
        for (const struct form_kind *k = form_kinds; k->code; k++)
            option(&o, str_of(k->code), str_of(k->name));
    if (str_is(s, "group"))
        group_options(h, &o);
    if (str_is(s, "unit_from"))
        question_options(h, &o);
    if (str_is(s, "source")) {
        option(&o, STR("upload"), STR("上传"));
        option(&o, STR("exchange"), STR("免交，由平台调取"));
        option(&o, STR("form"), STR("系统按填写内容生成"));
    }
    if (str_is(s, "need")) {
        option(&o, STR("1"), STR("必要"));
        option(&o, STR("2"), STR("非必要"));
        option(&o, STR("3"), STR("容缺后补"));
    }
    if (str_is(s, "audience")) {
        option(&o, STR("个人"), STR("个人"));
        option(&o, STR("法人"), STR("法人"));
    }
    return o;
}

/* ---- the page ---- */

static void show_control(struct request *rq, const struct form_here *h,
                         struct value *list, const struct form_control *c,
                         str saved)
{
    struct arena *a = rq_view(rq)->arena;
    bool typed = rq_inputs(rq) && value_get(rq_inputs(rq), STR("revision"));
    struct options o = options_of(a, h, c->name);
    str error;
    struct page_field f = {
        .name = c->name, .type = c->type, .label = str_of(c->label),
        .hint = str_of(c->hint),
        .optional = c->optional && c->kind != FORM_FLAG,
        .value = typed ? rq_text(rq, c->name) : saved,
        .choices = o.list, .choice_count = o.n,
    };
    if (rq_problem(rq, c->name, &error))
        f.error = error;
    page_field(rq_view(rq), list, &f);
}

static const struct form_control code_control = {
    .name = "code", .type = "text", .kind = FORM_LINE, .label = "编码",
    .hint = "小写字母开头，可以有数字和下划线，例如 area。以后不"
    "能改；条件、决策表和部门都用它来指。" };
static const struct form_control group_control = {
    .name = "group", .type = "select", .kind = FORM_LINE, .label = "分组",
    .hint = "在哪一页问。" };

static void show_receivers(struct request *rq, const struct form_here *h,
                           enum form_thing t, str code)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "receivers");
    const struct value *parts = form_list(h->tree, FORM_PART);
    const struct value *typed = rq_value(rq, "parts");
    bool gets = t == FORM_FIELD || t == FORM_PAPER;
    view_bool(v, "receiving", gets && parts && parts->count);
    for (const struct value *p = parts ? parts->first : NULL;
         gets && p && list->count < FORM_PARTS; p = p->next) {
        str part = form_member(p, "code");
        const struct value *has = value_get(p, str_of(form_things[t].plural));
        struct view row = view_row(v, list);
        view_text(&row, "code", part);
        view_text(&row, "label", form_member(p, "title"));
        view_bool(&row, "chosen", typed ? form_listed(typed, part)
                                        : form_listed(has, code));
    }
}

static str heading_of(struct arena *a, enum form_thing t,
                      const struct value *one)
{
    const char *noun = form_things[t].noun;
    if (t == FORM_HEAD)
        return str_of(noun);
    return one ? arena_printf(a, "%s：%.*s", noun,
                              STR_ARG(form_member(one, form_things[t].label)))
               : arena_printf(a, "新的%s", noun);
}

static enum err missing(struct request *rq)
{
    return rq_fail(rq, ERR_NOTFOUND,
                   "表单里没有这一项，可能刚刚被删去，请刷新后再看。");
}

static enum err edit(struct request *rq, struct tx *tx, enum form_thing t)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    struct arena *a = tx->arena;
    str code = t == FORM_HEAD ? STR("head") : rq_path(rq, "code");
    bool new = str_is(code, "new");
    enum err e = form_open_work(rq, tx, &h);
    if (e != OK)
        return e;
    const struct value *one = t == FORM_HEAD ? h.tree
                              : new ? NULL
                                    : form_find(h.tree, t, code, NULL);
    if (one == NULL && !new)
        return missing(rq);
    form_show_head(rq, &h);
    view_text(v, "heading", heading_of(a, t, one));
    view_text(v, "code", new || t == FORM_HEAD ? STR("") : code);
    view_text(v, "action",
              t == FORM_HEAD
                  ? arena_printf(a, "%s/%.*s/work/head", design_form.base,
                                 STR_ARG(h.key))
                  : arena_printf(a, "%s/%.*s/work/%s/%.*s", design_form.base,
                                 STR_ARG(h.key), form_things[t].plural,
                                 STR_ARG(code)));
    view_int(v, "revision", rq_int(rq, "revision", h.revision));
    struct value *list = view_list(v, "fields");
    if (new)
        show_control(rq, &h, list, &code_control, STR(""));
    if (t == FORM_FIELD)
        show_control(rq, &h, list, &group_control,
                     one ? form_member(form_group_of(h.tree, code), "code")
                         : rq_text(rq, "group"));
    for (const struct form_control *c = form_controls(&h, t); c->name; c++)
        show_control(rq, &h, list, c, form_control_text(a, one, c));
    show_receivers(rq, &h, t, code);
    return OK;
}

/* ---- what was typed, into the tree ---- */

/* Which control a complaint about the thing belongs to. */
static const char *control_named(const struct form_control *list, str sentence)
{
    static const struct { const char *begins, *name; } where[] = {
        { "条件", "when" }, { "选项", "choices" }, { "单选", "choices" },
        { "有两个选项", "choices" }, { "下限", "min" }, { "最", "min" },
        { "来源", "source" }, { "免交", "from" }, { "样本", "sample" },
        { "部门由", "unit_from" }, { "承诺", "promised" },
        { "要写明每行", "fields" }, { "列", "fields" }, { "行数", "fields" },
        { "表格", "choices" }, { "范围", "square" },
        { "预填", "held" }, { "没有“", "type" },
        { "图标", "icon" }, { "第一组", "group" },
    };
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (str_starts(sentence, str_of(where[i].begins)))
            return where[i].name;
    return list->name;
}

/* A group begun is empty until its first question comes. */
static enum err refuse(struct request *rq, const struct form_here *h,
                       enum form_thing t, str code)
{
    struct design_report r;
    str problem, element = form_element(rq_view(rq)->arena, t, code);
    enum err e = design_check(&design_form, rq_view(rq)->arena,
                              form_text(rq_view(rq)->arena, h->tree), &r,
                              &problem);
    if (e != OK)
        return rq_fail_str(rq, e, problem);
    for (const struct design_complaint *c = r.first; c; c = c->next)
        if (c->fatal && t != FORM_HEAD && str_eq(c->element, element) &&
            !str_starts(c->text, STR("这一组没有问题")))
            return rq_fail_field(rq, ERR_INPUT,
                                 control_named(form_controls(h, t), c->text),
                                 c->text);
    return OK;
}

static struct value *add_new(struct form_here *h, struct arena *a,
                             enum form_thing t, str code)
{
    struct value *one = value_new(a, VALUE_OBJECT);
    value_add(one, str_of(form_things[t].code), value_text(a, code));
    if (t != FORM_FIELD)
        value_push(form_own_list(a, h->tree, form_things[t].list), one);
    if (t == FORM_GROUP)
        value_add(one, STR("fields"), value_new(a, VALUE_LIST));
    return one;
}

static enum err new_code(struct request *rq, const struct form_here *h,
                         enum form_thing t, str code)
{
    if (!form_code_ok(code) || str_is(code, "new"))
        return rq_fail_field(rq, ERR_INPUT, "code", STR(
            "编码应以小写字母开头，只用小写字母、数字和下划线，最多 40 个；new "
            "已经有别的用处"));
    const struct value *other = form_find(h->tree, t, code, NULL);
    if (other == NULL)
        return OK;
    return rq_fail_field(rq, ERR_INPUT, "code", arena_printf(
        rq_view(rq)->arena, "编码 %.*s 已经被“%.*s”用了，请换一个",
        STR_ARG(code), STR_ARG(form_member(other, form_things[t].label))));
}

/* Into the group that was chosen, at its end; where it is already it stays. */
static enum err place(struct request *rq, struct form_here *h, struct arena *a,
                      struct value *field, str code)
{
    struct value *to = form_find(h->tree, FORM_GROUP, rq_text(rq, "group"),
                                 NULL), *list;
    if (to == NULL)
        return rq_fail_field(rq, ERR_INPUT, "group",
                             STR("请选择这个问题在哪一组"));
    struct value *from = form_group_of(h->tree, code);
    if (from == to)
        return OK;
    if (from && form_find(h->tree, FORM_FIELD, code, &list) == field)
        form_remove(list, field);
    value_push(form_own_list(a, to, "fields"), field);
    return OK;
}

static void receive(struct request *rq, struct form_here *h, struct arena *a,
                    enum form_thing t, str code)
{
    const struct value *typed = rq_value(rq, "parts");
    struct value *parts = form_list(h->tree, FORM_PART);
    const char *member = form_things[t].plural;
    struct value single = { .kind = VALUE_LIST };
    if (typed && typed->kind == VALUE_TEXT)
        single.first = (struct value *)typed, typed = &single;
    for (struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        struct value *list = form_own_list(a, p, member), *v = list->first;
        bool wanted = form_listed(typed, form_member(p, "code"));
        while (v && !(v->kind == VALUE_TEXT && str_eq(v->text, code)))
            v = v->next;
        if (wanted && v == NULL)
            value_push(list, value_text(a, code));
        if (!wanted && v)
            form_remove(list, v);
    }
}

static enum err change(struct request *rq, struct tx *tx, enum form_thing t)
{
    struct form_here h;
    struct arena *a = tx->arena;
    enum err e = form_open_change(rq, tx, &h);
    if (e != OK)
        return e;
    str code = t == FORM_HEAD ? STR("") : rq_path(rq, "code");
    bool new = str_is(code, "new");
    if (new)
        e = new_code(rq, &h, t, code = rq_text(rq, "code"));
    if (e != OK)
        return e;
    struct value *one = t == FORM_HEAD ? h.tree
                        : new ? add_new(&h, a, t, code)
                              : form_find(h.tree, t, code, NULL);
    if (one == NULL)
        return missing(rq);
    for (const struct form_control *c = form_controls(&h, t); c->name; c++) {
        enum err one_wrong = form_control_set(rq, a, one, c);
        e = one_wrong != OK ? one_wrong : e;
    }
    if (e == OK && t == FORM_FIELD)
        e = place(rq, &h, a, one, code);
    if (e == OK && (t == FORM_FIELD || t == FORM_PAPER))
        receive(rq, &h, a, t, code);
    if (e == OK)
        e = refuse(rq, &h, t, code);
    if (e != OK)
        return e;
    str label = form_member(one, form_things[t].label);
    return form_keep_change(
        rq, &h, a, arena_printf(a, "%s%s“%.*s”", new ? "已加上" : "已改",
                                form_things[t].noun,
                                STR_ARG(utf8_head(label, 60))),
        form_element(a, t, code));
}

enum err form_head_edit(struct request *rq, struct tx *tx)
{
    return edit(rq, tx, FORM_HEAD);
}

enum err form_group_edit(struct request *rq, struct tx *tx)
{
    return edit(rq, tx, FORM_GROUP);
}

enum err form_field_edit(struct request *rq, struct tx *tx)
{
    return edit(rq, tx, FORM_FIELD);
}

enum err form_paper_edit(struct request *rq, struct tx *tx)
{
    return edit(rq, tx, FORM_PAPER);
}

enum err form_part_edit(struct request *rq, struct tx *tx)
{
    return edit(rq, tx, FORM_PART);
}

enum err form_head_before(struct request *rq, struct tx *tx)
{
    return change(rq, tx, FORM_HEAD);
}

enum err form_group_before(struct request *rq, struct tx *tx)
{
    return change(rq, tx, FORM_GROUP);
}

enum err form_field_before(struct request *rq, struct tx *tx)
{
    return change(rq, tx, FORM_FIELD);
}

enum err form_paper_before(struct request *rq, struct tx *tx)
{
    return change(rq, tx, FORM_PAPER);
}

enum err form_part_before(struct request *rq, struct tx *tx)
{
    return change(rq, tx, FORM_PART);
}
