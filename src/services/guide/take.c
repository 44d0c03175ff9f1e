/*
 * A form comes into force: what people apply by from now on.
 *
 * The designer's news only says which key to look at; what is done follows from
 * what is in force there now, so that hearing twice, or late, or in another
 * order, comes to the same.  Every form taken is a new version of its theme or
 * item: cases keep the one they were filed under, drafts are told what is new.
 */
#include "services/guide/take.h"

#include "kernel/audit/audit.h"
#include "kernel/log/log.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"

/* What is in force under a key, and what it asks for. */
struct taken {
    str key, body, rules, item;
    int64_t form, tables;
    const struct value *tree;
};

static str text_of(const struct taken *t, const char *name)
{
    str s = value_get_text(t->tree, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static enum err note(struct tx *tx, const struct taken *t, str object,
                     int64_t version)
{
    store_touch(tx, TOPIC_CATALOGUE);
    return audit_note(tx, STR("form.take"), object,
                      arena_printf(tx->arena, "表单 %.*s 第 %lld 版；版本 %lld",
                                   STR_ARG(t->key), (long long)t->form,
                                   (long long)version));
}

/* ---- themes ---- */

static enum err to_search(struct tx *tx, const struct taken *t, int64_t id,
                          int64_t old)
{
    enum err e = old ? search_remove(tx, old) : OK;
    if (e == OK)
        e = search_put(tx, id, STR("theme"), STR(""),
                       arena_printf(tx->arena, "%.*s %.*s",
                                    STR_ARG(text_of(t, "title")),
                                    STR_ARG(text_of(t, "summary"))),
                       STR(""));
    return e;
}

static bool says_the_same(const struct theme_newest *n, const struct taken *t)
{
    return str_eq(n->body, t->body) && str_eq(n->rules, t->rules);
}

static enum err add_theme(struct tx *tx, const struct taken *t,
                          const struct theme_newest *newest)
{
    int64_t id = store_id(tx->store), version = newest->version + 1;
    struct theme_end end = { .position = newest->position };
    enum err e = newest->version ? OK : theme_end(tx, &end);
    if (e == OK)
        e = theme_add(tx, id, t->key, version, text_of(t, "title"),
                      text_of(t, "summary"), text_of(t, "icon"), t->body,
                      t->rules, end.position, t->form,
                      t->tables ? t->tables : INT_NONE);
    if (e == OK)
        e = to_search(tx, t, id, newest->id);
    return e == OK ? note(tx, t, t->key, version) : e;
}

static enum err take_theme(struct tx *tx, const struct taken *t)
{
    struct theme_newest newest = { .version = 0 };
    enum err e = theme_newest(tx, t->key, &newest);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    bool same = e == OK && says_the_same(&newest, t);
    if (same && newest.live)
        return OK;
    e = theme_step_down(tx, t->key, NULL);
    if (e != OK || !same)
        return e == OK ? add_theme(tx, t, &newest) : e;
    e = theme_revive(tx, newest.id);
    if (e == OK)
        e = to_search(tx, t, newest.id, 0);
    return e == OK ? note(tx, t, t->key, newest.version) : e;
}

/* ---- single items ---- */

static enum err take_item(struct tx *tx, const struct taken *t)
{
    struct item_guide item;
    struct item_form have;
    enum err e = item_guide(tx, t->item, &item);
    if (e == ERR_NOTFOUND) {
        log_error("form %.*s: no item %.*s", STR_ARG(t->key),
                  STR_ARG(t->item));
        return OK; /* the designer's check told; nothing to try again */
    }
    if (e == OK)
        e = item_form(tx, t->item, item.version, &have);
    if (e == OK && have.form == t->form && str_eq(have.key, t->key))
        return OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    e = item_next_version(tx, t->item, item.version);
    if (e == OK)
        e = item_form_add(tx, store_id(tx->store), t->item, item.version + 1,
                          t->key, t->form, t->body);
    return e == OK ? note(tx, t, t->item, item.version + 1) : e;
}

/* ---- out of force ---- */

/* A theme is offered no more; an item asks the plain questions again. */
static enum err withdraw(struct tx *tx, str key)
{
    struct taken none = { .key = key };
    struct theme_newest theme;
    struct item_form_of_key last;
    struct item_form now;
    struct item_guide item;
    enum err e = theme_newest(tx, key, &theme);
    if (e == OK && theme.live) {
        e = theme_step_down(tx, key, NULL);
        if (e == OK)
            e = search_remove(tx, theme.id);
        return e == OK ? note(tx, &none, key, theme.version) : e;
    }
    if (e == OK || e == ERR_NOTFOUND)
        e = item_form_of_key(tx, key, &last);
    if (e == OK)
        e = item_guide(tx, last.item, &item);
    if (e == OK)
        e = item_form(tx, last.item, item.version, &now);
    if (e == OK && !str_eq(now.key, key))
        return OK; /* another form has taken its place */
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = item_next_version(tx, last.item, item.version);
    return e == OK ? note(tx, &none, last.item, item.version + 1) : e;
}

/* ---- what is heard ---- */

static enum err take(struct tx *tx, str key)
{
    struct form_deployed form;
    struct table_deployed table = { .xml = STR("") };
    struct value *tree;
    str problem;
    enum err e = form_deployed(tx, key, &form);
    if (e == ERR_NOTFOUND)
        return withdraw(tx, key);
    if (e == OK)
        e = value_read_json(tx->arena, form.xml, &tree, &problem);
    if (e != OK)
        return e;
    struct taken t = { .key = key, .body = form.xml, .form = form.version,
                       .tree = tree };
    t.item = text_of(&t, "item");
    str rules = text_of(&t, "rules");
    e = rules.n ? table_deployed(tx, rules, &table) : OK;
    if (e == ERR_NOTFOUND) {
        /* Its table went out of force after it was deployed: people go on
         * applying by what they had. */
        log_error("form %.*s: no table %.*s in force", STR_ARG(key),
                  STR_ARG(rules));
        return OK;
    }
    if (e != OK)
        return e;
    t.rules = table.xml;
    t.tables = table.version;
    return t.item.n ? take_item(tx, &t) : take_theme(tx, &t);
}

/* A table came into force: every form that goes by it is taken again. */
static enum err take_users(struct tx *tx, str table)
{
    struct table_themes *f;
    struct value *tree;
    str problem;
    size_t n;
    enum err e = table_themes(tx, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (value_read_json(tx->arena, f[i].xml, &tree, &problem) == OK &&
            str_eq(value_get_text(tree, STR("rules")), table))
            e = take(tx, f[i].key);
    return e;
}

enum err form_heard(struct tx *tx, str ref, const struct value *payload)
{
    str kind = value_get_text(payload, STR("kind"));
    (void)ref;
    if (str_is(kind, "form"))
        return take(tx, value_get_text(payload, STR("key")));
    if (str_is(kind, "table"))
        return take_users(tx, value_get_text(payload, STR("key")));
    return OK;
}
