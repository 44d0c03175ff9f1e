/*
 * Types of a model: what a result and an input are brought to, what constraints
 * refuse, and what a function of a declared type may be (7.3.2, 10.3.2.9).
 */
#include "kernel/rules/tests/dmn_case.h"

#define ITEM(name, inside) \
    "<itemDefinition name='" name "'>" inside "</itemDefinition>"
#define LIST(name, inside) \
    "<itemDefinition name='" name "' isCollection='true'>" inside \
    "</itemDefinition>"
#define OF(type) "<typeRef>" type "</typeRef>"
#define ALLOWED(text) "<allowedValues><text>" text "</text></allowedValues>"
#define BOUND(text) "<typeConstraint><text>" text "</text></typeConstraint>"
#define PART(name, type) \
    "<itemComponent name='" name "'>" OF(type) "</itemComponent>"
#define PARTS(name, type) \
    "<itemComponent name='" name "' isCollection='true'>" OF(type) \
    "</itemComponent>"

static const char items[] =
    LIST("tNums", OF("number"))
    ITEM("tA", OF("string") ALLOWED("\"x\",\"y\""))
    ITEM("tN", OF("number") ALLOWED("[1..10], &gt;100"))
    LIST("tAs", OF("string") ALLOWED("\"x\",\"y\""))
    LIST("tMany", OF("string") BOUND("count(?) &gt; 1"))
    ITEM("tC", PART("a", "number") PART("b", "string"))
    ITEM("tOuter", PART("p", "tC") PARTS("q", "number"))
    ITEM("tTree", PART("v", "number") PARTS("kids", "tTree"))
    ITEM("tAbove", OF("number") ALLOWED("&gt; 0"))
    ITEM("tWithin", OF("tAbove") ALLOWED("&lt; 10"))
    ITEM("tBounded", OF("tAbove") BOUND("&lt; 10"))
    LIST("tGrid", OF("tNums"))
    ITEM("tLate", OF("date") ALLOWED("&gt;= @\"2020-01-01\""))
    ITEM("tLong", OF("string") ALLOWED("string length(?) &gt; 2"))
    ITEM("tDigits", OF("string") ALLOWED("matches(?, \"^[0-9]+$\")"))
    ITEM("tOther", OF("string") ALLOWED("not(\"a\")"))
    ITEM("tSpan", OF("range&lt;number&gt;"))
    ITEM("tPair", PART("a", "number") PART("b", "number")
         BOUND("?.a &lt; ?.b"))
    LIST("tFew", PART("a", "number") BOUND("count(?) &lt; 2"))
    ITEM("tOne", OF("tNums") BOUND("count(?) = 1"))
    LIST("tPlaces", OF("tA"))
    ITEM("tFunction", "<functionItem outputTypeRef='number'>"
         "<parameters name='a' typeRef='number'/></functionItem>");

/* A decision x of that type, or of an input x of that type. */
static void typed(const char *type, const char *input, const char *text,
                  const char *want)
{
    struct buf b = { 0 };
    int before = test_bad;
    buf_printf(&b, HEAD("t") "%s<inputData id='i' name='x'><variable name='x'"
               " typeRef='", items);
    buf_html(&b, str_of(input ? type : "Any"));
    buf_printf(&b, "'/></inputData><decision id='d' name='d'>"
               "<variable name='d' typeRef='");
    buf_html(&b, str_of(input ? "Any" : type));
    buf_printf(&b, "'/>" NEEDS("i") "<literalExpression><text>");
    buf_html(&b, str_of(text));
    buf_printf(&b, "</text></literalExpression></decision></definitions>");
    buf_byte(&b, 0);
    one(b.p, "d", input ? input : "{}", want);
    if (test_bad != before)
        fprintf(stderr, "    %s as %s\n", text, type);
    buf_free(&b);
}

