/*
 * Compiled definitions, shared by all threads.
 *
 * What was deployed is never rewritten, so an entry is right for ever and is
 * known by its id alone, whatever store it came from.  Sixty-four are kept; the
 * one unused for longest goes first, and one in use never does.
 */
#include "kernel/process/inside.h"

#include "kernel/rules/dmn.h"

#include <pthread.h>
#include <stdlib.h>

enum { KEPT = 64 };

struct process_graph {
    int64_t def;
    struct arena arena;
    struct bpmn *bpmn;        /* of a process */
    struct dmn_model *model;  /* of a table */
    int users;
    uint64_t used;            /* when it was asked for last */
    bool kept;                /* in the array */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct process_graph *kept[KEPT];
static uint64_t moment;

const struct bpmn *process_bpmn(const struct process_graph *g)
{
    return g->bpmn;
}

static void destroy(struct process_graph *g)
{
    if (g->bpmn)
        bpmn_free(g->bpmn);
    arena_free(&g->arena);
    free(g);
}

static struct process_graph *known(int64_t def)
{
    for (int i = 0; i < KEPT; i++)
        if (kept[i] && kept[i]->def == def)
            return kept[i];
    return NULL;
}

static struct process_graph *take(int64_t def)
{
    pthread_mutex_lock(&lock);
    struct process_graph *g = known(def);
    if (g) {
        g->users++;
        g->used = ++moment;
    }
    pthread_mutex_unlock(&lock);
    return g;
}

void process_let_go(const struct process_graph *shared)
{
    struct process_graph *g = (struct process_graph *)shared;
    if (g == NULL)
        return;
    pthread_mutex_lock(&lock);
    bool last = --g->users == 0 && !g->kept;
    pthread_mutex_unlock(&lock);
    if (last)
        destroy(g);
}

/* Puts g among those kept, in the place of the one unused for longest; another
 * thread may have been quicker, and all places may be in use. */
static struct process_graph *keep(struct process_graph *g)
{
    struct process_graph *gone = NULL;
    pthread_mutex_lock(&lock);
    struct process_graph *there = known(g->def);
    int place = -1;
    for (int i = 0; i < KEPT && !there; i++)
        if (kept[i] == NULL ? place < 0 || kept[place]
                            : !kept[i]->users &&
                                  (place < 0 || (kept[place] &&
                                                 kept[i]->used <
                                                     kept[place]->used)))
            place = i;
    if (there) {
        gone = g;
        g = there;
    } else if (place >= 0) {
        gone = kept[place];
        kept[place] = g;
        g->kept = true;
    }
    g->users++;
    g->used = ++moment;
    pthread_mutex_unlock(&lock);
    if (gone)
        destroy(gone);
    return g;
}

static enum err compile(struct tx *tx, int64_t def, struct process_graph *g)
{
    struct process_def_text text;
    struct feel_notes notes = { 0 };
    str problem;
    enum err e = process_def_text(tx, def, &text);
    if (e != OK)
        return e;
    if (str_is(text.kind, "process"))
        return bpmn_read(&g->arena, text.xml, &g->bpmn, &problem);
    struct dmn_source source = { .name = text.key, .xml = text.xml };
    return dmn_load(&g->arena, &source, 1, &g->model, &notes);
}

static enum err find(struct tx *tx, int64_t def, struct process_graph **out)
{
    struct process_graph *g = take(def);
    if (g == NULL) {
        g = calloc(1, sizeof *g);
        if (g == NULL)
            return ERR_BUSY;
        g->def = def;
        enum err e = compile(tx, def, g);
        if (e != OK) {
            destroy(g);
            return e;
        }
        g = keep(g);
    }
    *out = g;
    return OK;
}

enum err process_graph(struct tx *tx, int64_t def,
                       const struct process_graph **out)
{
    struct process_graph *g;
    enum err e = find(tx, def, &g);
    if (e != OK)
        return e;
    if (g->bpmn == NULL) {
        process_let_go(g);
        return ERR_NOTFOUND;
    }
    *out = g;
    return OK;
}

enum err process_table(struct tx *tx, int64_t def,
                       const struct process_graph **out,
                       const struct dmn_model **model)
{
    struct process_graph *g;
    enum err e = find(tx, def, &g);
    if (e != OK)
        return e;
    *out = g;
    *model = g->model;
    return OK;
}

enum err process_graph_live(struct tx *tx, str key, int64_t *def,
                            const struct process_graph **out)
{
    struct process_def_live live;
    enum err e = process_def_live(tx, STR("process"), key, &live);
    if (e == OK)
        e = process_graph(tx, live.id, out);
    if (e == OK)
        *def = live.id;
    return e;
}
