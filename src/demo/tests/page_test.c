/*
 * The pages of services over HTTP: every address as everybody, views that keep
 * their word, drafts, papers, official papers, and how many statements a page
 * may take.
 */
#include "demo/tests/site.h"

#include "kernel/pdf/pdf.h"

/* Who asks; made once for each database. */
static struct {
    const char *nobody, *zhou, *li, *food, *food_leader, *fire, *drain, *sign;
    const char *window, *supervisor;
} as;

/* Cases in every state, made by the same commands people use. */
static struct {
    str open;   /* 1 deciding, 2 supplement, 3 special, 4 accepted */
    str fresh;  /* nothing done yet */
    str closed; /* granted, denied, refused, granted */
    str gone;   /* withdrawn */
    str single; /* granted, extended before */
} cases;

static void sign_everybody_in(void)
{
    as.nobody = "";
    as.zhou = sign_in("resident.zhou");
    as.li = sign_in("resident.li");
    as.food = sign_in("officer.d025");
    as.food_leader = sign_in("leader.d025");
    as.fire = sign_in("officer.d070");
    as.drain = sign_in("officer.d013");
    as.sign = sign_in("officer.d014");
    as.window = sign_in("window.chen");
    as.supervisor = sign_in("supervisor.he");
}

static void ok(enum err e)
{
    if (e != OK) {
        fprintf(stderr, "cannot prepare the cases: %s\n", err_name(e));
        exit(1);
    }
}

static void open_case(void)
{
    cases.open = file("canyin", restaurant_of(FOUR));
    str food = part_of(cases.open, 1);
    ok(act(officer("D025", 0), food, VERB_ACCEPT));
    ok(act(officer("D025", 0), food, VERB_PROPOSE));
    ok(ask_for(part_of(cases.open, 2), "D070", "补充标注安全出口宽度"));
    ok(act(officer("D013", 0), part_of(cases.open, 3), VERB_ACCEPT));
    ok(stop_for(part_of(cases.open, 3), "D013", "专家评审", 5));
    ok(act(officer("D014", 0), part_of(cases.open, 4), VERB_ACCEPT));
}

static void closed_case(void)
{
    cases.closed = file("canyin", restaurant_of(FOUR));
    for (int i = 0; i < 4; i++)
        if (i != 2)
            ok(act(officer(four_units[i], 0), part_of(cases.closed, i + 1),
                   VERB_ACCEPT));
    struct act refuse = { .verb = VERB_REFUSE,
                          .number = part_of(cases.closed, 3),
                          .ground = STR("依法不属于本机关职权范围"),
                          .reason = STR("应当向上级机关申请") };
    ok(act_as(officer("D013", 0), &refuse));
    ok(decide(part_of(cases.closed, 1), "D025", true));
    ok(decide(part_of(cases.closed, 2), "D070", false));
    ok(decide(part_of(cases.closed, 4), "D014", true));
}

static str single_item(void)
{
    return file("YX-1175", TEXT(
        "{\"applicant_name\":\"周文远\",\"applicant_code\":\"%s\","
        "\"mobile\":\"" ZHOU_MOBILE "\",\"town\":\"T01\","
        "\"matter\":\"食堂一处，面积 80 平方米\"}", ZHOU_ID));
}

static void make_cases(void)
{
    site_clock("2026-11-02", 10);
    open_case();
    closed_case();
    cases.fresh = file("canyin", restaurant_of(FOUR));
    cases.gone = file("canyin", restaurant_of(FOUR));
    ok(act(zhou(), cases.gone, VERB_WITHDRAW));
    cases.single = single_item();
    ok(act(officer("D025", 0), cases.single, VERB_ACCEPT));
    struct act longer = { .verb = VERB_EXTEND, .number = cases.single,
                          .days = 3, .reason = STR("需要进一步核实") };
    ok(act_as(leader("D025"), &longer));
    ok(decide(cases.single, "D025", true));
}

/* ---- every address ---- */

/* Asks as a page and as JSON; the server of a test holds each view to its .view
 * file and says in its log what does not fit. */
