/* zhengtong dmn eval | tck */
#include "kernel/rules/model.h"

#include <stdio.h>
#include <string.h>

enum { DEPTH = 64 };

static int usage(void)
{
    fputs("用法：zhengtong dmn eval 文件 --decision 名称 --input JSON\n"
          "      zhengtong dmn tck 目录\n",
          stderr);
    return 2;
}

struct wanted {
    const char *file, *decision, *input;
};

static bool options_read(int argc, char **argv, struct wanted *w)
{
    for (int i = 2; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--decision") == 0 && more)
            w->decision = argv[++i];
        else if (strcmp(argv[i], "--input") == 0 && more)
            w->input = argv[++i];
        else if (argv[i][0] != '-' && w->file == NULL)
            w->file = argv[i];
        else
            return false;
    }
    return w->file && w->decision;
}

/* Whether a fatal remark is about something this decision needs. */
static bool concerns(const struct feel_notes *notes, const struct element *el,
                     int depth)
{
    if (depth-- == 0)
        return false;
    str id = el->id.n ? el->id : el->name;
    for (const struct feel_note *n = notes->first; n; n = n->next)
        if (n->fatal && str_eq(n->element, id))
            return true;
    for (uint32_t i = 0; i < el->n_needs; i++)
        if (concerns(notes, el->needs[i].of, depth))
            return true;
    return false;
}

struct evaluation {
    const struct dmn_model *m;
    const struct element *el;
    str input;
    struct value *out;
    bool bad_input, no_object;
    size_t bad_at;
};

static void evaluate(struct ev *e, void *of)
{
    struct evaluation *x = of;
    fval input = json_read(e, x->input, &x->bad_at);
    x->bad_input = input == NULL;
    x->no_object = input && input->kind != K_CONTEXT;
    if (input && !x->no_object)
        x->out = fv_to_tree(e, dmn_value(e, x->m, x->el, input), DEPTH);
}

static int failed(const char *format, const char *what)
{
    fprintf(stderr, format, what);
    fputc('\n', stderr);
    return 1;
}

static int eval_model(struct arena *a, const struct wanted *w,
                      const struct dmn_model *m,
                      const struct feel_notes *loaded)
{
    struct feel_notes notes = { 0 };
    struct evaluation x = { .m = m, .el = dmn_find(m, str_of(w->decision)),
                            .input = str_of(w->input ? w->input : "{}") };
    if (x.el == NULL)
        return failed("模型中没有名为“%s”的决策。", w->decision);
    struct ev e = ev_make(a, inst_now(), &notes);
    bool good = guarded(&e, evaluate, &x) && !e.bounded_out;
    if (x.no_object)
        return failed("%s", "--input 应是一个 JSON 对象。");
    if (x.bad_input) {
        fprintf(stderr,
                "--input 不是 JSON，或有重复的名称、超出范围的数字"
                "（第 %zu 字节）。\n",
                x.bad_at + 1);
        return 1;
    }
    notes_print(&notes, false);
    if (!good)
        return failed("%s", "计算超出限度，没有结果。");
    struct buf b = { 0 };
    value_write_json(x.out, &b);
    buf_byte(&b, '\n');
    fwrite(b.p, 1, b.n, stdout);
    buf_free(&b);
    return concerns(loaded, x.el, DEPTH);
}

static int eval_command(int argc, char **argv)
{
    struct wanted w = { 0 };
    if (!options_read(argc, argv, &w))
        return usage();
    struct arena a = arena_make(0);
    struct feel_notes notes = { 0 };
    struct dmn_source sources[DMN_MAX_SOURCES];
    struct dmn_model *m;
    int result;
    size_t n = file_sources(&a, w.file, sources);
    if (n == 0) {
        result = failed("无法读取文件“%s”。", w.file);
    } else if (dmn_load(&a, sources, n, &m, &notes) != OK) {
        notes_print(&notes, true);
        result = failed("“%s”不是可用的决策模型。", w.file);
    } else {
        notes_print(&notes, true);
        result = eval_model(&a, &w, m, &notes);
    }
    arena_free(&a);
    return result;
}

int dmn_command(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "eval") == 0)
        return eval_command(argc, argv);
    if (argc == 3 && strcmp(argv[1], "tck") == 0)
        return dmn_tck(argv[2]);
    return usage();
}
