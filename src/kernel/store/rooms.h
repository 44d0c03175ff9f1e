/* What sqlgen makes of all rooms, for the store alone. */
#ifndef KERNEL_STORE_ROOMS_H
#define KERNEL_STORE_ROOMS_H

#include "kernel/store/store.h"

/* The queries of one room. */
struct store_room {
    const struct store_query *const *queries;
    size_t n;
};

/* All rooms that have queries, ended by NULL. */
extern const struct store_room *const store_rooms[];

struct store_migration {
    const char *room;      /* "auth"; NULL ends the list */
    int number;            /* 1.. within the room */
    const char *name;      /* "0001_accounts" */
    const char *lite, *pg; /* several statements each */
};

/* In the order they run: rooms as sqlgen walks them, numbers growing. */
extern const struct store_migration store_migrations[];

#endif
