/* Decision tables, compiled. */
#ifndef KERNEL_RULES_TABLE_H
#define KERNEL_RULES_TABLE_H

#include "kernel/rules/impl.h"

enum hit_policy {
    HIT_UNIQUE,
    HIT_ANY,
    HIT_PRIORITY,
    HIT_FIRST,
    HIT_RULE_ORDER,
    HIT_OUTPUT_ORDER,
    HIT_COLLECT,
};

enum aggregation { AGG_LIST, AGG_SUM, AGG_COUNT, AGG_MIN, AGG_MAX };

/* What most cells hold: a constant compared, or a range of constants. */
struct simple_test {
    uint8_t compare; /* enum compare, or SIMPLE_RANGE */
    bool low_in, high_in;
    fval low, high; /* low alone: what is compared with */
};

enum { SIMPLE_RANGE = 100 };

struct cell {
    const struct node *tests;          /* the tree, for what is not simple */
    const struct simple_test *simple;  /* NULL: walk the tree */
    uint16_t n;
    bool any, negated;
};

struct table_input {
    str id;
    const struct node *expression;
    const struct node *allowed; /* tests, or NULL */
    const struct type *type;    /* or NULL */
    bool reads; /* texts become dates: the input itself declares no type */
};

struct table_output {
    str name;
    const struct node *values;   /* tests in order of priority, or NULL */
    const struct node *fallback; /* default output, or NULL */
    const struct type *type;     /* or NULL */
};

struct table_rule {
    str id;
    struct cell *cells;
    const struct node **outputs;
};

struct table {
    uint8_t policy, aggregation;
    uint32_t n_inputs, n_outputs, n_rules;
    struct table_input *inputs;
    struct table_output *outputs;
    struct table_rule *rules;
    str id;
};

/* Fills simple, n, any, negated of a cell from its tree. */
void cell_compile(struct arena *a, struct cell *c, const struct node *tests);

#endif
