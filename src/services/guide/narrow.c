#include "services/guide/narrow.h"

#include "kernel/store/kept.h"
#include "kernel/store/topics.h"

#include <pthread.h>
#include <stdlib.h>

static const struct { const char *key, *label; } sides[NARROW_SIDES] = {
    [NARROW_OBJECT] = { "object", "服务对象" },
    [NARROW_LIFE] = { "life", "人生事件" },
    [NARROW_THEME] = { "theme", "主题" },
    [NARROW_WHO] = { "who", "人群" },
    [NARROW_UNIT] = { "unit", "部门" },
    [NARROW_DEPTH] = { "depth", "网办深度" },
    [NARROW_LEVEL] = { "level", "行使层级" },
    [NARROW_TYPE] = { "type", "事项类型" },
};

const char *narrow_key(enum narrow_side s)
{
    return sides[s].key;
}

const char *narrow_label(enum narrow_side s)
{
    return sides[s].label;
}

/* ---- building ---- */

enum { MOST_VALUES = 2048, ITEM_VALUES = 160 };

struct builder {
    struct narrow_index *x;
    struct arena *a;
    uint16_t *has;           /* of the item at hand */
    size_t n;
};

/* The lists the standard closes stand in its order; a word beyond them (of an
 * older catalogue) comes last. */
static int64_t order_of(enum narrow_side s, str code)
{
    static const char *const words[NARROW_SIDES][8] = {
        [NARROW_OBJECT] = { "个人", "法人" },
        [NARROW_DEPTH] = { NARROW_ONLINE, "全程网办", "网上受理", "网上预审",
                           "网上预约", "不能网办" },
        [NARROW_LEVEL] = { "国家级", "省级", "市级", "县级", "镇级", "村级" },
    };
    int i = 0;
    while (i < 8 && words[s][i] && !str_is(code, words[s][i]))
        i++;
    return i;
}

/* The place of a value, made when it is new; what is too much is left out. */
static int place_of(struct builder *b, enum narrow_side s, str code, str name,
                    int64_t order)
{
    struct narrow_index *x = b->x;
    int at = narrow_value_of(x, s, code);
    if (at >= 0 || x->values == MOST_VALUES || code.n == 0)
        return at;
    x->value[x->values] = (struct narrow_value){
        arena_str(b->a, code), arena_str(b->a, name), s, order };
    return (int)x->values++;
}

static void has(struct builder *b, int value)
{
    if (value >= 0 && b->n < ITEM_VALUES)
        b->has[b->n++] = (uint16_t)value;
}

static void has_word(struct builder *b, enum narrow_side s, str code,
                     str name)
{
    has(b, place_of(b, s, code, name, order_of(s, code)));
}

static str depth_of(const struct catalogue_items *i)
{
    return i->depth.n  ? i->depth
           : !i->online ? STR("不能网办")
           : i->visits  ? STR("网上受理") : STR("全程网办");
}

static str level_of(const struct catalogue_items *i)
{
    return i->level.n                       ? i->level
           : str_is(i->unit_kind, "township") ? STR("镇级")
           : str_is(i->unit_kind, "village")  ? STR("村级") : STR("县级");
}

struct narrow_value narrow_class(const struct class_rule *c)
{
    if (str_is(c->code, "P00") || str_is(c->code, "L00"))
        return (struct narrow_value){ c->name, c->name, NARROW_OBJECT, 0 };
    return (struct narrow_value){
        c->code, c->name,
        str_is(c->kind, "theme") ? NARROW_THEME
        : str_is(c->kind, "who") ? NARROW_WHO : NARROW_LIFE, 0 };
}

static void add_classes(struct builder *b, struct class_set in)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    for (int i = 0; i < n; i++) {
        struct narrow_value v = narrow_class(&c[i]);
        if (class_has(in, i) && v.side != NARROW_OBJECT)
            has(b, place_of(b, v.side, v.code, v.name, i));
    }
}

static void add_values(struct builder *b, const struct classed_item *it)
{
    const struct catalogue_items *i = &it->item;
    str depth = depth_of(i), level = level_of(i);
    b->n = 0;
    if (str_find(i->object, STR("个人")) >= 0)
        has_word(b, NARROW_OBJECT, STR("个人"), STR("个人"));
    if (str_find(i->object, STR("法人")) >= 0)
        has_word(b, NARROW_OBJECT, STR("法人"), STR("法人"));
    add_classes(b, it->in);
    has(b, place_of(b, NARROW_UNIT, i->unit, i->unit_name, i->unit_position));
    if (i->online)
        has_word(b, NARROW_DEPTH, STR(NARROW_ONLINE), STR("可以网上办"));
    has_word(b, NARROW_DEPTH, depth,
             str_is(depth, "不能网办") ? STR("只能到窗口") : depth);
    has_word(b, NARROW_LEVEL, level, level);
    has(b, place_of(b, NARROW_TYPE, i->type, i->type, 0));
}

static int by_side(const void *a, const void *b)
{
    const struct narrow_value *x = a, *y = b;
    if (x->side != y->side)
        return (int)x->side - (int)y->side;
    if (x->order != y->order)
        return (x->order > y->order) - (x->order < y->order);
    return str_cmp(x->code, y->code);
}

