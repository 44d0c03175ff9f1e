/*
 * One state machine over bytes.  A delimiter is CRLF, two strokes and the
 * boundary; CR can stand only at its beginning, so when a match breaks off the
 * bytes held back cannot start another one: no table is needed to search.
 * The first delimiter has no line before it; the machine starts as if it had
 * just seen the CRLF.
 */
#include "kernel/form/multipart.h"

#include <string.h>
#include <strings.h>

enum { PREAMBLE, AFTER_MARK, AFTER_STROKE, AFTER_CR, HEAD, DATA, EPILOGUE };

/* ---- parameters: name="value"; other=value ---- */

/* A quoted text at *rest; \" is a quote, any other backslash itself (old
 * browsers send whole Windows paths). */
static str quoted(str *rest, char *out)
{
    size_t n = 0, i = 1;
    for (; i < rest->n && rest->p[i] != '"'; i++) {
        if (rest->p[i] == '\\' && i + 1 < rest->n && rest->p[i + 1] == '"')
            i++;
        out[n++] = rest->p[i];
    }
    *rest = str_slice(*rest, i + 1, rest->n);
    return (str){ out, n };
}

static str bare(str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ';' && rest->p[n] != ' ')
        n++;
    str value = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return value;
}

/* Browsers write a quote inside a name as %22 and line ends as %0D %0A. */
static str plain_name(str s, char *p)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool quote = s.n - i >= 3 && memcmp(s.p + i, "%22", 3) == 0;
        p[n++] = quote ? '"' : s.p[i];
        i += quote ? 2 : 0;
    }
    return (str){ p, n };
}

/* The parameter `want` of a header's value; none when it is not there.  out
 * has room for the whole value. */
static str parameter(str value, const char *want, char *out)
{
    str rest = value;
    (void)str_cut(&rest, ';');
    while (!str_is_none(rest) && rest.n) {
        while (rest.n && (rest.p[0] == ' ' || rest.p[0] == ';' ||
                          rest.p[0] == '\t'))
            rest = str_slice(rest, 1, rest.n);
        ptrdiff_t eq = str_find_byte(rest, '=');
        if (eq < 0)
            return str_none;
        str name = str_trim(str_slice(rest, 0, (size_t)eq));
        rest = str_slice(rest, (size_t)eq + 1, rest.n);
        str got = rest.n && rest.p[0] == '"' ? quoted(&rest, out)
                                             : bare(&rest);
        if (name.n == strlen(want) && strncasecmp(name.p, want, name.n) == 0)
            return plain_name(got, out);
    }
    return str_none;
}

/* ---- starting ---- */

enum err multipart_start(struct multipart *m, str content_type,
                         const struct multipart_events *tell)
{
    char out[512];
    if (content_type.n > sizeof out)
        return ERR_INPUT;
    str boundary = parameter(content_type, "boundary", out);
    if (boundary.n == 0 || boundary.n > MULTIPART_BOUNDARY)
        return ERR_INPUT;
    for (size_t i = 0; i < boundary.n; i++)
        if (boundary.p[i] < 0x20 || boundary.p[i] > 0x7e)
            return ERR_INPUT;
    m->tell = *tell;
    memcpy(m->mark, "\r\n--", 4);
    memcpy(m->mark + 4, boundary.p, boundary.n);
    m->mark_n = boundary.n + 4;
    m->matched = 2;
    m->head_n = 0;
    m->parts = 0;
    m->state = PREAMBLE;
    return OK;
}

/* ---- a part's header ---- */

static bool printable(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return utf8_valid(s);
}

/* The value of Content-Disposition in the collected header. */
static str disposition(const struct multipart *m)
{
    static const char name[] = "content-disposition:";
    str rest = { m->head, m->head_n };
    while (!str_is_none(rest)) {
        str line = str_cut(&rest, '\n');
        if (line.n >= sizeof name - 1 &&
            strncasecmp(line.p, name, sizeof name - 1) == 0)
            return str_trim(str_slice(line, sizeof name - 1, line.n));
    }
    return str_none;
}

