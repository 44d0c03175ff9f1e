/*
 * design -- processes, decision tables and forms as data: kept in versions,
 * checked, tried with made-up answers, drawn, compared, deployed.
 *
 * Other modules read pub_design_process, pub_design_table, pub_design_form and
 * hear design.deploy and design.retire; main.c, demo and tests see this header.
 */
#ifndef DESIGN_DESIGN_H
#define DESIGN_DESIGN_H

#include "kernel/flow/bpmn.h"
#include "kernel/http/http.h"

enum {
    DESIGN_BYTES = 2 << 20, /* of a file */
    DESIGN_KEY = 60,        /* letters of a key */
    DESIGN_PAGE = 50,       /* keys of a list's page */
};

struct design_kind {
    const char *code;       /* as stored: "process", "table", "form" */
    const char *base;       /* "/design/processes" */
    const char *noun;       /* 流程, 决策表, 表单 */
    const char *form;       /* BPMN, DMN, JSON */
    const char *suffix;     /* of a downloaded file */
    const char *section;    /* of the desk's menu */
    const char *media;      /* media type of its file */
};
extern const struct design_kind design_process, design_table, design_form;

/* A small letter, then small letters, digits and hyphens: what addresses and
 * other files refer to a definition by.  "new", "approval" and "item" are
 * taken. */
bool design_key_ok(str key);

/* ---- check.c: what a file is, and what is wrong with it ---- */

struct design_complaint {
    str element;            /* its id, or "" */
    str where;              /* 人工任务“受理”, or "" */
    str text;
    bool fatal;             /* deployment is refused */
    bool drawn;             /* the element is in the drawing */
    struct design_complaint *next;
};

enum { DESIGN_COMPLAINTS = 200 }; /* kept; count is all */

struct design_report {
    str title;              /* what the file calls itself, or "" */
    str id;                 /* of its first process or of the model, or "" */
    struct design_complaint *first, *last;
    int count, fatal;
    struct bpmn *graph;     /* of a process; design_report_free */
    const struct value *tree; /* of a form */
};

/*
 * Reads a file of that kind and says everything there is to say about it.
 * ERR_INPUT with *problem (a Chinese sentence in a): it cannot be read at all.
 */
enum err design_check(const struct design_kind *k, struct arena *a, str xml,
                      struct design_report *out, str *problem) MUST_USE;
/* Adds what only the database knows: each decision table a process refers to
 * that is not in force, names nobody supplies; each item, organisation and
 * table of a form.  key: under which it is kept. */
enum err design_check_uses(struct tx *tx, struct design_report *r, str key)
    MUST_USE;
void design_complain(struct design_report *r, struct arena *a,
                     struct design_complaint c);
void design_report_free(struct design_report *r);

/*
 * The form an item without one of its own has now, as text, and the key it
 * would be kept under.  ERR_NOTFOUND: no such item.
 */
enum err design_item_form(struct tx *tx, str item, str *key, str *text)
    MUST_USE;

/* ---- keep.c: versions in the database ---- */

struct design_draft {
    str key, title, xml, note, author;
};

/*
 * Saves a new draft version; *version is its number.  When the newest version
 * says the same nothing is saved and *version is that one's, *same true.
 */
enum err design_keep(struct tx *tx, const struct design_kind *k,
                     const struct design_draft *d, int64_t *version,
                     bool *same) MUST_USE;

/* Brings a version into force in place of the one that is, for cases that begin
 * from now on (kernel/process); doing it again changes nothing.  Whoever calls
 * has checked the file. */
enum err design_deploy_version(struct tx *tx, const struct design_kind *k,
                               str key, int64_t version) MUST_USE;

/* Out of force, nothing in its place; id is the row's. */
enum err design_retire_version(struct tx *tx, const struct design_kind *k,
                               str key, int64_t id) MUST_USE;

/* SHA-256 in hex. */
str design_digest(struct arena *a, str bytes);

extern const struct module design_module;

#endif
