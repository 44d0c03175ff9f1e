/*
 * The whole demonstration city on a fresh store, without any case, and the few
 * words tests of services need: who, when, file, act, ask.
 */
#ifndef DEMO_TESTS_TOWN_H
#define DEMO_TESTS_TOWN_H

#include "demo/demo.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/ident/ident.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"
#include "modules.h"
#include "services/case.h"

#include <stdlib.h>
#include <string.h>

#define PASSWORD "Yunxi-2026"

static struct {
    struct test_store t;
    struct city *c;
} town;

/* ---- asking the tables: one number, or one column of many rows ---- */

enum { PROBES = 64 };
static struct {
    struct store_query query[PROBES];
    int slot[PROBES], count;
} probes;

static inline const struct store_query *probe(const char *sql, char out,
                                              enum store_kind kind)
{
    static const uint16_t at[] = { 0 };
    for (int i = 0; i < probes.count; i++)
        if (probes.query[i].lite == sql)
            return &probes.query[i];
    if (probes.count == PROBES)
        abort();
    int i = probes.count++;
    bool asks = strstr(sql, "$1") != NULL;
    probes.query[i] = (struct store_query){
        .name = "test.probe", .kind = kind, .lite = sql, .pg = sql,
        .in = asks ? "t" : "", .out = out == 'i' ? "i" : "t", .offset = at,
        .row = out == 'i' ? sizeof(int64_t) : sizeof(str),
        .slot = &probes.slot[i],
    };
    const struct store_query *one = &probes.query[i];
    store_register(&one, 1);
    return one;
}

struct asking {
    const char *sql;
    str about;
    int64_t number;
    str *texts;
    size_t n;
};

static inline enum err ask_number(struct tx *tx, void *context)
{
    struct asking *a = context;
    struct store_param in[] = { store_text(a->about) };
    return store_one(tx, probe(a->sql, 'i', STORE_ONE), in, &a->number);
}

static inline enum err ask_texts(struct tx *tx, void *context)
{
    struct asking *a = context;
    struct store_param in[] = { store_text(a->about) };
    void *rows = NULL;
    enum err e = store_many(tx, probe(a->sql, 't', STORE_MANY), in, &rows,
                            &a->n);
    a->texts = rows;
    return e;
}

/* A whole number; $1 in the text is `about`.  -999 when there is no row. */
static inline int64_t number_of(const char *sql, str about)
{
    struct asking a = { .sql = sql, .about = about };
    return test_store_look(&town.t, ask_number, &a) == OK ? a.number : -999;
}

static inline struct asking texts_of(const char *sql, str about)
{
    struct asking a = { .sql = sql, .about = about };
    CHECK(test_store_look(&town.t, ask_texts, &a) == OK);
    return a;
}

static inline enum err ask_change(struct tx *tx, void *context)
{
    struct asking *a = context;
    struct store_param in[] = { store_text(a->about) };
    return store_change(tx, probe(a->sql, 'i', STORE_CHANGE), in);
}

/* Changes the one row of `about`: data no command of ours would leave. */
static inline void spoil(const char *sql, str about)
{
    struct asking a = { .sql = sql, .about = about };
    CHECK(test_store_run(&town.t, ask_change, &a) == OK);
}

/* ---- opening ---- */

/* False when there is no such database to test on. */
static inline bool town_open(enum test_database which)
{
    if (!test_store_open(&town.t, which))
        return false;
    modules_begin();
    struct arena *a = &town.t.arena;
    town.c = ARENA_NEW(a, struct city);
    *town.c = (struct city){
        .arena = a, .store = town.t.store, .now = town.t.now,
        .dice = { 20260101 }, .quiet = true,
    };
    store_set_calendar(town.t.store, clock_calendar_builtin());
    town.c->password_hash = auth_hash_password(a, STR(PASSWORD)).p;
    if (demo_run(town.c, demo_city) != OK ||
        demo_run(town.c, demo_catalogue) != OK) {
        fputs("the city cannot be loaded\n", stderr);
        exit(1);
    }
    return true;
}

static inline void town_close(void)
{
    test_store_close(&town.t);
    probes.count = 0;
}

/* ---- when and who ---- */

static inline day on(const char *text)
{
    day d;
    if (!day_parse(str_of(text), &d))
        abort();
    return d;
}

