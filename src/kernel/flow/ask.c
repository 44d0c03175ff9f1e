/*
 * What a step asks of whoever does it, read from the drawing.
 *
 * A process says in the conditions behind a task what it must know, and in
 * zt:asks what else it wants written down: nobody writes a form for that.  The
 * check of deployment reads the same answers to tell which names nobody ever
 * supplies.  Pure: a graph in, questions out.
 */
#include "kernel/flow/ask.h"
#include "kernel/flow/expression.h"

#include <string.h>

struct walk {
    const struct bpmn *g;
    struct arena *arena;
    struct bpmn_question *out;
    int n;
    bool *seen;
    str made[16];        /* worked out on the way: not asked */
    int mades;
    int gates;           /* gateways that choose, passed so far */
};

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static bool is_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!letter(s.p[i]))
            return false;
    return s.n > 0 && !(s.p[0] >= '0' && s.p[0] <= '9');
}

/* "decision = "return"" cut in two, a name alone is compared with true; false
 * for anything more than that. */
static bool comparison(str text, str *name, str *value)
{
    size_t i = 0;
    text = str_trim(text);
    *value = STR("true");
    *name = text;
    if (is_name(text))
        return !str_is(text, "true") && !str_is(text, "false") &&
               !str_is(text, "null");
    while (i < text.n && letter(text.p[i]))
        i++;
    *name = str_slice(text, 0, i);
    str rest = str_trim(str_slice(text, i, text.n));
    size_t k = 0;
    while (k < rest.n && (rest.p[k] == '=' || rest.p[k] == '<' ||
                          rest.p[k] == '>'))
        k++;
    *value = str_trim(str_slice(rest, k, rest.n));
    return is_name(*name) && k > 0 && value->n > 0;
}

static struct bpmn_question *question(struct walk *w, str name,
                                        enum bpmn_ask kind, str label)
{
    for (int i = 0; i < w->mades; i++)
        if (str_eq(w->made[i], name))
            return NULL;
    for (int i = 0; i < w->n; i++)
        if (str_eq(w->out[i].name, name))
            return &w->out[i];
    if (w->n == BPMN_QUESTIONS)
        return NULL;
    struct bpmn_question *q = &w->out[w->n++];
    *q = (struct bpmn_question){
        .name = arena_str(w->arena, name), .kind = kind,
        .later = w->gates > (kind == BPMN_ASK_UNIT || kind == BPMN_ASK_PEOPLE
                                 ? 0 : 1),
        .label = arena_str(w->arena, label), .known = STR(""),
    };
    return q;
}

static void option(struct walk *w, struct bpmn_question *q, str value,
                   str label)
{
    for (int i = 0; i < q->options; i++)
        if (str_eq(q->option[i].value, value))
            return;
    if (q->options < BPMN_OPTIONS)
        q->option[q->options++] = (struct bpmn_option){
            arena_str(w->arena, value),
            arena_str(w->arena, label.n ? label : value) };
}

static void ask_condition(struct walk *w, str text, str label, str heading)
{
    str name, value;
    if (!comparison(expression_feel(w->arena, text), &name, &value))
        return;
    bool quoted = value.n > 1 && value.p[0] == '"';
    bool truth = str_is(value, "true") || str_is(value, "false");
    struct bpmn_question *q = question(w, name, quoted  ? BPMN_ASK_CHOICE
                                                  : truth ? BPMN_ASK_TRUTH
                                                          : BPMN_ASK_NUMBER,
                                         quoted || truth ? heading : STR(""));
    if (q == NULL)
        return;
    if (quoted)
        option(w, q, str_slice(value, 1, value.n - 1), label);
    else if (truth) {
        bool yes = str_is(value, "true");
        option(w, q, value, label.n ? label : yes ? STR("是") : STR("否"));
    }
}

/* The default way: a value no condition compares with. */
static void ask_default(struct walk *w, const struct bpmn_node *gate)
{
    const struct bpmn_edge *e =
        gate->fallback >= 0 ? &w->g->edges[gate->fallback] : NULL;
    str name = str_none, value;
    for (int i = 0; e && i < gate->outs && str_is_none(name); i++) {
        const struct bpmn_edge *o = &w->g->edges[gate->out[i]];
        if (o->has_condition &&
            !comparison(expression_feel(w->arena, o->condition), &name,
                        &value))
            name = str_none;
    }
    for (int i = 0; i < w->n && e && !str_is_none(name); i++) {
        struct bpmn_question *q = &w->out[i];
        if (!str_eq(q->name, name))
            continue;
        if (q->kind == BPMN_ASK_CHOICE)
            option(w, q, e->id, e->name);
        else if (q->kind == BPMN_ASK_TRUTH)
            option(w, q, str_is(q->option[0].value, "true") ? STR("false")
                                                            : STR("true"),
                   e->name);
    }
}

/* Whom the next task is for. */
static void ask_next(struct walk *w, const struct bpmn_node *n)
{
    if (n->unit.n && is_name(n->unit) && !n->loop)
        (void)question(w, n->unit, BPMN_ASK_UNIT, STR(""));
    if (n->loop && is_name(n->loop->collection))
        (void)question(w, n->loop->collection, BPMN_ASK_PEOPLE, STR(""));
}

static void pass(struct walk *w, int node);

static void leave(struct walk *w, const struct bpmn_node *n)
{
    bool gate = n->kind == BPMN_XOR || n->kind == BPMN_OR;
    for (int i = 0; i < n->outs; i++) {
        const struct bpmn_edge *e = &w->g->edges[n->out[i]];
        if (e->has_condition)
            ask_condition(w, e->condition, e->name,
                          gate && n->kind == BPMN_XOR ? n->name : e->name);
    }
    if (gate)
        ask_default(w, n);
    for (int i = 0; i < n->outs; i++)
        if (w->g->edges[n->out[i]].target >= 0)
            pass(w, w->g->edges[n->out[i]].target);
}

