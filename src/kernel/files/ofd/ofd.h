/*
 * Inside files: the pages of an OFD (GB/T 33190-2016 版式文档), drawn.
 *
 * Only the process that draws papers (preview_draw.c) calls this: it reads
 * what anybody may have made.  A thing it cannot draw is left out and told, in
 * bits of enum preview_missing; what is no page at all ends in preview_end.
 */
#ifndef KERNEL_FILES_OFD_H
#define KERNEL_FILES_OFD_H

#include "kernel/files/preview.h"

#include <cairo.h>

struct ofd;

/* The bytes stay the caller's and must live as long.  PREVIEW_OK: *out has at
 * least one page and is given back by ofd_close. */
enum preview_end ofd_open(str bytes, struct ofd **out);
void ofd_close(struct ofd *o); /* NULL is allowed */

/* At most PREVIEW_PAGES; *more: the paper goes on. */
size_t ofd_pages(const struct ofd *o, bool *more);

/* Width and height of a page in millimetres, from 1 to 100,000. */
void ofd_size(struct ofd *o, size_t page, double *w, double *h);

/* Draws a page, a unit being a millimetre and 0 0 its upper left corner;
 * *missing gets bits.  PREVIEW_DAMAGED when the page cannot be read. */
enum preview_end ofd_draw(struct ofd *o, size_t page, cairo_t *cr,
                          unsigned *missing);

/* Where a location (ST_Loc) written in a file of this folder leads: "" or
 * "Doc_0/Pages/", never above the root. */
str ofd_place(struct arena *a, str folder, str location);
str ofd_folder(str path);

#endif
