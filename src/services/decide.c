/*
 * What follows from the answers: which groups and fields are asked, which
 * departments take part, which papers are wanted.  The rules are data; here is
 * only the asking.
 */
#include "services/offer.h"

#include "kernel/log/log.h"

bool offer_asks(const struct feel_expr *when, struct arena *a,
                const struct value *answers)
{
    return when == NULL ||
           feel_holds(when, a, answers, (inst){ 0 }, NULL);
}

/* ---- checking what was typed ---- */

static str typed_text(struct arena *a, const struct value *v)
{
    if (v == NULL || v->kind == VALUE_NULL)
        return STR("");
    if (v->kind == VALUE_TEXT || v->kind == VALUE_DECIMAL)
        return v->text;
    struct buf out = { 0 };
    if (v->kind == VALUE_BOOL)
        buf_put(&out, v->i ? STR("on") : STR(""));
    else
        value_write_page(v, &out);
    str text = arena_str(a, buf_str(&out));
    buf_free(&out);
    return text;
}

/* The checked text as the value its field says: 86, true, "yes". */
static struct value *answer_value(struct arena *a, const struct offer_field *f,
                                  str text)
{
    int64_t i;
    if (text.n == 0)
        return value_new(a, VALUE_NULL);
    if (f->check.type == FIELD_INT && str_int(text, &i))
        return value_int(a, i);
    if (f->check.type == FIELD_FLAG)
        return value_bool(a, true);
    return value_text(a, text);
}

static void complain(struct form_report *report, const char *field,
                     str sentence)
{
    if (report->count < FORM_PROBLEMS)
        report->problem[report->count++] =
            (struct form_problem){ field, sentence };
}

static enum err check_field(const struct offer_field *f, struct arena *a,
                            const struct value *answers, struct value *out,
                            struct form_report *report)
{
    str given = typed_text(a, value_get(answers, f->name));
    str text = STR(""), sentence = STR("");
    enum err e = OK;
    if (str_trim(given).n || !f->optional)
        e = form_check_one(a, &f->check, given, &text, &sentence);
    if (e != OK) {
        complain(report, f->check.name, sentence);
        return e;
    }
    value_add(out, f->name, answer_value(a, f, text));
    return OK;
}

enum err offer_check(const struct offer *o, size_t group, struct arena *a,
                     const struct value *answers, struct value **out,
                     struct form_report *report)
{
    struct value *checked = value_new(a, VALUE_OBJECT);
    enum err worst = OK;
    for (size_t g = 0; g < o->group_count; g++) {
        if ((group != o->group_count && g != group) ||
            !offer_asks(o->groups[g].when, a, answers))
            continue;
        for (size_t i = 0; i < o->groups[g].field_count; i++) {
            const struct offer_field *f = &o->groups[g].fields[i];
            if (!offer_asks(f->when, a, answers))
                continue;
            enum err e = check_field(f, a, answers, checked, report);
            if (e != OK && worst != ERR_INPUT)
                worst = e;
        }
    }
    *out = checked;
    return worst;
}

/* ---- which departments, which papers ---- */

/* One of the tables: a list of codes; a lone text counts as a list of one. */
static enum err table_codes(const struct offer *o, const char *decision,
                            struct arena *a, const struct value *answers,
                            const struct value **first)
{
    struct value *result;
    struct feel_notes notes = { 0 };
    enum err e = dmn_evaluate(o->rules, str_of(decision), answers, (inst){ 0 },
                              a, &result, &notes);
    if (e != OK || result->kind == VALUE_NULL) {
        log_error("theme %.*s: decision %s: %.*s", STR_ARG(o->code), decision,
                  STR_ARG(notes.first ? notes.first->text : STR("no result")));
        return ERR_RANGE;
    }
    *first = result->kind == VALUE_LIST ? result->first : result;
    return OK;
}

static bool among(const struct value *first, str code)
{
    for (const struct value *v = first; v; v = v->next)
        if (v->kind == VALUE_TEXT && str_eq(v->text, code))
            return true;
    return false;
}

static enum err decide_by_tables(const struct offer *o, struct arena *a,
                                 const struct value *answers,
                                 struct decided *out)
{
    const struct value *codes;
    enum err e = table_codes(o, "parts", a, answers, &codes);
    if (e != OK)
        return e;
    for (size_t i = 0; i < o->part_count; i++)
        if (among(codes, o->parts[i].code))
            out->parts[out->part_count++] = &o->parts[i];
    e = table_codes(o, "papers", a, answers, &codes);
    if (e != OK)
        return e;
    for (size_t i = 0; i < o->paper_count; i++)
        if (among(codes, o->papers[i].code))
            out->papers[out->paper_count++] = &o->papers[i];
    return OK;
}

enum err offer_decide(const struct offer *o, struct arena *a,
                      const struct value *answers, struct decided *out,
                      str *sentence)
{
    *out = (struct decided){
        .parts = ARENA_NEW_N(a, const struct offer_part *, o->part_count + 1),
        .papers =
            ARENA_NEW_N(a, const struct offer_paper *, o->paper_count + 1),
    };
    enum err e = OK;
    if (o->rules) {
        e = decide_by_tables(o, a, answers, out);
    } else {
        for (size_t i = 0; i < o->part_count; i++)
            out->parts[out->part_count++] = &o->parts[i];
        for (size_t i = 0; i < o->paper_count; i++)
            out->papers[out->paper_count++] = &o->papers[i];
    }
    if (e != OK || out->part_count == 0) {
        *sentence = STR("按您填写的情形，没有需要办理的事项。请检查各项回答，"
                        "或者拨打 12345 咨询。");
        return ERR_RANGE;
    }
    return OK;
}

str offer_answer_text(const struct offer_field *f, struct arena *a,
                      const struct value *answer)
{
    str text = typed_text(a, answer);
    for (size_t i = 0; i < f->choice_count; i++)
        if (str_eq(f->choices[i].value, text))
            return f->choices[i].label;
    if (f->check.type == FIELD_FLAG)
        return text.n ? STR("是") : STR("否");
    if (f->unit.n && text.n)
        return arena_printf(a, "%.*s %.*s", STR_ARG(text), STR_ARG(f->unit));
    return text;
}
