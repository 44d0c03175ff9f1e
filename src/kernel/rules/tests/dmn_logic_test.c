/*
 * Logic of every kind and where it stands (DMN 1.5, 7.3, 8.3, 10.2): boxed
 * expressions, knowledge models, services, hit policies.  Each case is what a
 * decision "d" of an input x of 8 comes to.
 */
#include "kernel/rules/tests/dmn_case.h"

struct logic_case {
    const char *xml, *want;
};

static void all_of(const struct logic_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf b = { 0 };
        int before = test_bad;
        buf_printf(&b, HEAD("t") INPUT("i", "x", "number") "%s</definitions>",
                   cases[i].xml);
        buf_byte(&b, 0);
        one(b.p, "d", "{\"x\":8}", cases[i].want);
        if (test_bad != before)
            fprintf(stderr, "    %s\n", cases[i].xml);
        buf_free(&b);
    }
}

#define ALL_OF(cases) all_of(cases, sizeof(cases) / sizeof *(cases))
#define D(inside) DECISION("d", "d", NEEDS("i") inside)

/* ---- boxed expressions ---- */

#define EACH(tag, in, part, body) \
    "<" tag " iteratorVariable='i'><in>" FEEL(in) "</in><" part ">" body \
    "</" part "></" tag ">"
#define FILTER(in, match) \
    "<filter><in>" FEEL(in) "</in><match>" FEEL(match) "</match></filter>"
#define IF(condition, then, otherwise) \
    "<conditional><if>" FEEL(condition) "</if><then>" FEEL(then) \
    "</then><else>" FEEL(otherwise) "</else></conditional>"

static void boxed_loops(void)
{
    static const struct logic_case cases[] = {
        { D(EACH("for", "[1,2]", "return", FEEL("i + x"))), "[9,10]" },
        { D(EACH("for", "1..3", "return", FEEL("i"))), "[1,2,3]" },
        { D(EACH("for", "x..6", "return", FEEL("i"))), "[8,7,6]" },
        { D(EACH("for", "[1..3]", "return", FEEL("i"))), "[1,2,3]" },
        { D(EACH("for", "null", "return", FEEL("i"))), "null" },
        { D(EACH("for", "5", "return", FEEL("i"))), "[5]" },
        { D(EACH("for", "[]", "return", FEEL("i"))), "[]" },
        { D(EACH("for", "[1,2]", "return", FEEL("count(partial)"))), "[0,1]" },
        { D(EACH("for", "[1,2]", "return",
                 "<context>" ENTRY("a", FEEL("i")) "</context>")),
          "[{\"a\":1},{\"a\":2}]" },
        { D(EACH("for", "[1,2]", "return",
                 "<for iteratorVariable='j'><in>" FEEL("[i, 3]")
                 "</in><return>" FEEL("i * j") "</return></for>")),
          "[[1,3],[4,6]]" },
        { D(EACH("some", "[1,2]", "satisfies", FEEL("i &gt; 1"))), "true" },
        { D(EACH("every", "[1,2]", "satisfies", FEEL("i &gt; 1"))), "false" },
        { D(EACH("every", "[]", "satisfies", FEEL("i &gt; 1"))), "true" },
        { D(EACH("some", "[]", "satisfies", FEEL("i &gt; 1"))), "false" },
        { D(EACH("every", "null", "satisfies", FEEL("true"))), "null" },
    };
    ALL_OF(cases);
}

