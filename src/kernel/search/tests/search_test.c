/*
 * Search finds what LIKE finds, and no input is an error.
 *
 * The texts are paragraphs of statutes: data/laws when the project has them,
 * else a handful of sentences given below.
 */
#include "kernel/search/search.h"
#include "kernel/search/terms.h"
#include "kernel/search/upkeep.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <glob.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCS = 1500, FIRST = 1000 };

static enum test_database database;
static str docs[DOCS];
static struct buf folded[DOCS];
static int doc_count;
static struct arena keep;

static const char *const sample[] = {
    "公民、法人或者其他组织从事特定活动，依法需要取得行政许可的，应当向"
    "行政机关提出申请。",
    "申请材料不齐全或者不符合法定形式的，应当当场或者在五日内一次告知"
    "申请人需要补正的全部内容。",
    "除可以当场作出行政许可决定的外，行政机关应当自受理行政许可申请之日起"
    "二十日内作出行政许可决定。",
    "城乡居民养老保险的参保登记，由乡镇人民政府的代办员代为办理。",
    "从事食品生产、食品销售、餐饮服务，应当依法取得许可。ABC-2026 号，第12条。",
    "老年人权益保障", "养老", "险", "𠮷野家餐饮服务（宁国）有限公司",
};

static void add_doc(str text)
{
    text = str_trim(text);
    if (doc_count == DOCS || text.n < 3 || !utf8_valid(text))
        return;
    docs[doc_count] = arena_str(&keep, text);
    terms_fold(text, &folded[doc_count++]);
}

static void read_paragraphs(const char *path)
{
    FILE *f = fopen(path, "r");
    static char line[1 << 16];
    for (int i = 0; f && i < 60 && fgets(line, sizeof line, f); i++)
        add_doc(str_of(line));
    if (f)
        fclose(f);
}

static void read_docs(void)
{
    for (size_t i = 0; i < sizeof sample / sizeof *sample; i++)
        add_doc(str_of(sample[i]));
    glob_t g;
    if (glob("data/laws/*.md", 0, NULL, &g) != 0 &&
        glob("../shared/data/laws/*.md", 0, NULL, &g) != 0)
        return;
    for (size_t i = 0; i < g.gl_pathc; i++)
        read_paragraphs(g.gl_pathv[i]);
    globfree(&g);
}

/* Every third text is closed; units alternate. */
static str unit_of(int i)
{
    return i % 2 ? STR("D022") : STR("D007");
}

static enum err put_all(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = OK;
    for (int i = 0; i < doc_count && e == OK; i++)
        e = search_put(tx, FIRST + i, STR("case"), unit_of(i),
                       i % 3 ? docs[i] : STR("办件"),
                       i % 3 ? STR("") : docs[i]);
    return e;
}

static bool filled(struct test_store *t)
{
    if (!test_store_open(t, database))
        return false;
    CHECK(test_store_run(t, put_all, NULL) == OK);
    return true;
}

/* ---- what it should find, by looking at every text ---- */

/* A Latin word counts from its beginning, ideographs from anywhere. */
static bool stands_in(str text, const struct term_run *run)
{
    size_t from = 0;
    while (from + run->text.n <= text.n) {
        ptrdiff_t at = str_find(str_slice(text, from, text.n), run->text);
        if (at < 0)
            return false;
        size_t here = from + (size_t)at;
        if (run->wide || here == 0 || text.p[here - 1] == ' ')
            return true;
        from = here + 1;
    }
    return false;
}

static bool should_find(const struct search_query *q, int i)
{
    if (q->unit.n && !str_eq(q->unit, unit_of(i)))
        return false;
    struct buf words = { 0 };
    terms_fold(q->words, &words);
    str rest = words.n ? buf_str(&words) : str_none;
    struct term_run run;
    bool all = false;
    while (terms_next(&rest, &run)) {
        bool hidden = i % 3 == 0 && !q->closed;
        all = stands_in(hidden ? STR("办件") : buf_str(&folded[i]), &run) ||
              (i % 3 == 0 && stands_in(STR("办件"), &run));
        if (!all)
            break;
    }
    buf_free(&words);
    return all;
}

static enum err compare(struct tx *tx, void *query)
{
    struct search_query *q = query;
    int64_t *ids;
    size_t n, at = 0;
    enum err e = search_find(tx, q, &ids, &n);
    bool good = e == OK;
    for (int i = doc_count - 1; i >= 0 && good; i--)
        if (should_find(q, i)) {
            good = at < n && ids[at] == FIRST + i;
            at++;
        }
    if (!good || at != n) {
        fprintf(stderr, "words \"%.*s\" unit \"%.*s\" closed %d: found %zu\n",
                STR_ARG(q->words), STR_ARG(q->unit), q->closed, n);
        return ERR_CONFLICT;
    }
    return OK;
}

