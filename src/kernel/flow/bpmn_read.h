/* What the readers of a BPMN file share; nobody else includes it. */
#ifndef FLOW_BPMN_READ_H
#define FLOW_BPMN_READ_H

#include "kernel/flow/bpmn.h"

#include <libxml/tree.h>

struct bpmn_index {
    struct { str id; struct bpmn_found to; } *slot;
    uint32_t cap, used;
};

/* Where a data association joins an activity's own name to the process's. */
struct data_link { str from, to; };

struct reader {
    struct bpmn *g;
    struct arena *a;        /* the graph's */
    str problem;            /* first thing wrong, or none */
    int node_cap, edge_cap, thing_cap, process_cap, shape_cap, line_cap,
        root_cap;
    struct data_link *links;
    int link_count, link_cap;
    struct bpmn_index *link_of; /* id -> index into links */
    struct data_link *members;  /* lane id, node id */
    int member_count, member_cap;
    struct data_link *mentions; /* node id, flow it calls its own */
    int mention_count, mention_cap, dangling_cap;
};

/* Whether an element is among those the reader takes up. */
bool bpmn_reader_knows(const xmlNode *x);

/* Room for one more of an arena array; returns its index, zeroed. */
#define GROW(r, array, count, cap)                                         \
    ((array) =                                                             \
         bpmn_reader_room((r), (array), (count), &(cap), sizeof *(array)), \
     (count)++)
void *bpmn_reader_room(struct reader *r, void *array, int count, int *cap,
                       size_t size);
/* Keeps the first problem. */
void bpmn_reader_fail(struct reader *r, str problem);
/* Enters an id; a second use of it is a problem. */
void bpmn_reader_index(struct reader *r, str id, enum bpmn_what what,
                       int index);
/* Notes that an id stands for another: a pool for its process, an operation
 * for its message, an activity's input for a data object. */
void bpmn_reader_link(struct reader *r, str from, str to);
/* What an id stands for, or none. */
str bpmn_reader_next(const struct reader *r, str id);
/* "tns:Message_1" is looked for as it stands, then behind its prefix. */
struct bpmn_found bpmn_reader_find(const struct reader *r, str ref);

xmlDocPtr bpmn_parse(struct arena *a, str xml, str *problem);

bool bpmn_xml_is(const xmlNode *n,
                 const char *name); /* in the BPMN namespace */
bool bpmn_xml_in(const xmlNode *n, const char *ns);
str bpmn_xml_attr(struct arena *a, const xmlNode *n, const char *name);
str bpmn_xml_attr_ns(struct arena *a, const xmlNode *n, const char *ns,
                     const char *name);
bool bpmn_xml_flag(struct arena *a, const xmlNode *n, const char *name,
                   bool otherwise);
str bpmn_xml_text(struct arena *a, const xmlNode *n); /* trimmed */
const xmlNode *bpmn_xml_child(const xmlNode *n, const char *name);

/* An attribute in our namespace or a known editor's. */
str bpmn_ext_attr(struct reader *r, const xmlNode *n, const char *name);

void bpmn_read_events(struct reader *r, const xmlNode *n,
                      struct bpmn_node *node);
void bpmn_read_loop(struct reader *r, const xmlNode *n, struct bpmn_node *node);
void bpmn_read_extensions(struct reader *r, const xmlNode *n,
                          struct bpmn_node *node);
void bpmn_read_diagrams(struct reader *r, const xmlNode *definitions);
void bpmn_link_graph(struct reader *r);
/* Compiles every expression of the graph, once, for all threads. */
void bpmn_compile_expressions(struct reader *r);

#endif
