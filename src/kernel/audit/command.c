/* zhengtong audit verify -- beside a running server or on what a crash left. */
#include "kernel/audit/audit.h"

#include <stdio.h>
#include <string.h>

static int print_verdict(const struct audit_verdict *v)
{
    printf("审计记录 %lld 条\n", (long long)v->entries);
    printf("链尾摘要 %.*s\n", STR_ARG(v->head));
    if (v->broken == 0) {
        puts("审计链完整。");
        return 0;
    }
    printf("审计链在第 %lld 条断开：该条被改动、删除或次序有误，"
           "以上条数与摘要到它之前为止。\n", (long long)v->broken);
    return 1;
}

static int verify(struct store *s, struct arena *a)
{
    struct tx tx = { .arena = a, .now = inst_now() };
    struct audit_verdict v;
    enum err e = store_begin(s, &tx);
    if (e == OK) {
        e = audit_verify(&tx, &v);
        store_end(&tx);
    }
    if (e != OK) {
        fputs("审计记录无法读取。\n", stderr);
        return 2;
    }
    return print_verdict(&v);
}

int audit_command(int argc, char **argv)
{
    struct store_options o = { .look = true };
    if (argc == 4 && strcmp(argv[1], "verify") == 0) {
        if (strcmp(argv[2], "--data") == 0)
            o.dir = argv[3];
        if (strcmp(argv[2], "--database") == 0)
            o.url = argv[3];
    }
    if (o.dir == NULL && o.url == NULL) {
        fputs("用法：zhengtong audit verify --data DIR | --database URL\n",
              stderr);
        return 2;
    }
    struct arena a = arena_make(0);
    struct store *s;
    str problem;
    int code = 2;
    if (store_open(&o, &a, &s, &problem) == OK) {
        code = verify(s, &a);
        store_close(s);
    } else {
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
    }
    arena_free(&a);
    return code;
}
