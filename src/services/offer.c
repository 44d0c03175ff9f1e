/*
 * Reading a theme's JSON into an offer, and finding offers by code.
 *
 * A theme is data that an administrator may edit, so nothing here trusts it: a
 * member of the wrong kind makes the offer unusable with one line in the log,
 * never a crash or a half-read form.
 */
#include "services/offer.h"

#include "kernel/log/log.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"

#include <pthread.h>

/* ---- reading ---- */

struct reader {
    struct arena *a;
    const struct value *names; /* of all answers: what `when` may speak of */
    const char *broken; /* first thing that did not fit, or NULL */
};

static str text_of(struct reader *r, const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    if (str_is_none(s) && r->broken == NULL)
        r->broken = name;
    return str_is_none(s) ? STR("") : s;
}

static str maybe_text(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static int64_t int_of(const struct value *v, const char *name, int64_t other)
{
    return value_get_int(v, str_of(name), other);
}

static size_t list_count(const struct value *v, const char *name)
{
    const struct value *list = value_get(v, str_of(name));
    return list && list->kind == VALUE_LIST ? list->count : 0;
}

static const struct value *list_first(const struct value *v, const char *name)
{
    const struct value *list = value_get(v, str_of(name));
    return list && list->kind == VALUE_LIST ? list->first : NULL;
}

static str *texts_of(struct reader *r, const struct value *v, const char *name,
                     size_t *n)
{
    *n = list_count(v, name);
    str *out = ARENA_NEW_N(r->a, str, *n ? *n : 1);
    size_t i = 0;
    for (const struct value *t = list_first(v, name); t; t = t->next)
        out[i++] = t->kind == VALUE_TEXT ? t->text : STR("");
    return out;
}

static const struct feel_expr *when_of(struct reader *r, const struct value *v)
{
    str source = maybe_text(v, "when");
    struct feel_expr *when = NULL;
    struct feel_notes notes = { 0 };
    if (source.n && feel_compile(r->a, source, FEEL_EXPRESSION, r->names, &when,
                                 &notes) != OK)
        r->broken = "when";
    return when;
}

/* The names of all answers a theme asks for, as an object of nulls. */
static const struct value *names_of(struct arena *a, const struct value *body)
{
    struct value *names = value_new(a, VALUE_OBJECT);
    for (const struct value *g = list_first(body, "groups"); g; g = g->next)
        for (const struct value *f = list_first(g, "fields"); f; f = f->next)
            value_add(names, maybe_text(f, "name"), value_new(a, VALUE_NULL));
    return names;
}

static const struct dmn_model *rules_of(struct reader *r, str code, str xml)
{
    struct dmn_source source = { code, xml };
    struct dmn_model *model = NULL;
    struct feel_notes notes = { 0 };
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

static const struct {
    const char *kind;
    enum field_type type;
    int64_t min, max;
} kinds[] = {
    { "text", FIELD_TEXT, 1, 200 },     { "lines", FIELD_LINES, 1, 2000 },
    { "int", FIELD_INT, 0, 1000000000 }, { "day", FIELD_DAY, 0, 0 },
    { "choice", FIELD_CHOICE, 0, 0 },   { "flag", FIELD_FLAG, 0, 0 },
    { "id", FIELD_ID, 0, 0 },           { "credit", FIELD_CREDIT, 0, 0 },
    { "mobile", FIELD_MOBILE, 0, 0 },   { "address", FIELD_TEXT, 4, 200 },
    { "town", FIELD_TEXT, 1, 10 },      { "decimal", FIELD_TEXT, 1, 20 },
    { "money", FIELD_TEXT, 1, 20 },
};

static void set_kind(struct reader *r, struct offer_field *f)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(f->kind, kinds[i].kind)) {
            f->check.type = kinds[i].type;
            f->check.min = kinds[i].min;
            f->check.max = kinds[i].max;
            return;
        }
    if (r->broken == NULL)
        r->broken = "type";
}

static void read_choices(struct reader *r, struct offer_field *f,
                         const struct value *v)
{
    f->choice_count = list_count(v, "choices");
    f->choices = ARENA_NEW_N(r->a, struct offer_choice, f->choice_count + 1);
    struct buf joined = { 0 };
    size_t i = 0;
    for (const struct value *c = list_first(v, "choices"); c; c = c->next) {
        f->choices[i].value = text_of(r, c, "value");
        f->choices[i].label = text_of(r, c, "label");
        if (i)
            buf_byte(&joined, ',');
        buf_put(&joined, f->choices[i++].value);
    }
    f->check.choices = arena_cstr(r->a, buf_str(&joined));
    buf_free(&joined);
}

