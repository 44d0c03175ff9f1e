/* The handlers of this module. */
#ifndef MATTERS_PAGES_H
#define MATTERS_PAGES_H

#include "kernel/http/http.h"

handler task_list, matter_list_show, matter_new_show, matter_start_show,
    matter_start_post, matter_show, matter_act_show, matter_act_post;
handler running_show, incident_list, incident_show, incident_post, move_show,
    move_post, move_progress, move_undo_post;

#endif
