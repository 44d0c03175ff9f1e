/*
 * Answers: what the handler left becomes a status, headers and bytes.
 *
 * Every answer wears the same safety headers.  Pages of signed-in people are
 * kept by nobody (no-store); pages for everybody may be kept but must be asked
 * about.  A problem is one Chinese sentence with the right status: for people
 * on a page with the site's own head, search and hotline, for programs as
 * {"error": {code, sentence, fields, request}}.
 */
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char html_type[] = "text/html; charset=utf-8";
static const char json_type[] = "application/json; charset=utf-8";

/* No inline script or style anywhere: DESIGN section 10. */
#define POLICY(fonts, images, ancestors) \
    "default-src 'self'; style-src 'self'; script-src 'self'; " \
    "font-src 'self'" fonts "; " \
    "img-src 'self' data: blob:" images "; object-src 'none'; " \
    "base-uri 'none'; form-action 'self'; frame-ancestors " ancestors

/* Of pages; one more host may send pictures, where the operator names one. */
enum { POLICY_BYTES = 600 };
static char page_policy[POLICY_BYTES] = POLICY("", "", "'none'");
static char editor_policy[POLICY_BYTES] = POLICY(" data:", "", "'none'");

void http_images(str origin)
{
    const char *space = origin.n ? " " : "";
    snprintf(page_policy, POLICY_BYTES, POLICY("", "%s%.*s", "'none'"), space,
             STR_ARG(origin));
    snprintf(editor_policy, POLICY_BYTES, POLICY(" data:", "%s%.*s", "'none'"),
             space, STR_ARG(origin));
}

/* Papers and drawings may be shown inside our own pages. */
void answer_dress(struct MHD_Response *r, bool raw, bool editor)
{
    MHD_add_response_header(r, "Content-Security-Policy",
                            raw      ? POLICY("", "", "'self'")
                            : editor ? editor_policy : page_policy);
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Referrer-Policy", "same-origin");
}

enum err refuse(struct request *rq, int status, const char *code,
                const char *sentence)
{
    rq->status = status;
    rq->code = code;
    rq->sentence = str_of(sentence);
    switch (status) {
    case 401:
    case 403:
        return ERR_DENIED;
    case 404:
        return ERR_NOTFOUND;
    case 429:
    case 503:
        return ERR_BUSY;
    default:
        return ERR_INPUT;
    }
}

/* ---- making responses ---- */

static struct MHD_Response *response_new(str bytes)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(
        bytes.n, (void *)(bytes.p ? bytes.p : ""), MHD_RESPMEM_PERSISTENT);
    if (r == NULL)
        abort(); /* no memory: as buf_room */
    return r;
}

static bool kept_by_nobody(const struct request *rq)
{
    return rq->who->account != 0 || strcmp(rq->method, "POST") == 0 ||
           rq->set_cookies > 0 || rq->terminal.n > 0;
}

static void finish(struct request *rq, struct MHD_Response *r, int status,
                   bool raw)
{
    answer_dress(r, raw, rq->route && rq->route->flags & ROUTE_EDITOR);
    MHD_add_response_header(r, "Cache-Control",
                            kept_by_nobody(rq) ? "no-store" : "no-cache");
    for (int i = 0; i < rq->set_cookies; i++)
        MHD_add_response_header(r, "Set-Cookie", rq->set_cookie[i].p);
    if (rq->retry_after > 0) {
        char seconds[16];
        snprintf(seconds, sizeof seconds, "%d", rq->retry_after);
        MHD_add_response_header(r, "Retry-After", seconds);
    }
    if (rq->http->options->test) {
        char queries[16];
        snprintf(queries, sizeof queries, "%d", rq->queries);
        MHD_add_response_header(r, "X-Queries", queries);
    }
    rq->response = r;
    rq->answered = status;
}

static void respond(struct request *rq, int status, const char *type)
{
    struct MHD_Response *r = response_new(buf_str(&rq->out));
    MHD_add_response_header(r, "Content-Type", type);
    if (!rq->rerun && status == 200)
        MHD_add_response_header(r, "Vary", "Accept, Cookie");
    finish(rq, r, status, false);
}

/* A template that is missing is a defect, but not one to hide an answer. */
static void plain_page(struct request *rq)
{
    buf_clear(&rq->out);
    buf_put(&rq->out, STR("<!doctype html><html lang=\"zh-CN\"><meta "
                          "charset=\"utf-8\"><title>政通</title><p>"));
    buf_html(&rq->out, rq->sentence);
    buf_put(&rq->out, STR("</p></html>\n"));
}

