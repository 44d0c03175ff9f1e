/*
 * zhengtong demo: fills an empty folder or database with the city.
 *
 * The mark DEMO is written last, so a load that was interrupted is seen as
 * one: running the command again then says what to do.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/files/files.h"
#include "kernel/pdf/pdf.h"
#include "kernel/seal/seal.h"
#include "kernel/search/upkeep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char password[] = "Yunxi-2026";

enum { CASES = 310527, OPEN = 1027, SMALL = 2000 };

struct run {
    struct command command;
    struct city *city;
    demo_work *work;
};

static enum err run_work(struct command *command, struct tx *tx)
{
    struct run *r = (struct run *)command;
    tx->notes++; /* the loader is its own witness: audit begins with service */
    return r->work(r->city, tx);
}

enum err demo_run(struct city *c, demo_work *work)
{
    static const struct who loader = {
        .name = { "演示数据", 12 }, .unit = { "", 0 }, .role = { "system", 6 },
        .via = { "system", 6 },
    };
    struct arena arena = { 0 };
    struct run r = {
        .command = { .run = run_work,
                     .tx = { .arena = &arena, .who = &loader, .now = c->now,
                             .calendar = clock_calendar_builtin() } },
        .city = c,
        .work = work,
    };
    enum err e = store_execute(c->store, &r.command);
    arena_free(&arena);
    return e;
}

/* ---- options ---- */

struct options {
    const char *dir, *url;
    int64_t cases;
    bool small;
};

static bool read_options(int argc, char **argv, struct options *o)
{
    *o = (struct options){ .cases = CASES };
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--small") == 0)
            o->small = true;
        else if (strcmp(argv[i], "--cases") == 0 && more &&
                 str_int(str_of(argv[i + 1]), &o->cases) &&
                 o->cases >= 1500 && o->cases <= 10000000)
            i++;
        else if (strcmp(argv[i], "--database") == 0 && more)
            o->url = argv[++i];
        else if (strcmp(argv[i], "--data") == 0 && more)
            o->dir = argv[++i];
        else if (strcmp(argv[i], "--test-clock") == 0 && more)
            inst_test_clock(argv[++i]);
        else if (argv[i][0] != '-' && o->dir == NULL)
            o->dir = argv[i];
        else
            return false;
    }
    if (o->small)
        o->cases = SMALL;
    return o->dir || o->url;
}

/* ---- the mark ---- */

static bool marked(const char *dir)
{
    char path[4096];
    struct stat st;
    snprintf(path, sizeof path, "%s/DEMO", dir);
    return stat(path, &st) == 0;
}

static bool mark(const char *dir)
{
    char path[4096], part[4096];
    snprintf(path, sizeof path, "%s/DEMO", dir);
    snprintf(part, sizeof part, "%s/DEMO.part", dir);
    FILE *f = fopen(part, "w");
    if (f == NULL)
        return false;
    fputs("演示数据：人名、编号均为虚构\n", f);
    bool ok = fflush(f) == 0 && fsync(fileno(f)) == 0;
    return fclose(f) == 0 && ok && rename(part, path) == 0;
}

/* ---- loading ---- */

static void step(const char *what)
{
    fprintf(stderr, "· %s\n", what);
}

static enum err say_so(struct city *c, struct tx *tx)
{
    (void)c;
    return http_mark_demo(tx);
}

static enum err load(struct city *c)
{
    step("部门、乡镇、村和人员");
    enum err e = demo_run(c, say_so);
    if (e == OK)
        e = demo_run(c, demo_city);
    if (e == OK)
        step("事项目录和一件事主题");
    if (e == OK)
        e = demo_run(c, demo_catalogue);
    if (e == OK)
        step("流程和决策表");
    if (e == OK)
        e = demo_run(c, demo_designs);
    if (e == OK)
        e = demo_run(c, demo_duties);
    if (e == OK)
        step("部门维护的事项目录");
    if (e == OK)
        e = demo_run(c, demo_items);
    if (e == OK)
        step("流转的事项");
    if (e == OK)
        e = demo_matters(c);
    if (e == OK)
        e = demo_grants(c);
    if (e == OK)
        step("五年办件");
    if (e == OK)
        e = demo_history(c);
    if (e == OK)
        step("在办件：按真实的办理步骤生成");
    if (e == OK)
        e = demo_today(c);
    if (e == OK)
        step("收费目录、缴款书和对账");
    if (e == OK)
        e = demo_run(c, demo_fees);
    if (e == OK)
        step("电子印章密钥和证照");
    if (e == OK)
        e = demo_run(c, demo_licences);
    if (e == OK)
        step("法人库");
    if (e == OK)
        e = demo_run(c, demo_enterprises);
    if (e == OK)
        step("投诉、更正和重新办理");
    if (e == OK)
        e = demo_run(c, demo_remedies);
    if (e == OK)
        step("政府信息公开");
    if (e == OK)
        e = demo_run(c, demo_disclosure);
    if (e == OK)
        step("办事大厅和村级代办");
    if (e == OK)
        e = demo_run(c, demo_windows);
    if (e == OK)
        e = demo_run(c, demo_intake);
    return e == OK ? demo_run(c, demo_villages) : e;
}

