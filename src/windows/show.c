/* What pages of residents, clerks and terminals show alike. */
#include "windows/show.h"

str window_id(struct arena *a, int64_t id)
{
    return arena_printf(a, "%lld", (long long)id);
}

enum err window_said(struct request *rq, enum err e, str sentence)
{
    return e != OK && sentence.n ? rq_fail_str(rq, e, sentence) : e;
}

enum err window_hall(struct request *rq, struct tx *tx, struct hall_one *h)
{
    enum err e = hall_one(tx, rq_path(rq, "hall"), h);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有这个大厅，请从大厅列表里选择。") : e;
}

enum err window_terminal(struct request *rq, struct tx *tx, struct hall_one *h)
{
    struct view *v = rq_view(rq);
    enum err e = window_hall(rq, tx, h);
    if (e != OK)
        return e;
    view_text(v, "hall", h->code);
    view_text(v, "hall_name", h->name);
    return OK;
}

enum err window_ticket(struct request *rq, struct tx *tx, str code,
                       struct ticket_one *t)
{
    struct ticket_by_code by;
    enum err e = ticket_by_code(tx, code, &by);
    if (e == OK)
        e = ticket_one(tx, by.id, t);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "没有这个号，请核对取号时给的地址。") : e;
}

str window_hours(struct arena *a, int64_t opens, int64_t closes,
                 int64_t noon_from, int64_t noon_to)
{
    str from = windows_minute_text(a, opens), to = windows_minute_text(
        a, closes);
    if (noon_from >= noon_to)
        return arena_printf(a, "工作日 %.*s-%.*s", STR_ARG(from), STR_ARG(to));
    return arena_printf(a, "工作日 %.*s-%.*s、%.*s-%.*s", STR_ARG(from),
                        STR_ARG(windows_minute_text(a, noon_from)),
                        STR_ARG(windows_minute_text(a, noon_to)), STR_ARG(to));
}

str window_wait_text(struct arena *a, int minutes)
{
    if (minutes < 0)
        return STR("暂时没有窗口办理");
    if (minutes == 0)
        return STR("马上就到");
    return arena_printf(a, "约 %d 分钟", minutes);
}

/* ---- lines and calls ---- */

enum err window_show_lines(struct tx *tx, struct view *v, str hall)
{
    struct line_list *l;
    size_t n;
    struct value *list = view_list(v, "lines");
    enum err e = line_list(tx, hall, &l, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        int minutes = -1;
        e = queue_outlook(tx, l[i].code, (int)l[i].pace, (int)l[i].waiting,
                          (int)l[i].counters, &minutes);
        struct view row = view_row(v, list);
        view_text(&row, "code", l[i].code);
        view_text(&row, "letter", l[i].letter);
        view_text(&row, "title", l[i].title);
        view_int(&row, "waiting", l[i].waiting);
        view_text(&row, "wait", window_wait_text(v->arena, minutes));
        view_bool(&row, "booked", l[i].seats > 0);
    }
    return e;
}

static str spoken(struct arena *a, str label, str counter)
{
    bool digit = counter.n && counter.p[0] >= '0' && counter.p[0] <= '9';
    return arena_printf(a, "请 %.*s 号到%s%.*s", STR_ARG(label),
                        digit ? " " : "", STR_ARG(counter));
}

enum err window_show_calls(struct tx *tx, struct view *v, str hall)
{
    struct hall_calls *c;
    size_t n;
    enum err e = hall_calls(tx, hall, &c, &n);
    view_text(v, "spoken", e == OK && n ? spoken(v->arena, c[0].label,
                                                 c[0].counter_label)
                                        : STR("现在没有叫号"));
    struct value *list = view_list(v, "calls");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "label", c[i].label);
        view_text(&row, "counter", c[i].counter_label);
        view_text(&row, "title", c[i].title);
        view_bool(&row, "called", str_is(c[i].state, "called"));
    }
    return e;
}

/* ---- one number ---- */

static str words_of(str state)
{
    static const char *const words[][2] = {
        { "waiting", "等候中" }, { "called", "正在叫您" },
        { "serving", "正在办理" }, { "missed", "已过号" },
        { "done", "已办完" }, { "left", "已放弃" }, { "expired", "已作废" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i][0]))
            return str_of(words[i][1]);
    return state;
}

static str spoken_of(struct arena *a, const struct ticket_one *t,
                     const struct queue_standing *s)
{
    if (str_is(t->state, "called"))
        return spoken(a, t->label, t->counter_label);
    if (str_is(t->state, "waiting") && s->ahead == 0)
        return arena_printf(a, "%.*s 号，下一个就是您", STR_ARG(t->label));
    if (str_is(t->state, "waiting"))
        return arena_printf(a, "%.*s 号，前面还有 %d 人", STR_ARG(t->label),
                            s->ahead);
    if (str_is(t->state, "missed"))
        return STR("您的号已过，请到咨询台或者任一窗口重排");
    return words_of(t->state);
}

enum err window_show_ticket(struct tx *tx, struct view *v,
                            const struct ticket_one *t)
{
    struct arena *a = v->arena;
    struct queue_standing s;
    char at[INST_TEXT];
    enum err e = queue_standing(tx, t, &s);
    if (e != OK)
        return e;
    bool waits = str_is(t->state, "waiting");
    view_text(v, "label", t->label);
    view_text(v, "title", t->title);
    view_text(v, "words", words_of(t->state));
    view_text(v, "ahead", waits ? arena_printf(a, "%d", s.ahead) : STR(""));
    view_text(v, "wait", waits ? window_wait_text(a, s.minutes) : STR(""));
    view_text(v, "counter", t->counter_label);
    view_text(v, "care", windows_care_word(t->care));
    view_text(v, "spoken", spoken_of(a, t, &s));
    view_text(v, "taken", arena_str(a, inst_minutes_text(t->taken, at)));
    view_bool(v, "live", waits || str_is(t->state, "called") ||
                             str_is(t->state, "serving") ||
                             str_is(t->state, "missed"));
    view_bool(v, "waits", waits);
    return OK;
}

/* ---- questions ---- */

enum err window_line_choices(struct tx *tx, str hall, bool booked,
                             struct page_choice **out, size_t *n)
{
    struct line_list *l;
    size_t all = 0;
    enum err e = line_list(tx, hall, &l, &all);
    *out = ARENA_NEW_N(tx->arena, struct page_choice, all + 1);
    *n = 0;
    for (size_t i = 0; e == OK && i < all; i++)
        if (!booked || l[i].seats > 0)
            (*out)[(*n)++] = (struct page_choice){
                .value = l[i].code, .label = l[i].title };
    return e;
}

void window_care_field(struct request *rq, struct value *list)
{
    static const char *const codes[] = { "elder", "disabled", "soldier",
                                         "pregnant" };
    struct page_choice c[5] = { { .value = STR(""), .label = STR("不需要") } };
    for (int i = 0; i < 4; i++)
        c[i + 1] = (struct page_choice){
            .value = str_of(codes[i]),
            .label = windows_care_word(str_of(codes[i])) };
    rq_ask(rq, list, (struct page_field){
        .name = "care", .type = "choice", .label = STR("需要优先吗"),
        .hint = STR("优先办理，请到窗口出示证件；无障碍环境建设法 第四十条。"),
        .optional = true, .choices = c, .choice_count = 5 });
}

enum err window_take(struct request *rq, struct tx *tx, struct queue_taking *t)
{
    enum err e = queue_take(tx, t);
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_INPUT, "line", STR("请选择办什么业务"));
    if (e == OK)
        view_text(rq_view(rq), "number", t->label);
    return e;
}
