/*
 * Conditions: each is FEEL over the answers given so far.
 *
 * A question may only depend on what was asked before it; then every form ends,
 * and nobody is asked something that hangs on an answer still to come.  Where
 * conditions wait for one another the whole ring is told, for the order alone
 * would not mend it.
 */
#include "design/form_check.h"

struct question {
    const struct value *value;
    str name;
    int *needs;     /* questions its own and its group's condition name */
    int need_count;
    uint8_t seen;   /* of the walk: 1 on the way, 2 done */
};

struct walk {
    struct form_checking *c;
    struct question *list;
    int n;
};

static int number_of(const struct walk *w, str name)
{
    for (int i = 0; i < w->n; i++)
        if (str_eq(w->list[i].name, name))
            return i;
    return -1;
}

static str when_of(const struct value *v)
{
    str s = value_get_text(v, STR("when"));
    return str_is_none(s) ? STR("") : str_trim(s);
}

static str label_of(const struct walk *w, int i)
{
    str s = value_get_text(w->list[i].value, STR("label"));
    return s.n ? utf8_head(s, 30) : w->list[i].name;
}

/* The names a condition uses, or NULL: it does not parse, which has been
 * told. */
static const struct value *names_of(struct form_checking *c, str text)
{
    enum { LONGEST = 1000 };
    struct feel_expr *x;
    struct feel_notes notes = { 0 };
    if (utf8_count(text) > LONGEST) {
        form_say(c, true, "条件超过 %d 个字，请精简，或者用决策表。", LONGEST);
        return NULL;
    }
    if (feel_compile(c->a, text, FEEL_EXPRESSION, NULL, &x, &notes) == OK)
        return feel_unknown_names(x, c->a);
    str why = notes.first ? notes.first->text : STR("不是 FEEL 表达式。");
    form_say(c, true, "条件“%.*s”读不懂：%.*s",
             STR_ARG(utf8_head(text, 60)), STR_ARG(utf8_head(why, 100)));
    return NULL;
}

static void need(struct walk *w, struct question *q, int other)
{
    for (int i = 0; i < q->need_count; i++)
        if (q->needs[i] == other)
            return;
    if (q->needs == NULL)
        q->needs = ARENA_NEW_N(w->c->a, int, w->n);
    q->needs[q->need_count++] = other;
}

/*
 * What stands before question `at` (w->n: behind all) has a condition: every
 * name it uses must be asked before.  itself: it is that question, not a group.
 * Its needs go to q, or nowhere.
 */
static void check_when(struct walk *w, const struct value *thing, int at,
                       bool itself, struct question *q)
{
    const struct value *m = value_get(thing, STR("when"));
    if (m && m->kind != VALUE_TEXT && m->kind != VALUE_NULL)
        form_say(w->c, true, "条件（when）应是文字，请改正。");
    str text = when_of(thing);
    if (text.n == 0)
        return;
    const struct value *names = names_of(w->c, text);
    for (names = names ? names->first : NULL; names; names = names->next) {
        int other = number_of(w, names->text);
        if (other < 0)
            form_say(w->c, true, "条件里的“%.*s”没有这个问题，请改正。",
                     STR_ARG(utf8_head(names->text, 40)));
        else if (itself && other == at)
            form_say(w->c, true, "条件用到了这个问题自己，请改用前面的问题。");
        else if (other >= at)
            form_say(w->c, true, "条件用到了排在后面的问题“%.*s”，请调整顺"
                     "序。", STR_ARG(label_of(w, other)));
        if (other >= 0 && !(itself && other == at) && q)
            need(w, q, other);
    }
}

/* ---- rings ---- */

static void tell_ring(struct walk *w, const int *path, int from, int depth)
{
    struct buf b = { 0 };
    for (int i = from; i <= depth; i++) {
        str label = label_of(w, path[i]);
        buf_printf(&b, "“%.*s”→", STR_ARG(label));
    }
    str last = label_of(w, path[from]);
    form_about(w->c, FORM_FIELD, w->list[path[from]].value);
    form_say(w->c, true, "条件绕成一圈，谁也问不出来：%.*s“%.*s”，请去掉其中一"
             "个条件。", STR_ARG(utf8_head(buf_str(&b), 200)), STR_ARG(last));
    buf_free(&b);
}

/* Depth is bounded by the number of questions; told once a ring. */
static void follow(struct walk *w, int at, int *path, int depth)
{
    struct question *q = &w->list[at];
    q->seen = 1;
    path[depth] = at;
    for (int i = 0; i < q->need_count; i++) {
        int next = q->needs[i];
        if (w->list[next].seen == 0) {
            follow(w, next, path, depth + 1);
        } else if (w->list[next].seen == 1) {
            int from = depth;
            while (path[from] != next)
                from--;
            tell_ring(w, path, from, depth);
        }
    }
    q->seen = 2;
}

/* ---- all of them ---- */

static void gather(struct walk *w)
{
    const struct value *groups = form_list(w->c->tree, FORM_GROUP);
    for (const struct value *g = groups ? groups->first : NULL; g;
         g = g->next) {
        const struct value *fields = value_get(g, STR("fields"));
        if (fields == NULL || fields->kind != VALUE_LIST)
            continue;
        for (const struct value *f = fields->first; f; f = f->next) {
            str name = value_get_text(f, STR("name"));
            w->list[w->n++] = (struct question){
                .value = f, .name = str_is_none(name) ? STR("") : name };
        }
    }
}

static void check_questions(struct walk *w)
{
    const struct value *groups = form_list(w->c->tree, FORM_GROUP);
    int at = 0;
    for (const struct value *g = groups ? groups->first : NULL; g;
         g = g->next) {
        struct question whole = { 0 };
        const struct value *fields = value_get(g, STR("fields"));
        if (fields == NULL || fields->kind != VALUE_LIST)
            continue;
        form_about(w->c, FORM_GROUP, g);
        check_when(w, g, at, false, &whole);
        for (const struct value *f = fields->first; f; f = f->next, at++) {
            struct question *q = &w->list[at];
            for (int i = 0; i < whole.need_count; i++)
                if (whole.needs[i] != at)
                    need(w, q, whole.needs[i]);
            form_about(w->c, FORM_FIELD, f);
            check_when(w, f, at, true, q);
        }
    }
}

static void check_others(struct walk *w, enum form_thing t)
{
    const struct value *list = form_list(w->c->tree, t);
    if (list && list->count > FORM_PAPERS) /* told already */
        return;
    for (const struct value *v = list ? list->first : NULL; v; v = v->next) {
        form_about(w->c, t, v);
        check_when(w, v, w->n, false, NULL);
    }
}

void form_check_conditions(struct form_checking *c)
{
    size_t n = form_count(c->tree, FORM_FIELD);
    if (n > FORM_FIELDS) /* told already; a walk over it would be long */
        return;
    struct walk w = { .c = c,
                      .list = ARENA_NEW_N(c->a, struct question, n + 1) };
    gather(&w);
    check_questions(&w);
    check_others(&w, FORM_PAPER);
    check_others(&w, FORM_PART);
    int *path = ARENA_NEW_N(c->a, int, n + 1);
    for (int i = 0; i < w.n; i++)
        if (w.list[i].seen == 0)
            follow(&w, i, path, 0);
}