/* The store's clock at an hour of a day. */
static inline void clock_at(const char *text, int hour)
{
    town.t.now.ms = day_begin(on(text)).ms + hour * 3600000LL;
}

static inline void clock_day(day d)
{
    town.t.now.ms = day_begin(d).ms + 10 * 3600000LL;
}

#define CHECK_DAY(got, want) \
    do { \
        char text_[DAY_TEXT]; \
        day day_ = (got); \
        CHECK_STR(day_is_none(day_) ? STR("none") : day_text(day_, text_), \
                  want); \
    } while (0)

static inline struct who zhou(void)
{
    return (struct who){ town.c->zhou, STR("周文远"), STR(""),
                         STR("resident"), STR("web") };
}

static inline struct who li(void)
{
    return (struct who){ town.c->li, STR("李秀云"), STR(""), STR("resident"),
                         STR("web") };
}

static inline struct who officer(const char *unit, int i)
{
    const struct demo_unit *u = demo_unit_of(town.c, str_of(unit));
    if (u == NULL || i >= u->officers)
        abort();
    return (struct who){ u->officer[i], u->officer_name[i], u->code,
                         STR("officer"), STR("web") };
}

static inline struct who leader(const char *unit)
{
    const struct demo_unit *u = demo_unit_of(town.c, str_of(unit));
    if (u == NULL)
        abort();
    return (struct who){ u->leader, u->leader_name, u->code, STR("leader"),
                         STR("web") };
}

/* Somebody of a role that has no desk of its own here. */
static inline struct who somebody(const char *unit, const char *role)
{
    return (struct who){ 424242, STR("路人"), str_of(unit), str_of(role),
                         STR("web") };
}

/* ---- filing ---- */

#define ZHOU_ID town_id(1)
static inline const char *town_id(int i)
{
    static char id[3][IDENT_TEXT];
    ident_citizen_make(STR("341881"), i, id[i]);
    return id[i];
}

static inline const char *town_credit(void)
{
    static char code[IDENT_TEXT];
    ident_credit_make('9', '2', STR("341881"), 7, code);
    return code;
}

#define ZHOU_MOBILE "13800002716"

/* A restaurant in four departments; the situation can be another. */
static inline const char *restaurant_of(const char *situation)
{
    return arena_printf(
        &town.t.arena,
        "{%s,\"shop_name\":\"清溪人家小馆\",\"credit_code\":\"%s\","
        "\"applicant_name\":\"周文远\",\"applicant_code\":\"%s\","
        "\"mobile\":\"" ZHOU_MOBILE "\",\"town\":\"T01\","
        "\"address\":\"中津路 112 号一层 3 铺\",\"kitchen\":28,\"staff\":6,"
        "\"handlers\":[{\"handler\":\"王秀英\",\"post\":\"cook\","
        "\"health_until\":\"2027-05-31\"}],"
        "\"foods\":\"热食类食品制售\",\"grease\":\"yes\","
        "\"sign_size\":\"长 6 米、高 1.2 米\"}",
        situation, town_credit(), ZHOU_ID).p;
}

#define FOUR "\"area\":86,\"seats\":\"dine\",\"fire\":\"yes\"," \
             "\"drain\":\"yes\",\"sign\":\"yes\""
#define ONLY_FOOD "\"area\":86,\"seats\":\"takeaway\",\"fire\":\"no\"," \
                  "\"drain\":\"no\",\"sign\":\"no\""

struct filing_job {
    const char *offer, *answers;
    struct filing f;
    struct filed filed;
    str sentence;
    size_t lose; /* so many of the papers are not brought */
};

/* Papers to be uploaded lie there on paper. */
static inline void bring(struct tx *tx, struct filing *f)
{
    struct decided d;
    str sentence;
    if (offer_decide(f->offer, tx->arena, f->answers, &d, &sentence) != OK)
        return;
    f->papers = ARENA_NEW_N(tx->arena, struct filed_paper, d.paper_count + 1);
    f->paper_count = 0;
    for (size_t i = 0; i < d.paper_count; i++)
        if (str_is(d.papers[i]->source, "upload") &&
            d.papers[i]->need != NEED_LATER)
            f->papers[f->paper_count++] = (struct filed_paper){
                .code = d.papers[i]->code, .title = d.papers[i]->name,
                .source = STR("paper"), .name = STR("纸质材料"),
                .sha256 = str_none, .type = STR(""),
            };
}