/* Keys go into the folder; without one, beside the papers `serve` would look
 * for when it is started here. */
static enum err open_seal(struct city *c, const struct options *o,
                          str *problem)
{
    return seal_open(arena_printf(c->arena, "%s/seal",
                                  o->dir ? o->dir : ".").p, problem);
}

static void print_accounts(void)
{
    static const struct { const char *login, *role, *unit, *who; } rows[] = {
        { "resident.zhou", "resident", "-", "周文远，办事人" },
        { "resident.li", "resident", "-", "李秀云，办事人" },
        { "window.chen", "window", "D036", "陈小燕，综合窗口" },
        { "window.wu", "window", "D036", "吴桂芳，综合窗口" },
        { "leader.d036", "leader", "D036", "政务服务中心负责人" },
        { "officer.d025", "officer", "D025", "市场监督管理局承办人" },
        { "officer.d070", "officer", "D070", "消防救援大队承办人" },
        { "officer.d013", "officer", "D013", "住房和城乡建设局承办人" },
        { "officer.d014", "officer", "D014", "城市管理局承办人" },
        { "officer.d029", "officer", "D029", "政务服务管理局事项审核岗" },
        { "leader.d025", "leader", "D025", "市场监督管理局负责人" },
        { "leader.d070", "leader", "D070", "消防救援大队负责人" },
        { "leader.d013", "leader", "D013", "住房和城乡建设局负责人" },
        { "leader.d014", "leader", "D014", "城市管理局负责人" },
        { "agent.t01v001", "agent", "T01V001", "村级代办员" },
        { "finance.qian", "finance", "D009", "钱敏，财政局非税收入" },
        { "supervisor.he", "supervisor", "D001", "何志明，效能办" },
        { "mayor.yun", "mayor", "D001", "云海涛，市长" },
        { "editor.lin", "editor", "D001", "林思佳，信息员" },
        { "sysadmin", "system_admin", "D029", "系统管理员" },
        { "secadmin", "security_admin", "D029", "安全管理员" },
        { "auditadmin", "audit_admin", "D029", "审计管理员" },
    };
    printf("演示账号（密码都是 %s）：\n", password);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        printf("account  %-14s %-14s %-8s %s\n", rows[i].login, rows[i].role,
               rows[i].unit, rows[i].who);
    printf("每个部门另有 officer.部门代码、leader.部门代码，例如 "
           "officer.d002。\n");
}

static int fail(const char *what, str why)
{
    fprintf(stderr, "zhengtong demo: %s%.*s\n", what, STR_ARG(why));
    return 1;
}

static int load_into(const struct options *o)
{
    struct arena arena = { 0 };
    struct city *c = ARENA_NEW(&arena, struct city);
    struct store_options options = { .dir = o->url ? NULL : o->dir,
                                     .url = o->url, .queue = 64, .bulk = true };
    str problem = STR("");
    enum err e = store_open(&options, &arena, &c->store, &problem);
    if (e != OK)
        return fail("", problem);
    store_set_calendar(c->store, clock_calendar_builtin());
    c->arena = &arena;
    c->now = inst_now();
    c->dice.state = 20260101;
    c->cases = o->cases;
    c->open = o->small ? 127 : OPEN;
    c->password_hash = auth_hash_password(&arena, str_of(password)).p;
    int64_t began = tick_ms();
    e = open_seal(c, o, &problem);
    if (e == OK && o->dir) {
        c->files = true;
        e = files_open(arena_printf(&arena, "%s/files", o->dir).p, &problem);
    }
    if (e == OK)
        e = load(c);
    if (e == OK)
        e = search_settle(c->store, inst_now());
    int64_t took = tick_ms() - began;
    store_close(c->store);
    arena_free(&arena);
    pdf_close();
    if (e != OK)
        return fail("装载没有完成，请删除数据后重试：", str_of(err_name(e)));
    if (o->dir && !mark(o->dir))
        return fail("不能写入 ", str_of(strerror(errno)));
    fprintf(stderr, "装载 %lld 件，用时 %lld.%lld 秒\n", (long long)o->cases,
            (long long)took / 1000, (long long)took / 100 % 10);
    print_accounts();
    return 0;
}

int demo_command(int argc, char **argv)
{
    struct options o;
    if (!read_options(argc, argv, &o)) {
        fputs("usage: zhengtong demo DIR [--database URL]\n"
              "         [--small | --cases N]\n", stderr);
        return 2;
    }
    if (o.dir && mkdir(o.dir, 0750) != 0 && errno != EEXIST)
        return fail("不能建立数据目录：", str_of(strerror(errno)));
    if (o.dir && marked(o.dir)) {
        fprintf(stderr, "%s 里已经有演示数据。\n", o.dir);
        print_accounts();
        return 0;
    }
    return load_into(&o);
}
