/*
 * Inside http: the request as its stages see it, and what the files of this
 * room offer one another.
 *
 * One request is touched by one thread at a time: a socket thread reads it,
 * perhaps a worker prepares it, perhaps the writer runs its command, and a
 * socket thread answers.  Handing over is always through a lock (the worker's
 * queue, the store's queue, MHD's resume), so no member needs one of its own.
 */
#ifndef KERNEL_HTTP_INSIDE_H
#define KERNEL_HTTP_INSIDE_H

#include "kernel/form/multipart.h"
#include "kernel/http/http.h"

#include <microhttpd.h>
#include <stdatomic.h>

enum {
    HTTP_PARAMS = 8,           /* {name}s of one path */
    HTTP_PARAM_BYTES = 200,
    HTTP_KEY_BYTES = 64,       /* of an Idempotency-Key */
    HTTP_URI_BYTES = 8 << 10,
    HTTP_UPLOADS = 16,         /* file parts of one body */
    HTTP_COOKIES = 4,          /* cookies one answer may set */
    HTTP_DRAIN = 64 << 20,     /* a refused body up to this size is read to its
                                  end, so that its sender hears the answer */
};

struct http;
struct conn;

/* ---- route.c: the modules' tables, compiled ---- */

/* One path with its methods. */
struct spot {
    const struct route *get, *post;
    const char *name[HTTP_PARAMS];
    int params;
    const char *allow;         /* of 405 and OPTIONS */
};
struct routes;

/* ERR_INPUT with *problem when two rows claim one method of one path, or a
 * path or method is not of the known form. */
enum err routes_compile(const struct module *const *modules, struct arena *a,
                        struct routes **out, str *problem) MUST_USE;
/* ERR_NOTFOUND; ERR_INPUT for a path no sane client sends.  Values of
 * parameters go into value[], decoded into the arena. */
enum err routes_find(const struct routes *r, struct arena *a, str path,
                     const struct spot **out, str value[HTTP_PARAMS]) MUST_USE;
/* The GET row that shows this page, or NULL. */
const struct spot *routes_of_page(const struct routes *r, const char *page);

/* ---- accept.c: pure readers of header values ---- */

bool accept_json(str accept);  /* JSON is preferred to HTML */
bool accept_gzip(str accept_encoding);
str cookie_of(str cookies, str name); /* str_none when absent */
/* Does an Origin ("https://a:8080") name this Host ("a:8080")? */
bool origin_is_host(str origin, str host);
/* Is one of the tags of If-None-Match this one (with quotes)? */
bool etag_matches(str if_none_match, str etag);
/* A path of this site, fit for a Location: "/x?y"; else "/". */
str local_path(str given);

/* ---- the request ---- */

enum stage {
    STAGE_READING, /* its body is coming in */
    STAGE_WAITING, /* suspended: a worker or the writer has it */
    STAGE_DECIDED, /* handed back: the answer is still to be made */
    STAGE_READY,   /* the answer can be sent */
    STAGE_SENT,
};

enum body_kind { BODY_NONE, BODY_FORM, BODY_MULTIPART, BODY_JSON, BODY_OTHER };

/* What the headers said; texts live in MHD's memory of this request. */
struct heads {
    str host, cookie, accept, accept_encoding, if_none_match, type, origin,
        fetch_site, fetch_dest, csrf, authorization, forwarded_for,
        forwarded_proto, content_length, transfer_encoding, expect,
        idempotency;
    int64_t length;            /* -1: none announced */
    bool chunked, twice;       /* twice: a header that may not repeat did */
};

struct request {
    struct request *next;      /* of the list of spare ones */
    struct http *http;
    struct MHD_Connection *connection; /* NULL: a stream's rendering */
    struct conn *conn;
    struct arena arena;
    _Atomic int stage;
    bool head, json, bearer, rerun, began;
    bool reading;              /* a snapshot is open in command.tx */
    bool closing;              /* the connection ends with this answer */
    uint64_t serial;
    int64_t since_us;
    inst now;

    const char *method;
    str uri, path, query;
    struct heads heads;
    const struct spot *spot;
    const struct route *route; /* NULL: none fits */
    str param[HTTP_PARAMS];
    bool elder;
    str theme;                 /* "", dark, contrast */
    str terminal;              /* the hall this device stands in, or "" */
    str token;                 /* of the session, or "" */
    str client;
    const struct who *who;

    enum body_kind body_kind;
    struct buf body;
    size_t body_bytes, body_limit;
    struct reception *reception; /* of a multipart body */
    struct value *inputs, *checked;
    struct upload upload[HTTP_UPLOADS];
    const char *upload_field[HTTP_UPLOADS];
    int uploads;
    struct form_report report;

