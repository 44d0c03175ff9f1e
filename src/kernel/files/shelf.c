/*
 * The folder papers are kept in: ab/abcdef…, and uploads/ for what comes in
 * pieces.
 *
 * A paper appears under its name by a rename, whole or not at all, after its
 * bytes are synced; then the folder is synced, because a name is not safe
 * before that either.  One lock keeps the sweep from removing what is just
 * being put there.
 */
#include "kernel/files/inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY_SECONDS = 86400, WALK = 200, SHELVES = 256 };

static char root[FILES_PATH - 200];
static pthread_mutex_t shelf_lock = PTHREAD_MUTEX_INITIALIZER;

static const char no_space[] =
    "服务器存储空间暂时不足，文件没有保存，请稍后再试；急用请到窗口提交。";
static const char no_disk[] = "文件暂时无法保存，请稍后再试。";

/* What a failed write means to the person; the operator reads the log. */
static enum err disk_failed(const char *what, str *problem)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    fprintf(stderr, "files: %s: %s\n", what, strerror(errno));
    *problem = str_of(full ? no_space : no_disk);
    return full ? ERR_BUSY : ERR_STORE;
}

/* ---- names ---- */

static void shelf_path(char out[FILES_PATH], str sha256)
{
    snprintf(out, FILES_PATH, "%s/%.2s/%.*s", root, sha256.p,
             STR_ARG(sha256));
}

static bool is_digest(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
              (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == FILES_DIGEST;
}

const char *files_path(struct arena *a, str sha256)
{
    char path[FILES_PATH];
    if (!is_digest(sha256))
        return "";
    shelf_path(path, sha256);
    return arena_cstr(a, str_of(path));
}

const char *files_part_path(struct arena *a, str id)
{
    return arena_printf(a, "%s/uploads/%.*s", root, STR_ARG(id)).p;
}

static enum err make_folder(const char *path)
{
    return mkdir(path, 0750) == 0 || errno == EEXIST ? OK : ERR_STORE;
}

enum err files_open(const char *dir, str *problem)
{
    char path[FILES_PATH];
    if (strlen(dir) >= sizeof root) {
        *problem = STR("files: the folder's path is too long");
        return ERR_INPUT;
    }
    memcpy(root, dir, strlen(dir) + 1);
    enum err e = make_folder(root);
    snprintf(path, sizeof path, "%s/uploads", root);
    if (e == OK)
        e = make_folder(path);
    if (e != OK || access(root, W_OK) != 0) {
        *problem = STR("files: the folder for papers cannot be made or "
                       "written to");
        return ERR_STORE;
    }
    return OK;
}

/* ---- reading ---- */

/* A whole file in memory without reading it; unmap gives it back. */
static str map_file(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    str s = str_none;
    if (fd < 0)
        return s;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        st.st_size <= FILES_MAX_BYTES) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd,
                       0);
        if (p != MAP_FAILED)
            s = (str){ p, (size_t)st.st_size };
    }
    close(fd);
    return s;
}

static void unmap(str s)
{
    if (s.n)
        munmap((void *)(uintptr_t)s.p, s.n);
}

static pthread_mutex_t magic_lock = PTHREAD_MUTEX_INITIALIZER;

/* One handle for all: it is large, and a paper is rare beside a page. */
static bool magic_agrees(str bytes, str kind)
{
    static magic_t magic;
    pthread_mutex_lock(&magic_lock);
    if (!magic) {
        magic = magic_open(MAGIC_MIME_TYPE);
        if (magic && magic_load(magic, NULL) != 0) {
            magic_close(magic);
            magic = NULL;
        }
    }
    const char *type = magic ? magic_buffer(magic, bytes.p, bytes.n) : NULL;
    bool agrees = type && files_kind_agrees(kind, str_of(type));
    pthread_mutex_unlock(&magic_lock);
    return agrees;
}

str files_type_of(const char *path, str *problem)
{
    str bytes = map_file(path);
    *problem = STR("文件是空的或者超过 20 MB，请压缩或拆分后上传。");
    if (bytes.n == 0)
        return str_none;
    str kind = files_kind(bytes, problem);
    if (kind.n && !magic_agrees(bytes, kind)) {
        *problem = STR("文件内容与格式不符，请另存为 PDF 后上传。");
        kind = str_none;
    }
    unmap(bytes);
    return kind;
}

