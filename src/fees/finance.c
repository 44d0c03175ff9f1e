/*
 * The finance desk: refunds to be approved, and the days of the books.
 *
 * Who asked for a refund does not approve it.  A difference is shown with what
 * to do about it; nothing mends it but a person who says why.
 */
#include "fees/pages.h"

#include "fees/show.h"
#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

/* ---- refunds ---- */

enum err refunds_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_refunds_waiting *r;
    size_t n;
    rq_menu(rq, "desk.refunds");
    enum err e = fee_refunds_waiting(tx, &r, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        bool asked = str_is(r[i].state, "requested");
        bool failed = str_is(r[i].state, "failed");
        struct view row = view_row(v, list);
        view_text(&row, "number", r[i].number);
        view_text(&row, "notice", r[i].notice);
        view_fen(&row, "amount", r[i].amount);
        view_text(&row, "reason", r[i].reason);
        view_text(&row, "asked_name", r[i].asked_name);
        view_text(&row, "answer", r[i].answer);
        view_inst(&row, "opened", r[i].opened);
        page_tag(&row, "state", asked    ? STR("待审核")
                                : failed ? STR("退付失败") : STR("退付中"));
        view_bool(&row, "decide", asked);
        view_bool(&row, "retry", failed);
    }
    return e;
}

/* The platform refused or was away: once more, by hand. */
static enum err retry(struct request *rq, struct tx *tx,
                      const struct fee_refund_one *r)
{
    enum err e = fee_refund_retry(tx, r->id);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这笔退付不是失败的，请刷新后查看。");
    if (e == OK)
        e = call_again(tx, fees_refund_call.name, r->number);
    return e == OK ? audit_note(tx, STR("fee.retry"), r->number, r->notice)
                   : e;
}

enum err refund_decide_post(struct request *rq, struct tx *tx)
{
    struct fee_refund_one r;
    str act = rq_text(rq, "act"), sentence = STR("");
    enum err e = fee_refund_one(tx, rq_path(rq, "refund"), &r);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这笔退付，请核对编号。");
    if (e == OK)
        e = str_is(act, "retry")
                ? retry(rq, tx, &r)
                : fee_decide_back(tx, &r, str_is(act, "approve"),
                                  str_trim(rq_text(rq, "answer")), &sentence);
    if (e != OK)
        return sentence.n ? rq_fail_str(rq, e, sentence) : e;
    rq_flash(rq, "ok", str_is(act, "refuse") ? STR("已不予退付。")
                                             : STR("已同意，正在退付。"));
    return rq_see_other(rq, "/fees/refunds");
}

/* ---- days ---- */

static void day_tag(struct view *row, str state, int64_t open)
{
    page_tag(row, "state", str_is(state, "waiting")  ? STR("等待对账单")
                           : str_is(state, "failed") ? STR("没有读成")
                           : open ? STR("有差异") : STR("相符"));
}

enum err days_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_days *d;
    size_t n;
    char text[DAY_TEXT];
    rq_menu(rq, "desk.days");
    enum err e = fee_days(tx, &d, &n);
    struct value *list = view_list(v, "rows");
    view_text(v, "yesterday",
              arena_str(v->arena, day_text((day){ tx_today(tx).n - 1 }, text)));
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "day", arena_str(v->arena,
                                         day_text(d[i].day, text)));
        view_int(&row, "lines", d[i].lines);
        view_fen(&row, "sum", (fen){ d[i].sum });
        view_int(&row, "our_lines", d[i].our_lines);
        view_fen(&row, "our_sum", (fen){ d[i].our_sum });
        view_int(&row, "differences", d[i].open);
        day_tag(&row, d[i].state, d[i].open);
    }
    return e;
}

static enum err load_day(struct request *rq, struct tx *tx,
                         struct fee_day_one *out)
{
    day d;
    if (!day_parse(rq_path(rq, "day"), &d))
        return rq_fail(rq, ERR_NOTFOUND, "日期写成 2026-11-22 这样。");
    enum err e = fee_day_one(tx, d, out);
    return e == ERR_NOTFOUND ? rq_fail(rq, e, "这一天还没有对账。") : e;
}

static void show_gap(struct view *v, struct value *list,
                     const struct fee_differences *x)
{
    bool open = str_is(x->state, "open");
    struct view row = view_row(v, list);
    view_text(&row, "id", arena_printf(v->arena, "%lld", (long long)x->id));
    view_text(&row, "word", fee_gap_word(x->kind));
    view_text(&row, "advice", open ? fee_gap_advice(x->kind) : STR(""));
    view_text(&row, "platform_no", x->platform_no);
    view_text(&row, "notice", x->notice);
    view_fen(&row, "ours", x->ours == INT_NONE ? fen_none : (fen){ x->ours });
    view_fen(&row, "theirs", x->theirs == INT_NONE ? fen_none
                                                   : (fen){ x->theirs });
    view_bool(&row, "open", open);
    view_bool(&row, "book", open && str_is(x->kind, "missing_here"));
    view_text(&row, "done", open ? STR("")
                            : arena_printf(v->arena, "%s，%.*s：%.*s",
                                           str_is(x->state, "booked")
                                               ? "已补记" : "已查明",
                                           STR_ARG(x->closed_name),
                                           STR_ARG(x->note)));
}

