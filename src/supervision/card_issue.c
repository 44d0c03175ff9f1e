/*
 * The machine issues a card.
 *
 * A clock tells each rise of its level once; we write one card for it, with a
 * number, an audit note and letters, all in the one transaction that also takes
 * the signal out of the outbox.  Told twice, it is still one card.
 */
#include "supervision/pages.h"

#include "kernel/audit/audit.h"
#include "supervision/queries.gen.h"
#include "supervision/show.h"

struct told {
    const struct card_kind *kind;
    str matter, ref, unit, holder, clock, rule, title, number, reason;
    day due;
};

/* False for what is no news of a clock. */
static bool read_told(str ref, const struct value *p, struct told *t)
{
    *t = (struct told){
        .kind = card_kind_told(value_get_text(p, STR("level"))),
        .matter = value_get_text(p, STR("matter")),
        .ref = ref,
        .unit = value_get_text(p, STR("unit")),
        .holder = value_get_text(p, STR("holder")),
        .clock = value_get_text(p, STR("kind")),
        .rule = value_get_text(p, STR("rule")),
    };
    return t->kind && t->matter.n && t->unit.n && t->clock.n &&
           !str_is_none(t->holder) && !str_is_none(t->rule) &&
           day_parse(value_get_text(p, STR("due")), &t->due);
}

static enum err number_of(struct tx *tx, struct told *t)
{
    int year, month, mday;
    str level = str_of(t->kind->code);
    day_split(tx_today(tx), &year, &month, &mday);
    enum err e = card_series_step(tx, level, year);
    if (e == ERR_CONFLICT) { /* the first of its kind this year */
        e = card_series_start(tx, level, year, NULL);
        if (e == OK)
            e = card_series_step(tx, level, year);
    }
    struct card_series_last last;
    if (e == OK)
        e = card_series_last(tx, level, year, &last);
    if (e == OK)
        t->number = arena_printf(tx->arena, "%c%d-%04lld", t->kind->letter,
                                 year, (long long)last.last);
    return e;
}

/* What the matter is called; a matter of a kind we do not know goes by its
 * number. */
static enum err title_of(struct tx *tx, struct told *t)
{
    struct watched_case c;
    struct watched_matter m;
    struct watched_step s;
    enum err e = OK;
    t->title = t->ref;
    if (str_is(t->matter, "case")) {
        e = watched_case(tx, t->ref, &c);
        if (e == OK)
            t->title = c.title;
    } else if (str_is(t->matter, "matter")) {
        e = watched_matter(tx, t->ref, &m);
        if (e == OK)
            t->title = m.kind;
    } else if (str_is(t->clock, "step")) {
        e = watched_step(tx, t->ref, &s);
        if (e == OK)
            t->title = s.title;
    }
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err tell(struct tx *tx, const struct told *t)
{
    struct arena *a = tx->arena;
    bool warning = str_is(str_of(t->kind->code), "warning");
    str link = warning ? watch_href(a, t->matter, t->ref)
                       : arena_printf(a, "/supervision/cards/%.*s",
                                      STR_ARG(t->number));
    struct watch_letter l = {
        .unit = t->unit, .holder = t->holder, .leaders = !warning,
        .supervisors = str_is(str_of(t->kind->code), "red"),
        .about = STR("card"), .ref = t->number, .link = link,
        .title = arena_printf(a, "%s：%.*s", t->kind->name,
                              STR_ARG(t->title)),
        .body = arena_printf(a, "办件 %.*s“%.*s”，责任人%.*s，%.*s。\n%s",
                             STR_ARG(t->ref), STR_ARG(t->title),
                             STR_ARG(t->holder), STR_ARG(t->reason),
                             warning ? "请在期限内办结。"
                                     : "请尽快办结，并在牌的页面说明情况。"),
    };
    return watch_tell(tx, &l);
}

static enum err write_card(struct tx *tx, struct told *t)
{
    enum err e = title_of(tx, t);
    if (e == OK)
        e = number_of(tx, t);
    if (e != OK)
        return e;
    t->reason = card_reason(tx->arena, tx->calendar, str_of(t->kind->code),
                            t->clock, t->due, tx_today(tx));
    e = card_add(tx, store_id(tx->store), t->number, str_of(t->kind->code),
                 t->matter, t->ref, t->clock, t->rule, t->title, t->unit,
                 t->holder, t->due, tx->now);
    if (e == OK)
        e = audit_note(tx, STR("card.issue"), t->number,
                       arena_printf(tx->arena, "%s %.*s %.*s", t->kind->name,
                                    STR_ARG(t->ref), STR_ARG(t->reason)));
    if (e == OK)
        e = tell(tx, t);
    return e;
}

/* A clock without an organisation is the applicant's own: being late with it
 * is no fault of an office. */
static bool is_nobodys(const struct value *payload)
{
    const struct value *unit = value_get(payload, STR("unit"));
    return unit && unit->kind == VALUE_TEXT && unit->text.n == 0 &&
           !str_is_none(unit->text);
}

enum err card_issue(struct tx *tx, str ref, const struct value *payload)
{
    struct told t;
    struct card_known known;
    if (is_nobodys(payload))
        return OK;
    if (payload == NULL || !read_told(ref, payload, &t))
        return ERR_INPUT;
    enum err e = card_known(tx, t.matter, ref, t.clock, str_of(t.kind->code),
                            t.due, &known);
    if (e == OK && known.cards == 0)
        e = write_card(tx, &t);
    /* Each card ends the one before it, in whatever order they come. */
    if (e == OK)
        e = card_settle(tx, t.matter, ref, NULL);
    return e == OK ? card_supersede(tx, t.matter, ref, NULL) : e;
}

enum err card_clock_moved(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    return card_settle(tx, STR("matter"), ref, NULL);
}

enum err card_step_over(struct tx *tx, str ref, const struct value *payload)
{
    str matter = payload ? value_get_text(payload, STR("matter")) : str_none;
    return matter.n ? card_settle(tx, matter, ref, NULL) : OK;
}

enum err card_matter_moved(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    enum err e = card_settle(tx, STR("case"), ref, NULL);
    return e == OK ? card_settle_parts(tx, ref, NULL) : e;
}
