/*
 * The request as a handler sees it: what it may ask, what it may answer.
 * Nothing here does anything; it remembers, and dispatch.c and answer.c act.
 */
#include "kernel/http/inside.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t tick_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- making and keeping requests ---- */

/* Spare requests keep an arena block and an output buffer warm. */
enum { SPARE_MOST = 256, SPARE_OUT = 256 << 10 };

static struct {
    pthread_mutex_t lock;
    struct request *first;
    int count;
} spare = { .lock = PTHREAD_MUTEX_INITIALIZER };

static const struct who nobody = { .name = { "", 0 },
                                   .unit = { "", 0 },
                                   .role = { "anyone", 6 },
                                   .via = { "web", 3 } };

struct request *request_new(struct http *h)
{
    pthread_mutex_lock(&spare.lock);
    struct request *rq = spare.first;
    if (rq) {
        spare.first = rq->next;
        spare.count--;
    }
    pthread_mutex_unlock(&spare.lock);
    struct arena arena = rq ? rq->arena : arena_make(ARENA_REQUEST_CEILING);
    struct buf out = rq ? rq->out : (struct buf){ 0 };
    if (rq == NULL)
        rq = malloc(sizeof *rq);
    if (rq == NULL)
        abort(); /* no memory: as buf_room */
    memset(rq, 0, sizeof *rq);
    rq->arena = arena;
    rq->out = out;
    rq->http = h;
    rq->who = &nobody;
    rq->now = inst_now();
    rq->since_us = tick_us();
    rq->serial = atomic_fetch_add_explicit(&h->serial, 1,
                                           memory_order_relaxed);
    rq->method = "";
    rq->path = rq->query = rq->theme = rq->token = rq->client = STR("");
    return rq;
}

static void request_destroy(struct request *rq)
{
    arena_free(&rq->arena);
    buf_free(&rq->out);
    free(rq);
}

void request_free(struct request *rq)
{
    body_drop(rq);
    buf_free(&rq->body);
    cached_release(rq->cached);
    rq->cached = NULL;
    rq->arena.overflow = NULL;
    arena_reset(&rq->arena);
    buf_clear(&rq->out);
    if (rq->out.cap > SPARE_OUT)
        buf_free(&rq->out);
    pthread_mutex_lock(&spare.lock);
    bool keep = spare.count < SPARE_MOST;
    if (keep) {
        rq->next = spare.first;
        spare.first = rq;
        spare.count++;
    }
    pthread_mutex_unlock(&spare.lock);
    if (!keep)
        request_destroy(rq);
}

void requests_forget(void)
{
    pthread_mutex_lock(&spare.lock);
    while (spare.first) {
        struct request *rq = spare.first;
        spare.first = rq->next;
        request_destroy(rq);
    }
    spare.count = 0;
    pthread_mutex_unlock(&spare.lock);
}

/* Unique over restarts: a random beginning of the process, then a count. */
str request_id_text(const struct request *rq, char out[REQUEST_ID + 1])
{
    uint64_t id = rq->http->boot + rq->serial;
    for (int i = REQUEST_ID - 1; i >= 0; i--, id >>= 4)
        out[i] = "0123456789abcdef"[id & 15];
    out[REQUEST_ID] = 0;
    return (str){ out, REQUEST_ID };
}

str request_id(struct request *rq)
{
    char text[REQUEST_ID + 1];
    return arena_str(&rq->arena, request_id_text(rq, text));
}

void request_clear_answer(struct request *rq)
{
    rq->view = (struct view){ &rq->arena, value_new(&rq->arena,
                                                    VALUE_OBJECT) };
    rq->page = NULL;
    rq->status = 0;
    rq->code = NULL;
    rq->sentence = rq->location = rq->raw = rq->raw_type = str_none;
    rq->raw_name = rq->section = str_none;
    rq->shell = NULL;
    rq->raw_path = NULL;
    rq->report.count = 0;
    rq->set_cookies = 0;
    rq->retry_after = 0;
}

/* ---- what a handler may ask ---- */

str rq_path(const struct request *rq, const char *name)
{
    for (int i = 0; rq->spot && i < rq->spot->params; i++)
        if (strcmp(rq->spot->name[i], name) == 0)
            return rq->param[i];
    return STR("");
}

