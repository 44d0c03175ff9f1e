/*
 * A form being changed: begun from a version, changed step by step, saved as a
 * new version or thrown away.
 *
 * A version for every moved question would bury the ones that matter, so the
 * steps go to one working copy a form; whoever sits down goes on with it.
 * Everything slow -- reading, changing, checking -- is done before the command,
 * which only writes the text if nobody was quicker.
 */
#include "design/pages.h"

#include "design/form_edit.h"
#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

enum err form_work(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    enum err e = form_open_work(rq, tx, &h);
    if (e != OK)
        return e;
    form_show_head(rq, &h);
    design_show_complaints(v, &h.report);
    form_show_outline(v, &h);
    view_int(v, "revision", h.revision);
    view_text(v, "author", h.changes.author);
    view_inst(v, "saved", h.changes.saved);
    struct value *list = view_list(v, "fields");
    struct page_field note = { .name = "note", .type = "text",
                               .label = STR("版本说明"), .optional = true,
                               .hint = STR("这一版改了什么。"),
                               .value = rq_text(rq, "note") };
    page_field(v, list, &note);
    return OK;
}

/* ---- beginning ---- */

enum err form_begin_post(struct request *rq, struct tx *tx)
{
    struct design_one one;
    struct design_work_one work;
    str key = rq_path(rq, "key");
    enum err e = design_load(rq, tx, &design_form, &one);
    if (e == OK)
        e = design_work_one(tx, key, &work);
    if (e == OK && work.base != one.version)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
            tx->arena, "%.*s正在从第 %lld 版改这份表单（%.*s 保存），请先把它存"
            "为新版本或者放弃，再从第 %lld 版改起。", STR_ARG(work.author),
            (long long)work.base, STR_ARG(design_time(tx->arena, work.saved)),
            (long long)one.version));
    if (e == ERR_NOTFOUND)
        e = design_work_add(tx, key, one.version, one.xml, tx->who->name,
                            tx->now);
    if (e == OK)
        e = audit_note(tx, STR("design.edit"), form_object(tx, key),
                       arena_printf(tx->arena, "从第 %lld 版改起",
                                    (long long)one.version));
    return e == OK ? rq_see_other(rq, "%s/%.*s/work", design_form.base,
                                  STR_ARG(key)) : e;
}

/* ---- a step ---- */

str form_object(struct tx *tx, str key)
{
    return arena_printf(tx->arena, "form %.*s", STR_ARG(key));
}

enum err form_keep_change(struct request *rq, struct form_here *h,
                          struct arena *a, str what, str anchor)
{
    struct form_change *c = ARENA_NEW(a, struct form_change);
    *c = (struct form_change){ .text = form_text(a, h->tree), .what = what,
                               .anchor = anchor, .revision = h->revision };
    if (c->text.n > DESIGN_BYTES)
        return rq_fail(rq, ERR_RANGE, "表单超过 2 MB，请精简后再改。");
    int64_t seen = rq_int(rq, "revision", h->revision);
    if (seen != h->revision)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
            a, "%.*s刚刚改过这份表单，请刷新后再改，以免覆盖。",
            STR_ARG(h->changes.author)));
    rq_keep(rq, c);
    return OK;
}

enum err form_change_post(struct request *rq, struct tx *tx)
{
    const struct form_change *c = rq_kept(rq);
    str key = rq_path(rq, "key");
    enum err e = design_work_set(tx, key, c->revision, c->text, tx->who->name,
                                 tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份表单刚刚有人改过或者已经存为新版本，请刷新后"
                              "再改，以免覆盖。");
    if (e == OK)
        e = audit_note(tx, STR("design.edit"), form_object(tx, key), c->what);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "%.*s。", STR_ARG(c->what)));
    view_int(rq_view(rq), "revision", c->revision + 1);
    return rq_see_other(rq, "%s/%.*s/work%s%.*s", design_form.base,
                        STR_ARG(key), c->anchor.n ? "#el-" : "",
                        STR_ARG(c->anchor));
}

