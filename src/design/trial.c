/*
 * The memory of a run is its own: a loop of ten thousand instances must not
 * use up the request's.
 */
#include "design/trial.h"

#include "design/show.h"
#include "kernel/flow/iso.h"

struct run {
    const struct trial_plan *plan;
    struct trial *out;
    struct flow_case *c;
    struct arena scratch;   /* of one command's events */
    inst now;
    int commands;
    int64_t began;
    uint8_t *seen, *taken;  /* of each node and edge */
    int *left, moment;      /* when each node was last left; 0: never */
};

/* ---- what happened ---- */

static const char *words_of(uint8_t type)
{
    switch (type) {
    case FLOW_ENTERED: return "进入";
    case FLOW_LEFT: return "离开";
    case FLOW_SCRIPT_RAN: return "计算结果";
    case FLOW_CANCELLED: return "取消";
    case FLOW_SENT: return "发出消息";
    case FLOW_SIGNALLED: return "发出信号";
    case FLOW_ESCALATED: return "上报";
    case FLOW_BEGAN: return "开始";
    case FLOW_ENDED: return "结束";
    case FLOW_INCIDENT: return "停住";
    case FLOW_CALLS: return "调用流程";
    case FLOW_NOTED: return "说明";
    default: return NULL;
    }
}

static void tell(struct run *r, const struct flow_event *e)
{
    enum { LONGEST = 300 };
    const char *what = words_of(e->type);
    if (what == NULL)
        return;
    if (r->out->rows == TRIAL_ROWS) {
        r->out->omitted++;
        return;
    }
    str text = str_is_none(e->text) ? STR("") : e->text;
    if (e->type == FLOW_SCRIPT_RAN)
        text = design_json(&r->scratch, e->value);
    if (e->type == FLOW_BEGAN || e->type == FLOW_ENDED)
        text = STR("");
    r->out->row[r->out->rows++] = (struct trial_row){
        .node = e->node, .what = what,
        .text = arena_str(&r->out->memory, utf8_head(text, LONGEST)) };
}

/*
 * The path.  A case that has ended keeps none, so it is gathered as it goes:
 * whoever enters a node came along the edge whose source was left last.
 */
static void follow(struct run *r, const struct flow_event *e)
{
    const struct bpmn *g = r->c->g;
    if (e->node < 0)
        return;
    if (e->type == FLOW_LEFT)
        r->left[e->node] = ++r->moment;
    if (e->type != FLOW_ENTERED)
        return;
    const struct bpmn_node *n = &g->nodes[e->node];
    int last = -1;
    for (int i = 0; i < n->ins; i++) {
        int from = g->edges[n->in[i]].source;
        if (from >= 0 && r->left[from] &&
            (last < 0 || r->left[from] > r->left[g->edges[last].source]))
            last = n->in[i];
    }
    if (last >= 0)
        r->taken[last] = 1;
    r->seen[e->node] = BPMN_DONE;
}

static void complain(struct run *r, str text)
{
    if (r->out->problem.n == 0)
        r->out->problem = arena_str(&r->out->memory, text);
}

static bool may_go_on(const struct run *r)
{
    return r->commands < TRIAL_COMMANDS && tick_ms() - r->began < TRIAL_MS;
}

static bool command(struct run *r, struct flow_command cmd)
{
    struct flow_events events = { .arena = &r->scratch };
    str problem = str_none;
    if (!may_go_on(r)) {
        complain(r, STR("试运行的步数或者时间已到上限，后面的没有继续。"));
        return false;
    }
    r->commands++;
    cmd.now = r->now;
    enum err e = flow_do(r->c, &cmd, &events, &problem);
    for (int i = 0; i < events.count; i++) {
        tell(r, &events.list[i]);
        follow(r, &events.list[i]);
    }
    if (e != OK)
        complain(r, problem);
    arena_reset(&r->scratch);
    return e == OK;
}

/* ---- tasks ---- */

static int64_t open_task(const struct flow_case *c, str element)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *t = &c->tasks[i];
        if (t->state == FLOW_TASK_OPEN && !t->dead &&
            (element.n == 0 || str_eq(c->g->nodes[t->node].id, element)))
            return t->id;
    }
    return 0;
}

static void rest(struct run *r)
{
    int64_t task;
    while (r->plan->by_itself && flow_standing(r->c) == FLOW_IS_WAITING &&
           (task = open_task(r->c, STR(""))) != 0)
        if (!command(r, (struct flow_command){ .verb = FLOW_COMPLETE,
                                               .task = task }))
            return;
}

/* Tasks before it complete themselves if the plan wants that. */
static int64_t reach(struct run *r, str element)
{
    int64_t task, first;
    while ((task = open_task(r->c, element)) == 0) {
        first = r->plan->by_itself ? open_task(r->c, STR("")) : 0;
        if (first == 0 ||
            !command(r, (struct flow_command){ .verb = FLOW_COMPLETE,
                                               .task = first }))
            return 0;
    }
    return task;
}

static str on_lines(struct arena *a, str pairs)
{
    char *p = arena_cstr(a, pairs);
    if (str_starts(str_trim(pairs), STR("{")))
        return pairs;
    for (size_t i = 0; i < pairs.n; i++)
        if (p[i] == ';')
            p[i] = '\n';
    return (str){ p, pairs.n };
}

