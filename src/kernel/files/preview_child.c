/*
 * Starting the process that draws, and reading what it answers.
 *
 * The answer goes into a file in memory, so nobody has to read along and a
 * child that says too much is ended by its own bound.  Waiting is short: the
 * runner's thread has other people's signals to deliver.
 */
#include "kernel/files/office.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- reading the answer ---- */

static bool is_picture(const struct preview_frame *f, str bytes)
{
    int side = f->page == 0 ? PREVIEW_THUMB : PREVIEW_SIDE;
    return f->page >= 0 && f->page <= PREVIEW_PAGES && f->width >= 1 &&
           f->width <= side && f->height >= 1 && f->height <= side &&
           (f->missing & ~PREVIEW_MISSING_ALL) == 0 &&
           str_starts(bytes, STR("\xff\xd8\xff"));
}

static bool is_words(const struct preview_frame *f, str bytes)
{
    return f->page == PREVIEW_WORDS && f->width == 0 && f->height == 0 &&
           f->missing == 0 &&
           bytes.n <= OFFICE_JSON && bytes.p[0] == '{';
}

bool preview_take(str *answer, struct preview_frame *f, str *bytes)
{
    if (answer->n < sizeof *f)
        return false;
    memcpy(f, answer->p, sizeof *f);
    str rest = str_slice(*answer, sizeof *f, answer->n);
    if (f->size < 4 || (size_t)f->size > rest.n)
        return false;
    *bytes = str_slice(rest, 0, (size_t)f->size);
    if (!is_picture(f, *bytes) && !is_words(f, *bytes))
        return false;
    *answer = str_slice(rest, (size_t)f->size, rest.n);
    return true;
}

static void read_answer(int fd, struct buf *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size <= 0 || st.st_size > PREVIEW_BYTES)
        return;
    size_t n = (size_t)st.st_size, done = 0;
    char *p = buf_room(out, n);
    while (done < n) {
        ssize_t got = pread(fd, p + done, n - done, (off_t)done);
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    out->n += done;
}

/* ---- the process ---- */

/* None of our signals' ways, none of our secrets in the environment. */
static int spawn(pid_t *pid, const char *program, const char *type, int in,
                 int out)
{
    char *const argv[] = { (char[]){ "zhengtong" }, (char[]){ "preview" },
                           (char *)(uintptr_t)type, NULL };
    char *const environment[] = { (char[]){ "LC_ALL=C.UTF-8" }, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    int failed = posix_spawn(pid, program, &files, &attributes, argv,
                             environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

enum err preview_start(const char *program, const char *path, str type,
                       struct preview_child *c)
{
    char name[100];
    int in = open(path, O_RDONLY | O_CLOEXEC);
    int out = memfd_create("preview", MFD_CLOEXEC);
    int failed = EINVAL;
    pid_t pid = 0;
    if (in >= 0 && out >= 0 && type.n < sizeof name) {
        memcpy(name, type.p, type.n);
        name[type.n] = 0;
        failed = spawn(&pid, program, name, in, out);
    }
    if (in >= 0)
        close(in);
    if (failed) {
        fprintf(stderr, "files: no process to draw a paper: %s\n",
                strerror(failed));
        if (out >= 0)
            close(out);
        return ERR_BUSY;
    }
    *c = (struct preview_child){ pid, out, tick_ms() };
    return OK;
}

/* Waits for the end of a process by its own descriptor; where there is none,
 * not at all: the next look will tell. */
static void wait_a_little(pid_t pid, int ms)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd < 0)
        return;
    struct pollfd p = { .fd = fd, .events = POLLIN };
    while (poll(&p, 1, ms) < 0 && errno == EINTR)
        continue;
    close(fd);
}

static enum preview_end end_of(int status)
{
    if (!WIFEXITED(status))
        return PREVIEW_HEAVY;
    switch (WEXITSTATUS(status)) {
    case PREVIEW_OK:
    case PREVIEW_DAMAGED:
    case PREVIEW_LOCKED:
        return (enum preview_end)WEXITSTATUS(status);
    default:
        return PREVIEW_HEAVY;
    }
}

bool preview_ended(struct preview_child *c, int wait_ms, enum preview_end *end,
                   struct buf *answer)
{
    int status = 0;
    wait_a_little(c->pid, wait_ms);
    pid_t ended = waitpid(c->pid, &status, WNOHANG);
    if (ended == 0) {
        if (tick_ms() - c->since < PREVIEW_WALL * 1000)
            return false;
        kill(c->pid, SIGKILL);
        ended = waitpid(c->pid, &status, 0);
    }
    *end = ended == c->pid ? end_of(status) : PREVIEW_HEAVY;
    read_answer(c->out, answer);
    close(c->out);
    *c = (struct preview_child){ 0 };
    return true;
}
