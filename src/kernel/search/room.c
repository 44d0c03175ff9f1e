/* What this room does by itself. */
#include "kernel/search/upkeep.h"

static const struct job jobs[] = { { "search.merge", 2, search_merge }, { 0 } };

const struct module search_module = { .name = "search", .jobs = jobs };
