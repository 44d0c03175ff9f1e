/*
 * zhengtong payments-test: a payment platform to try out.
 *
 * It speaks the interface of docs/payments.md from the other side, keeps
 * everything in memory, and does what the person on its page asks: pay, pay
 * twice, too much, too little, late, without telling, with a wrong signature.
 * Never for real money: anybody who reaches its page pays.
 */
#include "fees/fees.h"

#include "kernel/call/trial.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ORDERS = 5000, PAYMENTS = 20000, REFUNDS = 5000, TEXT = 256,
       LATE_SECONDS = 20, TELL_TRIES = 30 };

struct order {
    char no[32], notice[32], account[64], title[TEXT], due[16];
    char callback[TEXT], back[TEXT];
    int64_t amount;
};

struct money {
    char no[40], notice[32];
    int64_t amount, said, at; /* said: in the day's file, if otherwise */
    int twice;                /* stands twice in the file */
    bool hidden;              /* nobody is told but by the file */
};

struct back {
    char no[40], refund[40], notice[32];
    int64_t amount, at;
};

static struct {
    pthread_mutex_t lock;
    struct order order[ORDERS];
    struct money money[PAYMENTS];
    struct back back[REFUNDS];
    int orders, monies, backs;
    bool down;               /* answers nothing, as if it were away */
    bool bad_answers;        /* signs its answers wrongly */
    str base, key;
} trial = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void keep(char *to, size_t size, str text)
{
    snprintf(to, size, "%.*s", STR_ARG(text));
}

static struct order *order_of(str notice)
{
    for (int i = trial.orders; i-- > 0;)
        if (str_is(notice, trial.order[i].notice))
            return &trial.order[i];
    return NULL;
}

/* ---- telling ---- */

struct telling {
    struct arena arena;
    str url, body;
    int wait, times;
};

/* Until it is acknowledged, as real platforms do. */
static void *tell_main(void *p)
{
    struct telling *t = p;
    struct call_request r = { .url = t->url, .method = "POST",
                              .body = t->body };
    for (int i = 0; i < CALL_HEADERS; i++)
        r.header[i] = str_none;
    r.header[0] = STR("Content-Type: application/json");
    r.header[1] = STR("Accept: application/json");
    for (int s = 0; s < t->wait && !trial_over(); s++)
        nanosleep(&(struct timespec){ 1, 0 }, NULL);
    for (int i = 0, told = 0;
         i < TELL_TRIES && told < t->times && !trial_over(); i++) {
        struct call_answer a;
        call_make(&t->arena, &r, &a);
        told += a.status == 200;
        if (a.status >= 400 && a.status < 500)
            break;
        if (a.status != 200)
            nanosleep(&(struct timespec){ 1, 0 }, NULL);
    }
    struct arena whole = t->arena; /* t itself lives in it */
    arena_free(&whole);
    return NULL;
}

static void tell(const struct order *o, const struct money *m, int wait,
                 int times, bool forged)
{
    struct arena own = arena_make(0), *a = &own;
    struct telling *t = ARENA_NEW(a, struct telling);
    pthread_t thread;
    str text = arena_printf(a, "%s\n%s\n%lld\n%lld\n测试渠道\n%s", o->notice,
                            m->no, (long long)m->amount, (long long)m->at,
                            o->account);
    str sign = fee_sign(a, FEE_SM3, forged ? STR("not the shared key at all")
                                           : trial.key,
                        STR("callback"), text);
    *t = (struct telling){
        .url = arena_str(a, str_of(o->callback)),
        .wait = wait, .times = times,
        .body = arena_printf(a, "{\"notice\":\"%s\",\"platform_no\":\"%s\","
                             "\"amount\":%lld,\"paid_at\":%lld,\"channel\":"
                             "\"测试渠道\",\"account\":\"%s\",\"signature\":"
                             "\"%.*s\"}", o->notice, m->no,
                             (long long)m->amount, (long long)m->at,
                             o->account, STR_ARG(sign)),
    };
    t->arena = own;
    if (pthread_create(&thread, NULL, tell_main, t) == 0)
        pthread_detach(thread);
    else
        arena_free(&own);
}

/* ---- paying, well or badly ---- */

static struct money *add_money(const struct order *o, int64_t amount)
{
    if (trial.monies == PAYMENTS || amount <= 0)
        return NULL;
    struct money *m = &trial.money[trial.monies++];
    snprintf(m->no, sizeof m->no, "T%lld%06d", (long long)inst_now().ms,
             trial.monies);
    snprintf(m->notice, sizeof m->notice, "%s", o->notice);
    m->amount = m->said = amount;
    m->at = inst_now().ms;
    return m;
}

