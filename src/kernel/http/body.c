/*
 * The body of a request, on its way in.
 *
 * Forms and JSON are small by decree and collected in memory; file parts go
 * to a temporary file as they come, hashed on the way, so that a paper of
 * 20 MB costs a few kilobytes.  MHD's own post processor is not used: it knows
 * neither bounds nor JSON.  When something is wrong the rest is still read (up
 * to HTTP_DRAIN), because an answer sent into a client's mouth is not heard.
 */
#include "kernel/files/files.h"
#include "kernel/http/inside.h"

#include <fcntl.h>
#include <magic.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* Field name of a body that is nothing but one file's bytes. */
static const char whole_body[] = "body";

struct reception {
    struct multipart parts;
    struct upload *file;   /* the file part now coming in, or NULL */
    int fd;
    crypto_hash_sha256_state hash;
    struct buf text;       /* the plain part now coming in */
    str name;
    size_t text_bytes;     /* of all plain parts together */
};

/* ---- what kind of body ---- */

static bool type_is(str type, const char *name)
{
    str bare = str_trim(str_cut(&type, ';'));
    return bare.n == strlen(name) && strncasecmp(bare.p, name, bare.n) == 0;
}

static enum body_kind kind_of(str type)
{
    if (type_is(type, "application/x-www-form-urlencoded"))
        return BODY_FORM;
    if (type_is(type, "multipart/form-data"))
        return BODY_MULTIPART;
    if (type_is(type, "application/json"))
        return BODY_JSON;
    return BODY_OTHER;
}

bool body_takes_files(const struct route *r)
{
    if (r->flags & ROUTE_UPLOAD)
        return true;
    for (const struct field *f = r->form; f && f->name; f++)
        if (f->type == FIELD_FILE)
            return true;
    return false;
}

static size_t text_limit(const struct request *rq, size_t usual)
{
    bool longer = rq->route->flags & ROUTE_LONG && usual < HTTP_LONG;
    return longer ? (size_t)HTTP_LONG : usual;
}

static size_t limit_of(const struct request *rq)
{
    const struct http *h = rq->http;
    bool files = body_takes_files(rq->route);
    switch (rq->body_kind) {
    case BODY_MULTIPART:
        return files ? h->limit_body : text_limit(rq, h->limit_form);
    case BODY_JSON:
        return text_limit(rq, h->limit_json);
    case BODY_OTHER:
        return files ? h->limit_paper : 0;
    default:
        return h->limit_form;
    }
}

/* ---- files ---- */

static enum err full_disk(struct request *rq)
{
    log_text(rq->http->log, "upload: cannot write to %s",
             rq->http->options->temp);
    return refuse(rq, 503, "busy",
                  "系统暂时无法保存文件，请稍后再上传。");
}

static enum err open_file(struct request *rq, const char *field, str name)
{
    struct reception *k = rq->reception;
    if (rq->uploads == HTTP_UPLOADS)
        return refuse(rq, 400, "input",
                      "一次最多上传 16 个文件，请分几次上传。");
    str path = arena_printf(&rq->arena, "%s/upload-XXXXXX",
                            rq->http->options->temp);
    k->fd = mkostemp((char *)path.p, O_CLOEXEC);
    if (k->fd < 0)
        return full_disk(rq);
    k->file = &rq->upload[rq->uploads];
    *k->file = (struct upload){ .name = arena_str(&rq->arena, name),
                                .path = path.p };
    rq->upload_field[rq->uploads++] = field;
    crypto_hash_sha256_init(&k->hash);
    return OK;
}

static enum err paper_too_large(struct request *rq)
{
    str s = arena_printf(&rq->arena,
                         "“%.*s”超过 %zu MB，请压缩或分成几份后上传。",
                         STR_ARG(rq->reception->file->name),
                         rq->http->limit_paper >> 20);
    return refuse(rq, 413, "too_large", s.p);
}

static enum err write_file(struct request *rq, str bytes)
{
    struct reception *k = rq->reception;
    if ((size_t)k->file->size + bytes.n > rq->http->limit_paper)
        return paper_too_large(rq);
    crypto_hash_sha256_update(&k->hash, (const unsigned char *)bytes.p,
                              bytes.n);
    k->file->size += (int64_t)bytes.n;
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(k->fd, bytes.p + at, bytes.n - at);
        if (n <= 0)
            return full_disk(rq);
        at += (size_t)n;
    }
    return OK;
}

