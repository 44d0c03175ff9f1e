/* Compiled processes are shared by threads, bounded, and never freed in use. */
#include "kernel/process/tests/office.h"

#include <pthread.h>

enum { DEFS = 80, THREADS = 4, LOOKS = 400 };

struct crowd {
    struct office *o;
    int64_t def[DEFS];
    int n;
};

static enum err ids_work(struct tx *tx, void *context)
{
    struct crowd *c = context;
    struct process_versions *v;
    size_t n;
    enum err e = process_versions(tx, &v, &n);
    for (size_t i = 0; i < n && i < DEFS; i++)
        c->def[c->n++] = v[i].id;
    return e;
}

struct looker {
    struct crowd *crowd;
    uint32_t dice;
    int wrong;
};

static enum err look(struct looker *l, struct tx *tx)
{
    const struct process_graph *g, *h;
    enum err e = OK;
    for (int i = 0; i < LOOKS && e == OK; i++) {
        l->dice = l->dice * 1664525u + 1013904223u;
        int64_t def = l->crowd->def[(l->dice >> 8) % DEFS];
        e = process_graph(tx, def, &g);
        if (e == OK)
            e = process_graph(tx, def, &h);
        if (e != OK)
            break;
        l->wrong += process_bpmn(g)->node_count != 1 || g != h;
        process_let_go(h);
        l->wrong += process_bpmn(g)->node_count != 1;
        process_let_go(g);
    }
    return e;
}

static void *look_main(void *p)
{
    struct looker *l = p;
    struct arena a = { 0 };
    struct tx tx = { .arena = &a, .who = &l->crowd->o->t.who,
                     .now = l->crowd->o->t.now, .client = STR(""),
                     .request_id = STR("") };
    if (store_begin(l->crowd->o->t.store, &tx) != OK) {
        l->wrong++;
        return NULL;
    }
    l->wrong += look(l, &tx) != OK;
    store_end(&tx);
    arena_free(&a);
    return NULL;
}

static void many_threads_share_more_versions_than_are_kept(
    enum test_database which)
{
    struct office o;
    struct crowd c = { .o = &o };
    struct looker l[THREADS];
    pthread_t thread[THREADS];
    if (!office_open(&o, which))
        return;
    for (int i = 0; i < DEFS; i++)
        deploy(&o, "many", arena_printf(&o.t.arena, HEAD
               "<process id=\"p%d\" isExecutable=\"true\">"
               "<startEvent id=\"s%d\"/>" TAIL, i, i).p);
    CHECK(test_store_look(&o.t, ids_work, &c) == OK && c.n == DEFS);
    for (int i = 0; i < THREADS; i++) {
        l[i] = (struct looker){ &c, (uint32_t)i * 77u + 5u, 0 };
        CHECK(pthread_create(&thread[i], NULL, look_main, &l[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        CHECK(l[i].wrong == 0);
    }
    test_store_close(&o.t);
}

int main(void)
{
    static either *const tests[] = {
        many_threads_share_more_versions_than_are_kept,
    };
    return run_either(tests, sizeof tests / sizeof *tests);
}
