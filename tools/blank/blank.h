/*
 * blank -- say in one sentence what this room is for.
 *
 * main.c and tests see this header; other modules see only the events and the
 * pub_ views.  What stands here are pure functions of their arguments.
 */
#ifndef BLANK_BLANK_H
#define BLANK_BLANK_H

#include "base/base.h"
#include "kernel/http/http.h"

enum {
    BLANK_TITLE_MAX = 60, /* code points a title may have */
};

/* Is this a title: not empty, not too long?  No law, our own bound. */
bool blank_title_ok(str title);

extern const struct module blank_module;

#endif
