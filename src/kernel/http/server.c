/*
 * Between libmicrohttpd and the dispatcher: one epoll thread a core, and what
 * happens when a request begins, grows, is answered and is over.
 *
 * MHD gives the path unescaped and the query torn apart; both happen here, by
 * our own bounds, so its unescaping is switched off and the address is taken as
 * it stood on the wire.  Stopping is an order of its own: no new connections,
 * live pages end, requests under way finish, then the threads go.
 */
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    MEMORY = 32 << 10,      /* of a connection; the head of a request fits */
    BACKLOG = 1024,
    FORM_SECONDS = 60,      /* for a form's body to arrive */
    UPLOAD_SECONDS = 900,   /* 20 MB at 180 kbit/s */
};

/* ---- what MHD calls ---- */

static size_t as_it_stands(void *context, struct MHD_Connection *k, char *s)
{
    (void)context, (void)k;
    return strlen(s);
}

static void *begin(void *context, const char *uri, struct MHD_Connection *k)
{
    struct http *h = context;
    struct request *rq = request_new(h);
    const union MHD_ConnectionInfo *at =
        MHD_get_connection_info(k, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    rq->connection = k;
    rq->conn = at ? at->socket_context : NULL;
    rq->uri = arena_str(&rq->arena, str_slice(str_of(uri), 0,
                                              HTTP_URI_BYTES + 1));
    rq->path = rq->uri;
    atomic_fetch_add(&h->active, 1);
    return rq;
}

static void end(void *context, struct MHD_Connection *k, void **slot,
                enum MHD_RequestTerminationCode why)
{
    struct http *h = context;
    struct request *rq = *slot;
    (void)k, (void)why;
    *slot = NULL;
    if (rq == NULL)
        return;
    conn_busy(rq->conn, false);
    if (rq->began)
        log_request(h->log, rq);
    if (rq->response)
        MHD_destroy_response(rq->response);
    request_free(rq);
    atomic_fetch_sub(&h->active, 1);
}

static void connection_changes(void *context, struct MHD_Connection *k,
                               void **slot,
                               enum MHD_ConnectionNotificationCode what)
{
    struct http *h = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *slot = conns_open(h->conns, k);
        return;
    }
    conns_close(h->conns, *slot);
    *slot = NULL;
}

static enum MHD_Result accept_from(void *context, const struct sockaddr *a,
                                   socklen_t n)
{
    (void)n;
    return conns_accept(((struct http *)context)->conns, a) ? MHD_YES : MHD_NO;
}

/* ---- one request ---- */

static bool has_body(const struct request *rq)
{
    return rq->heads.chunked || rq->heads.length > 0;
}

/* A sender that waits for 100 Continue, or announces more than we would read
 * to be polite, is answered at once; the connection ends with it. */
static bool refuse_at_once(const struct request *rq)
{
    return rq->result != OK &&
           (!str_is_none(rq->heads.expect) || rq->heads.length > HTTP_DRAIN);
}

static enum MHD_Result first_call(struct request *rq, const char *method)
{
    rq->began = true;
    rq->method = arena_cstr(&rq->arena, str_slice(str_of(method), 0, 16));
    conn_busy(rq->conn, true);
    dispatch_admit(rq);
    if (!has_body(rq) || !refuse_at_once(rq))
        return MHD_YES; /* MHD closes what is answered in its first call */
    rq->closing = true;
    return dispatch(rq) ? answer_send(rq) : MHD_YES;
}

static enum MHD_Result more_body(struct request *rq, str bytes)
{
    bool upload = rq->body_kind == BODY_MULTIPART ||
                  rq->body_kind == BODY_OTHER;
    int64_t most = upload ? UPLOAD_SECONDS : FORM_SECONDS;
    body_feed(rq, bytes);
    bool endless = rq->body_bytes > HTTP_DRAIN && rq->result != OK;
    bool slow = tick_us() - rq->since_us > most * 1000000;
    return endless || slow ? MHD_NO : MHD_YES;
}

static enum MHD_Result serve(void *context, struct MHD_Connection *k,
                             const char *url, const char *method,
                             const char *version, const char *data,
                             size_t *n, void **slot)
{
    struct request *rq = *slot;
    (void)context, (void)k, (void)url, (void)version;
    if (rq == NULL)
        return MHD_NO;
    if (!rq->began)
        return first_call(rq, method);
    if (*n) {
        str bytes = { data, *n };
        *n = 0;
        return more_body(rq, bytes);
    }
    int stage = atomic_load(&rq->stage);
    if (stage == STAGE_WAITING || stage == STAGE_SENT)
        return MHD_YES;
    if (stage == STAGE_READING && !dispatch(rq))
        return MHD_YES; /* suspended: rq is not ours to look at now */
    if (stage == STAGE_DECIDED)
        dispatch_answer(rq);
    return answer_send(rq);
}

static void complain(void *context, const char *format, va_list args)
{
    struct http *h = context;
    char text[300];
    vsnprintf(text, sizeof text, format, args);
    log_text(h->log, "http: %s", text);
}

/* ---- starting ---- */