/* Values in their order; what items have says the old places until here. */
static void put_in_order(struct builder *b)
{
    struct narrow_index *x = b->x;
    struct narrow_value *old = ARENA_NEW_N(b->a, struct narrow_value,
                                           x->values + 1);
    uint16_t *now = ARENA_NEW_N(b->a, uint16_t, x->values + 1);
    for (size_t i = 0; i < x->values; i++)
        old[i] = x->value[i];
    qsort(x->value, x->values, sizeof *x->value, by_side);
    for (size_t i = 0; i < x->values; i++)
        now[i] = (uint16_t)narrow_value_of(x, old[i].side, old[i].code);
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->item[i].n; k++)
            ((uint16_t *)x->item[i].value)[k] = now[x->item[i].value[k]];
}

/* Persons and companies both have a theme 准营准办: P08 and L02. */
static void tell_twins_apart(struct arena *a, struct narrow_index *x)
{
    for (size_t i = 0; i < x->values; i++)
        for (size_t k = i + 1; k < x->values; k++) {
            struct narrow_value *p = &x->value[i], *l = &x->value[k];
            if (p->side != NARROW_THEME || l->side != NARROW_THEME ||
                !str_eq(p->name, l->name))
                continue;
            p->name = arena_join(a, p->name, STR("（个人）"));
            l->name = arena_join(a, l->name, STR("（法人）"));
        }
}

struct of_id {
    int64_t id;
    uint32_t at;
};

static int by_id(const void *a, const void *b)
{
    const struct of_id *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void put_by_id(struct arena *a, struct narrow_index *x)
{
    struct of_id *list = ARENA_NEW_N(a, struct of_id, x->n + 1);
    uint32_t *at = ARENA_NEW_N(a, uint32_t, x->n + 1);
    for (size_t i = 0; i < x->n; i++)
        list[i] = (struct of_id){ x->item[i].item->id, (uint32_t)i };
    qsort(list, x->n, sizeof *list, by_id);
    for (size_t i = 0; i < x->n; i++)
        at[i] = list[i].at;
    x->by_id = at;
}

void narrow_build(struct arena *a, const struct classed *c,
                  struct narrow_index *out)
{
    uint16_t now[ITEM_VALUES];
    struct builder b = { .x = out, .a = a, .has = now };
    *out = (struct narrow_index){
        .value = ARENA_NEW_N(a, struct narrow_value, MOST_VALUES),
        .item = ARENA_NEW_N(a, struct narrow_item, c->n + 1), .n = c->n,
    };
    for (size_t i = 0; i < c->n; i++) {
        add_values(&b, &c->item[i]);
        uint16_t *kept = ARENA_NEW_N(a, uint16_t, b.n + 1);
        for (size_t k = 0; k < b.n; k++)
            kept[k] = now[k];
        out->item[i] = (struct narrow_item){ &c->item[i].item, kept, b.n };
    }
    put_in_order(&b);
    tell_twins_apart(a, out);
    put_by_id(a, out);
}

static enum err read_index(struct tx *tx, const void **out)
{
    const struct classed *c;
    enum err e = classed_read(tx, &c);
    if (e != OK)
        return e;
    struct narrow_index *x = ARENA_NEW(tx->arena, struct narrow_index);
    narrow_build(tx->arena, c, x);
    *out = x;
    return OK;
}

enum err narrow_read(struct tx *tx, const struct narrow_index **out)
{
    static struct store_kept kept = { .lock = PTHREAD_MUTEX_INITIALIZER,
                                      .topic = TOPIC_CATALOGUE,
                                      .read = read_index };
    const void *index;
    enum err e = store_keep(tx, &kept, &index);
    *out = index;
    return e;
}

/* ---- asking ---- */

int narrow_value_of(const struct narrow_index *x, enum narrow_side s,
                    str code)
{
    for (size_t i = 0; i < x->values; i++)
        if (x->value[i].side == s && str_eq(x->value[i].code, code))
            return (int)i;
    return -1;
}

int narrow_item_of(const struct narrow_index *x, int64_t id)
{
    size_t from = 0, to = x->n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int64_t here = x->item[x->by_id[middle]].item->id;
        if (here == id)
            return (int)x->by_id[middle];
        *(here < id ? &from : &to) = here < id ? middle + 1 : middle;
    }
    return -1;
}

/* One bit a side the item does not meet, one more for the words. */
static unsigned misses(const struct narrow_index *x,
                       const struct narrow_asked *q, size_t item)
{
    unsigned miss = 0;
    const struct narrow_item *it = &x->item[item];
    for (int s = 0; s < NARROW_SIDES; s++)
        if (q->value[s] != NARROW_ANY)
            miss |= 1U << s;
    for (size_t k = 0; k < it->n; k++) {
        enum narrow_side s = x->value[it->value[k]].side;
        if (q->value[s] == (int)it->value[k])
            miss &= ~(1U << s);
    }
    if (q->found && !q->found[item])
        miss |= 1U << NARROW_SIDES;
    return miss;
}

void narrow_by(const struct narrow_index *x, struct arena *a,
               const struct narrow_asked *q, struct narrowed *out)
{
    *out = (struct narrowed){
        .count = ARENA_NEW_N(a, int64_t, x->values + 1),
        .in = ARENA_NEW_N(a, bool, x->n + 1),
    };
    for (size_t i = 0; i < x->n; i++) {
        const struct narrow_item *it = &x->item[i];
        unsigned miss = misses(x, q, i);
        out->in[i] = miss == 0;
        out->total += miss == 0;
        for (int s = 0; s <= NARROW_SIDES; s++)
            out->without[s] += (miss & ~(1U << s)) == 0;
        for (size_t k = 0; k < it->n; k++) {
            unsigned own = 1U << x->value[it->value[k]].side;
            out->count[it->value[k]] += (miss & ~own) == 0;
        }
    }
}
