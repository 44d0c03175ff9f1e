/*
 * Files checked and compared, processes tried, versions kept: each sentence
 * of the README that could turn out untrue.
 */
#include "design/design.h"

#include "design/difference.h"
#include "design/queries.gen.h"
#include "design/show.h"
#include "design/trial.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "kernel/process/process.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <string.h>

static struct arena arena;

#define BPMN_HEAD                                                           \
    "<definitions xmlns='" BPMN_NS "' xmlns:zt='" BPMN_OUR_NS "'>"          \
    "<process id='p' name='测试' isExecutable='true'>"
#define BPMN_TAIL "</process></definitions>"

/* start -> ask -> (yes -> granted | else -> waits a week -> refused) */
static const char asking[] = BPMN_HEAD
    "<startEvent id='start'/><userTask id='ask' name='审查' zt:post='审查岗'/>"
    "<exclusiveGateway id='gate' default='no'/>"
    "<endEvent id='granted'/><endEvent id='refused'/>"
    "<intermediateCatchEvent id='week'><timerEventDefinition><timeDuration>P7D"
    "</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    "<sequenceFlow id='f1' sourceRef='start' targetRef='ask'/>"
    "<sequenceFlow id='f2' sourceRef='ask' targetRef='gate'/>"
    "<sequenceFlow id='yes' sourceRef='gate' targetRef='granted'>"
    "<conditionExpression>answer = \"yes\"</conditionExpression></sequenceFlow>"
    "<sequenceFlow id='no' sourceRef='gate' targetRef='week'/>"
    "<sequenceFlow id='f3' sourceRef='week' targetRef='refused'/>" BPMN_TAIL;

/* Goes round and waits each time: never ends by itself. */
static const char endless[] = BPMN_HEAD
    "<startEvent id='start'/><userTask id='again' zt:post='岗'/>"
    "<sequenceFlow id='f1' sourceRef='start' targetRef='again'/>"
    "<sequenceFlow id='f2' sourceRef='again' targetRef='again'/>" BPMN_TAIL;

static const char ruled[] = BPMN_HEAD
    "<startEvent id='start'/><businessRuleTask id='rule' zt:decisionRef='who'"
    " zt:resultVariable='units'/><endEvent id='end'/>"
    "<sequenceFlow id='f1' sourceRef='start' targetRef='rule'/>"
    "<sequenceFlow id='f2' sourceRef='rule' targetRef='end'/>" BPMN_TAIL;

/* ---- keys and files ---- */

static void a_key_is_a_word_of_an_address(void)
{
    CHECK(design_key_ok(STR("joint")));
    CHECK(design_key_ok(STR("a1-b")));
    CHECK(!design_key_ok(STR("a")));
    CHECK(!design_key_ok(STR("1a")));
    CHECK(!design_key_ok(STR("Joint")));
    CHECK(!design_key_ok(STR("a/b")));
    CHECK(!design_key_ok(STR("流程")));
    CHECK(!design_key_ok(STR("new")));
    CHECK(!design_key_ok(STR("approval")));
}

static enum err check(const struct design_kind *k, const char *xml,
                      struct design_report *r)
{
    str problem = str_none;
    enum err e = design_check(k, &arena, str_of(xml), r, &problem);
    CHECK((e == OK) == str_is_none(problem) || e != OK);
    CHECK(e == OK || problem.n > 0);
    return e;
}

