/*
 * The way of a request between socket and answer.
 *
 *   GET   who -> may -> form -> handler, on a read snapshot, here and now
 *   POST  origin -> who -> may -> token -> form -> before, on a snapshot; then
 *         the handler as a command on the writer, the connection suspended
 *         until the command is durable or has failed
 *
 * Where reads block (PostgreSQL), and for a POST that hashes or syncs before
 * it writes, the reading half runs on a worker with the connection suspended.
 * The steps are the same functions either way; only who calls them differs.
 */
#include "kernel/auth/auth.h"
#include "kernel/http/inside.h"

#include <string.h>

/* What the answer to an overflowing request may use beyond the ceiling. */
enum { APOLOGY = 4 << 20 };

static enum err overflowed(struct request *rq)
{
    rq->arena.overflow = NULL;
    rq->arena.ceiling += APOLOGY;
    log_text(rq->http->log, "%016llx: request needs too much memory: %.*s",
             (unsigned long long)(rq->http->boot + rq->serial),
             STR_ARG(rq->path));
    return refuse(rq, 503, "busy",
                  "这次要处理的内容太多，请缩小范围后再试。");
}

static void close_snapshot(struct request *rq)
{
    if (!rq->reading)
        return;
    rq->reading = false;
    rq->queries += rq->command.tx.queries;
    store_end(&rq->command.tx);
}

enum err dispatch_guarded(struct request *rq,
                          enum err (*step)(struct request *))
{
    jmp_buf overflow;
    rq->arena.overflow = &overflow;
    if (setjmp(overflow)) {
        close_snapshot(rq);
        return overflowed(rq);
    }
    enum err e = step(rq);
    rq->arena.overflow = NULL;
    return e;
}

/* ---- reading ---- */

static void fill_tx(struct request *rq, struct tx *tx)
{
    *tx = (struct tx){ .arena = &rq->arena,
                       .store = rq->http->store,
                       .who = rq->who,
                       .now = rq->now,
                       .client = rq->client,
                       .request_id = request_id(rq) };
}

static enum err open_snapshot(struct request *rq)
{
    fill_tx(rq, &rq->command.tx);
    enum err e = store_begin(rq->http->store, &rq->command.tx);
    rq->reading = e == OK;
    return e;
}

static enum err recognise(struct request *rq)
{
    if (rq->token.n == 0)
        return OK;
    enum err e = auth_recognise(&rq->command.tx, rq->token, &rq->who);
    rq->command.tx.who = rq->who;
    return e;
}

static enum err check_may(struct request *rq)
{
    if (auth_role_may(rq->who->role, rq->route->may))
        return OK;
    if (rq->who->account == 0)
        return refuse(rq, 401, "login", "请先登录，登录后会回到这里。");
    return refuse(rq, 403, "denied",
                  "您的岗位没有使用这一页的权限，如有需要请联系本单位管理员。");
}

enum err dispatch_may(struct request *rq)
{
    enum err e = open_snapshot(rq);
    if (e != OK)
        return e;
    e = recognise(rq);
    if (e == OK)
        e = check_may(rq);
    close_snapshot(rq);
    return e;
}

static enum err check_form(struct request *rq, const struct field *form,
                           const struct value *given)
{
    if (form == NULL)
        return OK;
    return form_check(&rq->arena, form, given, &rq->checked, &rq->report);
}

static enum err read_query(struct request *rq, struct value **out)
{
    if (form_read_urlencoded(&rq->arena, rq->query, out) == OK)
        return OK;
    return refuse(rq, 400, "input",
                  "网址里的查询内容无法识别，请检查网址后重新打开。");
}

static bool shows_page(const struct request *rq)
{
    return !rq->json && str_is_none(rq->raw) && rq->raw_path == NULL &&
           str_is_none(rq->location);
}

static enum err read_inside(struct request *rq)
{
    enum err e = recognise(rq);
    if (e == OK)
        e = check_may(rq);
    if (e == OK)
        e = check_form(rq, rq->route->form, rq->inputs);
    if (e == OK)
        e = rq->route->handle(rq, &rq->command.tx);
    if (e == OK && shows_page(rq))
        rq->shell = layout_shell(rq, &rq->command.tx);
    return e;
}

static enum err read_all(struct request *rq)
{
    enum err e = read_query(rq, &rq->inputs);
    if (e != OK)
        return e;
    if (rq->route->flags & ROUTE_PURE) {
        fill_tx(rq, &rq->command.tx);
        return rq->route->handle(rq, &rq->command.tx);
    }
    e = open_snapshot(rq);
    if (e != OK)
        return e;
    e = read_inside(rq);
    close_snapshot(rq);
    return e;
}

