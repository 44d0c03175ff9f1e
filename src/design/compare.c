/* Two versions of one definition side by side. */
#include "design/pages.h"

#include "design/form.h"
#include "design/show.h"
#include "design/side.h"

static enum err load(struct request *rq, struct tx *tx,
                     const struct design_kind *k, int64_t version,
                     struct design_one *d)
{
    enum err e = design_one(tx, str_of(k->code), rq_path(rq, "key"), version,
                            d);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有这两个版本，请从版本列表里选两版比较。")
               : e;
}

static struct view show_side(struct view *v, const char *name,
                             const struct design_kind *k, str key,
                             const struct design_one *d, int64_t other)
{
    struct view side = view_object(v, name);
    view_int(&side, "version", d->version);
    view_text(&side, "title", d->title);
    design_show_state(&side, "state", d->state);
    view_text(&side, "author", d->author);
    view_inst(&side, "created", d->created);
    view_text(&side, "note", d->note);
    view_text(&side, "drawing",
              k == &design_process
                  ? arena_printf(v->arena, "%s/%.*s/%lld/drawing?against=%lld",
                                 k->base, STR_ARG(key),
                                 (long long)d->version, (long long)other)
                  : STR(""));
    return side;
}

/* Tables as tables, forms as forms; a process is drawn. */
static enum err show_both(struct tx *tx, const struct design_kind *k,
                          struct view *older, struct view *newer,
                          const struct design_one *was,
                          const struct design_one *is,
                          const struct differences *d)
{
    enum err e = OK;
    if (k == &design_table)
        e = side_tables(tx->arena, older, newer, was->xml, is->xml);
    else if (k == &design_form)
        e = side_forms(tx, older, newer, was->xml, is->xml, d);
    struct view *sides[] = { older, newer };
    static const char *const lists[] = { "tables", "groups", "papers" };
    for (int s = 0; s < 2; s++)
        for (int i = 0; i < 3; i++)
            if (value_get(sides[s]->object, str_of(lists[i])) == NULL)
                view_list(sides[s], lists[i]);
    for (int s = 0; s < 2; s++)
        if (value_get(sides[s]->object, STR("materials")) == NULL)
            view_bool(sides[s], "materials", false);
    return e;
}

static void show_rows(struct view *v, const char *name,
                      const struct differences *d, int kind)
{
    struct value *list = view_list(v, name);
    for (int i = 0; i < d->kept; i++) {
        const struct difference *one = &d->list[i];
        if ((int)one->kind != kind)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "tag", design_word(v->arena, one->tag));
        view_text(&row, "id", one->id);
        view_text(&row, "name", one->name);
        view_text(&row, "member", design_word(v->arena, one->member));
        view_text(&row, "before", one->before);
        view_text(&row, "after", one->after);
    }
}

enum err definition_compare(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_one older, newer;
    struct design_newest newest = { .version = 1 };
    struct differences d;
    str key = rq_path(rq, "key");
    /* Nothing said: the newest against the one before it. */
    enum err e = design_newest(tx, str_of(k->code), key, &newest);
    int64_t last = newest.version;
    if (e == OK || e == ERR_NOTFOUND)
        e = load(rq, tx, k, rq_int(rq, "newer", last), &newer);
    if (e == OK)
        e = load(rq, tx, k, rq_int(rq, "older", last > 1 ? last - 1 : 1),
                 &older);
    if (e == OK)
        e = k == &design_form
                ? form_differences(tx->arena, older.xml, newer.xml, &d)
                : design_differences(tx->arena, older.xml, newer.xml, &d);
    if (e != OK)
        return e;
    rq_menu(rq, k->section);
    view_text(v, "base", str_of(k->base));
    view_text(v, "noun", str_of(k->noun));
    view_text(v, "key", key);
    view_text(v, "title", newer.title);
    struct view left = show_side(v, "older", k, key, &older, newer.version);
    struct view right = show_side(v, "newer", k, key, &newer, older.version);
    e = show_both(tx, k, &left, &right, &older, &newer, &d);
    if (e != OK)
        return rq_fail(rq, ERR_CONFLICT, "有一版读不出来，不能对照。");
    view_int(v, "count", d.count);
    design_show_rest(v, "unshown", d.count - d.kept);
    show_rows(v, "added", &d, DIFFERENCE_ADDED);
    show_rows(v, "removed", &d, DIFFERENCE_REMOVED);
    show_rows(v, "changed", &d, DIFFERENCE_CHANGED);
    return OK;
}
