/*
 * call -- what the platform asks of machines outside: a payment platform, a
 * gateway for text messages, a mail server.
 *
 * A command only writes down that a call is wanted; threads of this room make
 * it after the commit, again and again with growing pauses, and hand the answer
 * back in a command of its own.  A call may be made twice (a crash between the
 * answer and its command), so it carries a number the other side knows it by.
 */
#ifndef KERNEL_CALL_H
#define KERNEL_CALL_H

#include "kernel/store/store.h"

enum {
    CALL_LANES = 3,          /* threads; kinds of one wait for each other */
    CALL_HEADERS = 4,
    CALL_BODY = 8 << 20,     /* bytes of an answer; beyond: a failure */
    CALL_TOPIC = 61,         /* grows when a call was queued */
};

struct call_request {
    str url;                 /* http:// https:// smtp:// smtps:// */
    const char *method;      /* GET, POST; NULL: mail */
    str body;                /* of a POST; of mail the whole message */
    str header[CALL_HEADERS]; /* "Name: value"; unused: none */
    str from, to;            /* of mail: addresses alone */
    str user, password;      /* of mail, or none */
    const char *want;        /* header of the answer to keep, or NULL */
};

struct call_answer {
    int status;              /* HTTP's; of mail 250, or what it was refused
                                with; 0: nobody answered */
    str body;
    str header;              /* what `want` named, or "" */
    str error;               /* why there is no answer, or "" */
    bool away;               /* nobody there, broken, or we are not let in */
    bool last;               /* told as again, it is given up */
};

enum call_fate {
    CALL_DONE,               /* well, or settled otherwise: the row goes */
    CALL_AGAIN,              /* later, with a longer pause */
    CALL_OVER,               /* never: stays as failed */
};

struct call_kind {
    const char *name;        /* "fees.order" */
    int lane;                /* 0 .. CALL_LANES - 1 */
    int tries;
    /*
     * The request, on a read snapshot, in tx's arena.  ERR_NOTFOUND: not wanted
     * any more, dropped.  ERR_BUSY: not now (not set up, quiet hours): looked
     * at again at *when, or in a minute; no try is counted.
     */
    enum err (*make)(struct tx *tx, str ref, struct call_request *out,
                     inst *when);
    /* What the answer means, in a command.  It must stand being told twice. */
    enum err (*told)(struct tx *tx, str ref, const struct call_answer *a,
                     enum call_fate *fate);
};

/* Wants a call; nothing when the same waits already.  kind is the name of one
 * the program knows, else ERR_NOTFOUND. */
enum err call_queue(struct tx *tx, const char *kind, str ref) MUST_USE;

/* From the beginning, at once: a person said try again; queues it if there is
 * none. */
enum err call_again(struct tx *tx, const char *kind, str ref) MUST_USE;

/* How the newest call of a thing stands, for its page.  *state: "waiting",
 * "failed", or "" when none is under way. */
enum err call_state(struct tx *tx, const char *kind, str ref, str *state,
                    str *error) MUST_USE;

/* All kinds, ended by NULL; before any of the above. */
void call_kinds(const struct call_kind *const *kinds);

/* Milliseconds to wait after so many failures: 10 s doubled, an hour at most.
 */
int64_t call_pause(int tries);

struct caller;
/* Starts the lanes; what is due is decided by inst_now(). */
enum err call_start(struct store *s, struct caller **out) MUST_USE;
/* Waits for the calls under way (some seconds), then ends; NULL is allowed. */
void call_stop(struct caller *c);

/* Makes every call that is due at now, here: for tests. */
enum err call_drain(struct store *s, inst now) MUST_USE;

/* One request, here and now; for tools that answer calls. */
void call_make(struct arena *a, const struct call_request *r,
               struct call_answer *out);

#endif
