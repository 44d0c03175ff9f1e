/* The grammar (10.3.1) and the meaning of operators (10.3.2). */
#include "kernel/rules/tests/feel_case.h"

static void numbers_are_exact_decimals(void)
{
    static const struct feel_case cases[] = {
        { "0.1 + 0.2", "0.3" },
        { ".25 + .2", "0.45" },
        { ".10 * 30.00", "3" },
        { "1 + 3/2*2 - 2**3", "-4" },
        { "1/3", "0.3333333333333333333333333333333333" },
        { "1 = 1.000", "true" },
        { "1.01/2", "0.505" },
        { "1.0*10**3", "1000" },
        { "9999999999999999999999999999999999 + 1",
          "10000000000000000000000000000000000" },
        { "12345678901234567890.12345678901234",
          "12345678901234567890.12345678901234" },
        { "1 / 0", "null" },
        { "10 ** 7000", "null" },
        { "0 ** -1", "null" },
        { "(-8) ** (1/3)", "null" },
        { "1 ** 999999999", "1" },
        { "1 ** 1000000000", "null" },
        { "2 ** 0.5", "1.414213562373095048801688724209698" },
        { "-0", "0" },
        { "[1] + 2", "3" },
        { "[1,2] + 2", "null" },
        { "1.2e3", "1200" },
    };
    FEEL_CASES(cases);
}

static void operators_bind_as_the_grammar_orders_them(void)
{
    static const struct feel_case cases[] = {
        { "10 + 20 / -5 - 3", "3" },
        { "-10--5", "-5" },
        { "-2**2", "4" },
        { "2**3**2", "64" },
        { "2**-1", "0.5" },
        { "1 + 1 = 2 and 3 > 2", "true" },
        { "true or false and false", "true" },
        { "1 + if true then 1 else 5", "2" },
        { "1 + 2 instance of number", "null" },
        { "(1 + 2) instance of number", "true" },
        { "1 /* one */ + 2 // two", "3" },
        { "1 + + 2", "!" },
        { "1 2", "!" },
        { "", "!" },
        { "(1", "!" },
        { "[1, 2", "!" },
        { "[1,]", "!" },
        { "\"open", "!" },
        { "if true then 1", "!" },
        { "1 # 2", "!" },
    };
    FEEL_CASES(cases);
}

static void strings_know_their_escapes(void)
{
    static const struct feel_case cases[] = {
        { "\"a\\\"b\"", "\"a\\\"b\"" },
        { "\"\\u00e9\"", "\"é\"" },
        { "\"\\U01F40E\"", "\"🐎\"" },
        { "\"\\uD83D\\uDC0E\"", "\"🐎\"" },
        { "string length(\"a\\nb\")", "3" },
        { "string length(\"\\d\")", "2" },
        { "\"政\" + \"通\"", "\"政通\"" },
        { "\"a\" + 1", "null" },
        { "\"a\" < \"b\"", "true" },
        { "\"\" = null", "false" },
    };
    FEEL_CASES(cases);
}

static void logic_has_three_values(void)
{
    static const struct feel_case cases[] = {
        { "true and null", "null" },      { "false and null", "false" },
        { "null and false", "false" },    { "true or null", "true" },
        { "null or true", "true" },       { "false or null", "null" },
        { "true and \"x\"", "null" },     { "false or 1", "null" },
        { "not(null)", "null" },          { "not(\"x\")", "null" },
        { "not(false)", "true" },         { "null = null", "true" },
        { "1 = null", "false" },          { "null != 1", "true" },
        { "1 = \"1\"", "null" },          { "1 != \"1\"", "null" },
        { "null < 1", "null" },           { "true < false", "null" },
        { "if null then 1 else 2", "2" }, { "if 1 then 1 else 2", "2" },
    };
    FEEL_CASES(cases);
}

static void values_of_one_kind_compare(void)
{
    static const struct feel_case cases[] = {
        { "[1,2] = [1,2]", "true" },
        { "[1,2] = [2,1]", "false" },
        { "[] = null", "false" },
        { "{a: 1, b: 2} = {b: 2, a: 1}", "true" },
        { "{a: 1} = {a: 2}", "false" },
        { "{a: 1} = {}", "false" },
        { "[1..3] = [1..3]", "true" },
        { "[1..3] = [1..3)", "false" },
        { "(<= 10) = (null..10]", "false" }, /* left out is not null */
        { "(<= 10) = (<= 10)", "true" },
        { "(= 10) = [10..10]", "true" },
        { "(!= 10) = (!= 10)", "true" },
        { "(!= 10) = (10..10)", "false" },
        { "abs = abs", "true" },
        { "abs = sqrt", "false" },
        { "5 between 1 and 10", "true" },
        { "1 between 0 and null", "null" },
        { "0 between 1 and null", "false" },
    };
    FEEL_CASES(cases);
}

