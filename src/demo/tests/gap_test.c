/*
 * 容缺受理 from acceptance to its end, by the day: what is told, what the
 * applicant's clock does beside the case's, what silence does and to whom.
 */
#include "demo/tests/gap_model.h"
#include "supervision/supervision.h"

#define PLEDGED STR("已收申请人签名的书面承诺")

/* ---- words ---- */

/* A restaurant of the chained theme: its food safety rules and its lease may
 * come later. */
static str filed_on(const char *day)
{
    chained_theme();
    if (number_of("SELECT count(*) FROM services_theme WHERE code = $1 AND "
                  "body LIKE '%\"need\": 3%'", STR("chain")) == 0)
        gaps_in_theme();
    clock_at(day, 10);
    return file("chain", restaurant_of(FOUR));
}

static enum err admit(str number, const char *unit, str pledge)
{
    struct act a = { .verb = VERB_ADMIT, .number = number, .pledge = pledge };
    return act_as(officer(unit, 0), &a);
}

struct bringing {
    str thread, code;
};

static enum err do_bring(struct tx *tx, void *context)
{
    struct bringing *b = context;
    struct case_load c;
    enum err e = case_load(tx, b->thread, &c);
    return e == OK ? paper_add(tx, store_id(tx->store), c.id, b->code,
                               STR("已收原件"), b->code, STR("paper"),
                               str_none, 0, STR(""), tx->now, str_none) : e;
}

static enum err hand_in(str thread, str number, const char *code)
{
    struct bringing b = { thread, str_of(code) };
    struct act a = { .verb = VERB_HANDIN, .number = number,
                     .list = str_of(code) };
    town.t.who = zhou();
    CHECK(test_store_run(&town.t, do_bring, &b) == OK);
    return act_as(zhou(), &a);
}

static enum err say(str number, const char *unit, const char *paper, bool wrong)
{
    struct act a = { .verb = VERB_VERIFY, .number = number,
                     .paper = str_of(paper), .disagree = wrong,
                     .reason = STR("没有盖章，请盖章") };
    return act_as(officer(unit, 0), &a);
}

static int64_t gap_clocks(str number)
{
    return number_of("SELECT count(*) FROM pub_clock_running WHERE matter = "
                     "'gaps' AND ref = $1", number);
}

static bool lists(const struct value *facts, const char *what)
{
    const struct value *list = value_get(facts, STR("gap_papers"));
    for (const struct value *v = list ? list->first : NULL; v; v = v->next)
        if (str_is(v->text, what))
            return true;
    return false;
}

/* ---- signals, as their listeners hear them ---- */

static enum err do_levels(struct tx *tx, void *context)
{
    bool more;
    (void)context;
    tx->notes++;
    for (const struct job *j = clock_module.jobs; j->name; j++)
        if (strcmp(j->name, "levels") == 0)
            return j->run(tx, &more);
    return ERR_NOTFOUND;
}

struct heard {
    const struct module *module;
    str ref, payload;
};

static enum err do_hear(struct tx *tx, void *context)
{
    struct heard *h = context;
    struct value *payload;
    str problem;
    enum err e = value_read_json(tx->arena, h->payload, &payload, &problem);
    tx->notes++;
    for (const struct event *v = h->module->events; e == OK && v->name; v++)
        if (strcmp(v->name, "clock.level") == 0)
            e = v->heard(tx, h->ref, payload);
    return e;
}

static enum err do_forget(struct tx *tx, void *context)
{
    struct asking *a = context;
    struct store_param in[] = { store_text(a->about) };
    int64_t changed;
    tx->notes++;
    return store_run(tx, probe(a->sql, 'i', STORE_RUN), in, &changed);
}

static void forget(const char *sql, str about)
{
    struct asking a = { .sql = sql, .about = about };
    CHECK(test_store_run(&town.t, do_forget, &a) == OK);
}

