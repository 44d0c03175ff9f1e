/* Which row of which table answers an address. */
#include "kernel/http/inside.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena a;

static enum err none(struct request *rq, struct tx *tx)
{
    (void)rq, (void)tx;
    return OK;
}

#define ROW(m, p) { .method = m, .path = p, .handle = none, .may = "anyone" }

static const struct route good[] = {
    ROW("GET", "/"),
    ROW("GET", "/cases/{number}"),
    ROW("POST", "/cases/{number}/accept"),
    ROW("GET", "/cases/{number}/papers/{paper}"),
    ROW("GET", "/cases/new"),
    ROW("POST", "/cases/new"),
    { 0 },
};
static const struct module good_module = { .name = "good", .routes = good };

static struct routes *compiled(const struct module *m, str *problem)
{
    const struct module *const all[] = { m, NULL };
    struct routes *r = NULL;
    return routes_compile(all, &a, &r, problem) == OK ? r : NULL;
}

/* The row's path and the values of its names: "/cases/{number} 12". */
static str found(const char *path)
{
    str problem, value[HTTP_PARAMS];
    static struct routes *r;
    const struct spot *spot;
    if (r == NULL)
        r = compiled(&good_module, &problem);
    enum err e = routes_find(r, &a, str_of(path), &spot, value);
    if (e != OK)
        return str_of(err_name(e));
    str out = str_of((spot->get ? spot->get : spot->post)->path);
    for (int i = 0; i < spot->params; i++)
        out = arena_printf(&a, "%.*s %.*s", STR_ARG(out), STR_ARG(value[i]));
    return out;
}

static void a_word_wins_over_a_name(void)
{
    CHECK_STR(found("/"), "/");
    CHECK_STR(found("/cases/new"), "/cases/new");
    CHECK_STR(found("/cases/12"), "/cases/{number} 12");
    CHECK_STR(found("/cases/12/papers/3"),
              "/cases/{number}/papers/{paper} 12 3");
    CHECK_STR(found("/cases/12/accept"), "/cases/{number}/accept 12");
}

static void unknown_addresses_are_not_found(void)
{
    static const char *const paths[] = { "/x", "/cases", "/cases/", "//",
                                         "/cases/1/2", "/cases//papers/1",
                                         "/cases/new/accept" };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        CHECK_STR(found(paths[i]), err_name(ERR_NOTFOUND));
    CHECK_STR(found("x"), err_name(ERR_INPUT));
}

static void a_segment_is_decoded_once(void)
{
    CHECK_STR(found("/cases/%E4%BA%91%E6%94%BF"), "/cases/{number} 云政");
    CHECK_STR(found("/c%61ses/1"), "/cases/{number} 1");
    CHECK_STR(found("/cases/%252e"), "/cases/{number} %2e");
    CHECK_STR(found("/cases/a+b"), "/cases/{number} a+b");
}

static void what_could_mean_something_else_matches_nothing(void)
{
    static const char *const paths[] = {
        "/cases/..",     "/cases/%2e%2e",   "/cases/.",     "/cases/a%2Fb",
        "/cases/a%5Cb",  "/cases/a%0Ab",    "/cases/%7F",   "/cases/a\\b",
        "/cases/%C2%85", "/cases/../login",
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        CHECK_STR(found(paths[i]), err_name(ERR_NOTFOUND));
    CHECK_STR(found("/cases/%FF"), err_name(ERR_INPUT));
    CHECK_STR(found("/cases/%00"), err_name(ERR_INPUT));
    CHECK_STR(found("/cases/\xff"), err_name(ERR_INPUT));
}

static void a_value_has_at_most_200_bytes(void)
{
    char path[300] = "/cases/";
    memset(path + 7, 'x', HTTP_PARAM_BYTES);
    CHECK(!str_is(found(path), err_name(ERR_NOTFOUND)));
    path[7 + HTTP_PARAM_BYTES] = 'x';
    CHECK_STR(found(path), err_name(ERR_NOTFOUND));
}

static void a_table_that_contradicts_itself_does_not_start(void)
{
    static const struct route tables[][3] = {
        { ROW("GET", "/a"), ROW("GET", "/a"), { 0 } },
        { ROW("GET", "/a/{x}"), ROW("POST", "/a/{y}"), { 0 } },
        { ROW("PUT", "/a"), { 0 } },
        { ROW("GET", "a"), { 0 } },
        { ROW("GET", "/a/"), { 0 } },
        { ROW("GET", "/{}"), { 0 } },
        { { .method = "GET", .path = "/a", .may = "anyone" }, { 0 } },
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct module m = { .name = "bad", .routes = tables[i] };
        str problem = str_none;
        CHECK(compiled(&m, &problem) == NULL);
        CHECK(problem.n > 0);
    }
}

int main(void)
{
    RUN(a_word_wins_over_a_name);
    RUN(unknown_addresses_are_not_found);
    RUN(a_segment_is_decoded_once);
    RUN(what_could_mean_something_else_matches_nothing);
    RUN(a_value_has_at_most_200_bytes);
    RUN(a_table_that_contradicts_itself_does_not_start);
    arena_free(&a);
    return test_result();
}
