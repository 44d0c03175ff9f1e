/*
 * The head of a request: what it asks for, of whom, and whether its body is
 * welcome.  Everything is decided that can be before the body is read.
 */
#include "kernel/auth/auth.h"
#include "kernel/http/inside.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* ---- headers ---- */

struct wanted {
    const char *name;
    size_t n, offset;
};

#define WANTED(name, member) \
    { name, sizeof(name) - 1, offsetof(struct heads, member) }

static const struct wanted wanted[] = {
    WANTED("Host", host),
    WANTED("Cookie", cookie),
    WANTED("Accept", accept),
    WANTED("Accept-Encoding", accept_encoding),
    WANTED("If-None-Match", if_none_match),
    WANTED("Content-Type", type),
    WANTED("Origin", origin),
    WANTED("Sec-Fetch-Site", fetch_site),
    WANTED("Sec-Fetch-Dest", fetch_dest),
    WANTED("X-CSRF-Token", csrf),
    WANTED("Authorization", authorization),
    WANTED("X-Forwarded-For", forwarded_for),
    WANTED("X-Forwarded-Proto", forwarded_proto),
    WANTED("Content-Length", content_length),
    WANTED("Transfer-Encoding", transfer_encoding),
    WANTED("Expect", expect),
    WANTED("Idempotency-Key", idempotency),
};

static enum MHD_Result take_header(void *arg, enum MHD_ValueKind kind,
                                   const char *key, const char *value)
{
    struct heads *h = arg;
    (void)kind;
    size_t n = strlen(key);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct wanted *w = &wanted[i];
        if (w->n != n || strncasecmp(w->name, key, n) != 0)
            continue;
        str *place = (str *)((char *)h + w->offset);
        h->twice = h->twice || !str_is_none(*place);
        *place = value ? str_of(value) : STR("");
        return MHD_YES;
    }
    return MHD_YES;
}

static void read_heads(struct request *rq)
{
    struct heads *h = &rq->heads;
    *h = (struct heads){ .length = -1 };
    MHD_get_connection_values(rq->connection, MHD_HEADER_KIND, take_header,
                              h);
    h->chunked = !str_is_none(h->transfer_encoding);
    if (!str_is_none(h->content_length) &&
        (!str_int(h->content_length, &h->length) || h->length < 0))
        h->twice = true;
}

/* ---- who speaks, and how they want to be answered ---- */

static bool token_safe(str t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.p[i] <= ' ' || t.p[i] >= 0x7f)
            return false;
    return t.n > 0 && t.n <= 256;
}

static void read_token(struct request *rq)
{
    str bearer = rq->heads.authorization;
    if (bearer.n > 7 && strncasecmp(bearer.p, "Bearer ", 7) == 0) {
        rq->token = str_trim(str_slice(bearer, 7, bearer.n));
        rq->bearer = true;
    } else {
        rq->token = cookie_of(rq->heads.cookie, STR(AUTH_COOKIE));
    }
    if (!token_safe(rq->token))
        rq->token = STR("");
}

/* It becomes part of an address: letters and digits, as a hall's code is. */
static str terminal_of(str cookie)
{
    enum { LONGEST = 20 };
    str code = cookie_of(cookie, STR(HTTP_TERMINAL));
    if (str_is_none(code) || code.n > LONGEST)
        return STR("");
    for (size_t i = 0; i < code.n; i++)
        if (!isalnum((unsigned char)code.p[i]))
            return STR("");
    return code;
}

static void read_modes(struct request *rq)
{
    str cookie = rq->heads.cookie;
    rq->terminal = STR("");
    if (cookie.n == 0)
        return;
    str theme = cookie_of(cookie, STR(HTTP_THEME));
    rq->terminal = terminal_of(cookie);
    rq->elder = rq->terminal.n > 0 ||
                str_is(cookie_of(cookie, STR(HTTP_ELDER)), "elder");
    rq->theme = str_is(theme, "dark")       ? STR("dark")
                : str_is(theme, "contrast") ? STR("contrast")
                                            : STR("");
}

/* The last address of X-Forwarded-For is the one our own proxy saw. */
static void read_client(struct request *rq)
{
    rq->client = conn_address(rq->conn);
    str f = rq->heads.forwarded_for;
    if (f.n == 0 || !conn_local(rq->conn))
        return;
    while (!str_is_none(f))
        rq->client = str_trim(str_cut(&f, ','));
    if (!token_safe(rq->client) || rq->client.n > 45)
        rq->client = conn_address(rq->conn);
}