static enum err begin_part(struct multipart *m)
{
    char name_bytes[MULTIPART_HEAD], file_bytes[MULTIPART_HEAD];
    str value = disposition(m), kind = value;
    if (value.n && value.p[value.n - 1] == '\r')
        value.n--;
    kind = str_is_none(kind) ? kind : str_trim(str_cut(&kind, ';'));
    if (kind.n != 9 || strncasecmp(kind.p, "form-data", 9) != 0)
        return ERR_INPUT;
    str name = parameter(value, "name", name_bytes);
    str file = parameter(value, "filename", file_bytes);
    if (name.n == 0 || !printable(name) || !printable(file))
        return ERR_INPUT;
    if (++m->parts > MULTIPART_PARTS)
        return ERR_INPUT;
    m->head_n = 0;
    m->state = DATA;
    m->matched = 0;
    return m->tell.part(m->tell.context, name, file);
}

static enum err head_byte(struct multipart *m, char c)
{
    if (m->head_n == MULTIPART_HEAD)
        return ERR_INPUT;
    m->head[m->head_n++] = c;
    if (m->head_n >= 4 && memcmp(m->head + m->head_n - 4, "\r\n\r\n", 4) == 0)
        return begin_part(m);
    return OK;
}

/* ---- between delimiters ---- */

static enum err tell_data(struct multipart *m, str bytes)
{
    if (m->state != DATA || bytes.n == 0)
        return OK;
    return m->tell.data(m->tell.context, bytes);
}

static enum err mark_complete(struct multipart *m)
{
    bool part = m->state == DATA;
    m->state = AFTER_MARK;
    m->matched = 0;
    return part ? m->tell.end(m->tell.context) : OK;
}

/* Bytes of a part, or before the first one, up to the next delimiter;
 * *used says how many were taken. */
static enum err content(struct multipart *m, str bytes, size_t *used)
{
    size_t i = 0;
    enum err e = OK;
    if (m->matched == 0) {
        const char *cr = memchr(bytes.p, '\r', bytes.n);
        i = cr ? (size_t)(cr - bytes.p) : bytes.n;
        e = tell_data(m, str_slice(bytes, 0, i));
    }
    for (; e == OK && i < bytes.n; i++) {
        if (bytes.p[i] == m->mark[m->matched]) {
            if (++m->matched < m->mark_n)
                continue;
            *used = i + 1;
            return mark_complete(m);
        }
        str held = { m->mark, m->matched };
        if (m->matched == 0)
            break;
        m->matched = 0;
        e = tell_data(m, held);
        break; /* this byte is looked at afresh */
    }
    *used = i;
    return e;
}

/* What may follow a delimiter: blanks and CRLF, or two strokes. */
static enum err after_mark(struct multipart *m, char c)
{
    if (m->state == AFTER_MARK) {
        m->state = c == '-' ? AFTER_STROKE : c == '\r' ? AFTER_CR : AFTER_MARK;
        bool fine = c == '-' || c == '\r' || c == ' ' || c == '\t';
        return fine ? OK : ERR_INPUT;
    }
    if (m->state == AFTER_STROKE) {
        m->state = EPILOGUE;
        return c == '-' ? OK : ERR_INPUT;
    }
    m->state = HEAD;
    return c == '\n' ? OK : ERR_INPUT;
}

enum err multipart_feed(struct multipart *m, str bytes)
{
    enum err e = OK;
    while (e == OK && bytes.n && m->state != EPILOGUE) {
        size_t used = 1;
        if (m->state == DATA || m->state == PREAMBLE)
            e = content(m, bytes, &used);
        else if (m->state == HEAD)
            e = head_byte(m, bytes.p[0]);
        else
            e = after_mark(m, bytes.p[0]);
        bytes = str_slice(bytes, used, bytes.n);
    }
    return e;
}

enum err multipart_finish(const struct multipart *m)
{
    return m->state == EPILOGUE ? OK : ERR_INPUT;
}
