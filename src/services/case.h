/*
 * case -- filing a case and acting on it, as commands: no request, no page.
 *
 * The handlers, the deemed-acceptance job and the demonstration loader all come
 * through here, so a matter cannot be moved in two ways.  Every function runs
 * inside the caller's transaction and leaves its event and its audit note
 * there.
 */
#ifndef SERVICES_CASE_H
#define SERVICES_CASE_H

#include "services/guide/offer.h"
#include "services/queries.gen.h"
#include "services/services.h"

struct process_owner;
struct search_text;

struct desk {
    str unit, unit_name, short_name, prefix; /* prefix: 机关代字 */
    int64_t officer;                         /* INT_NONE: nobody yet */
    str officer_name;
    str phone;                               /* where to ask; or none */
};

struct filed_paper {
    str code, title, source;
    str name, sha256, type;  /* of the file; sha256 none: exchanged or made */
    int64_t size;
    str ref;                 /* of source licence: its identifier; of case: the
                                number of the earlier one; else none */
};

/* An application ready to be filed: all reading and deciding is done. */
struct filing {
    const struct offer *offer;
    struct decided decided;
    const struct value *answers;
    struct desk lead;
    struct desk *desks;      /* one a part */
    int64_t *process;        /* one a part: what is in force; 0: none */
    struct search_text *words; /* of the thread, then one a part, without
                                  numbers; NULL: worked out at writing */
    int64_t joint;           /* what the whole runs on; 0: none */
    struct filed_paper *papers;
    size_t paper_count;
    int64_t applicant, proxy;
    str applicant_name, applicant_code, applicant_open, mobile, proxy_name;
    str town, channel;
    str ticket;              /* secret of the receipt */
    day accept_by;
    int64_t draft;           /* removed with the filing; 0: none */
    int64_t draft_owner;
    str draft_number;
    size_t partners;         /* who else signed the draft */
    bool finish;             /* the number being served at a counter is done */
};

/* Key of the process a joint case runs on. */
#define JOINT_PROCESS "joint"
/* What the process room tells of the hall's cases. */
extern const struct process_owner services_cases;

/* The offer a case was filed under, in the version it was then.  ERR_NOTFOUND,
 * or ERR_STORE when its data is broken. */
enum err case_offer(struct tx *tx, const struct case_load *thread,
                    const struct offer **out) MUST_USE;

struct filed {
    str number;
    int64_t id;
};

/*
 * Chooses desks and officers, masks the name, draws the ticket.  offer,
 * answers (checked), papers, applicant, proxy, channel are set by the caller.
 * ERR_RANGE with *sentence when no department takes part, or a paper that is
 * needed is missing.
 */
enum err filing_prepare(struct tx *tx, struct filing *f, str *sentence)
    MUST_USE;

/* Who of which desk gets which part, and the processes in force. */
enum err filing_desks(struct tx *tx, struct filing *f) MUST_USE;
/* The part-th department's case below a thread: everything but its process. */
enum err filing_add_part(struct tx *tx, const struct filing *f, int64_t thread,
                         str number, size_t part) MUST_USE;

/* Writes the case, its parts, clocks, papers, events, figures and signal. */
enum err case_file(struct tx *tx, const struct filing *f, struct filed *out)
    MUST_USE;

/* A verb with everything the law wants to be told with it. */
struct act {
    enum verb verb;
    str number;
    str reason;          /* of a refusal, denial, extension, return, opinion */
    str ground;          /* lawful ground of a refusal; kind of special */
    str list;            /* what to supplement, one a line; codes of papers
                            handed in, a space between */
    day supply_by;       /* of a supplement */
    int64_t days;        /* planned days of a special; units of an extension */
    int64_t officer;     /* account of a transfer, signer, delegate */
    str result_no;       /* of a grant; none: made here */
    bool inner;          /* an opinion only the desk reads */
    str step;            /* element a return goes to; none: the one before */
    bool straight;       /* of a return: back to who returned it */
    str where;           /* of a signer: before, beside (or none), after */
    bool disagree;       /* what a signer says; of a paper: it is wrong */
    str pledge;          /* of an acceptance with gaps: how it was undertaken */
    str paper;           /* code of one that was looked at; "all" */
    str anyway;          /* of a supplement: why something is asked for that
                            need not be brought; "" or none */
    str sentence;        /* out: what to tell the person when it fails */
    str done;            /* out: what happened, for the flash and the event */
};

/* ERR_NOTFOUND, ERR_DENIED, ERR_CONFLICT (state, or somebody was quicker),
 * ERR_RANGE (the law does not allow it): act->sentence says it in Chinese. */
enum err case_act(struct tx *tx, struct act *act) MUST_USE;

/* Why the decision must wait for a payment, "" when it need not. */
enum err case_fee_waits(struct tx *tx, const struct case_load *c, str *why)
    MUST_USE;

/* Accepts what was met with silence for five working days; called by the job.
 */
enum err case_deem(struct tx *tx, str number) MUST_USE;

/* 视为撤回: ends a case whose gaps were not filled by their day, where the rule
 * of its item says so; nothing otherwise.  Called by the job. */
enum err case_lapse(struct tx *tx, str number) MUST_USE;

/*
 * Takes a closed case up again: a new run below the same thread, accepted
 * today, with the same officer where they are still there, the process in
 * force, and limits that are the item's or what was ordered, whichever is
 * shorter.
 */
struct reopening {
    str number;          /* of the closed case: a single or a part */
    str ground;          /* complaint, reconsideration, judgment, error */
    str document;        /* number of the decision, or "" */
    int64_t days;        /* working days ordered; 0: by the item's limits */
    str opened;          /* out: number of the new run, the old one with R */
};
/* ERR_NOTFOUND; ERR_CONFLICT when it is open, or taken up already; ERR_RANGE
 * for a thread of many departments, what was not refused, or another ground. */
enum err case_reopen(struct tx *tx, struct reopening *r) MUST_USE;

/* The due days moved with a new calendar: repeats them in the case. */
enum err case_recount(struct tx *tx, str number) MUST_USE;
/* Who filed for somebody, as everybody reads it: staff by duty with their name,
 * a neighbour masked. */
str case_proxy_open(struct arena *a, str channel, str proxy_name);

/* An event of a case; basis may be none. */
enum err case_event(struct tx *tx, int64_t id, const char *verb, str text,
                    str actor, str unit, str basis, bool open) MUST_USE;

/* Adds to today's figures of an organisation; "" is the city. */
struct tally {
    int filed, closed, late, refused;
    int worked;          /* working days the closed ones took */
};
enum err case_tally(struct tx *tx, str unit, struct tally t) MUST_USE;

/*
 * The figures of open work (services_open).  Whoever changes a case's state or
 * urgency, or ends it, says so here in the same command, with the case as it
 * was loaded before the change.
 */
struct open_place {
    str unit, state, kind;
    int64_t sort_due;
};
enum err open_enters(struct tx *tx, const struct open_place *p) MUST_USE;
enum err open_leaves(struct tx *tx, const struct open_place *p) MUST_USE;
enum err open_moves(struct tx *tx, const struct case_load *c, str state,
                    int64_t sort_due) MUST_USE;
enum err open_ends(struct tx *tx, const struct case_load *c) MUST_USE;

/* The next number of a series: gapless, inside this transaction. */
enum err series_next(struct tx *tx, str name, int64_t of, int64_t *out)
    MUST_USE;

#endif
