/*
 * What the files of this room share: values, types, syntax trees, the state of
 * an evaluation.  Nobody else includes this.
 *
 * Values are immutable and live in an arena; fval is a pointer to one and is
 * never NULL (FEEL's null is a value).  Trees and types are made while a model
 * is loaded and only read afterwards.
 */
#ifndef KERNEL_RULES_IMPL_H
#define KERNEL_RULES_IMPL_H

#include "kernel/rules/decimal.h"
#include "kernel/rules/feel.h"

enum {
    FEEL_MAX_TEXT = 1 << 20,    /* bytes of one expression */
    FEEL_MAX_PARSE = 200,       /* nesting of an expression's text */
    FEEL_MAX_DEPTH = 12000,     /* nesting of an evaluation */
    FEEL_MAX_STACK = 3 << 20,   /* bytes of the thread's stack */
    FEEL_MAX_STEPS = 5000000,   /* nodes evaluated, or work like theirs */
    FEEL_MAX_LIST = 1000000,    /* items */
    FEEL_MAX_STRING = 4 << 20,  /* bytes of a computed string */
    FEEL_MAX_MEMORY = 256 << 20,/* bytes of one evaluation */
    FEEL_MAX_NOTES = 100,
    FEEL_MAX_YEAR = 999999999
};

/* ---- values ---- */

enum kind {
    K_NULL,
    K_BOOL,
    K_NUMBER,
    K_STRING,
    K_DATE,
    K_TIME,
    K_DATETIME,
    K_DTD, /* days and time duration */
    K_YMD, /* years and months duration */
    K_LIST,
    K_CONTEXT,
    K_RANGE,
    K_FUNCTION,
};

typedef const struct fv *fval;

struct civil {
    int32_t year; /* -999,999,999 .. 999,999,999 */
    int8_t month, day;
};

/* A zone of the IANA database, read from the system. */
struct zone;

struct clocktime {
    int32_t second; /* of the day, 0..86399 */
    int32_t nano;
    int32_t offset;          /* seconds east of UTC, when zoned by offset */
    bool has_offset;
    const struct zone *zone; /* or NULL */
};

struct entry {
    str key;
    fval value;
};

struct range {
    fval low, high; /* null: open end */
    bool low_in, high_in;
    /* An end left out (as in ">5"), not an end that came out as null. */
    bool no_low, no_high;
    bool apart; /* "!=5": all but the ends, which are the same */
};

struct function;

struct fv {
    uint8_t kind;
    bool b;
    uint32_t n; /* items of a list, entries of a context */
    union {
        struct decimal number;
        str s;
        struct {
            struct civil date;
            struct clocktime time;
        };
        __int128 nanos;
        int64_t months;
        const fval *items;
        const struct entry *entries;
        struct range range;
        const struct function *function;
    };
};

/* ---- types ---- */

enum type_kind {
    T_ANY,
    T_NULL,
    T_BOOL,
    T_NUMBER,
    T_STRING,
    T_DATE,
    T_TIME,
    T_DATETIME,
    T_DTD,
    T_YMD,
    T_LIST,
    T_CONTEXT,
    T_RANGE,
    T_FUNCTION,
};

struct member {
    str name;
    const struct type *type;
};

struct node;

struct type {
    uint8_t kind;
    uint32_t n; /* members or parameters */
    str name;   /* of the item definition, for messages */
    const struct type *element; /* of list, range; result of function */
    const struct member *members;
    const struct type *base;    /* kind ANY: what this narrows; or NULL */
    const struct node *allowed; /* unary tests each value must meet */
};

extern const struct type type_any;
extern const struct type type_unknown; /* what no type expression means */

/* ---- syntax trees ---- */

enum op {
    N_CONST,
    N_NAME,
    N_IF,       /* sub 1: boxed; so too for filters and quantifiers */
    N_FOR,
    N_SOME,
    N_EVERY,
    N_OR,
    N_AND,
    N_COMPARE,  /* sub: enum compare */
    N_BETWEEN,
    N_IN,       /* kid[0] in kid[1], kid[1] a N_TESTS or an expression */
    N_ADD,
    N_SUB,
    N_MUL,
    N_DIV,
    N_POW,
    N_NEGATE,
    N_INSTANCE,
    N_PATH,     /* kid[0].name */
    N_DEEP,     /* kid[0]...name: at any depth */
    N_FILTER,   /* kid[0][kid[1]] */
    N_CALL,     /* kid[0](kid[1..]); names when named */
    N_LIST,
    N_CONTEXT,
    N_RANGE,
    N_FUNCTION, /* sub 1: external, the body says what */
    N_TESTS,    /* alternatives; sub 1: negated */
    N_TEST,     /* sub: enum compare; kid[0] the operand of "< 5" */
    N_TEST_EXPR,/* an expression used as a test; sub 1: it mentions ? */
    N_TEST_ANY, /* "-" */
    N_COERCE,   /* kid[0] brought to type */
    N_TABLE,
};

