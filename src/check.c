/*
 * zhengtong check -- is everything in this city as it must be?
 *
 * First the schema and every statement against the real database, then what no
 * crash, no race and no mistake of ours may ever break: each sentence below is
 * an invariant.  It only reads, beside a running server if there is one, and
 * prints one line for each thing that is not so.
 */
#include "catalogue/queries.gen.h"
#include "fees/queries.gen.h"
#include "kernel/audit/audit.h"
#include "kernel/clock/clock.h"
#include "kernel/files/files.h"
#include "kernel/job/job.h"
#include "kernel/process/process.h"
#include "modules.h"
#include "services/queries.gen.h"
#include "statistics/queries.gen.h"
#include "supervision/queries.gen.h"
#include "windows/queries.gen.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct check {
    struct tx *tx;
    int64_t looked, bad;
};

static void bad(struct check *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void bad(struct check *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    c->bad++;
}

/* ---- cases and their clocks ---- */

static bool same_day(day a, day b)
{
    return a.n == b.n;
}

/* An accepted case has its two clocks, one that waits for an answer the one of
 * 第三十二条, and a case whose applicant must supply something none. */
static void check_clocks(struct check *c, const struct check_open *o)
{
    bool accepted = !day_is_none(o->accepted);
    bool waits = str_is(o->state, "received") && !str_is(o->kind, "joint");
    if (o->promised != accepted || o->statutory != accepted)
        bad(c, "办件 %.*s %s，有 %lld 个承诺时限、%lld 个法定时限在走",
            STR_ARG(o->number), accepted ? "已受理" : "未受理",
            (long long)o->promised, (long long)o->statutory);
    if (o->waiting != waits)
        bad(c, "办件 %.*s（%.*s）有 %lld 个受理时限在走", STR_ARG(o->number),
            STR_ARG(o->state), (long long)o->waiting);
}

/* What a case repeats of its clocks is what they say. */
static void check_dues(struct check *c, const struct check_open *o)
{
    if (!same_day(o->clock_due, o->promised_due))
        bad(c, "办件 %.*s 的承诺到期日与时限不一致", STR_ARG(o->number));
    if (!same_day(o->statutory_due, o->legal_due))
        bad(c, "办件 %.*s 的法定到期日与时限不一致", STR_ARG(o->number));
    if (!same_day(o->accept_by, o->waiting_due))
        bad(c, "办件 %.*s 的受理期限与时限不一致", STR_ARG(o->number));
}

static enum err open_cases(struct check *c)
{
    struct check_open *o;
    int64_t after = 0;
    size_t n = 1;
    enum err e = OK;
    while (e == OK && n) {
        e = check_open(c->tx, after, &o, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            check_clocks(c, &o[i]);
            check_dues(c, &o[i]);
            after = o[i].id;
        }
        c->looked += e == OK ? (int64_t)n : 0;
    }
    return e;
}

static enum err closed_cases(struct check *c)
{
    struct check_running *r;
    int64_t after = 0;
    size_t n = 1;
    enum err e = OK;
    while (e == OK && n) {
        e = check_running(c->tx, after, &r, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            bad(c, "办件 %.*s %s，时限 %.*s 还在走", STR_ARG(r[i].ref),
                r[i].known ? "已经办结" : "不存在", STR_ARG(r[i].kind));
            after = r[i].id;
        }
    }
    return e;
}

/* ---- accepted with papers still to come ---- */

/* A case that waits for papers has the applicant's clock, one that does not has
 * none; what it repeats of both is what they say. */
static void check_gap(struct check *c, const struct check_gaps *g)
{
    bool runs = g->open && g->gaps > 0;
    if (g->gaps != (g->open ? g->missing : 0))
        bad(c, "办件 %.*s 记着缺 %lld 份材料，实际 %lld 份没有补齐",
            STR_ARG(g->number), (long long)g->gaps, (long long)g->missing);
    if (g->gap_handed != (g->open ? g->waiting : 0))
        bad(c, "办件 %.*s 记着 %lld 份补交的材料待核对，实际 %lld 份",
            STR_ARG(g->number), (long long)g->gap_handed,
            (long long)g->waiting);
    if (g->clocks != runs)
        bad(c, "办件 %.*s %s，有 %lld 个补交时限在走", STR_ARG(g->number),
            runs ? "有材料没有补齐" : "没有等候补交的材料",
            (long long)g->clocks);
    if (!same_day(g->gap_due, g->due))
        bad(c, "办件 %.*s 的补交期限与时限不一致", STR_ARG(g->number));
}

static enum err gaps(struct check *c)
{
    struct check_gaps *g;
    struct check_gap_clocks *k;
    int64_t after = 0;
    size_t n = 1;
    enum err e = OK;
    while (e == OK && n) {
        e = check_gaps(c->tx, after, &g, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            check_gap(c, &g[i]);
            after = g[i].id;
        }
        c->looked += e == OK ? (int64_t)n : 0;
    }
    if (e == OK)
        e = check_gap_clocks(c->tx, &k, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "补交时限还在走，办件 %.*s 没有等候补交的材料",
            STR_ARG(k[i].ref));
    return e;
}

/* ---- one application, every department ---- */

static void check_joint(struct check *c, const struct check_joints *j)
{
    if (j->parts == 0)
        bad(c, "并联办件 %.*s 没有分件", STR_ARG(j->number));
    else if (j->last != 1)
        bad(c, "并联办件 %.*s 的分件编号不连续", STR_ARG(j->number));
    if (j->parts && j->open != (j->open_parts > 0))
        bad(c, "并联办件 %.*s %s，分件还有 %lld 个没有办结", STR_ARG(j->number),
            j->open ? "没有办结" : "已经办结", (long long)j->open_parts);
}

static enum err joints(struct check *c)
{
    struct check_joints *j;
    struct check_orphans *orphan;
    int64_t after = 0;
    size_t n = 1;
    enum err e = OK;
    while (e == OK && n) {
        e = check_joints(c->tx, after, &j, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            check_joint(c, &j[i]);
            after = j[i].id;
        }
        c->looked += e == OK ? (int64_t)n : 0;
    }
    if (e == OK)
        e = check_orphans(c->tx, &orphan, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "分件 %.*s 没有总件", STR_ARG(orphan[i].number));
    return e;
}

/* ---- numbers ---- */

static enum err case_numbers(struct check *c)
{
    struct check_numbers all;
    struct check_series *s;
    size_t n;
    char text[DAY_TEXT];
    enum err e = check_numbers(c->tx, &all);
    if (e == OK)
        e = check_series(c->tx, &s, &n);
    if (e != OK)
        return e;
    c->looked += all.cases;
    if (all.cases != all.numbers)
        bad(c, "%lld 个办件只有 %lld 个编号", (long long)all.cases,
            (long long)all.numbers);
    for (size_t i = 0; i < n; i++)
        bad(c, "%.*s 的编号排到 %lld，当天有 %lld 件",
            STR_ARG(day_text(s[i].day, text)), (long long)s[i].last,
            (long long)s[i].cases);
    return OK;
}

static enum err paper_numbers(struct check *c)
{
    struct check_notices *s;
    struct check_cards *card;
    size_t n;
    enum err e = check_notices(c->tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "文书 %.*s 编到 %lld 号，共有 %lld 份", STR_ARG(s[i].name),
            (long long)s[i].last, (long long)s[i].notices);
    if (e == OK)
        e = check_cards(c->tx, &card, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "牌 %.*s 编到 %lld 号，共有 %lld 张", STR_ARG(card[i].level),
            (long long)card[i].last, (long long)card[i].cases);
    return e;
}

/* ---- figures ---- */

static str unit_words(str unit)
{
    return unit.n ? unit : STR("全市");
}

static enum err figures(struct check *c)
{
    struct check_tallies *t;
    struct check_scores *s;
    struct check_rated *r;
    struct check_open_counts *o;
    struct check_found *f;
    struct windows_check_sums *w;
    size_t n;
    char text[DAY_TEXT];
    enum err e = check_tallies(c->tx, &t, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s %.*s 的统计与重新清点相差：收件 %lld，办结 %lld，"
            "超期 %lld，不予受理 %lld", STR_ARG(day_text(t[i].day, text)),
            STR_ARG(unit_words(t[i].unit)), (long long)t[i].filed,
            (long long)t[i].closed, (long long)t[i].late,
            (long long)t[i].refused);
    if (e == OK)
        e = check_scores(c->tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s %.*s 的评价统计与重新清点相差：评价 %lld，好评 %lld，"
            "差评 %lld",
            STR_ARG(day_text(s[i].day, text)),
            STR_ARG(unit_words(s[i].unit)), (long long)s[i].rated,
            (long long)s[i].good, (long long)s[i].bad);
    if (e == OK)
        e = windows_check_sums(c->tx, &w, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s %.*s 大厅 %.*s 的收件统计与重新清点相差：收件 %lld，移交 "
            "%lld", STR_ARG(day_text(w[i].day, text)), STR_ARG(w[i].hall),
            STR_ARG(w[i].unit), (long long)w[i].n, (long long)w[i].done);
    if (e == OK)
        e = check_rated(c->tx, &r, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "办件 %.*s 没有办结，却有评价", STR_ARG(r[i].ref));
    if (e == OK)
        e = check_open_counts(c->tx, &o, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s的在办统计（%.*s，第 %lld 日到期）与重新清点相差 %lld 件",
            STR_ARG(unit_words(o[i].unit)), STR_ARG(o[i].state),
            (long long)o[i].sort_due, (long long)o[i].cases);
    if (e == OK)
        e = check_found(c->tx, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s的事项质量统计（%.*s）与重新清点相差 %lld 项",
            STR_ARG(f[i].unit), STR_ARG(f[i].rule.n ? f[i].rule
                                                    : STR("全部规则")),
            (long long)f[i].items);
    return e;
}

/* ---- papers and the trail ---- */

static void bad_paper(void *context, str sha256, const char *why)
{
    bad(context, "材料 %.*s %s", STR_ARG(sha256), why);
}

static enum err papers(struct check *c, const char *files)
{
    struct check_papers *p;
    size_t n;
    int64_t kept = 0;
    str problem;
    struct stat st;
    enum err e = check_papers(c->tx, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "办件（内部编号 %lld）的材料 %.*s 没有保存",
            (long long)p[i].case_id, STR_ARG(p[i].sha256));
    if (e != OK || files == NULL || stat(files, &st) != 0)
        return e;
    e = files_open(files, &problem);
    if (e == OK)
        e = files_verify(c->tx, bad_paper, c, &kept);
    c->looked += kept;
    return e;
}

static enum err trail(struct check *c)
{
    struct audit_verdict v;
    enum err e = audit_verify(c->tx, &v);
    if (e == OK && v.broken)
        bad(c, "审计链在第 %lld 条断开", (long long)v.broken);
    c->looked += e == OK ? v.entries : 0;
    return e;
}

/* ---- processes ---- */

enum { REPLAYED = 20 }; /* every which running case is done again */

static void bad_case(void *context, const char *format, ...)
{
    struct check *c = context;
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    c->bad++;
}

static enum err processes(struct check *c)
{
    int64_t looked;
    enum err e = process_check(c->tx, REPLAYED, bad_case, c, &looked);
    c->looked += e == OK ? looked : 0;
    return e;
}

/* What the law says of a case and what its process says are one thing. */
static enum err steps(struct check *c)
{
    struct check_steps *s;
    size_t n;
    enum err e = check_steps(c->tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "办件 %.*s 是 %.*s，它的流程是 %.*s，办理环节是 %.*s",
            STR_ARG(s[i].number), STR_ARG(s[i].state), STR_ARG(s[i].process),
            STR_ARG(s[i].node));
    return e;
}

/* Each open part of a joint case is one its process waits for. */
static enum err wholes(struct check *c)
{
    struct check_wholes *w;
    size_t n;
    enum err e = check_wholes(c->tx, &w, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "并联办件 %.*s 有 %lld 个分件没有办结，它的流程在等 %lld 个",
            STR_ARG(w[i].number), (long long)w[i].parts,
            (long long)w[i].calls);
    return e;
}

/* ---- the command ---- */

/* ---- figures ---- */

/* News that still waits, be it that the server stands still since last week,
 * is no difference. */
static enum err statistics(struct check *c)
{
    struct stat_check_day *d;
    struct stat_check_span *s;
    size_t n = 0;
    inst oldest;
    enum err e = job_waiting_since(c->tx, &oldest);
    if (e == OK)
        e = stat_check_day(c->tx, inst_is_none(oldest)
                                      ? (day){ tx_today(c->tx).n + 1 }
                                      : inst_day(oldest), &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        char text[DAY_TEXT];
        bad(c, "%.*s 的办件统计和办件记录不符",
            STR_ARG(day_text(d[i].day, text)));
    }
    if (e == OK)
        e = stat_check_span(c->tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%lld 的办件统计（%.*s %.*s）不是各日之和",
            (long long)s[i].span, STR_ARG(s[i].dim), STR_ARG(s[i].key));
    c->looked++;
    return e;
}

/* ---- money ---- */

static enum err money(struct check *c)
{
    struct fee_check_sums *s;
    struct fee_check_back *b;
    struct fee_check_counts *k;
    size_t n;
    enum err e = fee_check_sums(c->tx, &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "缴款书 %.*s 记着已缴 %lld 分，缴款记录合计 %lld 分",
            STR_ARG(s[i].number), (long long)s[i].paid.n,
            (long long)s[i].counted.n);
    if (e == OK)
        e = fee_check_back(c->tx, &b, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "缴款 %.*s 收到 %lld 分，退付 %lld 分",
            STR_ARG(b[i].platform_no), (long long)b[i].amount.n,
            (long long)b[i].back.n);
    if (e == OK)
        e = fee_check_counts(c->tx, &k, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        bad(c, "%.*s %.*s的收费统计与重新清点相差：%lld 份，应缴 %lld 分，"
            "已缴 %lld 分", STR_ARG(k[i].unit), STR_ARG(k[i].name),
            (long long)k[i].notices, (long long)k[i].total.n,
            (long long)k[i].paid.n);
    c->looked++;
    return e;
}

static enum err all_of_it(struct check *c, const char *files)
{
    enum err e = open_cases(c);
    if (e == OK)
        e = closed_cases(c);
    if (e == OK)
        e = gaps(c);
    if (e == OK)
        e = joints(c);
    if (e == OK)
        e = case_numbers(c);
    if (e == OK)
        e = paper_numbers(c);
    if (e == OK)
        e = figures(c);
    if (e == OK)
        e = statistics(c);
    if (e == OK)
        e = money(c);
    if (e == OK)
        e = papers(c, files);
    if (e == OK)
        e = processes(c);
    if (e == OK)
        e = steps(c);
    if (e == OK)
        e = wholes(c);
    return e == OK ? trail(c) : e;
}

static int check_store(struct store *s, struct arena *a, const char *files)
{
    static const struct who nobody = { .via = { "system", 6 } };
    struct tx tx = { .arena = a, .who = &nobody, .now = inst_now() };
    struct check c = { .tx = &tx };
    str problem = STR("");
    enum err e = store_check(s, a, &problem);
    if (e != OK) {
        printf("%.*s\n", STR_ARG(problem));
        return 1;
    }
    e = store_begin(s, &tx);
    if (e == OK) {
        e = all_of_it(&c, files);
        store_end(&tx);
    }
    if (e != OK) {
        fprintf(stderr, "zhengtong check: 数据读不出来（%s）\n", err_name(e));
        return 2;
    }
    printf("检查 %lld 项，%lld 处不符\n", (long long)c.looked,
           (long long)c.bad);
    return c.bad ? 1 : 0;
}

static int usage(void)
{
    fputs("用法：zhengtong check --data DIR | --database URL [--files DIR]\n",
          stderr);
    return 2;
}

int check_command(int argc, char **argv)
{
    struct store_options o = { .look = true };
    const char *files = NULL;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--data") == 0)
            o.dir = argv[i + 1];
        else if (strcmp(argv[i], "--database") == 0)
            o.url = argv[i + 1];
        else if (strcmp(argv[i], "--files") == 0)
            files = argv[i + 1];
        else
            return usage();
    }
    if (argc % 2 == 0 || (o.dir == NULL && o.url == NULL))
        return usage();
    struct arena a = arena_make(0);
    struct store *s;
    str problem = STR("");
    int code = 2;
    if (files == NULL && o.dir)
        files = arena_printf(&a, "%s/files", o.dir).p;
    if (o.url)
        o.dir = NULL; /* where the papers are: the same words as for serve */
    if (store_open(&o, &a, &s, &problem) == OK) {
        code = check_store(s, &a, files);
        store_close(s);
    } else {
        fprintf(stderr, "zhengtong check: %.*s\n", STR_ARG(problem));
    }
    arena_free(&a);
    return code;
}
