/*
 * catalogue -- the city's list of what one can apply for, kept by the
 * departments themselves.
 *
 * An item has versions: a draft is written, sent, approved by the keeper of
 * the catalogue (审改、政务服务管理部门) with a day from which it is in force;
 * the one before stays readable.  What a version says is one tree, a guide,
 * whose members are a table (field.c): pages, files, comparison and exchange
 * all go by it.  Services hear "catalogue.changed" and take what is in force
 * (docs/decisions/0016).
 *
 * Everything here is a pure function of its arguments.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "base/base.h"
#include "kernel/http/http.h"

/* ---- what a guide says ---- */

enum guide_kind {
    GUIDE_LINE,    /* one line of text */
    GUIDE_LINES,   /* several lines */
    GUIDE_INT,     /* a number between 0 and max */
    GUIDE_DAY,     /* text: 2026-11-22 */
    GUIDE_CHOICE,  /* text: one of the choices */
    GUIDE_CHOICES, /* text: some of the choices, joined by 、 */
    GUIDE_FLAG,    /* bool; absent: not said */
    GUIDE_FILE,    /* text: SHA-256 and name of a file, "3ab0… 样表.pdf" */
    GUIDE_LIST,    /* list of objects whose members are `of` */
};

struct guide_field {
    const char *code;     /* member of the tree, name of the input */
    const char *label;    /* Chinese, heading of the column */
    enum guide_kind kind;
    int max;              /* code points, or the highest number */
    const char *choices;  /* of a choice, comma-separated */
    const char *exchange; /* field of the national exchange tables, or "" */
    const char *hint;
    const struct guide_field *of; /* of a list */
    const char *noun;     /* of a list: what one row is */
};

/* The fields of a page of the edit form; of lists each has pages of its own.
 * Ended by a NULL code. */
struct guide_part {
    const char *code, *label;
    const struct guide_field *fields;
};
extern const struct guide_part guide_parts[];

enum {
    GUIDE_FIELDS = 80,    /* of all parts */
    GUIDE_ROWS = 60,      /* of one list */
    GUIDE_BYTES = 60000,  /* of a whole guide as JSON */
};

const struct guide_part *guide_part_of(str code);
/* Any field by its code; NULL. */
const struct guide_field *guide_field_of(str code);
/* Every field in the order of the parts; *n of them. */
const struct guide_field *const *guide_fields(size_t *n);

/* What a member says, as its control and as a file shows it: a list as lines
 * whose cells are parted by ｜; a flag as 是, 否 or "". */
str guide_text(struct arena *a, const struct value *guide,
               const struct guide_field *f);

/*
 * Sets a member from text; "" takes it away.  ERR_INPUT with *problem, a
 * sentence that begins with the field's label, when the text does not fit.
 */
enum err guide_set(struct arena *a, struct value *guide,
                   const struct guide_field *f, str text, str *problem)
    MUST_USE;

/* The same for a whole tree somebody sent: unknown members and wrong kinds are
 * ERR_INPUT; *out is a new tree in the order of the table. */
enum err guide_take(struct arena *a, const struct value *from,
                    struct value **out, str *problem) MUST_USE;

str guide_get(const struct value *guide, const char *code); /* "" if absent */
int64_t guide_int(const struct value *guide, const char *code); /* -1 */
/* Is the flag set; absent is no. */
bool guide_flag(const struct value *guide, const char *code);
bool guide_says(const struct value *guide, const char *code);
/* The two halves of a member of kind GUIDE_FILE; false when it is none. */
bool guide_file(str text, str *sha256, str *name);
enum { GUIDE_FILE_NAME = 100 }; /* code points */
/* First row of a list, NULL. */
const struct value *guide_first(const struct value *guide, const char *code);
/* Replaces or, with NULL, removes a member. */
void guide_put(struct value *guide, const char *code, struct value *v);
/* Is the word among those joined by 、? */
bool guide_has(str joined, const char *word);

/* ---- what is wrong with it ---- */

enum guide_grade {
    GRADE_MUST,   /* 必须改: cannot be sent for review */
    GRADE_SHOULD, /* 应当改: the keeper sees it and decides */
};

struct guide_rule {
    const char *code;   /* limit.longer */
    enum guide_grade grade;
    const char *label;  /* 承诺时限长于法定时限 */
    const char *law;    /* the article or the checklist it comes from */
    const char *field;  /* code of the field to correct */
};
/* Every rule; ended by a NULL code. */
extern const struct guide_rule guide_rules[];
const struct guide_rule *guide_rule_of(str code);

/* What is known of a file a guide names. */
enum guide_paper {
    GUIDE_PAPER_FINE,
    GUIDE_PAPER_ABSENT,   /* no clerk has handed in these bytes here */
    GUIDE_PAPER_INFECTED,
    GUIDE_PAPER_PERSONAL, /* a number of a person was read in it */
};

/* What the rules cannot see in the guide itself. */
struct guide_about {
    day today;
    bool twin;        /* another item of the department has the same name */
    bool code_taken;  /* another item has the same 实施编码 */
    /* kernel/laws' laws_find, or NULL: no texts */
    int (*law)(str law, str article, str *version);
    /* What is known of a file; NULL: nothing, none is looked at. */
    enum guide_paper (*paper)(void *context, str sha256);
    void *context;
};

struct guide_finding {
    const struct guide_rule *rule;
    str text;         /* what exactly: names the row, the numbers */
};
enum { GUIDE_FINDINGS = 60 };
struct guide_findings {
    struct guide_finding list[GUIDE_FINDINGS];
    int n, must;      /* must: how many of grade 必须改 */
};

/* Looks a guide through; texts in the arena.  What exceeds GUIDE_FINDINGS is
 * counted in must but not listed. */
void guide_check(struct arena *a, const struct value *guide,
                 const struct guide_about *about, struct guide_findings *out);

/* 0563-4012345, 4012345-8, 12345, 400-123-4567, 13800000000: a number people
 * can dial.  *area: a land line has its area code, or needs none. */
bool guide_phone_ok(str phone, bool *area);

extern const struct module catalogue_module;

#endif
