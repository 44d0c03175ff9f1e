#include "blank/blank.h"
#include "kernel/test/test.h"

static void a_title_has_something_in_it_and_an_end(void)
{
    CHECK(blank_title_ok(STR("记录")));
    CHECK(!blank_title_ok(STR("")));
}

int main(void)
{
    RUN(a_title_has_something_in_it_and_an_end);
    return test_result();
}
