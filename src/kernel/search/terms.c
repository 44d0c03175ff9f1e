/*
 * Every two neighbouring ideographs are a term, and so is each alone:
 * 养老保险 gives 养老 老保 保险 and 养 老 保 险.
 * A word of two or more is found as a row of pairs.  Single ones could be
 * found as beginnings of pairs, without terms of their own; but 品 begins
 * thousands of terms in a city's cases, and merging their lists took 6 ms for
 * 200,000 titles where a list of its own takes 0.1.  For the same reason the
 * first letters of Latin words and numbers are terms.
 */
#include "kernel/search/terms.h"

#include "kernel/search/search.h"

static bool is_wide(int32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) ||   /* ideographs, extension A */
           (c >= 0x20000 && c <= 0x3ffff) || /* extensions B and later */
           (c >= 0xf900 && c <= 0xfaff) ||   /* compatibility ideographs */
           (c >= 0x3041 && c <= 0x30ff && c != 0x30fb) || /* kana */
           (c >= 0xac00 && c <= 0xd7a3) ||   /* hangul */
           c == 0x3005 || c == 0x3007;       /* 々 〇 */
}

static bool is_narrow(int32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) ||
           (c >= 0x370 && c <= 0x52f);
}

static int32_t folded(int32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

void terms_fold(str text, struct buf *out)
{
    enum { SPACE, NARROW, WIDE } last = SPACE, now;
    size_t start = out->n;
    int32_t c;
    for (size_t at = 0; (c = utf8_next(text, &at)) >= 0; last = now) {
        c = folded(c);
        now = is_wide(c) ? WIDE : is_narrow(c) ? NARROW : SPACE;
        if (now == SPACE)
            continue;
        if (now != last && out->n > start)
            buf_byte(out, ' ');
        char bytes[4];
        buf_put(out, (str){ bytes, utf8_put(bytes, c) });
    }
}

str terms_folded(struct arena *a, str text)
{
    struct buf b = { 0 };
    terms_fold(text, &b);
    str s = arena_str(a, b.n ? buf_str(&b) : STR(""));
    buf_free(&b);
    return s;
}

bool terms_next(str *rest, struct term_run *out)
{
    str text = STR("");
    while (!str_is_none(*rest) && text.n == 0)
        text = str_cut(rest, ' ');
    if (text.n == 0)
        return false;
    size_t at = 0;
    *out = (struct term_run){ .text = text, .letters = utf8_count(text) };
    out->wide = is_wide(utf8_next(text, &at));
    return true;
}

bool terms_pair(const struct term_run *r, size_t *at, str *out)
{
    size_t from = *at, to = from;
    if (utf8_next(r->text, &to) < 0)
        return false;
    *at = to;
    if (utf8_next(r->text, &to) < 0)
        return false;
    *out = str_slice(r->text, from, to);
    return true;
}

static void put_term(struct buf *out, str mark, str term)
{
    if (out->n)
        buf_byte(out, ' ');
    buf_put(out, mark);
    buf_put(out, term);
}

void terms_put_pairs(str folded, str mark, struct buf *out)
{
    struct term_run run;
    str pair;
    while (terms_next(&folded, &run)) {
        size_t at = 0;
        if (!run.wide)
            put_term(out, mark, run.text);
        else
            while (terms_pair(&run, &at, &pair))
                put_term(out, mark, pair);
    }
}

/* Ideographs of the basic plane seen so far; the others may come twice. */
struct seen {
    uint64_t bits[65536 / 64];
};

static bool first_time(struct seen *s, int32_t c)
{
    if (c >= 65536)
        return true;
    uint64_t bit = (uint64_t)1 << (c & 63), *word = &s->bits[c >> 6];
    bool first = (*word & bit) == 0;
    *word |= bit;
    return first;
}

void terms_put_marks(str folded, str mark, struct buf *out)
{
    struct seen seen = { { 0 } };
    struct term_run run;
    int32_t c;
    while (terms_next(&folded, &run))
        for (size_t at = 0, from = 0, n = 0;
             (c = utf8_next(run.text, &at)) >= 0; from = at)
            if (!run.wide && ++n <= TERMS_BEGINNING)
                put_term(out, mark, str_slice(run.text, 0, at));
            else if (run.wide && first_time(&seen, c))
                put_term(out, mark, str_slice(run.text, from, at));
}

static void put_query_run(const struct term_run *r, struct buf *out)
{
    size_t at = 0;
    str pair;
    if (r->wide && r->letters > 1) {
        while (terms_pair(r, &at, &pair))
            put_term(out, STR(""), pair);
        return;
    }
    put_term(out, STR(""), r->text);
    if (r->letters > TERMS_BEGINNING)
        buf_byte(out, '*');
}

void search_terms(str text, bool query, struct buf *out)
{
    struct buf fold = { 0 };
    struct term_run run;
    terms_fold(text, &fold);
    str folded = fold.n ? buf_str(&fold) : str_none;
    if (query) {
        while (terms_next(&folded, &run))
            put_query_run(&run, out);
    } else {
        terms_put_pairs(folded, STR(""), out);
        terms_put_marks(folded, STR(""), out);
    }
    buf_free(&fold);
}
