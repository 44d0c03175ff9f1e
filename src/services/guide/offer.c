/*
 * Reading a theme's JSON into an offer, and finding offers by code.
 *
 * A theme is data that an administrator edits (src/design), so nothing here
 * trusts it: a member of the wrong kind makes the offer unusable with one line
 * in the log, never a crash or a half-read form.
 */
#include "services/case.h"

#include "kernel/log/log.h"
#include "kernel/page/page.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"

#include <pthread.h>

/* ---- reading ---- */

static str *texts_of(struct form_reader *r, const struct value *v,
                     const char *name, size_t *n)
{
    *n = value_count(v, str_of(name));
    str *out = ARENA_NEW_N(r->a, str, *n ? *n : 1);
    size_t i = 0;
    for (const struct value *t = value_first(v, str_of(name)); t; t = t->next)
        out[i++] = t->kind == VALUE_TEXT ? t->text : STR("");
    return out;
}

/* "" is no table: conditions decide, or everything applies. */
static const struct dmn_model *rules_of(struct form_reader *r, str code,
                                        str xml)
{
    struct dmn_source source = { code, xml };
    struct dmn_model *model = NULL;
    struct feel_notes notes = { 0 };
    if (xml.n == 0)
        return NULL;
    enum err e = dmn_load(r->a, &source, 1, &model, &notes);
    for (const struct feel_note *n = notes.first; n; n = n->next)
        if (n->fatal) {
            log_error("theme %.*s: %.*s: %.*s", STR_ARG(code),
                      STR_ARG(n->element), STR_ARG(n->text));
            r->broken = "rules.dmn";
        }
    if (e != OK)
        r->broken = "rules.dmn";
    return model;
}

static void read_parts(struct form_reader *r, struct offer *o)
{
    o->part_count = value_count(o->body, STR("parts"));
    o->parts = ARENA_NEW_N(r->a, struct offer_part, o->part_count + 1);
    struct offer_part *p = o->parts;
    for (const struct value *v = value_first(o->body, STR("parts")); v;
         v = v->next, p++) {
        p->code = form_must(r, v, "code");
        p->title = form_must(r, v, "title");
        p->item = form_must(r, v, "item");
        p->unit = value_word(v, STR("unit"));
        p->unit_from = value_word(v, STR("unit_from"));
        p->note = value_word(v, STR("note"));
        if (form_condition(r->a, value_word(v, STR("when")), r->names,
                           &p->when) != OK)
            r->broken = "when";
        p->promised = (int)value_get_int(v, STR("promised"), 0);
        p->papers = texts_of(r, v, "papers", &p->paper_count);
        p->fields = texts_of(r, v, "fields", &p->field_count);
        p->needs = texts_of(r, v, "needs", &p->need_count);
    }
}

/* A theme of which one item is paused or withdrawn is not offered: whoever
 * applied would get part of what they need and a refusal for the rest. */
static void halt(struct arena *a, struct offer *o,
                 const struct item_guide *item)
{
    if (str_is(item->state, "live"))
        return;
    const char *word = str_is(item->state, "paused") ? "暂停办理" : "已经取消";
    o->halted = arena_printf(a, "%.*s%s其中的“%.*s”%s：%.*s",
                             STR_ARG(o->halted), o->halted.n ? "；" : "",
                             STR_ARG(item->name), word, STR_ARG(item->why));
}

/* Law, limits and result of each part come from its item. */
static enum err complete_parts(struct tx *tx, struct arena *a, struct offer *o)
{
    for (size_t i = 0; i < o->part_count; i++) {
        struct offer_part *p = &o->parts[i];
        struct item_guide item;
        enum err e = item_guide(tx, p->item, &item);
        if (e != OK)
            return e;
        if (o->joint)
            halt(a, o, &item);
        p->statutory = (int)item.statutory_n;
        p->natural = str_is(item.statutory_unit, "nd");
        p->item_version = (int)item.version;
        p->process = arena_str(a, item.process);
        p->law = arena_str(a, item.law);
        p->article = arena_str(a, item.article);
        p->result = arena_str(a, item.result);
        if (p->unit.n == 0 && p->unit_from.n == 0)
            p->unit = arena_str(a, item.unit);
        if (p->promised < 1)
            p->promised = (int)item.promised_n;
    }
    return OK;
}

