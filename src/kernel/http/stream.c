/*
 * Live pages: server-sent events (HTML standard, 9.2).
 *
 * However many people watch a board, its handler runs once per change and at
 * most once a second; everybody is sent the same bytes.  A watcher is a
 * suspended connection: MHD asks for more, there is none, it sleeps, and the
 * ticker wakes it when there is.  What differs by person (a route that is not
 * for everybody) is a channel by itself.  A watcher slower than the changes
 * skips to the newest: a board is a state, not a story.
 */
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 1000, BEAT_MS = 15000, BLOCK = 32 << 10 };

/* Bytes on their way to many. */
struct frame {
    _Atomic int holders;
    size_t n;
    char bytes[];
};

struct channel {
    struct channel *next;
    char *key, *uri, *token;
    bool json;
    int topic;
    uint64_t version; /* that frame shows */
    int64_t made_ms;
    uint64_t number;  /* of the frame, from 1; 0: none yet */
    struct frame *frame;
    struct subscriber *first;
    bool over;        /* may no longer be watched */
};

struct subscriber {
    struct subscriber *next, **link;
    struct streams *streams;
    struct channel *channel;
    struct MHD_Connection *connection;
    struct frame *frame; /* being sent */
    size_t at;
    uint64_t number;     /* of the last frame taken */
    int64_t sent_ms;
    bool asleep;
};

struct streams {
    pthread_mutex_t lock;
    struct http *http;
    struct channel *channels;
    int count, most;
    bool closing;
};

/* ---- frames ---- */

static struct frame *frame_new(str text)
{
    struct frame *f = malloc(sizeof *f + text.n);
    if (f == NULL)
        abort(); /* no memory: as buf_room */
    f->holders = 1;
    f->n = text.n;
    memcpy(f->bytes, text.p, text.n);
    return f;
}

static void frame_release(struct frame *f)
{
    if (f && atomic_fetch_sub(&f->holders, 1) == 1)
        free(f);
}

/* One event: every line of the text behind "data:". */
static struct frame *event_of(uint64_t number, str text)
{
    struct buf b = { 0 };
    buf_printf(&b, "retry: 3000\nid: %llu\nevent: update\n",
               (unsigned long long)number);
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        buf_put(&b, STR("data: "));
        for (size_t i = 0; i < line.n; i++)
            if (line.p[i] != '\r')
                buf_byte(&b, line.p[i]);
        buf_byte(&b, '\n');
    }
    buf_byte(&b, '\n');
    struct frame *f = frame_new(buf_str(&b));
    buf_free(&b);
    return f;
}

/* ---- what MHD asks a watcher's connection for ---- */

static void take_newest(struct subscriber *s)
{
    struct channel *c = s->channel;
    frame_release(s->frame);
    s->frame = NULL;
    if (c->frame && c->number != s->number) {
        s->frame = c->frame;
        atomic_fetch_add(&s->frame->holders, 1);
        s->number = c->number;
        s->at = 0;
    }
}

static ssize_t send_frame(struct subscriber *s, char *out, size_t most)
{
    size_t n = s->frame->n - s->at;
    n = n < most ? n : most;
    memcpy(out, s->frame->bytes + s->at, n);
    s->at += n;
    s->sent_ms = tick_ms();
    return (ssize_t)n;
}

static ssize_t send_beat(struct subscriber *s, char *out, size_t most)
{
    static const char beat[] = ": \n\n";
    size_t n = sizeof beat - 1 < most ? sizeof beat - 1 : most;
    memcpy(out, beat, n);
    s->sent_ms = tick_ms();
    return (ssize_t)n;
}

static ssize_t more(void *context, uint64_t position, char *out, size_t most)
{
    struct subscriber *s = context;
    (void)position;
    ssize_t n = 0;
    pthread_mutex_lock(&s->streams->lock);
    if (s->frame == NULL || s->at == s->frame->n)
        take_newest(s);
    if (s->frame) {
        n = send_frame(s, out, most);
    } else if (s->streams->closing || s->channel->over) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (tick_ms() - s->sent_ms >= BEAT_MS) {
        n = send_beat(s, out, most);
    } else {
        s->asleep = true;
        MHD_suspend_connection(s->connection);
    }
    pthread_mutex_unlock(&s->streams->lock);
    return n;
}

static void leave(void *context)
{
    struct subscriber *s = context;
    struct streams *all = s->streams;
    pthread_mutex_lock(&all->lock);
    *s->link = s->next;
    if (s->next)
        s->next->link = s->link;
    all->count--;
    pthread_mutex_unlock(&all->lock);
    frame_release(s->frame);
    free(s);
}

/* ---- joining ---- */

