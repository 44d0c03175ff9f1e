/* What remains of a catalogue when it is narrowed from several sides, counted
 * again the slow way. */
#include "kernel/test/test.h"
#include "services/guide/narrow.h"

static struct arena memory;
static struct classed classed;
static struct narrow_index index_of;

static void add(const char *name, const char *object, const char *unit,
                const char *depth, const char *level)
{
    struct classed_item *it = &classed.item[classed.n];
    it->item = (struct catalogue_items){
        .id = 900 - (int64_t)classed.n * 7, .code = str_of(name),
        .name = str_of(name), .object = str_of(object), .unit = str_of(unit),
        .unit_name = str_of(unit), .unit_kind = STR("department"),
        .unit_position = unit[1], .type = STR("公共服务"),
        .position = (int64_t)classed.n + 1, .depth = str_of(depth),
        .level = str_of(level), .online = !str_is(str_of(depth), "不能网办"),
    };
    it->in = class_of(it->item.name, it->item.unit, it->item.type,
                      it->item.object);
    classed.n++;
}

static void make(void)
{
    classed.item = ARENA_NEW_N(&memory, struct classed_item, 20);
    add("出生登记", "个人", "A1", "全程网办", "县级");
    add("结婚登记", "个人", "B1", "网上预约", "县级");
    add("老年人优待证", "个人", "B1", "全程网办", "镇级");
    add("食品经营许可证核发", "个人、法人", "C1", "全程网办", "县级");
    add("企业设立登记", "法人", "C1", "", "");
    add("公司注销登记", "法人", "C1", "不能网办", "县级");
    narrow_build(&memory, &classed, &index_of);
}

static int value(enum narrow_side s, const char *code)
{
    return narrow_value_of(&index_of, s, str_of(code));
}

static struct narrow_asked all(void)
{
    struct narrow_asked q = { .found = NULL };
    for (int s = 0; s < NARROW_SIDES; s++)
        q.value[s] = NARROW_ANY;
    return q;
}

static bool item_has(size_t item, int v)
{
    for (size_t k = 0; k < index_of.item[item].n; k++)
        if (index_of.item[item].value[k] == v)
            return true;
    return false;
}

static bool fits(size_t item, const struct narrow_asked *q)
{
    for (int s = 0; s < NARROW_SIDES; s++)
        if (q->value[s] != NARROW_ANY && !item_has(item, q->value[s]))
            return false;
    return q->found == NULL || q->found[item];
}

static int64_t slowly(const struct narrow_asked *q)
{
    int64_t n = 0;
    for (size_t i = 0; i < index_of.n; i++)
        n += fits(i, q);
    return n;
}

/* Every figure is what the list would show if the choice were made. */
static void check_figures(const struct narrow_asked *q)
{
    struct narrowed r;
    narrow_by(&index_of, &memory, q, &r);
    CHECK(r.total == slowly(q));
    for (size_t i = 0; i < index_of.n; i++)
        CHECK(r.in[i] == fits(i, q));
    for (size_t v = 0; v < index_of.values; v++) {
        struct narrow_asked other = *q;
        other.value[index_of.value[v].side] = (int)v;
        CHECK(r.count[v] == slowly(&other));
    }
    for (int s = 0; s <= NARROW_SIDES; s++) {
        struct narrow_asked other = *q;
        if (s == NARROW_SIDES)
            other.found = NULL;
        else
            other.value[s] = NARROW_ANY;
        CHECK(r.without[s] == slowly(&other));
    }
}

static void nothing_chosen_is_everything(void)
{
    struct narrow_asked q = all();
    struct narrowed r;
    narrow_by(&index_of, &memory, &q, &r);
    CHECK(r.total == 6);
    CHECK(r.count[value(NARROW_OBJECT, "个人")] == 4);
    CHECK(r.count[value(NARROW_OBJECT, "法人")] == 3);
    CHECK(r.count[value(NARROW_LEVEL, "镇级")] == 1);
    check_figures(&q);
}

static void sides_narrow_together(void)
{
    struct narrow_asked q = all();
    struct narrowed r;
    q.value[NARROW_OBJECT] = value(NARROW_OBJECT, "个人");
    q.value[NARROW_UNIT] = value(NARROW_UNIT, "B1");
    q.value[NARROW_DEPTH] = value(NARROW_DEPTH, "全程网办");
    narrow_by(&index_of, &memory, &q, &r);
    CHECK(r.total == 1 && r.in[2]);
    CHECK(r.count[value(NARROW_DEPTH, "网上预约")] == 1);
    CHECK(r.count[value(NARROW_DEPTH, NARROW_ONLINE)] == 2);
    CHECK(r.count[value(NARROW_UNIT, "C1")] == 1);
    check_figures(&q);
}

