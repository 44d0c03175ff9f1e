/*
 * Questions made of several controls, in the designer: the columns of rows and
 * tables as lines somebody can type, and what there is to say about them.
 *
 * A column is one line: code | kind | words, then what it needs of
 * 选填, 选项 a=甲；b=乙, 条件 …, 提示 …, 单位 …, 下限 …, 上限 ….  A kind may be
 * written by its name or its code.
 */
#include "design/form_check.h"
#include "design/form_edit.h"

/* ---- as lines ---- */

static const struct {
    const char *word, *member;
    enum { SAYS_TEXT, SAYS_INT } what;
} told[] = {
    { "条件", "when", SAYS_TEXT }, { "提示", "hint", SAYS_TEXT },
    { "单位", "unit", SAYS_TEXT }, { "下限", "min", SAYS_INT },
    { "上限", "max", SAYS_INT },
};
enum { TOLD = sizeof told / sizeof *told };

static void put_choices(struct buf *b, const struct value *column)
{
    const struct value *list = value_get(column, STR("choices"));
    bool first = true;
    for (const struct value *c = list ? list->first : NULL; c; c = c->next) {
        buf_put(b, first ? STR(" | 选项 ") : STR("；"));
        buf_put(b, form_member(c, "value"));
        buf_put(b, STR("="));
        buf_put(b, form_member(c, "label"));
        first = false;
    }
}

static void put_column(struct buf *b, const struct value *column)
{
    const struct form_kind *k = form_kind_of(form_member(column, "type"));
    const struct value *optional = value_get(column, STR("optional"));
    buf_put(b, form_member(column, "name"));
    buf_put(b, STR(" | "));
    buf_put(b, k ? str_of(k->name) : form_member(column, "type"));
    buf_put(b, STR(" | "));
    buf_put(b, form_member(column, "label"));
    if (optional && value_truth(optional))
        buf_put(b, STR(" | 选填"));
    put_choices(b, column);
    for (int i = 0; i < TOLD; i++) {
        const struct value *m = value_get(column, str_of(told[i].member));
        if (m && m->kind == VALUE_TEXT && m->text.n)
            buf_printf(b, " | %s %.*s", told[i].word, STR_ARG(m->text));
        if (m && m->kind == VALUE_INT)
            buf_printf(b, " | %s %lld", told[i].word, (long long)m->i);
    }
    buf_byte(b, '\n');
}

str form_columns_text(struct arena *a, const struct value *columns)
{
    struct buf b = { 0 };
    for (const struct value *v = columns ? columns->first : NULL; v;
         v = v->next)
        put_column(&b, v);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static str kind_typed(str word)
{
    for (const struct form_kind *k = form_kinds; k->code; k++)
        if (str_is(word, k->name))
            return str_of(k->code);
    return word;
}

static struct value *choices_typed(struct arena *a, str text)
{
    struct value *list = value_new(a, VALUE_LIST);
    while (!str_is_none(text)) {
        ptrdiff_t at = str_find(text, STR("；"));
        str one = at < 0 ? text : str_slice(text, 0, (size_t)at);
        text = at < 0 ? str_none : str_slice(text, (size_t)at + 3, text.n);
        str value = str_trim(str_cut(&one, '='));
        if (value.n == 0)
            continue;
        struct value *c = value_new(a, VALUE_OBJECT);
        value_add(c, STR("value"), value_text(a, value));
        value_add(c, STR("label"), value_text(a, str_is_none(one)
                                                     ? value : str_trim(one)));
        value_push(list, c);
    }
    return list;
}

static bool takes(str *piece, const char *word)
{
    if (!str_starts(*piece, str_of(word)))
        return false;
    *piece = str_trim(str_slice(*piece, strlen(word), piece->n));
    return true;
}

static void read_piece(struct arena *a, struct value *column, str piece)
{
    int64_t n;
    if (str_is(piece, "选填"))
        value_add(column, STR("optional"), value_bool(a, true));
    else if (takes(&piece, "选项"))
        value_add(column, STR("choices"), choices_typed(a, piece));
    else
        for (int i = 0; i < TOLD; i++)
            if (takes(&piece, told[i].word)) {
                value_add(column, str_of(told[i].member),
                          told[i].what == SAYS_INT && str_int(piece, &n)
                              ? value_int(a, n) : value_text(a, piece));
                return;
            }
}

struct value *form_columns_typed(struct arena *a, str text)
{
    struct value *list = value_new(a, VALUE_LIST);
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        struct value *column = value_new(a, VALUE_OBJECT);
        str name = str_trim(str_cut(&line, '|'));
        str kind = str_is_none(line) ? STR("") : str_trim(str_cut(&line, '|'));
        str label = str_is_none(line) ? name : str_trim(str_cut(&line, '|'));
        value_add(column, STR("name"), value_text(a, name));
        value_add(column, STR("type"), value_text(a, kind_typed(kind)));
        value_add(column, STR("label"), value_text(a, label));
        while (!str_is_none(line))
            read_piece(a, column, str_trim(str_cut(&line, '|')));
        value_push(list, column);
    }
    return list->count ? list : NULL;
}

