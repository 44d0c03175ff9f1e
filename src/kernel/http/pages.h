/* The handlers of this room's own addresses. */
#ifndef KERNEL_HTTP_PAGES_H
#define KERNEL_HTTP_PAGES_H

#include "kernel/http/http.h"

#define HTTP_VERSION "0.1.0"

handler mode_show, healthz_show, version_show, api_show, openapi_show;
handler work_show;

#endif
