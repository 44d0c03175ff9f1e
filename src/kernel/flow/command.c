/*
 * zhengtong bpmn lint | export | draw | list | approval | trace -- the same
 * engine from the command line, for tests and for people.
 */
#include "kernel/flow/lint.h"
#include "kernel/flow/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { APPROVAL_BYTES = 256 << 10 }; /* far beyond a hundred steps */

static bool read_file(const char *name, struct buf *out)
{
    FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
    if (f == NULL)
        return false;
    size_t n;
    do {
        n = fread(buf_room(out, 1 << 16), 1, 1 << 16, f);
        out->n += n;
    } while (n && out->n <= BPMN_BYTES);
    bool ok = !ferror(f);
    if (f != stdin)
        fclose(f);
    return ok;
}

/* Reads the graph; says why not on standard error. */
static struct bpmn *load(const char *name, FILE *where)
{
    struct arena a = arena_make(0);
    struct buf text = { 0 };
    struct bpmn *g = NULL;
    str problem = STR("文件打不开，请检查文件名。");
    if (read_file(name, &text) &&
        bpmn_read(&a, buf_str(&text), &g, &problem) != OK)
        g = NULL;
    if (g == NULL)
        fprintf(where, "%s: %.*s\n", where == stdout ? "definitions" : name,
                STR_ARG(problem));
    buf_free(&text);
    arena_free(&a);
    return g;
}

static void put_out(struct buf *out)
{
    if (out->n)
        fwrite(out->p, 1, out->n, stdout);
    buf_free(out);
}

static void say_complaints(const struct bpmn_lint *lint)
{
    for (const struct bpmn_complaint *c = lint->first; c; c = c->next)
        fprintf(c->severity == BPMN_HINT ? stderr : stdout, "%.*s: %s%.*s\n",
                STR_ARG(c->element), c->severity == BPMN_HINT ? "提醒：" : "",
                STR_ARG(c->text));
}

/* A name on one line. */
static void say_name(str name)
{
    for (size_t i = 0; i < name.n; i++)
        putchar((unsigned char)name.p[i] < ' ' ? ' ' : name.p[i]);
    putchar('\n');
}

static void say_executed(const struct bpmn *g)
{
    for (int p = 0; p < g->process_count; p++) {
        printf("%.*s: 流程 ", STR_ARG(g->processes[p].id));
        say_name(g->processes[p].name);
        for (int i = 0; i < g->node_count; i++) {
            if (g->nodes[i].process != p)
                continue;
            str kind = bpmn_kind_name(g, BPMN_A_NODE, i);
            printf("  %.*s: %.*s ", STR_ARG(g->nodes[i].id), STR_ARG(kind));
            say_name(g->nodes[i].name);
        }
    }
}

enum { LINT_FILES = 100 };

struct files {
    struct bpmn *graph[LINT_FILES];
    int n;
};

static bool one_has(const struct files *f, str process)
{
    for (int i = 0; i < f->n; i++)
        for (int p = 0; p < f->graph[i]->process_count; p++)
            if (str_eq(f->graph[i]->processes[p].id, process))
                return true;
    return false;
}

/* Processes that call each other stand in several files: what none of those
 * named here has is missing. */
static int lint(const struct bpmn *g, const struct files *all)
{
    struct arena a = arena_make(0);
    struct bpmn_lint lint;
    bpmn_lint(g, inst_now(), &a, &lint);
    bpmn_lint_names(g, false, &lint);
    for (const struct bpmn_callee *c = lint.callee; c; c = c->next)
        if (!one_has(all, c->key))
            bpmn_complain(&lint, BPMN_WRONG, c->element,
                          "要调用的流程“%.*s”不在给出的文件中，请检查编号，"
                          "或者把它所在的文件一起给出。", STR_ARG(c->key));
    bool refused = lint.wrong + lint.unknown > 0;
    say_complaints(&lint);
    if (!refused)
        say_executed(g);
    arena_free(&a);
    return refused;
}

static int lint_files(int n, char **names)
{
    struct files all = { .n = 0 };
    int refused = n > LINT_FILES;
    if (refused)
        fprintf(stderr, "一次最多检查 %d 个文件。\n", LINT_FILES);
    for (int i = 0; i < n && i < LINT_FILES; i++) {
        struct bpmn *g = load(names[i], stdout);
        if (g)
            all.graph[all.n++] = g;
        else
            refused = 1;
    }
    for (int i = 0; i < all.n; i++)
        refused |= lint(all.graph[i], &all);
    for (int i = 0; i < all.n; i++)
        bpmn_free(all.graph[i]);
    return refused;
}

static int export(struct bpmn *g, bool layout)
{
    struct buf out = { 0 };
    if (layout)
        bpmn_write_diagram(g);
    bpmn_export(g, &out);
    put_out(&out);
    return 0;
}

static int draw(const struct bpmn *g, bool as_list)
{
    struct buf out = { 0 };
    if (as_list)
        bpmn_list(g, NULL, &out);
    else
        bpmn_draw(g, NULL, &out);
    put_out(&out);
    return 0;
}

/* A typed approval list as BPMN; every refusal on a line of its own. */
static int approval(const char *name)
{
    struct arena a = arena_make(0);
    struct buf text = { 0 }, out = { 0 };
    str problem = STR("文件打不开，请检查文件名。");
    bool ok = read_file(name, &text);
    if (ok && text.n > APPROVAL_BYTES) {
        problem = STR("清单超过 256 KB，请拆分。");
        ok = false;
    }
    ok = ok && bpmn_of_approval(&a, buf_str(&text), &out, &problem) == OK;
    while (!ok && !str_is_none(problem)) {
        str line = str_cut(&problem, '\n');
        fprintf(stderr, "%s: %.*s\n", name, STR_ARG(line));
    }
    put_out(&out);
    buf_free(&text);
    arena_free(&a);
    return !ok;
}

static int usage(void)
{
    fputs("zhengtong bpmn lint FILE …\n"
          "zhengtong bpmn draw|list FILE\n"
          "zhengtong bpmn export FILE [--layout]\n"
          "zhengtong bpmn approval FILE\n"
          "zhengtong bpmn trace FILE --input JSON [--process ID …] "
          "[--message NAME[=JSON] …]\n"
          "    [--advance DURATION …] [--complete ID[=JSON] …]\n", stderr);
    return 2;
}

int bpmn_command(int argc, char **argv)
{
    if (argc < 3)
        return usage();
    const char *verb = argv[1];
    bool layout = argc > 3 && strcmp(argv[3], "--layout") == 0;
    if (strcmp(verb, "trace") == 0)
        return trace_command(argc - 2, argv + 2);
    if (strcmp(verb, "approval") == 0)
        return approval(argv[2]);
    /* A file that cannot be read is refused as a whole, like its elements. */
    if (strcmp(verb, "lint") == 0)
        return lint_files(argc - 2, argv + 2);
    if (strcmp(verb, "export") != 0 && strcmp(verb, "draw") != 0 &&
        strcmp(verb, "list") != 0)
        return usage();
    struct bpmn *g = load(argv[2], stderr);
    if (g == NULL)
        return 1;
    int result = strcmp(verb, "export") == 0
                     ? export(g, layout)
                     : draw(g, strcmp(verb, "list") == 0);
    bpmn_free(g);
    return result;
}