/* What a theme's row says, whichever query brought it. */
struct row {
    str code, title, summary, body, rules;
    int64_t version;
};

/* Compiled; NULL with a line in the log when it cannot be. */
static struct offer *read_theme(struct tx *tx, struct arena *a,
                                const struct row *row)
{
    struct form_reader r = { .a = a };
    struct offer *o = ARENA_NEW(a, struct offer);
    struct value *body;
    str problem = STR("");
    o->code = arena_str(a, row->code);
    if (value_read_json(a, arena_str(a, row->body), &body, &problem) != OK) {
        log_error("theme %.*s: %.*s", STR_ARG(o->code), STR_ARG(problem));
        return NULL;
    }
    o->body = body;
    o->version = (int)row->version;
    o->title = arena_str(a, row->title);
    o->summary = arena_str(a, row->summary);
    o->icon = value_word(body, STR("icon"));
    o->audience = value_word(body, STR("audience"));
    o->lead = form_must(&r, body, "lead");
    o->promised = (int)value_get_int(body, STR("promised"), 0);
    o->minutes = (int)value_get_int(body, STR("minutes"), 10);
    o->joint = o->online = true;
    o->halted = STR("");
    if (form_sheet_read(a, body, &o->sheet, &r.broken) != OK)
        log_error("theme %.*s: %s", STR_ARG(o->code), r.broken);
    r.names = form_names(a, body);
    read_parts(&r, o);
    o->rules = rules_of(&r, o->code, arena_str(a, row->rules));
    if (r.broken || complete_parts(tx, a, o) != OK) {
        log_error("theme %.*s: %s %.*s", STR_ARG(o->code),
                  r.broken ? r.broken : "an item of a part is missing",
                  STR_ARG(problem));
        return NULL;
    }
    return o;
}

/* ---- a single item as an offer ---- */

/* What every single item asks that has no form of its own: who, how to reach
 * them, what about. */
static str plain_questions(str object)
{
    return page_asset(str_is(object, "法人") ? "data/forms/company.json"
                                            : "data/forms/person.json");
}

/* past: the version whose papers they are, 0 for those of now. */
static enum err item_papers(struct tx *tx, struct arena *a, struct offer *o,
                            int64_t past)
{
    struct material_list *m;
    struct material_past *old;
    size_t n;
    enum err e = past ? material_past(tx, o->code, past, &old, &n)
                      : material_list(tx, o->code, &m, &n);
    if (e != OK)
        return e;
    if (past) {
        m = ARENA_NEW_N(a, struct material_list, n + 1);
        for (size_t i = 0; i < n; i++)
            m[i] = (struct material_list){ old[i].code, old[i].name,
                                           old[i].source, old[i].need,
                                           old[i].note };
    }
    o->sheet.papers = ARENA_NEW_N(a, struct form_paper, n + 1);
    o->sheet.paper_count = n;
    o->parts[0].papers = ARENA_NEW_N(a, str, n + 1);
    o->parts[0].paper_count = n;
    for (size_t i = 0; i < n; i++) {
        o->sheet.papers[i] = (struct form_paper){
            .code = arena_str(a, m[i].code),
            .name = arena_str(a, m[i].name),
            .source = arena_str(a, m[i].source),
            .note = arena_str(a, str_is_none(m[i].note) ? STR("") : m[i].note),
            .from = STR("电子证照库"),
            .need = (int)m[i].need,
        };
        o->parts[0].papers[i] = o->sheet.papers[i].code;
    }
    return OK;
}

/* The one part of a single item gets every answer. */
static void item_part_fields(struct arena *a, struct offer *o)
{
    size_t n = 0;
    for (size_t g = 0; g < o->sheet.group_count; g++)
        n += o->sheet.groups[g].field_count;
    o->parts[0].fields = ARENA_NEW_N(a, str, n + 1);
    for (size_t g = 0; g < o->sheet.group_count; g++)
        for (size_t f = 0; f < o->sheet.groups[g].field_count; f++)
            o->parts[0].fields[o->parts[0].field_count++] =
                o->sheet.groups[g].fields[f].name;
}

