/* The handlers of this module, one a page or verb. */
#ifndef SERVICES_PAGES_H
#define SERVICES_PAGES_H

#include "kernel/http/http.h"
#include "kernel/search/search.h"

handler themes_show, theme_show, items_show, browse_show, item_show;
handler item_preview;
handler apply_show, apply_post, apply_direct_before, apply_direct_post;
handler draft_group_show, draft_group_post, draft_save_post;
handler draft_papers_show, draft_paper_before, draft_paper_post;
handler draft_paper_take_post, draft_paper_remove_post, draft_paper_send,
        draft_paper_picture_send,
        draft_check_show;
handler draft_submit_before, draft_submit_post, my_show, my_claim_show,
        my_claim_post;
handler draft_partners_show, draft_partner_add_post, draft_partner_remove_post,
        draft_partner_again_post, draft_partner_paper, my_sign_show,
        my_sign_post, my_decline_post;
handler intake_show, intake_post, intake_form_show, intake_form_post,
        intake_adopt;
handler receipt_show, receipt_pdf, notice_pdf, progress_show;
handler supply_show, supply_paper_before, supply_paper_post, supply_take_post,
        supply_post;
handler handin_show, handin_before, handin_post, handin_take_post, handin_find;
handler board_show, board_rows_show, board_csv, hall_show;
handler desk_show, desk_rows_show, desk_csv, case_show, paper_send,
        paper_picture_send;
handler verb_show, verb_post, opinion_post, delivery_post;

handler intake_authority_show, intake_authority_before,
        intake_authority_post;
handler draft_authority_before, draft_authority_post, desk_authority_post,
        my_authority_show, my_authority_post, my_authority_send;
handler drawn_blank_send, drawn_sample_send;

#endif
