/* Reading, keeping and drawing files. */
#include "kernel/flow/bpmn.h"
#include "kernel/flow/iso.h"
#include "kernel/test/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "<definitions xmlns='" BPMN_NS "'><process id='p' " \
             "isExecutable='true'>"
#define TAIL "</process></definitions>"

static struct arena a;

static bool reads(str xml, str *problem)
{
    struct bpmn *g = NULL;
    bool ok = bpmn_read(&a, xml, &g, problem) == OK;
    if (ok)
        bpmn_free(g);
    return ok;
}

static void a_document_type_is_refused(void)
{
    str problem = str_none;
    CHECK(!reads(STR("<!DOCTYPE d [<!ENTITY a 'aaaa'>"
                     "<!ENTITY b '&a;&a;&a;&a;'>]><d>&b;</d>"), &problem));
    CHECK(str_find(problem, STR("DOCTYPE")) >= 0);
}

static void garbage_gets_a_sentence(void)
{
    str problem = str_none;
    CHECK(!reads(STR(""), &problem) && problem.n > 0);
    CHECK(!reads(STR("hello"), &problem) && problem.n > 0);
    CHECK(!reads(STR("<a/>"), &problem));
    CHECK(str_find(problem, STR("definitions")) >= 0);
    CHECK(!reads(STR(HEAD "<task id='a'>"), &problem));
    CHECK(str_find(problem, STR("行")) >= 0);
}

static void depth_and_size_are_bounded(void)
{
    struct buf b = { 0 };
    str problem = str_none;
    buf_put(&b, STR(HEAD));
    for (int i = 0; i < 90000; i++)
        buf_put(&b, STR("<subProcess>"));
    CHECK(!reads(buf_str(&b), &problem));
    CHECK(str_find(problem, STR("100")) >= 0);
    buf_clear(&b);
    buf_put(&b, STR(HEAD));
    for (int i = 0; i < BPMN_ELEMENTS; i++)
        buf_put(&b, STR("<x/>"));
    buf_put(&b, STR(TAIL));
    CHECK(!reads(buf_str(&b), &problem));
    CHECK(str_find(problem, STR("200000")) >= 0);
    buf_free(&b);
}

static void an_id_may_be_used_once(void)
{
    str problem = str_none;
    CHECK(!reads(STR(HEAD "<task id='a'/><task id='a'/>" TAIL), &problem));
    CHECK(str_find(problem, STR("“a”")) >= 0);
}

static void assignments_of_the_editors_are_read(void)
{
    struct bpmn *g = NULL;
    str problem = str_none;
    CHECK(bpmn_read(&a, STR(
        "<definitions xmlns='" BPMN_NS "' xmlns:c='http://camunda.org/schema/"
        "1.0/bpmn' xmlns:z='http://camunda.org/schema/zeebe/1.0' "
        "xmlns:f='http://flowable.org/bpmn' xmlns:zt='" BPMN_OUR_NS "'>"
        "<process id='p'><userTask id='a' c:assignee='甲' "
        "c:candidateGroups='受理岗'/>"
        "<userTask id='b' zt:post='审批岗' zt:clock='promised' zt:form='f1' "
        "zt:return='straight'><extensionElements><z:assignmentDefinition "
        "assignee='= owner'/></extensionElements></userTask>"
        "<userTask id='c'><multiInstanceLoopCharacteristics isSequential="
        "'true' f:collection='units' f:elementVariable='unit'>"
        "<completionCondition>${nrOfCompletedInstances == 2}"
        "</completionCondition></multiInstanceLoopCharacteristics></userTask>"
        "<scriptTask id='d' c:resultVariable='sum'><script>1 + 1</script>"
        "</scriptTask></process></definitions>"), &g, &problem) == OK);
    CHECK_STR(g->nodes[0].assignee, "甲");
    CHECK_STR(g->nodes[0].groups, "受理岗");
    CHECK_STR(g->nodes[1].assignee, "= owner");
    CHECK_STR(g->nodes[1].post, "审批岗");
    CHECK_STR(g->nodes[1].clock, "promised");
    CHECK_STR(g->nodes[1].form, "f1");
    CHECK(g->nodes[1].return_policy == BPMN_RETURN_STRAIGHT);
    CHECK(g->nodes[2].loop && g->nodes[2].loop->sequential);
    CHECK_STR(g->nodes[2].loop->collection, "units");
    CHECK_STR(g->nodes[2].loop->element, "unit");
    CHECK_STR(g->nodes[3].result, "sum");
    CHECK_STR(g->nodes[3].script, "1 + 1");
    bpmn_free(g);
}