/* Every paper of a form of its own goes to the one part. */
static void item_part_papers(struct arena *a, struct offer *o)
{
    struct offer_part *p = &o->parts[0];
    p->papers = ARENA_NEW_N(a, str, o->sheet.paper_count + 1);
    p->paper_count = o->sheet.paper_count;
    for (size_t i = 0; i < o->sheet.paper_count; i++)
        p->papers[i] = o->sheet.papers[i].code;
}

/* The questions of an item in a version: its own form's, or the plain ones. */
static enum err item_body(struct tx *tx, struct arena *a,
                          const struct item_guide *item, int64_t version,
                          int64_t past, struct offer *o)
{
    struct item_form form = { .body = str_none };
    struct value *body;
    str problem;
    const char *broken = NULL;
    enum err e = item_form(tx, item->code, version, &form);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    str json = e == OK ? form.body : plain_questions(item->object);
    bool own = e == OK;
    e = value_read_json(a, arena_str(a, json), &body, &problem);
    if (e == OK)
        e = form_sheet_read(a, body, &o->sheet, &broken);
    if (e != OK) {
        log_error("form of item %.*s: %s", STR_ARG(item->code),
                  broken ? broken : "no JSON");
        return ERR_STORE;
    }
    o->body = body;
    if (!own)
        return item_papers(tx, a, o, past);
    item_part_papers(a, o);
    return OK;
}

/* What the item said to cases of that version, where it says otherwise now;
 * *past is the version that is kept under, 0 when nothing has changed. */
static enum err as_it_was(struct tx *tx, struct arena *a, int64_t version,
                          struct item_guide *item, struct offer *o,
                          int64_t *past)
{
    struct item_past was;
    struct offer_part *p = &o->parts[0];
    *past = 0;
    enum err e = version ? item_past(tx, o->code, version, &was)
                         : ERR_NOTFOUND;
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    *past = was.version;
    item->object = was.object;
    o->title = p->title = arena_str(a, was.name);
    o->promised = p->promised = (int)was.promised_n;
    p->statutory = (int)was.statutory_n;
    p->natural = str_is(was.statutory_unit, "nd");
    p->process = arena_str(a, was.process);
    p->law = arena_str(a, was.law);
    p->article = arena_str(a, was.article);
    p->result = arena_str(a, was.result);
    return OK;
}

/* version 0: the one in force. */
static enum err read_item(struct tx *tx, struct arena *a, str code,
                          int64_t version, const struct offer **out)
{
    struct item_guide item;
    enum err e = item_guide(tx, code, &item);
    if (e != OK)
        return e;
    struct offer *o = ARENA_NEW(a, struct offer);
    o->code = arena_str(a, item.code);
    o->version = (int)(version ? version : item.version);
    o->title = arena_str(a, item.name);
    o->summary = o->halted = STR("");
    o->audience = arena_str(a, item.object);
    o->icon = STR("file-text");
    o->lead = arena_str(a, item.unit);
    o->promised = (int)item.promised_n;
    o->minutes = 10;
    o->online = item.online != 0 && str_is(item.state, "live");
    o->parts = ARENA_NEW(a, struct offer_part);
    o->part_count = 1;
    o->parts[0] = (struct offer_part){
        .code = STR("one"), .title = o->title, .item = o->code,
        .unit = o->lead, .promised = o->promised, .note = STR(""),
        .unit_from = STR(""),
    };
    int64_t past = 0;
    e = complete_parts(tx, a, o);
    if (e == OK)
        e = as_it_was(tx, a, version, &item, o, &past);
    if (e == OK)
        e = item_body(tx, a, &item, o->version, past, o);
    if (e == OK)
        item_part_fields(a, o);
    *out = o;
    return e;
}

/* ---- the cache ---- */

enum { SLOTS = 4096 };

