/* The divisions, read once and kept for good: 3,500 rows, looked through from
 * beginning to end where a page needs a list, by halves where it needs one. */
#include "kernel/form/place.h"

#include "kernel/conf/conf.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <stdlib.h>

static struct {
    struct arena memory;
    struct place *all;      /* by code */
    size_t n;
    const struct place *own;
} table;

static size_t lines_of(str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static int level_of(str kind)
{
    static const char *const kinds[] = { "province", "city", "area",
                                         "township", "village" };
    for (int i = 0; i < PLACE_LEVELS; i++)
        if (str_is(kind, kinds[i]))
            return i + 1;
    return 0;
}

static void read_table(str text)
{
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        struct place p = { .code = str_cut(&line, '\t') };
        p.level = level_of(str_cut(&line, '\t'));
        p.name = str_cut(&line, '\t');
        p.parent = str_is_none(line) ? STR("") : str_trim(line);
        if (p.level)
            table.all[table.n++] = p;
    }
}

static int by_code(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return str_cmp(x->code, y->code);
}

static const struct place *find(str code)
{
    struct place key = { .code = code };
    if (str_is_none(code) || code.n == 0)
        return NULL;
    return bsearch(&key, table.all, table.n, sizeof key, by_code);
}

/* Levels that are a word of the code tables, not of an address. */
static bool only_a_level(str name)
{
    return str_is(name, "市辖区") || str_is(name, "县") ||
           str_is(name, "省直辖县级行政区划") ||
           str_is(name, "自治区直辖县级行政区划");
}

static str words_of(const struct place *p)
{
    str words = STR("");
    for (int i = 0; p && i < PLACE_LEVELS; i++, p = find(p->parent))
        if (!only_a_level(p->name))
            words = arena_join(&table.memory, p->name, words);
    return words;
}

/* The county townships are known of; without any, none is our own. */
static void read_all(void)
{
    str regions = page_asset("data/regions.tsv");
    str villages = page_asset("data/villages.tsv");
    table.all = ARENA_NEW_N(&table.memory, struct place,
                            lines_of(regions) + lines_of(villages) + 2);
    read_table(regions);
    read_table(villages);
    qsort(table.all, table.n, sizeof *table.all, by_code);
    for (size_t i = 0; i < table.n && table.own == NULL; i++)
        if (table.all[i].level == 4)
            table.own = find(table.all[i].parent);
    if (table.own) {
        struct place *own = &table.all[table.own - table.all];
        own->name = conf_text("city");
    }
    for (size_t i = 0; i < table.n; i++)
        table.all[i].words = words_of(&table.all[i]);
}

static void ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_all);
}

const struct place *place_of(str code)
{
    ready();
    return find(code);
}

const struct place *place_own(void)
{
    ready();
    return table.own;
}

const struct place *const *place_under(struct arena *a, str parent, size_t *n)
{
    ready();
    size_t count = 0;
    for (size_t i = 0; i < table.n; i++)
        count += str_eq(table.all[i].parent, parent);
    const struct place **list = ARENA_NEW_N(a, const struct place *, count + 1);
    *n = 0;
    for (size_t i = 0; i < table.n; i++)
        if (str_eq(table.all[i].parent, parent))
            list[(*n)++] = &table.all[i];
    return list;
}

bool place_goes_on(str code)
{
    ready();
    for (size_t i = 0; i < table.n; i++)
        if (str_eq(table.all[i].parent, code))
            return true;
    return false;
}

str place_words(str code)
{
    const struct place *p = place_of(code);
    return p ? p->words : STR("");
}

static bool lies_within(const struct place *p, str within)
{
    for (; p; p = find(p->parent))
        if (str_eq(p->code, within))
            return true;
    return within.n == 0;
}

/* Every word of the search; one must be about the name itself, or a county
 * would bring all its villages. */
static bool answers(const struct place *p, str words)
{
    bool named = false;
    while (!str_is_none(words)) {
        str word = str_cut(&words, ' ');
        if (word.n && str_find(p->words, word) < 0)
            return false;
        named |= word.n && (str_find(p->name, word) >= 0 ||
                            (str_find(word, p->name) >= 0 && p->name.n));
    }
    return named;
}

size_t place_find(str words, str within, const struct place **out, size_t most)
{
    size_t n = 0;
    ready();
    for (int level = PLACE_LEVELS; level > 0; level--)
        for (size_t i = 0; i < table.n && n < most; i++) {
            const struct place *p = &table.all[i];
            if (p->level == level && lies_within(p, within) &&
                answers(p, words))
                out[n++] = p;
        }
    return n;
}