enum compare { C_EQ, C_NE, C_LT, C_LE, C_GT, C_GE };

struct table;

/* One iteration variable; kids come in pairs: from, to (NULL without "..") */
struct node {
    uint8_t op, sub;
    bool flag;  /* range: low included; context: the last kid is its result */
    bool flag2; /* range: high included; context: entries not in scope */
    uint32_t at;   /* byte offset in the text */
    uint32_t n;    /* kids */
    struct node **kid;
    str name;
    uint32_t n_names;
    const str *names;         /* of parameters, arguments, entries, iterators */
    const struct type **types;/* of parameters, entries; may be NULL */
    const struct type *type;
    union {
        fval value; /* of a constant; of a name, the builtin it may mean */
        const struct table *table;
    };
};

/* ---- evaluation ---- */

/* Variables in scope, innermost first; lives as long as any closure may. */
struct env {
    const struct env *up;
    const str *names; /* names[i] -> values[i] */
    const fval *values;
    uint32_t n;
    fval context; /* or the entries of this context (filters) */
    bool outside; /* of context only what is none of names: see env_outside */
};

struct ev {
    struct arena *arena;
    struct feel_notes *notes; /* may be NULL */
    str element;              /* where we are, for notes */
    inst now;
    uint32_t depth, max_depth;
    uintptr_t stack; /* where it was when the evaluation began */
    uint64_t steps;
    bool exact_input; /* texts of the input are texts, whatever the type says */
    bool kind_only;   /* instance of: allowed values do not count */
    bool bounded_out; /* a bound was reached: everything is null from here */
    const struct zone_slot *zones; /* read during this evaluation */
};

typedef fval builtin_fn(struct ev *e, fval *args, uint32_t n);

struct function {
    const struct builtin *builtin; /* or: */
    const struct node *body;       /* or: */
    const struct java *java;       /* NULL too: external, gives null */
    const struct env *env;
    const str *names;
    const struct type *const *types; /* may be NULL */
    uint32_t n;
    const struct type *result;  /* may be NULL */
    /* or a decision service, evaluated by the DMN part */
    fval (*service)(struct ev *e, const void *what, const void *run,
                    fval *args);
    const void *what, *run;
    str element;
};

/* ---- feel_value.c ---- */

extern const struct fv fv_null, fv_true, fv_false;

struct fv *fv_new(struct ev *e, enum kind kind);
fval fv_bool(bool b);
fval fv_number(struct ev *e, struct decimal d);
fval fv_int(struct ev *e, int64_t i);
fval fv_string(struct ev *e, str s); /* s is kept, not copied */
fval fv_dtd(struct ev *e, __int128 nanos);
fval fv_ymd(struct ev *e, int64_t months);
fval fv_list(struct ev *e, const fval *items, uint32_t n);
fval fv_context(struct ev *e, const struct entry *entries, uint32_t n);
fval fv_get(fval context, str key); /* NULL: no such entry */
static inline bool is_null(fval v) { return v->kind == K_NULL; }
static inline bool is_true(fval v) { return v->kind == K_BOOL && v->b; }
static inline bool is_false(fval v) { return v->kind == K_BOOL && !v->b; }

/* A list that grows in the arena. */
struct items {
    fval *p;
    uint32_t n, cap;
};
void items_add(struct ev *e, struct items *l, fval v);
fval items_done(struct ev *e, struct items *l);

/* FEEL's = : true, false, or null for kinds that do not compare. */
fval fv_equal(struct ev *e, fval a, fval b);
bool fv_same(struct ev *e, fval a, fval b); /* = gives true */

/* -1 0 1; false when they have no order. */
bool fv_order(struct ev *e, fval a, fval b, int *out);
fval fv_compare(struct ev *e, enum compare c, fval a, fval b);

const char *kind_name(enum kind k); /* Chinese, for notes */

/* Text as string() gives it. */
fval fv_to_string(struct ev *e, fval v);

/* From and to the trees of other rooms. */
fval fv_from_tree(struct ev *e, const struct value *v, int depth);
struct value *fv_to_tree(struct ev *e, fval v, int depth);

/* ---- notes ---- */

