/*
 * A file run in memory, for tests and for people who try a process.
 *
 * What an option says is checked before anything runs: an unknown name, a JSON
 * text or a duration nobody can read is refused with a sentence.  Then options
 * take effect in the order they are given, each after the case has come to
 * rest.  User tasks complete themselves, the oldest first, whenever
 * nothing else moves -- unless some --complete says which.  Time stands still
 * but for --advance, which lets each timer on the way fire at its own moment.
 *
 * A process begins at its plain start.  One that only begins by a message, a
 * signal or a timer waits for it when an option (or another named process)
 * will bring it; otherwise it is begun by hand at its first start.
 */
#include "kernel/flow/trace.h"

#include "kernel/flow/iso.h"
#include "kernel/rules/dmn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- one line per event ---- */

static void json_text(struct buf *b, struct arena *a, str s)
{
    value_write_json(value_text(a, s), b);
}

static void event_line(struct trace *t, const struct flow_event *e)
{
    static const char *const words[] = {
        [FLOW_ENTERED] = "enter", [FLOW_LEFT] = "leave",
        [FLOW_SCRIPT_RAN] = "script", [FLOW_CANCELLED] = "cancel",
    };
    if (e->type == FLOW_INCIDENT)
        trace_say("%.*s", e->text);
    if (e->type == FLOW_NOTED && t->noted.n < NOTED &&
        str_find(buf_str(&t->noted), e->text) < 0) {
        trace_say("%.*s", e->text);
        buf_put(&t->noted, e->text);
    }
    if (e->type > FLOW_CANCELLED || e->node < 0)
        return;
    buf_printf(&t->out, "{\"event\":\"%s\",\"element\":", words[e->type]);
    json_text(&t->out, &t->events_arena, t->g->nodes[e->node].id);
    if (e->type == FLOW_SCRIPT_RAN) {
        buf_put(&t->out, STR(",\"result\":"));
        value_write_json(e->value, &t->out);
    }
    buf_put(&t->out, STR("}\n"));
}

static void flush(struct trace *t)
{
    fwrite(t->out.p, 1, t->out.n, stdout);
    buf_clear(&t->out);
}

/* A trace as a whole is bounded as each of its commands is. */
static bool exhausted(const struct trace *t)
{
    return t->commands >= MOST_COMMANDS || t->work > 5ull * FLOW_WORK ||
           t->written > 5ull * FLOW_WRITTEN || t->walked > MOST_WALKED;
}

static enum err command(struct trace *t, struct flow_command cmd)
{
    struct flow_events events = { .arena = &t->events_arena };
    str problem = str_none;
    cmd.now = t->now;
    t->commands++;
    enum err e = flow_do(t->c, &cmd, &events, &problem);
    t->work += t->c->work;
    t->written += t->c->written;
    t->walked += t->c->token_count + t->c->scope_count + t->c->task_count +
                 t->c->visit_count;
    for (int i = 0; i < events.count; i++)
        event_line(t, &events.list[i]);
    if (e != OK)
        trace_say("%.*s", problem);
    if (t->out.n > 1 << 16)
        flush(t);
    arena_reset(&t->events_arena);
    return e;
}

static int64_t open_task(const struct flow_case *c, str element)
{
    for (int i = 0; i < c->task_count; i++) {
        const struct flow_task *task = &c->tasks[i];
        if (task->state == FLOW_TASK_OPEN &&
            (str_is_none(element) || str_eq(c->g->nodes[task->node].id,
                                            element)))
            return task->id;
    }
    return 0;
}

/* After every step: tasks that complete themselves. */
static void rest(struct trace *t)
{
    int64_t task;
    while (!t->by_hand && !exhausted(t) &&
           flow_standing(t->c) != FLOW_IS_ERROR &&
           (task = open_task(t->c, str_none)) != 0)
        if (command(t, (struct flow_command){ .verb = FLOW_COMPLETE,
                                              .task = task }) != OK)
            return;
}

/* ---- beginning ---- */

static bool option_brings(const struct trace *t, const struct bpmn_node *n)
{
    str data;
    for (int k = 0; k < n->event_count; k++) {
        const struct bpmn_event *e = &n->events[k];
        if (e->trigger == BPMN_TIMER && t->advances)
            return true;
        for (int i = 1; i < t->argc; i++)
            if (trace_option(t, i, "--message") &&
                trace_named(e, n, trace_message(t->g, str_of(t->argv[i + 1]),
                                                &data)))
                return true;
    }
    return false;
}

