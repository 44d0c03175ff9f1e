/*
 * Numbers: taken, called, served, missed, moved.  Every change names the
 * revision it was decided on, so a number cannot be used twice, and leaves an
 * audit note that says the number and never the person.
 */
#include "windows/queue.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/seal/seal.h"
#include "kernel/store/topics.h"

#include <string.h>

enum { CODE = 12 };

static enum err note(struct tx *tx, const char *action, str label, str detail)
{
    store_touch(tx, TOPIC_QUEUE);
    return audit_note(tx, str_of(action), label, detail);
}

/* ---- taking ---- */

enum err queue_may_take(const struct tx *tx, const struct hall_one *hall,
                        str *sentence)
{
    struct windows_hours h = { (int)hall->opens, (int)hall->closes,
                               (int)hall->noon_from, (int)hall->noon_to };
    const char *why = "";
    switch (windows_open(tx->calendar, &h, tx->now,
                         windows_policy()->stop_before_close)) {
    case WINDOWS_OPEN:
    case WINDOWS_NOON:
        return OK;
    case WINDOWS_BEFORE:
        why = "还没有到开门时间";
        break;
    case WINDOWS_OVER:
        why = "今天的号已经停止发放";
        break;
    case WINDOWS_REST:
        why = "今天不是工作日";
        break;
    }
    *sentence = arena_printf(
        tx->arena, "%s，%.*s的取号时间是工作日 %.*s 至 %.*s。"
                   "您可以预约别的时间。", why, STR_ARG(hall->name),
        STR_ARG(windows_minute_text(tx->arena, hall->opens)),
        STR_ARG(windows_minute_text(
            tx->arena, hall->closes - windows_policy()->stop_before_close)));
    return ERR_RANGE;
}

static enum err next_label(struct tx *tx, const struct line_one *line,
                           str *label)
{
    struct queue_series_last last;
    enum err e = queue_series_step(tx, line->code, tx_today(tx));
    if (e == OK)
        e = queue_series_last(tx, line->code, tx_today(tx), &last);
    if (e == OK)
        *label = arena_printf(tx->arena, "%.*s%03lld", STR_ARG(line->letter),
                              (long long)last.last);
    return e;
}

enum err queue_take(struct tx *tx, struct queue_taking *t)
{
    struct line_one line;
    enum err e = line_one(tx, t->line, &line);
    if (e == OK && !str_eq(line.hall, t->hall))
        return ERR_NOTFOUND;
    if (e == OK)
        e = next_label(tx, &line, &t->label);
    if (e != OK)
        return e;
    t->code = seal_secret(tx->arena, CODE);
    if (str_is_none(t->code))
        return ERR_STORE;
    inst place = inst_is_none(t->place) ? tx->now : t->place;
    inst first = inst_is_none(t->first_at) && t->care.n ? tx->now
                                                        : t->first_at;
    e = ticket_add(tx, store_id(tx->store), t->code, t->hall, t->line, t->label,
                   tx_today(tx), t->channel, t->care, t->account, t->mobile,
                   t->name, t->item, t->booking, tx->now, place, first);
    return e == OK ? note(tx, "queue.take", t->label, line.title) : e;
}

enum err queue_leave(struct tx *tx, const struct ticket_one *t)
{
    enum err e = ticket_end(tx, t->id, t->revision, STR("left"), tx->now);
    return e == OK ? note(tx, "queue.leave", t->label, STR("本人放弃")) : e;
}

/* ---- where somebody stands ---- */

