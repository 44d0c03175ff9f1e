/*
 * audit -- who did what to which thing, when; in the same transaction as the
 * doing, each entry holding the digest of the one before.
 *
 * Whoever alters or removes an entry breaks the chain from there on, and
 * `zhengtong audit verify` names the place.  An audit that cannot be written
 * stops the write it belongs to (GB/T 22239-2019 level 3, 安全审计).
 */
#ifndef KERNEL_AUDIT_H
#define KERNEL_AUDIT_H

#include "kernel/store/store.h"

/*
 * Notes an act.  action is a stable word ("case.accept"), object the number of
 * the thing, detail plain text without personal data beyond what the act is
 * about.  A POST whose handler left no note is rolled back.
 */
enum err audit_note(struct tx *tx, str action, str object, str detail) MUST_USE;

/* Looking at unmasked personal data is an act too (个人信息保护法 第五十一条);
 * GET handlers call this and it is written by a command of its own. */
enum err audit_look(struct tx *tx, str action, str object) MUST_USE;

struct audit_verdict {
    int64_t entries;
    int64_t broken; /* seq of the first entry that does not fit; 0: none */
    str head;       /* hex digest of the last entry */
};

/* Walks the whole chain, a page at a time; entries counts those before the
 * break.  head lives in tx's arena. */
enum err audit_verify(struct tx *tx, struct audit_verdict *out) MUST_USE;

/* zhengtong audit verify --data DIR | --database URL; exit 0 whole, 1 broken,
 * 2 not readable. */
int audit_command(int argc, char **argv);

#endif
