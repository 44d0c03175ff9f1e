/* 收件移交: what the counters took in on a day, department by department, as
 * slips to be printed and signed over to the back office. */
#include "windows/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/search/search.h"
#include "windows/show.h"

enum { SLIP = 100 }; /* cases on a page, so at most on a slip */

/* Sorted after every organisation's code, which is of capitals and digits. */
#define AFTER_ALL "zzzz"

/* Which slips are looked at. */
struct slips {
    str hall, unit;       /* "": every department */
    str last_unit;        /* up to this code */
    day on;
    bool is_signed;
    struct intake_of after; /* the last case of the page before; or nothing */
};

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

static enum err wanted(struct request *rq, struct tx *tx, struct slips *s)
{
    *s = (struct slips){
        .on = rq_day(rq, "day"), .unit = rq_text(rq, "unit"),
        .is_signed = str_is(rq_text(rq, "view"), "signed"),
    };
    s->after.unit = s->unit;
    s->last_unit = s->unit.n ? s->unit : STR(AFTER_ALL);
    if (day_is_none(s->on))
        s->on = tx_today(tx);
    enum err e = own_hall(rq, tx, &s->hall);
    if (e != OK || !rq_has(rq, "after"))
        return e;
    e = intake_of(tx, s->hall, s->on, rq_text(rq, "after"), &s->after);
    return e == ERR_NOTFOUND ? OK : e; /* from the beginning, then */
}

static str address(struct arena *a, const struct slips *s)
{
    char at[DAY_TEXT];
    return arena_printf(a, "/counter/handover?day=%.*s&unit=%.*s&view=%s",
                        STR_ARG(day_text(s->on, at)),
                        STR_ARG(page_query_text(a, s->unit)),
                        s->is_signed ? "signed" : "open");
}

/* The ids of a page, and of the one after it if there is more. */
static enum err page_ids(struct tx *tx, const struct slips *s, int64_t *ids,
                         size_t *n)
{
    struct intake_open *o;
    struct intake_signed *g;
    inst at = s->after.id ? s->after.signed_at : (inst){ 0 };
    enum err e;
    if (!s->is_signed) {
        e = intake_open(tx, s->hall, s->on, s->last_unit, s->after.unit,
                        s->after.id, &o, n);
        for (size_t i = 0; e == OK && i < *n; i++)
            ids[i] = o[i].id;
        return e;
    }
    e = intake_signed(tx, s->hall, s->on, s->last_unit, s->after.unit,
                      inst_is_none(at) ? (inst){ 0 } : at, s->after.id, &g, n);
    for (size_t i = 0; e == OK && i < *n; i++)
        ids[i] = g[i].id;
    return e;
}

static void show_row(struct view *v, struct value *list,
                     const struct intake_rows *r)
{
    struct view row = view_row(v, list);
    view_text(&row, "case_no", r->case_no);
    view_text(&row, "title", r->title);
    view_text(&row, "number", r->ticket);
    view_text(&row, "clerk", r->clerk_name);
    view_text(&row, "at", windows_minute_text(v->arena, inst_minute(r->at)));
}

/* One slip: a department's, and of one signature if it has one. */
static bool same_slip(const struct intake_rows *a, const struct intake_rows *b)
{
    return str_eq(a->unit, b->unit) && a->signed_at.ms == b->signed_at.ms;
}

static void show_slips(struct view *v, const struct intake_rows *r, size_t n)
{
    struct value *groups = view_list(v, "groups");
    char at[INST_TEXT];
    for (size_t from = 0, to; from < n; from = to) {
        const struct intake_rows *s = &r[from];
        struct view g = view_row(v, groups);
        struct value *rows = view_list(&g, "rows");
        for (to = from; to < n && same_slip(s, &r[to]); to++)
            show_row(&g, rows, &r[to]);
        bool open = inst_is_none(s->signed_at);
        view_text(&g, "unit", s->unit);
        view_text(&g, "unit_name", s->unit_name);
        view_int(&g, "count", (int64_t)(to - from));
        view_text(&g, "first", s->case_no);
        view_text(&g, "last", r[to - 1].case_no);
        view_bool(&g, "open", open);
        view_text(&g, "done",
                  open ? STR("")
                       : arena_printf(v->arena, "%.*s，%.*s",
                                      STR_ARG(s->signed_by),
                                      STR_ARG(inst_minutes_text(s->signed_at,
                                                                at))));
    }
}