static enum err pace_of(struct tx *tx, str line, int experience, int *out)
{
    struct line_took *took;
    int64_t minutes[20];
    size_t n;
    enum err e = line_took(tx, line, tx_today(tx), &took, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        minutes[i] = took[i].minutes;
    if (e == OK)
        *out = windows_pace(minutes, n, experience);
    return e;
}

enum err queue_outlook(struct tx *tx, str line, int pace, int waiting,
                       int counters, int *minutes)
{
    int measured;
    enum err e = pace_of(tx, line, pace, &measured);
    if (e == OK)
        *minutes = windows_wait(waiting, measured, counters);
    return e;
}

static enum err waiting_of(struct tx *tx, str line,
                           struct windows_waiting **out, size_t *n)
{
    struct line_waiting *w;
    enum err e = line_waiting(tx, line, &w, n);
    if (e != OK)
        return e;
    *out = ARENA_NEW_N(tx->arena, struct windows_waiting, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct windows_waiting){ w[i].id, w[i].place,
                                              w[i].first_at };
    return OK;
}

enum err queue_standing(struct tx *tx, const struct ticket_one *t,
                        struct queue_standing *out)
{
    struct windows_waiting *w;
    struct line_counters open;
    struct line_one line;
    size_t n;
    *out = (struct queue_standing){ .ahead = -1, .minutes = -1 };
    if (!str_is(t->state, "waiting"))
        return OK;
    enum err e = line_one(tx, t->line, &line);
    if (e == OK)
        e = waiting_of(tx, t->line, &w, &n);
    if (e == OK)
        e = line_counters(tx, t->line, STR(""), &open);
    if (e != OK)
        return e;
    out->ahead = windows_ahead(w, n, t->id, tx->now,
                               windows_policy()->first_streak);
    out->counters = (int)open.n;
    return queue_outlook(tx, t->line, (int)line.pace,
                         out->ahead < 0 ? 0 : out->ahead, (int)open.n,
                         &out->minutes);
}

/* ---- what a clerk does ---- */

const struct queue_verb queue_verbs[] = {
    { "open", "开窗", NULL },
    { "close", "关窗", NULL },
    { "next", "呼叫下一位", NULL },
    { "recall", "重呼", "called" },
    { "begin", "开始办理", "called" },
    { "finish", "办完", "serving" },
    { "miss", "过号", "called" },
    { "transfer", "转到别的业务", "called serving" },
    { "back", "过号重排", "missed" },
    { 0 }
};

const struct queue_verb *queue_verb(str code)
{
    for (const struct queue_verb *v = queue_verbs; v->code; v++)
        if (str_is(code, v->code))
            return v;
    return NULL;
}

struct acting {
    struct tx *tx;
    struct queue_act *act;
    struct counter_of_clerk c;
};

static enum err refuse(struct acting *x, enum err e, const char *sentence)
{
    x->act->sentence = str_of(sentence);
    return e;
}

static enum err said(struct acting *x, enum err e, const char *action,
                     const char *what)
{
    const struct ticket_one *t = &x->act->now;
    if (e == ERR_CONFLICT)
        return refuse(x, e, "这个号刚刚已经被处理，请刷新后再看。");
    if (e != OK)
        return e;
    x->act->sentence = arena_printf(x->tx->arena, "%.*s %s", STR_ARG(t->label),
                                    what);
    return note(x->tx, action, t->label, x->c.label);
}

/* ---- opening and closing ---- */

static enum err open_counter(struct acting *x)
{
    struct counter_one c;
    struct shift_mine *s;
    struct hall_one hall;
    struct tx *tx = x->tx;
    size_t n;
    enum err e = counter_one(tx, x->act->counter, &c);
    if (e == ERR_NOTFOUND)
        return refuse(x, e, "没有这个窗口，请从列表里选择。");
    if (e == OK)
        e = hall_one(tx, c.hall, &hall);
    if (e == OK && !str_eq(hall.unit, tx->who->unit))
        return refuse(x, ERR_DENIED, "这个窗口不是本单位大厅的。");
    if (e == OK && c.clerk != 0)
        return refuse(x, ERR_CONFLICT, "这个窗口已经有人开了，请选别的窗口。");
    if (e == OK)
        e = shift_mine(tx, tx->who->account, tx_today(tx), &s, &n);
    if (e == OK)
        e = counter_seat(tx, c.code, 0, tx->who->account, tx->who->name,
                         tx->now);
    if (e != OK)
        return e;
    bool planned = false;
    for (size_t i = 0; i < n; i++)
        planned |= str_eq(s[i].counter, c.code);
    x->act->sentence = arena_printf(
        tx->arena, "%.*s已开。%s", STR_ARG(c.label),
        planned ? "" : "今天的排班里您不在这个窗口。");
    return note(tx, "counter.open", c.code,
                planned ? STR("按排班") : STR("未排班"));
}

/* Whoever waits for this counter alone goes to a line somebody serves, or the
 * counter stays open: nobody is left standing. */
static enum err leave_nobody(struct acting *x)
{
    struct tx *tx = x->tx;
    struct counter_orphans *o;
    struct line_one target;
    struct line_counters others;
    size_t n;
    int64_t moved, all = 0;
    enum err e = counter_orphans(tx, x->c.code, &o, &n);
    if (e != OK || n == 0)
        return e;
    for (size_t i = 0; i < n; i++)
        all += o[i].waiting;
    if (x->act->line.n == 0) {
        x->act->sentence = arena_printf(
            tx->arena, "还有 %lld 人在等只有这个窗口能办的业务。请先办完，或者"
                       "选择把他们转到哪个业务，再关窗。", (long long)all);
        return ERR_CONFLICT;
    }
    e = line_one(tx, x->act->line, &target);
    if (e == OK)
        e = line_counters(tx, x->act->line, x->c.code, &others);
    if (e == ERR_NOTFOUND ||
        (e == OK && (others.n == 0 || !str_eq(target.hall, x->c.hall))))
        return refuse(x, ERR_RANGE, "这个业务没有别的窗口在办，请另选一个。");
    for (size_t i = 0; e == OK && i < n; i++)
        e = line_move(tx, o[i].line, x->act->line, &moved);
    return e;
}

static enum err close_counter(struct acting *x)
{
    struct tx *tx = x->tx;
    if (x->act->now.id)
        return refuse(x, ERR_CONFLICT,
                      "这个窗口还有一个号没有办完，请先办完、过号或者转出。");
    enum err e = leave_nobody(x);
    if (e == OK)
        e = counter_seat(tx, x->c.code, tx->who->account, 0, STR(""), tx->now);
    if (e != OK)
        return e;
    x->act->sentence = arena_printf(tx->arena, "%.*s已关。",
                                    STR_ARG(x->c.label));
    return note(tx, "counter.close", x->c.code, x->c.label);
}

/* ---- calling ---- */

static enum err call_it(struct acting *x, bool jumped)
{
    struct tx *tx = x->tx;
    const struct ticket_one *t = &x->act->now;
    enum err e = ticket_call(tx, t->id, t->revision, x->c.code, x->c.label,
                             tx->who->account, tx->now);
    int64_t streak = jumped ? x->c.streak + 1 : 0;
    if (e == OK && streak != x->c.streak)
        e = counter_streak(tx, x->c.code, streak);
    return said(x, e, "queue.call", "已呼叫");
}

static enum err call_next(struct acting *x)
{
    struct tx *tx = x->tx;
    struct counter_waiting *w;
    size_t n;
    bool jumped;
    if (x->act->now.id) {
        x->act->sentence = arena_printf(
            tx->arena, "本窗口正在办 %.*s，请先办完、过号或者转出。",
            STR_ARG(x->act->now.label));
        return ERR_CONFLICT;
    }
    enum err e = counter_waiting(tx, x->c.code, &w, &n);
    if (e == OK && n == 0)
        return refuse(x, ERR_CONFLICT, "现在没有人在等这个窗口的业务。");
    if (e != OK)
        return e;
    struct windows_waiting *all = ARENA_NEW_N(tx->arena,
                                              struct windows_waiting, n);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct windows_waiting){ w[i].id, w[i].place, w[i].first_at };
    size_t next = windows_next(all, n, tx->now, (int)x->c.streak,
                               windows_policy()->first_streak, &jumped);
    e = ticket_one(tx, w[next].id, &x->act->now);
    return e == OK ? call_it(x, jumped) : e;
}

