/* Where a map may come from, what is refused, and the sketch's grid. */
#include "kernel/map/map.h"
#include "kernel/page/view.h"
#include "kernel/test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena arena;
static char key[] = "/tmp/zt-map-key-XXXXXX";

static enum err set(const char *tiles, const char *labels, const char *file,
                    const char *credit, bool demo)
{
    str problem = str_none;
    enum err e = map_configure(&(struct map_options){
        .tiles = str_of(tiles), .labels = str_of(labels),
        .key_file = str_of(file), .credit = str_of(credit), .demo = demo,
    }, &arena, &problem);
    CHECK((e == OK) == str_is_none(problem));
    return e;
}

#define TDT "https://t0.tianditu.gov.cn/DataServer?T=vec_w&x={x}&y={y}&l={z}"

static void nothing_set_is_no_map_and_no_other_host(void)
{
    struct view v = { &arena, value_new(&arena, VALUE_OBJECT) };
    CHECK(set("", "", "", "", false) == OK);
    CHECK(!map_offered());
    CHECK_STR(map_origin(), "");
    map_show(&v, "map", &(struct map_point){ .name = STR("site") });
    CHECK(value_get(v.object, STR("map"))->kind == VALUE_NULL);
}

static void exactly_one_host_is_named(void)
{
    CHECK(set(TDT, "", "", "天地图", false) == OK);
    CHECK_STR(map_origin(), "https://t0.tianditu.gov.cn");
    CHECK(set("http://127.0.0.1:8081/{z}/{x}/{y}", "", "", "自有底图", false) ==
          OK);
    CHECK_STR(map_origin(), "http://127.0.0.1:8081");
    CHECK(set("/tiles/{z}/{x}/{y}.png", "", "", "自有底图", false) == OK);
    CHECK_STR(map_origin(), "");
    CHECK(set(TDT, "https://t1.tianditu.gov.cn/{x}/{y}/{z}", "", "天地图",
              false) == ERR_INPUT);
    CHECK(set(TDT, "https://t0.tianditu.gov.cn/{x}/{y}/{z}", "", "天地图",
              false) == OK);
}

static void what_is_no_address_is_refused(void)
{
    static const char *const bad[] = {
        "http://maps.example.org/{z}/{x}/{y}", "ftp://a/{z}/{x}/{y}",
        "https://a.example/{z}/{x}", "https://{s}.example/{z}/{x}/{y}",
        "https://a.example;/{z}/{x}/{y}", "https://a.example /{z}/{x}/{y}",
        "//a.example/{z}/{x}/{y}", "https:///{z}/{x}/{y}", "{z}{x}{y}",
        "http://127.0.0.1.example.org/{z}/{x}/{y}",
        "https://a.example/{z}/{x}/{y}?k={key}", "https://a.example{z}{x}{y}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(set(bad[i], "", "", "图", false) == ERR_INPUT);
    CHECK(set(TDT, "", "", "", false) == ERR_INPUT); /* whose map? */
}

static void a_key_is_kept_from_others(void)
{
    CHECK(set(TDT "&tk={key}", "", key, "天地图", false) == OK);
    CHECK(chmod(key, 0644) == 0);
    CHECK(set(TDT "&tk={key}", "", key, "天地图", false) == ERR_INPUT);
    CHECK(chmod(key, 0600) == 0);
    CHECK(set(TDT "&tk={key}", "", "/nowhere/key", "天地图", false) ==
          ERR_INPUT);
}

static bool drawn(int64_t z, int64_t x, int64_t y, const char *words)
{
    struct buf out = { 0 };
    bool there = map_sketch(z, x, y, &out) &&
                 str_find(buf_str(&out), str_of(words)) >= 0;
    buf_free(&out);
    return there;
}

static void every_sketch_says_that_it_is_none(void)
{
    for (int z = 0; z <= 18; z++) {
        int64_t n = (int64_t)1 << z;
        CHECK(drawn(z, n - 1, n / 2, "示意图，非真实地图"));
        CHECK(drawn(z, n / 2, 0, "示意图，非真实地图"));
    }
    /* 118.98 E, 30.63 N at zoom 12 is in this tile (web Mercator). */
    CHECK(drawn(12, 3401, 1681, "118.98°"));
    CHECK(drawn(12, 3401, 1681, "30.62°"));
    CHECK(!drawn(12, 4096, 0, "") && !drawn(12, 0, -1, ""));
    CHECK(!drawn(19, 0, 0, "") && !drawn(-1, 0, 0, ""));
}

int main(void)
{
    int fd = mkstemp(key);
    if (fd < 0 || write(fd, "0123abcd\n", 9) != 9)
        return 1;
    close(fd);
    RUN(nothing_set_is_no_map_and_no_other_host);
    RUN(exactly_one_host_is_named);
    RUN(what_is_no_address_is_refused);
    RUN(a_key_is_kept_from_others);
    RUN(every_sketch_says_that_it_is_none);
    unlink(key);
    arena_free(&arena);
    return test_result();
}