/* The departments to choose among, each with what still waits for it. */
static enum err show_units(struct tx *tx, struct view *v, const struct slips *s)
{
    struct intake_units *u;
    int64_t all = 0, done = 0;
    size_t n;
    enum err e = intake_units(tx, s->hall, s->on, &u, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "units");
    page_option(v, list, STR(""), STR("全部部门"), s->unit);
    for (size_t i = 0; i < n; i++) {
        page_option(v, list, u[i].unit,
                    arena_printf(v->arena, "%.*s（待移交 %lld 件）",
                                 STR_ARG(u[i].name),
                                 (long long)(u[i].n - u[i].done)),
                    s->unit);
        all += u[i].n;
        done += u[i].done;
    }
    view_int(v, "total", all);
    view_int(v, "waiting", all - done);
    view_int(v, "done", done);
    return OK;
}

/* A day before this one that was never handed over whole; "" when none. */
static enum err show_left(struct tx *tx, struct view *v, const struct slips *s)
{
    struct intake_left left;
    char at[DAY_TEXT];
    enum err e = intake_left(tx, s->hall, s->on, &left);
    if (e == OK)
        view_text(v, "left", day_is_none(left.day)
                                 ? STR("")
                                 : arena_str(v->arena,
                                             day_text(left.day, at)));
    return e;
}

static enum err show_page(struct request *rq, struct tx *tx, struct view *v,
                          const struct slips *s)
{
    struct intake_rows *r;
    int64_t ids[SLIP + 1];
    size_t n = 0, shown;
    enum err e = page_ids(tx, s, ids, &n);
    shown = n > SLIP ? SLIP : n;
    if (e == OK)
        e = intake_rows(tx, search_list(tx->arena, ids, shown), &r, &shown);
    if (e != OK)
        return e;
    show_slips(v, r, shown);
    str same = address(v->arena, s);
    str next = n > SLIP ? arena_printf(v->arena, "%.*s&after=%.*s",
                                       STR_ARG(same),
                                       STR_ARG(r[shown - 1].case_no))
                        : STR("");
    page_pager_part(v, "pager", rq_has(rq, "after") ? same : STR(""), next,
                    (int64_t)shown, SLIP);
    return OK;
}

enum err window_handover_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct slips s;
    char text[DAY_TEXT];
    rq_menu(rq, "desk.handover");
    enum err e = wanted(rq, tx, &s);
    if (e == OK)
        e = show_units(tx, v, &s);
    if (e == OK)
        e = show_left(tx, v, &s);
    if (e == OK)
        e = show_page(rq, tx, v, &s);
    if (e != OK)
        return e;
    view_text(v, "day", arena_str(v->arena, day_text(s.on, text)));
    struct value *list = view_list(v, "views");
    str view = s.is_signed ? STR("signed") : STR("open");
    page_option(v, list, STR("open"), STR("待移交"), view);
    page_option(v, list, STR("signed"), STR("已移交"), view);
    return OK;
}

/* ---- signing ---- */

/* The cases a slip runs from and to; a sentence when it is not of this day. */
static enum err slip_ends(struct request *rq, struct tx *tx, str hall, day on,
                          int64_t *first, int64_t *last)
{
    struct intake_of a, b;
    str unit = rq_text(rq, "unit");
    enum err e = intake_of(tx, hall, on, rq_text(rq, "first"), &a);
    if (e == OK)
        e = intake_of(tx, hall, on, rq_text(rq, "last"), &b);
    if (e == ERR_NOTFOUND ||
        (e == OK && (!str_eq(a.unit, unit) || !str_eq(b.unit, unit))))
        return rq_fail(rq, ERR_NOTFOUND,
                       "清单上的办件不是这个部门这一天的收件，请重新打开移交"
                       "清单。");
    if (e == OK) {
        *first = a.id;
        *last = b.id;
    }
    return e;
}

enum err window_handover_post(struct request *rq, struct tx *tx)
{
    str hall, unit = rq_text(rq, "unit"), by = rq_text(rq, "signed_by");
    day on = rq_day(rq, "day");
    int64_t changed = 0, first = 0, last = 0;
    char text[DAY_TEXT];
    if (day_is_none(on))
        return rq_fail_field(rq, ERR_INPUT, "day", STR("请选择哪一天"));
    enum err e = own_hall(rq, tx, &hall);
    if (e == OK)
        e = slip_ends(rq, tx, hall, on, &first, &last);
    if (e == OK)
        e = intake_sign(tx, hall, on, unit, first, last, tx->now, by, &changed);
    /* Who signs has a list in hand: neither more nor less than stands on it. */
    if (e == OK && changed != rq_int(rq, "count", 0))
        return rq_fail(rq, ERR_CONFLICT,
                       "清单打开以后有变化：已经有人签收，或者又收了新件。没有"
                       "登记，请核对最新的清单再签收。");
    str iso = arena_str(tx->arena, day_text(on, text));
    if (e == OK)
        e = intake_sum_sign(tx, hall, on, unit, changed);
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
