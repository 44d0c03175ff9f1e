/*
 * Numbers of people in what is to be public.  Samples are filled in by copying
 * somebody's, notices by pasting a list: so such texts are read for citizens'
 * numbers whose check digit is right and for mobiles, however they are spaced.
 */
#include "kernel/ident/ident.h"

enum { CITIZEN = 18, MOBILE = 11 };

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool gap(char c)
{
    return c == ' ' || c == '-';
}

/*
 * The digits from text[at] on, single spaces and hyphens within them left out
 * when gaps, an X allowed as the eighteenth; *end is where they stop.  At most
 * one more than a citizen's, so that a longer row is seen to be one.
 */
static size_t digits_from(str text, size_t at, bool gaps,
                          char out[CITIZEN + 2], size_t *end)
{
    size_t n = 0;
    *end = at;
    while (at < text.n && n <= CITIZEN) {
        char c = text.p[at];
        bool last = n == CITIZEN - 1 && (c == 'X' || c == 'x');
        bool inner = gaps && n && gap(c) && at + 1 < text.n &&
                     digit(text.p[at + 1]);
        if (digit(c) || last)
            out[n++] = last ? 'X' : c;
        else if (!inner)
            break;
        *end = ++at;
        if (last)
            break;
    }
    return n;
}

/* Of a row of digits: the kind of number it is, or NULL. */
static const char *kind_of(const char *run, size_t n, day today)
{
    struct ident_citizen who;
    str why;
    if (n == MOBILE && run[0] == '1' && run[1] >= '3')
        return "手机号码";
    if (n == CITIZEN && ident_citizen_check(divisions_builtin(),
                                            (str){ run, n }, today, &who,
                                            &why) != IDENT_BAD)
        return "公民身份号码";
    return NULL;
}

/* Letters at either end make it part of something else: a licence's number. */
static bool stands_alone(str text, size_t from, size_t end)
{
    return (from == 0 || !letter(text.p[from - 1])) &&
           (end >= text.n || !letter(text.p[end]));
}

bool ident_personal_next(str text, size_t *at, day today,
                         struct ident_personal *out)
{
    while (*at < text.n) {
        size_t from = *at, end;
        if (!digit(text.p[from])) {
            ++*at;
            continue;
        }
        for (int gaps = 1; gaps >= 0; gaps--) {
            size_t n = digits_from(text, from, gaps, out->digits, &end);
            out->kind = stands_alone(text, from, end)
                            ? kind_of(out->digits, n, today) : NULL;
            out->digits[n <= CITIZEN ? n : CITIZEN] = '\0';
            if (out->kind) {
                *at = end;
                return true;
            }
        }
        /* Digits beside gaps may be two numbers: 2026-11 13800002716. */
        while (*at < text.n && digit(text.p[*at]))
            ++*at;
    }
    return false;
}

bool ident_personal(str text, day today, str *what)
{
    size_t at = 0;
    struct ident_personal found;
    if (!ident_personal_next(text, &at, today, &found))
        return false;
    *what = str_of(found.kind);
    return true;
}