static enum err bad_address(const char *listen, struct arena *a, str *problem)
{
    *problem = arena_printf(a, "“%s”不是监听地址，应写成 地址:端口，"
                               "例如 127.0.0.1:8080。", listen);
    return ERR_INPUT;
}

static enum err parse_address(const char *listen, struct arena *a,
                              struct sockaddr_storage *out, str *problem)
{
    str whole = str_of(listen), host = str_none, port = str_none;
    for (size_t i = whole.n; i > 0 && str_is_none(port); i--)
        if (whole.p[i - 1] == ':') {
            host = str_slice(whole, 0, i - 1);
            port = str_slice(whole, i, whole.n);
        }
    if (port.n == 0)
        return bad_address(listen, a, problem);
    if (host.n > 1 && host.p[0] == '[' && host.p[host.n - 1] == ']')
        host = str_slice(host, 1, host.n - 1);
    struct addrinfo want = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV |
                                         AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    if (str_is(host, "localhost"))
        host = STR("127.0.0.1");
    if (getaddrinfo(host.n ? arena_cstr(a, host) : NULL, arena_cstr(a, port),
                    &want, &found) != 0)
        return bad_address(listen, a, problem);
    memset(out, 0, sizeof *out);
    memcpy(out, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return OK;
}

static struct rate_class class_of(const char *per_second, const char *burst)
{
    return (struct rate_class){ (double)conf_int(per_second),
                                (double)conf_int(burst) };
}

static void read_conf(struct http *h)
{
    h->limit_form = (size_t)conf_int("form_kb") << 10;
    h->limit_json = (size_t)conf_int("json_kb") << 10;
    h->limit_paper = (size_t)conf_int("upload_mb") << 20;
    h->limit_body = (size_t)conf_int("body_mb") << 20;
    h->reads = class_of("limit_read", "limit_read_burst");
    h->writes = class_of("limit_write", "limit_write_burst");
    h->account = class_of("limit_account", "limit_account_burst");
    h->limit_own = conf_int("limit_own") != 0;
    h->patience_ms = conf_int("head_seconds") * 1000;
    layout_read(&h->about);
    h->about.demo = h->about.demo || h->options->demo;
}

/* The modules' tables, with this room's own behind them if it is missing. */
static const struct module *const *with_own(
    const struct module *const *modules, struct arena *a)
{
    size_t n = 0;
    for (; modules[n]; n++)
        if (modules[n] == &http_module)
            return modules;
    const struct module **all = ARENA_NEW_N(a, const struct module *, n + 2);
    memcpy(all, modules, n * sizeof *all);
    all[n] = &http_module;
    return all;
}

static enum err no_memory(struct arena *a, str *problem)
{
    *problem = arena_str(a, STR("无法启动：内存或线程不够，或日志文件无法"
                                "写入，请检查后重新启动。"));
    return ERR_BUSY;
}

static enum err start_parts(struct http *h, struct arena *a, str *problem)
{
    int workers = h->options->workers;
    h->log = log_open(arena_cstr(a, conf_text("log_file")));
    h->conns = conns_new((int)conf_int("connections_per_address"));
    h->cache = cache_new((size_t)conf_int("cache_mb") << 20);
    h->rate = rate_new();
    h->streams = streams_new(h, (int)conf_int("streams"));
    h->workers = workers_start(workers > 0 ? workers
                                           : (int)conf_int("workers"),
                               (int)conf_int("queue"));
    if (!h->log || !h->conns || !h->cache || !h->rate || !h->streams ||
        !h->workers)
        return no_memory(a, problem);
    h->ticker = ticker_start(h);
    return h->ticker ? OK : no_memory(a, problem);
}

static enum err start_daemon(struct http *h, struct arena *a, str *problem)
{
    const struct http_options *o = h->options;
    struct sockaddr_storage address;
    enum err e = parse_address(o->listen, a, &address, problem);
    if (e != OK)
        return e;
    int threads = o->threads > 0 ? o->threads
                                 : (int)sysconf(_SC_NPROCESSORS_ONLN);
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
                     MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    struct MHD_OptionItem pool[] = {
        { threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads,
          NULL },
        { MHD_OPTION_END, 0, NULL },
    };
    h->daemon = MHD_start_daemon(
        flags, 0, accept_from, h, serve, h,
        MHD_OPTION_EXTERNAL_LOGGER, complain, h,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
        MHD_OPTION_URI_LOG_CALLBACK, begin, h,
        MHD_OPTION_UNESCAPE_CALLBACK, as_it_stands, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, end, h,
        MHD_OPTION_NOTIFY_CONNECTION, connection_changes, h,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)conf_int("connections"),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)conf_int("idle_seconds"),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
    if (h->daemon == NULL) {
        *problem = arena_printf(a, "无法在 %s 监听：端口已被占用或没有权限，"
                                   "请换一个端口。", o->listen);
        return ERR_BUSY;
    }
    const union MHD_DaemonInfo *port =
        MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
    h->port = port ? port->port : 0;
    return OK;
}

/* Any free port was asked for: tests do. */
static bool any_port(const struct http *h)
{
    return str_ends(str_of(h->options->listen), STR(":0"));
}