static void every_two_choices_are_counted_right(void)
{
    for (size_t v = 0; v < index_of.values; v++)
        for (size_t w = 0; w < index_of.values; w++) {
            struct narrow_asked q = all();
            q.value[index_of.value[v].side] = (int)v;
            q.value[index_of.value[w].side] = (int)w;
            check_figures(&q);
        }
}

static void words_narrow_like_a_side(void)
{
    bool found[6] = { false, true, false, false, true, false };
    struct narrow_asked q = all();
    q.found = found;
    q.value[NARROW_LEVEL] = value(NARROW_LEVEL, "县级");
    check_figures(&q);
    q.value[NARROW_OBJECT] = value(NARROW_OBJECT, "个人");
    check_figures(&q);
}

static void nothing_left_says_what_to_take_away(void)
{
    struct narrow_asked q = all();
    struct narrowed r;
    q.value[NARROW_UNIT] = value(NARROW_UNIT, "C1");
    q.value[NARROW_LEVEL] = value(NARROW_LEVEL, "镇级");
    narrow_by(&index_of, &memory, &q, &r);
    CHECK(r.total == 0);
    CHECK(r.without[NARROW_UNIT] == 1 && r.without[NARROW_LEVEL] == 3);
    q.value[NARROW_TYPE] = -1; /* a type no item has */
    narrow_by(&index_of, &memory, &q, &r);
    CHECK(r.total == 0 && r.without[NARROW_UNIT] == 0);
    check_figures(&q);
}

static void what_is_not_said_is_read_off_the_rest(void)
{
    CHECK(item_has(4, value(NARROW_DEPTH, "全程网办")));
    CHECK(item_has(4, value(NARROW_LEVEL, "县级")));
    CHECK(!item_has(5, value(NARROW_DEPTH, NARROW_ONLINE)));
    CHECK(item_has(5, value(NARROW_DEPTH, "不能网办")));
}

static void values_stand_in_the_order_of_lists(void)
{
    CHECK(value(NARROW_DEPTH, NARROW_ONLINE) < value(NARROW_DEPTH, "全程网办"));
    CHECK(value(NARROW_DEPTH, "网上预约") < value(NARROW_DEPTH, "不能网办"));
    CHECK(value(NARROW_LEVEL, "县级") < value(NARROW_LEVEL, "镇级"));
    CHECK(value(NARROW_UNIT, "A1") < value(NARROW_UNIT, "B1"));
    CHECK(value(NARROW_UNIT, "nothing") == -1);
    CHECK(value(NARROW_WHO, "P00") == -1);
    for (size_t i = 1; i < index_of.values; i++)
        CHECK(index_of.value[i - 1].side <= index_of.value[i].side);
}

static void items_are_found_by_their_ids(void)
{
    for (size_t i = 0; i < index_of.n; i++)
        CHECK(narrow_item_of(&index_of, index_of.item[i].item->id) == (int)i);
    CHECK(narrow_item_of(&index_of, 1) == -1);
    CHECK(narrow_item_of(&index_of, 901) == -1);
}

static void a_catalogue_without_items_is_no_error(void)
{
    struct classed none = { .item = NULL };
    struct narrow_index x;
    struct narrowed r;
    struct narrow_asked q = all();
    narrow_build(&memory, &none, &x);
    narrow_by(&x, &memory, &q, &r);
    CHECK(r.total == 0 && x.values == 0);
    CHECK(narrow_item_of(&x, 1) == -1);
}

int main(void)
{
    make();
    RUN(nothing_chosen_is_everything);
    RUN(sides_narrow_together);
    RUN(every_two_choices_are_counted_right);
    RUN(words_narrow_like_a_side);
    RUN(nothing_left_says_what_to_take_away);
    RUN(what_is_not_said_is_read_off_the_rest);
    RUN(values_stand_in_the_order_of_lists);
    RUN(items_are_found_by_their_ids);
    RUN(a_catalogue_without_items_is_no_error);
    arena_free(&memory);
    return test_result();
}
