/* What this room hears and does by itself. */
#include "kernel/process/inside.h"

static const struct event events[] = {
    { "process.message", process_heard_message },
    { "process.signal", process_heard_signal },
    { "process.deliver", process_heard_deliver },
    { "process.work", process_heard_work },
    { "process.work.lost", process_heard_lost },
    { "clock.moved", process_heard_moved },
    { 0 },
};

static const struct job jobs[] = {
    { "process.timers", 1, process_timers },
    { "process.moves", 1, process_moves_job },
    { "process.sweep", 600, process_sweep },
    { "process.archive", 3600, process_archive_job },
    { 0 },
};

const struct module process_module = {
    .name = "process",
    .events = events,
    .jobs = jobs,
};
