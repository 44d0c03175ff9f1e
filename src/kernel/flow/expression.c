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

static bool in_word(char c)
{
    return c == '_' || c == '.' || (unsigned char)c >= 0x80 ||
           (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static void translate(struct buf *out, str s);

/* "!x" becomes "not(x)": the operand is a name, a path or a bracket. */
static size_t negated(struct buf *out, str s, size_t i)
{
    size_t from = ++i;
    if (str_starts(str_slice(s, i, s.n), STR("empty ")))
        i += 6;
    int depth = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        depth += (c == '(') - (c == ')');
        if (depth < 0 ||
            (depth == 0 && !in_word(c) && c != ')' && c != '('))
            break;
    }
    buf_put(out, STR("not("));
    translate(out, str_slice(s, from, i));
    buf_byte(out, ')');
    return i;
}

/* The operand after "empty" or "not": a name, a path, a bracket, a call. */
static str operand(str s, size_t *i)
{
    while (*i < s.n && s.p[*i] == ' ')
        (*i)++;
    size_t from = *i;
    for (int depth = 0; *i < s.n; (*i)++) {
        char c = s.p[*i];
        if (depth == 0 && !in_word(c) && c != '(')
            break;
        depth += (c == '(') - (c == ')');
        if (depth == 0 && c == ')') {
            (*i)++;
            break;
        }
    }
    return str_slice(s, from, *i);
}

/* Java's expression language has words for its operators too. */
static size_t spoken(struct buf *out, str s, size_t i)
{
    static const struct { const char *java, *feel; } words[] = {
        { "eq", "=" }, { "ne", "!=" }, { "lt", "<" }, { "gt", ">" },
        { "le", "<=" }, { "ge", ">=" }, { "div", "/" },
    };
    size_t from = i;
    while (i < s.n && in_word(s.p[i]))
        i++;
    str word = str_slice(s, from, i);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(word, words[k].java)) {
            buf_put(out, str_of(words[k].feel));
            return i;
        }
    bool empty = str_is(word, "empty");
    if (!empty && !str_is(word, "not")) {
        buf_put(out, word);
        return i;
    }
    str x = operand(s, &i);
    struct buf feel = { 0 };
    translate(&feel, x);
    str y = buf_str(&feel);
    if (empty)
        buf_printf(out, "list contains([null, \"\", []], %.*s)", STR_ARG(y));
    else
        buf_printf(out, "not(%.*s)", STR_ARG(y));
    buf_free(&feel);
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
        else if (in_word(s.p[i]))
            i = spoken(out, s, i);
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

/* "x.size()": FEEL has nothing to call there, and would quietly say null. */
static bool calls_java(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool dot = false;
        if (s.p[i] == '\'' || s.p[i] == '"') {
            char quote = s.p[i++];
            while (i < s.n && s.p[i] != quote)
                i += s.p[i] == '\\' ? 2 : 1;
            continue;
        }
        for (; i < s.n && in_word(s.p[i]); i++)
            dot |= s.p[i] == '.';
        if (dot && i < s.n && s.p[i] == '(')
            return true;
    }
    return false;
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
    else if (calls_java(x->feel))
        x->problem = STR("不能调用对象的方法");
    else if (feel_compile(a, x->feel, FEEL_EXPRESSION, names, &x->compiled,
                          &notes) != OK) {
        x->compiled = NULL;
        x->problem = notes.first ? notes.first->text : STR("表达式不正确");
    }
    return x;
}

struct value *expression_missing(struct arena *a, str text,
                                 const struct value *known)
{
    struct feel_expr *x;
    struct feel_notes notes = { 0 };
    return feel_compile(a, expression_feel(a, text), FEEL_EXPRESSION, known,
                        &x, &notes) == OK
               ? feel_unknown_names(x, a)
               : value_new(a, VALUE_LIST);
}

str expression_problem(const struct expression *x)
{
    return x->problem;
}

struct value *expression_run(const struct expression *x, struct arena *a,
                             const struct value *variables, inst now,
                             str *note, uint64_t *work)
{
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    size_t used = a->used;
    enum err e = x->compiled ? feel_run(x->compiled, a, variables, now, &out,
                                        &notes)
                             : feel_evaluate(a, x->feel, variables, now, &out,
                                             &notes);
    *work += notes.steps + (a->used - used) / 64;
    if (note)
        *note = notes.first ? notes.first->text : str_none;
    if (e == ERR_INPUT && note && str_is_none(*note))
        *note = x->problem;
    return out ? out : value_new(a, VALUE_NULL);
}

bool expression_holds(const struct expression *x, struct arena *a,
                      const struct value *variables, inst now, str *note,
                      uint64_t *work)
{
    const struct value *v = expression_run(x, a, variables, now, note, work);
    if (note && str_is_none(*note) && v->kind != VALUE_BOOL &&
        v->kind != VALUE_NULL)
        *note = STR("结果不是布尔值。");
    return v->kind == VALUE_BOOL && v->i;
}
