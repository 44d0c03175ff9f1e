/* The handlers of this module, one a page or verb.  Those named definition_…
 * serve processes and tables alike. */
#ifndef DESIGN_PAGES_H
#define DESIGN_PAGES_H

#include "kernel/http/http.h"

handler definition_list, definition_versions, definition_file;
handler definition_new, definition_save_before, definition_save_post;
handler definition_deploy, definition_deploy_before, definition_deploy_post;
handler definition_retire, definition_retire_post;
handler definition_compare;
handler process_show, process_drawing, process_try;
handler approval_show, approval_before, approval_post;
handler decision_show, decision_try;

#endif
