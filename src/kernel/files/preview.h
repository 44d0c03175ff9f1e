/*
 * Inside files: pictures of papers.
 *
 * What people hand in is drawn by a process of its own (preview_draw.c), which
 * gets the paper as its standard input, may nothing else, and answers with
 * frames on its standard output.  We start it and read the answer
 * (preview_child.c) as distrustfully as the paper itself, for by then it may
 * be the paper that is speaking.  preview.c says which paper is next and keeps
 * what came.
 */
#ifndef KERNEL_FILES_PREVIEW_H
#define KERNEL_FILES_PREVIEW_H

#include "kernel/files/inside.h"

#include <sys/types.h>

enum {
    PREVIEW_PAGES = 20,          /* of a paper; the rest is in the original */
    PREVIEW_SIDE = 1400,         /* pixels of a page's longer side */
    PREVIEW_THUMB = 160,         /* of the small one's */
    PREVIEW_PNG = 40000000,      /* pixels: A4 at 600 dpi has 35 million */
    PREVIEW_BYTES = 16 << 20,    /* of the whole answer */
    PREVIEW_MEMORY = 768 << 20,  /* address space of the drawing process */
    PREVIEW_SECONDS = 10,        /* of processor time */
    PREVIEW_WALL = 20,           /* seconds until it is ended */
    PREVIEW_WORDS = -1,          /* the page of a frame of words */
};

/* How the drawing process ends; any other end is PREVIEW_HEAVY. */
enum preview_end {
    PREVIEW_OK,
    PREVIEW_DAMAGED = 3,
    PREVIEW_LOCKED,
    PREVIEW_HEAVY,
};

/* Instead of a media type: the words of a PDF, as UTF-8, and no pictures. */
#define PREVIEW_PDF_TEXT "words"

/* Of a page of an OFD: in what its picture is not the paper.  Kept as bits, in
 * column missing of files_picture: a number once given stays. */
enum preview_missing {
    PREVIEW_LOST_PART = 1,     /* something that cannot be read, or too much */
    PREVIEW_LOST_PICTURE = 2,  /* of a format we do not draw, or broken */
    PREVIEW_LOST_EFFECT = 4,   /* patterns, masks, some shadings */
    PREVIEW_LOST_SEAL = 8,
    PREVIEW_OTHER_FONT = 16,   /* not in the file, not on this machine */
    PREVIEW_SEAL_SHOWN = 32,   /* its picture only: nothing was verified */
    PREVIEW_GOES_ON = FILES_GOES_ON,
    PREVIEW_MISSING_ALL = 127,
};

/* Before each picture's bytes; page 0 is the small one.  The words of an office
 * paper are one frame of PREVIEW_WORDS (office.h), no pixels large: of an OFD
 * before its pictures, of others instead of any. */
struct preview_frame {
    int32_t page, width, height, size, missing;
};

/* ---- preview_child.c ---- */

/*
 * The next picture of an answer: false when there is no further whole frame,
 * or when it is none we would have asked for; nothing after it is read then.
 */
bool preview_take(str *answer, struct preview_frame *f, str *bytes);

struct preview_child {
    pid_t pid; /* 0: none */
    int out;
    int64_t since; /* tick_ms */
};

/* Starts drawing the paper at path; ERR_BUSY when no process can be had. */
enum err preview_start(const char *program, const char *path, str type,
                       struct preview_child *c) MUST_USE;

/*
 * Has it ended?  Waits at most wait_ms; one that is over its time is ended.
 * Then *end says how and *answer what it said, to be freed by the caller.
 */
bool preview_ended(struct preview_child *c, int wait_ms, enum preview_end *end,
                   struct buf *answer);

/* ---- picture.c: pure ---- */

/* EXIF's orientation, 1 to 8, of the bytes after "Exif\0\0"; 1 when it says
 * none. */
int preview_turn(str exif);

/* ---- preview.c: the job ---- */

enum err files_preview_before(struct tx *tx, const void **kept);
enum err files_preview_run(struct tx *tx, bool *more);

#endif
