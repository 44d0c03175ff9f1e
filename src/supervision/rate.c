/*
 * Rating an ended case (好差评, 国办发〔2019〕51号): once in each channel, five
 * levels, by whoever the matter belongs to.
 *
 * Who that is follows from how they come: the secret of the receipt's QR code,
 * the applicant's own session, or a window clerk who writes down what the
 * person says at the window or on the telephone.  Nobody is asked for a name,
 * nothing is filled in for the silent, and the audit trail has the level but
 * never the words.
 */
#include "supervision/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/page/page.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

enum { TICKET = 12 }; /* letters of a receipt's secret; shorter is none */

/* Equal in a time that does not tell where the first difference is. */
static bool same_secret(str a, str b)
{
    unsigned char different = 0;
    if (a.n != b.n || a.n < TICKET)
        return false;
    for (size_t i = 0; i < a.n; i++)
        different |= (unsigned char)(a.p[i] ^ b.p[i]);
    return different == 0;
}

static bool is_owner(const struct tx *tx, const struct rated_case *c)
{
    int64_t me = tx->who->account;
    return me != 0 && (c->applicant == me || c->proxy == me);
}

static enum err not_theirs(struct request *rq)
{
    return rq_fail(rq, ERR_DENIED,
                   "只有申请人可以评价：请扫描收件回执上的二维码，"
                   "或者登录申请时的账号。");
}

/* The channel this person rates by; none: they may not. */
static str channel_of(struct request *rq, struct tx *tx,
                      const struct rated_case *c)
{
    if (same_secret(rq_text(rq, "ticket"), c->ticket))
        return STR("qr");
    if (is_owner(tx, c))
        return STR("web");
    if (rq_may(rq, "supervision.record"))
        return str_is(rq_text(rq, "channel"), "phone") ? STR("phone")
                                                       : STR("window");
    return str_none;
}

static enum err load(struct request *rq, struct tx *tx, struct rated_case *c)
{
    enum err e = rated_case(tx, rq_path(rq, "number"), c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对受理凭证上的编号。");
    if (e != OK)
        return e;
    if (str_is(c->kind, "part"))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这是并联办件中一个部门的分件，请在整件的进度页评价。");
    if (!rating_state(c->state))
        return rq_fail(rq, ERR_CONFLICT,
                       "这件还没有办结，办结后再请您评价。");
    return OK;
}

/* ---- the page ---- */

static void show_levels(struct request *rq, struct view *v)
{
    struct value *list = view_list(v, "levels");
    int64_t chosen = rq_int(rq, "level", 0);
    for (int i = 1; i <= RATING_LEVELS; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "value", arena_printf(v->arena, "%d", i));
        view_text(&row, "label", str_of(rating_level(i)->label));
        view_text(&row, "icon", str_of(rating_level(i)->icon));
        view_bool(&row, "chosen", i == chosen);
    }
}

static bool ticked(const struct value *chosen, const char *code)
{
    if (chosen == NULL)
        return false;
    if (chosen->kind == VALUE_TEXT)
        return str_is(chosen->text, code);
    for (const struct value *c = chosen->first; c; c = c->next)
        if (str_is(c->text, code))
            return true;
    return false;
}

static void show_reasons(struct request *rq, struct view *v)
{
    struct value *list = view_list(v, "reasons");
    for (const struct rating_reason *r = rating_reasons; r->code; r++) {
        struct view row = view_row(v, list);
        view_text(&row, "value", str_of(r->code));
        view_text(&row, "label", str_of(r->label));
        view_bool(&row, "chosen", ticked(rq_value(rq, "reason"), r->code));
    }
}

static void show_fields(struct request *rq, struct view *v, bool clerk)
{
    static const struct page_choice channels[] = {
        { .value = { "window", 6 }, .label = { "窗口当面评价", 18 } },
        { .value = { "phone", 5 }, .label = { "电话回访评价", 18 } },
    };
    struct value *list = view_list(v, "fields");
    str problem;
    struct page_field text = {
        .name = "text", .type = "lines", .label = STR("想说的话"),
        .value = rq_text(rq, "text"), .optional = true,
    };
    if (rq_problem(rq, "text", &problem))
        text.error = problem;
    page_field(v, list, &text);
    struct page_field channel = {
        .name = "channel", .type = "choice", .label = STR("评价方式"),
        .hint = STR("由工作人员按照办事人的原话记录，记录人写入审计。"),
        .value = rq_has(rq, "channel") ? rq_text(rq, "channel")
                                       : STR("window"),
        .choices = channels, .choice_count = 2,
    };
    if (clerk)
        page_field(v, list, &channel);
}

static bool by_clerk(str channel)
{
    return str_is(channel, "window") || str_is(channel, "phone");
}

