/*
 * The access log: one line a request, written by nobody who serves one.
 *
 * Socket threads append to a buffer; the ticker hands it to the file a few
 * times a second.  A line holds no address, no name, no query and nothing of a
 * body: what a log never learns it cannot lose (个人信息保护法 第六条).  When
 * the disk stalls, lines are dropped and counted, requests are not.
 */
#include "kernel/http/inside.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_MOST = 4 << 20, LOG_PATH_BYTES = 120 };

struct log {
    pthread_mutex_t lock;
    struct buf lines;  /* being added to */
    struct buf spare;  /* the ticker's: written and emptied */
    uint64_t dropped;
    int fd;
};

struct log *log_open(const char *path)
{
    struct log *l = calloc(1, sizeof *l);
    if (l == NULL)
        return NULL;
    l->fd = path && *path
                ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640)
                : STDERR_FILENO;
    if (l->fd < 0) {
        free(l);
        return NULL;
    }
    pthread_mutex_init(&l->lock, NULL);
    return l;
}

static void append(struct log *l, str line)
{
    pthread_mutex_lock(&l->lock);
    if (l->lines.n + line.n > LOG_MOST)
        l->dropped++;
    else
        buf_put(&l->lines, line);
    pthread_mutex_unlock(&l->lock);
}

/* ---- a line, put together by hand: this runs for every request ---- */

struct line {
    char text[512];
    size_t n;
};

static void put(struct line *l, str s)
{
    size_t n = sizeof l->text - l->n - 1;
    n = s.n < n ? s.n : n;
    memcpy(l->text + l->n, s.p, n);
    l->n += n;
}

static void put_int(struct line *l, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    put(l, (str){ digits + at, sizeof digits - at });
}

/* A path as it came is anybody's text: control characters and quotes would
 * let it forge lines. */
static void put_path(struct line *l, str s)
{
    s = str_slice(s, 0, LOG_PATH_BYTES);
    size_t from = l->n;
    put(l, s);
    for (size_t i = from; i < l->n; i++)
        if ((unsigned char)l->text[i] <= ' ' || l->text[i] == 0x7f)
            l->text[i] = '?';
}

void log_request(struct log *l, const struct request *rq)
{
    struct line line = { .n = 0 };
    char id[REQUEST_ID + 1], when[INST_TEXT];
    put(&line, inst_text(rq->now, when));
    put(&line, STR(" "));
    put(&line, request_id_text(rq, id));
    put(&line, STR(" "));
    put(&line, str_of(rq->method));
    put(&line, STR(" "));
    put_path(&line, rq->path);
    put(&line, STR(" "));
    put_int(&line, rq->answered);
    put(&line, STR(" "));
    put_int(&line, (int64_t)rq->answered_bytes);
    put(&line, STR(" "));
    put_int(&line, tick_us() - rq->since_us);
    put(&line, STR("us "));
    put(&line, rq->who ? rq->who->role : STR("-"));
    put(&line, STR("\n"));
    append(l, (str){ line.text, line.n });
}

void log_text(struct log *l, const char *format, ...)
{
    char text[1024], when[INST_TEXT];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct buf line = { 0 };
    buf_put(&line, inst_text(inst_now(), when));
    buf_byte(&line, ' ');
    for (int i = 0; i < n && (size_t)i < sizeof text - 1; i++)
        buf_byte(&line, (unsigned char)text[i] < ' ' ? '?' : text[i]);
    buf_byte(&line, '\n');
    append(l, buf_str(&line));
    buf_free(&line);
}

void log_flush(struct log *l)
{
    pthread_mutex_lock(&l->lock);
    struct buf lines = l->lines;
    l->lines = l->spare;
    if (l->dropped && lines.n < LOG_MOST)
        buf_printf(&lines, "log: %llu lines dropped\n",
                   (unsigned long long)l->dropped);
    l->dropped = 0;
    pthread_mutex_unlock(&l->lock);
    for (size_t at = 0; at < lines.n;) {
        ssize_t n = write(l->fd, lines.p + at, lines.n - at);
        if (n <= 0)
            break; /* nowhere to complain to */
        at += (size_t)n;
    }
    buf_clear(&lines);
    l->spare = lines;
}

void log_close(struct log *l)
{
    if (l == NULL)
        return;
    log_flush(l);
    if (l->fd != STDERR_FILENO)
        close(l->fd);
    pthread_mutex_destroy(&l->lock);
    buf_free(&l->lines);
    buf_free(&l->spare);
    free(l);
}