static void in_tests_values_lists_and_ranges(void)
{
    static const struct feel_case cases[] = {
        { "5 in [1..10]", "true" },     { "10 in [1..10)", "false" },
        { "10 in [1..10[", "false" },   { "1 in ]1..10]", "false" },
        { "1 in (1..10]", "false" },    { "5 in (<3, >4)", "true" },
        { "5 in <= 5", "true" },        { "5 in (? > 3)", "true" },
        { "5 in (1, 2, 5)", "true" },   { "5 in [1,2,5]", "true" },
        { "4 in [1,2,5]", "false" },    { "1 in [[2..4], [1..3]]", "true" },
        { "5 in 5", "true" },           { "null in [1..3]", "null" },
        { "5 in (!= 4)", "true" },      { "4 in (!= 4)", "false" },
        { "true in = false", "false" }, { "[1,2] in = [1,2]", "true" },
        { "true in [false,2]", "false" },
        { "5 in (null..10]", "null" },  { "5 in [(!= 4)]", "true" },
        { "\"b\" in [\"a\"..\"c\"]", "true" },
        { "5 in (4) + 1", "true" },     { "5 in ({a: 5}).a", "true" },
        { "5 in [1..\"b\"]", "null" },  { "null in [1..\"b\"]", "null" },
        { "[1,2] in [[1,2],[3]]", "true" },
        { "[1,2] in [1,2]", "false" },  { "[1] in [1,2]", "true" },
        { "[1,2] in ([1,2,3], [1,2])", "true" },
        { "1 in ([1,2])", "true" },
        { "date(\"2026-01-02\") in [@\"2026-01-01\"..@\"2026-12-31\"]",
          "true" },
    };
    FEEL_CASES(cases);
}

static void lists_are_filtered_and_indexed(void)
{
    static const struct feel_case cases[] = {
        { "[1,2,3,4][item > 2]", "[3,4]" },
        { "[{x:1, y:2}, {x:2, y:3}][x=1]", "[{\"x\":1,\"y\":2}]" },
        { "[{x:1, y:2}, {x:null, y:3}][x < 2]", "[{\"x\":1,\"y\":2}]" },
        { "[{x:1, y:2}, {x:2, y:3}].y", "[2,3]" },
        { "[{item: 5}, {item: 1}][item > 2]", "[{\"item\":5}]" },
        { "[1,2,3][1]", "1" },
        { "[1,2,3][-1]", "3" },
        { "[1,2,3][0]", "null" },
        { "[1,2,3][4]", "null" },
        { "[1,2,3][1.5]", "null" },
        { "[][1]", "null" },
        { "[][item > 1]", "[]" },
        { "3[item > 2]", "[3]" },
        { "3[1]", "3" },
        { "null[1]", "null" },
        { "{l: [5,6], i: 2, r: l[i]}.r", "6" },
        { "[{a: {b: [1]}}, {a: {b: [2.1, 2.2]}}].a.b",
          "[[1],[2.1,2.2]]" },
        { "[1,2,3][item >= 2][1]", "2" },
        { "[1,2][\"x\"]", "null" },
    };
    FEEL_CASES(cases);
}

static void descendants_are_found_at_any_depth(void)
{
    static const struct feel_case cases[] = {
        { "{a: {b: {b: 1}}}...b", "[{\"b\":1},1]" },
        { "[{a: 1}, {c: [{a: 2}]}]...a", "[1,2]" },
        { "{a: 1}...b", "[]" },
        { "{x: {y: {z: 5}}}...z[1] + 1", "6" },
        { "null...a", "[]" },
        { "\"x\"...a", "[]" },
        { "{a b: {a b: 1}}...a b", "[{\"a b\":1},1]" },
    };
    FEEL_CASES(cases);
}

static void contexts_see_earlier_entries(void)
{
    static const struct feel_case cases[] = {
        { "{a: 1, b: a + 1}", "{\"a\":1,\"b\":2}" },
        { "{\"a b\": 1, c: a b + 1}.c", "2" },
        { "{a b: 1}.a b", "1" },
        { "{a-b: 5, a: 1, b: 1, r: a - b}.r", "5" },
        { "{a: 1}.b", "null" },
        { "{a: 1, a: 2}", "null" },
        { "{f: function(x) x > 0, g: function(x) f(x + 1), r: g(0)}.r",
          "true" },
        { "{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r",
          "2432902008176640000" },
        { "{profit and loss: 3, r: profit and loss * 2}.r", "6" },
        { "{x: 1, y: {x: 2, z: x}}.y.z", "2" },
    };
    FEEL_CASES(cases);
}