static bool says_json(str query)
{
    while (!str_is_none(query))
        if (str_is(str_cut(&query, '&'), "format=json"))
            return true;
    return false;
}

static void read_manner(struct request *rq)
{
    const struct heads *h = &rq->heads;
    bool json_body = h->type.n >= 16 &&
                     strncasecmp(h->type.p, "application/json", 16) == 0;
    bool html = str_find(h->accept, STR("text/html")) >= 0;
    rq->json = accept_json(h->accept) || says_json(rq->query) ||
               (json_body && !html);
}

/* ---- the route ---- */

static enum err no_method(struct request *rq)
{
    bool options = strcmp(rq->method, "OPTIONS") == 0;
    if (options)
        return refuse(rq, 204, NULL, "");
    return refuse(rq, 405, "method",
                  "这个地址不支持这种操作，请从本站页面进入。");
}

static const struct route *row_for(struct request *rq)
{
    bool post = strcmp(rq->method, "POST") == 0;
    rq->head = strcmp(rq->method, "HEAD") == 0;
    bool get = rq->head || strcmp(rq->method, "GET") == 0;
    return get ? rq->spot->get : post ? rq->spot->post : NULL;
}

enum err dispatch_route(struct request *rq)
{
    rq->query = rq->uri;
    rq->path = str_cut(&rq->query, '?');
    if (str_is_none(rq->query))
        rq->query = STR("");
    enum err e = routes_find(rq->http->routes, &rq->arena, rq->path,
                             &rq->spot, rq->param);
    if (e == ERR_INPUT)
        return refuse(rq, 400, "input",
                      "网址里有无法识别的字符，请检查网址后重新打开。");
    if (e != OK)
        return refuse(rq, 404, "notfound",
                      "没有找到这个页面，请检查网址，或搜索您要办的事。");
    rq->route = row_for(rq);
    return rq->route ? OK : no_method(rq);
}

/* "/board/" is somebody's way of writing "/board". */
static bool slash_too_many(struct request *rq)
{
    const struct spot *spot;
    str value[HTTP_PARAMS], path = rq->path;
    if (path.n < 2 || path.p[path.n - 1] != '/' ||
        strcmp(rq->method, "POST") == 0)
        return false;
    path = str_slice(path, 0, path.n - 1);
    if (path.p[path.n - 1] == '/' ||
        routes_find(rq->http->routes, &rq->arena, path, &spot, value) != OK)
        return false;
    rq->location = rq->query.n
                       ? arena_printf(&rq->arena, "%.*s?%.*s", STR_ARG(path),
                                      STR_ARG(rq->query))
                       : arena_str(&rq->arena, path);
    return true;
}

static enum err admit(struct request *rq)
{
    static const char assets[] = "/assets/";
    if (str_is(rq->uri, "*") && strcmp(rq->method, "OPTIONS") == 0)
        return refuse(rq, 204, NULL, "");
    if (rq->uri.n > HTTP_URI_BYTES)
        return refuse(rq, 414, "too_long", "网址太长，请从本站页面进入。");
    if (rq->heads.twice || (rq->heads.chunked && rq->heads.length >= 0))
        return refuse(rq, 400, "input", "请求的格式不正确，请重新打开本页。");
    bool body = rq->heads.chunked || rq->heads.length > 0;
    str path = rq->uri;
    path = str_cut(&path, '?');
    if (!body && str_starts(path, str_of(assets)))
        return asset_admit(rq, str_slice(path, sizeof assets - 1, path.n));
    enum err e = dispatch_route(rq);
    read_manner(rq);
    if (e == ERR_NOTFOUND && slash_too_many(rq))
        return refuse(rq, 301, NULL, "");
    if (e == OK)
        e = guard_address(rq);
    if (e == OK && body && rq->route != rq->spot->post)
        e = refuse(rq, 400, "input", "打开页面的请求不应带有内容。");
    if (e == OK && body && body_takes_files(rq->route))
        e = dispatch_may(rq); /* before a stranger fills the disk */
    return e == OK ? body_start(rq) : e;
}

void dispatch_admit(struct request *rq)
{
    read_heads(rq);
    read_token(rq);
    read_client(rq);
    read_modes(rq);
    request_clear_answer(rq);
    rq->result = dispatch_guarded(rq, admit);
}
