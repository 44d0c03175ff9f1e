#include "services/show.h"

#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
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

str show_found(struct arena *a, str scan, int64_t pages, int64_t sharp)
{
    str s = STR("");
    if (pages != INT_NONE && pages > 1)
        s = arena_printf(a, "，%lld 页", (long long)pages);
    if (files_blurred(sharp))
        s = arena_join(a, s, STR("，照片可能不够清晰，建议重拍"));
    if (str_is_none(scan))
        return s;
    enum files_safe safe = files_safe(scan);
    return safe == FILES_INFECTED  ? arena_join(a, s, STR("，查出病毒，已隔离"))
           : safe == FILES_WAITING ? arena_join(a, s, STR("，待查毒")) : s;
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

enum err show_basis(struct tx *tx, str item, int64_t version,
                    struct show_basis *out)
{
    struct item_kind k;
    *out = (struct show_basis){ .licence = true, .basis = STR("") };
    enum err e = str_is_none(item)
                     ? ERR_NOTFOUND
                     : item_kind(tx, item,
                                 version == INT_NONE ? INT32_MAX : version, &k);
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

const struct form_choice *show_towns(struct arena *a, const struct units *towns,
                                     size_t *n)
{
    struct form_choice *choices = ARENA_NEW_N(a, struct form_choice,
                                              towns->n + 1);
    *n = 0;
    for (size_t i = 0; i < towns->n; i++)
        if (is_town(&towns->list[i]))
            choices[(*n)++] = (struct form_choice){ towns->list[i].code,
                                                    towns->list[i].name };
    return choices;
}

void show_field(struct view *v, struct value *list,
                const struct form_question *f, str value, str error,
                const struct units *towns)
{
    const struct form_choice *choices = NULL;
    size_t n = 0;
    if (str_is(f->kind, "town") && towns)
        choices = show_towns(v->arena, towns, &n);
    form_show(v, list, f, value, error, choices, n);
}

void show_words(struct request *rq, struct value *list, const char *name,
                const char *label, const char *hint)
{
    struct form_question f = {
        .name = str_of(name), .label = str_of(label), .hint = str_of(hint),
        .kind = STR("text"), .unit = STR(""),
    };
    str error = STR("");
    rq_problem(rq, name, &error);
    show_field(rq_view(rq), list, &f, rq_text(rq, name), error, NULL);
}

void show_said(struct view *v, struct value *list,
               const struct form_question *f, const struct value *answer,
               const struct units *towns, struct show_said *more)
{
    struct form_said *said;
    size_t n = form_said(f, v->arena, answer, &said);
    for (size_t i = 0; i < n; i++) {
        str text = said[i].text;
        if (str_is(f->kind, "town"))
            text = units_name(towns, text);
        struct view row = view_row(v, list);
        form_said_show(&row, &said[i], text.n ? text : more->none);
        view_bool(&row, more->flag, more->on);
    }
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

struct notice_place show_place(struct arena *a, str progress)
{
    str city = conf_text("city");
    return (struct notice_place){
        .city = city, .government = arena_join(a, city, STR("人民政府")),
        .court = arena_join(a, city, STR("人民法院")), .progress = progress,
        .appeal = str_none,
    };
}

str show_phone(str unit)
{
    return unit.n ? unit : conf_text("site_phone");
}

str show_center(struct arena *a)
{
    return arena_join(a, conf_text("city"), STR("政务服务中心"));
}
