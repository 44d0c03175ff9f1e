/*
 * sqlgen refuses what must not build, each for its own reason, and what it
 * writes from good files compiles.
 *
 * Works on copies of tests/sqlgen in a temporary folder; sqlgen itself lies
 * beside this program.
 */
#include "kernel/test/test.h"

#include <ftw.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;
static const char *dir, *tool;

static str contents(const char *path)
{
    struct buf b = { 0 };
    FILE *f = fopen(path, "rb");
    size_t n;
    while (f && (n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
        b.n += n;
    if (f)
        fclose(f);
    str s = arena_str(&a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

static const char *below(const char *name)
{
    return arena_printf(&a, "%s/%s", dir, name).p;
}

static void put(const char *name, str text)
{
    FILE *f = fopen(below(name), "wb");
    CHECK(f && fwrite(text.p, 1, text.n, f) == text.n && fclose(f) == 0);
}

static void copy(const char *from, const char *to)
{
    put(to, contents(from));
}

static int run(const char *command)
{
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* sqlgen on our folder; its complaints in *said. */
static int sqlgen(str *said)
{
    int code = run(arena_printf(&a, "%s %s/src %s/gen 2>%s/said", tool, dir,
                                dir, dir).p);
    *said = contents(below("said"));
    return code;
}

static bool made(const char *name)
{
    return access(below(name), F_OK) == 0;
}

static void prepare(void)
{
    static const char *const folders[] = { "src", "src/shop", "src/bank",
                                           "src/shop/schema",
                                           "src/bank/schema" };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        CHECK(mkdir(below(folders[i]), 0700) == 0);
    copy("tests/sqlgen/schema/shop.sql", "src/shop/schema/0001_shop.sql");
    copy("tests/sqlgen/schema/bank.sql", "src/bank/schema/0001_bank.sql");
}

static void refused_for_its_reason(const char *path)
{
    copy(path, "src/shop/queries.sql");
    str said, text = contents(path), first = str_cut(&text, '\n');
    str reason = str_slice(first, sizeof "-- refuse this: " - 1, first.n);
    CHECK(sqlgen(&said) == 1);
    if (str_find(said, reason) < 0)
        fprintf(stderr, "%s: said \"%.*s\"\n", path, STR_ARG(said));
    CHECK(str_find(said, reason) >= 0);
    CHECK(str_find(said, STR("queries.sql:")) >= 0);
    CHECK(!made("gen/shop/queries.gen.h"));
}

static void every_bad_query_is_refused_for_its_reason(void)
{
    glob_t g;
    CHECK(glob("tests/sqlgen/bad/*.sql", 0, NULL, &g) == 0);
    CHECK(g.gl_pathc >= 30);
    for (size_t i = 0; i < g.gl_pathc; i++)
        refused_for_its_reason(g.gl_pathv[i]);
    globfree(&g);
}

static void what_is_made_of_good_queries_compiles(void)
{
    copy("tests/sqlgen/good.sql", "src/shop/queries.sql");
    str said;
    CHECK(sqlgen(&said) == 0);
    CHECK_STR(said, "");
    str code = arena_printf(
        &a, "cc -std=gnu17 -Wall -Wextra -Werror -fsyntax-only -I %s/gen "
            "-I src %s/gen/shop/queries.gen.c %s/gen/kernel/store/rooms.gen.c",
        dir, dir, dir);
    CHECK(run(code.p) == 0);
}

static void parameters_get_their_declared_place(void)
{
    str said;
    copy("tests/sqlgen/good.sql", "src/shop/queries.sql");
    CHECK(sqlgen(&said) == 0);
    str made_c = contents(below("gen/shop/queries.gen.c"));
    CHECK(str_find(made_c, STR("WHERE name >= $1 AND (price < $2 OR name = $1 "
                               "OR name = 'a '':x'' b') ORDER BY name "
                               "LIMIT $3")) > 0);
    CHECK(str_find(made_c, STR("CAST(name AS json)::json ->> $2")) > 0);
    CHECK(str_find(made_c, STR("FROM json_each(\\?1))")) > 0);
    CHECK(str_find(made_c, STR("FROM json_array_elements_text(CAST($1 AS json)"
                               ") AS each(value))")) > 0);
}

static void tables_are_told_to_postgres_in_its_words(void)
{
    str said, text;
    copy("tests/sqlgen/good.sql", "src/shop/queries.sql");
    CHECK(sqlgen(&said) == 0);
    text = contents(below("gen/kernel/store/rooms.gen.c"));
    CHECK(str_find(text, STR("id    BIGINT PRIMARY KEY")) > 0);
    CHECK(str_find(text, STR("photo BYTEA")) > 0);
    CHECK(str_find(text, STR("name  TEXT COLLATE \\\"C\\\"    NOT")) > 0);
}

static void a_migration_needs_both_halves(void)
{
    str said;
    copy("tests/sqlgen/good.sql", "src/shop/queries.sql");
    put("src/shop/schema/0002_more.lite.sql",
        STR("CREATE TABLE shop_more (id INTEGER PRIMARY KEY);"));
    CHECK(sqlgen(&said) == 1);
    CHECK(str_find(said, STR("its other half")) > 0);
    put("src/shop/schema/0002_more.pg.sql", STR("SELECT 1;"));
    CHECK(sqlgen(&said) == 0);
    put("src/shop/schema/0003_other.sql",
        STR("CREATE TABLE other (id INTEGER PRIMARY KEY);"));
    CHECK(sqlgen(&said) == 1);
    CHECK(str_find(said, STR("other must be called shop_...")) > 0);
    unlink(below("src/shop/schema/0003_other.sql"));
}

static int remove_entry(const char *path, const struct stat *st, int flag,
                        struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

int main(void)
{
    char self[4096], temporary[] = "/tmp/zt-sqlgen-XXXXXX";
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = 0;
    *strrchr(self, '/') = 0;
    tool = arena_printf(&a, "%s/sqlgen", self).p;
    dir = mkdtemp(temporary);
    prepare();
    RUN(every_bad_query_is_refused_for_its_reason);
    RUN(what_is_made_of_good_queries_compiles);
    RUN(parameters_get_their_declared_place);
    RUN(tables_are_told_to_postgres_in_its_words);
    RUN(a_migration_needs_both_halves);
    nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(&a);
    return test_result();
}