static void read_field(struct reader *r, struct offer_field *f,
                       const struct value *v)
{
    f->name = text_of(r, v, "name");
    f->label = text_of(r, v, "label");
    f->kind = text_of(r, v, "type");
    f->hint = maybe_text(v, "hint");
    f->unit = maybe_text(v, "unit");
    const struct value *optional = value_get(v, STR("optional"));
    f->optional = optional && optional->kind == VALUE_BOOL && optional->i;
    f->when = when_of(r, v);
    set_kind(r, f);
    f->check.name = arena_cstr(r->a, f->name);
    f->check.label = arena_cstr(r->a, f->label);
    f->check.min = f->optional ? 0 : int_of(v, "min", f->check.min);
    f->check.max = int_of(v, "max", f->check.max);
    read_choices(r, f, v);
}

static void read_groups(struct reader *r, struct offer *o)
{
    o->group_count = list_count(o->body, "groups");
    o->groups = ARENA_NEW_N(r->a, struct offer_group, o->group_count + 1);
    struct offer_group *g = o->groups;
    for (const struct value *v = list_first(o->body, "groups"); v;
         v = v->next, g++) {
        g->code = text_of(r, v, "code");
        g->title = text_of(r, v, "title");
        g->when = when_of(r, v);
        g->field_count = list_count(v, "fields");
        g->fields = ARENA_NEW_N(r->a, struct offer_field, g->field_count + 1);
        struct offer_field *f = g->fields;
        for (const struct value *x = list_first(v, "fields"); x; x = x->next)
            read_field(r, f++, x);
    }
}

static void read_papers(struct reader *r, struct offer *o)
{
    o->paper_count = list_count(o->body, "papers");
    o->papers = ARENA_NEW_N(r->a, struct offer_paper, o->paper_count + 1);
    struct offer_paper *p = o->papers;
    for (const struct value *v = list_first(o->body, "papers"); v;
         v = v->next, p++) {
        p->code = text_of(r, v, "code");
        p->name = text_of(r, v, "name");
        p->source = text_of(r, v, "source");
        p->from = maybe_text(v, "from");
        p->note = maybe_text(v, "note");
        p->need = (int)int_of(v, "need", 1);
        p->sample = texts_of(r, v, "sample", &p->sample_count);
    }
}