static void close_file(struct request *rq)
{
    struct reception *k = rq->reception;
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_alloc(&rq->arena, 2 * sizeof digest + 1);
    crypto_hash_sha256_final(&k->hash, digest);
    sodium_bin2hex(hex, 2 * sizeof digest + 1, digest, sizeof digest);
    k->file->sha256 = (str){ hex, 2 * sizeof digest };
    close(k->fd);
    k->fd = -1;
    k->file = NULL;
}

/* ---- parts of multipart/form-data ---- */

/* Old browsers send the whole path of the file on the sender's disk. */
static str without_folders(str name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
            return str_slice(name, i, name.n);
    return name;
}

static enum err part_begins(void *context, str name, str file)
{
    struct request *rq = context;
    struct reception *k = rq->reception;
    if (name.n > FORM_NAME)
        return ERR_INPUT;
    k->name = arena_str(&rq->arena, name);
    buf_clear(&k->text);
    if (file.n == 0)
        return OK; /* a plain field, or a file control left empty */
    file = utf8_head(without_folders(file), 200);
    form_add(&rq->arena, rq->inputs, k->name, arena_str(&rq->arena, file));
    return open_file(rq, k->name.p, file);
}

static enum err part_data(void *context, str bytes)
{
    struct request *rq = context;
    struct reception *k = rq->reception;
    if (k->file)
        return write_file(rq, bytes);
    k->text_bytes += bytes.n;
    if (k->text_bytes > text_limit(rq, rq->http->limit_form))
        return refuse(rq, 413, "too_large",
                      "填写的文字太多，请精简后重新提交。");
    buf_put(&k->text, bytes);
    return OK;
}

static enum err part_ends(void *context)
{
    struct request *rq = context;
    struct reception *k = rq->reception;
    if (k->file) {
        close_file(rq);
        return OK;
    }
    str text = buf_str(&k->text);
    if (!utf8_valid(text) || str_find_byte(text, 0) >= 0)
        return ERR_INPUT;
    form_add(&rq->arena, rq->inputs, k->name, arena_str(&rq->arena, text));
    return OK;
}

static enum err unreadable(struct request *rq)
{
    if (rq->status == 0)
        return refuse(rq, 400, "input",
                      "提交的内容无法识别，请返回上一页重新提交。");
    return ERR_INPUT;
}

/* ---- start, feed, finish ---- */

static enum err start_reception(struct request *rq)
{
    rq->reception = calloc(1, sizeof *rq->reception);
    if (rq->reception == NULL)
        return ERR_BUSY;
    rq->reception->fd = -1;
    if (rq->body_kind == BODY_OTHER)
        return open_file(rq, whole_body, STR("body"));
    struct multipart_events tell = { part_begins, part_data, part_ends, rq };
    if (multipart_start(&rq->reception->parts, rq->heads.type, &tell) != OK)
        return unreadable(rq);
    return OK;
}

static enum err too_large(struct request *rq)
{
    if (body_takes_files(rq->route))
        return refuse(rq, 413, "too_large", arena_printf(
            &rq->arena, "文件太大：每份最多 %zu MB。请压缩，拍照时选小一点的尺"
                        "寸，或者分成几份后上传；保存过的内容都还在。",
            rq->http->limit_paper >> 20).p);
    long long kb = (long long)(rq->body_limit >> 10);
    str most = kb < 1024 ? arena_printf(&rq->arena, "%lld KB", kb)
                         : arena_printf(&rq->arena, "%lld MB", kb >> 10);
    str s = arena_printf(&rq->arena,
                         "提交的内容太大，最多 %.*s，请减小后重新提交。",
                         STR_ARG(most));
    return refuse(rq, 413, "too_large", s.p);
}

enum err body_start(struct request *rq)
{
    if (rq->heads.length <= 0 && !rq->heads.chunked)
        return OK;
    rq->inputs = value_new(&rq->arena, VALUE_OBJECT);
    rq->body_kind = kind_of(rq->heads.type);
    rq->body_limit = limit_of(rq);
    if (rq->body_limit == 0)
        return refuse(rq, 415, "media_type",
                      "不支持这种提交格式，请使用网页表单或 JSON。");
    if (rq->heads.length > (int64_t)rq->body_limit)
        return too_large(rq);
    if (rq->body_kind == BODY_MULTIPART || rq->body_kind == BODY_OTHER)
        return start_reception(rq);
    return OK;
}

