/* Inside call: one pass over what is due on a lane. */
#ifndef KERNEL_CALL_INSIDE_H
#define KERNEL_CALL_INSIDE_H

#include "kernel/call/call.h"
#include "kernel/call/queries.gen.h"

/* NULL: none of that name. */
const struct call_kind *call_kind_of(str name);

/* Makes what is due, at most twenty; *worked: there was something. */
enum err call_pass(struct store *s, int lane, inst now, bool *worked) MUST_USE;

#endif
