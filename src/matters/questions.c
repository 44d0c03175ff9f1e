/*
 * The questions of a step as fields of a form, and what came back as data.  An
 * input is called q_VARIABLE, so that no variable hides one of ours.
 */
#include "matters/inside.h"

static const char *input_of(struct arena *a, const struct bpmn_question *q)
{
    return arena_printf(a, "q_%.*s", STR_ARG(q->name)).p;
}

static str typed(struct request *rq, const char *name)
{
    const struct value *all = rq_inputs(rq);
    const struct value *v = all ? value_get(all, str_of(name)) : NULL;
    if (v == NULL || v->kind == VALUE_NULL || v->kind == VALUE_LIST ||
        v->kind == VALUE_OBJECT)
        return STR("");
    if (v->kind == VALUE_TEXT)
        return str_trim(v->text);
    /* JSON callers send numbers and truths. */
    return value_json(rq_view(rq)->arena, v);
}

static void options_of(struct arena *a, const struct bpmn_question *q,
                       struct page_field *f)
{
    struct page_choice *c = ARENA_NEW_N(a, struct page_choice,
                                        BPMN_OPTIONS);
    for (int i = 0; i < q->options; i++)
        c[i] = (struct page_choice){ .value = q->option[i].value,
                                     .label = q->option[i].label };
    f->choices = c;
    f->choice_count = (size_t)q->options;
}

enum err matter_ask_fields(struct request *rq, struct tx *tx,
                           struct value *list,
                           const struct bpmn_question *q, int n)
{
    enum err e = OK;
    for (int i = 0; i < n && e == OK; i++) {
        struct page_field f = { .name = input_of(tx->arena, &q[i]),
                                .label = q[i].label, .type = "text",
                                .optional = q[i].later };
        f.value = typed(rq, f.name);
        if (f.value.n == 0)
            f.value = q[i].known;
        if (f.value.n == 0 && q[i].later && q[i].options)
            f.value = q[i].option[q[i].options - 1].value;
        rq_problem(rq, f.name, &f.error);
        switch (q[i].kind) {
        case BPMN_ASK_CHOICE:
        case BPMN_ASK_TRUTH:
            f.type = "choice";
            options_of(tx->arena, &q[i], &f);
            break;
        case BPMN_ASK_NUMBER: f.type = "int"; break;
        case BPMN_ASK_TEXT: f.type = "lines"; break;
        case BPMN_ASK_LINE: break;
        case BPMN_ASK_DAY: f.type = "day"; break;
        case BPMN_ASK_UNIT: {
            struct page_choice *c;
            f.type = "select";
            e = matter_unit_choices(tx, &c, &f.choice_count);
            f.choices = c;
            break;
        }
        case BPMN_ASK_PEOPLE:
            f.type = "lines";
            f.hint = STR("每行一位，写姓名；重名的写 姓名/部门简称。也可以"
                         "写部门名称，由该部门的岗位办理。");
            break;
        }
        if (e == OK)
            page_field(rq_view(rq), list, &f);
    }
    return e;
}

/* ---- what came ---- */

static enum err people(struct request *rq, struct tx *tx, const char *name,
                       str text, struct value **out)
{
    struct value *list = value_new(tx->arena, VALUE_LIST);
    enum { MOST = 200 };
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n')), whom, problem = STR("");
        if (line.n == 0)
            continue;
        enum err e = list->count < MOST
                         ? matter_whom(tx, line, true, &whom, &problem)
                         : ERR_INPUT;
        if (e == ERR_INPUT)
            return rq_fail_field(rq, e, name,
                                 problem.n ? problem
                                           : STR("一次最多写二百行。"));
        if (e != OK)
            return e;
        value_push(list, value_text(tx->arena, whom));
    }
    if (list->count == 0)
        return rq_fail_field(rq, ERR_INPUT, name, STR("请至少写一位。"));
    *out = list;
    return OK;
}

static bool offered(const struct bpmn_question *q, str value)
{
    for (int i = 0; i < q->options; i++)
        if (str_eq(q->option[i].value, value))
            return true;
    return false;
}

/* Shown as buttons, a list or a calendar. */
static bool picked(const struct bpmn_question *q)
{
    return q->kind == BPMN_ASK_CHOICE || q->kind == BPMN_ASK_TRUTH ||
           q->kind == BPMN_ASK_UNIT || q->kind == BPMN_ASK_DAY;
}