static void visit(const char *head, const char *path, int want)
{
    struct reply r = get(head, path);
    if (r.status != want) {
        CHECK(r.status == want);
        fprintf(stderr, "  %s: %d, want %d\n", path, r.status, want);
    }
    reply_free(&r);
    r = get_json(head, path);
    CHECK(r.status == want);
    CHECK(r.status == 200 || str_find(r.body, STR("sentence")) > 0 ||
          r.body.n == 0);
    reply_free(&r);
}

static const char *at(const char *format, str number)
{
    struct buf b = { 0 };
    str rest = str_of(format);
    ptrdiff_t i = str_find(rest, STR("{}"));
    buf_put(&b, str_slice(rest, 0, (size_t)i));
    buf_put(&b, number);
    buf_put(&b, str_slice(rest, (size_t)i + 2, rest.n));
    const char *path = arena_cstr(&town.t.arena, buf_str(&b));
    buf_free(&b);
    return path;
}

static void public_pages_are_for_everybody(void)
{
    static const char *const paths[] = {
        "/services/themes", "/services/themes/canyin",
        "/services/themes/zhaijidi", "/services/items",
        "/services/items?unit=D025", "/services/items?type=行政许可",
        "/services/items?online=1", "/services/items?words=食品",
        "/services/items?after=40", "/services/items/DEMO-24-004",
        "/services/items/YX-1175", "/apply/canyin", "/apply/YX-1175",
        "/apply/canyin?asked=1&area=86&seats=dine&fire=yes&drain=yes&sign=yes",
        "/apply/canyin?asked=1&area=86", "/board", "/board?unit=D025",
        "/board?town=T01", "/board?state=received", "/board?words=餐饮",
        "/hall", "/hall?page=2", "/board.csv",
    };
    const char *heads[] = { as.nobody, as.zhou, as.food, as.supervisor };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (size_t h = 0; h < 4; h++)
            visit(heads[h], paths[i], 200);
    visit(as.nobody, "/services/themes/nothing", 404);
    visit(as.nobody, "/services/items/YX-9999", 404);
    visit(as.nobody, "/apply/nothing", 404);
    visit(as.nobody, at("/board?words={}", cases.open), 200);
}

static void progress_is_for_everybody_in_every_state(void)
{
    const str numbers[] = { cases.open, cases.fresh, cases.closed, cases.gone,
                            cases.single };
    const char *heads[] = { as.nobody, as.zhou, as.food, as.fire };
    for (size_t i = 0; i < 5; i++)
        for (size_t h = 0; h < 4; h++) {
            visit(heads[h], at("/cases/{}", numbers[i]), 200);
            for (int p = 1; p <= 4 && i < 4; p++)
                visit(heads[h], at("/cases/{}", part_of(numbers[i], p)), 200);
        }
    visit(as.nobody, "/cases/YX20260101999999", 404);
}

static void a_desk_is_for_who_sits_at_it(void)
{
    static const char *const lists[] = {
        "/desk", "/desk?view=mine", "/desk?view=done", "/desk?state=received",
        "/desk?channel=web", "/desk?words=周文远", "/desk.csv",
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        visit(as.food, lists[i], 200);
        visit(as.food_leader, lists[i], 200);
        visit(as.zhou, lists[i], 403);
        visit(as.window, lists[i], 403);
        visit(as.supervisor, lists[i], 403);
    }
    CHECK(status_of(as.nobody, "/desk") == 303);
    for (int p = 1; p <= 4; p++) {
        const char *mine[] = { as.food, as.fire, as.drain, as.sign };
        for (int who = 0; who < 4; who++)
            visit(mine[who], at("/desk/{}", part_of(cases.open, p)),
                  who + 1 == p ? 200 : 403);
        visit(as.zhou, at("/desk/{}", part_of(cases.open, p)), 403);
    }
    visit(as.food, at("/desk/{}", cases.open), 200);
    visit(as.food_leader, at("/desk/{}", cases.single), 200);
    visit(as.food, at("/desk/{}?paper=plan", part_of(cases.open, 1)), 200);
    visit(as.food, at("/desk/{}?paper=form", part_of(cases.open, 1)), 200);
    visit(as.food, "/desk/YX20260101999999", 404);
}

