/*
 * Looking at papers after they came: the scanner the operator named, and what
 * can be measured.  Beside the writer; one paper a round, the oldest first.
 */
#include "kernel/files/look.h"

#include <stdio.h>
#include <string.h>

enum { AGAIN_MS = 30000 };

static char scanner[FILES_PATH] = "none";

/* One that did not answer is let be for a while: others wait for this
 * thread. */
static inst not_before = { 0 };

enum err files_scanner(str address, str *problem)
{
    if (!scan_address_ok(address) || address.n >= sizeof scanner) {
        *problem = STR("scanner: none, unix:PATH or tcp:ADDRESS:PORT");
        return ERR_INPUT;
    }
    memcpy(scanner, address.p, address.n);
    scanner[address.n] = 0;
    not_before = (inst){ 0 };
    return OK;
}

bool files_scans(void)
{
    return strcmp(scanner, "none") != 0;
}

enum files_safe files_safe(str scan)
{
    if (str_is(scan, "infected"))
        return FILES_INFECTED;
    return files_scans() && !str_is(scan, "clean") ? FILES_WAITING
                                                   : FILES_SAFE;
}

bool files_blurred(int64_t sharp)
{
    return sharp != INT_NONE && sharp < FILES_SHARP;
}

/* What was found, for the command that writes it. */
struct found {
    str sha256;
    bool scanned, measured;
    enum scan_answer answer;
    str virus;
    int64_t pages, sharp;
};

/* An operator is told once that nobody answers, and once that somebody does. */
static void say_state(bool away)
{
    static bool was_away;
    if (away == was_away)
        return;
    was_away = away;
    fprintf(stderr, "files: the virus scanner %s %s\n", scanner,
            away ? "does not answer, papers wait" : "answers again");
}

static enum err scan_next(struct tx *tx, struct found *f)
{
    struct files_blob_unseen *b;
    size_t n;
    if (!files_scans() || tx->now.ms < not_before.ms)
        return OK;
    enum err e = files_blob_unseen(tx, &b, &n);
    if (e != OK || n == 0)
        return e;
    f->answer = scan_file(tx->arena, str_of(scanner),
                          files_path(tx->arena, b[0].sha256), &f->virus);
    say_state(f->answer == SCAN_AWAY);
    f->scanned = f->answer != SCAN_AWAY;
    not_before = (inst){ f->scanned ? 0 : tx->now.ms + AGAIN_MS };
    f->sha256 = b[0].sha256;
    return OK;
}

static enum err measure_next(struct tx *tx, struct found *f)
{
    struct files_blob_unmeasured *b;
    size_t n;
    enum err e = files_blob_unmeasured(tx, &b, &n);
    if (e != OK || n == 0)
        return e;
    f->measured = true;
    f->sha256 = b[0].sha256;
    f->pages = f->sharp = INT_NONE;
    str bytes = files_shelf_map(b[0].sha256);
    if (bytes.n == 0)
        return OK;
    if (str_is(b[0].type, "application/pdf")) {
        int64_t pages = measure_pages(bytes);
        f->pages = pages ? pages : INT_NONE;
    } else if (str_starts(b[0].type, STR("image/"))) {
        f->pages = 1;
        f->sharp = measure_picture(bytes, b[0].type);
    }
    files_shelf_unmap(bytes);
    return OK;
}

enum err files_look_before(struct tx *tx, const void **kept)
{
    struct found *f = ARENA_NEW(tx->arena, struct found);
    enum err e = scan_next(tx, f);
    if (e == OK && !f->scanned)
        e = measure_next(tx, f);
    if (e == OK && (f->scanned || f->measured))
        *kept = f;
    return e;
}

enum err files_look_run(struct tx *tx, bool *more)
{
    const struct found *f = tx->kept;
    *more = true;
    if (f->measured)
        return files_blob_measured(tx, f->sha256, f->pages, f->sharp, NULL);
    bool bad = f->answer == SCAN_INFECTED;
    return files_blob_scanned(tx, f->sha256,
                              bad ? STR("infected") : STR("clean"),
                              bad ? f->virus : str_none, NULL);
}
