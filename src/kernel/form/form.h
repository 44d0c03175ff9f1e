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

/*
 * For every type but an integer's, min > 0 says that the field may not be left
 * empty; an integer must be there when `must` is set.  A max of 0 stands for
 * the type's own bound: FORM_TEXT, FORM_LINES, FORM_SECRET code points.
 *
 * What a person picks -- from a list, among buttons, in a calendar -- has a
 * type that says so: left empty it is refused with 请选择, not 请填写.
 */
enum field_type {
    FIELD_TEXT,    /* one line: no control characters; min..max code points */
    FIELD_LINES,   /* several lines */
    FIELD_INT,     /* min..max as numbers */
    FIELD_DAY,     /* 2026-11-20; 2026/11/20 and 2026年11月20日 are taken too */
    FIELD_CHOICE,  /* one of `choices`, comma-separated; max > 1: up to so many,
                      the value is then a list */
    FIELD_PICK,    /* a code the page lists from the record: checked as a line,
                      and by the handler, who knows the list */
    FIELD_PICK_INT, /* likewise a number, such as an account or a minute */
    FIELD_FLAG,    /* a check box: on/1/true */
    FIELD_ID,      /* citizen id, GB 11643 with historical area codes */
    FIELD_CREDIT,  /* unified social credit code, GB 32100 */
    FIELD_MOBILE,  /* 11 digits; spaces accepted and removed */
    FIELD_SECRET,  /* a password: never echoed, never logged */
    FIELD_FILE,    /* multipart file part */
    FIELD_ANY,     /* kept as it came: for forms that are data */
    FIELD_NAME,    /* a person's name: 汉字 of any plane with ·, or letters
                      (民委发〔2016〕33号) */
};

struct field {
    const char *name;
    enum field_type type;
    int64_t min, max;       /* min 0 on text: may be empty */
    const char *label;      /* Chinese, as the page shows it */
    const char *choices;    /* of FIELD_CHOICE */
    bool must;              /* of an integer: may not be absent */
};

static inline bool field_is_int(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_PICK_INT;
}

enum {
    FORM_TEXT = 200,        /* code points of a line, unless max says */
    FORM_LINES = 5000,      /* code points of several lines, unless max says */
    FORM_SECRET = 128,      /* code points of a password */
    FORM_PAIRS = 512,       /* names and values in one body */
    FORM_NAME = 100,        /* bytes of a field's name */
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

/* One field, for forms that are data; *out is the normalised text. */
enum err form_check_one(struct arena *a, const struct field *f, str input,
                        str *out, str *sentence) MUST_USE;

/* Is the field of this name a FIELD_SECRET, never to be shown again? */
bool form_secret(const struct field *fields, str name);

/* Adds one pair as a reader of bodies does: a repeated name becomes a list.
 * name and text must outlive the tree. */
void form_add(struct arena *a, struct value *object, str name, str text);

/*
 * Percent-decodes text, once: %2541 becomes %41 and stays so.  plus: + is a
 * space, as in a query.  A % that two hex digits do not follow stays itself.
 * ERR_INPUT when the result is not UTF-8 or holds a NUL.
 */
enum err form_decode(struct arena *a, str text, bool plus, str *out) MUST_USE;

/* Decodes x-www-form-urlencoded text; bounded to 512 pairs. Repeated names
 * become a list.  ERR_INPUT as form_decode, or for too many pairs or too long
 * a name. */
enum err form_read_urlencoded(struct arena *a, str body, struct value **out)
    MUST_USE;

#endif
