/* Signing in as people and programs do it: over the socket, with the pages. */
#include "kernel/audit/audit.h"
#include "kernel/auth/cache.h"
#include "kernel/auth/session.h"
#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
#include "kernel/http/tests/client.h"
#include "kernel/job/inside.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#define PASSWORD "yunxi-2026"

static const struct module *const the_modules[] = {
    &auth_module, &notify_module, &files_module, &job_module, NULL,
};

static struct {
    struct test_store t;
    struct http *http;
    int port;
    int64_t wang, zhou, admin;
    str hash, upload; /* upload: id of the one that was finished */
    char papers[32];
} site;

static enum err add_people(struct tx *tx, void *context)
{
    (void)context;
    struct auth_unit units[] = {
        { .code = STR("D022"), .name = STR("市场监督管理局"),
          .kind = STR("department") },
        { .code = STR("T01"), .name = STR("西津街道"),
          .kind = STR("township") },
    };
    struct auth_account wang = { .login = STR("officer.wang"),
                                 .name = STR("王芳"), .kind = STR("staff"),
                                 .password = site.hash };
    struct auth_account zhou = { .login = STR("resident.zhou"),
                                 .name = STR("周文远"),
                                 .kind = STR("resident"),
                                 .mobile = STR("13800000001"),
                                 .citizen_id = STR("340104199001010017"),
                                 .password = site.hash };
    struct auth_account admin = { .login = STR("sysadmin"),
                                  .name = STR("赵管理"), .kind = STR("staff"),
                                  .password = site.hash };
    enum err e = auth_add_unit(tx, &units[0]);
    if (e == OK)
        e = auth_add_unit(tx, &units[1]);
    if (e == OK)
        e = auth_add_account(tx, &admin, &site.admin);
    if (e == OK)
        e = auth_add_account(tx, &wang, &site.wang);
    if (e == OK)
        e = auth_add_account(tx, &zhou, &site.zhou);
    struct auth_post posts[] = {
        { site.wang, STR("D022"), STR("officer"), STR("科员"), STR("1"),
          day_of(2020, 1, 1), true },
        { site.wang, STR("T01"), STR("window"), STR("窗口"), STR("2"),
          day_of(2020, 1, 1), false },
        { site.admin, STR("D022"), STR("system_admin"), STR("管理员"),
          STR("3"), day_of(2020, 1, 1), true },
    };
    for (int i = 0; i < 3 && e == OK; i++)
        e = auth_add_post(tx, &posts[i], NULL);
    return e;
}

/* False when there is no such database to test on. */
static bool site_open(enum test_database which)
{
    static const char quiet[] = "log_file = /dev/null\n";
    struct http_options o = { .listen = "127.0.0.1:0", .threads = 2,
                              .workers = 2 };
    str problem = str_none;
    if (!test_store_open(&site.t, which))
        return false;
    memcpy(site.papers, "/tmp/zt-login-XXXXXX", 21);
    site.t.now = inst_now();
    site.hash = auth_hash_password(&site.t.arena, STR(PASSWORD));
    auth_cache_clear();
    auth_throttle_clear();
    if (mkdtemp(site.papers) == NULL ||
        test_store_run(&site.t, add_people, NULL) != OK ||
        conf_read(str_of(quiet), "test", &site.t.arena, &problem) != OK ||
        files_open(site.papers, &problem) != OK ||
        http_open(&o, site.t.store, the_modules, &site.t.arena, &site.http,
                  &problem) != OK) {
        fprintf(stderr, "cannot open: %.*s\n", STR_ARG(problem));
        exit(1);
    }
    site.port = http_port(site.http);
    return true;
}

static void site_close(void)
{
    http_close(site.http);
    const char *clean = arena_printf(&site.t.arena, "rm -rf %s",
                                     site.papers).p;
    CHECK(system(clean) == 0);
    test_store_close(&site.t);
}

/* ---- asking ---- */

static struct reply ask(const char *method, const char *path,
                        const char *heads, const char *type, str body)
{
    struct buf b = { 0 };
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s",
               method, path, heads);
    if (type)
        buf_printf(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n", type,
                   body.n);
    buf_put(&b, STR("\r\n"));
    if (type)
        buf_put(&b, body);
    struct reply r = client_ask(site.port, buf_str(&b));
    buf_free(&b);
    return r;
}

#define JSON_HEAD "Accept: application/json\r\n"