static void boxed_filters_and_conditions(void)
{
    static const struct logic_case cases[] = {
        { D(FILTER("[7,8,9]", "item &gt;= x")), "[8,9]" },
        { D(FILTER("[{a:1},{a:2}]", "a &gt; 1")), "[{\"a\":2}]" },
        { D(FILTER("5", "item = 5")), "[5]" },
        { D(FILTER("null", "true")), "null" },
        { D(FILTER("[]", "\"x\"")), "[]" },
        { D(FILTER("[1,2]", "\"x\"")), "null" },
        { D(FILTER("[1,2]", "null")), "null" },
        { D(FILTER("[1,2]", "1")), "null" },
        { D(IF("x &gt; 1", "\"big\"", "\"small\"")), "\"big\"" },
        { D(IF("x &gt; 9", "\"big\"", "\"small\"")), "\"small\"" },
        { D(IF("x &gt; \"a\"", "\"big\"", "\"small\"")), "\"small\"" },
        { D(IF("\"a\"", "1", "2")), "null" },
        { D("<list/>"), "[]" },
        { D("<list>" FEEL("1") "<list>" FEEL("x") "</list></list>"),
          "[1,[8]]" },
        { D("<relation><column name='a'/></relation>"), "[]" },
        { D("<relation><column name='a'/><column name='b c'/><row>" FEEL("1")
            FEEL("x") "</row><row>" FEEL("2") "</row></relation>"),
          "[{\"a\":1,\"b c\":8},{\"a\":2,\"b c\":null}]" },
        { D("<context/>"), "{}" },
        { D("<context>" ENTRY("a", FEEL("b")) ENTRY("b", FEEL("1"))
            "</context>"),
          "{\"a\":null,\"b\":1}" },
        { D("<context>" ENTRY("a", FEEL("1")) ENTRY("a", FEEL("2"))
            "</context>"),
          "null" },
        { D(""), "null" },
        { D("<literalExpression/>"), "null" },
    };
    ALL_OF(cases);
}

/* An expression in a language that is not FEEL has no value here. */
static void only_feel_is_spoken(void)
{
#define IN(language) \
    D("<literalExpression expressionLanguage='" language "'><text>1</text>" \
      "</literalExpression>")
    static const struct logic_case cases[] = {
        { IN("https://www.omg.org/spec/DMN/20230324/FEEL/"), "1" },
        { IN("http://www.omg.org/spec/FEEL/20140401"), "1" },
        { IN("feel"), "1" },
        { IN(""), "1" },
        { IN("javascript"), "null" },
        { D("<decisionTable><input><inputExpression><text>x</text>"
            "</inputExpression></input><output/><rule>"
            "<inputEntry expressionLanguage='juel'><text>8</text></inputEntry>"
            "<outputEntry><text>1</text></outputEntry></rule></decisionTable>"),
          "null" },
    };
    ALL_OF(cases);
    one("<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' "
        "expressionLanguage='http://example.org/other'>"
        DECISION("d", "d", FEEL("1")) "</definitions>", "d", "{}", "null");
}

/* ---- knowledge models ---- */

#define PARAMETER(name, type) \
    "<formalParameter name='" name "' typeRef='" type "'/>"
#define BKM(id, type, inside, more) \
    "<businessKnowledgeModel id='" id "' name='" id "'><variable name='" id \
    "' typeRef='" type "'/><encapsulatedLogic>" inside "</encapsulatedLogic>" \
    more "</businessKnowledgeModel>"
#define BOUND(name, text) \
    "<binding><parameter name='" name "'/>" FEEL(text) "</binding>"
#define CALLS(text) DECISION("d", "d", NEEDS("i") KNOWS("#f") FEEL(text))
#define INVOKES(bindings) \
    DECISION("d", "d", NEEDS("i") KNOWS("#f") \
             "<invocation>" FEEL("f") bindings "</invocation>")
#define MINUS \
    BKM("f", "number", PARAMETER("a", "number") PARAMETER("b", "number") \
        FEEL("a - b"), "")
#define NONE \
    BKM("f", "boolean", PARAMETER("a", "number") FEEL("a = null"), "")

