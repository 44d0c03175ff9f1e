/*
 * Moving running cases to another version: tried first, then a batch.
 *
 * The batch is a row; the job takes one case at a time, each in a transaction
 * of its own with one event, and writes how far it is in the same transaction.
 * What has no place stays where it is and is counted.
 */
#include "kernel/process/inside.h"

#include "kernel/audit/audit.h"

/* The state of w on another graph, rows and event with it.  ERR_RANGE: it has
 * no place there, nothing has changed. */
static enum err move_one(struct process_work *w, const struct process_graph *to,
                         int64_t def, const struct value *map, int64_t move,
                         struct process_answer *out)
{
    struct tx *tx = w->tx;
    struct arena *a = tx->arena;
    struct buf body = { 0 }, detail = { 0 };
    int64_t was = w->v.revision, from = w->v.def;
    enum err e = flow_move(w->v.flow, process_bpmn(to), map, &out->problem);
    if (e != OK)
        return e;
    process_let_go(w->v.graph);
    w->v.graph = to;
    w->v.revision = was + 1;
    e = process_keep_anew(w, out);
    flow_save(w->v.flow, &body);
    if (e == OK)
        e = process_case_move(tx, w->v.id, was, def, move, w->v.state,
                              arena_str(a, buf_str(&body)));
    if (e == OK)
        e = process_count_add(tx, from, -1, NULL);
    if (e == OK)
        e = process_count_add(tx, def, 1, NULL);
    struct value *o = value_new(a, VALUE_OBJECT);
    value_add(o, STR("from"), value_int(a, from));
    value_add(o, STR("to"), value_int(a, def));
    value_add(o, STR("move"), value_int(a, move));
    if (map) {
        struct value *copy = value_new(a, VALUE_OBJECT);
        *copy = *map;
        copy->next = NULL;
        value_add(o, STR("map"), copy);
    }
    value_write_json(o, &detail);
    if (e == OK)
        e = process_event_add(tx, w->v.id, was + 1, tx->now, tx->who->account,
                              tx->who->name, STR("move"), STR(""), 0,
                              arena_str(a, buf_str(&detail)));
    buf_free(&body);
    buf_free(&detail);
    return e;
}

/* ---- trying ---- */

static void count(struct process_trial *t, const struct process_view *v,
                  enum err e, str problem)
{
    t->cases++;
    if (e == OK) {
        t->fit++;
        return;
    }
    if (t->problems++ == 0) {
        t->example = v->number;
        t->problem = problem;
    }
}

enum err process_move_try(struct tx *tx, int64_t from, int64_t to,
                          const struct value *map, int limit,
                          struct process_trial *out)
{
    const struct process_graph *graph;
    struct process_move_cases *row;
    int64_t after = 0;
    size_t n = 1;
    *out = (struct process_trial){ .problem = str_none };
    enum err e = process_graph(tx, to, &graph);
    if (e != OK)
        return e;
    while (e == OK && n && out->cases < limit) {
        struct process_view v;
        str problem = STR("");
        e = process_move_cases(tx, from, INT_NONE, after, &row, &n);
        if (e != OK || n == 0)
            break;
        after = row[0].id;
        e = process_open(tx, after, &v);
        if (e != OK)
            break;
        count(out, &v, flow_move(v.flow, process_bpmn(graph), map, &problem),
              problem);
        process_close(&v);
    }
    process_let_go(graph);
    return e;
}

/* ---- ordering ---- */

static enum err order(struct tx *tx, int64_t from, int64_t to, str map,
                      int64_t undoes, const char *action, int64_t *id)
{
    struct process_move_count cases;
    struct process_def_text def;
    enum err e = process_move_count(tx, from, undoes, &cases);
    if (e == OK)
        e = process_def_text(tx, from, &def);
    *id = store_id(tx->store);
    if (e == OK)
        e = process_move_add(tx, *id, from, to, map, undoes, cases.cases,
                             tx->who->account, tx->who->name, tx->now);
    return e == OK ? audit_note(tx, str_of(action), def.key,
                                arena_printf(tx->arena, "%lld 件；%.*s",
                                             (long long)cases.cases,
                                             STR_ARG(map)))
                   : e;
}

