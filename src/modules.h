/* The modules of the platform, in the order their menus appear; NULL-ended. */
#ifndef MODULES_H
#define MODULES_H

#include "kernel/http/http.h"

extern const struct module *const modules[];

/* Once, before anything is done with a store. */
void modules_begin(void);

/* zhengtong serve */
int serve_command(int argc, char **argv);

/* zhengtong check; exit 0 whole, 1 something is not so, 2 not readable. */
int check_command(int argc, char **argv);

#endif
