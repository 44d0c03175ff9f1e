/*
 * The public board: every open matter of the city, most urgent first; and the
 * same as a wall screen.  Keyset paging by (sort_due, id): the second page
 * costs what the first does, at ten thousand cases and at ten million.
 */
#include "services/pages.h"

#include "kernel/page/page.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"
#include "services/show.h"

#include <pthread.h>

enum { PAGE = 20, HALL_ROWS = 10 };

struct place {
    int64_t after, after_id, next, next_id;
    bool more;
};

/* ---- rows ---- */

/* One of four lists, each with its own index. */
static enum err rows(struct tx *tx, struct view *v, const char *name,
                     str unit, str town, str state, size_t most,
                     struct place *p)
{
    struct value *list = view_list(v, name);
    size_t n = 0;
    const struct units *units;
    enum err e = units_read(tx, &units);
    if (e != OK)
        return e;
#define LIST(query, ...) do { \
        struct query *r; \
        e = query(tx, __VA_ARGS__, &r, &n); \
        p->more = e == OK && n > most; \
        for (size_t i = 0; e == OK && i < n && i < most; i++) { \
            SHOW_CASE_ROW(v, list, tx, r[i], \
                          units_name(units, r[i].unit)); \
            p->next = r[i].sort_due; \
            p->next_id = r[i].id; \
        } \
    } while (0)
    if (unit.n)
        LIST(case_board_unit, unit, p->after, p->after_id);
    else if (town.n)
        LIST(case_board_town, town, p->after, p->after_id);
    else if (state.n)
        LIST(case_board_state, state, p->after, p->after_id);
    else
        LIST(case_board, p->after, p->after_id);
#undef LIST
    return e;
}

static enum err row_of_number(struct tx *tx, struct view *v, str number)
{
    struct value *list = view_list(v, "rows");
    struct case_public c;
    enum err e = case_public(tx, number, &c);
    if (e == OK)
        SHOW_CASE_ROW(v, list, tx, c, c.unit_name);
    return e == ERR_NOTFOUND ? OK : e;
}

/* Words of a title or a department; never of an applicant.  The place is the
 * id of the last case before. */
static enum err rows_of_words(struct tx *tx, struct view *v, str words,
                              struct place *p)
{
    struct search_query q = { .kind = STR("case"), .words = words,
                              .before = p->after_id, .limit = PAGE + 1 };
    int64_t *ids;
    size_t n;
    const struct units *units;
    enum err e = units_read(tx, &units);
    if (e == OK)
        e = search_find(tx, &q, &ids, &n);
    struct value *list = view_list(v, "rows");
    struct case_public_ids *c = NULL;
    p->more = e == OK && n > PAGE;
    if (p->more)
        p->next_id = ids[--n - 1];
    if (e == OK)
        e = case_public_ids(tx, search_list(tx->arena, ids, n), &c, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        SHOW_CASE_ROW(v, list, tx, c[i], units_name(units, c[i].unit));
    return e;
}

static bool is_number(str words)
{
    return words.n >= 14 && str_starts(words, STR("YX"));
}

/* ---- figures ---- */

struct figures {
    int64_t open, joint, late, soon, held, supplement, special;
    int64_t filed_today, closed_today;
};

static enum err read_figures(struct tx *tx, struct figures *f)
{
    struct open_counts *c;
    struct tally_day now;
    size_t n;
    day today = tx_today(tx);
    int soon = calendar_add_working(tx->calendar, today, 1).n;
    enum err e = open_counts(tx, STR(""), show_late_before(tx), soon, &c, &n);
    if (e == OK)
        e = tally_day(tx, STR(""), today, &now);
    *f = (struct figures){ 0 };
    for (size_t i = 0; e == OK && i < n; i++) {
        f->open += c[i].cases;
        f->late += c[i].late;
        f->soon += c[i].soon;
        f->joint += str_is(c[i].kind, "joint") ? c[i].cases : 0;
        f->supplement += str_is(c[i].state, "supplement") ? c[i].cases : 0;
        f->special += str_is(c[i].state, "special") ? c[i].cases : 0;
    }
    if (e != OK)
        return e;
    f->held = f->supplement + f->special;
    f->filed_today = now.filed;
    f->closed_today = now.closed;
    return OK;
}

/* One set of figures serves every page of the board until a case moves. */
static struct {
    pthread_mutex_t lock;
    uint64_t store; /* its serial */
    uint64_t version;
    day today;
    struct figures figures;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static enum err count(struct tx *tx, struct figures *f)
{
    enum err e = OK;
    day today = tx_today(tx);
    pthread_mutex_lock(&kept.lock);
    uint64_t store = store_serial(tx->store);
    uint64_t version = store_seen(tx, TOPIC_BOARD);
    if (kept.store != store || kept.version < version ||
        kept.today.n != today.n) {
        e = read_figures(tx, &kept.figures);
        kept.store = e == OK ? store : 0;
        kept.version = version;
        kept.today = today;
    }
    *f = kept.figures;
    pthread_mutex_unlock(&kept.lock);
    return e;
}

static void kpi(struct view *v, struct value *list, const char *label,
                int64_t figure, str remark, const char *tone, const char *href)
{
    page_kpi(v, list, label, value_grouped(v->arena, figure), remark, tone,
             str_of(href));
}

static void kpis_of_board(struct view *v, const struct figures *f)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "kpis");
    kpi(v, list, "在办", f->open,
        arena_printf(a, "其中并联 %lld", (long long)f->joint), "t-brand",
        "/board");
    kpi(v, list, "今日办结", f->closed_today,
        arena_printf(a, "今日收件 %lld", (long long)f->filed_today), "t-ok",
        "/board");
    kpi(v, list, "即将到期", f->soon, STR("剩 1 个工作日以内"), "t-warn",
        "/board");
    kpi(v, list, "已超期", f->late, STR("排在最前面"), "t-bad", "/board");
    kpi(v, list, "时限暂停", f->held,
        arena_printf(a, "补正 %lld，特别程序 %lld", (long long)f->supplement,
                     (long long)f->special), "t-hold",
        "/board?state=supplement");
}

