/* Accounts, posts and sessions, on either database. */
#include "kernel/auth/cache.h"
#include "kernel/auth/session.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

/* A small city: one department, one township, two officers, one resident. */
struct city {
    struct test_store t;
    int64_t wang, zhou;
    str token;         /* of the session at hand */
    const struct who *who;
    int queries;
    int64_t post;
    str role;
};

static enum err build(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_unit units[] = {
        { .code = STR("D022"), .name = STR("市场监督管理局"),
          .kind = STR("department"), .hall = true, .position = 22 },
        { .code = STR("T01"), .name = STR("西津街道"),
          .kind = STR("township"), .position = 1 },
    };
    struct auth_account wang = { .login = STR("officer.wang"),
                                 .name = STR("王芳"), .kind = STR("staff"),
                                 .password = STR("$x") };
    struct auth_account zhou = { .login = STR("13800000001"),
                                 .name = STR("周文远"),
                                 .kind = STR("resident"),
                                 .mobile = STR("13800000001"),
                                 .password = STR("$x") };
    enum err e = OK;
    for (size_t i = 0; i < 2 && e == OK; i++)
        e = auth_add_unit(tx, &units[i]);
    if (e == OK)
        e = auth_add_account(tx, &wang, &c->wang);
    if (e == OK)
        e = auth_add_account(tx, &zhou, &c->zhou);
    struct auth_post posts[] = {
        { c->wang, STR("T01"), STR("window"), STR("窗口"), STR("1"),
          day_of(2026, 1, 1), false },
        { c->wang, STR("D022"), STR("officer"), STR("科员"), STR("2"),
          day_of(2026, 1, 1), true },
        { c->wang, STR("D022"), STR("leader"), STR("科长"), STR("3"),
          day_of(2027, 1, 1), false }, /* not yet */
    };
    for (size_t i = 0; i < 3 && e == OK; i++)
        e = auth_add_post(tx, &posts[i], NULL);
    return e;
}

static enum err open_wang(struct tx *tx, void *context)
{
    struct city *c = context;
    c->token = auth_token_new(tx->arena);
    return auth_session_open(tx, c->wang, STR("staff"), false,
                             auth_token_digest(tx->arena, c->token), &c->role);
}

static enum err open_zhou(struct tx *tx, void *context)
{
    struct city *c = context;
    c->token = auth_token_new(tx->arena);
    return auth_session_open(tx, c->zhou, STR("resident"), false,
                             auth_token_digest(tx->arena, c->token), &c->role);
}

static enum err open_at_terminal(struct tx *tx, void *context)
{
    struct city *c = context;
    c->token = auth_token_new(tx->arena);
    return auth_session_open(tx, c->zhou, STR("resident"), true,
                             auth_token_digest(tx->arena, c->token), &c->role);
}

static enum err look(struct tx *tx, void *context)
{
    struct city *c = context;
    enum err e = auth_recognise(tx, c->token, &c->who);
    c->queries = tx->queries;
    return e;
}

static enum err close_it(struct tx *tx, void *context)
{
    struct city *c = context;
    return auth_session_close(tx, c->token);
}

static bool city_open(struct city *c, enum test_database which)
{
    *c = (struct city){ 0 };
    if (!test_store_open(&c->t, which))
        return false;
    auth_cache_clear();
    CHECK(test_store_run(&c->t, build, c) == OK);
    return true;
}

static enum err nothing(struct tx *tx, void *context)
{
    (void)tx, (void)context;
    return OK;
}

/* Time passes; what was queued behind a request is durable by then. */
static void later(struct city *c, int seconds)
{
    CHECK(test_store_run(&c->t, nothing, NULL) == OK);
    c->t.now.ms += seconds * 1000LL;
}

