/* Themes that are not offered just now (offer.h, halted), and who is told. */
#ifndef SERVICES_HALTED_H
#define SERVICES_HALTED_H

#include "kernel/store/store.h"

/* Looks whether a theme was halted or is back, and writes once to everybody who
 * has a draft of it. */
enum err halted_job(struct tx *tx, bool *more) MUST_USE;

#endif
