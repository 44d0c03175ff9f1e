/*
 * The list in memory: entries in a hash table by what is said.  A query is cut
 * by the cheapest way through its characters, from right to left; the costs
 * below are in tenths of a known word.
 */
#include "kernel/search/words.h"

#include "kernel/page/page.h"
#include "kernel/search/terms.h"

#include <pthread.h>

enum {
    SLOTS = 8192,
    ACTIONS = 32,
    MARKS = 8,
    SOUNDS = 1024,

    COST_SAID = 10,
    COST_FILLER = 12,   /* a meaning is preferred */
    COST_KNOWN = 6,     /* a character the catalogue knows in this company */
    COST_UNKNOWN = 30,
    COST_LETTER = 8,    /* of a corrected word, and once one of these: */
    COST_SOUND = 10,    /* one character of the same sound */
    COST_OTHER = 20,    /* one other character */
    COST_LENGTH = 24,   /* one missing or too many */
};

struct action {
    str marks[MARKS];
    int count;
};

struct sound {
    int32_t letter;
    int set;
};

struct words {
    struct words_entry *slot[SLOTS];
    struct words_entry *entries; /* in the order of the list */
    size_t count;
    struct action actions[ACTIONS];
    struct action none; /* words that tell of no action after all */
    int action_count;
    struct sound sounds[SOUNDS];
    int sound_count, sets;
};

/* ---- reading ---- */

static struct words_entry **slot_of(const struct words *w, str say)
{
    uint64_t at = str_hash(say);
    struct words_entry *const *slot;
    do {
        slot = &w->slot[at++ % SLOTS];
    } while (*slot && !str_eq((*slot)->say, say));
    return (struct words_entry **)slot;
}

static bool is_narrow(int32_t c)
{
    return c > ' ' && c < 0x530;
}

static bool set_letters(struct words_entry *e)
{
    int32_t c;
    e->wide = true;
    for (size_t at = 0; (c = utf8_next(e->say, &at)) >= 0;) {
        if (e->length == WORDS_LONGEST)
            return false;
        e->letters[e->length++] = c;
        e->wide &= !is_narrow(c) && c != ' ';
    }
    return e->length > 0;
}

/* A word twice is a mistake in the list, except among fillers. */
static struct words_entry *add_entry(struct words *w, str say)
{
    struct words_entry **slot = slot_of(w, say);
    if (*slot || w->count == SLOTS / 2)
        return NULL;
    struct words_entry *e = &w->entries[w->count];
    *e = (struct words_entry){ .say = say };
    if (!set_letters(e))
        return NULL;
    w->count++;
    return *slot = e;
}

static bool read_said(struct words *w, struct arena *a, str say, str terms)
{
    struct words_entry *e = add_entry(w, terms_folded(a, say));
    while (e && !str_is_none(terms)) {
        str term = terms_folded(a, str_cut(&terms, ' '));
        if (term.n == 0 || e->term_count == WORDS_TERMS)
            return false;
        e->terms[e->term_count++] = term;
    }
    return e && e->term_count > 0;
}

static bool read_fillers(struct words *w, struct arena *a, str list)
{
    while (!str_is_none(list)) {
        str say = terms_folded(a, str_cut(&list, ' '));
        if (say.n == 0)
            return false;
        if (*slot_of(w, say) == NULL && !add_entry(w, say))
            return false;
    }
    return true;
}

static bool read_action(struct words *w, struct arena *a, str name, str marks)
{
    if (w->action_count == ACTIONS)
        return false;
    struct action *action = str_is(name, "-")
                                ? &w->none
                                : &w->actions[w->action_count++];
    while (!str_is_none(marks)) {
        str mark = terms_folded(a, str_cut(&marks, ' '));
        if (mark.n == 0 || action->count == MARKS)
            return false;
        action->marks[action->count++] = mark;
    }
    return action->count > 0;
}

static bool read_sounds(struct words *w, str letters)
{
    int32_t c;
    for (size_t at = 0; (c = utf8_next(letters, &at)) >= 0;) {
        if (w->sound_count == SOUNDS)
            return false;
        w->sounds[w->sound_count++] = (struct sound){ c, w->sets };
    }
    w->sets++;
    return letters.n > 0;
}

