/*
 * Files that guides name.
 *
 * The body of a version is the truth; the rows here repeat it, so that a file
 * finds its item and an item its files without reading every guide.  They are
 * written with the version, in one transaction, and never for one that was
 * sent: such a version is not rewritten, so neither are they.
 */
#include "catalogue/named.h"

#include "kernel/files/files.h"
#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

#define ROOM "catalogue"

/* ---- places ---- */

static struct value *row_at(struct value *guide, int64_t n)
{
    struct value *row = (struct value *)guide_first(guide, "papers");
    for (int64_t i = 1; row && i < n; i++)
        row = row->next;
    return n > 0 ? row : NULL;
}

bool named_place(struct value *guide, str place, struct named_place *out)
{
    int64_t n;
    if (str_is(place, "result")) {
        *out = (struct named_place){ guide, "result_file",
                                     page_sample_word(place),
                                     guide_get(guide, "result") };
        return true;
    }
    str list = str_cut(&place, '-');
    str at = str_is_none(place) ? STR("") : str_cut(&place, '-');
    bool sample = str_is(place, "sample");
    if (!str_is(list, "papers") || !str_int(at, &n) ||
        (!sample && !str_is(place, "blank")))
        return false;
    struct value *row = row_at(guide, n);
    *out = (struct named_place){ row, sample ? "sample_file" : "blank_file",
                                 page_sample_word(place),
                                 row ? guide_get(row, "name") : STR("") };
    return row != NULL;
}

/* ---- every file of a guide ---- */

struct name {
    int64_t position;
    str paper, which, sha256, name;
};

enum { NAMES = 2 * GUIDE_ROWS + 1 };

static void add_name(struct name *all, size_t *n, const struct value *of,
                     const char *member, struct name one)
{
    if (*n < NAMES && guide_file(guide_get(of, member), &one.sha256,
                                 &one.name))
        all[(*n)++] = one;
}

static size_t names_of(const struct value *guide, struct name all[NAMES])
{
    size_t n = 0;
    int64_t at = 0;
    add_name(all, &n, guide, "result_file",
             (struct name){ .paper = guide_get(guide, "result"),
                            .which = STR("result") });
    for (const struct value *p = guide_first(guide, "papers"); p;
         p = p->next) {
        struct name one = { .position = ++at,
                            .paper = guide_get(p, "name") };
        one.which = STR("sample");
        add_name(all, &n, p, "sample_file", one);
        one.which = STR("blank");
        add_name(all, &n, p, "blank_file", one);
    }
    return n;
}

/* ---- following ---- */

/* Named by nobody any more: the bytes go in a day. */
static enum err let_go(struct tx *tx, str item, str sha256)
{
    struct named_still still;
    enum err e = named_still(tx, item, sha256, &still);
    if (e == OK && still.times == 0)
        e = files_forget(tx, sha256, ROOM, item);
    return e == OK ? paper_drop(tx, sha256, NULL) : e;
}

/* Only what a clerk handed in here is held: the digest of anything else is a
 * finding, not a claim to somebody's paper. */
static enum err hold(struct tx *tx, str item, const struct name *one)
{
    struct paper_here here;
    struct upload u = { .name = one->name, .sha256 = one->sha256 };
    enum err e = paper_here(tx, one->sha256, &here);
    if (e == OK && here.times)
        e = files_mention(tx, &u, ROOM, item);
    return e == ERR_NOTFOUND ? OK : e;
}

enum err named_follow(struct tx *tx, str item, int64_t version,
                      const struct value *guide)
{
    struct name *all = ARENA_NEW_N(tx->arena, struct name, NAMES);
    size_t n = guide ? names_of(guide, all) : 0, before;
    struct named_of *old;
    enum err e = named_of(tx, item, version, &old, &before);
    if (e == OK && before)
        e = named_clear(tx, item, version, NULL);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = named_add(tx, store_id(tx->store), item, version,
                      all[i].position, all[i].paper, all[i].which,
                      all[i].sha256, all[i].name, NULL);
        if (e == OK)
            e = hold(tx, item, &all[i]);
    }
    for (size_t i = 0; e == OK && i < before; i++)
        e = let_go(tx, item, old[i].sha256);
    return e;
}

/* ---- what is known ---- */

enum guide_paper named_state(void *context, str sha256)
{
    struct tx *tx = context;
    struct paper_known known;
    if (paper_known(tx, sha256, &known) != OK)
        return GUIDE_PAPER_ABSENT;
    return files_safe(known.scan) == FILES_INFECTED ? GUIDE_PAPER_INFECTED
           : known.personal.n                       ? GUIDE_PAPER_PERSONAL
                                                    : GUIDE_PAPER_FINE;
}

void named_look(struct arena *a, str sha256, str type, day today,
                str *personal, bool *told)
{
    str words;
    *personal = STR("");
    *told = str_is(type, "application/pdf") &&
            files_pdf_text(a, sha256, &words);
    if (*told && !ident_personal(words, today, personal))
        *personal = STR("");
}

str named_missing(struct tx *tx, struct arena *a, const struct value *guide)
{
    struct name all[NAMES];
    size_t n = names_of(guide, all);
    str out = STR("");
    for (size_t i = 0; i < n; i++)
        if (named_state(tx, all[i].sha256) == GUIDE_PAPER_ABSENT)
            out = arena_printf(a, "%.*s%s%.*s", STR_ARG(out),
                               out.n ? "、" : "", STR_ARG(all[i].name));
    return out;
}
