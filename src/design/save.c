/*
 * New versions: a file, its text, or -- for processes -- an approval list typed
 * as lines.
 *
 * Reading a diagram takes longer than a command of the writer may, so it is
 * done in the step before; the command only adds the row.  A file that does
 * not parse is not kept, and what was typed or chosen comes back.  One that
 * parses is kept even when it could not be deployed: drafts may be unfinished.
 */
#include "design/pages.h"

#include "design/show.h"
#include "kernel/page/page.h"

/* What the slow step leaves for the command. */
struct prepared {
    str key, xml, title, note;
};

/* ---- the page ---- */

static void show_error(struct request *rq, struct view *v, const char *field,
                       const char *name)
{
    str sentence;
    view_text(v, name, rq_problem(rq, field, &sentence) ? sentence : STR(""));
}

static void text_field(struct request *rq, struct value *list,
                       const char *name, const char *label, const char *hint,
                       bool optional, str otherwise)
{
    struct page_field f = {
        .name = name, .type = "text", .label = str_of(label),
        .hint = str_of(hint), .optional = optional,
        .value = rq_has(rq, name) || otherwise.n == 0 ? rq_text(rq, name)
                                                      : otherwise,
    };
    str sentence;
    if (rq_problem(rq, name, &sentence))
        f.error = sentence;
    page_field(rq_view(rq), list, &f);
}

/* What was chosen as file comes back as text: a browser would not keep it. */
static str typed(struct request *rq, struct arena *a, str otherwise)
{
    const struct upload *u;
    str text = str_none;
    if (rq_upload(rq, "file", &u))
        text = design_file(a, u->path);
    if (!str_is_none(text) && utf8_valid(text) && str_find_byte(text, 0) < 0)
        return text;
    text = rq_text(rq, "xml");
    return text.n ? text : otherwise;
}

static void show_fields(struct request *rq, const char *base, str key)
{
    struct value *list = view_list(rq_view(rq), "fields");
    if (key.n == 0)
        text_field(rq, list, "key", "编号",
                   base ? "小写字母开头，可以有数字和连字符；不填就用文件里的"
                          "编号。"
                        : "小写字母开头，可以有数字和连字符，例如 borrow。已有"
                          "的编号另存为新版本。",
                   base != NULL, STR(""));
    text_field(rq, list, "title", "名称", "不填就用文件里的名称。", true,
               STR(""));
    text_field(rq, list, "note", "版本说明", "这一版改了什么。", true, STR(""));
}

/* ---- the diagram editor, where it was built in (make vendor) ---- */

static const char *const process_parts[] = {
    "bpmn-diagram.css", "bpmn-js.css", "bpmn-font.css", "bpmn-modeler.js", NULL
};
static const char *const table_parts[] = {
    "dmn-diagram.css", "dmn-shared.css", "dmn-drd.css",
    "dmn-decision-table.css", "dmn-decision-table-controls.css",
    "dmn-literal-expression.css", "dmn-boxed-expression.css",
    "dmn-boxed-expression-controls.css", "dmn-font.css", "dmn-modeler.js", NULL
};

static void show_editor(struct view *v, const struct design_kind *k)
{
    const char *const *part = k == &design_process ? process_parts
                                                   : table_parts;
    bool there = k != &design_form;
    for (int i = 0; part[i]; i++)
        there = there && !str_is_none(page_asset_hash(str_of(part[i])));
    if (!there) {
        view_text(v, "editor", str_none);
        return;
    }
    struct view editor = view_object(v, "editor");
    view_text(&editor, "kind", str_of(k->suffix));
    struct value *styles = view_list(&editor, "styles");
    struct value *scripts = view_list(&editor, "scripts");
    for (int i = 0; part[i]; i++) {
        str hash = page_asset_hash(str_of(part[i]));
        str href = arena_printf(v->arena, "/assets/%s?v=%.*s", part[i],
                                STR_ARG(hash));
        value_push(str_ends(str_of(part[i]), STR(".js")) ? scripts : styles,
                   value_text(v->arena, href));
    }
}

enum err definition_new(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    struct view *v = rq_view(rq);
    struct design_newest newest = { .xml = STR(""), .title = STR("") };
    str key = rq_path(rq, "key");
    enum err e = key.n ? design_newest(tx, str_of(k->code), key, &newest) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail_str(rq, e,
                           arena_printf(tx->arena, "没有这个%s，请从列表打开。",
                                        k->noun));
    if (e != OK)
        return e;
    rq_menu(rq, k->section);
    view_text(v, "base", str_of(k->base));
    view_text(v, "noun", str_of(k->noun));
    view_text(v, "form", str_of(k->form));
    view_text(v, "suffix", str_of(k->suffix));
    view_text(v, "key", key);
    view_text(v, "title", newest.title);
    view_bool(v, "process", k == &design_process);
    view_bool(v, "files", k != &design_form);
    view_text(v, "action",
              key.n ? arena_printf(v->arena, "%s/%.*s/new", k->base,
                                   STR_ARG(key))
                    : arena_printf(v->arena, "%s/new", k->base));
    show_editor(v, k);
    str plain = newest.xml;
    if (key.n == 0 && k == &design_form)
        plain = page_asset("data/forms/new.json");
    view_text(v, "xml", typed(rq, v->arena, plain));
    show_error(rq, v, "xml", "xml_error");
    show_fields(rq, k->base, key);
    return OK;
}

