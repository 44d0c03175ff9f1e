/*
 * The catalogue's own way of changing: every page, the import, the jobs and
 * the loader of the demonstration go through here.  Each leaves version, event,
 * findings, audit note and signal in the caller's transaction.
 */
#ifndef CATALOGUE_KEEP_H
#define CATALOGUE_KEEP_H

#include "catalogue/catalogue.h"
#include "catalogue/queries.gen.h"

/* 岗位 of kernel/auth: who writes a department's items, who keeps the
 * catalogue of the city. */
#define DUTY_CLERK "事项管理岗"
#define DUTY_KEEPER "事项审核岗"

/* An item with the version being worked on, or the one in force. */
struct kept {
    struct catalogue_one item;
    struct version_one version; /* version 0: withdrawn before it ever was */
    struct value *guide;
};

/* ERR_NOTFOUND; ERR_STORE when the text of a version is broken.  version 0:
 * the one being worked on, else the one in force. */
enum err keep_load(struct tx *tx, str code, int64_t version, struct kept *out)
    MUST_USE;

/* DEMO-22-001, YX-0157: 3 to 40 letters, digits and hyphens. */
bool keep_code_ok(str code);

/* A new item with its first draft.  ERR_CONFLICT when the code is taken. */
enum err keep_new(struct tx *tx, str code, str unit, const struct value *guide,
                  str note) MUST_USE;

/* Begins a draft from what is in force.  ERR_CONFLICT when one is under way. */
enum err keep_begin(struct tx *tx, struct kept *k) MUST_USE;

/* As an import does: the draft of a new item (revision 0), or the next one of
 * an item that is still at this revision, with nothing under way.
 * ERR_CONFLICT otherwise. */
enum err keep_put(struct tx *tx, str code, str unit, int64_t revision,
                  const struct value *guide, str note) MUST_USE;

/* Writes the draft; ERR_CONFLICT when somebody was quicker or it is no draft,
 * ERR_RANGE when the guide is longer than GUIDE_BYTES. */
enum err keep_write(struct tx *tx, struct kept *k, str note) MUST_USE;

/* Throws the draft away; an item that never was in force goes with it. */
enum err keep_drop(struct tx *tx, struct kept *k) MUST_USE;

/* To the keeper.  ERR_RANGE while a finding of grade 必须改 is left. */
enum err keep_send(struct tx *tx, struct kept *k) MUST_USE;

/* Approved from a day on: at once when that is today or before.  ERR_DENIED
 * when whoever sent it would approve it. */
enum err keep_approve(struct tx *tx, struct kept *k, day effective,
                      str opinion) MUST_USE;

/* A draft again: sent back by the keeper, or taken back before its day. */
enum err keep_return(struct tx *tx, struct kept *k, str opinion) MUST_USE;

/* live, paused, withdrawn.  ERR_RANGE when it is that already, or has nothing
 * in force. */
enum err keep_state(struct tx *tx, struct kept *k, const char *state, str why)
    MUST_USE;

/* Looks a version through and keeps the findings; *must, if asked for. */
enum err keep_check(struct tx *tx, const struct catalogue_one *item,
                    int64_t version, const struct value *guide, int *must)
    MUST_USE;

/* Jobs: the effective day, the daily round, items made elsewhere, old files. */
enum err keep_job_effect(struct tx *tx, bool *more);
enum err keep_job_round(struct tx *tx, bool *more);
enum err keep_job_adopt(struct tx *tx, bool *more);
enum err keep_job_sweep(struct tx *tx, bool *more);

/* Items of pub_services_guide the catalogue does not know yet, up to 200;
 * *last is the code to go on after, "" when there are no more. */
enum err keep_adopt(struct tx *tx, str after, str *last) MUST_USE;

/* Does the actor keep the catalogue, or write the items of this organisation?
 * Asked of the duties of kernel/auth. */
enum err keep_is_keeper(struct tx *tx, bool *yes) MUST_USE;
enum err keep_is_clerk(struct tx *tx, str unit, bool *yes) MUST_USE;

#endif
