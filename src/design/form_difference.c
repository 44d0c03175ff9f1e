/*
 * Two versions of a form: what is new, what is gone, what is different.
 *
 * Elements are known by kind and code.  Moving one question must not show as
 * every other having moved: told are only those outside the longest run that
 * kept its order.
 */
#include "design/form.h"

enum { LONGEST = 400 };

struct comparison {
    struct arena *a;
    const struct value *before, *after;
    struct differences *out;
};

/* What a member is called on a page; itself when it has no other name. */
static str member_name(str name)
{
    static const struct { const char *name, *words; } words[] = {
        { "label", "问题的文字" }, { "type", "类型" }, { "hint", "提示" },
        { "unit", "单位或部门" }, { "min", "下限" }, { "max", "上限" },
        { "optional", "选填" }, { "choices", "选项" }, { "open", "公开" },
        { "when", "条件" }, { "title", "标题" }, { "name", "名称" },
        { "source", "来源" }, { "from", "由谁提供" }, { "note", "要求" },
        { "need", "必要性" }, { "sample", "样本" }, { "item", "事项" },
        { "unit_from", "由哪个问题决定部门" }, { "promised", "承诺工作日" },
        { "papers", "材料" }, { "fields", "看得到的回答" },
        { "summary", "简介" }, { "lead", "牵头部门" }, { "icon", "图标" },
        { "audience", "对象" }, { "minutes", "填写分钟数" },
        { "conditions", "申请条件" }, { "results", "办理结果" },
        { "faq", "常见问题" }, { "rules", "决策表" },
        { "needs", "前置的部门事项" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(name, words[i].name))
            return str_of(words[i].words);
    return name;
}

/* A list of texts, or of objects: "yes | 有明火；no | 没有明火". */
static void list_words(struct buf *b, const struct value *list, int depth)
{
    const char *between = list->kind == VALUE_OBJECT ? " | "
                          : list->first &&
                                    list->first->kind == VALUE_OBJECT ? "；"
                                                                      : "、";
    for (const struct value *m = list->first; m; m = m->next) {
        if (m != list->first)
            buf_put(b, str_of(between));
        if (m->first && depth < 3)
            list_words(b, m, depth + 1);
        else
            value_write_page(m, b);
    }
}

static str words_of(struct arena *a, const struct value *v)
{
    if (v == NULL)
        return STR("");
    struct buf b = { 0 };
    if (v->kind == VALUE_LIST || v->kind == VALUE_OBJECT)
        list_words(&b, v, 0);
    else if (v->kind == VALUE_BOOL)
        buf_put(&b, v->i ? STR("是") : STR("否"));
    else
        value_write_page(v, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* NULL when it is only counted. */
static struct difference *tell(struct comparison *c, int kind,
                               enum form_thing t, const struct value *v)
{
    struct differences *d = c->out;
    d->count++;
    if (d->kept == DIFFERENCES)
        return NULL;
    struct difference *one = &d->list[d->kept++];
    str code = value_get_text(v, str_of(form_things[t].code));
    str label = value_get_text(v, str_of(form_things[t].label));
    *one = (struct difference){
        .kind = kind, .tag = str_of(form_things[t].noun),
        .id = form_element(c->a, t, str_is_none(code) ? STR("") : code),
        .name = str_is_none(label) ? STR("") : label,
        .member = STR(""), .before = STR(""), .after = STR("") };
    return one;
}

static void changed(struct comparison *c, enum form_thing t,
                    const struct value *v, str member, str before, str after)
{
    struct difference *d = tell(c, DIFFERENCE_CHANGED, t, v);
    if (d == NULL)
        return;
    d->member = member;
    d->before = utf8_head(before, LONGEST);
    d->after = utf8_head(after, LONGEST);
}

/* What is compared for itself is no member. */
static bool is_member(enum form_thing t, str key)
{
    if (t == FORM_HEAD)
        return !str_is(key, "groups") && !str_is(key, "papers") &&
               !str_is(key, "parts");
    return t != FORM_GROUP || !str_is(key, "fields");
}

static void compare_members(struct comparison *c, enum form_thing t,
                            const struct value *before,
                            const struct value *after)
{
    for (const struct value *m = after->first; m; m = m->next) {
        const struct value *old = value_get(before, m->key);
        str was = words_of(c->a, old), is = words_of(c->a, m);
        if (is_member(t, m->key) && !str_eq(was, is))
            changed(c, t, after, member_name(m->key), was, is);
    }
    for (const struct value *m = before->first; m; m = m->next)
        if (is_member(t, m->key) && value_get(after, m->key) == NULL)
            changed(c, t, after, member_name(m->key), words_of(c->a, m),
                    STR(""));
}

/* ---- order ---- */

struct place {
    const struct value *v;
    int old;        /* where it stood, -1: nowhere */
    int run, back;  /* longest run that ends here; the one before in it */
    bool kept;
};

/* All things of a kind in order, at most `most`. */
static int walk(const struct value *tree, enum form_thing t,
                const struct value **list, int most)
{
    int n = 0;
    const struct value *in = form_list(tree, t == FORM_FIELD ? FORM_GROUP : t);
    for (const struct value *v = in ? in->first : NULL; v; v = v->next) {
        const struct value *fields = value_get(v, STR("fields"));
        if (t != FORM_FIELD && n < most)
            list[n++] = v;
        for (const struct value *f = fields ? fields->first : NULL;
             t == FORM_FIELD && f && n < most; f = f->next)
            list[n++] = f;
    }
    return n;
}

static void keep_longest(struct place *p, int n)
{
    int best = -1;
    for (int i = 0; i < n; i++) {
        p[i].run = p[i].old < 0 ? 0 : 1;
        p[i].back = -1;
        for (int k = 0; k < i && p[i].old >= 0; k++)
            if (p[k].old >= 0 && p[k].old < p[i].old &&
                p[k].run + 1 > p[i].run) {
                p[i].run = p[k].run + 1;
                p[i].back = k;
            }
        if (p[i].run && (best < 0 || p[i].run > p[best].run))
            best = i;
    }
    for (; best >= 0; best = p[best].back)
        p[best].kept = true;
}

static str title_of_group(const struct value *tree, str field)
{
    str s = value_get_text(form_group_of(tree, field), STR("title"));
    return str_is_none(s) ? STR("") : s;
}

static void tell_place(struct comparison *c, enum form_thing t,
                       const struct place *p, int now)
{
    str code = value_get_text(p->v, str_of(form_things[t].code));
    str was = STR(""), is = STR("");
    if (t == FORM_FIELD) {
        was = title_of_group(c->before, code);
        is = title_of_group(c->after, code);
    }
    if (!str_eq(was, is))
        changed(c, t, p->v, STR("分组"), was, is);
    else if (!p->kept)
        changed(c, t, p->v, STR("顺序"),
                arena_printf(c->a, "第 %d 个", p->old + 1),
                arena_printf(c->a, "第 %d 个", now + 1));
}

/* ---- kind by kind ---- */

static int position(const struct value **list, int n, enum form_thing t,
                    const struct value *v)
{
    str name = str_of(form_things[t].code);
    str code = value_get_text(v, name);
    for (int i = 0; i < n; i++)
        if (str_eq(value_get_text(list[i], name), code))
            return i;
    return -1;
}

static void compare_things(struct comparison *c, enum form_thing t)
{
    enum { MOST = FORM_FIELDS };
    const struct value **old = ARENA_NEW_N(c->a, const struct value *, MOST);
    const struct value **new = ARENA_NEW_N(c->a, const struct value *, MOST);
    struct place *p = ARENA_NEW_N(c->a, struct place, MOST);
    int olds = walk(c->before, t, old, MOST);
    int news = walk(c->after, t, new, MOST);
    for (int i = 0; i < news; i++)
        p[i] = (struct place){ .v = new[i],
                               .old = position(old, olds, t, new[i]) };
    keep_longest(p, news);
    for (int i = 0; i < news; i++) {
        if (p[i].old < 0) {
            tell(c, DIFFERENCE_ADDED, t, p[i].v);
            continue;
        }
        compare_members(c, t, old[p[i].old], p[i].v);
        tell_place(c, t, &p[i], i);
    }
    for (int i = 0; i < olds; i++)
        if (position(new, news, t, old[i]) < 0)
            tell(c, DIFFERENCE_REMOVED, t, old[i]);
}

enum err form_differences(struct arena *a, str before, str after,
                          struct differences *out)
{
    struct value *old, *new;
    str problem;
    *out = (struct differences){
        .list = ARENA_NEW_N(a, struct difference, DIFFERENCES) };
    if (value_read_json(a, before, &old, &problem) != OK ||
        value_read_json(a, after, &new, &problem) != OK)
        return ERR_INPUT;
    struct comparison c = { .a = a, .before = old, .after = new, .out = out };
    compare_members(&c, FORM_HEAD, old, new);
    for (int t = FORM_GROUP; t < FORM_THINGS; t++)
        compare_things(&c, t);
    return OK;
}
