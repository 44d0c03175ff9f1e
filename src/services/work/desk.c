/*
 * An officer's desk: the open work of the organisation, most urgent first.
 *
 * Lists that have an index (open, mine, done, words) are read by it, a page
 * from its place on; state and channel choose among what is read.
 */
#include "kernel/page/page.h"
#include "services/pages.h"

#include "services/work/gap.h"
#include "services/queries.gen.h"
#include "services/show.h"

/* LOOK, LOOK_FOUND: how far a filter without an index of its own looks for a
 * page, in a list and among what words found, where wholes of joint cases
 * stand beside their parts. */
enum { PAGE = 50, LOOK = 1000, LOOK_FOUND = 200 };

/* Among the states of the filter: accepted with papers still to come. */
#define WITH_GAPS "gaps"

struct desk_filter {
    str view, state, channel, words;
};

static str stage_of(const struct desk_by_ids *r)
{
    static const struct { const char *state, *text; } stages[] = {
        { "received", "新到，待受理" },       { "supplement", "等申请人补正" },
        { "accepted", "待审查" },             { "reviewing", "待您出具意见" },
        { "special", "特别程序进行中" },       { "deciding", "待负责人决定" },
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (str_is(r->state, stages[i].state))
            return str_of(stages[i].text);
    return case_state_name(case_state_of(r->state), false);
}

static const char *look_of(const struct desk_by_ids *r, const struct tx *tx)
{
    int today = show_late_before(tx);
    if (!day_is_none(r->closed_day)) /* its clock tells how it ended */
        return "";
    if (str_is(r->state, "supplement") || str_is(r->state, "special"))
        return "row-hold";
    if (r->sort_due < today)
        return "row-bad";
    if (r->sort_due <= calendar_add_working(tx->calendar, tx_today(tx), 1).n)
        return "row-warn";
    return "";
}

static void show_row(struct view *v, struct value *list, struct tx *tx,
                     const struct desk_by_ids *r)
{
    struct view row = view_row(v, list);
    struct face f = FACE(*r);
    bool late = str_is(str_of(look_of(r, tx)), "row-bad");
    int over = late ? calendar_working_between(
                          tx->calendar, (day){ (int32_t)r->sort_due },
                          tx_today(tx)) : 0;
    bool red = over >= clock_levels_default.red_after_wd;
    view_text(&row, "number", r->number);
    view_text(&row, "title", r->title);
    view_text(&row, "applicant", r->applicant_open);
    view_text(&row, "channel_name", page_channel_word(r->channel));
    view_day_short(&row, "due", r->clock_due);
    str gaps = gap_flag(v->arena, r->gaps, r->gap_handed, r->gap_due,
                        tx_today(tx));
    view_text(&row, "stage", gaps.n ? arena_printf(v->arena, "%.*s · %.*s",
                                                   STR_ARG(stage_of(r)),
                                                   STR_ARG(gaps))
                                    : stage_of(r));
    show_state(&row, "state", &f);
    show_clock(&row, "clock", tx->calendar, tx_today(tx), &f);
    view_text(&row, "row_look", str_of(look_of(r, tx)));
    view_text(&row, "card", over == 0 ? STR("") : red ? STR("红牌")
                                                      : STR("黄牌"));
    view_text(&row, "card_look", over == 0 ? STR("") : red ? STR("redcard")
                                                           : STR("yellowcard"));
    view_text(&row, "verb", !day_is_none(r->closed_day)   ? STR("查看")
                            : str_is(r->state, "received") ? STR("受理")
                                                           : STR("办理"));
}

/* ---- the lists ---- */

/* A place in a list, and what was found from there. */
struct listing {
    int64_t after, after_id, next, next_id;
    bool more;
    int shown;
};

/* What a filter asks of a case: all four lists yield the same. */
struct candidate {
    int64_t id, place;
    str kind, state, channel;
    int64_t gaps;
};

struct candidates {
    struct candidate *row;
    size_t n;
};

#define TAKE(tx, out, rows, count)                                           \
    do {                                                                     \
        (out)->row = ARENA_NEW_N((tx)->arena, struct candidate, (count) + 1); \
        for ((out)->n = 0; (out)->n < (count); (out)->n++)                   \
            (out)->row[(out)->n] = (struct candidate){                       \
                (rows)[(out)->n].id, (rows)[(out)->n].place,                 \
                (rows)[(out)->n].kind, (rows)[(out)->n].state,               \
                (rows)[(out)->n].channel, (rows)[(out)->n].gaps };           \
    } while (0)

/* The whole of a joint case is nobody's to handle: its parts are. */
static bool fits(const struct candidate *c, const struct desk_filter *f)
{
    return !str_is(c->kind, "joint") &&
           (f->state.n == 0 || str_eq(f->state, c->state) ||
            (str_is(f->state, WITH_GAPS) && c->gaps > 0)) &&
           (f->channel.n == 0 || str_eq(f->channel, c->channel));
}

/* Cases and parts of joint ones are two kinds; their ids are one row of
 * numbers. */
static enum err find_ids(struct tx *tx, const struct desk_filter *f,
                         int64_t before, int most, int64_t *ids, size_t *n)
{
    int64_t *found[2];
    size_t count[2], at[2] = { 0 };
    struct search_query q = { .words = f->words, .unit = tx->who->unit,
                              .closed = true, .before = before, .limit = most };
    q.kind = STR("case");
    enum err e = search_find(tx, &q, &found[0], &count[0]);
    q.kind = STR("part");
    if (e == OK)
        e = search_find(tx, &q, &found[1], &count[1]);
    if (e != OK)
        return e;
    for (*n = 0; *n < (size_t)most; (*n)++) {
        bool one = at[0] < count[0], two = at[1] < count[1];
        if (!one && !two)
            break;
        int k = !one || (two && found[1][at[1]] > found[0][at[0]]);
        ids[*n] = found[k][at[k]++];
    }
    return OK;
}

static enum err find_words(struct tx *tx, const struct desk_filter *f,
                           const struct listing *l, int most,
                           struct candidates *out)
{
    int64_t *ids = ARENA_NEW_N(tx->arena, int64_t, most);
    struct desk_found *r;
    size_t n = 0;
    enum err e = find_ids(tx, f, l->after, most, ids, &n);
    if (e == OK)
        e = desk_found(tx, search_list(tx->arena, ids, n), &r, &n);
    if (e == OK)
        TAKE(tx, out, r, n);
    return e;
}

static enum err find(struct tx *tx, const struct desk_filter *f,
                     const struct listing *l, int most, struct candidates *out)
{
    enum err e;
    size_t n;
    if (f->words.n)
        return find_words(tx, f, l, most, out);
    if (str_is(f->view, "done")) {
        struct desk_done *r;
        inst before = { l->after > 0 ? l->after : INT64_MAX };
        e = desk_done(tx, tx->who->unit, before, l->after_id, most, &r, &n);
        if (e == OK)
            TAKE(tx, out, r, n);
    } else if (str_is(f->view, "mine")) {
        struct desk_mine *r;
        e = desk_mine(tx, tx->who->account, tx->who->unit, l->after,
                      l->after_id, most, &r, &n);
        if (e == OK)
            TAKE(tx, out, r, n);
    } else {
        struct desk_open *r;
        e = desk_open(tx, tx->who->unit, l->after, l->after_id, most, &r, &n);
        if (e == OK)
            TAKE(tx, out, r, n);
    }
    return e;
}

static enum err show_rows(struct tx *tx, struct view *v, const int64_t *ids,
                          size_t n)
{
    struct value *list = view_list(v, "rows");
    struct desk_by_ids *r;
    size_t found;
    enum err e = desk_by_ids(tx, search_list(tx->arena, ids, n), &r, &found);
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < found; k++)
            if (r[k].id == ids[i])
                show_row(v, list, tx, &r[k]);
    return e;
}

