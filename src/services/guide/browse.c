/*
 * Browsing: what one can apply for, by what happens in a life or a company's,
 * by theme, by audience and by department, each with its count.  Every choice
 * is an address of the list of items.
 */
#include "services/pages.h"

#include "kernel/page/page.h"
#include "services/guide/narrow.h"

static void add_choice(struct view *v, struct value *list, str label,
                       int64_t count, str href)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", label);
    view_count(&row, "count", count);
    view_text(&row, "href", href);
}

static struct value *add_section(struct view *v, struct value *sections,
                                 str id, const char *title,
                                 struct view *row)
{
    *row = view_row(v, sections);
    view_text(row, "id", id);
    view_text(row, "title", str_of(title));
    return view_list(row, "choices");
}

static str class_address(struct arena *a, const struct class_rule *c)
{
    struct narrow_value n = narrow_class(c);
    return arena_printf(a, "/services/items?%s=%.*s", narrow_key(n.side),
                        STR_ARG(page_query_text(a, n.code)));
}

/* The themes of persons and of companies share a kind and differ in their
 * letter: P04, L04; "" takes every letter. */
static void add_classes(struct view *v, struct value *sections,
                        const struct classed *c, const char *kind,
                        const char *letter, const char *title)
{
    int n;
    const struct class_rule *rule = class_rules(&n);
    struct view row;
    struct value *list = add_section(
        v, sections, arena_printf(v->arena, "%s%s", kind, letter), title, &row);
    for (int i = 0; i < n; i++)
        if (str_is(rule[i].kind, kind) && c->count[i] > 0 &&
            str_starts(rule[i].code, str_of(letter)))
            add_choice(&row, list, rule[i].name, c->count[i],
                       class_address(v->arena, &rule[i]));
}

static void add_units(struct view *v, struct value *sections,
                      const struct classed *c)
{
    struct view row;
    struct value *list = add_section(v, sections, STR("unit"), "按部门",
                                     &row);
    for (size_t i = 0; i < c->units; i++)
        add_choice(&row, list, c->unit[i].name, c->unit[i].items,
                   arena_printf(v->arena, "/services/items?unit=%.*s",
                                STR_ARG(c->unit[i].code)));
}

enum err browse_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    const struct classed *c;
    enum err e = classed_read(tx, &c);
    if (e != OK)
        return e;
    rq_menu(rq, "services");
    view_count(v, "total", (int64_t)c->n);
    struct value *sections = view_list(v, "sections");
    add_classes(v, sections, c, "life", "", "个人一生");
    add_classes(v, sections, c, "firm", "", "企业一生");
    add_classes(v, sections, c, "who", "", "服务对象");
    add_classes(v, sections, c, "theme", "P", "个人主题");
    add_classes(v, sections, c, "theme", "L", "法人主题");
    add_units(v, sections, c);
    return OK;
}
