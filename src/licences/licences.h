/*
 * licences -- what a decision gives into people's hands: the licence library.
 *
 * A licence is issued when services tells that a case was granted, signed by
 * the organisation that decided, and lives on: changed, suspended, revoked,
 * cancelled, run out.  Everybody can ask whether a paper they are shown is
 * one of ours, and learns no more than that.
 *
 * Everything here is a pure function of its arguments.
 */
#ifndef LICENCES_H
#define LICENCES_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"

/* ---- types: data/licences/types.json ---- */

enum { LICENCE_FIELDS = 8 };

struct licence_type {
    str code, name, note;
    int years; /* 0: 长期 */
    struct { str label, from; } field[LICENCE_FIELDS];
    size_t fields;
};

/* The type of this name (what an item results in) or of this code; false when
 * the result is no licence.  In the arena. */
bool licence_type_named(struct arena *a, str name, struct licence_type *out);
bool licence_type_of(struct arena *a, str code, struct licence_type *out);

/* The last day of a licence of so many years; day_none for 0.  Issued on the
 * 29th of February it ends on the 28th of a common year (民法典
 * 第二百零二条). */
day licence_valid_to(day from, int years);

/* 行政许可法 第四十四条、第八十二条: handed over within ten working days of the
 * decision. */
day licence_deliver_by(const struct calendar *cal, day decided);

/* ---- states ---- */

/* As stored: making, valid, changed, suspended, revoked, expired, cancelled. */
str licence_state_word(str state);

/* What it is worth on a day: one in force whose last day has passed has
 * expired, whether or not the job has come by (行政许可法 第七十条
 * 第（一）项). */
str licence_state_on(str state, day valid_to, day today);

/* ---- what may be done to one ---- */

struct licence_verb {
    const char *code, *label, *law;
    const char *states;  /* it may be done in, space-separated */
    const char *to;      /* the state it leads to */
    const char *told;    /* what the confirm page says follows */
    const char *grounds; /* comma-separated choices of law, or NULL */
    const char *warning; /* what the law asks of whoever presses */
    bool leader;         /* for whoever decides in the organisation */
};
extern const struct licence_verb licence_verbs[]; /* ended by { 0 } */
const struct licence_verb *licence_verb(str code); /* NULL */
bool licence_verb_fits(const struct licence_verb *v, str state);
/* Is this one of the verb's grounds?  True where it has none. */
bool licence_ground_ok(const struct licence_verb *v, str ground);

/* ---- handing over (行政许可法 第四十四条) ---- */

/* Documents that show who collects, comma-separated. */
#define LICENCE_PROOFS \
    "居民身份证,临时居民身份证,护照,港澳居民来往内地通行证,营业执照"

/*
 * May it be handed over so?  by: who collects; proof: one of LICENCE_PROOFS;
 * tail: last four of its number, upper-case; authority: what an agent brought,
 * "" for the holder.  The holder's own identity card must be theirs.  "" or the
 * sentence why not.
 */
str licence_collect_refused(str holder, str holder_code, str by, str proof,
                            str tail, str authority);

/* ---- numbers ---- */

/*
 * 电子证照标识 (GB/T 36904): root 1.2.156.3005.2, type, issuer, serial, version
 * of three digits, check character (GB/T 17710, MOD 37,36, over all but the
 * root and the dots).  Letters are upper-case.
 */
str licence_identifier(struct arena *a, str type, str issuer, str serial,
                       int version);
bool licence_identifier_ok(str identifier);

enum { LICENCE_SECRET = 12 }; /* letters of the 核验码 */

/* The address in the QR code. */
str licence_address(struct arena *a, str site, str number, str secret);

/* What a scanner read: our address, whatever host stands in it.  False when it
 * is none.  The views point into the arena. */
bool licence_scanned(struct arena *a, str text, str *number, str *secret);

/* ---- what is signed ---- */

struct licence_facts {
    str identifier, number, type, name, holder, holder_code, unit, facts;
    str sha256;         /* of the sheet */
    int64_t version;
    day issued, from, to;
};
/* The bytes both signatures are over: each member with its length, so that no
 * two licences can have the same ones. */
str licence_canonical(struct arena *a, const struct licence_facts *f);

extern const struct module licences_module;

#endif