/* A page of the list from its place on.  With a filter it is looked for among
 * the next LOOK; what lies beyond is the next page's. */
static enum err list_rows(struct tx *tx, struct view *v,
                          const struct desk_filter *f, struct listing *l)
{
    bool filtered = f->state.n || f->channel.n;
    int most = f->words.n ? filtered ? LOOK_FOUND : 2 * PAGE
               : filtered ? LOOK : PAGE + 1;
    struct candidates c;
    int64_t ids[PAGE];
    size_t n = 0, i;
    enum err e = find(tx, f, l, most, &c);
    if (e != OK)
        return e;
    for (i = 0; i < c.n && n < PAGE; i++) {
        if (fits(&c.row[i], f))
            ids[n++] = c.row[i].id;
        l->next = c.row[i].place;
        l->next_id = c.row[i].id;
    }
    l->more = i < c.n || c.n == (size_t)most;
    l->shown = (int)n;
    return show_rows(tx, v, ids, n);
}

/* ---- figures over the list ---- */

struct figures {
    int64_t all, late, soon, received, reviewing, held;
};

static enum err count(struct tx *tx, struct figures *f)
{
    struct open_counts *c;
    size_t n;
    int soon = calendar_add_working(tx->calendar, tx_today(tx), 1).n;
    enum err e = open_counts(tx, tx->who->unit, show_late_before(tx), soon,
                             &c, &n);
    *f = (struct figures){ 0 };
    for (size_t i = 0; e == OK && i < n; i++) {
        f->all += c[i].cases;
        f->late += c[i].late;
        f->soon += c[i].soon;
        if (str_is(c[i].state, "received"))
            f->received += c[i].cases;
        else if (str_is(c[i].state, "supplement") ||
                 str_is(c[i].state, "special"))
            f->held += c[i].cases;
        else
            f->reviewing += c[i].cases;
    }
    return e;
}

