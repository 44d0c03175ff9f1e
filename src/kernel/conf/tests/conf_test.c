/* What an operator writes is taken, or refused with place and reason. */
#include "kernel/conf/conf.h"
#include "kernel/test/test.h"

#include <stdlib.h>

static struct arena a;

static enum err read(const char *text, str *problem)
{
    return conf_read(str_of(text), "x.conf", &a, problem);
}

static void what_is_not_set_has_its_default(void)
{
    str problem;
    CHECK(read("", &problem) == OK);
    CHECK_STR(conf_text("listen"), "127.0.0.1:8080");
    CHECK(conf_int("queue") == 4096);
}

static void what_is_set_counts(void)
{
    str problem;
    CHECK(read("# all\n queue = 100 # few\n\nlisten=[::1]:81", &problem) == OK);
    CHECK(conf_int("queue") == 100);
    CHECK_STR(conf_text("listen"), "[::1]:81");
}

static void a_mistake_is_named_with_its_line(void)
{
    str problem;
    CHECK(read("\nqueue = many", &problem) == ERR_INPUT);
    CHECK_STR(problem, "x.conf:2: queue should be a number");
    CHECK(read("queue = 1", &problem) == ERR_INPUT);
    CHECK_STR(problem,
              "x.conf:1: queue should be from 16 to 1000000 (commands)");
    CHECK(read("colour = red", &problem) == ERR_INPUT);
    CHECK(read("queue", &problem) == ERR_INPUT);
    CHECK(read("queue =", &problem) == ERR_INPUT);
    CHECK(read("queue = 20\nqueue = 20", &problem) == ERR_INPUT);
    CHECK_STR(problem, "x.conf:2: queue is set twice");
    CHECK(conf_load("/no/such/file", &a, &problem) == ERR_NOTFOUND);
}

static void the_written_file_is_a_file_it_reads(void)
{
    struct buf out = { 0 };
    str problem = str_none;
    conf_write(&out);
    CHECK(conf_read(buf_str(&out), "self", &a, &problem) == OK);
    free(buf_take(&out, &(size_t){ 0 }));
}

int main(void)
{
    RUN(what_is_not_set_has_its_default);
    RUN(what_is_set_counts);
    RUN(a_mistake_is_named_with_its_line);
    RUN(the_written_file_is_a_file_it_reads);
    arena_free(&a);
    return test_result();
}