static unsigned seed = 12345;

static unsigned chance(unsigned n)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 8) % n;
}

/* 1 to 6 neighbouring ideographs, or a word, of some text. */
static str some_words(struct arena *a)
{
    str text = buf_str(&folded[chance((unsigned)doc_count)]), rest = text;
    struct term_run run;
    unsigned skip = chance(8);
    if (!terms_next(&rest, &run))
        return STR("养老");
    for (struct term_run next; skip-- && terms_next(&rest, &next);)
        run = next;
    if (!run.wide)
        return arena_str(a, run.text);
    size_t from = chance((unsigned)run.letters);
    str tail = run.text;
    tail = str_slice(tail, utf8_head(tail, from).n, tail.n);
    return arena_str(a, utf8_head(tail, 1 + chance(6)));
}

static void search_finds_exactly_what_looking_finds(void)
{
    struct test_store t;
    if (!filled(&t))
        return;
    for (int i = 0; i < 250; i++) {
        struct search_query q = {
            .kind = STR("case"), .words = some_words(&t.arena),
            .unit = i % 4 == 1 ? STR("D022") : STR(""),
            .closed = i % 3 == 2, .limit = DOCS,
        };
        str second = some_words(&t.arena);
        if (i % 5 == 4)
            q.words = arena_printf(&t.arena, "%.*s %.*s", STR_ARG(q.words),
                                   STR_ARG(second));
        CHECK(test_store_look(&t, compare, &q) == OK);
    }
    test_store_close(&t);
}

/* ---- many documents, few titles ---- */

enum { CASES = 600, MANY = 80 /* titles, more than are asked one by one */ };

static const char *const titles[] = {
    "身份证换领 公安局", "身份证首次申领 公安局", "餐饮服务许可 市场局",
    "ABC 认证 市场局", "许可证换领 市场局", "退役军人优待证 公安局",
};
static const char *const holders[] = {
    "周文远 YX20261123000041", "许可 YX20261123000042", "王身份 YX2026",
    "换领餐饮有限公司 A1", "", "文远 ABC2026",
};

static const char *unit_of_case(int i)
{
    return i % 5 ? i % 2 ? "D022" : "D007" : "D001";
}

/* D001 has many names, the others a few. */
static str title_of_case(struct arena *a, int i)
{
    str title = str_of(titles[i / 3 % 6]);
    return i % 5 ? title
                 : arena_printf(a, "%.*s 第%d号", STR_ARG(title), i % MANY);
}

static enum err put_cases(struct tx *tx, void *unused)
{
    enum err e = OK;
    (void)unused;
    for (int i = 0; i < CASES && e == OK; i++)
        e = search_put(tx, FIRST + i, STR("case"), str_of(unit_of_case(i)),
                       title_of_case(tx->arena, i),
                       str_of(holders[i / 7 % 6]));
    return e;
}

static bool all_stand_in(str text, str words)
{
    struct term_run run;
    bool any = false;
    for (; terms_next(&words, &run); any = true)
        if (!stands_in(text, &run))
            return false;
    return any;
}

static enum err compare_cases(struct tx *tx, void *query)
{
    struct search_query *q = query;
    struct arena *a = tx->arena;
    int64_t *ids;
    size_t n, at = 0;
    enum err e = search_find(tx, q, &ids, &n);
    str words = terms_folded(a, q->words);
    for (int i = CASES - 1; i >= 0 && e == OK; i--) {
        str text = terms_folded(a, title_of_case(a, i));
        if (q->closed)
            text = arena_join(a, arena_join(a, text, STR(" ")),
                              terms_folded(a, str_of(holders[i / 7 % 6])));
        if (!str_is(q->unit, unit_of_case(i)) || !all_stand_in(text, words))
            continue;
        if (at >= n || ids[at++] != FIRST + i)
            e = ERR_CONFLICT;
    }
    if (e == OK && at == n)
        return OK;
    fprintf(stderr, "words \"%.*s\" unit \"%.*s\" closed %d: found %zu\n",
            STR_ARG(q->words), STR_ARG(q->unit), q->closed, n);
    return ERR_CONFLICT;
}

static const char *const asked_for[] = {
    "身份", "身份证", "换领", "许可", "许", "证", "公安", "文远", "周", "a",
    "abc", "yx20261123", "yx2026112300004", "2026", "餐饮服务", "军人",
    "第 7", "号",
};