static void read_parts(struct reader *r, struct offer *o)
{
    o->part_count = list_count(o->body, "parts");
    o->parts = ARENA_NEW_N(r->a, struct offer_part, o->part_count + 1);
    struct offer_part *p = o->parts;
    for (const struct value *v = list_first(o->body, "parts"); v;
         v = v->next, p++) {
        p->code = text_of(r, v, "code");
        p->title = text_of(r, v, "title");
        p->item = text_of(r, v, "item");
        p->unit = maybe_text(v, "unit");
        p->unit_from = maybe_text(v, "unit_from");
        p->note = maybe_text(v, "note");
        p->promised = (int)int_of(v, "promised", 0);
        p->papers = texts_of(r, v, "papers", &p->paper_count);
        p->fields = texts_of(r, v, "fields", &p->field_count);
    }
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

/* A theme row, compiled; NULL with a line in the log when it cannot be. */
static struct offer *read_theme(struct tx *tx, struct arena *a,
                                const struct theme_live *row)
{
    struct reader r = { .a = a };
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
    o->icon = maybe_text(body, "icon");
    o->audience = maybe_text(body, "audience");
    o->lead = text_of(&r, body, "lead");
    o->promised = (int)int_of(body, "promised", 0);
    o->minutes = (int)int_of(body, "minutes", 10);
    o->joint = o->online = true;
    r.names = names_of(a, body);
    read_groups(&r, o);
    read_papers(&r, o);
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

/* What every single item asks: who, how to reach them, what about. */
static const char item_questions[] =
    "{\"groups\":[{\"code\":\"applicant\",\"title\":\"申请人\",\"fields\":["
    "{\"name\":\"applicant_name\",\"type\":\"text\",\"label\":\"姓名或者名称\","
    "\"min\":2,\"max\":60},"
    "{\"name\":\"applicant_code\",\"type\":\"%s\",\"label\":\"%s\"},"
    "{\"name\":\"mobile\",\"type\":\"mobile\",\"label\":\"手机号码\","
    "\"hint\":\"只用来通知办理进度，不公开。\"},"
    "{\"name\":\"town\",\"type\":\"town\",\"label\":\"所在乡镇（街道）\"}]},"
    "{\"code\":\"matter\",\"title\":\"申请事项\",\"fields\":["
    "{\"name\":\"matter\",\"type\":\"lines\",\"label\":\"申请内容\","
    "\"hint\":\"简要说明要办什么、涉及的地点和数量。\",\"min\":4,\"max\":1000}"
    "]}]}";

static enum err item_papers(struct tx *tx, struct arena *a, struct offer *o)
{
    struct material_list *m;
    size_t n;
    enum err e = material_list(tx, o->code, &m, &n);
    if (e != OK)
        return e;
    o->papers = ARENA_NEW_N(a, struct offer_paper, n + 1);
    o->paper_count = n;
    o->parts[0].papers = ARENA_NEW_N(a, str, n + 1);
    o->parts[0].paper_count = n;
    for (size_t i = 0; i < n; i++) {
        o->papers[i] = (struct offer_paper){
            .code = arena_str(a, m[i].code),
            .name = arena_str(a, m[i].name),
            .source = arena_str(a, m[i].source),
            .note = arena_str(a, str_is_none(m[i].note) ? STR("") : m[i].note),
            .from = STR("电子证照库"),
            .need = (int)m[i].need,
        };
        o->parts[0].papers[i] = o->papers[i].code;
    }
    return OK;
}

/* The one part of a single item gets every answer. */
static void item_part_fields(struct arena *a, struct offer *o)
{
    size_t n = 0;
    for (size_t g = 0; g < o->group_count; g++)
        n += o->groups[g].field_count;
    o->parts[0].fields = ARENA_NEW_N(a, str, n + 1);
    for (size_t g = 0; g < o->group_count; g++)
        for (size_t f = 0; f < o->groups[g].field_count; f++)
            o->parts[0].fields[o->parts[0].field_count++] =
                o->groups[g].fields[f].name;
}

static enum err read_item(struct tx *tx, struct arena *a, str code,
                          struct offer **out)
{
    struct item_guide item;
    enum err e = item_guide(tx, code, &item);
    if (e != OK)
        return e;

    bool company = str_is(item.object, "法人");
    str json = arena_printf(a, item_questions, company ? "credit" : "id",
                            company ? "统一社会信用代码" : "公民身份号码");
    struct reader r = { .a = a };
    struct offer *o = ARENA_NEW(a, struct offer);
    struct value *body;
    str problem;
    e = value_read_json(a, json, &body, &problem);
    if (e != OK)
        return e;
    o->body = body;
    o->code = arena_str(a, item.code);
    o->version = (int)item.version;
    o->title = arena_str(a, item.name);
    o->summary = STR("");
    o->audience = arena_str(a, item.object);
    o->icon = STR("file-text");
    o->lead = arena_str(a, item.unit);
    o->promised = (int)item.promised_n;
    o->minutes = 10;
    o->online = item.online != 0;
    read_groups(&r, o);
    o->parts = ARENA_NEW(a, struct offer_part);
    o->part_count = 1;
    o->parts[0] = (struct offer_part){
        .code = STR("one"), .title = o->title, .item = o->code,
        .unit = o->lead, .promised = o->promised, .note = STR(""),
        .unit_from = STR(""),
    };
    e = complete_parts(tx, a, o);
    if (e == OK)
        e = item_papers(tx, a, o);
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
    const struct store *store;
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
    struct theme_live *themes;
    size_t n;
    enum err e = theme_live(tx, &themes, &n);
    if (e != OK)
        return e;
    for (size_t i = 0; i < n; i++)
        if (str_eq(themes[i].code, code)) {
            *out = read_theme(tx, a, &themes[i]);
            return *out ? OK : ERR_STORE;
        }
    struct offer *item = NULL;
    e = read_item(tx, a, code, &item);
    *out = item;
    return e;
}

enum err offer_find(struct tx *tx, str code, const struct offer **out)
{
    pthread_mutex_lock(&cache.lock);
    uint64_t version = store_version(tx->store, TOPIC_CATALOGUE);
    if (cache.store != tx->store || cache.version != version) {
        for (size_t i = 0; i < SLOTS; i++)
            cache.slot[i] = NULL;
        cache.store = tx->store;
        cache.version = version;
    }
    const struct offer **slot = slot_of(code), *found = slot ? *slot : NULL;
    enum err e = OK;
    if (found == NULL) {
        e = read_offer(tx, &cache.arena, code, &found);
        if (e == OK && slot)
            *slot = found;
    }
    pthread_mutex_unlock(&cache.lock);
    if (e == OK)
        *out = found;
    return e;
}

const struct offer_paper *offer_paper(const struct offer *o, str code)
{
    for (size_t i = 0; i < o->paper_count; i++)
        if (str_eq(o->papers[i].code, code))
            return &o->papers[i];
    return NULL;
}

const struct offer_field *offer_field(const struct offer *o, str name)
{
    for (size_t g = 0; g < o->group_count; g++)
        for (size_t f = 0; f < o->groups[g].field_count; f++)
            if (str_eq(o->groups[g].fields[f].name, name))
                return &o->groups[g].fields[f];
    return NULL;
}