static void what_cannot_be_read_says_why(void)
{
    struct design_report r;
    CHECK(check(&design_process, "", &r) == ERR_INPUT);
    CHECK(check(&design_process, "<a", &r) == ERR_INPUT);
    CHECK(check(&design_process, "<a/>", &r) == ERR_INPUT);
    CHECK(check(&design_process, "\xff\xfe", &r) == ERR_INPUT);
    CHECK(check(&design_process,
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", &r) == ERR_INPUT);
    CHECK(check(&design_table, "", &r) == ERR_INPUT);
    CHECK(check(&design_table, "<a/>", &r) == ERR_INPUT);
    CHECK(check(&design_table,
                "<!DOCTYPE a [<!ENTITY b 'c'>]><definitions>&b;</definitions>",
                &r) == ERR_INPUT);
    char *big = arena_alloc(&arena, DESIGN_BYTES + 2);
    memset(big, ' ', DESIGN_BYTES + 1);
    CHECK(check(&design_process, big, &r) == ERR_INPUT);
    design_report_free(&r);
}

static void a_complaint_names_its_element(void)
{
    struct design_report r;
    CHECK(check(&design_process, BPMN_HEAD
                "<startEvent id='s'/><complexGateway id='odd' name='怪'/>"
                "<sequenceFlow id='f' sourceRef='s' targetRef='odd'/>"
                BPMN_TAIL, &r) == OK);
    CHECK(r.fatal > 0);
    design_report_free(&r); /* what is told outlives the graph */
    bool named = false;
    for (const struct design_complaint *c = r.first; c; c = c->next)
        named |= str_is(c->element, "odd") && c->fatal && c->drawn &&
                 str_is(c->where, "复杂网关“怪”");
    CHECK(named);
    CHECK(check(&design_process, asking, &r) == OK && r.fatal == 0);
    CHECK(str_is(r.title, "测试") && str_is(r.id, "p"));
    design_report_free(&r);
}

/* How many fatal complaints a process makes whose limit and whose step say
 * so; the last one's text in *text. */
static int clock_complaints(struct arena *a, const char *limit,
                            const char *step, str *text)
{
    struct design_report r;
    str problem = STR("");
    str xml = arena_printf(
        a, "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
        " xmlns:zt=\"urn:zhengtong:bpmn\" targetNamespace=\"u\">"
        "<process id=\"p\" isExecutable=\"true\" zt:clock=\"%s\">"
        "<startEvent id=\"s\"/><userTask id=\"t\" name=\"步骤\" "
        "zt:post=\"承办岗\" zt:clock=\"%s\"/><endEvent id=\"e\"/>"
        "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"t\"/>"
        "<sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"e\"/></process>"
        "</definitions>", limit, step);
    CHECK(design_check(&design_process, a, xml, &r, &problem) == OK);
    *text = r.last && r.last->fatal ? r.last->text : STR("");
    design_report_free(&r);
    return r.fatal;
}

static void time_stands_still_only_where_the_law_says(void)
{
    struct arena a = { 0 };
    str text;
    CHECK(clock_complaints(&a, "info.reply", "stop:征求第三方意见", &text)
          == 0);
    CHECK(clock_complaints(&a, "info.reply", "restart", &text) == 0);
    CHECK(clock_complaints(&a, "working-days:5", "handle", &text) == 0);
    CHECK(clock_complaints(&a, "info.reply", "stop:开会", &text) == 1);
    CHECK(str_find(text, STR("只有：征求第三方意见、征求其他机关意见")) > 0);
    CHECK(clock_complaints(&a, "working-days:5", "stop:开会", &text) == 1);
    CHECK(clock_complaints(&a, "permit.decision", "restart", &text) == 1);
    CHECK(clock_complaints(&a, "五天", "", &text) == 1);
    CHECK(str_find(text, STR("不认识时限“五天”")) == 0);
    arena_free(&a);
}

static void a_broken_rule_is_fatal_and_so_is_an_overlap(void)
{
    static const char head[] =
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' "
        "id='m' name='模型' namespace='urn:m'><inputData id='i' name='n'>"
        "<variable name='n' typeRef='number'/></inputData>"
        "<decision id='d' name='判断'><variable name='判断'/>"
        "<informationRequirement id='q'><requiredInput href='#i'/>"
        "</informationRequirement><decisionTable id='t'>"
        "<input id='c'><inputExpression typeRef='number'><text>n</text>"
        "</inputExpression></input><output id='o'/>";
    static const char tail[] = "</decisionTable></decision></definitions>";
    struct design_report r;
    str xml = arena_printf(&arena, "%s<rule id='r1'><inputEntry id='e1'>"
                           "<text>&lt; (</text></inputEntry><outputEntry "
                           "id='x1'><text>1</text></outputEntry></rule>%s",
                           head, tail);
    CHECK(check(&design_table, xml.p, &r) == OK && r.fatal > 0);
    xml = arena_printf(&arena, "%s<rule id='r1'><inputEntry id='e1'><text>"
                       "&lt; 5</text></inputEntry><outputEntry id='x1'><text>1"
                       "</text></outputEntry></rule><rule id='r2'><inputEntry "
                       "id='e2'><text>&lt; 9</text></inputEntry><outputEntry "
                       "id='x2'><text>2</text></outputEntry></rule>%s", head,
                       tail);
    CHECK(check(&design_table, xml.p, &r) == OK);
    CHECK(r.fatal == 1 && r.count == 1);
    CHECK(r.first && str_find(r.first->text, STR("请把条件分开")) > 0);
    CHECK(str_is(r.title, "模型"));
    /* Where the column allows only 3 and 9, nothing is between 5 and 9. */
    xml = arena_printf(&arena, "%s<rule id='r1'><inputEntry id='e1'><text>"
                       "&gt; 5</text></inputEntry><outputEntry id='x1'><text>1"
                       "</text></outputEntry></rule><rule id='r2'><inputEntry "
                       "id='e2'><text>&lt; 9</text></inputEntry><outputEntry "
                       "id='x2'><text>2</text></outputEntry></rule>%s", head,
                       tail);
    ptrdiff_t at = str_find(xml, STR("</inputExpression>"));
    size_t behind = (size_t)at + strlen("</inputExpression>");
    xml = arena_printf(&arena, "%.*s<inputValues><text>3,9</text>"
                       "</inputValues>%s", (int)behind, xml.p, xml.p + behind);
    CHECK(check(&design_table, xml.p, &r) == OK);
    CHECK(r.fatal == 0 && r.count == 1);
}

/* ---- what is delivered ---- */

static void deliverable(void *context, str path, str bytes)
{
    struct design_report r;
    str problem = str_none;
    const struct design_kind *k = str_ends(path, STR(".bpmn")) ? &design_process
                                : str_ends(path, STR(".dmn"))  ? &design_table
                                                               : NULL;
    if (k == NULL)
        return;
    CHECK(design_check(k, &arena, bytes, &r, &problem) == OK);
    CHECK(r.fatal == 0);
    CHECK(r.title.n > 0);
    ++*(int *)context;
    design_report_free(&r);
}

static void everything_delivered_can_be_deployed(void)
{
    int n = 0;
    page_assets("data/process/", deliverable, &n);
    page_assets("data/themes/", deliverable, &n);
    CHECK(n >= 17);
}

/* ---- trying ---- */

static struct bpmn *graph(const char *xml)
{
    struct bpmn *g;
    str problem;
    CHECK(bpmn_read(&arena, str_of(xml), &g, &problem) == OK);
    return g;
}

static struct trial *try(struct bpmn *g, const char *start, const char *steps,
                         bool by_itself)
{
    struct trial *t = ARENA_NEW(&arena, struct trial);
    struct value *answers;
    str problem;
    CHECK(design_answers(&arena, str_of(start), &answers, &problem) == OK);
    struct trial_plan plan = { .start = answers, .process = STR(""),
                               .steps = str_of(steps), .by_itself = by_itself,
                               .now = day_begin(day_of(2026, 11, 20)) };
    trial_run(g, &plan, t);
    return t;
}

static bool passed(const struct bpmn *g, const struct trial *t, const char *id)
{
    return t->marks.node[bpmn_node_of(g, str_of(id))] & BPMN_DONE;
}

static bool took(const struct bpmn *g, const struct trial *t, const char *id)
{
    struct bpmn_found f = bpmn_find(g, str_of(id));
    return f.what == BPMN_AN_EDGE && t->marks.edge[f.index];
}

static void a_trial_goes_where_the_answers_lead(void)
{
    struct bpmn *g = graph(asking);
    struct trial *t = try(g, "", "ask answer = yes", true);
    CHECK(strcmp(t->state, "completed") == 0 && t->problem.n == 0);
    CHECK(passed(g, t, "granted") && !passed(g, t, "refused"));
    CHECK(took(g, t, "yes") && !took(g, t, "no") && took(g, t, "f1"));
    trial_free(t);
    t = try(g, "answer = \"no\"", "", true);
    CHECK(strcmp(t->state, "waiting") == 0 && t->opens == 0);
    CHECK(!passed(g, t, "refused"));
    trial_free(t);
    t = try(g, "{\"answer\": \"no\"}", "ask\n等待 P6D", true);
    CHECK(strcmp(t->state, "waiting") == 0);
    trial_free(t);
    t = try(g, "{\"answer\": \"no\"}", "ask\n等待 P7D", true);
    CHECK(strcmp(t->state, "completed") == 0 && took(g, t, "f3"));
    trial_free(t);
    bpmn_free(g);
}

static void a_trial_waits_when_told_to(void)
{
    struct bpmn *g = graph(asking);
    struct trial *t = try(g, "", "", false);
    CHECK(t->opens == 1);
    CHECK(str_is(g->nodes[t->open[0]].id, "ask"));
    CHECK(t->marks.node[t->open[0]] & (BPMN_ACTIVE | BPMN_WAITING));
    trial_free(t);
    bpmn_free(g);
}

static void a_line_that_cannot_be_done_is_told(void)
{
    static const char *const lines[] = { "nobody", "等待 bald", "ask x",
                                         "ask {\"a\":", "消息 无人等" };
    struct bpmn *g = graph(asking);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct trial *t = try(g, "", lines[i], false);
        CHECK(t->problem.n > 0);
        trial_free(t);
    }
    bpmn_free(g);
}

static void a_trial_without_end_ends(void)
{
    struct bpmn *g = graph(endless);
    struct trial *t = try(g, "", "", true);
    CHECK(t->problem.n > 0 && t->rows == TRIAL_ROWS && t->omitted > 0);
    trial_free(t);
    bpmn_free(g);
}

static void a_rule_without_its_table_stops_and_says_so(void)
{
    struct bpmn *g = graph(ruled);
    struct trial *t = try(g, "", "", true);
    CHECK(strcmp(t->state, "incident") == 0);
    CHECK(str_is(str_of(t->row[t->rows - 1].what), "停住"));
    CHECK(str_find(t->row[t->rows - 1].text, STR("who")) >= 0);
    trial_free(t);
    bpmn_free(g);
}

static void answers_are_json_or_lines(void)
{
    struct value *v;
    str problem = str_none;
    CHECK(design_answers(&arena,
                         STR("面积 = 80\n名称 = 清溪 人家\nok=true"), &v,
                         &problem) == OK);
    CHECK(value_get_int(v, STR("面积"), 0) == 80);
    CHECK(str_is(value_get_text(v, STR("名称")), "清溪 人家"));
    CHECK(value_get(v, STR("ok"))->kind == VALUE_BOOL);
    CHECK(design_answers(&arena, STR("a = 1\na = 2"), &v, &problem) ==
          ERR_INPUT);
    CHECK(design_answers(&arena, STR("没有等号"), &v, &problem) == ERR_INPUT);
    CHECK(design_answers(&arena, STR("{\"a\""), &v, &problem) == ERR_INPUT);
    CHECK(design_answers(&arena, STR(""), &v, &problem) == OK &&
          v->count == 0);
}

/* ---- comparing ---- */

static int count(const struct differences *d, int kind)
{
    int n = 0;
    for (int i = 0; i < d->kept; i++)
        n += (int)d->list[i].kind == kind;
    return n;
}

static void differences_are_told_by_element(void)
{
    struct differences d;
    static const char old[] =
        "<a xmlns='urn:x' id='a'><b id='b' name='甲' x='1'><c>文字</c></b>"
        "<g id='gone'/><bpmndi:s xmlns:bpmndi='http://x/BPMN/20100524/DI' "
        "id='s' x='1'/></a>";
    static const char new[] =
        "<a xmlns='urn:x' id='a'><n id='came'/><b id='b' name='乙'><c>字</c>"
        "<c>又</c></b><bpmndi:s xmlns:bpmndi='http://x/BPMN/20100524/DI' "
        "id='s' x='9'/></a>";
    CHECK(design_differences(&arena, str_of(old), str_of(new), &d) == OK);
    CHECK(count(&d, DIFFERENCE_ADDED) == 1);
    CHECK(count(&d, DIFFERENCE_REMOVED) == 1);
    CHECK(count(&d, DIFFERENCE_CHANGED) == 4); /* name, c, c 2, x */
    CHECK(str_is(d.list[0].id, "came") && str_is(d.list[1].id, "gone"));
    CHECK(str_is(d.list[2].member, "name") && str_is(d.list[2].before, "甲") &&
          str_is(d.list[2].after, "乙"));
    CHECK(design_differences(&arena, str_of(old), str_of(old), &d) == OK);
    CHECK(d.count == 0);
    CHECK(design_differences(&arena, STR("<a"), str_of(old), &d) == ERR_INPUT);
}

static void differences_beyond_the_list_are_counted(void)
{
    struct differences d;
    struct buf b = { 0 };
    buf_put(&b, STR("<a>"));
    for (int i = 0; i < DIFFERENCES + 20; i++)
        buf_printf(&b, "<b id='b%d'/>", i);
    buf_put(&b, STR("</a>"));
    CHECK(design_differences(&arena, STR("<a/>"), buf_str(&b), &d) == OK);
    CHECK(d.kept == DIFFERENCES && d.count == DIFFERENCES + 20);
    buf_free(&b);
}

/* ---- versions ---- */

#define SMALL(id)                                                             \
    "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "      \
    "id=\"d\" targetNamespace=\"u\"><process id=\"" id "\" "                   \
    "isExecutable=\"true\"><startEvent id=\"s\"/></process></definitions>"

static enum err keep_three(struct tx *tx, void *context)
{
    int64_t version;
    bool same;
    struct design_draft d = { .key = STR("loan"), .title = STR("借阅"),
                              .xml = STR(SMALL("a")), .note = STR(""),
                              .author = STR("王芳") };
    (void)context;
    CHECK(design_keep(tx, &design_process, &d, &version, &same) == OK);
    CHECK(version == 1 && !same);
    CHECK(design_keep(tx, &design_process, &d, &version, &same) == OK);
    CHECK(version == 1 && same);
    d.xml = STR("\r\n" SMALL("a") "\r\n");
    CHECK(design_keep(tx, &design_process, &d, &version, &same) == OK);
    CHECK(version == 1 && same);
    d.xml = STR(SMALL("b"));
    CHECK(design_keep(tx, &design_process, &d, &version, &same) == OK);
    CHECK(version == 2 && !same);
    /* The same key of the other kind is another definition. */
    CHECK(design_keep(tx, &design_table, &d, &version, &same) == OK);
    CHECK(version == 1 && !same);
    return OK;
}

/* The process new cases begin with is the version in force here. */
static bool begins_with(struct tx *tx, const char *process)
{
    const struct process_graph *g;
    int64_t def;
    if (process_graph_live(tx, STR("loan"), &def, &g) != OK)
        return false;
    bool same = str_is(process_bpmn(g)->processes[0].id, process);
    process_let_go(g);
    return same;
}

static enum err deploy_both(struct tx *tx, void *context)
{
    struct design_live live;
    struct design_one first;
    (void)context;
    str kind = STR("process"), key = STR("loan");
    tx->notes++;
    CHECK(design_live(tx, kind, key, &live) == ERR_NOTFOUND);
    CHECK(design_deploy_version(tx, &design_process, key, 1) == OK);
    CHECK(design_deploy_version(tx, &design_process, key, 1) == OK);
    CHECK(design_live(tx, kind, key, &live) == OK && live.version == 1);
    CHECK(design_deploy_version(tx, &design_process, key, 2) == OK);
    CHECK(design_live(tx, kind, key, &live) == OK && live.version == 2);
    CHECK(begins_with(tx, "b"));
    CHECK(design_one(tx, kind, key, 1, &first) == OK);
    CHECK(str_is(first.state, "retired") && !inst_is_none(first.retired));
    CHECK(design_deploy_version(tx, &design_process, key, 3) == ERR_NOTFOUND);
    /* An older one may come back. */
    CHECK(design_deploy_version(tx, &design_process, key, 1) == OK);
    CHECK(design_live(tx, kind, key, &live) == OK && live.version == 1);
    CHECK(begins_with(tx, "a"));
    return OK;
}

static enum err second_live(struct tx *tx, void *context)
{
    struct design_one two;
    (void)context;
    tx->notes++;
    CHECK(design_one(tx, STR("process"), STR("loan"), 2, &two) == OK);
    enum err e = design_deploy(tx, two.id, tx->now);
    CHECK(e != OK);
    return e;
}

static void versions_stay_and_one_is_in_force(enum test_database which)
{
    struct test_store t;
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, keep_three, NULL) == OK);
    CHECK(test_store_run(&t, deploy_both, NULL) == OK);
    CHECK(test_store_run(&t, second_live, NULL) != OK);
    CHECK(!test_store_sql(&t, "UPDATE design_version SET xml = '<c/>'"));
    CHECK(!test_store_sql(&t, "UPDATE design_version SET title = 'x'"));
    CHECK(!test_store_sql(&t, "DELETE FROM design_version"));
    test_store_close(&t);
}