enum err rate_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct rated_case c;
    struct rating_given given;
    enum err e = load(rq, tx, &c);
    if (e != OK)
        return e;
    str channel = channel_of(rq, tx, &c);
    if (str_is_none(channel) && tx->who->account == 0 && !rq_wants_json(rq))
        return rq_see_other(rq, "/login?next=/cases/%.*s/rate",
                            STR_ARG(c.number));
    if (str_is_none(channel))
        return not_theirs(rq);
    e = rating_given(tx, c.number, channel, &given);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    rq_menu(rq, "services");
    view_text(v, "number", c.number);
    view_text(v, "title", c.title);
    view_text(v, "unit_name", c.unit_name);
    view_text(v, "ticket", str_is(channel, "qr") ? rq_text(rq, "ticket")
                                                 : STR(""));
    show_levels(rq, v);
    show_reasons(rq, v);
    show_fields(rq, v, by_clerk(channel));
    /* A clerk's other channel may still be free. */
    view_text(v, "given", e == OK && !by_clerk(channel)
                              ? str_of(rating_level(given.level)->label)
                              : STR(""));
    return OK;
}

/* ---- giving it ---- */

static str reasons_text(struct request *rq, struct arena *a)
{
    str all = STR("");
    for (const struct rating_reason *r = rating_reasons; r->code; r++)
        if (ticked(rq_value(rq, "reason"), r->code))
            all = arena_printf(a, "%.*s%s%s", STR_ARG(all), all.n ? " " : "",
                               r->code);
    return all;
}

static enum err add_scores(struct tx *tx, str unit, bool bad)
{
    enum err e = score_add(tx, tx_today(tx), unit, 1, !bad, bad, NULL);
    return e == OK ? score_add(tx, tx_today(tx), STR(""), 1, !bad, bad, NULL)
                   : e;
}

/* The two clocks begin to run for people who know of them. */
static enum err tell_bad(struct tx *tx, const struct rated_case *c,
                         str channel, int64_t level,
                         const struct rating_clocks *clocks)
{
    struct arena *a = tx->arena;
    char verify[DAY_TEXT], mend[DAY_TEXT];
    struct watch_letter l = {
        .unit = c->unit, .holder = STR(""), .leaders = true,
        .supervisors = true, .about = STR("rating"), .ref = c->number,
        .title = arena_printf(a, "差评：%.*s", STR_ARG(c->title)),
        .body = arena_printf(a, "办件 %.*s 收到“%s”评价。\n请在 %.*s 前与"
                             "评价人核实，%.*s 前整改并反馈。",
                             STR_ARG(c->number),
                             rating_level(level)->label,
                             STR_ARG(day_text(clocks->verify_by, verify)),
                             STR_ARG(day_text(clocks->mend_by, mend))),
        .link = arena_printf(a, "/supervision/ratings/%.*s/%.*s",
                             STR_ARG(c->number), STR_ARG(channel)),
    };
    return watch_tell(tx, &l);
}

static enum err give(struct request *rq, struct tx *tx,
                     const struct rated_case *c, str channel)
{
    struct arena *a = tx->arena;
    int64_t level = rq_int(rq, "level", 0);
    bool bad = rating_bad_level(level);
    struct rating_clocks clocks = { day_none, day_none };
    if (bad)
        clocks = rating_clocks(tx->calendar, tx_today(tx));
    str remark = rq_text(rq, "text");
    enum err e = rating_add(tx, store_id(tx->store), c->number, c->unit,
                            c->item, channel, level, reasons_text(rq, a),
                            remark.n ? remark : str_none, tx->now,
                            tx_today(tx), clocks.verify_by, clocks.mend_by);
    if (e == OK)
        e = add_scores(tx, c->unit, bad);
    if (e == OK)
        e = audit_note(tx, STR("rating.give"), c->number,
                       arena_printf(a, "%.*s %s", STR_ARG(channel),
                                    rating_level(level)->label));
    return e == OK && bad ? tell_bad(tx, c, channel, level, &clocks) : e;
}

enum err rate_post(struct request *rq, struct tx *tx)
{
    struct rated_case c;
    struct rating_given given;
    enum err e = load(rq, tx, &c);
    if (e != OK)
        return e;
    str channel = channel_of(rq, tx, &c);
    if (str_is_none(channel))
        return not_theirs(rq);
    e = rating_given(tx, c.number, channel, &given);
    if (e == OK)
        return rq_fail_str(
            rq, ERR_CONFLICT,
            arena_printf(tx->arena, "这件已经评价过“%s”，每种方式评价一次，"
                         "不能更改。",
                         rating_level(given.level)->label));
    if (e == ERR_NOTFOUND)
        e = give(rq, tx, &c, channel);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("谢谢您的评价。"));
    return rq_see_other(rq, "/cases/%.*s", STR_ARG(c.number));
}
