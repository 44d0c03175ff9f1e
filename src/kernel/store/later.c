/* A small write that a reader leaves behind: which papers an officer has seen.
 * It is not waited for, and losing it to a power cut harms nobody. */
#include "kernel/store/store.h"

#include <stdlib.h>

struct later {
    struct command command;
    struct arena arena;
    struct who who;
    store_later_run *run;
    int64_t a, b;
};

static enum err later_run(struct command *c, struct tx *tx)
{
    struct later *l = (struct later *)c;
    return l->run(tx, l->a, l->b);
}

static void later_done(struct command *c, enum err e)
{
    struct later *l = (struct later *)c;
    (void)e;
    arena_free(&l->arena);
    free(l);
}

void store_later(const struct tx *tx, store_later_run *run, int64_t a,
                 int64_t b)
{
    struct later *l = calloc(1, sizeof *l);
    if (l == NULL)
        return;
    const struct who *w = tx->who;
    l->who = (struct who){ w->account, arena_str(&l->arena, w->name),
                           arena_str(&l->arena, w->unit),
                           arena_str(&l->arena, w->role),
                           arena_str(&l->arena, w->via) };
    l->run = run;
    l->a = a;
    l->b = b;
    l->command = (struct command){
        .run = later_run, .done = later_done,
        .tx = { .arena = &l->arena, .who = &l->who, .now = tx->now },
    };
    if (store_submit(tx->store, &l->command) != OK)
        later_done(&l->command, ERR_BUSY);
}
