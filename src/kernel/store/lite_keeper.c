/*
 * SQLite's files: who owns the folder, how connections are set, who carries the
 * log over into the data file, and how a bulk load ends.
 *
 * Checkpoints run on a thread of their own with a connection of their own: on
 * the writer they were what made one submission in a thousand wait.  PASSIVE
 * never waits for anybody.  While the writer goes on, some frames are always
 * newer than what was carried over, and the log would only grow: each sync then
 * also writes the file system's own journal, half as much again.  So the writer
 * carries over the last few itself, between two groups, and begins the log anew
 * over its old bytes.  When readers overlap without a gap that cannot be;
 * beyond WAL_TOO_LONG, or when there is more of it than of free space, the
 * writer is asked to wait for them once, between two groups.  Space can run out
 * between two looks of that thread: the writer looks at it too, every WAL_LOOK
 * frames and after a commit that found none.  It looks often, since a log that
 * has outgrown what is free can no longer be carried over: a disk that somebody
 * else filled and freed again would stay full.
 */
#include "kernel/store/lite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    FRAME = 4096,            /* bytes of a page in the log */
    WAL_ENOUGH = 1000,       /* frames that make a checkpoint pay */
    WAL_REUSE = 4 << 10,     /* frames that make it pay to begin anew: 16 MiB */
    WAL_TOO_LONG = 64 << 10, /* frames: 256 MiB */
    WAL_LOOK = 100,          /* frames between the writer's own looks */
    PAUSE_MS = 500,
    ASK_AGAIN_MS = 10000,    /* the writer is asked to wait this rarely, */
    ASK_URGENTLY_MS = 1000,  /* and this rarely while space is scarce */
};

static str path_of(struct store *s, struct arena *a, const char *name)
{
    return arena_printf(a, "%s/%s", s->dir, name);
}

/* ---- the owner ---- */

static enum err make_folder(const char *dir, struct arena *a, str *problem)
{
    char *path = arena_cstr(a, str_of(dir));
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = 0;
            mkdir(path, 0750);
            *p = '/';
        }
    if (mkdir(path, 0750) == 0 || errno == EEXIST)
        return OK;
    *problem = arena_printf(a, "无法建立数据目录 %s：%s。", dir,
                            strerror(errno));
    return ERR_DENIED;
}

static enum err locked_by(struct store *s, struct arena *a, str *problem)
{
    char pid[32] = "";
    ssize_t n = pread(s->owner_fd, pid, sizeof pid - 1, 0);
    pid[n > 0 ? n : 0] = 0;
    *problem = arena_printf(
        a, "数据目录 %s 正由另一个政通进程（进程号 %s）使用，不能同时打开。"
           "请先停止那个进程，或指定另一个目录。", s->dir,
        pid[0] ? pid : "未知");
    return ERR_BUSY;
}

/* A bulk load writes without asking the disk; cut short it is worth nothing. */
static enum err refuse_half_load(struct store *s, struct arena *a,
                                 str *problem)
{
    str mark = path_of(s, a, "loading");
    if (access(mark.p, F_OK) == 0) {
        *problem = arena_printf(a, "数据目录 %s 的装载没有完成，数据不完整。"
                                   "请删除该目录后重新装载。", s->dir);
        return ERR_CONFLICT;
    }
    if (!s->bulk)
        return OK;
    int fd = open(mark.p, O_CREAT | O_WRONLY | O_CLOEXEC, 0640);
    if (fd >= 0 && fsync(fd) == 0 && close(fd) == 0)
        return OK;
    *problem = arena_printf(a, "无法写入数据目录 %s：%s。", s->dir,
                            strerror(errno));
    return ERR_DENIED;
}

/* The data file is nobody else's business; SQLite gives its log the same
 * rights. */
static void create_private(struct store *s, struct arena *a)
{
    int fd = open(path_of(s, a, "zhengtong.db").p, O_CREAT | O_RDWR | O_CLOEXEC,
                  0640);
    if (fd >= 0)
        close(fd);
}

enum err owner_lock(struct store *s, struct arena *a, str *problem)
{
    enum err e = make_folder(s->dir, a, problem);
    if (e != OK)
        return e;
    str path = path_of(s, a, "owner.lock");
    s->owner_fd = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (s->owner_fd < 0) {
        *problem = arena_printf(a, "无法写入数据目录 %s：%s。", s->dir,
                                strerror(errno));
        return ERR_DENIED;
    }
    if (flock(s->owner_fd, LOCK_EX | LOCK_NB) != 0)
        return locked_by(s, a, problem);
    char pid[32];
    int n = snprintf(pid, sizeof pid, "%d", (int)getpid());
    if (ftruncate(s->owner_fd, 0) != 0 ||
        pwrite(s->owner_fd, pid, (size_t)n, 0) != n)
        store_log("the owner's number could not be written to %s", path.p);
    create_private(s, a);
    return refuse_half_load(s, a, problem);
}

void owner_unlock(struct store *s)
{
    if (s->owner_fd >= 0)
        close(s->owner_fd); /* the lock goes with it */
    s->owner_fd = -1;
}

/* ---- connections ---- */

static pthread_once_t configured = PTHREAD_ONCE_INIT;
static const char *log_files;

