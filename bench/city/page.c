/*
 * The HTTP library's own static page: what no page of ours can be faster than.
 *
 * bench_city_page PORT BYTES -- answers every request with the same page of
 * that size, by one epoll pool thread per core as the server has, until its
 * standard input ends.
 */
#include <microhttpd.h>

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct MHD_Response *page;

static enum MHD_Result answer(void *unused, struct MHD_Connection *c,
                              const char *url, const char *method,
                              const char *version, const char *upload,
                              size_t *upload_size, void **state)
{
    (void)unused, (void)url, (void)method, (void)version, (void)upload;
    (void)upload_size;
    if (*state == NULL) { /* answered at once, the line would be closed */
        *state = page;
        return MHD_YES;
    }
    return MHD_queue_response(c, MHD_HTTP_OK, page);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    size_t n = strtoul(argv[2], NULL, 10);
    char *text = malloc(n), c;
    uint16_t port = (uint16_t)strtol(argv[1], NULL, 10);
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons(port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    memset(text, 'x', n);
    page = MHD_create_response_from_buffer(n, text, MHD_RESPMEM_MUST_FREE);
    MHD_add_response_header(page, "Content-Type", "text/html; charset=utf-8");
    struct MHD_Daemon *d = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer, NULL,
        MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)sysconf(_SC_NPROCESSORS_ONLN), MHD_OPTION_CONNECTION_LIMIT,
        1024u, MHD_OPTION_END);
    if (d == NULL) {
        fputs("page: the library could not be started\n", stderr);
        return 1;
    }
    puts("ready");
    fflush(stdout);
    while (read(0, &c, 1) > 0)
        ;
    MHD_stop_daemon(d);
    MHD_destroy_response(page);
    return 0;
}
