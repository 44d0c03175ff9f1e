/*
 * The addresses of this room itself: the look a visitor chose, whether the
 * server is well, and what programs may ask.
 */
#include "kernel/auth/auth.h"
#include "kernel/http/inside.h"
#include "kernel/http/pages.h"

#include <string.h>

enum { MODE_SECONDS = 365 * 24 * 3600 };

/* ---- /mode ---- */

static const struct field mode_form[] = {
    { "set", FIELD_CHOICE, 1, 0, "显示方式",
      "normal,elder,light,dark,contrast", false },
    { "back", FIELD_ANY, 0, 2000, "之后前往", NULL, false },
    { 0 },
};

/* Two choices that do not touch: large type, and colours. */
enum err mode_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    str set = rq_text(rq, "set");
    bool size = str_is(set, "elder") || str_is(set, "normal");
    bool usual = str_is(set, "normal") || str_is(set, "light");
    rq_set_cookie(rq, size ? HTTP_ELDER : HTTP_THEME, usual ? STR("") : set,
                  usual ? 0 : MODE_SECONDS);
    str back = local_path(rq_text(rq, "back"));
    return rq_see_other(rq, "%.*s", STR_ARG(back));
}

/* ---- /healthz, /version ---- */

/* Being able to open a snapshot is being well; otherwise the dispatcher has
 * answered 503 before this runs. */
enum err healthz_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("text/plain; charset=utf-8"), STR("ok\n"),
                   str_none);
}

enum err version_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("application/json; charset=utf-8"),
                   STR("{\"name\":\"政通\",\"version\":\"" HTTP_VERSION
                       "\"}\n"),
                   str_none);
}

/* ---- /api, /api/openapi.json ---- */

enum err openapi_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("application/json; charset=utf-8"),
                   openapi_text(&rq->arena, rq->http), str_none);
}

static void view_route(struct view *v, struct value *list,
                       const struct route *r)
{
    struct view row = view_row(v, list);
    view_text(&row, "method", str_of(r->method));
    view_text(&row, "path", str_of(r->path));
    view_text(&row, "what", r->what ? str_of(r->what) : STR(""));
    view_text(&row, "may", str_of(r->may));
    view_text(&row, "law", r->law ? str_of(r->law) : STR(""));
}

enum err api_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    struct view *v = rq_view(rq);
    struct value *modules = view_list(v, "modules");
    for (const struct module *const *m = rq->http->modules; *m; m++) {
        if ((*m)->routes == NULL || (*m)->routes->method == NULL)
            continue;
        struct view row = view_row(v, modules);
        view_text(&row, "name", str_of((*m)->name));
        struct value *routes = view_list(&row, "routes");
        for (const struct route *r = (*m)->routes; r->method; r++)
            view_route(&row, routes, r);
    }
    return OK;
}

/* Where a log-in of staff leads: the first entry of the desk that is theirs. */
enum err work_show(struct request *rq, struct tx *tx)
{
    (void)tx;
    for (const struct module *const *m = rq->http->modules; *m; m++)
        for (const struct menu *e = (*m)->menu; e && e->section; e++)
            if (layout_at_desk(e) && auth_role_may(rq->who->role,
                                                   e->may ? e->may : "staff"))
                return rq_see_other(rq, "%s", e->href);
    return rq_see_other(rq, "/account");
}

static const struct route routes[] = {
    { .method = "GET", .path = "/work", .handle = work_show, .may = "staff",
      .what = "去自己的工作台", .flags = ROUTE_RAW },
    { .method = "GET", .path = "/mode", .handle = mode_show, .may = "anyone",
      .form = mode_form, .what = "选择大字或颜色",
      .law = "无障碍环境建设法 第三十二条" },
    { .method = "GET", .path = "/healthz", .handle = healthz_show,
      .may = "anyone", .what = "服务是否正常", .flags = ROUTE_RAW },
    { .method = "GET", .path = "/version", .handle = version_show,
      .may = "anyone", .what = "程序的版本",
      .flags = ROUTE_RAW | ROUTE_PURE },
    { .method = "GET", .path = "/api", .handle = api_show, .may = "anyone",
      .page = "http/api", .what = "接口目录", .flags = ROUTE_CACHED },
    { .method = "GET", .path = "/api/openapi.json", .handle = openapi_show,
      .may = "anyone", .what = "接口说明（OpenAPI 3.1）",
      .flags = ROUTE_RAW },
    { 0 },
};

static const struct permission permissions[] = { { 0 } };

static const struct job jobs[] = {
    { "http.answers", 3600, replay_sweep },
    { 0 },
};

const struct module http_module = { .name = "http", .routes = routes,
                                    .permissions = permissions,
                                    .jobs = jobs };