/* 监察 has entries of two rooms, with another's between them. */
static void a_group_of_the_menu_stands_once(void)
{
    struct reply r = get(as.food_leader, "/desk");
    str group = STR("<h2>监察</h2>"), entry = STR("href=\"/remedies\"");
    ptrdiff_t at = str_find(r.body, group), own = str_find(r.body, entry);
    CHECK(r.status == 200 && at > 0 && own > at);
    if (at > 0 && own > at) {
        str rest = str_slice(r.body, (size_t)at + group.n, r.body.n);
        CHECK(str_find(rest, group) < 0);
        CHECK(str_find(rest, entry) < str_find(rest, STR("<h2>")));
    }
    reply_free(&r);
}

static void every_verb_has_a_page_for_who_may_press_it(void)
{
    const str states[] = { part_of(cases.open, 1), part_of(cases.fresh, 1),
                           part_of(cases.closed, 1), cases.single };
    for (int v = 0; v < VERBS; v++) {
        const struct verb_rule *r = verb_rule((enum verb)v);
        if (v == VERB_SUPPLY || v == VERB_HANDIN)
            continue; /* has a page of its own */
        for (size_t i = 0; i < 4; i++) {
            const char *path = TEXT("/cases/%.*s/%s", STR_ARG(states[i]),
                                    r->code);
            bool desk = r->by == BY_DESK || r->by == BY_LEADER;
            visit(as.food, path, desk ? 200 : 403);
            visit(as.food_leader, path, desk ? 200 : 403);
            visit(as.fire, path, 403);
            visit(as.supervisor, path, 403);
            visit(as.window, path, 403);
            visit(as.zhou, path, r->by == BY_APPLICANT ? 200 : 403);
            visit(as.li, path, 403);
        }
    }
    visit(as.food, at("/cases/{}/nothing", cases.open), 404);
    visit(as.zhou, at("/cases/{}/supply", part_of(cases.open, 2)), 200);
    visit(as.zhou, at("/cases/{}/supply", part_of(cases.open, 1)), 409);
    visit(as.li, at("/cases/{}/supply", part_of(cases.open, 2)), 403);
    visit(as.fire, at("/cases/{}/supply", part_of(cases.open, 2)), 403);
}

static void my_page_is_my_own(void)
{
    visit(as.zhou, "/my", 200);
    visit(as.li, "/my", 200);
    visit(as.window, "/my", 200);
    visit(as.food, "/my", 403);
    struct reply r = get(as.zhou, "/my");
    CHECK(reply_has(&r, arena_cstr(&town.t.arena, cases.open)));
    CHECK(reply_has(&r, "补交材料"));
    reply_free(&r);
    r = get(as.li, "/my");
    CHECK(!reply_has(&r, arena_cstr(&town.t.arena, cases.open)));
    reply_free(&r);
}