/* When a form comes back with complaints, its page is filled from what was
 * typed, good or bad; otherwise only what passed the checks exists. */
static const struct value *input(const struct request *rq, const char *name)
{
    str key = str_of(name);
    const struct value *v = value_get(rq->checked, key);
    if (v == NULL && rq->rerun)
        v = value_get(rq->inputs, key);
    return v;
}

const struct value *rq_value(const struct request *rq, const char *name)
{
    return input(rq, name);
}

str rq_text(const struct request *rq, const char *name)
{
    const struct value *v = input(rq, name);
    char text[DAY_TEXT];
    if (v == NULL)
        return STR("");
    struct arena *a = (struct arena *)&rq->arena;
    switch ((enum value_kind)v->kind) {
    case VALUE_TEXT:
    case VALUE_DECIMAL:
        return v->text;
    case VALUE_INT:
        return arena_printf(a, "%lld", (long long)v->i);
    case VALUE_BOOL:
        return v->i ? STR("1") : STR("");
    case VALUE_DAY:
        return arena_str(a, day_text((day){ (int32_t)v->i }, text));
    default:
        return STR("");
    }
}

int64_t rq_int(const struct request *rq, const char *name, int64_t otherwise)
{
    const struct value *v = input(rq, name);
    int64_t i;
    if (v && v->kind == VALUE_INT)
        return v->i;
    if (v && v->kind == VALUE_TEXT && str_int(v->text, &i))
        return i;
    return otherwise;
}

day rq_day(const struct request *rq, const char *name)
{
    const struct value *v = input(rq, name);
    day d;
    if (v && v->kind == VALUE_DAY)
        return (day){ (int32_t)v->i };
    if (v && v->kind == VALUE_TEXT && day_parse(v->text, &d))
        return d;
    return day_none;
}

bool rq_flag(const struct request *rq, const char *name)
{
    return value_truth(input(rq, name));
}

bool rq_has(const struct request *rq, const char *name)
{
    return value_truth(input(rq, name));
}

const struct value *rq_inputs(const struct request *rq)
{
    return rq->inputs;
}

bool rq_upload(const struct request *rq, const char *name,
               const struct upload **out)
{
    for (int i = 0; i < rq->uploads; i++)
        if (strcmp(rq->upload_field[i], name) == 0) {
            *out = &rq->upload[i];
            return true;
        }
    return false;
}

const struct who *rq_who(const struct request *rq)
{
    return rq->who;
}

bool rq_may(const struct request *rq, const char *permission)
{
    return auth_role_may(rq->who->role, permission);
}

bool rq_demo(const struct request *rq)
{
    return rq->http->about.demo;
}

struct view *rq_view(struct request *rq)
{
    return &rq->view;
}

bool rq_wants_json(const struct request *rq)
{
    return rq->json;
}

str rq_terminal(const struct request *rq)
{
    return rq->terminal;
}

str rq_cookie(const struct request *rq, const char *name)
{
    str value = cookie_of(rq->heads.cookie, str_of(name));
    return str_is_none(value) ? STR("") : value;
}

str rq_token(const struct request *rq)
{
    return rq->token;
}

str rq_url(const struct request *rq)
{
    return rq->uri;
}

str rq_site(const struct request *rq)
{
    return rq->http->site;
}

void rq_keep(struct request *rq, void *p)
{
    rq->kept = p;
}

void *rq_kept(const struct request *rq)
{
    return rq->kept;
}

/* ---- what a handler may answer ---- */

enum err rq_fail_str(struct request *rq, enum err e, str sentence)
{
    rq->sentence = arena_str(&rq->arena, sentence);
    return e;
}

enum err rq_fail(struct request *rq, enum err e, const char *sentence)
{
    return rq_fail_str(rq, e, str_of(sentence));
}

enum err rq_fail_field(struct request *rq, enum err e, const char *field,
                       str sentence)
{
    struct form_report *r = &rq->report;
    if (r->count < FORM_PROBLEMS)
        r->problem[r->count++] =
            (struct form_problem){ field, arena_str(&rq->arena, sentence) };
    return e;
}

enum err rq_see_other(struct request *rq, const char *format, ...)
{
    char path[2048];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(path, sizeof path, format, args);
    va_end(args);
    if (n <= 0 || (size_t)n >= sizeof path)
        return ERR_INPUT;
    rq->location = arena_str(&rq->arena, (str){ path, (size_t)n });
    return OK;
}