static enum err call_again(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    int64_t passed = (x->tx->now.ms - t->called.ms) / 1000;
    if (passed < windows_policy()->call_again_seconds)
        return refuse(x, ERR_CONFLICT, "刚刚才呼叫过，请等十秒再重呼。");
    enum err e = ticket_call(x->tx, t->id, t->revision, x->c.code, x->c.label,
                             x->tx->who->account, x->tx->now);
    return said(x, e, "queue.recall", "已重呼");
}

static enum err begin(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    return said(x, ticket_begin(x->tx, t->id, t->revision, x->tx->now),
                "queue.begin", "开始办理");
}

static enum err finish(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    return said(x, ticket_done(x->tx, t->id, t->revision, x->tx->now),
                "queue.finish", "已办完");
}

static enum err miss(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    int64_t misses = t->misses + 1;
    bool over = misses >= windows_policy()->misses_most;
    enum err e = ticket_miss(x->tx, t->id, t->revision,
                             over ? STR("expired") : STR("missed"), misses);
    return said(x, e, "queue.miss",
                over ? "已过号三次，作废，请重新取号" : "已过号，可以重排");
}

static enum err transfer(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    struct line_one line;
    enum err e = line_one(x->tx, x->act->line, &line);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(line.hall, x->c.hall)))
        return refuse(x, ERR_RANGE, "请选择转到哪个业务。");
    if (e == OK && str_eq(line.code, t->line))
        return refuse(x, ERR_RANGE, "这个号已经在这个业务里，请另选一个。");
    /* They waited their turn once: they keep their place and go first. */
    if (e == OK)
        e = ticket_wait(x->tx, t->id, t->revision, line.code, t->place,
                        x->tx->now);
    return said(x, e, "queue.transfer",
                arena_printf(x->tx->arena, "已转到%.*s",
                             STR_ARG(line.title)).p);
}