static struct {
    str site;
    bool demo;
} announced = { .site = { "", 0 } };

void http_announce(str site, bool demo)
{
    announced.site = site;
    announced.demo = demo;
}

str http_site(void)
{
    return announced.site;
}

bool http_demo(void)
{
    return announced.demo;
}

static str site_address(const struct http *h, struct arena *a)
{
    str set = conf_text("site_url");
    if (set.n)
        return str_ends(set, STR("/")) ? str_slice(set, 0, set.n - 1) : set;
    str host = str_of(h->options->listen);
    if (!any_port(h))
        return arena_printf(a, "http://%.*s", STR_ARG(host));
    while (host.n && host.p[host.n - 1] != ':')
        host.n--;
    return arena_printf(a, "http://%.*s%d", STR_ARG(host), h->port);
}

enum err http_open(const struct http_options *o, struct store *s,
                   const struct module *const *modules, struct arena *a,
                   struct http **out, str *problem)
{
    struct http_options *own = ARENA_NEW(a, struct http_options);
    struct http *h = ARENA_NEW(a, struct http);
    *own = *o;
    if (own->temp == NULL)
        own->temp = "/tmp";
    h->options = own;
    h->store = s;
    h->blocks = store_blocks(s);
    h->modules = with_own(modules, a);
    if (sodium_init() < 0)
        return no_memory(a, problem);
    randombytes_buf(&h->boot, sizeof h->boot);
    read_conf(h);
    enum err e = routes_compile(h->modules, a, &h->routes, problem);
    if (e == OK)
        e = auth_setup(h->modules, a, problem);
    if (e == OK)
        e = pages_load(o->dev ? o->share : NULL, a, &h->pages, problem);
    if (e == OK)
        e = start_parts(h, a, problem);
    /* Before the first request can come; of any port it is known after. */
    h->site = site_address(h, a);
    if (e == OK)
        e = start_daemon(h, a, problem);
    if (e != OK) {
        http_close(h);
        return e;
    }
    if (any_port(h))
        h->site = site_address(h, a);
    *out = h;
    return OK;
}

int http_port(const struct http *h)
{
    return h->port;
}

/* ---- stopping ---- */

static void finish_requests(struct http *h)
{
    int64_t until = tick_ms() + conf_int("stop_seconds") * 1000;
    struct timespec pause = { 0, 10 * 1000000 };
    while (atomic_load(&h->active) > 0 && tick_ms() < until)
        nanosleep(&pause, NULL);
}

/* A request the writer or a worker still has must not lose its connection:
 * these end by themselves, and are waited for however long they take. */
static void finish_suspended(struct http *h)
{
    struct timespec pause = { 0, 10 * 1000000 };
    while (atomic_load(&h->waiting) > 0)
        nanosleep(&pause, NULL);
}

/* The threads of the daemon may hold the listening socket until they have
 * ended: until then it refuses, and its number is not given to another file. */
static void stop_daemon(struct http *h)
{
    atomic_store(&h->stopping, true);
    MHD_socket listener = MHD_quiesce_daemon(h->daemon);
    if (listener != MHD_INVALID_SOCKET)
        shutdown(listener, SHUT_RDWR);
    streams_close(h->streams);
    finish_requests(h);
    finish_suspended(h);
    MHD_stop_daemon(h->daemon);
    if (listener != MHD_INVALID_SOCKET)
        close(listener);
}

void http_close(struct http *h)
{
    if (h == NULL)
        return;
    if (h->daemon)
        stop_daemon(h);
    workers_stop(h->workers);
    ticker_stop(h->ticker);
    streams_free(h->streams);
    cache_free(h->cache);
    rate_free(h->rate);
    conns_free(h->conns);
    pages_free(h->pages);
    log_close(h->log);
    requests_forget();
}

/* ---- the whole of a server's life ---- */

static int stop_pipe[2] = { -1, -1 };

void http_stop(void)
{
    ssize_t n = write(stop_pipe[1], "", 1);
    (void)n; /* in a signal handler there is nobody to tell */
}

static void on_signal(int number)
{
    (void)number;
    http_stop();
}

/* Debian gives a process 1024 descriptors until it asks for what it may. */
static void raise_descriptors(void)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

static void catch_signals(void)
{
    struct sigaction stop = { .sa_handler = on_signal };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

enum err http_serve(const struct http_options *o, struct store *s,
                    const struct module *const *modules, struct arena *a,
                    str *problem)
{
    struct http *h;
    char byte;
    if (pipe(stop_pipe) != 0)
        return no_memory(a, problem);
    catch_signals();
    raise_descriptors();
    enum err e = http_open(o, s, modules, a, &h, problem);
    if (e == OK) {
        printf("政通 在 %.*s 提供服务\n", STR_ARG(h->site));
        fflush(stdout);
        while (read(stop_pipe[0], &byte, 1) < 0)
            ;
        http_close(h);
    }
    close(stop_pipe[0]);
    close(stop_pipe[1]);
    stop_pipe[0] = stop_pipe[1] = -1;
    return e;
}
