/* The modules of the platform, in the order their menus appear; NULL-ended. */
#ifndef MODULES_H
#define MODULES_H

#include "kernel/http/http.h"

extern const struct module *const modules[];

/* zhengtong serve */
int serve_command(int argc, char **argv);

#endif
