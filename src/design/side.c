/*
 * Two versions side by side as people meet them: each table as a table, each
 * form as a form, and on both what differs, in a word and a sign beside the
 * colour.  What the list of differences says below is shown here in place.
 */
#include "design/side.h"

#include "design/form_show.h"
#include "kernel/rules/dmn.h"

enum { RULES = 200 }; /* of a table, on a side */

enum mark { SAME, ALONE, CHANGED };

/* An optional member must not share its name with one further out. */
static void show_mark(struct view *row, const char *name, enum mark m,
                      bool newer)
{
    if (m == SAME) {
        view_text(row, name, str_none);
        return;
    }
    struct view tag = view_object(row, name);
    view_text(&tag, "text", m == CHANGED ? STR("改")
                            : newer      ? STR("增")
                                         : STR("删"));
    view_text(&tag, "tone", m == CHANGED ? STR("warn")
                            : newer      ? STR("ok")
                                         : STR("bad"));
    view_text(&tag, "icon", m == CHANGED ? STR("pencil")
                            : newer      ? STR("plus")
                                         : STR("minus"));
}

/* ---- tables ---- */

static str member(const struct value *v, const char *name)
{
    str s = v ? value_get_text(v, str_of(name)) : STR("");
    return str_is_none(s) ? STR("") : s;
}

static const struct value *list_of(const struct value *v, const char *name)
{
    const struct value *list = v ? value_get(v, str_of(name)) : NULL;
    return list && list->kind == VALUE_LIST ? list : NULL;
}

static const struct value *first_of(const struct value *list)
{
    return list ? list->first : NULL;
}

/* By id; the rules of editors that give none, by their number. */
static const struct value *same_of(const struct value *list,
                                   const struct value *one)
{
    str id = member(one, "id");
    int64_t number = value_get_int(one, STR("number"), -1);
    for (const struct value *v = first_of(list); v; v = v->next)
        if (id.n ? str_eq(member(v, "id"), id)
                 : number >= 0 &&
                       value_get_int(v, STR("number"), -2) == number)
            return v;
    return NULL;
}

/* A column is the same when it asks the same; where it stands there. */
static int column_of(const struct value *columns, const struct value *one)
{
    str text = member(one, "text"), label = member(one, "label");
    int i = 0;
    for (const struct value *c = first_of(columns); c; c = c->next, i++)
        if (text.n ? str_eq(member(c, "text"), text)
                   : str_eq(member(c, "label"), label))
            return i;
    return -1;
}

static const struct value *nth(const struct value *list, int n)
{
    const struct value *v = first_of(list);
    for (int i = 0; v && i < n; i++)
        v = v->next;
    return v;
}

struct tables {
    const struct value *mine, *other; /* one decision on both sides */
    bool newer;
};

/* One cell a column; where the other side has no such rule or column, the mark
 * stands at the rule or the head. */
static void show_cells(struct view *row, struct value *out,
                       const struct tables *t, const struct value *rule,
                       const struct value *twin, const char *columns,
                       const char *cells)
{
    const struct value *column = first_of(list_of(t->mine, columns));
    for (const struct value *c = first_of(list_of(rule, cells)); c;
         c = c->next, column = column ? column->next : NULL) {
        struct view cell = view_row(row, out);
        int at = column ? column_of(list_of(t->other, columns), column) : -1;
        const struct value *was =
            twin && at >= 0 ? nth(list_of(twin, cells), at) : NULL;
        view_text(&cell, "text", c->text);
        show_mark(&cell, "cell_mark",
                  was && !str_eq(was->text, c->text) ? CHANGED : SAME,
                  t->newer);
    }
}

static void show_rules(struct view *row, const struct tables *t)
{
    const struct value *rules = list_of(t->mine, "rules");
    struct value *out = view_list(row, "rules");
    int64_t all = rules ? rules->count : 0;
    for (const struct value *r = first_of(rules); r && out->count < RULES;
         r = r->next) {
        const struct value *twin = same_of(list_of(t->other, "rules"), r);
        struct view one = view_row(row, out);
        view_int(&one, "number", value_get_int(r, STR("number"), 0));
        show_mark(&one, "rule_mark", twin ? SAME : ALONE, t->newer);
        struct value *cells = view_list(&one, "cells");
        show_cells(&one, cells, t, r, twin, "inputs", "cells");
        show_cells(&one, cells, t, r, twin, "outputs", "results");
        view_text(&one, "remark", member(r, "remark"));
    }
    design_show_rest(row, "rest", all - out->count +
                     value_get_int(t->mine, STR("omitted"), 0));
}

static void show_head(struct view *row, const struct tables *t)
{
    static const char *const sides[] = { "inputs", "outputs" };
    struct value *out = view_list(row, "head");
    for (int s = 0; s < 2; s++)
        for (const struct value *c = first_of(list_of(t->mine, sides[s])); c;
             c = c->next) {
            struct view one = view_row(row, out);
            bool there = column_of(list_of(t->other, sides[s]), c) >= 0;
            view_text(&one, "label", member(c, "label"));
            view_text(&one, "note", s ? STR("结果") : STR("条件"));
            show_mark(&one, "head_mark", there ? SAME : ALONE, t->newer);
        }
}

