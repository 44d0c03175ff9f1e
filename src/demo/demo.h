/*
 * demo -- the demonstration city 云溪市: everything made up but the names of
 * places and laws, at the scale of a real county platform.
 *
 * The same seed makes the same city; only the days follow the day of loading.
 * This is the one part besides main.c that may see every module.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "kernel/store/store.h"
#include "services/case.h"
#include "services/services.h"

/* A number made from a seed: the city must be the same every time. */
struct dice {
    uint64_t state;
};
uint64_t dice_roll(struct dice *d);
/* 0 .. n-1 */
int64_t dice_below(struct dice *d, int64_t n);
/* True in `permille` of a thousand. */
bool dice_chance(struct dice *d, int permille);

enum { DEMO_UNITS = 300, DEMO_OFFICERS = 3, DEMO_FIRMS = 400 };

struct demo_unit {
    str code, name, short_name;
    bool hall;
    int64_t officer[DEMO_OFFICERS]; /* accounts of its 承办人 */
    str officer_name[DEMO_OFFICERS];
    int officers;
    int64_t leader;
    str leader_name;
};

struct demo_item {
    str code, name, object, unit_code;
    int64_t statutory_n, promised_n;
    bool natural, online;
    const struct demo_unit *unit;
};

struct city {
    struct arena *arena;   /* lives as long as the load */
    struct store *store;
    inst now;
    struct dice dice;
    struct demo_unit unit[DEMO_UNITS];
    int units, towns;
    const struct demo_unit *town[20];
    struct demo_item *item;
    int items;
    int64_t cases, open;   /* wanted */
    bool files;            /* there is a folder for papers */
    str *company, *person; /* of the closed cases: companies and people */
    int64_t zhou, li;      /* accounts of the two residents */
    const char *password_hash;
    bool quiet;
};

/* A command run to its end; the first failure ends the load with a sentence. */
typedef enum err demo_work(struct city *c, struct tx *tx);
enum err demo_run(struct city *c, demo_work *work) MUST_USE;

/* Organisations and people; items and themes; closed cases; open cases. */
enum err demo_city(struct city *c, struct tx *tx) MUST_USE;
enum err demo_catalogue(struct city *c, struct tx *tx) MUST_USE;
/* The catalogue as departments keep it; after the duties are given. */
enum err demo_items(struct city *c, struct tx *tx) MUST_USE;
/* Processes and decision tables. */
enum err demo_designs(struct city *c, struct tx *tx) MUST_USE;
/* Who holds which duty; matters on their way. */
enum err demo_duties(struct city *c, struct tx *tx) MUST_USE;
enum err demo_matters(struct city *c) MUST_USE;
/* Requests for data and what they opened. */
enum err demo_grants(struct city *c) MUST_USE;
enum err demo_history(struct city *c) MUST_USE;
enum err demo_today(struct city *c) MUST_USE;
/* Keys and licences. */
enum err demo_licences(struct city *c, struct tx *tx) MUST_USE;
/* The schedule of fees, notices, payments, refunds, days of the books. */
enum err demo_fees(struct city *c, struct tx *tx) MUST_USE;
/* The base of legal persons: the companies of the cases. */
enum err demo_enterprises(struct city *c, struct tx *tx) MUST_USE;
/* Complaints, corrections, one case done again. */
enum err demo_remedies(struct city *c, struct tx *tx) MUST_USE;
/* What the departments have published. */
enum err demo_disclosure(struct city *c, struct tx *tx) MUST_USE;
/* The service hall, its day, its appointments. */
enum err demo_windows(struct city *c, struct tx *tx) MUST_USE;
/* What its counters took in this morning. */
enum err demo_intake(struct city *c, struct tx *tx) MUST_USE;
/* Households on the rolls of some villages. */
enum err demo_villages(struct city *c, struct tx *tx) MUST_USE;

/* The account of a clerk at the comprehensive windows. */
enum err demo_clerk(struct tx *tx, const char *name, int64_t *account) MUST_USE;

/* Who acts: this account of that organisation; in tx's arena. */
const struct who *demo_officer(struct city *c, struct tx *tx, str unit,
                               int64_t account, str name);
/* The first open task of a matter, by whoever holds its duty; *more false when
 * there is none. */
enum err demo_step(struct city *c, struct tx *tx, int64_t id, bool *more)
    MUST_USE;

/* An invented person or company. */
str demo_person(struct city *c);
str demo_company(struct city *c);
const struct demo_unit *demo_unit_of(const struct city *c, str code);

/* zhengtong demo DIR [--database URL] [--small | --cases N] */
int demo_command(int argc, char **argv);

/* ---- papers.c ---- */

/* A paper as a file: what its sample says, for this shop. */
enum err demo_paper(struct tx *tx, const struct form_paper *p, str who,
                    str shop, str address, struct filed_paper *out) MUST_USE;

/* ---- samples.c ---- */

/* Samples and blank forms for the papers of a guide, and of its result. */
enum err demo_samples(struct city *c, struct tx *tx, struct value *guide,
                      str unit) MUST_USE;

#endif
