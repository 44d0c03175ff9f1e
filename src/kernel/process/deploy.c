/*
 * Into force and out of force, and the tables a rule task asks.
 *
 * A row is one act: bringing an older text back makes a new version, so that
 * "what was in force then" is a question to one index.
 */
#include "kernel/process/inside.h"

#include "kernel/rules/dmn.h"

#include <sodium.h>

enum { DIGEST = crypto_hash_sha256_BYTES };

static str code_of(enum process_kind kind)
{
    return kind == PROCESS_FLOW ? STR("process") : STR("table");
}

/* Whatever it calls by name is in force. */
static enum err callees(struct tx *tx, const struct bpmn *g, str key,
                        str *problem)
{
    struct process_missing m;
    enum err e = process_callee_missing(tx, g, key, &m);
    if (e != OK || str_is_none(m.key))
        return e;
    *problem = arena_printf(tx->arena, "“%.*s”要调用的流程“%.*s”没有生效的版"
                            "本，请先部署它。", STR_ARG(m.element),
                            STR_ARG(m.key));
    return ERR_INPUT;
}

/* What the file calls itself; ERR_INPUT when it cannot be read or calls what
 * is not there. */
static enum err title_of(struct tx *tx, enum process_kind kind, str key,
                         str xml, str *title, str *problem)
{
    struct arena *a = tx->arena;
    struct bpmn *g;
    struct value *outline;
    enum err e;
    if (kind == PROCESS_TABLE) {
        e = dmn_outline(a, xml, &outline, problem);
        if (e == OK)
            *title = value_get_text(outline, STR("name"));
        return e;
    }
    e = bpmn_read(a, xml, &g, problem);
    if (e != OK)
        return e;
    e = callees(tx, g, key, problem);
    for (int i = 0; i < g->process_count && title->n == 0; i++)
        if (g->processes[i].child_count)
            *title = arena_str(a, g->processes[i].name);
    if (g->process_count == 0) {
        *problem = STR("文件中没有流程，不能部署。");
        e = ERR_INPUT;
    }
    bpmn_free(g);
    return e;
}

enum err process_deploy(struct tx *tx, enum process_kind kind, str key,
                        str title, str xml, int64_t *version, str *problem)
{
    str code = code_of(kind), own = STR("");
    struct process_def_live live;
    struct process_def_newest newest;
    unsigned char *digest = arena_alloc(tx->arena, DIGEST);
    crypto_hash_sha256(digest, (const unsigned char *)xml.p, xml.n);
    str sum = { (const char *)digest, DIGEST };
    enum err e = process_def_live(tx, code, key, &live);
    if (e == OK && str_eq(live.digest, sum)) {
        *version = live.version;
        return OK;
    }
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    e = title_of(tx, kind, key, xml, &own, problem);
    if (e != OK)
        return e;
    e = process_def_newest(tx, code, key, &newest);
    if (e == OK)
        e = process_def_retire(tx, code, key, tx->now, NULL);
    if (e != OK)
        return e;
    if (*version == 0)
        *version = newest.version == INT_NONE ? 1 : newest.version + 1;
    return process_def_add(tx, store_id(tx->store), code, key, *version,
                           title.n ? title : own.n ? own : key, xml, sum,
                           tx->now);
}

enum err process_retire(struct tx *tx, enum process_kind kind, str key)
{
    return process_def_retire(tx, code_of(kind), key, tx->now, NULL);
}

/* ---- rule tasks ---- */

/* "canyin/parts" is decision parts of table canyin. */
struct value *process_decide(void *context, str decision,
                             const struct value *variables, inst now,
                             struct arena *a, str *note)
{
    struct process_decider *d = context;
    const struct process_graph *g;
    const struct dmn_model *m;
    struct process_def_at at;
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    str name = decision, key = str_cut(&name, '/');
    *note = STR("没有部署这个决策表，请部署后重试");
    /* The one of its own time; where there was none, that of this moment,
     * which comes with the command and is the same in a replay. */
    enum err e = process_def_at(d->tx, STR("table"), key, d->began, &at);
    if (e == ERR_NOTFOUND)
        e = process_def_at(d->tx, STR("table"), key, now, &at);
    if (e != OK || process_table(d->tx, at.id, &g, &m) != OK)
        return NULL;
    if (str_is_none(name))
        name = dmn_main_decision(m, a, key);
    e = dmn_evaluate(m, name, variables, now, a, &out, &notes);
    *note = notes.first ? arena_str(a, notes.first->text)
                        : STR("决策表里没有这个决策");
    process_let_go(g);
    return e == OK ? out : NULL;
}
