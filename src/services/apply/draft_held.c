/*
 * What the government already holds is written in before anybody is asked
 * (国务院令第716号 第七条): from the person's own account, a licence in force,
 * the answers of their earlier cases.  Each says where it is from and of which
 * day, may be changed, and what is kept of the account may be corrected
 * (个人信息保护法 第四十六条).
 *
 * Only for a resident in their own matter, or one whose account a window knows
 * by all three facts: a clerk's or an agent's own data would be wrong there.
 * A value from long ago that would not be taken today is not offered.
 */
#include "services/apply/draft_held.h"

#include "kernel/auth/auth.h"
#include "services/apply/firm.h"

#include <string.h>

struct draft_held {
    struct auth_person me;
    struct held_licence *licences;
    struct held_case *cases;
    struct data_corrected *corrected; /* the newest first */
    size_t licence_count, case_count, corrected_count;
    const struct value **answers; /* of each case, NULL: not read */
    str wrong;
    const struct firm *firm;      /* NULL: none */
};

static bool wanted(const struct form_group *g, const char *word)
{
    for (size_t i = 0; i < g->field_count; i++)
        if (str_find(g->fields[i].held, str_of(word)) >= 0)
            return true;
    return false;
}

static enum err read_cases(struct tx *tx, int64_t account,
                           struct draft_held *h)
{
    enum err e = held_case(tx, account, &h->cases, &h->case_count);
    if (e != OK)
        return e;
    h->answers = ARENA_NEW_N(tx->arena, const struct value *,
                             h->case_count + 1);
    for (size_t i = 0; i < h->case_count; i++) {
        struct value *v;
        str problem;
        if (str_eq(h->cases[i].applicant_name, h->me.name) &&
            value_read_json(tx->arena, h->cases[i].answers, &v,
                            &problem) == OK)
            h->answers[i] = v;
    }
    return OK;
}

enum err draft_held(struct tx *tx, const struct form_group *g, bool correct,
                    struct draft_held **out)
{
    return draft_held_of(tx, tx->who->account, g, correct, out);
}

enum err draft_held_of(struct tx *tx, int64_t account,
                       const struct form_group *g, bool correct,
                       struct draft_held **out)
{
    struct draft_held *h = ARENA_NEW(tx->arena, struct draft_held);
    enum err e = account ? auth_person(tx, account, &h->me) : OK;
    h->wrong = correct ? STR("/my/corrections") : STR("");
    *out = h;
    if (account == 0)
        h->me = (struct auth_person){ .kind = STR("") };
    if (e != OK || !str_is(h->me.kind, "resident"))
        return e;
    e = data_corrected(tx, account, &h->corrected, &h->corrected_count);
    if (e == OK && wanted(g, "licence"))
        e = held_licence(tx, account, &h->licences, &h->licence_count);
    return e == OK && wanted(g, "case") ? read_cases(tx, account, h) : e;
}

/* What the account says of its owner, and what that datum is called. */
static str of_account(const struct auth_person *me,
                      const struct form_question *f, const char **datum)
{
    *datum = "name";
    if (str_is(f->name, "applicant_name"))
        return me->name;
    *datum = "citizen_id";
    if (str_is(f->name, "applicant_code") && str_is(f->kind, "id"))
        return me->citizen_id;
    *datum = "mobile";
    return str_is(f->name, "mobile") ? me->mobile : STR("");
}

static str from(struct arena *a, str what, day d)
{
    char text[DAY_TEXT];
    return arena_printf(a, "%.*s，%.*s", STR_ARG(what),
                        STR_ARG(day_text(d, text)));
}

/* Registered with the account, or put right since. */
static str origin_of(const struct draft_held *h, struct arena *a,
                     const char *datum)
{
    for (size_t i = 0; i < h->corrected_count; i++) {
        const struct data_corrected *c = &h->corrected[i];
        if (str_is(c->datum, datum))
            return from(a, arena_printf(a, "%.*s核准的更正 %.*s",
                                        STR_ARG(c->unit_name),
                                        STR_ARG(c->number)),
                        inst_day(c->answered));
    }
    if (strcmp(datum, "mobile") == 0)
        return h->me.proven ? STR("您的账号，已经用短信验证")
                            : STR("您的账号，还没有用短信验证");
    return STR("您的账号，注册时登记");
}

