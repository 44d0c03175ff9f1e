/* Whatever is typed as a number of a person, a company or a document: judged
 * without a stumble, and what is judged good is good again as it was kept. */
#include "kernel/ident/ident.h"
#include "office/office.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void person(str s)
{
    struct ident_citizen c, again;
    str why = str_none;
    day today = day_of(2026, 11, 22);
    enum ident_verdict v =
        ident_citizen_check(divisions_builtin(), s, today, &c, &why);
    assert(v == IDENT_GOOD || utf8_valid(why));
    if (v == IDENT_BAD)
        return;
    assert(ident_citizen_check(divisions_builtin(), str_of(c.number), today,
                               &again, &why) == v);
    assert(c.birth.n <= today.n && again.birth.n == c.birth.n);
}

static void company(str s)
{
    struct ident_credit c, again;
    str why = str_none;
    enum ident_verdict v = ident_credit_check(s, true, &c, &why);
    assert(v == IDENT_GOOD || utf8_valid(why));
    if (v != IDENT_BAD)
        assert(ident_credit_check(str_of(c.code), true, &again, &why) == v);
}

static void document(str s)
{
    struct office_number n;
    str why = str_none;
    if (office_number_read(s, &n, &why) == OK)
        assert(n.serial > 0 && n.prefix.n > 0 && n.prefix.n < s.n);
    else
        assert(utf8_valid(why) && why.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str s = { (const char *)data, size };
    person(s);
    company(s);
    document(s);
    return 0;
}