static void versions_stay_on_sqlite(void)
{
    versions_stay_and_one_is_in_force(TEST_LITE);
}

static void versions_stay_on_postgresql(void)
{
    versions_stay_and_one_is_in_force(TEST_PG);
}

/* ---- names a file gives ---- */

static enum err known_people(struct tx *tx, void *context)
{
    int64_t *li = context;
    struct auth_unit u = { .code = STR("D022"), .name = STR("市场监督管理局"),
                           .kind = STR("department"), .position = 1 };
    struct auth_account a = { .login = STR("officer.li"), .name = STR("李"),
                              .kind = STR("staff"), .password = STR("$x") };
    enum err e = auth_add_unit(tx, &u);
    if (e == OK)
        e = auth_add_account(tx, &a, li);
    struct auth_duty d = { .unit = STR("D022"), .duty = STR("审查岗"),
                           .account = *li, .from = day_of(2026, 1, 1),
                           .to = day_none };
    return e == OK ? auth_add_duty(tx, &d, NULL) : e;
}

static enum err named_in(struct tx *tx, void *context)
{
    struct design_report r = { .title = STR("") };
    str problem;
    (void)context;
    enum err e = design_check(&design_process, tx->arena, STR(BPMN_HEAD
        "<startEvent id='s'/><userTask id='a' zt:post='审查岗，没有的岗' "
        "zt:candidateUsers='officer.li, kermit'/><endEvent id='e'/>"
        "<sequenceFlow id='f1' sourceRef='s' targetRef='a'/>"
        "<sequenceFlow id='f2' sourceRef='a' targetRef='e'/>" BPMN_TAIL),
        &r, &problem);
    int before = r.count;
    if (e == OK)
        e = design_check_posts(tx, &r);
    CHECK(r.count == before + 2 && r.fatal == 0);
    bool post = false, person = false;
    for (const struct design_complaint *c = r.first; c; c = c->next) {
        post |= str_find(c->text, STR("“没有的岗”")) >= 0;
        person |= str_find(c->text, STR("“kermit”")) >= 0;
    }
    CHECK(post && person);
    design_report_free(&r);
    return e;
}

