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
    int64_t pages; /* with a picture */
    bool words;    /* instead of pictures */
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

/* Words are one frame and stand alone. */
static enum err shelve_words(struct arena *a, str json, struct drawn *d)
{
    struct value *tree;
    str problem;
    if (d->n != 1 || office_take(a, json, &tree) != OK) {
        d->n = 0;
        return OK;
    }
    d->words = true;
    return files_shelve_bytes(a, json, &d->pictures[0].sha256, &problem);
}

/* Frames in their order, each onto the shelf before its row is written. */
static enum err shelve_frames(struct arena *a, str answer, struct drawn *d)
{
    struct preview_frame f;
    str bytes, problem;
    enum err e = OK;
    d->pictures = ARENA_NEW_N(a, struct picture, PREVIEW_PAGES + 1);
    while (e == OK && d->n <= PREVIEW_PAGES && !d->words &&
           preview_take(&answer, &f, &bytes) &&
           (f.page == (int32_t)d->n || f.page == PREVIEW_WORDS)) {
        struct picture *p = &d->pictures[d->n++];
        p->frame = f;
        if (f.page == PREVIEW_WORDS)
            return shelve_words(a, bytes, d);
        e = files_shelve_bytes(a, bytes, &p->sha256, &problem);
    }
    d->pages = d->n > 1 ? (int64_t)d->n - 1 : 0;
    return e;
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
    bool made = d->pages || d->words;
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

enum err files_preview_run(struct tx *tx, bool *more)
{
    const struct drawn *d = tx->kept;
    const struct preview_frame *small = d->pages ? &d->pictures[0].frame
                                                 : NULL;
    enum err e = files_blob_drawn(tx, d->sha256, d->preview, d->problem,
                                  d->words || d->pages ? d->pages : INT_NONE,
                                  small ? small->width : INT_NONE,
                                  small ? small->height : INT_NONE, NULL);
    bool made = d->pages || d->words;
    for (size_t i = 0; e == OK && made && i < d->n; i++) {
        const struct preview_frame *f = &d->pictures[i].frame;
        e = files_picture_add(tx, d->sha256, f->page, d->pictures[i].sha256,
                              f->size, f->width, f->height, NULL);
    }
    *more = ++at_work.made < IN_A_ROW;
    if (!*more)
        at_work.made = 0;
    return e;
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