static inline enum err do_file(struct tx *tx, void *context)
{
    struct filing_job *j = context;
    struct value *answers, *checked;
    struct form_report report = { .count = 0 };
    enum err e = offer_find(tx, str_of(j->offer), &j->f.offer);
    if (e == OK)
        e = value_read_json(tx->arena, str_of(j->answers), &answers,
                            &j->sentence);
    if (e == OK)
        e = offer_check(j->f.offer, j->f.offer->sheet.group_count, tx->arena,
                        answers, &checked, &report);
    if (report.count)
        j->sentence = report.problem[0].sentence;
    if (e != OK)
        return e;
    j->f.answers = checked;
    bring(tx, &j->f);
    j->f.paper_count -= j->lose;
    e = filing_prepare(tx, &j->f, &j->sentence);
    if (e == OK)
        e = case_file(tx, &j->f, &j->filed);
    return e;
}

/* Files as 周文远 and says the number; "" when it was refused. */
static inline str file(const char *offer, const char *answers)
{
    struct filing_job j = { .offer = offer, .answers = answers,
                            .f = { .applicant = town.c->zhou,
                                   .proxy_name = str_none,
                                   .channel = STR("web") } };
    town.t.who = zhou();
    enum err e = test_store_run(&town.t, do_file, &j);
    if (e != OK)
        fprintf(stderr, "file %s: %s %.*s\n", offer, err_name(e),
                STR_ARG(j.sentence));
    CHECK(e == OK);
    return e == OK ? j.filed.number : STR("");
}

/* ---- acting and looking ---- */

static inline enum err do_act(struct tx *tx, void *context)
{
    return case_act(tx, context);
}

static inline enum err act_as(struct who who, struct act *a)
{
    town.t.who = who;
    a->sentence = STR("");
    return test_store_run(&town.t, do_act, a);
}

/* A verb that needs nothing told with it. */
static inline enum err act(struct who who, str number, enum verb verb)
{
    struct act a = { .verb = verb, .number = number, .supply_by = day_none };
    enum err e = act_as(who, &a);
    if (e != OK && getenv("ZT_TEST_LOUD"))
        fprintf(stderr, "%.*s %s: %s %.*s\n", STR_ARG(number),
                verb_rule(verb)->code, err_name(e), STR_ARG(a.sentence));
    return e;
}

struct loading {
    str number;
    struct case_load row;
};

static inline enum err do_load(struct tx *tx, void *context)
{
    struct loading *l = context;
    return case_load(tx, l->number, &l->row);
}

static inline struct case_load row_of(str number)
{
    struct loading l = { .number = number };
    CHECK(test_store_look(&town.t, do_load, &l) == OK);
    return l.row;
}

static inline str part_of(str number, int i)
{
    return arena_printf(&town.t.arena, "%.*s-%d", STR_ARG(number), i);
}

struct finding {
    str ref, kind;
    struct clock_found found;
};

static inline enum err do_find(struct tx *tx, void *context)
{
    struct finding *f = context;
    return clock_find(tx, STR("case"), f->ref, f->kind, &f->found);
}

/* What the clock room says; holder none when it has no such clock. */
static inline struct clock_found clock_of(str number, const char *kind)
{
    struct finding f = { .ref = number, .kind = str_of(kind) };
    if (test_store_look(&town.t, do_find, &f) != OK)
        return (struct clock_found){ .holder = str_none, .due = day_none };
    return f.found;
}

/* The services' own periodic jobs, as the runner would run them now. */
static inline enum err do_job(struct tx *tx, void *context)
{
    bool more = false;
    const char *name = context;
    for (const struct job *j = services_module.jobs; j->name; j++)
        if (strcmp(j->name, name) == 0) {
            enum err e;
            do
                e = j->run(tx, &more);
            while (e == OK && more);
            tx->notes++;
            return e;
        }
    return ERR_NOTFOUND;
}

static inline enum err run_job(const char *name)
{
    town.t.who = (struct who){ 0, STR("系统"), STR(""), STR("system"),
                               STR("system") };
    return test_store_run(&town.t, do_job, (void *)name);
}

#endif
