/*
 * The functions of 10.3.4 on lists, numbers, days, contexts and ranges with
 * arguments that are wrong, missing, null or too many.
 */
#include "kernel/rules/tests/feel_case.h"

static void lists_are_asked(void)
{
    static const struct feel_case cases[] = {
        { "list contains([1], 1)", "true" },
        { "list contains(1, 1)", "true" },
        { "list contains(null, 1)", "null" },
        { "list contains([], null)", "false" },
        { "list contains([null], null)", "true" },
        { "list contains([1,2], \"a\")", "false" },
        { "list contains([[1,2]], [1,2])", "true" },
        { "list contains([{a:1}], {a:1})", "true" },
        { "list contains()", "null" },
        { "list contains([1])", "null" },
        { "list contains(list: [1,2,3], element: 3)", "true" },
        { "list contains([@\"2018-12-10\"], @\"2018-12-10\")", "true" },
        { "list contains([[1]], [1])", "true" },
        { "count()", "null" },
        { "count([null])", "1" },
        { "count(1)", "1" },
        { "count([1,2],[3])", "null" },
    };
    FEEL_CASES(cases);
}

static void lists_are_summed_up(void)
{
    static const struct feel_case cases[] = {
        { "min()", "null" },
        { "min(null)", "null" },
        { "min([null])", "null" },
        { "min([1,null,3])", "null" },
        { "min([])", "null" },
        { "min([[1,2]])", "null" },
        { "min(true)", "null" },
        { "min(\"a\",\"b\")", "\"a\"" },
        { "min([@\"PT1H\", @\"PT2H\"])", "\"PT1H\"" },
        { "max(@\"P1Y\", @\"P13M\")", "\"P1Y1M\"" },
        { "max([1,2], [3])", "null" },
        { "max(\"a\")", "\"a\"" },
        { "max([{a:1}])", "null" },
        { "max([@\"2018-12-10T10:30:00\", @\"2018-12-10T10:30:01\"])",
          "\"2018-12-10T10:30:01\"" },
        { "sum()", "null" },
        { "sum(null)", "null" },
        { "sum(1,2,3)", "6" },
        { "sum([1,\"2\"])", "null" },
        { "sum([\"a\"])", "null" },
        { "sum([[1,2],3])", "null" },
        { "mean()", "null" },
        { "mean(1,2,3,4)", "2.5" },
        { "mean([1,null])", "null" },
        { "mean(null)", "null" },
        { "mean(\"a\")", "null" },
        { "all()", "null" },
        { "all(null)", "null" },
        { "all([null])", "null" },
        { "all(true, false)", "false" },
        { "all([true, true])", "true" },
        { "all([null, false])", "false" },
        { "all([[true]])", "null" },
        { "any()", "null" },
        { "any(null)", "null" },
        { "any([null])", "null" },
        { "any(false, true)", "true" },
        { "any([false])", "false" },
        { "any([true,null])", "true" },
        { "any(list: null)", "null" },
    };
    FEEL_CASES(cases);
}

static void parts_of_lists(void)
{
    static const struct feel_case cases[] = {
        { "sublist([1,2,3], 1)", "[1,2,3]" },
        { "sublist([1,2,3], 4)", "null" },
        { "sublist([1,2,3], -2, 1)", "[2]" },
        { "sublist([1,2,3], -4)", "null" },
        { "sublist([1,2,3], 1, 0)", "null" },
        { "sublist(null, 1)", "null" },
        { "sublist([1,2,3], null)", "null" },
        { "sublist([1,2,3], \"1\")", "null" },
        { "sublist([], 1)", "null" },
        { "sublist([1,2,3], 2, 2)", "[2,3]" },
        { "sublist(1, 1)", "[1]" },
        { "append([1,2])", "null" },
        { "append()", "null" },
        { "append(null, 1)", "null" },
        { "append(null, null)", "null" },
        { "append([], 1)", "[1]" },
        { "append(1, 2)", "[1,2]" },
        { "append([1], [2,3])", "[1,[2,3]]" },
        { "append([1], 2, null)", "[1,2,null]" },
        { "append(list: [1], item: 2)", "[1,2]" },
        { "concatenate()", "null" },
        { "concatenate(null)", "null" },
        { "concatenate([1], null)", "null" },
        { "concatenate([1], 2)", "[1,2]" },
        { "concatenate([1,2],[],[3])", "[1,2,3]" },
        { "concatenate([1])", "[1]" },
        { "concatenate([[1]],[2])", "[[1],2]" },
        { "insert before([1,2], 0, 3)", "null" },
        { "insert before([1,2], 1, null)", "[null,1,2]" },
        { "insert before(null, 1, 1)", "null" },
        { "insert before([1,2], null, 1)", "null" },
        { "insert before([1,2], 2, 9)", "[1,9,2]" },
        { "insert before([1,2], -2, 9)", "[9,1,2]" },
        { "insert before([1,2], -3, 9)", "null" },
        { "insert before([], 1, 9)", "null" },
        { "insert before([1], 1)", "null" },
        { "remove([1,2,3], -1)", "[1,2]" },
        { "remove([1,2,3], 0)", "null" },
        { "remove([1,2,3], null)", "null" },
        { "remove(null, 1)", "null" },
        { "remove([1], 1)", "[]" },
        { "remove(1, 1)", "[]" },
    };
    FEEL_CASES(cases);
}