enum err process_move(struct tx *tx, int64_t from, int64_t to,
                      const struct value *map, int64_t *id, str *problem)
{
    struct process_def_text a, b;
    struct buf json = { 0 };
    enum err e = process_def_text(tx, from, &a);
    if (e == OK)
        e = process_def_text(tx, to, &b);
    if (e == OK && (from == to || !str_eq(a.key, b.key) ||
                    !str_is(a.kind, "process") || !str_is(b.kind, "process"))) {
        *problem = STR("只能换到同一个流程的另一个版本。");
        return ERR_RANGE;
    }
    if (e != OK)
        return e;
    if (map)
        value_write_json(map, &json);
    str text = arena_str(tx->arena, buf_str(&json));
    buf_free(&json);
    return order(tx, from, to, text, INT_NONE, "process.move", id);
}

static struct value *turned(struct arena *a, const struct value *map)
{
    struct value *o = value_new(a, VALUE_OBJECT);
    for (const struct value *m = map ? map->first : NULL; m; m = m->next)
        if (m->kind == VALUE_TEXT && m->text.n)
            value_add(o, m->text, value_text(a, m->key));
    return o;
}

static enum err read_map(struct arena *a, str text, struct value **map)
{
    str problem;
    *map = NULL;
    return text.n ? value_read_json(a, text, map, &problem) : OK;
}

enum err process_move_undo(struct tx *tx, int64_t id, int64_t *undo,
                           str *problem)
{
    struct process_move_one m;
    struct process_move_undone undone;
    struct value *map;
    struct buf json = { 0 };
    enum err e = process_move_one(tx, id, &m);
    if (e == OK)
        e = process_move_undone(tx, id, &undone);
    if (e == OK)
        e = read_map(tx->arena, m.map, &map);
    if (e != OK)
        return e;
    if (!str_is(m.state, "done") || undone.undone || m.undoes != INT_NONE) {
        *problem = STR("这一批还没有完成、已经撤销，或者本身就是撤销。");
        return ERR_CONFLICT;
    }
    value_write_json(turned(tx->arena, map), &json);
    str text = arena_str(tx->arena, buf_str(&json));
    buf_free(&json);
    return order(tx, m.to_def, m.from_def, text, id, "process.move.undo",
                 undo);
}

/* ---- the job ---- */

static enum err take(struct tx *tx, const struct process_move_one *m,
                     int64_t id, str *problem)
{
    const struct process_graph *to;
    struct process_work w = { .tx = tx };
    struct process_answer out = { .problem = STR("") };
    struct who actor = { .account = m->actor, .name = m->name,
                         .unit = STR(""), .role = STR("system_admin"),
                         .via = STR("system") };
    struct value *map;
    const struct who *before = tx->who;
    enum err e = read_map(tx->arena, m->map, &map);
    if (e == OK)
        e = process_load(tx, id, &w, &out);
    if (e == OK)
        e = process_graph(tx, m->to_def, &to);
    if (e != OK) {
        process_close(&w.v);
        *problem = out.problem;
        return e;
    }
    tx->who = &actor;
    e = move_one(&w, to, m->to_def, map, m->id, &out);
    tx->who = before;
    if (e != OK && w.v.graph != to)
        process_let_go(to);
    *problem = out.problem.n ? arena_printf(tx->arena, "%.*s：%.*s",
                                            STR_ARG(w.v.number),
                                            STR_ARG(out.problem))
                             : STR("");
    process_close(&w.v);
    return e;
}

enum err process_moves_job(struct tx *tx, bool *more)
{
    struct process_move_next next;
    struct process_move_one m;
    struct process_move_cases *row;
    str problem = STR("");
    size_t n;
    process_turn_over();
    enum err e = process_move_next(tx, &next);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    e = process_move_one(tx, next.id, &m);
    if (e == OK)
        e = process_move_cases(tx, m.from_def, m.undoes, m.after, &row, &n);
    if (e != OK)
        return e;
    if (n == 0)
        return process_move_step(tx, m.id, m.after, m.after, 0, 0, STR(""),
                                 STR("done"), tx->now);
    e = take(tx, &m, row[0].id, &problem);
    bool refused = e == ERR_RANGE || (e == ERR_STORE && problem.n);
    if (e != OK && !refused)
        return e;
    *more = !process_turn_over();
    return process_move_step(tx, m.id, m.after, row[0].id, !refused, refused,
                             problem, STR("running"), inst_none);
}