void note(struct ev *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void note_add(struct arena *a, struct feel_notes *notes, str element,
              bool fatal, uint32_t at, str text);
/* For names and signs nobody knows: what to do where the punctuation is that
 * of Chinese text; else "". */
const char *punctuation_hint(str s);
/* null, with the reason noted */
fval null_because(struct ev *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Counts n steps; false when there are no more. */
bool spend(struct ev *e, uint64_t n);
/* A bound was reached: noted once; everything is null afterwards. */
fval null_bound(struct ev *e, const char *what);

/* ---- feel_time.c, feel_zone.c ---- */

fval date_parse(struct ev *e, str s);     /* NULL when s is none */
fval time_parse(struct ev *e, str s);
fval datetime_parse(struct ev *e, str s);
fval duration_parse(struct ev *e, str s); /* either kind */
fval temporal_parse(struct ev *e, str s); /* what @"..." means */
str temporal_text(struct ev *e, fval v);

bool civil_valid(int64_t year, int64_t month, int64_t day);
int64_t civil_days(struct civil c);        /* since 1970-01-01 */
bool civil_of_days(int64_t days, struct civil *out); /* false beyond years */
int days_in_month(int64_t year, int month);
int civil_weekday(struct civil c);         /* 1 Monday .. 7 Sunday */

fval fv_date(struct ev *e, struct civil c);
fval fv_time(struct ev *e, struct clocktime t);
fval fv_datetime(struct ev *e, struct civil c, struct clocktime t);

bool time_zoned(const struct clocktime *t);
/* Seconds east of UTC of a zoned time, on its date (NULL: none known). */
int32_t time_offset(const struct clocktime *t, const struct civil *date);
/* Nanoseconds: of a time since midnight (UTC when zoned); of a date-time since
 * 1970 (UTC when zoned). */
__int128 time_nanos(const struct clocktime *t);
__int128 datetime_nanos(fval v);
fval datetime_plus(struct ev *e, fval v, __int128 nanos); /* NULL-free */
fval datetime_plus_months(struct ev *e, fval v, int64_t months);
fval date_plus_months(struct ev *e, fval v, int64_t months);
fval date_at_midnight(struct ev *e, fval date, bool utc);
fval now_value(struct ev *e);
fval temporal_property(struct ev *e, fval v, str name); /* NULL: none such */

const struct zone *zone_find(struct ev *e, str name);
str zone_name(const struct zone *z);
int32_t zone_offset_utc(const struct zone *z, int64_t utc);
int32_t zone_offset_local(const struct zone *z, int64_t local);
int32_t zone_standard(const struct zone *z);

/* ---- feel_arith.c ---- */

fval fv_add(struct ev *e, fval a, fval b);
fval fv_sub(struct ev *e, fval a, fval b);
fval fv_mul(struct ev *e, fval a, fval b);
fval fv_div(struct ev *e, fval a, fval b);
fval fv_pow(struct ev *e, fval a, fval b);
fval fv_negate(struct ev *e, fval a);

/* ---- feel_type.c ---- */

bool type_conforms(struct ev *e, fval v, const struct type *t, int depth);
/* The same without regard to the values a type allows. */
bool type_is_kind(struct ev *e, fval v, const struct type *t);
/* v brought to t by the conversions of the specification, or null. */
fval type_coerce(struct ev *e, fval v, const struct type *t);
/* What comes from outside: texts become dates, times and durations where t
 * says so, members left out become null. */
fval type_read(struct ev *e, fval v, const struct type *t, int depth);
/* NULL when no builtin type has that name. */
const struct type *type_builtin(str name);
str type_text(struct arena *a, const struct type *t);
const struct type *type_core(const struct type *t); /* behind the bases */

/* ---- feel_java.c: external functions that are known ---- */

struct java;
/* What a mapping {class, method signature} names; NULL: no method. */
const struct java *java_method(struct ev *e, fval mapping);
fval java_call(struct ev *e, const struct java *j, fval *args, uint32_t n);

/* ---- feel_range.c ---- */

/* Whether v lies in r: true, false or null. */
fval range_has(struct ev *e, const struct range *r, fval v);
fval fv_range(struct ev *e, struct range r); /* null if ends do not match */

/* ---- parser ---- */

struct names { /* grows in an arena */
    str *p;
    uint32_t n, cap;
};
void names_add(struct arena *a, struct names *l, str name);
void names_add_once(struct arena *a, struct names *l, str name);
bool names_have(const struct names *l, str name);
str spaced_name(struct arena *a, str raw); /* runs of space become one */

/* Finds the type an item definition's name stands for; NULL: unknown. */
typedef const struct type *type_finder(const void *where, str name);

struct scope {
    const struct scope *up;
    struct names names;
    bool members; /* inside a filter: any member's name may stand here */
};

struct parse_input {
    struct arena *arena;
    str text;
    const struct scope *scope;
    struct names *members; /* names that may follow a dot or stand in a filter;
                              grows by the keys of context literals */
    type_finder *find_type;
    const void *where;
    const struct names *type_names; /* of item definitions, for spaces */
    struct names *unknown;  /* collects unknown variables; may be NULL */
    bool span;              /* "1..3", as a loop goes over it, may be it all */
    inst now;
};

struct parse_problem {
    str text; /* Chinese */
    uint32_t at;
};

/* NULL with the problem set when the text does not parse. */
struct node *feel_parse(const struct parse_input *in, enum feel_form form,
                        struct parse_problem *problem);
/* A type expression as in typeRef; NULL when unknown. */
const struct type *feel_parse_type(const struct parse_input *in);
bool feel_is_name(str s); /* a legal FEEL name */

/* ---- evaluator ---- */

fval eval(struct ev *e, const struct node *n, const struct env *env);
fval env_find(const struct env *env, str name); /* NULL: no such */
/* What a model was given beyond what it declares: for names nothing in it
 * stands for.  NULL: no such. */
fval env_outside(const struct env *env, str name);
/* Whether the tests hold for v (bound to ?): true, false or null. */
fval eval_tests(struct ev *e, const struct node *tests, fval v,
                const struct env *env);
fval eval_in(struct ev *e, const struct node *n, const struct env *env);
fval and_values(fval a, fval b); /* three-valued */
fval or_values(fval a, fval b);
fval not_value(fval a);
fval eval_iteration(struct ev *e, const struct node *n, const struct env *env);
fval eval_call(struct ev *e, const struct node *n, const struct env *env);
fval call_function(struct ev *e, fval f, fval *args, uint32_t n);
fval eval_filter(struct ev *e, const struct node *n, const struct env *env);
fval path_value(struct ev *e, fval v, str name);
fval eval_table(struct ev *e, const struct table *t, const struct env *env);
struct env *env_new(struct ev *e, const struct env *up);

/*
 * Runs body with the bound on memory in force: false when it was reached, and
 * then nothing of *x may be used.  The arena stays usable.
 */
bool guarded(struct ev *e, void (*body)(struct ev *e, void *x), void *x);
/* Whether the next level would be one too many. */
bool too_deep(const struct ev *e);
struct ev ev_make(struct arena *a, inst now, struct feel_notes *notes);

/* ---- builtins ---- */

enum { BUILTIN_PARAMS = 7 };

struct parameter {
    const char *name;
    char type; /* n number, s string, b boolean, l list, a any, o any but a
                  list of one gives its item, d date or date and time, t time,
                  u duration, c context, r range, f function;
                  upper case: null is let through */
};

struct builtin {
    const char *name;
    builtin_fn *run;
    uint8_t least, most;
    enum { FIXED, ITEMS, REST } more; /* ITEMS: the list may be given item by
                                         item; REST: the last one repeats */
    struct parameter params[BUILTIN_PARAMS];
};

/* The first builtin of that name; overloads follow it. NULL: none. */
const struct builtin *builtin_find(str name);
fval builtin_value(struct arena *a, str name); /* as a function; or NULL */
/* All names, for the parser: the i-th of a table, str_none behind the last;
 * BUILTIN_TABLES tables. */
enum { BUILTIN_TABLES = 8 };
str builtin_name(uint32_t table, uint32_t i);
fval builtin_call(struct ev *e, const struct builtin *first, fval *args,
                  uint32_t n, const str *names);

/* Tables of builtins, one per file, ended by a NULL name. */
extern const struct builtin builtins_conversion[], builtins_string[],
    builtins_list[], builtins_number[], builtins_time[], builtins_range[],
    builtins_context[], builtins_aggregate[];

/* regex.c: XPath regular expressions over PCRE2, all in the arena. */
struct regex;
/* NULL: not a pattern, or not a flag. */
struct regex *regex_new(struct ev *e, str pattern, str flags);
/* Next match at or after `from`; false when none (or a bound was hit). */
bool regex_match(struct regex *r, str text, size_t from, size_t *start,
                 size_t *end);
/* Group i of the last match; empty when it took no part. */
str regex_group(struct regex *r, str text, uint32_t i);
uint32_t regex_groups(const struct regex *r);

#endif