/* After all pages of the other tests, and the log is on disk. */
static void every_view_keeps_its_word(void)
{
    struct buf text = { 0 };
    FILE *f = fopen(site.log, "r");
    char part[4096];
    size_t n;
    while (f && (n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&text, (str){ part, n });
    if (f)
        fclose(f);
    CHECK(str_find(buf_str(&text), STR("GET /board")) > 0);
    ptrdiff_t at = str_find(buf_str(&text), STR("view of"));
    CHECK(at < 0);
    if (at >= 0)
        fprintf(stderr, "  %.200s\n", buf_str(&text).p + at);
    buf_free(&text);
}

/* ---- nothing of a person ---- */

static void no_public_page_shows_the_applicant(void)
{
    const char *heads[] = { as.nobody, as.li, as.fire };
    const str numbers[] = { cases.open, cases.fresh, cases.closed, cases.gone,
                            cases.single };
    const char *personal[] = { "周文远", ZHOU_ID, ZHOU_MOBILE };
    struct buf all = { 0 };
    for (size_t h = 0; h < 3; h++)
        for (size_t i = 0; i < 5; i++)
            for (int p = 0; p <= 4; p++) {
                str n = p == 0 ? numbers[i] : part_of(numbers[i], p);
                struct reply r = p && i == 4 ? (struct reply){ 0 }
                                             : get(heads[h], at("/cases/{}",
                                                                n));
                buf_put(&all, r.body);
                reply_free(&r);
                r = get_json(heads[h], at("/cases/{}", n));
                buf_put(&all, r.body);
                reply_free(&r);
            }
    static const char *const lists[] = { "/board", "/hall", "/board.csv",
                                         "/board?words=餐饮",
                                         "/board?words=周文远" };
    for (size_t i = 0; i < 5; i++) {
        struct reply r = get_json(as.nobody, lists[i]);
        buf_put(&all, i == 4 ? STR("") : r.body);
        CHECK(i < 4 || str_find(r.body, STR("YX2026")) < 0);
        reply_free(&r);
    }
    CHECK(str_find(buf_str(&all), STR("周*远")) > 0);
    for (size_t i = 0; i < 3; i++)
        CHECK(str_find(buf_str(&all), str_of(personal[i])) < 0);
    buf_free(&all);
}

static void a_part_leads_to_its_whole(void)
{
    struct reply r = get(as.nobody, at("/cases/{}", part_of(cases.open, 2)));
    CHECK(reply_has(&r, TEXT("href=\"/cases/%.*s\"", STR_ARG(cases.open))));
    CHECK(reply_has(&r, "我要开餐饮店"));
    reply_free(&r);
}

/* ---- receipts and notices ---- */

static void a_receipt_is_for_its_holder(void)
{
    static const char *const papers[] = { "/cases/{}/receipt",
                                          "/cases/{}/receipt.pdf" };
    str ticket = row_of(cases.open).ticket;
    for (size_t i = 0; i < 2; i++) {
        const char *path = at(papers[i], cases.open);
        CHECK(status_of(as.zhou, path) == 200);
        CHECK(status_of(as.food, path) == 200); /* leads, so it lies there */
        CHECK(status_of(as.li, path) == 403);
        CHECK(status_of(as.nobody, path) == 303); /* to the log-in */
        CHECK(status_of(as.fire, path) == 403);
        CHECK(status_of(as.window, path) == 403);
        CHECK(status_of(as.supervisor, path) == 403);
        CHECK(status_of(as.nobody, TEXT("%s?ticket=%.*s", path,
                                        STR_ARG(ticket))) == 200);
        CHECK(status_of(as.nobody, TEXT("%s?ticket=%.*s", path, 11,
                                        ticket.p)) == 303);
        CHECK(status_of(as.nobody, TEXT("%s?ticket=", path)) == 303);
        CHECK(status_of(as.nobody, TEXT("%s?ticket=%.*s", path,
            STR_ARG(row_of(cases.fresh).ticket))) == 303);
    }
    /* A program whose session is over is told to sign in, not to go away. */
    const char *over = "Authorization: Bearer b3ZlcmFuZG92ZXI\r\n"
                       "Accept: application/json\r\n";
    CHECK(status_of(over, at("/cases/{}/receipt", cases.open)) == 401);
    visit(as.zhou, at("/cases/{}/receipt", cases.open), 200);
    visit(as.zhou, at("/cases/{}/receipt", cases.single), 200);
}

static void the_qr_code_of_a_receipt_opens_the_receipt(void)
{
    str ticket = row_of(cases.open).ticket;
    struct reply r = get(as.nobody, TEXT("/cases/%.*s?ticket=%.*s",
                                         STR_ARG(cases.open),
                                         STR_ARG(ticket)));
    const char *href = TEXT("/cases/%.*s/receipt?ticket=%.*s",
                            STR_ARG(cases.open), STR_ARG(ticket));
    CHECK(reply_has(&r, href));
    CHECK(!reply_has(&r, "撤回申请"));
    reply_free(&r);
    r = get(as.nobody, href);
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "周文远"));
    CHECK(reply_has(&r, TEXT("receipt.pdf?ticket=%.*s", STR_ARG(ticket))));
    reply_free(&r);
    r = get(as.nobody, at("/cases/{}?ticket=ABCDEFGHJKLM", cases.open));
    CHECK(!reply_has(&r, "/receipt"));
    reply_free(&r);
}

/* What the page tree counts. */
static int64_t pages_of(str pdf)
{
    ptrdiff_t i = str_find(pdf, STR("/Count "));
    int64_t n = 0;
    str rest = i < 0 ? STR("") : str_slice(pdf, (size_t)i + 7, (size_t)i + 8);
    return str_int(rest, &n) ? n : 0;
}