/* One to three words that are in titles, in what is closed, in both. */
static void an_organisations_cases_are_found_by_title_and_holder(void)
{
    enum { WORDS = sizeof asked_for / sizeof *asked_for };
    static const char *const units[] = { "D022", "D007", "D001", "D999" };
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, put_cases, NULL) == OK);
    for (int i = 0; i < 4 * WORDS * WORDS; i++) {
        struct search_query q = {
            .kind = STR("case"), .unit = str_of(units[i % 4]),
            .closed = chance(3) > 0, .limit = CASES,
            .words = arena_printf(&t.arena, "%s %s %s",
                                  asked_for[i / 4 % WORDS],
                                  asked_for[i / 4 / WORDS],
                                  chance(3) ? "" : asked_for[chance(WORDS)]),
        };
        CHECK(test_store_look(&t, compare_cases, &q) == OK);
    }
    test_store_close(&t);
}

static size_t found_of(struct tx *tx, const char *unit, const char *words)
{
    struct search_query q = { .kind = STR("case"), .unit = str_of(unit),
                              .words = str_of(words), .closed = true,
                              .limit = 9 };
    int64_t *ids;
    size_t n = 0;
    CHECK(search_find(tx, &q, &ids, &n) == OK);
    return n;
}

static enum err rename_it(struct tx *tx, void *unused)
{
    (void)unused;
    CHECK(search_put(tx, 7, STR("case"), STR("D022"), STR("身份证换领"),
                     STR("周文远")) == OK);
    CHECK(search_put(tx, 8, STR("case"), STR("D022"), STR("身份证换领"),
                     STR("王芳")) == OK);
    CHECK(found_of(tx, "D022", "身份 换领") == 2);
    CHECK(search_put(tx, 7, STR("case"), STR("D022"), STR("身份证补领"),
                     STR("周文远")) == OK);
    CHECK(found_of(tx, "D022", "身份 换领") == 1);
    CHECK(found_of(tx, "D022", "补领 文远") == 1);
    CHECK(search_put(tx, 8, STR("case"), STR("D007"), STR("身份证换领"),
                     STR("王芳")) == OK);
    CHECK(found_of(tx, "D022", "换领") == 0);
    CHECK(found_of(tx, "D007", "换领 王芳") == 1);
    CHECK(search_remove(tx, 8) == OK);
    CHECK(found_of(tx, "D007", "换领") == 0);
    CHECK(found_of(tx, "D007", "王芳") == 0);
    return OK;
}

/* A case of one title becomes one of another, or another organisation's. */
static void a_renamed_case_is_found_by_its_new_title(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, rename_it, NULL) == OK);
    test_store_close(&t);
}

struct answer {
    struct search_query q;
    int64_t *ids;
    size_t n;
};

static enum err find(struct tx *tx, void *answer)
{
    struct answer *a = answer;
    return search_find(tx, &a->q, &a->ids, &a->n);
}

static void no_input_is_an_error(void)
{
    struct test_store t;
    if (!filled(&t))
        return;
    static const char *const pieces[] = {
        "\"", "'", "*", "(", ")", ":", "^", "+", "-", "{", "}", "AND", "OR",
        "NOT", "NEAR", "养", "老保", " ", "\\", "%", "_", "&", "|", "!", "<->",
        "~", "#", ",", "，", "Ａ", "é", "\n", "scope", "open", "𠮷", "1", ".",
    };
    for (int i = 0; i < 1500; i++) {
        struct buf b = { 0 };
        for (unsigned k = chance(12); k > 0; k--)
            buf_put(&b, str_of(pieces[chance(sizeof pieces /
                                             sizeof *pieces)]));
        struct answer a = { .q = { .kind = STR("case"), .limit = 5,
                                   .closed = i % 2, .unit = STR(""),
                                   .words = b.n ? buf_str(&b) : STR("") } };
        if (i % 50 == 0)
            a.q.unit = a.q.kind = a.q.words;
        CHECK(test_store_look(&t, find, &a) == OK);
        buf_free(&b);
    }
    struct answer a = { .q = { .kind = STR("case"), .limit = 5,
                               .words = STR("\xff\xfe") } };
    CHECK(test_store_look(&t, find, &a) == OK && a.n == 0);
    test_store_close(&t);
}

static void pages_follow_one_another(void)
{
    struct test_store t;
    if (!filled(&t))
        return;
    struct answer all = { .q = { .kind = STR("case"), .words = STR("的"),
                                 .limit = DOCS, .closed = true } };
    CHECK(test_store_look(&t, find, &all) == OK);
    size_t seen = 0;
    struct answer page = { .q = all.q };
    page.q.limit = 7;
    do {
        page.n = 0;
        CHECK(test_store_look(&t, find, &page) == OK);
        for (size_t i = 0; i < page.n; i++)
            CHECK(seen + i < all.n && page.ids[i] == all.ids[seen + i]);
        seen += page.n;
        page.q.before = page.n ? page.ids[page.n - 1] : 0;
    } while (page.n);
    CHECK(seen == all.n && seen > 0);
    test_store_close(&t);
}