enum err form_open_change(struct request *rq, struct tx *tx,
                          struct form_here *h)
{
    enum err e = form_open_work(rq, tx, h);
    if (e != OK || (form_count(h->tree, FORM_FIELD) <= FORM_FIELDS &&
                    form_count(h->tree, FORM_PAPER) <= FORM_PAPERS))
        return e;
    return rq_fail(rq, ERR_CONFLICT,
                   "这份表单太大，不能一项一项地改：问题不超过 300 个，材料不超"
                   "过 60 份。请放弃修改，用全文精简后另存。");
}

/* ---- which thing an address names ---- */

static enum err find(struct request *rq, const struct form_here *h,
                     enum form_thing *t, struct value **one,
                     struct value **list)
{
    struct arena *a = rq_view(rq)->arena;
    str path = design_path(rq);
    for (*t = FORM_GROUP; *t < FORM_THINGS; (*t)++)
        if (str_find(path, arena_printf(a, "/work/%s/",
                                        form_things[*t].plural)) >= 0)
            break;
    *one = *t < FORM_THINGS
               ? form_find(h->tree, *t, rq_path(rq, "code"), list) : NULL;
    return *one ? OK : rq_fail(rq, ERR_NOTFOUND,
                               "表单里没有这一项，可能刚刚被删去，请刷新后再"
                               "看。");
}

static str named(struct arena *a, const char *did, enum form_thing t,
                 const struct value *one)
{
    str label = form_member(one, form_things[t].label);
    return arena_printf(a, "%s%s“%.*s”", did, form_things[t].noun,
                        STR_ARG(utf8_head(label, 60)));
}

enum err form_move_before(struct request *rq, struct tx *tx)
{
    struct form_here h;
    enum form_thing t;
    struct value *one, *list;
    enum err e = form_open_change(rq, tx, &h);
    if (e == OK)
        e = find(rq, &h, &t, &one, &list);
    if (e != OK)
        return e;
    bool up = str_is(rq_text(rq, "to"), "up");
    form_move(list, one, up);
    return form_keep_change(rq, &h, tx->arena,
                            named(tx->arena, up ? "已上移" : "已下移", t, one),
                            form_element(tx->arena, t, rq_path(rq, "code")));
}

/* ---- taking out ---- */

/* What else speaks of it: parts that get it, conditions that name it. */
static void show_uses(struct view *v, const struct form_here *h,
                      enum form_thing t, str code)
{
    struct value *list = view_list(v, "uses");
    struct arena *a = v->arena;
    const struct value *parts = form_list(h->tree, FORM_PART);
    const char *member = form_things[t].plural;
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next)
        if ((t == FORM_FIELD || t == FORM_PAPER) &&
            form_listed(value_get(p, str_of(member)), code))
            value_push(list, value_text(a, arena_printf(
                a, "部门事项“%.*s”不再得到它。",
                STR_ARG(form_member(p, "title")))));
    const struct value *one = form_find(h->tree, t, code, NULL);
    const struct value *fields = value_get(one, STR("fields"));
    if (t == FORM_GROUP && fields && fields->count)
        value_push(list, value_text(a, arena_printf(
            a, "这一组的 %u 个问题一起删去。", fields->count)));
    if (t == FORM_FIELD || t == FORM_GROUP)
        value_push(list, value_text(a, STR("用到它们的条件和决策表会在检查结果"
                                           "里列出，改好才能部署。")));
}

enum err form_remove_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    enum form_thing t;
    struct value *one, *list;
    str code = rq_path(rq, "code");
    enum err e = form_open_work(rq, tx, &h);
    if (e == OK)
        e = find(rq, &h, &t, &one, &list);
    if (e != OK)
        return e;
    form_show_head(rq, &h);
    view_text(v, "heading", named(tx->arena, "删去", t, one));
    view_text(v, "action",
              arena_printf(tx->arena, "%s/%.*s/work/%s/%.*s/remove",
                           design_form.base, STR_ARG(h.key),
                           form_things[t].plural, STR_ARG(code)));
    view_text(v, "button", STR("确认删去"));
    view_int(v, "revision", h.revision);
    show_uses(v, &h, t, code);
    return OK;
}