static const struct {
    const char *how, *label;
} ways[] = {
    { "pay", "付款" },
    { "late", "付款，二十秒以后才通知" },
    { "repeat", "付款，通知两遍" },
    { "twice", "付两次款" },
    { "never", "付款，不通知" },
    { "hidden", "付款，不通知也查不到，只在对账单里" },
    { "less", "只付一半" },
    { "more", "多付一元" },
    { "wrong", "付款，对账单里的金额不符" },
    { "double", "付款，对账单里出现两次" },
    { "forged", "不付款，用错误的签名通知" },
};

enum { WAYS = sizeof ways / sizeof *ways };

static bool pay(const struct order *o, str how)
{
    int64_t amount = str_is(how, "less")   ? o->amount / 2
                     : str_is(how, "more") ? o->amount + 100 : o->amount;
    struct money forged = { .no = "T-FORGED", .amount = o->amount,
                            .at = inst_now().ms };
    if (str_is(how, "forged")) {
        tell(o, &forged, 0, 1, true);
        return true;
    }
    struct money *m = add_money(o, amount);
    if (m == NULL)
        return false;
    m->said += str_is(how, "wrong") ? 1 : 0;
    m->twice = str_is(how, "double");
    m->hidden = str_is(how, "hidden");
    if (!str_is(how, "never") && !m->hidden)
        tell(o, m, str_is(how, "late") ? LATE_SECONDS : 0,
             str_is(how, "repeat") ? 2 : 1, false);
    if (str_is(how, "twice") && (m = add_money(o, amount)) != NULL)
        tell(o, m, 1, 1, false);
    return m != NULL;
}

/* ---- the interface ---- */