static enum err back(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    struct windows_waiting *w;
    size_t n;
    enum err e = waiting_of(x->tx, t->line, &w, &n);
    if (e != OK)
        return e;
    inst place = windows_return_place(w, n, windows_policy()->return_behind,
                                      x->tx->now);
    e = ticket_wait(x->tx, t->id, t->revision, t->line, place, inst_none);
    return said(x, e, "queue.back", "已重排");
}

/* ---- one door ---- */

/* The ticket a verb is about: what is at the counter, or one that missed. */
static enum err about(struct acting *x)
{
    struct ticket_at_counter at;
    enum err e = ERR_NOTFOUND;
    if (str_is(str_of(x->act->verb->code), "back"))
        e = ticket_one(x->tx, x->act->ticket, &x->act->now);
    else {
        e = ticket_at_counter(x->tx, x->c.code, &at);
        if (e == OK)
            e = ticket_one(x->tx, at.id, &x->act->now);
    }
    if (e == ERR_NOTFOUND)
        x->act->now.id = 0;
    return e == ERR_NOTFOUND ? OK : e;
}

static bool among(const char *list, str word)
{
    str rest = str_of(list);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, ' '), word))
            return true;
    return false;
}

static enum err fits(struct acting *x)
{
    const struct ticket_one *t = &x->act->now;
    const char *states = x->act->verb->states;
    if (states == NULL)
        return OK;
    bool here = t->id && str_eq(t->hall, x->c.hall);
    bool seen = x->act->revision == 0 || x->act->revision == t->revision;
    if (!here || !among(states, t->state) || !seen)
        return refuse(x, ERR_CONFLICT,
                      "这个号已经办完、过号或者转走，不能再用。请刷新后再看。");
    return OK;
}

enum err queue_do(struct tx *tx, struct queue_act *act)
{
    static const struct { const char *code; enum err (*run)(struct acting *); }
    table[] = {
        { "close", close_counter }, { "next", call_next },
        { "recall", call_again },   { "begin", begin },
        { "finish", finish },       { "miss", miss },
        { "transfer", transfer },   { "back", back },
    };
    struct acting x = { .tx = tx, .act = act };
    act->sentence = STR("");
    enum err e = counter_of_clerk(tx, tx->who->account, &x.c);
    bool seated = e == OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    if (str_is(str_of(act->verb->code), "open"))
        return seated ? refuse(&x, ERR_CONFLICT,
                               "您已经开了一个窗口，请先关窗。")
                      : open_counter(&x);
    if (!seated)
        return refuse(&x, ERR_CONFLICT, "您还没有开窗，请先选择窗口。");
    e = about(&x);
    if (e == OK)
        e = fits(&x);
    for (size_t i = 0; e == OK && i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].code, act->verb->code) == 0)
            return table[i].run(&x);
    return e;
}