static void a_list_of_names_is_cut_at_any_comma(void)
{
    str list = STR(" 甲, 乙，丙、 ,丁；"), empty = STR(" ,、 ");
    CHECK_STR(bpmn_name_next(&list), "甲");
    CHECK_STR(bpmn_name_next(&list), "乙");
    CHECK_STR(bpmn_name_next(&list), "丙");
    CHECK_STR(bpmn_name_next(&list), "丁");
    CHECK(bpmn_name_next(&list).n == 0 && bpmn_name_next(&empty).n == 0);
}

/* Several candidates, in each editor's words: read, and out again as they came;
 * ours go first. */
static void candidates_come_and_go_whole(void)
{
    static const char *const spaces[] = {
        "http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn",
        "http://flowable.org/bpmn", BPMN_OUR_NS,
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        struct bpmn *g = NULL;
        str problem = str_none;
        struct buf out = { 0 }, was = { 0 }, is = { 0 };
        str file = arena_printf(
            &a, "<definitions xmlns='" BPMN_NS "' xmlns:e='%s'><process id='p'>"
            "<userTask id='a' e:candidateUsers='li, wang' e:candidateGroups="
            "'受理岗,审核岗'/></process></definitions>", spaces[i]);
        CHECK(bpmn_read(&a, file, &g, &problem) == OK);
        CHECK_STR(g->nodes[0].users, "li, wang");
        CHECK_STR(g->nodes[0].groups, "受理岗,审核岗");
        bpmn_export(g, &out);
        CHECK(bpmn_canonical(file, &was) == OK);
        CHECK(bpmn_canonical(buf_str(&out), &is) == OK);
        CHECK(str_eq(buf_str(&was), buf_str(&is)));
        buf_free(&out), buf_free(&was), buf_free(&is);
        bpmn_free(g);
    }
}

static void nothing_of_the_file_is_lost(void)
{
    static const char file[] =
        "<?xml version='1.0'?><!-- 办件 --><d:definitions xmlns:d='" BPMN_NS
        "' xmlns:x='urn:unknown' id='d' x:a='&lt;1&#10;2'>\n <d:process id='p'"
        ">\n  <d:extensionElements><x:any b='2' a='1'>文 &amp; 字</x:any>"
        "</d:extensionElements>\n <?pi data?><d:task id='t'/></d:process>"
        "</d:definitions>";
    struct bpmn *g = NULL;
    struct buf out = { 0 }, before = { 0 }, after = { 0 };
    str problem;
    CHECK(bpmn_read(&a, str_of(file), &g, &problem) == OK);
    bpmn_export(g, &out);
    CHECK(bpmn_canonical(str_of(file), &before) == OK);
    CHECK(bpmn_canonical(buf_str(&out), &after) == OK);
    CHECK(str_eq(buf_str(&before), buf_str(&after)));
    bpmn_free(g);
    buf_free(&out), buf_free(&before), buf_free(&after);
}

