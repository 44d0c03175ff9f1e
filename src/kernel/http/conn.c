/*
 * Connections: how many one address may have, and who dawdles.
 *
 * MHD's own limit per address would count everybody behind the reverse proxy
 * as one, and its timeout is about silence: a client that sends one byte of
 * its head every twenty seconds is never silent.  So connections are counted
 * here, the machine's own excepted, and the sweep hangs up on any whose
 * request head has been arriving for longer than patience allows.
 */
#include "kernel/http/inside.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { ADDRESSES = 1 << 14 };

struct conn {
    struct conn *next, *previous;
    int fd;
    _Atomic int64_t since_ms; /* waiting for a head since; 0: in a request */
    unsigned slot;
    bool local;
    size_t n;
    char address[INET6_ADDRSTRLEN];
};

struct conns {
    pthread_mutex_t lock;
    struct conn *first;
    int per_address;
    int count[ADDRESSES]; /* by hash of address: a collision only shares */
};

struct conns *conns_new(int per_address)
{
    struct conns *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    pthread_mutex_init(&c->lock, NULL);
    c->per_address = per_address;
    return c;
}

void conns_free(struct conns *c)
{
    if (c == NULL)
        return;
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* ---- addresses ---- */

/* A network: an IPv4 address, or the /64 an IPv6 subscriber owns. */
static str network_of(const struct sockaddr *a, bool *local)
{
    if (a && a->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)a;
        *local = (ntohl(in->sin_addr.s_addr) >> 24) == 127;
        return (str){ (const char *)&in->sin_addr, 4 };
    }
    if (a && a->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *)a;
        const uint8_t *b = in->sin6_addr.s6_addr;
        bool mapped = IN6_IS_ADDR_V4MAPPED(&in->sin6_addr);
        *local = IN6_IS_ADDR_LOOPBACK(&in->sin6_addr) ||
                 (mapped && b[12] == 127);
        return (str){ (const char *)b + (mapped ? 12 : 0), mapped ? 4 : 8 };
    }
    *local = true; /* a UNIX socket */
    return STR("");
}

static void write_address(const struct sockaddr *a, struct conn *c)
{
    if (a && a->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)a;
        inet_ntop(AF_INET, &in->sin_addr, c->address, sizeof c->address);
    } else if (a && a->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *)a;
        inet_ntop(AF_INET6, &in->sin6_addr, c->address, sizeof c->address);
    }
    c->n = strlen(c->address);
}

bool conns_accept(struct conns *c, const struct sockaddr *a)
{
    bool local;
    str network = network_of(a, &local);
    if (local || c->per_address <= 0)
        return true;
    unsigned slot = (unsigned)(str_hash(network) % ADDRESSES);
    pthread_mutex_lock(&c->lock);
    bool room = c->count[slot] < c->per_address;
    pthread_mutex_unlock(&c->lock);
    return room;
}

/* ---- opening and closing ---- */

struct conn *conns_open(struct conns *c, struct MHD_Connection *k)
{
    const union MHD_ConnectionInfo *at =
        MHD_get_connection_info(k, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const union MHD_ConnectionInfo *fd =
        MHD_get_connection_info(k, MHD_CONNECTION_INFO_CONNECTION_FD);
    const struct sockaddr *a = at ? at->client_addr : NULL;
    struct conn *conn = calloc(1, sizeof *conn);
    if (conn == NULL)
        return NULL;
    conn->fd = fd ? fd->connect_fd : -1;
    conn->slot = (unsigned)(str_hash(network_of(a, &conn->local)) %
                            ADDRESSES);
    write_address(a, conn);
    conn->since_ms = tick_ms();
    pthread_mutex_lock(&c->lock);
    c->count[conn->slot]++;
    conn->next = c->first;
    if (c->first)
        c->first->previous = conn;
    c->first = conn;
    pthread_mutex_unlock(&c->lock);
    return conn;
}

void conns_close(struct conns *c, struct conn *conn)
{
    if (conn == NULL)
        return;
    pthread_mutex_lock(&c->lock);
    c->count[conn->slot]--;
    if (conn->next)
        conn->next->previous = conn->previous;
    if (conn->previous)
        conn->previous->next = conn->next;
    else
        c->first = conn->next;
    pthread_mutex_unlock(&c->lock);
    free(conn);
}

void conn_busy(struct conn *c, bool busy)
{
    if (c)
        atomic_store_explicit(&c->since_ms, busy ? 0 : tick_ms(),
                              memory_order_relaxed);
}

str conn_address(const struct conn *c)
{
    return c ? (str){ c->address, c->n } : STR("");
}

bool conn_local(const struct conn *c)
{
    return c == NULL || c->local;
}

void conns_sweep(struct conns *c, int64_t patience_ms)
{
    int64_t now = tick_ms();
    pthread_mutex_lock(&c->lock);
    for (struct conn *k = c->first; k; k = k->next) {
        int64_t since = atomic_load_explicit(&k->since_ms,
                                             memory_order_relaxed);
        if (since && now - since > patience_ms && k->fd >= 0)
            shutdown(k->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&c->lock);
}