static struct reply post_json(const char *path, const char *heads,
                              const char *body)
{
    struct buf b = { 0 };
    buf_printf(&b, JSON_HEAD "%s", heads);
    buf_byte(&b, 0);
    struct reply r = ask("POST", path, b.p, "application/json",
                          str_of(body));
    buf_free(&b);
    return r;
}

static struct reply post_form(const char *path, const char *heads,
                              const char *body)
{
    return ask("POST", path, heads, "application/x-www-form-urlencoded",
                str_of(body));
}

static struct reply get(const char *path, const char *heads)
{
    return ask("GET", path, heads, NULL, STR(""));
}

#define CHECK_STATUS(r, want) \
    do { \
        if ((r).status != (want)) { \
            test_bad++; \
            fprintf(stderr, "%s:%d: %s: status %d, want %d\n%.*s\n", \
                    __FILE__, __LINE__, __func__, (r).status, (want), \
                    (int)((r).raw.n < 900 ? (r).raw.n : 900), \
                    (r).raw.p ? (r).raw.p : ""); \
        } \
    } while (0)

/* A text member of a JSON answer, in the test's arena. */
static str member(const struct reply *r, const char *name)
{
    struct value *v = NULL;
    str problem;
    if (value_read_json(&site.t.arena, arena_str(&site.t.arena, r->body), &v,
                        &problem) != OK)
        return str_none;
    return value_get_text(v, str_of(name));
}

/* Signs in; the head "Authorization: Bearer …", or "" when refused. */
static const char *sign_in(const char *login, const char *password)
{
    str body = arena_printf(&site.t.arena,
                            "{\"login\":\"%s\",\"password\":\"%s\"}", login,
                            password);
    struct reply r = post_json("/login", "", body.p);
    str token = member(&r, "token");
    reply_free(&r);
    if (str_is_none(token))
        return "";
    return arena_printf(&site.t.arena, "Authorization: Bearer %.*s\r\n",
                        STR_ARG(token)).p;
}

static const char *with_json(const char *head)
{
    return arena_printf(&site.t.arena, JSON_HEAD "%s", head).p;
}

/* ---- the sentences ---- */

static void a_program_signs_in_with_json(void)
{
    struct reply r = post_json("/login", "",
        "{\"login\":\"officer.wang\",\"password\":\"" PASSWORD "\"}");
    CHECK(r.status == 200 || r.status == 201);
    CHECK_STR(member(&r, "name"), "王芳");
    CHECK_STR(member(&r, "role"), "officer");
    CHECK(auth_token_ok(member(&r, "token")));
    reply_free(&r);
    r = get("/account", with_json(sign_in("13800000001", PASSWORD)));
    CHECK_STATUS(r, 200);
    CHECK_STR(member(&r, "name"), "周文远");
    CHECK_STR(member(&r, "citizen_id"), "3401**********0017");
    CHECK_STR(member(&r, "mobile"), "138****0001");
    reply_free(&r);
}

static void a_person_signs_in_with_a_form_and_goes_on(void)
{
    struct reply r = get("/login?next=/mail", "");
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "name=\"password\"") && reply_has(&r, "/mail"));
    CHECK(reply_has(&r, "/register?next=/mail"));
    reply_free(&r);
    r = post_form("/login", "",
                  "login=resident.zhou&password=" PASSWORD "&next=/mail");
    CHECK_STATUS(r, 303);
    CHECK_STR(reply_header(&r, "Location"), "/mail");
    str cookie = reply_header(&r, "Set-Cookie");
    CHECK(str_starts(cookie, STR(AUTH_COOKIE "=")));
    CHECK(str_find(cookie, STR("HttpOnly")) >= 0);
    str pair = str_cut(&cookie, ';');
    const char *head = arena_printf(&site.t.arena, "Cookie: %.*s\r\n",
                                    STR_ARG(pair)).p;
    reply_free(&r);
    r = get("/mail", head);
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "信箱里没有来信"));
    reply_free(&r);
    r = post_form("/logout", head, ""); /* without the form's token */
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = get("/mail", head);
    CHECK_STATUS(r, 200);
    reply_free(&r);
}

static void nobody_is_sent_to_another_site(void)
{
    struct reply r = post_form("/login", "", "login=resident.zhou&password="
                               PASSWORD "&next=//evil.example/");
    CHECK_STATUS(r, 303);
    CHECK_STR(reply_header(&r, "Location"), "/account");
    reply_free(&r);
}

