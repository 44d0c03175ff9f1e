/*
 * zhengtong -- the subcommands.  Everything a command does lives in its room;
 * this file only knows their names, so that `zhengtong help` is the whole list.
 */
#include "base/base.h"
#include "demo/demo.h"
#include "disclosure/disclosure.h"
#include "fees/fees.h"
#include "kernel/audit/audit.h"
#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
#include "kernel/flow/bpmn.h"
#include "kernel/notify/notify.h"
#include "kernel/vectors/vectors.h"
#include "modules.h"
#include "office/office.h"
#include "trading/trading.h"
#include "kernel/audit/audit.h"
#include "kernel/conf/conf.h"
#include "kernel/rules/dmn.h"
#include "kernel/seal/seal.h"

#include <stdio.h>
#include <string.h>

struct command_line {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0] is the name */
    const char *use, *what;
};

static int help(int argc, char **argv);
static int vectors(int argc, char **argv);

static const struct command_line commands[] = {
    { "audit", audit_command, "verify --data DIR | --database URL",
      "walk the audit chain; exit 1 names the first entry that does not fit" },
    { "check", check_command, "--data DIR | --database URL [--files DIR]",
      "prepares every statement and checks every invariant; exit 1 if any is "
      "not so" },
    { "demo", demo_command, "DIR [--database URL] [--small]",
      "fills an empty folder or database with the demonstration city" },
    { "help", help, "", "this list" },
    { "messages-test", messages_test_command,
      "--listen ADDRESS:PORT --key FILE",
      "a gateway for text messages to try out: shows them on its page" },
    { "payments-test", payments_test_command,
      "--listen ADDRESS:PORT --key FILE",
      "a payment platform to try out, well behaved or badly; never for real "
      "money" },
    { "preview", files_preview_command, "TYPE <PAPER >PICTURES",
      "draws a paper small, in a process that may nothing else; the server "
      "runs it" },
    { "seal", seal_command, "new --data DIR --unit CODE | list --data DIR",
      "makes the next pair of keys an organisation signs licences with" },
    { "serve", serve_command,
      "--data DIR | --database URL [--listen ADDRESS:PORT] [--conf FILE] "
      "[--dev]", "serves until it is told to stop" },
    { "vectors", vectors, "DIR", "checks every vector file in DIR" },
    { "conf", conf_command, "", "every setting with its default and reason" },
    { "bpmn", bpmn_command, "lint|export|draw|list|trace|approval FILE …",
      "check, write, draw or run a process in memory; approval: from a typed "
      "approval list" },
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

/* Each room with rules of its own offers what it can check. */
static int vectors(int argc, char **argv)
{
    static const struct vector_type *const types[] = {
        clock_vectors, ident_vectors, disclosure_vectors, trading_vectors,
        office_vectors,
    };
    if (argc != 2) {
        fprintf(stderr, "usage: zhengtong vectors DIR\n");
        return 2;
    }
    return vectors_run(types, sizeof types / sizeof *types, argv[1]);
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    modules_begin();
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "zhengtong: no command \"%s\"; see zhengtong help\n", name);
    return 2;
}