static enum err replace(struct tx *tx, void *unused)
{
    (void)unused;
    enum err e = search_put(tx, 7, STR("item"), STR(""), STR("户籍登记"),
                            STR(""));
    if (e == OK)
        e = search_put(tx, 7, STR("item"), STR(""), STR("婚姻登记"), STR(""));
    return e;
}

static enum err take_out(struct tx *tx, void *unused)
{
    (void)unused;
    return search_remove(tx, 7);
}

static size_t hits(struct test_store *t, const char *words)
{
    struct answer a = { .q = { .kind = STR("item"), .words = str_of(words),
                               .limit = 9 } };
    CHECK(test_store_look(t, find, &a) == OK);
    return a.n;
}

static void a_replaced_text_is_forgotten(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_run(&t, replace, NULL) == OK);
    CHECK(hits(&t, "户籍") == 0);
    CHECK(hits(&t, "婚姻") == 1);
    CHECK(hits(&t, "登记") == 1);
    CHECK(test_store_run(&t, take_out, NULL) == OK);
    CHECK(hits(&t, "登记") == 0);
    test_store_close(&t);
}

/* The words of a case and then its number, as against both at once. */
static enum err in_two_parts(struct tx *tx, void *unused)
{
    static const char *const names[] = { "周文远", "清溪Cafe店", "", "王A" },
        *const numbers[] = { "YX20261123000041-2", "", "号９", "文远 7" };
    (void)unused;
    for (size_t i = 0; i < 16; i++) {
        struct search_text parts, whole;
        str name = str_of(names[i / 4]), number = str_of(numbers[i % 4]);
        search_text_make(tx, STR("part"), STR("D022"), STR("食品经营许可"),
                         name, &parts);
        search_text_add(tx, &parts, number);
        search_text_make(tx, STR("part"), STR("D022"), STR("食品经营许可"),
                         arena_printf(tx->arena, "%.*s %.*s", STR_ARG(name),
                                      STR_ARG(number)), &whole);
        CHECK_STR(parts.closed, whole.closed.p);
        if (store_is_pg(tx->store)) {
            CHECK(parts.terms.n == whole.terms.n); /* a set: in any order */
            continue;
        }
        CHECK_STR(parts.pairs_closed, whole.pairs_closed.p);
        CHECK_STR(parts.pairs_open, whole.pairs_open.p);
        CHECK_STR(parts.marks, whole.marks.p);
    }
    return OK;
}

static enum err add_one(struct tx *tx, void *unused)
{
    struct search_text text;
    (void)unused;
    search_text_make(tx, STR("item"), STR(""), STR("户籍登记"), STR(""), &text);
    search_text_add(tx, &text, STR("H7"));
    return search_add(tx, 7, &text);
}

/* What was added in parts is found, and taken back whole. */
static void a_text_may_come_in_two_parts(void)
{
    struct test_store t;
    if (!test_store_open(&t, database))
        return;
    CHECK(test_store_look(&t, in_two_parts, NULL) == OK);
    CHECK(test_store_run(&t, add_one, NULL) == OK);
    CHECK(hits(&t, "户籍") == 1);
    CHECK(test_store_run(&t, add_one, NULL) == ERR_CONFLICT);
    CHECK(test_store_run(&t, replace, NULL) == OK);
    CHECK(hits(&t, "户籍") == 0);
    CHECK(hits(&t, "婚姻") == 1);
    CHECK(test_store_run(&t, take_out, NULL) == OK);
    CHECK(hits(&t, "登记") == 0);
    test_store_close(&t);
}

static enum err put_first_otherwise(struct tx *tx, void *unused)
{
    (void)unused;
    return search_put(tx, FIRST + 1, STR("case"), str_of(unit_of_case(1)),
                      STR("身份证补领"), STR(""));
}

static struct search_query identity_of_d022(void)
{
    return (struct search_query){ .kind = STR("case"), .unit = STR("D022"),
                                  .words = STR("身份"), .closed = true,
                                  .limit = CASES };
}