bool draft_held_right(struct arena *a, const struct form_question *f,
                      const struct value *answer)
{
    struct form_question q = *f;
    struct form_group g = { .fields = &q, .field_count = 1 };
    struct form_sheet s = { .groups = &g, .group_count = 1 };
    struct form_report report = { .count = 0 };
    struct value *all = value_new(a, VALUE_OBJECT), *out;
    struct value *copy = ARENA_NEW(a, struct value);
    *copy = *answer;
    q.when = NULL;
    value_add(all, q.name, copy);
    return form_sheet_check(&s, 0, a, all, &out, &report) == OK;
}

/* "licence 食品经营许可证 number": the newest of that name. */
static bool of_licence(const struct draft_held *h, struct arena *a,
                       const struct form_question *f, str name,
                       struct held_value *out)
{
    for (size_t i = 0; i < h->licence_count; i++) {
        if (!str_eq(h->licences[i].name, name))
            continue;
        out->answer = value_text(a, h->licences[i].number);
        out->origin = from(a, name, h->licences[i].issued);
        return draft_held_right(a, f, out->answer);
    }
    return false;
}

static bool of_case(const struct draft_held *h, struct arena *a,
                    const struct form_question *f, struct held_value *out)
{
    for (size_t i = 0; i < h->case_count; i++) {
        const struct value *v = value_get(h->answers[i], f->name);
        if (v == NULL || !value_truth(v) || !draft_held_right(a, f, v))
            continue;
        out->answer = v;
        out->origin = from(a, arena_printf(a, "办件“%.*s”",
                                           STR_ARG(h->cases[i].title)),
                           h->cases[i].received);
        return true;
    }
    return false;
}

void draft_held_firm(struct draft_held *h, const struct firm *f)
{
    h->firm = f;
}

/* "enterprise name": what the register says, before all else. */
static bool of_firm(const struct draft_held *h, struct arena *a,
                    const struct form_question *f, struct held_value *out)
{
    str said = h->firm && h->firm->entitled ? firm_says(h->firm, a, f)
                                            : STR("");
    if (said.n == 0)
        return false;
    out->answer = value_text(a, said);
    out->origin = firm_origin(h->firm, a);
    out->wrong = h->wrong.n ? arena_printf(a, "%.*s?enterprise=%.*s",
                                           STR_ARG(h->wrong),
                                           STR_ARG(h->firm->live.code))
                            : STR("");
    return draft_held_right(a, f, out->answer);
}

bool draft_held_value(const struct draft_held *h, struct arena *a,
                      const struct form_question *f, struct held_value *out)
{
    *out = (struct held_value){ .origin = STR(""), .wrong = STR("") };
    if (of_firm(h, a, f, out))
        return true;
    *out = (struct held_value){ .origin = STR(""), .wrong = STR("") };
    if (!str_is(h->me.kind, "resident"))
        return false;
    const char *datum;
    str own = of_account(&h->me, f, &datum);
    if (!str_is_none(own) && own.n) {
        out->answer = value_text(a, own);
        out->origin = origin_of(h, a, datum);
        out->wrong = h->wrong;
        return true;
    }
    for (str rest = f->held; !str_is_none(rest);) {
        str one = str_trim(str_cut(&rest, ';'));
        str kind = str_cut(&one, ' ');
        if (str_is(kind, "licence") && !str_is_none(one) &&
            of_licence(h, a, f, str_cut(&one, ' '), out))
            return true;
        if (str_is(kind, "case") && of_case(h, a, f, out))
            return true;
    }
    *out = (struct held_value){ .origin = STR(""), .wrong = STR("") };
    return false;
}
