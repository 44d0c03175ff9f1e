/* Inside files: what is found in a paper after it came. */
#ifndef KERNEL_FILES_LOOK_H
#define KERNEL_FILES_LOOK_H

#include "kernel/files/inside.h"

/* ---- scan.c ---- */

enum scan_answer { SCAN_CLEAN, SCAN_INFECTED, SCAN_AWAY };

/* "none", "unix:PATH" or "tcp:ADDRESS:PORT". */
bool scan_address_ok(str address);

/* What clamd said, one line without its end.  *virus: the name it gives. */
enum scan_answer scan_read(str answer, str *virus);

/* Asks the scanner; SCAN_AWAY when there is no answer or none we know. */
enum scan_answer scan_file(struct arena *a, str address, const char *path,
                           str *virus);

/* ---- measure.c: pure over bytes ---- */

/*
 * How sharp a grey picture is: the variance of its Laplacian, which is small
 * where no edge is steep (Pech-Pacheco 2000).  0 for less than 3 x 3.
 */
int64_t measure_sharpness(const unsigned char *grey, int width, int height,
                          int stride);

/* Pages of a PDF: its page objects, also inside compressed object streams.
 * 0 when none can be found. */
int64_t measure_pages(str pdf);

/* Sharpness of a JPEG or PNG, at most 1024 pixels a side; INT_NONE for another
 * type or a picture that cannot be read. */
int64_t measure_picture(str bytes, str type);

/* A PNG as Cairo reads it, whose size the caller has bounded; its status says
 * whether it could be read.  The caller destroys it. */
struct _cairo_surface *picture_of_png(str bytes);
/* How many pixels it says it has; 0 when it says nothing. */
uint64_t picture_png_pixels(str bytes);

/* A JPEG in colours, halved until no side is longer than `side`, three times at
 * most; *turn as preview_turn.  NULL when it cannot be read.  The caller
 * destroys it. */
struct _cairo_surface *picture_of_jpeg(str bytes, int side, int *turn);

/* ---- look.c: the job ---- */

enum err files_look_before(struct tx *tx, const void **kept);
enum err files_look_run(struct tx *tx, bool *more);

#endif
