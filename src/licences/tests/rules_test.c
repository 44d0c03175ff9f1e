/* States by date, numbers, and what a scanner may bring. */
#include "licences/licences.h"
#include "kernel/test/test.h"

static struct arena memory;

static void a_licence_runs_out_after_its_last_day(void)
{
    day to = day_of(2026, 11, 22);
    CHECK_STR(licence_state_on(STR("valid"), to, day_of(2026, 11, 22)),
              "valid");
    CHECK_STR(licence_state_on(STR("valid"), to, day_of(2026, 11, 23)),
              "expired");
    CHECK_STR(licence_state_on(STR("suspended"), to, day_of(2026, 11, 23)),
              "expired");
    CHECK_STR(licence_state_on(STR("revoked"), to, day_of(2026, 11, 23)),
              "revoked");
    CHECK_STR(licence_state_on(STR("valid"), day_none, day_of(2099, 1, 1)),
              "valid");
}

static void years_end_on_the_day_before(void)
{
    CHECK(licence_valid_to(day_of(2026, 11, 22), 5).n ==
          day_of(2031, 11, 21).n);
    CHECK(licence_valid_to(day_of(2024, 2, 29), 1).n ==
          day_of(2025, 2, 28).n);
    CHECK(licence_valid_to(day_of(2024, 2, 29), 4).n ==
          day_of(2028, 2, 29).n);
    CHECK(day_is_none(licence_valid_to(day_of(2026, 11, 22), 0)));
}

static void ten_working_days_to_hand_it_over(void)
{
    CHECK(licence_deliver_by(clock_calendar_builtin(),
                             day_of(2026, 11, 20)).n ==
          day_of(2026, 12, 4).n);
}

static void a_type_is_found_by_what_an_item_results_in(void)
{
    struct licence_type t, same;
    CHECK(licence_type_named(&memory, STR("食品经营许可证"), &t));
    CHECK(t.years == 5 && t.fields == 3 && t.code.n == 21);
    CHECK(licence_type_of(&memory, t.code, &same));
    CHECK_STR(same.name, "食品经营许可证");
    CHECK(!licence_type_named(&memory, STR("批复"), &t));
    CHECK(!licence_type_named(&memory, STR(""), &t));
}

static void verbs_start_from_the_states_of_the_law(void)
{
    const struct licence_verb *revoke = licence_verb(STR("revoke"));
    const struct licence_verb *cancel = licence_verb(STR("cancel"));
    CHECK(revoke && revoke->leader && cancel->leader);
    CHECK(licence_verb_fits(revoke, STR("valid")));
    CHECK(licence_verb_fits(revoke, STR("suspended")));
    CHECK(!licence_verb_fits(revoke, STR("revoked")));
    CHECK(!licence_verb_fits(revoke, STR("val")));
    CHECK(!licence_verb_fits(revoke, STR("")));
    CHECK(licence_verb_fits(cancel, STR("expired")));
    CHECK(!licence_verb_fits(licence_verb(STR("change")), STR("expired")));
    CHECK(!licence_verb_fits(licence_verb(STR("resume")), STR("valid")));
    CHECK(licence_ground_ok(revoke, STR("超越法定职权作出准予决定")));
    CHECK(!licence_ground_ok(revoke, STR("领导不高兴")));
    CHECK(!licence_ground_ok(revoke, STR("")));
    CHECK(licence_ground_ok(licence_verb(STR("suspend")), STR("")));
    CHECK(licence_verb(STR("burn")) == NULL);
}

static str identifier(int version)
{
    return licence_identifier(&memory, STR("11341881DEMA000010040"),
                              STR("11341881DEMA00025X"), STR("2026000012"),
                              version);
}

/* ISO/IEC 7064's own example of MOD 37,36: the check of A12425GABC1234002 is
 * M. */
static void identifiers_have_the_check_of_the_standard(void)
{
    str id = licence_identifier(&memory, STR("A12425GABC1234"), STR("002"),
                                STR(""), 1);
    CHECK(!licence_identifier_ok(id)); /* no serial */
    CHECK(licence_identifier_ok(
        STR("1.2.156.3005.2.A12425G.ABC1.234.002.M")));
    CHECK(!licence_identifier_ok(
        STR("1.2.156.3005.2.A12425G.ABC1.234.002.N")));
}

/* As organs of Zhejiang and Hunan and of another province have issued them. */
static void identifiers_in_use_elsewhere_are_right(void)
{
    CHECK(licence_identifier_ok(
        STR("1.2.156.3005.2.11100000000013338W009.11330105002500287C."
            "2025052201.002.0")));
    CHECK(licence_identifier_ok(
        STR("1.2.156.3005.2.11100000000013338W011.11430000006122244L."
            "20230000403.001.U")));
    CHECK(licence_identifier_ok(
        STR("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9")));
    CHECK_STR(licence_identifier(&memory, STR("11100000000013338W009"),
                                 STR("11330105002500287C"),
                                 STR("2025052201"), 2),
              "1.2.156.3005.2.11100000000013338W009.11330105002500287C."
              "2025052201.002.0");
}

