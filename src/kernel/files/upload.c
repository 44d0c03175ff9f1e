/*
 * Uploads in pieces, for big files over bad lines.  How much has come is a row
 * of the database, written after the piece is synced: a restart of the server
 * loses nothing that was acknowledged, and what was not is sent again.
 */
#include "kernel/files/inside.h"

#include <sodium.h>

static const char gone[] = "没有这次上传，或者已经超过一天，请重新选择文件上传"
                           "。";

static str new_id(struct arena *a)
{
    enum { BYTES = 16 };
    unsigned char bytes[BYTES];
    char *hex = arena_alloc(a, 2 * BYTES + 1);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(hex, 2 * BYTES + 1, bytes, sizeof bytes);
    return (str){ hex, 2 * BYTES };
}

static void show(struct view *v, str id, str name, int64_t size,
                 int64_t received, bool done)
{
    view_text(v, "id", id);
    view_text(v, "name", name);
    view_int(v, "size", size);
    view_int(v, "received", received);
    view_bool(v, "done", done);
}

enum err upload_begin_post(struct request *rq, struct tx *tx)
{
    struct files_upload_unfinished mine;
    str id = new_id(tx->arena), name = rq_text(rq, "name");
    int64_t size = rq_int(rq, "size", 0), account = rq_who(rq)->account;
    enum err e = files_upload_unfinished(tx, account, &mine);
    if (e == OK && mine.unfinished >= FILES_UPLOADS)
        return rq_fail(rq, ERR_RANGE, "您还有太多没传完的文件，请先传完，或者一"
                                      "天以后再试。");
    if (e == OK)
        e = files_upload_add(tx, id, account, name, size, tx->now);
    if (e != OK)
        return e;
    show(rq_view(rq), id, name, size, 0, false);
    return rq_see_other(rq, "/uploads/%.*s", STR_ARG(id));
}

enum err upload_show(struct request *rq, struct tx *tx)
{
    struct files_upload_one u;
    enum err e = files_upload_one(tx, rq_path(rq, "id"), rq_who(rq)->account,
                                  &u);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, gone);
    if (e != OK)
        return e;
    show(rq_view(rq), u.id, u.name, u.size, u.received,
         !str_is_none(u.sha256));
    return OK;
}

/* What the slow step leaves for the command. */
struct piece {
    int64_t offset, received;
    str sha256, type; /* none until the last piece is in */
};

/* The last piece is in: the whole becomes a paper. */
static enum err complete(struct request *rq, struct tx *tx, str id,
                         struct piece *p)
{
    str problem;
    const char *path = files_part_path(tx->arena, id);
    p->type = files_type_of(path, &problem);
    if (str_is_none(p->type))
        return rq_fail_str(rq, ERR_RANGE, problem);
    p->sha256 = files_digest(tx->arena, path);
    if (str_is_none(p->sha256))
        return rq_fail(rq, ERR_STORE, "文件暂时无法保存，请稍后再试。");
    enum err e = files_shelve_copy(path, p->sha256, &problem);
    return e == OK ? OK : rq_fail_str(rq, e, problem);
}

enum err upload_piece_before(struct request *rq, struct tx *tx)
{
    struct files_upload_one u;
    const struct upload *chunk;
    struct piece *p = ARENA_NEW(tx->arena, struct piece);
    str problem, id = rq_path(rq, "id");
    enum err e = files_upload_one(tx, id, rq_who(rq)->account, &u);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, gone);
    if (e != OK)
        return e;
    if (!rq_upload(rq, "chunk", &chunk))
        return rq_fail_field(rq, ERR_INPUT, "chunk",
                             STR("请附上文件内容。"));
    p->offset = rq_int(rq, "offset", -1);
    p->received = p->offset + chunk->size;
    p->sha256 = p->type = str_none;
    if (!str_is_none(u.sha256) || p->offset != u.received)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(tx->arena,
            "文件已收到 %lld 字节，请从那里继续。", (long long)u.received));
    if (p->received > u.size)
        return rq_fail(rq, ERR_RANGE, "收到的内容比申报的文件大，请重新上传。");
    e = files_part_write(id, p->offset, chunk->path, &problem);
    if (e != OK)
        return rq_fail_str(rq, e, problem);
    rq_keep(rq, p);
    return p->received == u.size ? complete(rq, tx, id, p) : OK;
}

enum err upload_piece_post(struct request *rq, struct tx *tx)
{
    const struct piece *p = rq_kept(rq);
    struct files_upload_one u;
    str id = rq_path(rq, "id");
    enum err e = files_upload_progress(tx, id, p->offset, p->received,
                                       p->sha256, p->type);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这一段刚才已经收到，请从最新的位置继续。");
    if (e == OK)
        e = files_upload_one(tx, id, rq_who(rq)->account, &u);
    if (e != OK)
        return e;
    show(rq_view(rq), id, u.name, u.size, u.received, !str_is_none(u.sha256));
    return rq_see_other(rq, "/uploads/%.*s", STR_ARG(id));
}
