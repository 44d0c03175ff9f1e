/*
 * How many evaluations of a decision table a second, on one core?
 *
 * The table has 20 rules and 4 inputs: numbers, texts, a boolean.  Measured is
 * the public face, from the caller's value tree to the result tree, every rule
 * of the table being the one that fires in turn.  Why it matters: one guided
 * question asks dozens of tables.  Worry below 1,000,000 a second.  It is
 * processor time that counts: the figure is that of a core, shared or not.
 */
#include "kernel/rules/dmn.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RULES = 20, TURNS = 2000000 };

static const char *const regions[] = { "城区", "开发区", "乡镇", "街道" };

static void rule_text(struct buf *b, int i)
{
    buf_printf(b,
               "<rule id='r%d'><inputEntry><text>[%d..%d)</text></inputEntry>"
               "<inputEntry><text>\"%s\"</text></inputEntry>"
               "<inputEntry><text>%s</text></inputEntry>"
               "<inputEntry><text>&lt; %d</text></inputEntry>"
               "<outputEntry><text>%d.50</text></outputEntry></rule>",
               i, i / 4 * 10, i / 4 * 10 + 10, regions[i % 4],
               i % 3 ? "-" : "true", 1000 + i, i * 100);
}

static struct dmn_model *table(struct arena *a)
{
    static const char *const inputs[] = { "年龄", "区域", "本地户籍", "收入" };
    struct buf b = { 0 };
    buf_printf(&b,
               "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/"
               "MODEL/' namespace='bench' name='bench'>");
    for (int i = 0; i < 4; i++)
        buf_printf(&b,
                   "<inputData id='i%d' name='%s'><variable name='%s'/>"
                   "</inputData>",
                   i, inputs[i], inputs[i]);
    buf_printf(&b, "<decision id='d' name='费用'><variable name='费用'/>");
    for (int i = 0; i < 4; i++)
        buf_printf(&b,
                   "<informationRequirement><requiredInput href='#i%d'/>"
                   "</informationRequirement>",
                   i);
    buf_printf(&b, "<decisionTable hitPolicy='UNIQUE'>");
    for (int i = 0; i < 4; i++)
        buf_printf(&b,
                   "<input><inputExpression><text>%s</text></inputExpression>"
                   "</input>",
                   inputs[i]);
    buf_printf(&b, "<output name='费用'/>");
    for (int i = 0; i < RULES; i++)
        rule_text(&b, i);
    buf_printf(&b, "</decisionTable></decision></definitions>");
    struct dmn_source source = { STR("bench"), buf_str(&b) };
    struct dmn_model *m = NULL;
    struct feel_notes notes = { 0 };
    if (dmn_load(a, &source, 1, &m, &notes) != OK)
        exit(1);
    buf_free(&b);
    return m;
}

static struct value *input_of(struct arena *a, int i)
{
    struct value *in = value_new(a, VALUE_OBJECT);
    value_add(in, STR("年龄"), value_int(a, i / 4 * 10 + 5));
    value_add(in, STR("区域"), value_text(a, str_of(regions[i % 4])));
    value_add(in, STR("本地户籍"), value_bool(a, true));
    value_add(in, STR("收入"), value_int(a, 900));
    return in;
}

static int64_t spent_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int main(void)
{
    struct arena model = arena_make(0), work = arena_make(0);
    struct dmn_model *m = table(&model);
    struct value *inputs[RULES], *out;
    int64_t sum = 0;
    for (int i = 0; i < RULES; i++)
        inputs[i] = input_of(&model, i);
    int64_t start = spent_ms();
    for (int i = 0; i < TURNS; i++) {
        if (dmn_evaluate(m, STR("费用"), inputs[i % RULES], (inst){ 0 }, &work,
                         &out, NULL) != OK)
            return 1;
        sum += out->kind;
        arena_reset(&work);
    }
    int64_t ms = spent_ms() - start;
    printf("decision table of 20 rules by 4 inputs\t%" PRId64
           "\tevaluations/s\tworry below 1000000\n",
           ms ? TURNS * (int64_t)1000 / ms : 0);
    arena_free(&model);
    arena_free(&work);
    return sum == 0;
}