static void knowledge_models_take_what_they_declare(void)
{
    static const struct logic_case cases[] = {
        { MINUS CALLS("f(x, 2)"), "6" },
        { MINUS CALLS("f(b: x, a: 2)"), "-6" },
        { MINUS CALLS("f([x], [2])"), "6" },
        { MINUS CALLS("f(x)"), "null" },
        { MINUS CALLS("f(x, 2, 3)"), "null" },
        { MINUS CALLS("f(\"x\", 2)"), "null" },
        { MINUS CALLS("f(a: x, c: 2)"), "null" },
        { MINUS CALLS("sort([3,1], function(p, q) f(p, q) &lt; 0)"), "[1,3]" },
        { MINUS INVOKES(BOUND("a", "x") BOUND("b", "3")), "5" },
        { MINUS INVOKES(BOUND("a", "x")), "null" },
        { MINUS INVOKES(BOUND("a", "x") BOUND("b", "3") BOUND("c", "1")),
          "null" },
        { NONE CALLS("f(null)"), "true" },
        { NONE INVOKES(""), "true" },
        { NONE CALLS("f(\"x\")"), "null" },
        { BKM("f", "number", FEEL("5"), "") INVOKES(""), "5" },
        { BKM("f", "number", FEEL("5"), "") CALLS("f()"), "5" },
        { BKM("f", "string", PARAMETER("a", "number") FEEL("a"), "")
          CALLS("f(x)"), "null" },
        { BKM("f", "Any", PARAMETER("a", "Any") "<context>"
              ENTRY("b", FEEL("a * 2")) "<contextEntry>" FEEL("b + 1")
              "</contextEntry></context>", "") CALLS("f(x)"), "17" },
        { BKM("f", "Any", PARAMETER("a", "Any") "<functionDefinition>"
              PARAMETER("b", "Any") FEEL("a + b") "</functionDefinition>", "")
          CALLS("f(1)(x)"), "9" },
        { BKM("f", "Any", PARAMETER("a", "Any") "<relation><column name='c'/>"
              "<row>" FEEL("a") "</row></relation>", "") CALLS("f(x)"),
          "[{\"c\":8}]" },
        { BKM("f", "Any", PARAMETER("g", "Any") FEEL("g(2)"), "")
          CALLS("f(function(n) n * x)"), "16" },
        { BKM("f", "number", PARAMETER("a", "number") FEEL("g(a)"),
              KNOWS("#g"))
          BKM("g", "number", PARAMETER("a", "number") FEEL("a * a"), "")
          CALLS("f(x)"), "64" },
        { BKM("f", "number", PARAMETER("a", "number") FEEL("g(a)"), "")
          BKM("g", "number", PARAMETER("a", "number") FEEL("a * a"), "")
          CALLS("f(x)"), "null" },
    };
    ALL_OF(cases);
}

/* ---- services ---- */

#define BASE \
    INPUT("j", "y", "number") \
    "<decision id='a' name='a'><variable name='a' typeRef='number'/>" \
    NEEDS("i") FEEL("x + 1") "</decision>" \
    "<decision id='b' name='b'><variable name='b' typeRef='number'/>" \
    NEEDS("j") NEEDS_DECISION("#a") FEEL("a * y") "</decision>"
#define SERVICE(type, inside) \
    BASE "<decisionService id='f' name='f'><variable name='f' typeRef='" type \
    "'/><outputDecision href='#b'/>" inside "</decisionService>"
#define DATA "<inputData href='#i'/><inputData href='#j'/>"
#define GIVEN "<inputDecision href='#a'/><inputData href='#j'/>"

static void services_are_functions_of_their_inputs(void)
{
    static const struct logic_case cases[] = {
        { SERVICE("number", DATA) CALLS("f(1, 3)"), "6" },
        { SERVICE("number", DATA) CALLS("f(y: 3, x: 1)"), "6" },
        { SERVICE("number", DATA) CALLS("f(x: 1)"), "null" },
        { SERVICE("number", DATA) CALLS("f(1)"), "null" },
        { SERVICE("number", DATA) CALLS("f(1, 2, 3)"), "null" },
        { SERVICE("number", DATA) CALLS("f(x: 1, y: 2, z: 3)"), "null" },
        { SERVICE("number", DATA) CALLS("f(\"1\", 2)"), "null" },
        { SERVICE("string", DATA) CALLS("f(1, 3)"), "null" },
        { SERVICE("Any", GIVEN) CALLS("f(3, 5)"), "15" },
        { SERVICE("Any", GIVEN) INVOKES(BOUND("a", "5") BOUND("y", "3")),
          "15" },
        { SERVICE("Any", "<outputDecision href='#a'/>" DATA)
          CALLS("f(1, 3)"), "{\"b\":6,\"a\":2}" },
        { SERVICE("Any", DATA) CALLS("for n in [1,2] return f(n, 10)"),
          "[20,30]" },
    };
    ALL_OF(cases);
}

