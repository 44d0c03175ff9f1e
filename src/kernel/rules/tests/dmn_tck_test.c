/* The runner of test kits: folders of models and test files, each kind of
 * value and result, counted by case. */
#include "kernel/rules/dmn.h"
#include "kernel/test/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODEL(space) \
    "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' " \
    "namespace='" space "' name='m'>"
#define CASES(model) \
    "<testCases xmlns='http://www.omg.org/spec/DMN/20160719/testcase' " \
    "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' " \
    "xmlns:xsd='http://www.w3.org/2001/XMLSchema'><modelName>" model \
    "</modelName><labels><label>x</label></labels>"
#define VALUE(type, text) "<value xsi:type='xsd:" type "'>" text "</value>"
#define NIL "<value xsi:nil='true'/>"
#define GIVEN(name, value) "<inputNode name='" name "'>" value "</inputNode>"
#define EXPECT(name, value) \
    "<resultNode name='" name "' type='decision'><expected>" value \
    "</expected></resultNode>"
#define CASE(id, inside) "<testCase id='" id "'>" inside "</testCase>"
#define ITEM(value) "<item>" value "</item>"
#define PART(name, value) "<component name='" name "'>" value "</component>"
#define NEEDS(id) \
    "<informationRequirement><requiredInput href='#" id \
    "'/></informationRequirement>"
#define SAYS(text) "<literalExpression><text>" text \
    "</text></literalExpression>"

static char folder[64];

static void written(const char *path, const char *text)
{
    char full[160];
    snprintf(full, sizeof full, "%s/%s", folder, path);
    FILE *f = fopen(full, "w");
    CHECK(f != NULL);
    if (f == NULL)
        return;
    CHECK(fputs(text, f) >= 0);
    CHECK(fclose(f) == 0);
}

/* Runs the kit in the folder; what it printed, in a. */
static str printed(struct arena *a, int *code)
{
    char *argv[] = { "dmn", "tck", folder, NULL }, path[80], bytes[20000];
    snprintf(path, sizeof path, "%s.out", folder);
    fflush(stdout);
    int kept = dup(1), file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    CHECK(kept >= 0 && file >= 0 && dup2(file, 1) == 1);
    *code = dmn_command(3, argv);
    fflush(stdout);
    CHECK(dup2(kept, 1) == 1);
    close(kept);
    ssize_t n = pread(file, bytes, sizeof bytes, 0);
    close(file);
    unlink(path);
    return arena_str(a, (str){ bytes, n > 0 ? (size_t)n : 0 });
}

static const char *const made[] = {
    "one/m.dmn", "one/m-test-01.xml", "one/m-test-02.xml", "one/other.xml",
    "deep/er/b.dmn", "deep/er/lib.dmn", "deep/er/b-test-01.xml",
    "gone-test-01.xml",
};

static void tidied(void)
{
    static const char *const folders[] = { "one", "deep/er", "deep" };
    char full[160];
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        snprintf(full, sizeof full, "%s/%s", folder, made[i]);
        unlink(full);
    }
    for (int i = 0; i < 3; i++) {
        snprintf(full, sizeof full, "%s/%s", folder, folders[i]);
        rmdir(full);
    }
    CHECK(rmdir(folder) == 0);
}

