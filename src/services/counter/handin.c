/*
 * Handing in what was let come later (容缺后补): by the applicant, by who filed
 * for them, or over any counter that is open.
 *
 * One paper at a time, and handing it in is done with the same press: each goes
 * to every department that waits for it, and each looks for itself.
 */
#include "services/work/gap.h"

#include "kernel/audit/audit.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/apply/held.h"
#include "services/counter/intake.h"
#include "services/pages.h"
#include "services/show.h"

struct handin {
    struct case_load thread;   /* the single, or the joint one */
    const struct offer *offer;
    struct gap_mine *gaps;     /* of all its departments */
    size_t n;
    bool counter;              /* a clerk takes it */
};

/* The clerk who filed it may go on from any desk, any other at a counter. */
static enum err may(struct request *rq, struct tx *tx, struct handin *h)
{
    struct intake_seat seat;
    int64_t me = tx->who->account;
    bool own = me != 0 && (h->thread.applicant == me || h->thread.proxy == me);
    if (!rq_may(rq, "case.intake"))
        return own ? OK
                   : rq_fail(rq, ERR_DENIED, "只有申请人本人、代办人或者窗口可"
                                             "以补交材料。");
    enum err e = own ? intake_seat(tx, &seat) : intake_seated(rq, tx, &seat);
    h->counter = e == OK;
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err load(struct request *rq, struct tx *tx, struct handin *h)
{
    struct case_number parent;
    enum err e = case_load(tx, rq_path(rq, "number"), &h->thread);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e == OK && h->thread.parent != INT_NONE) {
        e = case_number(tx, h->thread.parent, &parent);
        if (e == OK)
            e = case_load(tx, parent.number, &h->thread);
    }
    if (e == OK)
        e = may(rq, tx, h);
    if (e == OK)
        e = gap_mine(tx, h->thread.id, &h->gaps, &h->n);
    if (e == OK && h->n == 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "这件没有等待补交的容缺材料，请查看办理进度。");
    return e == OK ? case_offer(tx, &h->thread, &h->offer) : e;
}

static bool missing(const struct gap_mine *g)
{
    return g->open && (str_is(g->state, "open") || str_is(g->state, "wrong"));
}

static bool too_late(const struct tx *tx, const struct gap_mine *g)
{
    return g->gap_due.n < tx_today(tx).n;
}

/* Whose licences and papers may be taken: only in their own account. */
static int64_t owner(const struct handin *h)
{
    const struct case_load *c = &h->thread;
    return !h->counter && c->applicant != c->proxy ? c->applicant : 0;
}

/* ---- the page ---- */

static bool first_of_code(const struct handin *h, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (str_eq(h->gaps[k].code, h->gaps[i].code))
            return false;
    return true;
}

/* What the departments say of one paper. */
struct wanted {
    bool open, handed, good, late;
    day due;
    str units, reason;
};

static struct wanted wanted_of(struct arena *a, const struct tx *tx,
                               const struct handin *h, str code)
{
    struct wanted w = { .due = day_none, .units = STR(""), .reason = STR("") };
    for (size_t i = 0; i < h->n; i++) {
        const struct gap_mine *g = &h->gaps[i];
        if (!str_eq(g->code, code))
            continue;
        w.handed |= str_is(g->state, "handed");
        w.good |= str_is(g->state, "good");
        w.units = arena_printf(a, "%.*s%s%.*s", STR_ARG(w.units),
                               w.units.n ? "、" : "", STR_ARG(g->unit_name));
        if (g->reason.n)
            w.reason = g->reason;
        if (!missing(g))
            continue;
        if (too_late(tx, g)) {
            w.late = true;
            continue;
        }
        w.open = true;
        if (day_is_none(w.due) || g->gap_due.n < w.due.n)
            w.due = g->gap_due;
    }
    return w;
}