/* Another process that is begun too will send this start its message or
 * throw its signal. */
static bool process_brings(const struct trace *t, int start,
                           const bool *begun)
{
    const struct bpmn *g = t->g;
    const struct bpmn_node *n = &g->nodes[start];
    for (int i = 0; i < g->edge_count; i++) {
        const struct bpmn_edge *e = &g->edges[i];
        if (e->kind == BPMN_MESSAGE_FLOW && e->target == start &&
            e->source >= 0 && begun[g->nodes[e->source].process])
            return true;
    }
    for (int i = 0; i < g->node_count; i++) {
        const struct bpmn_node *o = &g->nodes[i];
        if ((o->kind != BPMN_THROW && o->kind != BPMN_END &&
             o->kind != BPMN_SEND) ||
            o->process == n->process || !begun[o->process])
            continue;
        for (int k = 0; k < o->event_count; k++)
            for (int m = 0; m < n->event_count; m++)
                if (o->events[k].trigger == n->events[m].trigger &&
                    n->events[m].name.n &&
                    str_eq(o->events[k].name, n->events[m].name))
                    return true;
    }
    return false;
}

/* The plain start of a process, or whether it waits for something to come. */
static bool waits_to_begin(const struct trace *t, int process,
                           const bool *begun)
{
    int n;
    bool brought = false, starts = false;
    const int *children = bpmn_children(t->g, process, -1, &n);
    for (int i = 0; i < n; i++) {
        const struct bpmn_node *x = &t->g->nodes[children[i]];
        if (x->kind != BPMN_START)
            continue;
        starts = true;
        if (x->event_count == 0)
            return false;
        brought |= option_brings(t, x) ||
                   process_brings(t, children[i], begun);
    }
    return starts && brought;
}

static bool has_plain_start(const struct bpmn *g, int process)
{
    int n;
    const int *children = bpmn_children(g, process, -1, &n);
    for (int i = 0; i < n; i++)
        if (g->nodes[children[i]].kind == BPMN_START &&
            g->nodes[children[i]].event_count == 0)
            return true;
    return false;
}

static int find_process(const struct bpmn *g, str id)
{
    struct bpmn_found f = bpmn_find(g, id);
    if (f.what == BPMN_A_PROCESS)
        return f.index;
    if (f.what == BPMN_A_THING && g->things[f.index].kind == BPMN_POOL)
        return g->things[f.index].process;
    return -1;
}

/* The named processes, else the first that is meant to be executed. */
static bool choose_processes(const struct trace *t, bool *begun, int *order,
                             int *count)
{
    for (int i = 1; i < t->argc; i++)
        if (trace_option(t, i, "--process")) {
            int p = find_process(t->g, str_of(t->argv[i + 1]));
            if (p < 0) {
                trace_say("文件中没有流程“%.*s”。", str_of(t->argv[i + 1]));
                return false;
            }
            if (!begun[p])
                order[(*count)++] = p;
            begun[p] = true;
        }
    for (int i = 0; i < t->g->process_count && *count == 0; i++)
        if (t->g->processes[i].child_count &&
            (t->g->processes[i].executable ||
             !t->g->processes[i].executable_known))
            order[(*count)++] = i, begun[i] = true;
    for (int i = 0; i < t->g->process_count && *count == 0; i++)
        if (t->g->processes[i].child_count)
            order[(*count)++] = i, begun[i] = true;
    return *count > 0;
}

/* All begin side by side: the first to send must not be over before the one
 * who would hear has begun. */
static bool begin(struct trace *t)
{
    int n = t->g->process_count, count = 0;
    bool *begun = ARENA_NEW_N(&t->arena, bool, n + 1);
    int *order = ARENA_NEW_N(&t->arena, int, n + 1);
    if (!choose_processes(t, begun, order, &count))
        return false;
    for (int i = 0; i < n; i++) {
        bool waits = begun[i] && waits_to_begin(t, i, begun);
        if (!begun[i] || waits || has_plain_start(t->g, i))
            (void)command(t, (struct flow_command){
                          .verb = FLOW_LISTEN, .process = t->g->processes[i].id,
                          .timers = begun[i] && t->advances });
    }
    for (int i = 0; i < count; i++)
        if (!waits_to_begin(t, order[i], begun))
            (void)command(t, (struct flow_command){
                .verb = FLOW_START, .process = t->g->processes[order[i]].id,
                .data = t->input, .later = true });
    (void)command(t, (struct flow_command){ .verb = FLOW_TIME });
    rest(t);
    return true;
}

/* ---- the options that act ---- */