static void official_papers_are_the_same_bytes_twice(void)
{
    const char *paths[] = {
        at("/cases/{}/receipt.pdf", cases.open),
        at("/cases/{}/receipt.pdf", cases.single),
        at("/cases/{}/notices/acceptance.pdf", part_of(cases.open, 1)),
        at("/cases/{}/notices/supplement.pdf", part_of(cases.open, 2)),
        at("/cases/{}/notices/special.pdf", part_of(cases.open, 3)),
        at("/cases/{}/notices/extension.pdf", cases.single),
        at("/cases/{}/notices/grant.pdf", cases.single),
        at("/cases/{}/notices/denial.pdf", part_of(cases.closed, 2)),
        at("/cases/{}/notices/refusal.pdf", part_of(cases.closed, 3)),
        at("/cases/{}/notices/grant", cases.single),
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct reply a = get(as.zhou, paths[i]), b = get(as.zhou, paths[i]);
        CHECK_STATUS(a, 200);
        CHECK_STR(reply_header(&a, "Content-Type"), "application/pdf");
        CHECK(str_starts(a.body, STR("%PDF-")));
        CHECK(str_eq(a.body, b.body));
        CHECK(pages_of(a.body) == 1);
        reply_free(&a);
        reply_free(&b);
        CHECK(status_of(as.li, paths[i]) == 403);
        CHECK(status_of(as.nobody, paths[i]) == 303);
    }
    CHECK(status_of(as.zhou, at("/cases/{}/notices/denial.pdf",
                                cases.single)) == 404);
    CHECK(status_of(as.zhou, at("/cases/{}/notices/nothing.pdf",
                                cases.single)) == 404);
}

/* ---- drafts ---- */

static str new_draft(const char *head)
{
    struct reply r = post(head, "/apply/canyin", "{" FOUR "}");
    CHECK(r.status == 200 || r.status == 201);
    str n = member(&r, "number");
    CHECK(str_starts(n, STR("C20261102-")));
    reply_free(&r);
    return n;
}

static int post_status(const char *head, const char *path, const char *json)
{
    struct reply r = post(head, path, json);
    int status = r.status;
    reply_free(&r);
    return status;
}

static void what_was_typed_wrong_is_still_there(void)
{
    str n = new_draft(as.zhou);
    struct reply r = post(as.zhou, at("/drafts/{}/shop", n),
                          "{\"shop_name\":\"清溪\",\"credit_code\":\"12\","
                          "\"mobile\":\"1380\"}");
    CHECK(r.status == 400 || r.status == 422);
    CHECK(reply_has(&r, "credit_code") && reply_has(&r, "mobile"));
    reply_free(&r);
    r = post(as.zhou, at("/drafts/{}/shop/save", n),
             "{\"shop_name\":\"清溪\",\"credit_code\":\"12ABC\","
             "\"mobile\":\"1380\"}");
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    r = get(as.zhou, at("/drafts/{}/shop", n));
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "12ABC") && reply_has(&r, "1380"));
    reply_free(&r);
    visit(as.zhou, at("/drafts/{}/shop", n), 200);
    visit(as.zhou, at("/drafts/{}/situation", n), 200);
    visit(as.zhou, at("/drafts/{}/papers", n), 200);
    visit(as.zhou, at("/drafts/{}/check", n), 200);
    visit(as.zhou, at("/drafts/{}/nothing", n), 404);
    visit(as.zhou, "/my", 200);
}

static void a_draft_is_its_owners_alone(void)
{
    str n = new_draft(as.zhou);
    static const char *const pages[] = { "/drafts/{}/shop", "/drafts/{}/check",
                                         "/drafts/{}/papers",
                                         "/drafts/{}/papers/plan" };
    for (size_t i = 0; i < 4; i++) {
        CHECK(status_of(as.li, at(pages[i], n)) == 404);
        CHECK(status_of(as.food, at(pages[i], n)) == 403);
    }
    CHECK(post_status(as.li, at("/drafts/{}/shop/save", n), "{}") == 404);
    CHECK(post_status(as.li, at("/drafts/{}/submit", n),
                      "{\"promise\":true}") == 404);
    struct reply r = upload(as.li, at("/drafts/{}/papers/plan", n), "a.png",
                            PIXEL);
    CHECK_STATUS(r, 404);
    reply_free(&r);
}