str files_shelf_kind(str sha256, int64_t *size)
{
    char path[FILES_PATH];
    str unused;
    if (!is_digest(sha256))
        return str_none;
    shelf_path(path, sha256);
    str bytes = map_file(path);
    str kind = bytes.n ? files_kind(bytes, &unused) : str_none;
    *size = (int64_t)bytes.n;
    unmap(bytes);
    return kind;
}

str files_shelf_map(str sha256)
{
    char path[FILES_PATH];
    if (!is_digest(sha256))
        return str_none;
    shelf_path(path, sha256);
    return map_file(path);
}

void files_shelf_unmap(str bytes)
{
    unmap(bytes);
}

static str digest_of(struct arena *a, str bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = arena_alloc(a, FILES_DIGEST + 1);
    crypto_hash_sha256(digest, (const unsigned char *)bytes.p, bytes.n);
    sodium_bin2hex(hex, FILES_DIGEST + 1, digest, sizeof digest);
    return (str){ hex, FILES_DIGEST };
}

str files_digest(struct arena *a, const char *path)
{
    str bytes = map_file(path);
    if (bytes.n == 0)
        return str_none;
    str hex = digest_of(a, bytes);
    unmap(bytes);
    return hex;
}

/* ---- writing ---- */

static int sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    int failed = fsync(fd);
    int why = errno;
    close(fd);
    errno = why;
    return failed;
}

/* The folder of a digest, made and safe. */
static int make_shelf(str sha256, char out[FILES_PATH])
{
    snprintf(out, FILES_PATH, "%s/%.2s", root, sha256.p);
    if (mkdir(out, 0750) == 0)
        return sync_path(root, O_DIRECTORY);
    return errno == EEXIST ? 0 : -1;
}

/* A synced file under another name goes onto the shelf. */
static enum err shelve(const char *path, str sha256, str *problem)
{
    char folder[FILES_PATH], target[FILES_PATH];
    if (make_shelf(sha256, folder) != 0)
        return disk_failed("folder", problem);
    shelf_path(target, sha256);
    pthread_mutex_lock(&shelf_lock);
    int failed = rename(path, target);
    int why = errno;
    pthread_mutex_unlock(&shelf_lock);
    errno = why;
    if (failed)
        return errno == EXDEV ? ERR_CONFLICT : disk_failed("rename", problem);
    if (sync_path(folder, O_DIRECTORY) != 0)
        return disk_failed("sync", problem);
    return OK;
}

/* All bytes of one open file to another, at an offset; -1 with errno. */
static int copy_bytes(int from, int to, off_t offset)
{
    char block[1 << 16];
    ssize_t n;
    while ((n = read(from, block, sizeof block)) > 0)
        for (ssize_t done = 0; done < n;) {
            ssize_t w = pwrite(to, block + done, (size_t)(n - done), offset);
            if (w < 0)
                return -1;
            done += w;
            offset += w;
        }
    return n < 0 ? -1 : fsync(to);
}

enum err files_shelve_copy(const char *path, str sha256, str *problem)
{
    char copy[FILES_PATH];
    snprintf(copy, sizeof copy, "%s/.new-%.*s", root, STR_ARG(sha256));
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    enum err e = OK;
    if (from < 0 || to < 0 || copy_bytes(from, to, 0) != 0)
        e = disk_failed("copy", problem);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    if (e == OK)
        e = shelve(copy, sha256, problem);
    if (e != OK)
        unlink(copy);
    return e;
}

static int write_bytes(int to, str bytes)
{
    while (bytes.n > 0) {
        ssize_t w = write(to, bytes.p, bytes.n);
        if (w < 0)
            return -1;
        bytes = str_slice(bytes, (size_t)w, bytes.n);
    }
    return fsync(to);
}

enum err files_shelve_bytes(struct arena *a, str bytes, str *sha256,
                            str *problem)
{
    char path[FILES_PATH];
    *sha256 = digest_of(a, bytes);
    snprintf(path, sizeof path, "%s/.made-%.*s", root, STR_ARG(*sha256));
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    enum err e = OK;
    if (to < 0 || write_bytes(to, bytes) != 0)
        e = disk_failed("write", problem);
    if (to >= 0)
        close(to);
    if (e == OK)
        e = shelve(path, *sha256, problem);
    if (e != OK)
        unlink(path);
    return e;
}

