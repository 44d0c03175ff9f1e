/* The handlers of this room. */
#ifndef STATISTICS_PAGES_H
#define STATISTICS_PAGES_H

#include "kernel/http/http.h"

handler statistics_show, statistics_csv, statistics_xlsx;

#endif