static void an_older_page_does_not_overwrite_a_newer_one(void)
{
    str n = new_draft(as.zhou);
    const char *save = at("/drafts/{}/shop/save", n);
    const char *next = at("/drafts/{}/shop", n);
    struct reply r = get_json(as.zhou, next);
    CHECK(reply_has(&r, "\"revision\":1"));
    reply_free(&r);
    r = post(as.zhou, save, "{\"shop_name\":\"一号店\",\"revision\":1}");
    CHECK(reply_has(&r, "\"revision\":2"));
    reply_free(&r);
    CHECK(post_status(as.zhou, save,
                      "{\"shop_name\":\"二号店\",\"revision\":1}") == 409);
    CHECK(post_status(as.zhou, next,
                      "{\"shop_name\":\"二号店\",\"revision\":1}") == 409);
    r = get(as.zhou, next);
    CHECK(reply_has(&r, "一号店") && !reply_has(&r, "二号店"));
    reply_free(&r);
    CHECK(post_status(as.zhou, save,
                      "{\"shop_name\":\"三号店\",\"revision\":2}") == 200);
}

static void a_paper_must_be_one_and_be_yours(void)
{
    str n = new_draft(as.zhou);
    const char *plan = at("/drafts/{}/papers/plan", n);
    struct reply r = upload(as.zhou, plan, "a.png", STR("no picture at all"));
    CHECK(r.status == 400 || r.status == 422);
    CHECK(reply_has(&r, "\"field\":\"file\""));
    reply_free(&r);
    CHECK(status_of(as.zhou, plan) == 404);
    struct buf big = { 0 };
    buf_put(&big, PIXEL);
    memset(buf_room(&big, (20 << 20) + 1), 'x', (20 << 20) + 1);
    big.n += (20 << 20) + 1;
    r = upload(as.zhou, plan, "big.png", buf_str(&big));
    CHECK(r.status == 413 || r.status == 422 || r.status == 400);
    reply_free(&r);
    buf_free(&big);
    CHECK(status_of(as.zhou, plan) == 404);
    r = upload(as.zhou, plan, "平面图.png", PIXEL);
    CHECK(r.status == 200 || r.status == 201);
    reply_free(&r);
    CHECK(status_of(as.zhou, plan) == 200);
    CHECK(status_of(as.li, plan) == 404);
    r = upload(as.zhou, at("/drafts/{}/papers/nothing", n), "a.png", PIXEL);
    CHECK(r.status >= 400 && r.status < 500);
    reply_free(&r);
    visit(as.zhou, at("/drafts/{}/papers", n), 200);
    CHECK(post_status(as.zhou, at("/drafts/{}/papers/plan/remove", n), "{}") <
          300);
    CHECK(status_of(as.zhou, plan) == 404);
    CHECK(number_of("SELECT count(*) FROM files_ref WHERE ref = $1", n) == 0);
}

static void fill(const char *head, str n)
{
    static const char *const groups[] = { "shop", "place", "outside" };
    const char *answers = restaurant_of(FOUR);
    for (size_t i = 0; i < 3; i++)
        CHECK(post_status(head, TEXT("/drafts/%.*s/%s", STR_ARG(n), groups[i]),
                          answers) < 300);
    static const char *const papers[] = { "plan", "premises", "safety",
                                          "fire_system", "drain_plan",
                                          "sign_view" };
    for (size_t i = 0; i < 6; i++) {
        struct reply r = upload(head, TEXT("/drafts/%.*s/papers/%s",
                                           STR_ARG(n), papers[i]),
                                "a.png", PIXEL);
        CHECK(r.status < 300);
        reply_free(&r);
    }
}

static void a_draft_is_submitted_once(void)
{
    str n = new_draft(as.zhou);
    const char *submit = at("/drafts/{}/submit", n);
    int64_t before = number_of("SELECT count(*) FROM services_case WHERE kind "
                               "= $1", STR("joint"));
    CHECK(post_status(as.zhou, submit, "{\"promise\":true}") >= 400);
    fill(as.zhou, n);
    visit(as.zhou, at("/drafts/{}/check", n), 200);
    CHECK(post_status(as.zhou, submit, "{}") == 400); /* not signed */
    struct reply r = post(as.zhou, submit, "{\"promise\":true}");
    CHECK_STATUS(r, 201);
    str number = member(&r, "number");
    CHECK(str_starts(number, STR("YX20261102")));
    reply_free(&r);
    r = post(as.zhou, submit, "{\"promise\":true}");
    CHECK(r.status == 404 || r.status == 409);
    CHECK(reply_has(&r, "已经提交"));
    reply_free(&r);
    CHECK(number_of("SELECT count(*) FROM services_case WHERE kind = $1",
                    STR("joint")) == before + 1);
    CHECK(number_of("SELECT count(*) FROM files_ref WHERE ref = $1", n) == 0);
    CHECK(number_of("SELECT count(*) FROM files_ref WHERE ref = $1",
                    number) == 1); /* six codes, one file */
    visit(as.zhou, at("/cases/{}/receipt", number), 200);
    visit(as.food, at("/desk/{}", part_of(number, 1)), 200);
}

