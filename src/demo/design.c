/*
 * Processes, decision tables and forms as they are delivered: first versions,
 * in force, so that the designer's desk is not empty on the first day.
 */
#include "demo/demo.h"

#include "design/design.h"
#include "kernel/page/page.h"
#include "services/queries.gen.h"

struct delivery {
    struct tx *tx;
    enum err e;
};

static str key_of(str path, str prefix, str suffix)
{
    return str_slice(path, prefix.n, path.n - suffix.n);
}

static void deliver(struct delivery *d, const struct design_kind *k, str key,
                    str xml)
{
    struct design_report r;
    str problem;
    int64_t version;
    bool same;
    if (d->e != OK)
        return;
    d->e = design_check(k, d->tx->arena, xml, &r, &problem);
    design_report_free(&r);
    struct design_draft draft = { .key = key,
                                  .title = r.title.n ? r.title : key,
                                  .xml = xml, .note = STR("随平台提供"),
                                  .author = STR("沈立新") };
    if (d->e == OK)
        d->e = design_keep(d->tx, k, &draft, &version, &same);
    if (d->e == OK && r.fatal == 0)
        d->e = design_deploy_version(d->tx, k, key, version);
}

static void process(void *context, str path, str bytes)
{
    str prefix = STR("data/process/"), suffix = STR(".bpmn");
    if (str_ends(path, suffix))
        deliver(context, &design_process, key_of(path, prefix, suffix), bytes);
}

static void form(void *context, str path, str bytes)
{
    str prefix = STR("data/themes/"), suffix = STR("/theme.json");
    if (str_ends(path, suffix))
        deliver(context, &design_form, key_of(path, prefix, suffix), bytes);
}

/* The curated items, as they are asked today: the designer begins there. */
static enum err item_forms(struct city *c, struct delivery *d)
{
    str key, text;
    for (int i = 0; i < c->items && d->e == OK; i++) {
        if (!str_starts(c->item[i].code, STR("DEMO-")))
            continue;
        d->e = design_item_form(d->tx, c->item[i].code, &key, &text);
        if (d->e == OK)
            deliver(d, &design_form, key, text);
        if (d->e == OK)
            d->e = item_form_add(d->tx, store_id(d->tx->store),
                                 c->item[i].code, 1, key, 1, text);
    }
    return d->e;
}

/* Tables only a process asks stand beside it. */
static void asked(void *context, str path, str bytes)
{
    str prefix = STR("data/process/"), suffix = STR(".dmn");
    if (str_ends(path, suffix))
        deliver(context, &design_table, key_of(path, prefix, suffix), bytes);
}

static void table(void *context, str path, str bytes)
{
    str prefix = STR("data/themes/"), suffix = STR("/rules.dmn");
    if (str_ends(path, suffix))
        deliver(context, &design_table, key_of(path, prefix, suffix), bytes);
}

enum err demo_designs(struct city *c, struct tx *tx)
{
    struct delivery d = { .tx = tx, .e = OK };
    /* In force before the first matter that rests on them began. */
    tx->now.ms = c->now.ms - 60 * 86400000LL;
    page_assets("data/process/", process, &d);
    page_assets("data/process/", asked, &d);
    page_assets("data/themes/", table, &d);
    page_assets("data/themes/", form, &d);
    return item_forms(c, &d);
}
