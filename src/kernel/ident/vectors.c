/* Vectors of citizens' numbers and credit codes. */
#include "kernel/vectors/vectors.h"

/* Input and answer stand beside each other in these cases. */
static bool input_text(struct vector *v, str *out)
{
    const struct value *m = value_get(v->root, STR("input"));
    v->answer = v->root;
    v->whole = true;
    if (m != NULL && m->kind == VALUE_TEXT) {
        *out = m->text;
        return true;
    }
    vector_wrong(v, "input is not a text");
    return false;
}

/* true, false, or "manual": an officer may accept it. */
static void is_verdict(struct vector *v, enum ident_verdict got, str why)
{
    static const char *const words[] = { "true", "false", "manual" };
    const struct value *m = value_get(v->root, STR("valid"));
    int want = -1;
    if (m != NULL && m->kind == VALUE_BOOL)
        want = m->i ? IDENT_GOOD : IDENT_BAD;
    else if (m != NULL && m->kind == VALUE_TEXT && str_is(m->text, "manual"))
        want = IDENT_DOUBTFUL;
    if (want < 0)
        vector_wrong(v, "valid is neither true, false nor \"manual\"");
    else if (want != (int)got)
        vector_wrong(v, "valid: expected %s, got %s %.*s", words[want],
                     words[got], STR_ARG(why));
}

static void citizen(struct vector *v)
{
    str number, why = str_none;
    struct ident_citizen c;
    if (!input_text(v, &number))
        return;
    enum ident_verdict got =
        ident_citizen_check(v->divisions, number, v->today, &c, &why);
    is_verdict(v, got, why);
    if (got == IDENT_BAD)
        return;
    vector_is_text(v, "area", str_of(c.area));
    vector_is_day(v, "birth", c.birth);
    vector_is_text(v, "sex", c.male ? STR("男") : STR("女"));
}

static void credit(struct vector *v)
{
    str code, why = str_none;
    struct ident_credit c;
    if (!input_text(v, &code))
        return;
    /* "strict_inner" is what we always do; any other policy leaves the inner
     * check digit alone. */
    str policy = value_get_text(v->root, STR("policy"));
    bool inner = str_is_none(policy) || str_is(policy, "strict_inner");
    enum ident_verdict got = ident_credit_check(code, inner, &c, &why);
    is_verdict(v, got, why);
    if (got == IDENT_BAD)
        return;
    vector_is_text(v, "dept", (str){ &c.dept, 1 });
    vector_is_text(v, "kind", (str){ &c.kind, 1 });
    vector_is_text(v, "area", str_of(c.area));
    vector_is_text(v, "org", str_of(c.org));
}

const struct vector_type ident_vectors[] = {
    { "citizen_id", NULL, citizen },
    { "uscc", NULL, credit },
    { 0 },
};
