/* The divisions built into the program: read once, kept for good.  A table
 * that cannot be read was built in broken: abort with its sentence. */
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena memory;
static struct divisions *divisions;

static void read_all(void)
{
    str problem = str_none;
    if (divisions_read(&memory, page_asset("data/gb2260.tsv"), &divisions,
                       &problem) == OK)
        return;
    fprintf(stderr, "zhengtong: data/gb2260.tsv: %.*s\n", STR_ARG(problem));
    abort();
}

const struct divisions *divisions_builtin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
    return divisions;
}
