/* Writing: a new entry, and the version under way. */
#include "disclosure/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"

enum { CHOICES = 200, FILES_MOST = 20 };

/* ---- the form ---- */

static void ask(struct request *rq, struct value *list, const char *name,
                const char *type, const char *label, const char *hint,
                str value, bool optional)
{
    rq_ask(rq, list, (struct page_field){
        .name = name, .type = type, .label = str_of(label),
        .hint = str_of(hint), .value = value, .optional = optional });
}

static void ask_category(struct request *rq, struct value *list, str chosen)
{
    struct arena *a = rq_view(rq)->arena;
    struct page_choice *c = ARENA_NEW_N(a, struct page_choice, CHOICES);
    size_t n = 0;
    int count;
    const struct disclosure_category *all = disclosure_categories(&count);
    for (int i = 0; i < count && n < CHOICES; i++)
        if (all[i].parent.n)
            c[n++] = (struct page_choice){
                .value = all[i].code,
                .label = arena_printf(
                    a, "%.*s · %.*s",
                    STR_ARG(disclosure_category(all[i].parent)->name),
                    STR_ARG(all[i].name)) };
    rq_ask(rq, list, (struct page_field){
        .name = "category", .type = "select", .label = STR("栏目"),
        .hint = STR("政府信息公开条例第二十条、第二十一条的各项。"),
        .value = chosen, .choices = c, .choice_count = n });
}

static void ask_topic(struct request *rq, struct value *list, str chosen)
{
    struct arena *a = rq_view(rq)->arena;
    int count;
    const struct disclosure_topic *all = disclosure_topics(&count);
    struct page_choice *c = ARENA_NEW_N(a, struct page_choice,
                                        (size_t)count + 1);
    for (int i = 0; i < count; i++)
        c[i] = (struct page_choice){ .value = all[i].code,
                                     .label = all[i].name };
    rq_ask(rq, list, (struct page_field){
        .name = "topic", .type = "select", .label = STR("主题"),
        .value = chosen, .choices = c, .choice_count = (size_t)count });
}

static void show_form(struct request *rq, const struct entry_words *w,
                      bool correction)
{
    char text[DAY_TEXT];
    struct value *list = view_list(rq_view(rq), "fields");
    struct arena *a = rq_view(rq)->arena;
    ask(rq, list, "title", "text", "标题", "", w->title, false);
    ask(rq, list, "doc_no", "text", "文号", "例如 云民〔2026〕12 号。",
        w->doc_no, true);
    ask_category(rq, list, w->category);
    ask_topic(rq, list, w->topic);
    ask(rq, list, "formed", "day", "成文或者变更日期",
        "二十个工作日的公开期限从这一天起算。",
        day_is_none(w->formed) ? STR("")
                               : arena_str(a, day_text(w->formed, text)),
        false);
    ask(rq, list, "summary", "lines", "内容概述",
        "一两句话，列在目录里，最多三百字。", w->summary, true);
    ask(rq, list, "body", "lines", "正文",
        "一行一段；“# ”开头的行是小标题；“|”开头的行是表格的一行，第一行是表"
        "头。最多八千字。", w->body, false);
    ask(rq, list, "item", "text", "涉及的事项",
        "事项编码，页面会链接到它的办事指南。", w->item, true);
    ask(rq, list, "about", "text", "解读的文件",
        "这是一份解读时，填写被解读文件的编号，例如 GK2026-0001。", w->about,
        true);
    if (correction)
        ask(rq, list, "why", "lines", "更正的原因", "向社会公开。", w->why,
            false);
}

static struct entry_words typed(struct request *rq)
{
    return (struct entry_words){
        .title = rq_text(rq, "title"), .doc_no = rq_text(rq, "doc_no"),
        .category = rq_text(rq, "category"), .topic = rq_text(rq, "topic"),
        .item = rq_text(rq, "item"), .about = rq_text(rq, "about"),
        .summary = rq_text(rq, "summary"), .body = rq_text(rq, "body"),
        .why = rq_text(rq, "why"), .formed = rq_day(rq, "formed"),
    };
}

/* ---- a new one ---- */

enum err disclosure_new_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_words w = { .formed = tx_today(tx) };
    rq_menu(rq, "desk.disclosure");
    view_text(v, "heading", STR("撰写新的信息"));
    view_text(v, "action", STR("/disclosure/desk/new"));
    view_text(v, "back", STR("/disclosure/desk"));
    view_int(v, "revision", 0);
    show_form(rq, &w, false);
    return OK;
}

enum err disclosure_new_post(struct request *rq, struct tx *tx)
{
    struct entry_words w = typed(rq);
    str code, sentence = STR("");
    enum err e = entry_write_new(tx, &w, &code, &sentence);
    if (e != OK)
        return sentence.n ? rq_fail_str(rq, e, sentence) : e;
    view_text(rq_view(rq), "code", code);
    rq_flash(rq, "ok", STR("已保存草稿。可以上传附件，然后提交审核。"));
    return rq_see_other(rq, "/disclosure/desk/%.*s", STR_ARG(code));
}