static void pass(struct walk *w, int node)
{
    const struct bpmn_node *n = &w->g->nodes[node];
    if (w->seen[node])
        return;
    w->seen[node] = true;
    switch (n->kind) {
    case BPMN_XOR:
    case BPMN_OR:
        w->gates++;
        leave(w, n);
        w->gates--;
        break;
    case BPMN_AND: leave(w, n); break;
    case BPMN_SCRIPT:
    case BPMN_RULE:
        if (n->result.n && w->mades < 16)
            w->made[w->mades++] = n->result;
        leave(w, n);
        break;
    case BPMN_USER: ask_next(w, n); break;
    default: break;
    }
}

/* What each of several signers hands in. */
static void ask_own(struct walk *w, const struct bpmn_node *n)
{
    const struct bpmn_loop *l = n->loop;
    str name, value;
    if (l == NULL || !is_name(l->output_element))
        return;
    bool compared = comparison(expression_feel(w->arena, l->condition), &name,
                               &value) &&
                    str_eq(name, l->output_element) && value.n > 1 &&
                    value.p[0] == '"';
    bool score = str_is(l->output_element, "score");
    struct bpmn_question *q =
        question(w, l->output_element, compared ? BPMN_ASK_CHOICE
                                       : score  ? BPMN_ASK_NUMBER
                                                : BPMN_ASK_TEXT, STR(""));
    if (q == NULL || !compared)
        return;
    option(w, q, STR("agree"), STR("同意"));
    option(w, q, str_slice(value, 1, value.n - 1), STR("不同意"));
}

/* ---- zt:asks ---- */

static bool ask_kind(str word, enum bpmn_ask *out)
{
    static const struct { const char *word; enum bpmn_ask kind; } kinds[] = {
        { "", BPMN_ASK_LINE },     { "line", BPMN_ASK_LINE },
        { "lines", BPMN_ASK_TEXT }, { "number", BPMN_ASK_NUMBER },
        { "truth", BPMN_ASK_TRUTH }, { "day", BPMN_ASK_DAY },
        { "unit", BPMN_ASK_UNIT },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(word, kinds[i].word)) {
            *out = kinds[i].kind;
            return true;
        }
    return false;
}

/* What stands before a mark, cut off with it: the half-width one or the one a
 * Chinese keyboard makes.  *s is none when there was none. */
static str cut_at(str *s, const char *half, const char *full)
{
    for (size_t i = 0; i < s->n; i++) {
        str rest = str_slice(*s, i, s->n);
        bool wide = str_starts(rest, str_of(full));
        if (!wide && !str_starts(rest, str_of(half)))
            continue;
        str before = str_slice(*s, 0, i);
        *s = str_slice(rest, strlen(wide ? full : half), rest.n);
        return str_trim(before);
    }
    str all = str_trim(*s);
    *s = str_none;
    return all;
}

/* 餐饮|建厂: one of these. */
static void offered(str words, struct bpmn_question *out)
{
    out->kind = BPMN_ASK_CHOICE;
    while (!str_is_none(words) && out->options < BPMN_OPTIONS) {
        str one = cut_at(&words, "|", "｜");
        if (one.n)
            out->option[out->options++] = (struct bpmn_option){ one, one };
    }
}

bool bpmn_asks_next(str *list, struct bpmn_question *out, str *problem)
{
    str rest = bpmn_name_next(list);
    *problem = str_none;
    if (rest.n == 0)
        return false;
    *out = (struct bpmn_question){ .name = cut_at(&rest, ":", "："),
                                   .known = STR("") };
    str kind = str_is_none(rest) ? STR("") : cut_at(&rest, ":", "：");
    out->label = str_is_none(rest) ? STR("") : str_trim(rest);
    if (!is_name(out->name))
        *problem = STR("名称只能用字母、数字、汉字和下划线，不能以数字开头");
    else if (str_find(kind, STR("|")) >= 0 || str_find(kind, STR("｜")) >= 0)
        offered(kind, out);
    else if (!ask_kind(kind, &out->kind))
        *problem = STR("种类应是 line、lines、number、truth、day、unit，或者用 "
                       "| 隔开的几个选项");
    return true;
}

static void ask_named(struct walk *w, const struct bpmn_node *n)
{
    struct bpmn_question one, *q;
    str list = n->asks, problem;
    while (bpmn_asks_next(&list, &one, &problem)) {
        q = str_is_none(problem) ? question(w, one.name, one.kind, one.label)
                                 : NULL;
        for (int i = 0; q && i < one.options; i++)
            option(w, q, one.option[i].value, one.option[i].label);
        if (q && q->kind == BPMN_ASK_TRUTH && q->options == 0) {
            option(w, q, STR("true"), STR("是"));
            option(w, q, STR("false"), STR("否"));
        }
    }
}

int bpmn_questions(const struct bpmn *g, int node, struct arena *a,
                   struct bpmn_question *out)
{
    const struct bpmn_node *n = &g->nodes[node];
    struct walk w = { .g = g, .arena = a, .out = out,
                      .seen = ARENA_NEW_N(a, bool, g->node_count + 1) };
    ask_own(&w, n);
    ask_named(&w, n);
    /* One of several hands in his part; the way on is not his to choose. */
    if (n->loop == NULL && n->kind != BPMN_START)
        leave(&w, n);
    return w.n;
}
