/* A client that sends exactly the bytes it is told to, for tests. */
#ifndef KERNEL_HTTP_TESTS_CLIENT_H
#define KERNEL_HTTP_TESTS_CLIENT_H

#include "base/base.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct reply {
    int status;      /* 0: the connection ended without an answer */
    struct buf raw;
    str head, body;
};

static inline int client_open(int port)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static inline void client_send(int fd, str bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = send(fd, bytes.p + at, bytes.n - at, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        at += (size_t)n;
    }
}

/* Reads until the server ends or `ms` pass in silence. */
static inline void client_read(int fd, struct buf *out, int ms)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    while (poll(&p, 1, ms) > 0) {
        ssize_t n = recv(fd, buf_room(out, 65536), 65536, 0);
        if (n <= 0)
            return;
        out->n += (size_t)n;
    }
}

static inline void reply_parse(struct reply *r)
{
    str all = buf_str(&r->raw);
    ptrdiff_t end = str_find(all, STR("\r\n\r\n"));
    if (end < 0 || all.n < 12)
        return;
    r->status = (all.p[9] - '0') * 100 + (all.p[10] - '0') * 10 +
                (all.p[11] - '0');
    r->head = str_slice(all, 0, (size_t)end + 2);
    r->body = str_slice(all, (size_t)end + 4, all.n);
}

/* Sends the bytes on a connection of their own and reads the whole answer. */
static inline struct reply client_ask(int port, str bytes)
{
    struct reply r = { 0 };
    int fd = client_open(port);
    client_send(fd, bytes);
    client_read(fd, &r.raw, 5000);
    close(fd);
    reply_parse(&r);
    return r;
}

static inline void reply_free(struct reply *r)
{
    buf_free(&r->raw);
    *r = (struct reply){ 0 };
}

/* The value of a header; none when it is not there. */
static inline str reply_header(const struct reply *r, const char *name)
{
    str rest = r->head;
    while (!str_is_none(rest)) {
        str line = str_cut(&rest, '\n');
        size_t n = strlen(name);
        if (line.n > n && line.p[n] == ':' &&
            strncasecmp(line.p, name, n) == 0)
            return str_trim(str_slice(line, n + 1, line.n));
    }
    return str_none;
}

static inline bool reply_has(const struct reply *r, const char *text)
{
    return str_find(r->body, str_of(text)) >= 0;
}

static inline void pause_ms(int ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
    nanosleep(&t, NULL);
}

#endif