static enum err show_held(struct view *row, struct tx *tx,
                          const struct handin *h, const struct form_paper *p,
                          bool open)
{
    struct held *held;
    size_t n;
    enum err e = held_for(tx, open ? owner(h) : 0, p, &held, &n);
    if (e == OK)
        held_show(row, held, n,
                  arena_printf(row->arena, "/cases/%.*s/handin/%.*s/take",
                               STR_ARG(h->thread.number), STR_ARG(p->code)));
    return e;
}

static enum err show_paper(struct request *rq, struct tx *tx,
                           struct value *list, const struct handin *h,
                           const struct gap_mine *g)
{
    const struct form_paper *p = offer_paper(h->offer, g->code);
    struct view row = view_row(rq_view(rq), list);
    struct wanted w = wanted_of(row.arena, tx, h, g->code);
    str error = STR("");
    if (str_eq(rq_path(rq, "code"), g->code))
        rq_problem(rq, "file", &error);
    view_text(&row, "code", g->code);
    view_text(&row, "name", g->name);
    view_text(&row, "note", p ? p->note : STR(""));
    view_text(&row, "units", w.units);
    view_text(&row, "reason", w.reason);
    view_text(&row, "error", error);
    view_bool(&row, "open", w.open && p);
    view_bool(&row, "late", w.late && !w.open);
    view_day(&row, "due", w.due);
    page_tag(&row, "state", w.open && w.reason.n ? STR("退回重交")
                            : w.open             ? STR("待补交")
                            : w.late             ? STR("未补齐")
                            : w.handed           ? STR("待核对")
                            : w.good             ? STR("已补齐")
                                                 : STR("未补齐"));
    if (p)
        return show_held(&row, tx, h, p, w.open);
    view_list(&row, "held");
    return OK;
}

enum err handin_show(struct request *rq, struct tx *tx)
{
    struct handin h = { .n = 0 };
    enum err e = load(rq, tx, &h);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, h.counter ? "desk.intake" : "services");
    if (h.counter)
        rq_page(rq, "services/handin_desk");
    view_text(v, "number", h.thread.number);
    view_text(v, "title", h.thread.title);
    view_text(v, "applicant_open", h.thread.applicant_open);
    view_bool(v, "counter", h.counter);
    struct value *list = view_list(v, "papers");
    for (size_t i = 0; e == OK && i < h.n; i++)
        if (first_of_code(&h, i))
            e = show_paper(rq, tx, list, &h, &h.gaps[i]);
    return e;
}

/* ---- handing in ---- */

/* The paper, while somebody waits for it. */
static enum err paper_wanted(struct request *rq, const struct tx *tx,
                             const struct handin *h,
                             const struct form_paper **out)
{
    str code = rq_path(rq, "code");
    bool known = false, awaited = false, late = false;
    for (size_t i = 0; i < h->n; i++) {
        const struct gap_mine *g = &h->gaps[i];
        if (!str_eq(g->code, code))
            continue;
        known = true;
        late |= missing(g) && too_late(tx, g);
        awaited |= missing(g) && !too_late(tx, g);
    }
    *out = offer_paper(h->offer, code);
    if (!known || *out == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "这件不等这份材料。");
    if (!awaited && late)
        return rq_fail(rq, ERR_RANGE,
                       "这份材料的补交期限已经届满，不能再交。需要再给期限的，"
                       "请联系承办部门。");
    if (!awaited)
        return rq_fail(rq, ERR_CONFLICT, "这份材料已经交过，不用再交。");
    return OK;
}

/* Every department that waits for it has it; one whose day has passed has
 * not. */
