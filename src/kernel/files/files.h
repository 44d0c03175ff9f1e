/*
 * files -- papers people hand in, kept under the digest of their bytes.
 *
 * Bytes are on disk and synced before the transaction that mentions them, so
 * an acknowledged paper survives a power cut; bytes nobody mentions are swept
 * after a day.  The kind of a file is what its bytes say (libmagic), never its
 * name.  Big files stream; a broken upload goes on where it stopped.
 */
#ifndef KERNEL_FILES_H
#define KERNEL_FILES_H

#include "kernel/http/http.h"

enum {
    FILES_MAX_BYTES = 20 << 20, /* one paper */
};

/* Where papers live; before any other call. */
enum err files_open(const char *dir, str *problem) MUST_USE;

/*
 * Takes an upload into the store: ERR_RANGE when too large or of a kind not in
 * PDF, JPEG, PNG, OFD, DOCX, XLSX; ERR_BUSY when the disk is full.  Runs in a
 * `before` step: it syncs.
 */
enum err files_adopt(const struct upload *u, str *problem) MUST_USE;

/* Path of the bytes with this hex digest, in the arena. */
const char *files_path(struct arena *a, str sha256);

/* Resumable upload: POST /uploads, PATCH-like POST /uploads/{id}, HEAD. */
extern const struct module files_module;

#endif