enum err dispatch_read(struct request *rq)
{
    request_clear_answer(rq);
    return dispatch_guarded(rq, read_all);
}

/* ---- a form that comes back ---- */

/* Inputs as they may be shown again: passwords are typed anew. */
static struct value *shown_inputs(struct request *rq)
{
    struct value *shown = value_new(&rq->arena, VALUE_OBJECT);
    const struct value *v = rq->inputs ? rq->inputs->first : NULL;
    for (; v; v = v->next)
        if (!form_secret(rq->route->form, v->key) &&
            !str_is(v->key, "csrf")) {
            struct value *copy = ARENA_NEW(&rq->arena, struct value);
            *copy = *v;
            value_add(shown, v->key, copy);
        }
    return shown;
}

static const struct spot *page_behind(const struct request *rq)
{
    /* A GET of the same path that sends bytes is no page to come back to. */
    if (rq->spot->get && rq->spot->get->page)
        return rq->spot;
    return rq->route->page ? routes_of_page(rq->http->routes, rq->route->page)
                           : NULL;
}

static enum err show_form(struct request *rq)
{
    struct value *query = NULL;
    struct form_report unused;
    enum err e = open_snapshot(rq);
    if (e != OK)
        return e;
    rq->checked = NULL;
    if (rq->route->form && read_query(rq, &query) == OK)
        e = form_check(&rq->arena, rq->route->form, query, &rq->checked,
                       &unused);
    e = rq->route->handle(rq, &rq->command.tx);
    if (e == OK)
        e = shows_page(rq) ? OK : ERR_NOTFOUND;
    if (e == OK)
        rq->shell = layout_shell(rq, &rq->command.tx);
    close_snapshot(rq);
    return e;
}

/* What went wrong with a POST, kept while its page is made again. */
struct complaint {
    enum err result;
    int status;
    const char *code;
    str sentence;
    struct form_report report;
};

static struct complaint complaint_of(const struct request *rq)
{
    return (struct complaint){ rq->result, rq->status, rq->code, rq->sentence,
                               rq->report };
}

static void put_complaint(struct request *rq, const struct complaint *c)
{
    rq->result = c->result;
    rq->status = c->status;
    rq->code = c->code;
    rq->sentence = c->sentence;
    rq->report = c->report;
}

/* The page a failed POST was sent from, with everything typed still there.
 * False when there is no such page, or it cannot be shown now. */
static bool form_again(struct request *rq)
{
    const struct spot *behind = page_behind(rq);
    bool worth = rq->result != ERR_DENIED && rq->result != ERR_NOTFOUND;
    /* Of a form too large nothing was read that could stand in it again; beside
     * a file there is little, and the page says how large one may be. */
    bool lost = rq->status == 413 && !body_takes_files(rq->route);
    if (rq->json || behind == NULL || !worth || lost)
        return false;
    struct complaint c = complaint_of(rq);
    const struct route *posted = rq->route;
    struct value *inputs = shown_inputs(rq), *given = rq->inputs;
    request_clear_answer(rq);
    put_complaint(rq, &c);
    if (str_is_none(rq->sentence))
        rq->sentence = usual_sentence(rq);
    rq->rerun = true;
    rq->inputs = inputs;
    rq->route = behind->get;
    bool shown = dispatch_guarded(rq, show_form) == OK;
    if (shown) {
        rq->status = problem_status(rq);
        answer_view(rq, rq->status);
        return true;
    }
    request_clear_answer(rq);
    put_complaint(rq, &c);
    rq->rerun = false;
    rq->inputs = given;
    rq->route = posted;
    return false;
}

static enum err make_answer(struct request *rq)
{
    bool posted = rq->route && rq->spot && rq->route == rq->spot->post;
    if (rq->result != OK && posted && form_again(rq))
        return OK;
    answer(rq);
    return OK;
}

void dispatch_answer(struct request *rq)
{
    enum err e = dispatch_guarded(rq, make_answer);
    if (e != OK && rq->response == NULL) {
        rq->result = e;
        answer_problem(rq);
    }
}

/* ---- suspending ---- */

static void suspend(struct request *rq)
{
    atomic_store(&rq->stage, STAGE_WAITING);
    atomic_fetch_add(&rq->http->waiting, 1);
    MHD_suspend_connection(rq->connection);
}

/* Whoever sees the new stage may have the request freed: nothing of it is read
 * after the store. */