/* ---- tables ---- */

#define RULE(condition, a, b) \
    "<rule><inputEntry><text>" condition "</text></inputEntry><outputEntry>" \
    "<text>" a "</text></outputEntry><outputEntry><text>" b \
    "</text></outputEntry></rule>"
#define TABLE(attributes, a, b) \
    D("<decisionTable " attributes "><input><inputExpression><text>x</text>" \
      "</inputExpression></input><output name='n'>" a "</output>" \
      "<output name='s'>" b "</output>" RULE("&gt;0", "1", "\"a\"") \
      RULE("&gt;5", "2", "\"b\"") "</decisionTable>")
#define VALUES(text) "<outputValues><text>" text "</text></outputValues>"
#define POLICY(name) "hitPolicy='" name "'"

static void tables_of_two_columns(void)
{
#define FIRST "{\"n\":1,\"s\":\"a\"}"
#define SECOND "{\"n\":2,\"s\":\"b\"}"
    static const struct logic_case cases[] = {
        { TABLE("", "", ""), "null" },
        { TABLE(POLICY("ANY"), "", ""), "null" },
        { TABLE(POLICY("FIRST"), "", ""), FIRST },
        { TABLE(POLICY("RULE ORDER"), "", ""), "[" FIRST "," SECOND "]" },
        { TABLE(POLICY("COLLECT"), "", ""), "[" FIRST "," SECOND "]" },
        { TABLE(POLICY("COLLECT") " aggregation='COUNT'", "", ""), "2" },
        { TABLE(POLICY("COLLECT") " aggregation='SUM'", "", ""), "null" },
        { TABLE(POLICY("PRIORITY"), VALUES("2,1"), VALUES("\"a\",\"b\"")),
          SECOND },
        { TABLE(POLICY("PRIORITY"), "", VALUES("\"b\",\"a\"")), SECOND },
        { TABLE(POLICY("OUTPUT ORDER"), VALUES("2,1"), ""),
          "[" SECOND "," FIRST "]" },
    };
    ALL_OF(cases);
}

/* What a column does not name among its values is no result of it. */
static void outputs_are_of_their_columns_values(void)
{
    static const struct logic_case cases[] = {
        { TABLE(POLICY("FIRST"), VALUES("1,2"), VALUES("\"b\",\"c\"")),
          "{\"n\":1,\"s\":null}" },
        { TABLE(POLICY("FIRST"), VALUES("&lt; 5"), VALUES("\"a\"")), FIRST },
        { TABLE(POLICY("FIRST"), VALUES("&gt; 5"), ""),
          "{\"n\":null,\"s\":\"a\"}" },
        { D("<decisionTable><output>" VALUES("\"a\",\"b\"") "</output><rule>"
            "<outputEntry><text>[\"b\",\"a\"]</text></outputEntry></rule>"
            "</decisionTable>"),
          "[\"b\",\"a\"]" },
        { D("<decisionTable><output>" VALUES("\"a\",\"b\"") "</output><rule>"
            "<outputEntry><text>[\"b\",\"z\"]</text></outputEntry></rule>"
            "</decisionTable>"),
          "null" },
        { D("<decisionTable><output>" VALUES("\"a\"") "</output><rule>"
            "<outputEntry><text>null</text></outputEntry></rule>"
            "</decisionTable>"),
          "null" },
    };
    ALL_OF(cases);
}

/* ---- imports ---- */

