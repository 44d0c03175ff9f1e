/* The handlers of this module, one a page or verb.  Those named definition_…
 * serve processes, tables and forms alike. */
#ifndef DESIGN_PAGES_H
#define DESIGN_PAGES_H

#include "kernel/http/http.h"

handler definition_list, definition_versions, definition_file;
handler definition_new, definition_save_before, definition_save_post;
handler definition_deploy, definition_deploy_before, definition_deploy_post;
handler definition_retire, definition_retire_post;
handler definition_compare;
handler process_show, process_drawing, process_try;
handler posts_show, posts_post, post_end, post_end_post;
handler process_tasks, process_tasks_before;
handler approval_show, approval_before, approval_post;
handler decision_show, decision_try;
handler form_version, form_preview, form_try, form_item_show, form_item_post;
handler form_begin_post, form_work, form_change_post;
handler form_head_edit, form_group_edit, form_field_edit, form_paper_edit;
handler form_part_edit;
handler form_head_before, form_group_before, form_field_before;
handler form_paper_before, form_part_before, form_move_before;
handler form_remove_show, form_remove_before;
handler form_keep_before, form_keep_post, form_drop_show, form_drop_post;

#endif
