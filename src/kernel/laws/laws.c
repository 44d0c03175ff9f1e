/*
 * The folder of law texts, held in memory.
 *
 * A few dozen texts are two megabytes; reading them once makes a citation's
 * link a lookup.  A change of the folder makes a new generation; old ones are
 * kept, because a page may still be showing from one, and a folder of laws
 * changes a few times a year.
 */
#include "kernel/laws/inside.h"

#include "kernel/log/log.h"
#include "kernel/page/page.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct generation {
    struct law_text *law;
    size_t n;
    uint64_t print; /* of names, sizes and times of the files */
};

static struct {
    pthread_mutex_t lock;
    struct arena arena;
    str dir;
    const struct generation *now;
    uint64_t version;
} held = { .lock = PTHREAD_MUTEX_INITIALIZER };

static str stem_of(const char *file)
{
    str name = str_of(file);
    if (str_ends(name, STR(".md")))
        return str_slice(name, 0, name.n - 3);
    return str_ends(name, STR(".txt")) ? str_slice(name, 0, name.n - 4)
                                       : str_none;
}

/* The whole file; none when it cannot be read, is too long or is no UTF-8. */
static str file_text(struct arena *a, const char *path)
{
    struct stat st;
    str text = str_none;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return text;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        st.st_size <= LAWS_FILE_BYTES) {
        size_t n = (size_t)st.st_size, done = 0;
        char *p = arena_alloc(a, n);
        ssize_t got = 1;
        while (done < n && (got = read(fd, p + done, n - done)) > 0)
            done += (size_t)got;
        if (done == n && utf8_valid((str){ p, n }))
            text = (str){ p, n };
    }
    close(fd);
    return text;
}

static uint64_t mix(uint64_t print, str name, const struct stat *st)
{
    print ^= str_hash(name) + (uint64_t)st->st_size * 31 +
             (uint64_t)st->st_mtim.tv_sec * 1000003 +
             (uint64_t)st->st_mtim.tv_nsec;
    return print * 0x100000001b3ull;
}

/* Sums, so that the order of the folder does not matter. */
static uint64_t print_of(struct arena *a, str dir)
{
    uint64_t print = 1;
    DIR *d = opendir(dir.p);
    struct dirent *entry;
    while (d && (entry = readdir(d))) {
        struct stat st;
        str path = arena_printf(a, "%.*s/%s", STR_ARG(dir), entry->d_name);
        if (entry->d_name[0] != '.' && stat(path.p, &st) == 0)
            print += mix(7, str_of(entry->d_name), &st);
    }
    if (d)
        closedir(d);
    return print;
}

static int by_name(const void *left, const void *right)
{
    return str_cmp(((const struct law_text *)left)->name,
                   ((const struct law_text *)right)->name);
}

static struct law_text *text_named(const struct generation *g, str name)
{
    struct law_text key = { .name = name };
    return g && g->n ? bsearch(&key, g->law, g->n, sizeof *g->law, by_name)
                     : NULL;
}

static void read_versions(struct arena *a, str dir, struct generation *g)
{
    struct value *list;
    str problem;
    str text = file_text(a, arena_printf(a, "%.*s/index.json",
                                         STR_ARG(dir)).p);
    if (str_is_none(text))
        return;
    if (value_read_json(a, text, &list, &problem) != OK) {
        log_error("laws: index.json: %.*s", STR_ARG(problem));
        return;
    }
    for (const struct value *v = list->first; v; v = v->next) {
        struct law_text *l = text_named(g, value_get_text(v, STR("name")));
        if (l)
            l->version = value_get_text(v, STR("version"));
    }
}

