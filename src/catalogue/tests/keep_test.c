/*
 * The life of an item on a store: written, sent, approved, in force on its day,
 * the one before readable, nobody judging his own, files all or none.
 */
#include "catalogue/import.h"
#include "catalogue/keep.h"
#include "catalogue/named.h"
#include "catalogue/partner.h"
#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static struct test_store t;
static char path[] = "/tmp/zt-import-XXXXXX";

#define RIGHT \
    "{\"name\":\"食品经营许可\",\"type\":\"行政许可\",\"kind\":\"承诺件\"," \
    "\"object\":\"法人\",\"basis\":[{\"law\":\"食品安全法\",\"article\":" \
    "\"35\"}],\"conditions\":\"有场所。\",\"statutory_n\":20," \
    "\"statutory_unit\":\"工作日\",\"promised_n\":5,\"forms\":\"网上\"," \
    "\"visits\":0,\"fee\":false,\"papers\":[{\"name\":\"申请书\",\"need\":" \
    "\"必要\",\"obtain\":\"在线填写\",\"source\":\"申请人自备\"}]," \
    "\"result_type\":\"证照\",\"result\":\"许可证\",\"phone\":\"12345\"," \
    "\"supervise\":\"12388\"}"

static struct value *tree(struct arena *a, const char *json)
{
    struct value *v = NULL;
    str problem;
    CHECK(value_read_json(a, str_of(json), &v, &problem) == OK);
    return v;
}

static enum err add_unit(struct tx *tx, const char *code, const char *name)
{
    struct auth_unit u = { .code = str_of(code), .name = str_of(name),
                           .short_name = str_of(name),
                           .kind = STR("department"), .position = 1 };
    return auth_add_unit(tx, &u);
}

static enum err prepare(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    enum err e = add_unit(tx, "D022", "市场监督管理局");
    return e == OK ? add_unit(tx, "D029", "政务服务管理局") : e;
}

/* One step of an item, as an account. */
struct step {
    const char *verb, *code, *text;
    int days;
    struct kept k; /* after it */
};

static enum err go(struct tx *tx, void *context)
{
    struct step *s = context;
    struct kept *k = &s->k;
    str verb = str_of(s->verb);
    day on = { tx_today(tx).n + s->days };
    tx->notes++;
    if (str_is(verb, "new"))
        return keep_new(tx, str_of(s->code), STR("D022"),
                        tree(tx->arena, s->text), STR(""));
    enum err e = keep_load(tx, str_of(s->code), 0, k);
    if (e != OK)
        return e;
    if (str_is(verb, "begin"))
        return keep_begin(tx, k);
    if (str_is(verb, "write")) {
        k->guide = tree(tx->arena, s->text);
        return keep_write(tx, k, STR(""));
    }
    if (str_is(verb, "send"))
        return keep_send(tx, k);
    if (str_is(verb, "drop"))
        return keep_drop(tx, k);
    if (str_is(verb, "return"))
        return keep_return(tx, k, str_of(s->text));
    if (str_is(verb, "approve"))
        return keep_approve(tx, k, on, STR("同意"));
    return keep_state(tx, k, s->verb, str_of(s->text ? s->text : ""));
}

static enum err doing(const char *verb, const char *code, const char *text,
                      int days)
{
    struct step s = { verb, code, text, days, { .guide = NULL } };
    return test_store_run(&t, go, &s);
}

struct seen {
    const char *code;
    int64_t version;
    struct kept k;
    str name;
    size_t findings;
};

static enum err look(struct tx *tx, void *context)
{
    struct seen *s = context;
    struct finding_list *f;
    enum err e = keep_load(tx, str_of(s->code), s->version, &s->k);
    if (e == OK)
        e = finding_list(tx, str_of(s->code), s->k.version.version, &f,
                         &s->findings);
    if (e == OK)
        s->name = guide_get(s->k.guide, "name");
    return e;
}

