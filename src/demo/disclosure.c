/*
 * What the demonstration city has published: data/demo/disclosure.txt, written,
 * looked over and released through the same functions as the pages, on the days
 * it would have been, by the people who hold the duties.
 */
#include "demo/demo.h"

#include "disclosure/keep.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/page/page.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 150, KEYS = 20, SMALL = 40, SMALL_CITY = 5000 };

/* One record of the file. */
struct record {
    str unit, cat, topic, title, summary, doc, state, item, key, about, why;
    str on, body;
    int64_t back, years, lag;
    day released;
};

struct records {
    struct record *r;
    int n;
};

/* ---- reading ---- */

static void set(struct record *r, str key, str text)
{
    const struct { const char *name; str *to; } texts[] = {
        { "unit", &r->unit },       { "cat", &r->cat },
        { "topic", &r->topic },     { "title", &r->title },
        { "summary", &r->summary }, { "doc", &r->doc },
        { "state", &r->state },     { "item", &r->item },
        { "key", &r->key },         { "about", &r->about },
        { "why", &r->why },         { "on", &r->on },
    };
    const struct { const char *name; int64_t *to; } numbers[] = {
        { "back", &r->back }, { "years", &r->years }, { "lag", &r->lag },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_is(key, texts[i].name))
            *texts[i].to = text;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (str_is(key, numbers[i].name) && !str_int(text, numbers[i].to))
            fprintf(stderr, "disclosure.txt: %.*s\n", STR_ARG(text));
}

/* The head, then the text up to a line of %%. */
static bool read_one(str *rest, struct record *r)
{
    str none = STR("");
    *r = (struct record){ none, none, none, none, none, none, STR("live"),
                          none, none, none, none, none, none, 0, 0, 0,
                          day_none };
    while (!str_is_none(*rest)) {
        str line = str_cut(rest, '\n');
        if (line.n == 0 && r->unit.n)
            break;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        str key = str_cut(&line, ':');
        if (!str_is_none(line))
            set(r, key, str_trim(line));
    }
    if (str_is_none(*rest))
        return false;
    ptrdiff_t end = str_find(*rest, STR("\n%%"));
    if (end < 0)
        return false;
    r->body = str_slice(*rest, 0, (size_t)end);
    *rest = str_slice(*rest, (size_t)end + 4, rest->n);
    return true;
}

/* The last such day before now, a working day. */
static day day_of_record(const struct city *c, const struct record *r)
{
    const struct calendar *cal = clock_calendar_builtin();
    day today = inst_day(c->now), d;
    int year, month, mday;
    char text[DAY_TEXT];
    if (r->on.n == 0)
        return calendar_add_working(cal, today, -(int)r->back);
    day_split(today, &year, &month, &mday);
    snprintf(text, sizeof text, "%04d-%.5s", year, r->on.p);
    if (!day_parse(str_of(text), &d))
        return today;
    int64_t back = r->years + (d.n >= today.n ? 1 : 0);
    day_split(d, &year, &month, &mday);
    d = day_of(year - (int)back, month, mday);
    return calendar_working(cal, d) ? d : calendar_add_working(cal, d, -1);
}

static int by_day(const void *a, const void *b)
{
    const struct record *x = a, *y = b;
    return x->released.n < y->released.n   ? -1
           : x->released.n > y->released.n ? 1
                                           : x->title.p < y->title.p ? -1 : 1;
}

static void read_all(struct city *c, struct records *out)
{
    str rest = page_asset("data/demo/disclosure.txt");
    out->r = ARENA_NEW_N(c->arena, struct record, MOST);
    while (out->n < MOST && !str_is_none(rest) &&
           read_one(&rest, &out->r[out->n])) {
        struct record *r = &out->r[out->n++];
        r->released = day_of_record(c, r);
    }
    qsort(out->r, (size_t)out->n, sizeof *out->r, by_day);
}

/* ---- filling in ---- */

static str replaced(struct arena *a, str text, const char *mark, str with)
{
    ptrdiff_t at;
    while ((at = str_find(text, str_of(mark))) >= 0)
        text = arena_printf(a, "%.*s%.*s%.*s", (int)at, text.p, STR_ARG(with),
                            STR_ARG(str_slice(text, (size_t)at +
                                                  str_of(mark).n, text.n)));
    return text;
}

