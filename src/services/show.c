#include "services/show.h"

#include "kernel/page/page.h"

void show_state(struct view *v, const char *name, const struct face *f)
{
    page_state(v, name, f->state, f->joint);
}

void show_clock(struct view *v, const char *name, const struct calendar *cal,
                day today, const struct face *f)
{
    struct clock_face c = {
        .joint = f->joint, .received = f->received, .accept_by = f->accept_by,
        .start = f->clock_start, .due = f->clock_due,
        .held_at = f->clock_held_at, .closed = f->closed_day,
        .n = f->clock_n, .extra = f->clock_extra, .held = f->clock_held,
    };
    clock_face_view(v, name, cal, today, &c);
}

int show_late_before(const struct tx *tx)
{
    day today = tx_today(tx);
    return calendar_working(tx->calendar, today)
               ? today.n
               : calendar_add_working(tx->calendar, today, -1).n;
}

/* ---- words ---- */

str show_channel(str channel)
{
    static const struct { const char *code, *name; } names[] = {
        { "web", "网上" },      { "window", "窗口" }, { "agent", "村级代办" },
        { "kiosk", "自助终端" }, { "phone", "电话" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(channel, names[i].code))
            return str_of(names[i].name);
    return channel;
}

str show_size(struct arena *a, int64_t bytes)
{
    if (bytes >= 1 << 20)
        return arena_printf(a, "%lld.%lld MB", (long long)(bytes >> 20),
                            (long long)((bytes * 10 >> 20) % 10));
    return arena_printf(a, "%lld KB", (long long)((bytes + 1023) >> 10));
}

str show_article(struct arena *a, str law, str article)
{
    if (str_is_none(law) || law.n == 0)
        return STR("");
    return arena_printf(a, "《%.*s》第%.*s条", STR_ARG(law),
                        STR_ARG(show_numeral(a, article)));
}

/* 35 -> 三十五, 10 -> 十, 105 -> 一百零五: as a statute counts its articles.
 * What is not a number from 1 to 999 stays as it is. */
str show_numeral(struct arena *a, str digits)
{
    static const char *const names[] = { "", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九" };
    int64_t n;
    if (!str_int(digits, &n) || n < 1 || n > 999)
        return digits;
    int hundreds = (int)n / 100, tens = (int)n / 10 % 10, ones = (int)n % 10;
    bool plain = n >= 10 && n < 20; /* 十五, not 一十五 */
    return arena_printf(a, "%s%s%s%s%s", names[hundreds],
                        hundreds ? "百" : "",
                        hundreds && !tens && ones ? "零" : "",
                        tens == 0 ? ""
                        : plain   ? "十"
                                  : arena_printf(a, "%s十", names[tens]).p,
                        names[ones]);
}

enum err show_basis(struct tx *tx, str item, struct show_basis *out)
{
    struct item_kind k;
    *out = (struct show_basis){ .licence = true, .basis = STR("") };
    enum err e = str_is_none(item) ? ERR_NOTFOUND : item_kind(tx, item, &k);
    if (e == ERR_NOTFOUND) /* an item of long ago */
        return OK;
    if (e == OK)
        *out = (struct show_basis){
            .licence = str_is(k.type, "行政许可"),
            .basis = show_article(tx->arena, k.law, k.article),
        };
    return e;
}

void show_sample(struct view *v, const struct form_paper *p)
{
    if (p->sample_count == 0) {
        view_text(v, "sample", str_none);
        return;
    }
    struct view sample = view_object(v, "sample");
    struct value *list = view_list(&sample, "lines");
    for (size_t i = 0; i < p->sample_count; i++)
        value_push(list, value_text(v->arena, p->sample[i]));
}

str show_units(struct arena *a, int64_t n, bool natural)
{
    return arena_printf(a, "%lld %s", (long long)n,
                        natural ? "日" : "个工作日");
}

/* ---- towns ---- */

static bool is_town(const struct unit_list *u)
{
    return str_is(u->kind, "township");
}

/* ---- fields ---- */

static void show_choice(struct view *row, struct value *list,
                        const struct form_question *f, str value, str label,
                        str chosen, int i)
{
    struct view c = view_row(row, list);
    view_text(&c, "value", value);
    view_text(&c, "label", label);
    view_text(&c, "remark", STR(""));
    view_bool(&c, "chosen", str_eq(value, chosen));
    view_text(&c, "id", arena_printf(row->arena, "f-%.*s-%d", STR_ARG(f->name),
                                     i));
}

static void show_choices(struct view *row, const struct form_question *f,
                         str value, const struct units *towns)
{
    struct value *list = view_list(row, "choices");
    for (size_t i = 0; i < f->choice_count; i++)
        show_choice(row, list, f, f->choices[i].value, f->choices[i].label,
                    value, (int)i + 1);
    if (str_is(f->kind, "town") && towns)
        for (size_t i = 0; i < towns->n; i++)
            if (is_town(&towns->list[i]))
                show_choice(row, list, f, towns->list[i].code,
                            towns->list[i].name, value, (int)i + 1);
}

/* How wide the control is, what the keyboard offers, what a browser may fill.
 */
static void show_control(struct view *row, const struct form_question *f)
{
    static const struct {
        const char *kind, *width, *keys, *complete;
    } hints[] = {
        { "int", "w-s", "numeric", "off" },
        { "decimal", "w-s", "decimal", "off" },
        { "money", "w-s", "decimal", "off" },
        { "mobile", "w-m", "tel", "tel" },
        { "id", "w-l", "text", "off" },
        { "credit", "w-l", "text", "off" },
        { "address", "", "text", "street-address" },
    };
    const char *width = "w-l", *keys = "text", *complete = "off";
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (str_is(f->kind, hints[i].kind)) {
            width = hints[i].width;
            keys = hints[i].keys;
            complete = hints[i].complete;
        }
    if (str_is(f->name, "applicant_name"))
        complete = "name";
    view_text(row, "width", str_of(width));
    view_text(row, "keys", str_of(keys));
    view_text(row, "complete", str_of(complete));
    view_bool(row, "optional", f->optional);

    bool lines = str_is(f->kind, "lines"), date = str_is(f->kind, "day");
    bool choice = str_is(f->kind, "choice"), select = str_is(f->kind, "town");
    bool flag = str_is(f->kind, "flag");
    view_bool(row, "line", !lines && !date && !choice && !select && !flag);
    view_bool(row, "lines", lines);
    view_bool(row, "date", date);
    view_bool(row, "choice", choice);
    view_bool(row, "select", select);
    view_bool(row, "flag", flag);
    view_bool(row, "file", false);
    view_bool(row, "fixed", false);
    view_text(row, "origin", STR(""));
    view_bool(row, "secret", false);
}

void show_field(struct view *v, struct value *list, const struct form_question *f,
                str value, str error, const struct units *towns)
{
    struct view row = view_row(v, list);
    view_text(&row, "name", f->name);
    view_text(&row, "label", f->label);
    view_text(&row, "hint", f->hint);
    view_text(&row, "error", error);
    view_text(&row, "value", value);
    view_text(&row, "suffix", f->unit);
    show_control(&row, f);
    show_choices(&row, f, value, towns);
}

void show_steps(struct view *v, int here)
{
    static const char *const names[] = { "选择情形", "填写信息", "上传材料",
                                         "核对提交" };
    struct value *list = view_list(v, "steps");
    for (int i = 0; i < 4; i++) {
        struct view step = view_row(v, list);
        view_text(&step, "label", str_of(names[i]));
        view_bool(&step, "done", i < here);
        view_bool(&step, "here", i == here);
    }
}

void show_pager(struct view *v, const char *name, str first, str next,
                int64_t rows, int per)
{
    page_pager_next(v, name, first, next, rows, per);
}