static void lists_are_turned_and_joined(void)
{
    static const struct feel_case cases[] = {
        { "reverse([])", "[]" },
        { "reverse(null)", "null" },
        { "reverse(1)", "[1]" },
        { "reverse([1,null])", "[null,1]" },
        { "index of([1,2], 3)", "[]" },
        { "index of(null, 3)", "null" },
        { "index of([], 3)", "[]" },
        { "index of([1])", "null" },
        { "index of([[1],[2]], [1])", "[1]" },
        { "index of([\"a\"], \"a\")", "[1]" },
        { "union([1,2],[2,null],[null])", "[1,2,null]" },
        { "union()", "null" },
        { "union([1], null)", "null" },
        { "union([1,1])", "[1]" },
        { "union(1, 2)", "[1,2]" },
        { "distinct values([1,null,null])", "[1,null]" },
        { "distinct values([1,\"1\",1])", "[1,\"1\"]" },
        { "distinct values(null)", "null" },
        { "distinct values([])", "[]" },
        { "distinct values([[1],[1]])", "[[1]]" },
        { "distinct values([1,2],[3])", "null" },
        { "flatten([])", "[]" },
        { "flatten(null)", "null" },
        { "flatten([1,[null,[2]]])", "[1,null,2]" },
        { "flatten(1)", "[1]" },
    };
    FEEL_CASES(cases);
}

static void statistics_and_order(void)
{
    static const struct feel_case cases[] = {
        { "product(null)", "null" },
        { "product(2,3)", "6" },
        { "product([2,null])", "null" },
        { "median(null)", "null" },
        { "median([1,null])", "null" },
        { "median(1)", "1" },
        { "stddev(null)", "null" },
        { "stddev([])", "null" },
        { "stddev([1,2,null])", "null" },
        { "stddev(1,1)", "0" },
        { "mode(null)", "null" },
        { "mode([1,null])", "null" },
        { "mode(1)", "[1]" },
        { "mode([2,1,2,1,3])", "[1,2]" },
        { "mode(\"a\")", "null" },
        { "sort([1,3,2])", "[1,2,3]" },
        { "sort(null, function(a,b) a<b)", "null" },
        { "sort([2,1], null)", "null" },
        { "sort([], function(a,b) a<b)", "[]" },
        { "sort([2,1], \"x\")", "null" },
        { "sort([2,1], function(a) a)", "null" },
        { "sort(precedes: function(x,y) x < y, list: [3,1])", "[1,3]" },
        { "list replace([1,2,3], 1, null)", "[null,2,3]" },
        { "list replace([1,2,3], 0, 4)", "null" },
        { "list replace([1,2,3], 4, 4)", "null" },
        { "list replace([1,2,3], -1, 4)", "[1,2,4]" },
        { "list replace(null, 1, 4)", "null" },
        { "list replace([1,2,3], null, 4)", "null" },
        { "list replace([1,2,3], \"1\", 4)", "null" },
        { "list replace([1,2,3], function(item, newItem) \"x\", 4)", "null" },
        { "list replace([1,2,3], function(item) true, 4)", "null" },
        { "list replace([1,2,3], function(item, newItem) null, 4)", "null" },
        { "list replace([], function(item, newItem) true, 4)", "[]" },
        { "list replace(list: [1,2,3], match: function(item, newItem) item = "
          "2, newItem: 4)", "[1,4,3]" },
    };
    FEEL_CASES(cases);
}

