/*
 * One piece of information as everybody reads it.  What has ended says so, and
 * what was taken back shows that it was there, since when and why, but not what
 * it said.
 */
#include "disclosure/pages.h"

#include "kernel/files/files.h"
#include "kernel/page/page.h"

static str link_of(struct arena *a, str code)
{
    return arena_printf(a, "/disclosure/entries/%.*s", STR_ARG(code));
}

static str date(struct arena *a, day d)
{
    char text[DAY_TEXT];
    return day_is_none(d) ? STR("") : arena_str(a, day_text(d, text));
}

static void show_facts(struct view *v, const struct entry_one *e)
{
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "索引号", disclosure_text(e->index_no));
    page_fact(v, list, "公开单位", e->unit_name);
    if (e->doc_no.n)
        page_fact(v, list, "文号", e->doc_no);
    page_fact(v, list, "公开类别",
              arena_printf(v->arena, "%.*s · %.*s", STR_ARG(e->class_name),
                           STR_ARG(e->category_name)));
    page_fact(v, list, "主题", e->topic_name);
    page_fact(v, list, "成文日期", date(v->arena, e->formed));
    page_fact(v, list, "发布日期", date(v->arena, e->published));
    if (e->updated.n != e->published.n)
        page_fact(v, list, "更新日期", date(v->arena, e->updated));
}

/* 已废止 since when and why; "" while it is in force. */
static str ended(struct arena *a, const struct entry_one *e, day today)
{
    str word = disclosure_effect_word(e->effect, e->effect_day, today);
    if (str_is(e->effect, "valid"))
        return STR("");
    if (str_is(word, "有效"))
        return arena_printf(a, "自 %.*s 起%s：%.*s",
                            STR_ARG(date(a, e->effect_day)),
                            str_is(e->effect, "void") ? "废止" : "失效",
                            STR_ARG(e->effect_why));
    return arena_printf(a, "%.*s（自 %.*s 起）：%.*s", STR_ARG(word),
                        STR_ARG(date(a, e->effect_day)),
                        STR_ARG(e->effect_why));
}

static enum err show_item(struct tx *tx, struct view *v,
                          const struct entry_one *e)
{
    struct item_named item;
    enum err err = e->item.n ? item_named(tx, e->item, &item) : ERR_NOTFOUND;
    if (err == OK) {
        struct view o = view_object(v, "item");
        view_text(&o, "code", e->item);
        view_text(&o, "name", item.name);
        return OK;
    }
    view_text(v, "item", str_none);
    return err == ERR_NOTFOUND ? OK : err;
}

static void related_row(struct view *v, struct value *list, const char *kind,
                        str code, str title)
{
    struct view row = view_row(v, list);
    view_text(&row, "kind", str_of(kind));
    view_text(&row, "title", title);
    view_text(&row, "href", link_of(v->arena, code));
}

/* The document it explains, and what explains it. */
static enum err show_related(struct tx *tx, struct view *v,
                             const struct entry_one *e)
{
    struct entry_one about;
    struct open_about *o;
    size_t n;
    struct value *list = view_list(v, "related");
    enum err err = e->about.n ? entry_one(tx, e->about, &about)
                              : ERR_NOTFOUND;
    if (err == OK && about.place)
        related_row(v, list, "解读的文件", about.code, about.title);
    if (err == ERR_NOTFOUND)
        err = OK;
    if (err == OK)
        err = open_about(tx, e->code, &o, &n);
    for (size_t i = 0; err == OK && i < n; i++)
        related_row(v, list, "解读", o[i].code, o[i].title);
    return err;
}

static enum err load(struct request *rq, struct tx *tx, struct entry_one *e)
{
    enum err err = entry_one(tx, rq_path(rq, "code"), e);
    if (err == ERR_NOTFOUND || (err == OK && e->place == 0))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有公开这个编号的信息，请从公开目录查找。");
    return err;
}

enum err disclosure_entry_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_one e;
    enum err err = load(rq, tx, &e);
    if (err != OK)
        return err;
    bool gone = str_is(e.state, "withdrawn");
    rq_menu(rq, "disclosure");
    view_text(v, "code", e.code);
    view_text(v, "title", e.title);
    view_text(v, "class", e.class);
    view_text(v, "class_name", e.class_name);
    page_tag(v, "state", disclosure_tag(STR(""), e.state, e.effect,
                                        e.effect_day, tx_today(tx)));
    show_facts(v, &e);
    view_text(v, "ended", gone ? STR("")
                               : ended(v->arena, &e, tx_today(tx)));
    view_text(v, "withdrawn", gone ? arena_printf(
                                         v->arena, "%.*s 撤下：%.*s",
                                         STR_ARG(date(v->arena, e.withdrawn)),
                                         STR_ARG(e.withdrawn_why))
                                   : STR(""));
    view_text(v, "summary", gone ? STR("") : e.summary);
    page_prose(v, "blocks", gone ? STR("") : e.body, 0, 1);
    err = disclosure_show_files(tx, v, e.id, gone ? 0 : e.live,
                                link_of(v->arena, e.code));
    if (err == OK)
        err = show_item(tx, v, &e);
    if (err == OK)
        err = show_related(tx, v, &e);
    return err == OK ? disclosure_show_acts(tx, v, e.id, false) : err;
}

/* ---- files ---- */

static enum err send(struct request *rq, struct tx *tx, str name, str sha256,
                     str type, str scan)
{
    enum files_safe safe = files_safe(scan);
    if (safe == FILES_INFECTED)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份文件查出病毒，已经隔离，不能打开。");
    if (safe == FILES_WAITING)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份文件待查毒，查过以后才能打开，请稍后再试。");
    return rq_send_file(rq, type, files_path(tx->arena, sha256), name);
}

enum err disclosure_file_send(struct request *rq, struct tx *tx)
{
    struct open_file f;
    int64_t id;
    enum err e = str_int(rq_path(rq, "id"), &id)
                     ? open_file(tx, rq_path(rq, "code"), id, &f)
                     : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND || (e == OK && !str_is(f.state, "live")))
        return rq_fail(rq, ERR_NOTFOUND, "没有这份附件，或者已经撤下。");
    return e == OK ? send(rq, tx, f.name, f.sha256, f.type, f.scan) : e;
}

enum err disclosure_desk_file_send(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    struct desk_file f;
    int64_t id;
    enum err err = disclosure_load(rq, tx, &e);
    if (err != OK)
        return err;
    err = str_int(rq_path(rq, "id"), &id) ? desk_file(tx, id, &f)
                                          : ERR_NOTFOUND;
    if (err == ERR_NOTFOUND || (err == OK && f.entry != e.id))
        return rq_fail(rq, ERR_NOTFOUND, "没有这份附件。");
    return err == OK ? send(rq, tx, f.name, f.sha256, f.type, f.scan) : err;
}