static void a_wrong_password_and_an_unknown_name_get_the_same_answer(void)
{
    struct reply known = post_json("/login", "",
        "{\"login\":\"resident.zhou\",\"password\":\"wrong-one\"}");
    struct reply unknown = post_json("/login", "",
        "{\"login\":\"resident.who\",\"password\":\"wrong-one\"}");
    CHECK_STATUS(known, 422);
    CHECK_STATUS(unknown, 422);
    ptrdiff_t a = str_find(known.body, STR("\"request\""));
    ptrdiff_t b = str_find(unknown.body, STR("\"request\""));
    CHECK(a > 0 && str_eq(str_slice(known.body, 0, (size_t)a),
                          str_slice(unknown.body, 0, (size_t)b)));
    CHECK(reply_has(&known, "登录名或密码不正确"));
    reply_free(&known);
    reply_free(&unknown);
}

static void a_wrong_password_keeps_the_name_that_was_typed(void)
{
    struct reply r = post_form("/login", "",
                               "login=resident.zhou&password=no&next=/mail");
    CHECK_STATUS(r, 422);
    CHECK(reply_has(&r, "value=\"resident.zhou\""));
    CHECK(reply_has(&r, "value=\"/mail\""));
    CHECK(!reply_has(&r, "value=\"no\""));
    reply_free(&r);
}

static void five_wrong_passwords_pause_any_name(void)
{
    static const char *const names[] = { "resident.zhou", "resident.who" };
    for (int n = 0; n < 2; n++) {
        for (int i = 0; i < AUTH_TRIES; i++)
            CHECK_STR(str_of(sign_in(names[n], "wrong-one")), "");
        str body = arena_printf(&site.t.arena, "{\"login\":\"%s\","
                                "\"password\":\"" PASSWORD "\"}", names[n]);
        struct reply r = post_json("/login", "", body.p);
        CHECK_STATUS(r, 422);
        CHECK(reply_has(&r, "已暂停登录"));
        reply_free(&r);
    }
    CHECK(sign_in("officer.wang", PASSWORD)[0]); /* others go on */
}

static void a_right_password_clears_what_went_wrong(void)
{
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < AUTH_TRIES - 1; i++)
            CHECK_STR(str_of(sign_in("resident.zhou", "wrong-one")), "");
        CHECK(sign_in("resident.zhou", PASSWORD)[0]);
    }
}

static void out_is_out(void)
{
    const char *me = sign_in("officer.wang", PASSWORD);
    struct reply r = get("/account", with_json(me));
    CHECK_STATUS(r, 200);
    reply_free(&r);
    r = post_json("/logout", me, "{}");
    CHECK(r.status == 200 || r.status == 201 || r.status == 303);
    reply_free(&r);
    r = get("/account", with_json(me));
    CHECK_STATUS(r, 401);
    reply_free(&r);
}

static void a_resident_registers_and_is_signed_in(void)
{
    static const char who[] =
        "{\"name\":\"李四\",\"citizen_id\":\"340104199001010033\","
        "\"mobile\":\"138 0000 0002\",\"password\":\"" PASSWORD "\","
        "\"again\":\"" PASSWORD "\",\"agreed\":true}";
    struct reply r = post_json("/register", "", who);
    CHECK(r.status == 200 || r.status == 201);
    CHECK(auth_token_ok(member(&r, "token")));
    reply_free(&r);
    CHECK(sign_in("13800000002", PASSWORD)[0]);
    r = post_json("/register", "", who);
    CHECK_STATUS(r, 422);
    CHECK(reply_has(&r, "已经注册过"));
    reply_free(&r);
}

