/*
 * Lists longer than a page: whatever they are filtered by, walking from page to
 * page shows every case that fits and none twice.
 */
#include "demo/tests/site.h"

enum { CASES = 120, ACCEPTED = 60, JOINT = 30, MOST = 400 };

static const char *food, *zhou_himself;
static str made[CASES];

static str single(void)
{
    return file("YX-1175", TEXT(
        "{\"applicant_name\":\"周文远\",\"applicant_code\":\"%s\","
        "\"mobile\":\"" ZHOU_MOBILE "\",\"town\":\"T01\","
        "\"matter\":\"食堂一处，面积 80 平方米\"}", ZHOU_ID));
}

static void make_cases(void)
{
    site_clock("2026-11-02", 10);
    for (int i = 0; i < CASES; i++) {
        made[i] = single();
        if (i % 2)
            CHECK(act(officer("D025", 0), made[i], VERB_ACCEPT) == OK);
    }
}

/* ---- walking ---- */

#define MEMORY (&town.t.arena)

static struct value *read_page(const char *as, const char *path)
{
    struct value *root = NULL;
    struct reply r = get_json(as, path);
    str problem, body = arena_str(MEMORY, r.body);
    CHECK(r.status == 200);
    reply_free(&r);
    return value_read_json(MEMORY, body, &root, &problem) == OK ? root : NULL;
}

struct walk {
    str numbers[MOST];
    size_t n;
    int pages;
    bool twice;
};

static void take_page(struct walk *w, const struct value *root)
{
    const struct value *rows = value_get(root, STR("rows"));
    for (const struct value *r = rows ? rows->first : NULL; r; r = r->next) {
        str number = value_get_text(r, STR("number"));
        for (size_t i = 0; i < w->n; i++)
            w->twice |= str_eq(w->numbers[i], number);
        if (w->n < MOST)
            w->numbers[w->n++] = arena_str(MEMORY, number);
    }
}

static struct walk walked(const char *as, const char *path)
{
    struct walk w = { .n = 0 };
    const char *at = path;
    while (at[0] && w.pages < 20) {
        const struct value *root = read_page(as, at);
        CHECK(root != NULL);
        if (root == NULL)
            break;
        take_page(&w, root);
        w.pages++;
        at = arena_cstr(MEMORY, value_get_text(value_get(root, STR("pager")),
                                                STR("next")));
    }
    CHECK(!w.twice && at[0] == '\0');
    return w;
}

static size_t ours(const struct walk *w, bool accepted)
{
    size_t n = 0;
    for (int i = 0; i < CASES; i++)
        for (size_t k = 0; k < w->n; k++)
            n += (i % 2 == 1) == accepted && str_eq(made[i], w->numbers[k]);
    return n;
}

/* ---- the lists ---- */

static void a_desk_shows_all_that_is_open(void)
{
    struct walk w = walked(food, "/desk");
    CHECK(ours(&w, false) == CASES - ACCEPTED && ours(&w, true) == ACCEPTED);
    CHECK(w.pages >= 3);
}

static void a_state_shows_all_of_it_and_nothing_else(void)
{
    struct walk w = walked(food, "/desk?state=received");
    CHECK(ours(&w, false) == CASES - ACCEPTED && ours(&w, true) == 0);
    struct walk none = walked(food, "/desk?state=received&channel=kiosk");
    CHECK(none.n == 0);
    struct walk web = walked(food, "/desk?state=received&channel=web");
    CHECK(ours(&web, false) == CASES - ACCEPTED);
}

/* A page full of another state used to hide what stands behind it. */
static void the_first_page_of_a_filter_is_full(void)
{
    const struct value *root = read_page(food, "/desk?state=received");
    const struct value *rows = root ? value_get(root, STR("rows")) : NULL;
    CHECK(rows != NULL && rows->count == 50);
}

static void words_lead_on_to_older_ones(void)
{
    struct walk w = walked(food, "/desk?words=%E5%91%A8%E6%96%87%E8%BF%9C");
    CHECK(ours(&w, false) + ours(&w, true) == CASES);
    struct walk some = walked(food, "/desk?words=%E5%91%A8%E6%96%87%E8%BF%9C"
                                    "&state=received");
    CHECK(ours(&some, false) == CASES - ACCEPTED && ours(&some, true) == 0);
    /* What everybody may search: the title, never the person. */
    struct walk board = walked(zhou_himself, "/board?words="
                                             "%E9%A3%9F%E5%93%81");
    CHECK(ours(&board, false) + ours(&board, true) == CASES);
    CHECK(board.pages >= 6);
}

/* The whole of a joint case is found, too, and is no row of a desk: a page full
 * of such is not the end of the list. */
static void wholes_of_joint_cases_do_not_end_a_list(void)
{
    str part[JOINT];
    size_t parts = 0;
    for (int i = 0; i < JOINT; i++)
        part[i] = part_of(file("canyin", restaurant_of(FOUR)), 1);
    struct walk w = walked(food, "/desk?words=%E5%91%A8%E6%96%87%E8%BF%9C");
    for (int i = 0; i < JOINT; i++)
        for (size_t k = 0; k < w.n; k++)
            parts += str_eq(part[i], w.numbers[k]);
    CHECK(parts == JOINT);
    CHECK(ours(&w, false) + ours(&w, true) == CASES);
}

/* All within one instant: the clock stands still. */
static void what_was_closed_at_once_is_told_apart(void)
{
    for (int i = 0; i < CASES; i++)
        CHECK(act(zhou(), made[i], VERB_WITHDRAW) == OK);
    struct walk w = walked(food, "/desk?view=done");
    CHECK(ours(&w, false) + ours(&w, true) == CASES);
    struct walk open = walked(food, "/desk");
    CHECK(ours(&open, false) + ours(&open, true) == 0);
}

/* Closed in time, looked at long after its day: no card, nothing to handle. */
static void what_is_closed_is_never_late_again(void)
{
    static const char *const lists[] = { "/desk?view=done",
        "/desk?words=%E5%91%A8%E6%96%87%E8%BF%9C" };
    site_clock("2026-12-31", 10);
    food = sign_in("officer.d025"); /* the session has ended long ago */
    for (size_t i = 0; i < 2; i++) {
        const struct value *root = read_page(food, lists[i]);
        const struct value *rows = root ? value_get(root, STR("rows")) : NULL;
        bool seen = false;
        for (const struct value *r = rows ? rows->first : NULL; r;
             r = r->next) {
            bool closed = str_is(value_get_text(r, STR("verb")), "查看");
            bool marked = value_get_text(r, STR("card")).n ||
                          value_get_text(r, STR("row_look")).n;
            CHECK(closed != marked); /* the open ones are late by now */
            seen |= closed;
        }
        CHECK(seen);
    }
}

static void (*const tests[])(void) = {
    a_desk_shows_all_that_is_open,
    a_state_shows_all_of_it_and_nothing_else,
    the_first_page_of_a_filter_is_full,
    words_lead_on_to_older_ones,
    wholes_of_joint_cases_do_not_end_a_list,
    what_was_closed_at_once_is_told_apart,
    what_is_closed_is_never_late_again,
};

int main(void)
{
    for (int which = TEST_LITE; which <= TEST_PG; which++) {
        if (!site_open((enum test_database)which))
            continue;
        food = sign_in("officer.d025");
        zhou_himself = sign_in("resident.zhou");
        make_cases();
        site_run(tests, sizeof tests / sizeof *tests);
        site_close();
    }
    return test_result();
}