/* ---- what there is to say ---- */

/* Is a question of this code asked before this one? */
static bool asked_before(const struct value *tree, const struct value *field,
                         str name)
{
    const struct value *g = form_list(tree, FORM_GROUP);
    for (g = g ? g->first : NULL; g; g = g->next) {
        const struct value *f = value_get(g, STR("fields"));
        for (f = f && f->kind == VALUE_LIST ? f->first : NULL; f; f = f->next) {
            if (f == field)
                return false;
            if (str_eq(value_get_text(f, STR("name")), name))
                return true;
        }
    }
    return false;
}

static bool column_before(const struct value *column, const struct value *first,
                          str name)
{
    for (const struct value *v = first; v && v != column; v = v->next)
        if (str_eq(value_get_text(v, STR("name")), name))
            return true;
    return false;
}

static void check_column_when(struct form_checking *c,
                              const struct value *field,
                              const struct value *first,
                              const struct value *column)
{
    struct feel_expr *x;
    struct feel_notes notes = { 0 };
    str text = form_member(column, "when");
    if (text.n == 0)
        return;
    if (utf8_count(text) > 1000 ||
        feel_compile(c->a, text, FEEL_EXPRESSION, NULL, &x, &notes) != OK) {
        form_say(c, true, "列的条件“%.*s”读不懂，请改正。",
                 STR_ARG(utf8_head(text, 60)));
        return;
    }
    const struct value *name = feel_unknown_names(x, c->a)->first;
    for (; name; name = name->next)
        if (!column_before(column, first, name->text) &&
            !asked_before(c->tree, field, name->text))
            form_say(c, true, "列的条件里的“%.*s”不是前面的列，也不是前面的问"
                     "题，请改正。", STR_ARG(utf8_head(name->text, 40)));
}

static void check_column(struct form_checking *c, const struct value *field,
                         const struct value *first, const struct value *column)
{
    str name = value_get_text(column, STR("name"));
    str label = value_get_text(column, STR("label"));
    str type = value_get_text(column, STR("type"));
    const struct form_kind *k = form_kind_of(type);
    if (str_is_none(name) || !form_code_ok(name) || str_is(name, "row"))
        form_say(c, true, "列的编码“%.*s”应以小写字母开头，只用小写字母、数字"
                 "和下划线；row 已经有别的用处。",
                 STR_ARG(str_is_none(name) ? STR("") : utf8_head(name, 40)));
    else if (column_before(column, first, name) ||
             form_find(c->tree, FORM_FIELD, name, NULL))
        form_say(c, true, "列的编码“%.*s”已经被用了，请换一个。",
                 STR_ARG(name));
    if (str_is_none(label) || str_trim(label).n == 0)
        form_say(c, true, "列“%.*s”没有写文字，请补上。",
                 STR_ARG(str_is_none(name) ? STR("") : utf8_head(name, 40)));
    if (k == NULL || k->made || str_is(type, "town"))
        form_say(c, true, "列“%.*s”的类型应是一行文字、数字、日期、单选、姓名、"
                 "号码这些简单的类型，请改正。",
                 STR_ARG(str_is_none(label) ? STR("") : utf8_head(label, 40)));
    const struct value *choices = value_get(column, STR("choices"));
    if (str_is(type, "choice") && (choices == NULL || choices->count < 2))
        form_say(c, true, "列“%.*s”是单选，至少要有两个选项，请补上。",
                 STR_ARG(str_is_none(label) ? STR("") : utf8_head(label, 40)));
    check_column_when(c, field, first, column);
}

