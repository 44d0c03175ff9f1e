/*
 * Numbers of people in what is to be public.  A sample is filled in, and the
 * quickest way to fill one in is to copy somebody's: so the texts of samples
 * are read for a citizen's number whose check digit is right and for mobiles.
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

/* As far as it goes on as a number; the last place of eighteen may be X. */
static size_t run_of(str text, size_t at)
{
    size_t n = 0;
    while (at + n < text.n && digit(text.p[at + n]))
        n++;
    if (n == CITIZEN - 1 && at + n < text.n &&
        (text.p[at + n] == 'X' || text.p[at + n] == 'x'))
        n++;
    return n;
}

static bool is_citizen(str number, day today)
{
    struct ident_citizen who;
    str why;
    return number.n == CITIZEN &&
           ident_citizen_check(divisions_builtin(), number, today, &who,
                               &why) != IDENT_BAD;
}

bool ident_personal(str text, day today, str *what)
{
    for (size_t i = 0; i < text.n;) {
        if (!digit(text.p[i])) {
            i++;
            continue;
        }
        size_t n = run_of(text, i);
        str number = str_slice(text, i, i + n);
        bool whole = (i == 0 || !letter(text.p[i - 1])) &&
                     (i + n == text.n || !letter(text.p[i + n]));
        if (whole && is_citizen(number, today)) {
            *what = STR("公民身份号码");
            return true;
        }
        if (whole && n == MOBILE && number.p[0] == '1' &&
            number.p[1] >= '3') {
            *what = STR("手机号码");
            return true;
        }
        i += n;
    }
    return false;
}
