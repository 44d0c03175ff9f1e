/*
 * The shared inputs of components, filled in one place so that a status or a
 * pager looks the same everywhere.
 */
#include "kernel/page/page.h"

#include <assert.h>
#include <string.h>

/* ---- status ---- */

/* The only words a status may have, each with its look: colour never stands
 * alone, so every one has an icon. */
static const struct look {
    const char *text, *tone, *icon;
} looks[] = {
    { "草稿", "", "pencil" },
    { "待受理", "info", "inbox" },
    { "补正中", "hold", "pause" },
    { "不予受理", "bad", "circle-x" },
    { "已受理", "info", "circle-dot" },
    { "审查中", "info", "circle-dot" },
    { "并联审查中", "info", "circle-dot" },
    { "现场核查", "info", "map-pin" },
    { "特别程序", "hold", "pause" },
    { "待决定", "info", "gavel" },
    { "准予", "ok", "circle-check" },
    { "不予批准", "bad", "circle-x" },
    { "办结", "ok", "circle-check" },
    { "提前办结", "ok", "circle-check" },
    { "已撤回", "", "undo-2" },
    { "已终止", "", "undo-2" },
    { "正常", "ok", "circle-check" },
    { "即将到期", "warn", "clock" },
    { "已超期", "bad", "triangle-alert" },
    { "时限暂停", "hold", "pause" },
    { "待转办", "info", "inbox" },
    { "办理中", "info", "circle-dot" },
    { "已答复", "ok", "circle-check" },
    { "已办结", "ok", "circle-check" },
    { "待审核", "info", "inbox" },
    { "已发布", "ok", "circle-check" },
    { "已撤下", "", "undo-2" },
    { "免交", "ok", "circle-check" },
    { "制证中", "info", "clock" },
    { "有效", "ok", "circle-check" },
    { "已变更", "", "undo-2" },
    { "已暂扣", "hold", "pause" },
    { "已缴费", "ok", "circle-check" },
    { "免缴", "ok", "circle-check" },
    { "待核定", "info", "circle-dot" },
    { "待缴费", "warn", "wallet" },
    { "部分缴纳", "warn", "wallet" },
    { "已逾期", "bad", "circle-alert" },
    { "已重开", "", "rotate-ccw" },
    { "已作废", "", "ban" },
    { "已退款", "", "undo-2" },
    { "退付中", "info", "clock" },
    { "等待发送", "info", "clock" },
    { "已发出", "ok", "circle-check" },
    { "没有送达", "bad", "circle-alert" },
    { "已退付", "ok", "circle-check" },
    { "不予退付", "", "ban" },
    { "退付失败", "bad", "circle-alert" },
    { "存续", "ok", "circle-check" },
    { "歇业", "hold", "pause" },
    { "吊销", "bad", "ban" },
    { "撤销", "bad", "ban" },
    { "注销", "bad", "circle-x" },
    { "迁出", "", "forward" },
    { "相符", "ok", "circle-check" },
    { "有差异", "bad", "circle-alert" },
    { "等待对账单", "info", "clock" },
    { "没有读成", "bad", "circle-alert" },
    { "已撤销", "bad", "ban" },
    { "已过期", "bad", "clock" },
    { "已到期", "", "clock" },
    { "已收回", "bad", "ban" },
    { "已注销", "bad", "circle-x" },
    { "待生效", "info", "clock" },
    { "现行", "ok", "circle-check" },
    { "以前的版本", "", "history" },
    { "暂停办理", "hold", "pause" },
    { "已取消", "", "ban" },
    { "待上传", "", "upload" },
    { "已上传", "ok", "circle-check" },
    { "待查毒", "hold", "clock" },
    { "需要重传", "bad", "triangle-alert" },
    { "待补交", "warn", "clock" },
    { "待核对", "info", "inbox" },
    { "退回重交", "bad", "triangle-alert" },
    { "已补齐", "ok", "circle-check" },
    { "未补齐", "", "circle-x" },
    { "退回修改", "warn", "undo-2" },
    { "不得公开", "bad", "ban" },
    { "已废止", "", "ban" },
    { "已失效", "", "clock" },
};

static const struct look *look_of(str status)
{
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (str_is(status, looks[i].text))
            return &looks[i];
    return NULL;
}

bool page_tag_known(str status)
{
    return look_of(status) != NULL;
}

void page_tag(struct view *v, const char *name, str status)
{
    const struct look *look = look_of(status);
    struct view o = view_object(v, name);
    assert(look != NULL);
    view_text(&o, "text", status);
    view_text(&o, "tone", str_of(look->tone));
    view_text(&o, "icon", str_of(look->icon));
}

/* ---- states of a matter ---- */

