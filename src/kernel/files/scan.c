/*
 * Asking clamd about a file, over its own protocol: zINSTREAM, then pieces with
 * their length before them, a piece of length nought, one line of answer.
 *
 * The bytes are sent, not a path, so that the scanner needs no right to our
 * folder and may run on another machine.  Nothing here waits longer than the
 * bounds below: a scanner that does not answer is the same as none, and the
 * paper waits.
 */
#include "kernel/files/look.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PIECE = 1 << 16, ANSWER = 512, SECONDS = 5 };

static int connected(int fd, const struct sockaddr *address, socklen_t n)
{
    struct timeval most = { .tv_sec = SECONDS };
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
    if (connect(fd, address, n) == 0)
        return fd;
    close(fd);
    return -1;
}

/* unix:/run/clamav/clamd.ctl */
static int open_unix(str path)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    if (path.n == 0 || path.n >= sizeof to.sun_path)
        return -1;
    memcpy(to.sun_path, path.p, path.n);
    return connected(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
                     (const struct sockaddr *)&to, sizeof to);
}

/* tcp:127.0.0.1:3310 */
static int open_tcp(str rest)
{
    struct sockaddr_in to = { .sin_family = AF_INET };
    char host[64];
    int64_t port;
    str name = str_cut(&rest, ':');
    if (str_is_none(rest) || !str_int(rest, &port) || port < 1 ||
        port > 65535 || name.n >= sizeof host)
        return -1;
    memcpy(host, name.p, name.n);
    host[name.n] = 0;
    to.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &to.sin_addr) != 1)
        return -1;
    return connected(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
                     (const struct sockaddr *)&to, sizeof to);
}

bool scan_address_ok(str address)
{
    str rest = address;
    str kind = str_cut(&rest, ':');
    return str_is(address, "none") ||
           ((str_is(kind, "unix") || str_is(kind, "tcp")) && rest.n > 0);
}

static int open_scanner(str address)
{
    str rest = address;
    str kind = str_cut(&rest, ':');
    if (str_is_none(rest))
        return -1;
    return str_is(kind, "unix") ? open_unix(rest)
           : str_is(kind, "tcp") ? open_tcp(rest) : -1;
}

static bool send_all(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n > 0) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool send_piece(int fd, const char *bytes, size_t n)
{
    uint32_t length = htonl((uint32_t)n);
    return send_all(fd, &length, sizeof length) && send_all(fd, bytes, n);
}

/* False when the scanner stopped listening: it may still have said why. */
static bool send_file(int fd, int file)
{
    static _Thread_local char block[PIECE];
    ssize_t n;
    if (!send_all(fd, "zINSTREAM", sizeof "zINSTREAM"))
        return false;
    while ((n = read(file, block, sizeof block)) > 0)
        if (!send_piece(fd, block, (size_t)n))
            return false;
    return n == 0 && send_piece(fd, block, 0);
}

static str read_answer(int fd, char out[ANSWER])
{
    size_t n = 0;
    while (n < ANSWER) {
        ssize_t got = recv(fd, out + n, ANSWER - n, 0);
        if (got <= 0)
            break;
        n += (size_t)got;
        if (out[n - 1] == 0 || out[n - 1] == '\n')
            break;
    }
    while (n > 0 && (out[n - 1] == 0 || out[n - 1] == '\n'))
        n--;
    return (str){ out, n };
}

enum scan_answer scan_read(str answer, str *virus)
{
    str s = answer;
    *virus = STR("");
    if (str_starts(s, STR("stream: ")))
        s = str_slice(s, sizeof "stream: " - 1, s.n);
    if (str_is(s, "OK"))
        return SCAN_CLEAN;
    if (str_ends(s, STR(" FOUND"))) {
        s.n -= sizeof " FOUND" - 1;
        *virus = s;
        return s.n ? SCAN_INFECTED : SCAN_AWAY;
    }
    /* INSTREAM size limit exceeded; what cannot be looked at is not let by. */
    return SCAN_AWAY;
}

enum scan_answer scan_file(struct arena *a, str address, const char *path,
                           str *virus)
{
    char text[ANSWER];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int fd = file < 0 ? -1 : open_scanner(address);
    enum scan_answer answer = SCAN_AWAY;
    *virus = STR("");
    if (fd >= 0) {
        bool sent = send_file(fd, file);
        str said = read_answer(fd, text);
        answer = sent || said.n ? scan_read(said, virus) : SCAN_AWAY;
        *virus = arena_str(a, *virus);
        close(fd);
    }
    if (file >= 0)
        close(file);
    return answer;
}