static void a_token_is_its_person_at_the_main_desk(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    CHECK_STR(c.role, "officer");
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK(c.who->account == c.wang);
    CHECK_STR(c.who->name, "王芳");
    CHECK_STR(c.who->unit, "D022");
    CHECK_STR(c.who->role, "officer");
    CHECK_STR(c.who->via, "web");
    CHECK(test_store_run(&c.t, open_zhou, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK_STR(c.who->name, "周*远");
    CHECK_STR(c.who->role, "resident");
    CHECK_STR(c.who->unit, "");
    test_store_close(&c.t);
}

static void a_hot_session_costs_no_query(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.queries == 1);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.queries == 0);
    later(&c, 30);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.queries == 0);
    CHECK(c.who->account == c.wang);
    later(&c, 40); /* older than a minute: read afresh */
    CHECK(test_store_look(&c.t, look, &c) == OK && c.queries == 1);
    test_store_close(&c.t);
}

static void a_wrong_token_is_nobody_and_no_query(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    c.token = STR("' OR 1=1 --");
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK(c.who->account == 0 && c.queries == 0);
    CHECK_STR(c.who->role, "anyone");
    c.token = auth_token_new(&c.t.arena);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    test_store_close(&c.t);
}

static void log_out_is_at_once(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.wang);
    CHECK(test_store_run(&c.t, close_it, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    CHECK(test_store_run(&c.t, close_it, &c) == OK); /* again: no error */
    test_store_close(&c.t);
}

/* Minutes at a terminal, where hours are right at home; hot or read afresh. */
static void a_sitting_at_a_terminal_is_short(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_at_terminal, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.zhou);
    CHECK_STR(c.who->via, "kiosk");
    for (int i = 0; i < 14; i++) {
        later(&c, 240);
        CHECK(test_store_look(&c.t, look, &c) == OK);
        CHECK(c.who->account == c.zhou);
    }
    later(&c, 240); /* an hour in all */
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    CHECK(test_store_run(&c.t, open_at_terminal, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.zhou);
    later(&c, 300);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    CHECK(test_store_run(&c.t, open_zhou, &c) == OK);
    later(&c, 3600);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.zhou);
    CHECK_STR(c.who->via, "web");
    test_store_close(&c.t);
}

static enum err read_then_close_then_keep(struct tx *tx, void *context)
{
    struct city *c = context;
    enum err e = auth_recognise(tx, c->token, &c->who);
    /* While this snapshot is open the session ends elsewhere ... */
    auth_cache_revoke(auth_token_digest(tx->arena, c->token), tx->now);
    /* ... and a reader with the old snapshot must not keep it alive. */
    if (e == OK)
        e = auth_recognise(tx, c->token, &c->who);
    c->queries = tx->queries;
    return e;
}

static void an_old_snapshot_cannot_bring_a_session_back(
    enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    CHECK(test_store_look(&c.t, read_then_close_then_keep, &c) == OK);
    CHECK(c.queries == 2);
    CHECK(test_store_run(&c.t, close_it, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK(c.who->account == 0 && c.queries == 1);
    test_store_close(&c.t);
}

static void a_session_ends_when_nobody_uses_it(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    for (int i = 0; i < 4; i++) { /* used every 20 minutes: stays */
        later(&c, 20 * 60);
        CHECK(test_store_look(&c.t, look, &c) == OK);
        CHECK(c.who->account == c.wang);
    }
    later(&c, 31 * 60);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    CHECK(test_store_run(&c.t, open_zhou, &c) == OK);
    later(&c, 11 * 3600); /* residents: twelve hours */
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.zhou);
    test_store_close(&c.t);
}

static void no_session_outlives_its_longest_time(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    bool alive = true;
    int minutes = 0;
    for (; alive && minutes < 24 * 60; minutes += 15) {
        later(&c, 15 * 60);
        CHECK(test_store_look(&c.t, look, &c) == OK);
        alive = c.who->account != 0;
    }
    CHECK(minutes == 12 * 60);
    test_store_close(&c.t);
}

static enum err move(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_posts_of *posts;
    size_t n;
    enum err e = auth_posts_today(tx, c->wang, &posts, &n);
    CHECK(e == OK && n == 2); /* the third begins next year */
    return e == OK ? auth_session_move(tx, c->token, posts[1].id,
                                       posts[1].role) : e;
}

static void one_sits_down_at_another_desk(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK(test_store_run(&c.t, move, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK);
    CHECK_STR(c.who->unit, "T01");
    CHECK_STR(c.who->role, "window");
    CHECK_STR(c.who->via, "window");
    test_store_close(&c.t);
}

static enum err close_others(struct tx *tx, void *context)
{
    struct city *c = context;
    return auth_session_close_others(tx, c->wang, c->token);
}

static void other_devices_can_be_signed_out(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    str first = c.token;
    CHECK(test_store_run(&c.t, open_wang, &c) == OK);
    str second = c.token;
    c.token = first;
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.wang);
    c.token = second;
    CHECK(test_store_run(&c.t, close_others, &c) == OK);
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == c.wang);
    c.token = first;
    CHECK(test_store_look(&c.t, look, &c) == OK && c.who->account == 0);
    test_store_close(&c.t);
}

