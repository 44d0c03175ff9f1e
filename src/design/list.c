/* The list of definitions, and all versions of one. */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/page/page.h"

static inst later(inst a, inst b)
{
    return inst_is_none(b) || (!inst_is_none(a) && a.ms > b.ms) ? a : b;
}

static void show_row(struct view *v, struct value *list,
                     const struct design_list *d)
{
    struct view row = view_row(v, list);
    bool in_force = d->live != INT_NONE;
    view_text(&row, "key", d->key);
    view_text(&row, "title", d->title);
    view_int(&row, "versions", d->newest);
    design_show_state(&row, "state", in_force ? STR("deployed") : d->state);
    view_int(&row, "live", in_force ? d->live : 0);
    view_bool(&row, "newer", in_force && d->live != d->newest);
    view_inst(&row, "changed", later(later(d->created, d->gone),
                                     d->live_since));
}

enum err definition_list(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_list *d;
    struct design_count all;
    size_t n;
    rq_menu(rq, k->section);
    enum err e = design_list(tx, str_of(k->code), rq_text(rq, "after"), &d, &n);
    if (e == OK)
        e = design_count(tx, str_of(k->code), &all);
    if (e != OK)
        return e;
    view_text(v, "base", str_of(k->base));
    view_text(v, "noun", str_of(k->noun));
    view_text(v, "form", str_of(k->form));
    view_bool(v, "process", k == &design_process);
    view_bool(v, "forms", k == &design_form);
    view_count(v, "total", all.keys);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < DESIGN_PAGE; i++)
        show_row(v, list, &d[i]);
    str next = STR("");
    if (n > DESIGN_PAGE)
        next = arena_printf(v->arena, "%s?after=%.*s", k->base,
                            STR_ARG(d[DESIGN_PAGE - 1].key));
    page_pager_next(v, "pager", rq_has(rq, "after") ? str_of(k->base)
                                                    : STR(""),
                    next, all.keys, DESIGN_PAGE);
    return OK;
}

/* ---- one key ---- */

static void show_version(struct view *v, struct value *list,
                         const struct design_versions *d)
{
    struct view row = view_row(v, list);
    view_int(&row, "version", d->version);
    view_text(&row, "title", d->title);
    design_show_state(&row, "state", d->state);
    view_text(&row, "author", d->author);
    view_text(&row, "note", d->note);
    view_inst(&row, "created", d->created);
    view_inst(&row, "deployed", d->deployed);
    view_inst(&row, "retired", d->retired);
}

enum err definition_versions(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_versions *d;
    size_t n;
    rq_menu(rq, k->section);
    enum err e = design_versions(tx, str_of(k->code), rq_path(rq, "key"), &d,
                                 &n);
    if (e == OK && n == 0)
        return rq_fail_str(rq, ERR_NOTFOUND,
                           arena_printf(tx->arena, "没有这个%s，请从列表打开。",
                                        k->noun));
    if (e != OK)
        return e;
    view_text(v, "base", str_of(k->base));
    view_text(v, "noun", str_of(k->noun));
    view_text(v, "key", rq_path(rq, "key"));
    view_text(v, "title", d[0].title);
    view_bool(v, "several", n > 1);
    struct value *rows = view_list(v, "rows");
    struct value *older = view_list(v, "older"), *newer = view_list(v, "newer");
    for (size_t i = 0; i < n; i++) {
        str number = arena_printf(v->arena, "%lld", (long long)d[i].version);
        str label = arena_printf(v->arena, "第 %.*s 版", STR_ARG(number));
        show_version(v, rows, &d[i]);
        page_option(v, older, number, label, i == 1 ? number : str_none);
        page_option(v, newer, number, label, i == 0 ? number : str_none);
    }
    return OK;
}

enum err definition_file(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct design_one d;
    enum err e = design_load(rq, tx, k, &d);
    if (e != OK)
        return e;
    str name = arena_printf(tx->arena, "%.*s-%lld.%s",
                            STR_ARG(rq_path(rq, "key")), (long long)d.version,
                            k->suffix);
    return rq_send(rq, str_of(k->media), d.xml, name);
}