/* The clocks are looked at and whoever listens hears of this one's rises. */
static void levels_rise(str number)
{
    struct asking a;
    town.t.who = (struct who){ 0, STR("系统"), STR(""), STR("system"),
                               STR("system") };
    CHECK(test_store_run(&town.t, do_levels, NULL) == OK);
    a = texts_of("SELECT payload FROM job_outbox WHERE ref = $1 AND event = "
                 "'clock.level' AND payload LIKE '%\"gaps\"%' ORDER BY id",
                 number);
    for (size_t i = 0; i < a.n; i++) {
        struct heard h = { &services_module, number, a.texts[i] };
        CHECK(test_store_run(&town.t, do_hear, &h) == OK);
        h.module = &supervision_module;
        CHECK(test_store_run(&town.t, do_hear, &h) == OK);
    }
    forget("DELETE FROM job_outbox WHERE ref = $1 AND event = "
              "'clock.level'", number);
}

static int64_t letters(str thread, const char *title)
{
    str like = arena_printf(&town.t.arena, "%.*s|%s", STR_ARG(thread), title);
    return number_of("SELECT count(*) FROM notify_message WHERE ref || '|' || "
                     "title = $1", like);
}

/* ---- accepted with gaps ---- */

static void the_officer_tells_exactly_what_is_missing_and_until_when(void)
{
    str n = filed_on("2026-11-02"), food = part_of(n, 1);
    struct act plain = { .verb = VERB_ACCEPT, .number = food };
    CHECK(act_as(officer("D025", 0), &plain) == ERR_RANGE);
    CHECK(str_find(plain.sentence, STR("容缺受理")) > 0);
    CHECK(admit(food, "D025", STR("")) == ERR_RANGE);
    CHECK(admit(food, "D014", PLEDGED) == ERR_DENIED);
    CHECK(admit(food, "D025", PLEDGED) == OK);
    CHECK(admit(food, "D025", PLEDGED) == ERR_CONFLICT);

    struct case_load c = row_of(food);
    CHECK_DAY(c.clock_due, "2026-11-09"); /* 承诺 5 个工作日 */
    CHECK_DAY(c.gap_due, "2026-11-06");   /* ten asked for, four left */
    CHECK(c.gaps == 2 && c.gap_handed == 0 && gap_clocks(food) == 1);
    const struct value *f = notice_of(food);
    CHECK(lists(f, "食品安全管理制度") && lists(f, "场所使用证明"));
    CHECK(value_get(f, STR("gap_papers"))->count == 2);
    CHECK(value_get_int(f, STR("gap_days"), 0) == 4);
    CHECK(str_find(value_get_text(f, STR("gap_basis")),
                   STR("不是法定期限")) > 0);
    CHECK_STR(value_get_text(f, STR("pledge")),
              "已收申请人签名的书面承诺");
    /* The drains ask for neither: accepted as ever, with no such clock. */
    CHECK(admit(part_of(n, 3), "D013", PLEDGED) == ERR_RANGE);
    CHECK(act(officer("D013", 0), part_of(n, 3), VERB_ACCEPT) == OK);
    CHECK(gap_clocks(part_of(n, 3)) == 0);
    check_columns(food);
}

static void a_main_paper_that_is_missing_is_never_a_gap(void)
{
    str n = filed_on("2026-11-02"), food = part_of(n, 1);
    struct act plain = { .verb = VERB_ACCEPT, .number = food };
    spoil("DELETE FROM services_paper WHERE code = 'plan' AND case_id = "
          "(SELECT id FROM services_case WHERE number = $1)", n);
    struct act a = { .verb = VERB_ADMIT, .number = food, .pledge = PLEDGED };
    CHECK(act_as(officer("D025", 0), &a) == ERR_RANGE);
    CHECK(str_find(a.sentence, STR("主要材料“经营场所平面布局图”")) > 0);
    CHECK(act_as(officer("D025", 0), &plain) == ERR_RANGE);
    CHECK(ask_for(food, "D025", "经营场所平面布局图") == OK);
    CHECK(gap_clocks(food) == 0);
}

static void silence_of_the_desk_accepts_and_the_papers_still_have_a_day(void)
{
    str n = filed_on("2026-11-02"), sign = part_of(n, 4);
    clock_at("2026-11-10", 10);
    CHECK(run_job("services.deem") == OK);
    struct case_load c = row_of(sign);
    CHECK(c.deemed && c.gaps == 1 && gap_clocks(sign) == 1);
    CHECK_DAY(c.accepted, "2026-11-02");
    CHECK_DAY(c.gap_due, "2026-11-11"); /* its promise is over: one day */
    /* Nobody has undertaken anything: no rule ends it by itself. */
    clock_at("2026-11-20", 10);
    CHECK(run_job("services.gaps") == OK);
    CHECK(row_of(sign).open == 1);
}

