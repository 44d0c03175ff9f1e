#include "design/show.h"

#include "kernel/page/page.h"

#include <stdio.h>

str design_path(struct request *rq)
{
    str url = rq_url(rq), path = str_none;
    if (form_decode(rq_view(rq)->arena, str_cut(&url, '?'), false, &path) != OK)
        path = STR("");
    return path;
}

const struct design_kind *design_kind_of(struct request *rq)
{
    str path = design_path(rq);
    return str_starts(path, str_of(design_table.base))  ? &design_table
           : str_starts(path, str_of(design_form.base)) ? &design_form
                                                        : &design_process;
}

enum err design_load(struct request *rq, struct tx *tx,
                     const struct design_kind *k, struct design_one *out)
{
    int64_t version;
    enum err e = ERR_NOTFOUND;
    if (str_int(rq_path(rq, "version"), &version))
        e = design_one(tx, str_of(k->code), rq_path(rq, "key"), version, out);
    if (e == ERR_NOTFOUND)
        return rq_fail_str(
            rq, e, arena_printf(tx->arena, "没有%s的这个版本，请从列表打开。",
                                k->noun));
    return e;
}

str design_state_word(str state)
{
    return str_is(state, "draft")      ? STR("草稿")
           : str_is(state, "deployed") ? STR("已部署")
                                       : STR("已停用");
}

void design_show_state(struct view *v, const char *name, str state)
{
    struct view tag = view_object(v, name);
    bool draft = str_is(state, "draft"), live = str_is(state, "deployed");
    view_text(&tag, "text", design_state_word(state));
    view_text(&tag, "tone", live ? STR("ok") : STR(""));
    view_text(&tag, "icon", live    ? STR("circle-check")
                            : draft ? STR("pencil")
                                    : STR("ban"));
}

enum err design_saved(struct request *rq, const struct design_kind *k, str key,
                      int64_t version, bool same)
{
    struct view *v = rq_view(rq);
    rq_flash(rq, same ? "" : "ok",
             arena_printf(v->arena, same ? "内容和第 %lld 版相同，没有另存。"
                                         : "已存为第 %lld 版草稿。",
                          (long long)version));
    view_text(v, "number", arena_printf(v->arena, "%.*s %lld", STR_ARG(key),
                                        (long long)version));
    return rq_see_other(rq, "%s/%.*s/%lld", k->base, STR_ARG(key),
                        (long long)version);
}

void design_show_head(struct request *rq, const struct design_kind *k,
                      const struct design_one *d)
{
    struct view *v = rq_view(rq);
    rq_menu(rq, k->section);
    view_text(v, "base", str_of(k->base));
    view_text(v, "noun", str_of(k->noun));
    view_text(v, "form", str_of(k->form));
    view_text(v, "key", rq_path(rq, "key"));
    view_int(v, "version", d->version);
    view_text(v, "title", d->title);
    design_show_state(v, "state", d->state);
}

static str summary(struct arena *a, const struct design_report *r)
{
    if (r->count == 0)
        return STR("检查通过，可以部署。");
    if (r->fatal == 0)
        return arena_printf(a, "可以部署；有 %d 条提示，建议先看一看。",
                            r->count);
    return arena_printf(a, "不能部署：有 %d 处必须修改%s。", r->fatal,
                        r->count > r->fatal ? "，其余是提示" : "");
}

static void show_complaints(struct view *v, struct value *list,
                            const struct design_report *r, bool fatal)
{
    for (const struct design_complaint *c = r->first; c; c = c->next) {
        if (c->fatal != fatal)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "element", c->element);
        view_text(&row, "where", c->where);
        view_text(&row, "sentence", c->text);
        view_bool(&row, "fatal", c->fatal);
        view_text(&row, "anchor", c->drawn ? c->element : STR(""));
    }
}

void design_show_complaints(struct view *v, const struct design_report *r)
{
    struct value *list = view_list(v, "complaints");
    show_complaints(v, list, r, true); /* what must be changed, first */
    show_complaints(v, list, r, false);
    view_bool(v, "fatal", r->fatal > 0);
    view_text(v, "summary", summary(v->arena, r));
    design_show_rest(v, "unshown", r->count - DESIGN_COMPLAINTS);
}

void design_fact(struct view *v, struct value *list, const char *label,
                 str text)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "text", text);
}

str design_time(struct arena *a, inst t)
{
    char text[INST_TEXT];
    return inst_is_none(t) ? STR("—")
                           : arena_str(a, inst_minutes_text(t, text));
}

void design_facts(struct view *v, struct value *list,
                  const struct design_one *d)
{
    struct arena *a = v->arena;
    design_fact(v, list, "作者", d->author);
    design_fact(v, list, "保存", design_time(a, d->created));
    design_fact(v, list, "部署", design_time(a, d->deployed));
    design_fact(v, list, "停用", design_time(a, d->retired));
    design_fact(v, list, "版本说明", d->note.n ? d->note : STR("没有填写"));
    design_fact(v, list, "文件摘要", str_slice(d->digest, 0, 16));
}

void design_show_rest(struct view *v, const char *name, int64_t n)
{
    view_text(v, name, n > 0 ? arena_printf(v->arena, "%lld", (long long)n)
                             : STR(""));
}

str design_copy(struct arena *a, str s)
{
    return str_is_none(s) ? STR("") : arena_str(a, s);
}

str design_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return str_none;
    char *p = arena_alloc(a, DESIGN_BYTES + 1);
    size_t n = fread(p, 1, DESIGN_BYTES + 1, f);
    bool whole = !ferror(f) && n <= DESIGN_BYTES;
    fclose(f);
    return whole ? (str){ p, n } : str_none;
}

void design_drawing(struct view *v, const char *name, const struct bpmn *g,
                    const struct bpmn_marks *marks)
{
    struct buf out = { 0 };
    bpmn_draw(g, marks, &out);
    view_value(v, name, page_html(v->arena, arena_str(v->arena,
                                                      buf_str(&out))));
    buf_free(&out);
}

/* ---- answers ---- */

struct value *design_answer(struct arena *a, str text)
{
    struct value *v;
    str problem;
    text = str_trim(text);
    if (text.n && value_read_json(a, text, &v, &problem) == OK)
        return v;
    return value_text(a, text);
}

static enum err read_pairs(struct arena *a, str text, struct value *object,
                           str *problem)
{
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        str rest = line, name = str_trim(str_cut(&rest, '='));
        if (str_is_none(rest) || name.n == 0) {
            *problem = arena_printf(a, "“%.*s”读不懂，请写成 名称 = 值，每行一"
                                    "个。", STR_ARG(utf8_head(line, 60)));
            return ERR_INPUT;
        }
        if (value_get(object, name)) {
            *problem = arena_printf(a, "“%.*s”写了两次，请删去一行。",
                                    STR_ARG(utf8_head(name, 60)));
            return ERR_INPUT;
        }
        value_add(object, name, design_answer(a, rest));
    }
    return OK;
}

enum err design_answers(struct arena *a, str text, struct value **out,
                        str *problem)
{
    text = str_trim(text);
    if (text.n == 0 || text.p[0] != '{') {
        *out = value_new(a, VALUE_OBJECT);
        return read_pairs(a, text, *out, problem);
    }
    enum err e = value_read_json(a, text, out, problem);
    if (e == OK && (*out)->kind != VALUE_OBJECT) {
        *problem = STR("应是一个 JSON 对象，例如 {\"area\": 80}。");
        e = ERR_INPUT;
    }
    return e;
}

str design_json(struct arena *a, const struct value *v)
{
    return v ? value_json(a, v) : STR("");
}
