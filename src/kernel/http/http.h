/*
 * http -- what a module sees of a request, and the tables it is reached by.
 *
 *   socket -> parse -> route -> who -> may -> form ->
 *   [transaction -> handler -> rules -> queries -> audit -> signal] ->
 *   view -> HTML or JSON -> socket
 *
 * A handler gets the request with its inputs already validated, a tx (a read
 * snapshot for GET, the writer's transaction for POST) and fills a view.  It
 * never sees a thread, a lock, a socket, a header, or HTML.
 */
#ifndef KERNEL_HTTP_H
#define KERNEL_HTTP_H

#include "base/base.h"
#include "kernel/form/form.h"
#include "kernel/store/store.h"

struct request;

typedef enum err handler(struct request *rq, struct tx *tx);

/* Flags of a route. */
enum {
    ROUTE_CACHED = 1,   /* GET: the page depends on nothing but address, mode
                           and the route's topic; kept until the topic's
                           version grows */
    ROUTE_RAW = 2,      /* answers bytes (PDF, CSV, SVG) through rq_send */
    ROUTE_UPLOAD = 4,   /* body may be large; streamed to a temporary file */
    ROUTE_STREAM = 8,   /* server-sent events: re-runs the handler when the
                           topic's version grows and sends what it renders */
    ROUTE_NO_NOTE = 16, /* POST that changes nothing worth an audit entry */
    ROUTE_NO_CSRF = 32, /* log-in with a JSON body and no session yet */
    ROUTE_PURE = 64,    /* GET for "anyone" that asks nothing of the database
                           nor of the session: no snapshot is opened */
    ROUTE_LONG = 128,   /* multipart and JSON bodies may hold HTTP_LONG bytes of
                           text: diagrams and tables typed into a form */
    ROUTE_EDITOR = 256, /* the page may bring a diagram editor, whose style
                           sheet holds its font (DESIGN section 10) */
};

enum { HTTP_LONG = 4 << 20 };

/*
 * One row: the whole truth about an address.  Also the source of the permission
 * matrix, /api/openapi.json and docs/law.md.
 *
 * When a POST fails over its inputs (or somebody was quicker, or the store is
 * down) people get back the page they came from: the GET row of the same path,
 * or, when there is none, the GET row that shows the template this row names as
 * its page.  That handler runs again; rq_text and its sisters then yield what
 * was typed, and the layout lists the problems.
 */
struct route {
    const char *method;      /* "GET" or "POST" */
    const char *path;        /* "/cases/{number}/accept" */
    handler *handle;
    const char *may;         /* permission, or "anyone" */
    const char *page;        /* template "services/case", NULL for POST/raw */
    const struct field *form; /* query of a GET, body of a POST; NULL: none */
    const char *law;         /* the article it rests on, or NULL */
    const char *what;        /* one Chinese phrase, for the API's index */
    unsigned flags;
    int topic;               /* of ROUTE_CACHED and ROUTE_STREAM */
    handler *before;         /* slow work ahead of a POST, on a worker, with a
                                read snapshot: passwords, PDF, digests */
};

/* A permission and the roles that have it, space-separated. */
struct permission {
    const char *name, *roles;
    const char *what;        /* Chinese, for the matrix */
};

struct event {
    const char *name;        /* "case.accepted" */
    enum err (*heard)(struct tx *tx, str ref, const struct value *payload);
};

/* Work done again and again: every `seconds`, in a command of its own.
 * Sets *more to be called again at once. */
struct job {
    const char *name;
    int seconds;
    enum err (*run)(struct tx *tx, bool *more);
};

/*
 * The same for work too slow for the writer (drawing, signing): `before` reads
 * a snapshot on the runner's own thread and does it, `run` only writes what
 * came out.  *kept, in tx's arena, reaches run as tx->kept; NULL: nothing to
 * do, and no command is made.  What before saw may have changed: run looks
 * again.
 */
struct slow_job {
    const char *name;
    int seconds;
    enum err (*before)(struct tx *tx, const void **kept);
    enum err (*run)(struct tx *tx, bool *more);
};

