/*
 * zhengtong -- the subcommands.  Everything a command does lives in its room;
 * this file only knows their names, so that `zhengtong help` is the whole list.
 */
#include "base/base.h"
#include "kernel/flow/bpmn.h"
#include "kernel/rules/dmn.h"

#include <stdio.h>
#include <string.h>

struct command_line {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the name */
    const char *use, *what;
};

static int help(int argc, char **argv);

static const struct command_line commands[] = {
    { "help", help, "", "this list" },
    { "bpmn", bpmn_command, "lint|export|draw|list|trace FILE …",
      "check, write, draw or run a process in memory" },
    { "dmn", dmn_command, "eval FILE --decision NAME --input JSON | tck DIR",
      "evaluate a decision; run a folder of decision tests" },
};

static int help(int argc, char **argv)
{
    (void)argc, (void)argv;
    puts("zhengtong (政通) -- one platform for a city or county government\n");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        printf("  zhengtong %s %s\n      %s\n", commands[i].name,
               commands[i].use, commands[i].what);
    return 0;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "zhengtong: no command \"%s\"; see zhengtong help\n", name);
    return 2;
}