static void a_paper_is_read_by_the_desks_it_is_for(void)
{
    str n = new_draft(as.zhou);
    fill(as.zhou, n);
    struct reply r = post(as.zhou, at("/drafts/{}/submit", n),
                          "{\"promise\":true}");
    str number = member(&r, "number");
    reply_free(&r);
    const char *plan = TEXT("/papers/%lld", (long long)number_of(
        "SELECT p.id FROM services_paper p JOIN services_case c ON c.id = "
        "p.case_id WHERE c.number = $1 AND p.code = 'plan'", number));
    CHECK(status_of(as.zhou, plan) == 200);
    CHECK(status_of(as.food, plan) == 200);
    CHECK(status_of(as.fire, plan) == 200);
    CHECK(status_of(as.sign, plan) == 403); /* not one of its papers */
    CHECK(status_of(as.li, plan) == 403);
    CHECK(status_of(as.supervisor, plan) == 403);
    CHECK(status_of(as.window, plan) == 403);
    CHECK(status_of(as.nobody, plan) == 303);
    CHECK(status_of(as.zhou, "/papers/1") == 404);
    CHECK(status_of(as.zhou, "/papers/x") == 404);
}

static void supplying_over_the_page_is_accepted(void)
{
    str n = file("canyin", restaurant_of(FOUR)), fire = part_of(n, 2);
    CHECK(ask_for(fire, "D070", "补充标注安全出口宽度") == OK);
    const char *supply = at("/cases/{}/supply", fire);
    CHECK(post_status(as.zhou, supply, "{}") == 422);
    struct reply r = upload(as.li, TEXT("%s/plan", supply), "a.png", PIXEL);
    CHECK_STATUS(r, 403);
    reply_free(&r);
    r = upload(as.zhou, TEXT("%s/plan", supply), "a.png", PIXEL);
    CHECK(r.status < 300);
    reply_free(&r);
    visit(as.zhou, supply, 200);
    CHECK(post_status(as.zhou, supply, "{}") < 300);
    CHECK_STR(row_of(fire).state, "accepted");
}

/* ---- on behalf ---- */

static void who_files_for_somebody_is_named_and_can_follow(void)
{
    str draft = new_draft(as.window);
    fill(as.window, draft);
    struct reply r = post(as.window, at("/drafts/{}/submit", draft),
                          "{\"promise\":true}");
    CHECK_STATUS(r, 201);
    str n = member(&r, "number");
    reply_free(&r);
    CHECK_STR(row_of(n).channel, "window");
    CHECK_STR(row_of(n).proxy_name, "陈小燕");
    CHECK_STR(row_of(n).applicant_name, "周文远");
    r = get(as.window, at("/cases/{}/receipt", n));
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "陈小燕") && reply_has(&r, "周文远"));
    reply_free(&r);
    r = get(as.food, at("/desk/{}", part_of(n, 1)));
    CHECK_STATUS(r, 200);
    CHECK(reply_has(&r, "陈小燕") && reply_has(&r, "周文远"));
    reply_free(&r);
    r = get(as.window, "/my");
    CHECK(reply_has(&r, arena_cstr(&town.t.arena, n)));
    CHECK(reply_has(&r, "代 周*远"));
    reply_free(&r);
    visit(as.window, "/my", 200);
    CHECK(status_of(as.window, at("/cases/{}/receipt.pdf", n)) == 200);
}

/* ---- how many statements ---- */