static void kpi(struct view *v, struct value *list, const char *label,
                int64_t figure, const char *remark, const char *tone,
                const char *href)
{
    page_kpi(v, list, label, arena_printf(v->arena, "%lld", (long long)figure),
             str_of(remark), tone, str_of(href));
}

static void show_kpis(struct view *v, const struct figures *f)
{
    struct value *list = view_list(v, "kpis");
    kpi(v, list, "已超期", f->late, "排在最前面", "t-bad", "/desk");
    kpi(v, list, "剩 1 个工作日以内", f->soon, "今天要办", "t-warn", "/desk");
    kpi(v, list, "待受理", f->received, "5 日内须决定", "t-brand",
        "/desk?state=received");
    kpi(v, list, "审查中", f->reviewing, "已受理未办结", "",
        "/desk?state=reviewing");
    kpi(v, list, "时限暂停", f->held, "补正、特别程序", "t-hold",
        "/desk?state=special");
}

static void show_filter(struct view *v, const struct desk_filter *f)
{
    struct value *channels = view_list(v, "channels");
    static const char *const codes[] = { "web", "window", "agent", "kiosk",
                                         "phone" };
    page_option(v, channels, STR(""), STR("全部来源"), f->channel);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        page_option(v, channels, str_of(codes[i]),
                    page_channel_word(str_of(codes[i])), f->channel);
    struct value *states = view_list(v, "states");
    page_option(v, states, STR(""), STR("全部未办结"), f->state);
    for (int s = 0; s < CASE_STATES; s++)
        if (case_state_open((enum case_state)s))
            page_option(v, states, case_state_code((enum case_state)s),
                        case_state_name((enum case_state)s, false), f->state);
    page_option(v, states, STR(WITH_GAPS), STR("容缺材料未齐"), f->state);
}

static const char *greeting_of(inst now)
{
    int hour = inst_minute(now) / 60;
    return hour < 12 ? "上午好" : hour < 14 ? "中午好" : hour < 18 ? "下午好"
                                                                 : "晚上好";
}

static struct desk_filter filter_of(struct request *rq)
{
    struct desk_filter f = {
        .view = rq_text(rq, "view"), .state = rq_text(rq, "state"),
        .channel = rq_text(rq, "channel"), .words = rq_text(rq, "words"),
    };
    return f;
}

static void show_head(struct view *v, const struct tx *tx,
                      const struct desk_filter *f, const struct figures *n)
{
    bool mine = str_is(f->view, "mine"), done = str_is(f->view, "done");
    view_text(v, "heading", done ? STR("已办结") : mine ? STR("我承办的")
                                                        : STR("待办办件"));
    view_text(v, "greeting",
              arena_printf(v->arena,
                           "%s，%.*s。%lld 件剩一个工作日以内，%lld 件"
                           "已超期。",
                           greeting_of(tx->now), STR_ARG(tx->who->name),
                           (long long)n->soon, (long long)n->late));
}

/* What is said where no row is: whoever looked for something is not told that
 * there is no work. */
static str nothing_of(const struct desk_filter *f, const struct listing *l)
{
    if (l->more)
        return STR("这一段里没有符合条件的办件，请看下一页。");
    if (f->words.n || f->state.n || f->channel.n)
        return STR("没有符合条件的办件。请换个词，或放宽来源和状态。");
    if (str_is(f->view, "done"))
        return STR("还没有办结的办件。");
    return STR("没有待办办件。新的申请到达时会出现在这里。");
}