static str clock_text(struct arena *a, inst now, bool seconds)
{
    int m = inst_minute(now);
    int s = (int)((now.ms - day_begin(inst_day(now)).ms) / 1000 % 60);
    return seconds ? arena_printf(a, "%02d:%02d:%02d", m / 60, m % 60, s)
                   : arena_printf(a, "%02d:%02d", m / 60, m % 60);
}

/* ---- the filter ---- */

static enum err options(struct tx *tx, struct view *v, str unit, str town,
                        str state)
{
    const struct units *u;
    enum err e = units_read(tx, &u);
    if (e != OK)
        return e;
    struct value *units = view_list(v, "units");
    page_option(v, units, STR(""), STR("全部部门"), unit);
    struct value *towns = view_list(v, "towns");
    page_option(v, towns, STR(""), STR("全部"), town);
    for (size_t i = 0; i < u->n; i++) {
        const struct unit_list *one = &u->list[i];
        if (one->hall)
            page_option(v, units, one->code, one->name, unit);
        if (str_is(one->kind, "township"))
            page_option(v, towns, one->code, one->name, town);
    }
    struct value *states = view_list(v, "states");
    page_option(v, states, STR(""), STR("全部"), state);
    for (int s = 0; s < CASE_STATES; s++)
        if (case_state_open((enum case_state)s))
            page_option(v, states, case_state_code((enum case_state)s),
                        case_state_name((enum case_state)s, false), state);
    return OK;
}

/* The same list with another place or form. */
static str address(struct arena *a, const char *path, str unit, str town,
                   str state)
{
    if (unit.n)
        return arena_printf(a, "%s?unit=%.*s", path, STR_ARG(unit));
    if (town.n)
        return arena_printf(a, "%s?town=%.*s", path, STR_ARG(town));
    if (state.n)
        return arena_printf(a, "%s?state=%.*s", path, STR_ARG(state));
    return arena_printf(a, "%s?", path);
}

enum err board_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    struct figures f;
    str words = rq_text(rq, "words"), unit = rq_text(rq, "unit");
    str town = rq_text(rq, "town"), state = rq_text(rq, "state");
    struct place p = { .after = rq_int(rq, "after", INT32_MIN),
                       .after_id = rq_int(rq, "id", 0) };
    bool begins = !rq_has(rq, "after"), first = begins && words.n == 0;
    enum err e = count(tx, &f);
    if (e != OK)
        return e;
    rq_menu(rq, "services");
    view_text(v, "time", clock_text(a, tx->now, true));
    kpis_of_board(v, &f);
    view_text(v, "words", words);
    e = options(tx, v, unit, town, state);
    if (e != OK)
        return e;
    if (is_number(words))
        e = row_of_number(tx, v, words);
    else if (words.n)
        e = rows_of_words(tx, v, words, &p);
    else
        e = rows(tx, v, "rows", unit, town, state, PAGE, &p);
    str same = words.n ? arena_printf(a, "/board?words=%.*s",
                                      STR_ARG(page_query_text(a, words)))
                       : address(a, "/board", unit, town, state);
    view_text(v, "due_sort", same);
    view_bool(v, "due_down", false);
    str begin = begins ? STR("") : same;
    str next = p.more ? arena_printf(a, "%.*s&after=%lld&id=%lld",
                                     STR_ARG(same), (long long)p.next,
                                     (long long)p.next_id) : STR("");
    const struct value *shown = value_get(v->object, STR("rows"));
    if (words.n || unit.n || town.n || state.n)
        page_pager_part(v, "pager", begin, next,
                        shown ? (int64_t)shown->count : 0, PAGE);
    else
        page_pager_next(v, "pager", begin, next, f.open, PAGE);
    view_text(v, "live", first && !unit.n && !town.n && !state.n
                             ? STR("/board/rows") : STR(""));
    view_text(v, "csv", address(a, "/board.csv", unit, town, state));
    view_text(v, "json", arena_printf(a, "%.*s&format=json", STR_ARG(same)));
    return e;
}