/* ---- handed in ---- */

static void one_paper_serves_all_departments_and_each_looks_itself(void)
{
    str n = filed_on("2026-11-02"), food = part_of(n, 1), fire = part_of(n, 2);
    CHECK(admit(food, "D025", PLEDGED) == OK);
    CHECK(admit(fire, "D070", PLEDGED) == OK);
    CHECK(row_of(fire).gaps == 1);
    clock_at("2026-11-03", 10);
    CHECK(hand_in(n, food, "premises") == OK);
    CHECK(hand_in(n, food, "premises") == ERR_CONFLICT);
    CHECK(row_of(food).gap_handed == 1 && row_of(fire).gap_handed == 0);
    CHECK(hand_in(n, fire, "premises") == OK);
    CHECK(hand_in(n, fire, "safety") == ERR_RANGE);
    CHECK(say(food, "D025", "premises", false) == OK);
    CHECK(say(fire, "D070", "all", false) == OK);
    CHECK(row_of(food).gaps == 1 && row_of(fire).gaps == 0);
    CHECK(gap_clocks(food) == 1 && gap_clocks(fire) == 0);
    CHECK_DAY(row_of(fire).gap_due, "none");
}

static void nothing_is_granted_while_anything_is_to_come(void)
{
    str n = filed_on("2026-11-02"), fire = part_of(n, 2);
    CHECK(admit(fire, "D070", PLEDGED) == OK);
    CHECK(decide(fire, "D070", true) == ERR_CONFLICT);
    CHECK(hand_in(n, fire, "premises") == OK);
    CHECK(act(leader("D070"), fire, VERB_GRANT) == ERR_CONFLICT);
    CHECK(say(fire, "D070", "premises", false) == OK);
    CHECK(act(leader("D070"), fire, VERB_GRANT) == OK);
    CHECK(gap_clocks(fire) == 0);
}

static void a_refusal_needs_no_papers_and_ends_the_clock(void)
{
    str n = filed_on("2026-11-02"), fire = part_of(n, 2);
    CHECK(admit(fire, "D070", PLEDGED) == OK);
    CHECK(decide(fire, "D070", false) == OK);
    CHECK(row_of(fire).gaps == 0 && gap_clocks(fire) == 0);
    CHECK_DAY(row_of(fire).gap_due, "none");
    CHECK(number_of("SELECT count(*) FROM services_gap g JOIN services_case c "
                    "ON c.id = g.case_id WHERE c.number = $1 AND g.state = "
                    "'over'", fire) == 1);
}

static void what_was_sent_back_has_its_days_anew_once(void)
{
    str n = filed_on("2026-11-02"), food = part_of(n, 1);
    struct act longer = { .verb = VERB_EXTEND, .number = food, .days = 10,
                          .reason = STR("现场核查需要排期") };
    CHECK(admit(food, "D025", PLEDGED) == OK);
    CHECK(act_as(leader("D025"), &longer) == OK);
    clock_at("2026-11-06", 16); /* the last day */
    CHECK(hand_in(n, food, "safety") == OK);
    clock_at("2026-11-10", 10); /* looked at after it */
    CHECK(say(food, "D025", "safety", true) == OK);
    CHECK_DAY(row_of(food).gap_due, "2026-11-16"); /* four days again */
    CHECK(gap_clocks(food) == 1);
    CHECK(hand_in(n, food, "safety") == OK);
    CHECK(say(food, "D025", "safety", true) == OK);
    CHECK_DAY(row_of(food).gap_due, "2026-11-16"); /* once */
    struct act again = { .verb = VERB_AGAIN, .number = food,
                         .reason = STR("申请人住院") };
    CHECK(act_as(officer("D025", 0), &again) == ERR_RANGE);
    clock_at("2026-11-17", 10);
    CHECK(hand_in(n, food, "safety") == ERR_RANGE);
    CHECK(decide(food, "D025", false) == OK);
}

/* ---- the day ---- */