static void resume(struct request *rq, int stage)
{
    struct http *h = rq->http;
    struct MHD_Connection *k = rq->connection;
    atomic_store(&rq->stage, stage);
    MHD_resume_connection(k);
    atomic_fetch_sub(&h->waiting, 1);
}

static void answer_and_resume(void *arg)
{
    struct request *rq = arg;
    dispatch_answer(rq);
    resume(rq, STAGE_READY);
}

/* The request's fate is known. The page of a problem may read, so where reads
 * block it is made on a worker; otherwise by the socket thread, when it gets
 * the connection back. */
static void decided(struct request *rq)
{
    if (rq->http->blocks &&
        workers_run(rq->http->workers, answer_and_resume, rq, true) == OK)
        return;
    resume(rq, STAGE_DECIDED);
}

/* ---- GET ---- */

/* A paper drawn from data, without a name of its own: kept as a page is. */
static bool is_drawn(const struct request *rq)
{
    return !str_is_none(rq->raw) && rq->raw_name.n == 0 &&
           str_is(rq->raw_type, "application/pdf");
}

static void keep_page(struct request *rq, str key, uint64_t version)
{
    struct buf bytes = { 0 };
    str said = is_drawn(rq) ? rq->raw : buf_str(&rq->out);
    if (!cache_admits(rq->http->cache, key, said.n * 2))
        return;
    buf_put(&bytes, said);
    rq->cached = cache_put(rq->http->cache, key, rq->route->topic, version,
                           inst_day(rq->now), &bytes,
                           is_drawn(rq) ? STR("application/pdf")
                           : rq->json ? STR("application/json; charset=utf-8")
                                      : STR("text/html; charset=utf-8"),
                           "no-cache");
}

static bool may_cache(const struct request *rq)
{
    return (rq->route->flags & ROUTE_CACHED) && rq->token.n == 0 &&
           rq->terminal.n == 0 &&
           rq->uri.n < 512 && !rq->http->options->dev &&
           str_is_none(cookie_of(rq->heads.cookie, STR(HTTP_FLASH)));
}

static str cache_key(struct request *rq)
{
    str key = arena_join(&rq->arena, rq->json    ? STR("j ")
                                     : rq->elder ? STR("e ")
                                                 : STR("h "),
                         rq->theme);
    return arena_join(&rq->arena, key, rq->uri);
}

/* Reads, and keeps the page if the route says it may be kept.  The version is
 * taken before the snapshot: a page too old by one change is made again, a page
 * taken for newer than it is would stay wrong. */
static void read_and_answer(struct request *rq)
{
    uint64_t version = store_version(rq->http->store, rq->route->topic);
    rq->result = dispatch_read(rq);
    dispatch_answer(rq);
    bool page = rq->result == OK &&
                (str_is_none(rq->raw) || is_drawn(rq)) &&
                str_is_none(rq->location) && rq->raw_path == NULL &&
                rq->set_cookies == 0 && rq->status == 0;
    if (page && may_cache(rq))
        keep_page(rq, cache_key(rq), version);
    if (rq->cached) {
        MHD_destroy_response(rq->response);
        rq->response = NULL;
    }
}

static void get_on_worker(void *arg)
{
    struct request *rq = arg;
    read_and_answer(rq);
    resume(rq, STAGE_READY);
}

static void busy(struct request *rq)
{
    rq->retry_after = 1;
    rq->result = refuse(rq, 503, "busy",
                        "现在办理的人太多，请过几秒再试，您的填写没有丢失。");
}

/* The following three say whether the answer is ready: once a connection has
 * been suspended, its request is somebody else's until it is resumed. */

static bool get(struct request *rq)
{
    if (may_cache(rq))
        rq->cached = cache_find(rq->http->cache, cache_key(rq),
                                rq->http->store, inst_day(rq->now));
    if (rq->cached)
        return true;
    bool pure = rq->route->flags & ROUTE_PURE;
    if (!rq->http->blocks || pure) {
        read_and_answer(rq);
        return true;
    }
    suspend(rq);
    if (workers_run(rq->http->workers, get_on_worker, rq, false) != OK) {
        busy(rq);
        dispatch_answer(rq);
        resume(rq, STAGE_READY);
    }
    return false;
}

static enum err join_stream(struct request *rq)
{
    rq->result = dispatch_read(rq);
    if (rq->result == OK)
        rq->result = streams_join(rq);
    return rq->result;
}

static void join_and_resume(void *arg)
{
    struct request *rq = arg;
    if (join_stream(rq) != OK)
        dispatch_answer(rq);
    resume(rq, STAGE_READY);
}