static str member(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static str signed_by(struct arena *a, str what, str text)
{
    return fee_sign(a, FEE_SM3, trial.bad_answers
                                    ? STR("not the shared key at all")
                                    : trial.key, what, text);
}

static bool asked_well(struct arena *a, const struct value *v,
                       const char *path, str text)
{
    return fee_signed(a, trial.key, arena_printf(a, "POST %s", path), text,
                      member(v, "signature"));
}

static void order_answer(struct arena *a, const struct value *v,
                         struct trial_answer *out)
{
    str notice = member(v, "notice");
    int64_t amount = value_get_int(v, STR("amount"), 0);
    str text = arena_printf(a, "%.*s\n%lld\n%.*s\n%.*s", STR_ARG(notice),
                            (long long)amount, STR_ARG(member(v, "account")),
                            STR_ARG(member(v, "due")));
    struct order *o = order_of(notice);
    if (!asked_well(a, v, "/orders", text) || amount <= 0 ||
        (o == NULL && trial.orders == ORDERS)) {
        out->status = 403;
        return;
    }
    if (o == NULL) {
        o = &trial.order[trial.orders++];
        snprintf(o->no, sizeof o->no, "D%06d", trial.orders);
        keep(o->notice, sizeof o->notice, notice);
        keep(o->account, sizeof o->account, member(v, "account"));
        keep(o->title, sizeof o->title, member(v, "title"));
        keep(o->due, sizeof o->due, member(v, "due"));
        keep(o->callback, sizeof o->callback, member(v, "callback"));
        keep(o->back, sizeof o->back, member(v, "back"));
    }
    o->amount = amount;
    str url = arena_printf(a, "%.*s/pay/%s", STR_ARG(trial.base), o->notice);
    str sign = signed_by(a, arena_printf(a, "order %s", o->notice),
                         arena_printf(a, "%s\n%.*s", o->no, STR_ARG(url)));
    buf_put(&out->body,
            arena_printf(a, "{\"order_no\":\"%s\",\"pay_url\":\"%.*s\","
                         "\"signature\":\"%.*s\"}", o->no, STR_ARG(url),
                         STR_ARG(sign)));
}

static void query_answer(struct arena *a, const struct value *v,
                         struct trial_answer *out)
{
    str notice = member(v, "notice");
    struct buf text = { 0 }, list = { 0 };
    if (!asked_well(a, v, "/query", notice)) {
        out->status = 403;
        return;
    }
    for (int i = 0; i < trial.monies; i++) {
        const struct money *m = &trial.money[i];
        if (!str_is(notice, m->notice) || m->hidden)
            continue;
        buf_put(&text, arena_printf(a, "%s %lld %lld 测试渠道\n", m->no,
                                    (long long)m->amount, (long long)m->at));
        buf_put(&list, arena_printf(a, "%s{\"platform_no\":\"%s\",\"amount\":"
                                    "%lld,\"paid_at\":%lld,\"channel\":"
                                    "\"测试渠道\"}", list.n ? "," : "", m->no,
                                    (long long)m->amount, (long long)m->at));
    }
    str sign = signed_by(a, arena_printf(a, "query %.*s", STR_ARG(notice)),
                         buf_str(&text));
    str rows = arena_str(a, buf_str(&list));
    buf_put(&out->body, arena_printf(a, "{\"payments\":[%.*s],\"signature\":"
                                     "\"%.*s\"}", STR_ARG(rows),
                                     STR_ARG(sign)));
    buf_free(&text);
    buf_free(&list);
}

static const struct money *money_of(str no)
{
    for (int i = 0; i < trial.monies; i++)
        if (str_is(no, trial.money[i].no))
            return &trial.money[i];
    return NULL;
}

static struct back *back_of(str refund)
{
    for (int i = 0; i < trial.backs; i++)
        if (str_is(refund, trial.back[i].refund))
            return &trial.back[i];
    return NULL;
}

static void refund_answer(struct arena *a, const struct value *v,
                          struct trial_answer *out)
{
    str refund = member(v, "refund"), no = member(v, "platform_no");
    int64_t amount = value_get_int(v, STR("amount"), 0);
    const struct money *m = money_of(no);
    struct back *b = back_of(refund);
    str text = arena_printf(a, "%.*s\n%.*s\n%lld", STR_ARG(refund),
                            STR_ARG(no), (long long)amount);
    if (!asked_well(a, v, "/refunds", text) || m == NULL ||
        amount > m->amount || (b == NULL && trial.backs == REFUNDS)) {
        out->status = m == NULL ? 404 : 403;
        return;
    }
    if (b == NULL) {
        b = &trial.back[trial.backs++];
        snprintf(b->no, sizeof b->no, "R%lld%06d", (long long)inst_now().ms,
                 trial.backs);
        keep(b->refund, sizeof b->refund, refund);
        memcpy(b->notice, m->notice, sizeof b->notice);
        b->amount = amount;
        b->at = inst_now().ms;
    }
    str sign = signed_by(a, arena_printf(a, "refund %.*s", STR_ARG(refund)),
                         arena_printf(a, "%s\n%lld", b->no, (long long)b->at));
    buf_put(&out->body, arena_printf(a, "{\"refund_no\":\"%s\",\"done_at\":"
                                     "%lld,\"signature\":\"%.*s\"}", b->no,
                                     (long long)b->at, STR_ARG(sign)));
}

static void put_line(struct arena *a, struct trial_answer *out, const char *no,
                     const char *notice, const char *kind, int64_t amount,
                     int64_t at, int64_t *rows, int64_t *sum)
{
    char text[DAY_TEXT];
    day_text(inst_day((inst){ at }), text);
    buf_put(&out->body, arena_printf(a, "%s,%s,%s,%lld,%s\n", no, notice, kind,
                                     (long long)amount, text));
    ++*rows;
    *sum += strcmp(kind, "pay") == 0 ? amount : -amount;
}

static void day_answer(struct arena *a, const struct value *v,
                       struct trial_answer *out)
{
    str given = member(v, "day");
    int64_t rows = 0, sum = 0;
    day d;
    if (!day_parse(given, &d) || !asked_well(a, v, "/days", given)) {
        out->status = 403;
        return;
    }
    out->type = "text/csv";
    buf_put(&out->body, STR("platform_no,notice,kind,amount,day\n"));
    for (int i = 0; i < trial.monies; i++) {
        const struct money *m = &trial.money[i];
        for (int k = 0; inst_day((inst){ m->at }).n == d.n && k <= m->twice;
             k++)
            put_line(a, out, m->no, m->notice, "pay", m->said, m->at, &rows,
                     &sum);
    }
    for (int i = 0; i < trial.backs; i++) {
        const struct back *b = &trial.back[i];
        if (inst_day((inst){ b->at }).n == d.n)
            put_line(a, out, b->no, b->notice, "refund", b->amount, b->at,
                     &rows, &sum);
    }
    buf_put(&out->body, arena_printf(a, "total,%lld,%lld\n", (long long)rows,
                                     (long long)sum));
    str sign = signed_by(a, arena_printf(a, "day %.*s", STR_ARG(given)),
                         buf_str(&out->body));
    out->header = "X-Signature";
    out->value = arena_cstr(a, sign);
}

/* ---- its own page ---- */

static void put_head(struct buf *b, const char *title)
{
    buf_put(b, STR("<!doctype html><html lang=\"zh-CN\">"
                   "<meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">"
                   "<title>测试缴费平台</title>"
                   "<style>body{font:18px/1.6 sans-serif;max-width:36em;"
                   "margin:2em auto;padding:0 1em}button{font:inherit;"
                   "padding:.4em 1em;margin:.2em 0;display:block}</style>"
                   "<h1>"));
    buf_html(b, str_of(title));
    buf_put(b, STR("</h1><p>测试缴费平台：没有真的付款，只给演示和测试用。"));
}

static void pay_page(struct arena *a, str notice, bool done,
                     struct trial_answer *out)
{
    const struct order *o = order_of(notice);
    out->type = "text/html; charset=utf-8";
    if (o == NULL) {
        out->status = 404;
        put_head(&out->body, "没有这份缴款书");
        return;
    }
    put_head(&out->body, o->title);
    buf_put(&out->body, arena_printf(a, "<p>缴款码 %s，%lld.%02lld 元，"
                                     "期限 %s。",
                                     o->notice, (long long)o->amount / 100,
                                     (long long)o->amount % 100, o->due));
    if (done)
        buf_put(&out->body, arena_printf(a, "<p><b>好了。</b> <a href=\"%s\">"
                                         "返回我的缴费</a>", o->back));
    buf_put(&out->body, STR("<form method=\"post\">"));
    for (int i = 0; i < WAYS; i++)
        buf_put(&out->body, arena_printf(a, "<button name=\"how\" value=\"%s\">"
                                         "%s</button>", ways[i].how,
                                         ways[i].label));
    buf_put(&out->body, STR("</form>"));
}

static bool known_way(str how)
{
    for (int i = 0; i < WAYS; i++)
        if (str_is(how, ways[i].how))
            return true;
    return false;
}

/* POST /pay/NOTICE with how=…; POST /mood with down, bad or well. */
static void page_post(struct arena *a, str path, str body,
                      struct trial_answer *out)
{
    str_cut(&body, '=');
    if (str_starts(path, STR("/mood"))) {
        trial.down = str_is(body, "down");
        trial.bad_answers = str_is(body, "bad");
        return;
    }
    str notice = str_slice(path, strlen("/pay/"), path.n);
    const struct order *o = order_of(notice);
    if (o == NULL || !known_way(body) || !pay(o, body))
        out->status = 404;
    pay_page(a, notice, out->status == 200, out);
}

/* ---- serving ---- */

static void serve_interface(struct arena *a, str path, str body,
                            struct trial_answer *out)
{
    static const struct {
        const char *path;
        void (*answer)(struct arena *, const struct value *,
                       struct trial_answer *);
    } interface[] = {
        { "/orders", order_answer }, { "/query", query_answer },
        { "/refunds", refund_answer }, { "/days", day_answer },
    };
    struct value *v;
    str problem;
    for (size_t i = 0; i < sizeof interface / sizeof *interface; i++) {
        if (!str_is(path, interface[i].path))
            continue;
        if (trial.down || value_read_json(a, body, &v, &problem) != OK)
            out->status = trial.down ? 503 : 400;
        else
            interface[i].answer(a, v, out);
        return;
    }
    page_post(a, path, body, out);
}

static void answer(struct arena *a, const struct trial_ask *ask,
                   struct trial_answer *out)
{
    pthread_mutex_lock(&trial.lock);
    if (strcmp(ask->method, "POST") == 0)
        serve_interface(a, ask->path, ask->body, out);
    else if (str_starts(ask->path, STR("/pay/")))
        pay_page(a, str_slice(ask->path, strlen("/pay/"), ask->path.n), false,
                 out);
    else
        out->status = 404;
    pthread_mutex_unlock(&trial.lock);
}

static void begin(str key, str base)
{
    trial.key = key;
    trial.base = base;
}

int payments_test_command(int argc, char **argv)
{
    static const struct trial platform = { "payments-test", begin, answer };
    return trial_serve(&platform, argc, argv);
}
