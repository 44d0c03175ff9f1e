/*
 * pack -- what is inside a zip of XML (XLSX, DOCX, OFD), read where it lies in
 * memory: somebody else's bytes, so every unfolding has a bound.
 */
#ifndef KERNEL_BOOK_PACK_H
#define KERNEL_BOOK_PACK_H

#include "base/base.h"

#include <libxml/xmlreader.h>

struct pack;

/* The bytes stay the caller's and must live as long; NULL when it is no zip.
 * Given back by pack_close. */
struct pack *pack_open(str bytes);
void pack_close(struct pack *p); /* NULL is allowed */

/*
 * A member unfolded, from malloc: ERR_NOTFOUND when there is none of that name,
 * ERR_RANGE when it says more than `most` bytes, ERR_DENIED when it is behind a
 * password, ERR_INPUT when it is broken.
 */
enum err pack_member(struct pack *p, const char *name, size_t most, char **out,
                     size_t *n) MUST_USE;

/* A reader over XML that fetches nothing and expands no entities of its own;
 * the caller frees it.  NULL when there is no memory. */
xmlTextReaderPtr pack_xml(const char *xml, size_t n);

/* The next node: 1, 0 at the end, -1 when it is broken or brings a document
 * type of its own, which none of these formats has and a bomb needs. */
int pack_read(xmlTextReaderPtr r);

/* Does the reader stand on this element, or on its end?  By local name. */
bool pack_at(xmlTextReaderPtr r, const char *name);
bool pack_at_end(xmlTextReaderPtr r, const char *name);

/* Does it stand on text?  Then what it says, until the next pack_read. */
bool pack_text(xmlTextReaderPtr r, str *out);

/* An attribute by its name as written, in the arena; none when absent. */
str pack_attribute(xmlTextReaderPtr r, struct arena *a, const char *name);

#endif