static enum err render(struct request *rq, const char *page)
{
    str problem = str_none;
    struct http *h = rq->http;
    if (rq->shell == NULL)
        rq->shell = layout_shell(rq, NULL);
    if ((h->options->dev || h->options->test) &&
        page_check_view(str_of(page), rq->view.object, &rq->arena,
                        &problem) != OK)
        log_text(h->log, "view of %s: %.*s", page, STR_ARG(problem));
    return page_render_in(h->pages, str_of(page), rq->shell, rq->view.object,
                          &rq->out);
}

void answer_view(struct request *rq, int status)
{
    buf_clear(&rq->out);
    if (rq->json) {
        value_write_json(rq->view.object, &rq->out);
        respond(rq, status, json_type);
        return;
    }
    const char *page = rq->page ? rq->page
                       : rq->route ? rq->route->page : NULL;
    if (page == NULL || render(rq, page) != OK) {
        log_text(rq->http->log, "no template \"%s\" for %.*s",
                 page ? page : "(none)", STR_ARG(rq->path));
        plain_page(rq);
        status = status == 200 ? 500 : status;
    }
    respond(rq, status, html_type);
}

/* ---- redirects ---- */

/* Bytes that may not stand in a header are written as %XX. */
static str address_text(struct request *rq, str path)
{
    char *p = arena_alloc(&rq->arena, 3 * path.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c > 0x20 && c < 0x7f) {
            p[n++] = (char)c;
            continue;
        }
        p[n++] = '%';
        p[n++] = "0123456789ABCDEF"[c >> 4];
        p[n++] = "0123456789ABCDEF"[c & 15];
    }
    return (str){ p, n };
}

/* A new thing has an address of its own; an act on a thing leads back to the
 * thing, whose address the act's address begins with. */
static bool leads_to_new(const struct request *rq, str location)
{
    str bare = location;
    bare = str_cut(&bare, '?');
    return !str_starts(rq->path, bare);
}

static void answer_location(struct request *rq, int status)
{
    str location = address_text(rq, rq->location);
    buf_clear(&rq->out);
    struct MHD_Response *r;
    if (rq->json && status == 303 && strcmp(rq->method, "POST") == 0) {
        status = leads_to_new(rq, rq->location) ? 201 : 200;
        if (rq->view.object->count == 0)
            view_text(&rq->view, "location", location);
        value_write_json(rq->view.object, &rq->out);
        r = response_new(buf_str(&rq->out));
        MHD_add_response_header(r, "Content-Type", json_type);
    } else {
        r = response_new(STR(""));
    }
    MHD_add_response_header(r, "Location", location.p);
    finish(rq, r, status, false);
}

/* ---- bytes and files ---- */

/* RFC 6266: a plain name for old clients, the real one in UTF-8. */
static void name_file(struct request *rq, struct MHD_Response *r)
{
    if (rq->raw_name.n == 0)
        return;
    struct buf b = { 0 };
    buf_put(&b, STR("attachment; filename=\"download\"; filename*=UTF-8''"));
    for (size_t i = 0; i < rq->raw_name.n; i++) {
        unsigned char c = (unsigned char)rq->raw_name.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
                     c == '_';
        if (plain)
            buf_byte(&b, (char)c);
        else
            buf_printf(&b, "%%%02X", c);
    }
    buf_byte(&b, 0);
    MHD_add_response_header(r, "Content-Disposition", b.p);
    buf_free(&b);
}

static void answer_bytes(struct request *rq)
{
    struct MHD_Response *r = response_new(rq->raw);
    str type = arena_str(&rq->arena, rq->raw_type);
    MHD_add_response_header(r, "Content-Type", type.p);
    name_file(rq, r);
    finish(rq, r, rq->status ? rq->status : 200, true);
}

/* A file on a cached route is named by the digest of its bytes, and that name
 * is its etag: who has it already is told so, after the handler has found that
 * they may still see it. */
static bool has_already(struct request *rq, char etag[80])
{
    const char *name = strrchr(rq->raw_path, '/');
    etag[0] = 0;
    if ((rq->route->flags & ROUTE_CACHED) == 0 || name == NULL)
        return false;
    snprintf(etag, 80, "\"%.70s\"", name + 1);
    return rq->heads.if_none_match.n &&
           etag_matches(rq->heads.if_none_match, str_of(etag));
}

