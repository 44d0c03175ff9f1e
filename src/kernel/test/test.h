/*
 * test -- the few words a test program needs.
 *
 * Each test is a static function named after the sentence it proves; main lists
 * them with RUN.  A failed CHECK says where and goes on, so that one run shows
 * all that is wrong; the program's exit tells ctest, and the last line
 * "N passed, N failed" counts test functions.
 */
#ifndef KERNEL_TEST_H
#define KERNEL_TEST_H

#include "base/base.h"

#include <stdio.h>

static int test_bad, test_passed, test_failed;

#define CHECK(condition) \
    ((condition) ? (void)0 \
                 : (test_bad++, \
                    (void)fprintf(stderr, "%s:%d: %s: not so: %s\n", __FILE__, \
                                  __LINE__, __func__, #condition)))

#define CHECK_STR(got, want) \
    do { \
        str got_ = (got), want_ = str_of(want); \
        if (!str_eq(got_, want_)) { \
            test_bad++; \
            fprintf(stderr, "%s:%d: %s: got \"%.*s\", want \"%.*s\"\n", \
                    __FILE__, __LINE__, __func__, STR_ARG(got_), \
                    STR_ARG(want_)); \
        } \
    } while (0)

#define RUN(test) \
    do { \
        test_bad = 0; \
        test(); \
        if (test_bad) \
            test_failed++, fprintf(stderr, "FAILED %s\n", #test); \
        else \
            test_passed++; \
    } while (0)

static inline int test_result(void)
{
    printf("%d passed, %d failed\n", test_passed, test_failed);
    return test_failed != 0;
}

#endif
