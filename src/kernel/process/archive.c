/*
 * The archive: finished cases whole, as compressed JSON in a table.
 *
 * A table and not a file of its own, because a table is the same on both
 * databases, is in every backup, and leaves with the same transaction that
 * takes the rows away (docs/decisions/0011).
 */
#include "kernel/process/inside.h"

#include <string.h>
#include <zlib.h>

enum { UNPACKED = 8 << 20 }; /* bytes a case may have */

static void add_text(struct value *o, struct arena *a, const char *key, str s)
{
    if (s.n)
        value_add(o, str_of(key), value_text(a, s));
}

static void add_int(struct value *o, struct arena *a, const char *key,
                    int64_t i)
{
    if (i)
        value_add(o, str_of(key), value_int(a, i));
}

static struct value *fact_value(struct arena *a, const struct process_fact *f)
{
    struct value *o = value_new(a, VALUE_OBJECT);
    add_int(o, a, "seq", f->seq);
    add_int(o, a, "at", f->at.ms);
    add_int(o, a, "actor", f->actor);
    add_text(o, a, "name", f->name);
    add_text(o, a, "verb", f->verb);
    add_text(o, a, "node", f->node);
    add_int(o, a, "task", f->task);
    if (f->detail->count)
        value_add(o, STR("detail"), f->detail);
    return o;
}

static str packed(struct arena *a, str text)
{
    uLong room = compressBound((uLong)text.n);
    char *p = arena_alloc(a, room + 4);
    uint32_t n = (uint32_t)text.n;
    for (int i = 0; i < 4; i++)
        p[i] = (char)(n >> 8 * i);
    int z = compress2((Bytef *)p + 4, &room, (const Bytef *)text.p,
                      (uLong)text.n, 9);
    return z == Z_OK ? (str){ p, room + 4 } : str_none;
}

static enum err unpacked(struct arena *a, str bytes, str *out)
{
    uint32_t n = 0;
    if (bytes.n < 4)
        return ERR_STORE;
    for (int i = 0; i < 4; i++)
        n |= (uint32_t)(unsigned char)bytes.p[i] << 8 * i;
    if (n > UNPACKED)
        return ERR_STORE;
    char *p = arena_alloc(a, n + 1);
    uLongf got = n;
    if (uncompress((Bytef *)p, &got, (const Bytef *)bytes.p + 4,
                   (uLong)bytes.n - 4) != Z_OK)
        return ERR_STORE;
    *out = (str){ p, got };
    return OK;
}

static enum err write_whole(struct tx *tx, const struct process_case_one *c)
{
    struct arena *a = tx->arena;
    struct process_fact *facts;
    struct buf json = { 0 };
    size_t n;
    enum err e = process_facts(tx, c->id, &facts, &n);
    if (e != OK)
        return e;
    struct value *o = value_new(a, VALUE_OBJECT);
    struct value *list = value_new(a, VALUE_LIST);
    add_int(o, a, "def", c->def);
    add_text(o, a, "module", c->module);
    add_text(o, a, "title", c->title);
    add_text(o, a, "unit", c->unit);
    add_int(o, a, "applicant", c->applicant);
    add_int(o, a, "began", c->began.ms);
    add_text(o, a, "state", c->state);
    for (size_t i = 0; i < n; i++)
        value_push(list, fact_value(a, &facts[i]));
    value_add(o, STR("events"), list);
    value_write_json(o, &json);
    str body = json.n <= UNPACKED ? packed(a, buf_str(&json)) : str_none;
    buf_free(&json);
    return str_is_none(body) ? ERR_STORE
                             : process_archive_add(tx, c->id, c->number,
                                                   c->ended, body);
}

static enum err put_away(struct tx *tx, int64_t id)
{
    struct process_case_one c;
    enum err e = process_case_one(tx, id, &c);
    if (e == OK)
        e = write_whole(tx, &c);
    if (e == OK)
        e = process_events_drop(tx, id, NULL);
    if (e == OK)
        e = process_incidents_drop(tx, id, NULL);
    return e == OK ? process_case_drop(tx, id) : e;
}

enum err process_archive(struct tx *tx, inst before, bool *more)
{
    struct process_archive_due *due;
    size_t n;
    enum err e = process_archive_due(tx, before, &due, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        e = put_away(tx, due[i].id);
    *more = n == 50;
    return e;
}

/* ---- reading ---- */

static struct process_fact fact_from(struct arena *a, const struct value *o)
{
    const struct value *detail = value_get(o, STR("detail"));
    struct process_fact f = {
        .seq = value_get_int(o, STR("seq"), 0),
        .at = { value_get_int(o, STR("at"), 0) },
        .actor = value_get_int(o, STR("actor"), 0),
        .name = value_get_text(o, STR("name")),
        .verb = value_get_text(o, STR("verb")),
        .node = value_get_text(o, STR("node")),
        .task = value_get_int(o, STR("task"), 0),
        .detail = detail ? (struct value *)detail : value_new(a, VALUE_OBJECT),
    };
    if (str_is_none(f.node))
        f.node = STR("");
    return f;
}

static enum err from_archive(struct tx *tx, str number,
                             struct process_fact **out, size_t *n)
{
    struct process_archive_one row;
    struct value *o;
    str text, problem;
    enum err e = process_archive_one(tx, number, &row);
    if (e == OK)
        e = unpacked(tx->arena, row.body, &text);
    if (e == OK)
        e = value_read_json(tx->arena, text, &o, &problem);
    if (e != OK)
        return e == ERR_INPUT ? ERR_STORE : e;
    const struct value *list = value_get(o, STR("events"));
    *n = 0;
    *out = ARENA_NEW_N(tx->arena, struct process_fact,
                       list ? list->count + 1 : 1);
    for (const struct value *m = list ? list->first : NULL; m; m = m->next)
        (*out)[(*n)++] = fact_from(tx->arena, m);
    return OK;
}

enum err process_history(struct tx *tx, str number, struct process_fact **out,
                         size_t *n)
{
    int64_t id;
    enum err e = process_find(tx, number, &id);
    return e == OK             ? process_facts(tx, id, out, n)
           : e == ERR_NOTFOUND ? from_archive(tx, number, out, n)
                               : e;
}