static void show_table(struct view *row, const struct tables *t)
{
    bool text = !str_eq(member(t->mine, "text"), member(t->other, "text"));
    bool hit = !str_eq(member(t->mine, "hit"), member(t->other, "hit"));
    bool name = !str_eq(member(t->mine, "name"), member(t->other, "name"));
    view_text(row, "name", member(t->mine, "name"));
    view_text(row, "kind", member(t->mine, "kind"));
    view_text(row, "hit", member(t->mine, "hit"));
    view_text(row, "text", member(t->mine, "text"));
    show_mark(row, "mark", t->other == NULL      ? ALONE
                           : text || hit || name ? CHANGED
                                                 : SAME, t->newer);
    view_bool(row, "table", first_of(list_of(t->mine, "outputs")) != NULL);
    show_head(row, t);
    show_rules(row, t);
}

enum err side_tables(struct arena *a, struct view *older, struct view *newer,
                     str before, str after)
{
    struct value *old, *new;
    str problem;
    if (dmn_outline(a, before, &old, &problem) != OK ||
        dmn_outline(a, after, &new, &problem) != OK)
        return ERR_INPUT;
    const struct value *in[] = { list_of(old, "decisions"),
                                 list_of(new, "decisions") };
    struct view *sides[] = { older, newer };
    for (int s = 0; s < 2; s++) {
        struct value *out = view_list(sides[s], "tables");
        for (const struct value *d = first_of(in[s]); d; d = d->next) {
            struct view row = view_row(sides[s], out);
            struct tables t = { d, same_of(in[1 - s], d), s == 1 };
            show_table(&row, &t);
        }
    }
    return OK;
}

/* ---- forms ---- */

/* How the list of differences calls it: only the newer side has what was
 * added. */
static enum mark mark_of(const struct differences *d, str id, bool newer)
{
    enum mark m = SAME;
    for (int i = 0; i < d->kept; i++) {
        const struct difference *one = &d->list[i];
        if (!str_eq(one->id, id))
            continue;
        if (one->kind == DIFFERENCE_CHANGED)
            m = CHANGED;
        else if ((one->kind == DIFFERENCE_ADDED) == newer)
            return ALONE;
    }
    return m;
}

static void marked(struct view *row, const struct differences *d,
                   enum form_thing t, str code, bool newer)
{
    show_mark(row, t == FORM_FIELD ? "asked_mark" : "mark",
              mark_of(d, form_element(row->arena, t, code), newer), newer);
}

struct sheet {
    const struct differences *d;
    const struct form_choice *towns;
    size_t n;
    bool newer;
};

/* Both sides ask the same: the controls need names of their own. */
static void show_question(struct view *row, const struct sheet *s,
                          const struct form_question *q)
{
    struct form_question own = *q;
    struct value *one = view_list(row, "fields");
    own.name = arena_printf(row->arena, "%s_%.*s", s->newer ? "new" : "old",
                            STR_ARG(q->name));
    own.check.name = own.name.p;
    form_show(row, one, &own, STR(""), STR(""), s->towns, s->n);
    view_text(row, "when", q->when ? q->when_text : STR(""));
    marked(row, s->d, FORM_FIELD, q->name, s->newer);
}

static void show_group(struct view *side, struct value *out,
                       const struct sheet *s, const struct form_group *g)
{
    struct view row = view_row(side, out);
    view_text(&row, "title", g->title);
    view_text(&row, "when", g->when ? g->when_text : STR(""));
    marked(&row, s->d, FORM_GROUP, g->code, s->newer);
    struct value *list = view_list(&row, "questions");
    for (size_t i = 0; i < g->field_count; i++) {
        struct view question = view_row(&row, list);
        show_question(&question, s, &g->fields[i]);
    }
}

static enum err show_form(struct view *side, str text, const struct sheet *s)
{
    struct arena *a = side->arena;
    struct value *tree;
    struct form_sheet sheet;
    const char *broken = "";
    str problem;
    if (value_read_json(a, text, &tree, &problem) != OK ||
        form_count(tree, FORM_FIELD) > FORM_FIELDS ||
        form_count(tree, FORM_PAPER) > FORM_PAPERS ||
        form_sheet_read(a, tree, &sheet, &broken) != OK)
        return ERR_INPUT;
    struct value *groups = view_list(side, "groups");
    for (size_t i = 0; i < sheet.group_count; i++)
        show_group(side, groups, s, &sheet.groups[i]);
    view_bool(side, "materials", sheet.paper_count > 0);
    struct value *papers = view_list(side, "papers");
    for (size_t i = 0; i < sheet.paper_count; i++) {
        struct view row = view_row(side, papers);
        view_text(&row, "name", sheet.papers[i].name);
        view_text(&row, "note", sheet.papers[i].note);
        marked(&row, s->d, FORM_PAPER, sheet.papers[i].code, s->newer);
    }
    return OK;
}

enum err side_forms(struct tx *tx, struct view *older, struct view *newer,
                    str before, str after, const struct differences *d)
{
    struct form_choice *towns;
    size_t n;
    enum err e = form_towns(tx, &towns, &n);
    struct sheet s = { d, towns, n, false };
    if (e == OK && show_form(older, before, &s) == OK) {
        s.newer = true;
        e = show_form(newer, after, &s);
    }
    /* What cannot be drawn is still compared in words. */
    return e == ERR_INPUT ? OK : e;
}