static void configure(void)
{
    /* Counting every allocation costs a lock that all threads share. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    log_files = lite_log_files();
}

/* The log must not be what fills the disk: most of it are older versions of
 * pages that are in it again. */
static bool scarce(const struct store *s, int log)
{
    struct statvfs v;
    return statvfs(s->dir, &v) == 0 &&
           (uint64_t)log * FRAME > (uint64_t)v.f_bavail * v.f_frsize;
}

/* The log's length after each commit, in the writer's thread; also keeps SQLite
 * from checkpointing. */
static int committed(void *p, sqlite3 *db, const char *name, int frames)
{
    (void)db, (void)name;
    struct store *s = p;
    atomic_store(&s->wal_frames, frames);
    if (frames < s->wal_looked)
        s->wal_looked = s->wal_woken = 0; /* it began anew */
    if (frames >= s->wal_woken + WAL_REUSE) {
        s->wal_woken = frames;
        pthread_cond_signal(&s->keeper_wake); /* missed: PAUSE_MS later */
    }
    if (frames >= s->wal_looked + WAL_LOOK) {
        s->wal_looked = frames;
        if (scarce(s, frames))
            atomic_store(&s->wal_too_long, true);
    }
    return SQLITE_OK;
}

static const char *settings(const struct store *s, bool writer)
{
    if (s->bulk && writer)
        return "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"
               "PRAGMA cache_size=-393216;";
    if (writer)
        return "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "PRAGMA journal_size_limit=67108864;"
               "PRAGMA cache_size=-32768;";
    return "PRAGMA cache_size=-8192; PRAGMA query_only=ON;";
}

sqlite3 *lite_open(struct store *s, bool writer, struct arena *a,
                   str *problem)
{
    pthread_once(&configured, configure);
    str path = path_of(s, a, "zhengtong.db");
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (writer ? SQLITE_OPEN_CREATE : 0);
    sqlite3 *db = NULL;
    const char *files = writer && !s->bulk ? log_files : NULL;
    if (sqlite3_open_v2(path.p, &db, flags, files) == SQLITE_OK &&
        sqlite3_busy_timeout(db, LITE_TIMEOUT_MS) == SQLITE_OK &&
        sqlite3_exec(db, "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
                         "PRAGMA case_sensitive_like=ON;",
                     NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_exec(db, settings(s, writer), NULL, NULL, NULL) == SQLITE_OK) {
        if (writer)
            sqlite3_wal_hook(db, committed, s);
        return db;
    }
    *problem = arena_printf(a, "无法打开数据文件 %s：%s。", path.p,
                            sqlite3_errmsg(db));
    sqlite3_close(db);
    return NULL;
}

/* ---- checkpoints ---- */

/* Asks the writer to start the log anew, unless it was asked a moment ago. */
static void ask_writer(struct store *s, int64_t *asked, int pause_ms)
{
    if (tick_ms() < *asked + pause_ms)
        return;
    *asked = tick_ms();
    atomic_store(&s->wal_too_long, true);
}

static void checkpoint(struct store *s, sqlite3 *db, int64_t *asked)
{
    int frames = atomic_load(&s->wal_frames), log = 0, done = 0;
    if (frames < WAL_ENOUGH)
        return;
    int rc = sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                       &log, &done);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        store_log("checkpoint: %s", sqlite3_errmsg(db));
    if (rc == SQLITE_FULL || scarce(s, log))
        ask_writer(s, asked, ASK_URGENTLY_MS);
    else if (log > WAL_TOO_LONG)
        ask_writer(s, asked, ASK_AGAIN_MS);
    else if (rc == SQLITE_OK && log == done) {
        atomic_store(&s->wal_frames, 0);
        atomic_store(&s->wal_nearly, log > WAL_REUSE);
    }
}

static void *keeper_main(void *p)
{
    struct store *s = p;
    struct arena a = arena_make(0);
    str problem;
    sqlite3 *db = NULL;
    int64_t asked = -ASK_AGAIN_MS; /* tick when the writer was asked */
    pthread_mutex_lock(&s->lock);
    while (!s->closing) {
        int64_t until = tick_ms() + PAUSE_MS;
        struct timespec t = { until / 1000, until % 1000 * 1000000 };
        pthread_cond_timedwait(&s->keeper_wake, &s->lock, &t);
        pthread_mutex_unlock(&s->lock);
        if (db == NULL)
            db = lite_open(s, false, &a, &problem);
        if (db)
            checkpoint(s, db, &asked);
        arena_reset(&a);
        pthread_mutex_lock(&s->lock);
    }
    pthread_mutex_unlock(&s->lock);
    sqlite3_close(db);
    arena_free(&a);
    return NULL;
}

enum err keeper_start(struct store *s)
{
    if (s->bulk)
        return OK;
    s->keeper_started = pthread_create(&s->keeper, NULL, keeper_main, s) == 0;
    return s->keeper_started ? OK : ERR_BUSY;
}

void keeper_stop(struct store *s)
{
    if (!s->keeper_started)
        return;
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    pthread_cond_signal(&s->keeper_wake);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->keeper, NULL);
    s->keeper_started = false;
}

/* ---- the end of a bulk load ---- */

static bool synced(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

void bulk_finish(struct store *s)
{
    struct arena a = arena_make(0);
    str data = path_of(s, &a, "zhengtong.db");
    str mark = path_of(s, &a, "loading");
    if (!synced(data.p) || !synced(s->dir) || unlink(mark.p) != 0 ||
        !synced(s->dir))
        store_log("the load of %s is not complete: %s", s->dir,
                  strerror(errno));
    arena_free(&a);
}
