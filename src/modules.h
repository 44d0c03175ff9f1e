/* The modules of the platform, in the order their menus appear; NULL-ended. */
#ifndef MODULES_H
#define MODULES_H

#include "kernel/call/call.h"
#include "kernel/http/http.h"

extern const struct module *const modules[];

/* What they ask of machines outside; NULL-ended. */
extern const struct call_kind *const calls[];

/* zhengtong serve */
int serve_command(int argc, char **argv);

/* zhengtong check; exit 0 whole, 1 something is not so, 2 not readable. */
int check_command(int argc, char **argv);

#endif
