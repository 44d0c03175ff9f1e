/*
 * Pictures of papers, made after they came: beside the writer, never while
 * anybody waits for a page.  One process draws at a time, and the runner looks
 * in on it: a paper that takes ten seconds holds up other pictures, not other
 * people's signals.
 */
#include "kernel/files/office.h"

#include <string.h>
#include <unistd.h>

enum { WAIT_MS = 150, IN_A_ROW = 5, AGAIN_MS = 30000 };

static const char *program; /* NULL: none are made, as in tools and tests */

/* Only the runner's thread comes here. */
static struct {
    struct preview_child child;
    char sha256[FILES_DIGEST + 1];
    int made; /* without having let others go first */
    int64_t not_before; /* tick_ms; after no process could be had */
} at_work;

void files_previews(const char *path)
{
    program = path;
}

bool files_pdf_text(struct arena *a, str sha256, str *out)
{
    enum { LOOK_MS = 200 };
    struct preview_child child = { 0 };
    struct buf answer = { 0 };
    enum preview_end end;
    if (program == NULL ||
        preview_start(program, files_path(a, sha256), STR(PREVIEW_PDF_TEXT),
                      &child) != OK)
        return false;
    while (!preview_ended(&child, LOOK_MS, &end, &answer))
        continue;
    if (end == PREVIEW_OK)
        *out = arena_str(a, answer.n ? buf_str(&answer) : STR(""));
    buf_free(&answer);
    return end == PREVIEW_OK;
}

struct picture {
    str sha256;
    struct preview_frame frame;
};

/* What came of a paper, for the command that writes it. */
struct drawn {
    str sha256, preview, problem;
    struct picture *pictures;
    size_t n;
    int64_t pages;      /* with a picture */
    str words;          /* none, or the digest of them */
    int32_t words_size;
};

bool files_wordy(str type)
{
    return str_is(type, "application/ofd") ||
           str_ends(type, STR(".wordprocessingml.document")) ||
           str_ends(type, STR(".spreadsheetml.sheet"));
}

static bool can_be_drawn(str type)
{
    return str_is(type, "application/pdf") || str_is(type, "image/jpeg") ||
           str_is(type, "image/png") || files_wordy(type);
}

static str problem_of(enum preview_end end)
{
    return end == PREVIEW_LOCKED    ? STR("locked")
           : end == PREVIEW_DAMAGED ? STR("damaged") : STR("heavy");
}

str files_preview_problem(str problem)
{
    return str_is(problem, "locked")
               ? STR("文件设有打开密码，不能生成预览")
           : str_is(problem, "damaged")
               ? STR("文件已损坏或者不能识别，不能生成预览")
               : STR("文件内容过大或者过于复杂，不能生成预览");
}

/* What an office paper says; nothing else of it is kept if that is no words. */
static enum err shelve_words(struct arena *a, str json, struct drawn *d)
{
    struct value *tree;
    str problem;
    if (office_take(a, json, &tree) != OK)
        return ERR_INPUT;
    return files_shelve_bytes(a, json, &d->words, &problem);
}

/* Frames in their order, each onto the shelf before its row is written: words,
 * then the small picture, then the pages.  The first one that is not as it
 * must be ends the reading. */
static enum err shelve_frames(struct arena *a, str answer, struct drawn *d)
{
    struct preview_frame f;
    str bytes, problem;
    enum err e = OK;
    d->pictures = ARENA_NEW_N(a, struct picture, PREVIEW_PAGES + 1);
    while (e == OK && preview_take(&answer, &f, &bytes)) {
        if (f.page == PREVIEW_WORDS && d->n == 0 && str_is_none(d->words)) {
            e = shelve_words(a, bytes, d);
            d->words_size = f.size;
        } else if (f.page == (int32_t)d->n && d->n <= PREVIEW_PAGES) {
            struct picture *p = &d->pictures[d->n++];
            p->frame = f;
            e = files_shelve_bytes(a, bytes, &p->sha256, &problem);
        } else {
            break;
        }
    }
    d->pages = d->n > 1 ? (int64_t)d->n - 1 : 0;
    return e == ERR_INPUT ? OK : e;
}

/* Some pages of a paper that then fails are better than none. */
static enum err collect(struct tx *tx, const void **kept)
{
    struct buf answer = { 0 };
    enum preview_end end;
    if (!preview_ended(&at_work.child, WAIT_MS, &end, &answer))
        return OK;
    struct drawn *d = ARENA_NEW(tx->arena, struct drawn);
    d->sha256 = arena_str(tx->arena, str_of(at_work.sha256));
    enum err e = shelve_frames(tx->arena, buf_str(&answer), d);
    buf_free(&answer);
    bool made = d->pages || !str_is_none(d->words);
    d->preview = made ? STR("made") : STR("failed");
    d->problem = end == PREVIEW_OK && made ? str_none : problem_of(end);
    if (e == OK)
        *kept = d;
    return e;
}