/*
 * An entry of a menu.  Without a group it is a section of the site's main menu;
 * with one ("我的工作") it stands below that heading in the menu beside every
 * desk page, for those who may; with MENU_HEAD in the line at the head of
 * every page of whoever is signed in and may.  A page lights up the entry whose
 * section it names with rq_menu; naming one of a desk is what makes it a desk's
 * page.
 */
#define MENU_HEAD "head"
struct menu {
    const char *section;     /* "services", "desk.inbox" */
    const char *label, *href;
    const char *group;       /* NULL: main menu */
    const char *icon;        /* not of the main menu */
    const char *may;         /* not of the main menu; NULL: all staff */
    /* The figure beside such an entry; NULL: none.  One cheap query. */
    enum err (*count)(struct tx *tx, int64_t *n);
};

struct module {
    const char *name;
    const struct route *routes;          /* ended by { 0 } */
    const struct permission *permissions; /* ended by { 0 } */
    const struct event *events;          /* ended by { 0 }, or NULL */
    const struct job *jobs;              /* ended by { 0 }, or NULL */
    const struct menu *menu;             /* ended by { 0 }, or NULL */
    const struct slow_job *slow_jobs;    /* ended by { 0 }, or NULL */
};

/* ---- what a handler may ask ---- */

/* A {name} of the path, decoded: at most 200 bytes of valid UTF-8 without
 * control characters or slashes; never none. */
str rq_path(const struct request *rq, const char *name);

/* A declared input, validated and trimmed; typed as its field says. */
str rq_text(const struct request *rq, const char *name);   /* "" if absent */
int64_t rq_int(const struct request *rq, const char *name, int64_t otherwise);
day rq_day(const struct request *rq, const char *name);    /* day_none */
bool rq_flag(const struct request *rq, const char *name);
bool rq_has(const struct request *rq, const char *name);

/* The checked input as a tree: of a FIELD_CHOICE with max > 1 a list of texts,
 * of a FIELD_ANY whatever JSON brought; NULL if absent. */
const struct value *rq_value(const struct request *rq, const char *name);

/* All inputs as they came, declared or not: for forms that are data. */
const struct value *rq_inputs(const struct request *rq);

/* Is this page shown again because of a complaint about this field? */
bool rq_problem(const struct request *rq, const char *field, str *sentence);

/* One question into a list of the shape "field": with what was typed, if this
 * page is shown again, else with f.value; and with the complaint about it. */
struct page_field;
void rq_ask(struct request *rq, struct value *list, struct page_field f);

/* The shape "pager" of a list of rows by falling id, forward by before=ID.
 * same: the address of its beginning; n: the rows read, of which per are shown;
 * last: the id of the last one shown. */
void rq_pager_before(struct request *rq, str same, size_t n, size_t per,
                     int64_t last);

/* A bound of this page's own, beside the site's: ERR_BUSY, answered 429, when
 * this address asks more often.  kind: a letter that is the page's; r, w and a
 * are the site's.  The machine's own requests are not counted. */
enum err rq_limit(struct request *rq, char kind, int per_minute) MUST_USE;

/* An uploaded file part; false if none of that name came. */
struct upload {
    str name;      /* as the sender called it, stripped of folders */
    const char *path; /* the temporary file, synced; files_adopt takes it */
    int64_t size;
    str sha256;    /* hex */
    str type;      /* media type found in the bytes by libmagic */
};
bool rq_upload(const struct request *rq, const char *name,
               const struct upload **out);

const struct who *rq_who(const struct request *rq);
bool rq_may(const struct request *rq, const char *permission);
struct view *rq_view(struct request *rq);
bool rq_wants_json(const struct request *rq);
str rq_cookie(const struct request *rq, const char *name);

/* The cookie of a device many people use one after another: the code of the
 * hall it stands in.  Its pages are large, end by themselves and are kept by
 * nobody; who signs in there is a resident for one sitting. */
