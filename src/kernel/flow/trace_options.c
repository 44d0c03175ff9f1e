/*
 * What the command line of a trace says: read once, checked whole, before
 * anything runs.
 */
#include "kernel/flow/trace.h"

#include "kernel/flow/iso.h"

#include <stdio.h>
#include <string.h>

void trace_say(const char *format, str what)
{
    fprintf(stderr, format, STR_ARG(what));
    fputc('\n', stderr);
}

bool trace_option(const struct trace *t, int i, const char *name)
{
    return i + 1 < t->argc && strcmp(t->argv[i], name) == 0;
}

bool trace_named(const struct bpmn_event *e, const struct bpmn_node *n,
                  str name)
{
    return str_eq(e->name, name) || str_eq(e->ref, name) ||
           str_eq(n->id, name) || (e->name.n == 0 && str_eq(n->name, name));
}

/* Whether any event of the file is meant by the name. */
static bool heard_of(const struct bpmn *g, str name)
{
    for (int i = 0; i < g->node_count; i++)
        for (int k = 0; k < g->nodes[i].event_count; k++) {
            const struct bpmn_event *e = &g->nodes[i].events[k];
            if ((e->trigger == BPMN_MESSAGE || e->trigger == BPMN_SIGNAL) &&
                trace_named(e, &g->nodes[i], name))
                return true;
        }
    for (int i = 0; i < g->root_count; i++)
        if ((g->roots[i].trigger == BPMN_MESSAGE ||
             g->roots[i].trigger == BPMN_SIGNAL) &&
            (str_eq(g->roots[i].name, name) || str_eq(g->roots[i].id, name)))
            return true;
    return false;
}

/* "NAME" or "NAME=JSON"; a name may contain the sign itself. */
str trace_message(const struct bpmn *g, str text, str *data)
{
    *data = str_none;
    if (heard_of(g, text))
        return text;
    str rest = text, name = str_cut(&rest, '=');
    *data = rest;
    return name;
}

static bool object_or_nothing(struct trace *t, const char *option, str json)
{
    struct value *v = NULL;
    str problem = str_none;
    if (json.n == 0)
        return true;
    if (value_read_json(&t->arena, json, &v, &problem) != OK) {
        fprintf(stderr, "%s：%.*s\n", option, STR_ARG(problem));
        return false;
    }
    if (v->kind == VALUE_OBJECT)
        return true;
    fprintf(stderr, "%s 的数据应是一个 JSON 对象，例如 {\"x\":1}。\n", option);
    return false;
}

static bool completes(struct trace *t, str text)
{
    str data = text, element = str_cut(&data, '=');
    if (bpmn_node_of(t->g, element) < 0) {
        trace_say("--complete：文件中没有元素“%.*s”。", element);
        return false;
    }
    return object_or_nothing(t, "--complete", data);
}

static bool brings(struct trace *t, str text)
{
    str data, name = trace_message(t->g, text, &data);
    if (!heard_of(t->g, name)) {
        trace_say("--message：文件中没有消息或信号“%.*s”。", name);
        return false;
    }
    return object_or_nothing(t, "--message", data);
}

static bool advances_by(str text)
{
    struct iso_duration d;
    if (iso_duration(text, &d) && d.ms >= 0 && d.months >= 0)
        return true;
    trace_say("--advance：时长“%.*s”读不懂，请按 ISO 8601 填写，例如 PT1H。",
              text);
    return false;
}

/* One option and its value; false with a sentence. */
static bool sound(struct trace *t, int i)
{
    str value = str_of(t->argv[i + 1]);
    if (trace_option(t, i, "--complete"))
        return completes(t, value);
    if (trace_option(t, i, "--message"))
        return brings(t, value);
    if (trace_option(t, i, "--advance"))
        return advances_by(value);
    if (trace_option(t, i, "--dmn"))
        return trace_decisions(t, t->argv[i + 1]);
    if (trace_option(t, i, "--input") || trace_option(t, i, "--process"))
        return true;
    trace_say("没有选项“%.*s”。", str_of(t->argv[i]));
    return false;
}

static bool known(const char *name)
{
    static const char *const names[] = { "--input", "--process", "--message",
                                         "--advance", "--complete", "--dmn" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* "--process A B" says the same as "--process A --process B". */
static bool spread(struct trace *t)
{
    char **argv = ARENA_NEW_N(&t->arena, char *, 2 * t->argc + 1);
    char *name = NULL;
    int n = 1;
    bool bare = false;
    argv[0] = t->argv[0];
    for (int i = 1; i < t->argc; i++) {
        bool is_name = strncmp(t->argv[i], "--", 2) == 0;
        if (is_name && bare)
            break;
        if (!is_name && name == NULL) {
            trace_say("没有选项“%.*s”。", str_of(t->argv[i]));
            return false;
        }
        bare = is_name;
        if (is_name) {
            name = t->argv[i];
            continue;
        }
        argv[n++] = name;
        argv[n++] = t->argv[i];
    }
    if (bare)
        trace_say(known(name) ? "选项“%.*s”后面缺少内容。"
                              : "没有选项“%.*s”。", str_of(name));
    t->argv = argv;
    t->argc = n;
    return !bare;
}

bool trace_prepare(struct trace *t)
{
    str problem = str_none;
    struct value *input = value_new(&t->arena, VALUE_OBJECT);
    if (!spread(t))
        return false;
    for (int i = 1; i < t->argc; i += 2) {
        t->by_hand |= trace_option(t, i, "--complete");
        t->advances |= trace_option(t, i, "--advance");
        if (!sound(t, i))
            return false;
        if (trace_option(t, i, "--input") &&
            value_read_json(&t->arena, str_of(t->argv[i + 1]), &input,
                            &problem) != OK) {
            trace_say("--input：%.*s", problem);
            return false;
        }
    }
    if (input->kind != VALUE_OBJECT) {
        trace_say("%.*s", STR("--input 应是一个 JSON 对象，例如 {\"x\":1}。"));
        return false;
    }
    t->input = input;
    return true;
}

