/*
 * The base on a store: versions, files all or none, who speaks for whom, what a
 * granted correction does and does not.
 */
#include "enterprises/import.h"
#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct test_store t;
static char path[] = "/tmp/zt-register-XXXXXX";
static char code[IDENT_TEXT], citizen[IDENT_TEXT];
static int64_t zhou, li;

static enum err add_unit(struct tx *tx, const char *unit, const char *name)
{
    struct auth_unit u = { .code = str_of(unit), .name = str_of(name),
                           .short_name = str_of(name),
                           .kind = STR("department"), .position = 1 };
    u.parent = u.credit_code = u.phone = u.address = u.hours = str_none;
    u.field = u.doc_prefix = str_none;
    return auth_add_unit(tx, &u);
}

static enum err add_person(struct tx *tx, const char *name, const char *mobile,
                           str id, int64_t *out)
{
    struct auth_account a = { .login = str_of(mobile), .name = str_of(name),
                              .kind = STR("resident"),
                              .mobile = str_of(mobile), .citizen_id = id,
                              .password = STR("x") };
    return auth_add_account(tx, &a, out);
}

static enum err prepare(struct tx *tx, void *context)
{
    char other[IDENT_TEXT];
    (void)context;
    tx->notes++;
    ident_credit_make('9', '1', STR("341881"), 1, code);
    ident_citizen_make(STR("341881"), 1, citizen);
    ident_citizen_make(STR("341881"), 2, other);
    enum err e = add_unit(tx, "D025", "市场监督管理局");
    if (e == OK)
        e = add_unit(tx, "D007", "民政局");
    if (e == OK)
        e = add_person(tx, "周文远", "13800002716", str_of(citizen), &zhou);
    if (e == OK)
        e = add_person(tx, "李秀云", "13800003905", str_of(other), &li);
    return e == OK ? auth_prove_mobile(tx, li, STR("13800003905")) : e;
}

struct asked {
    struct enterprise e;
    const char *scope, *ref;
    bool write;
    enum enterprise_outcome out;
    str why;
};

static struct enterprise one(int days)
{
    return (struct enterprise){
        .code = str_of(code), .name = STR("云溪竹海食品有限公司"),
        .kind = STR("company"), .representative = STR("周文远"),
        .rep_id = str_of(citizen), .rep_mobile = STR("13800002716"),
        .division = STR("341881"), .address = STR("中津路 1 号"),
        .scope = STR("食品销售"), .founded = day_of(2018, 3, 2),
        .capital = { 50000000 }, .unit = STR("市场监督管理局"),
        .state = STR("active"), .state_day = day_none,
        .from = { day_of(2026, 3, 2).n + days },
    };
}

static enum err put(struct tx *tx, void *context)
{
    struct asked *a = context;
    tx->notes++;
    return enterprise_put(tx, &a->e, str_of(a->scope), str_of(a->ref),
                          a->write, &a->out, &a->why);
}

static enum enterprise_outcome putting(struct enterprise e, const char *scope,
                                       bool write)
{
    struct asked a = { .e = e, .scope = scope, .ref = "E1", .write = write };
    CHECK(test_store_run(&t, put, &a) == OK);
    CHECK((a.out == ENTERPRISE_WRONG) == (a.why.n > 0));
    return a.out;
}

static enum err load(struct tx *tx, void *context)
{
    return enterprise_live(tx, str_of(code), context);
}

static struct enterprise_live live(void)
{
    struct enterprise_live l = { .version = 0 };
    CHECK(test_store_look(&t, load, &l) == OK);
    return l;
}

static void a_change_is_the_next_version(void)
{
    CHECK(putting(one(0), "D007", false) == ENTERPRISE_WRONG);
    CHECK(putting(one(0), "D025", false) == ENTERPRISE_NEW);
    CHECK(putting(one(0), "D025", true) == ENTERPRISE_NEW);
    CHECK(putting(one(5), "D025", true) == ENTERPRISE_SAME);
    CHECK(live().version == 1);
    struct enterprise e = one(9);
    e.address = STR("宁阳路 2 号");
    CHECK(putting(e, "D025", true) == ENTERPRISE_CHANGED);
    CHECK(live().version == 2);
    CHECK_STR(live().address, "宁阳路 2 号");
    CHECK_STR(live().source, "市场监管登记");
    e.from = one(3).from; /* older than what is in force */
    e.name = STR("改名有限公司");
    CHECK(putting(e, "D025", true) == ENTERPRISE_WRONG);
    e = one(20);
    e.unit = STR("D007");
    CHECK(putting(e, "D007", true) == ENTERPRISE_WRONG);
    e.unit = STR("没有这个局");
    CHECK(putting(e, "", true) == ENTERPRISE_WRONG);
    CHECK(live().version == 2);
}

/* ---- people ---- */

struct whom {
    int64_t account;
    size_t n;
};

static enum err mine(struct tx *tx, void *context)
{
    struct whom *w = context;
    struct who who = *tx->who;
    const struct who *before = tx->who;
    struct enterprise_own *own;
    who.account = w->account;
    tx->who = &who;
    enum err e = enterprise_mine(tx, &own, &w->n);
    tx->who = before;
    return e;
}

static size_t speaks_for(int64_t account)
{
    struct whom w = { account, 0 };
    CHECK(test_store_look(&t, mine, &w) == OK);
    return w.n;
}

static enum err prove(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    return auth_prove_mobile(tx, zhou, STR("13800002716"));
}

