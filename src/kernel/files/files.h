/*
 * files -- papers people hand in, kept under the digest of their bytes.
 *
 * Bytes are on disk and synced before the transaction that mentions them, so
 * an acknowledged paper survives a power cut; bytes nobody mentions are swept
 * after a day.  The kind of a file is what its bytes say (libmagic), never its
 * name.  Big files stream; a broken upload goes on where it stopped.
 *
 * A form with a file part:   before:   rq_upload, files_adopt
 *                            handler:  rq_upload, files_mention(…, room, ref)
 * A form with a finished resumable upload, by its id:
 *                            handler:  files_finished, files_mention
 */
#ifndef KERNEL_FILES_H
#define KERNEL_FILES_H

#include "kernel/http/http.h"

enum {
    FILES_MAX_BYTES = 20 << 20,  /* one paper */
    FILES_MAX_SIDE = 20000,      /* pixels of a picture */
    FILES_MAX_PIXELS = 100000000,
    FILES_UPLOADS = 20,          /* unfinished uploads of one account */
};

/* Where papers live, DATA/files: made if absent; before any other call. */
enum err files_open(const char *dir, str *problem) MUST_USE;

/*
 * Takes an upload into the store: ERR_RANGE when too large or of a kind not in
 * PDF, JPEG, PNG, OFD, DOCX, XLSX; ERR_BUSY when the disk is full.  Runs in a
 * `before` step: it syncs.  *problem is a sentence for the person.
 */
enum err files_adopt(const struct upload *u, str *problem) MUST_USE;

/* The media type of the file by its bytes, or none when it is not one of the
 * kinds above; *problem says why. */
str files_type_of(const char *path, str *problem);

/*
 * Notes, in the command that needs the paper, who needs it: room "services",
 * ref the number of the matter.  Twice is once.  ERR_NOTFOUND when the bytes
 * were never adopted or have been swept: the person must hand it in again.
 */
enum err files_mention(struct tx *tx, const struct upload *u, const char *room,
                       str ref) MUST_USE;

/* The matter no longer needs the paper; what nobody needs goes after a day. */
enum err files_forget(struct tx *tx, str sha256, const char *room, str ref)
    MUST_USE;

struct files_paper {
    str sha256, type; /* hex; media type */
    int64_t size;
};
/* A paper the program makes itself, kept as if it had been handed in; *out is
 * for files_mention, in the arena.  ERR_BUSY when the disk is full. */
enum err files_keep(struct arena *a, str bytes, str name, struct upload *out,
                    str *problem) MUST_USE;

/* What is known of a mentioned paper. */
enum err files_paper(struct tx *tx, str sha256, struct files_paper *out)
    MUST_USE;

/* A resumable upload that is complete, as if it had come in one piece; only for
 * the account that made it.  ERR_NOTFOUND, ERR_CONFLICT while incomplete. */
enum err files_finished(struct tx *tx, str id, struct upload *out) MUST_USE;

/* Path of the bytes with this hex digest, in the arena. */
const char *files_path(struct arena *a, str sha256);

/* 2.4 MB, 130 KB. */
str files_size(struct arena *a, int64_t bytes);
/* PDF，130 KB: what it is and how large. */
str files_about(struct arena *a, str type, int64_t bytes);

/* ---- what was found in a paper after it came ---- */

/* Who looks for viruses: "none", "unix:PATH", "tcp:ADDRESS:PORT", a clamd.
 * Once, before any thread starts; ERR_INPUT with *problem for the operator. */
enum err files_scanner(str address, str *problem) MUST_USE;
bool files_scans(void);

enum files_safe {
    FILES_SAFE,     /* seen and clean, or the operator has no scanner */
    FILES_WAITING,  /* 待查毒: nobody but its owner opens it */
    FILES_INFECTED, /* nobody opens it */
};
/* By column scan of pub_files_look. */
enum files_safe files_safe(str scan);

enum { FILES_SHARP = 60 }; /* below it a photograph is hard to read */
/* By column sharp; INT_NONE, of what is no picture, is not blurred. */
bool files_blurred(int64_t sharp);

/* ---- pictures of papers, drawn after they came ---- */

/*
 * From now on the job draws, by running `program preview TYPE`: this very
 * program, "/proc/self/exe".  Before any thread starts; until then papers wait.
 */
void files_previews(const char *program);

/* zhengtong preview: draws the paper on its standard input, in bounds. */
int files_preview_command(int argc, char **argv);

/*
 * The words that can be read in a PDF on the shelf, by the process that draws;
 * false when they cannot be had: locked, damaged, too large, no such process.
 * Waits for it, some 50 ms and at most 20 s: only from a `before` step.
 */
bool files_pdf_text(struct arena *a, str sha256, str *out);

/* Is this an office paper, whose words are read (DOCX, XLSX, OFD)?  Only of an
 * OFD there are pictures, too. */
bool files_wordy(str type);

/* The words of such a paper: blocks is a list of {head}, {text} or {rows}, the
 * rows a list of lists of texts; cut: the paper goes on.  ERR_NOTFOUND when
 * there are none. */
struct files_words {
    const struct value *blocks;
    bool cut;
};
enum err files_words(struct tx *tx, str sha256, struct files_words *out)
    MUST_USE;

/* A sentence, without its full stop, for column preview_problem of
 * pub_files_preview. */
str files_preview_problem(str problem);

enum { FILES_GOES_ON = 64 }; /* in column missing: there are more pages */

/* Sentences on what is not in a picture, for column missing of
 * pub_files_picture; "" when it is all there. */
str files_preview_missing(struct arena *a, int64_t missing);

/*
 * Reads every paper again, as many as there are: calls back for each whose
 * bytes are not on disk or are not what their digest says; why is a Chinese
 * phrase.  *papers counts all.
 */
typedef void files_bad(void *context, str sha256, const char *why);
enum err files_verify(struct tx *tx, files_bad *bad, void *context,
                      int64_t *papers) MUST_USE;

/* Resumable upload: POST /uploads {name, size}; GET /uploads/{id} says how far
 * it got; POST /uploads/{id} {offset, chunk} goes on from there. */
extern const struct module files_module;

#endif