static struct value *data_of(struct trace *t, str json)
{
    struct value *v = NULL;
    str problem;
    if (json.n && value_read_json(&t->arena, json, &v, &problem) != OK)
        v = NULL;
    return v;
}

static bool complete(struct trace *t, str text)
{
    str data = text;
    str element = str_cut(&data, '=');
    int64_t task = open_task(t->c, element);
    if (task)
        (void)command(t, (struct flow_command){ .verb = FLOW_COMPLETE,
                                                .task = task,
                                                .data = data_of(t, data) });
    return task != 0;
}

/* A task that was not there when its turn came is completed when it is. */
static void catch_up(struct trace *t)
{
    for (int i = 0; i < t->pending_count; i++)
        if (complete(t, t->pending[i])) {
            for (int k = i + 1; k < t->pending_count; k++)
                t->pending[k - 1] = t->pending[k];
            t->pending_count--;
            i = -1;
        }
}

static void say_pending(const struct trace *t)
{
    for (int i = 0; i < t->pending_count; i++) {
        str rest = t->pending[i];
        trace_say("一直没有待办的任务“%.*s”。", str_cut(&rest, '='));
    }
}

static void advance(struct trace *t, str text)
{
    struct iso_duration d = { 0 };
    (void)iso_duration(text, &d); /* was read when the options were checked */
    inst end = iso_add(t->now, d);
    for (inst next; !exhausted(t);) {
        next = flow_next_timer(t->c);
        if (inst_is_none(next) || next.ms > end.ms)
            break;
        if (next.ms > t->now.ms)
            t->now = next;
        (void)command(t, (struct flow_command){ .verb = FLOW_TIME });
        catch_up(t);
        rest(t);
    }
    if (end.ms > t->now.ms)
        t->now = end;
    (void)command(t, (struct flow_command){ .verb = FLOW_TIME });
}

/* A start by message takes the input along; one who waits has it. */
static const struct value *input_and(struct trace *t, struct value *data)
{
    if (t->c->scope_count)
        return data;
    if (data == NULL)
        return t->input;
    for (const struct value *m = t->input->first; m; m = m->next)
        if (value_get(data, m->key) == NULL) {
            struct value *copy = value_new(&t->arena, m->kind);
            *copy = *m;
            copy->next = NULL;
            value_add(data, m->key, copy);
        }
    return data;
}

static void message(struct trace *t, str text)
{
    str json, name = trace_message(t->g, text, &json);
    struct flow_command cmd = { .verb = FLOW_MESSAGE, .name = name,
                                .data = input_and(t, data_of(t, json)) };
    for (int i = 0; i < t->g->root_count; i++)
        if (t->g->roots[i].trigger == BPMN_SIGNAL &&
            (str_eq(t->g->roots[i].name, name) ||
             str_eq(t->g->roots[i].id, name)))
            cmd.verb = FLOW_SIGNAL;
        else if (t->g->roots[i].trigger == BPMN_MESSAGE &&
                 str_eq(t->g->roots[i].name, name)) {
            cmd.verb = FLOW_MESSAGE;
            break;
        }
    (void)command(t, cmd);
}

static void act(struct trace *t)
{
    t->pending = ARENA_NEW_N(&t->arena, str, t->argc);
    for (int i = 1; i + 1 < t->argc; i += 2) {
        str value = str_of(t->argv[i + 1]);
        if (trace_option(t, i, "--message"))
            message(t, value);
        else if (trace_option(t, i, "--advance"))
            advance(t, value);
        else if (trace_option(t, i, "--complete") && !complete(t, value))
            t->pending[t->pending_count++] = value;
        catch_up(t);
        rest(t);
    }
    say_pending(t);
}

/* ---- reading what is needed ---- */

static bool read_whole(const char *name, struct buf *out)
{
    FILE *f = fopen(name, "rb");
    if (f == NULL)
        return false;
    for (size_t n = 1; n && out->n <= BPMN_BYTES;) {
        n = fread(buf_room(out, 1 << 16), 1, 1 << 16, f);
        out->n += n;
    }
    fclose(f);
    return true;
}

bool trace_decisions(struct trace *t, const char *name)
{
    struct buf text = { 0 };
    struct feel_notes notes = { 0 };
    struct dmn_source source = { .name = str_of(name) };
    bool ok = read_whole(name, &text);
    source.xml = buf_str(&text);
    if (ok && dmn_load(&t->arena, &source, 1, &t->decisions, &notes) != OK) {
        t->decisions = NULL;
        ok = false;
    }
    if (!ok)
        trace_say("决策文件读不懂：%.*s", str_of(name));
    buf_free(&text);
    return ok;
}