static bool begun(void)
{
    static const char *const folders[] = { "one", "deep", "deep/er" };
    char full[160];
    snprintf(folder, sizeof folder, "/tmp/zt-tck-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return false;
    for (int i = 0; i < 3; i++) {
        snprintf(full, sizeof full, "%s/%s", folder, folders[i]);
        if (mkdir(full, 0700) != 0)
            return false;
    }
    return true;
}

/* The last line, which counts the cases, and the exit code. */
static void counted(const char *want)
{
    struct arena a = arena_make(0);
    int code;
    str out = printed(&a, &code), all = out;
    CHECK(str_ends(out, STR(" failed\n")));
    out = str_slice(out, 0, out.n ? out.n - 1 : 0);
    for (ptrdiff_t at; (at = str_find_byte(out, '\n')) >= 0;)
        out = str_slice(out, (size_t)at + 1, out.n);
    if (!str_is(out, want))
        fprintf(stderr, "%.*s", STR_ARG(all));
    CHECK_STR(out, want);
    CHECK(code == !str_ends(out, STR(" 0 failed")));
    arena_free(&a);
}

static const char model[] = MODEL("urn:m")
    "<itemDefinition name='tP'>"
    "<itemComponent name='name'><typeRef>string</typeRef></itemComponent>"
    "<itemComponent name='ages' isCollection='true'><typeRef>number</typeRef>"
    "</itemComponent></itemDefinition>"
    "<inputData id='n' name='n'><variable name='n' typeRef='number'/>"
    "</inputData>"
    "<inputData id='p' name='p'><variable name='p' typeRef='tP'/></inputData>"
    "<inputData id='x' name='any thing'><variable name='any thing' "
    "typeRef='Any'/></inputData>"
    "<decision id='d1' name='plus'>" NEEDS("n") SAYS("n + 1") "</decision>"
    "<decision id='d2' name='whole'>" NEEDS("p") SAYS("p") "</decision>"
    "<decision id='d3' name='echo'>" NEEDS("x") SAYS("any thing")
    "</decision>"
    "<decision id='d4' name='wrong'>" SAYS("1 +") "</decision>"
    "<decision id='d5' name='third'>" SAYS("100 / 3") "</decision>"
    "<decision id='d6' name='nothing'/>"
    "<decision id='d7' name='ten'><informationRequirement><requiredDecision "
    "href='#d1'/></informationRequirement>" SAYS("plus * 10") "</decision>"
    "<businessKnowledgeModel id='b' name='add up'><encapsulatedLogic>"
    "<formalParameter name='a' typeRef='number'/>"
    "<formalParameter name='b' typeRef='number'/>" SAYS("a + b")
    "</encapsulatedLogic></businessKnowledgeModel>"
    "<decisionService id='s1' name='one'><outputDecision href='#d7'/>"
    "<encapsulatedDecision href='#d1'/><inputData href='#n'/>"
    "</decisionService>"
    "<decisionService id='s2' name='two'><outputDecision href='#d7'/>"
    "<outputDecision href='#d1'/><inputData href='#n'/></decisionService>"
    "<decisionService id='s3' name='given'><outputDecision href='#d7'/>"
    "<inputDecision href='#d1'/></decisionService></definitions>";

/* What comes in as "any thing" and must go out as it is. */
#define SAME(id, value) \
    CASE(id, GIVEN("any thing", value) EXPECT("echo", value))

static void every_kind_of_value_is_read_and_compared(void)
{
    CHECK(begun());
    written("one/m.dmn", model);
    written("one/m-test-01.xml", CASES("m.dmn")
            SAME("1", VALUE("string", "a  b ")) SAME("2", "<value>a</value>")
            SAME("3", VALUE("boolean", "true"))
            SAME("4", VALUE("date", "2020-02-29"))
            SAME("5", VALUE("time", "10:00:00.5Z"))
            SAME("6", VALUE("dateTime", "2020-02-29T10:00:00+01:00"))
            SAME("7", VALUE("duration", "P1Y2M"))
            SAME("8", VALUE("dayTimeDuration", "PT36H")) SAME("9", NIL)
            SAME("10", "<list xsi:nil='true'/>") SAME("11", "<list/>")
            SAME("12", "<list>" ITEM(VALUE("decimal", "1")) ITEM(NIL)
                 ITEM("<list>" ITEM(VALUE("string", "x")) "</list>")
                 ITEM(PART("a", VALUE("long", "2"))) "</list>")
            CASE("13", GIVEN("any thing", VALUE("double", "1E2"))
                 EXPECT("echo", VALUE("integer", "100")))
            CASE("14", GIVEN("any thing", VALUE("duration", "P14M"))
                 EXPECT("echo", VALUE("yearMonthDuration", "P1Y2M")))
            CASE("15", GIVEN("p", PART("name", VALUE("string", "Ann"))
                     PART("ages", "<list>" ITEM(VALUE("decimal", "1.0"))
                          "</list>"))
                 EXPECT("whole", PART("ages", "<list>"
                     ITEM(VALUE("decimal", "1")) "</list>")
                     PART("name", VALUE("string", "Ann"))))
            CASE("16", EXPECT("third", VALUE("double", "33.333333333")))
            CASE("17", GIVEN("n", VALUE("decimal", "1"))
                 EXPECT("plus", VALUE("decimal", "2.00"))
                 EXPECT("ten", VALUE("decimal", "20"))) "</testCases>");
    written("one/other.xml", "<notes>no test cases</notes>");
    counted("17 passed, 0 failed");
    tidied();
}

static void errors_are_results_too(void)
{
    CHECK(begun());
    written("one/m.dmn", model);
    written("one/m-test-02.xml", CASES("m.dmn")
            CASE("1", "<resultNode errorResult='true' name='wrong'>"
                 "<expected>" NIL "</expected></resultNode>")
            CASE("2", "<resultNode errorResult='true' name='wrong'/>")
            CASE("3", GIVEN("n", VALUE("string", "1"))
                 "<resultNode errorResult='true' name='plus'><expected>" NIL
                 "</expected></resultNode>")
            CASE("4", EXPECT("nothing", NIL))
            CASE("5", GIVEN("nothing", VALUE("string", "told"))
                 EXPECT("nothing", VALUE("string", "told")))
            CASE("6", "<resultNode errorResult='true' name='third'><expected>"
                 NIL "</expected></resultNode>")
            CASE("7", EXPECT("no such", NIL))
            CASE("8", EXPECT("third", VALUE("double", "33.4")))
            CASE("9", EXPECT("wrong", NIL)
                 EXPECT("third", VALUE("string", "33"))) CASE("10", "")
            "</testCases>");
    written("gone-test-01.xml", CASES("gone.dmn") CASE("1", "")
            CASE("2", "") "</testCases>");
    counted("5 passed, 7 failed");
    tidied();
}

static void functions_and_services_are_invoked(void)
{
#define INVOKED(id, type, name, inside) \
    "<testCase id='" id "' type='" type "' invocableName='" name "'>" inside \
    "</testCase>"
    CHECK(begun());
    written("one/m.dmn", model);
    written("one/m-test-01.xml", CASES("m.dmn")
            INVOKED("1", "bkm", "add up", GIVEN("a", VALUE("decimal", "1"))
                    GIVEN("b", VALUE("decimal", "2"))
                    EXPECT("add up", VALUE("decimal", "3")))
            INVOKED("2", "bkm", "add up", GIVEN("a", VALUE("string", "1"))
                    GIVEN("b", VALUE("decimal", "2")) EXPECT("add up", NIL))
            INVOKED("3", "decisionService", "one",
                    GIVEN("n", VALUE("decimal", "1"))
                    EXPECT("ten", VALUE("decimal", "20")))
            INVOKED("4", "decisionService", "two",
                    GIVEN("n", VALUE("decimal", "1"))
                    EXPECT("ten", VALUE("decimal", "20"))
                    EXPECT("plus", VALUE("decimal", "2")))
            INVOKED("5", "decisionService", "two",
                    GIVEN("n", VALUE("decimal", "1"))
                    EXPECT("two", PART("ten", VALUE("decimal", "20"))
                           PART("plus", VALUE("decimal", "2"))))
            INVOKED("6", "decisionService", "given",
                    GIVEN("plus", VALUE("decimal", "5"))
                    EXPECT("given", VALUE("decimal", "50"))) "</testCases>");
    counted("6 passed, 0 failed");
    tidied();
}

static void imports_are_found_in_the_same_folder(void)
{
    CHECK(begun());
    written("deep/er/lib.dmn", MODEL("urn:lib")
            "<itemDefinition name='tP'><itemComponent name='name'>"
            "<typeRef>string</typeRef></itemComponent></itemDefinition>"
            "<inputData id='i' name='who'><variable name='who' "
            "typeRef='tP'/></inputData>"
            "<decision id='d' name='greeting'>" NEEDS("i")
            SAYS("\"Hello \" + who.name") "</decision>"
            "<decisionService id='s' name='greet'><outputDecision href='#d'/>"
            "<inputData href='#i'/></decisionService></definitions>");
    written("deep/er/b.dmn", MODEL("urn:b")
            "<import namespace='urn:lib' name='my lib' importType='x'/>"
            "<decision id='d' name='d'><informationRequirement>"
            "<requiredDecision href='urn:lib#d'/></informationRequirement>"
            "<knowledgeRequirement><requiredKnowledge href='urn:lib#s'/>"
            "</knowledgeRequirement>"
            SAYS("my lib.greeting + my lib.greet({name: \"!\"})")
            "</decision><decision id='t' name='t'>"
            SAYS("{name: \"x\"} instance of my lib.tP")
            "</decision></definitions>");
#define HELLO EXPECT("d", VALUE("string", "Hello AnnHello !"))
#define ANN PART("name", VALUE("string", "Ann"))
    written("deep/er/b-test-01.xml", CASES("b.dmn")
            CASE("1", GIVEN("my lib", PART("who", ANN)) HELLO)
            CASE("2", GIVEN("my lib.who", ANN) HELLO)
            CASE("3", GIVEN("who", ANN) HELLO)
            CASE("4", EXPECT("t", VALUE("boolean", "true"))) "</testCases>");
    counted("4 passed, 0 failed");
    tidied();
}

static void a_folder_that_is_none_is_an_error(void)
{
    char *argv[] = { "dmn", "tck", "/nowhere/at/all", NULL };
    CHECK(dmn_command(3, argv) == 2);
    CHECK(dmn_command(2, argv) == 2);
}

int main(void)
{
    RUN(every_kind_of_value_is_read_and_compared);
    RUN(errors_are_results_too);
    RUN(functions_and_services_are_invoked);
    RUN(imports_are_found_in_the_same_folder);
    RUN(a_folder_that_is_none_is_an_error);
    return test_result();
}
