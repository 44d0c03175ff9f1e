/* Papers in the database: who needs which. */
#include "kernel/files/inside.h"

enum err files_mention(struct tx *tx, const struct upload *u, const char *room,
                       str ref)
{
    struct files_blob_one blob;
    enum err e = files_blob_one(tx, u->sha256, &blob);
    if (e == ERR_NOTFOUND) {
        int64_t size;
        str type = files_shelf_kind(u->sha256, &size);
        if (str_is_none(type))
            return ERR_NOTFOUND;
        e = files_blob_add(tx, u->sha256, size, type, tx->now);
    }
    return e == OK ? files_ref_add(tx, u->sha256, str_of(room), ref, NULL) : e;
}

enum err files_forget(struct tx *tx, str sha256, const char *room, str ref)
{
    return files_ref_drop(tx, sha256, str_of(room), ref, NULL);
}

enum err files_paper(struct tx *tx, str sha256, struct files_paper *out)
{
    struct files_blob_one blob;
    enum err e = files_blob_one(tx, sha256, &blob);
    if (e == OK)
        *out = (struct files_paper){ sha256, blob.type, blob.size };
    return e;
}

enum err files_finished(struct tx *tx, str id, struct upload *out)
{
    struct files_upload_one u;
    enum err e = files_upload_one(tx, id, tx->who->account, &u);
    if (e != OK)
        return e;
    if (str_is_none(u.sha256))
        return ERR_CONFLICT;
    *out = (struct upload){
        .name = u.name, .path = files_path(tx->arena, u.sha256),
        .size = u.size, .sha256 = u.sha256, .type = u.type,
    };
    return OK;
}