static bool read_line(struct words *w, struct arena *a, str line)
{
    if (line.n == 0 || line.p[0] == '#')
        return true;
    str kind = str_cut(&line, '\t');
    if (kind.n != 1 || str_is_none(line) || line.n == 0)
        return false;
    str first;
    switch (kind.p[0]) {
    case '=':
        first = str_cut(&line, '\t');
        return line.n && read_said(w, a, first, line);
    case '!':
        first = str_cut(&line, '\t');
        return line.n && read_action(w, a, first, line);
    case '-':
        return read_fillers(w, a, line);
    case '~':
        return read_sounds(w, line);
    default:
        return false;
    }
}

const struct words *words_read(struct arena *a, str text, int *line)
{
    struct words *w = ARENA_NEW(a, struct words);
    w->entries = ARENA_NEW_N(a, struct words_entry, SLOTS / 2);
    *line = 0;
    while (!str_is_none(text)) {
        ++*line;
        if (!read_line(w, a, str_cut(&text, '\n')))
            return NULL;
    }
    return w;
}

static const struct words *builtin;

static void read_builtin(void)
{
    static struct arena memory;
    int line;
    builtin = words_read(&memory, page_asset("data/words.tsv"), &line);
    if (builtin == NULL) /* a test reads the same list and says which line */
        builtin = words_read(&memory, STR(""), &line);
}

const struct words *words_builtin(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_builtin);
    return builtin;
}

size_t words_count(const struct words *w)
{
    return w->count;
}

/* ---- corrections ---- */

static bool same_sound(const struct words *w, int32_t a, int32_t b)
{
    for (int i = 0; i < w->sound_count; i++)
        for (int k = 0; w->sounds[i].letter == a && k < w->sound_count; k++)
            if (w->sounds[k].letter == b &&
                w->sounds[k].set == w->sounds[i].set)
                return true;
    return false;
}

/* The cost of one wrong character, 0 when more or none are wrong. */
static int wrong_letter(const struct words *w, const struct words_entry *e,
                        const int32_t *c)
{
    int wrong = -1;
    for (int i = 0; i < e->length; i++) {
        if (c[i] == e->letters[i])
            continue;
        if (wrong >= 0)
            return 0;
        wrong = i;
    }
    if (wrong < 0)
        return 0;
    if (same_sound(w, c[wrong], e->letters[wrong]))
        return COST_LETTER * e->length + COST_SOUND;
    return e->length >= 3 ? COST_LETTER * e->length + COST_OTHER : 0;
}

/* Is the longer text the shorter one with one character more inside? */
static bool one_more(const int32_t *longer, int n, const int32_t *shorter)
{
    int i = 0;
    while (i < n - 1 && longer[i] == shorter[i])
        i++;
    if (i == 0 || i == n - 1)
        return false;
    for (; i < n - 1; i++)
        if (longer[i + 1] != shorter[i])
            return false;
    return true;
}

/* ---- the cheapest way ---- */

enum { LETTERS = 2 * TERMS_QUERY_MAX + 2 };

struct step {
    int cost, length;
    const struct words_entry *entry;
    bool fixed;
};

struct way {
    const struct words *w;
    str text;
    int32_t c[LETTERS];
    size_t at[LETTERS + 1]; /* where each character begins in the text */
    bool unknown[LETTERS];
    int n;
    bool left_over;
    struct step step[LETTERS + 1];
};

static void read_way(struct way *y, str text, words_known *known,
                     const void *context)
{
    size_t at = 0;
    y->text = text;
    while (y->n < LETTERS) {
        y->at[y->n] = at;
        int32_t c = utf8_next(text, &at);
        if (c < 0)
            break;
        y->c[y->n++] = c;
    }
    y->at[y->n] = at;
    for (int i = 0; i < y->n; i++) {
        bool left = i > 0 && known(context, y->c[i - 1], y->c[i]);
        bool right = i + 1 < y->n && known(context, y->c[i], y->c[i + 1]);
        y->unknown[i] = y->c[i] != ' ' && !left && !right;
    }
}

/* A Latin word or a number is one piece or none. */
static bool is_whole(const struct way *y, int from, int to)
{
    return !(from > 0 && is_narrow(y->c[from - 1]) && is_narrow(y->c[from])) &&
           !(to < y->n && is_narrow(y->c[to - 1]) && is_narrow(y->c[to]));
}