static struct generation *read_folder(struct arena *a, str dir)
{
    struct generation *g = ARENA_NEW(a, struct generation);
    g->law = ARENA_NEW_N(a, struct law_text, LAWS_FILES);
    g->print = print_of(a, dir);
    DIR *d = opendir(dir.p);
    struct dirent *entry;
    while (d && (entry = readdir(d)) && g->n < LAWS_FILES) {
        str name = stem_of(entry->d_name);
        if (str_is_none(name) || name.n == 0 || !utf8_valid(name))
            continue;
        str text = file_text(a, arena_printf(a, "%.*s/%s", STR_ARG(dir),
                                             entry->d_name).p);
        if (str_is_none(text)) {
            log_error("laws: %s is left out: not UTF-8 text of at most %d MB",
                      entry->d_name, LAWS_FILE_BYTES >> 20);
            continue;
        }
        struct law_text *l = &g->law[g->n++];
        *l = (struct law_text){ .name = arena_str(a, name),
                                .version = str_none };
        law_read(a, text, l);
    }
    if (d)
        closedir(d);
    qsort(g->law, g->n, sizeof *g->law, by_name);
    read_versions(a, dir, g);
    return g;
}

enum err laws_open(const char *dir, struct arena *a, str *problem)
{
    struct stat st;
    enum err e = OK;
    pthread_mutex_lock(&held.lock);
    held.now = NULL;
    held.version++;
    held.dir = arena_str(&held.arena, str_of(dir));
    if (held.dir.n && (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))) {
        *problem = arena_printf(a, "法规文本目录 %s 打不开（%s），请改正设置 "
                                "law_dir，或者留空。", dir, strerror(errno));
        held.dir = STR("");
        e = ERR_NOTFOUND;
    } else if (held.dir.n) {
        held.now = read_folder(&held.arena, held.dir);
    }
    pthread_mutex_unlock(&held.lock);
    return e;
}

bool laws_look_again(void)
{
    struct arena a = { 0 };
    bool changed = false;
    pthread_mutex_lock(&held.lock);
    if (held.dir.n && print_of(&a, held.dir) != held.now->print) {
        held.now = read_folder(&held.arena, held.dir);
        held.version++;
        changed = true;
    }
    pthread_mutex_unlock(&held.lock);
    arena_free(&a);
    return changed;
}

uint64_t laws_version(void)
{
    pthread_mutex_lock(&held.lock);
    uint64_t v = held.now ? held.now->print : 0;
    pthread_mutex_unlock(&held.lock);
    return v;
}

static const struct generation *now(void)
{
    pthread_mutex_lock(&held.lock);
    const struct generation *g = held.now;
    pthread_mutex_unlock(&held.lock);
    return g;
}

static str bare_name(str law)
{
    str nation = STR("中华人民共和国"), open = STR("《"), close = STR("》");
    law = str_trim(law);
    if (str_starts(law, open))
        law = str_slice(law, open.n, law.n);
    if (str_ends(law, close))
        law = str_slice(law, 0, law.n - close.n);
    if (str_starts(law, nation) && law.n > nation.n)
        law = str_slice(law, nation.n, law.n);
    return law;
}

const struct law_text *law_named(str name)
{
    const struct generation *g = now();
    const struct law_text *l = text_named(g, bare_name(name));
    if (l == NULL && g) /* a file may carry the full name */
        l = text_named(g, str_trim(name));
    return l;
}

const struct law_article *law_article_of(const struct law_text *l, str number)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->article[i].number, number))
            return &l->article[i];
    return NULL;
}

enum laws_found laws_find(str law, str article, str *version)
{
    struct arena a = { 0 };
    if (now() == NULL)
        return LAWS_NO_TEXTS;
    const struct law_text *l = law_named(law);
    if (version)
        *version = l ? l->version : str_none;
    if (l == NULL)
        return LAWS_NO_LAW;
    bool any = str_is_none(article) || article.n == 0;
    bool found = any || law_article_of(l, laws_article(&a, article));
    arena_free(&a);
    return found ? LAWS_FOUND : LAWS_NO_ARTICLE;
}

str laws_href(struct arena *a, str law, str article)
{
    const struct law_text *l = str_is_none(law) ? NULL : law_named(law);
    if (l == NULL)
        return STR("");
    str name = page_query_text(a, l->name);
    str number = laws_article(a, article);
    return number.n && law_article_of(l, number)
               ? arena_printf(a, "/laws/%.*s/%.*s", STR_ARG(name),
                              STR_ARG(number))
               : arena_printf(a, "/laws/%.*s", STR_ARG(name));
}