static enum err take(struct request *rq, str bytes)
{
    if (rq->body_bytes > rq->body_limit)
        return too_large(rq);
    if (rq->body_kind == BODY_OTHER)
        return write_file(rq, bytes);
    if (rq->body_kind == BODY_MULTIPART)
        return multipart_feed(&rq->reception->parts, bytes);
    buf_put(&rq->body, bytes);
    return OK;
}

void body_feed(struct request *rq, str bytes)
{
    rq->body_bytes += bytes.n;
    if (rq->result != OK || rq->route == NULL)
        return; /* being drained */
    jmp_buf overflow;
    rq->arena.overflow = &overflow;
    if (setjmp(overflow)) {
        rq->result = refuse(rq, 503, "busy", "系统繁忙，请稍后再试。");
        return;
    }
    rq->result = take(rq, bytes);
    if (rq->result == ERR_INPUT)
        rq->result = unreadable(rq);
    rq->arena.overflow = NULL;
}

enum err body_finish(struct request *rq)
{
    str body = buf_str(&rq->body);
    str problem = str_none;
    switch (rq->body_kind) {
    case BODY_FORM:
        if (form_read_urlencoded(&rq->arena, body, &rq->inputs) != OK)
            return unreadable(rq);
        return OK;
    case BODY_JSON:
        if (value_read_json(&rq->arena, arena_str(&rq->arena, body),
                            &rq->inputs, &problem) == OK &&
            rq->inputs->kind == VALUE_OBJECT)
            return OK;
        rq->inputs = value_new(&rq->arena, VALUE_OBJECT);
        if (str_is_none(problem))
            problem = STR("提交的 JSON 应是一个对象，即 {…}。");
        return refuse(rq, 400, "input", problem.p);
    case BODY_MULTIPART:
        if (multipart_finish(&rq->reception->parts) != OK)
            return unreadable(rq);
        return OK;
    case BODY_OTHER:
        close_file(rq);
        return OK;
    default:
        return OK;
    }
}

/* ---- after the last byte, on a worker ---- */

static pthread_key_t magic_key;
static pthread_once_t magic_once = PTHREAD_ONCE_INIT;

static void forget_magic(void *m)
{
    magic_close(m);
}

static void make_magic_key(void)
{
    pthread_key_create(&magic_key, forget_magic);
}

/* libmagic's handle is one thread's; loading its tables takes milliseconds. */
static magic_t own_magic(void)
{
    pthread_once(&magic_once, make_magic_key);
    magic_t m = pthread_getspecific(magic_key);
    if (m)
        return m;
    m = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
    if (m && magic_load(m, NULL) != 0) {
        magic_close(m);
        m = NULL;
    }
    pthread_setspecific(magic_key, m);
    return m;
}

/* files knows OFD, DOCX and XLSX apart from other archives. */
static str type_of(struct request *rq, const char *path)
{
    str why, known = files_type_of(path, &why);
    if (!str_is_none(known))
        return known;
    magic_t m = own_magic();
    const char *type = m ? magic_file(m, path) : NULL;
    return arena_str(&rq->arena,
                     str_of(type ? type : "application/octet-stream"));
}

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fdatasync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return synced;
}

enum err body_settle(struct request *rq)
{
    for (int i = 0; i < rq->uploads; i++) {
        if (!sync_file(rq->upload[i].path))
            return full_disk(rq);
        rq->upload[i].type = type_of(rq, rq->upload[i].path);
    }
    return OK;
}

/* files_adopt has taken what it wanted by renaming it away. */
void body_drop(struct request *rq)
{
    for (int i = 0; i < rq->uploads; i++)
        unlink(rq->upload[i].path);
    rq->uploads = 0;
    if (rq->reception == NULL)
        return;
    if (rq->reception->fd >= 0)
        close(rq->reception->fd);
    buf_free(&rq->reception->text);
    free(rq->reception);
    rq->reception = NULL;
}
