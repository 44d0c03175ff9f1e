/* Numbers as an OFD writes them: decimal, apart by spaces. */
#include "kernel/files/ofd/inside.h"

#include <math.h>
#include <stdlib.h>

static const char *past_space(const char *s)
{
    while (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r' || *s == ',')
        s++;
    return s;
}

bool ofd_number(const char **s, double *out)
{
    const char *p = past_space(*s);
    char *rest;
    if (*p == 0 || strchr("+-.0123456789", *p) == NULL)
        return false;
    double d = strtod(p, &rest);
    if (rest == p || !(d >= -OFD_FAR && d <= OFD_FAR))
        return false;
    *s = rest;
    *out = d;
    return true;
}

bool ofd_box(const char *s, struct ofd_box *out)
{
    struct ofd_box b;
    if (s == NULL || !ofd_number(&s, &b.x) || !ofd_number(&s, &b.y) ||
        !ofd_number(&s, &b.w) || !ofd_number(&s, &b.h) || b.w < 0 || b.h < 0)
        return false;
    *out = b;
    return true;
}

bool ofd_point(const char *s, double *x, double *y)
{
    double px, py;
    if (s == NULL || !ofd_number(&s, &px) || !ofd_number(&s, &py))
        return false;
    *x = px;
    *y = py;
    return true;
}

bool ofd_matrix(const char *s, cairo_matrix_t *out)
{
    double v[6];
    for (int i = 0; i < 6; i++)
        if (s == NULL || !ofd_number(&s, &v[i]))
            return false;
    if (!(fabs(v[0] * v[3] - v[1] * v[2]) > 1e-9))
        return false;
    cairo_matrix_init(out, v[0], v[1], v[2], v[3], v[4], v[5]);
    return true;
}

double ofd_double(xmlNodePtr n, const char *name, double least, double most,
                  double otherwise)
{
    const char *s = ofd_attribute(n, name);
    double d;
    if (s == NULL || !ofd_number(&s, &d))
        return otherwise;
    return d < least ? least : d > most ? most : d;
}

bool ofd_delta(struct ofd_delta *d, double *out)
{
    double times;
    if (d->again > 0) {
        d->again--;
    } else if (d->rest) {
        const char *p = past_space(d->rest);
        bool run = *p == 'g';
        const char *next = run ? p + 1 : p;
        if ((run && (!ofd_number(&next, &times) || times < 1)) ||
            !ofd_number(&next, &d->value)) {
            d->rest = NULL;
        } else {
            d->rest = next;
            d->again = run ? (int)times - 1 : 0;
            d->any = true;
        }
    }
    *out = d->value;
    return d->any;
}
