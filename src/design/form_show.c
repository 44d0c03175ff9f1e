/* One version of a form as its designer reads it, and as an applicant sees it.
 */
#include "design/pages.h"

#include "design/form_show.h"
#include "kernel/page/page.h"

str form_member(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

/* ---- opening ---- */

static enum err read_text(struct request *rq, struct tx *tx,
                          struct form_here *h)
{
    str problem;
    enum err e = design_check(&design_form, tx->arena, h->text, &h->report,
                              &problem);
    if (e != OK)
        return rq_fail_str(rq, ERR_CONFLICT, problem);
    h->tree = (struct value *)h->report.tree;
    return design_check_uses(tx, &h->report, h->key);
}

enum err form_open_work(struct request *rq, struct tx *tx, struct form_here *h)
{
    *h = (struct form_here){ .key = rq_path(rq, "key"), .work = true };
    enum err e = design_work_one(tx, h->key, &h->changes);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有正在改的稿：可能已经存为新版本，或者已经放"
                              "弃。请从版本列表里选一版，按“修改”。");
    if (e != OK)
        return e;
    h->text = h->changes.body;
    h->version = h->changes.base;
    h->revision = h->changes.revision;
    e = read_text(rq, tx, h);
    h->title = e == OK && h->report.title.n ? h->report.title : h->key;
    return e;
}

enum err form_open(struct request *rq, struct tx *tx, struct form_here *h)
{
    if (rq_path(rq, "version").n == 0)
        return form_open_work(rq, tx, h);
    *h = (struct form_here){ .key = rq_path(rq, "key") };
    enum err e = design_load(rq, tx, &design_form, &h->one);
    if (e != OK)
        return e;
    h->text = h->one.xml;
    h->version = h->one.version;
    h->title = h->one.title;
    return read_text(rq, tx, h);
}

enum err form_open_sheet(struct request *rq, struct tx *tx,
                         const struct form_here *h, struct form_sheet *out)
{
    const char *broken = "fields";
    if (form_count(h->tree, FORM_FIELD) <= FORM_FIELDS &&
        form_count(h->tree, FORM_PAPER) <= FORM_PAPERS &&
        form_sheet_read(tx->arena, h->tree, out, &broken) == OK)
        return OK;
    return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
        tx->arena, "表单还有读不懂的地方（%s），请先按检查结果修改，再预览和试"
        "填。", broken));
}

void form_show_head(struct request *rq, const struct form_here *h)
{
    struct view *v = rq_view(rq);
    struct design_one one = h->one;
    if (h->work)
        one = (struct design_one){ .version = h->version, .title = h->title,
                                   .state = STR("draft") };
    design_show_head(rq, &design_form, &one);
    view_text(v, "place",
              h->work ? STR("work")
                      : arena_printf(v->arena, "%lld", (long long)h->version));
}

/* ---- the outline ---- */

static bool truth(const struct value *v, const char *name)
{
    const struct value *m = value_get(v, str_of(name));
    return m && m->kind == VALUE_BOOL && m->i;
}

static str bounds_of(struct arena *a, const struct value *field)
{
    const struct form_kind *k = form_kind_of(form_member(field, "type"));
    if (k == NULL || k->bounds == FORM_UNBOUNDED)
        return STR("");
    bool letters = k->bounds == FORM_LETTERS;
    str unit = form_member(field, "unit");
    if (k->bounds == FORM_ROWS && unit.n == 0)
        unit = STR("行");
    return arena_printf(a, "%lld 到 %lld%s%.*s",
                        (long long)value_get_int(field, STR("min"), k->min),
                        (long long)value_get_int(field, STR("max"), k->max),
                        letters ? " 个字" : unit.n ? " " : "",
                        STR_ARG(letters ? STR("") : unit));
}

