/* A case an agent filed is put beside the resident it is for.  Told twice, it
 * is written once. */
#include "villages/show.h"

#include "kernel/audit/audit.h"

enum err village_filed(struct tx *tx, str ref, const struct value *payload)
{
    struct filed_case c;
    struct filed_known known;
    struct agent_unit agent;
    struct resident_of r;
    (void)payload;
    enum err e = filed_case(tx, ref, &c);
    if (e != OK || !str_is(c.channel, "agent") || str_is_none(c.citizen_id))
        return e == ERR_NOTFOUND ? OK : e;
    e = filed_known(tx, ref, &known);
    if (e != OK || known.n > 0)
        return e;
    e = agent_unit(tx, c.proxy, &agent);
    if (e == OK)
        e = resident_of(tx, c.citizen_id, &r);
    if (e == ERR_NOTFOUND || (e == OK && !str_eq(r.unit, agent.unit)))
        return OK;
    if (e == OK)
        e = filed_add(tx, ref, r.id, r.unit, c.filed);
    return e == OK ? audit_note(tx, STR("village.case"), ref, r.unit) : e;
}
