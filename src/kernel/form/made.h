/* Questions made of several controls: what sheet.c, made.c and made_show.c
 * share; not for other rooms. */
#ifndef KERNEL_FORM_MADE_H
#define KERNEL_FORM_MADE_H

#include "kernel/form/sheet.h"

bool form_made(const struct form_question *q);

/* What was typed or saved, as the text of one control. */
str form_typed_text(struct arena *a, const struct value *v);

/* "1,234.5" as millionths: at most 12 digits before the point and `places`
 * behind it; *text becomes its normal form. */
bool form_millionths(struct arena *a, str *text, int places, int64_t *out);

/* One plain question: checked into out, or a complaint under name. */
enum err form_check_question(const struct form_question *q, struct arena *a,
                             const char *name, const struct value *given,
                             struct value *out, struct form_report *report)
    MUST_USE;
struct value *form_typed_one(const struct form_question *q, struct arena *a,
                             const struct value *given);
void form_report_add(struct form_report *report, const char *name,
                     str sentence);

/* The same for a question made of several. typed: the answers beside it, for
 * the conditions of its rows. */
struct value *made_typed(const struct form_question *q, struct arena *a,
                         const struct value *given);
enum err made_check(const struct form_question *q, struct arena *a,
                    const struct value *typed, const struct value *given,
                    struct value *out, struct form_report *report) MUST_USE;
str made_text(const struct form_question *q, struct arena *a,
              const struct value *answer);

/* NAME.PIECE, or NAME.ROW.PIECE. */
str made_name(struct arena *a, const struct form_question *q, str row,
              const char *piece);
/* How a row is told from the others in names: its place, or a table's code. */
str made_row(const struct form_question *q, struct arena *a, size_t i);
/* How many rows a page shows; the i-th one's answers, or NULL. */
size_t made_rows(const struct form_question *q, const struct value *answer);
const struct value *made_row_of(const struct form_question *q,
                                const struct value *answer, size_t i);
/* 第 2 位, or a table's own label. */
str made_row_label(const struct form_question *q, struct arena *a, size_t i);
/* The row's answers before those beside the question: what its conditions see.
 */
const struct value *made_around(struct arena *a, const struct form_question *q,
                                const struct value *row,
                                const struct value *typed);

#endif
