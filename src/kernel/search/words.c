/*
 * The list in memory: entries in a hash table by what is said.  A query is cut
 * by the cheapest way through its characters, from right to left; the costs
 * below are in tenths of a known word.
 */
#include "kernel/search/words.h"

#include "kernel/page/page.h"
#include "kernel/search/terms.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 16384,
    ACTIONS = 32,
    MARKS = 8,
    SOUNDS = 4096,
    SETS = 400,
    CHAINS = 1024,
    TERM_LEAST = 4, /* characters of a term that is a word of its own */
    MENDED = 4, /* characters of a query put right by the catalogue */

    PARTICLE = 0x7684, /* 的 joins words and is part of none */

    COST_SAID = 10,
    COST_FILLER = 11,   /* a meaning is preferred */
    COST_KNOWN = 6,     /* a character the catalogue knows in this company */
    COST_UNKNOWN = 30,
    COST_LETTER = 8,    /* of a corrected word, and once one of these: */
    COST_SOUND = 10,    /* one character of the same sound */
    COST_TURNED = 14,   /* two neighbours in the wrong order */
    COST_OTHER = 20,    /* one other character */
    COST_LENGTH = 24,   /* one missing or too many */
};

struct action {
    str marks[MARKS];
    int count;
};

/* A character may have several sounds. */
struct sound {
    int32_t letter;
    int set;
};