static void loops_and_quantifiers(void)
{
    static const struct feel_case cases[] = {
        { "for i in [1,2,3] return i * i", "[1,4,9]" },
        { "for i in 1..3 return i", "[1,2,3]" },
        { "for i in 3..1 return i", "[3,2,1]" },
        { "for i in [1,2], j in [10,20] return i + j", "[11,21,12,22]" },
        { "for x in [[1,2],[3]], y in x return y", "[1,2,3]" },
        { "for i in 0..5 return if i = 0 then 1 else i * partial[-1]",
          "[1,1,2,6,24,120]" },
        { "for i in [1..3] return i", "[1,2,3]" },
        { "for i in (1..3) return i", "[2]" },
        { "for i in (1..2) return i", "[]" },
        { "for d in @\"2024-02-28\"..@\"2024-03-01\" return d",
          "[\"2024-02-28\",\"2024-02-29\",\"2024-03-01\"]" },
        { "for i in null return i", "null" },
        { "for i in 5 return i", "[5]" },
        { "for i in 1..\"x\" return i", "null" },
        { "for my item in [1,2] return my item + 1", "[2,3]" },
        { "some x in [1,2] satisfies x > 1", "true" },
        { "every x in [1,2] satisfies x > 1", "false" },
        { "some x in [] satisfies true", "false" },
        { "every x in [] satisfies false", "true" },
        { "some x in [1,2], y in [2,3] satisfies x = y", "true" },
        { "every x in [1, null] satisfies x > 0", "null" },
        { "some x in [1,2] satisfies \"x\"", "null" },
    };
    FEEL_CASES(cases);
}

static void functions_are_closures(void)
{
    static const struct feel_case cases[] = {
        { "(function(a, b) a - b)(5, 2)", "3" },
        { "(function(a, b) a - b)(b: 5, a: 2)", "-3" },
        { "(function(a, b) b = null)(a: 1)", "true" },
        { "(function(a) a)(b: 1)", "null" },
        { "(function(a) a)(1, 2)", "null" },
        { "(function(a: number) a)(\"x\")", "null" },
        { "(function(a: number) 7)(\"x\")", "null" },
        { "(function(a: number) a)([5])", "5" },
        { "(function(a: number) a)([[5]])", "null" },
        { "(function(a: list<number>) a)(5)", "[5]" },
        { "(function(a: date and time) a)(@\"2020-01-01\")",
          "\"2020-01-01T00:00:00Z\"" },
        { "null()", "null" },
        { "\"f\"()", "null" },
        { "(function() function() 5)()()", "5" },
        { "(function(a) external {java: {class: \"java.lang.Math\", "
          "method signature: \"cos(double)\"}})(0)",
          "1" },
        { "{n: 2, f: function(x) x * n, r: for n in [10] return f(3)}.r",
          "[6]" },
        { "(function() 5)()", "5" },
        { "5(1)", "null" },
        { "sort([3,1,2], function(a,b) a > b)", "[3,2,1]" },
        { "nothing(1)", "null" },
    };
    FEEL_CASES(cases);
}

static void instance_of_knows_the_lattice(void)
{
    static const struct feel_case cases[] = {
        { "1 instance of number", "true" },
        { "1 instance of Any", "true" },
        { "null instance of Any", "false" },
        { "null instance of Null", "true" },
        { "\"a\" instance of number", "false" },
        { "[123] instance of list<number>", "true" },
        { "[1,\"a\"] instance of list<number>", "false" },
        { "[1,\"a\"] instance of list<Any>", "true" },
        { "123 instance of list", "null" },
        { "1 instance of no such type", "null" },
        { "{a: 1, b: 2} instance of context<a: number>", "true" },
        { "{a: 1} instance of context<a: number, b: number>", "false" },
        { "[1..3] instance of range<number>", "true" },
        { "[1..3] instance of range<string>", "false" },
        { "(function(a: number) a) instance of function<number>->Any",
          "true" },
        { "(function(a: number) a) instance of function<number,number>->Any",
          "false" },
        { "null instance of function<>->Any", "false" },
        { "(function() 1) instance of function<>->number", "true" },
        { "(function() 1) instance of function<>->string", "false" },
        { "(function(a: string) a) instance of function<string>->number",
          "false" },
        { "(function(a: number) a > 1) instance of function<number>->boolean",
          "true" },
        { "(function(a: context<a: string>) {b: 1, c: 2}) instance of "
          "function<context<a: string, b: string>>->context<b: number>",
          "true" },
        { "(function(a: number) a) instance of function<Any>->Any", "false" },
        { "{a: null} instance of context<a: string>", "true" },
        { "@\"P1D\" instance of days and time duration", "true" },
        { "@\"P1Y\" instance of years and months duration", "true" },
        { "@\"2026-01-01\" instance of date", "true" },
        { "@\"2026-01-01\" instance of date and time", "false" },
    };
    FEEL_CASES(cases);
}

