/*
 * The templates of data/process: each passes the check, is drawn without two
 * shapes on one another, and reaches every one of its ends.  The walk is
 * random but always the same: at each task the answers are drawn from what
 * the file's own conditions ask for.
 */
#include "kernel/flow/engine.h"
#include "kernel/flow/iso.h"
#include "kernel/test/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WALKS = 400, STEPS = 60 };

static uint64_t state;

static uint32_t dice(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % n);
}

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

/* A variable named in a condition gets one of the values compared with it,
 * or another one. */
static void answer(struct arena *a, const struct bpmn *g, struct value *data)
{
    for (int i = 0; i < g->edge_count; i++) {
        str rest = g->edges[i].condition, name = str_cut(&rest, ' ');
        if (rest.n < 3 || dice(3))
            continue;
        str value = str_trim(str_slice(rest, 1, rest.n));
        bool text = value.p[0] == '"';
        if (text)
            value = str_slice(value, 1, value.n - 1);
        int64_t number;
        struct value *v = text ? value_text(a, value)
                          : str_int(value, &number)
                              ? value_int(a, number - 1 + (int)dice(2))
                              : value_bool(a, dice(2));
        if (value_get(data, name) == NULL)
            value_add(data, name, v);
    }
    value_add(data, STR("score"), value_int(a, 30 + (int)dice(70)));
    value_add(data, STR("opinion"),
              value_text(a, dice(5) ? STR("agree") : STR("reject")));
    value_add(data, STR("outcome"),
              value_text(a, dice(2) ? STR("granted") : STR("denied")));
}

/* What the joint case is begun with: the second part needs the first. */
static void add_parts(struct arena *a, struct value *input)
{
    static const char *const codes[] = { "food", "fire", "sign" };
    struct value *parts = value_new(a, VALUE_LIST);
    for (int i = 0; i < 3; i++) {
        struct value *part = value_new(a, VALUE_OBJECT);
        struct value *needs = value_new(a, VALUE_LIST);
        if (i == 1)
            value_push(needs, value_text(a, str_of(codes[0])));
        value_add(part, STR("code"), value_text(a, str_of(codes[i])));
        value_add(part, STR("process"), value_text(a, STR("promised")));
        value_add(part, STR("needs"), needs);
        value_push(parts, part);
    }
    value_add(input, STR("parts"), parts);
    value_add(input, STR("failed"), value_new(a, VALUE_LIST));
    value_add(input, STR("withdrawn"), value_bool(a, false));
}

static struct value *people(struct arena *a)
{
    struct value *list = value_new(a, VALUE_LIST);
    value_push(list, value_text(a, STR("甲")));
    value_push(list, value_text(a, STR("乙")));
    return list;
}

static struct value *decide(void *context, str decision,
                            const struct value *variables, inst now,
                            struct arena *a, str *note)
{
    (void)context, (void)variables, (void)now, (void)note;
    return str_is(decision, "joint-departments") ? people(a) : NULL;
}

struct walk {
    struct arena arena;
    struct bpmn *g;
    struct flow_case *c;
    struct value *input;
    bool reached[4096];
    inst now;
};

static enum err give(struct walk *w, struct flow_command cmd)
{
    struct flow_events events = { .arena = &w->arena };
    str problem = str_none;
    cmd.now = w->now;
    enum err e = flow_do(w->c, &cmd, &events, &problem);
    for (int i = 0; i < events.count; i++) {
        const struct flow_event *x = &events.list[i];
        if (x->type == FLOW_ENTERED && x->node < 4096)
            w->reached[x->node] = true;
        if (x->type == FLOW_INCIDENT) {
            fprintf(stderr, "%.*s\n", STR_ARG(x->text));
            test_bad++;
        }
    }
    return e;
}

static void step(struct walk *w)
{
    const struct flow_case *c = w->c;
    if (c->task_count == 0 || dice(8) == 0) {
        inst next = flow_next_timer(c);
        if (dice(4) == 0) {
            (void)give(w, (struct flow_command){ .verb = FLOW_MESSAGE,
                                                 .name = STR("收到异议") });
            (void)give(w, (struct flow_command){
                              .verb = FLOW_MESSAGE,
                              .name = STR("本步期限届满") });
        }
        if (inst_is_none(next))
            return;
        w->now = next;
        (void)give(w, (struct flow_command){ .verb = FLOW_TIME });
        return;
    }
    struct value *data = value_new(&w->arena, VALUE_OBJECT);
    if (value_get(w->input, STR("withdrawn")) && dice(10) == 0) {
        value_add(data, STR("withdrawn"), value_bool(&w->arena, true));
        (void)give(w, (struct flow_command){ .verb = FLOW_SET, .data = data });
        return;
    }
    answer(&w->arena, w->g, data);
    const struct flow_task *t = &c->tasks[dice((uint32_t)c->task_count)];
    CHECK(give(w, (struct flow_command){ .verb = FLOW_COMPLETE, .task = t->id,
                                         .data = data }) == OK);
}