/*
 * Offers by code, for the version of the catalogue they were read at.  Old
 * generations are never freed while the process lives: a request may hold one,
 * and a catalogue changes a few times a day at most.
 */
static struct {
    pthread_mutex_t lock;
    uint64_t store; /* its serial */
    uint64_t version;
    const struct offer *slot[SLOTS];
    struct arena arena;
} cache = { .lock = PTHREAD_MUTEX_INITIALIZER };

static const struct offer **slot_of(str code)
{
    uint64_t at = str_hash(code);
    for (size_t i = 0; i < SLOTS; i++) {
        const struct offer **slot = &cache.slot[(at + i) % SLOTS];
        if (*slot == NULL || str_eq((*slot)->code, code))
            return slot;
    }
    return NULL;
}

static enum err read_offer(struct tx *tx, struct arena *a, str code,
                           const struct offer **out)
{
    struct theme_live *t;
    size_t n;
    enum err e = theme_live(tx, &t, &n);
    if (e != OK)
        return e;
    for (size_t i = 0; i < n; i++)
        if (str_eq(t[i].code, code)) {
            struct row row = { t[i].code, t[i].title, t[i].summary, t[i].body,
                               t[i].rules, t[i].version };
            *out = read_theme(tx, a, &row);
            return *out ? OK : ERR_STORE;
        }
    return read_item(tx, a, code, 0, out);
}

/* With the lock held: the slots are those of what tx shows, or of later. */
static void turn_page(struct tx *tx)
{
    uint64_t store = store_serial(tx->store);
    uint64_t version = store_seen(tx, TOPIC_CATALOGUE);
    if (cache.store == store && cache.version >= version)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        cache.slot[i] = NULL;
    cache.store = store;
    cache.version = version;
}

/* An older snapshot, or a command that may still be undone, keeps nothing. */
static bool may_keep(const struct tx *tx)
{
    return !tx->writes && cache.version == store_seen(tx, TOPIC_CATALOGUE);
}

enum err offer_find(struct tx *tx, str code, const struct offer **out)
{
    pthread_mutex_lock(&cache.lock);
    turn_page(tx);
    const struct offer **slot = slot_of(code), *found = slot ? *slot : NULL;
    enum err e = OK;
    if (found == NULL) {
        bool keep = slot && may_keep(tx);
        e = read_offer(tx, keep ? &cache.arena : tx->arena, code, &found);
        if (e == OK && keep)
            *slot = found;
    }
    pthread_mutex_unlock(&cache.lock);
    if (e == OK)
        *out = found;
    return e;
}

enum err offer_version(struct tx *tx, str code, int64_t version,
                       const struct offer **out)
{
    struct theme_version t;
    enum err e = offer_find(tx, code, out);
    if (e == OK && (*out)->version == version)
        return OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    e = theme_version(tx, code, version, &t);
    if (e == ERR_NOTFOUND)
        return read_item(tx, tx->arena, code, version, out);
    if (e != OK)
        return e;
    struct row row = { code, t.title, t.summary, t.body, t.rules, version };
    *out = read_theme(tx, tx->arena, &row);
    return *out ? OK : ERR_STORE;
}

enum err case_offer(struct tx *tx, const struct case_load *thread,
                    const struct offer **out)
{
    bool single = str_is_none(thread->theme);
    return offer_version(tx, single ? thread->item : thread->theme,
                         single ? thread->item_version : thread->theme_version,
                         out);
}

const struct form_paper *offer_paper(const struct offer *o, str code)
{
    for (size_t i = 0; i < o->sheet.paper_count; i++)
        if (str_eq(o->sheet.papers[i].code, code))
            return &o->sheet.papers[i];
    return NULL;
}

const struct form_question *offer_field(const struct offer *o, str name)
{
    for (size_t g = 0; g < o->sheet.group_count; g++)
        for (size_t f = 0; f < o->sheet.groups[g].field_count; f++)
            if (str_eq(o->sheet.groups[g].fields[f].name, name))
                return &o->sheet.groups[g].fields[f];
    return NULL;
}
