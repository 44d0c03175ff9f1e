/*
 * page -- Mustache templates, compiled at load, over the value tree.
 *
 * The whole of the official specification's required part plus inheritance
 * (layouts), minus one thing: {{{raw}}} and {{&raw}} are refused.  A value
 * reaches a page escaped, or it is of kind VALUE_HTML, which only this room
 * makes (page_html).
 */
#ifndef KERNEL_PAGE_H
#define KERNEL_PAGE_H

#include "base/base.h"

struct pages; /* all templates, partials by name: "services/case", "layout" */

/* Loads every template that is embedded in the program (or below dir, which
 * is re-read on each request in --dev).  *problem names file and line. */
enum err pages_load(const char *dir, struct arena *a, struct pages **out,
                    str *problem) MUST_USE;
void pages_free(struct pages *p);

/* Renders; missing names are nothing.  ERR_NOTFOUND: no such template. */
enum err page_render(struct pages *p, str name, const struct value *root,
                     struct buf *out) MUST_USE;

/* Compiles and renders one text: for the specification's tests and fuzzing. */
struct template;
typedef str page_partial(void *context, str name);
enum err page_compile(struct arena *a, str source, page_partial *partial,
                      void *context, struct template **out, str *problem)
    MUST_USE;
void page_run(const struct template *t, const struct value *root,
              struct buf *out);

/* Trusted markup made by the server itself (a drawing); the caller vouches. */
struct value *page_html(struct arena *a, str markup);

/* An embedded asset of web/ or data/: "web/zw.css"; none if absent. */
str page_asset(const char *path);

#endif
