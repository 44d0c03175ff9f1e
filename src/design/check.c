/* What a BPMN, DMN or form file is called and what is wrong with it, as one
 * list. */
#include "design/form.h"

#include "design/queries.gen.h"
#include "design/show.h"
#include "kernel/clock/clock.h"
#include "kernel/process/process.h"
#include "kernel/rules/dmn.h"

const struct design_kind design_process = {
    .code = "process", .base = "/design/processes", .noun = "流程",
    .form = "BPMN", .suffix = "bpmn", .section = "desk.processes",
    .media = "application/xml",
};

const struct design_kind design_table = {
    .code = "table", .base = "/design/tables", .noun = "决策表",
    .form = "DMN", .suffix = "dmn", .section = "desk.tables",
    .media = "application/xml",
};

const struct design_kind design_form = {
    .code = "form", .base = "/design/forms", .noun = "表单",
    .form = "JSON", .suffix = "json", .section = "desk.forms",
    .media = "application/json",
};

bool design_key_ok(str key)
{
    bool ok = key.n >= 2 && key.n <= DESIGN_KEY && key.p[0] >= 'a' &&
              key.p[0] <= 'z' && !str_is(key, "new") &&
              !str_is(key, "approval") && !str_is(key, "item");
    for (size_t i = 0; ok && i < key.n; i++) {
        char c = key.p[i];
        ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    return ok;
}

/* The report is shown after the graph has been freed. */
void design_complain(struct design_report *r, struct arena *a,
                     struct design_complaint c)
{
    r->count++;
    r->fatal += c.fatal;
    if (r->count > DESIGN_COMPLAINTS)
        return;
    struct design_complaint *one = ARENA_NEW(a, struct design_complaint);
    *one = c;
    one->element = arena_str(a, c.element);
    *(r->first ? &r->last->next : &r->first) = one;
    r->last = one;
}

/* ---- processes ---- */

static str name_of(const struct bpmn *g, struct bpmn_found f)
{
    switch (f.what) {
    case BPMN_A_NODE: return g->nodes[f.index].name;
    case BPMN_AN_EDGE: return g->edges[f.index].name;
    case BPMN_A_THING: return g->things[f.index].name;
    case BPMN_A_PROCESS: return g->processes[f.index].name;
    default: return STR("");
    }
}

static str where_is(struct arena *a, const struct bpmn *g, struct bpmn_found f)
{
    if (f.what == BPMN_NOWHERE)
        return STR("");
    str kind = bpmn_kind_name(g, f.what, f.index), name = name_of(g, f);
    return name.n ? arena_printf(a, "%.*s“%.*s”", STR_ARG(kind), STR_ARG(name))
                  : kind;
}

static str title_of(const struct bpmn *g, str *id)
{
    str title = STR("");
    *id = STR("");
    for (int i = 0; i < g->process_count; i++) {
        const struct bpmn_process *p = &g->processes[i];
        if (id->n == 0 && p->child_count)
            *id = p->id;
        if (title.n == 0 && p->name.n && p->child_count)
            title = p->name;
    }
    for (int i = 0; i < g->thing_count && title.n == 0; i++)
        if (g->things[i].kind == BPMN_POOL)
            title = g->things[i].name;
    return str_is_none(title) ? STR("") : title;
}

/* ---- the limits a process names ---- */

static void about_clock(struct arena *a, struct design_report *r, str id,
                        str text)
{
    struct bpmn_found f = bpmn_find(r->graph, id);
    design_complain(r, a, (struct design_complaint){
        .element = id, .text = text, .where = where_is(a, r->graph, f),
        .fatal = true, .drawn = f.what == BPMN_A_NODE });
}

static str not_listed(struct arena *a, const struct clock_limit *l, str reason)
{
    struct buf b = { 0 };
    if (l->rule == NULL || l->rule->stop_count == 0)
        return STR("这个流程的时限没有依法可以不计的情形，请去掉 zt:clock。");
    buf_printf(&b, "“%.*s”不是法律列明的不计时限的情形，只有：",
               STR_ARG(reason));
    for (size_t i = 0; i < l->rule->stop_count; i++)
        buf_printf(&b, "%s%.*s", i ? "、" : "", STR_ARG(l->rule->stop[i]));
    buf_put(&b, STR("。"));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* The limit of one step.  A word without a colon is the owner's, or a rule. */
static void check_limit(struct arena *a, struct design_report *r,
                        const struct bpmn_node *n)
{
    struct clock_limit l;
    if (n->clock.n == 0 || str_find_byte(n->clock, ':') < 0)
        return;
    if (!clock_limit_read(n->clock, &l))
        about_clock(a, r, n->id,
                    arena_printf(a, "不认识时限“%.*s”，请写成 working-days:天数"
                                 "（工作日）或者 natural-days:天数（自然日）。",
                                 STR_ARG(n->clock)));
    else if (n->kind != BPMN_USER)
        about_clock(a, r, n->id,
                    STR("只有由人办理的一步可以有自己的时限，请去掉 zt:clock"
                        "。"));
}

/* Time stands still only where the law says so. */
static void check_step_clock(struct arena *a, struct design_report *r,
                             const struct clock_limit *l,
                             const struct bpmn_node *n)
{
    if (n->clock.n && str_starts(n->clock, STR("stop:"))) {
        str reason = str_slice(n->clock, 5, n->clock.n);
        if (l->rule == NULL || !clock_rule_stops(l->rule, reason))
            about_clock(a, r, n->id, not_listed(a, l, reason));
    } else if (str_is(n->clock, "restart") &&
               (l->rule == NULL || l->rule->restart.n == 0)) {
        about_clock(a, r, n->id, STR("这个流程的时限没有重新计算的规定，请去掉"
                                     " zt:clock=\"restart\"。"));
    } else {
        check_limit(a, r, n);
    }
}

static void check_clocks(struct arena *a, struct design_report *r)
{
    const struct bpmn *g = r->graph;
    struct clock_limit l = { .rule = NULL };
    str named = g->process_count ? g->processes[0].clock : STR("");
    if (named.n && !clock_limit_read(named, &l))
        about_clock(a, r, g->processes[0].id,
                    arena_printf(a, "不认识时限“%.*s”。可以写 working-days:天数"
                                 "、natural-days:天数，或者时限规则的编号，例如"
                                 " info.reply。",
                                 STR_ARG(named)));
    for (int i = 0; i < g->node_count; i++)
        check_step_clock(a, r, &l, &g->nodes[i]);
}

void design_take_lint(struct arena *a, struct design_report *r,
                      const struct bpmn_lint *lint)
{
    for (const struct bpmn_complaint *c = lint->first; c; c = c->next) {
        struct bpmn_found f = bpmn_find(r->graph, c->element);
        design_complain(r, a, (struct design_complaint){
            .element = c->element, .text = c->text,
            .where = where_is(a, r->graph, f),
            .fatal = c->severity != BPMN_HINT,
            .drawn = f.what == BPMN_A_NODE || f.what == BPMN_AN_EDGE ||
                     f.what == BPMN_A_THING });
    }
}

static enum err check_process(struct arena *a, str xml,
                              struct design_report *r, str *problem)
{
    struct bpmn_lint lint;
    enum err e = bpmn_read(a, xml, &r->graph, problem);
    if (e != OK)
        return e;
    bpmn_lint(r->graph, inst_now(), a, &lint);
    design_take_lint(a, r, &lint);
    check_clocks(a, r);
    r->title = arena_str(a, title_of(r->graph, &r->id));
    r->id = arena_str(a, r->id);
    return OK;
}

/* ---- tables ---- */

static str decision_name(struct arena *a, const struct value *outline, str id)
{
    const struct value *list = value_get(outline, STR("decisions"));
    for (const struct value *d = list ? list->first : NULL; d; d = d->next)
        if (str_eq(value_get_text(d, STR("id")), id))
            return arena_printf(
                a, "%.*s“%.*s”", STR_ARG(value_get_text(d, STR("kind"))),
                STR_ARG(value_get_text(d, STR("name"))));
    return STR("");
}

static enum err check_table(struct arena *a, str xml, struct design_report *r,
                            str *problem)
{
    struct value *outline;
    struct dmn_model *model;
    struct feel_notes notes = { 0 };
    struct dmn_source source = { .name = STR("rules.dmn"), .xml = xml };
    enum err e = dmn_outline(a, xml, &outline, problem);
    if (e != OK)
        return e;
    e = dmn_load(a, &source, 1, &model, &notes);
    if (e != OK && notes.first == NULL) {
        *problem = STR("读不出决策模型，请用 DMN 编辑器打开检查后再试。");
        return ERR_INPUT;
    }
    for (const struct feel_note *n = notes.first; n; n = n->next) {
        str element = str_is_none(n->element) ? STR("") : n->element;
        design_complain(r, a, (struct design_complaint){
            .element = element, .text = n->text,
            .fatal = n->fatal || n->unfit,
            .where = decision_name(a, outline, element),
            .drawn = decision_name(a, outline, element).n > 0 });
    }
    r->count = (int)notes.count > r->count ? (int)notes.count : r->count;
    if (e != OK && r->fatal == 0)
        r->fatal = 1;
    r->title = value_get_text(outline, STR("name"));
    return OK;
}

enum err design_check(const struct design_kind *k, struct arena *a, str xml,
                      struct design_report *out, str *problem)
{
    *out = (struct design_report){ .title = STR(""), .id = STR("") };
    if (xml.n > DESIGN_BYTES) {
        *problem = STR("文件超过 2 MB，请拆分后再上传。");
        return ERR_INPUT;
    }
    if (!utf8_valid(xml)) {
        *problem = STR("文件不是 UTF-8 编码，请在编辑器里另存为 UTF-8 再试。");
        return ERR_INPUT;
    }
    if (str_trim(xml).n == 0) {
        *problem = arena_printf(a, "没有内容，请选择 %s 文件或者粘贴全文。",
                                k->form);
        return ERR_INPUT;
    }
    if (k == &design_form)
        return design_check_form(a, xml, out, problem);
    return k == &design_process ? check_process(a, xml, out, problem)
                                : check_table(a, xml, out, problem);
}

static enum err check_tables(struct tx *tx, struct design_report *r)
{
    enum { LOOKED_UP = 100 };
    const struct bpmn *g = r->graph;
    int asked = 0;
    for (int i = 0; g && i < g->node_count && asked < LOOKED_UP; i++) {
        const struct bpmn_node *n = &g->nodes[i];
        struct design_live live;
        str rest = n->decision, key = str_cut(&rest, '/');
        if (n->kind != BPMN_RULE || !design_key_ok(key))
            continue;
        asked++;
        enum err e = design_live(tx, STR("table"), key, &live);
        if (e != OK && e != ERR_NOTFOUND)
            return e;
        struct bpmn_found f = { BPMN_A_NODE, i };
        if (e == ERR_NOTFOUND)
            design_complain(r, tx->arena, (struct design_complaint){
                .element = n->id, .where = where_is(tx->arena, g, f),
                .text = arena_printf(tx->arena, "决策表“%.*s”还没有生效的版本，"
                                     "走到这里会停下，请先部署决策表。",
                                     STR_ARG(key)),
                .drawn = true });
    }
    return OK;
}

/* Whatever it calls by name must be in force, or be itself. */
static enum err check_calls(struct tx *tx, struct design_report *r)
{
    struct process_missing m = { str_none, str_none };
    enum err e = r->graph ? process_callee_missing(tx, r->graph, r->id, &m)
                          : OK;
    if (e != OK || str_is_none(m.key))
        return e;
    struct bpmn_found f = bpmn_find(r->graph, m.element);
    design_complain(r, tx->arena, (struct design_complaint){
        .element = m.element, .where = where_is(tx->arena, r->graph, f),
        .text = arena_printf(tx->arena, "要调用的流程“%.*s”不在文件中，也没有"
                             "生效的版本，请先部署它或者改正编号。",
                             STR_ARG(m.key)),
        .fatal = true, .drawn = true });
    return OK;
}

enum err design_check_uses(struct tx *tx, struct design_report *r, str key)
{
    if (r->tree)
        return design_check_form_uses(tx, r);
    enum err e = check_tables(tx, r);
    if (e == OK)
        e = check_calls(tx, r);
    if (e == OK)
        e = design_check_names(tx, r, key);
    return e == OK ? design_check_posts(tx, r) : e;
}

void design_report_free(struct design_report *r)
{
    if (r->graph)
        bpmn_free(r->graph);
    r->graph = NULL;
}