static void names_nobody_has_are_told(enum test_database which)
{
    struct test_store t;
    int64_t li = 0;
    if (!test_store_open(&t, which))
        return;
    CHECK(test_store_run(&t, known_people, &li) == OK);
    CHECK(test_store_look(&t, named_in, NULL) == OK);
    test_store_close(&t);
}

static void names_nobody_has_are_told_on_sqlite(void)
{
    names_nobody_has_are_told(TEST_LITE);
}

static void names_nobody_has_are_told_on_postgresql(void)
{
    names_nobody_has_are_told(TEST_PG);
}

int main(void)
{
    RUN(a_key_is_a_word_of_an_address);
    RUN(what_cannot_be_read_says_why);
    RUN(a_complaint_names_its_element);
    RUN(time_stands_still_only_where_the_law_says);
    RUN(a_broken_rule_is_fatal_and_so_is_an_overlap);
    RUN(everything_delivered_can_be_deployed);
    RUN(a_trial_goes_where_the_answers_lead);
    RUN(a_trial_waits_when_told_to);
    RUN(a_line_that_cannot_be_done_is_told);
    RUN(a_trial_without_end_ends);
    RUN(a_rule_without_its_table_stops_and_says_so);
    RUN(answers_are_json_or_lines);
    RUN(differences_are_told_by_element);
    RUN(differences_beyond_the_list_are_counted);
    RUN(versions_stay_on_sqlite);
    RUN(versions_stay_on_postgresql);
    RUN(names_nobody_has_are_told_on_sqlite);
    RUN(names_nobody_has_are_told_on_postgresql);
    arena_free(&arena);
    return test_result();
}
