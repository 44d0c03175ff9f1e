/*
 * Who sent this really, and how often.
 *
 * A form of another site can make a browser send our cookie along; it can make
 * neither our token nor our Origin.  Both are asked for: the browser's word
 * (Sec-Fetch-Site, Origin) first, because it protects people who are not signed
 * in as well, then the token of the session.  A Bearer token is proof enough by
 * itself: no browser sends one by accident.
 */
#include "kernel/auth/auth.h"
#include "kernel/http/inside.h"

enum err guard_origin(struct request *rq)
{
    const struct heads *h = &rq->heads;
    bool foreign = false;
    if (!str_is_none(h->fetch_site))
        foreign = !str_is(h->fetch_site, "same-origin") &&
                  !str_is(h->fetch_site, "none");
    if (!str_is_none(h->origin))
        foreign = foreign || !(origin_is_host(h->origin, h->host) ||
                               str_eq(h->origin, rq->http->site));
    if (!foreign || rq->bearer)
        return OK;
    return refuse(rq, 403, "foreign_site",
                  "这次提交来自别的网站，为保护您的账号没有受理。"
                  "请在本站页面上重新提交。");
}

enum err guard_token(struct request *rq)
{
    if (rq->bearer || rq->who->account == 0 ||
        (rq->route->flags & ROUTE_NO_CSRF))
        return OK;
    str given = rq->heads.csrf;
    if (str_is_none(given))
        given = value_get_text(rq->inputs, STR("csrf"));
    if (given.n && auth_csrf_ok(rq->token, given))
        return OK;
    return refuse(rq, 403, "csrf",
                  "登录状态已变化，您的填写没有丢失，请核对后重新提交。");
}

/* ---- rates ---- */

static enum err too_often(struct request *rq, int wait)
{
    if (wait == 0)
        return OK;
    rq->retry_after = wait;
    str s = arena_printf(&rq->arena,
                         "您的操作太频繁，请等 %d 秒后再试。", wait);
    return refuse(rq, 429, "too_often", s.p);
}

/*
 * The machine's own requests are not counted: they are the operator's, or a
 * reverse proxy's that does not say for whom.  A proxy that does say (it sets
 * X-Forwarded-For) is believed only when it runs on this machine.
 */
static bool counted(const struct request *rq)
{
    return !conn_local(rq->conn) || rq->heads.forwarded_for.n > 0 ||
           rq->http->limit_own;
}

enum err guard_address(struct request *rq)
{
    struct http *h = rq->http;
    if (!counted(rq))
        return OK;
    bool write = rq->spot && rq->route == rq->spot->post;
    return too_often(rq, rate_take(h->rate, write ? 'w' : 'r', rq->client,
                                   write ? &h->writes : &h->reads,
                                   rq->now.ms));
}

enum err guard_account(struct request *rq)
{
    struct http *h = rq->http;
    if (!counted(rq) || rq->who->account == 0)
        return OK;
    str account = { (const char *)&rq->who->account,
                    sizeof rq->who->account };
    return too_often(rq, rate_take(h->rate, 'a', account, &h->account,
                                   rq->now.ms));
}

enum err rq_limit(struct request *rq, char kind, int per_minute)
{
    struct rate_class c = { .per_second = per_minute / 60.0,
                            .burst = per_minute };
    if (!counted(rq))
        return OK;
    return too_often(rq, rate_take(rq->http->rate, kind, rq->client, &c,
                                   rq->now.ms));
}
