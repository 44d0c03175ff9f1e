/*
 * zhengtong messages-test: a gateway for text messages to try out.
 *
 * It takes what docs/messages.md says a gateway takes and shows it on a page
 * instead of sending it, so that in the demonstration the code that proves a
 * mobile can be read.  The last messages are kept in memory and nowhere else.
 * Never for real people: anybody who reaches its page reads them.
 */
#include "kernel/notify/notify.h"

#include "kernel/call/trial.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { KEPT = 50, TEXT = 600 };

struct message {
    char id[64], mobile[16], text[TEXT];
};

static struct {
    pthread_mutex_t lock;
    struct message message[KEPT];
    int64_t count;
    str key; /* what must stand in the head */
} trial = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void copy(char *to, size_t room, str s)
{
    size_t n = str_is_none(s) ? 0 : s.n < room ? s.n : room - 1;
    if (n)
        memcpy(to, s.p, n);
    to[n] = 0;
}

/* The same id again is the same message: the sender was not sure. */
static bool known(str id)
{
    for (int i = 0; i < KEPT; i++)
        if (id.n && str_is(id, trial.message[i].id))
            return true;
    return false;
}

static int take(str body)
{
    struct arena a = arena_make(0);
    struct value *v;
    str problem;
    int status = 400;
    if (value_read_json(&a, body, &v, &problem) == OK &&
        !str_is_none(value_get_text(v, STR("text")))) {
        str id = value_get_text(v, STR("id"));
        pthread_mutex_lock(&trial.lock);
        if (str_is_none(id) || !known(id)) {
            struct message *m = &trial.message[trial.count++ % KEPT];
            copy(m->id, sizeof m->id, id);
            copy(m->mobile, sizeof m->mobile,
                 value_get_text(v, STR("mobile")));
            copy(m->text, sizeof m->text, value_get_text(v, STR("text")));
        }
        pthread_mutex_unlock(&trial.lock);
        status = 200;
    }
    arena_free(&a);
    return status;
}

static void page(struct buf *out)
{
    buf_put(out, STR("<!doctype html><html lang=\"zh-CN\"><head><meta charset="
                     "\"utf-8\"><meta name=\"viewport\" content=\"width=device-"
                     "width\"><title>短信网关（试用）</title></head><body>"
                     "<main>"
                     "<h1>短信网关（试用）</h1><p>演示用：短信不会发出去，只显"
                     "示在这里，最新的在前。<a href=\"/\">刷新</a></p><dl>"));
    pthread_mutex_lock(&trial.lock);
    for (int64_t i = trial.count - 1; i >= 0 && i >= trial.count - KEPT; i--) {
        const struct message *m = &trial.message[i % KEPT];
        buf_put(out, STR("<dt>"));
        buf_html(out, str_of(m->mobile));
        buf_put(out, STR("</dt><dd>"));
        buf_html(out, str_of(m->text));
        buf_put(out, STR("</dd>"));
    }
    if (trial.count == 0)
        buf_put(out, STR("<dt>还没有短信</dt><dd>验证手机号码以后再看。</dd>"));
    pthread_mutex_unlock(&trial.lock);
    buf_put(out, STR("</dl></main></body></html>"));
}

static bool may(struct arena *a, str given)
{
    str wanted = arena_join(a, STR("Bearer "), trial.key);
    return !str_is_none(given) && given.n == wanted.n &&
           sodium_memcmp(given.p, wanted.p, wanted.n) == 0;
}

static void answer(struct arena *a, const struct trial_ask *ask,
                   struct trial_answer *out)
{
    bool post = strcmp(ask->method, "POST") == 0;
    if (post && str_is(ask->path, "/sms")) {
        out->status = may(a, ask->authorization) ? take(ask->body) : 401;
        buf_put(&out->body, STR("{}"));
        return;
    }
    if (post || !str_is(ask->path, "/")) {
        out->status = 404;
        return;
    }
    out->type = "text/html; charset=utf-8";
    out->header = "Content-Security-Policy";
    out->value = "default-src 'none'";
    page(&out->body);
}

static void begin(str key, str base)
{
    (void)base;
    trial.key = key;
}

int messages_test_command(int argc, char **argv)
{
    static const struct trial gateway = { "messages-test", begin, answer };
    return trial_serve(&gateway, argc, argv);
}
