/*
 * Somebody fills in a form for three evenings and on the fourth the theme is
 * not offered: they hear why, that nothing is lost, and when it is back.
 *
 * A job compares what is offered with what was told last, so that it does not
 * matter what halted a theme -- a pause, a withdrawal, an item past its term, a
 * new version of the theme itself -- and everybody gets one letter a turn.
 */
#include "services/guide/halted.h"

#include "kernel/audit/audit.h"
#include "kernel/notify/notify.h"
#include "services/apply/draft.h"

enum { KEPT_DAYS = 30, ALL_TOLD = -1, A_TURN = 200 };

static enum err write_to(struct tx *tx, const struct offer *o,
                         const struct halted_drafts *d, bool back)
{
    struct arena *a = tx->arena;
    struct notify_letter l = {
        .account = d->account, .about = STR("draft"), .ref = d->number,
        .link = STR("/my"),
    };
    if (back) {
        l.title = arena_printf(a, "“%.*s”恢复受理", STR_ARG(o->title));
        l.body = arena_printf(a, "草稿 %.*s 填写的内容都在，可以接着填，从今天"
                              "起再保存 %d 天。", STR_ARG(d->number),
                              KEPT_DAYS);
    } else {
        l.title = arena_printf(a, "“%.*s”暂停受理", STR_ARG(o->title));
        l.body = arena_printf(a, "%.*s。草稿 %.*s 填写的内容和上传的材料都还保"
                              "存着，暂停期间不会删除，恢复受理时再写信告诉"
                              "您。",
                              STR_ARG(o->halted), STR_ARG(d->number));
    }
    enum err e = notify_send(tx, &l);
    day until = { tx_today(tx).n + KEPT_DAYS };
    return e == OK && back ? halted_keep(tx, d->id, until, NULL) : e;
}

/* The next two hundred drafts of a theme whose turn is not told out yet. */
static enum err tell(struct tx *tx, const struct offer *o,
                     const struct halted_one *h, bool *more)
{
    struct halted_drafts *d;
    size_t n;
    enum err e = halted_drafts(tx, o->code, h->told, h->halted, &d, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = write_to(tx, o, &d[i], h->why.n == 0);
    *more |= n == A_TURN;
    int64_t last = n == A_TURN ? d[n - 1].id : ALL_TOLD;
    return e == OK ? halted_told(tx, o->code, last) : e;
}

/* Has this theme's turn come?  *h is as it stands then. */
static enum err turn(struct tx *tx, const struct offer *o,
                     struct halted_one *h)
{
    *h = (struct halted_one){ .why = STR(""), .told = ALL_TOLD };
    enum err e = halted_one(tx, o->code, h);
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    bool was = h->why.n > 0, is = o->halted.n > 0;
    if (was == is)
        return is && !str_eq(h->why, o->halted)
                   ? halted_why(tx, o->code, o->halted) : OK;
    inst halted = is ? tx->now : h->halted;
    e = halted_put(tx, o->code, o->halted, tx->now, halted, NULL);
    if (e == OK)
        e = audit_note(tx, is ? STR("theme.halted") : STR("theme.back"),
                       o->code, is ? o->halted : o->title);
    *h = (struct halted_one){ .why = o->halted, .since = tx->now,
                              .halted = halted, .told = 0 };
    return e;
}

enum err halted_job(struct tx *tx, bool *more)
{
    struct catalogue_themes *t;
    size_t n;
    *more = false;
    enum err e = catalogue_themes(tx, &t, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct offer *o;
        struct halted_one h;
        e = offer_find(tx, t[i].code, &o);
        if (e == ERR_STORE || e == ERR_NOTFOUND) {
            e = OK; /* the log says what is broken with it */
            continue;
        }
        if (e == OK)
            e = turn(tx, o, &h);
        if (e == OK && h.told != ALL_TOLD)
            e = tell(tx, o, &h, more);
    }
    return e;
}