static void forget(const struct form_here *h, enum form_thing t, str code)
{
    const struct value *parts = form_list(h->tree, FORM_PART);
    for (const struct value *p = parts ? parts->first : NULL; p; p = p->next) {
        struct value *list = (struct value *)value_get(
            p, str_of(form_things[t].plural));
        struct value *v = list && list->kind == VALUE_LIST ? list->first : NULL;
        while (v && !(v->kind == VALUE_TEXT && str_eq(v->text, code)))
            v = v->next;
        if (v)
            form_remove(list, v);
    }
}

enum err form_remove_before(struct request *rq, struct tx *tx)
{
    struct form_here h;
    enum form_thing t;
    struct value *one, *list;
    enum err e = form_open_change(rq, tx, &h);
    if (e == OK)
        e = find(rq, &h, &t, &one, &list);
    if (e != OK)
        return e;
    const struct value *fields = value_get(one, STR("fields"));
    for (const struct value *f = fields ? fields->first : NULL;
         t == FORM_GROUP && f; f = f->next)
        forget(&h, FORM_FIELD, form_member(f, "name"));
    if (t == FORM_FIELD || t == FORM_PAPER)
        forget(&h, t, rq_path(rq, "code"));
    form_remove(list, one);
    return form_keep_change(rq, &h, tx->arena,
                            named(tx->arena, "已删去", t, one), STR(""));
}

/* ---- the end of the work ---- */

enum err form_keep_before(struct request *rq, struct tx *tx)
{
    struct form_here *h = ARENA_NEW(tx->arena, struct form_here);
    enum err e = form_open_work(rq, tx, h);
    rq_keep(rq, h);
    return e;
}

/* What was read before may have changed since: then nothing is saved. */
enum err form_keep_post(struct request *rq, struct tx *tx)
{
    const struct form_here *h = rq_kept(rq);
    struct design_work_one now;
    struct design_draft d = { .key = h->key, .title = h->title,
                              .xml = h->text, .note = rq_text(rq, "note"),
                              .author = tx->who->name };
    int64_t version;
    bool same;
    enum err e = design_work_one(tx, h->key, &now);
    if (e == ERR_NOTFOUND || (e == OK && now.revision != h->revision))
        return rq_fail(rq, ERR_CONFLICT, "这份表单刚刚又有人改过，请刷新后再"
                                         "存。");
    if (e == OK)
        e = design_keep(tx, &design_form, &d, &version, &same);
    if (e == OK)
        e = design_work_drop(tx, h->key, NULL);
    if (e != OK)
        return e;
    return design_saved(rq, &design_form, h->key, version, same);
}

enum err form_drop_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    enum err e = form_open_work(rq, tx, &h);
    if (e != OK)
        return e;
    form_show_head(rq, &h);
    view_text(v, "heading", STR("放弃正在改的稿"));
    view_text(v, "action", arena_printf(tx->arena, "%s/%.*s/work/drop",
                                        design_form.base, STR_ARG(h.key)));
    view_text(v, "button", STR("确认放弃"));
    view_int(v, "revision", h.revision);
    struct value *list = view_list(v, "uses");
    value_push(list, value_text(tx->arena, arena_printf(
        tx->arena, "从第 %lld 版起的全部修改都不保留，已经存下的版本不变。",
        (long long)h.version)));
    return OK;
}

enum err form_drop_post(struct request *rq, struct tx *tx)
{
    int64_t dropped;
    str key = rq_path(rq, "key");
    enum err e = design_work_drop(tx, key, &dropped);
    if (e == OK && dropped == 0)
        return rq_fail(rq, ERR_NOTFOUND, "没有正在改的稿，不用放弃。");
    if (e == OK)
        e = audit_note(tx, STR("design.edit"), form_object(tx, key),
                       STR("放弃修改"));
    if (e != OK)
        return e;
    rq_flash(rq, "", STR("已经放弃修改，各个版本不变。"));
    return rq_see_other(rq, "%s/%.*s", design_form.base, STR_ARG(key));
}