static bool answer_file(struct request *rq)
{
    struct stat st;
    char etag[80];
    if (has_already(rq, etag)) {
        struct MHD_Response *same = response_new(STR(""));
        MHD_add_response_header(same, "ETag", etag);
        finish(rq, same, 304, true);
        return true;
    }
    int fd = open(rq->raw_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct MHD_Response *r = NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        r = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (r == NULL) {
        close(fd);
        return false;
    }
    str type = arena_str(&rq->arena, rq->raw_type);
    MHD_add_response_header(r, "Content-Type", type.p);
    if (etag[0])
        MHD_add_response_header(r, "ETag", etag);
    name_file(rq, r);
    finish(rq, r, 200, true);
    rq->answered_bytes = (size_t)st.st_size;
    return true;
}

/* ---- problems ---- */

/* Whoever is nobody yet is asked who they are before they are refused: their
 * session may only have ended. */
int problem_status(const struct request *rq)
{
    if (rq->status)
        return rq->status;
    if (rq->result == ERR_DENIED && rq->who->account == 0)
        return 401;
    return err_status(rq->result);
}

str usual_sentence(struct request *rq)
{
    switch (rq->result) {
    case ERR_INPUT:
    case ERR_RANGE:
        return STR("有几处填写需要修改，请按提示修改后重新提交。");
    case ERR_DENIED:
        return STR("您没有查看这一页的权限，如有需要请联系承办单位。");
    case ERR_NOTFOUND:
        return STR("没有找到您要的内容，请检查网址或编号。");
    case ERR_CONFLICT:
        return STR("这件事刚刚有人办理过，请刷新后查看。");
    case ERR_BUSY:
        return strcmp(rq->method, "POST") == 0
                   ? STR("系统正忙，您的内容没有丢失，请过几秒再试。")
                   : STR("系统正忙，请过几秒再打开。");
    default:
        return arena_printf(&rq->arena,
                            "系统暂时无法完成，您的内容没有丢失，"
                            "请稍后再试。编号 %.*s",
                            STR_ARG(request_id(rq)));
    }
}

static void problem_json(struct request *rq, int status)
{
    struct arena *a = &rq->arena;
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    struct view error = view_object(&v, "error");
    view_int(&error, "status", status);
    const char *code = rq->code       ? rq->code
                       : status == 401 ? "login" : err_name(rq->result);
    view_text(&error, "code", str_of(code));
    view_text(&error, "sentence", rq->sentence);
    struct value *fields = view_list(&error, "fields");
    for (int i = 0; i < rq->report.count; i++) {
        struct view row = view_row(&error, fields);
        view_text(&row, "field", str_of(rq->report.problem[i].field));
        view_text(&row, "sentence", rq->report.problem[i].sentence);
    }
    view_text(&error, "request", request_id(rq));
    buf_clear(&rq->out);
    value_write_json(v.object, &rq->out);
    respond(rq, status, json_type);
}

/* What was typed, to be sent again with one button once the cause is gone:
 * after signing in anew, or when the store is back. */
static bool view_again(struct request *rq, struct view *v)
{
    bool post = strcmp(rq->method, "POST") == 0;
    bool curable = rq->result == ERR_BUSY || rq->result == ERR_STORE ||
                   rq->result == ERR_DENIED;
    if (!post || !curable || rq->inputs == NULL || rq->uploads ||
        rq->route == NULL || rq->body_kind != BODY_FORM)
        return false;
    view_text(v, "action", rq->uri);
    view_bool(v, "sign_in", problem_status(rq) == 401);
    struct value *list = view_list(v, "fields");
    for (const struct value *f = rq->inputs->first; f; f = f->next) {
        const struct value *one = f->kind == VALUE_LIST ? f->first : f;
        for (; one; one = f->kind == VALUE_LIST ? one->next : NULL) {
            if (one->kind != VALUE_TEXT || str_is(f->key, "csrf") ||
                form_secret(rq->route->form, f->key))
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "name", f->key);
            view_text(&row, "value", one->text);
        }
    }
    return list->count > 0;
}

static void problem_page(struct request *rq, int status)
{
    struct view v = { &rq->arena, value_new(&rq->arena, VALUE_OBJECT) };
    static const struct {
        int status;
        const char *heading;
    } headings[] = {
        { 400, "请求无法识别" },     { 401, "请先登录" },
        { 403, "没有权限" },         { 404, "没有找到" },
        { 405, "不支持这种操作" },   { 409, "有人先办理了" },
        { 413, "内容太大" },         { 414, "网址太长" },
        { 415, "格式不支持" },       { 422, "需要修改" },
        { 429, "操作太频繁" },       { 503, "系统正忙" },
    };
    const char *heading = "系统暂时无法完成";
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (headings[i].status == status)
            heading = headings[i].heading;
    view_int(&v, "status", status);
    view_text(&v, "title", str_of(heading));
    view_text(&v, "sentence", rq->sentence);
    view_text(&v, "request", request_id(rq));
    rq->page = view_again(rq, &v) ? "http/again" : "error";
    rq->view = v;
    rq->shell = NULL;
    answer_view(rq, status);
}