#define HTTP_TERMINAL "zt_terminal"
/* That code, or "" on everybody else's devices. */
str rq_terminal(const struct request *rq);
str rq_token(const struct request *rq); /* of the session, "" if none */
str rq_url(const struct request *rq);  /* path and query as asked */
str rq_site(const struct request *rq); /* "http://127.0.0.1:8080" for links in
                                          papers and QR codes */
bool rq_demo(const struct request *rq); /* made-up data: papers say so */
/* A pointer a `before` step leaves for its handler. */
void rq_keep(struct request *rq, void *p);
void *rq_kept(const struct request *rq);

/* ---- what a handler may answer ---- */

/* Sets the sentence the person reads and returns e. */
enum err rq_fail(struct request *rq, enum err e, const char *sentence);
enum err rq_fail_str(struct request *rq, enum err e, str sentence);

/* A complaint about one field: the form comes back with what was typed.
 * Returns ERR_INPUT or ERR_RANGE for the handler to pass on. */
enum err rq_fail_field(struct request *rq, enum err e, const char *field,
                       str sentence);

/* 303 to a path made by printf; returns OK.  For JSON callers the answer is
 * 201 or 200 with the view and a Location header. */
enum err rq_see_other(struct request *rq, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Bytes instead of a page; name: file name offered, or none.  ERR_RANGE on a
 * terminal when they are a file and not a picture of a page. */
enum err rq_send(struct request *rq, str media_type, str bytes, str name);
enum err rq_send_file(struct request *rq, str media_type, const char *path,
                      str name);

/* Another template than the route's. */
void rq_page(struct request *rq, const char *page);

/* Which entry of a menu the page lights up: see struct menu. */
void rq_menu(struct request *rq, const char *section);

/* One sentence for the top of the next page this person sees: "已受理。"  tone:
 * ok, warn, bad, or "" for a plain remark. */
void rq_flash(struct request *rq, const char *tone, str sentence);

/* A cookie of this site: HttpOnly, SameSite=Lax; seconds 0 removes it. */
void rq_set_cookie(struct request *rq, const char *name, str value,
                   int seconds);

/* ---- running ---- */

struct http_options {
    const char *listen;       /* "127.0.0.1:8080" or "[::1]:8080" */
    int threads;              /* 0: one per core */
    int workers;              /* slow work beside the socket threads */
    bool dev;                 /* templates and assets are read from disk */
    const char *share;        /* folder of web/ and data/ for dev */
    bool demo;                /* pages say that the data is made up */
    bool test;                /* answers say how many queries they took
                                 (X-Queries), for budgets in tests */
    const char *temp;         /* folder for uploads on their way in, on the disk
                                 files_adopt moves them to; NULL: /tmp */
};

/* Serves until http_stop (from a signal handler's pipe).  The problem is a
 * sentence for the operator. */
enum err http_serve(const struct http_options *o, struct store *s,
                    const struct module *const *modules, struct arena *a,
                    str *problem) MUST_USE;
/* Async-signal-safe.  Requests under way are finished first. */
void http_stop(void);

/* /mode, /api, /healthz, /version, and the week after which answers kept for
 * repeated submissions go.  Served whether it is in the list or not. */
extern const struct module http_module;

/* What jobs need to know of the site: the address people reach it by, and
 * whether its data is made up.  Set once, before the first of them. */
void http_announce(str site, bool demo);
str http_site(void);
bool http_demo(void);

/* The one other host pages may show pictures from, as https://HOST, "" for
 * none.  Before any thread starts. */
void http_images(str origin);

/* The loader of made-up data says so in the data themselves; the server asks
 * before it opens and sets http_options.demo. */
enum err http_mark_demo(struct tx *tx) MUST_USE;
enum err http_is_demo(struct store *s, struct arena *a, bool *out) MUST_USE;

/* The two halves of http_serve, for tests: listening on threads of its own,
 * then stopping in order.  listen may end in ":0" for any free port. */
struct http;
enum err http_open(const struct http_options *o, struct store *s,
                   const struct module *const *modules, struct arena *a,
                   struct http **out, str *problem) MUST_USE;
int http_port(const struct http *h);
void http_close(struct http *h);

#endif