static void walk(struct walk *w)
{
    static const char *const lists[] = { "readers", "signers", "experts" };
    w->now = (inst){ INT64_C(1700000000000) };
    w->c = flow_new(&w->arena, w->g);
    w->c->decide = decide;
    struct value *input = value_new(&w->arena, VALUE_OBJECT);
    for (int i = 0; i < 3; i++)
        value_add(input, str_of(lists[i]), people(&w->arena));
    add_parts(&w->arena, input);
    w->input = input;
    w->c->calls_wait = true; /* as they do where cases are kept */
    CHECK(give(w, (struct flow_command){ .verb = FLOW_START,
                                         .data = input }) == OK);
    for (int i = 0; i < STEPS && flow_standing(w->c) == FLOW_IS_WAITING; i++)
        step(w);
    flow_close(w->c);
}

static void no_shape_covers_another(const struct bpmn *g)
{
    for (int i = 0; i < g->shape_count; i++)
        for (int k = 0; k < i; k++) {
            struct bpmn_box p = g->shapes[i].box, q = g->shapes[k].box;
            bool apart = p.x + p.w <= q.x || q.x + q.w <= p.x ||
                         p.y + p.h <= q.y || q.y + q.h <= p.y;
            bool boundary =
                g->nodes[g->shapes[i].index].kind == BPMN_BOUNDARY ||
                g->nodes[g->shapes[k].index].kind == BPMN_BOUNDARY;
            bool inside =
                g->nodes[g->shapes[i].index].parent == g->shapes[k].index ||
                g->nodes[g->shapes[k].index].parent == g->shapes[i].index;
            CHECK(apart || boundary || inside);
        }
}

/* A piece of line through the inside of a box; all pieces are upright or
 * flat. */
static bool pierces(struct bpmn_point p, struct bpmn_point q,
                    struct bpmn_box b)
{
    enum { EDGE = 3 };
    double left = p.x < q.x ? p.x : q.x, right = p.x + q.x - left;
    double top = p.y < q.y ? p.y : q.y, bottom = p.y + q.y - top;
    return right > b.x + EDGE && left < b.x + b.w - EDGE &&
           bottom > b.y + EDGE && top < b.y + b.h - EDGE;
}

/* The node itself, what it sits on, and what it lies in. */
static bool belongs(const struct bpmn *g, int node, int shape)
{
    for (; node >= 0; node = g->nodes[node].parent)
        if (node == shape || g->nodes[node].host == shape)
            return true;
    return false;
}

static void no_line_crosses_a_shape(const char *name, const struct bpmn *g)
{
    for (int i = 0; i < g->line_count; i++) {
        const struct bpmn_line *l = &g->lines[i];
        const struct bpmn_edge *e = &g->edges[l->edge];
        if (e->kind != BPMN_FLOW && e->kind != BPMN_MESSAGE_FLOW)
            continue;
        for (int k = 0; k < g->shape_count; k++) {
            const struct bpmn_shape *s = &g->shapes[k];
            if (s->what != BPMN_A_NODE || belongs(g, e->source, s->index) ||
                belongs(g, e->target, s->index))
                continue;
            for (int n = 0; n + 1 < l->count; n++)
                if (pierces(l->points[n], l->points[n + 1], s->box)) {
                    fprintf(stderr, "%s: %.*s runs through %.*s\n", name,
                            STR_ARG(e->id), STR_ARG(g->nodes[s->index].id));
                    test_bad++;
                }
        }
    }
}

static void one_model(const char *name)
{
    struct arena a = { 0 };
    struct buf text = { 0 }, svg = { 0 }, list = { 0 };
    struct bpmn *g = NULL;
    str problem;
    CHECK(slurp(name, &text));
    if (bpmn_read(&a, buf_str(&text), &g, &problem) == OK) {
        no_line_crosses_a_shape(name, g);
        bpmn_draw(g, NULL, &svg);
        bpmn_list(g, NULL, &list);
        CHECK(str_find(buf_str(&svg), STR("<title>")) >= 0);
        CHECK(str_find(buf_str(&svg), STR("<desc>")) >= 0);
        CHECK(list.n > 0 || g->process_count == 0);
        bpmn_free(g);
    }
    buf_free(&text);
    buf_free(&svg);
    buf_free(&list);
    arena_free(&a);
}