static enum err same_mobile(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_account again = { .login = STR("zhou2"),
                                  .name = STR("周二"),
                                  .kind = STR("resident"),
                                  .mobile = STR("13800000001"),
                                  .password = STR("$x") };
    return auth_add_account(tx, &again, &c->post);
}

static enum err officer_with_that_mobile(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_account other = { .login = STR("officer.zhou"),
                                  .name = STR("周文远"),
                                  .kind = STR("staff"),
                                  .mobile = STR("13800000001"),
                                  .password = STR("$x") };
    return auth_add_account(tx, &other, &c->post);
}

static void a_mobile_belongs_to_one_account_of_a_kind(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, same_mobile, &c) == ERR_CONFLICT);
    CHECK(test_store_run(&c.t, officer_with_that_mobile, &c) == OK);
    test_store_close(&c.t);
}

static enum err two_admin_roles(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_post p = { c->wang, STR("D022"), STR("system_admin"),
                           STR("管理员"), str_none, day_of(2026, 1, 1), false };
    enum err e = auth_add_post(tx, &p, NULL);
    if (e != OK)
        return e;
    p.role = STR("audit_admin");
    CHECK(auth_add_post(tx, &p, NULL) == ERR_CONFLICT);
    p.role = STR("king");
    CHECK(auth_add_post(tx, &p, NULL) == ERR_RANGE);
    p.role = STR("resident");
    CHECK(auth_add_post(tx, &p, NULL) == ERR_RANGE);
    return OK;
}

static void the_three_administrators_are_three_people(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_run(&c.t, two_admin_roles, &c) == OK);
    test_store_close(&c.t);
}

static enum err read_back(struct tx *tx, void *context)
{
    struct city *c = context;
    struct auth_person p;
    struct auth_unit u;
    CHECK(auth_person(tx, c->zhou, &p) == OK);
    CHECK_STR(p.name, "周文远");
    CHECK(str_is_none(p.citizen_id));
    CHECK(auth_person(tx, 1, &p) == ERR_NOTFOUND);
    CHECK(auth_unit(tx, STR("D022"), &u) == OK);
    CHECK_STR(u.short_name, "市场监督管理局");
    CHECK(u.hall && str_is_none(u.phone));
    CHECK(auth_unit(tx, STR("D999"), &u) == ERR_NOTFOUND);
    return OK;
}

static void what_was_added_can_be_read(enum test_database which)
{
    struct city c;
    if (!city_open(&c, which))
        return;
    CHECK(test_store_look(&c.t, read_back, &c) == OK);
    test_store_close(&c.t);
}

int main(void)
{
    static void (*const tests[])(enum test_database) = {
        a_token_is_its_person_at_the_main_desk,
        a_hot_session_costs_no_query,
        a_wrong_token_is_nobody_and_no_query,
        log_out_is_at_once,
        a_sitting_at_a_terminal_is_short,
        an_old_snapshot_cannot_bring_a_session_back,
        a_session_ends_when_nobody_uses_it,
        no_session_outlives_its_longest_time,
        one_sits_down_at_another_desk,
        other_devices_can_be_signed_out,
        a_mobile_belongs_to_one_account_of_a_kind,
        the_three_administrators_are_three_people,
        what_was_added_can_be_read,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}