static str choices_of(struct arena *a, const struct value *field)
{
    struct buf b = { 0 };
    const struct value *list = value_get(field, STR("choices"));
    for (const struct value *c = list ? list->first : NULL; c; c = c->next) {
        if (b.n)
            buf_put(&b, STR("、"));
        buf_put(&b, form_member(c, "label"));
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void show_thing(struct view *row, enum form_thing t,
                       const struct value *v, const struct value *list)
{
    str code = form_member(v, form_things[t].code);
    view_text(row, "code", code);
    view_text(row, "label", form_member(v, form_things[t].label));
    view_text(row, "anchor", form_element(row->arena, t, code));
    view_text(row, "when", form_member(v, "when"));
    view_bool(row, "up", list->first != v);
    view_bool(row, "down", v->next != NULL);
}

static void show_fields(struct view *group, const struct value *list)
{
    struct value *rows = view_list(group, "fields");
    for (const struct value *f = list ? list->first : NULL;
         f && rows->count < FORM_FIELDS; f = f->next) {
        const struct form_kind *k = form_kind_of(form_member(f, "type"));
        struct view row = view_row(group, rows);
        show_thing(&row, FORM_FIELD, f, list);
        view_text(&row, "kind", k ? str_of(k->name) : form_member(f, "type"));
        view_bool(&row, "optional", truth(f, "optional"));
        str bounds = bounds_of(row.arena, f);
        view_text(&row, "bounds", bounds.n ? bounds
                                           : choices_of(row.arena, f));
    }
}

static str source_words(str source)
{
    return str_is(source, "form")       ? STR("系统生成")
           : str_is(source, "exchange") ? STR("免交")
           : str_is(source, "upload")   ? STR("上传")
                                        : source;
}

static str need_words(int64_t need)
{
    return need == 2 ? STR("非必要") : need == 3 ? STR("容缺后补")
                                                 : STR("必要");
}

static void show_papers(struct view *v, const struct value *list)
{
    struct value *rows = view_list(v, "papers");
    for (const struct value *p = list ? list->first : NULL;
         p && rows->count < FORM_PAPERS; p = p->next) {
        const struct value *sample = value_get(p, STR("sample"));
        struct view row = view_row(v, rows);
        show_thing(&row, FORM_PAPER, p, list);
        view_text(&row, "source", source_words(form_member(p, "source")));
        view_text(&row, "from", form_member(p, "from"));
        view_text(&row, "need", need_words(value_get_int(p, STR("need"), 1)));
        view_text(&row, "note", form_member(p, "note"));
        view_int(&row, "sample", sample ? sample->count : 0);
    }
}

static void show_parts(struct view *v, const struct value *list)
{
    struct value *rows = view_list(v, "parts");
    for (const struct value *p = list ? list->first : NULL;
         p && rows->count < FORM_PARTS; p = p->next) {
        const struct value *papers = value_get(p, STR("papers"));
        const struct value *fields = value_get(p, STR("fields"));
        struct view row = view_row(v, rows);
        str unit = form_member(p, "unit");
        show_thing(&row, FORM_PART, p, list);
        view_text(&row, "item", form_member(p, "item"));
        view_text(&row, "unit", unit.n ? unit : form_member(p, "unit_from"));
        view_int(&row, "promised", value_get_int(p, STR("promised"), 0));
        view_int(&row, "papers", papers ? papers->count : 0);
        view_int(&row, "fields", fields ? fields->count : 0);
    }
}

void form_show_outline(struct view *v, const struct form_here *h)
{
    const struct value *list = form_list(h->tree, FORM_GROUP);
    struct value *groups = view_list(v, "groups");
    for (const struct value *g = list ? list->first : NULL;
         g && groups->count < FORM_GROUPS; g = g->next) {
        const struct value *fields = value_get(g, STR("fields"));
        struct view row = view_row(v, groups);
        show_thing(&row, FORM_GROUP, g, list);
        show_fields(&row, fields && fields->kind == VALUE_LIST ? fields
                                                               : NULL);
    }
    show_papers(v, form_list(h->tree, FORM_PAPER));
    show_parts(v, form_list(h->tree, FORM_PART));
    view_bool(v, "theme", form_member(h->tree, "item").n == 0);
    view_text(v, "rules", form_member(h->tree, "rules"));
}

/* ---- one version ---- */

/* Which version people apply by: the deployed one, a moment after. */
static enum err applied(struct tx *tx, const struct form_here *h, str *out)
{
    struct design_applied a;
    enum err e = design_applied(tx, h->key, &a);
    *out = STR("还没有用这份表单");
    if (e == OK)
        *out = arena_printf(tx->arena, "第 %lld 版（办事版本 %lld）",
                            (long long)a.form, (long long)a.version);
    return e == ERR_NOTFOUND ? OK : e;
}

static void show_facts(struct view *v, const struct form_here *h, str live)
{
    struct value *list = view_list(v, "facts");
    str item = form_member(h->tree, "item"), rules = form_member(h->tree,
                                                                 "rules");
    design_fact(v, list, "用于", item.n ? item : STR("一件事主题"));
    design_fact(v, list, "决策表", rules.n ? rules : STR("不用"));
    design_fact(v, list, "申请人现在用", live);
    design_facts(v, list, &h->one);
}

enum err form_version(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    struct design_work_one work;
    str live;
    enum err e = form_open(rq, tx, &h);
    if (e == OK)
        e = applied(tx, &h, &live);
    if (e != OK)
        return e;
    e = design_work_one(tx, h.key, &work);
    view_text(v, "working", e == OK ? arena_printf(
                  v->arena, "%.*s 从第 %lld 版改起，%.*s 保存",
                  STR_ARG(work.author), (long long)work.base,
                  STR_ARG(design_time(v->arena, work.saved))) : STR(""));
    form_show_head(rq, &h);
    show_facts(v, &h, live);
    design_show_complaints(v, &h.report);
    form_show_outline(v, &h);
    view_bool(v, "live", str_is(h.one.state, "deployed"));
    return e == ERR_NOTFOUND ? OK : e;
}

/* ---- as the applicant sees it ---- */

static void show_step(struct view *v, struct value *list, str code, str label,
                      str here)
{
    struct view row = view_row(v, list);
    view_text(&row, "code", code);
    view_text(&row, "label", label);
    view_bool(&row, "here", str_eq(code, here));
}

enum err form_towns(struct tx *tx, struct form_choice **out, size_t *n)
{
    struct design_towns *t;
    enum err e = design_towns(tx, &t, n);
    *out = ARENA_NEW_N(tx->arena, struct form_choice, e == OK ? *n + 1 : 1);
    for (size_t i = 0; e == OK && i < *n; i++)
        (*out)[i] = (struct form_choice){ t[i].code, t[i].name };
    return e;
}

static void show_questions(struct view *v, const struct form_group *g,
                           const struct form_choice *towns, size_t n)
{
    struct value *list = view_list(v, "questions");
    for (size_t i = 0; g && i < g->field_count; i++) {
        const struct form_question *q = &g->fields[i];
        struct view row = view_row(v, list);
        struct value *one = view_list(&row, "fields");
        form_show_question(&row, one, q, &(struct form_page){
            .towns = towns, .town_count = n, .origin = STR(""),
            .wrong = STR("") });
        view_text(&row, "when", q->when ? q->when_text : STR(""));
    }
}

static void show_sheet_papers(struct view *v, const struct form_sheet *s,
                              bool here)
{
    struct value *list = view_list(v, "papers");
    struct value *held = view_list(v, "held");
    for (size_t i = 0; here && i < s->paper_count; i++) {
        const struct form_paper *p = &s->papers[i];
        if (str_is(p->source, "exchange"))
            value_push(held, value_text(v->arena, p->name));
        if (!str_is(p->source, "upload"))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", p->code);
        view_text(&row, "name", p->name);
        view_text(&row, "note", p->note);
        view_text(&row, "when", p->when ? p->when_text : STR(""));
        struct value *lines = value_new(v->arena, VALUE_LIST);
        for (size_t k = 0; k < p->sample_count; k++)
            value_push(lines, value_text(v->arena, p->sample[k]));
        if (p->sample_count) {
            struct view sample = view_object(&row, "sample");
            view_value(&sample, "lines", lines);
        } else {
            view_text(&row, "sample", str_none);
        }
    }
}

enum err form_preview(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct form_here h;
    struct form_sheet s;
    struct form_choice *towns;
    size_t n;
    enum err e = form_open(rq, tx, &h);
    if (e == OK)
        e = form_open_sheet(rq, tx, &h, &s);
    if (e == OK)
        e = form_towns(tx, &towns, &n);
    if (e != OK)
        return e;
    str step = rq_text(rq, "step");
    const struct form_group *here = s.group_count ? &s.groups[0] : NULL;
    for (size_t i = 0; i < s.group_count; i++)
        if (str_eq(s.groups[i].code, step))
            here = &s.groups[i];
    bool papers = str_is(step, "papers") || here == NULL;
    form_show_head(rq, &h);
    struct value *list = view_list(v, "pages");
    str at = papers ? STR("papers") : here->code;
    for (size_t i = 0; i < s.group_count; i++)
        show_step(v, list, s.groups[i].code, s.groups[i].title, at);
    show_step(v, list, STR("papers"), STR("上传材料"), at);
    view_text(v, "heading", papers ? STR("上传材料") : here->title);
    view_text(v, "when", !papers && here->when ? here->when_text : STR(""));
    show_questions(v, papers ? NULL : here, towns, n);
    show_sheet_papers(v, &s, papers);
    view_bool(v, "uploading", papers);
    return OK;
}