    struct command command;
    int queries;               /* statements of all its snapshots and its
                                  command */
    int prepared;              /* of these, before the command */
    void *kept;
    struct view view;
    const char *page;
    enum err result;
    int status;                /* 0: follows from result */
    const char *code;          /* of a JSON error; NULL: follows too */
    str sentence;
    int retry_after;           /* seconds; 0: none */
    str location;
    str raw, raw_type, raw_name;
    const char *raw_path;
    str set_cookie[HTTP_COOKIES];
    int set_cookies;
    str section;

    struct value *shell;       /* what web/layout.view declares */
    struct buf out;            /* the rendered answer */
    struct MHD_Response *response;
    struct cached *cached;     /* owns the response instead */
    struct subscriber *subscriber;
    int answered;              /* status that went out */
    size_t answered_bytes;
};

/* ---- server.c: one serving of one set of modules ---- */

struct rate_class {
    double per_second, burst;  /* per_second 0: no limit */
};

/* What the operator says of the site; fixed while serving. */
struct site {
    str name, slogan, owner, operator, code, icp, police, phone, center;
    bool demo;
};

struct http {
    const struct http_options *options;
    struct store *store;
    const struct module *const *modules;
    struct routes *routes;
    struct pages *pages;
    struct MHD_Daemon *daemon;
    struct conns *conns;
    struct workers *workers;
    struct cache *cache;
    struct rate *rate;
    struct streams *streams;
    struct log *log;
    str site;                  /* "http://127.0.0.1:8080" */
    struct site about;
    int port;
    bool blocks;               /* reads belong on workers */
    size_t limit_form, limit_json, limit_paper, limit_body; /* bytes */
    struct rate_class reads, writes, account;
    bool limit_own;
    int64_t patience_ms;       /* for the head of a request */
    struct ticker *ticker;
    _Atomic bool stopping;
    _Atomic int active;        /* requests between first byte and last */
    _Atomic int waiting;       /* requests with a worker or the writer */
    _Atomic uint64_t serial;
    uint64_t boot;             /* random; makes request ids unique */
};

/* ---- request.c ---- */

struct request *request_new(struct http *h);
void request_free(struct request *rq);
void requests_forget(void);    /* frees the spare ones */
enum { REQUEST_ID = 16 };
str request_id_text(const struct request *rq, char out[REQUEST_ID + 1]);
str request_id(struct request *rq); /* the same in the arena */
int64_t tick_us(void);
void request_clear_answer(struct request *rq);
bool request_cookie_secure(const struct request *rq);

/* ---- dispatch.c: who, may, form, handler ---- */

/* First call for a request: routes it, decides what body is welcome.  What is
 * wrong already is in rq->result. */
void dispatch_admit(struct request *rq);
/* Runs step with the arena's ceiling caught: reaching it gives ERR_BUSY. */
enum err dispatch_guarded(struct request *rq,
                          enum err (*step)(struct request *)) MUST_USE;
/* Makes the answer of a request that has been decided; any thread. */
void dispatch_answer(struct request *rq);
/* The whole request has arrived.  True: the answer is ready.  False: the
 * connection is suspended, and rq must not be touched until it is resumed. */
bool dispatch(struct request *rq);
/* May this person do it at all?  Before an upload is let in; the same is asked
 * again with the form. */
enum err dispatch_may(struct request *rq) MUST_USE;
/* The GET handler with who, may and form; fills the view.  Any thread. */
enum err dispatch_read(struct request *rq) MUST_USE;
/* Splits rq->uri and finds its route. */
enum err dispatch_route(struct request *rq) MUST_USE;

/* ---- admit.c, body.c ---- */

/* Decides what body is welcome; ERR_… with the refusal made. */
enum err body_start(struct request *rq) MUST_USE;
bool body_takes_files(const struct route *r);
void body_feed(struct request *rq, str bytes);
enum err body_finish(struct request *rq) MUST_USE;
/* Syncs uploads and asks libmagic; on a worker. */
enum err body_settle(struct request *rq) MUST_USE;
void body_drop(struct request *rq); /* removes temporary files */

/* ---- guard.c: CSRF and limits ---- */

enum err guard_origin(struct request *rq) MUST_USE;
enum err guard_token(struct request *rq) MUST_USE;
/* By address, before anything is read; by account, before a write. */
enum err guard_address(struct request *rq) MUST_USE;
enum err guard_account(struct request *rq) MUST_USE;

/* ---- replay.c: the same submission again ---- */

bool replay_wanted(const struct request *rq);
/* Restores the first answer; ERR_CONFLICT when the key stands for another
 * submission. */
enum err replay_find(struct request *rq, struct tx *tx, bool *found) MUST_USE;
/* Keeps this answer, in the command's transaction. */
enum err replay_keep(struct request *rq, struct tx *tx) MUST_USE;
/* A job: forgets what nobody asks for any more. */
enum err replay_sweep(struct tx *tx, bool *more) MUST_USE;

