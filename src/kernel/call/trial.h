/*
 * trial -- an outside platform to try out with: a small HTTP server of this
 * machine only, for the subcommands that stand in for one (payments-test,
 * messages-test).  Never for real use: it trusts whoever reaches it.
 */
#ifndef KERNEL_CALL_TRIAL_H
#define KERNEL_CALL_TRIAL_H

#include "base/base.h"

struct trial_ask {
    const char *method;
    str path, body;
    str authorization; /* the header; none when it was not sent */
};

struct trial_answer {
    int status;                 /* 200 */
    const char *type;           /* application/json */
    struct buf body;            /* freed by the server */
    const char *header, *value; /* one more, or NULL */
};

struct trial {
    const char *name; /* of the subcommand */
    /* Once before the first request; the texts stay.  base: http://HOST:PORT */
    void (*begin)(str key, str base);
    /* In any thread.  out and what it points to live in a. */
    void (*answer)(struct arena *a, const struct trial_ask *ask,
                   struct trial_answer *out);
};

/*
 * Serves until SIGINT or SIGTERM.  Arguments: --listen 127.0.0.1:PORT --key
 * FILE, 16 bytes or more; --test-clock FILE.  The program's exit code.
 */
int trial_serve(const struct trial *t, int argc, char **argv);

/* Has it been told to stop?  For threads of its own. */
bool trial_over(void);

#endif