/* The first run of a stream's handler says whether this person may watch. */
static bool get_stream(struct request *rq)
{
    if (!rq->http->blocks) {
        if (join_stream(rq) != OK)
            dispatch_answer(rq);
        return true;
    }
    suspend(rq);
    if (workers_run(rq->http->workers, join_and_resume, rq, false) != OK) {
        busy(rq);
        dispatch_answer(rq);
        resume(rq, STAGE_READY);
    }
    return false;
}

/* ---- POST ---- */

static enum err prepare_inside(struct request *rq)
{
    enum err e = recognise(rq);
    if (e == OK)
        e = check_may(rq);
    if (e == OK)
        e = guard_account(rq);
    if (e == OK)
        e = guard_token(rq);
    if (e == OK)
        e = check_form(rq, rq->route->form, rq->inputs);
    if (e == OK && rq->route->before)
        e = rq->route->before(rq, &rq->command.tx);
    return e;
}

static enum err prepare(struct request *rq)
{
    enum err e = guard_origin(rq);
    if (e == OK && rq->uploads)
        e = body_settle(rq);
    if (e == OK)
        e = open_snapshot(rq);
    if (e != OK)
        return e;
    e = prepare_inside(rq);
    close_snapshot(rq);
    return e;
}

static struct request *request_of(struct command *c)
{
    return (struct request *)((char *)c - offsetof(struct request, command));
}

static enum err handle_noted(struct request *rq, struct tx *tx)
{
    enum err e = rq->route->handle(rq, tx);
    if (e == OK && tx->notes == 0 && !(rq->route->flags & ROUTE_NO_NOTE)) {
        log_text(rq->http->log, "POST %s left no audit note: rolled back",
                 rq->route->path);
        return ERR_STORE;
    }
    return e;
}

static enum err handle_once(struct request *rq, struct tx *tx)
{
    bool again = false, keyed = replay_wanted(rq);
    enum err e = keyed ? replay_find(rq, tx, &again) : OK;
    if (e != OK || again)
        return e;
    e = handle_noted(rq, tx);
    if (e == OK && keyed && str_is_none(rq->raw) && rq->raw_path == NULL)
        e = replay_keep(rq, tx);
    return e;
}

/* Runs on the writer; again from the start when a batch is replayed, so
 * nothing of an earlier run may be left. */
static enum err run_post(struct command *c, struct tx *tx)
{
    struct request *rq = request_of(c);
    int before = rq->prepared;
    request_clear_answer(rq);
    jmp_buf overflow;
    rq->arena.overflow = &overflow;
    if (setjmp(overflow))
        return overflowed(rq);
    enum err e = handle_once(rq, tx);
    rq->arena.overflow = NULL;
    rq->queries = before + tx->queries;
    return e;
}

static void post_done(struct command *c, enum err e)
{
    struct request *rq = request_of(c);
    rq->result = e;
    decided(rq);
}

/* The connection is suspended when this is called. */
static void submit(struct request *rq)
{
    fill_tx(rq, &rq->command.tx);
    rq->command.run = run_post;
    rq->command.done = post_done;
    rq->prepared = rq->queries;
    if (store_submit(rq->http->store, &rq->command) != OK) {
        busy(rq);
        decided(rq);
    }
}

static void post_on_worker(void *arg)
{
    struct request *rq = arg;
    request_clear_answer(rq);
    rq->result = dispatch_guarded(rq, prepare);
    if (rq->result == OK)
        submit(rq);
    else
        decided(rq);
}

static bool post(struct request *rq)
{
    if (rq->http->blocks || rq->route->before || rq->uploads) {
        suspend(rq);
        if (workers_run(rq->http->workers, post_on_worker, rq, false) != OK) {
            busy(rq);
            decided(rq);
        }
        return false;
    }
    request_clear_answer(rq);
    rq->result = dispatch_guarded(rq, prepare);
    if (rq->result != OK) {
        dispatch_answer(rq);
        return true;
    }
    suspend(rq);
    submit(rq);
    return false;
}

bool dispatch(struct request *rq)
{
    if (rq->result == OK && rq->body_kind != BODY_NONE)
        rq->result = dispatch_guarded(rq, body_finish);
    if (rq->result != OK) {
        dispatch_answer(rq);
        return true;
    }
    if (rq->cached)
        return true; /* an asset */
    if (rq->route == rq->spot->post)
        return post(rq);
    return rq->route->flags & ROUTE_STREAM ? get_stream(rq) : get(rq);
}
