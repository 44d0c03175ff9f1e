/*
 * difference -- what one version of a file has that another has not, element by
 * element, for BPMN and DMN alike.
 *
 * Elements are known by their id.  Positions in the drawing do not count.
 */
#ifndef DESIGN_DIFFERENCE_H
#define DESIGN_DIFFERENCE_H

#include "base/base.h"

enum { DIFFERENCES = 500 }; /* kept; count is all */

struct difference {
    enum { DIFFERENCE_ADDED, DIFFERENCE_REMOVED, DIFFERENCE_CHANGED } kind;
    str tag, id, name;      /* userTask, review, 部门审查 */
    str member, before, after; /* of a change: name, 审查, 部门审查 */
};

struct differences {
    struct difference *list;
    int kept, count;
};

/* Both texts are XML that design_check has read.  ERR_INPUT otherwise. */
enum err design_differences(struct arena *a, str before, str after,
                            struct differences *out) MUST_USE;

#endif