/* A file opened on a terminal fills its screen, has no button to end with and
 * stays in its folder of downloads: the next person would find it.  A picture
 * within a page is shown, the same picture alone is a file. */
static enum err terminal_keeps_out(struct request *rq, str media_type, str name)
{
    bool alone = str_is(rq->heads.fetch_dest, "document");
    bool drawn = str_starts(media_type, STR("image/")) && !alone;
    bool file = !str_is_none(name) || str_is(media_type, "application/pdf");
    if (rq->terminal.n == 0 || drawn || !file)
        return OK;
    return rq_fail(rq, ERR_RANGE,
                   "自助终端上不打开、不下载文件，免得留给下一位。请用手机或者"
                   "自己的电脑登录后打开，需要打印的请到窗口。");
}

enum err rq_send(struct request *rq, str media_type, str bytes, str name)
{
    enum err e = terminal_keeps_out(rq, media_type, name);
    if (e != OK)
        return e;
    rq->raw = bytes.p ? bytes : STR("");
    rq->raw_type = media_type;
    rq->raw_name = name;
    return OK;
}

enum err rq_send_file(struct request *rq, str media_type, const char *path,
                      str name)
{
    enum err e = terminal_keeps_out(rq, media_type, name);
    if (e != OK)
        return e;
    rq->raw_path = path;
    rq->raw_type = media_type;
    rq->raw_name = name;
    return OK;
}

void rq_page(struct request *rq, const char *page)
{
    rq->page = page;
}

/* Through the proxy's word or the configured address we know of TLS. */
bool request_cookie_secure(const struct request *rq)
{
    if (str_starts(rq->http->site, STR("https:")))
        return true;
    return conn_local(rq->conn) &&
           str_is(rq->heads.forwarded_proto, "https");
}

static bool cookie_safe(str value)
{
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c <= 0x20 || c >= 0x7f || c == ';' || c == ',' || c == '"')
            return false;
    }
    return true;
}

void rq_set_cookie(struct request *rq, const char *name, str value,
                   int seconds)
{
    if (rq->set_cookies == HTTP_COOKIES || !cookie_safe(value))
        return;
    rq->set_cookie[rq->set_cookies++] = arena_printf(
        &rq->arena, "%s=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s",
        name, STR_ARG(value), seconds,
        request_cookie_secure(rq) ? "; Secure" : "");
}

void rq_menu(struct request *rq, const char *section)
{
    rq->section = str_of(section);
}

/* Cookies hold few characters; the layout decodes it. */
void rq_flash(struct request *rq, const char *tone, str sentence)
{
    struct buf b = { 0 };
    buf_printf(&b, "%s:", tone);
    sentence = utf8_head(sentence, 200);
    for (size_t i = 0; i < sentence.n; i++)
        buf_printf(&b, "%%%02X", (unsigned char)sentence.p[i]);
    rq_set_cookie(rq, HTTP_FLASH, buf_str(&b), 60);
    buf_free(&b);
}

bool rq_problem(const struct request *rq, const char *field, str *sentence)
{
    for (int i = 0; i < rq->report.count; i++)
        if (strcmp(rq->report.problem[i].field, field) == 0) {
            *sentence = rq->report.problem[i].sentence;
            return true;
        }
    return false;
}

void rq_ask(struct request *rq, struct value *list, struct page_field f)
{
    if (rq_has(rq, f.name))
        f.value = rq_text(rq, f.name);
    rq_problem(rq, f.name, &f.error);
    page_field(rq_view(rq), list, &f);
}

void rq_pager_before(struct request *rq, str same, size_t n, size_t per,
                     int64_t last)
{
    struct view *v = rq_view(rq);
    bool more = n > per;
    const char *sign = str_find(same, STR("?")) < 0 ? "?" : "&";
    str next = more ? arena_printf(v->arena, "%.*s%sbefore=%lld",
                                   STR_ARG(same), sign, (long long)last)
                    : STR("");
    page_pager_part(v, "pager", rq_has(rq, "before") ? same : STR(""), next,
                    (int64_t)(more ? per : n), (int64_t)per);
}
