/* 收件移交: what the counters took in on a day, department by department, to be
 * printed and signed over to the back office. */
#include "windows/pages.h"

#include "kernel/audit/audit.h"
#include "windows/show.h"

/* The hall of the clerk's or the leader's organisation. */
static enum err own_hall(struct request *rq, struct tx *tx, str *code)
{
    struct hall_of_unit h;
    enum err e = hall_of_unit(tx, tx->who->unit, &h);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "本单位没有大厅，没有要移交的收件。");
    if (e == OK)
        *code = h.code;
    return e;
}

static void show_row(struct view *v, struct value *list,
                     const struct intake_list *r)
{
    struct view row = view_row(v, list);
    view_text(&row, "case_no", r->case_no);
    view_text(&row, "title", r->title);
    view_text(&row, "number", r->ticket);
    view_text(&row, "clerk", r->clerk_name);
    view_text(&row, "at", windows_minute_text(v->arena, inst_minute(r->at)));
}

static void show_groups(struct view *v, const struct intake_list *r, size_t n)
{
    struct value *groups = view_list(v, "groups"), *rows = NULL;
    struct view g = { 0 };
    char at[INST_TEXT];
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || !str_eq(r[i].unit, r[i - 1].unit)) {
            g = view_row(v, groups);
            from = i;
            view_text(&g, "unit", r[i].unit);
            view_text(&g, "unit_name", r[i].unit_name);
            rows = view_list(&g, "rows");
        }
        show_row(&g, rows, &r[i]);
        if (i + 1 < n && str_eq(r[i].unit, r[i + 1].unit))
            continue;
        bool open = false;
        for (size_t k = from; k <= i; k++)
            open |= inst_is_none(r[k].signed_at);
        view_int(&g, "count", (int64_t)(i - from + 1));
        view_bool(&g, "open", open);
        view_text(&g, "done", open ? STR("")
                      : arena_printf(v->arena, "%.*s，%.*s",
                                     STR_ARG(r[i].signed_by),
                                     STR_ARG(inst_minutes_text(r[i].signed_at,
                                                               at))));
    }
}

enum err window_handover_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct intake_list *r;
    str hall;
    size_t n = 0;
    day on = rq_day(rq, "day");
    char text[DAY_TEXT];
    rq_menu(rq, "desk.handover");
    if (day_is_none(on))
        on = tx_today(tx);
    enum err e = own_hall(rq, tx, &hall);
    if (e == OK)
        e = intake_list(tx, hall, on, STR(""), &r, &n);
    if (e != OK)
        return e;
    view_text(v, "day", arena_str(v->arena, day_text(on, text)));
    view_int(v, "total", (int64_t)n);
    show_groups(v, r, n);
    return OK;
}

enum err window_handover_post(struct request *rq, struct tx *tx)
{
    str hall, unit = rq_text(rq, "unit"), by = rq_text(rq, "signed_by");
    day on = rq_day(rq, "day");
    int64_t changed = 0;
    char text[DAY_TEXT];
    if (day_is_none(on))
        return rq_fail_field(rq, ERR_INPUT, "day", STR("请选择哪一天"));
    enum err e = own_hall(rq, tx, &hall);
    if (e == OK)
        e = intake_sign(tx, hall, on, unit, tx->now, by, &changed);
    if (e == OK && changed == 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这个部门这一天没有等待签收的收件，可能已经签收。");
    str iso = arena_str(tx->arena, day_text(on, text));
    if (e == OK)
        e = audit_note(tx, STR("intake.sign"), unit,
                       arena_printf(tx->arena, "%.*s 收件 %lld 件移交签收",
                                    STR_ARG(iso), (long long)changed));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已登记移交 %lld 件。",
                                    (long long)changed));
    return rq_see_other(rq, "/counter/handover?day=%.*s", STR_ARG(iso));
}
