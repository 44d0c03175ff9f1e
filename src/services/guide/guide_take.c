/*
 * An item of the catalogue comes into force: what people apply by from now on.
 *
 * As with forms (take.c) the news only says which item to look at; what is
 * done follows from what is in force there now, so that hearing twice, or
 * late, comes to the same.  What it was before is kept for the cases that were
 * filed under it; a draft is told that there is a newer version.
 */
#include "services/work/gap.h"
#include "services/guide/guide_take.h"

#include "kernel/audit/audit.h"
#include "kernel/log/log.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"

/* ---- reading ---- */

static str maybe(const struct value *v, const char *name)
{
    return value_get_text(v, str_of(name));
}

static bool has_word(str joined, const char *word)
{
    return !str_is_none(joined) && str_find(joined, str_of(word)) >= 0;
}

/* A word of a closed list of the catalogue; "" when it says none. */
static str of_list(const struct value *v, const char *name)
{
    str s = maybe(v, name);
    return str_is_none(s) ? STR("") : s;
}

static bool flag(const struct value *v, const char *name)
{
    const struct value *m = value_get(v, str_of(name));
    return m && m->kind == VALUE_BOOL && m->i;
}

/* 不收费, or the names and standards of what is charged. */
static str fee_text(struct arena *a, const struct value *g)
{
    str all = STR("");
    if (!flag(g, "fee"))
        return STR("不收费");
    VALUE_EACH (f, g, "fees")
        all = arena_printf(a, "%.*s%s%.*s %.*s", STR_ARG(all),
                           all.n ? "；" : "", STR_ARG(maybe(f, "name")),
                           STR_ARG(maybe(f, "standard")));
    return all.n ? str_trim(all) : STR("收费");
}

static void read_papers(struct arena *a, const struct value *g,
                        struct guide_read *out)
{
    size_t n = value_count(g, STR("papers"));
    out->material = ARENA_NEW_N(a, struct material_list, n + 1);
    VALUE_EACH (p, g, "papers") {
        struct material_list *m = &out->material[out->materials++];
        str need = maybe(p, "need"), obtain = maybe(p, "obtain");
        *m = (struct material_list){
            .code = arena_printf(a, "m%zu", out->materials),
            .name = maybe(p, "name"), .note = maybe(p, "note"),
            .need = str_is(need, "非必要") ? 2
                    : str_is(need, "容缺后补") ? 3 : 1,
            .source = str_is(obtain, "平台调取")   ? STR("exchange")
                      : str_is(obtain, "在线填写") ? STR("form")
                                                   : STR("upload"),
        };
    }
}

enum err guide_read(struct arena *a, str body, struct guide_read *out)
{
    struct value *g;
    str problem;
    *out = (struct guide_read){ .material = NULL };
    if (value_read_json(a, body, &g, &problem) != OK)
        return ERR_INPUT;
    const struct value *basis = value_first(g, STR("basis"));
    bool instant = str_is(maybe(g, "kind"), "即办件");
    int64_t promised = value_get_int(g, STR("promised_n"), 1);
    str forms = maybe(g, "forms");
    out->tree = g;
    out->item = (struct item_guide){
        .name = maybe(g, "name"), .type = maybe(g, "type"),
        .object = str_is_none(maybe(g, "object")) ? STR("个人、法人")
                                                  : maybe(g, "object"),
        .law = basis ? maybe(basis, "law") : str_none,
        .law_version = basis ? maybe(basis, "version") : str_none,
        .article = basis ? maybe(basis, "article") : str_none,
        .statutory_n = value_get_int(g, STR("statutory_n"), 0),
        .statutory_unit = str_is(maybe(g, "statutory_unit"), "自然日")
                              ? STR("nd") : STR("wd"),
        .statutory_basis = maybe(g, "statutory_basis"),
        .promised_n = promised > 0 ? promised : 1,
        .online = has_word(forms, "网上") || has_word(forms, "移动端"),
        .visits = value_get_int(g, STR("visits"), 0),
        .fee = fee_text(a, g), .result = maybe(g, "result"),
        .conditions = maybe(g, "conditions"), .curated = 1,
        .process = instant ? STR("instant") : STR("promised"),
        .state = STR("live"), .why = STR(""),
    };
    read_papers(a, g, out);
    return str_is_none(out->item.name) || str_is_none(out->item.type) ||
           out->item.statutory_n < 1 ? ERR_INPUT : OK;
}

struct item_gap guide_gap(const struct value *g)
{
    bool lapses = str_is(maybe(g, "gap_silence"), "视为撤回申请");
    int64_t days = value_get_int(g, STR("gap_days"), 0);
    return (struct item_gap){
        .gap_days = days < 0 || days > SERVICES_GAP_MOST ? 0 : days,
        .gap_rule = lapses ? STR(GAP_WITHDRAWN) : STR(GAP_DECIDE),
    };
}

/* ---- taking ---- */

static int64_t number_of(str code)
{
    int64_t n;
    return str_starts(code, STR("m")) &&
           str_int(str_slice(code, 1, code.n), &n) ? n : 0;
}

static bool given_before(const struct guide_read *g, size_t upto, str code)
{
    for (size_t i = 0; i < upto; i++)
        if (str_eq(g->material[i].code, code))
            return true;
    return false;
}

/* The code its paper had last; none when no paper was called so. */
static str code_before(const struct guide_read *g, size_t at,
                       const struct material_codes *was, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(was[i].name, g->material[at].name) &&
            !given_before(g, at, was[i].code))
            return was[i].code;
    return str_none;
}

