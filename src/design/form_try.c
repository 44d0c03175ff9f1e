/*
 * A form tried with made-up answers: what is asked, which papers, which
 * departments, what is wrong.  It is a GET: nothing is kept, the address holds
 * the whole experiment and can be sent to a colleague.
 *
 * Asking, checking and deciding are the applicant's own (kernel/form/sheet.h);
 * only the reasons are added.
 */
#include "design/pages.h"

#include "design/form_show.h"
#include "kernel/page/page.h"

struct trying {
    struct form_here here;
    struct form_sheet sheet;
    struct value *given;     /* what came, put together */
    const struct value *typed, *checked;
    const struct dmn_model *rules; /* NULL: none */
    struct form_report report;
    struct form_choice *towns;
    size_t town_count;
    bool asked;             /* answers have come */
};

/* ---- the questions ---- */

static str problem_of(const void *context, str name)
{
    const struct trying *t = context;
    if (!t->asked)
        return STR("");
    for (int i = 0; i < t->report.count; i++)
        if (str_is(name, t->report.problem[i].field))
            return t->report.problem[i].sentence;
    return STR("");
}

static void show_question(struct view *group, struct value *list,
                          const struct trying *t,
                          const struct form_question *q, bool group_asked)
{
    struct arena *a = group->arena;
    struct view row = view_row(group, list);
    struct value *one = view_list(&row, "fields");
    bool asked = group_asked && form_asks(q->when, a, t->typed);
    form_show_question(&row, one, q, &(struct form_page){
        .answers = t->given, .error = problem_of, .context = t,
        .towns = t->towns, .town_count = t->town_count, .origin = STR(""),
        .wrong = STR("") });
    view_text(&row, "when", q->when_text);
    view_bool(&row, "asked", asked);
}

static void show_groups(struct request *rq, const struct trying *t)
{
    struct view *v = rq_view(rq);
    struct value *groups = view_list(v, "groups");
    for (size_t g = 0; g < t->sheet.group_count; g++) {
        const struct form_group *group = &t->sheet.groups[g];
        struct view row = view_row(v, groups);
        bool asked = form_asks(group->when, v->arena, t->typed);
        view_text(&row, "title", group->title);
        view_text(&row, "when", group->when_text);
        view_bool(&row, "asked", asked);
        struct value *list = view_list(&row, "questions");
        for (size_t i = 0; i < group->field_count; i++)
            show_question(&row, list, t, &group->fields[i], asked);
    }
}

/* ---- what follows ---- */

static enum err load_rules(struct tx *tx, struct trying *t)
{
    struct design_live live;
    struct feel_notes notes = { 0 };
    struct dmn_model *m;
    str key = form_member(t->here.tree, "rules");
    enum err e = key.n ? design_live(tx, STR("table"), key, &live)
                       : ERR_NOTFOUND;
    if (e != OK) /* what is missing stands among the complaints */
        return e == ERR_NOTFOUND ? OK : e;
    struct dmn_source source = { .name = key, .xml = live.xml };
    if (dmn_load(tx->arena, &source, 1, &m, &notes) == OK)
        t->rules = m;
    return OK;
}

static const struct value *codes(const struct trying *t, struct view *v,
                                 const char *decision)
{
    const struct value *first = NULL;
    str why = STR("");
    if (t->rules && form_rule_codes(t->rules, decision, v->arena, t->checked,
                                    &first, &why) != OK)
        view_text(v, "problem",
                  arena_printf(v->arena, "决策表的 %s 没有结果：%.*s", decision,
                               STR_ARG(why)));
    return first;
}

static str reason(const struct feel_expr *when, str text,
                  const struct trying *t)
{
    return when ? text : t->rules ? STR("由决策表决定") : STR("总是需要");
}

static void show_papers(struct view *v, const struct trying *t)
{
    const struct value *list = codes(t, v, "papers");
    struct value *rows = view_list(v, "papers");
    for (size_t i = 0; i < t->sheet.paper_count; i++) {
        const struct form_paper *p = &t->sheet.papers[i];
        struct view row = view_row(v, rows);
        view_text(&row, "name", p->name);
        view_bool(&row, "free", !str_is(p->source, "upload"));
        view_bool(&row, "asked", form_applies(p->when, p->code,
                                              t->rules == NULL, list,
                                              v->arena, t->checked));
        view_text(&row, "why", reason(p->when, p->when_text, t));
    }
}

static void show_parts(struct view *v, const struct trying *t)
{
    const struct value *list = codes(t, v, "parts");
    const struct value *parts = form_list(t->here.tree, FORM_PART);
    struct value *rows = view_list(v, "parts");
    if (form_member(t->here.tree, "item").n)
        return;
    for (parts = parts ? parts->first : NULL; parts; parts = parts->next) {
        const struct feel_expr *when = NULL;
        str text = form_member(parts, "when");
        if (form_condition(v->arena, text, form_names(v->arena, t->here.tree),
                           &when) != OK)
            continue; /* told among the complaints */
        struct view row = view_row(v, rows);
        view_text(&row, "name", form_member(parts, "title"));
        view_bool(&row, "asked", form_applies(when, form_member(parts, "code"),
                                              t->rules == NULL, list,
                                              v->arena, t->checked));
        view_text(&row, "why", reason(when, text, t));
    }
}

static void show_result(struct view *v, const struct trying *t)
{
    if (!t->asked) {
        view_text(v, "result", str_none);
        return;
    }
    struct view r = view_object(v, "result");
    struct value *list = view_list(&r, "complaints");
    for (int i = 0; i < t->report.count; i++) {
        struct view row = view_row(&r, list);
        view_text(&row, "name", str_of(t->report.problem[i].field));
        view_text(&row, "sentence", t->report.problem[i].sentence);
    }
    view_text(&r, "problem", STR(""));
    show_papers(&r, t);
    show_parts(&r, t);
    view_text(&r, "answers", design_json(v->arena, t->checked));
}

enum err form_try(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct trying *t = ARENA_NEW(tx->arena, struct trying);
    struct value *checked;
    enum err e = form_open(rq, tx, &t->here);
    if (e == OK)
        e = form_open_sheet(rq, tx, &t->here, &t->sheet);
    if (e == OK)
        e = load_rules(tx, t);
    if (e == OK)
        e = form_towns(tx, &t->towns, &t->town_count);
    if (e != OK)
        return e;
    t->asked = rq_has(rq, "asked");
    t->given = form_take(&t->sheet, tx->arena, rq_inputs(rq));
    str pressed = value_get_text(rq_inputs(rq), STR("do"));
    if (!str_is_none(pressed))
        (void)form_press(&t->sheet, tx->arena, pressed, t->given);
    t->typed = form_typed(&t->sheet, tx->arena, t->given);
    e = form_sheet_check(&t->sheet, t->sheet.group_count, tx->arena,
                         t->given, &checked, &t->report);
    t->checked = checked;
    form_show_head(rq, &t->here);
    show_groups(rq, t);
    show_result(v, t);
    return e == ERR_INPUT || e == ERR_RANGE ? OK : e;
}