static void a_letter_changed_is_seen(void)
{
    str id = identifier(1);
    CHECK(licence_identifier_ok(id));
    CHECK(!str_eq(id, identifier(2)) && licence_identifier_ok(identifier(2)));
    for (size_t i = 15; i < id.n; i++) {
        char *copy = arena_cstr(&memory, id);
        copy[i] = copy[i] == '7' ? '8' : '7';
        CHECK(!licence_identifier_ok(str_of(copy)));
    }
    CHECK(!licence_identifier_ok(str_slice(id, 0, id.n - 1)));
    CHECK(!licence_identifier_ok(str_slice(id, 0, id.n - 2)));
    CHECK(!licence_identifier_ok(STR("")));
}

static bool reads(const char *text, const char *number, const char *secret)
{
    str n = STR("-"), s = STR("-");
    bool ok = licence_scanned(&memory, str_of(text), &n, &s);
    return ok && str_is(n, number) && str_is(s, secret);
}

static bool reads_nothing(const char *text)
{
    str n, s;
    return !licence_scanned(&memory, str_of(text), &n, &s);
}

static void what_is_in_the_code_is_read_back(void)
{
    str number = STR("云市监准〔2026〕12号（甲&乙）");
    str address = licence_address(&memory, STR("https://x.gov.cn"), number,
                                  STR("0123456789AB"));
    CHECK(reads(address.p, number.p, "0123456789AB"));
    CHECK(reads(" http://a/licences/verify?check=B&number=A ", "A", "B"));
}

static void a_forged_code_is_no_code(void)
{
    CHECK(reads_nothing(""));
    CHECK(reads_nothing("https://x.gov.cn/licences/verify"));
    CHECK(reads_nothing("https://x.gov.cn/licences/verify?number=A"));
    CHECK(reads_nothing("https://x.gov.cn/licences/verify?number=&check=B"));
    CHECK(reads_nothing("https://x.gov.cn/licences/verify?number=%4&check=B"));
    CHECK(reads_nothing("https://x.gov.cn/licences/verify?number=A&check=%"));
    CHECK(reads_nothing("http://x/licences/verify?number=%00&check=B"));
    CHECK(reads_nothing("http://x/licences/verify?number=%ff%fe&check=B"));
    CHECK(reads_nothing("https://evil.example/?number=A&check=B"));
}

static void no_two_licences_have_the_same_signed_bytes(void)
{
    struct licence_facts f = {
        .identifier = STR("i"), .number = STR("n"), .type = STR("t"),
        .name = STR("甲"), .holder = STR("乙"), .holder_code = STR(""),
        .unit = STR("D025"), .facts = STR("[]"), .sha256 = STR("00"),
        .version = 1, .issued = day_of(2026, 11, 22),
        .from = day_of(2026, 11, 22), .to = day_none,
    };
    str one = licence_canonical(&memory, &f);
    CHECK(str_eq(one, licence_canonical(&memory, &f)));
    struct licence_facts g = f;
    g.name = STR("甲乙");
    g.holder = STR("");
    CHECK(!str_eq(one, licence_canonical(&memory, &g)));
    g = f;
    g.holder = STR("乙\nunit:4:D070");
    CHECK(!str_eq(one, licence_canonical(&memory, &g)));
    g = f;
    g.to = day_of(2031, 11, 21);
    CHECK(!str_eq(one, licence_canonical(&memory, &g)));
    g = f;
    g.sha256 = STR("01");
    CHECK(!str_eq(one, licence_canonical(&memory, &g)));
}

static bool handed(const char *by, const char *proof, const char *tail,
                   const char *authority)
{
    return licence_collect_refused(STR("周文远"), STR("341881190308011074"),
                                   str_of(by), str_of(proof), str_of(tail),
                                   str_of(authority)).n == 0;
}

static void who_collects_shows_who_they_are(void)
{
    CHECK(handed("周文远", "居民身份证", "1074", ""));
    CHECK(!handed("周文远", "居民身份证", "1075", ""));
    CHECK(!handed("周文远", "图书证", "1074", ""));
    CHECK(!handed("周文远", "", "1074", ""));
    CHECK(!handed("周文远", "居民身份证", "107", ""));
    CHECK(!handed("周文远", "居民身份证", "10 4", ""));
    CHECK(handed("周文远", "护照", "E123", ""));
    CHECK(!handed("周", "居民身份证", "1074", ""));
    CHECK(!handed("李秀云", "居民身份证", "0027", ""));
    CHECK(handed("李秀云", "居民身份证", "0027", "授权委托书原件"));
}

static void a_company_s_code_is_no_identity_card(void)
{
    CHECK(licence_collect_refused(STR("清溪人家小馆"),
                                  STR("92341881DEMA000078"),
                                  STR("清溪人家小馆"), STR("居民身份证"),
                                  STR("1074"), STR("")).n == 0);
}

int main(void)
{
    RUN(a_licence_runs_out_after_its_last_day);
    RUN(years_end_on_the_day_before);
    RUN(ten_working_days_to_hand_it_over);
    RUN(a_type_is_found_by_what_an_item_results_in);
    RUN(verbs_start_from_the_states_of_the_law);
    RUN(identifiers_have_the_check_of_the_standard);
    RUN(identifiers_in_use_elsewhere_are_right);
    RUN(a_letter_changed_is_seen);
    RUN(what_is_in_the_code_is_read_back);
    RUN(a_forged_code_is_no_code);
    RUN(no_two_licences_have_the_same_signed_bytes);
    RUN(who_collects_shows_who_they_are);
    RUN(a_company_s_code_is_no_identity_card);
    arena_free(&memory);
    return test_result();
}