/* A paper keeps its code from version to version, wherever in the list it
 * stands, and no code is given to another: a draft holds files by it. */
static enum err same_codes(struct tx *tx, str code, struct guide_read *g)
{
    struct material_codes *was;
    size_t n;
    int64_t last = 0;
    enum err e = material_codes(tx, code, &was, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (number_of(was[i].code) > last)
            last = number_of(was[i].code);
    for (size_t i = 0; e == OK && i < g->materials; i++) {
        str had = code_before(g, i, was, n);
        g->material[i].code = had.n ? had
                                    : arena_printf(tx->arena, "m%lld",
                                                   (long long)++last);
    }
    return e;
}

static enum err put_papers(struct tx *tx, str code, struct guide_read *g)
{
    enum err e = same_codes(tx, code, g);
    if (e == OK)
        e = material_clear(tx, code, NULL);
    for (size_t i = 0; e == OK && i < g->materials; i++) {
        const struct material_list *m = &g->material[i];
        e = material_add(tx, store_id(tx->store), code, (int64_t)i + 1,
                         m->code, m->name, m->source, m->need, m->note);
    }
    return e;
}

/* As it was, for the cases of the versions up to now. */
static enum err keep_past(struct tx *tx, str code, int64_t version)
{
    struct material_list *m;
    size_t n;
    enum err e = item_keep_past(tx, store_id(tx->store), code);
    if (e == OK)
        e = material_list(tx, code, &m, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = material_past_add(tx, store_id(tx->store), code, version,
                              (int64_t)i + 1, m[i].code, m[i].name,
                              m[i].source, m[i].need, m[i].note);
    return e;
}

static enum err add(struct tx *tx, str code, str body, int64_t edition,
                    const struct guide_read *g, int64_t id)
{
    const struct item_guide *i = &g->item;
    struct item_end end;
    enum err e = item_end(tx, &end);
    if (e == OK)
        e = item_add(tx, id, code, i->unit, i->name, i->type, i->object,
                     i->law, i->law_version, i->article, i->statutory_n,
                     i->statutory_unit, i->statutory_basis, i->promised_n,
                     i->online, i->visits, i->fee, i->result, i->conditions,
                     1, end.position, i->process, of_list(g->tree, "depth"),
                     of_list(g->tree, "level"));
    return e == OK ? item_set_guide(tx, code, body, edition) : e;
}

static enum err renew(struct tx *tx, str code, str body, int64_t edition,
                      const struct guide_read *g, int64_t version)
{
    const struct item_guide *i = &g->item;
    enum err e = keep_past(tx, code, version);
    if (e == OK)
        e = item_take(tx, code, version, i->unit, i->name, i->type, i->object,
                      i->law, i->law_version, i->article, i->statutory_n,
                      i->statutory_unit, i->statutory_basis, i->promised_n,
                      i->online, i->visits, i->fee, i->result, i->conditions,
                      i->process, body, edition, of_list(g->tree, "depth"),
                      of_list(g->tree, "level"));
    return e;
}

static enum err to_search(struct tx *tx, int64_t id, const struct item_guide *i,
                          str state)
{
    struct unit_brief u;
    if (str_is(state, "withdrawn"))
        return search_remove(tx, id);
    enum err e = unit_brief(tx, i->unit, &u);
    return e == OK ? search_put(tx, id, STR("item"), STR(""),
                                arena_printf(tx->arena, "%.*s %.*s",
                                             STR_ARG(i->name),
                                             STR_ARG(u.name)), STR("")) : e;
}

static enum err take(struct tx *tx, str code,
                     const struct guide_in_force *force,
                     struct item_taken_of *have, bool known)
{
    struct guide_read g;
    enum err e = guide_read(tx->arena, force->body, &g);
    if (e != OK) {
        log_error("catalogue item %.*s version %lld cannot be taken",
                  STR_ARG(code), (long long)force->version);
        return OK; /* nothing to try again: people go on by what they had */
    }
    g.item.unit = force->unit;
    bool newer = !known || have->edition < force->version;
    /* The version the catalogue took over from here changes nothing. */
    if (known && have->edition == 0 && force->version == 1)
        newer = false;
    if (!known)
        have->id = store_id(tx->store);
    if (newer)
        e = known ? renew(tx, code, force->body, force->version, &g,
                          have->version)
                  : add(tx, code, force->body, force->version, &g, have->id);
    struct item_gap gap = guide_gap(g.tree);
    if (e == OK && newer)
        e = put_papers(tx, code, &g);
    if (e == OK && newer)
        e = item_set_gap(tx, code, gap.gap_days, gap.gap_rule);
    bool moved = !known || !str_eq(have->state, force->state) ||
                 !str_eq(have->why, force->why);
    if (e == OK && moved)
        e = item_set_state(tx, code, force->state, force->why);
    if (e == OK && (newer || moved))
        e = to_search(tx, have->id, &g.item, force->state);
    if (e != OK || (!newer && !moved))
        return e;
    store_touch(tx, TOPIC_CATALOGUE);
    return audit_note(tx, STR("item.take"), code,
                      arena_printf(tx->arena, "事项目录第 %lld 版，%.*s",
                                   (long long)force->version,
                                   STR_ARG(force->state)));
}

enum err guide_heard(struct tx *tx, str ref, const struct value *payload)
{
    struct guide_in_force force;
    struct item_taken_of have = { .id = 0 };
    (void)payload;
    enum err e = guide_in_force(tx, ref, &force);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = item_taken_of(tx, ref, &have);
    return e == OK || e == ERR_NOTFOUND
               ? take(tx, ref, &force, &have, e == OK) : e;
}