static const char library[] =
    HEAD("urn:lib")
    "<itemDefinition name='tAbove'><typeRef>number</typeRef><allowedValues>"
    "<text>&gt; 0</text></allowedValues></itemDefinition>"
    "<itemDefinition name='tNamed'><itemComponent name='n'>"
    "<typeRef>string</typeRef></itemComponent></itemDefinition>"
    INPUT("z", "z", "number")
    BKM("sq", "number", PARAMETER("x", "number") FEEL("x * x"), "")
    BKM("cube", "number", PARAMETER("x", "number") FEEL("x * sq(x)"),
        KNOWS("#sq"))
    DECISION("next", "next", NEEDS("z") FEEL("z + 1"))
    "<decisionService id='s' name='s'><outputDecision href='#next'/>"
    "<inputData href='#z'/></decisionService></definitions>";

#define WITH(name, inside) \
    HEAD("urn:main") "<import name='" name "' namespace='urn:lib' " \
    "importType='https://www.omg.org/spec/DMN/20230324/MODEL/'/>" inside \
    "</definitions>"
#define AS(type, text) \
    "<decision id='d' name='d'><variable name='d' typeRef='" type "'/>" \
    FEEL(text) "</decision>"

static void imports_are_known_by_their_name(void)
{
    static const struct logic_case cases[] = {
        { WITH("lib", DECISION("d", "d", KNOWS("urn:lib#sq")
                               FEEL("lib.sq(3)"))), "9" },
        { WITH("lib", DECISION("d", "d", KNOWS("urn:lib#sq") "<invocation>"
                               FEEL("lib.sq") BOUND("x", "3")
                               "</invocation>")), "9" },
        { WITH("lib", DECISION("d", "d", KNOWS("urn:lib#cube")
                               FEEL("lib.cube(3)"))), "27" },
        { WITH("lib", DECISION("d", "d", NEEDS_DECISION("urn:lib#next")
                               FEEL("lib.next * 2"))), "10" },
        { WITH("lib", DECISION("d", "d", KNOWS("urn:lib#s")
                               FEEL("[lib.s(5), lib.s(z: 6)]"))), "[6,7]" },
        { WITH("my lib", DECISION("d", "d", KNOWS("urn:lib#sq")
                                  FEEL("my lib.sq(3)"))), "9" },
        { WITH("", DECISION("d", "d", KNOWS("urn:lib#sq") FEEL("sq(3)"))),
          "9" },
        { WITH("", DECISION("d", "d", NEEDS_DECISION("urn:lib#next")
                            FEEL("next * 2"))), "null" },
        { WITH("lib", AS("lib.tAbove", "-1")), "null" },
        { WITH("lib", AS("lib.tAbove", "1")), "1" },
        { WITH("my lib", AS("my lib.tAbove", "-1")), "null" },
        { WITH("", AS("tAbove", "-1")), "null" },
        { WITH("lib", AS("lib.tNamed", "{n: 1}")), "null" },
        { WITH("lib", AS("list&lt;lib.tNamed&gt;", "[{n: \"a\"}]")),
          "[{\"n\":\"a\"}]" },
        { WITH("lib", AS("boolean", "5 instance of lib.tAbove")), "true" },
        { WITH("lib", DECISION("d", "d", FEEL("lib.sq(3)"))), "null" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dmn_source s[] = { { STR("main"), str_of(cases[i].xml) },
                                  { STR("lib"), str_of(library) } };
        int before = test_bad;
        decided(s, 2, "d", "{\"lib\":{\"z\":4}}", cases[i].want);
        if (test_bad != before)
            fprintf(stderr, "    %s\n", cases[i].xml);
    }
}

int main(void)
{
    RUN(imports_are_known_by_their_name);
    RUN(boxed_loops);
    RUN(boxed_filters_and_conditions);
    RUN(only_feel_is_spoken);
    RUN(knowledge_models_take_what_they_declare);
    RUN(services_are_functions_of_their_inputs);
    RUN(tables_of_two_columns);
    RUN(outputs_are_of_their_columns_values);
    return test_result();
}