/* Nothing to draw: of another kind, or no longer there. */
static enum err put_aside(struct tx *tx, str sha256, const char *preview,
                          str problem, const void **kept)
{
    struct drawn *d = ARENA_NEW(tx->arena, struct drawn);
    *d = (struct drawn){ .sha256 = sha256, .preview = str_of(preview),
                         .problem = problem };
    *kept = d;
    return OK;
}

static enum err start_next(struct tx *tx, const void **kept)
{
    struct files_blob_undrawn *b;
    size_t n;
    if (tick_ms() < at_work.not_before)
        return OK;
    enum err e = files_blob_undrawn(tx, !files_scans(), &b, &n);
    if (e != OK || n == 0)
        return e;
    const char *path = files_path(tx->arena, b[0].sha256);
    if (!can_be_drawn(b[0].type))
        return put_aside(tx, b[0].sha256, "none", str_none, kept);
    if (access(path, R_OK) != 0)
        return put_aside(tx, b[0].sha256, "failed", STR("damaged"), kept);
    memcpy(at_work.sha256, b[0].sha256.p, FILES_DIGEST);
    e = preview_start(program, path, b[0].type, &at_work.child);
    at_work.not_before = e == OK ? 0 : tick_ms() + AGAIN_MS;
    return OK; /* who starts it has told the operator */
}

enum err files_preview_before(struct tx *tx, const void **kept)
{
    enum err e = OK;
    if (program == NULL)
        return OK;
    if (at_work.child.pid == 0)
        e = start_next(tx, kept);
    if (e == OK && at_work.child.pid)
        e = collect(tx, kept);
    if (*kept == NULL)
        at_work.made = 0;
    return e;
}

static enum err add_pictures(struct tx *tx, const struct drawn *d)
{
    enum err e = OK;
    if (!str_is_none(d->words))
        e = files_picture_add(tx, d->sha256, PREVIEW_WORDS, d->words,
                              d->words_size, 0, 0, 0, NULL);
    for (size_t i = 0; e == OK && d->pages && i < d->n; i++) {
        const struct preview_frame *f = &d->pictures[i].frame;
        e = files_picture_add(tx, d->sha256, f->page, d->pictures[i].sha256,
                              f->size, f->width, f->height, f->missing, NULL);
    }
    return e;
}

enum err files_preview_run(struct tx *tx, bool *more)
{
    const struct drawn *d = tx->kept;
    const struct preview_frame *small = d->pages ? &d->pictures[0].frame
                                                 : NULL;
    bool made = d->pages || !str_is_none(d->words);
    enum err e = files_blob_drawn(tx, d->sha256, d->preview, d->problem,
                                  made ? d->pages : INT_NONE,
                                  small ? small->width : INT_NONE,
                                  small ? small->height : INT_NONE, NULL);
    if (e == OK)
        e = add_pictures(tx, d);
    *more = ++at_work.made < IN_A_ROW;
    if (!*more)
        at_work.made = 0;
    return e;
}

/* ---- what is not in a picture ---- */

str files_preview_missing(struct arena *a, int64_t missing)
{
    static const struct {
        int bit;
        const char *says;
    } all[] = {
        { PREVIEW_LOST_PART, "有内容读不出来，没有画出" },
        { PREVIEW_LOST_PICTURE, "有图片的格式不能画出" },
        { PREVIEW_LOST_EFFECT, "有底纹、渐变或者蒙版没有画出" },
        { PREVIEW_LOST_SEAL, "有印章没有画出" },
        { PREVIEW_OTHER_FONT, "文件没有自带字体，用了相近的字体" },
        { PREVIEW_SEAL_SHOWN, "印章只是图样，没有核验签名" },
        { PREVIEW_GOES_ON, "最后几页没有画出" },
    };
    struct buf b = { 0 };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (missing & all[i].bit)
            buf_printf(&b, "%s%s", b.n ? "；" : "", all[i].says);
    str s = b.n ? arena_printf(a, "%.*s。请以原件为准。", (int)b.n, b.p)
                : STR("");
    buf_free(&b);
    return s;
}

/* ---- words, read again ---- */

enum err files_words(struct tx *tx, str sha256, struct files_words *out)
{
    struct files_picture_words w;
    struct value *tree;
    enum err e = files_picture_words(tx, sha256, &w);
    if (e != OK)
        return e;
    str bytes = files_shelf_map(w.picture);
    str json = arena_str(tx->arena, bytes.n ? bytes : STR(""));
    files_shelf_unmap(bytes);
    if (office_take(tx->arena, json, &tree) != OK)
        return ERR_NOTFOUND;
    out->blocks = value_get(tree, STR("blocks"));
    out->cut = value_get(tree, STR("more"))->i != 0;
    return OK;
}
