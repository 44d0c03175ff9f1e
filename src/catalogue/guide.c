/*
 * A guide as a tree, and the text of its members as controls and files have it.
 *
 * A list in one cell of a spreadsheet is lines parted by the full-width ｜: no
 * law or address contains it, and a clerk can type it.  Absent members are not
 * kept as empty ones, so that two guides that say the same are the same text.
 */
#include "catalogue/catalogue.h"

#define BAR "｜"

/* ---- asking ---- */

str guide_get(const struct value *guide, const char *code)
{
    str s = value_get_text(guide, str_of(code));
    return str_is_none(s) ? STR("") : s;
}

int64_t guide_int(const struct value *guide, const char *code)
{
    return value_get_int(guide, str_of(code), -1);
}

bool guide_flag(const struct value *guide, const char *code)
{
    const struct value *v = value_get(guide, str_of(code));
    return v && v->kind == VALUE_BOOL && v->i;
}

bool guide_says(const struct value *guide, const char *code)
{
    return value_get(guide, str_of(code)) != NULL;
}

const struct value *guide_first(const struct value *guide, const char *code)
{
    return value_first(guide, str_of(code));
}

static bool next_word(str *rest, str *word)
{
    str comma = STR("、");
    if (str_is_none(*rest))
        return false;
    ptrdiff_t at = str_find(*rest, comma);
    *word = str_trim(at < 0 ? *rest : str_slice(*rest, 0, (size_t)at));
    *rest = at < 0 ? str_none
                   : str_slice(*rest, (size_t)at + comma.n, rest->n);
    return true;
}

bool guide_has(str joined, const char *word)
{
    str one;
    while (next_word(&joined, &one))
        if (str_is(one, word))
            return true;
    return false;
}

bool guide_file(str text, str *sha256, str *name)
{
    enum { DIGEST = 64 };
    bool hex = text.n > DIGEST + 1 && text.p[DIGEST] == ' ';
    for (size_t i = 0; hex && i < DIGEST; i++)
        hex = (text.p[i] >= '0' && text.p[i] <= '9') ||
              (text.p[i] >= 'a' && text.p[i] <= 'f');
    *sha256 = hex ? str_slice(text, 0, DIGEST) : STR("");
    *name = hex ? str_slice(text, DIGEST + 1, text.n) : STR("");
    return hex && utf8_count(*name) <= GUIDE_FILE_NAME &&
           str_find(*name, STR(BAR)) < 0 && str_find_byte(*name, '\n') < 0 &&
           str_find_byte(*name, '/') < 0;
}

/* ---- changing ---- */

void guide_put(struct value *guide, const char *code, struct value *v)
{
    struct value *before = NULL, *at = guide->first;
    if (v)
        v->key = str_of(code);
    while (at && !str_is(at->key, code))
        before = at, at = at->next;
    if (at == NULL) {
        if (v)
            value_add(guide, str_of(code), v);
        return;
    }
    struct value *after = at->next, *here = v ? v : after;
    if (v)
        v->next = after;
    else
        guide->count--;
    if (before)
        before->next = here;
    else
        guide->first = here;
    if (guide->last == at)
        guide->last = v ? v : before;
}

/* ---- as text ---- */

static str one_line(struct arena *a, str text)
{
    str out = arena_str(a, text);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] == '\n' || out.p[i] == '\r')
            ((char *)out.p)[i] = ' ';
    return out;
}

static str list_text(struct arena *a, const struct value *list,
                     const struct guide_field *f)
{
    struct buf b = { 0 };
    for (const struct value *row = list->first; row; row = row->next) {
        size_t end = b.n;
        for (const struct guide_field *m = f->of; m->code; m++) {
            str cell = one_line(a, guide_text(a, row, m));
            buf_put(&b, cell);
            if (cell.n)
                end = b.n; /* empty cells at the end are left out */
            if (m[1].code)
                buf_put(&b, STR(BAR));
        }
        b.n = end;
        if (row->next)
            buf_byte(&b, '\n');
    }
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

/* The text one value stands for; none for what a cell cannot hold. */
static str plain(struct arena *a, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL:
        return STR("");
    case VALUE_TEXT:
        return v->text;
    case VALUE_INT:
        return arena_printf(a, "%lld", (long long)v->i);
    case VALUE_BOOL:
        return v->i ? STR("是") : STR("否");
    default:
        return str_none;
    }
}