/* A page that needs a person sends people to the log-in and back. */
static bool send_to_login(struct request *rq, int status)
{
    if (status != 401 || rq->json || strcmp(rq->method, "POST") == 0)
        return false;
    if (rq->code == NULL) /* a handler's own reason is told there */
        rq_flash(rq, "", rq->sentence);
    struct buf b = { 0 };
    buf_put(&b, STR("/login?next="));
    for (size_t i = 0; i < rq->uri.n; i++) {
        unsigned char c = (unsigned char)rq->uri.p[i];
        if (c == '&' || c == '#' || c == '+' || c == '%')
            buf_printf(&b, "%%%02X", c);
        else
            buf_byte(&b, (char)c);
    }
    rq->location = arena_str(&rq->arena, buf_str(&b));
    buf_free(&b);
    answer_location(rq, 303);
    return true;
}

/* A form without a page to come back to: its complaints are the sentence. */
static str all_complaints(struct request *rq)
{
    str s = rq->report.problem[0].sentence;
    for (int i = 1; i < rq->report.count; i++)
        s = arena_printf(&rq->arena, "%.*s；%.*s", STR_ARG(s),
                         STR_ARG(rq->report.problem[i].sentence));
    return str_ends(s, STR("。")) ? s : arena_join(&rq->arena, s, STR("。"));
}

void answer_problem(struct request *rq)
{
    int status = problem_status(rq);
    if (status == 204) {
        buf_clear(&rq->out);
        finish(rq, response_new(STR("")), status, false);
        return;
    }
    if (status == 301) {
        answer_location(rq, status);
        return;
    }
    if (str_is_none(rq->sentence))
        rq->sentence = rq->json || rq->report.count == 0
                           ? usual_sentence(rq) : all_complaints(rq);
    if (status >= 500)
        log_text(rq->http->log, "%.*s %s %.*s: %s",
                 STR_ARG(request_id(rq)), rq->method, STR_ARG(rq->path),
                 err_name(rq->result));
    if (rq->json)
        problem_json(rq, status);
    else if (!send_to_login(rq, status))
        problem_page(rq, status);
}

static void add_allow(struct request *rq)
{
    const char *allow = rq->spot ? rq->spot->allow : "GET, HEAD, POST, OPTIONS";
    if (rq->answered == 405 || rq->answered == 204)
        MHD_add_response_header(rq->response, "Allow", allow);
}

void answer(struct request *rq)
{
    if (rq->result == OK && rq->raw_path) {
        if (answer_file(rq))
            return;
        rq->result = ERR_NOTFOUND;
    }
    if (rq->result != OK)
        answer_problem(rq);
    else if (!str_is_none(rq->raw))
        answer_bytes(rq);
    else if (!str_is_none(rq->location))
        answer_location(rq, 303);
    else
        answer_view(rq, rq->status ? rq->status : 200);
}

/* ---- sending ---- */

static struct MHD_Response *chosen(struct request *rq)
{
    if (rq->cached == NULL)
        return rq->response;
    bool unchanged = rq->heads.if_none_match.n &&
                     etag_matches(rq->heads.if_none_match,
                                  str_of(rq->cached->etag));
    rq->answered = unchanged ? 304 : 200;
    rq->answered_bytes = unchanged ? 0 : rq->cached->n;
    return cached_response(rq->cached, accept_gzip(rq->heads.accept_encoding),
                           unchanged);
}

enum MHD_Result answer_send(struct request *rq)
{
    struct MHD_Response *r = chosen(rq);
    atomic_store(&rq->stage, STAGE_SENT);
    if (r == NULL)
        return MHD_NO;
    bool own = rq->cached == NULL;
    if (own) {
        add_allow(rq);
        bool stops = rq->closing || atomic_load(&rq->http->stopping);
        if (stops && rq->subscriber == NULL)
            MHD_add_response_header(r, "Connection", "close");
        if (rq->raw_path == NULL)
            rq->answered_bytes = str_is_none(rq->raw) ? rq->out.n : rq->raw.n;
    }
    enum MHD_Result sent = MHD_queue_response(rq->connection,
                                              (unsigned)rq->answered, r);
    if (own) {
        MHD_destroy_response(r);
        rq->response = NULL;
    }
    return sent;
}
