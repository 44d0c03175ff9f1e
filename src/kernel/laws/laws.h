/*
 * laws -- the texts of laws the operator keeps in a folder, article by article.
 *
 * The platform ships no law texts; setting law_dir names a folder with one
 * file a law, 食品安全法.md, whose paragraphs begin with 第三十五条.  Where the
 * folder, the law or the article is missing, citations stay plain words and
 * no page links to nothing.  An index.json beside the texts, a list of objects
 * with name and version, says which version each text is.
 *
 * The folder is read at the start and again when it changes.  Names in
 * addresses are looked for among what was read, never made into paths.
 */
#ifndef KERNEL_LAWS_H
#define KERNEL_LAWS_H

#include "kernel/http/http.h"

enum {
    LAWS_FILES = 2000,           /* texts in one folder */
    LAWS_FILE_BYTES = 4 << 20,   /* of one text; longer ones are left out */
};

/* Where the texts are, "" for nowhere.  ERR_NOTFOUND when there is no such
 * folder: *problem is a sentence for the operator.  Before any other call;
 * again for another folder (tests). */
enum err laws_open(const char *dir, struct arena *a, str *problem) MUST_USE;

/* Reads the folder again if anything in it changed; true when something did.
 * The periodic job laws.watch calls it. */
bool laws_look_again(void);

/* Grows whenever other texts were read: who has judged by them judges anew. */
uint64_t laws_version(void);

enum laws_found {
    LAWS_NO_TEXTS,   /* the operator named no folder */
    LAWS_NO_LAW,     /* this law is not among the texts */
    LAWS_NO_ARTICLE, /* the law is, but has no such article */
    LAWS_FOUND,
};
/*
 * Is that article of that law here?  law as cited, 《》 and the leading
 * 中华人民共和国 are passed over; article 35, 三十五 or 第三十五条, "" for any.
 * *version, if asked for, is the text's own ("2021-04-29"), or none; it lives
 * as long as the process.
 */
enum laws_found laws_find(str law, str article, str *version);

/* /laws/食品安全法/35 when the article is here, /laws/食品安全法 when only the
 * law is, else "". */
str laws_href(struct arena *a, str law, str article);

/* 35 for 35, 三十五, 第三十五条; 120-1 for 第一百二十条之一; "" for what is
 * none.  Memory of the arena. */
str laws_article(struct arena *a, str text);

/* /laws/{law} and /laws/{law}/{article}. */
extern const struct module laws_module;

#endif