str guide_text(struct arena *a, const struct value *guide,
               const struct guide_field *f)
{
    const struct value *v = value_get(guide, str_of(f->code));
    str s = STR("");
    if (v && v->kind == VALUE_LIST)
        s = f->of ? list_text(a, v, f) : s;
    else if (v)
        s = plain(a, v);
    return str_is_none(s) ? STR("") : s;
}

/* ---- from text ---- */

static enum err wrong(struct arena *a, str *problem,
                      const struct guide_field *f, const char *how)
{
    *problem = arena_printf(a, "%s%s", f->label, how);
    return ERR_INPUT;
}

static bool among(const char *choices, str word)
{
    str rest = str_of(choices);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ','), word))
            return true;
    return false;
}

/* What a person may write instead. */
static str offered(struct arena *a, const char *choices)
{
    str rest = str_of(choices), all = STR("");
    while (!str_is_none(rest)) {
        str one = str_cut(&rest, ',');
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), all.n ? "、" : "",
                           STR_ARG(one));
    }
    return all;
}

static enum err choices_of(struct arena *a, const struct guide_field *f,
                           str text, struct value **v, str *problem)
{
    str rest = text, word;
    while (next_word(&rest, &word))
        if (!among(f->choices, word))
            return wrong(a, problem, f,
                         arena_printf(a, "没有“%.*s”，可以写：%.*s",
                                      STR_ARG(utf8_head(word, 20)),
                                      STR_ARG(offered(a, f->choices))).p);
    *v = value_text(a, text);
    return OK;
}

static str cut_cell(str *line)
{
    str bar = STR(BAR);
    ptrdiff_t at = str_find(*line, bar);
    str cell = at < 0 ? *line : str_slice(*line, 0, (size_t)at);
    *line = at < 0 ? str_none
                   : str_slice(*line, (size_t)at + bar.n, line->n);
    return str_trim(cell);
}

static enum err row_of(struct arena *a, const struct guide_field *f, str line,
                       struct value **out, str *problem)
{
    struct value *row = value_new(a, VALUE_OBJECT);
    str why;
    for (const struct guide_field *m = f->of; m->code; m++) {
        str cell = str_is_none(line) ? STR("") : cut_cell(&line);
        if (guide_set(a, row, m, cell, &why) == OK)
            continue;
        *problem = arena_printf(a, "%s里的%.*s", f->label, STR_ARG(why));
        return ERR_INPUT;
    }
    if (!str_is_none(line))
        return wrong(a, problem, f, "一行里的格子太多，各格用 ｜ 隔开");
    *out = row;
    return OK;
}

static enum err list_of(struct arena *a, const struct guide_field *f, str text,
                        struct value **v, str *problem)
{
    struct value *list = value_new(a, VALUE_LIST), *row;
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        if (list->count == GUIDE_ROWS)
            return wrong(a, problem, f, "太多，最多 60 行");
        enum err e = row_of(a, f, line, &row, problem);
        if (e != OK)
            return e;
        value_push(list, row);
    }
    *v = list->count ? list : NULL;
    return OK;
}

static enum err scalar_of(struct arena *a, const struct guide_field *f,
                          str text, struct value **v, str *problem)
{
    static const struct field day_field = { "day", FIELD_DAY, 1, 0, "日期",
                                            NULL, false };
    int64_t n;
    str iso, told;
    if (f->kind == GUIDE_FILE) {
        if (!guide_file(text, &iso, &told))
            return wrong(a, problem, f,
                         "应是文件的 SHA-256 摘要、空格和文件名");
        *v = value_text(a, text);
        return OK;
    }
    if (utf8_count(text) > (size_t)(f->max > 0 ? f->max : 4000) &&
        f->kind != GUIDE_INT && f->kind != GUIDE_DAY &&
        f->kind != GUIDE_FLAG)
        return wrong(a, problem, f,
                     arena_printf(a, "太长，最多 %d 个字", f->max).p);
    switch (f->kind) {
    case GUIDE_INT:
        if (!str_int(text, &n) || n < 0 || n > f->max)
            return wrong(a, problem, f,
                         arena_printf(a, "应是 0 到 %d 的整数", f->max).p);
        *v = value_int(a, n);
        return OK;
    case GUIDE_DAY:
        if (form_check_one(a, &day_field, text, &iso, &told) != OK)
            return wrong(a, problem, f, "应是日期，例如 2026-11-22");
        *v = value_text(a, iso);
        return OK;
    case GUIDE_FLAG:
        if (!str_is(text, "是") && !str_is(text, "否") && !str_is(text, "1") &&
            !str_is(text, "0"))
            return wrong(a, problem, f, "应填 是 或者 否");
        *v = value_bool(a, str_is(text, "是") || str_is(text, "1"));
        return OK;
    default:
        if (f->kind == GUIDE_LINE && str_find_byte(text, '\n') >= 0)
            return wrong(a, problem, f, "应是一行文字");
        *v = value_text(a, text);
        return OK;
    }
}

