/*
 * ident -- the numbers of people and organisations: is it one, and what does it
 * say?
 *
 * GB 11643 for citizens, GB 32100 (with GB 11714 inside) for organisations.  A
 * check here says only that a number is well made, never that it was issued:
 * that is the business of the base databases.
 *
 * Two doors are left open on purpose.  A division abolished before the birth,
 * and the codes some pilot cities of 福建 issued before the standard, are
 * refused by a strict check although real people and companies hold such
 * numbers: they are IDENT_DOUBTFUL, and an officer may accept one with a
 * recorded reason.
 */
#ifndef KERNEL_IDENT_H
#define KERNEL_IDENT_H

#include "base/base.h"

/* ---- divisions, past and present ---- */

struct divisions;

/* Reads data/gb2260.tsv: code, name, first month, last month (yyyymm, empty
 * while in use), sorted by code.  ERR_INPUT with a Chinese sentence naming the
 * line in *problem. */
enum err divisions_read(struct arena *a, str tsv, struct divisions **out,
                        str *problem) MUST_USE;

/* The table built into the program; kept for good. */
const struct divisions *divisions_builtin(void);

/* The newest name of a division, none when the code was never assigned. */
str divisions_name(const struct divisions *d, str code);

/* ---- citizens ---- */

enum ident_verdict { IDENT_GOOD, IDENT_BAD, IDENT_DOUBTFUL };

enum { IDENT_TEXT = 19 };

struct ident_citizen {
    char number[IDENT_TEXT]; /* 18 characters, X upper-case */
    char area[7];
    str area_name;
    day birth;
    bool male;
};

/*
 * Checks an 18-digit citizen's number (GB 11643).
 *
 * today   nobody is born after it
 * *out    filled when the verdict is not IDENT_BAD
 * *why    a Chinese sentence for the person when it is not IDENT_GOOD
 *
 * The area may be any division that ever had a code: a number is given once
 * and outlives the county.  15-digit numbers are refused: since 2013 only the
 * cards with 18 digits are valid.
 */
enum ident_verdict ident_citizen_check(const struct divisions *d, str number,
                                       day today, struct ident_citizen *out,
                                       str *why);

/*
 * Is there a citizen's number or a mobile in a text that is to be public?
 * *what is the word for it.  A number counts when its check digit is right
 * (GB 11643), one made up with ×××× does not (个人信息保护法 第二十五条).
 */
bool ident_personal(str text, day today, str *what);

/* One of them; digits without the gaps it was written with, ended by 0. */
struct ident_personal {
    const char *kind; /* 公民身份号码, 手机号码 */
    char digits[20];
};
/* The next from *at on; *at is then behind it. */
bool ident_personal_next(str text, size_t *at, day today,
                         struct ident_personal *out);

/* ---- organisations ---- */

struct ident_credit {
    char code[IDENT_TEXT]; /* 18 characters, upper-case */
    char dept;             /* registration authority: 9 market, 5 civil … */
    char kind;             /* kind within it: 91 enterprise, 93 cooperative */
    char area[7];
    char org[10];          /* organisation code, GB 11714 */
};

/*
 * Checks a unified social credit code (GB 32100).  inner: also the check digit
 * of the organisation code within; only lists from before 2015 need it off.
 */
enum ident_verdict ident_credit_check(str code, bool inner,
                                      struct ident_credit *out, str *why);

/* The check characters alone: of 17 digits, of 17 characters of the credit
 * alphabet, of 8 characters of an organisation code.  0 when the characters
 * are not of the alphabet. */
char ident_citizen_digit(const char *body);
char ident_credit_digit(const char *body);
char ident_org_digit(const char *body);

/* ---- what a registration is worth ---- */

/*
 * The state of a registration (市场主体登记管理条例): active, dormant 第三十条,
 * cancelled 第三十一条, annulled 第四十条, revoked, moved.  As a word, 存续 for
 * active; "" for a word that is none.
 */
str ident_standing(str state);

/*
 * What is said of it where somebody applies or decides: 名称，存续; of one that
 * carries on no more a whole sentence with the day, and *ended.  since may be
 * none.
 */
str ident_standing_said(struct arena *a, str name, str state, day since,
                        bool *ended);

/* ---- people and companies that do not exist ---- */

/* The n-th invented citizen of an area (six digits): born 1900 to 1909, so no
 * living person can have the number; different for n below 3,652,000. */
void ident_citizen_make(str area, int64_t n, char out[IDENT_TEXT]);

/* The n-th invented organisation: its code begins with DEMA, which no authority
 * assigns; different for n below 923,521. */
void ident_credit_make(char dept, char kind, str area, int64_t n,
                       char out[IDENT_TEXT]);

#endif