enum err files_keep(struct arena *a, str bytes, str name, struct upload *out,
                    str *problem)
{
    str type = files_kind(bytes, problem), sha256;
    if (str_is_none(type))
        return ERR_RANGE;
    enum err e = files_shelve_bytes(a, bytes, &sha256, problem);
    if (e == OK)
        *out = (struct upload){
            .name = name, .path = files_path(a, sha256),
            .size = (int64_t)bytes.n, .sha256 = sha256, .type = type,
        };
    return e;
}

enum err files_adopt(const struct upload *u, str *problem)
{
    if (u->size <= 0 || u->size > FILES_MAX_BYTES) {
        *problem = u->size <= 0
                       ? STR("这个文件是空的，没有内容，请重新选择。")
                       : STR("文件超过 20 MB，请压缩或拆分后上传。");
        return ERR_RANGE;
    }
    if (!is_digest(u->sha256)) {
        *problem = str_of(no_disk);
        return ERR_INPUT;
    }
    if (str_is_none(files_type_of(u->path, problem)))
        return ERR_RANGE;
    if (sync_path(u->path, 0) != 0)
        return disk_failed("sync", problem);
    enum err e = shelve(u->path, u->sha256, problem);
    return e == ERR_CONFLICT /* another file system */
               ? files_shelve_copy(u->path, u->sha256, problem)
               : e;
}

/* ---- pieces ---- */

enum err files_part_write(str id, int64_t offset, const char *chunk,
                          str *problem)
{
    char path[FILES_PATH];
    snprintf(path, sizeof path, "%s/uploads/%.*s", root, STR_ARG(id));
    int flags = offset == 0 ? O_CREAT : 0; /* later pieces need the earlier */
    int from = open(chunk, O_RDONLY | O_CLOEXEC);
    int to = open(path, O_WRONLY | O_CLOEXEC | flags, 0640);
    enum err e = OK;
    if (from < 0 || to < 0 || ftruncate(to, offset) != 0 ||
        copy_bytes(from, to, offset) != 0)
        e = disk_failed("piece", problem);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    return e;
}

void files_part_remove(str id)
{
    char path[FILES_PATH];
    snprintf(path, sizeof path, "%s/uploads/%.*s", root, STR_ARG(id));
    unlink(path);
}

/* ---- sweeping ---- */

/* Now by the clock that stamps the files, which no test moves. */
static time_t disk_now(void)
{
    char path[FILES_PATH];
    struct stat st = { 0 };
    snprintf(path, sizeof path, "%s/.swept", root);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return 0;
    if (futimens(fd, NULL) != 0 || fstat(fd, &st) != 0)
        st.st_mtime = 0;
    close(fd);
    return st.st_mtime;
}

static void remove_old(str sha256, time_t now)
{
    char path[FILES_PATH];
    struct stat st;
    shelf_path(path, sha256);
    pthread_mutex_lock(&shelf_lock);
    if (stat(path, &st) == 0 && st.st_mtime < now - DAY_SECONDS)
        unlink(path);
    pthread_mutex_unlock(&shelf_lock);
}

/* Where the walk stopped; one sweep runs at a time. */
static struct {
    DIR *dir;
    int shelf;
} walk;

static bool next_shelf(void)
{
    char path[FILES_PATH];
    while (!walk.dir && walk.shelf < SHELVES) {
        snprintf(path, sizeof path, "%s/%02x", root,
                 (unsigned)walk.shelf++);
        walk.dir = opendir(path);
    }
    return walk.dir != NULL;
}

enum err files_shelf_walk(enum err (*wanted)(void *context, str sha256,
                                             bool *keep),
                          void *context, bool *more)
{
    time_t now = disk_now();
    enum err e = OK;
    for (int i = 0; i < WALK && e == OK && next_shelf(); i++) {
        struct dirent *entry = readdir(walk.dir);
        if (!entry) {
            closedir(walk.dir);
            walk.dir = NULL;
            continue;
        }
        struct stat st;
        str name = str_of(entry->d_name);
        bool keep = true;
        if (is_digest(name) && fstatat(dirfd(walk.dir), name.p, &st, 0) == 0 &&
            st.st_mtime < now - DAY_SECONDS)
            e = wanted(context, name, &keep);
        if (e == OK && !keep)
            remove_old(name, now);
    }
    *more = walk.dir != NULL || walk.shelf < SHELVES;
    if (!*more)
        walk.shelf = 0;
    return e;
}