static void layout_gives_every_node_its_own_place(void)
{
    struct bpmn *g = NULL;
    str problem;
    CHECK(bpmn_read(&a, STR(
        HEAD "<startEvent id='s'/><task id='a'/><task id='b'/>"
        "<parallelGateway id='f'/><parallelGateway id='j'/><endEvent id='e'/>"
        "<boundaryEvent id='t' attachedToRef='a'><timerEventDefinition>"
        "<timeDuration>PT1H</timeDuration></timerEventDefinition>"
        "</boundaryEvent><endEvent id='e2'/>"
        "<sequenceFlow id='1' sourceRef='s' targetRef='f'/>"
        "<sequenceFlow id='2' sourceRef='f' targetRef='a'/>"
        "<sequenceFlow id='3' sourceRef='f' targetRef='b'/>"
        "<sequenceFlow id='4' sourceRef='a' targetRef='j'/>"
        "<sequenceFlow id='5' sourceRef='b' targetRef='j'/>"
        "<sequenceFlow id='6' sourceRef='j' targetRef='e'/>"
        "<sequenceFlow id='7' sourceRef='t' targetRef='e2'/>" TAIL),
        &g, &problem) == OK);
    CHECK(g->shape_count == 8 && g->line_count == 7);
    for (int i = 0; i < g->shape_count; i++)
        for (int k = 0; k < i; k++) {
            struct bpmn_box p = g->shapes[i].box, q = g->shapes[k].box;
            bool apart = p.x + p.w <= q.x || q.x + q.w <= p.x ||
                         p.y + p.h <= q.y || q.y + q.h <= p.y;
            bool boundary = g->nodes[g->shapes[i].index].kind ==
                                BPMN_BOUNDARY ||
                            g->nodes[g->shapes[k].index].kind == BPMN_BOUNDARY;
            CHECK(apart || boundary);
        }
    bpmn_write_diagram(g);
    struct buf out = { 0 };
    bpmn_export(g, &out);
    struct bpmn *again = NULL;
    CHECK(bpmn_read(&a, buf_str(&out), &again, &problem) == OK);
    CHECK(again->shape_count == 8 && again->line_count == 7);
    bpmn_free(again);
    bpmn_free(g);
    buf_free(&out);
}

static void times_of_iso_8601_are_understood(void)
{
    struct iso_duration d;
    struct iso_cycle c;
    inst t;
    CHECK(iso_duration(STR("P1DT2H3M4.5S"), &d) &&
          d.ms == ((26 * 60 + 3) * 60 + 4) * 1000 + 500);
    CHECK(iso_duration(STR("P1Y2M"), &d) && d.months == 14 && d.ms == 0);
    CHECK(iso_duration(STR("P2W"), &d) && d.ms == 14 * INT64_C(86400000));
    static const char *const bad[] = { "", "P", "PT", "1H", "PT1", "P1H",
                                       "PT1H1H", "PT1.5H", "P99999999999Y",
                                       "P1D2Y", "PT-1H", "P1DT" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad - 1; i++)
        CHECK(!iso_duration(str_of(bad[i]), &d));
    CHECK(iso_instant(STR("2026-11-20T10:00:00Z"), &t));
    inst plus;
    CHECK(iso_instant(STR("2026-11-20T18:00:00+08:00"), &plus) &&
          plus.ms == t.ms);
    CHECK(iso_instant(STR("2026-11-20T18:00"), &plus) && plus.ms == t.ms);
    CHECK(!iso_instant(STR("2026-02-30"), &t));
    CHECK(!iso_instant(STR("2026-11-20T25:00:00Z"), &t));
    CHECK(iso_cycle(STR("R3/PT1H"), &c) && c.times == 3 &&
          c.period.ms == 3600000 && inst_is_none(c.first));
    CHECK(iso_cycle(STR("R/2026-11-20T10:00:00Z/P1D"), &c) && c.times == -1 &&
          !inst_is_none(c.first));
    CHECK(!iso_cycle(STR("R3/PT0S"), &c) && !iso_cycle(STR("0 0 * * *"), &c));
    CHECK(iso_instant(STR("2026-01-31T10:00:00+08:00"), &t) &&
          iso_duration(STR("P1M"), &d));
    char text[INST_TEXT];
    CHECK_STR(inst_text(iso_add(t, d), text), "2026-02-28T10:00:00+08:00");
}

