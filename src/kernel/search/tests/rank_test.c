/*
 * Is what people type answered by one of the first three?
 *
 * The catalogue is the demonstration city's; the queries are
 * tests/search/queries.tsv, whose head says how its two parts differ.
 */
#include "kernel/page/page.h"
#include "kernel/search/rank.h"
#include "kernel/search/terms.h"
#include "kernel/search/words.h"
#include "kernel/test/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { DOCS = 3000, FIRST = 3 };

static struct arena memory;
static struct rank_doc docs[DOCS];
static size_t doc_count;
static struct rank *catalogue;

/* ---- the catalogue as the loader of the demonstration makes it ---- */

struct curated {
    str code, about;
};

static struct curated curated[200];
static int curated_count;

static void read_curated(void)
{
    struct csv row;
    csv_open(&row, &memory, page_asset("data/demo/service-items.csv"));
    CHECK(csv_row(&row) == OK);
    while (csv_row(&row) == OK)
        curated[curated_count++] = (struct curated){
            arena_str(&memory, row.field[0]),
            arena_printf(&memory, "%.*s %.*s", STR_ARG(row.field[12]),
                         STR_ARG(row.field[16])),
        };
}

static void read_items(void)
{
    struct csv row;
    int64_t seq;
    csv_open(&row, &memory, page_asset("data/demo/items-2155.csv"));
    CHECK(csv_row(&row) == OK);
    while (csv_row(&row) == OK) {
        CHECK(str_int(row.field[0], &seq));
        struct rank_doc *d = &docs[doc_count++];
        *d = (struct rank_doc){
            .id = seq, .position = seq, .about = STR(""),
            .code = arena_printf(&memory, "YX-%04d", (int)seq),
            .name = arena_str(&memory, row.field[3]),
            .unit = arena_str(&memory, row.field[1]),
            .unit_name = arena_str(&memory, row.field[2]),
            .online = str_is(row.field[8], "Y"),
        };
        for (int i = 0; i < curated_count; i++)
            if (str_starts(row.field[9], STR("curated")) &&
                str_ends(row.field[9], curated[i].code)) {
                d->code = curated[i].code;
                d->about = curated[i].about;
            }
    }
}

static void add_theme(void *context, str path, str bytes)
{
    (void)context;
    struct value *body;
    str problem;
    if (!str_ends(path, STR("/theme.json")))
        return;
    CHECK(value_read_json(&memory, bytes, &body, &problem) == OK);
    docs[doc_count] = (struct rank_doc){
        .id = (int64_t)doc_count + 100000,
        .theme = true, .online = true, .unit = STR(""), .unit_name = STR(""),
        .code = value_get_text(body, STR("code")),
        .name = value_get_text(body, STR("title")),
        .about = value_get_text(body, STR("summary")),
        .position = 1,
    };
    doc_count++;
}

/* ---- the share in the first three ---- */

struct share {
    const char *part, *what;
    int least; /* percent among the first three */
    int asked, first, found;
};

static bool answers(str codes, str code)
{
    while (!str_is_none(codes))
        if (str_eq(str_cut(&codes, ' '), code))
            return true;
    return false;
}

static void show_miss(const struct share *s, str query, str codes,
                      const struct rank_hit *hit, size_t n, str understood)
{
    if (getenv("RANK_SHOW") == NULL)
        return;
    printf("%s %.*s [%.*s] wants %.*s\n", s->part, STR_ARG(query),
           STR_ARG(understood), STR_ARG(codes));
    for (size_t i = 0; i < n && i < 4; i++)
        printf("   %.1f %.*s %.*s (%.*s)\n", hit[i].score,
               STR_ARG(hit[i].doc->code), STR_ARG(hit[i].doc->name),
               STR_ARG(hit[i].why));
}

static void ask(struct share *s, str query, str codes)
{
    struct rank_hit hit[10];
    str understood;
    struct rank_query q = { .words = query, .unit = STR(""), .limit = 10 };
    size_t n = rank_find(catalogue, &memory, &q, hit, &understood), at = 0;
    while (at < n && !answers(codes, hit[at].doc->code))
        at++;
    s->asked++;
    s->first += n > 0 && at == 0;
    s->found += at < n && at < FIRST;
    if (at >= n || at >= FIRST)
        show_miss(s, query, codes, hit, n, understood);
}

static str read_queries(void)
{
    static char text[1 << 17];
    FILE *f = fopen("tests/search/queries.tsv", "r");
    CHECK(f != NULL);
    size_t n = f ? fread(text, 1, sizeof text, f) : 0;
    if (f)
        fclose(f);
    return (str){ text, n };
}

static void every_code_of_the_queries_exists(str codes)
{
    while (!str_is_none(codes)) {
        str code = str_cut(&codes, ' ');
        size_t i = 0;
        while (i < doc_count && !str_eq(docs[i].code, code))
            i++;
        CHECK(i < doc_count);
    }
}

static void what_people_type_is_answered_by_the_first_three(void)
{
    struct share parts[] = {
        { "tune", "looked at while tuning", 99, 0, 0, 0 },
        { "held", "held out: never looked at while tuning", 95, 0, 0,
          0 },
    };
    str text = read_queries();
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        str part = str_cut(&line, '\t'), query = str_cut(&line, '\t');
        struct share *s = &parts[str_is(part, "held")];
        CHECK(str_is(part, s->part));
        every_code_of_the_queries_exists(line);
        ask(s, query, line);
    }
    CHECK(parts[0].asked >= 150 && parts[1].asked >= 60);
    for (int i = 0; i < 2; i++) {
        struct share *s = &parts[i];
        printf("%s (%s): %d queries, first three %.1f %%, first %.1f %%\n",
               s->part, s->what, s->asked, 100.0 * s->found / s->asked,
               100.0 * s->first / s->asked);
        CHECK(100 * s->found >= s->least * s->asked);
    }
}

int main(void)
{
    read_curated();
    read_items();
    page_assets("data/themes/", add_theme, NULL);
    CHECK(doc_count > 2100);
    catalogue = rank_build(docs, doc_count);
    RUN(what_people_type_is_answered_by_the_first_three);
    rank_free(catalogue);
    arena_free(&memory);
    return test_result();
}
