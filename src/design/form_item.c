/*
 * A form of its own for a single item.
 *
 * An item that has none asks the plain questions (data/forms) and the papers of
 * the catalogue.  Its own form begins as just that, so that the first version
 * changes nothing for anybody.
 */
#include "design/pages.h"

#include "design/form_edit.h"
#include "kernel/page/page.h"

/* "DEMO-24-004" is demo-24-004 as a key. */
static str key_of(struct arena *a, str code)
{
    char *p = arena_alloc(a, code.n + 1);
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (str){ p, code.n };
}

static void add_text(struct arena *a, struct value *o, const char *name, str s)
{
    if (!str_is_none(s) && s.n)
        value_add(o, str_of(name), value_text(a, s));
}

static enum err add_papers(struct tx *tx, struct value *tree, str item)
{
    struct design_materials *m;
    size_t n;
    struct arena *a = tx->arena;
    enum err e = design_materials(tx, item, &m, &n);
    struct value *list = value_new(a, VALUE_LIST);
    value_add(tree, STR("papers"), list);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct value *p = value_new(a, VALUE_OBJECT);
        add_text(a, p, "code", m[i].code);
        add_text(a, p, "name", m[i].name);
        add_text(a, p, "source", m[i].source);
        if (str_is(m[i].source, "exchange"))
            add_text(a, p, "from", STR("电子证照库"));
        add_text(a, p, "note", m[i].note);
        if (m[i].need != 1)
            value_add(p, STR("need"), value_int(a, m[i].need));
        value_push(list, p);
    }
    return e;
}

enum err design_item_form(struct tx *tx, str item, str *key, str *text)
{
    struct design_item it;
    struct value *plain;
    str problem;
    struct arena *a = tx->arena;
    enum err e = design_item(tx, item, &it);
    if (e != OK)
        return e;
    bool company = str_is(it.object, "法人");
    e = value_read_json(a, page_asset(company ? "data/forms/company.json"
                                              : "data/forms/person.json"),
                        &plain, &problem);
    if (e != OK)
        return ERR_STORE;
    struct value *tree = value_new(a, VALUE_OBJECT);
    add_text(a, tree, "item", it.code);
    add_text(a, tree, "title", utf8_head(it.name, 100));
    struct value *groups = (struct value *)value_get(plain, STR("groups"));
    form_remove(plain, groups);
    value_add(tree, STR("groups"), groups);
    e = add_papers(tx, tree, it.code);
    *key = key_of(a, it.code);
    *text = form_text(a, tree);
    return e;
}

enum err form_item_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "fields");
    str error;
    (void)tx;
    struct page_field f = { .name = "item", .type = "text",
                            .label = STR("事项编码"),
                            .hint = STR("办事目录里的编码，例如 YX-0157。"),
                            .value = rq_text(rq, "item") };
    if (rq_problem(rq, "item", &error))
        f.error = error;
    rq_menu(rq, design_form.section);
    view_text(v, "base", str_of(design_form.base));
    page_field(v, list, &f);
    return OK;
}

enum err form_item_post(struct request *rq, struct tx *tx)
{
    str key, text, item = rq_text(rq, "item");
    struct design_newest newest;
    enum err e = design_item_form(tx, item, &key, &text);
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_INPUT, "item",
                             STR("没有这个编码的事项，请在事项目录里核对"));
    if (e == OK && !design_key_ok(key))
        return rq_fail_field(rq, ERR_INPUT, "item", STR(
            "这个编码不能作表单的编号，请用“新建表单”另取编号"));
    if (e == OK)
        e = design_newest(tx, str_of(design_form.code), key, &newest);
    if (e == OK)
        return rq_fail_field(rq, ERR_CONFLICT, "item", arena_printf(
            tx->arena, "这个事项已经有自己的表单（编号 %.*s），请打开它修改",
            STR_ARG(key)));
    if (e != ERR_NOTFOUND)
        return e;
    struct value *tree;
    str problem;
    e = value_read_json(tx->arena, text, &tree, &problem);
    struct design_draft d = { .key = key, .xml = text,
                              .title = form_member(tree, "title"),
                              .note = STR("通用的问题和目录里的材料"),
                              .author = tx->who->name };
    int64_t version;
    bool same;
    if (e == OK)
        e = design_keep(tx, &design_form, &d, &version, &same);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已存为第 1 版草稿，和现在的申请表相同，可以从这里改"
                           "起。"));
    view_text(rq_view(rq), "number",
              arena_printf(tx->arena, "%.*s %lld", STR_ARG(key),
                           (long long)version));
    return rq_see_other(rq, "%s/%.*s/%lld", design_form.base, STR_ARG(key),
                        (long long)version);
}
