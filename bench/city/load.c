/*
 * A load of many connections from one thread.
 *
 * bench_city_load PORT CONNECTIONS SECONDS FILE [RATE [once]] -- sends the
 * requests of FILE over and over (or each once), one at a time on each
 * connection, as fast as they are answered or RATE a second, and prints
 *   rate/s <tab> p50 ms <tab> p99 ms <tab> max ms <tab> done <tab> failed
 *   <tab> bytes a body
 * FILE holds whole HTTP requests, a zero byte after each.  The first run of six
 * '#' in a request becomes a number that never repeats, so that no cache knows
 * the address.  Anything but a 2xx is a failure, and the first is shown.  At a
 * rate, a request waits from the moment it was due, not from when it was sent.
 */
#include "base/base.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS = 1024, REQUESTS = 1 << 16, HEAD = 16 << 10, MARK = 6,
    FINE = 10000, COARSE = 60000, /* latencies: by 10 us, then by 1 ms */
};

struct asked {
    char *text;
    size_t n;
    char *mark; /* where the number goes, or NULL */
};

struct line {
    int fd;
    size_t sent, got, body_left;
    bool in_body;
    int status;
    int64_t since;
    struct asked *asked;
    char *out;
    char head[HEAD + 1];
};

static struct asked asked[REQUESTS];
static size_t asked_count, next_asked, longest;
static unsigned serial;
static struct sockaddr_in server;
static struct line *lines[CONNECTIONS];
static int poll_fd;
static int64_t begin, deadline, done, failed, bytes;
static double rate; /* requests a second; 0: as fast as they are answered */
static bool once;
static uint32_t fine[FINE], coarse[COARSE];
static int64_t slowest;
static char sink[256 << 10];

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void give_up(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- requests ---- */

static void read_requests(const char *path)
{
    FILE *f = fopen(path, "rb");
    static char all[64 << 20];
    size_t n = f ? fread(all, 1, sizeof all, f) : 0;
    if (n == 0)
        give_up(path);
    fclose(f);
    for (char *p = all; p < all + n && asked_count < REQUESTS;) {
        size_t k = strnlen(p, (size_t)(all + n - p));
        asked[asked_count++] = (struct asked){ p, k, strstr(p, "######") };
        longest = k > longest ? k : longest;
        p += k + 1;
    }
}

static void send_more(struct line *l)
{
    while (l->sent < l->asked->n) {
        ssize_t n = send(l->fd, l->out + l->sent, l->asked->n - l->sent,
                         MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n < 0)
            give_up("send");
        l->sent += (size_t)n;
    }
}

/* When the next request is due; after the deadline when there is none. */
static int64_t next_due(void)
{
    if (once && next_asked >= asked_count)
        return deadline;
    return rate > 0 ? begin + (int64_t)((double)next_asked / rate * 1e6)
                    : now_us();
}

/* Sends the next request if it is due; else the line rests. */
static void ask(struct line *l)
{
    int64_t due = next_due(), now = now_us();
    l->asked = NULL;
    if (due > now || due >= deadline || now >= deadline)
        return;
    struct asked *a = &asked[next_asked++ % asked_count];
    memcpy(l->out, a->text, a->n);
    if (a->mark) {
        char number[MARK + 1];
        snprintf(number, sizeof number, "%06u", serial++ % 1000000);
        memcpy(l->out + (a->mark - a->text), number, MARK);
    }
    l->asked = a;
    l->sent = l->got = 0;
    l->in_body = false;
    l->since = due;
    send_more(l);
}

/* ---- connections ---- */

static void open_line(struct line *l)
{
    int on = 1;
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (l->fd < 0 ||
        connect(l->fd, (struct sockaddr *)&server, sizeof server) != 0)
        give_up("connect");
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(l->fd, F_SETFL, O_NONBLOCK);
    struct epoll_event e = { .events = EPOLLIN | EPOLLOUT | EPOLLET,
                             .data.ptr = l };
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, l->fd, &e);
}

static void count(struct line *l)
{
    int64_t us = now_us() - l->since;
    done++;
    if (l->status / 100 != 2) {
        if (failed++ == 0)
            fprintf(stderr, "load: %.300s\n", l->head);
    }
    if (us < FINE * 10)
        fine[us / 10]++;
    else
        coarse[us / 1000 < COARSE ? us / 1000 : COARSE - 1]++;
    slowest = us > slowest ? us : slowest;
}

