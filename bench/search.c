/*
 * How much faster than looking at every row is a search?
 *
 * Unit: milliseconds for the newest 20 of N case titles, median and worst of
 * forty.  The yardstick is LIKE over the same texts in the same file, newest
 * first and as far as 20 hits, and to the end for words that are rare.  Also
 * tells what the index weighs and what adding a document costs.
 *
 * Then the ranking of the demonstration's 2,155 items: the time to build its
 * index, and queries a second over what people type (tests/search/queries.tsv),
 * on one thread.
 *
 * bench_search [documents], 100,000 by default.  Worry below 100 times on rare
 * words, above 20 ms anywhere, and above 1 ms for a ranked query.
 */
#include "kernel/page/page.h"
#include "kernel/search/rank.h"
#include "kernel/search/search.h"
#include "kernel/store/testing.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const parts[] = {
    "食品", "经营", "许可", "餐饮", "服务", "建设", "工程", "规划", "消防",
    "安全", "检查", "医疗", "机构", "执业", "登记", "变更", "注销", "核发",
    "道路", "运输", "从业", "资格", "城镇", "排水", "户外", "广告", "设置",
    "养老", "保险", "待遇", "申领", "户籍", "迁移", "出生", "证明", "不动产",
    "抵押", "社会", "团体", "成立", "民办", "学校", "设立", "审批", "农药",
    "种子", "生产", "林木", "采伐", "取水", "污染物", "排放", "特种设备",
    "使用", "药品", "零售", "烟草", "专卖", "劳务", "派遣", "人力资源",
};
static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "杨",
                                        "赵", "黄", "周", "吴" };

static uint64_t state = 88172645463325252u;

static unsigned chance(unsigned n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % n;
}

/* Some parts are common, some rare, as in life. */
static const char *part(void)
{
    unsigned n = sizeof parts / sizeof *parts, k = chance(n) * chance(n) / n;
    return parts[k];
}

struct batch {
    int from, count;
};

static enum err put_batch(struct tx *tx, void *context)
{
    struct batch *b = context;
    enum err e = OK;
    for (int i = b->from; i < b->from + b->count && e == OK; i++) {
        str title = arena_printf(tx->arena, "%s%s%s%s YX2026%08d", part(),
                                 part(), part(), part(), i);
        str unit = arena_printf(tx->arena, "D%03u", chance(72) + 1);
        str name = arena_printf(tx->arena, "%s%s%s", surnames[chance(10)],
                                parts[chance(40)], i % 7 ? "" : "翯");
        e = search_put(tx, i, STR("case"), unit, title, name);
    }
    return e;
}

struct question {
    struct search_query q;
    size_t hits;
};

static enum err ask(struct tx *tx, void *context)
{
    struct question *q = context;
    int64_t *ids;
    return search_find(tx, &q->q, &ids, &q->hits);
}

static double ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Median of LIKE over search_doc for the same question. */
static double scan(struct test_store *t, str words)
{
    char path[128], like[128];
    double took[5];
    snprintf(path, sizeof path, "%s/zhengtong.db", t->dir);
    snprintf(like, sizeof like, "%%%.*s%%", STR_ARG(words));
    sqlite3 *db;
    sqlite3_stmt *s;
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT id FROM search_doc WHERE open LIKE ?1 "
                               "ORDER BY id DESC LIMIT 20", -1, &s, NULL) !=
            SQLITE_OK)
        exit(1);
    sqlite3_bind_text(s, 1, like, -1, SQLITE_STATIC);
    for (int i = 0; i < 5; i++) {
        double begin = ms_now();
        while (sqlite3_step(s) == SQLITE_ROW)
            ;
        took[i] = ms_now() - begin;
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    qsort(took, 5, sizeof *took, by_size);
    return took[2];
}

static void measure(struct test_store *t, const char *words, const char *unit,
                    bool closed)
{
    struct question q = { .q = { .kind = STR("case"), .words = str_of(words),
                                 .unit = str_of(unit), .closed = closed,
                                 .limit = 20 } };
    double took[40];
    for (int i = 0; i < 40; i++) {
        double begin = ms_now();
        if (test_store_look(t, ask, &q) != OK)
            exit(1);
        took[i] = ms_now() - begin;
    }
    qsort(took, 40, sizeof *took, by_size);
    printf("search\t%s%s%s%s\t%zu hits\t%.3f ms\tworst %.3f ms", words,
           *unit ? " " : "", unit, closed ? " closed" : "", q.hits, took[20],
           took[39]);
    if (t->dir[0] && !closed && !*unit) {
        double yard = scan(t, str_of(words));
        printf("\tLIKE %.1f ms\t%.0f times", yard, yard / took[20]);
    }
    putchar('\n');
    fflush(stdout);
}