static void complete(struct run *r, str element, str answers)
{
    struct arena *a = &r->out->memory;
    struct value *data;
    str problem;
    if (design_answers(a, on_lines(a, answers), &data, &problem) != OK) {
        complain(r, problem);
        return;
    }
    int64_t task = reach(r, element);
    if (task)
        (void)command(r, (struct flow_command){ .verb = FLOW_COMPLETE,
                                                .task = task, .data = data });
    else
        complain(r, arena_printf(a, "走到这里没有待办的任务“%.*s”，请看下面"
                                 "的经过。",
                                 STR_ARG(utf8_head(element, 60))));
}

/* ---- time and messages ---- */

static void advance(struct run *r, str text)
{
    struct iso_duration d;
    if (!iso_duration(text, &d)) {
        complain(r, arena_printf(&r->out->memory,
                                 "时长“%.*s”读不懂，请写成 P5D、PT8H 这样。",
                                 STR_ARG(utf8_head(text, 40))));
        return;
    }
    inst end = iso_add(r->now, d), next;
    while (next = flow_next_timer(r->c),
           !inst_is_none(next) && next.ms <= end.ms) {
        if (next.ms > r->now.ms)
            r->now = next;
        if (!command(r, (struct flow_command){ .verb = FLOW_TIME }))
            return;
        rest(r);
    }
    if (end.ms > r->now.ms)
        r->now = end;
    (void)command(r, (struct flow_command){ .verb = FLOW_TIME });
}

static void message(struct run *r, str name)
{
    const struct bpmn *g = r->c->g;
    enum flow_verb verb = FLOW_MESSAGE;
    for (int i = 0; i < g->root_count; i++)
        if (g->roots[i].trigger == BPMN_SIGNAL &&
            str_eq(g->roots[i].name, name))
            verb = FLOW_SIGNAL;
    (void)command(r, (struct flow_command){ .verb = verb, .name = name });
}

static void step(struct run *r, str line)
{
    str rest_of = line, word = str_cut(&rest_of, ' ');
    str more = str_is_none(rest_of) ? STR("") : str_trim(rest_of);
    if (str_is(word, "等待"))
        advance(r, more);
    else if (str_is(word, "消息"))
        message(r, more);
    else
        complete(r, word, more);
}

static void steps(struct run *r)
{
    str text = r->plan->steps;
    while (!str_is_none(text) && r->out->problem.n == 0) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n)
            step(r, line);
    }
    if (r->out->problem.n == 0)
        rest(r);
}

/* ---- beginning and end ---- */

static str first_process(const struct bpmn *g)
{
    str any = STR("");
    for (int i = 0; i < g->process_count; i++) {
        const struct bpmn_process *p = &g->processes[i];
        if (p->child_count && (p->executable || !p->executable_known))
            return p->id;
        if (any.n == 0 && p->child_count)
            any = p->id;
    }
    return any;
}

/* What is active now as the engine says it, the way there as gathered. */
static struct bpmn_marks marks_of(struct run *r)
{
    struct arena *a = &r->out->memory;
    struct bpmn_marks now = flow_marks(r->c, a);
    for (int i = 0; i < r->c->g->node_count; i++)
        if (now.node[i])
            r->seen[i] = now.node[i];
    return (struct bpmn_marks){ r->seen, r->taken, now.badge };
}

static void sum_up(struct run *r)
{
    static const char *const words[] = { "waiting", "completed", "error",
                                         "incident" };
    struct trial *t = r->out;
    int *open = ARENA_NEW_N(&t->memory, int, r->c->task_count + 1);
    for (int i = 0; i < r->c->task_count; i++)
        if (r->c->tasks[i].state == FLOW_TASK_OPEN && !r->c->tasks[i].dead)
            open[t->opens++] = r->c->tasks[i].node;
    t->open = open;
    t->state = words[flow_standing(r->c)];
    t->marks = marks_of(r);
    for (int i = 0; i < r->c->scope_count && t->variables == NULL; i++)
        if (r->c->scopes[i].kind == FLOW_ROOT)
            t->variables = r->c->scopes[i].vars;
}

void trial_run(const struct bpmn *g, const struct trial_plan *plan,
               struct trial *out)
{
    struct run r = { .plan = plan, .out = out, .now = plan->now,
                     .began = tick_ms() };
    *out = (struct trial){ .problem = STR(""), .memory = arena_make(0) };
    r.c = flow_new(&out->memory, g);
    r.seen = ARENA_NEW_N(&out->memory, uint8_t, g->node_count + 1);
    r.taken = ARENA_NEW_N(&out->memory, uint8_t, g->edge_count + 1);
    r.left = ARENA_NEW_N(&out->memory, int, g->node_count + 1);
    r.c->calls_wait = true; /* whoever tries it says how the other ended */
    r.c->decide = plan->decide;
    r.c->decide_context = plan->context;
    str process = plan->process.n ? plan->process : first_process(g);
    if (command(&r, (struct flow_command){ .verb = FLOW_START,
                                           .process = process,
                                           .data = plan->start }))
        steps(&r);
    sum_up(&r);
    flow_close(r.c);
    arena_free(&r.scratch);
}

void trial_free(struct trial *t)
{
    arena_free(&t->memory);
}
