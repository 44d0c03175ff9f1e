/*
 * What does a whole city's catalogue cost to import?
 *
 * 2,155 items, each a full guide with basis, papers and steps, as JSON: read
 * and judged row by row on a worker, then written as drafts with their
 * findings in one command, which is time nobody else can write in.  Worry when
 * the two together are above 2,000 ms; looking everything through again, as
 * each night does, above 2,000 ms.
 */
#include "catalogue/import.h"
#include "kernel/auth/auth.h"
#include "kernel/store/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ITEMS = 2155 };

static char path[] = "/tmp/zt-bench-import-XXXXXX";
static str body;
static int found;

static enum err prepare(struct tx *tx, void *unused)
{
    struct auth_unit u = { .code = STR("D022"), .name = STR("市场监管局"),
                           .short_name = STR("市场监管局"),
                           .kind = STR("department"), .position = 1 };
    (void)unused;
    tx->notes++;
    return auth_add_unit(tx, &u);
}

static void write_file(void)
{
    FILE *f = fopen(path, "w");
    if (f == NULL)
        exit(1);
    fputs("[", f);
    for (int i = 0; i < ITEMS; i++)
        fprintf(f, "%s{\"code\":\"YX-%04d\",\"unit\":\"D022\",\"guide\":{"
                "\"name\":\"事项第 %d 号\",\"type\":\"行政许可\",\"kind\":"
                "\"承诺件\",\"object\":\"法人\",\"basis\":[{\"law\":\"食品安"
                "全法\",\"version\":\"2021-04-29\",\"article\":\"35\"}],"
                "\"conditions\":\"有与经营相适应的场所；\\n有合格的人员。\","
                "\"statutory_n\":20,\"statutory_unit\":\"工作日\","
                "\"promised_n\":%d,\"steps\":[{\"name\":\"受理\",\"days\":1},"
                "{\"name\":\"审查\",\"days\":3},{\"name\":\"决定\",\"days\":"
                "1}],\"forms\":\"窗口、网上\",\"visits\":1,\"fee\":false,"
                "\"papers\":[{\"name\":\"申请书\",\"need\":\"必要\",\"source\""
                ":\"申请人自备\"},{\"name\":\"平面图\",\"need\":\"必要\"},{"
                "\"name\":\"其他材料\",\"need\":\"必要\"}],\"result_type\":"
                "\"证照\",\"result\":\"许可证\",\"phone\":\"0563-4012345\"}}",
                i ? "," : "", i, i, i % 30);
    fputs("]", f);
    fclose(f);
}

static enum err judge(struct tx *tx, void *unused)
{
    struct delivery r;
    str problem;
    (void)unused;
    enum err e = import_read(tx, path, STR("D022"), &r, &problem);
    if (e != OK || r.fresh != ITEMS)
        return e == OK ? ERR_RANGE : e;
    body = arena_str(tx->arena, buf_str(&r.body));
    delivery_free(&r);
    return OK;
}

static enum err keep(struct tx *tx, void *unused)
{
    str code;
    (void)unused;
    tx->notes++;
    return import_write(tx, body, STR("导入"), &code);
}

static enum err count(struct tx *tx, void *unused)
{
    struct item_count *c;
    size_t n;
    (void)unused;
    enum err e = item_count(tx, STR(""), &c, &n);
    found = 0;
    for (size_t i = 0; e == OK && i < n; i++)
        found += (int)c[i].wrong;
    return e;
}

static enum err again(struct tx *tx, void *more)
{
    tx->notes++;
    return keep_job_round(tx, more);
}

int main(void)
{
    struct test_store t;
    bool more = true;
    int fd = mkstemp(path);
    if (fd < 0 || !test_store_open(&t, TEST_LITE))
        return 1;
    close(fd);
    write_file();
    enum err e = test_store_run(&t, prepare, NULL);
    int64_t began = tick_ms();
    if (e == OK)
        e = test_store_look(&t, judge, NULL);
    int64_t judged = tick_ms();
    if (e == OK)
        e = test_store_run(&t, keep, NULL);
    int64_t kept = tick_ms();
    while (e == OK && more)
        e = test_store_run(&t, again, &more);
    int64_t looked = tick_ms();
    if (e == OK)
        e = test_store_look(&t, count, NULL);
    printf("2,155 items read and judged\t%lld\tms\n",
           (long long)(judged - began));
    printf("written as drafts with findings\t%lld\tms\n",
           (long long)(kept - judged));
    printf("together\t%lld\tms\tworry above 2000\n",
           (long long)(kept - began));
    printf("all looked through again\t%lld\tms\tworry above 2000\n",
           (long long)(looked - kept));
    test_store_close(&t);
    unlink(path);
    return e == OK && found == ITEMS ? 0 : 1;
}
