/* Visits, authority and the items of a village: no store, no clock. */
#include "villages/villages.h"

#include "kernel/page/page.h"

day villages_due(day visited, int every, day today)
{
    if (every <= 0)
        return day_none;
    return day_is_none(visited) ? today : (day){ visited.n + every };
}

static const struct care {
    const char *code, *word;
    int every;
} cares[] = {
    { "old", "高龄", 30 },
    { "disabled", "残疾", 30 },
    { "alone", "独居", 14 },
    { "child", "留守儿童", 14 },
};

static const struct care *care_of(str code)
{
    for (size_t i = 0; i < sizeof cares / sizeof *cares; i++)
        if (str_is(code, cares[i].code))
            return &cares[i];
    return NULL;
}

int villages_every(str care)
{
    const struct care *c = care_of(care);
    return c ? c->every : 0;
}

str villages_care_word(str care)
{
    const struct care *c = care_of(care);
    return c ? str_of(c->word) : STR("");
}

str villages_proof_word(str proof)
{
    return str_is(proof, "signed")     ? STR("本人签字")
           : str_is(proof, "thumb")    ? STR("本人捺印，见证人在场")
           : str_is(proof, "guardian") ? STR("监护人签字") : STR("");
}

bool villages_term_ok(day from, day to)
{
    return to.n >= from.n && to.n - from.n <= VILLAGES_CONSENT_DAYS;
}

bool villages_item(size_t i, struct villages_item *out)
{
    str rest = page_asset("data/villages/items.tsv");
    for (size_t n = 0; !str_is_none(rest); n++) {
        str line = str_cut(&rest, '\n');
        str code = str_cut(&line, '\t');
        if (code.n == 0 || str_is_none(line))
            return false;
        if (n == i) {
            *out = (struct villages_item){ code, line };
            return true;
        }
    }
    return false;
}
