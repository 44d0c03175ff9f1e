/*
 * The bound on memory.  Evaluation uses the caller's arena; while it runs the
 * arena's ceiling is lowered to what one evaluation may use, and reaching it
 * comes back here instead of to the request's dispatcher.  Nothing is held
 * across the jump: values own nothing but arena memory.
 */
#include "kernel/rules/impl.h"

struct ev ev_make(struct arena *a, inst now, struct feel_notes *notes)
{
    return (struct ev){ .arena = a, .notes = notes, .now = now,
                        .max_depth = FEEL_MAX_DEPTH,
                        .stack = (uintptr_t)__builtin_frame_address(0) };
}

/* Frames differ in size, so the stack itself is looked at as well. */
bool too_deep(const struct ev *e)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t used = e->stack > here ? e->stack - here : here - e->stack;
    return e->depth >= e->max_depth || used > FEEL_MAX_STACK;
}

bool guarded(struct ev *e, void (*body)(struct ev *e, void *x), void *x)
{
    struct arena *a = e->arena;
    size_t ceiling = a->ceiling;
    jmp_buf *outer = a->overflow;
    size_t mine = a->used + FEEL_MAX_MEMORY;
    jmp_buf here;
    if (ceiling && ceiling < mine) {
        body(e, x); /* the caller's own bound is the tighter one */
        return true;
    }
    if (setjmp(here)) {
        a->ceiling = ceiling;
        a->overflow = outer;
        return false;
    }
    a->ceiling = mine;
    a->overflow = &here;
    body(e, x);
    a->ceiling = ceiling;
    a->overflow = outer;
    return true;
}
