/* Random processes for the verbs test: a tree of blocks and its BPMN. */
#ifndef FLOW_TEST_GENERATE_H
#define FLOW_TEST_GENERATE_H

#include "kernel/flow/tests/model.h"

/* splitmix64: small, the same everywhere. */
static uint64_t dice_state;

static uint32_t dice(uint32_t n)
{
    uint64_t z = dice_state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ z >> 31) % n);
}

static void random_rule(char *rule, int *threshold)
{
    static const char rules[] = "aaaanrw";
    *rule = rules[dice(7)];
    *threshold = *rule == 'r'   ? 25 * (1 + (int)dice(4))
                 : *rule == 'w' ? 1 + (int)dice(4)
                                : 0;
}

static struct block *block_new(struct arena *a, enum block_kind kind, int *next)
{
    struct block *b = ARENA_NEW(a, struct block);
    b->id = (*next)++;
    b->kind = kind;
    if (kind == B_TASK)
        random_rule(&b->rule, &b->threshold);
    return b;
}

static struct block *random_block(struct arena *a, int depth, int *next);

/* The rule as zt:sign and the verbs have it. */
static str rule_text(struct arena *a, char rule, int threshold)
{
    return rule == 'n'   ? STR("any")
           : rule == 'r' ? arena_printf(a, "ratio:%d.%02d", threshold / 100,
                                        threshold % 100)
           : rule == 'w' ? arena_printf(a, "weight:%d", threshold)
                         : STR("all");
}

static void write_rule(struct buf *o, const struct block *b)
{
    struct arena a = arena_make(0);
    str text = rule_text(&a, b->rule, b->threshold);
    if (b->kind == B_TASK && b->rule != 'a')
        buf_printf(o, " zt:sign='%.*s'", STR_ARG(text));
    arena_free(&a);
}

static struct block *random_seq(struct arena *a, int depth, int *next)
{
    struct block *b = block_new(a, B_SEQ, next);
    b->kids = 1 + (int)dice(3);
    for (int k = 0; k < b->kids; k++)
        b->kid[k] = random_block(a, depth, next);
    return b;
}

static void random_branches(struct arena *a, struct block *b, int depth,
                            int *next)
{
    b->kids = 2 + (int)dice(2);
    for (int k = 0; k < b->kids; k++)
        b->kid[k] = random_seq(a, depth - 1, next);
    b->chosen = b->kind == B_OR ? 1 + (int)dice((1u << b->kids) - 1)
                                : (int)dice((uint32_t)b->kids);
}

static struct block *random_multi(struct arena *a, int depth, int *next)
{
    struct block *b = block_new(a, B_MULTI, next);
    bool task = depth < 2 || dice(2);
    b->kids = 1;
    b->kid[0] = block_new(a, task ? B_TASK : B_SUB, next);
    if (!task) {
        b->kid[0]->kids = 1;
        b->kid[0]->kid[0] = random_seq(a, depth - 2, next);
    }
    b->instances = 1 + (int)dice(3);
    b->sequential = dice(3) == 0;
    b->enough = dice(2) ? 1 + (int)dice((uint32_t)b->instances) : 0;
    return b;
}

static struct block *random_block(struct arena *a, int depth, int *next)
{
    static const enum block_kind kinds[] = { B_AND, B_AND, B_XOR, B_OR, B_OR,
                                             B_EVENTS, B_MULTI, B_MULTI, B_SUB,
                                             B_CALL, B_LOOP };
    if (depth <= 0 || *next > BLOCKS - 24 || dice(3) == 0)
        return block_new(a, B_TASK, next);
    enum block_kind kind = kinds[dice(sizeof kinds / sizeof *kinds)];
    if (kind == B_MULTI)
        return random_multi(a, depth, next);
    struct block *b = block_new(a, kind, next);
    if (kind == B_SUB || kind == B_CALL || kind == B_LOOP) {
        b->kids = 1;
        b->kid[0] = random_seq(a, depth - 1, next);
    } else {
        random_branches(a, b, depth, next);
    }
    return b;
}

/* ---- as BPMN ---- */

