/* The handlers of this module, one a page or verb. */
#ifndef ENTERPRISES_PAGES_H
#define ENTERPRISES_PAGES_H

#include "kernel/http/http.h"

handler enterprises_show, enterprise_show;
handler enterprise_import_show, enterprise_import_before,
    enterprise_import_post;
handler enterprise_report_show, enterprise_report_post, enterprise_blank;
handler my_enterprises_show, my_enterprise_show;
handler my_proxy_post, my_proxy_end_post;

#endif
