/* The catalogue of what is published and the themes, read once from data. */
#include "disclosure/disclosure.h"

#include "base/csv.h"
#include "kernel/page/page.h"

#include <pthread.h>

enum { CATEGORIES_MOST = 400, TOPICS_MOST = 60 };

static struct disclosure_category categories[CATEGORIES_MOST];
static struct disclosure_topic topics[TOPICS_MOST];
static int category_count, topic_count;

static str piece(str *line)
{
    return str_is_none(*line) ? STR("") : str_trim(str_cut(line, '\t'));
}

static int64_t number(str text)
{
    int64_t n = 0;
    return str_int(text, &n) ? n : 0;
}

static void read_categories(void)
{
    str text = page_asset("data/disclosure/catalogue.tsv");
    while (!str_is_none(text) && category_count < CATEGORIES_MOST) {
        str line = str_cut(&text, '\n');
        struct disclosure_category *c = &categories[category_count];
        if (line.n == 0 || line.p[0] == '#')
            continue;
        c->code = piece(&line);
        c->parent = piece(&line);
        c->name = piece(&line);
        c->article = piece(&line);
        c->least = number(piece(&line));
        c->weight = number(piece(&line));
        c->who = piece(&line);
        category_count += c->article.n > 0;
    }
}

/* Classes alone; the first of them is of the State Council. */
static void read_topics(void)
{
    static struct arena kept; /* for quoted fields: none here, but it may be */
    struct csv row;
    csv_open(&row, &kept, page_asset("data/standards/themes-govcn.csv"));
    while (csv_row(&row) == OK && topic_count < TOPICS_MOST)
        if (row.count > 2 && row.field[1].n == 0 && row.field[0].n == 2 &&
            !str_is(row.field[0], "01"))
            topics[topic_count++] = (struct disclosure_topic){
                row.field[0], row.field[2] };
}

static void read_all(void)
{
    read_categories();
    read_topics();
}

static void once(void)
{
    static pthread_once_t read = PTHREAD_ONCE_INIT;
    pthread_once(&read, read_all);
}

const struct disclosure_category *disclosure_categories(int *n)
{
    once();
    *n = category_count;
    return categories;
}

const struct disclosure_category *disclosure_category(str code)
{
    int n;
    const struct disclosure_category *c = disclosure_categories(&n);
    for (int i = 0; i < n; i++)
        if (str_eq(c[i].code, code))
            return &c[i];
    return NULL;
}

const struct disclosure_topic *disclosure_topics(int *n)
{
    once();
    *n = topic_count;
    return topics;
}

const struct disclosure_topic *disclosure_topic(str code)
{
    int n;
    const struct disclosure_topic *t = disclosure_topics(&n);
    for (int i = 0; i < n; i++)
        if (str_eq(t[i].code, code))
            return &t[i];
    return NULL;
}

bool disclosure_concerns(const struct disclosure_category *c, str kind,
                         bool office)
{
    str word = office                      ? STR("gov")
               : str_is(kind, "department") ? STR("dept")
               : str_is(kind, "township")   ? STR("town")
               : str_is(kind, "institution") ? STR("inst")
                                             : STR("none");
    str who = c->who;
    while (c->least > 0 && !str_is_none(who))
        if (str_eq(str_cut(&who, ' '), word))
            return true;
    return false;
}