/* ---- the version under way ---- */

static enum err load_open(struct request *rq, struct tx *tx,
                          struct entry_one *e)
{
    enum err err = disclosure_load(rq, tx, e);
    bool writing = str_is(e->work, "draft") || str_is(e->work, "returned");
    if (err == OK && !str_eq(e->unit, tx->who->unit))
        return rq_fail(rq, ERR_DENIED, "只能修改本单位的信息。");
    if (err == OK && !writing)
        return rq_fail(rq, ERR_CONFLICT,
                       "正在审核或者已经公开，现在不能修改。");
    return err;
}

enum err disclosure_edit_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_one e;
    struct entry_text_one t;
    enum err err = load_open(rq, tx, &e);
    if (err == OK)
        err = entry_text_one(tx, e.id, e.open, &t);
    if (err != OK)
        return err;
    struct entry_words w = {
        .title = t.title, .doc_no = t.doc_no, .category = t.category,
        .topic = t.topic, .item = t.item, .about = t.about,
        .summary = t.summary, .body = t.body, .why = t.why,
        .formed = t.formed,
    };
    str here = arena_printf(v->arena, "/disclosure/desk/%.*s",
                            STR_ARG(e.code));
    rq_menu(rq, "desk.disclosure");
    view_text(v, "heading", arena_printf(v->arena, "修改 %.*s",
                                         STR_ARG(e.code)));
    view_text(v, "action", arena_join(v->arena, here, STR("/edit")));
    view_text(v, "back", here);
    view_int(v, "revision", e.revision);
    show_form(rq, &w, e.live > 0);
    return OK;
}

static enum err same_revision(struct request *rq, const struct entry_one *e)
{
    return rq_int(rq, "revision", e->revision) == e->revision
               ? OK
               : rq_fail(rq, ERR_CONFLICT,
                         "这一稿刚刚有人改过，请刷新后再改，以免覆盖。");
}

enum err disclosure_edit_post(struct request *rq, struct tx *tx)
{
    struct entry_words w = typed(rq);
    struct entry_one e;
    str sentence = STR("");
    enum err err = load_open(rq, tx, &e);
    if (err == OK)
        err = same_revision(rq, &e);
    if (err == OK)
        err = entry_rewrite(tx, &e, &w, &sentence);
    if (err != OK)
        return sentence.n ? rq_fail_str(rq, err, sentence) : err;
    rq_flash(rq, "ok", STR("已保存。"));
    return rq_see_other(rq, "/disclosure/desk/%.*s", STR_ARG(e.code));
}

/* ---- files ---- */

enum err disclosure_upload_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct entry_one e;
    str problem = STR("");
    enum err err = load_open(rq, tx, &e);
    if (err != OK)
        return err;
    if (!rq_upload(rq, "file", &u))
        return rq_fail(rq, ERR_INPUT, "请选择要上传的附件。");
    err = files_adopt(u, &problem);
    return err == OK ? OK : rq_fail_str(rq, err, problem);
}

enum err disclosure_upload_post(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct entry_one e;
    struct files_of *f;
    size_t n;
    enum err err = load_open(rq, tx, &e);
    if (err == OK && !rq_upload(rq, "file", &u))
        return rq_fail(rq, ERR_INPUT, "请选择要上传的附件。");
    if (err == OK)
        err = files_of(tx, e.id, e.open, &f, &n);
    if (err == OK && n >= FILES_MOST)
        return rq_fail(rq, ERR_RANGE, "一条信息最多二十个附件。");
    if (err == OK)
        err = files_mention(tx, u, "disclosure", e.code);
    if (err == ERR_NOTFOUND)
        return rq_fail(rq, err, "文件没有保存下来，请重新上传。");
    if (err == OK)
        err = file_add(tx, store_id(tx->store), e.id, e.open, u->name,
                       u->sha256, u->type, u->size);
    if (err == OK)
        err = entry_act(tx, e.id, "file",
                        arena_join(tx->arena, STR("上传附件："), u->name), "",
                        false);
    if (err == OK)
        err = audit_note(tx, STR("disclosure.file"), e.code, u->name);
    if (err != OK)
        return err;
    rq_flash(rq, "ok", STR("附件已上传。"));
    return rq_see_other(rq, "/disclosure/desk/%.*s", STR_ARG(e.code));
}

enum err disclosure_unfile_post(struct request *rq, struct tx *tx)
{
    struct entry_one e;
    enum err err = load_open(rq, tx, &e);
    if (err != OK)
        return err;
    err = file_drop(tx, rq_int(rq, "id", 0), e.id, e.open);
    if (err == ERR_CONFLICT)
        return rq_fail(rq, ERR_NOTFOUND, "没有这份附件，请刷新后再试。");
    if (err == OK)
        err = audit_note(tx, STR("disclosure.unfile"), e.code, STR(""));
    if (err != OK)
        return err;
    rq_flash(rq, "ok", STR("附件已移除。"));
    return rq_see_other(rq, "/disclosure/desk/%.*s", STR_ARG(e.code));
}
