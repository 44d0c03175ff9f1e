/*
 * `zhengtong bpmn trace`: a file run in memory.  trace_options.c reads and
 * checks what the command line says, trace.c does it.
 */
#ifndef FLOW_TRACE_H
#define FLOW_TRACE_H

#include "kernel/flow/engine.h"

enum { MOST_COMMANDS = 20000, MOST_OPTIONS = 4000, MOST_WALKED = 500000000,
       NOTED = 20000 /* bytes of remarks, each told once */ };

struct trace {
    struct arena arena, events_arena;
    struct bpmn *g;
    struct flow_case *c;
    struct dmn_model *decisions;
    const struct value *input;
    inst now;
    int argc;
    char **argv;
    bool by_hand;           /* some --complete was given */
    bool advances, looked;  /* looked: for decisions beside the file */
    int commands;
    uint64_t work, written; /* of all commands so far */
    int64_t walked;         /* things there were, summed over the commands */
    str *pending;           /* --complete whose task is not there yet */
    int pending_count;
    struct buf out, noted;
};

/* Checks the options; after it argv[1] and argv[2] are a name and its value,
 * and so on. */
bool trace_prepare(struct trace *t);
/* Whether the pair at i is this option. */
bool trace_option(const struct trace *t, int i, const char *name);
/* "NAME" or "NAME=JSON" of --message: the name, and the JSON or none. */
str trace_message(const struct bpmn *g, str text, str *data);
/* Whether that name means this event of this node. */
bool trace_named(const struct bpmn_event *e, const struct bpmn_node *n,
                 str name);
/* A sentence on standard error; the format has one %.*s. */
void trace_say(const char *format, str what);
/* The decisions of a DMN file; false with a sentence when it has none. */
bool trace_decisions(struct trace *t, const char *name);

/* zhengtong bpmn trace FILE OPTION…: prints its lines; the exit code. */
int trace_command(int argc, char **argv);

#endif