struct words {
    struct words_entry *slot[SLOTS];
    struct words_entry *entries; /* in the order of the list */
    size_t count;
    int chain[2][CHAINS]; /* 1 + the last entry by its first, second letter */
    int *before[2];       /* … and the one before it, 0 at the end */
    struct action actions[ACTIONS];
    struct action none; /* words that tell of no action after all */
    int action_count;
    struct sound sounds[SOUNDS];   /* by set … */
    struct sound lettered[SOUNDS]; /* … and by letter, each letter's sets */
    int first[SETS + 1];           /* of each set in sounds */
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

/* What may be corrected is found by the letters that are surely right. */
static void put_chain(struct words *w, size_t at)
{
    const struct words_entry *e = &w->entries[at];
    for (int k = 0; k < 2 && e->wide && e->length >= 2; k++) {
        int *last = &w->chain[k][e->letters[k] % CHAINS];
        w->before[k][at] = *last;
        *last = (int)at + 1;
    }
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

static bool read_said(struct words *w, struct arena *a, str say, str terms,
                      bool aside)
{
    struct words_entry *e = add_entry(w, terms_folded(a, say));
    if (e)
        e->aside = aside;
    while (e && !str_is_none(terms)) {
        str term = terms_folded(a, str_cut(&terms, ' '));
        if (term.n == 0 || e->term_count == WORDS_TERMS)
            return false;
        e->terms[e->term_count++] = term;
    }
    if (e)
        put_chain(w, w->count - 1);
    return e && e->term_count > 0;
}

/* What the catalogue calls it is a word too, that somebody may mistype. */
static bool add_terms(struct words *w)
{
    size_t n = w->count;
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < w->entries[i].term_count; k++) {
            str term = w->entries[i].terms[k];
            size_t letters = utf8_count(term);
            if (letters < TERM_LEAST || letters > WORDS_LONGEST ||
                str_find(term, STR(" ")) >= 0 || *slot_of(w, term))
                continue;
            struct words_entry *e = add_entry(w, term);
            if (e == NULL)
                return false;
            e->terms[e->term_count++] = term;
            put_chain(w, w->count - 1);
        }
    return true;
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
    if (w->sets == SETS)
        return false;
    for (size_t at = 0; (c = utf8_next(letters, &at)) >= 0;) {
        if (w->sound_count == SOUNDS)
            return false;
        w->sounds[w->sound_count++] = (struct sound){ c, w->sets };
    }
    w->first[++w->sets] = w->sound_count;
    return letters.n > 0;
}

static int by_letter(const void *a, const void *b)
{
    const struct sound *x = a, *y = b;
    if (x->letter != y->letter)
        return x->letter < y->letter ? -1 : 1;
    return (x->set > y->set) - (x->set < y->set);
}

static void sort_sounds(struct words *w)
{
    memcpy(w->lettered, w->sounds, sizeof w->sounds);
    qsort(w->lettered, (size_t)w->sound_count, sizeof *w->lettered, by_letter);
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
    case '+':
        first = str_cut(&line, '\t');
        return line.n && read_said(w, a, first, line, kind.p[0] == '+');
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
    w->before[0] = ARENA_NEW_N(a, int, SLOTS / 2);
    w->before[1] = ARENA_NEW_N(a, int, SLOTS / 2);
    *line = 0;
    while (!str_is_none(text)) {
        ++*line;
        if (!read_line(w, a, str_cut(&text, '\n')))
            return NULL;
    }
    sort_sounds(w);
    return add_terms(w) ? w : NULL;
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

/* The first of a letter's sounds; *end behind the last. */
static int sounds_of(const struct words *w, int32_t letter, int *end)
{
    int from = 0, to = w->sound_count;
    while (from < to) {
        int middle = from + (to - from) / 2;
        if (w->lettered[middle].letter < letter)
            from = middle + 1;
        else
            to = middle;
    }
    for (to = from; to < w->sound_count && w->lettered[to].letter == letter;)
        to++;
    *end = to;
    return from;
}

static bool same_sound(const struct words *w, int32_t a, int32_t b)
{
    int a_end, b_end, i = sounds_of(w, a, &a_end), k = sounds_of(w, b, &b_end);
    while (i < a_end && k < b_end) {
        if (w->lettered[i].set == w->lettered[k].set)
            return true;
        if (w->lettered[i].set < w->lettered[k].set)
            i++;
        else
            k++;
    }
    return false;
}

/* The cost of one wrong character or of two that changed places, 0 when more
 * or none are wrong. */
static int wrong_letter(const struct words *w, const struct words_entry *e,
                        const int32_t *c)
{
    int wrong = -1, count = 0, base = COST_LETTER * e->length;
    for (int i = 0; i < e->length; i++)
        if (c[i] != e->letters[i]) {
            if (++count == 1)
                wrong = i;
            else if (count > 2 || i != wrong + 1)
                return 0;
        }
    if (count == 0)
        return 0;
    if (count == 2)
        return e->length >= 3 && c[wrong] == e->letters[wrong + 1] &&
                       c[wrong + 1] == e->letters[wrong]
                   ? base + COST_TURNED
                   : 0;
    if (same_sound(w, c[wrong], e->letters[wrong]))
        return base + COST_SOUND;
    return e->length >= 4 ? base + COST_OTHER : 0;
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
    words_known *known;
    const void *context;
    str text;
    int32_t c[LETTERS];
    size_t at[LETTERS + 1]; /* where each character begins in the text */
    bool pair[LETTERS];     /* is it known before the next one? */
    bool unknown[LETTERS];  /* it is in no known company */
    int n;
    bool left_over;
    struct step step[LETTERS + 1];
};

static void read_way(struct way *y, str text)
{
    size_t at = 0;
    y->text = text;
    y->n = 0;
    while (y->n < LETTERS) {
        y->at[y->n] = at;
        int32_t c = utf8_next(text, &at);
        if (c < 0)
            break;
        y->c[y->n++] = c;
    }
    y->at[y->n] = at;
    for (int i = 0; i < y->n; i++) {
        y->pair[i] = i + 1 < y->n && y->c[i] != PARTICLE &&
                     y->c[i + 1] != PARTICLE &&
                     y->known(y->context, y->c[i], y->c[i + 1]);
        y->unknown[i] =
            y->c[i] != ' ' && !y->pair[i] && !(i > 0 && y->pair[i - 1]);
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

static void offer_corrected(struct way *y, int i, const struct words_entry *e)
{
    int n = e->length, cost;
    if (i + n <= y->n && (cost = wrong_letter(y->w, e, y->c + i)) &&
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

/* With one mistake the first or the second letter is right, or they changed
 * places. */
static void offer_close(struct way *y, int i)
{
    const struct words *w = y->w;
    for (int k = 0; k < 3 && i + 1 < y->n; k++) {
        int letter = k % 2, here = i + (k > 0);
        for (int at = w->chain[letter][y->c[here] % CHAINS]; at;
             at = w->before[letter][at - 1])
            offer_corrected(y, i, &w->entries[at - 1]);
    }
}

static int near_end(const struct way *y, int i)
{
    return i + WORDS_LONGEST + 1 < y->n ? i + WORDS_LONGEST + 1 : y->n;
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
        if (corrected && y->c[i] != ' ' && leaves(y, i, near_end(y, i)))
            offer_close(y, i);
    }
    y->left_over = false;
    for (int i = 0; i < y->n; i += y->step[i].length)
        y->left_over |= y->step[i].entry == NULL && y->unknown[i];
}

/* What was left over may still be a word of the list, where its characters
 * were cheaper one by one. */
static bool put_piece(const struct way *y, int from, int to,
                      struct words_piece *out)
{
    const struct step *s = &y->step[from];
    str text = str_trim(str_slice(y->text, y->at[from], y->at[to]));
    const struct words_entry *e = s->entry ? s->entry : *slot_of(y->w, text);
    *out = (struct words_piece){
        .text = text, .entry = e, .fixed = s->fixed,
        .kind = e == NULL       ? WORDS_REST
                : e->term_count ? WORDS_SAID
                                : WORDS_FILLER,
    };
    return text.n > 0;
}

/* ---- a character the catalogue would have otherwise ---- */

static bool is_left(const struct way *y, int i)
{
    return i >= 0 && i < y->n && y->c[i] != ' ' && !is_narrow(y->c[i]);
}

/* Pairs known from a character at i to one side, up to two; -1 when nothing
 * explains its neighbour there but is not known beside it. */
static int known_beside(const struct way *y, int i, int32_t c, int side,
                        const bool *said)
{
    int next = i + side;
    if (!is_left(y, next))
        return 0;
    bool known = side < 0 ? y->known(y->context, y->c[next], c)
                          : y->known(y->context, c, y->c[next]);
    if (!known)
        return said[next] ? 0 : -1;
    return 1 + (is_left(y, next + side) &&
                y->pair[side < 0 ? next - 1 : next]);
}

/* How well a character would stand at i; one known pair alone is chance. */
static int stands(const struct way *y, int i, int32_t c, const bool *said)
{
    int left = known_beside(y, i, c, -1, said);
    int right = known_beside(y, i, c, 1, said);
    return left < 0 || right < 0 || left + right < 2 ? 0 : left + right;
}

static int32_t same_sounding(const struct way *y, int i, const bool *said)
{
    const struct words *w = y->w;
    int best = 0, end;
    int32_t letter = 0;
    for (int k = sounds_of(w, y->c[i], &end); k < end; k++) {
        int set = w->lettered[k].set;
        for (int m = w->first[set]; m < w->first[set + 1]; m++) {
            int known = stands(y, i, w->sounds[m].letter, said);
            if (known > best) {
                best = known;
                letter = w->sounds[m].letter;
            }
        }
    }
    return letter;
}

/* The text with characters in no known company replaced by such of the same
 * sound that the catalogue has there; false when there is none. */
static bool mended(struct way *y, struct arena *a, str *out)
{
    bool said[LETTERS] = { false };
    int count = 0;
    for (int i = 0; i < y->n; i += y->step[i].length)
        for (int k = 0; y->step[i].entry && k < y->step[i].length; k++)
            said[i + k] = true;
    struct buf b = { 0 };
    for (int i = 0; i < y->n; i++) {
        int32_t c = 0;
        if (!said[i] && y->unknown[i] && is_left(y, i) && count < MENDED)
            c = same_sounding(y, i, said);
        if (c) {
            y->c[i] = c;
            count++;
        }
        char bytes[4];
        buf_put(&b, (str){ bytes, utf8_put(bytes, y->c[i]) });
    }
    *out = count ? arena_str(a, buf_str(&b)) : y->text;
    buf_free(&b);
    return count > 0;
}

/* Left over characters belong together as far as they are known pairs, and
 * those that are in no known company do. */
static bool goes_on(const struct way *y, int to)
{
    return to < y->n && y->step[to].entry == NULL &&
           (y->pair[to - 1] || (y->unknown[to - 1] && y->unknown[to]));
}

size_t words_split(const struct words *w, struct arena *a, str folded,
                   words_known *known, const void *context,
                   struct words_piece out[WORDS_PIECES])
{
    struct way y = { .w = w, .known = known, .context = context };
    size_t n = 0;
    read_way(&y, folded);
    find_way(&y, false);
    if (y.left_over)
        find_way(&y, true);
    if (y.left_over && mended(&y, a, &folded)) {
        read_way(&y, folded);
        find_way(&y, y.left_over);
    }
    for (int i = 0; i < y.n && n < WORDS_PIECES;) {
        int to = i + y.step[i].length;
        while (y.step[i].entry == NULL && goes_on(&y, to))
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
