/* The files a guide names: samples, blank forms, the sample of the result. */
#ifndef CATALOGUE_NAMED_H
#define CATALOGUE_NAMED_H

#include "catalogue/keep.h"

/*
 * Where a file stands in a guide, as addresses have it: "result", or
 * "papers-2-sample" and "papers-2-blank" for the second paper.
 */
struct named_place {
    struct value *of;    /* the row or the guide the member belongs to */
    const char *member;  /* sample_file, blank_file, result_file */
    const char *word;    /* 样表, 空白表, 结果样本 */
    str paper;           /* name of the paper, or of the result */
};
/* False when the guide has no such place. */
bool named_place(struct value *guide, str place, struct named_place *out);

/*
 * A version says from now on what guide says, NULL for nothing any more: its
 * rows follow, files that are named are kept, those no version of the item
 * names any more may go.  Part of the caller's command.
 */
enum err named_follow(struct tx *tx, str item, int64_t version,
                      const struct value *guide) MUST_USE;

/* For struct guide_about; context is the tx. */
enum guide_paper named_state(void *tx, str sha256);

/* Looks into a file for numbers of people; *told false when it has no text
 * that can be read.  Slow: from a `before` step. */
void named_look(struct arena *a, str sha256, str type, day today,
                str *personal, bool *told);

/* What a guide names that nobody handed in here, as 样表.pdf、空白表.pdf;
 * "" when nothing. */
str named_missing(struct tx *tx, struct arena *a, const struct value *guide);

#endif
