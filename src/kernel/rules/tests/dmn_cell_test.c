/*
 * The cells of a table and what they hold for (rule 7 of the grammar, 8.3.3,
 * 10.3.2.7): lists of tests, negated ones, conditions that speak of "?",
 * values of every kind.  y is always 2.
 */
#include "kernel/rules/tests/dmn_case.h"

struct cell_case {
    const char *cell, *type, *input;
    bool hit;
};

static void cell_check(const struct cell_case *c)
{
    struct buf b = { 0 }, input = { 0 };
    int before = test_bad;
    buf_printf(&b, HEAD("t")
               "<itemDefinition name='tL' isCollection='true'>"
               "<typeRef>number</typeRef></itemDefinition>"
               "<itemDefinition name='tC'><itemComponent name='a'>"
               "<typeRef>number</typeRef></itemComponent></itemDefinition>"
               "<inputData id='i' name='x'><variable name='x' typeRef='%s'/>"
               "</inputData>" INPUT("j", "y", "number")
               "<decision id='d' name='d'>" NEEDS("i") NEEDS("j")
               "<decisionTable><input><inputExpression><text>x</text>"
               "</inputExpression></input><output/><rule><inputEntry><text>",
               c->type);
    buf_html(&b, str_of(c->cell));
    buf_printf(&b, "</text></inputEntry><outputEntry><text>1</text>"
               "</outputEntry></rule></decisionTable></decision>"
               "</definitions>");
    buf_byte(&b, 0);
    buf_printf(&input, "{\"x\":%s,\"y\":2}", c->input);
    buf_byte(&input, 0);
    one(b.p, "d", input.p, c->hit ? "1" : "null");
    if (test_bad != before)
        fprintf(stderr, "    %s for %s\n", c->cell, c->input);
    buf_free(&b);
    buf_free(&input);
}

static void cells_of_numbers_and_texts(void)
{
    static const struct cell_case cases[] = {
        { "not(? > 5)", "number", "3", true },
        { "not(? > 5)", "number", "7", false },
        { "not(1, ? > 5)", "number", "3", true },
        { "not(1, ? > 5)", "number", "1", false },
        { "not(1, ? > 5)", "number", "6", false },
        { "not(contains(?, \"a\"))", "string", "\"bc\"", true },
        { "not(contains(?, \"a\"))", "string", "\"ac\"", false },
        { "not(\"a\", null)", "string", "null", false },
        { "not(\"a\", null)", "string", "\"b\"", true },
        { "\"a\", null", "string", "null", true },
        { "(1..3)", "number", "1", false },
        { "(1..3)", "number", "2", true },
        { ">= y * 2", "number", "4", true },
        { "[y..y+2]", "number", "4", true },
        { "y", "number", "2", true },
        { "y + 1", "number", "3", true },
        { "not(y)", "number", "3", true },
        { "< y, > y + 5", "number", "1", true },
        { "y > 1", "number", "5", true },
        { "y > 3", "number", "5", false },
        { "? > y", "number", "5", true },
        { "? in [1, 5]", "number", "5", true },
        { "? between 1 and 5", "number", "5", true },
        { "if ? > 3 then true else false", "number", "5", true },
        { "every i in [1,2] satisfies ? > i", "number", "5", true },
        { "\"a\" or \"b\"", "string", "\"a\"", false },
        { "{a: 1}", "tC", "{\"a\":1}", true },
        { "not (\"a\")", "string", "\"b\"", true },
        { "not(\"a\"", "string", "\"b\"", false },
        { "date(\"2020-01-01\"), date(\"2021-01-01\")", "date",
          "\"2021-01-01\"", true },
        { "> date(\"2020-01-01\")", "date", "\"2021-01-01\"", true },
        { "> @\"2020-01-01T00:00:00Z\"", "date and time",
          "\"2021-01-01T00:00:00Z\"", true },
        { "[@\"10:00:00\"..@\"11:00:00\"]", "time", "\"10:30:00\"", true },
        { "<= @\"P1D\"", "days and time duration", "\"PT5H\"", true },
        { "> @\"P1Y\"", "years and months duration", "\"P13M\"", true },
        { "true", "boolean", "true", true },
        { "not(false)", "boolean", "true", true },
        { "null", "boolean", "null", true },
        { "false", "boolean", "null", false },
        { "not(null)", "number", "null", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cell_check(&cases[i]);
}

static void cells_of_times_booleans_and_lists(void)
{
    static const struct cell_case cases[] = {
        { "null, 1", "number", "null", true },
        { "!= null", "number", "1", true },
        { "= null", "number", "null", true },
        { "> null", "number", "1", false },
        { "null", "number", "1", false },
        { "[\"a\",\"b\"]", "string", "\"a\"", true },
        { "\"a\" , \"b\"", "string", "\"b\"", true },
        { " - ", "number", "5", true },
        { "-5", "number", "-5", true },
        { "- 5", "number", "-5", true },
        { "-y", "number", "-2", true },
        { "[1..5], [7..9]", "number", "8", true },
        { "not([1..5], [7..9])", "number", "6", true },
        { "]1..5[", "number", "1", false },
        { "]1..5[", "number", "3", true },
        { "1..5", "number", "3", false },
        { "/* c */ 5", "number", "5", true },
        { "5 // c", "number", "5", true },
        { "2 * 3", "number", "6", true },
        { "2 ** 3", "number", "8", true },
        { "[2*3..10]", "number", "6", true },
        { "abs(-6)", "number", "6", true },
        { "even(?)", "number", "6", true },
        { "even(y)", "number", "5", true },
        { "? = \"a\" or ? = \"b\"", "string", "\"b\"", true },
        { "string length(?) > 2", "string", "\"abc\"", true },
        { "matches(?, \"^a\")", "string", "\"abc\"", true },
        { "upper case(?) = \"A\"", "string", "\"a\"", true },
        { "instance of number", "number", "5", false },
        { "? instance of number", "number", "5", true },
        { "? + y > 6", "number", "5", true },
        { "?.a", "string", "\"x\"", false },
        { "\"\\u0061\"", "string", "\"a\"", true },
        { "1, \"a\", @\"2020-01-01\"", "date", "\"2020-01-01\"", true },
        { "some v in ? satisfies v > 2", "tL", "[1,3]", true },
        { "?[1] = 1", "tL", "[1,3]", true },
        { "[]", "tL", "[]", true },
        { "1", "tL", "[1,3]", false },
        { "1", "tL", "[1]", true },
        { "count(?) = 2 and ?[1] = 1", "tL", "[1,3]", true },
        { "> 5", "tL", "[6]", true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cell_check(&cases[i]);
}

int main(void)
{
    RUN(cells_of_numbers_and_texts);
    RUN(cells_of_times_booleans_and_lists);
    return test_result();
}