static void a_registration_is_complete_or_refused(void)
{
    static const struct {
        const char *body, *says;
    } bad[] = {
        { "{\"name\":\"李四\",\"citizen_id\":\"340104199001010033\","
          "\"mobile\":\"13800000003\",\"password\":\"12345678\","
          "\"again\":\"12345678\",\"agreed\":true}", "至少两种" },
        { "{\"name\":\"李四\",\"citizen_id\":\"340104199001010033\","
          "\"mobile\":\"13800000003\",\"password\":\"yunxi-2026\","
          "\"again\":\"yunxi-2027\",\"agreed\":true}", "不一样" },
        { "{\"name\":\"李四\",\"citizen_id\":\"340104199001010033\","
          "\"mobile\":\"13800000003\",\"password\":\"yunxi-2026\","
          "\"again\":\"yunxi-2026\"}", "个人信息处理规则" },
        { "{\"name\":\"李四\",\"citizen_id\":\"340104199001010031\","
          "\"mobile\":\"13800000003\",\"password\":\"yunxi-2026\","
          "\"again\":\"yunxi-2026\",\"agreed\":true}", "身份号码" },
        { "{\"name\":\"李四\",\"citizen_id\":\"340104199001010033\","
          "\"mobile\":\"1380000\",\"password\":\"yunxi-2026\","
          "\"again\":\"yunxi-2026\",\"agreed\":true}", "手机" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct reply r = post_json("/register", "", bad[i].body);
        CHECK(r.status == 400 || r.status == 422);
        CHECK(reply_has(&r, bad[i].says));
        reply_free(&r);
    }
    struct reply r = post_form("/register", "", "name=%E6%9D%8E%E5%9B%9B"
        "&citizen_id=340104199001010033&mobile=13800000003&password=12345678"
        "&again=12345678&agreed=1");
    CHECK_STATUS(r, 422);
    CHECK(reply_has(&r, "value=\"340104199001010033\""));
    CHECK(reply_has(&r, "李四") && !reply_has(&r, "12345678\""));
    reply_free(&r);
}

static void an_officer_changes_desks(void)
{
    const char *me = sign_in("officer.wang", PASSWORD);
    struct reply r = post_json("/account/post", me,
                               "{\"post\":\"T01/window\"}");
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = get("/account", with_json(me));
    CHECK_STR(member(&r, "role"), "窗口人员");
    CHECK_STR(member(&r, "unit_name"), "西津街道");
    reply_free(&r);
    r = post_json("/account/post", me, "{\"post\":\"D022/leader\"}");
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = post_json("/account/post", sign_in("resident.zhou", PASSWORD),
                  "{\"post\":\"D022/officer\"}");
    CHECK_STATUS(r, 403);
    reply_free(&r);
}

static void a_new_password_ends_the_other_sessions(void)
{
    const char *other = sign_in("officer.wang", PASSWORD);
    const char *me = sign_in("officer.wang", PASSWORD);
    struct reply r = get("/account", with_json(other));
    CHECK_STATUS(r, 200);
    reply_free(&r);
    r = post_json("/account/password", me, "{\"password\":\"wrong-one\","
                  "\"new_password\":\"other-2026\",\"again\":\"other-2026\"}");
    CHECK_STATUS(r, 422);
    reply_free(&r);
    r = post_json("/account/password", me, "{\"password\":\"" PASSWORD "\","
                  "\"new_password\":\"other-2026\",\"again\":\"other-2026\"}");
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = get("/account", with_json(other));
    CHECK_STATUS(r, 401);
    reply_free(&r);
    r = get("/account", with_json(me));
    CHECK_STATUS(r, 200);
    reply_free(&r);
    CHECK_STR(str_of(sign_in("officer.wang", PASSWORD)), "");
    CHECK(sign_in("officer.wang", "other-2026")[0]);
}

static void a_second_factor_is_asked_for_once_it_is_on(void)
{
    const char *me = sign_in("officer.wang", PASSWORD);
    struct reply r = get("/account/second", with_json(me));
    CHECK_STATUS(r, 200);
    str secret = auth_base32_read(&site.t.arena, member(&r, "secret"));
    CHECK(secret.n == 20);
    reply_free(&r);
    int64_t step = inst_now().ms / 30000;
    str body = arena_printf(&site.t.arena, "{\"code\":\"%06d\"}",
                            auth_totp(secret, step - 1));
    r = post_json("/account/second", me, body.p);
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = post_form("/login", "", "login=officer.wang&password=" PASSWORD);
    CHECK_STATUS(r, 422);
    CHECK(reply_has(&r, "id=\"f-code\""));
    reply_free(&r);
    body = arena_printf(&site.t.arena, "login=officer.wang&password=" PASSWORD
                        "&code=%06d", auth_totp(secret, step));
    r = post_form("/login", "", body.p);
    CHECK_STATUS(r, 303);
    reply_free(&r);
    r = post_form("/login", "", body.p); /* a code works once */
    CHECK_STATUS(r, 422);
    reply_free(&r);
    r = post_json("/account/second/off", me,
                  "{\"password\":\"" PASSWORD "\"}");
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    CHECK(sign_in("officer.wang", PASSWORD)[0]);
}

static struct reply send_piece(const char *me, str id, int offset, str piece)
{
    struct buf b = { 0 };
    buf_printf(&b, "--q\r\nContent-Disposition: form-data; name=\"offset\"\r\n"
               "\r\n%d\r\n--q\r\nContent-Disposition: form-data; "
               "name=\"chunk\"; filename=\"x\"\r\nContent-Type: "
               "application/octet-stream\r\n\r\n%.*s\r\n--q--\r\n", offset,
               STR_ARG(piece));
    str path = arena_printf(&site.t.arena, "/uploads/%.*s", STR_ARG(id));
    struct reply r = ask("POST", path.p, with_json(me),
                          "multipart/form-data; boundary=q", buf_str(&b));
    buf_free(&b);
    return r;
}

/* A module takes the finished upload by its id, for its owner only. */
static enum err take_upload(struct tx *tx, void *context)
{
    struct upload u;
    struct files_paper p;
    (void)context;
    enum err e = files_finished(tx, site.upload, &u);
    if (e == OK)
        e = files_mention(tx, &u, "services", STR("YX1"));
    if (e == OK)
        e = files_paper(tx, u.sha256, &p);
    if (e != OK)
        return e;
    CHECK_STR(u.name, "a.pdf");
    CHECK_STR(p.type, "application/pdf");
    return OK;
}

static void a_big_paper_comes_in_pieces(void)
{
    static const char whole[] = "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj"
                                "\ntrailer\n<</Root 1 0 R>>\n%%EOF\n";
    const char *me = sign_in("resident.zhou", PASSWORD);
    str body = arena_printf(&site.t.arena, "{\"name\":\"a.pdf\",\"size\":%zu}",
                            sizeof whole - 1);
    struct reply r = post_json("/uploads", me, body.p);
    CHECK(r.status == 200 || r.status == 201);
    str id = member(&r, "id");
    CHECK(id.n == 32);
    reply_free(&r);
    str all = str_of(whole);
    r = send_piece(me, id, 0, str_slice(all, 0, 20));
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = send_piece(me, id, 0, str_slice(all, 0, 20)); /* the answer was lost */
    CHECK_STATUS(r, 409);
    CHECK(reply_has(&r, "20 字节"));
    reply_free(&r);
    r = send_piece(sign_in("officer.wang", PASSWORD), id, 20,
                   str_slice(all, 20, all.n)); /* somebody else's */
    CHECK_STATUS(r, 404);
    reply_free(&r);
    r = send_piece(me, id, 20, str_slice(all, 20, all.n));
    CHECK(r.status == 200 || r.status == 201);
    CHECK(reply_has(&r, "\"done\":true"));
    reply_free(&r);
    r = get(arena_printf(&site.t.arena, "/uploads/%.*s", STR_ARG(id)).p, me);
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "已全部上传"));
    reply_free(&r);
    site.upload = id;
    site.t.who.account = site.wang;
    CHECK(test_store_run(&site.t, take_upload, NULL) == ERR_NOTFOUND);
    site.t.who.account = site.zhou;
    CHECK(test_store_run(&site.t, take_upload, NULL) == OK);
}

