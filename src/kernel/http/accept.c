/*
 * Small readers of header values.  Pure functions of text that anybody may
 * send, so they are what the fuzzers and the protocol tests lean on.
 */
#include "kernel/http/inside.h"

#include <string.h>
#include <strings.h>

/* Cuts at the first c, trimmed; as str_cut otherwise. */
static str piece(str *rest, char c)
{
    return str_trim(str_cut(rest, c));
}

static bool same_word(str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* The q of one element's parameters in thousandths; 1000 when not said. */
static int quality(str parameters)
{
    while (!str_is_none(parameters)) {
        str p = piece(&parameters, ';');
        if (p.n < 3 || (p.p[0] != 'q' && p.p[0] != 'Q') || p.p[1] != '=')
            continue;
        int q = p.p[2] == '1' ? 1000 : 0;
        int scale = 100;
        for (size_t i = 4; i < p.n && scale > 0 && q < 1000; i++, scale /= 10)
            if (p.p[i] >= '0' && p.p[i] <= '9')
                q += (p.p[i] - '0') * scale;
        return q;
    }
    return 1000;
}

/* The highest q given to any of two names; -1 when neither is there. */
static int quality_of(str list, const char *a, const char *b)
{
    int best = -1;
    while (!str_is_none(list)) {
        str parameters = str_cut(&list, ',');
        str name = piece(&parameters, ';');
        if (!same_word(name, a) && !same_word(name, b))
            continue;
        int q = quality(parameters);
        best = q > best ? q : best;
    }
    return best;
}

bool accept_json(str accept)
{
    if (accept.n == 0)
        return false;
    int json = quality_of(accept, "application/json", "application/*");
    int html = quality_of(accept, "text/html", "application/xhtml+xml");
    return json > 0 && json > html;
}

bool accept_gzip(str accept_encoding)
{
    if (accept_encoding.n == 0)
        return false;
    int named = quality_of(accept_encoding, "gzip", "x-gzip");
    return named >= 0 ? named > 0 : quality_of(accept_encoding, "*", "*") > 0;
}

str cookie_of(str cookies, str name)
{
    while (!str_is_none(cookies)) {
        str value = piece(&cookies, ';');
        str key = str_cut(&value, '=');
        if (str_eq(key, name))
            return str_is_none(value) ? STR("") : value;
    }
    return str_none;
}

bool origin_is_host(str origin, str host)
{
    ptrdiff_t at = str_find(origin, STR("://"));
    if (at <= 0 || host.n == 0)
        return false;
    str rest = str_slice(origin, (size_t)at + 3, origin.n);
    return rest.n == host.n && strncasecmp(rest.p, host.p, host.n) == 0;
}

/* RFC 9110 13.1.2 compares weakly: W/"a" and "a" are the same page. */
static str opaque(str tag)
{
    return str_starts(tag, STR("W/")) ? str_slice(tag, 2, tag.n) : tag;
}

bool etag_matches(str if_none_match, str etag)
{
    etag = opaque(etag);
    while (!str_is_none(if_none_match)) {
        str tag = piece(&if_none_match, ',');
        if (str_is(tag, "*") || str_eq(opaque(tag), etag))
            return true;
    }
    return false;
}

str local_path(str given)
{
    bool local = given.n > 0 && given.n <= 2000 && given.p[0] == '/' &&
                 !(given.n > 1 && (given.p[1] == '/' || given.p[1] == '\\'));
    for (size_t i = 0; local && i < given.n; i++) {
        unsigned char c = (unsigned char)given.p[i];
        local = c > 0x20 && c < 0x7f && c != '\\' && c != '"' && c != '<';
    }
    return local ? given : STR("/");
}
