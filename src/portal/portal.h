/*
 * portal -- the way in for everybody: the home page, and search over all of it.
 *
 * It has no facts of its own.  What it shows it reads through the pub_ views of
 * the modules whose facts they are, and what does not exist yet is not shown.
 */
#ifndef PORTAL_H
#define PORTAL_H

#include "kernel/http/http.h"

extern const struct module portal_module;

#endif