struct writer {
    struct buf body, calls;
    int flows;
};

static void flow_to(struct writer *w, struct buf *o, const char *from,
                    const char *to, const char *condition)
{
    buf_printf(o, "<sequenceFlow id='f%d' sourceRef='%s' targetRef='%s'",
               w->flows++, from, to);
    if (condition && *condition)
        buf_printf(o, "><conditionExpression>%s</conditionExpression>"
                      "</sequenceFlow>\n", condition);
    else
        buf_put(o, STR("/>\n"));
}

/* Writes the block; in and out become the ids of its first and last node. */
static void write_block(struct writer *w, struct buf *o, const struct block *b,
                        char *in, char *out);

static void write_inside(struct writer *w, struct buf *o,
                         const struct block *b)
{
    char in[32], out[32], s[32], e[32];
    snprintf(s, sizeof s, "s%d", b->id);
    snprintf(e, sizeof e, "e%d", b->id);
    buf_printf(o, "<startEvent id='%s'/><endEvent id='%s'/>\n", s, e);
    write_block(w, o, b, in, out);
    flow_to(w, o, s, in, NULL);
    flow_to(w, o, out, e, NULL);
}

static void write_gateways(struct writer *w, struct buf *o,
                           const struct block *b, char *in, char *out)
{
    static const char *const split[] = {
        [B_AND] = "parallelGateway", [B_XOR] = "exclusiveGateway",
        [B_OR] = "inclusiveGateway", [B_EVENTS] = "eventBasedGateway" };
    const char *join = b->kind == B_EVENTS ? "exclusiveGateway"
                                           : split[b->kind];
    snprintf(in, 32, "g%d", b->id);
    snprintf(out, 32, "j%d", b->id);
    buf_printf(o, "<%s id='%s'/><%s id='%s'/>\n", split[b->kind], in, join,
               out);
    for (int k = 0; k < b->kids; k++) {
        char first[32], last[32], mid[32], condition[64] = "";
        write_block(w, o, b->kid[k], first, last);
        if (b->kind == B_XOR)
            snprintf(condition, sizeof condition, "x%d = %d", b->id, k);
        if (b->kind == B_OR)
            snprintf(condition, sizeof condition, "${x%d_%d == true}", b->id,
                     k);
        if (b->kind == B_EVENTS) {
            snprintf(mid, sizeof mid, "m%d_%d", b->id, k);
            buf_printf(o, "<intermediateCatchEvent id='%s'>"
                          "<messageEventDefinition/>"
                          "</intermediateCatchEvent>\n", mid);
            flow_to(w, o, in, mid, NULL);
            flow_to(w, o, mid, first, NULL);
        } else {
            flow_to(w, o, in, first, condition);
        }
        flow_to(w, o, last, out, NULL);
    }
}

static void write_multi(struct writer *w, struct buf *o, const struct block *b,
                        char *in, char *out)
{
    const struct block *kid = b->kid[0];
    const char *tag = kid->kind == B_TASK ? "userTask" : "subProcess";
    snprintf(in, 32, "t%d", b->id);
    snprintf(out, 32, "t%d", b->id);
    buf_printf(o, "<%s id='%s'", tag, in);
    write_rule(o, kid);
    buf_printf(o, "><multiInstanceLoopCharacteristics "
                  "isSequential='%s'><loopCardinality>%d</loopCardinality>",
               b->sequential ? "true" : "false", b->instances);
    if (b->enough)
        buf_printf(o, "<completionCondition>nrOfCompletedInstances &gt;= %d"
                      "</completionCondition>", b->enough);
    buf_put(o, STR("</multiInstanceLoopCharacteristics>\n"));
    if (kid->kind == B_SUB)
        write_inside(w, o, kid->kid[0]);
    buf_printf(o, "</%s>\n", tag);
}

static void write_call(struct writer *w, struct buf *o, const struct block *b,
                       char *in)
{
    struct buf inner = { 0 };
    buf_printf(o, "<callActivity id='%s' calledElement='p%d'>"
                  "<extensionElements><c:in variables='all'/>"
                  "<c:out source='1' target='called'/></extensionElements>"
                  "</callActivity>\n", in, b->id);
    write_inside(w, &inner, b->kid[0]);
    buf_printf(&w->calls, "<process id='p%d'>\n", b->id);
    buf_put(&w->calls, buf_str(&inner));
    buf_put(&w->calls, STR("</process>\n"));
    buf_free(&inner);
}