enum err guide_set(struct arena *a, struct value *guide,
                   const struct guide_field *f, str text, str *problem)
{
    struct value *v = NULL;
    enum err e = OK;
    text = str_trim(text);
    if (text.n == 0)
        e = OK;
    else if (f->kind == GUIDE_LIST)
        e = list_of(a, f, text, &v, problem);
    else if (f->kind == GUIDE_CHOICE && !among(f->choices, text))
        e = wrong(a, problem, f,
                  arena_printf(a, "没有“%.*s”，可以选：%.*s",
                               STR_ARG(utf8_head(text, 20)),
                               STR_ARG(offered(a, f->choices))).p);
    else if (f->kind == GUIDE_CHOICES)
        e = choices_of(a, f, text, &v, problem);
    else
        e = scalar_of(a, f, text, &v, problem);
    if (e == OK)
        guide_put(guide, f->code, v);
    return e;
}

/* ---- from a tree ---- */

static enum err take_members(struct arena *a, const struct value *from,
                             const struct guide_field *fields,
                             struct value *to, size_t *taken, str *problem);

static enum err take_list(struct arena *a, const struct value *from,
                          const struct guide_field *f, struct value *to,
                          str *problem)
{
    struct value *list = value_new(a, VALUE_LIST);
    if (from->count > GUIDE_ROWS)
        return wrong(a, problem, f, "太多，最多 60 行");
    for (const struct value *row = from->first; row; row = row->next) {
        struct value *one = value_new(a, VALUE_OBJECT);
        size_t taken = 0;
        if (row->kind != VALUE_OBJECT)
            return wrong(a, problem, f, "的每一行应是一个对象");
        enum err e = take_members(a, row, f->of, one, &taken, problem);
        if (e != OK)
            return e;
        if (taken != row->count)
            return wrong(a, problem, f, "里有不认识的成员");
        value_push(list, one);
    }
    if (list->count)
        guide_put(to, f->code, list);
    return OK;
}

static enum err take_members(struct arena *a, const struct value *from,
                             const struct guide_field *fields,
                             struct value *to, size_t *taken, str *problem)
{
    for (const struct guide_field *f = fields; f->code; f++) {
        const struct value *v = value_get(from, str_of(f->code));
        enum err e;
        if (v == NULL)
            continue;
        ++*taken;
        if (f->kind == GUIDE_LIST && v->kind == VALUE_LIST) {
            e = take_list(a, v, f, to, problem);
        } else {
            str text = plain(a, v);
            e = str_is_none(text) ? wrong(a, problem, f, "的写法不对")
                                  : guide_set(a, to, f, text, problem);
        }
        if (e != OK)
            return e;
    }
    return OK;
}

enum err guide_take(struct arena *a, const struct value *from,
                    struct value **out, str *problem)
{
    struct value *to = value_new(a, VALUE_OBJECT);
    size_t taken = 0;
    if (from == NULL || from->kind != VALUE_OBJECT) {
        *problem = STR("事项应是一个 JSON 对象");
        return ERR_INPUT;
    }
    for (const struct guide_part *p = guide_parts; p->code; p++) {
        enum err e = take_members(a, from, p->fields, to, &taken, problem);
        if (e != OK)
            return e;
    }
    if (taken != from->count) {
        for (const struct value *v = from->first; v; v = v->next)
            if (guide_field_of(v->key) == NULL)
                *problem = arena_printf(a, "不认识的成员“%.*s”",
                                        STR_ARG(utf8_head(v->key, 40)));
        return ERR_INPUT;
    }
    *out = to;
    return OK;
}
