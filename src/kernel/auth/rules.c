/* Pure rules of signing in: what a good password is, where a log-in may lead,
 * how a one-time secret is written. */
#include "kernel/auth/session.h"

#include <string.h>

/*
 * After a log-in the browser goes to `next`, which came with the request: only
 * a path of this site will do.  "//host", "/\host" and control characters are
 * how other sites are smuggled in.
 */
str auth_local_path(str next, const char *otherwise)
{
    bool local = next.n >= 1 && next.n <= 500 && next.p[0] == '/' &&
                 !(next.n > 1 && (next.p[1] == '/' || next.p[1] == '\\'));
    for (size_t i = 0; local && i < next.n; i++) {
        unsigned char c = (unsigned char)next.p[i];
        local = c > ' ' && c < 0x7f && c != '\\';
    }
    return local ? next : str_of(otherwise);
}

/* How many of lower case, upper case, digits, everything else occur. */
static int kinds_of_letters(str s)
{
    bool seen[4] = { false };
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int kind = c >= 'a' && c <= 'z'   ? 0
                   : c >= 'A' && c <= 'Z' ? 1
                   : c >= '0' && c <= '9' ? 2
                                          : 3;
        seen[kind] = true;
    }
    return seen[0] + seen[1] + seen[2] + seen[3];
}

static bool one_letter(str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] != s.p[0])
            return false;
    return true;
}

const char *auth_password_weak(str password, str login, str mobile)
{
    if (utf8_count(password) < 8)
        return "密码至少 8 个字符。";
    if (kinds_of_letters(password) < 2 || one_letter(password))
        return "密码须包含字母、数字、符号中的至少两种。";
    if (login.n >= 3 && str_find(password, login) >= 0)
        return "密码不能包含登录名。";
    if (mobile.n >= 6 && str_find(password, mobile) >= 0)
        return "密码不能包含手机号码。";
    return NULL;
}

/* RFC 4648, without padding: how validator apps take a secret. */
static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

str auth_base32_write(struct arena *a, str bytes)
{
    char *p = arena_alloc(a, bytes.n * 8 / 5 + 2);
    size_t n = 0;
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        held = (held << 8 | (unsigned char)bytes.p[i]) & 0xfff;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            p[n++] = base32[held >> bits & 31];
        }
    }
    if (bits)
        p[n++] = base32[held << (5 - bits) & 31];
    return (str){ p, n };
}

str auth_base32_read(struct arena *a, str text)
{
    char *p = arena_alloc(a, text.n * 5 / 8 + 1);
    size_t n = 0;
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] ? strchr(base32, text.p[i]) : NULL;
        if (!at)
            return str_none;
        held = (held << 5 | (unsigned)(at - base32)) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            p[n++] = (char)(held >> bits & 0xff);
        }
    }
    return (str){ p, n };
}
