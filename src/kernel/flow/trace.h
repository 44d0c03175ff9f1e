/* trace -- one file run in memory, every step a line of JSON. */
#ifndef FLOW_TRACE_H
#define FLOW_TRACE_H

#include "kernel/flow/bpmn.h"

/* argv[0] is the file, the options follow in the order they take effect. */
int trace_command(int argc, char **argv);

#endif
