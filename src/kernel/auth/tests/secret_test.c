/* Tokens, passwords, one-time codes, and the small rules of signing in. */
#include "kernel/auth/session.h"
#include "kernel/test/test.h"

#include <pthread.h>

static struct arena memory;

static void a_token_is_new_and_well_formed_each_time(void)
{
    str one = auth_token_new(&memory), two = auth_token_new(&memory);
    CHECK(auth_token_ok(one) && auth_token_ok(two) && !str_eq(one, two));
    CHECK(!auth_token_ok(STR("")));
    CHECK(!auth_token_ok(str_slice(one, 1, one.n)));
    CHECK(!auth_token_ok(STR("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF'")));
    CHECK(!auth_token_ok(str_none));
}

static void only_the_digest_of_a_token_is_kept(void)
{
    CHECK_STR(auth_token_digest(&memory, STR("abc")), /* FIPS 180-2 */
              "ba7816bf8f01cfea414140de5dae2223"
              "b00361a396177a9cb410ff61f20015ad");
}

static void a_form_token_fits_its_session_only(void)
{
    str mine = auth_token_new(&memory), other = auth_token_new(&memory);
    str form = auth_csrf(&memory, mine);
    CHECK(auth_csrf_ok(mine, form));
    CHECK(!auth_csrf_ok(other, form));
    CHECK(!auth_csrf_ok(mine, mine));
    CHECK(!auth_csrf_ok(mine, STR("")));
    CHECK(!auth_csrf_ok(mine, str_none));
    CHECK(auth_csrf_ok(STR(""), auth_csrf(&memory, STR(""))));
}

static void a_password_fits_its_hash_only(void)
{
    str hash = auth_hash_password(&memory, STR("云溪-Yunxi-2026"));
    CHECK(str_starts(hash, STR("$argon2id$")));
    CHECK(auth_check_password(STR("云溪-Yunxi-2026"), hash));
    CHECK(!auth_check_password(STR("云溪-Yunxi-2025"), hash));
    CHECK(!auth_check_password(STR(""), hash));
    CHECK(!auth_check_password(STR("x"), STR("")));
    CHECK(!auth_check_password(STR("x"), STR("no hash at all")));
    CHECK(!auth_check_password(STR("x"), auth_dummy_hash()));
    CHECK(str_starts(auth_dummy_hash(), STR("$argon2id$")));
}

static void *hash_once(void *ok)
{
    struct arena a = { 0 };
    *(bool *)ok = auth_hash_password(&a, STR("one of many")).n > 0;
    arena_free(&a);
    return NULL;
}

static void many_passwords_at_once_wait_for_one_another(void)
{
    enum { N = 6 };
    pthread_t thread[N];
    bool ok[N] = { false };
    auth_password_limit(1);
    for (int i = 0; i < N; i++)
        CHECK(pthread_create(&thread[i], NULL, hash_once, &ok[i]) == 0);
    for (int i = 0; i < N; i++) {
        pthread_join(thread[i], NULL);
        CHECK(ok[i]);
    }
    auth_password_limit(2);
}

static void codes_are_those_of_rfc_6238(void)
{
    str secret = STR("12345678901234567890");
    CHECK(auth_totp(secret, 59 / 30) == 287082);
    CHECK(auth_totp(secret, 1111111109 / 30) == 81804);
    CHECK(auth_totp(secret, 1234567890 / 30) == 5924);
    CHECK(auth_totp(secret, 2000000000 / 30) == 279037);
    CHECK(auth_totp(secret, 20000000000 / 30) == 353130);
}

static void a_code_works_once_and_for_a_minute_and_a_half(void)
{
    str secret = STR("12345678901234567890");
    inst now = { 1234567890000 };
    int64_t step = now.ms / 30000;
    CHECK(auth_totp_match(secret, STR("005924"), now, 0) == step);
    CHECK(auth_totp_match(secret, STR("005924"), now, step) == -1);
    CHECK(auth_totp_match(secret, STR("5924"), now, 0) == -1);
    CHECK(auth_totp_match(secret, STR("-05924"), now, 0) == -1);
    now.ms += 30000;
    CHECK(auth_totp_match(secret, STR("005924"), now, 0) == step);
    now.ms += 30000;
    CHECK(auth_totp_match(secret, STR("005924"), now, 0) == -1);
    CHECK(auth_totp_match(STR(""), STR("005924"), now, 0) == -1);
}