enum err board_rows_show(struct request *rq, struct tx *tx)
{
    struct place p = { .after = INT32_MIN };
    return rows(tx, rq_view(rq), "rows", STR(""), STR(""), STR(""), PAGE, &p);
}

/* ---- the wall screen ---- */

enum { SCREENS = 12 };

enum err hall_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    struct figures f;
    struct tally_total all;
    int64_t page = rq_int(rq, "page", 1);
    struct place p = { .after = rq_int(rq, "after", INT32_MIN),
                       .after_id = rq_int(rq, "id", 0) };
    enum err e = count(tx, &f);
    if (e == OK)
        e = tally_total(tx, STR(""), &all);
    if (e != OK)
        return e;
    view_text(v, "center_name", show_center(v->arena));
    str filed = value_grouped(a, all.filed);
    str closed = value_grouped(a, all.closed);
    view_text(v, "remark", arena_printf(a, "累计收件 %.*s · 办结 %.*s · "
                                        "扫码查自己的办件", STR_ARG(filed),
                                        STR_ARG(closed)));
    view_text(v, "time", clock_text(a, tx->now, false));
    struct value *list = view_list(v, "kpis");
    kpi(v, list, "今日收件", f.filed_today, STR(""), "", "/board");
    kpi(v, list, "今日办结", f.closed_today, STR(""), "t-ok", "/board");
    kpi(v, list, "在办", f.open, STR(""), "", "/board");
    kpi(v, list, "即将到期", f.soon, STR(""), "t-warn", "/board");
    kpi(v, list, "已超期", f.late, STR(""), "t-bad", "/board");
    e = rows(tx, v, "rows", STR(""), STR(""), STR(""), HALL_ROWS, &p);
    int64_t pages = (f.open + HALL_ROWS - 1) / HALL_ROWS;
    pages = pages > SCREENS ? SCREENS : pages ? pages : 1;
    bool last = page >= pages || !p.more;
    view_int(v, "page", page);
    view_int(v, "pages", pages);
    view_text(v, "next", last ? STR("/hall")
                              : arena_printf(a, "/hall?page=%lld&after=%lld&"
                                             "id=%lld", (long long)page + 1,
                                             (long long)p.next,
                                             (long long)p.next_id));
    return e;
}

/* ---- as a table for other programs ---- */

static void csv_day(struct buf *out, const struct value *d)
{
    char text[DAY_TEXT];
    if (d && d->kind == VALUE_DAY)
        buf_put(out, day_text((struct day){ (int32_t)d->i }, text));
    buf_byte(out, ',');
}

static void csv_row_of(struct buf *out, const struct value *row)
{
    static const char *const names[] = { "number", "title", "unit_name",
                                         "officer_name" };
    for (int k = 0; k < 4; k++) {
        csv_put(out, value_get_text(row, str_of(names[k])));
        buf_byte(out, ',');
    }
    csv_day(out, value_get(row, STR("filed")));
    csv_day(out, value_get(row, STR("due")));
    csv_put(out, value_get_text(value_get(row, STR("state")), STR("text")));
    buf_put(out, STR("\r\n"));
}

enum { CSV_ROWS = 5000 };

enum err board_csv(struct request *rq, struct tx *tx)
{
    struct buf out = { 0 };
    str unit = rq_text(rq, "unit"), town = rq_text(rq, "town");
    str state = rq_text(rq, "state");
    struct place p = { .after = INT32_MIN, .more = true };
    buf_put(&out, STR("\xef\xbb\xbf" "办件编号,事项,受理部门,责任人,申报日期,"
                      "应办结,状态\r\n"));
    enum err e = OK;
    for (int n = 0; e == OK && p.more && n < CSV_ROWS; n += PAGE) {
        struct view page = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
        e = rows(tx, &page, "rows", unit, town, state, PAGE, &p);
        const struct value *list = value_get(page.object, STR("rows"));
        for (const struct value *r = list->first; r; r = r->next)
            csv_row_of(&out, r);
        p.after = p.next;
        p.after_id = p.next_id;
    }
    str bytes = arena_str(tx->arena, buf_str(&out));
    buf_free(&out);
    return e == OK ? rq_send(rq, STR("text/csv; charset=utf-8"), bytes,
                             STR("办件公示.csv")) : e;
}