static void names_end_where_the_longest_known_one_does(void)
{
    struct arena a = arena_make(0);
    struct value *v = NULL;
    str why;
    CHECK(value_read_json(&a,
                          STR("{\"Monthly Salary\": 10, \"a-b\": 3, \"a\": 8,"
                              "\"b\": 1, \"date\": 5, \"if any\": 1,"
                              "\"in\": 6, \"then\": 7,"
                              "\"p\": {\"first name\": \"x\", \"q\": 2}}"),
                          &v, &why) == OK);
    static const struct feel_case cases[] = {
        { "12 * Monthly Salary", "120" },
        { "12 * Monthly   Salary", "120" },
        { "a-b", "3" },
        { "a - b", "3" },
        { "(a)-(b)", "7" },
        { "p.first name", "\"x\"" },
        { "p.q+1", "3" },
        { "date + 1", "6" },
        { "date(\"2026-01-01\").year", "2026" },
        { "p.no such", "null" },
        { "if any + 1", "2" },
        { "if if any > 0 then if any else 0", "1" },
        { "in + 1", "7" },
        { "in in [6]", "true" },
        { "if then > 6 then then else in", "7" },
        { "a + else", "!" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        feel_case_check(&cases[i], v);
    arena_free(&a);
}

/* Without a bound each level would be read twice, and twice that inside. */
static void what_reads_in_two_ways_is_not_read_without_end(void)
{
    static const struct {
        const char *part, *middle, *close, *result;
    } nests[] = {
        { "true in (", "true", ")", "true" },
        { "1 in (n>n ", "1", "", "!" },
        { "]1..2[-", "1", "", "!" },
    };
    for (size_t i = 0; i < sizeof nests / sizeof *nests; i++) {
        struct buf b = { 0 };
        for (int k = 0; k < 60; k++)
            buf_printf(&b, "%s", nests[i].part);
        buf_printf(&b, "%s", nests[i].middle);
        for (int k = 0; k < 60; k++)
            buf_printf(&b, "%s", nests[i].close);
        buf_byte(&b, 0);
        struct feel_case c = { b.p, nests[i].result };
        feel_case_check(&c, NULL);
        buf_free(&b);
    }
}

static void every_bound_gives_null_and_no_crash(void)
{
    static const struct feel_case cases[] = {
        { "for i in 1..1000000000 return i", "null" },
        { "count(for i in 1..2000, j in 1..2000 return 1)", "null" },
        { "{f: function(x) f(x + 1), r: f(0)}.r", "null" },
        { "{s: \"0123456789\", r: for i in 1..40 return if i = 1 then s "
          "else partial[-1] + partial[-1]}.r",
          "null" },
        { "10 ** 999999999", "null" },
        { "{x: for i in 1..50000 return [partial[-1]], r: x = x}.r", "null" },
        { "{x: for i in 1..50000 return [partial[-1]], r: x.a}.r", "null" },
        { "string((for i in 1..50000 return [partial[-1]])[-1]) = null",
          "false" },
        { "count(for i in 1..100 return sqrt(i))", "100" },
        { "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"^(a+)+$b\")",
          "false" },
    };
    FEEL_CASES(cases);
    struct buf deep = { 0 };
    for (int i = 0; i < 100000; i++)
        buf_byte(&deep, '(');
    buf_byte(&deep, 0);
    struct feel_case c = { deep.p, "!" };
    feel_case_check(&c, NULL);
    buf_free(&deep);
}

int main(void)
{
    RUN(numbers_are_exact_decimals);
    RUN(operators_bind_as_the_grammar_orders_them);
    RUN(strings_know_their_escapes);
    RUN(logic_has_three_values);
    RUN(values_of_one_kind_compare);
    RUN(in_tests_values_lists_and_ranges);
    RUN(lists_are_filtered_and_indexed);
    RUN(descendants_are_found_at_any_depth);
    RUN(contexts_see_earlier_entries);
    RUN(loops_and_quantifiers);
    RUN(functions_are_closures);
    RUN(instance_of_knows_the_lattice);
    RUN(names_end_where_the_longest_known_one_does);
    RUN(what_reads_in_two_ways_is_not_read_without_end);
    RUN(every_bound_gives_null_and_no_crash);
    return test_result();
}
