/* What pages of this room show alike. */
#include "disclosure/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"

str disclosure_text(str s)
{
    return str_is_none(s) ? STR("") : s;
}

enum err disclosure_load(struct request *rq, struct tx *tx,
                         struct entry_one *e)
{
    enum err err = entry_one(tx, rq_path(rq, "code"), e);
    if (err == ERR_NOTFOUND || (err == OK && str_is(e->state, "dropped")))
        return rq_fail(rq, ERR_NOTFOUND, "没有这个编号，请从列表打开。");
    if (err == OK && !auth_in_scope(tx->who, e->unit))
        return rq_fail(rq, ERR_DENIED, "您只能查看本单位公开的信息。");
    return err;
}

str disclosure_tag(str work, str state, str effect, day from, day today)
{
    if (str_is(work, "draft"))
        return STR("草稿");
    if (str_is(work, "secrecy") || str_is(work, "check"))
        return STR("待审核");
    if (str_is(work, "returned"))
        return STR("退回修改");
    if (str_is(work, "blocked"))
        return STR("不得公开");
    if (str_is(state, "withdrawn"))
        return STR("已撤下");
    return disclosure_effect_word(effect, from, today);
}

static str icon_of(str verb)
{
    static const char *const icons[][2] = {
        { "release", "circle-check" }, { "withdraw", "undo-2" },
        { "effect", "ban" }, { "secrecy", "lock" }, { "return", "undo-2" },
        { "submit", "inbox" },
    };
    for (size_t i = 0; i < sizeof icons / sizeof *icons; i++)
        if (str_is(verb, icons[i][0]))
            return str_of(icons[i][1]);
    return STR("pencil");
}

enum err disclosure_show_acts(struct tx *tx, struct view *v, int64_t entry,
                              bool all)
{
    struct acts_of *a;
    size_t n;
    enum err e = acts_of(tx, entry, all ? 0 : 1, &a, &n);
    struct value *list = view_list(v, "events");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_inst(&row, "at", a[i].at);
        view_text(&row, "text", a[i].text);
        view_text(&row, "verb", a[i].verb);
        view_text(&row, "actor", a[i].actor);
        view_text(&row, "basis", a[i].law);
        view_text(&row, "look", STR("done"));
        view_text(&row, "icon", icon_of(a[i].verb));
    }
    return e;
}

static str size_text(struct arena *a, int64_t bytes)
{
    enum { KB = 1024, MB = 1024 * 1024 };
    return bytes >= MB ? arena_printf(a, "%lld.%lld MB",
                                      (long long)(bytes / MB),
                                      (long long)(bytes % MB * 10 / MB))
                       : arena_printf(a, "%lld KB",
                                      (long long)((bytes + KB - 1) / KB));
}

enum err disclosure_show_files(struct tx *tx, struct view *v, int64_t entry,
                               int64_t version, str base)
{
    struct files_of *f;
    size_t n;
    enum err e = files_of(tx, entry, version, &f, &n);
    struct value *list = view_list(v, "files");
    for (size_t i = 0; e == OK && i < n; i++) {
        enum files_safe safe = files_safe(f[i].scan);
        struct view row = view_row(v, list);
        str id = arena_printf(v->arena, "%lld", (long long)f[i].id);
        view_text(&row, "id", id);
        view_text(&row, "name", f[i].name);
        view_text(&row, "size", size_text(v->arena, f[i].size));
        view_text(&row, "href", arena_printf(v->arena, "%.*s/files/%.*s",
                                             STR_ARG(base), STR_ARG(id)));
        view_text(&row, "held",
                  safe == FILES_WAITING    ? STR("待查毒，查过以后可以打开")
                  : safe == FILES_INFECTED ? STR("查出病毒，已经隔离")
                                           : STR(""));
    }
    return e;
}
