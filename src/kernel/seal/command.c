/* zhengtong seal: the operator makes keys and sees which there are. */
#include "kernel/seal/seal.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what, str why)
{
    fprintf(stderr, "zhengtong seal: %s%.*s\n", what, STR_ARG(why));
    return 1;
}

static int make(str unit)
{
    int serial;
    enum err e = seal_new(unit, &serial);
    if (e == ERR_INPUT)
        return fail("不是部门代码（大写字母和数字）：", unit);
    if (e != OK)
        return fail("密钥没有保存下来，请检查数据目录的空间和权限。", str_none);
    printf("%.*s 第 %d 对密钥已生成，从下一次签章起使用；"
           "以前的密钥只用于核验。\n", STR_ARG(unit), serial);
    return 0;
}

/* One line for each pair, by its public half. */
static int list(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    if (d == NULL)
        return fail("不能读取 ", str_of(dir));
    for (struct dirent *f; (f = readdir(d)) != NULL;) {
        str name = str_of(f->d_name);
        if (!str_ends(name, STR(".ec.pub")))
            continue;
        name.n -= strlen(".ec.pub");
        printf("%.*s\n", STR_ARG(name));
        n++;
    }
    closedir(d);
    fprintf(stderr, "共 %d 对密钥\n", n);
    return 0;
}

int seal_command(int argc, char **argv)
{
    const char *data = NULL, *unit = NULL;
    const char *what = argc > 1 ? argv[1] : "";
    for (int i = 2; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--data") == 0)
            data = argv[i + 1];
        if (strcmp(argv[i], "--unit") == 0)
            unit = argv[i + 1];
    }
    bool new = strcmp(what, "new") == 0;
    if (!data || (new ? !unit : strcmp(what, "list") != 0)) {
        fputs("usage: zhengtong seal new --data DIR --unit CODE\n"
              "       zhengtong seal list --data DIR\n", stderr);
        return 2;
    }
    char dir[240];
    str problem = STR("");
    snprintf(dir, sizeof dir, "%s/seal", data);
    if (seal_open(dir, &problem) != OK)
        return fail("", problem);
    return new ? make(str_of(unit)) : list(dir);
}