/* Without --dmn: a file beside it of the decision's or the process's name. */
static void look_beside(struct trace *t, str decision)
{
    str file = str_of(t->argv[0]), folder = STR(""), base = file;
    for (size_t i = 0; i < file.n; i++)
        if (file.p[i] == '/')
            folder = str_slice(file, 0, i + 1);
    if (str_ends(base, STR(".bpmn")))
        base = str_slice(base, 0, base.n - 5);
    str names[] = { arena_printf(&t->arena, "%.*s.dmn", STR_ARG(base)),
                    arena_printf(&t->arena, "%.*s%.*s.dmn", STR_ARG(folder),
                                 STR_ARG(decision)) };
    t->looked = true;
    for (int i = 0; i < 2 && t->decisions == NULL; i++) {
        FILE *f = fopen(names[i].p, "rb");
        if (f == NULL)
            continue;
        fclose(f);
        (void)trace_decisions(t, names[i].p);
    }
}

static struct value *decide(void *context, str decision,
                            const struct value *variables, inst now,
                            struct arena *a, str *note)
{
    struct trace *t = context;
    struct feel_notes notes = { 0 };
    struct value *out = NULL;
    if (t->decisions == NULL && !t->looked)
        look_beside(t, decision);
    if (t->decisions == NULL)
        return NULL;
    enum err e = dmn_evaluate(t->decisions, decision, variables, now, a, &out,
                              &notes);
    *note = notes.first ? notes.first->text : str_none;
    return e == OK ? out : NULL;
}

static bool load(struct trace *t)
{
    struct buf text = { 0 };
    str problem = STR("文件打不开，请检查文件名。");
    bool ok = read_whole(t->argv[0], &text) &&
              bpmn_read(&t->arena, buf_str(&text), &t->g, &problem) == OK;
    buf_free(&text);
    if (!ok)
        trace_say("%.*s", problem);
    return ok;
}

/* What the engine cannot run at all is refused before anything runs. */
static bool runnable(struct trace *t)
{
    struct bpmn_lint lint;
    bpmn_lint(t->g, inst_now(), &t->arena, &lint);
    for (const struct bpmn_complaint *c = lint.first; c; c = c->next)
        if (c->severity != BPMN_HINT)
            fprintf(stderr, "%.*s: %.*s\n", STR_ARG(c->element),
                    STR_ARG(c->text));
    for (const struct bpmn_callee *c = lint.callee; c; c = c->next)
        fprintf(stderr, "%.*s: 要调用的流程“%.*s”不在文件中，走到这里会停"
                "下。\n", STR_ARG(c->element), STR_ARG(c->key));
    return lint.unknown == 0;
}

static const char *standing(const struct trace *t)
{
    static const char *const words[] = { "waiting", "completed", "error",
                                         "incident" };
    if (exhausted(t)) {
        trace_say("%.*s", STR("步骤太多，已经停下，请检查循环和定时。"));
        return "incident";
    }
    return words[flow_standing(t->c)];
}

/* The file comes first, or last behind the options. */
static char **file_first(struct arena *a, int argc, char **argv)
{
    if (argc < 2 || strncmp(argv[0], "--", 2) != 0)
        return argv;
    char **turned = ARENA_NEW_N(a, char *, argc + 1);
    turned[0] = argv[argc - 1];
    memcpy(turned + 1, argv, ((size_t)argc - 1) * sizeof *argv);
    return turned;
}

int trace_command(int argc, char **argv)
{
    struct trace t = { .argc = argc, .now = inst_now() };
    t.argv = file_first(&t.arena, argc, argv);
    const char *state = "error";
    bool ran = false;
    if (argc > MOST_OPTIONS)
        trace_say("%.*s", STR("选项太多，请分几次运行。"));
    else if (load(&t) && trace_prepare(&t) && runnable(&t)) {
        t.c = flow_new(&t.arena, t.g);
        t.c->decide = decide;
        t.c->decide_context = &t;
        ran = begin(&t);
        if (ran) {
            act(&t);
            state = standing(&t);
        }
    }
    buf_printf(&t.out, "{\"event\":\"end\",\"state\":\"%s\"}\n", state);
    flush(&t);
    buf_free(&t.out);
    buf_free(&t.noted);
    flow_close(t.c);
    bpmn_free(t.g);
    arena_free(&t.events_arena);
    arena_free(&t.arena);
    return ran ? 0 : 1;
}