static enum err answer(struct request *rq, struct tx *tx,
                       const struct bpmn_question *q, struct value **out)
{
    enum { LINE = 120 };
    const char *name = input_of(tx->arena, q);
    str text = typed(rq, name), whom, problem = STR("");
    int64_t number;
    day on;
    enum err e = OK;
    *out = NULL;
    if (text.n == 0 && q->later && q->options)
        text = q->option[q->options - 1].value;
    if (text.n == 0 && q->later)
        return OK;
    if (text.n == 0)
        return rq_fail_field(rq, ERR_INPUT, name,
                             arena_printf(tx->arena, "请%s“%.*s”。",
                                          picked(q) ? "选择" : "填写",
                                          STR_ARG(q->label)));
    switch (q->kind) {
    case BPMN_ASK_CHOICE:
    case BPMN_ASK_TRUTH:
        if (!offered(q, text))
            return rq_fail_field(rq, ERR_INPUT, name, STR("请选择一项。"));
        *out = q->kind == BPMN_ASK_TRUTH
                   ? value_bool(tx->arena, str_is(text, "true"))
                   : value_text(tx->arena, text);
        return OK;
    case BPMN_ASK_NUMBER:
        if (!str_int(text, &number) || number < 0 || number > 1000000)
            return rq_fail_field(rq, ERR_INPUT, name,
                                 STR("请填写一个不小于 0 的整数。"));
        *out = value_int(tx->arena, number);
        return OK;
    case BPMN_ASK_PEOPLE: return people(rq, tx, name, text, out);
    case BPMN_ASK_UNIT:
        e = matter_whom(tx, text, true, &whom, &problem);
        if (e == ERR_INPUT || (e == OK && process_account(whom)))
            return rq_fail_field(rq, ERR_INPUT, name, STR("请选择一个部门。"));
        text = e == OK ? whom : text;
        break;
    case BPMN_ASK_DAY:
        if (!day_parse(text, &on) || on.n < tx_today(tx).n)
            return rq_fail_field(rq, ERR_INPUT, name,
                                 STR("请选择今天或者以后的一天，例如 "
                                     "2027-06-30。"));
        break;
    default:
        if (q->kind == BPMN_ASK_LINE && utf8_count(text) > LINE)
            return rq_fail_field(rq, ERR_RANGE, name,
                                 STR("最多一百二十个字。"));
        if (utf8_count(text) > FORM_LINES)
            return rq_fail_field(rq, ERR_RANGE, name, STR("写得太长了。"));
    }
    *out = value_text(tx->arena, text);
    return e;
}

enum err matter_answers(struct request *rq, struct tx *tx,
                        const struct bpmn_question *q, int n,
                        struct value **out)
{
    enum err e = OK;
    *out = value_new(tx->arena, VALUE_OBJECT);
    for (int i = 0; i < n && e == OK; i++) {
        struct value *v = NULL;
        e = answer(rq, tx, &q[i], &v);
        if (e == OK && v)
            value_add(*out, q[i].name, v);
    }
    return e;
}

/* A task stands there for whom nobody was named; or the case is stuck for want
 * of the list. */
static bool wanted(const struct process_view *v,
                   const struct bpmn_question *q)
{
    const struct bpmn *g = process_bpmn(v->graph);
    if (flow_variable(v->flow, q->name))
        return false;
    if (q->kind == BPMN_ASK_PEOPLE)
        return str_is(v->state, "stuck");
    for (int i = 0; i < v->flow->task_count; i++)
        if (!v->flow->tasks[i].dead &&
            str_eq(g->nodes[v->flow->tasks[i].node].unit, q->name))
            return true;
    return false;
}

enum err matter_missing(struct request *rq, struct tx *tx, int64_t id,
                        const struct bpmn_question *q, int n,
                        const struct value *given)
{
    const struct bpmn_question *first = NULL;
    struct process_view v;
    bool empty = false;
    for (int i = 0; i < n; i++)
        empty |= q[i].later && value_get(given, q[i].name) == NULL;
    if (!empty)
        return OK;
    enum err e = process_open(tx, id, &v);
    if (e != OK)
        return e;
    for (int i = 0; i < n && first == NULL; i++)
        if (q[i].later && wanted(&v, &q[i]))
            first = &q[i];
    process_close(&v);
    return first ? rq_fail_field(rq, ERR_INPUT, input_of(tx->arena, first),
                                 arena_printf(tx->arena,
                                              "走这条路需要填写“%.*s”。",
                                              STR_ARG(first->label)))
                 : OK;
}
