/*
 * page -- Mustache templates, compiled at load, over the value tree; and the
 * bytes of web/ and data/ that travel inside the program.
 *
 * The whole of the official specification's required part plus inheritance
 * (layouts), minus one thing: {{{raw}}} and {{&raw}} are refused.  A value
 * reaches a page escaped, or it is of kind VALUE_HTML, which only this room
 * makes (page_html).
 *
 * What a page may name is declared in its .view file (README.md); pagegen
 * holds the templates to it at build time, page_check_view the handlers.
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

/*
 * The same with what the shell needs (web/layout.view: an object with the one
 * member "site") beside the page's own view, so that the view stays what the
 * JSON answer shows.  Names are looked for in root first.  shell may be NULL.
 */
enum err page_render_in(struct pages *p, str name, const struct value *shell,
                        const struct value *root, struct buf *out) MUST_USE;

/* ---- one text: for the specification's tests, notices, fuzzing ---- */

struct template;

/* The text of a partial or parent; none if there is none of that name. */
typedef str page_partial(void *context, str name);

enum {
    PAGE_RAW = 1,  /* {{{name}}} and {{&name}} are let through */
    PAGE_SITE = 2, /* the site's own: partials must exist, white space at the
                      start of lines is dropped, /assets/ get their digest */
};

/* Compiles one text; it and the partials must outlive the template. */
enum err page_compile(struct arena *a, str source, page_partial *partial,
                      void *context, struct template **out, str *problem)
    MUST_USE;
/* The same with PAGE_ flags. */
enum err page_compile_flags(struct arena *a, str source, page_partial *partial,
                            void *context, unsigned flags,
                            struct template **out, str *problem) MUST_USE;

void page_run(const struct template *t, const struct value *root,
              struct buf *out);
void page_run_in(const struct template *t, const struct value *shell,
                 const struct value *root, struct buf *out);

/* Trusted markup made by the server itself (a drawing); the caller vouches. */
struct value *page_html(struct arena *a, str markup);

/* ---- bytes inside the program ---- */

/* An embedded file by its path: "web/zw.css", "data/calendar.tsv",
 * "src/services/pages/case.html"; none if absent.  In --dev from disk. */
str page_asset(const char *path);

/* Calls back for every embedded path that starts so, in order. */
typedef void page_asset_each(void *context, str path, str bytes);
void page_assets(const char *prefix, page_asset_each *each, void *context);

/* For GET /assets/NAME ("zw.css"): its media type in *type and its digest in
 * *hash, eight hex digits, the v= of every link the templates make; with that
 * v the answer may be cached for ever.  None if there is no such asset. */
str page_public_asset(str name, str *type, str *hash);
str page_asset_hash(str name);

/* Text as a value in the query of an address: every byte as %XX. */
str page_query_text(struct arena *a, str text);

/* ---- views: what pages are given ---- */

/*
 * Does root have what the page's .view declares, and nothing else?  ERR_INPUT
 * with *problem naming the member, e.g. "services/case: rows[3].due is
 * missing".  OK for pages that have no view.
 */
enum err page_check_view(str page, const struct value *root, struct arena *a,
                         str *problem) MUST_USE;

/* The view as JSON Schema (2020-12, as OpenAPI 3.1 has it); named shapes are
 * references to #/components/schemas/NAME.  None: no such page. */
str page_schema(str page);

/* Calls back for every named shape with its schema. */
typedef void page_schema_each(void *context, str name, str schema);
void page_schemas(page_schema_each *each, void *context);

/* ---- shared inputs of components ---- */

/*
 * A status of the closed list (DESIGN §6) as the shape "tag": members text,
 * look ("ok", "warn", "bad", "hold", "info" or "") and icon.  A word that is
 * not in the list aborts a test and shows as neutral otherwise.
 */
void page_tag(struct view *v, const char *name, str status);
bool page_tag_known(str status);

/* The same for the state of a matter by its code: "received" is 待受理, and
 * "reviewing" of a joint matter 并联审查中.  An unknown code is a mistake. */
void page_state(struct view *v, const char *name, str code, bool joint);
/* The word alone; the code itself when there is none. */
str page_state_word(str code, bool joint);

/* The shape "pager" of a list read by key: forward, and back to the beginning;
 * there is no page number to jump to.  first, next: addresses or "".  rows: of
 * the whole list. */
