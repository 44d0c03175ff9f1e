/* The handlers of this module. */
#ifndef PORTAL_PAGES_H
#define PORTAL_PAGES_H

#include "kernel/http/http.h"

handler home_show, home_rows_show, search_show;

#endif