static enum err authorise(struct tx *tx, void *context)
{
    day today = tx_today(tx);
    (void)context;
    tx->notes++;
    return enterprise_proxy_add(tx, store_id(tx->store), STR("W1"),
                                str_of(code), STR("李秀云"),
                                STR("13800003905"), STR("办理许可"), today,
                                (day){ today.n + 1 }, zhou, tx->now);
}

static enum err take_back(struct tx *tx, void *context)
{
    (void)context;
    tx->notes++;
    return enterprise_proxy_end(tx, str_of(code), STR("W1"), tx_today(tx));
}

static void who_speaks_for_it_has_proven_the_mobile(void)
{
    inst now = t.now;
    CHECK(speaks_for(zhou) == 0);
    CHECK(test_store_run(&t, prove, NULL) == OK);
    CHECK(speaks_for(zhou) == 1);
    CHECK(speaks_for(li) == 0);
    CHECK(test_store_run(&t, authorise, NULL) == OK);
    CHECK(speaks_for(li) == 1);
    t.now.ms += 2 * (int64_t)86400000; /* past its last day */
    CHECK(speaks_for(li) == 0);
    t.now = now;
    CHECK(test_store_run(&t, take_back, NULL) == OK);
    CHECK(speaks_for(li) == 0);
    CHECK(test_store_run(&t, take_back, NULL) == ERR_CONFLICT);
}

/* ---- files ---- */

struct file {
    const char *text;
    struct delivery r;
    str problem;
};

static enum err read_file(struct tx *tx, void *context)
{
    struct file *f = context;
    FILE *out = fopen(path, "w");
    CHECK(out && fputs(f->text, out) >= 0 && fclose(out) == 0);
    return enterprise_read(tx, path, STR("D025"), &f->r, &f->problem);
}

#define HEAD "统一社会信用代码,名称,机构类型,法定代表人,住所,登记机关," \
             "登记状态,数据日期\n"

static void a_file_is_judged_row_by_row(void)
{
    char text[1024], second[IDENT_TEXT];
    ident_credit_make('9', '1', STR("341881"), 2, second);
    snprintf(text, sizeof text,
             HEAD "%s,新公司,企业法人,李四,路 1 号,市场监督管理局,存续,"
             "2026-11-01\n%s,新公司,企业法人,李四,路 1 号,市场监督管理局,存续,"
             "2026-11-01\n,没有代码,企业法人,李四,路 1 号,市场监督管理局,存续,"
             "2026-11-01\n", second, second);
    struct file f = { .text = text };
    CHECK(test_store_look(&t, read_file, &f) == OK);
    CHECK(f.r.rows == 3 && f.r.fresh == 1 && f.r.bad == 2);
    delivery_free(&f.r);
    f.text = "名称\n没有代码列\n";
    CHECK(test_store_look(&t, read_file, &f) == ERR_INPUT);
    f.text = "{\"entities\": 5}";
    CHECK(test_store_look(&t, read_file, &f) == ERR_INPUT);
    f.text = "[{\"shoe_size\": 42}, {\"code\": {}}, 7]";
    CHECK(test_store_look(&t, read_file, &f) == OK);
    CHECK(f.r.rows == 3 && f.r.bad == 3);
    delivery_free(&f.r);
}

static enum err write_file(struct tx *tx, void *context)
{
    struct file *f = context;
    str wrong;
    tx->notes++;
    return enterprise_write(tx, buf_str(&f->r.body), STR("D025"), STR("E2"),
                            &wrong);
}

static void a_file_overtaken_is_not_written(void)
{
    char text[1024];
    snprintf(text, sizeof text,
             HEAD "%s,旧数据公司,企业法人,周文远,路 1 号,市场监督管理局,存续,"
             "2026-03-12\n", code);
    struct file f = { .text = text };
    CHECK(test_store_look(&t, read_file, &f) == OK);
    CHECK(f.r.changed == 1);
    struct enterprise e = one(100);
    e.name = STR("更新的名字有限公司");
    CHECK(putting(e, "D025", true) == ENTERPRISE_CHANGED);
    CHECK(test_store_run(&t, write_file, &f) == ERR_CONFLICT);
    CHECK_STR(live().name, "更新的名字有限公司");
    delivery_free(&f.r);
}

/* ---- corrections ---- */

struct told {
    const char *was, *becomes;
};

static enum err correct(struct tx *tx, void *context)
{
    const struct told *c = context;
    struct view p = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    tx->notes++;
    view_text(&p, "number", STR("GZ2026-0009"));
    view_text(&p, "datum", STR("firm.address"));
    view_text(&p, "was", str_of(c->was));
    view_text(&p, "becomes", str_of(c->becomes));
    return enterprise_corrected(tx, str_of(code), p.object);
}

static void a_correction_is_a_version_once(void)
{
    struct told c = { "中津路 1 号", "中津路 11 号" };
    int64_t before = live().version;
    CHECK(test_store_run(&t, correct, &c) == OK);
    CHECK(live().version == before + 1);
    CHECK_STR(live().address, "中津路 11 号");
    CHECK_STR(live().ref, "GZ2026-0009");
    CHECK(test_store_run(&t, correct, &c) == OK); /* told again */
    CHECK(live().version == before + 1);
}

static void on(enum test_database which)
{
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, prepare, NULL) == OK);
    RUN(a_change_is_the_next_version);
    RUN(who_speaks_for_it_has_proven_the_mobile);
    RUN(a_file_is_judged_row_by_row);
    RUN(a_file_overtaken_is_not_written);
    RUN(a_correction_is_a_version_once);
    test_store_close(&t);
}

int main(void)
{
    int fd = mkstemp(path);
    CHECK(fd >= 0 && close(fd) == 0);
    on(TEST_LITE);
    on(TEST_PG);
    unlink(path);
    return test_result();
}