static struct seen seen(const char *code, int64_t version)
{
    struct seen s = { .code = code, .version = version };
    CHECK(test_store_look(&t, look, &s) == OK);
    return s;
}

static enum err effect(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    tx->notes++;
    return keep_job_effect(tx, &more);
}

static enum err round_job(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    tx->notes++;
    return keep_job_round(tx, &more);
}

static void an_item_without_basis_is_a_draft_nobody_reviews(void)
{
    CHECK(doing("new", "A-1", "{\"name\":\"没有依据\"}", 0) == OK);
    CHECK(doing("new", "A-1", "{\"name\":\"又一个\"}", 0) == ERR_CONFLICT);
    struct seen s = seen("A-1", 0);
    CHECK_STR(s.k.item.state, "new");
    CHECK(s.k.item.must > 5 && s.findings >= (size_t)s.k.item.must);
    CHECK(doing("send", "A-1", NULL, 0) == ERR_RANGE);
    CHECK(doing("approve", "A-1", NULL, 0) == ERR_CONFLICT);
    CHECK(doing("paused", "A-1", NULL, 0) == ERR_RANGE);
    CHECK(doing("drop", "A-1", NULL, 0) == OK);
    CHECK(test_store_look(&t, look, &(struct seen){ .code = "A-1" }) ==
          ERR_NOTFOUND);
}

