/* The handlers of this room, and what it listens to. */
#ifndef REMEDIES_PAGES_H
#define REMEDIES_PAGES_H

#include "kernel/http/http.h"

handler complain_show, complain_post;
handler correct_show, correct_post;
handler my_remedies_show, my_remedy_show, my_remedy_withdraw_post;
handler remedies_show, remedy_show, remedy_explain_post, remedy_answer_post;
handler reopen_show, reopen_post;

/* Signal case.overasked: a finding for the supervisor. */
enum err remedy_overasked(struct tx *tx, str ref, const struct value *payload);
/* Signal case.reopened: the new run, or why there is none. */
enum err remedy_reopened(struct tx *tx, str ref, const struct value *payload);

#endif
