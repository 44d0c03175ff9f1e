#include "kernel/flow/expression.h"

#include "kernel/rules/feel.h"

struct expression {
    str feel;
    struct feel_expr *compiled; /* NULL: did not parse without names */
    str problem;
};

bool expression_wrapped(str s)
{
    s = str_trim(s);
    return str_starts(s, STR("=")) ||
           ((str_starts(s, STR("${")) || str_starts(s, STR("#{"))) &&
            str_ends(s, STR("}")));
}

/* Two characters of Java's expression language as FEEL says them. */
static str operator_at(str s, size_t i, size_t *length)
{
    static const struct { const char *java, *feel; } words[] = {
        { "==", "=" }, { "&&", " and " }, { "||", " or " }, { "!=", "!=" },
        { "<=", "<=" }, { ">=", ">=" },
    };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_starts(str_slice(s, i, s.n), str_of(words[k].java))) {
            *length = 2;
            return str_of(words[k].feel);
        }
    return str_none;
}

static size_t quoted(struct buf *out, str s, size_t i)
{
    char quote = s.p[i];
    buf_byte(out, '"');
    for (i++; i < s.n && s.p[i] != quote; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n)
            buf_byte(out, s.p[i++]);
        else if (s.p[i] == '"')
            buf_byte(out, '\\');
        buf_byte(out, s.p[i]);
    }
    buf_byte(out, '"');
    return i + 1;
}

/* "!x" becomes "not(x)": the operand is a name, a path or a bracket. */
static size_t negated(struct buf *out, str s, size_t i)
{
    size_t from = ++i;
    int depth = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        depth += (c == '(') - (c == ')');
        bool word = c == '_' || c == '.' || (unsigned char)c >= 0x80 ||
                    (c >= '0' && c <= '9') || ((c | 32) >= 'a' &&
                                               (c | 32) <= 'z');
        if (depth < 0 || (depth == 0 && !word && c != ')' && c != '('))
            break;
    }
    buf_put(out, STR("not("));
    buf_put(out, str_slice(s, from, i));
    buf_byte(out, ')');
    return i;
}

static void translate(struct buf *out, str s)
{
    for (size_t i = 0; i < s.n;) {
        size_t length = 1;
        str word = operator_at(s, i, &length);
        if (s.p[i] == '\'' || s.p[i] == '"')
            i = quoted(out, s, i);
        else if (!str_is_none(word)) {
            buf_put(out, word);
            i += length;
        } else if (s.p[i] == '!')
            i = negated(out, s, i);
        else
            buf_byte(out, s.p[i++]);
    }
}

/* A condition without any wrapper may still be written the Java way. */
static bool looks_java(str s)
{
    return str_find(s, STR("==")) >= 0 || str_find(s, STR("&&")) >= 0 ||
           str_find(s, STR("||")) >= 0;
}

str expression_feel(struct arena *a, str text)
{
    str s = str_trim(text);
    bool java = looks_java(s);
    if (str_starts(s, STR("=")) && !str_starts(s, STR("==")))
        s = str_trim(str_slice(s, 1, s.n));
    else if (expression_wrapped(s)) {
        s = str_trim(str_slice(s, 2, s.n - 1));
        java = true;
    }
    if (!java)
        return arena_str(a, s);
    struct buf out = { 0 };
    translate(&out, s);
    str feel = arena_str(a, buf_str(&out));
    buf_free(&out);
    return str_is_none(feel) ? STR("") : feel;
}

struct expression *expression_new(struct arena *a, str text,
                                  const struct value *names)
{
    struct expression *x = ARENA_NEW(a, struct expression);
    struct feel_notes notes = { 0 };
    x->feel = expression_feel(a, text);
    x->problem = str_none;
    if (x->feel.n == 0)
        x->problem = STR("表达式是空的");
    else if (feel_compile(a, x->feel, FEEL_EXPRESSION, names, &x->compiled,
                          &notes) != OK) {
        x->compiled = NULL;
        x->problem = notes.first ? notes.first->text : STR("表达式不正确");
    }
    return x;
}

str expression_problem(const struct expression *x)
{
    return x->problem;
}

struct value *expression_run(const struct expression *x, struct arena *a,
                             const struct value *variables, inst now,
                             str *note)
{
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    enum err e = x->compiled ? feel_run(x->compiled, a, variables, now, &out,
                                        &notes)
                             : feel_evaluate(a, x->feel, variables, now, &out,
                                             &notes);
    if (note)
        *note = notes.first ? notes.first->text : str_none;
    if (e == ERR_INPUT && note && str_is_none(*note))
        *note = x->problem;
    return out ? out : value_new(a, VALUE_NULL);
}

bool expression_holds(const struct expression *x, struct arena *a,
                      const struct value *variables, inst now, str *note)
{
    const struct value *v = expression_run(x, a, variables, now, note);
    return v->kind == VALUE_BOOL && v->i;
}
