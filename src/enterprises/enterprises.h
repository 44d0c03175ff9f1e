/*
 * enterprises -- 法人库: what the organisations that register enterprises,
 * institutions and associations say of them, kept so that nobody has to type
 * it again (国务院关于在线政务服务的若干规定 第七条; 市场主体登记管理条例
 * 第七条).
 *
 * Name and state are public (民法典 第六十六条); the rest is for who speaks for
 * the enterprise and for whose duty needs it.  Here are the fields, the words
 * and the rules, pure; main.c and tests see this header.
 */
#ifndef ENTERPRISES_H
#define ENTERPRISES_H

#include "base/base.h"
#include "kernel/http/http.h"

/* One registration as it is from a day on.  Texts are never none but rep_id
 * and rep_mobile, which a register may not hold. */
struct enterprise {
    str code;            /* 统一社会信用代码, upper-case */
    str name, kind, representative, rep_id, rep_mobile;
    str division;        /* digits of GB/T 2260 and below, or "" */
    str address, scope;
    day founded;         /* day_none: not given */
    fen capital;         /* fen_none: none is registered */
    str unit;            /* 登记机关: code or name as it came */
    str state;           /* active … */
    day state_day;       /* since when, where it is not active; or day_none */
    day from;            /* of which day this is */
};

/* ---- words ---- */

/* 企业法人 for "company" … */
str enterprise_kind_word(str kind);
/* 市场监管登记, 民政登记, 机构编制登记: by who gives such a code. */
str enterprise_source(str code);

/* ---- files and feeds ---- */

enum { ENTERPRISE_FIELDS = 15 };
struct enterprise_field {
    const char *code, *label;
    const char *also;    /* other heads of a column, split by /, or "" */
};
extern const struct enterprise_field enterprise_fields[ENTERPRISE_FIELDS];

/* The field of a column's head or a JSON member, -1 for neither. */
int enterprise_field(str head);

/* Puts a cell into a registration.  False with *problem, a sentence, when it
 * cannot be; an empty cell leaves the field empty. */
bool enterprise_set(struct arena *a, struct enterprise *e, int field, str cell,
                    str *problem);

/* "" or the sentence why this cannot be in the base on this day. */
str enterprise_wrong(struct arena *a, const struct enterprise *e, day today);

/* ---- people ---- */

enum { ENTERPRISE_PROXY_DAYS = 366 }; /* the longest authority given here */
/* "" or why an authority of these days cannot be given (民法典 第一百六十五条:
 * matters and term must be named), *field being what to put right. */
str enterprise_proxy_wrong(str matters, day from, day to, day today,
                           const char **field);

extern const struct module enterprises_module;

#endif