static void check_columns(struct form_checking *c, const struct value *field,
                          bool table)
{
    const struct value *list = value_get(field, STR("fields"));
    size_t n = list && list->kind == VALUE_LIST ? list->count : 0;
    if (n == 0 || n > FORM_COLUMNS_MOST) {
        form_say(c, true, "要写明每行问什么（列），1 到 %d 列，请改正。",
                 FORM_COLUMNS_MOST);
        return;
    }
    const struct value *rows = value_get(field, STR("choices"));
    int64_t most = table ? (rows ? rows->count : 0)
                         : value_get_int(field, STR("max"), FORM_ROWS_MOST);
    if (most * (int64_t)n > FORM_CELLS_MOST)
        form_say(c, true, "行数乘列数是 %lld，最多 %d，请减少行或者列。",
                 (long long)(most * (int64_t)n), FORM_CELLS_MOST);
    for (const struct value *v = list->first; v; v = v->next)
        if (v->kind != VALUE_OBJECT)
            form_say(c, true, "有一列不是对象，请改正。");
        else
            check_column(c, field, list->first, v);
}

/* Nobody may be told that a signature holds where the law says it does not. */
static void check_signature(struct form_checking *c)
{
    static const char *const words[] = { "婚姻", "结婚", "离婚", "收养",
                                         "继承" };
    str title = value_get_text(c->tree, STR("title"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!str_is_none(title) && str_find(title, str_of(words[i])) >= 0)
            form_say(c, false, "婚姻、收养、继承等人身关系的文书不适用电子签名"
                     "（电子签名法第三条第三款），请改在窗口签。");
}

/* What the base of legal persons is asked for. */
static bool of_enterprise(str fact)
{
    static const char *const facts[] = { "code", "name", "representative",
                                         "address", "founded", "capital",
                                         "scope" };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (str_is(fact, facts[i]))
            return true;
    return false;
}

/* "enterprise name; licence 食品经营许可证 number; case" */
static void check_held(struct form_checking *c, const struct value *field)
{
    str rest = form_text_member(c, field, "held", "预填", 200, false);
    if (rest.n == 0)
        return;
    while (!str_is_none(rest)) {
        str one = str_trim(str_cut(&rest, ';'));
        str kind = str_cut(&one, ' ');
        str name = str_is_none(one) ? STR("") : str_cut(&one, ' ');
        if (str_is(kind, "case") ||
            (str_is(kind, "licence") && name.n && str_is(one, "number")) ||
            (str_is(kind, "enterprise") && of_enterprise(name)))
            continue;
        form_say(c, true, "预填应写成 case、licence 证照名称 number 或者 "
                 "enterprise 加 code、name、representative、address、founded、"
                 "capital、scope，几个用分号隔开，请改正。");
    }
}

void form_check_made(struct form_checking *c, const struct value *field)
{
    str type = value_get_text(field, STR("type"));
    bool table = str_is(type, "table"), rows = str_is(type, "rows");
    check_held(c, field);
    if (table || rows)
        check_columns(c, field, table);
    else if (value_get(field, STR("fields")))
        form_say(c, false, "只有可以增减的几行和表格才有列，现在的列不起作"
                 "用。");
    if (str_is(type, "signature"))
        check_signature(c);
    str square = form_text_member(c, field, "square", "范围", 100, false);
    int commas = 0;
    for (size_t i = 0; i < square.n; i++)
        commas += square.p[i] == ',';
    if (square.n && commas != 3)
        form_say(c, true, "范围应写成南、西、北、东四个度数，用逗号隔开，例如 "
                 "30.26,118.60,30.79,119.41，请改正。");
}
