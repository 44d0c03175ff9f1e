/* The handlers of this module. */
#ifndef GRANTS_PAGES_H
#define GRANTS_PAGES_H

#include "kernel/http/http.h"

handler grants_show, grant_show, grant_withdraw_show, grant_withdraw_post;

#endif
