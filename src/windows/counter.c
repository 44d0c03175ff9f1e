/*
 * 叫号窗口: what the clerk has before him, and the keys that lead from a called
 * number to the application.
 */
#include "windows/pages.h"

#include "kernel/search/search.h"
#include "windows/show.h"

/* ---- closed: which counter to open ---- */

static enum err show_closed(struct tx *tx, struct view *v)
{
    struct hall_of_unit hall;
    struct counter_list *c;
    struct shift_mine *s;
    size_t n, shifts;
    struct value *free = view_list(v, "counters");
    struct value *list = view_list(v, "shifts");
    enum err e = hall_of_unit(tx, tx->who->unit, &hall);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e == OK)
        e = counter_list(tx, hall.code, &c, &n);
    if (e == OK)
        e = shift_mine(tx, tx->who->account, tx_today(tx), &s, &shifts);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool mine = false;
        for (size_t k = 0; k < shifts; k++)
            mine |= str_eq(s[k].counter, c[i].code);
        if (c[i].clerk != 0)
            continue;
        struct view row = view_row(v, free);
        view_text(&row, "value", c[i].code);
        view_text(&row, "label", c[i].label);
        view_bool(&row, "chosen", mine);
    }
    for (size_t i = 0; e == OK && i < shifts; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "label", s[i].label);
        view_text(&row, "from", windows_minute_text(v->arena, s[i].from_min));
        view_text(&row, "to", windows_minute_text(v->arena, s[i].to_min));
    }
    return e;
}

/* ---- open ---- */

/* What may be pressed now, each with its key. */
static void show_verbs(struct view *v, const struct ticket_one *t)
{
    static const struct { const char *code, *key, *look, *icon; } verbs[] = {
        { "begin", "A", "", "file-plus" }, { "finish", "F", "", "check" },
        { "recall", "R", "btn-2", "volume-2" },
        { "miss", "M", "btn-2", "forward" },
    };
    struct value *list = view_list(v, "verbs");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct queue_verb *b = queue_verb(str_of(verbs[i].code));
        bool fits = str_is(t->state, b->states);
        if (!fits)
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", str_of(verbs[i].code));
        view_text(&row, "label", str_of(b->label));
        view_text(&row, "key", str_of(verbs[i].key));
        view_text(&row, "look", str_of(verbs[i].look));
        view_text(&row, "icon", str_of(verbs[i].icon));
    }
}

/* What the number was taken for, "" when nothing was said. */
static enum err item_of(struct tx *tx, const struct ticket_one *t, str *title)
{
    struct item_brief b;
    *title = STR("");
    enum err e = t->item.n ? item_brief(tx, t->item, &b) : ERR_NOTFOUND;
    if (e == OK)
        *title = b.name;
    return e == ERR_NOTFOUND ? OK : e;
}

static enum err show_current(struct tx *tx, struct view *v,
                             const struct counter_of_clerk *c)
{
    struct ticket_at_counter at;
    struct ticket_one t;
    enum err e = ticket_at_counter(tx, c->code, &at);
    if (e == OK)
        e = ticket_one(tx, at.id, &t);
    if (e == ERR_NOTFOUND) {
        view_text(v, "current", str_none);
        return OK;
    }
    if (e != OK)
        return e;
    struct view o = view_object(v, "current");
    str item;
    view_text(&o, "number", t.label);
    view_int(&o, "revision", t.revision);
    view_text(&o, "business", t.title);
    view_text(&o, "care_word", windows_care_word(t.care));
    view_text(&o, "person", str_is_none(t.name) ? STR("") : t.name);
    view_text(&o, "phone", str_is_none(t.mobile) ? STR("") : t.mobile);
    view_text(&o, "by", str_is_none(t.booking) ? STR("") : t.booking);
    view_bool(&o, "serving", str_is(t.state, "serving"));
    view_int(&o, "calls", t.calls);
    view_text(&o, "case_no", str_is_none(t.case_no) ? STR("") : t.case_no);
    e = item_of(tx, &t, &item);
    view_text(&o, "intake", STR("/intake"));
    view_text(&o, "item", item);
    show_verbs(&o, &t);
    return e;
}

static enum err show_queue(struct tx *tx, struct view *v,
                           const struct counter_of_clerk *c)
{
    enum { SHOWN = 12 };
    struct counter_waiting *w;
    struct hall_missed *m;
    size_t n, missed;
    struct value *list = view_list(v, "waiting");
    struct value *gone = view_list(v, "missed");
    enum err e = counter_waiting(tx, c->code, &w, &n);
    if (e == OK)
        e = hall_missed(tx, c->hall, tx_today(tx), &m, &missed);
    for (size_t i = 0; e == OK && i < n && i < SHOWN; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "number", w[i].label);
        view_text(&row, "business", w[i].title);
        view_text(&row, "care_word", windows_care_word(w[i].care));
        view_bool(&row, "booked", str_is(w[i].channel, "booking"));
        view_text(&row, "since",
                  windows_minute_text(v->arena, inst_minute(w[i].taken)));
    }
    view_int(v, "count", e == OK ? (int64_t)n : 0);
    for (size_t i = 0; e == OK && i < missed; i++) {
        struct view row = view_row(v, gone);
        view_text(&row, "id", window_id(v->arena, m[i].id));
        view_text(&row, "number", m[i].label);
        view_text(&row, "business", m[i].title);
        view_int(&row, "times", m[i].misses);
    }
    return e;
}

