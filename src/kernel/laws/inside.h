/* What the reader of law texts and their pages share. */
#ifndef KERNEL_LAWS_INSIDE_H
#define KERNEL_LAWS_INSIDE_H

#include "kernel/laws/laws.h"

struct law_article {
    str number;   /* 35, 120-1 */
    str title;    /* 第三十五条 */
    str chapter;  /* 第四章 食品生产经营, or "" */
    str text;     /* paragraphs, one a line, without the title */
};

struct law_text {
    str name, version; /* version: none when index.json does not say */
    struct law_article *article;
    size_t n;
};

/* Splits one text.  Views into it, lists in the arena. */
void law_read(struct arena *a, str text, struct law_text *out);

/* The text of that name, NULL when there is none; lives as long as the
 * process. */
const struct law_text *law_named(str name);
const struct law_article *law_article_of(const struct law_text *l, str number);

handler law_show, law_article_show;

#endif