static void results_are_brought_to_their_type(void)
{
    static const struct {
        const char *type, *text, *want;
    } cases[] = {
        { "number", "1", "1" },
        { "number", "\"a\"", "null" },
        { "string", "1", "null" },
        { "number", "[1]", "1" },
        { "Any", "1", "1" },
        { "number", "[1,2]", "null" },
        { "number", "[]", "null" },
        { "number", "null", "null" },
        { "boolean", "true", "true" },
        { "date and time", "@\"2020-01-01\"", "\"2020-01-01T00:00:00Z\"" },
        { "dateTime", "@\"2020-01-01\"", "\"2020-01-01T00:00:00Z\"" },
        { "date", "@\"2020-01-01T00:00:00\"", "null" },
        { "date", "[@\"2020-01-01\"]", "\"2020-01-01\"" },
        { "date and time", "[@\"2020-01-01\"]", "null" },
        { "tNums", "1", "[1]" },
        { "tNums", "[1,2]", "[1,2]" },
        { "tNums", "[\"a\"]", "null" },
        { "tNums", "[1,\"a\"]", "null" },
        { "tNums", "\"a\"", "null" },
        { "tNums", "null", "null" },
        { "tNums", "[]", "[]" },
        { "tNums", "[[1]]", "null" },
        { "tNums", "[null,1]", "[null,1]" },
        { "tA", "\"x\"", "\"x\"" },
        { "tA", "\"z\"", "null" },
        { "tA", "[\"x\"]", "\"x\"" },
        { "tA", "[\"z\"]", "null" },
        { "tA", "null", "null" },
        { "tN", "5", "5" },
        { "tN", "50", "null" },
        { "tN", "101", "101" },
        { "tN", "\"5\"", "null" },
        { "tAs", "[\"x\",\"y\"]", "[\"x\",\"y\"]" },
        { "tAs", "[\"x\",\"z\"]", "null" },
        { "tAs", "\"x\"", "[\"x\"]" },
        { "tAs", "[]", "[]" },
        { "tMany", "[\"x\",\"y\"]", "[\"x\",\"y\"]" },
        { "tMany", "[\"x\"]", "null" },
        { "tMany", "\"x\"", "null" },
        { "tC", "{a:1,b:\"x\"}", "{\"a\":1,\"b\":\"x\"}" },
        { "tC", "{a:1}", "null" },
        { "tC", "{a:1,b:2}", "null" },
        { "tC", "{a:1,b:\"x\",c:3}", "{\"a\":1,\"b\":\"x\",\"c\":3}" },
        { "tC", "{a:1,b:null}", "{\"a\":1,\"b\":null}" },
        { "tC", "[{a:1,b:\"x\"}]", "{\"a\":1,\"b\":\"x\"}" },
        { "tC", "1", "null" },
        { "tOuter", "{p:{a:1,b:\"x\"},q:[1]}",
          "{\"p\":{\"a\":1,\"b\":\"x\"},\"q\":[1]}" },
        { "tOuter", "{p:{a:1,b:\"x\"},q:1}", "null" },
        { "tOuter", "{p:{a:1,b:2},q:[1]}", "null" },
        { "tTree", "{v:1,kids:[{v:2,kids:[]}]}",
          "{\"v\":1,\"kids\":[{\"v\":2,\"kids\":[]}]}" },
        { "tTree", "{v:1,kids:[{v:\"x\",kids:[]}]}", "null" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        typed(cases[i].type, NULL, cases[i].text, cases[i].want);
}

static void constraints_refuse_results(void)
{
    static const struct {
        const char *type, *text, *want;
    } cases[] = {
        { "tWithin", "5", "5" },
        { "tWithin", "50", "null" },
        { "tWithin", "-5", "null" },
        { "tBounded", "5", "5" },
        { "tBounded", "50", "null" },
        { "tBounded", "-5", "null" },
        { "tGrid", "[[1,2],[3]]", "[[1,2],[3]]" },
        { "tGrid", "[1,2]", "null" },
        { "tGrid", "[[\"a\"]]", "null" },
        { "tLate", "@\"2021-01-01\"", "\"2021-01-01\"" },
        { "tLate", "@\"2019-01-01\"", "null" },
        { "tLong", "\"abc\"", "\"abc\"" },
        { "tLong", "\"a\"", "null" },
        { "tDigits", "\"12\"", "\"12\"" },
        { "tDigits", "\"a\"", "null" },
        { "tOther", "\"b\"", "\"b\"" },
        { "tOther", "\"a\"", "null" },
        { "tSpan", "[1..3]", "\"[1..3]\"" },
        { "tSpan", "[\"a\"..\"b\"]", "null" },
        { "range<number>", "1", "null" },
        { "list<number>", "[1,2]", "[1,2]" },
        { "list<number>", "[\"a\"]", "null" },
        { "list<number>", "1", "[1]" },
        { "context<a: number>", "{a:1}", "{\"a\":1}" },
        { "context<a: number>", "{a:\"x\"}", "null" },
        { "context", "{a:1}", "{\"a\":1}" },
        { "context", "1", "null" },
        { "list", "1", "[1]" },
        { "tPair", "{a:1,b:2}", "{\"a\":1,\"b\":2}" },
        { "tPair", "{a:3,b:2}", "null" },
        { "tFew", "[{a:1}]", "[{\"a\":1}]" },
        { "tFew", "[{a:1},{a:2}]", "null" },
        { "tOne", "[1]", "[1]" },
        { "tOne", "[1,2]", "null" },
        { "tPlaces", "[\"x\"]", "[\"x\"]" },
        { "tPlaces", "[\"c\"]", "null" },
        { "boolean", "5 instance of tAbove", "true" },
        { "boolean", "(-5) instance of tAbove", "true" },
        { "boolean", "\"a\" instance of tAbove", "false" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        typed(cases[i].type, NULL, cases[i].text, cases[i].want);
}

static void inputs_are_read_as_their_type(void)
{
    static const struct {
        const char *type, *input, *text, *want;
    } cases[] = {
        { "number", "{\"x\":1}", "x", "1" },
        { "number", "{\"x\":\"1\"}", "x", "null" },
        { "number", "{\"x\":[1]}", "x", "1" },
        { "number", "{}", "x", "null" },
        { "string", "{\"x\":\"a\"}", "x", "\"a\"" },
        { "boolean", "{\"x\":true}", "x", "true" },
        { "boolean", "{\"x\":\"true\"}", "x", "null" },
        { "Any", "{\"x\":{\"a\":1}}", "x", "{\"a\":1}" },
        { "tNums", "{\"x\":1}", "x", "[1]" },
        { "tNums", "{\"x\":[\"a\"]}", "x", "null" },
        { "tA", "{\"x\":\"z\"}", "x", "null" },
        { "tA", "{\"x\":\"x\"}", "x", "\"x\"" },
        { "date", "{\"x\":\"2020-01-01\"}", "x.year", "2020" },
        { "time", "{\"x\":\"10:00:00\"}", "x.hour", "10" },
        { "date and time", "{\"x\":\"2020-01-01T00:00:00Z\"}", "x.year",
          "2020" },
        { "days and time duration", "{\"x\":\"P1D\"}", "x.days", "1" },
        { "dayTimeDuration", "{\"x\":\"P1D\"}", "x.days", "1" },
        { "years and months duration", "{\"x\":\"P1Y\"}", "x.years", "1" },
        { "yearMonthDuration", "{\"x\":\"P1Y\"}", "x.years", "1" },
        { "tC", "{\"x\":{\"a\":1,\"b\":\"x\"}}", "x.a", "1" },
        { "tC", "{\"x\":{\"a\":\"1\",\"b\":\"x\"}}", "x.a", "null" },
        { "tOuter", "{\"x\":{\"p\":{\"a\":1,\"b\":\"z\"},\"q\":[1]}}", "x.p.b",
          "\"z\"" },
        { "tPair", "{\"x\":{\"a\":1,\"b\":2}}", "x.a", "1" },
        { "tPair", "{\"x\":{\"a\":3,\"b\":2}}", "x.a", "null" },
        { "tFew", "{\"x\":[{\"a\":1}]}", "x.a", "[1]" },
        { "tFew", "{\"x\":[{\"a\":1},{\"a\":2}]}", "x.a", "null" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        typed(cases[i].type, cases[i].input, cases[i].text,
              cases[i].want);
}

/* A function that surely gives something else, or takes something else, is not
 * of the type; no more is what is no function at all. */
static void functions_are_of_their_declared_type(void)
{
#define FUNCTIONS(logic, call) \
    "<decision id='f' name='f'><variable name='f' typeRef='tFunction'/>" logic \
    "</decision>" DECISION("d", "d", NEEDS_DECISION("#f") FEEL(call))
    static const struct {
        const char *xml, *want;
    } cases[] = {
        { FUNCTIONS(FEEL("function(a: number) a + 1"), "f(1)"), "2" },
        { FUNCTIONS(FEEL("function(a) a + 1"), "f(a: 1)"), "2" },
        { FUNCTIONS(FEEL("function(a: number) \"x\""), "f(1)"), "null" },
        { FUNCTIONS(FEEL("function(a: string) 1"), "f(\"x\")"), "null" },
        { FUNCTIONS(FEEL("function(a, b) 1"), "f(1, 2)"), "null" },
        { FUNCTIONS(FEEL("1"), "f"), "null" },
        { FUNCTIONS("<functionDefinition typeRef='tFunction'>"
                    "<formalParameter name='a' typeRef='number'/>"
                    FEEL("a + 1") "</functionDefinition>", "f(1)"), "2" },
        { DECISION("d", "d", "<context><contextEntry><variable name='f' "
                   "typeRef='tFunction'/>" FEEL("5") "</contextEntry>"
                   "<contextEntry>" FEEL("f = null") "</contextEntry>"
                   "</context>"), "true" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = { 0 };
        int before = test_bad;
        buf_printf(&b, HEAD("t") "%s%s</definitions>", items, cases[i].xml);
        buf_byte(&b, 0);
        one(b.p, "d", "{}", cases[i].want);
        if (test_bad != before)
            fprintf(stderr, "    %s\n", cases[i].xml);
        buf_free(&b);
    }
}

int main(void)
{
    RUN(results_are_brought_to_their_type);
    RUN(constraints_refuse_results);
    RUN(inputs_are_read_as_their_type);
    RUN(functions_are_of_their_declared_type);
    return test_result();
}