static const struct state_word {
    const char *code, *word, *joint;
} state_words[] = {
    { "received", "待受理", NULL },
    { "supplement", "补正中", NULL },
    { "refused", "不予受理", NULL },
    { "accepted", "已受理", NULL },
    { "reviewing", "审查中", "并联审查中" },
    { "special", "特别程序", NULL },
    { "deciding", "待决定", NULL },
    { "granted", "准予", NULL },
    { "denied", "不予批准", NULL },
    { "closed", "办结", NULL },
    { "withdrawn", "已撤回", NULL },
    { "ended", "已终止", NULL },
};

str page_state_word(str code, bool joint)
{
    for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++) {
        const struct state_word *w = &state_words[i];
        if (str_is(code, w->code))
            return str_of(joint && w->joint ? w->joint : w->word);
    }
    return code;
}

void page_state(struct view *v, const char *name, str code, bool joint)
{
    page_tag(v, name, page_state_word(code, joint));
}

/* ---- words and rows ---- */

str page_channel_word(str code)
{
    static const struct { const char *code, *name; } names[] = {
        { "web", "网上" },      { "window", "窗口" }, { "agent", "村级代办" },
        { "kiosk", "自助终端" }, { "phone", "电话" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(code, names[i].code))
            return str_of(names[i].name);
    return code;
}

void page_option(struct view *v, struct value *list, str value, str label,
                 str chosen)
{
    struct view row = view_row(v, list);
    view_text(&row, "value", value);
    view_text(&row, "label", label);
    view_bool(&row, "chosen", str_eq(value, chosen));
}

void page_fact(struct view *v, struct value *list, const char *label,
               str text)
{
    if (str_is_none(text) || text.n == 0)
        return;
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "text", text);
}

const char *page_sample_word(str which)
{
    return str_is(which, "sample")  ? "样表"
           : str_is(which, "blank") ? "空白表" : "结果样本";
}

void page_offered(struct view *v, struct value *list, const char *word,
                  str file, str about, str href, str save)
{
    struct view row = view_row(v, list);
    view_text(&row, "word", str_of(word));
    view_text(&row, "name", file);
    view_text(&row, "about", about);
    view_text(&row, "href", href);
    view_text(&row, "save", save);
}

void page_kpi(struct view *v, struct value *list, const char *label,
              str figure, str remark, const char *tone, str href)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "figure", figure);
    view_text(&row, "remark", remark);
    view_text(&row, "tone", str_of(tone));
    view_text(&row, "href", href);
}

int64_t page_on_time(int64_t closed, int64_t late)
{
    return closed > 0 ? (closed - late) * 10000 / closed : -1;
}

str page_percent(struct arena *a, int64_t rate)
{
    if (rate < 0)
        return STR("—");
    return arena_printf(a, "%lld.%lld%%", (long long)(rate / 100),
                        (long long)(rate % 100 / 10));
}

void page_condition(struct view *v, struct value *list, str text,
                    const char *basis, bool met)
{
    struct view row = view_row(v, list);
    view_text(&row, "text", text);
    view_text(&row, "basis", str_of(basis));
    view_bool(&row, "met", met);
}

/* ---- pages of a list ---- */

static void pager_by_key(struct view *v, const char *name, str first, str next,
                         int64_t rows, bool counted, int64_t per_page)
{
    struct view o = view_object(v, name);
    view_int(&o, "page", 1);
    view_int(&o, "pages", 1);
    view_count(&o, "rows", rows);
    view_bool(&o, "counted", counted);
    view_int(&o, "per", per_page);
    view_text(&o, "first", first);
    view_text(&o, "previous", STR(""));
    view_text(&o, "next", next);
    view_list(&o, "links");
}

void page_pager_next(struct view *v, const char *name, str first, str next,
                     int64_t rows, int64_t per_page)
{
    pager_by_key(v, name, first, next, rows, true, per_page);
}

void page_pager_part(struct view *v, const char *name, str first, str next,
                     int64_t shown, int64_t per_page)
{
    bool whole = first.n == 0 && next.n == 0;
    pager_by_key(v, name, first, next, shown, whole, per_page);
}

static str page_path(struct arena *a, str path, int64_t page)
{
    char join = str_find_byte(path, '?') >= 0 ? '&' : '?';
    return arena_printf(a, "%.*s%cpage=%lld", STR_ARG(path), join,
                        (long long)page);
}

static void add_link(struct view *v, struct value *list, str path,
                     int64_t page, bool here)
{
    struct view link = view_row(v, list);
    view_text(&link, "label", arena_printf(v->arena, "%lld", (long long)page));
    view_text(&link, "href",
              here ? STR("") : page_path(v->arena, path, page));
    view_bool(&link, "here", here);
    view_bool(&link, "gap", false);
}

static void add_gap(struct view *v, struct value *list)
{
    struct view link = view_row(v, list);
    view_text(&link, "label", STR(""));
    view_text(&link, "href", STR(""));
    view_bool(&link, "here", false);
    view_bool(&link, "gap", true);
}

