/* The handlers of this room, and what pages of it show alike. */
#ifndef DISCLOSURE_PAGES_H
#define DISCLOSURE_PAGES_H

#include "disclosure/keep.h"

handler disclosure_front_show, disclosure_list_show, disclosure_entry_show,
        disclosure_file_send, disclosure_guide_show, disclosure_report_show;
handler disclosure_desk_show, disclosure_one_show, disclosure_version_show,
        disclosure_desk_file_send, disclosure_quality_show;
handler disclosure_new_show, disclosure_new_post, disclosure_edit_show,
        disclosure_edit_post;
handler disclosure_submit_post, disclosure_secrecy_post, disclosure_check_post,
        disclosure_correct_post, disclosure_withdraw_post,
        disclosure_effect_post, disclosure_drop_post;
handler disclosure_upload_before, disclosure_upload_post,
        disclosure_unfile_post;

/* The entry of this address, if it is of one's own organisation (or one looks
 * at all of them). */
enum err disclosure_load(struct request *rq, struct tx *tx,
                         struct entry_one *e);

/* The tag of an entry: 草稿, 待审核 … while it is worked on, else 有效 …. */
str disclosure_tag(str work, str state, str effect, day from, day today);

/* Lines of its history as the shape "event". */
enum err disclosure_show_acts(struct tx *tx, struct view *v, int64_t entry,
                              bool all);

/* The files of a version: base is the address they stand below. */
enum err disclosure_show_files(struct tx *tx, struct view *v, int64_t entry,
                               int64_t version, str base);

/* "" for none. */
str disclosure_text(str s);

#endif
