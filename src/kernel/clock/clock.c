/* What the clock room does by itself. */
#include "kernel/audit/audit.h"
#include "kernel/clock/stored.h"
#include "kernel/http/http.h"
#include "kernel/job/job.h"

static const struct clock_outside outside = { flow_signal, audit_note };

static enum err levels(struct tx *tx, bool *more)
{
    return clock_levels_run(tx, &outside, more);
}

/* A calendar put in force now is counted with in the next command. */
static enum err calendar(struct tx *tx, bool *more)
{
    enum err e = clock_calendar_renew(tx, more);
    return e != OK || *more ? e : clock_recount_run(tx, &outside, more);
}

static const struct job jobs[] = {
    { "levels", 2, levels },
    { "calendar", 60, calendar },
    { 0 },
};

static const struct route no_routes[] = { { 0 } };
static const struct permission no_permissions[] = { { 0 } };

const struct module clock_module = {
    .name = "clock", .routes = no_routes, .permissions = no_permissions,
    .jobs = jobs,
};