/* What the person came for, by the words they say: each leads to the
 * application. */
static enum err show_items(struct request *rq, struct tx *tx, struct view *v)
{
    enum { FOUND = 8 };
    struct search_query q = { .kind = STR("item"), .limit = FOUND,
                              .words = rq_text(rq, "words") };
    int64_t *ids;
    size_t n = 0;
    enum err e = q.words.n ? search_find(tx, &q, &ids, &n) : OK;
    struct value *list = view_list(v, "items");
    view_text(v, "words", q.words);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct item_by_id it;
        e = item_by_id(tx, ids[i], &it);
        if (e == ERR_NOTFOUND) { /* a theme, or taken off meanwhile */
            e = OK;
            continue;
        }
        if (e != OK)
            break;
        struct view row = view_row(v, list);
        view_text(&row, "href", arena_printf(v->arena, "/intake?item=%.*s",
                                             STR_ARG(it.code)));
        view_text(&row, "title", it.name);
        view_text(&row, "unit_name", it.unit_name);
    }
    view_bool(v, "none", q.words.n && list->count == 0);
    return e;
}

static enum err show_forms(struct request *rq, struct tx *tx, struct view *v,
                           str hall)
{
    struct page_choice *lines;
    size_t n;
    struct value *list = view_list(v, "fields");
    struct value *options = view_list(v, "lines");
    enum err e = window_line_choices(tx, hall, false, &lines, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, options);
        view_text(&row, "value", lines[i].value);
        view_text(&row, "label", lines[i].label);
    }
    if (e != OK)
        return e;
    rq_ask(rq, list, (struct page_field){
        .name = "line", .type = "select", .label = STR("办什么业务"),
        .choices = lines, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "name", .type = "name", .label = STR("姓名"),
        .optional = true });
    rq_ask(rq, list, (struct page_field){
        .name = "mobile", .type = "mobile", .label = STR("手机号码"),
        .optional = true });
    window_care_field(rq, list);
    return OK;
}

enum err window_counter_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct counter_of_clerk c;
    struct counter_today today;
    rq_menu(rq, "desk.counter");
    enum err e = counter_of_clerk(tx, tx->who->account, &c);
    view_text(v, "clerk", tx->who->name);
    if (e == ERR_NOTFOUND) {
        view_text(v, "seat", str_none);
        return show_closed(tx, v);
    }
    view_list(v, "counters");
    view_list(v, "shifts");
    if (e == OK)
        e = counter_today(tx, c.code, day_begin(tx_today(tx)), &today);
    if (e != OK)
        return e;
    struct view o = view_object(v, "seat");
    view_text(&o, "label", c.label);
    view_text(&o, "hall", c.hall);
    view_int(&o, "done", today.done);
    e = show_current(tx, &o, &c);
    if (e == OK)
        e = show_queue(tx, &o, &c);
    if (e == OK)
        e = show_items(rq, tx, &o);
    return e == OK ? show_forms(rq, tx, &o, c.hall) : e;
}

/* ---- pressing ---- */

enum err window_counter_post(struct request *rq, struct tx *tx)
{
    struct queue_act act = {
        .verb = queue_verb(rq_path(rq, "verb")),
        .counter = rq_text(rq, "counter"), .ticket = rq_int(rq, "ticket", 0),
        .revision = rq_int(rq, "revision", 0), .line = rq_text(rq, "line"),
    };
    if (act.verb == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "没有这个动作，请从叫号页面操作。");
    enum err e = window_said(rq, queue_do(tx, &act), act.sentence);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", act.now.id ? act.now.label : STR(""));
    rq_flash(rq, "ok", act.sentence);
    bool begun = str_is(str_of(act.verb->code), "begin");
    return rq_see_other(rq, begun ? "/intake" : "/counter");
}

/* A number for somebody who stands at the desk. */
enum err window_desk_take_post(struct request *rq, struct tx *tx)
{
    struct counter_of_clerk c;
    struct queue_taking t = {
        .channel = STR("desk"), .line = rq_text(rq, "line"),
        .care = rq_text(rq, "care"), .item = STR(""), .booking = str_none,
        .place = inst_none, .first_at = inst_none,
    };
    enum err e = counter_of_clerk(tx, tx->who->account, &c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, ERR_CONFLICT, "您还没有开窗，请先选择窗口。");
    t.hall = c.hall;
    t.name = rq_has(rq, "name") ? rq_text(rq, "name") : str_none;
    t.mobile = rq_has(rq, "mobile") ? rq_text(rq, "mobile") : str_none;
    if (e == OK)
        e = window_take(rq, tx, &t);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已取号 %.*s，请告诉来人。",
                                    STR_ARG(t.label)));
    return rq_see_other(rq, "/counter");
}

enum err window_desk_arrive_post(struct request *rq, struct tx *tx)
{
    struct booking_one b;
    struct counter_of_clerk c;
    str code, sentence = STR("");
    enum err e = counter_of_clerk(tx, tx->who->account, &c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, ERR_CONFLICT, "您还没有开窗，请先选择窗口。");
    if (e == OK)
        e = booking_one(tx, rq_text(rq, "booking"), &b);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(b.hall, c.hall)))
        return rq_fail_field(rq, ERR_RANGE, "booking",
                             STR("这个大厅没有这个预约编号，请核对。"));
    if (e == OK)
        e = window_said(rq, queue_arrive(tx, &b, &code, &sentence), sentence);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("预约已签到，进入排队。"));
    return rq_see_other(rq, "/counter");
}