/* First, last, and the neighbours of the page shown. */
static void add_links(struct view *v, str path, int64_t page, int64_t pages)
{
    struct value *list = view_list(v, "links");
    int64_t shown = 0;
    for (int64_t n = 1; n <= pages; n++) {
        bool near = n >= page - 2 && n <= page + 2;
        if (n != 1 && n != pages && !near) {
            n = n < page ? page - 3 : pages - 1; /* the loop adds one */
            continue;
        }
        if (n > shown + 1)
            add_gap(v, list);
        add_link(v, list, path, n, n == page);
        shown = n;
    }
}

void page_pager(struct view *v, const char *name, str path, int64_t page,
                int64_t rows, int64_t per_page)
{
    struct view o = view_object(v, name);
    int64_t pages = rows > 0 ? (rows + per_page - 1) / per_page : 1;
    page = page < 1 ? 1 : page > pages ? pages : page;
    view_int(&o, "page", page);
    view_int(&o, "pages", pages);
    view_count(&o, "rows", rows);
    view_bool(&o, "counted", true);
    view_int(&o, "per", per_page);
    view_text(&o, "first", page_path(v->arena, path, 1));
    view_text(&o, "previous",
              page > 1 ? page_path(v->arena, path, page - 1) : STR(""));
    view_text(&o, "next",
              page < pages ? page_path(v->arena, path, page + 1) : STR(""));
    add_links(&o, path, page, pages);
}

/* ---- questions of a form ---- */

/* How a type is asked for. */
static const struct asking {
    const char *type, *control, *width, *keys, *complete;
} askings[] = {
    { "text", "line", "w-l", "text", "off" },
    { "lines", "lines", "", "text", "off" },
    { "int", "line", "w-s", "numeric", "off" },
    { "decimal", "line", "w-s", "decimal", "off" },
    { "money", "line", "w-s", "decimal", "off" },
    { "day", "date", "", "text", "off" },
    { "choice", "choice", "", "text", "off" },
    { "select", "select", "", "text", "off" },
    { "town", "select", "", "text", "off" },
    { "flag", "flag", "", "text", "off" },
    { "id", "line", "w-m", "text", "off" },
    { "credit", "line", "w-m", "text", "off" },
    { "mobile", "line", "w-m", "tel", "tel" },
    { "address", "line", "", "text", "street-address" },
    { "file", "file", "", "text", "off" },
    { "secret", "line", "w-m", "text", "current-password" },
    { "new_secret", "line", "w-m", "text", "new-password" },
    { "name", "line", "w-m", "text", "name" },
    { "login", "line", "w-m", "text", "username" },
    { "code", "line", "w-s", "numeric", "one-time-code" },
};

static const struct asking *asking_of(const char *type)
{
    for (size_t i = 0; i < sizeof askings / sizeof *askings; i++)
        if (strcmp(askings[i].type, type) == 0)
            return &askings[i];
    return &askings[0];
}

static str or_empty(str s)
{
    return str_is_none(s) ? STR("") : s;
}

static void add_choices(struct view *v, const struct page_field *f)
{
    struct value *list = view_list(v, "choices");
    for (size_t i = 0; i < f->choice_count; i++) {
        struct view c = view_row(v, list);
        view_text(&c, "value", f->choices[i].value);
        view_text(&c, "label", f->choices[i].label);
        view_text(&c, "remark", or_empty(f->choices[i].remark));
        view_bool(&c, "chosen", str_eq(f->choices[i].value, f->value));
        view_text(&c, "id", arena_printf(v->arena, "f-%s-%zu", f->name,
                                         i + 1));
    }
}

void page_field(struct view *v, struct value *list,
                const struct page_field *f)
{
    static const char *const controls[] = { "line", "lines", "date", "choice",
                                            "select", "flag", "file" };
    const struct asking *how = asking_of(f->type);
    struct view o = view_row(v, list);
    bool fixed = f->origin.n > 0;
    view_text(&o, "name", str_of(f->name));
    view_text(&o, "label", f->label);
    view_text(&o, "hint", or_empty(f->hint));
    view_text(&o, "error", or_empty(f->error));
    view_text(&o, "value", or_empty(f->value));
    view_text(&o, "suffix", or_empty(f->suffix));
    view_text(&o, "width", str_of(how->width));
    view_text(&o, "keys", str_of(how->keys));
    view_text(&o, "complete", str_of(how->complete));
    view_bool(&o, "optional", f->optional);
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        view_bool(&o, controls[i],
                  !fixed && strcmp(how->control, controls[i]) == 0);
    view_bool(&o, "fixed", fixed);
    view_text(&o, "origin", or_empty(f->origin));
    view_text(&o, "wrong", STR(""));
    view_text(&o, "frame", str_none);
    view_bool(&o, "secret", strstr(f->type, "secret") != NULL);
    add_choices(&o, f);
}

/* An address may not have a space or an ideograph in a link's query. */
str page_query_text(struct arena *a, str text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc(a, text.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        p[n++] = '%';
        p[n++] = hex[c >> 4];
        p[n++] = hex[c & 15];
    }
    return (str){ p, n };
}
