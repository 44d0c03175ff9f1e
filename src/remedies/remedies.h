/*
 * remedies -- what people can do when something is wrong: complain about a
 * step, have their data corrected, have a closed case done again.  main.c and
 * tests see this header; here are the tables and rules, pure.
 */
#ifndef REMEDIES_H
#define REMEDIES_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"

enum remedy_by {
    REMEDY_BY_SUPERVISOR, /* complaints are never answered by who is meant */
    REMEDY_BY_KEEPER,     /* the organisation that keeps the data */
    REMEDY_BY_NOBODY,     /* done with being written down */
};

struct remedy_kind {
    const char *code, *letters, *name;
    const char *rule;     /* of data/clock-rules.json; NULL: no clock */
    const char *law;
    enum remedy_by by;
    bool explains;        /* the organisation concerned is heard first */
};

/* NULL for a code that is none. */
const struct remedy_kind *remedy_kind(str code);
/* All of them, ended by a NULL code. */
extern const struct remedy_kind remedy_kinds[];

/* 待处理, 成立 …: the words differ by what it is. */
str remedy_state_word(str kind, str state);

/* Grounds on which a closed case is done again; complaint is not chosen by
 * hand but follows from one. */
struct remedy_ground {
    const char *code, *name, *law;
    bool document;        /* a decision with a number */
};
extern const struct remedy_ground remedy_grounds[];

/*
 * May this case be done again?  "" or the sentence why not.  state, kind: of
 * the case; again: it has been taken up already.
 */
str remedy_reopen_refused(str kind, str state, bool open, bool again);

/* Days somebody may be ordered to decide within; 0 is by the item's limits. */
enum { REMEDY_DAYS_MOST = 60 };
bool remedy_ground_ok(str ground, str document, int64_t days, str *sentence);

/* A datum of one's own that can be corrected, and who keeps it. */
struct remedy_datum {
    str code, label, unit;
};
/* Of data/keepers.tsv; *n of them. */
const struct remedy_datum *remedy_data(int *n);
const struct remedy_datum *remedy_datum(str code);

/* A datum of a registration that can be put right, its keeper being whoever
 * registers it; NULL for a code that is none.  *n of them. */
const struct remedy_datum *remedy_registered(int *n);
const struct remedy_datum *remedy_registered_datum(str code);

/* What a matter is called, and on what law it rests: a correction of what a
 * register says (ref not "") is another thing than of one's own data. */
str remedy_called(str kind, str ref);
str remedy_law(str kind, str ref);

/* Is this what such a datum can be?  *clean in the arena when it is, else the
 * sentence in *problem. */
bool remedy_datum_ok(struct arena *a, str code, str text, day today, str *clean,
                     str *problem);

extern const struct module remedies_module;

#endif
