/*
 * disclosure -- what the government must tell, on its own and when asked.
 *
 * This header holds the pure rules of 政府信息公开条例: the clock of a request,
 * what excessive requests cost, how complete a catalogue is, by when something
 * is published, who may release it, and what may not stand in it.
 */
#ifndef DISCLOSURE_H
#define DISCLOSURE_H

#include "kernel/clock/clock.h"
#include "kernel/http/http.h"
#include "kernel/vectors/vectors.h"

/* ---- the clock of a request ---- */

struct disclosure_request {
    /* When it was handed over or signed for at the post; for internet and
     * fax also when both sides confirmed it, or none
     * (政府信息公开条例 第三十一条). */
    day received, confirmed;
    day fix_notice;    /* one notice to correct the application; or none */
    day fix_received;  /* the corrected application came; or none */
    /* When third parties and other organs were asked
     * (政府信息公开条例 第三十三条第三款). */
    const struct clock_span *asked;
    size_t asked_count;
    int extension;     /* 0 to 20 working days */
};

struct disclosure_reply {
    day clock_start;   /* none while a correction is awaited */
    day notice_limit;  /* last day to ask for a correction */
    bool notice_late;  /* asked for later: a fault, the clock restarts still */
    struct clock_due due;
};

/*
 * 20 working days, once prolonged by up to 20
 * (政府信息公开条例 第三十三条第二款); asking third parties and other organs
 * stops the clock (政府信息公开条例 第三十三条第三款); a corrected application
 * starts it anew (政府信息公开条例 第三十条).
 *
 * ERR_RANGE for an extension beyond 20 and for days out of order.
 */
enum err disclosure_reply(const struct calendar *c,
                          const struct disclosure_request *r,
                          struct disclosure_reply *out) MUST_USE;

/* ---- fees for clearly excessive requests: 国办函〔2020〕109号 ---- */

/* By the case: up to 10 a month free, 11 to 30 each 100 yuan, then every ten
 * cases 100 yuan more each.  ERR_RANGE below 0 and above a million. */
enum err disclosure_fee_by_case(int64_t cases_in_month, fen *out) MUST_USE;

/* By the page: up to 30 free, 31 to 100 each 10 yuan, 101 to 200 each 20, from
 * 201 on each 40.  ERR_RANGE as above.  Never both kinds for one request. */
enum err disclosure_fee_by_page(int64_t pages, fen *out) MUST_USE;

/* ---- completeness ---- */

struct disclosure_catalogue {
    int64_t required, published, weight; /* counts in the period; 0 or more */
};

/*
 * 100 * sum(weight * min(1, published / required)) / sum(weight), in
 * hundredths, half up; catalogues that require nothing are left out, and with
 * none left nothing is missing: 10000.  Exact: a score decides about people.
 * ERR_RANGE for negative numbers, and for sums no city reaches.
 */
enum err disclosure_score(const struct disclosure_catalogue *c, size_t n,
                          int *hundredths) MUST_USE;

/* ---- the catalogue: data/disclosure/catalogue.tsv ---- */

struct disclosure_category {
    str code, parent;     /* C0202 in C02; parent "" of a class */
    str name, article;
    int64_t least, weight; /* of a class: entries a year, and what they weigh */
    str who;              /* of a class: gov dept town inst, space-separated */
};
const struct disclosure_category *disclosure_categories(int *n);
/* NULL for a code that is none. */
const struct disclosure_category *disclosure_category(str code);
/* Must an organisation publish in this class?  kind: of pub_auth_unit; office:
 * it is the office of the government itself. */
bool disclosure_concerns(const struct disclosure_category *c, str kind,
                         bool office);

/* First-level themes of data/standards/themes-govcn.csv. */
struct disclosure_topic {
    str code, name;
};
const struct disclosure_topic *disclosure_topics(int *n);
const struct disclosure_topic *disclosure_topic(str code);

/* ---- publishing ---- */

/* The last day of the 20 working days after it was formed or changed
 * (政府信息公开条例 第二十六条). */
day disclosure_publish_by(const struct calendar *c, day formed);
/* Working days beyond that; 0 in time. */
int disclosure_days_late(const struct calendar *c, day formed, day published);

/* 113418810…/202611-00042: credit code of who publishes, month, serial. */
str disclosure_index_no(struct arena *a, str credit_code, day published,
                        int64_t serial);

/*
 * May this person look over, or release, what those two wrote?  "" or the
 * sentence why not: who writes does not release (政府信息公开条例 第十七条).
 * step: secrecy or check.
 */
str disclosure_review_refused(str step, int64_t author, int64_t editor,
                              int64_t reviewer);

/* A number of a living person in a text (政府信息公开条例 第十五条;
 * 个人信息保护法 第二十八条): masked, as a warning may show it. */
struct disclosure_personal {
    const char *kind;     /* as ident_personal_next says */
    str shown;
};
enum { DISCLOSURE_PERSONAL = 8 };
/* How many there are; the first of them in out. */
int disclosure_personal(struct arena *a, str text, day today,
                        struct disclosure_personal out[DISCLOSURE_PERSONAL]);

/* On which of the grounds of 第十五条 such data may be published all the same;
 * NULL ends. */
struct disclosure_ground {
    const char *code, *name;
};
extern const struct disclosure_ground disclosure_grounds[];

/* 有效, 已废止, 已失效 on a day; state valid, void or lapsed. */
str disclosure_effect_word(str effect, day from, day today);
/* "" or why this change of effect cannot be. */
str disclosure_effect_refused(str now, str next, day from, day formed);

/* What an officer should put right before asking for release: sentences; at
 * most 8. */
struct disclosure_draft_look {
    str category, doc_no, summary, body;
    day formed, today;
    int files;
};
enum { DISCLOSURE_REMARKS = 8 };
int disclosure_remarks(const struct calendar *c,
                       const struct disclosure_draft_look *d,
                       const char *out[DISCLOSURE_REMARKS]);

/* Who owns the review that runs as a process. */
extern const struct process_owner disclosure_reviews;
extern const struct module disclosure_module;

extern const struct vector_type disclosure_vectors[];

#endif
