/* multipart/form-data, cut at every place it could be cut. */
#include "kernel/form/multipart.h"
#include "kernel/test/test.h"

#include <string.h>

/* What was told, as one text: "name|file:bytes;" a part. */
struct told {
    struct buf text;
};

static enum err part(void *context, str name, str file)
{
    struct told *t = context;
    buf_put(&t->text, name);
    buf_byte(&t->text, '|');
    buf_put(&t->text, str_is_none(file) ? STR("-") : file);
    buf_byte(&t->text, ':');
    return OK;
}

static enum err data(void *context, str bytes)
{
    buf_put(&((struct told *)context)->text, bytes);
    return OK;
}

static enum err end(void *context)
{
    buf_byte(&((struct told *)context)->text, ';');
    return OK;
}

/* Feeds body in pieces of `step` bytes. */
static enum err feed(const char *type, str body, size_t step, struct told *t)
{
    struct multipart m;
    struct multipart_events tell = { part, data, end, t };
    buf_clear(&t->text);
    enum err e = multipart_start(&m, str_of(type), &tell);
    for (size_t at = 0; e == OK && at < body.n; at += step)
        e = multipart_feed(&m, str_slice(body, at, at + step));
    return e == OK ? multipart_finish(&m) : e;
}

#define TYPE "multipart/form-data; boundary=xyz"
#define PART(name) "Content-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static void it_reads_the_same_however_it_is_cut(void)
{
    static const char body[] =
        "--xyz\r\n" PART("a") "one\r\n"
        "--xyz\r\nContent-Type: text/plain\r\nCONTENT-disposition: form-data; "
        "name=\"f\"; filename=\"图 \\\"1\\\".pdf\"\r\n\r\n"
        "\r\n--xy\r\n\r\r\n--x--xyz\r\r\n--xyz  \r\n" PART("b") "\r\n--xyz--";
    struct told t = { { 0 } };
    for (size_t step = 1; step < sizeof body; step++) {
        CHECK(feed(TYPE, str_of(body), step, &t) == OK);
        CHECK_STR(buf_str(&t.text),
                  "a|-:one;f|图 \"1\".pdf:\r\n--xy\r\n\r\r\n--x--xyz\r;b|-:;");
    }
    buf_free(&t.text);
}

static void text_before_and_after_is_nobody_s(void)
{
    struct told t = { { 0 } };
    CHECK(feed(TYPE, STR("hello\r\n--xyz\r\n" PART("a") "1\r\n--xyz--\r\nbye"),
               7, &t) == OK);
    CHECK_STR(buf_str(&t.text), "a|-:1;");
    buf_free(&t.text);
}

static void a_body_without_an_end_is_refused(void)
{
    struct told t = { { 0 } };
    CHECK(feed(TYPE, STR("--xyz\r\n" PART("a") "1"), 3, &t) == ERR_INPUT);
    CHECK(feed(TYPE, STR("--xyz\r\n" PART("a") "1\r\n--xyz"), 3, &t) ==
          ERR_INPUT);
    CHECK(feed(TYPE, STR(""), 3, &t) == ERR_INPUT);
    buf_free(&t.text);
}

static void a_part_without_a_name_is_refused(void)
{
    struct told t = { { 0 } };
    CHECK(feed(TYPE, STR("--xyz\r\nContent-Type: a/b\r\n\r\n1\r\n--xyz--"), 9,
               &t) == ERR_INPUT);
    CHECK(feed(TYPE, STR("--xyz\r\nContent-Disposition: form-data\r\n\r\n1\r\n"
                         "--xyz--"), 9, &t) == ERR_INPUT);
    CHECK(feed(TYPE, STR("--xyz\r\nContent-Disposition: form-data; name=\"a"
                         "\xff\"\r\n\r\n1\r\n--xyz--"), 9, &t) == ERR_INPUT);
    buf_free(&t.text);
}

static void a_header_has_a_bound(void)
{
    struct told t = { { 0 } };
    struct buf b = { 0 };
    buf_put(&b, STR("--xyz\r\nX: "));
    for (int i = 0; i < MULTIPART_HEAD; i++)
        buf_byte(&b, 'x');
    CHECK(feed(TYPE, buf_str(&b), 100, &t) == ERR_INPUT);
    buf_free(&b);
    buf_free(&t.text);
}

static void there_are_at_most_512_parts(void)
{
    struct told t = { { 0 } };
    struct buf b = { 0 };
    for (int i = 0; i <= MULTIPART_PARTS; i++)
        buf_put(&b, STR("--xyz\r\n" PART("a") "1\r\n"));
    buf_put(&b, STR("--xyz--"));
    CHECK(feed(TYPE, buf_str(&b), 1000, &t) == ERR_INPUT);
    buf_free(&b);
    buf_free(&t.text);
}

static void a_boundary_is_short_and_printable(void)
{
    struct told t = { { 0 } };
    str body = STR("--x\r\n" PART("a") "1\r\n--x--");
    CHECK(feed("multipart/form-data; boundary=\"x\"; charset=utf-8", body, 9,
               &t) == OK);
    CHECK(feed("multipart/form-data; BOUNDARY=x", body, 9, &t) == OK);
    CHECK(feed("multipart/form-data", body, 9, &t) == ERR_INPUT);
    CHECK(feed("multipart/form-data; boundary=", body, 9, &t) == ERR_INPUT);
    CHECK(feed("multipart/form-data; boundary=\"\x01\"", body, 9, &t) ==
          ERR_INPUT);
    buf_free(&t.text);
}

int main(void)
{
    RUN(it_reads_the_same_however_it_is_cut);
    RUN(text_before_and_after_is_nobody_s);
    RUN(a_body_without_an_end_is_refused);
    RUN(a_part_without_a_name_is_refused);
    RUN(a_header_has_a_bound);
    RUN(there_are_at_most_512_parts);
    RUN(a_boundary_is_short_and_printable);
    return test_result();
}