static char *copy_of(str s)
{
    char *p = malloc(s.n + 1);
    if (p == NULL)
        abort(); /* no memory: as buf_room */
    memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

static str channel_key(struct request *rq)
{
    bool personal = strcmp(rq->route->may, "anyone") != 0;
    return arena_printf(&rq->arena, "%s %.*s %.*s", rq->json ? "j" : "h",
                        STR_ARG(personal ? rq->token : STR("")),
                        STR_ARG(rq->uri));
}

static struct channel *channel_for(struct streams *all, struct request *rq)
{
    str key = channel_key(rq);
    for (struct channel *c = all->channels; c; c = c->next)
        if (str_is(key, c->key) && !c->over)
            return c;
    struct channel *c = calloc(1, sizeof *c);
    if (c == NULL)
        abort(); /* no memory: as buf_room */
    bool personal = strcmp(rq->route->may, "anyone") != 0;
    c->key = copy_of(key);
    c->uri = copy_of(rq->uri);
    c->token = copy_of(personal ? rq->token : STR(""));
    c->json = rq->json;
    c->topic = rq->route->topic;
    c->next = all->channels;
    all->channels = c;
    return c;
}

static struct subscriber *subscribe(struct streams *all, struct request *rq)
{
    struct subscriber *s = NULL;
    pthread_mutex_lock(&all->lock);
    if (!all->closing && all->count < all->most)
        s = calloc(1, sizeof *s);
    if (s) {
        struct channel *c = channel_for(all, rq);
        *s = (struct subscriber){ .streams = all,
                                  .channel = c,
                                  .connection = rq->connection,
                                  .next = c->first,
                                  .link = &c->first,
                                  .sent_ms = tick_ms() };
        if (c->first)
            c->first->link = &s->next;
        c->first = s;
        all->count++;
    }
    pthread_mutex_unlock(&all->lock);
    return s;
}

enum err streams_join(struct request *rq)
{
    struct streams *all = rq->http->streams;
    struct subscriber *s = subscribe(all, rq);
    if (s == NULL) {
        rq->retry_after = 30;
        return refuse(rq, 503, "busy",
                      "观看实时页面的人太多，请稍后再试，或手动刷新页面。");
    }
    struct MHD_Response *r = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, BLOCK, more, s, leave);
    if (r == NULL) {
        leave(s);
        return ERR_BUSY;
    }
    answer_dress(r, false, false);
    MHD_add_response_header(r, "Content-Type",
                            "text/event-stream; charset=utf-8");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Accel-Buffering", "no");
    rq->response = r;
    rq->subscriber = s;
    rq->answered = 200;
    return OK;
}

/* ---- the ticker's side ---- */

/* What the channel shows now, NULL when it cannot be made; *over when it may
 * no longer be watched. */
static struct frame *render_channel(struct streams *all, struct channel *c,
                                    bool *over)
{
    struct request *rq = request_new(all->http);
    struct frame *f = NULL;
    rq->uri = str_of(c->uri);
    rq->method = "GET";
    rq->token = str_of(c->token);
    rq->json = c->json;
    request_clear_answer(rq);
    enum err e = dispatch_route(rq);
    if (e == OK)
        e = dispatch_read(rq);
    const char *page = rq->page ? rq->page : rq->route ? rq->route->page
                                                       : NULL;
    if (e == OK && c->json)
        value_write_json(rq->view.object, &rq->out);
    else if (e == OK && page)
        e = page_render_in(all->http->pages, str_of(page), rq->shell,
                           rq->view.object, &rq->out);
    if (e == OK)
        f = event_of(c->number + 1, buf_str(&rq->out));
    *over = e == ERR_DENIED || e == ERR_NOTFOUND;
    request_free(rq);
    return f;
}

static bool due(const struct streams *all, const struct channel *c)
{
    return !c->over && c->first && tick_ms() - c->made_ms >= PAUSE_MS &&
           (c->number == 0 ||
            c->version != store_version(all->http->store, c->topic));
}

/* Channels are removed by this thread alone, so one that is being rendered
 * outside the lock stays where it is. */
static void refresh(struct streams *all, struct channel *c)
{
    pthread_mutex_lock(&all->lock);
    bool work = due(all, c);
    pthread_mutex_unlock(&all->lock);
    if (!work)
        return;
    uint64_t version = store_version(all->http->store, c->topic);
    bool over = false;
    struct frame *f = render_channel(all, c, &over);
    pthread_mutex_lock(&all->lock);
    c->over = over;
    c->made_ms = tick_ms();
    if (f) {
        frame_release(c->frame);
        c->frame = f;
        c->version = version;
        c->number++;
    }
    pthread_mutex_unlock(&all->lock);
}

static void wake(struct streams *all, struct channel *c, int64_t now)
{
    for (struct subscriber *s = c->first; s; s = s->next) {
        bool news = c->frame && c->number != s->number;
        if (!s->asleep || !(news || all->closing || c->over ||
                            now - s->sent_ms >= BEAT_MS))
            continue;
        s->asleep = false;
        MHD_resume_connection(s->connection);
    }
}

static void channel_free(struct channel *c)
{
    frame_release(c->frame);
    free(c->key);
    free(c->uri);
    free(c->token);
    free(c);
}

void streams_tick(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    struct channel *first = all->channels;
    pthread_mutex_unlock(&all->lock);
    for (struct channel *c = first; c; c = c->next)
        refresh(all, c);
    int64_t now = tick_ms();
    pthread_mutex_lock(&all->lock);
    for (struct channel **at = &all->channels; *at;) {
        struct channel *c = *at;
        wake(all, c, now);
        if (c->first) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        channel_free(c);
    }
    pthread_mutex_unlock(&all->lock);
}

struct streams *streams_new(struct http *h, int most)
{
    struct streams *all = calloc(1, sizeof *all);
    if (all == NULL)
        return NULL;
    pthread_mutex_init(&all->lock, NULL);
    all->http = h;
    all->most = most;
    return all;
}

void streams_close(struct streams *all)
{
    pthread_mutex_lock(&all->lock);
    all->closing = true;
    for (struct channel *c = all->channels; c; c = c->next)
        wake(all, c, tick_ms());
    pthread_mutex_unlock(&all->lock);
}

/* After the daemon has gone: nobody watches any more. */
void streams_free(struct streams *all)
{
    if (all == NULL)
        return;
    while (all->channels) {
        struct channel *c = all->channels;
        all->channels = c->next;
        channel_free(c);
    }
    pthread_mutex_destroy(&all->lock);
    free(all);
}