static void write_loop(struct writer *w, struct buf *o, const struct block *b,
                       char *in, char *out)
{
    char first[32], last[32], condition[32];
    snprintf(in, 32, "g%d", b->id);
    snprintf(out, 32, "j%d", b->id);
    snprintf(condition, sizeof condition, "l%d", b->id);
    buf_printf(o, "<exclusiveGateway id='%s'/><exclusiveGateway id='%s' "
                  "default='d%d'/>\n", in, out, b->id);
    write_block(w, o, b->kid[0], first, last);
    flow_to(w, o, in, first, NULL);
    flow_to(w, o, last, out, NULL);
    flow_to(w, o, out, in, condition);
    /* The default leaves through a gateway of its own. */
    buf_printf(o, "<exclusiveGateway id='k%d'/><sequenceFlow id='d%d' "
                  "sourceRef='%s' targetRef='k%d'/>\n", b->id, b->id, out,
               b->id);
    snprintf(out, 32, "k%d", b->id);
}

static void write_block(struct writer *w, struct buf *o, const struct block *b,
                        char *in, char *out)
{
    char first[32], last[32];
    snprintf(in, 32, "t%d", b->id);
    snprintf(out, 32, "t%d", b->id);
    switch (b->kind) {
    case B_TASK:
        buf_printf(o, "<userTask id='%s'", in);
        write_rule(o, b);
        buf_put(o, STR("/>\n"));
        break;
    case B_SEQ:
        write_block(w, o, b->kid[0], in, last);
        for (int k = 1; k < b->kids; k++) {
            char next[32];
            write_block(w, o, b->kid[k], first, next);
            flow_to(w, o, last, first, NULL);
            snprintf(last, sizeof last, "%s", next);
        }
        snprintf(out, 32, "%s", last);
        break;
    case B_SUB:
        buf_printf(o, "<subProcess id='%s'>\n", in);
        write_inside(w, o, b->kid[0]);
        buf_put(o, STR("</subProcess>\n"));
        break;
    case B_CALL: write_call(w, o, b, in); break;
    case B_MULTI: write_multi(w, o, b, in, out); break;
    case B_LOOP: write_loop(w, o, b, in, out); break;
    default: write_gateways(w, o, b, in, out);
    }
}

/* The whole file into out; the caller frees it. */
static void write_process(const struct block *root, const char *reject,
                          struct buf *out)
{
    struct writer w = { .flows = 0 };
    write_inside(&w, &w.body, root);
    buf_put(out, STR("<definitions xmlns='http://www.omg.org/spec/BPMN/"
                     "20100524/MODEL' xmlns:c='http://camunda.org/schema/1.0/"
                     "bpmn' xmlns:zt='urn:zhengtong:bpmn'>\n"));
    buf_printf(out, "<process id='p' isExecutable='true' zt:reject='%s'>\n",
               reject);
    buf_put(out, buf_str(&w.body));
    buf_put(out, STR("</process>\n"));
    buf_put(out, buf_str(&w.calls));
    buf_put(out, STR("</definitions>\n"));
    buf_free(&w.body);
    buf_free(&w.calls);
}

/* The variables that make the choices. */
static void write_input(struct arena *a, const struct block *b,
                        struct value *into)
{
    if (b->kind == B_XOR)
        value_add(into, arena_printf(a, "x%d", b->id),
                  value_int(a, b->chosen));
    if (b->kind == B_LOOP)
        value_add(into, arena_printf(a, "l%d", b->id), value_bool(a, false));
    for (int k = 0; k < b->kids; k++) {
        if (b->kind == B_OR)
            value_add(into, arena_printf(a, "x%d_%d", b->id, k),
                      value_bool(a, b->chosen >> k & 1));
        write_input(a, b->kid[k], into);
    }
}

#endif
