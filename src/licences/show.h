/* What several pages of this room show alike. */
#ifndef LICENCES_SHOW_H
#define LICENCES_SHOW_H

#include "licences/library.h"

/* The licence named in the path; a sentence when there is none. */
enum err licence_load(struct request *rq, struct tx *tx,
                      struct licence_one *l) MUST_USE;

/* Member `name`: its state today as a tag. */
void licence_tag(struct view *v, const char *name, const struct tx *tx,
                 str state, day valid_to);

/* 2026-11-22 至 2031-11-21, 2026-11-22 起长期有效. */
str licence_term(struct arena *a, day from, day to);

/* Members facts, versions and events of the holder's and the desk's page. */
enum err licence_body(struct tx *tx, struct view *v,
                      const struct licence_one *l) MUST_USE;

/* 电子证照下载, 窗口领取 …, with what has come of it. */
str licence_delivery_text(struct arena *a, str delivery, day deliver_by,
                          inst delivered);

#endif