static void numbers_are_rounded(void)
{
    static const struct feel_case cases[] = {
        { "decimal(1.115, 2)", "1.12" },
        { "decimal(0.505, 2)", "0.5" },
        { "decimal(null, 2)", "null" },
        { "decimal(1, null)", "null" },
        { "decimal(1.5)", "null" },
        { "decimal(1, -6112)", "null" },
        { "decimal(\"1\", 1)", "null" },
        { "decimal(123.456, 1.9)", "123.5" },
        { "floor(1.5, 0)", "1" },
        { "floor(null)", "null" },
        { "floor(\"1\")", "null" },
        { "floor()", "null" },
        { "floor(-33.123, 2)", "-33.13" },
        { "floor(1, 2, 3)", "null" },
        { "floor(1.5, 6177)", "null" },
        { "ceiling(-1.5)", "-1" },
        { "ceiling(-33.123, 2)", "-33.12" },
        { "ceiling(null, 1)", "null" },
        { "round up(5.5, null)", "null" },
        { "round up(null, 1)", "null" },
        { "round up(1.6, 0)", "2" },
        { "round up(-1.1, 0)", "-2" },
        { "round up(1.121, 2.5)", "1.13" },
        { "round half down(1.6, 0)", "2" },
        { "round half down(2.5, 0)", "2" },
        { "round half up(-2.5, 0)", "-3" },
        { "round half up(1.126, 2)", "1.13" },
        { "round down(1.9, 0)", "1" },
        { "round down(n: 1.9, scale: 0)", "1" },
    };
    FEEL_CASES(cases);
}

static void numbers_are_computed(void)
{
    static const struct feel_case cases[] = {
        { "abs()", "null" },
        { "abs(null)", "null" },
        { "abs(\"1\")", "null" },
        { "abs(@\"2018-12-10\")", "null" },
        { "abs([1])", "1" },
        { "abs(n: -1.5)", "1.5" },
        { "abs(number: -1)", "null" },
        { "abs(@\"-P1DT2H\")", "\"P1DT2H\"" },
        { "modulo(10, 4)", "2" },
        { "modulo(null, 4)", "null" },
        { "modulo(4, null)", "null" },
        { "modulo(5)", "null" },
        { "modulo(\"5\", 2)", "null" },
        { "modulo(10, 3, 2)", "null" },
        { "modulo(1.5, 0.5)", "0" },
        { "modulo(-1, 3)", "2" },
        { "sqrt(null)", "null" },
        { "sqrt()", "null" },
        { "sqrt(\"4\")", "null" },
        { "sqrt(0)", "0" },
        { "log(null)", "null" },
        { "log(-1)", "null" },
        { "log(1)", "0" },
        { "exp(null)", "null" },
        { "exp(-1)", "0.3678794411714423215955237701614609" },
        { "odd(null)", "null" },
        { "odd(-1)", "true" },
        { "odd(1.5)", "false" },
        { "odd(0)", "false" },
        { "even(0)", "true" },
        { "even()", "null" },
        { "even(null)", "null" },
        { "even(2.0)", "true" },
        { "odd(5.0)", "true" },
    };
    FEEL_CASES(cases);
}

static void days_have_names(void)
{
    static const struct feel_case cases[] = {
        { "day of year(date(2020, 12, 31))", "366" },
        { "day of year(null)", "null" },
        { "day of year()", "null" },
        { "day of year(\"2019-09-17\")", "null" },
        { "day of year(@\"2019-09-17T10:00:00\")", "260" },
        { "day of week(@\"2019-09-17T10:00:00Z\")", "\"Tuesday\"" },
        { "month of year(@\"2019-01-01\")", "\"January\"" },
        { "week of year(@\"2020-12-31\")", "53" },
        { "now(1)", "null" },
        { "today(1)", "null" },
        { "now() instance of date and time", "true" },
    };
    FEEL_CASES(cases);
}

