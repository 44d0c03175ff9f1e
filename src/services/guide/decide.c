/*
 * What follows from the answers: which groups and fields are asked, which
 * departments take part, which papers are wanted.  The rules are data; here is
 * only the asking.
 */
#include "services/guide/offer.h"

#include "kernel/log/log.h"

enum err offer_check(const struct offer *o, size_t group, struct arena *a,
                     const struct value *answers, struct value **out,
                     struct form_report *report)
{
    return form_sheet_check(&o->sheet, group, a, answers, out, report);
}

/* ---- which departments, which papers ---- */

static enum err codes(const struct offer *o, const char *decision,
                      struct arena *a, const struct value *answers,
                      const struct value **first)
{
    str why = STR("");
    *first = NULL;
    if (o->rules == NULL)
        return OK;
    enum err e = form_rule_codes(o->rules, decision, a, answers, first, &why);
    if (e != OK)
        log_error("theme %.*s: decision %s: %.*s", STR_ARG(o->code), decision,
                  STR_ARG(why));
    return e;
}

static enum err decide(const struct offer *o, struct arena *a,
                       const struct value *answers, struct decided *out)
{
    const struct value *first;
    enum err e = codes(o, "parts", a, answers, &first);
    for (size_t i = 0; e == OK && i < o->part_count; i++)
        if (form_applies(o->parts[i].when, o->parts[i].code, o->rules == NULL,
                         first, a, answers))
            out->parts[out->part_count++] = &o->parts[i];
    if (e == OK)
        e = codes(o, "papers", a, answers, &first);
    for (size_t i = 0; e == OK && i < o->sheet.paper_count; i++) {
        const struct form_paper *p = &o->sheet.papers[i];
        if (form_applies(p->when, p->code, o->rules == NULL, first, a, answers))
            out->papers[out->paper_count++] = p;
    }
    return e;
}

enum err offer_decide(const struct offer *o, struct arena *a,
                      const struct value *answers, struct decided *out,
                      str *sentence)
{
    *out = (struct decided){
        .parts = ARENA_NEW_N(a, const struct offer_part *, o->part_count + 1),
        .papers =
            ARENA_NEW_N(a, const struct form_paper *, o->sheet.paper_count + 1),
    };
    enum err e = decide(o, a, answers, out);
    if (e != OK || out->part_count == 0) {
        *sentence = STR("按您填写的情形，没有需要办理的事项。请检查各项回答，"
                        "或者拨打 12345 咨询。");
        return ERR_RANGE;
    }
    return OK;
}
