/* What the files of this module share. */
#ifndef GRANTS_INSIDE_H
#define GRANTS_INSIDE_H

#include "grants/grants.h"
#include "grants/queries.gen.h"

#define PROVIDES "数据提供岗"
#define ASKS "申请部门"

/* ---- tell.c ---- */

/* One more thing that happened to it, and the note of the audit. */
enum err grant_note(struct tx *tx, int64_t id, str number, const char *verb,
                    str text, str actor) MUST_USE;
/* A letter to both sides: who gave and who asked, and whoever holds the duty
 * in either organisation today. */
enum err grant_letters(struct tx *tx, const struct grant_whole *g,
                       const char *word, str body) MUST_USE;

/* ---- end.c ---- */

/* May the person at the page withdraw it; "" or why not. */
enum err grant_may_withdraw(struct tx *tx, const struct grant_whole *g,
                            str reason, str *why) MUST_USE;

#endif