/* ---- before: everything slow ---- */

static enum err wrong_key(struct request *rq)
{
    return rq_fail_field(rq, ERR_INPUT, "key",
                         STR("编号应以小写字母开头，只含小写字母、数字和连字"
                             "符，2 到 60 个字，new、approval 和 item 除外"));
}

/* A file that says no name keeps the one the version before it had. */
static enum err called_before(struct tx *tx, const struct design_kind *k,
                              str key, str *title)
{
    struct design_newest newest;
    enum err e = design_newest(tx, str_of(k->code), key, &newest);
    *title = e == OK ? newest.title : key;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err design_prepare(struct request *rq, struct tx *tx,
                        const struct design_kind *k, str key, str xml,
                        str title, const char *field)
{
    struct design_report r;
    str problem;
    enum err e = design_check(k, tx->arena, xml, &r, &problem);
    design_report_free(&r);
    if (e != OK)
        return rq_fail_field(rq, e, field, problem);
    struct prepared *p = ARENA_NEW(tx->arena, struct prepared);
    p->key = key.n ? key : r.id;
    if (!design_key_ok(p->key))
        return wrong_key(rq);
    p->xml = xml;
    p->title = title.n ? title : utf8_head(r.title, 300);
    if (p->title.n == 0)
        e = called_before(tx, k, p->key, &p->title);
    if (e != OK)
        return e;
    p->note = rq_text(rq, "note");
    rq_keep(rq, p);
    return OK;
}

static str without_mark(str text)
{
    return str_starts(text, STR("\xef\xbb\xbf")) ? str_slice(text, 3, text.n)
                                                 : text;
}

enum err definition_save_before(struct request *rq, struct tx *tx)
{
    const struct design_kind *k = design_kind_of(rq);
    const struct upload *u;
    str xml = rq_text(rq, "xml"), key = rq_path(rq, "key");
    if (rq_upload(rq, "file", &u)) {
        xml = design_file(tx->arena, u->path);
        if (str_is_none(xml))
            return rq_fail_field(rq, ERR_RANGE, "xml",
                                 STR("文件超过 2 MB，请拆分后再上传。"));
    }
    if (key.n == 0)
        key = rq_text(rq, "key");
    return design_prepare(rq, tx, k, key, without_mark(xml),
                          rq_text(rq, "title"), "xml");
}

/* ---- the command ---- */

static enum err keep(struct request *rq, struct tx *tx,
                     const struct design_kind *k)
{
    struct prepared *p = rq_kept(rq);
    struct design_draft d = { .key = p->key, .title = p->title, .xml = p->xml,
                              .note = p->note, .author = tx->who->name };
    int64_t version;
    bool same;
    enum err e = design_keep(tx, k, &d, &version, &same);
    if (e != OK)
        return e;
    return design_saved(rq, k, p->key, version, same);
}

enum err definition_save_post(struct request *rq, struct tx *tx)
{
    return keep(rq, tx, design_kind_of(rq));
}

/* ---- an approval list ---- */

static const char example[] =
    "资料借阅审批\n"
    "受理 | 窗口受理岗 | 1\n"
    "会签 | 会签岗 | 3 | ratio:0.6\n"
    "审批 | 审批岗 | 2\n";

enum err approval_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    (void)tx;
    rq_menu(rq, design_process.section);
    view_text(v, "base", str_of(design_process.base));
    view_text(v, "lines", rq_has(rq, "lines") ? rq_text(rq, "lines")
                                              : str_of(example));
    show_error(rq, v, "lines", "lines_error");
    show_fields(rq, NULL, STR(""));
    return OK;
}

enum err approval_before(struct request *rq, struct tx *tx)
{
    struct buf out = { 0 };
    str problem, key = rq_text(rq, "key");
    if (!design_key_ok(key))
        return wrong_key(rq);
    enum err e = bpmn_of_approval(tx->arena, rq_text(rq, "lines"), &out,
                                  &problem);
    str xml = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    if (e != OK)
        return rq_fail_field(rq, e, "lines", problem);
    return design_prepare(rq, tx, &design_process, key, xml,
                          rq_text(rq, "title"), "lines");
}

enum err approval_post(struct request *rq, struct tx *tx)
{
    return keep(rq, tx, &design_process);
}
