/* Taking away what nobody needs. */
#include "kernel/files/inside.h"

enum { KEEP_MS = 86400000 };

static enum err sweep_uploads(struct tx *tx, inst before)
{
    struct files_upload_old *old;
    size_t n;
    enum err e = files_upload_old(tx, before, &old, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        files_part_remove(old[i].id);
        e = files_upload_drop(tx, old[i].id, NULL);
    }
    return e;
}

static enum err wanted(void *context, str sha256, bool *keep)
{
    struct files_blob_one blob;
    struct files_picture_kept made;
    enum err e = files_blob_one(context, sha256, &blob);
    *keep = true;
    if (e != ERR_NOTFOUND)
        return e;
    e = files_picture_kept(context, sha256, &made);
    *keep = e != OK || made.pictures > 0;
    return e;
}

/*
 * First rows nobody needs, in this command; then files without a row, found by
 * walking the shelves a little at a time.  A file goes only when the deletion
 * of its row has long been durable, so a crash never leaves a row without a
 * file.
 */
enum err files_sweep(struct tx *tx, bool *more)
{
    inst before = { tx->now.ms - KEEP_MS };
    enum err e = sweep_uploads(tx, before);
    if (e == OK)
        e = files_shelf_walk(wanted, tx, more);
    if (e == OK)
        e = files_blob_sweep(tx, before, NULL);
    return e;
}
