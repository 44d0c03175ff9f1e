/* The handlers of this room. */
#ifndef BLANK_PAGES_H
#define BLANK_PAGES_H

#include "kernel/http/http.h"

handler blank_note_list;

#endif