static void offer(struct way *y, int i, struct step s)
{
    s.cost += y->step[i + s.length].cost;
    if (s.cost < y->step[i].cost)
        y->step[i] = s;
}

static void offer_words(struct way *y, int i)
{
    for (int n = 1; n <= WORDS_LONGEST && i + n <= y->n; n++) {
        const struct words_entry *e =
            *slot_of(y->w, str_slice(y->text, y->at[i], y->at[i + n]));
        if (e && is_whole(y, i, i + n))
            offer(y, i, (struct step){ e->term_count ? COST_SAID : COST_FILLER,
                                       n, e, false });
    }
}

static bool leaves(const struct way *y, int from, int to)
{
    for (int i = from; i < to; i++)
        if (y->unknown[i])
            return true;
    return false;
}

static void offer_corrected(struct way *y, int i)
{
    const struct words *w = y->w;
    for (size_t k = 0; k < w->count; k++) {
        const struct words_entry *e = &w->entries[k];
        int n = e->length, cost;
        if (!e->wide || n < 2 || e->term_count == 0)
            continue;
        if (i + n <= y->n && (cost = wrong_letter(w, e, y->c + i)) &&
            leaves(y, i, i + n))
            offer(y, i, (struct step){ cost, n, e, true });
        cost = COST_LETTER * n + COST_LENGTH;
        if (n >= 4 && i + n - 1 <= y->n && leaves(y, i, i + n - 1) &&
            one_more(e->letters, n, y->c + i))
            offer(y, i, (struct step){ cost, n - 1, e, true });
        if (n >= 3 && i + n + 1 <= y->n && leaves(y, i, i + n + 1) &&
            one_more(y->c + i, n + 1, e->letters))
            offer(y, i, (struct step){ cost, n + 1, e, true });
    }
}

static void find_way(struct way *y, bool corrected)
{
    y->step[y->n] = (struct step){ 0 };
    for (int i = y->n - 1; i >= 0; i--) {
        int cost = y->c[i] == ' '  ? 0
                   : y->unknown[i] ? COST_UNKNOWN
                                   : COST_KNOWN;
        y->step[i] = (struct step){ cost + y->step[i + 1].cost, 1, NULL,
                                    false };
        offer_words(y, i);
        if (corrected && y->c[i] != ' ')
            offer_corrected(y, i);
    }
    y->left_over = false;
    for (int i = 0; i < y->n; i += y->step[i].length)
        y->left_over |= y->step[i].entry == NULL && y->unknown[i];
}

static bool put_piece(const struct way *y, int from, int to,
                      struct words_piece *out)
{
    const struct step *s = &y->step[from];
    str text = str_trim(str_slice(y->text, y->at[from], y->at[to]));
    *out = (struct words_piece){
        .text = text, .entry = s->entry, .fixed = s->fixed,
        .kind = s->entry == NULL        ? WORDS_REST
                : s->entry->term_count  ? WORDS_SAID
                                        : WORDS_FILLER,
    };
    return text.n > 0;
}

size_t words_split(const struct words *w, str folded, words_known *known,
                   const void *context, struct words_piece out[WORDS_PIECES])
{
    struct way y = { .w = w };
    size_t n = 0;
    read_way(&y, folded, known, context);
    find_way(&y, false);
    if (y.left_over)
        find_way(&y, true);
    for (int i = 0; i < y.n && n < WORDS_PIECES;) {
        int to = i + y.step[i].length;
        while (y.step[i].entry == NULL && to < y.n &&
               y.step[to].entry == NULL)
            to++;
        n += put_piece(&y, i, to, &out[n]);
        i = to;
    }
    return n;
}

static uint32_t actions_in(const struct words *w, str folded)
{
    uint32_t found = 0;
    for (int i = 0; i < w->action_count; i++)
        for (int k = 0; k < w->actions[i].count; k++)
            if (str_find(folded, w->actions[i].marks[k]) >= 0)
                found |= 1u << i;
    return found;
}

uint32_t words_actions(const struct words *w, str folded)
{
    for (int k = 0; k < w->none.count; k++) {
        ptrdiff_t at = str_find(folded, w->none.marks[k]);
        if (at >= 0)
            return actions_in(w, str_slice(folded, 0, (size_t)at)) |
                   actions_in(w, str_slice(folded,
                                           (size_t)at + w->none.marks[k].n,
                                           folded.n));
    }
    return actions_in(w, folded);
}
