/*
 * form -- inputs declared beside the route, bounded and validated before the
 * handler runs.
 *
 * Body formats: application/x-www-form-urlencoded, multipart/form-data and
 * application/json; all become the same value tree and the same checks.  A
 * failed check answers 400 or 422 with every complaint at once, and the page
 * comes back with what was typed.
 */
#ifndef KERNEL_FORM_H
#define KERNEL_FORM_H

#include "base/base.h"

enum field_type {
    FIELD_TEXT,    /* one line: no control characters; min..max code points */
    FIELD_LINES,   /* several lines */
    FIELD_INT,     /* min..max as numbers */
    FIELD_DAY,     /* 2026-11-20 */
    FIELD_CHOICE,  /* one of `choices`, comma-separated */
    FIELD_FLAG,    /* a check box: on/1/true */
    FIELD_ID,      /* citizen id, GB 11643 with historical area codes */
    FIELD_CREDIT,  /* unified social credit code, GB 32100 */
    FIELD_MOBILE,  /* 11 digits; spaces accepted and removed */
    FIELD_SECRET,  /* a password: never echoed, never logged */
    FIELD_FILE,    /* multipart file part */
    FIELD_ANY,     /* kept as it came: for forms that are data */
};

struct field {
    const char *name;
    enum field_type type;
    int64_t min, max;       /* min 0 on text: may be empty */
    const char *label;      /* Chinese, as the page shows it */
    const char *choices;    /* of FIELD_CHOICE */
};

struct form_problem {
    const char *field;
    str sentence;           /* Chinese: what is wrong and what to do */
};

enum { FORM_PROBLEMS = 32 };

struct form_report {
    struct form_problem problem[FORM_PROBLEMS];
    int count;
};

/*
 * Checks inputs (an object tree) against fields; returns the normalised tree
 * (trimmed, full-width digits folded) in *out.  ERR_INPUT when anything is
 * malformed, ERR_RANGE when all is well formed but out of bounds.
 */
enum err form_check(struct arena *a, const struct field *fields,
                    const struct value *inputs, struct value **out,
                    struct form_report *report) MUST_USE;

/* One field, for forms that are data. */
enum err form_check_one(struct arena *a, const struct field *f, str input,
                        str *out, str *sentence) MUST_USE;

/* Decodes x-www-form-urlencoded text; bounded to 512 pairs. Repeated names
 * become a list. */
enum err form_read_urlencoded(struct arena *a, str body, struct value **out)
    MUST_USE;

#endif