static void the_number_of_queries_does_not_grow_with_the_rows(void)
{
    static const struct { const char *who, *path; int most; } budgets[] = {
        { "nobody", "/board?unit=D025", 6 }, { "food", "/desk", 6 },
        { "food", "/desk?view=mine", 6 }, { "food", "/desk?view=done", 6 },
        { "nobody", "/board?words=开餐饮店", 6 },
        { "nobody", "/search?words=餐饮", 10 },
        { "nobody", "/services/items?words=食品", 8 },
        { "food", "/desk?words=周文远", 8 }, { "zhou", "/my", 6 },
        { "nobody", "/services/items?unit=D025", 8 },
        { "nobody", "/services/themes/canyin", 12 },
        { "nobody", "/services/themes", 4 },
    };
    enum { N = sizeof budgets / sizeof *budgets };
    int64_t few[N];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < N; i++) {
            const char *head = str_is(str_of(budgets[i].who), "food") ? as.food
                               : str_is(str_of(budgets[i].who), "zhou")
                                   ? as.zhou : as.nobody;
            int64_t n = queries_of(head, TEXT("%s%sround=%d", budgets[i].path,
                                              strchr(budgets[i].path, '?')
                                                  ? "&" : "?", round));
            if (round == 0)
                few[i] = n;
            if (n > budgets[i].most || n != few[i]) {
                CHECK(n <= budgets[i].most && n == few[i]);
                fprintf(stderr, "  %s: %lld then %lld, at most %d\n",
                        budgets[i].path, (long long)few[i], (long long)n,
                        budgets[i].most);
            }
        }
        for (int i = 0; round == 0 && i < 12; i++) {
            str n = file("canyin", restaurant_of(FOUR));
            if (i % 2)
                ok(ask_for(part_of(n, 1), "D025", "补充健康证明"));
            else
                ok(act(zhou(), n, VERB_WITHDRAW));
        }
    }
}

static void a_case_page_takes_as_many_queries_with_one_part_as_with_four(void)
{
    str one = file("canyin", restaurant_of(ONLY_FOOD));
    const struct { const char *head, *path; int most; } pairs[] = {
        { as.nobody, "/cases/{}", 10 }, { as.zhou, "/cases/{}", 12 },
        { as.zhou, "/cases/{}/receipt", 7 },
    };
    for (size_t i = 0; i < 3; i++) {
        int64_t a = queries_of(pairs[i].head, at(pairs[i].path, one));
        int64_t b = queries_of(pairs[i].head, at(pairs[i].path, cases.fresh));
        CHECK(a == b && a > 0);
        if (a != b || a > pairs[i].most) {
            CHECK(a <= pairs[i].most);
            fprintf(stderr, "  %s: %lld and %lld\n", pairs[i].path,
                    (long long)a, (long long)b);
        }
    }
    int64_t a = queries_of(as.food, at("/desk/{}", part_of(one, 1)));
    int64_t b = queries_of(as.food, at("/desk/{}", part_of(cases.fresh, 1)));
    CHECK(a == b && a <= 18);
    if (a != b || a > 18)
        fprintf(stderr, "  /desk: %lld and %lld\n", (long long)a,
                (long long)b);
}

static void (*const tests[])(void) = {
    public_pages_are_for_everybody,
    progress_is_for_everybody_in_every_state,
    a_desk_is_for_who_sits_at_it,
    a_group_of_the_menu_stands_once,
    every_verb_has_a_page_for_who_may_press_it,
    my_page_is_my_own,
    no_public_page_shows_the_applicant,
    a_part_leads_to_its_whole,
    a_receipt_is_for_its_holder,
    the_qr_code_of_a_receipt_opens_the_receipt,
    official_papers_are_the_same_bytes_twice,
    what_was_typed_wrong_is_still_there,
    a_draft_is_its_owners_alone,
    an_older_page_does_not_overwrite_a_newer_one,
    a_paper_must_be_one_and_be_yours,
    a_draft_is_submitted_once,
    a_paper_is_read_by_the_desks_it_is_for,
    supplying_over_the_page_is_accepted,
    who_files_for_somebody_is_named_and_can_follow,
    the_number_of_queries_does_not_grow_with_the_rows,
    a_case_page_takes_as_many_queries_with_one_part_as_with_four,
};

int main(void)
{
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!site_open((enum test_database)which))
            continue;
        sign_everybody_in();
        make_cases();
        site_run(tests, sizeof tests / sizeof *tests);
        RUN(every_view_keeps_its_word);
        site_close();
    }
    pdf_close();
    return test_result();
}