static size_t found_again_from(struct test_store *t, int64_t id)
{
    struct answer a = { .q = identity_of_d022() };
    char sql[64];
    snprintf(sql, sizeof sql, "INSERT INTO search_again VALUES (%lld)",
             (long long)id);
    CHECK(test_store_sql(t, "INSERT INTO search_index (search_index) "
                            "VALUES ('delete-all')"));
    CHECK(test_store_look(t, find, &a) == OK && a.n == 0);
    CHECK(test_store_sql(t, sql));
    CHECK(search_again(t->store, t->now) == OK);
    CHECK(search_again(t->store, t->now) == OK); /* nothing left to tell */
    CHECK(test_store_look(t, find, &a) == OK);
    return a.n;
}

/* An index that an upgrade emptied finds all again, and takes back what it was
 * told; one that was told the half of it goes on there. */
static void an_emptied_index_is_told_again(void)
{
    struct test_store t;
    struct search_query q = identity_of_d022();
    if (!test_store_open(&t, TEST_LITE))
        return;
    CHECK(test_store_run(&t, put_cases, NULL) == OK);
    size_t half = found_again_from(&t, FIRST + CASES / 2);
    size_t all = found_again_from(&t, FIRST);
    CHECK(half > 0 && half < all);
    CHECK(test_store_look(&t, compare_cases, &q) == OK);
    CHECK(test_store_run(&t, put_first_otherwise, NULL) == OK);
    CHECK(test_store_run(&t, put_cases, NULL) == OK);
    CHECK(test_store_look(&t, compare_cases, &q) == OK);
    test_store_close(&t);
}

/* ---- pieces of the index ---- */

static int64_t pieces(const struct test_store *t)
{
    char path[96];
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int64_t n = -1;
    snprintf(path, sizeof path, "%s/zhengtong.db", t->dir);
    CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK);
    CHECK(sqlite3_prepare_v2(db, "SELECT count(DISTINCT segid) "
                                 "FROM search_index_idx", -1, &st, NULL) ==
          SQLITE_OK);
    if (sqlite3_step(st) == SQLITE_ROW)
        n = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

static enum err put_one_more(struct tx *tx, void *i)
{
    int k = *(int *)i;
    return search_put(tx, FIRST + k, STR("case"), str_of(unit_of_case(k)),
                      title_of_case(tx->arena, k), str_of(holders[k / 7 % 6]));
}

static enum err merge(struct tx *tx, void *unused)
{
    bool more;
    (void)unused;
    return search_merge(tx, &more);
}

static void many_pieces_become_few_and_find_the_same(void)
{
    struct test_store t;
    struct search_query q = identity_of_d022();
    if (!test_store_open(&t, TEST_LITE))
        return;
    for (int i = 0; i < CASES; i++)
        CHECK(test_store_run(&t, put_one_more, &i) == OK);
    int64_t many = pieces(&t);
    for (int i = 0; i < 200; i++)
        CHECK(test_store_run(&t, merge, NULL) == OK);
    int64_t few = pieces(&t);
    CHECK(many >= 8 && few > 0 && few <= 6);
    CHECK(test_store_look(&t, compare_cases, &q) == OK);
    CHECK(search_settle(t.store, t.now) == OK);
    CHECK(pieces(&t) == 1);
    CHECK(test_store_look(&t, compare_cases, &q) == OK);
    test_store_close(&t);
}

static void terms_are_pairs_of_neighbours(void)
{
    struct buf b = { 0 };
    search_terms(STR("城乡ＡＢｃ养老，险 x9"), false, &b);
    CHECK_STR(buf_str(&b),
              "城乡 abc 养老 x9 城 乡 a ab abc 养 老 险 x x9");
    buf_clear(&b);
    search_terms(STR("养老保 险 X9 YX2026111"), true, &b);
    CHECK_STR(buf_str(&b), "养老 老保 险 x9 yx2026111*");
    buf_free(&b);
}

static void all_of_them(void)
{
    RUN(search_finds_exactly_what_looking_finds);
    RUN(an_organisations_cases_are_found_by_title_and_holder);
    RUN(a_renamed_case_is_found_by_its_new_title);
    RUN(no_input_is_an_error);
    RUN(pages_follow_one_another);
    RUN(a_replaced_text_is_forgotten);
    RUN(a_text_may_come_in_two_parts);
}

int main(void)
{
    read_docs();
    RUN(terms_are_pairs_of_neighbours);
    RUN(an_emptied_index_is_told_again);
    RUN(many_pieces_become_few_and_find_the_same);
    all_of_them();
    database = TEST_PG;
    if (getenv("ZT_TEST_PG"))
        all_of_them();
    else
        puts("skipped on PostgreSQL: ZT_TEST_PG not set");
    for (int i = 0; i < doc_count; i++)
        buf_free(&folded[i]);
    arena_free(&keep);
    return test_result();
}