enum err desk_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    struct desk_filter f = filter_of(rq);
    struct figures n;
    struct listing l = { .after = rq_int(rq, "after", INT32_MIN),
                         .after_id = rq_int(rq, "id", 0) };
    enum err e = count(tx, &n);
    if (e != OK)
        return e;
    rq_menu(rq, str_is(f.view, "mine")   ? "desk.mine"
                : str_is(f.view, "done") ? "desk.done" : "desk");
    show_head(v, tx, &f, &n);
    show_kpis(v, &n);
    show_filter(v, &f);
    view_text(v, "words", f.words);
    view_text(v, "view", f.view);
    e = list_rows(tx, v, &f, &l);
    view_text(v, "nothing", nothing_of(&f, &l));
    bool open = !str_is(f.view, "done") && f.words.n == 0;
    bool all = open && f.view.n == 0 && f.state.n == 0 && f.channel.n == 0;
    bool whole = !l.more && !rq_has(rq, "after");
    if (all || whole)
        view_count(v, "total", all ? n.all : l.shown);
    else /* of a kind, page by page: nobody counted them */
        view_text(v, "total", str_none);
    view_text(v, "order", f.words.n                ? STR("新的在前")
                          : str_is(f.view, "done") ? STR("刚办结的在前")
                                                   : STR("按紧急程度"));
    str same = arena_printf(a, "/desk?view=%.*s&state=%.*s&channel=%.*s"
                            "&words=%.*s", STR_ARG(f.view), STR_ARG(f.state),
                            STR_ARG(f.channel),
                            STR_ARG(page_query_text(a, f.words)));
    str begin = rq_has(rq, "after") ? same : STR("");
    str next = l.more ? arena_printf(a, "%.*s&after=%lld&id=%lld",
                                     STR_ARG(same), (long long)l.next,
                                     (long long)l.next_id) : STR("");
    if (all)
        page_pager_next(v, "pager", begin, next, n.all, PAGE);
    else
        page_pager_part(v, "pager", begin, next, l.shown, PAGE);
    view_text(v, "live", all && !rq_has(rq, "after") ? STR("/desk/rows")
                                                     : STR(""));
    view_text(v, "csv", arena_printf(a, "/desk.csv?view=%.*s",
                                     STR_ARG(f.view)));
    view_bool(v, "window", rq_may(rq, "apply"));
    return e;
}

enum err desk_rows_show(struct request *rq, struct tx *tx)
{
    struct desk_filter f = { .view = STR(""), .state = STR(""),
                             .channel = STR(""), .words = STR("") };
    struct listing l = { .after = INT32_MIN };
    return list_rows(tx, rq_view(rq), &f, &l);
}

/* ---- export: the desk's own list, applicants masked ---- */

static void csv_cell(struct buf *out, str s, bool last)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_byte(out, '"');
        buf_byte(out, s.p[i]);
    }
    buf_put(out, last ? STR("\"\r\n") : STR("\","));
}

enum { CSV_ROWS = 2000 };

enum err desk_csv(struct request *rq, struct tx *tx)
{
    struct buf out = { 0 };
    struct desk_filter f = filter_of(rq);
    struct listing l = { .after = INT32_MIN, .more = true };
    buf_put(&out, STR("\xef\xbb\xbf"
                      "办件编号,事项,申请人,来源,当前环节,状态\r\n"));
    enum err e = OK;
    for (int n = 0; e == OK && l.more && n < CSV_ROWS; n += PAGE) {
        struct view page = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
        e = list_rows(tx, &page, &f, &l);
        const struct value *list = value_get(page.object, STR("rows"));
        for (const struct value *r = list->first; r; r = r->next) {
            static const char *const names[] = { "number", "title", "applicant",
                                                 "channel_name", "stage" };
            for (int k = 0; k < 5; k++)
                csv_cell(&out, value_get_text(r, str_of(names[k])), false);
            csv_cell(&out, value_get_text(value_get(r, STR("state")),
                                          STR("text")), true);
        }
        l.after = l.next;
        l.after_id = l.next_id;
    }
    str bytes = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    return e == OK ? rq_send(rq, STR("text/csv; charset=utf-8"), bytes,
                             STR("待办办件.csv")) : e;
}
