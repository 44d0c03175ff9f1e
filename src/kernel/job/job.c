/* What failed work adds to the site: a page for the administrator. */
#include "kernel/audit/audit.h"
#include "kernel/job/job.h"

static enum err incidents_show(struct request *rq, struct tx *tx)
{
    struct value *list = view_list(rq_view(rq), "incidents");
    struct job_trouble *t;
    size_t n;
    enum err e = job_troubles(tx, &t, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(rq_view(rq), list);
        bool signal = str_is(t[i].kind, "signal");
        view_text(&row, "code", t[i].code);
        view_bool(&row, "signal", signal);
        view_text(&row, "name", t[i].name);
        view_text(&row, "ref", t[i].ref);
        view_text(&row, "listener", t[i].listener);
        view_text(&row, "error", t[i].error);
        view_int(&row, "tries", t[i].tries);
        view_inst(&row, "opened", t[i].opened);
    }
    return e;
}

static enum err incident_again_post(struct request *rq, struct tx *tx)
{
    str code = rq_path(rq, "code");
    enum err e = job_again(tx, code);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "这条故障已经处理，请刷新后查看。");
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "定时任务会自动重试，恢复正常后本条自动关闭。");
    if (e == OK)
        e = audit_note(tx, STR("job.again"), code, STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已重新投递，稍后刷新查看结果。"));
    return rq_see_other(rq, "/incidents");
}

static const struct route routes[] = {
    { .method = "GET", .path = "/incidents", .handle = incidents_show,
      .may = "job.see", .page = "job/incidents", .what = "后台任务故障" },
    { .method = "POST", .path = "/incidents/{code}/again",
      .handle = incident_again_post, .may = "job.again",
      .what = "重新投递失败的消息" },
    { 0 },
};

static const struct permission permissions[] = {
    { "job.see", "system_admin audit_admin", "查看后台任务故障" },
    { "job.again", "system_admin", "重新投递失败的消息" },
    { 0 },
};

const struct module job_module = {
    .name = "job",
    .routes = routes,
    .permissions = permissions,
};