static enum err add_letter_and_incident(struct tx *tx, void *context)
{
    (void)context;
    struct notify_letter letter = {
        .account = site.zhou, .about = STR("case"), .ref = STR("YX1"),
        .title = STR("您的申请已受理"), .body = STR("一\n二"),
        .link = STR("/cases/YX1"),
    };
    enum err e = notify_send(tx, &letter);
    return e == OK ? job_incident_add(tx, store_id(tx->store),
                                      STR("0011223344556677"), STR("signal"),
                                      STR("case.accepted"), STR("YX1"),
                                      str_none, STR("supervision"), JOB_TRIES,
                                      STR("conflict"), tx->now)
                   : e;
}

/* JSON has texts for instants; the view asks for instants. */
static void see_instants(struct value *v)
{
    day d;
    if (v->kind == VALUE_TEXT && v->text.n > 19 && v->text.p[10] == 'T' &&
        day_parse(str_slice(v->text, 0, 10), &d))
        v->kind = VALUE_INST;
    for (struct value *m = v->first; m; m = m->next)
        see_instants(m);
}

static void check_view(const char *path, const char *page, const char *head)
{
    struct reply r = get(path, with_json(head));
    struct value *v = NULL;
    str problem = STR("");
    CHECK_STATUS(r, 200);
    CHECK(value_read_json(&site.t.arena, r.body, &v, &problem) == OK);
    see_instants(v);
    if (page_check_view(str_of(page), v, &site.t.arena, &problem) != OK)
        CHECK_STR(problem, "");
    reply_free(&r);
    r = get(path, head);
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "<h1"));
    reply_free(&r);
}