/* What the record of the city says of the year before. */
static str report(struct tx *tx, const struct record *r, int year)
{
    struct year_norms norms;
    struct year_handled handled;
    bool office = str_is(r->unit, "D001");
    str unit = office ? STR("") : r->unit;
    day from = day_of(year, 1, 1), until = day_of(year, 12, 31);
    if (year_norms(tx, unit, from, until, &norms) != OK ||
        year_handled(tx, unit, from, until, &handled) != OK)
        return STR("见平台的年度数据。");
    return arena_printf(tx->arena, "%s全年办结政务服务 %.*s 件，现行有效的行政"
                        "规范性文件 %lld 件，制发 %lld 件，废止、失效"
                        " %lld 件。",
                        office ? "全市" : "本单位",
                        STR_ARG(value_grouped(tx->arena, handled.closed)),
                        (long long)norms.valid, (long long)norms.made,
                        (long long)norms.ended);
}

static str filled(struct tx *tx, const struct record *r, str text)
{
    int year, month, mday;
    struct arena *a = tx->arena;
    day_split(r->released, &year, &month, &mday);
    text = replaced(a, text, "{Y}", arena_printf(a, "%d", year));
    text = replaced(a, text, "{P}", arena_printf(a, "%d", year - 1));
    text = replaced(a, text, "{M}", arena_printf(a, "%d 月", month));
    return str_find(text, STR("{report}")) < 0
               ? text
               : replaced(a, text, "{report}", report(tx, r, year - 1));
}

/* ---- people ---- */

static enum err become(struct tx *tx, str unit, const char *duty, bool leader)
{
    struct auth_holder *h;
    size_t n;
    enum err e = auth_holders(tx, unit, str_of(duty), &h, &n);
    if (e != OK || n == 0)
        return e != OK ? e : ERR_NOTFOUND;
    struct who *who = ARENA_NEW(tx->arena, struct who);
    *who = (struct who){ .account = h[0].account, .name = h[0].name,
                         .unit = unit, .via = STR("web"),
                         .role = leader ? STR("leader") : STR("officer") };
    tx->who = who;
    return OK;
}

static void at_hour(struct city *c, struct tx *tx, day d, int hour)
{
    int64_t ms = day_begin(d).ms + hour * 3600000LL;
    tx->now.ms = ms < c->now.ms ? ms : c->now.ms;
}

/* ---- one entry ---- */

struct loading {
    struct records all;
    str key[KEYS], code[KEYS];
    int keys;
};

static str code_of(const struct loading *l, str key)
{
    for (int i = 0; key.n && i < l->keys; i++)
        if (str_eq(l->key[i], key))
            return l->code[i];
    return STR("");
}

static enum err say(const struct record *r, enum err e, str sentence)
{
    if (e != OK)
        fprintf(stderr, "%.*s: %.*s\n", STR_ARG(r->title), STR_ARG(sentence));
    return e;
}

static enum err look_over(struct city *c, struct tx *tx,
                          const struct record *r, str code, day last)
{
    struct entry_one e;
    str sentence = STR("");
    bool blocked = str_is(r->state, "blocked");
    bool back = str_is(r->state, "returned");
    enum err err = entry_one(tx, code, &e);
    if (err == OK)
        err = entry_submit(tx, &e, STR(""), STR(""), &sentence);
    if (err != OK || str_is(r->state, "secrecy"))
        return say(r, err, sentence);
    at_hour(c, tx, last, 10);
    err = become(tx, r->unit, DUTY_SECRECY, false);
    if (err == OK)
        err = entry_one(tx, code, &e);
    if (err == OK)
        err = entry_secrecy(tx, &e, blocked ? STR("secret") : STR("open"),
                            blocked ? r->why : STR(""), &sentence);
    if (err != OK || blocked || str_is(r->state, "check"))
        return say(r, err, sentence);
    at_hour(c, tx, last, 15);
    err = become(tx, r->unit, DUTY_CHECK, true);
    if (err == OK)
        err = entry_one(tx, code, &e);
    if (err == OK)
        err = entry_check(tx, &e, !back, back ? r->why : STR(""), &sentence);
    return say(r, err, sentence);
}

