/*
 * What a paper authority lets happen and what it keeps back, held against
 * 民法典 第一百六十五条、第一百七十一条、第一百七十三条.
 */
#include "kernel/test/test.h"
#include "services/apply/authority.h"

static bool serves(const char *state, int from, int until)
{
    const char *why;
    bool yes = authority_serves(str_of(state), (day){ from }, (day){ until },
                                (day){ 100 }, &why);
    CHECK(yes == (why == NULL));
    return yes;
}

static void a_paper_serves_in_its_days_unless_it_was_refused(void)
{
    CHECK(serves("waiting", 100, 100));
    CHECK(serves("confirmed", 90, 110));
    CHECK(!serves("waiting", 101, 110)); /* not yet */
    CHECK(!serves("waiting", 90, 99));   /* not any more, 第一百七十三条 */
    CHECK(!serves("refused", 90, 110));
    CHECK(!serves("objected", 90, 110));
    CHECK(!serves("revoked", 90, 110));
}

static bool holds(enum verb verb, const char *state)
{
    return authority_holds(verb, str_of(state)).n > 0;
}

static void nothing_is_granted_before_it_was_looked_at(void)
{
    CHECK(holds(VERB_ACCEPT, "waiting") && holds(VERB_GRANT, "waiting"));
    CHECK(!holds(VERB_ACCEPT, "confirmed") && !holds(VERB_GRANT, "confirmed"));
    CHECK(holds(VERB_ACCEPT, "refused") && holds(VERB_GRANT, "objected"));
    /* It was one when the matter was filed; from then on it is the
     * principal's. */
    CHECK(!holds(VERB_ACCEPT, "revoked") && !holds(VERB_GRANT, "revoked"));
}

static void what_goes_against_the_agent_is_never_kept_back(void)
{
    static const char *const states[] = { "waiting", "confirmed", "refused",
                                          "objected", "revoked" };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        CHECK(!holds(VERB_REFUSE, states[i]));
        CHECK(!holds(VERB_SUPPLEMENT, states[i]));
        CHECK(!holds(VERB_DENY, states[i]));
        CHECK(!holds(VERB_WITHDRAW, states[i]));
    }
}

static void what_lacks_is_not_completed_without_another(void)
{
    CHECK(holds(VERB_SUPPLY, "refused") && holds(VERB_SUPPLY, "objected"));
    CHECK(!holds(VERB_SUPPLY, "waiting") && !holds(VERB_SUPPLY, "confirmed"));
}

static void its_file_has_a_code_of_its_own(void)
{
    struct arena a = { 0 };
    str code = authority_paper(&a, 1882608747329866496);
    CHECK(authority_is_paper(code));
    CHECK(authority_of_paper(code) == 1882608747329866496);
    CHECK(!authority_is_paper(STR("m2")) && !authority_of_paper(STR("m2")));
    CHECK(!authority_of_paper(STR("authority-x")));
    arena_free(&a);
}

int main(void)
{
    RUN(a_paper_serves_in_its_days_unless_it_was_refused);
    RUN(nothing_is_granted_before_it_was_looked_at);
    RUN(what_goes_against_the_agent_is_never_kept_back);
    RUN(what_lacks_is_not_completed_without_another);
    RUN(its_file_has_a_code_of_its_own);
    return test_result();
}