static void is_asks_for_the_same_element(void)
{
    static const struct feel_case cases[] = {
        { "is(null, null)", "true" },
        { "is(1, null)", "false" },
        { "is(1, 1.0)", "true" },
        { "is(\"a\", \"a\")", "true" },
        { "is([1], [1])", "true" },
        { "is([1], 1)", "false" },
        { "is(1)", "null" },
        { "is()", "null" },
        { "is(1,2,3)", "null" },
        { "is({a:1},{a:1})", "true" },
        { "is({a:1},{a:2})", "false" },
        { "is(@\"2012-12-25T00:00:00+01:00\", @\"2012-12-24T23:00:00Z\")",
          "false" },
        { "is(@\"2012-12-25\", @\"2012-12-25T00:00:00Z\")", "false" },
        { "is(@\"23:00:50\", @\"23:00:50\")", "true" },
        { "is(@\"23:00:50+01:00\", @\"23:00:50+01:00\")", "true" },
        { "is(@\"23:00:50+01:00\", @\"22:00:50Z\")", "false" },
        { "is(@\"P1Y\", @\"P12M\")", "true" },
        { "is(@\"P1D\", @\"PT24H\")", "true" },
        { "is(@\"P0D\", @\"P0M\")", "false" },
        { "is(true, true)", "true" },
        { "is([1..2], [1..2])", "true" },
        { "is([1..2], [1..2))", "false" },
        { "is([@\"2012-12-25T00:00:00+01:00\"], [@\"2012-12-24T23:00:00Z\"])",
          "false" },
        { "is(abs, abs)", "true" },
        { "is(value2: 1, value1: 1)", "true" },
    };
    FEEL_CASES(cases);
}

static void contexts_are_read_and_made(void)
{
    static const struct feel_case cases[] = {
        { "get value({a: 1}, null)", "null" },
        { "get value(null, \"a\")", "null" },
        { "get value({a: 1}, [])", "null" },
        { "get value({a: {b: {c: 1}}}, [\"a\",\"b\",\"c\"])", "1" },
        { "get value({a: 1}, [\"a\", \"b\"])", "null" },
        { "get value({a: null}, \"a\")", "null" },
        { "get value([{a: 1}], \"a\")", "1" },
        { "get value({a: 1}, [\"a\"])", "1" },
        { "get value({a: 1})", "null" },
        { "get value(\"a\", \"a\")", "null" },
        { "get entries(null)", "null" },
        { "get entries({})", "[]" },
        { "get entries(\"a\")", "null" },
        { "get entries([])", "null" },
        { "get entries([{a:1}])", "[{\"key\":\"a\",\"value\":1}]" },
        { "get entries({a:1,b:2}).key", "[\"a\",\"b\"]" },
        { "context()", "null" },
        { "context(null)", "null" },
        { "context([])", "{}" },
        { "context({key:\"a\", value:1})", "{\"a\":1}" },
        { "context([{key:\"a\", value:1, x: 2}])", "{\"a\":1}" },
        { "context([{key:\"a\", value:null}])", "{\"a\":null}" },
        { "context([{key:null, value:1}])", "null" },
        { "context([{key:\"a\"}])", "null" },
        { "context([{value:1}])", "null" },
        { "context([1])", "null" },
        { "context([{key:\"\", value:1}])", "{\"\":1}" },
        { "context([{key:1, value:1}])", "null" },
    };
    FEEL_CASES(cases);
}

static void contexts_are_changed(void)
{
    static const struct feel_case cases[] = {
        { "context put(null, \"a\", 1)", "null" },
        { "context put({}, \"a\", 1)", "{\"a\":1}" },
        { "context put({a:1}, null, 1)", "null" },
        { "context put({a:1}, \"a\", null)", "{\"a\":null}" },
        { "context put({a:1}, \"b\")", "null" },
        { "context put({a:1}, [\"a\"], 2)", "{\"a\":2}" },
        { "context put({x:{y:{z:0}}}, [\"x\",\"y\",\"z\"], 2)",
          "{\"x\":{\"y\":{\"z\":2}}}" },
        { "context put({x:1}, [\"a\",\"b\"], 2)", "null" },
        { "context put({x:1}, [\"x\",\"b\"], 2)", "null" },
        { "context put({x:1}, [null], 2)", "null" },
        { "context put({x:1}, [\"x\", null], 2)", "null" },
        { "context put({x:1}, null, 2)", "null" },
        { "context put({x:1}, 1, 2)", "null" },
        { "context put(1, \"a\", 2)", "null" },
        { "context put({a: 1}, \"a\", 2).a", "2" },
        { "context merge(null)", "null" },
        { "context merge([])", "{}" },
        { "context merge([{}])", "{}" },
        { "context merge({a:1})", "{\"a\":1}" },
        { "context merge([null])", "null" },
        { "context merge([{a:1}, null])", "null" },
        { "context merge([{a:1},{b:2},{a:{c:1}}])",
          "{\"a\":{\"c\":1},\"b\":2}" },
        { "context merge()", "null" },
        { "context merge([{a:1}], 1)", "null" },
    };
    FEEL_CASES(cases);
}

