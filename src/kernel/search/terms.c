/*
 * Every two neighbouring ideographs are a term, the last one of a run stands
 * also alone: 养老保险 gives 养老 老保 保险 险.  A word of two or more is then
 * found as a row of pairs, and a single ideograph as the beginning of some
 * term, for each is the first of a pair or the last of its run.  Latin words
 * and numbers are whole terms and are found by their beginning.
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

static void put_term(struct buf *out, size_t start, str term)
{
    if (out->n > start)
        buf_byte(out, ' ');
    buf_put(out, term);
}

static void put_run(const struct term_run *r, bool query, struct buf *out,
                    size_t start)
{
    size_t at = 0;
    str pair;
    if (r->wide && r->letters > 1) {
        while (terms_pair(r, &at, &pair))
            put_term(out, start, pair);
        if (query)
            return;
    }
    size_t last = r->text.n; /* the last letter of a wide run */
    while (r->wide && (r->text.p[--last] & 0xc0) == 0x80)
        ;
    put_term(out, start, str_slice(r->text, r->wide ? last : 0, r->text.n));
    if (query)
        buf_byte(out, '*');
}

void search_terms(str text, bool query, struct buf *out)
{
    struct buf folded_text = { 0 };
    terms_fold(text, &folded_text);
    str rest = folded_text.n ? buf_str(&folded_text) : str_none;
    struct term_run run;
    size_t start = out->n;
    while (terms_next(&rest, &run))
        put_run(&run, query, out, start);
    buf_free(&folded_text);
}
