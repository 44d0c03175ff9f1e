/*
 * joint -- the joint case as a running case (data/process/joint.bpmn).
 *
 * Its process opens a part for each department the tables yield, each a case
 * of its own called by it; a part's end completes its instance; the process
 * says when the whole is over, and which parts end because another was not
 * granted.  Its data: parts, a list of { code, process, needs }; failed, the
 * codes that were not granted; withdrawn.  What it must hand a part: part, the
 * code; what it gets back: outcome, the part's state.
 *
 * A joint case without a process -- filed before there was one, or while none
 * that calls parts is in force -- ends when its last part does.
 */
#ifndef SERVICES_JOINT_H
#define SERVICES_JOINT_H

#include "services/work/act.h"

/* Finds what a joint application will run on: *f->joint, 0 when nothing that
 * calls parts is in force or a part has no process.  Reads only. */
enum err joint_choose(struct tx *tx, struct filing *f) MUST_USE;

/* Begins the whole and with it the parts; the thread's row is written. */
enum err joint_begin(struct tx *tx, const struct filing *f, int64_t thread,
                     str number) MUST_USE;

/* The joint case after a verb on one of its parts: its clock begins with the
 * first acceptance and rests with any part; it ends when its process does. */
enum err joint_follows(struct acting *x) MUST_USE;

/* 撤回: every part still open ends with it. */
enum err joint_withdraws(struct acting *x) MUST_USE;

#endif
