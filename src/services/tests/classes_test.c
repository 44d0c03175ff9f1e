/* Every item of the demonstration's catalogue is found by browsing. */
#include "kernel/page/page.h"
#include "kernel/test/test.h"
#include "services/guide/classes.h"

static struct arena memory;

static int class_named(const char *code)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    for (int i = 0; i < n; i++)
        if (str_is(c[i].code, code))
            return i;
    return -1;
}

static void every_line_of_the_rules_is_read(void)
{
    str text = page_asset("data/classes.tsv");
    int lines = 0, n;
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        lines += line.n > 0 && line.p[0] != '#';
    }
    class_rules(&n);
    CHECK(n == lines);
    CHECK(n > 70 && n <= CLASSES);
}

static void codes_are_unique(void)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < i; k++)
            CHECK(!str_eq(c[i].code, c[k].code));
}

/* P01 生育收养 and its like are the standard's, the others are ours. */
static void themes_are_called_as_the_standard_calls_them(void)
{
    struct csv row;
    int seen = 0, i;
    csv_open(&row, &memory, page_asset("data/standards/audiences.csv"));
    CHECK(csv_row(&row) == OK);
    while (csv_row(&row) == OK) {
        int n;
        const struct class_rule *c = class_rules(&n);
        for (i = 0; i < n; i++)
            if (str_eq(c[i].code, row.field[1])) {
                CHECK(str_eq(c[i].name, row.field[2]));
                seen++;
            }
    }
    CHECK(seen > 60);
}

static void every_item_lands_in_a_theme_and_hardly_any_among_others(void)
{
    struct csv row;
    int items = 0, others = 0;
    csv_open(&row, &memory, page_asset("data/demo/items-2155.csv"));
    CHECK(csv_row(&row) == OK);
    while (csv_row(&row) == OK) {
        struct class_set in = class_of(row.field[3], row.field[1],
                                       row.field[4], STR("个人、法人"));
        bool rest = class_has(in, class_named("P29"));
        CHECK(class_taken(in, "theme") != rest);
        CHECK(class_taken(in, "who"));
        others += rest;
        items++;
    }
    CHECK(items == 2155);
    CHECK(others * 100 <= items); /* one in a hundred */
}

static void check_in(const char *name, const char *code, bool is)
{
    struct class_set in = class_of(str_of(name), STR("D025"), STR("行政许可"),
                                   STR("法人"));
    CHECK(class_has(in, class_named(code)) == is);
}

static void what_people_look_for_stands_where_they_look(void)
{
    check_in("出生登记", "E01", true);
    check_in("结婚登记", "E04", true);
    check_in("企业设立登记", "C01", true);
    check_in("市场主体注销登记", "C08", true);
    check_in("市场主体注销登记", "E01", false);
    check_in("80周岁以上老年人高龄津贴发放", "A02", true);
    check_in("残疾人证新办", "A05", true);
    check_in("企业设立登记", "L00", true);
    check_in("企业设立登记", "P00", false);
    check_in("没有哪条规则说到它", "L25", true); /* by its organisation */
}

int main(void)
{
    RUN(every_line_of_the_rules_is_read);
    RUN(codes_are_unique);
    RUN(themes_are_called_as_the_standard_calls_them);
    RUN(every_item_lands_in_a_theme_and_hardly_any_among_others);
    RUN(what_people_look_for_stands_where_they_look);
    arena_free(&memory);
    return test_result();
}
