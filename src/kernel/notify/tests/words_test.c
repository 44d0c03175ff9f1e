/* What a copy outside says and when it may go: nothing of a person, and not at
 * night. */
#include "kernel/notify/copy.h"
#include "kernel/test/test.h"

static struct arena a;

static inst at(int hour, int minute)
{
    return (inst){ day_begin(day_of(2026, 11, 20)).ms +
                   (hour * 60LL + minute) * 60000 };
}

static void nothing_is_sent_at_night(void)
{
    CHECK(notify_not_before(at(8, 0), true).ms == at(8, 0).ms);
    CHECK(notify_not_before(at(21, 59), true).ms == at(21, 59).ms);
    CHECK(notify_not_before(at(7, 59), true).ms == at(8, 0).ms);
    CHECK(notify_not_before(at(0, 0), true).ms == at(8, 0).ms);
    CHECK(notify_not_before(at(22, 0), true).ms == at(32, 0).ms);
    CHECK(notify_not_before(at(23, 59), true).ms == at(32, 0).ms);
    CHECK(notify_not_before(at(23, 0), false).ms == at(23, 0).ms);
}

static void a_number_that_could_be_a_persons_is_not_told(void)
{
    CHECK_STR(notify_open_ref(STR("YX20261122000001-1")),
              "YX20261122000001-1");
    CHECK_STR(notify_open_ref(STR("34188119040517000X")), "");
    CHECK_STR(notify_open_ref(STR("341881190405170008")), "");
    CHECK_STR(notify_open_ref(STR("341881040517000")), "");
    CHECK_STR(notify_open_ref(STR("13800002716")), "");
    CHECK_STR(notify_open_ref(STR("周文远")), "");
    CHECK_STR(notify_open_ref(STR("云食许〔2026〕77号")), "");
    CHECK_STR(notify_open_ref(STR("中津路 112 号")), "");
    CHECK_STR(notify_open_ref(STR("A B")), "");
    CHECK_STR(notify_open_ref(STR("")), "");
}

static void a_copy_says_only_which_matter_and_where(void)
{
    CHECK_STR(notify_line(&a, STR("云溪市"), STR("case"),
                          STR("YX20261122000001"), STR("https://x.gov.cn")),
              "【云溪市政务服务】办件 YX20261122000001 有新的进展，请登录 "
              "https://x.gov.cn 查看信箱。");
    CHECK_STR(notify_line(&a, STR("云溪市"), STR("licence"), STR("周文远"),
                          STR("https://x.gov.cn")),
              "【云溪市政务服务】您有一封新的来信，请登录 https://x.gov.cn "
              "查看信箱。");
}

static void a_mail_is_one_a_server_takes(void)
{
    str m = notify_mail(&a, STR("no-reply@x.gov.cn"), STR("z@example.cn"),
                        STR("通知"), STR("通知"), STR("ABC"), at(10, 24));
    CHECK(str_find(m, STR("Subject: =?UTF-8?B?6YCa55+l?=\r\n")) > 0);
    CHECK(str_find(m, STR("Date: Fri, 20 Nov 2026 10:24:00 +0800\r\n")) > 0);
    CHECK(str_find(m, STR("Message-ID: <ABC@x.gov.cn>\r\n")) > 0);
    CHECK(str_ends(m, STR("\r\n\r\n6YCa55+l\r\n")));
}

static void an_address_cannot_smuggle_a_line(void)
{
    CHECK(notify_address_ok(STR("zhou@example.cn")));
    CHECK(!notify_address_ok(STR("zhou@example.cn\r\nBcc: x@y.cn")));
    CHECK(!notify_address_ok(STR("zhou@example")));
    CHECK(!notify_address_ok(STR("@example.cn")));
    CHECK(!notify_address_ok(STR("a@b@example.cn")));
    CHECK(!notify_address_ok(STR("a <a@example.cn>")));
    CHECK(!notify_address_ok(STR("周@example.cn")));
    CHECK(!notify_address_ok(STR("")));
    CHECK_STR(notify_mask_address(&a, STR("zhou@example.cn")),
              "z***@example.cn");
    CHECK_STR(notify_mask_address(&a, STR("z@example.cn")), "***@example.cn");
}

static void a_code_is_of_its_nonce_and_number_alone(void)
{
    str k = STR("key"), m = STR("13800000001");
    str code = notify_proof_code(&a, k, STR("N1"), m);
    CHECK(code.n == PROOF_DIGITS);
    CHECK(str_eq(code, notify_proof_code(&a, k, STR("N1"), m)));
    CHECK(!str_eq(code, notify_proof_code(&a, k, STR("N2"), m)));
    CHECK(!str_eq(code, notify_proof_code(&a, STR("kez"), STR("N1"), m)));
    CHECK(!str_eq(code, notify_proof_code(&a, k, STR("N1"),
                                          STR("13800000002"))));
    CHECK_STR(notify_proof_code(&a, STR(""), STR("N1"), m), "");
    CHECK(notify_proof_same(code, code));
    CHECK(!notify_proof_same(code, STR("")));
    CHECK(!notify_proof_same(STR(""), STR("")));
    CHECK(!notify_proof_same(STR("123456"), STR("123457")));
    CHECK(!notify_proof_same(STR("123456"), STR("1234567")));
}

static void codes_are_asked_for_a_minute_apart_and_five_an_hour(void)
{
    inst now = at(10, 0), soon = { now.ms - 20000 };
    struct proof_rate r = { 0, 0, 0, inst_none };
    CHECK(notify_proof_wait(&r, now) == 0);
    r.latest = soon;
    CHECK(notify_proof_wait(&r, now) == 40);
    r.latest.ms = now.ms - 60000;
    CHECK(notify_proof_wait(&r, now) == 0);
    r.by_account = 5;
    CHECK(notify_proof_wait(&r, now) == 3600);
    r = (struct proof_rate){ 0, 5, 0, inst_none };
    CHECK(notify_proof_wait(&r, now) == 3600);
    r = (struct proof_rate){ 4, 4, 19, inst_none };
    CHECK(notify_proof_wait(&r, now) == 0);
    r.by_client = 20;
    CHECK(notify_proof_wait(&r, now) == 3600);
}

int main(void)
{
    RUN(a_code_is_of_its_nonce_and_number_alone);
    RUN(codes_are_asked_for_a_minute_apart_and_five_an_hour);
    RUN(nothing_is_sent_at_night);
    RUN(a_number_that_could_be_a_persons_is_not_told);
    RUN(a_copy_says_only_which_matter_and_where);
    RUN(a_mail_is_one_a_server_takes);
    RUN(an_address_cannot_smuggle_a_line);
    arena_free(&a);
    return test_result();
}