static void base32_is_that_of_rfc_4648(void)
{
    CHECK_STR(auth_base32_write(&memory, STR("foobar")), "MZXW6YTBOI");
    CHECK_STR(auth_base32_write(&memory, STR("fo")), "MZXQ");
    CHECK_STR(auth_base32_read(&memory, STR("MZXW6YTBOI")), "foobar");
    CHECK_STR(auth_base32_read(&memory, STR("MZXQ")), "fo");
    CHECK(str_is_none(auth_base32_read(&memory, STR("mzxq"))));
    CHECK(str_is_none(auth_base32_read(&memory, STR("MZ=="))));
}

static void after_a_login_one_stays_on_this_site(void)
{
    CHECK_STR(auth_local_path(STR("/cases?page=2"), "/x"), "/cases?page=2");
    CHECK_STR(auth_local_path(STR("//evil.example"), "/x"), "/x");
    CHECK_STR(auth_local_path(STR("/\\evil.example"), "/x"), "/x");
    CHECK_STR(auth_local_path(STR("https://evil.example"), "/x"), "/x");
    CHECK_STR(auth_local_path(STR("/a\r\nSet-Cookie: b"), "/x"), "/x");
    CHECK_STR(auth_local_path(STR(""), "/x"), "/x");
    CHECK_STR(auth_local_path(str_none, "/x"), "/x");
}

static void a_weak_password_is_told_why(void)
{
    str none = STR("");
    CHECK(auth_password_weak(STR("Ab1-xyz"), none, none) != NULL);
    CHECK(auth_password_weak(STR("12345678"), none, none) != NULL);
    CHECK(auth_password_weak(STR("zhou1234"), STR("zhou"), none) != NULL);
    CHECK(auth_password_weak(STR("a13800000001"), none,
                             STR("13800000001")) != NULL);
    CHECK(auth_password_weak(STR("yunxi2026"), STR("zhou"), none) == NULL);
    CHECK(auth_password_weak(STR("云溪市政务服务中心1"), none, none) == NULL);
}

static void an_unknown_name_pauses_like_a_known_one(void)
{
    inst now = { 1795363200000 };
    for (int i = 0; i < AUTH_TRIES; i++) {
        CHECK(inst_is_none(auth_throttle_until(STR("login x"), now)));
        auth_throttle_failed(STR("login x"), AUTH_TRIES, now);
    }
    inst until = auth_throttle_until(STR("login x"), now);
    CHECK(until.ms == now.ms + AUTH_PAUSE_SECONDS * 1000LL);
    CHECK(inst_is_none(auth_throttle_until(STR("login y"), now)));
    CHECK(inst_is_none(auth_throttle_until(STR("login x"), until)));
    auth_throttle_clear();
}

static void failures_far_apart_do_not_add_up(void)
{
    inst now = { 1795363200000 };
    for (int i = 0; i < 3 * AUTH_TRIES; i++) {
        auth_throttle_failed(STR("login z"), AUTH_TRIES, now);
        CHECK(inst_is_none(auth_throttle_until(STR("login z"), now)));
        now.ms += AUTH_PAUSE_SECONDS * 1000LL + 1;
    }
    auth_throttle_clear();
}

int main(void)
{
    RUN(a_token_is_new_and_well_formed_each_time);
    RUN(only_the_digest_of_a_token_is_kept);
    RUN(a_form_token_fits_its_session_only);
    RUN(a_password_fits_its_hash_only);
    RUN(many_passwords_at_once_wait_for_one_another);
    RUN(codes_are_those_of_rfc_6238);
    RUN(a_code_works_once_and_for_a_minute_and_a_half);
    RUN(base32_is_that_of_rfc_4648);
    RUN(after_a_login_one_stays_on_this_site);
    RUN(a_weak_password_is_told_why);
    RUN(an_unknown_name_pauses_like_a_known_one);
    RUN(failures_far_apart_do_not_add_up);
    arena_free(&memory);
    return test_result();
}
