/*
 * Into force and out of force, each on a page of its own that says what will
 * change.
 *
 * A version is checked in the step before the command.  That is safe because a
 * version is never rewritten: what was found right stays right.
 */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/audit/audit.h"
#include "kernel/job/job.h"
#include "kernel/page/page.h"

static void say(struct view *v, struct value *list, str sentence)
{
    value_push(list, value_text(v->arena, sentence));
}

static void show_reason(struct request *rq, const char *label)
{
    struct value *list = view_list(rq_view(rq), "fields");
    struct page_field f = { .name = "reason", .type = "lines",
                            .label = str_of(label),
                            .hint = STR("写入审计记录。"),
                            .value = rq_text(rq, "reason") };
    str sentence;
    if (rq_problem(rq, "reason", &sentence))
        f.error = sentence;
    page_field(rq_view(rq), list, &f);
}

static void show_words(struct view *v, const char *verb, const char *act,
                       const char *button, bool refused)
{
    view_text(v, "verb", str_of(verb));
    view_text(v, "act", str_of(act));
    view_text(v, "button", str_of(button));
    view_bool(v, "refused", refused);
}

static str check(struct tx *tx, const struct design_kind *k, str xml,
                 struct design_report *r)
{
    str problem;
    if (design_check(k, tx->arena, xml, r, &problem) == OK)
        return STR("");
    r->fatal = 1;
    return problem;
}

/* live->version stays 0 when none is. */
static enum err in_force(struct tx *tx, const struct design_kind *k, str key,
                         struct design_live *live)
{
    enum err e = design_live(tx, str_of(k->code), key, live);
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- deploying ---- */

static void say_changes(struct view *v, const struct design_kind *k,
                        const struct design_one *d, int64_t live)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "changes");
    if (live == 0)
        say(v, list, arena_printf(a, "现在没有生效的版本，第 %lld 版将成为生效"
                                  "版本。", (long long)d->version));
    else if (live == d->version)
        say(v, list, STR("这一版已经生效，再次部署不改变什么。"));
    else
        say(v, list, arena_printf(a, "第 %lld 版停用，第 %lld 版生效。",
                                  (long long)live, (long long)d->version));
    say(v, list,
        k == &design_process
            ? STR("新收的办件用这一版；已经收下的办件仍按原来的版本办完。")
        : k == &design_form
            ? STR("新的申请用这一版；已经提交的办件仍按提交时的版本办。")
            : STR("以后的决定用这一版；已经作出的决定不变。"));
    if (k == &design_form)
        say(v, list, STR("没有提交的草稿，填过的内容都保留，申请人打开时会看到"
                         "哪些问题是新增的。"));
    view_int(v, "live", live);
}

enum err definition_deploy(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_live live = { .version = 0 };
    struct design_report r;
    enum err e = design_load(rq, tx, k, &d);
    if (e == OK)
        e = in_force(tx, k, rq_path(rq, "key"), &live);
    if (e != OK)
        return e;
    str problem = check(tx, k, d.xml, &r);
    e = design_check_uses(tx, &r, rq_path(rq, "key"));
    design_show_head(rq, k, &d);
    design_show_complaints(v, &r);
    view_text(v, "problem", problem);
    say_changes(v, k, &d, live.version);
    show_words(v, "部署", "deploy", "确认部署", r.fatal > 0);
    show_reason(rq, "部署原因");
    design_report_free(&r);
    return e;
}

enum err definition_deploy_before(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct design_one d;
    struct design_report r;
    enum err e = design_load(rq, tx, k, &d);
    if (e != OK)
        return e;
    str problem = check(tx, k, d.xml, &r);
    e = design_check_uses(tx, &r, rq_path(rq, "key"));
    design_report_free(&r);
    if (e != OK || r.fatal == 0)
        return e;
    return rq_fail_str(rq, ERR_CONFLICT,
                       problem.n
                           ? problem
                           : arena_printf(tx->arena, "有 %d 处必须先修改，不能"
                                          "部署。", r.fatal));
}

/* Whoever lives by what is in force hears that it changed. */
static enum err tell(struct tx *tx, const char *event,
                     const struct design_kind *k, str key, int64_t version)
{
    struct view v = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&v, "kind", str_of(k->code));
    view_text(&v, "key", key);
    view_int(&v, "version", version);
    return flow_signal(tx, event, key, v.object);
}

static enum err done(struct request *rq, struct tx *tx,
                     const struct design_kind *k, const struct design_one *d,
                     const char *action, str detail, const char *sentence)
{
    str key = rq_path(rq, "key");
    str object = arena_printf(tx->arena, "%s %.*s %lld", k->code, STR_ARG(key),
                              (long long)d->version);
    enum err e = audit_note(tx, str_of(action), object, detail);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, sentence,
                                    (long long)d->version));
    view_text(rq_view(rq), "number", object);
    return rq_see_other(rq, "%s/%.*s/%lld", k->base, STR_ARG(key),
                        (long long)d->version);
}

enum err definition_deploy_post(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct design_one d;
    struct design_live live = { .version = 0 };
    str key = rq_path(rq, "key");
    enum err e = design_load(rq, tx, k, &d);
    if (e == OK)
        e = in_force(tx, k, key, &live);
    if (e == OK)
        e = design_deploy_version(tx, k, key, d.version);
    if (e == OK)
        e = tell(tx, "design.deploy", k, key, d.version);
    if (e != OK)
        return e;
    str detail = arena_printf(tx->arena, "原版本 %lld；%.*s",
                              (long long)live.version,
                              STR_ARG(rq_text(rq, "reason")));
    return done(rq, tx, k, &d, "design.deploy", detail, "第 %lld 版已经生效。");
}

/* ---- retiring ---- */

enum err definition_retire(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_one d;
    struct design_report none = { .count = 0 };
    enum err e = design_load(rq, tx, k, &d);
    if (e != OK)
        return e;
    bool live = str_is(d.state, "deployed");
    design_show_head(rq, k, &d);
    design_show_complaints(v, &none);
    struct value *list = view_list(v, "changes");
    say(v, list, live ? STR("这一版停用，没有别的版本接替。")
                      : STR("这一版没有生效，不用停用。"));
    if (live)
        say(v, list, k == &design_process
                         ? STR("新的办件不能再用这个流程；已经收下的办件仍按这"
                               "一版办完。")
                     : k == &design_form
                         ? STR("主题停用后不再接受网上申请，没有提交的草稿保留"
                               "但不能提交；单个事项改问通用的问题。")
                         : STR("引用它的流程走到规则任务时会停下，等待处理。"));
    view_text(v, "problem", STR(""));
    view_int(v, "live", live ? d.version : 0);
    show_words(v, "停用", "retire", "确认停用", !live);
    show_reason(rq, "停用原因");
    return OK;
}

enum err definition_retire_post(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct design_one d;
    enum err e = design_load(rq, tx, k, &d);
    if (e != OK)
        return e;
    if (str_is(d.state, "draft"))
        return rq_fail(rq, ERR_CONFLICT,
                       "这一版还是草稿，没有生效，不用停用。");
    /* Already out of force: the same again changes nothing. */
    if (str_is(d.state, "deployed"))
        e = design_retire_version(tx, k, rq_path(rq, "key"), d.id);
    if (e == OK)
        e = tell(tx, "design.retire", k, rq_path(rq, "key"), d.version);
    return e == OK ? done(rq, tx, k, &d, "design.retire",
                          rq_text(rq, "reason"), "第 %lld 版已经停用。")
                   : e;
}
