/* Inside files: kinds of bytes, and the folder they are kept in. */
#ifndef KERNEL_FILES_INSIDE_H
#define KERNEL_FILES_INSIDE_H

#include "kernel/files/files.h"
#include "kernel/files/queries.gen.h"

/* ---- kind.c: pure ---- */

/*
 * The media type of a whole file by its own structure; none for anything we do
 * not take, *problem then says why.  Bounds of pictures are checked, a document
 * with macros is refused.
 */
str files_kind(str bytes, str *problem);

/* May a file of this kind be what libmagic calls it? */
bool files_kind_agrees(str kind, str magic);

/* ---- shelf.c: the folder ---- */

enum { FILES_DIGEST = 64, FILES_PATH = 512 };

/* The paper's type by files_kind, without libmagic; none if it is not there. */
str files_shelf_kind(str sha256, int64_t *size);

/* A paper's bytes without reading them; none if it is not there. */
str files_shelf_map(str sha256);
void files_shelf_unmap(str bytes);

/* Copies a file onto the shelf: ERR_BUSY when the disk is full. */
enum err files_shelve_copy(const char *path, str sha256, str *problem)
    MUST_USE;

/* The same for bytes we made ourselves; *sha256 in the arena. */
enum err files_shelve_bytes(struct arena *a, str bytes, str *sha256,
                            str *problem) MUST_USE;

/* SHA-256 of a file, in hex, in the arena; none if it cannot be read. */
str files_digest(struct arena *a, const char *path);

/* A piece of a resumable upload: appended at offset and synced. */
enum err files_part_write(str id, int64_t offset, const char *chunk,
                          str *problem) MUST_USE;
const char *files_part_path(struct arena *a, str id);
void files_part_remove(str id);

/*
 * Looks at some files on the shelf and hands on the digests of those older than
 * a day; wanted() says whether to keep them.  *more: the round is not over.
 */
enum err files_shelf_walk(enum err (*wanted)(void *context, str sha256,
                                             bool *keep),
                          void *context, bool *more) MUST_USE;

/* ---- sweep.c ---- */

/* One round of the job; *more: the walk is not over. */
enum err files_sweep(struct tx *tx, bool *more) MUST_USE;

/* ---- upload.c ---- */

handler upload_begin_post, upload_show, upload_piece_before, upload_piece_post;

#endif
