/* Who may do what. */
#include "kernel/auth/auth.h"
#include "kernel/test/test.h"

static struct arena memory;

static const struct permission some[] = {
    { "case.accept", "officer window", "受理" },
    { "case.decide", "leader", "决定" },
    { "board.see", "anyone", "看公示" },
    { "mail.read", "person", "看信箱" },
    { "desk.see", "staff", "看工作台" },
    { 0 },
};

static const struct route routes[] = {
    { .method = "POST", .path = "/cases/{number}/accept",
      .may = "case.accept" },
    { 0 },
};

static const struct module things = { .name = "things", .routes = routes,
                                      .permissions = some };

static enum err set_up(const struct module *m, str *problem)
{
    const struct module *const all[] = { m, NULL };
    return auth_setup(all, &memory, problem);
}

static bool may(const char *role, const char *permission)
{
    return auth_role_may(str_of(role), permission);
}

static void a_permission_belongs_to_the_roles_it_names(void)
{
    str problem;
    CHECK(set_up(&things, &problem) == OK);
    CHECK(may("officer", "case.accept") && may("window", "case.accept"));
    CHECK(!may("leader", "case.accept") && !may("resident", "case.accept"));
    CHECK(!may("anyone", "case.accept") && !may("", "case.accept"));
    CHECK(may("leader", "case.decide") && !may("officer", "case.decide"));
    CHECK(may("", "board.see") && may("resident", "board.see"));
    CHECK(may("resident", "mail.read") && !may("anyone", "mail.read"));
    CHECK(may("mayor", "desk.see") && !may("resident", "desk.see"));
    CHECK(may("anyone", "anyone") && !may("anyone", "person"));
    CHECK(may("resident", "person") && !may("resident", "staff"));
}

static void what_nobody_declared_is_nobodys(void)
{
    str problem;
    CHECK(set_up(&things, &problem) == OK);
    CHECK(!may("system_admin", "case.destroy"));
    CHECK(!may("no such role", "mail.read"));
    CHECK(!may("officer ", "case.accept"));
}

static void every_declared_permission_can_be_listed(void)
{
    str problem;
    size_t n = 0;
    CHECK(set_up(&things, &problem) == OK);
    while (auth_permission_at(n))
        n++;
    CHECK(n == 5);
    CHECK(auth_permission_at(0) == &some[0]);
}

static void a_wrong_table_stops_the_start(void)
{
    static const struct permission bad_role[] = {
        { "case.accept", "officer king", "受理" }, { 0 } };
    static const struct permission twice[] = {
        { "a", "officer", "" }, { "a", "leader", "" }, { 0 } };
    static const struct module m1 = { .name = "m", .permissions = bad_role };
    static const struct module m2 = { .name = "m", .routes = routes };
    static const struct module m3 = { .name = "m", .permissions = twice };
    str problem = STR("");
    CHECK(set_up(&m1, &problem) == ERR_INPUT);
    CHECK(str_find(problem, STR("king")) >= 0);
    CHECK(set_up(&m2, &problem) == ERR_INPUT);
    CHECK(str_find(problem, STR("case.accept")) >= 0);
    CHECK(set_up(&m3, &problem) == ERR_INPUT);
}

static void officers_see_their_own_organisation_only(void)
{
    struct who officer = { .account = 1, .unit = STR("D022"),
                           .role = STR("officer") };
    struct who supervisor = { .account = 2, .unit = STR("D030"),
                              .role = STR("supervisor") };
    struct who nobody = { .unit = STR("D022"), .role = STR("officer") };
    CHECK(auth_in_scope(&officer, STR("D022")));
    CHECK(!auth_in_scope(&officer, STR("D021")));
    CHECK(!auth_in_scope(&officer, STR("")));
    CHECK(auth_in_scope(&supervisor, STR("D022")));
    CHECK(!auth_in_scope(&nobody, STR("D022")));
}

static void every_role_has_a_name_people_read(void)
{
    for (size_t i = 0; auth_roles[i].name; i++)
        CHECK(auth_role_label(str_of(auth_roles[i].name)).n > 0);
    CHECK_STR(auth_role_label(STR("leader")), "负责人");
    CHECK_STR(auth_role_label(STR("king")), "");
}

int main(void)
{
    RUN(a_permission_belongs_to_the_roles_it_names);
    RUN(what_nobody_declared_is_nobodys);
    RUN(every_declared_permission_can_be_listed);
    RUN(a_wrong_table_stops_the_start);
    RUN(officers_see_their_own_organisation_only);
    RUN(every_role_has_a_name_people_read);
    arena_free(&memory);
    return test_result();
}