/* ---- the reference files ---- */

static const char suite[] = "../shared/data/suites/bpmn-miwg-reference";

static bool slurp(const char *name, struct buf *out)
{
    FILE *f = fopen(name, "rb");
    if (f == NULL)
        return false;
    for (size_t n = 1; n;) {
        n = fread(buf_room(out, 65536), 1, 65536, f);
        out->n += n;
    }
    fclose(f);
    return true;
}

static void one_reference_file(const char *name)
{
    struct buf text = { 0 }, out = { 0 }, svg = { 0 }, x = { 0 }, y = { 0 };
    struct bpmn *g = NULL;
    str problem = str_none;
    CHECK(slurp(name, &text));
    CHECK(bpmn_read(&a, buf_str(&text), &g, &problem) == OK);
    if (g == NULL) {
        fprintf(stderr, "%s: %.*s\n", name, STR_ARG(problem));
        buf_free(&text);
        return;
    }
    bpmn_export(g, &out);
    CHECK(bpmn_canonical(buf_str(&text), &x) == OK);
    CHECK(bpmn_canonical(buf_str(&out), &y) == OK);
    CHECK(x.n > 1000 && str_eq(buf_str(&x), buf_str(&y)));
    bpmn_draw(g, NULL, &svg);
    struct bpmn_found none = bpmn_find(g, STR("no such id"));
    CHECK(none.what == BPMN_NOWHERE);
    for (int i = 0; i < g->shape_count; i++) {
        str id = g->shapes[i].what == BPMN_A_NODE
                     ? g->nodes[g->shapes[i].index].id
                     : STR("");
        str attr = arena_printf(&a, "data-id=\"%.*s\"", STR_ARG(id));
        CHECK(id.n == 0 || str_find(buf_str(&svg), attr) >= 0);
    }
    y.n = 0;
    CHECK(bpmn_canonical(buf_str(&svg), &y) == OK);
    CHECK(str_find(buf_str(&svg), STR(" style=")) < 0);
    bpmn_free(g);
    buf_free(&text), buf_free(&out), buf_free(&svg);
    buf_free(&x), buf_free(&y);
    arena_reset(&a);
}

static const char *suite_folder(void)
{
    static const char *const places[] = { suite, "../../shared/data/suites/"
                                                 "bpmn-miwg-reference" };
    const char *named = getenv("ZT_SHARED_SUITES");
    static char path[512];
    if (named) {
        snprintf(path, sizeof path, "%s/bpmn-miwg-reference", named);
        return path;
    }
    for (int i = 0; i < 2; i++) {
        DIR *d = opendir(places[i]);
        if (d) {
            closedir(d);
            return places[i];
        }
    }
    return suite;
}

static void the_reference_files_come_and_go_whole(void)
{
    const char *folder = suite_folder();
    DIR *d = opendir(folder);
    if (d == NULL) {
        printf("skipped: no reference files at %s\n", folder);
        return;
    }
    int n = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        char name[1024];
        if (strstr(e->d_name, ".bpmn") == NULL)
            continue;
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        one_reference_file(name);
        n++;
    }
    closedir(d);
    CHECK(n == 21);
}

int main(void)
{
    RUN(a_document_type_is_refused);
    RUN(garbage_gets_a_sentence);
    RUN(depth_and_size_are_bounded);
    RUN(an_id_may_be_used_once);
    RUN(assignments_of_the_editors_are_read);
    RUN(a_list_of_names_is_cut_at_any_comma);
    RUN(candidates_come_and_go_whole);
    RUN(nothing_of_the_file_is_lost);
    RUN(layout_gives_every_node_its_own_place);
    RUN(times_of_iso_8601_are_understood);
    RUN(the_reference_files_come_and_go_whole);
    arena_free(&a);
    return test_result();
}