/* The head is complete: what is the status, how much is to come? */
static void read_head(struct line *l, char *end)
{
    *end = 0;
    char *length = strcasestr(l->head, "\r\ncontent-length:");
    if (sscanf(l->head, "HTTP/1.1 %d", &l->status) != 1 || length == NULL)
        give_up("an answer without a length");
    size_t body = strtoul(length + 17, NULL, 10);
    size_t here = l->got - (size_t)(end + 4 - l->head);
    bytes += (int64_t)body;
    l->body_left = body - (here < body ? here : body);
    l->in_body = true;
}

/* One answer whole: the next request, while there is time. */
static void answered(struct line *l)
{
    count(l);
    ask(l);
}

static void receive(struct line *l)
{
    for (;;) {
        bool body = l->in_body;
        ssize_t n = body ? recv(l->fd, sink, sizeof sink, 0)
                         : recv(l->fd, l->head + l->got, HEAD - l->got, 0);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0) { /* hung up on */
            failed += l->asked != NULL;
            close(l->fd);
            open_line(l);
            ask(l);
            return;
        }
        if (body) {
            l->body_left -= (size_t)n;
        } else {
            l->got += (size_t)n;
            l->head[l->got] = 0;
            char *end = strstr(l->head, "\r\n\r\n");
            if (end == NULL)
                continue;
            read_head(l, end);
        }
        if (l->body_left == 0)
            answered(l);
    }
}

/* ---- the figures ---- */

static double quantile(double q)
{
    int64_t want = (int64_t)((double)done * q), sum = 0;
    for (int i = 0; i < FINE; i++)
        if ((sum += fine[i]) > want)
            return (i + 0.5) / 100;
    for (int i = 0; i < COARSE; i++)
        if ((sum += coarse[i]) > want)
            return i + 0.5;
    return (double)slowest / 1000;
}

static bool busy(int n)
{
    for (int i = 0; i < n; i++)
        if (lines[i]->asked)
            return true;
    return false;
}

/* Lines that rest begin again when something is due. */
static void wake(int n)
{
    for (int i = 0; i < n && next_due() <= now_us(); i++)
        if (lines[i]->asked == NULL)
            ask(lines[i]);
}

static void run(int n, double seconds)
{
    struct epoll_event events[CONNECTIONS];
    begin = now_us();
    deadline = begin + (int64_t)(seconds * 1e6);
    for (int i = 0; i < n; i++) {
        lines[i] = calloc(1, sizeof *lines[i]);
        lines[i]->out = malloc(longest);
        open_line(lines[i]);
        ask(lines[i]);
    }
    while (busy(n) ? now_us() < deadline + 10000000
                   : now_us() < deadline && next_due() < deadline) {
        int k = epoll_wait(poll_fd, events, CONNECTIONS, rate > 0 ? 1 : 100);
        for (int i = 0; i < k; i++) {
            struct line *l = events[i].data.ptr;
            if (l->asked && (events[i].events & EPOLLOUT))
                send_more(l);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                receive(l);
        }
        if (rate > 0)
            wake(n);
    }
    double took = (double)(now_us() - begin) / 1e6;
    printf("%.0f\t%.2f\t%.2f\t%.2f\t%lld\t%lld\t%lld\n", (double)done / took,
           quantile(0.5), quantile(0.99), (double)slowest / 1000,
           (long long)done, (long long)failed,
           (long long)(done ? bytes / done : 0));
}

int main(int argc, char **argv)
{
    if (argc < 5 || argc > 7) {
        fputs("usage: bench_city_load PORT CONNECTIONS SECONDS FILE "
              "[RATE [once]]\n", stderr);
        return 2;
    }
    int n = (int)strtol(argv[2], NULL, 10);
    if (n < 1 || n > CONNECTIONS)
        return 2;
    server.sin_family = AF_INET;
    server.sin_port = htons((uint16_t)strtol(argv[1], NULL, 10));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    serial = (unsigned)(now_us() % 900000);
    rate = argc > 5 ? atof(argv[5]) : 0;
    once = argc > 6;
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    read_requests(argv[4]);
    run(n, atof(argv[3]));
    return 0;
}
