#include "services/guide/classes.h"

#include "kernel/page/page.h"
#include "kernel/store/kept.h"
#include "kernel/store/topics.h"

#include <pthread.h>
#include <stdlib.h>

/* ---- rules ---- */

static struct class_rule rules[CLASSES];
static int rule_count;

static bool read_rule(str line)
{
    struct class_rule *c = &rules[rule_count];
    c->kind = str_cut(&line, '\t');
    c->code = str_is_none(line) ? STR("") : str_cut(&line, '\t');
    c->name = str_is_none(line) ? STR("") : str_cut(&line, '\t');
    while (!str_is_none(line) && c->count < CLASS_RULES) {
        str rule = str_cut(&line, ' ');
        if (str_is(rule, "*"))
            c->others = true;
        else if (rule.n)
            c->rule[c->count++] = rule;
    }
    return c->name.n && str_is_none(line) && (c->count || c->others);
}

static void read_rules(void)
{
    str text = page_asset("data/classes.tsv");
    while (!str_is_none(text) && rule_count < CLASSES) {
        str line = str_cut(&text, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        if (!read_rule(line))
            return;
        rule_count++;
    }
}

const struct class_rule *class_rules(int *n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_rules);
    *n = rule_count;
    return rules;
}

static bool takes(str rule, str name, str unit, str type, str object)
{
    str rest = str_slice(rule, 1, rule.n);
    switch (rule.p[0]) {
    case '@':
        return str_eq(rest, unit);
    case '#':
        return str_eq(rest, type);
    case '=':
        return str_find(object, rest) >= 0;
    default:
        return str_find(name, rule) >= 0;
    }
}

static void put(struct class_set *s, int class)
{
    s->bits[class / 64] |= (uint64_t)1 << (class % 64);
}

bool class_has(struct class_set s, int class)
{
    return s.bits[class / 64] >> (class % 64) & 1;
}

static bool taken(struct class_set s, str kind)
{
    int n;
    const struct class_rule *c = class_rules(&n);
    for (int i = 0; i < n; i++)
        if (str_eq(c[i].kind, kind) && !c[i].others && class_has(s, i))
            return true;
    return false;
}

bool class_taken(struct class_set s, const char *kind)
{
    return taken(s, str_of(kind));
}

struct class_set class_of(str name, str unit, str type, str object)
{
    struct class_set s = { { 0 } };
    int n;
    const struct class_rule *c = class_rules(&n);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < c[i].count; k++)
            if (takes(c[i].rule[k], name, unit, type, object))
                put(&s, i);
    for (int i = 0; i < n; i++)
        if (c[i].others && !taken(s, c[i].kind))
            put(&s, i);
    return s;
}

/* ---- today's items ---- */

static int by_position(const void *a, const void *b)
{
    const struct classed_item *x = a, *y = b;
    return (x->item.position > y->item.position) -
           (x->item.position < y->item.position);
}

static int by_unit(const void *a, const void *b)
{
    const struct classed_unit *x = a, *y = b;
    return x->position != y->position
               ? (x->position > y->position) - (x->position < y->position)
               : str_cmp(x->code, y->code);
}

static struct classed_unit *unit_of(struct classed *c,
                                    const struct catalogue_items *item)
{
    for (size_t i = c->units; i-- > 0;)
        if (str_eq(c->unit[i].code, item->unit))
            return &c->unit[i];
    c->unit[c->units] = (struct classed_unit){ item->unit, item->unit_name,
                                               item->unit_position, 0 };
    return &c->unit[c->units++];
}

static enum err read_items(struct tx *tx, const void **out)
{
    struct catalogue_items *list;
    size_t n;
    int classes;
    enum err e = catalogue_items(tx, &list, &n);
    if (e != OK)
        return e;
    struct classed *c = ARENA_NEW(tx->arena, struct classed);
    c->item = ARENA_NEW_N(tx->arena, struct classed_item, n + 1);
    c->n = n;
    c->unit = ARENA_NEW_N(tx->arena, struct classed_unit, n + 1);
    class_rules(&classes);
    for (size_t i = 0; i < n; i++) {
        struct class_set in = class_of(list[i].name, list[i].unit,
                                       list[i].type, list[i].object);
        c->item[i] = (struct classed_item){ list[i], in };
        unit_of(c, &list[i])->items++;
        for (int k = 0; k < classes; k++)
            c->count[k] += class_has(in, k);
    }
    qsort(c->item, n, sizeof *c->item, by_position);
    qsort(c->unit, c->units, sizeof *c->unit, by_unit);
    *out = c;
    return OK;
}

enum err classed_read(struct tx *tx, const struct classed **out)
{
    static struct store_kept kept = { .lock = PTHREAD_MUTEX_INITIALIZER,
                                      .topic = TOPIC_CATALOGUE,
                                      .read = read_items };
    const void *items;
    enum err e = store_keep(tx, &kept, &items);
    *out = items;
    return e;
}
