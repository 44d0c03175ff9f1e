/* A correction the registering organisation granted becomes the next version:
 * remedies decides, the base writes (signal remedy.corrected). */
#include "enterprises/keep.h"

#include "kernel/log/log.h"

static str *datum_of(struct enterprise *e, str datum)
{
    return str_is(datum, "firm.name")             ? &e->name
           : str_is(datum, "firm.representative") ? &e->representative
           : str_is(datum, "firm.address")        ? &e->address
           : str_is(datum, "firm.scope")          ? &e->scope : NULL;
}

/* Told once more, or overtaken by the register itself: nothing is written, for
 * the newest version of the register is what counts. */
enum err enterprise_corrected(struct tx *tx, str ref,
                              const struct value *payload)
{
    struct enterprise_live l;
    enum enterprise_outcome outcome;
    str why;
    str number = value_get_text(payload, STR("number"));
    enum err err = enterprise_live(tx, ref, &l);
    if (err != OK)
        return err == ERR_NOTFOUND ? OK : err;
    struct enterprise e = enterprise_of(&l);
    str *datum = datum_of(&e, value_get_text(payload, STR("datum")));
    if (datum == NULL ||
        !str_eq(*datum, value_get_text(payload, STR("was"))))
        return OK;
    *datum = value_get_text(payload, STR("becomes"));
    e.from = tx_today(tx);
    err = enterprise_put(tx, &e, STR(""), number, true, &outcome, &why);
    if (err == OK && outcome == ENTERPRISE_WRONG)
        log_error("enterprise %.*s: %.*s", STR_ARG(ref), STR_ARG(why));
    return err;
}