static void lines_of_the_models_go_around_shapes(void)
{
    DIR *d = opendir("tests/bpmn/models");
    int n = 0;
    CHECK(d != NULL);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char name[512];
        if (strstr(e->d_name, ".bpmn") == NULL)
            continue;
        snprintf(name, sizeof name, "tests/bpmn/models/%s", e->d_name);
        one_model(name);
        n++;
    }
    if (d)
        closedir(d);
    CHECK(n > 100);
}

static void one_template(const char *name)
{
    static struct walk w;
    struct buf text = { 0 }, svg = { 0 };
    str problem = str_none;
    struct bpmn_lint lint;
    memset(&w, 0, sizeof w);
    state = 42;
    CHECK(slurp(name, &text));
    CHECK(strstr(text.p, "BPMNDiagram") != NULL);
    CHECK(bpmn_read(&w.arena, buf_str(&text), &w.g, &problem) == OK);
    bpmn_lint(w.g, inst_none, &w.arena, &lint);
    CHECK(lint.wrong == 0 && lint.unknown == 0);
    no_shape_covers_another(w.g);
    no_line_crosses_a_shape(name, w.g);
    bpmn_draw(w.g, NULL, &svg);
    CHECK(svg.n > 2000);
    struct arena kept = w.arena;
    for (int i = 0; i < WALKS; i++) {
        w.arena = (struct arena){ 0 };
        walk(&w);
        arena_free(&w.arena);
    }
    for (int i = 0; i < w.g->node_count; i++)
        if (!w.reached[i]) {
            fprintf(stderr, "%s: never reached %.*s\n", name,
                    STR_ARG(w.g->nodes[i].id));
            test_bad++;
        }
    bpmn_free(w.g);
    arena_free(&kept);
    buf_free(&text);
    buf_free(&svg);
}

static void every_template_reaches_every_end(void)
{
    DIR *d = opendir("data/process");
    int n = 0;
    CHECK(d != NULL);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char name[512];
        if (strstr(e->d_name, ".bpmn") == NULL)
            continue;
        snprintf(name, sizeof name, "data/process/%s", e->d_name);
        one_template(name);
        n++;
    }
    if (d)
        closedir(d);
    CHECK(n == 12);
}

static void an_approval_list_becomes_a_process(void)
{
    struct arena a = { 0 };
    struct buf out = { 0 };
    struct bpmn *g = NULL;
    str problem = str_none;
    struct bpmn_lint lint;
    CHECK(bpmn_of_approval(&a, STR("资料借阅审批\n# 说明\n受理 | 窗口岗 | 1\n"
                                   "会签 | 会签岗 | 3 | ratio:0.6\n"
                                   "审批 | 审批岗 | 2\n"), &out,
                           &problem) == OK);
    CHECK(bpmn_read(&a, buf_str(&out), &g, &problem) == OK);
    bpmn_lint(g, inst_none, &a, &lint);
    CHECK(lint.hints + lint.wrong + lint.unknown == 0);
    CHECK(g->node_count == 5 && g->shape_count == 5);
    CHECK_STR(g->processes[0].name, "资料借阅审批");
    CHECK_STR(g->nodes[2].post, "会签岗");
    CHECK_STR(g->nodes[2].sign, "ratio:0.6");
    CHECK_STR(g->nodes[2].clock, "working-days:3");
    bpmn_free(g);
    buf_clear(&out);
    CHECK(bpmn_of_approval(&a, STR("{\"name\":\"甲\",\"steps\":[{\"name\":"
                                   "\"审批\",\"post\":\"岗\",\"limit\":2}]}"),
                           &out, &problem) == OK);
    static const char *const bad[] = { "", "名称", "审批 | ", " | 岗",
                                       "审批 | 岗 | 0", "审批 | 岗 | x",
                                       "审批 | 岗 | 1 | some", "{\"steps\":" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        problem = str_none;
        CHECK(bpmn_of_approval(&a, str_of(bad[i]), &out, &problem) ==
                  ERR_INPUT && problem.n > 0);
    }
    buf_free(&out);
    arena_free(&a);
}

