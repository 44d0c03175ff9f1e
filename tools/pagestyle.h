#ifndef TOOLS_PAGESTYLE_H
#define TOOLS_PAGESTYLE_H

#include "base/base.h"

/* Complains on stderr; returns how often. */
int pagestyle_check(const char *path, str text);

#endif