static void ranges_are_made_of_texts(void)
{
    static const struct feel_case cases[] = {
        { "range(null)", "null" },
        { "range()", "null" },
        { "range(\"[1..3]\") = [1..3]", "true" },
        { "range(\"(1..3)\") = (1..3)", "true" },
        { "range(\"]1..3[\") = (1..3)", "true" },
        { "range(\"[1..]\")", "null" },
        { "range(\"[1..)\").end", "null" },
        { "range(\"(1..)\").start included", "false" },
        { "range(\"[..3]\")", "null" },
        { "range(\"(..3]\").end", "3" },
        { "range(\"(..)\")", "null" },
        { "range(\"[\\\"a\\\"..\\\"z\\\"]\").start", "\"a\"" },
        { "range(\"['a'..'z']\")", "null" },
        { "range(\"[a..z]\")", "null" },
        { "range(\"[1..\\\"a\\\"]\")", "null" },
        { "range(\"[date(\\\"2024-01-01\\\")..date(\\\"2024-02-01\\\"))\").end",
          "\"2024-02-01\"" },
        { "range(\"[@\\\"PT1H\\\"..@\\\"PT2H\\\"]\").end", "\"PT2H\"" },
        { "range(\"[duration(\\\"P1D\\\")..duration(\\\"P2D\\\")]\").start",
          "\"P1D\"" },
        { "range(\"[1+1..3]\")", "null" },
        { "range(\"[null..3]\")", "null" },
        { "range(\"[1..null]\")", "null" },
        { "range(\"[true..false]\")", "null" },
        { "range(\"[-5..-1]\").start", "-5" },
        { "range(\" [1..3] \") = [1..3]", "true" },
        { "range(\"[1...3]\")", "null" },
        { "range(\"[1 .. 3]\") = [1..3]", "true" },
        { "range(\"[1.5..3.5]\").start", "1.5" },
        { "range(1)", "null" },
        { "range(\"1\")", "null" },
        { "range(\"[1,3]\")", "null" },
        { "range(\"[1..3\")", "null" },
        { "range(\"[3..1]\")", "null" },
        { "range(\"[\\\"z\\\"..\\\"a\\\"]\")", "null" },
        { "range(\"[1..1]\") = [1..1]", "true" },
        { "range(\"[@\\\"2024-01-01\\\"..@\\\"2024-01-01T00:00:00\\\"]\")",
          "null" },
        { "range(from: \"[1..3]\") = [1..3]", "true" },
        { "range(\"[1..3]\", 1)", "null" },
    };
    FEEL_CASES(cases);
}

static void not_takes_one_boolean(void)
{
    static const struct feel_case cases[] = {
        { "not()", "null" },
        { "not(true, false)", "null" },
        { "not([true])", "false" },
        { "not(negand: null)", "null" },
        { "not(1)", "null" },
    };
    FEEL_CASES(cases);
}

int main(void)
{
    RUN(lists_are_asked);
    RUN(lists_are_summed_up);
    RUN(parts_of_lists);
    RUN(lists_are_turned_and_joined);
    RUN(statistics_and_order);
    RUN(numbers_are_rounded);
    RUN(numbers_are_computed);
    RUN(days_have_names);
    RUN(is_asks_for_the_same_element);
    RUN(contexts_are_read_and_made);
    RUN(contexts_are_changed);
    RUN(ranges_are_made_of_texts);
    RUN(not_takes_one_boolean);
    return test_result();
}