/* Days of either kind, and several posts a step. */
static void a_limit_says_which_days(void)
{
    static const struct { const char *typed, *clock; } limits[] = {
        { "3", "working-days:3" },           { "3 个工作日", "working-days:3" },
        { "10日", "natural-days:10" },       { "10 天", "natural-days:10" },
        { "5 个自然日", "natural-days:5" },  { "2工作日", "working-days:2" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct buf out = { 0 };
        struct bpmn *g = NULL;
        str problem = str_none;
        str list = arena_printf(&a, "借阅\n受理 | 甲岗、乙岗 | %s\n",
                                limits[i].typed);
        CHECK(bpmn_of_approval(&a, list, &out, &problem) == OK);
        CHECK(bpmn_read(&a, buf_str(&out), &g, &problem) == OK);
        int step = bpmn_node_of(g, STR("step1"));
        CHECK_STR(g->nodes[step].clock, limits[i].clock);
        str posts = g->nodes[step].post;
        CHECK_STR(bpmn_name_next(&posts), "甲岗");
        CHECK_STR(bpmn_name_next(&posts), "乙岗");
        bpmn_free(g);
        buf_free(&out);
    }
    arena_free(&a);
}

static void every_wrong_line_is_named_at_once(void)
{
    struct arena a = { 0 };
    struct buf out = { 0 };
    str problem = str_none;
    CHECK(bpmn_of_approval(&a, STR("借阅\n# 说明\n受理 | | 1\n"
                                   "审核 | 岗 | 2\n审批 | 岗 | 年\n"),
                           &out, &problem) == ERR_INPUT);
    CHECK_STR(problem, "第 3 行：没有写明岗位，请修改。\n"
                       "第 5 行：时限应是 1 到 999 的天数，如 3（工作日）或 "
                       "10 日（自然日），请修改。");
    CHECK(out.n == 0);
    CHECK(bpmn_of_approval(&a, STR("{\"steps\":[{\"name\":\"甲\"}]}"), &out,
                           &problem) == ERR_INPUT);
    CHECK_STR(problem, "第 1 步：没有写明岗位，请修改。");
    buf_free(&out);
    arena_free(&a);
}

/* What the command says for a list: *out standard output, *bad the other. */
static int command_says(const char *list, str *out, str *bad, struct arena *a)
{
    FILE *said = tmpfile(), *wrong = tmpfile();
    char path[] = "/tmp/approval-XXXXXX";
    int file = mkstemp(path), kept = dup(1), kept_bad = dup(2);
    CHECK(write(file, list, strlen(list)) == (ssize_t)strlen(list));
    close(file);
    fflush(stdout), fflush(stderr);
    dup2(fileno(said), 1), dup2(fileno(wrong), 2);
    char *argv[] = { "bpmn", "approval", path, NULL };
    int code = bpmn_command(3, argv);
    fflush(stdout), fflush(stderr);
    dup2(kept, 1), dup2(kept_bad, 2);
    close(kept), close(kept_bad);
    unlink(path);
    enum { ROOM = 1 << 16 };
    out->p = arena_alloc(a, ROOM), bad->p = arena_alloc(a, ROOM);
    out->n = (size_t)pread(fileno(said), (char *)out->p, ROOM, 0);
    bad->n = (size_t)pread(fileno(wrong), (char *)bad->p, ROOM, 0);
    fclose(said), fclose(wrong);
    return code;
}

static void the_command_writes_a_process_or_each_refusal(void)
{
    struct arena a = { 0 };
    str out, bad, problem;
    struct bpmn *g = NULL;
    CHECK(command_says("借阅\n受理 | 窗口岗 | 1\n", &out, &bad, &a) == 0);
    CHECK(bad.n == 0 && bpmn_read(&a, out, &g, &problem) == OK);
    CHECK(g && g->node_count == 3);
    bpmn_free(g);
    CHECK(command_says("受理 | \n | 岗\n", &out, &bad, &a) == 1);
    CHECK(out.n == 0);
    CHECK(str_find(bad, STR("第 1 行：没有写明岗位")) > 0);
    CHECK(str_find(bad, STR("第 2 行：没有步骤名称")) > 0);
    char *none[] = { "bpmn", "approval", "/no/such/list", NULL };
    CHECK(bpmn_command(3, none) == 1);
    arena_free(&a);
}

int main(void)
{
    RUN(every_template_reaches_every_end);
    RUN(lines_of_the_models_go_around_shapes);
    RUN(a_limit_says_which_days);
    RUN(every_wrong_line_is_named_at_once);
    RUN(the_command_writes_a_process_or_each_refusal);
    RUN(an_approval_list_becomes_a_process);
    return test_result();
}