/* A correction goes the same way once more, a few days later. */
static enum err correct(struct city *c, struct tx *tx, struct record *r,
                        str code)
{
    struct entry_one e;
    str sentence = STR("");
    day later = calendar_add_working(tx->calendar, r->released, 3);
    at_hour(c, tx, later, 9);
    enum err err = become(tx, r->unit, DUTY_WRITE, false);
    if (err == OK)
        err = entry_one(tx, code, &e);
    if (err == OK)
        err = entry_correct(tx, &e, r->why, &sentence);
    return err == OK ? look_over(c, tx, r, code, later)
                     : say(r, err, sentence);
}

static enum err afterwards(struct city *c, struct tx *tx, struct record *r,
                           str code)
{
    struct entry_one e;
    str sentence = STR("");
    if (str_is(r->state, "corrected"))
        return correct(c, tx, r, code);
    enum err err = entry_one(tx, code, &e);
    at_hour(c, tx, (day){ inst_day(c->now).n - 20 }, 11);
    if (err == OK && str_is(r->state, "withdrawn"))
        err = entry_take_back(tx, &e, r->why, &sentence);
    else if (err == OK && !str_is(r->state, "live"))
        err = entry_end_effect(tx, &e, r->state, tx_today(tx), r->why,
                               &sentence);
    return say(r, err, sentence);
}

static bool is_public(str state)
{
    return str_is(state, "live") || str_is(state, "void") ||
           str_is(state, "lapsed") || str_is(state, "withdrawn") ||
           str_is(state, "corrected");
}

static enum err one(struct city *c, struct tx *tx, struct loading *l,
                    struct record *r)
{
    str code, sentence = STR("");
    struct entry_words w = {
        .title = filled(tx, r, r->title), .doc_no = filled(tx, r, r->doc),
        .category = r->cat, .topic = r->topic, .item = r->item,
        .about = code_of(l, r->about), .summary = filled(tx, r, r->summary),
        .body = filled(tx, r, r->body), .why = STR(""),
        .formed = { r->released.n - (int)r->lag },
    };
    at_hour(c, tx, calendar_add_working(tx->calendar, r->released, -1), 14);
    enum err e = become(tx, r->unit, DUTY_WRITE, false);
    if (e == OK && w.formed.n > tx_today(tx).n)
        w.formed = tx_today(tx);
    if (e == OK)
        e = entry_write_new(tx, &w, &code, &sentence);
    if (e != OK || str_is(r->state, "draft"))
        return say(r, e, sentence);
    if (r->key.n && l->keys < KEYS) {
        l->key[l->keys] = r->key;
        l->code[l->keys++] = arena_str(c->arena, code);
    }
    e = look_over(c, tx, r, code, r->released);
    return e == OK && is_public(r->state) && !str_is(r->state, "live")
               ? afterwards(c, tx, r, code) : e;
}

/* The editor of the government's office holds its duty. */
static enum err seat_editor(struct tx *tx)
{
    struct editors *w;
    size_t n;
    enum err e = editors(tx, STR("D001"), &w, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct auth_duty d = { .unit = STR("D001"), .duty = STR(DUTY_WRITE),
                               .account = w[i].account,
                               .from = day_of(2024, 1, 2), .to = day_none };
        e = auth_add_duty(tx, &d, NULL);
    }
    return e;
}

enum err demo_disclosure(struct city *c, struct tx *tx)
{
    struct loading l = { .keys = 0 };
    bool small = c->cases < SMALL_CITY; /* tests load it again and again */
    int made = 0;
    inst now = tx->now;
    const struct who *who = tx->who;
    enum err e = seat_editor(tx);
    read_all(c, &l.all);
    for (int i = 0; e == OK && i < l.all.n; i++) {
        struct record *r = &l.all.r[i];
        bool plain = str_is(r->state, "live") && r->key.n == 0;
        if (small && plain && i % 4 && made > SMALL / 2)
            continue;
        e = one(c, tx, &l, r);
        made++;
    }
    tx->now = now;
    tx->who = who;
    fprintf(stderr, "  %d 条政府信息\n", made);
    return e;
}