static void what_was_sent_is_judged_by_somebody_else(void)
{
    CHECK(doing("new", "A-2", RIGHT, 0) == OK);
    CHECK(doing("send", "A-2", NULL, 0) == OK);
    CHECK(doing("write", "A-2", RIGHT, 0) == ERR_CONFLICT);
    CHECK(doing("drop", "A-2", NULL, 0) == ERR_CONFLICT);
    CHECK(doing("approve", "A-2", NULL, 0) == ERR_DENIED);
    t.who.account = 8;
    CHECK(doing("return", "A-2", "请写明条件", 0) == OK);
    CHECK_STR(seen("A-2", 0).k.version.opinion, "请写明条件");
    t.who.account = 7;
    CHECK(doing("send", "A-2", NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", "A-2", NULL, 0) == OK);
    struct seen s = seen("A-2", 0);
    CHECK(s.k.item.live == 1 && s.k.item.work == 0);
    CHECK_STR(s.k.item.state, "live");
    CHECK_STR(s.k.version.state, "live");
    t.who.account = 7;
}

static void a_version_comes_into_force_on_its_day(void)
{
    CHECK(doing("begin", "A-2", NULL, 0) == OK);
    CHECK(doing("begin", "A-2", NULL, 0) == ERR_CONFLICT);
    CHECK(doing("write", "A-2",
                "{\"name\":\"食品经营许可（新）\"}", 0) == OK);
    CHECK(doing("send", "A-2", NULL, 0) == ERR_RANGE);
    CHECK(doing("write", "A-2", RIGHT, 0) == OK);
    CHECK(doing("send", "A-2", NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", "A-2", NULL, 3) == OK);
    CHECK_STR(seen("A-2", 0).k.version.state, "approved");
    CHECK_STR(seen("A-2", 1).k.version.state, "live");
    t.now.ms += (int64_t)2 * 24 * 3600 * 1000;
    CHECK(test_store_run(&t, effect, NULL) == OK);
    CHECK_STR(seen("A-2", 1).k.version.state, "live");
    t.now.ms += (int64_t)24 * 3600 * 1000;
    CHECK(test_store_run(&t, effect, NULL) == OK);
    struct seen old = seen("A-2", 1), now = seen("A-2", 0);
    CHECK(now.k.item.live == 2);
    CHECK_STR(now.k.version.state, "live");
    CHECK_STR(old.k.version.state, "past");
    CHECK_STR(old.name, "食品经营许可");
    CHECK(old.findings == 0);
    CHECK(test_store_run(&t, effect, NULL) == OK);
    CHECK(seen("A-2", 0).k.item.live == 2);
    t.who.account = 7;
}

static void the_database_keeps_what_was_sent(void)
{
    CHECK(!test_store_sql(&t, "UPDATE catalogue_version SET body = '{}'"
                              " WHERE item = 'A-2' AND version = 1"));
    CHECK(!test_store_sql(&t, "DELETE FROM catalogue_version"
                              " WHERE item = 'A-2' AND version = 2"));
    CHECK(!test_store_sql(&t, "UPDATE catalogue_version SET state = 'live'"
                              " WHERE item = 'A-2' AND version = 1"));
}

static void paused_and_withdrawn_come_back(void)
{
    CHECK(doing("live", "A-2", NULL, 0) == ERR_RANGE);
    CHECK(doing("paused", "A-2", "系统升级", 0) == OK);
    CHECK_STR(seen("A-2", 0).k.item.why, "系统升级");
    CHECK(doing("withdrawn", "A-2", "依据废止", 0) == OK);
    CHECK(doing("live", "A-2", NULL, 0) == OK);
    CHECK_STR(seen("A-2", 0).k.item.state, "live");
}

static enum err count_rule(struct tx *tx, void *context)
{
    const char **rule = context;
    struct finding_of_rule *f;
    size_t n;
    enum err e = finding_of_rule(tx, STR(""), str_of(rule[0]), STR(""), &f,
                                 &n);
    rule[1] = n ? "found" : NULL;
    return e;
}

static bool live_finding(const char *rule)
{
    const char *context[2] = { rule, NULL };
    CHECK(test_store_look(&t, count_rule, context) == OK);
    return context[1] != NULL;
}

/* ---- what is kept of the findings ---- */

struct figures {
    const char *rule;
    int64_t items, must, units; /* of the rule; of all */
    size_t wrong;               /* figures that a recount denies */
};

static enum err count_figures(struct tx *tx, void *context)
{
    struct figures *f = context;
    struct finding_rules *r;
    struct finding_units *u;
    struct check_found *wrong;
    size_t n;
    enum err e = finding_rules(tx, STR(""), &r, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_is(r[i].rule, f->rule))
            f->items = r[i].items;
    if (e == OK)
        e = finding_units(tx, &u, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        f->units += u[i].items;
        f->must += u[i].must;
    }
    return e == OK ? check_found(tx, &wrong, &f->wrong) : e;
}

static struct figures figures(const char *rule)
{
    struct figures f = { .rule = rule };
    CHECK(test_store_look(&t, count_figures, &f) == OK);
    CHECK(f.wrong == 0);
    return f;
}

/* A test thread of its own has a connection of its own. */
static void *look_elsewhere(void *out)
{
    *(struct figures *)out = figures("code.twin");
    return NULL;
}

static struct figures figures_elsewhere(void)
{
    struct figures f = { .wrong = 1 };
    pthread_t other;
    CHECK(pthread_create(&other, NULL, look_elsewhere, &f) == 0);
    CHECK(pthread_join(other, NULL) == 0);
    return f;
}

static enum err lost(struct tx *tx, void *context)
{
    struct step *s = context;
    enum err e = go(tx, s);
    return e == OK ? ERR_RANGE : e;
}

static void the_counts_are_right_at_the_very_next_look(void)
{
    int64_t before = figures("code.twin").items;
    int64_t units = figures("code.twin").units;
    CHECK(figures_elsewhere().items == before);
    CHECK(doing("new", "A-9", RIGHT, 0) == OK);
    CHECK(figures("code.twin").items == before + 1);
    CHECK(figures_elsewhere().items == before + 1);
    /* What was undone was never counted. */
    struct step drop = { "drop", "A-9", NULL, 0, { .guide = NULL } };
    CHECK(test_store_run(&t, lost, &drop) == ERR_RANGE);
    CHECK(figures_elsewhere().items == before + 1);
    CHECK(doing("drop", "A-9", NULL, 0) == OK);
    CHECK(figures("code.twin").items == before);
    CHECK(figures_elsewhere().items == before);
    /* A draft's own findings count when it is in force, not before. */
    CHECK(doing("new", "A-9", "{\"name\":\"甲\"}", 0) == OK);
    CHECK(figures_elsewhere().units == units);
    CHECK(doing("drop", "A-9", NULL, 0) == OK);
}

static void a_namesake_is_found_in_both_and_gone_with_one(void)
{
    CHECK(!live_finding("code.twin"));
    CHECK(doing("new", "A-3", RIGHT, 0) == OK);
    CHECK(live_finding("code.twin")); /* in the one that is in force */
    CHECK(doing("drop", "A-3", NULL, 0) == OK);
    CHECK(!live_finding("code.twin"));
}

static void a_law_that_expires_is_found_the_next_day(void)
{
    CHECK(test_store_run(&t, round_job, NULL) == OK);
    CHECK(doing("begin", "A-2", NULL, 0) == OK);
    struct arena a = { 0 };
    str before = STR("\"article\":\"35\""), right = STR(RIGHT);
    ptrdiff_t at = str_find(right, before);
    char iso[DAY_TEXT];
    str until = day_text(inst_day(t.now), iso);
    str text = arena_printf(
        &a, "%.*s,\"until\":\"%.*s\"%s",
        (int)(at + (ptrdiff_t)before.n), RIGHT, STR_ARG(until),
        RIGHT + at + before.n);
    CHECK(doing("write", "A-2", text.p, 0) == OK);
    CHECK(doing("send", "A-2", NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", "A-2", NULL, 0) == OK);
    t.who.account = 7;
    CHECK(!live_finding("basis.expired"));
    t.now.ms += (int64_t)24 * 3600 * 1000;
    CHECK(!live_finding("basis.expired"));
    CHECK(test_store_run(&t, round_job, NULL) == OK);
    CHECK(live_finding("basis.expired"));
    CHECK(seen("A-2", 0).k.item.must == 1);
    arena_free(&a);
}

/* ---- samples and blank forms ---- */

static char shelf[] = "/tmp/zt-samples-XXXXXX";

/* A file a clerk handed in: its member of a guide. */
struct handed {
    const char *bytes, *personal;
    str member;
};

static enum err hand_in(struct tx *tx, void *context)
{
    struct handed *h = context;
    struct upload u;
    str problem;
    tx->notes++;
    enum err e = files_keep(tx->arena, str_of(h->bytes), STR("样表.pdf"), &u,
                            &problem);
    h->member = arena_printf(tx->arena, "%.*s 样表.pdf", STR_ARG(u.sha256));
    return e == OK ? paper_put(tx, u.sha256, str_of(h->personal), true,
                               tx->now, NULL) : e;
}

static const char *handed(const char *bytes, const char *personal)
{
    static char text[4][200];
    static int at;
    struct handed h = { .bytes = bytes, .personal = personal };
    CHECK(test_store_run(&t, hand_in, &h) == OK);
    char *out = text[at++ % 4];
    snprintf(out, sizeof text[0], "%.*s", STR_ARG(h.member));
    return out;
}

/* RIGHT with a file as the sample of the result. */
static const char *with_sample(const char *member)
{
    static char text[3000];
    snprintf(text, sizeof text, "%.*s,\"result_file\":\"%s\"}",
             (int)(sizeof RIGHT - 2), RIGHT, member);
    return text;
}

struct offered {
    const char *member;
    bool open, known;
    int64_t refs;
};

static enum err look_offered(struct tx *tx, void *context)
{
    struct offered *o = context;
    struct sample_open open;
    struct paper_known known;
    str sha256, name;
    CHECK(guide_file(str_of(o->member), &sha256, &name));
    o->open = sample_open(tx, sha256, &open) == OK;
    o->known = paper_known(tx, sha256, &known) == OK;
    return OK;
}

static bool offered(const char *member)
{
    struct offered o = { .member = member };
    CHECK(test_store_look(&t, look_offered, &o) == OK);
    return o.open;
}

static bool kept_here(const char *member)
{
    struct offered o = { .member = member };
    CHECK(test_store_look(&t, look_offered, &o) == OK);
    return o.known;
}

static void into_force(const char *code)
{
    CHECK(doing("send", code, NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", code, NULL, 0) == OK);
    t.who.account = 7;
}

static void a_file_is_public_with_its_version_and_only_then(void)
{
    const char *old = handed("%PDF-1.4 old\n%%EOF\n", "");
    const char *new = handed("%PDF-1.4 new\n%%EOF\n", "");
    CHECK(doing("new", "S-1", with_sample(old), 0) == OK);
    CHECK(kept_here(old) && !offered(old));
    into_force("S-1");
    CHECK(offered(old));
    /* The next draft begins with the old one's file, and may have another. */
    CHECK(doing("begin", "S-1", NULL, 0) == OK);
    struct seen s = seen("S-1", 0);
    CHECK(str_starts(guide_get(s.k.guide, "result_file"), str_of(old)));
    CHECK(doing("write", "S-1", with_sample(new), 0) == OK);
    CHECK(offered(old) && !offered(new));
    CHECK(doing("send", "S-1", NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", "S-1", NULL, 2) == OK);
    t.who.account = 7;
    CHECK(offered(old) && !offered(new)); /* until its day */
    t.now.ms += (int64_t)2 * 24 * 3600 * 1000;
    CHECK(test_store_run(&t, effect, NULL) == OK);
    CHECK(!offered(old) && offered(new));
    CHECK(kept_here(old)); /* version 1 names it for ever */
    CHECK(doing("paused", "S-1", "系统升级", 0) == OK);
    CHECK(offered(new));
    CHECK(doing("withdrawn", "S-1", "依据废止", 0) == OK);
    CHECK(!offered(new) && !offered(old));
}

static void what_only_a_draft_named_goes_with_it(void)
{
    const char *member = handed("%PDF-1.4 dropped\n%%EOF\n", "");
    CHECK(doing("new", "S-2", with_sample(member), 0) == OK);
    CHECK(kept_here(member));
    CHECK(doing("write", "S-2", RIGHT, 0) == OK);
    CHECK(!kept_here(member));
    member = handed("%PDF-1.4 dropped too\n%%EOF\n", "");
    CHECK(doing("write", "S-2", with_sample(member), 0) == OK);
    CHECK(kept_here(member));
    CHECK(doing("drop", "S-2", NULL, 0) == OK);
    CHECK(!kept_here(member));
}

static enum err somebodys(struct tx *tx, void *context)
{
    struct upload u;
    str *member = context, problem;
    tx->notes++;
    enum err e = files_keep(tx->arena, STR("%PDF-1.4 hers\n%%EOF\n"),
                            STR("a.pdf"), &u, &problem);
    *member = arena_printf(tx->arena, "%.*s 样表.pdf", STR_ARG(u.sha256));
    return e == OK ? files_mention(tx, &u, "services", STR("C-1")) : e;
}

/* A digest written into a guide is no way to somebody's paper. */
static void a_residents_paper_is_never_a_sample(void)
{
    str hers;
    char text[200];
    CHECK(test_store_run(&t, somebodys, &hers) == OK);
    snprintf(text, sizeof text, "%.*s", STR_ARG(hers));
    CHECK(doing("new", "S-3", with_sample(text), 0) == OK);
    CHECK(seen("S-3", 0).k.item.must == 1);
    CHECK(doing("send", "S-3", NULL, 0) == ERR_RANGE);
    CHECK(!offered(text) && !kept_here(text));
    CHECK(doing("drop", "S-3", NULL, 0) == OK);
}

static void a_number_in_a_file_is_a_finding(void)
{
    const char *member = handed("%PDF-1.4 named\n%%EOF\n", "手机号码");
    CHECK(doing("new", "S-4", RIGHT, 0) == OK);
    int64_t before = seen("S-4", 0).k.item.should;
    CHECK(doing("write", "S-4", with_sample(member), 0) == OK);
    /* one found, and the finding that there was no sample is gone */
    CHECK(seen("S-4", 0).k.item.should == before);
    CHECK(seen("S-4", 0).k.item.must == 0);
    CHECK(doing("drop", "S-4", NULL, 0) == OK);
}

/* ---- files ---- */

struct file {
    const char *text, *unit;
    int rows, bad, fresh, changed, same;
    bool write;
    str problem, report;
};

static enum err take_file(struct tx *tx, void *context)
{
    struct file *f = context;
    struct delivery r;
    str code;
    FILE *out = fopen(path, "w");
    tx->notes++;
    CHECK(out && fputs(f->text, out) >= 0);
    if (out)
        fclose(out);
    enum err e = import_read(tx, path, str_of(f->unit), &r, &f->problem);
    if (e != OK)
        return e;
    f->rows = r.rows;
    f->bad = r.bad;
    f->fresh = r.fresh;
    f->changed = r.changed;
    f->same = r.same;
    f->report = arena_str(tx->arena, buf_str(&r.report));
    if (f->write && r.body.n)
        e = import_write(tx, arena_str(tx->arena, buf_str(&r.body)),
                         STR("导入"), &code);
    delivery_free(&r);
    return e;
}

static struct file file(const char *text, const char *unit, bool write,
                        enum err want)
{
    struct file f = { .text = text, .unit = unit, .write = write,
                      .problem = STR("") };
    CHECK(test_store_run(&t, take_file, &f) == want);
    return f;
}

/* As RIGHT, until a day. */
static str right_until(struct arena *a, day until)
{
    char iso[DAY_TEXT];
    return arena_printf(a, "{\"until\":\"%.*s\",%s",
                        STR_ARG(day_text(until, iso)), RIGHT + 1);
}

static void judged(const char *code)
{
    CHECK(doing("send", code, NULL, 0) == OK);
    t.who.account = 8;
    CHECK(doing("approve", code, NULL, 0) == OK);
    t.who.account = 7;
}

static void an_item_past_its_term_cannot_be_had(void)
{
    struct arena a = { 0 };
    day last = inst_day(t.now);
    CHECK(doing("new", "A-TERM", right_until(&a, last).p, 0) == OK);
    judged("A-TERM");
    CHECK(test_store_run(&t, round_job, NULL) == OK);
    CHECK_STR(seen("A-TERM", 0).k.item.state, "live"); /* its last day */
    t.now.ms += (int64_t)24 * 3600 * 1000;
    CHECK(test_store_run(&t, round_job, NULL) == OK);
    struct seen s = seen("A-TERM", 0);
    CHECK_STR(s.k.item.state, "withdrawn");
    CHECK(str_starts(s.k.item.why, STR("拟取消日期 ")));
    CHECK(doing("live", "A-TERM", NULL, 0) == OK);
    CHECK(doing("begin", "A-TERM", NULL, 0) == OK);
    CHECK(doing("write", "A-TERM",
                right_until(&a, (day){ last.n + 400 }).p, 0) == OK);
    judged("A-TERM");
    t.now.ms += (int64_t)24 * 3600 * 1000;
    CHECK(test_store_run(&t, round_job, NULL) == OK);
    CHECK_STR(seen("A-TERM", 0).k.item.state, "live");
    arena_free(&a);
}

static void a_half_filled_file_is_judged_row_by_row(void)
{
    struct file f = file("事项编码,部门,事项名称,承诺时限\n"
                         "B-1,D022,甲,5\nB-2,,,\nB-1,D022,乙,5\n,D022,丙,\n"
                         "B-4,D022,丁,五天\nB-5,D999,戊,1\nB-6,D029,己,1\n\n",
                         "D022", false, OK);
    CHECK(f.rows == 7 && f.bad == 6 && f.fresh == 1);
    CHECK(str_find(f.report, STR("没有事项名称")) > 0);
    CHECK(str_find(f.report, STR("同一个文件里有两行是这个编码")) > 0);
    CHECK(str_find(f.report, STR("没有事项编码")) > 0);
    CHECK(str_find(f.report, STR("承诺时限应是 0 到 3650 的整数")) > 0);
    CHECK(str_find(f.report, STR("没有部门“D999”")) > 0);
    CHECK(str_find(f.report, STR("不是本部门的事项")) > 0);
}

static void a_row_whose_file_is_not_here_is_told(void)
{
    struct file f = file("{\"items\":[{\"code\":\"B-9\",\"unit\":\"D022\","
                         "\"guide\":{\"name\":\"甲\",\"result_file\":\""
                         "0123456789abcdef0123456789abcdef0123456789abcdef"
                         "0123456789abcdef 许可证样本.pdf\"}}]}", "", false,
                         OK);
    CHECK(f.rows == 1 && f.bad == 0 && f.fresh == 1);
    CHECK(str_find(f.report, STR("要另外上传：许可证样本.pdf")) >= 0);
}

static void a_file_that_is_no_table_is_refused_whole(void)
{
    CHECK(file("", "", false, ERR_INPUT).problem.n);
    CHECK(file("名称\n甲\n", "", false, ERR_INPUT).problem.n);
    CHECK(file("事项编码,什么\nA,1\n", "", false, ERR_INPUT).problem.n);
    CHECK(file("事项编码,事项编码\nA,1\n", "", false, ERR_INPUT).problem.n);
    CHECK(file("事项编码\n", "", false, ERR_INPUT).problem.n);
    CHECK(file("[1,", "", false, ERR_INPUT).problem.n);
    CHECK(file("{\"items\":3}", "", false, ERR_INPUT).problem.n);
}

static void a_column_that_is_missing_leaves_what_is_said(void)
{
    CHECK(file("事项编码,部门,事项名称,承诺时限,咨询电话\n"
               "C-1,D022,新事项,5,12345\n", "", true, OK).fresh == 1);
    struct seen s = seen("C-1", 0);
    CHECK_STR(s.k.version.state, "draft");
    CHECK(s.k.item.must > 0);
    /* A draft under way is not written over. */
    struct file f = file("事项编码,承诺时限\nC-1,6\n", "", false, OK);
    CHECK(f.bad == 1);
    CHECK(str_find(f.report, STR("正在修改或者审核")) > 0);
    CHECK(file("事项编码,承诺时限\nC-1,5\n", "", false, OK).same == 1);
    f = file("事项编码,承诺时限,咨询电话\nA-2,3,\n", "", true, OK);
    CHECK(f.changed == 1 && f.bad == 0);
    s = seen("A-2", 0);
    CHECK(guide_int(s.k.guide, "promised_n") == 3);
    CHECK(!guide_says(s.k.guide, "phone"));
    CHECK_STR(s.name, "食品经营许可");
}

/* Judged, then changed by somebody: nothing of the file is written. */
static enum err too_late(struct tx *tx, void *context)
{
    str body = STR("{\"code\":\"E-1\",\"unit\":\"D022\",\"revision\":0,"
                   "\"guide\":{\"name\":\"甲\"}}\n{\"code\":\"A-2\",\"unit\":"
                   "\"D022\",\"revision\":1,\"guide\":{\"name\":\"乙\"}}\n");
    str *code = context;
    tx->notes++;
    return import_write(tx, body, STR(""), code);
}

static void a_file_is_written_whole_or_not_at_all(void)
{
    str code = STR("");
    CHECK(test_store_run(&t, too_late, &code) == ERR_CONFLICT);
    CHECK_STR(code, "A-2");
    CHECK(test_store_look(&t, look, &(struct seen){ .code = "E-1" }) ==
          ERR_NOTFOUND);
}

/* ---- partners ---- */

static enum err speak(struct tx *tx, void *context)
{
    struct mapping *m;
    struct value *g = tree(tx->arena, RIGHT), *out;
    (void)context;
    tx->notes++;
    enum err e = partner_new(tx, STR("province"), STR("省平台"));
    if (e == OK)
        e = mapping_load(tx, STR("province"), &m);
    if (e != OK)
        return e;
    CHECK(partner_new(tx, STR("province"), STR("又一个")) == ERR_CONFLICT);
    CHECK(mapping_load(tx, STR("nobody"), &m) == ERR_NOTFOUND);
    CHECK(mapping_load(tx, STR("province"), &m) == OK);
    out = mapping_tree(m, tx->arena, g);
    CHECK_STR(guide_get(out, "task_name"), "食品经营许可");
    CHECK_STR(guide_get(out, "task_type"), "01");
    CHECK_STR(guide_get(out, "is_fee"), "0");
    CHECK(value_get_int(out, STR("promise_day"), 0) == 5);
    CHECK_STR(guide_get(guide_first(out, "papers"), "material_name"),
              "申请书");
    CHECK_STR(mapping_word(m, tx->arena, "forms", STR("窗口、网上")), "1,2");
    /* Without a counterpart the word stays. */
    CHECK_STR(mapping_word(m, tx->arena, "depth", STR("全程网办")),
              "全程网办");
    CHECK_STR(mapping_word(NULL, tx->arena, "forms", STR("窗口")), "窗口");
    return OK;
}

static void a_partner_is_spoken_to_in_its_words(void)
{
    CHECK(test_store_run(&t, speak, NULL) == OK);
}

static void all_on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    t.who.account = 7;
    CHECK(test_store_run(&t, prepare, NULL) == OK);
    RUN(an_item_without_basis_is_a_draft_nobody_reviews);
    RUN(what_was_sent_is_judged_by_somebody_else);
    RUN(a_version_comes_into_force_on_its_day);
    RUN(the_database_keeps_what_was_sent);
    RUN(paused_and_withdrawn_come_back);
    RUN(the_counts_are_right_at_the_very_next_look);
    RUN(a_namesake_is_found_in_both_and_gone_with_one);
    RUN(a_law_that_expires_is_found_the_next_day);
    RUN(an_item_past_its_term_cannot_be_had);
    RUN(a_file_is_public_with_its_version_and_only_then);
    RUN(what_only_a_draft_named_goes_with_it);
    RUN(a_residents_paper_is_never_a_sample);
    RUN(a_number_in_a_file_is_a_finding);
    RUN(a_half_filled_file_is_judged_row_by_row);
    RUN(a_row_whose_file_is_not_here_is_told);
    RUN(a_file_that_is_no_table_is_refused_whole);
    RUN(a_column_that_is_missing_leaves_what_is_said);
    RUN(a_file_is_written_whole_or_not_at_all);
    RUN(a_partner_is_spoken_to_in_its_words);
    figures(""); /* after all that happened, still what a recount gives */
    test_store_close(&t);
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0)
        return 2;
    close(fd);
    str problem;
    if (mkdtemp(shelf) == NULL || files_open(shelf, &problem) != OK)
        return 2;
    all_on(TEST_LITE);
    all_on(TEST_PG);
    unlink(path);
    char clean[sizeof shelf + 10];
    snprintf(clean, sizeof clean, "rm -rf %s", shelf);
    CHECK(system(clean) == 0);
    return test_result();
}
