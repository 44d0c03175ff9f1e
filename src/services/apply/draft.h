/* A draft: what is being filled in, its owner's alone until it is submitted. */
#ifndef SERVICES_DRAFT_H
#define SERVICES_DRAFT_H

#include "kernel/http/http.h"
#include "services/guide/offer.h"
#include "services/queries.gen.h"

struct draft {
    int64_t id, revision;
    str number;
    const struct offer *offer;
    int64_t version;          /* of the offer when it was begun */
    struct value *answers;    /* valid or not, as typed */
    str title;                /* of the offer when it was begun */
    inst saved;
};

/* A new draft of the signed-in person. */
enum err draft_new(struct tx *tx, const struct offer *o,
                   const struct value *answers, struct draft *out) MUST_USE;

/* The draft of {number} in the path; rq_fail has been called when not OK. */
enum err draft_load(struct request *rq, struct tx *tx, struct draft *out)
    MUST_USE;

/* The draft of an account by its number, said to nobody: ERR_NOTFOUND when it
 * is not theirs; ERR_CONFLICT when nobody can apply for it any more, out then
 * holds number and title. */
enum err draft_read(struct tx *tx, str number, int64_t account,
                    struct draft *out) MUST_USE;

/*
 * Member `renewed`: what is different since the draft was begun -- questions
 * that are new and not yet answered, answers nobody asks for any more -- or
 * null when the form is the same.  Nothing that was typed is lost either way.
 */
enum err draft_show_renewed(struct view *v, struct tx *tx,
                            const struct draft *d) MUST_USE;

/* Writes answers back; ERR_CONFLICT when another device was quicker. */
enum err draft_write(struct tx *tx, const struct draft *d,
                     const struct value *answers, str step) MUST_USE;

/* Takes one paper, or all, off a draft: the files keep only what somebody
 * needs (个人信息保护法 第四十七条).  *removed: how many rows went. */
enum err draft_paper_drop(struct tx *tx, int64_t draft, str number, str code,
                          int64_t *removed) MUST_USE;
enum err draft_papers_drop(struct tx *tx, int64_t draft, str number) MUST_USE;

/* Code of the first group after `group` that is asked; "papers" at the end. */
str draft_next_group(const struct offer *o, const struct value *answers,
                     struct arena *a, int group);

/* A window clerk or a village agent: files for whoever stands before him, also
 * what residents cannot ask for on line. */
bool draft_for_others(const struct who *who);

/* Into a filing: what a draft has for papers; whose matter it is and who files
 * it, by the answers and the signed-in person (docs/decisions/0012). */
struct filing;
void filing_papers(struct tx *tx, const struct draft *d, struct filing *f,
                   const struct draft_paper_list *have, size_t n);
enum err filing_people(struct tx *tx, struct filing *f) MUST_USE;

/* An agent files on authority that was recorded in his own village (民法典
 * 第一百六十五条): not for people of another, not for longer, nothing else.
 * Anybody else may; rq_fail has been called when not OK. */
enum err draft_authority(struct request *rq, struct tx *tx,
                         const struct offer *o, const struct value *answers)
    MUST_USE;

/* An input as the text somebody typed; "" if absent. */
str offer_input(const struct value *inputs, struct arena *a, str name);

/* Turns a report into complaints about fields. */
enum err draft_complain(struct request *rq, enum err e,
                        const struct form_report *report);

/* 10:22 已自动保存. */
str draft_saved_text(struct arena *a, inst saved);

struct fellow_list;
/* The draft and the person {partner} of the path; told when there is none. */
enum err draft_partner_of(struct request *rq, struct tx *tx, struct draft *d,
                          struct fellow_list *out) MUST_USE;

/* The file of this request into the store, for a `before` step; OK when it
 * names a finished resumable upload instead. */
enum err draft_adopt(struct request *rq) MUST_USE;
/* That file: in the form, or the finished upload.  Told when it is neither. */
enum err draft_handed_in(struct request *rq, struct tx *tx,
                         struct upload *out) MUST_USE;

#endif