/* ---- answer.c: responses ---- */

/* Makes rq->response from what the handler left; any thread. */
void answer(struct request *rq);
void answer_problem(struct request *rq);
int problem_status(const struct request *rq);
str usual_sentence(struct request *rq);
/* Queues it; socket thread only. */
enum MHD_Result answer_send(struct request *rq);
/* The view as a page or as JSON, with this status. */
void answer_view(struct request *rq, int status);
/* The headers every answer wears. */
void answer_dress(struct MHD_Response *r, bool raw, bool editor);
enum err refuse(struct request *rq, int status, const char *code,
                const char *sentence);

/* ---- layout.c ---- */

#define HTTP_FLASH "zt_flash"
#define HTTP_ELDER "zw_mode"
#define HTTP_THEME "zw_theme"

/* Is it an entry of the desk's side menu, not of the line at the head? */
bool layout_at_desk(const struct menu *m);

/* {"site": …}; tx NULL: without what needs the database. */
struct value *layout_shell(struct request *rq, struct tx *tx);
void layout_read(struct site *s);

/* ---- cache.c ---- */

struct cached {
    struct cached *next, *newer, *older;
    _Atomic int holders;
    str key;
    int topic;                 /* -1: never grows */
    uint64_t version;
    day made;
    char etag[24];             /* weak: W/"…", one for gzip and plain */
    str type;
    char *bytes;
    size_t n;
    _Atomic bool dense;        /* gzip makes it no smaller */
    const char *control;       /* Cache-Control; lives for ever */
    struct MHD_Response *plain;
    struct MHD_Response *_Atomic packed, *_Atomic unchanged; /* NULL until
                                            somebody asks for them */
};
struct cache *cache_new(size_t bytes);
void cache_free(struct cache *c);
/* Is a page of so many bytes worth keeping: is there room, or was it asked for
 * before? */
bool cache_admits(struct cache *c, str key, size_t bytes);
/* A held entry that is still true, or NULL. */
struct cached *cache_find(struct cache *c, str key, struct store *s,
                          day today);
/* Takes over bytes; returns a held entry. */
struct cached *cache_put(struct cache *c, str key, int topic,
                         uint64_t version, day today, struct buf *bytes,
                         str type, const char *control);
void cached_release(struct cached *e);
/* The response for this client, gzip made on first use; it lives with the
 * entry. */
struct MHD_Response *cached_response(struct cached *e, bool gzip,
                                     bool unchanged);

/* ---- gzip.c ---- */
bool gzip_pack(str bytes, struct buf *out);

/* ---- asset.c ---- */
/* Finds what is below /assets/ and leaves it in rq->cached. */
enum err asset_admit(struct request *rq, str name) MUST_USE;

/* ---- conn.c: connections, their limits and their slowness ---- */
struct conns *conns_new(int per_address);
void conns_free(struct conns *c);
bool conns_accept(struct conns *c, const struct sockaddr *a);
struct conn *conns_open(struct conns *c, struct MHD_Connection *k);
void conns_close(struct conns *c, struct conn *conn);
void conn_busy(struct conn *c, bool busy);
str conn_address(const struct conn *c);
bool conn_local(const struct conn *c);
/* Hangs up on whoever has taken longer than this over a request's head. */
void conns_sweep(struct conns *c, int64_t patience_ms);

/* ---- rate.c ---- */
struct rate *rate_new(void);
void rate_free(struct rate *r);
/* Seconds to wait, 0 when it may go ahead. */
int rate_take(struct rate *r, char kind, str who, const struct rate_class *c,
              int64_t now_ms);

/* ---- worker.c ---- */
struct workers *workers_start(int threads, int queue);
/* ERR_BUSY when the queue is full; `own` work (already admitted) is never. */
enum err workers_run(struct workers *w, void (*run)(void *), void *arg,
                     bool own) MUST_USE;
void workers_stop(struct workers *w);

/* ---- stream.c ---- */
struct streams *streams_new(struct http *h, int most);
/* Answers with an event stream; ERR_BUSY when there are too many. */
enum err streams_join(struct request *rq) MUST_USE;
/* Renders what has changed and wakes whoever waits for it. */
void streams_tick(struct streams *s);
void streams_close(struct streams *s); /* ends every stream */
void streams_free(struct streams *s);

/* ---- log.c ---- */
struct log *log_open(const char *path);
void log_request(struct log *l, const struct request *rq);
void log_text(struct log *l, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void log_flush(struct log *l);
void log_close(struct log *l);

/* ---- ticker.c: what is done a few times a second ---- */
struct ticker *ticker_start(struct http *h);
void ticker_stop(struct ticker *t);

/* ---- site.c: the addresses of this room itself ---- */
/* The description of every address, as OpenAPI 3.1, in the arena. */
str openapi_text(struct arena *a, const struct http *h);

#endif
