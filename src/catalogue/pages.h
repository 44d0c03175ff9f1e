/* The handlers of this module, one a page or verb. */
#ifndef CATALOGUE_PAGES_H
#define CATALOGUE_PAGES_H

#include "kernel/http/http.h"

handler catalogue_show, catalogue_item_show, catalogue_new_show,
        catalogue_new_post, catalogue_compare_show;
handler catalogue_part_show, catalogue_part_post, catalogue_row_show,
        catalogue_row_post, catalogue_row_remove_post,
        catalogue_row_move_post;
handler catalogue_act_show, catalogue_act_post;
handler catalogue_review_show, catalogue_review_post, catalogue_findings_show;
handler catalogue_import_show, catalogue_import_before, catalogue_import_post,
        catalogue_report_show, catalogue_report_post;
handler catalogue_export, catalogue_empty;
handler catalogue_file_show, catalogue_file_before, catalogue_file_post,
        catalogue_file_remove_post;
handler sample_show, sample_send, sample_picture_send, catalogue_sample_show,
        catalogue_sample_send, catalogue_sample_picture;
handler catalogue_partners_show, catalogue_partners_post,
        catalogue_partner_show, catalogue_partner_post;

#endif
