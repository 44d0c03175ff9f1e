/* Inside services: a paper's bytes and pictures, for those who may see them. */
#ifndef SERVICES_PAPER_H
#define SERVICES_PAPER_H

#include "kernel/files/files.h"
#include "services/case.h"

/* Is this word in the space-separated list? */
bool paper_listed(str list, str word);

/* Is this paper one of those a desk asked for?  An authority on paper is every
 * desk's. */
bool paper_for_desk(str list, str code);

/* Only the paper handed in last counts: it replaced those of its code before.
 */
bool paper_replaced(const struct paper_list *p, size_t n, size_t i);

/* How far the pictures of one file are, from whatever query it came. */
struct paper_drawn {
    str preview;            /* column of pub_files_preview, or none */
    int64_t width, height;  /* of the small one */
    enum files_safe safe;
};

#define PAPER_DRAWN(row) ((struct paper_drawn){ .preview = (row).preview,    \
    .width = (row).thumb_width, .height = (row).thumb_height,                \
    .safe = files_safe((row).scan) })

/*
 * Member `thumb` of a row: the small picture, whose own address is below that
 * of the file (href "/papers/7": "/papers/7/pictures/0"); null when there is
 * none.
 */
void paper_show_thumb(struct view *row, const struct paper_drawn *d, str href);

/*
 * Members `page`, `words` and `page_note` of the paper that is open at a desk:
 * one page of it as a picture with the addresses of its neighbours, the words
 * of an office paper below it or instead, and a sentence why there is none or
 * not all ("" for what is no file).  wanted counts from 1; what is beyond the
 * last is the last.
 */
enum err paper_show_page(struct view *o, struct tx *tx, str number,
                         const struct paper_list *p, int64_t wanted) MUST_USE;

/* Answers with picture {page} of this file; that this person may see it the
 * caller has found out. */
enum err paper_send_picture(struct request *rq, struct tx *tx, str sha256)
    MUST_USE;

#endif