static void the_applicant_is_reminded_and_no_office_gets_a_card(void)
{
    str n = filed_on("2026-11-02"), food = part_of(n, 1);
    CHECK(admit(food, "D025", PLEDGED) == OK);
    levels_rise(food);
    CHECK(letters(n, "您的办件：容缺的材料快到期了") == 0);
    clock_at("2026-11-04", 10); /* two working days are left */
    levels_rise(food);
    levels_rise(food);
    CHECK(letters(n, "您的办件：容缺的材料快到期了") == 1);
    clock_at("2026-11-09", 10);
    levels_rise(food);
    CHECK(letters(n, "您的办件：补交期限已过") == 1);
    clock_at("2026-11-20", 10);
    levels_rise(food);
    CHECK(letters(n, "您的办件：补交期限已过") == 1);
    CHECK(number_of("SELECT count(*) FROM supervision_card WHERE matter = "
                    "'gaps' OR ref = $1", food) == 0);
    CHECK(run_job("services.gaps") == OK); /* its rule: the organ decides */
    CHECK(row_of(food).open == 1 && row_of(food).gaps == 2);
}

static void who_has_handed_everything_in_is_not_reminded(void)
{
    str n = filed_on("2026-11-02"), fire = part_of(n, 2);
    CHECK(admit(fire, "D070", PLEDGED) == OK);
    CHECK_DAY(row_of(fire).gap_due, "2026-11-04");
    CHECK(hand_in(n, fire, "premises") == OK);
    clock_at("2026-11-06", 10);
    levels_rise(fire);
    CHECK(letters(n, "您的办件：容缺的材料快到期了") == 0);
    CHECK(letters(n, "您的办件：补交期限已过") == 0);
}

static void where_the_item_says_so_silence_counts_as_taken_back(void)
{
    str n = filed_on("2026-11-02"), sign = part_of(n, 4);
    CHECK(admit(sign, "D014", PLEDGED) == OK);
    CHECK_DAY(row_of(sign).gap_due, "2026-11-04");
    clock_at("2026-11-04", 23);
    CHECK(run_job("services.gaps") == OK);
    CHECK(row_of(sign).open == 1);
    CHECK(act(officer("D014", 0), sign, VERB_LAPSE) == ERR_DENIED);
    clock_at("2026-11-05", 1);
    CHECK(run_job("services.gaps") == OK);
    struct case_load c = row_of(sign);
    CHECK_STR(c.state, "withdrawn");
    CHECK(!c.open && c.gaps == 0 && gap_clocks(sign) == 0);
    CHECK(clocks_running(sign) == 0);
    const struct value *f = notice_of(sign);
    CHECK(lists(f, "场所使用证明"));
    CHECK(str_find(value_get_text(f, STR("gap_basis")),
                   STR("安阳市政务服务条例")) > 0);
    CHECK(str_find(last_event(sign), STR("视为撤回申请")) > 0);
    CHECK(row_of(n).open == 1);
    CHECK(run_job("services.gaps") == OK);
    CHECK(events_of(sign) == 2);
}

static void what_lies_with_the_desk_does_not_lapse(void)
{
    str n = filed_on("2026-11-02"), sign = part_of(n, 4);
    CHECK(admit(sign, "D014", PLEDGED) == OK);
    CHECK(hand_in(n, sign, "premises") == OK);
    clock_at("2026-11-20", 10);
    CHECK(run_job("services.gaps") == OK);
    CHECK(row_of(sign).open == 1);
    CHECK(say(sign, "D014", "premises", false) == OK);
    CHECK(row_of(sign).gaps == 0);
}

static void (*const tests[])(void) = {
    the_officer_tells_exactly_what_is_missing_and_until_when,
    a_main_paper_that_is_missing_is_never_a_gap,
    silence_of_the_desk_accepts_and_the_papers_still_have_a_day,
    one_paper_serves_all_departments_and_each_looks_itself,
    nothing_is_granted_while_anything_is_to_come,
    a_refusal_needs_no_papers_and_ends_the_clock,
    what_was_sent_back_has_its_days_anew_once,
    the_applicant_is_reminded_and_no_office_gets_a_card,
    who_has_handed_everything_in_is_not_reminded,
    where_the_item_says_so_silence_counts_as_taken_back,
    what_lies_with_the_desk_does_not_lapse,
    nothing_personal_is_in_open_events_nor_in_the_audit,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