static enum err hand_over(struct request *rq, struct tx *tx,
                          const struct handin *h, const struct form_paper *p,
                          const struct upload *u, str source, str ref)
{
    enum err e = paper_add(tx, store_id(tx->store), h->thread.id, p->code,
                           u->name, p->name, source, u->sha256, u->size,
                           u->type, tx->now, ref);
    if (e == OK && !str_is_none(u->sha256))
        e = files_mention(tx, u, "services", h->thread.number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "文件没有保存下来，请重新上传。");
    for (size_t i = 0; e == OK && i < h->n; i++) {
        const struct gap_mine *g = &h->gaps[i];
        struct act act = { .verb = VERB_HANDIN, .number = g->number,
                           .list = p->code };
        if (!str_eq(g->code, p->code) || !missing(g) || too_late(tx, g))
            continue;
        e = case_act(tx, &act);
        if (e != OK && act.sentence.n)
            return rq_fail_str(rq, e, act.sentence);
    }
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", h->thread.number);
    view_text(rq_view(rq), "code", p->code);
    rq_flash(rq, "ok", arena_printf(tx->arena, "“%.*s”已经交给部门，等核对。",
                                    STR_ARG(p->name)));
    return rq_see_other(rq, "/cases/%.*s/handin", STR_ARG(h->thread.number));
}

enum err handin_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    const struct form_paper *p;
    struct handin h = { .n = 0 };
    str problem = STR("");
    enum err e = load(rq, tx, &h);
    if (e == OK)
        e = paper_wanted(rq, tx, &h, &p);
    if (e != OK)
        return e;
    bool seen = h.counter && rq_text(rq, "seen").n;
    if (!rq_upload(rq, "file", &u))
        return seen ? OK : rq_fail_field(rq, ERR_INPUT, "file",
                                         STR("请选择要上传的文件。"));
    e = files_adopt(u, &problem);
    if (e == ERR_BUSY)
        return rq_fail_str(rq, e, problem);
    return e == OK ? OK : rq_fail_field(rq, e, "file", problem);
}

/* A clerk has looked at the paper itself: 已收原件, 已收复印件. */
static enum err taken_by_hand(struct request *rq, struct tx *tx,
                              const struct handin *h,
                              const struct form_paper *p)
{
    str seen = rq_text(rq, "seen"), word = intake_paper_word(seen);
    struct upload none = { .name = word, .sha256 = str_none,
                           .type = STR("") };
    if (!h->counter || str_is_none(word) || str_is(seen, "later"))
        return rq_fail_field(rq, ERR_INPUT, "file",
                             STR("请选择文件，或者收到的是原件还是复印件。"));
    return hand_over(rq, tx, h, p, &none, STR("paper"), str_none);
}

enum err handin_post(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    const struct form_paper *p;
    struct handin h = { .n = 0 };
    enum err e = load(rq, tx, &h);
    if (e == OK)
        e = paper_wanted(rq, tx, &h, &p);
    if (e != OK)
        return e;
    if (!rq_upload(rq, "file", &u))
        return taken_by_hand(rq, tx, &h, p);
    return hand_over(rq, tx, &h, p, u, STR("upload"), str_none);
}

/* From the licence library or from an earlier case: no file is asked for. */
enum err handin_take_post(struct request *rq, struct tx *tx)
{
    const struct form_paper *p;
    struct handin h = { .n = 0 };
    struct held held;
    enum err e = load(rq, tx, &h);
    if (e == OK)
        e = paper_wanted(rq, tx, &h, &p);
    if (e != OK)
        return e;
    e = held_chosen(tx, owner(&h), p, rq_text(rq, "licence"),
                    rq_text(rq, "paper"), &held);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e,
                       "没有可以用的这份证照或者材料：它可能不在申请人名下，也"
                       "可能已经失效。请刷新后再选，或者上传文件。");
    if (e != OK)
        return e;
    struct upload bytes = { .name = held.name, .size = held.size,
                            .sha256 = held.sha256, .type = held.type };
    return hand_over(rq, tx, &h, p, &bytes, held.source, held.ref);
}

/* A clerk has only the number on the receipt. */
enum err handin_find(struct request *rq, struct tx *tx)
{
    struct case_load c;
    struct intake_seat seat;
    str number = str_trim(rq_text(rq, "number"));
    enum err e = intake_seated(rq, tx, &seat);
    if (e == OK)
        e = case_load(tx, number, &c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对收件回执上的编号。");
    return e == OK ? rq_see_other(rq, "/cases/%.*s/handin", STR_ARG(number))
                   : e;
}