void page_pager_next(struct view *v, const char *name, str first, str next,
                     int64_t rows, int64_t per_page);
/* The same of a list nobody counted, a filtered one: how many there are is told
 * when this page shows them all, and not at all when it does not. */
void page_pager_part(struct view *v, const char *name, str first, str next,
                     int64_t shown, int64_t per_page);

/* The shape "pager": page from 1, rows in all, rows a page; path is the
 * address without the page number, to which page=N is appended. */
void page_pager(struct view *v, const char *name, str path, int64_t page,
                int64_t rows, int64_t per_page);

/* The word of a channel by its code: "window" is 窗口; else the code itself. */
str page_channel_word(str code);

/* A row of the shape "option": value is sent, chosen is the one chosen now. */
void page_option(struct view *v, struct value *list, str value, str label,
                 str chosen);

/* A row of the shape "kpi": a figure, a remark below it, the list behind it.
 * tone: t-bad t-warn t-ok t-hold t-brand or "". */
void page_kpi(struct view *v, struct value *list, const char *label,
              str figure, str remark, const char *tone, str href);

/* Hundredths of a percent closed in time, rounded down, so that 100 % means
 * none was late; -1 when nothing was closed. */
int64_t page_on_time(int64_t closed, int64_t late);
/* Such a rate with one decimal: "99.9%"; "—" for -1. */
str page_percent(struct arena *a, int64_t rate);

/* A row of the shape "fact"; what is not known is no row. */
void page_fact(struct view *v, struct value *list, const char *label,
               str text);

/* 样表, 空白表, 结果样本 by column which of pub_catalogue_sample. */
const char *page_sample_word(str which);

/* A row of the shape "offered": a sample or a blank form to look at and keep;
 * file: its name when it is kept. */
void page_offered(struct view *v, struct value *list, const char *word,
                  str file, str about, str href, str save);

/* A condition of the law on a confirm page, and whether it is met now. */
void page_condition(struct view *v, struct value *list, str text,
                    const char *basis, bool met);

/* One question of a form, for the shape "field".  none and "" are the same. */
struct page_choice {
    str value, label, remark;
};
struct page_field {
    const char *name;   /* of the input; its control has the id f-NAME */
    const char *type;   /* text lines int decimal money day choice select flag
                           id credit mobile address town file secret
                           new_secret name login code */
    str label, hint, error, value;
    str suffix;         /* a unit: 平方米 */
    str origin;         /* prefilled from this register and readonly */
    bool optional;
    const struct page_choice *choices; /* of choice, select and town */
    size_t choice_count;
};
void page_field(struct view *v, struct value *list,
                const struct page_field *f);

/*
 * Running text as a list of the shape "prose": a line is a paragraph, "# "
 * makes it a heading, rows of a table begin with "|", its head first.  room:
 * about how many characters fit a screen, of which only page (from 1) is shown;
 * 0: all.  Returns how many pages there are, at least 1.
 */
int page_prose(struct view *v, const char *name, str text, size_t room,
               int page);

/* ---- drawings: SVG as html values, the finding as accessible label ---- */

struct chart_point {
    str label;     /* under the axis */
    int64_t a, b;  /* b: second series, if named */
};

/* Pairs of bars; b_name none: one series. */
struct value *page_chart_bars(struct arena *a, str finding, str a_name,
                              str b_name, const struct chart_point *points,
                              size_t n);

/* One line, with dots and the last value written out. */
struct value *page_chart_line(struct arena *a, str finding,
                              const struct chart_point *points, size_t n);

/* A word-sized line without axes; decoration, hidden from screen readers. */
struct value *page_chart_spark(struct arena *a, const int64_t *values,
                               size_t n);

/* A share between low and high as a bar with its value, in hundredths of a
 * percent: (9967, 9000, 10000) is 99.67 % on an axis from 90 to 100. */
struct value *page_chart_share(struct arena *a, int64_t value, int64_t low,
                               int64_t high);

/* A table of figures shaded by size; the figures are the text. */
struct value *page_chart_heat(struct arena *a, str caption,
                              const str *columns, size_t column_count,
                              const str *rows, size_t row_count,
                              const int64_t *values, int64_t warn,
                              int64_t bad);

/* A QR code; the label is what a screen reader says.  Null when the text is
 * too long for one. */
struct value *page_qr(struct arena *a, str text, str label);

#endif
