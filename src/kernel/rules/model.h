/* What the files that read and run decision models share. */
#ifndef KERNEL_RULES_MODEL_H
#define KERNEL_RULES_MODEL_H

#include "kernel/rules/dmn.h"
#include "kernel/rules/table.h"

#include <libxml/tree.h>

enum { DMN_XML_DEPTH = 100, DMN_MAX_RULES = 100000, DMN_MAX_ELEMENTS = 20000 };

enum element_kind { EL_INPUT, EL_DECISION, EL_BKM, EL_SERVICE };

struct element;

/* What an element needs, and the name it is known by there: "prefix.name" for
 * what comes from an imported model. */
struct requirement {
    const struct element *of;
    str prefix; /* empty: of the same model */
};

struct element {
    uint8_t kind;
    bool cyclic;
    uint32_t index; /* over all files */
    str id, name;   /* name of the variable */
    const struct type *type;
    const struct dmn_file *file;
    struct requirement *needs;
    uint32_t n_needs;
    const struct node *logic; /* NULL: none */
    bool external; /* the logic says which function of Java */
    /* of a BKM: */
    const str *params;
    const struct type **param_types;
    uint32_t n_params;
    /* of a service: */
    struct requirement *outputs, *given;
    uint32_t n_outputs, n_given;
    xmlNode *xml; /* only while loading */
};

struct import {
    str name, space;
    const struct dmn_file *file; /* NULL: not among the sources */
};

struct item {
    str name;
    xmlNode *xml; /* only while loading */
    struct type *type;
    bool ready;
};

struct dmn_file {
    str source, space, name;
    struct import *imports;
    uint32_t n_imports;
    struct item *items;
    uint32_t n_items;
    struct element *elements;
    uint32_t n_elements;
    struct names type_names;
    xmlDoc *doc; /* only while loading */
    xmlNode *root;
};

struct dmn_model {
    struct dmn_file *files;
    uint32_t n_files, n_elements;
    struct names members;
    struct names own; /* of elements and imports: see env_outside */
    struct names outside; /* that decisions use and nothing declares */
};

/* The state of loading. */
struct loader {
    struct arena *a;
    struct dmn_model *m;
    struct feel_notes *notes;
    bool quiet;  /* first pass: only names are gathered */
    str element; /* for notes */
};

/* ---- dmn_xml.c ---- */
bool xml_is(const xmlNode *n, const char *name);
xmlNode *xml_child(const xmlNode *n, const char *name); /* or NULL */
xmlNode *xml_next(const xmlNode *n, const char *name);  /* sibling */
xmlNode *xml_element(xmlNode *n); /* n or the next that is an element */
uint32_t xml_count(const xmlNode *n, const char *name);
str xml_attr(struct arena *a, const xmlNode *n, const char *name);
str xml_text(struct arena *a, const xmlNode *n);
/* Text of the child <text>; str_none when there is no such child. */
str xml_child_text(struct arena *a, const xmlNode *n);
xmlDoc *xml_open(str bytes, const char **problem);

/* ---- dmn_type.c ---- */
const struct type *dmn_type(struct loader *l, const struct dmn_file *f,
                            str reference);
void dmn_items_build(struct loader *l, struct dmn_file *f);
const struct type *dmn_find_type(const void *where, str name);

/* ---- dmn_expr.c, dmn_table.c ---- */
struct compile {
    struct loader *l;
    const struct dmn_file *file;
    const struct element *element; /* whose logic this is; or NULL */
    const struct scope *scope;
    int depth;
    bool span; /* what is compiled may be a loop's "1..3" */
};
struct node *compile_expression(struct compile *c, xmlNode *n);
struct node *compile_text(struct compile *c, str text, enum feel_form form);
/* The <text> of n; NULL when it has none. */
struct node *compile_text_of(struct compile *c, const xmlNode *n,
                             enum feel_form form);
struct node *compile_table(struct compile *c, xmlNode *n);
/* Takes the declared type of a function as that of its result. */
void function_typed(struct node *n, const struct type **type);
struct node *compile_body(struct compile *c, xmlNode *parent);
struct node *compile_function(struct compile *c, xmlNode *n);
struct node *compile_node(struct compile *c, enum op op, uint32_t kids);
const struct scope *scope_with(struct compile *c, const struct scope *up,
                               str name);
void problem(struct loader *l, bool fatal, str text);

/* ---- dmn_check.c ---- */
void dmn_check_tables(struct loader *l, const struct element *e);
void dmn_check_cycles(struct loader *l);

/* ---- dmn_eval.c ---- */
const struct element *dmn_find(const struct dmn_model *m, str name);
/* With inputs as values; used by the command line's test runner. */
fval dmn_value(struct ev *e, const struct dmn_model *m,
               const struct element *el, fval input);

/* ---- dmn_json.c: JSON to values with every digit of its numbers ---- */
/* NULL: not JSON; at is the byte where reading stopped. */
fval json_read(struct ev *e, str text, size_t *at);

/* ---- dmn_tck.c, dmn_file.c ---- */
int dmn_tck(const char *folder);
str file_bytes(struct arena *a, const char *path); /* none: unreadable */
/* The file and, where it imports, the other models of its folder. */
size_t file_sources(struct arena *a, const char *path,
                    struct dmn_source *sources);
void notes_print(const struct feel_notes *notes, bool fatal_only);

#endif