static void fill(struct test_store *t, int n)
{
    enum { COMMAND = 5000 };
    double begin = ms_now();
    for (int i = 1; i <= n; i += COMMAND) {
        struct batch b = { i, n - i + 1 < COMMAND ? n - i + 1 : COMMAND };
        if (test_store_run(t, put_batch, &b) != OK)
            exit(1);
        arena_reset(&t->arena);
    }
    printf("search\tadd\t%.0f documents/s\n",
           n * 1e3 / (ms_now() - begin));
}

static void weigh(struct test_store *t)
{
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *s;
    snprintf(path, sizeof path, "%s/zhengtong.db", t->dir);
    if (sqlite3_open(path, &db) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT (SELECT sum(length(block)) FROM "
                               "search_index_data), (SELECT sum(length(CAST("
                               "open || closed AS BLOB))) FROM search_doc)",
                           -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW)
        printf("search\tindex\t%.1f MB of %.1f MB text\n",
               sqlite3_column_double(s, 0) / 1e6,
               sqlite3_column_double(s, 1) / 1e6);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* What autovacuum does a minute after so many rows. */
static void analyze(struct test_store *t)
{
    PGconn *c = PQconnectdb(t->url);
    PQclear(PQexec(c, "VACUUM ANALYZE search_doc"));
    PQfinish(c);
}

static void round_of(enum test_database which, int n)
{
    struct test_store t;
    if (!test_store_open(&t, which))
        return;
    fill(&t, n);
    if (which == TEST_LITE)
        weigh(&t);
    else
        analyze(&t);
    static const char *const words[] = {
        "食品", "养老", "人力资源", "劳务派遣人力资源", "食品经营许可", "力",
        "品", "食品 许可", "YX2026", "YX202600012345", "没有这样的",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        measure(&t, words[i], "", false);
    measure(&t, "食品", "D022", false);
    measure(&t, "劳务派遣", "D022", false);
    measure(&t, "王", "D022", true);
    measure(&t, "周医疗", "", true);
    test_store_close(&t);
}

/* ---- ranking ---- */

static struct rank *build_ranking(struct arena *a)
{
    enum { MOST = 3000, TIMES = 10 };
    struct rank_doc *docs = ARENA_NEW_N(a, struct rank_doc, MOST);
    struct csv row;
    size_t n = 0;
    csv_open(&row, a, page_asset("data/demo/items-2155.csv"));
    enum err e = csv_row(&row);
    while (e == OK && csv_row(&row) == OK && n < MOST) {
        int64_t id = (int64_t)n + 1;
        docs[n++] = (struct rank_doc){
            .id = id, .position = id, .code = STR(""), .about = STR(""),
            .name = arena_str(a, row.field[3]), .unit = STR(""),
            .unit_name = arena_str(a, row.field[2]),
        };
    }
    double begin = ms_now();
    for (int i = 0; i < TIMES; i++)
        rank_free(rank_build(docs, n));
    printf("rank\tbuild\t%zu items\t%.1f ms\n", n,
           (ms_now() - begin) / TIMES);
    return rank_build(docs, n);
}

static int read_queries(str *query, int most)
{
    static char text[1 << 17];
    FILE *f = fopen("tests/search/queries.tsv", "r");
    str rest = { text, f ? fread(text, 1, sizeof text, f) : 0 };
    int n = 0;
    if (f)
        fclose(f);
    while (!str_is_none(rest) && n < most) {
        str line = str_cut(&rest, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        str_cut(&line, '\t');
        query[n++] = str_cut(&line, '\t');
    }
    return n;
}

static void measure_ranking(void)
{
    enum { QUERIES = 500, ROUNDS = 20 };
    static str query[QUERIES];
    static double took[QUERIES * ROUNDS];
    struct arena a = { 0 }, scratch = { 0 };
    struct rank *r = build_ranking(&a);
    int n = read_queries(query, QUERIES), asked = 0;
    double all = 0;
    for (int i = 0; i < n * ROUNDS; i++) {
        struct rank_query q = { .words = query[i % n], .unit = STR(""),
                                .limit = 30 };
        struct rank_hit hit[30];
        str understood;
        double begin = ms_now();
        rank_find(r, &scratch, &q, hit, &understood);
        took[asked] = ms_now() - begin;
        all += took[asked++];
        arena_reset(&scratch);
    }
    if (asked == 0) {
        fputs("bench_search: no tests/search/queries.tsv here\n", stderr);
        exit(1);
    }
    qsort(took, (size_t)asked, sizeof *took, by_size);
    printf("rank\tfind\t%d queries\t%.0f /s\tmedian %.3f ms\t"
           "99 of 100 %.3f ms\tworst %.3f ms\n", n, asked * 1e3 / all,
           took[asked / 2], took[asked * 99 / 100], took[asked - 1]);
    rank_free(r);
    arena_free(&scratch);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    int64_t n = 100000;
    if (argc > 1 && !str_int(str_of(argv[1]), &n))
        return 2;
    measure_ranking();
    round_of(TEST_LITE, (int)n);
    round_of(TEST_PG, (int)n);
    return 0;
}