enum err day_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct fee_day_one d;
    struct fee_differences *x;
    size_t n = 0;
    int64_t open = 0;
    enum err e = load_day(rq, tx, &d);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.days");
    view_text(v, "day", rq_path(rq, "day"));
    view_text(v, "problem", d.problem);
    view_int(v, "lines", d.lines);
    view_fen(v, "sum", (fen){ d.sum });
    view_int(v, "our_lines", d.our_lines);
    view_fen(v, "our_sum", (fen){ d.our_sum });
    view_text(v, "sha256", d.sha256);
    view_bool(v, "finance", rq_may(rq, "fees.finance"));
    e = fee_differences(tx, d.day, &x, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        open += str_is(x[i].state, "open");
        show_gap(v, list, &x[i]);
    }
    day_tag(v, d.state, open);
    return e;
}

enum err day_read_post(struct request *rq, struct tx *tx)
{
    day d;
    char text[DAY_TEXT];
    if (!day_parse(rq_path(rq, "day"), &d) || d.n >= tx_today(tx).n)
        return rq_fail(rq, ERR_RANGE, "只有已经过完的一天可以对账。");
    if (fee_set()->url.n == 0)
        return rq_fail(rq, ERR_CONFLICT, "没有接通缴费平台，读不到对账单。");
    enum err e = fee_day_start(tx, d, NULL);
    if (e == OK)
        e = call_again(tx, fees_day_call.name, day_text(d, text));
    if (e == OK)
        e = audit_note(tx, STR("fee.day"), day_text(d, text), STR(""));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("正在向缴费平台取对账单，请过几秒刷新。"));
    return rq_see_other(rq, "/fees/days/%.*s", STR_ARG(day_text(d, text)));
}

/* ---- a difference ---- */

/* As if the platform had told us, by its own file. */
static enum err book(struct request *rq, struct tx *tx,
                     const struct fee_difference_one *x)
{
    enum { NOON_MS = 12 * 3600000 };
    struct fee_line_one line;
    enum err e = fee_line_one(tx, x->day, x->platform_no, &line);
    if (e != OK)
        return e;
    if (!str_is(x->kind, "missing_here") || line.refund)
        return rq_fail(rq, ERR_CONFLICT,
                       "只有我方没有记到的缴款可以补记；退付请平台查明。");
    struct fee_money m = {
        .platform_no = x->platform_no, .notice = line.notice,
        .channel = STR("对账单"), .amount = line.amount, .source = "day",
        .paid_at = { day_begin(line.dated).ms + NOON_MS },
    };
    e = fee_book(tx, &m);
    return e == ERR_CONFLICT
               ? rq_fail(rq, e, "这笔流水号已经按别的金额入账，请先查明。") : e;
}

enum err difference_post(struct request *rq, struct tx *tx)
{
    enum { SHORTEST = 4 };
    struct fee_difference_one x;
    int64_t id;
    char text[DAY_TEXT];
    bool booking = str_is(rq_text(rq, "act"), "book");
    str note = str_trim(rq_text(rq, "note"));
    if (!str_int(rq_path(rq, "difference"), &id))
        return rq_fail(rq, ERR_NOTFOUND, "没有这条差异。");
    enum err e = fee_difference_one(tx, id, &x);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这条差异，对账单可能重新读取过，请刷新。");
    if (e == OK && utf8_count(note) < SHORTEST)
        return rq_fail(rq, ERR_RANGE,
                       "请写明查明的情况，至少四个字，留作凭据。");
    if (e == OK && booking)
        e = book(rq, tx, &x);
    if (e == OK)
        e = fee_difference_close(tx, x.id, booking ? STR("booked")
                                                   : STR("closed"),
                                 note, tx->who->name, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这条差异已经有人处理，请刷新后查看。");
    if (e == OK)
        e = audit_note(tx, STR("fee.difference"), x.platform_no, note);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", booking ? STR("已补记。") : STR("已注明。"));
    return rq_see_other(rq, "/fees/days/%.*s", STR_ARG(day_text(x.day, text)));
}

/* ---- the supervisor's view ---- */

static enum err show_rules(struct tx *tx, struct view *v)
{
    struct fee_rules *r;
    size_t n;
    struct value *list = view_list(v, "rules");
    enum err e = fee_rules(tx, &r, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "item", r[i].item);
        view_text(&row, "name", r[i].name);
        view_text(&row, "basis", r[i].basis);
        view_text(&row, "standard", r[i].standard);
        view_text(&row, "holder", r[i].holder);
        view_text(&row, "hold", str_is(r[i].hold, "accept")
                                    ? STR("受理时开出，决定等待")
                                    : STR("决定时开出，证照等待"));
    }
    return e;
}

enum err fees_watch_show(struct request *rq, struct tx *tx)
{
    enum { YEAR_MS = 365 };
    struct view *v = rq_view(rq);
    struct fee_figures *f;
    struct fee_refused_list *bad;
    struct fee_differences_open open;
    size_t n, refused;
    rq_menu(rq, "desk.fees");
    inst from = { tx->now.ms - YEAR_MS * 86400000LL };
    enum err e = fee_figures_since(tx, from, &f, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "unit_name", f[i].unit_name);
        view_text(&row, "name", f[i].name);
        view_int(&row, "notices", f[i].notices);
        view_fen(&row, "total", f[i].total);
        view_fen(&row, "paid", f[i].paid);
        view_fen(&row, "refunded", f[i].refunded);
        view_int(&row, "exempt", f[i].exempt);
        view_int(&row, "expired", f[i].expired);
    }
    if (e == OK)
        e = fee_differences_open(tx, &open);
    if (e == OK)
        e = fee_refused_list(tx, &bad, &refused);
    view_int(v, "differences", e == OK ? open.differences : 0);
    struct value *calls = view_list(v, "refused");
    for (size_t i = 0; e == OK && i < refused; i++) {
        struct view row = view_row(v, calls);
        view_inst(&row, "at", bad[i].at);
        view_text(&row, "why", bad[i].why);
    }
    return e == OK ? show_rules(tx, v) : e;
}