static void every_page_gives_what_its_view_declares(void)
{
    const char *zhou = sign_in("resident.zhou", PASSWORD);
    const char *wang = sign_in("officer.wang", PASSWORD);
    const char *admin = sign_in("sysadmin", PASSWORD);
    CHECK(test_store_run(&site.t, add_letter_and_incident, NULL) == OK);
    check_view("/login?next=/mail", "auth/login", "");
    check_view("/register", "auth/register", "");
    check_view("/account", "auth/account", zhou);
    check_view("/account", "auth/account", wang);
    check_view("/account/second", "auth/second", wang);
    check_view("/mail", "notify/mail", zhou);
    check_view("/mail", "notify/mail", wang);
    check_view("/incidents", "job/incidents", admin);
    struct reply r = get("/incidents", with_json(wang));
    CHECK_STATUS(r, 403);
    reply_free(&r);
}

static void the_administrator_sends_a_failed_signal_again(void)
{
    const char *admin = sign_in("sysadmin", PASSWORD);
    static const char path[] = "/incidents/0011223344556677/again";
    CHECK(test_store_run(&site.t, add_letter_and_incident, NULL) == OK);
    struct reply r = post_json(path, sign_in("officer.wang", PASSWORD), "{}");
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = post_json(path, admin, "{}");
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = post_json(path, admin, "{}");
    CHECK_STATUS(r, 404);
    reply_free(&r);
    r = get("/incidents", admin);
    CHECK(reply_has(&r, "没有需要处理的故障"));
    reply_free(&r);
}

static void letters_are_marked_read_up_to_the_page(void)
{
    const char *zhou = sign_in("resident.zhou", PASSWORD);
    CHECK(test_store_run(&site.t, add_letter_and_incident, NULL) == OK);
    struct reply r = get("/mail", zhou);
    CHECK(reply_has(&r, "您的申请已受理") && reply_has(&r, "未读"));
    reply_free(&r);
    str body = arena_printf(&site.t.arena, "{\"upto\":%lld}",
                            (long long)inst_now().ms);
    r = post_json("/mail/read", zhou, body.p);
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = get("/mail", zhou);
    CHECK(reply_has(&r, "您的申请已受理") && !reply_has(&r, "未读"));
    reply_free(&r);
}

static enum err verify(struct tx *tx, void *out)
{
    return audit_verify(tx, out);
}

static void every_log_in_is_in_the_audit_trail(void)
{
    struct audit_verdict before, after;
    CHECK(test_store_look(&site.t, verify, &before) == OK);
    CHECK(sign_in("resident.zhou", PASSWORD)[0]);
    CHECK_STR(str_of(sign_in("resident.zhou", "wrong-one")), "");
    CHECK(test_store_look(&site.t, verify, &after) == OK);
    CHECK(after.entries == before.entries + 2 && after.broken == 0);
}

int main(void)
{
    static void (*const tests[])(void) = {
        a_program_signs_in_with_json,
        a_person_signs_in_with_a_form_and_goes_on,
        nobody_is_sent_to_another_site,
        a_wrong_password_and_an_unknown_name_get_the_same_answer,
        a_wrong_password_keeps_the_name_that_was_typed,
        five_wrong_passwords_pause_any_name,
        a_right_password_clears_what_went_wrong,
        out_is_out,
        a_resident_registers_and_is_signed_in,
        a_registration_is_complete_or_refused,
        an_officer_changes_desks,
        a_new_password_ends_the_other_sessions,
        a_second_factor_is_asked_for_once_it_is_on,
        a_big_paper_comes_in_pieces,
        every_log_in_is_in_the_audit_trail,
        every_page_gives_what_its_view_declares,
        the_administrator_sends_a_failed_signal_again,
        letters_are_marked_read_up_to_the_page,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            if (site_open((enum test_database)which)) {
                tests[i]();
                site_close();
            }
            test_bad ? test_failed++ : test_passed++;
        }
    return test_result();
}
